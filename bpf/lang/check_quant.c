/* SPDX-License-Identifier: GPL-2.0-only
 * The constants of lquantize(value, base, limit, step) and llquantize(value, factor, low, high, steps). They are packed
 * into one word in DTrace's own format, which is where their widths come from: 32 bits for base and limit, 16 for the
 * others.
 */
#include "check_parts.h"

static int64_t constant(struct lang *l, struct node *call, struct node *a, unsigned number, const char *what,
			enum d_tag tag)
{
	int64_t value;

	if (!check_constant(l, a, &value))
		d_fail(&l->ctx, tag, a->line, "%s( ) argument #%u (%s) must be an integer constant", call->name, number,
		       what);
	return value;
}

static void need_range(struct lang *l, struct node *call, unsigned number, const char *what, int64_t value, int64_t low,
		       int64_t high, unsigned bits, enum d_tag tag)
{
	if (value < low || value > high)
		d_fail(&l->ctx, tag, call->line, "%s( ) argument #%u (%s) must be a %s%u-bit quantity", call->name,
		       number, what, low > 0 ? "positive " : "", bits);
}

void quant_linear(struct lang *l, struct node *call, int64_t param[4])
{
	struct node *a = call->args->next;
	int64_t base, limit, step = 1, levels;

	base = constant(l, call, a, 2, "base", D_LQUANT_BASETYPE);
	need_range(l, call, 2, "base", base, INT32_MIN, INT32_MAX, 32, D_LQUANT_BASEVAL);
	a = a->next;
	limit = constant(l, call, a, 3, "limit", D_LQUANT_LIMTYPE);
	need_range(l, call, 3, "limit", limit, INT32_MIN, INT32_MAX, 32, D_LQUANT_LIMVAL);
	if (limit <= base)
		d_fail(&l->ctx, D_LQUANT_MISMATCH, call->line,
		       "lquantize( ) base (argument #2) must be less than limit (argument #3)");
	a = a->next;
	if (a) {
		step = constant(l, call, a, 4, "step value", D_LQUANT_STEPTYPE);
		need_range(l, call, 4, "step value", step, 1, UINT16_MAX, 16, D_LQUANT_STEPVAL);
	}
	levels = (limit - base) / step;
	if (levels == 0)
		d_fail(&l->ctx, D_LQUANT_STEPLARGE, call->line,
		       "lquantize( ) step (argument #4) too large: must have at least one quantization level");
	if (levels > UINT16_MAX - 2)
		d_fail(&l->ctx, D_LQUANT_STEPSMALL, call->line,
		       "lquantize( ) step (argument #4) too small: number of quantization levels must be a 16-bit "
		       "quantity");
	param[0] = base;
	param[1] = limit;
	param[2] = step;
}

/* factor^exponent, or -1 where it does not fit. */
static int64_t power(int64_t factor, int64_t exponent)
{
	int64_t value = 1;

	while (exponent-- > 0)
		if (__builtin_mul_overflow(value, factor, &value))
			return -1;
	return value;
}

void quant_loglinear(struct lang *l, struct node *call, int64_t param[4])
{
	static const struct {
		const char *what;
		int64_t low;
		enum d_tag type, value;
	} rows[] = {
		{ "factor", 2, D_LLQUANT_FACTORTYPE, D_LLQUANT_FACTORVAL },
		{ "low magnitude", 0, D_LLQUANT_LMAGTYPE, D_LLQUANT_LMAGVAL },
		{ "high magnitude", 0, D_LLQUANT_HMAGTYPE, D_LLQUANT_HMAGVAL },
		{ "linear steps per magnitude", 1, D_LLQUANT_STEPTYPE, D_LLQUANT_STEPVAL },
	};
	struct node *a = call->args->next;
	int64_t factor, high, steps, whole;

	for (unsigned i = 0; i < 4; i++, a = a->next) {
		param[i] = constant(l, call, a, i + 2, rows[i].what, rows[i].type);
		need_range(l, call, i + 2, rows[i].what, param[i], rows[i].low, UINT16_MAX, 16, rows[i].value);
	}
	factor = param[0];
	high = param[2];
	steps = param[3];
	if (high <= param[1])
		d_fail(&l->ctx, D_LLQUANT_HMAGVAL, call->line,
		       "llquantize( ) high magnitude (argument #4) must be greater than low magnitude (argument #3)");
	if (power(factor, high + 1) < 0)
		d_fail(&l->ctx, D_LLQUANT_HMAGVAL, call->line,
		       "llquantize( ) high magnitude (argument #4) is too large: %lld^%lld overflows 64 bits",
		       (long long)factor, (long long)high + 1);
	if (steps < factor)
		d_fail(&l->ctx, D_LLQUANT_STEPVAL, call->line,
		       "llquantize( ) steps (argument #5) must be at least the factor (argument #2)");
	/* Buckets of a magnitude are equally wide: the steps divide a power of the factor, the first that is not below
	 * them. */
	for (whole = factor; whole < steps;)
		whole *= factor;
	if (steps % factor != 0 || whole % steps != 0)
		d_fail(&l->ctx, D_LLQUANT_STEPVAL, call->line,
		       "llquantize( ) factor (argument #2) must evenly divide the steps (argument #5), and the steps a "
		       "power of the factor");
	if ((high - param[1] + 1) * (steps - steps / factor) + 4 > IR_BUCKETS_MAX)
		d_fail(&l->ctx, D_LLQUANT_STEPVAL, call->line,
		       "llquantize( ) steps (argument #5) too large: more than %d buckets", IR_BUCKETS_MAX);
}

void quant_same(struct lang *l, struct node *call, struct ident *agg, const int64_t param[4])
{
	static const struct {
		const char *what;
		enum d_tag tag;
	} linear[] = { { "base", D_LQUANT_MATCHBASE }, { "limit", D_LQUANT_MATCHLIM }, { "step", D_LQUANT_MATCHSTEP } },
	  loglinear[] = { { "factor", D_LLQUANT_MATCHFACTOR },
			  { "low magnitude", D_LLQUANT_MATCHLMAG },
			  { "high magnitude", D_LLQUANT_MATCHHMAG },
			  { "linear steps per magnitude", D_LLQUANT_MATCHSTEPS } };
	bool is_linear = agg->func->id == IR_AGG_LQUANTIZE;

	for (unsigned i = 0; i < (is_linear ? 3u : 4u); i++)
		if (agg->param[i] != param[i])
			d_fail(&l->ctx, is_linear ? linear[i].tag : loglinear[i].tag, call->line,
			       "%s( ) %s (argument #%u) doesn't match previous declaration at line %d", call->name,
			       is_linear ? linear[i].what : loglinear[i].what, i + 2, agg->line);
}

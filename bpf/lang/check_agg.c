/* SPDX-License-Identifier: GPL-2.0-only
 * Aggregations (the guide's chapter of that name): @name[keys] = function(value ...), which has one function, one tuple
 * of key types and one set of parameters in the whole program.
 */
#include "check_parts.h"

#include <string.h>

static const char *shown(struct lang *l, const struct ident *i)
{
	return d_printf(&l->ctx, "@%s", i->name);
}

static struct ident *aggregating_function(struct lang *l, struct node *n)
{
	struct node *call = n->right;
	struct ident *f = call->kind == N_CALL && !call->type ? sym_find(l, SCOPE_GLOBAL, call->name) : NULL;

	if (call->kind == N_CALL && !f)
		d_fail(&l->ctx, D_FUNC_UNDEF, call->line, "undefined function name: %s", call->name);
	if (!f || f->kind != ID_AGGFUNC)
		d_fail(&l->ctx, D_AGG_FUNC, n->line, "@%s may only be assigned the result of an aggregating function",
		       n->left->name);
	return f;
}

static void check_same(struct lang *l, struct node *n, struct ident *agg, struct ident *f)
{
	if (agg->func && agg->func != f)
		d_fail(&l->ctx, D_AGG_REDEF, n->line,
		       "aggregation redefined: @%s\n\t current: @%s = %s( ) : line %d\n\tprevious: @%s = %s( ) : line "
		       "%d",
		       agg->name, agg->name, f->name, n->line, agg->name, agg->func->name, agg->line);
}

/* The value that is added, as 64 bits; the first use says whether they are signed. */
static void value_argument(struct lang *l, struct node *call, struct ident *agg)
{
	struct node *a = call->args;

	check_expr(l, a);
	if (!type_is_scalar(a->type))
		d_fail(&l->ctx, D_AGG_SCALAR, call->line, "%s( ) argument #1 must be of scalar type", call->name);
	if (!agg->type)
		agg->type = type_basic(type_is_unsigned(a->type) && type_size(a->type) == 8 ? TB_ULONG : TB_LONG);
	convert_slot(l, &call->args, agg->type);
}

/* The increment of the quantize family: how often the value counts. */
static void increment(struct lang *l, struct node *call, unsigned number)
{
	struct node **slot = &call->args;

	for (unsigned i = 1; i < number && *slot; i++)
		slot = &(*slot)->next;
	if (!*slot)
		return;
	check_expr(l, *slot);
	if (!type_is_int((*slot)->type))
		call_wrong_arg(l, *slot, d_printf(&l->ctx, "%s( )", call->name), number, "integer", D_PROTO_ARG);
	convert_slot(l, slot, type_basic(TB_LONG));
}

static void count_between(struct lang *l, struct node *call, unsigned low, unsigned high, enum d_tag tag)
{
	const char *name = d_printf(&l->ctx, "%s( )", call->name);
	unsigned got = check_count(call->args);

	if (got < low)
		call_wrong_count(l, call, name, low == high ? "" : "at least ", low, tag);
	if (got > high)
		call_wrong_count(l, call, name, low == high ? "" : "at most ", high, tag);
}

static void arguments(struct lang *l, struct node *call, struct ident *agg, struct ident *f)
{
	int64_t param[4] = { 0 };
	bool is_new = !agg->func;

	switch (f->id) {
	case IR_AGG_COUNT: count_between(l, call, 0, 0, D_PROTO_LEN); return;
	case IR_AGG_QUANTIZE:
		count_between(l, call, 1, 2, D_QUANT_PROTO);
		value_argument(l, call, agg);
		increment(l, call, 2);
		return;
	case IR_AGG_LQUANTIZE:
		count_between(l, call, 3, 5, D_QUANT_PROTO);
		value_argument(l, call, agg);
		quant_linear(l, call, param);
		increment(l, call, 5);
		break;
	case IR_AGG_LLQUANTIZE:
		count_between(l, call, 5, 6, D_QUANT_PROTO);
		value_argument(l, call, agg);
		quant_loglinear(l, call, param);
		increment(l, call, 6);
		break;
	default:
		count_between(l, call, 1, 1, D_PROTO_LEN);
		value_argument(l, call, agg);
		return;
	}
	if (is_new)
		memcpy(agg->param, param, sizeof(param));
	else
		quant_same(l, call, agg, param);
}

void agg_statement(struct lang *l, struct node *n)
{
	struct node *a = n->left;
	struct ident *f = aggregating_function(l, n), *agg;

	if (strchr(a->name, '`'))
		d_fail(&l->ctx, D_DECL_SCOPE, n->line, "scoping operator may not be used in an aggregation name: @%s",
		       a->name);
	/* Keys are read before the aggregation is there; a name in them may be an aggregation by mistake, which they
	 * report. */
	for (struct node *key = a->args; key; key = key->next)
		call_value(l, key);
	agg = sym_find_agg(l, a->name);
	if (!agg)
		agg = sym_add_agg(l, a->name, n->line);
	check_same(l, n, agg, f);
	var_keys(l, agg, a, a->args ? d_printf(&l->ctx, "%s[ ]", shown(l, agg)) : shown(l, agg));
	arguments(l, n->right, agg, f);
	agg->func = f;
	a->ident = agg;
	a->type = type_basic(TB_VOID);
	n->right->ident = f;
	n->right->type = type_basic(TB_VOID);
	action_aggregates(l, n->line);
}

struct ident *agg_argument(struct lang *l, struct node *call, struct node *arg, unsigned number, enum d_tag wrong,
			   enum d_tag unknown)
{
	struct ident *agg;

	if (arg->kind != N_AGG || arg->args) {
		if (arg->kind != N_AGG)
			check_expr(l, arg);
		d_fail(&l->ctx, wrong, arg->line,
		       "%s( ) argument #%u is incompatible with prototype:\n\tprototype: aggregation\n\t argument: %s",
		       call->name, number, arg->kind == N_AGG ? "aggregation with keys" : expr_text(l, arg));
	}
	agg = sym_find_agg(l, arg->name);
	if (!agg || !agg->func)
		d_fail(&l->ctx, unknown, arg->line, "undefined aggregation: @%s", arg->name);
	arg->ident = agg;
	arg->type = type_basic(TB_VOID);
	return agg;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What the parts of the IR share: the table of instructions, names, the signatures of functions, memory.
 */
#include "ir.h"

#include <stdlib.h>
#include <string.h>

#include "ir_ops.h"

const struct ir_shape ir_shapes[IR_OP_COUNT] = {
	[IR_CONST] = {"const", 'r', '-', '-', 'n', '-', false, false, false},
	[IR_MOV] = {"mov", 'r', 'r', '-', '-', '-', false, false, false},
	[IR_STR] = {"str", 's', '-', '-', 't', '-', false, false, false},
	[IR_EXT] = {"ext", 'r', 'r', '-', '-', '-', true, false, false},
#define BINARY(op, name) [op] = {name, 'r', 'r', 'r', '-', '-', false, false, false}
	BINARY(IR_ADD, "add"), BINARY(IR_SUB, "sub"), BINARY(IR_MUL, "mul"), BINARY(IR_SDIV, "sdiv"), BINARY(IR_UDIV, "udiv"),
	BINARY(IR_SMOD, "smod"), BINARY(IR_UMOD, "umod"), BINARY(IR_AND, "and"), BINARY(IR_OR, "or"), BINARY(IR_XOR, "xor"),
	BINARY(IR_SHL, "shl"), BINARY(IR_LSHR, "lshr"), BINARY(IR_ASHR, "ashr"), BINARY(IR_EQ, "eq"), BINARY(IR_NE, "ne"),
	BINARY(IR_SLT, "slt"), BINARY(IR_SLE, "sle"), BINARY(IR_ULT, "ult"), BINARY(IR_ULE, "ule"),
#undef BINARY
	[IR_NEG] = {"neg", 'r', 'r', '-', '-', '-', false, false, false},
	[IR_NOT] = {"not", 'r', 'r', '-', '-', '-', false, false, false},
	[IR_STRCMP] = {"strcmp", 'r', 's', 's', '-', '-', false, false, false},
	[IR_JMP] = {"jmp", '-', '-', '-', 'b', '-', false, false, true},
	[IR_BR] = {"br", '-', 'r', '-', 'b', 'b', false, false, true},
	[IR_RET] = {"ret", '-', '-', '-', '-', '-', false, false, true},
	[IR_BUILTIN] = {"builtin", 'r', '-', 'R', 'u', '-', false, false, false},
	[IR_BUILTIN_STR] = {"builtins", 's', '-', '-', 'u', '-', false, false, false},
	[IR_LDVAR] = {"ldvar", 'r', '-', '-', 'v', '-', false, true, false},
	[IR_LDVARS] = {"ldvars", 's', '-', '-', 'v', '-', false, true, false},
	[IR_STVAR] = {"stvar", '-', 'r', '-', 'v', '-', false, true, false},
	[IR_STVARS] = {"stvars", '-', 's', '-', 'v', '-', false, true, false},
	[IR_LOAD] = {"load", 'r', 'r', '-', '-', '-', true, false, false},
	[IR_STORE] = {"store", '-', 'r', 'r', '-', '-', true, false, false},
	[IR_LOADS] = {"loads", 'r', 's', 'R', 'n', '-', true, false, false},
	[IR_STORES] = {"stores", 's', 'R', 'r', 'n', '-', true, false, false},
	[IR_MOVS] = {"movs", 's', 's', 'R', 'n', 'n', false, false, false},
	[IR_PUTS] = {"puts", 's', 's', 'R', 'n', 'n', false, false, false},
	[IR_LOADB] = {"loadb", 's', 'r', '-', 'n', '-', false, false, false},
	[IR_STOREB] = {"storeb", '-', 's', 'r', 'n', '-', false, false, false},
	[IR_CALL] = {"call", '*', '-', '-', 'f', '-', false, true, false},
	[IR_HOST] = {"host", '-', 'R', '-', 'h', '-', false, false, false},
	[IR_AGG] = {"agg", '-', 'R', 'R', 'g', '-', false, true, false},
	[IR_RECORD] = {"record", '-', '-', '-', 'c', '-', false, true, false},
	[IR_SPEC_NEW] = {"speculation", 'r', '-', '-', '-', '-', false, false, false},
	[IR_SPECULATE] = {"speculate", '-', 'r', '-', '-', '-', false, false, false},
	[IR_COMMIT] = {"commit", '-', 'r', '-', '-', '-', false, false, false},
	[IR_DISCARD] = {"discard", '-', 'r', '-', '-', '-', false, false, false},
	[IR_EXIT] = {"exit", '-', 'r', '-', '-', '-', false, false, false},
};

const char *const ir_scope_names[3] = {[IR_GLOBAL] = "global", [IR_SELF] = "self", [IR_THIS] = "this"};
const char *const ir_aggfunc_names[9] = {
	[IR_AGG_COUNT] = "count", [IR_AGG_SUM] = "sum", [IR_AGG_MIN] = "min", [IR_AGG_MAX] = "max", [IR_AGG_AVG] = "avg",
	[IR_AGG_STDDEV] = "stddev", [IR_AGG_QUANTIZE] = "quantize", [IR_AGG_LQUANTIZE] = "lquantize",
	[IR_AGG_LLQUANTIZE] = "llquantize",
};
const char *const ir_stack_names[3] = {[IR_STACK_KERNEL] = "kernel", [IR_STACK_USER] = "user", [IR_STACK_JAVA] = "java"};
const char *const ir_ctype_names[9] = {
	[IR_C_NONE] = "none", [IR_C_INT] = "int", [IR_C_FLOAT] = "float", [IR_C_POINTER] = "pointer", [IR_C_STRING] = "string",
	[IR_C_ENUM] = "enum", [IR_C_ARRAY] = "array", [IR_C_STRUCT] = "struct", [IR_C_UNION] = "union",
};

const char *const ir_func_names[IR_FUNC_COUNT] = {
#define D_FUNC(id, name, result, params, flags) [IR_FUNC_##id] = (name),
#include "functions.def"
#undef D_FUNC
};
const char *const ir_builtin_names[IR_VAR_COUNT] = {
#define D_BUILTIN(id, name, type, flags) [IR_VAR_##id] = (name),
#include "builtins.def"
#undef D_BUILTIN
};
const char *const ir_action_names[IR_ACT_COUNT] = {
#define D_ACTION(id, name, params, flags) [IR_ACT_##id] = (name),
#include "actions.def"
#undef D_ACTION
};

/* The flags of functions.def and builtins.def that count here. */
enum { F_DESTRUCTIVE = 1, F_KERNEL = 2, F_DYNAMIC = 4, F_NULL_FIRST = 8 };
enum { B_ARRAY = 1, B_CLAUSE = 2, B_KERNEL = 4 };

struct ir_signature ir_func_signature(unsigned f)
{
	static const struct {
		const char *result, *params;
		unsigned flags;
	} rows[IR_FUNC_COUNT] = {
#define D_FUNC(id, name, result, params, flags) [IR_FUNC_##id] = {result, params, flags},
#include "functions.def"
#undef D_FUNC
	};
	struct ir_signature s = {.result = 'i'};

	if (strcmp(rows[f].result, "string") == 0)
		s.result = 's';
	else if (strcmp(rows[f].result, "void") == 0)
		s.result = '-';
	s.null_first = rows[f].flags & F_NULL_FIRST;
	s.destructive = rows[f].flags & F_DESTRUCTIVE;
	for (const char *p = rows[f].params; *p && s.most < sizeof(s.args);) {
		const char *end = strchr(p, ',');
		size_t len = end ? (size_t)(end - p) : strlen(p);

		if (*p == '[')
			p++, len--;
		else
			s.least = s.most + 1;
		s.args[s.most++] = strncmp(p, "string", 6) == 0 ? 's' : 'i';
		p += len;
		p += strspn(p, ", ");
	}
	return s;
}

static const struct {
	const char *type;
	unsigned flags;
} builtins[IR_VAR_COUNT] = {
#define D_BUILTIN(id, name, type, flags) [IR_VAR_##id] = {type, flags},
#include "builtins.def"
#undef D_BUILTIN
};

char ir_builtin_result(unsigned v)
{
	return strcmp(builtins[v].type, "string") == 0 ? 's' : 'i';
}

bool ir_builtin_is_array(unsigned v)
{
	return builtins[v].flags & B_ARRAY;
}

/* llquantize(value, factor, low, high, steps): from factor^low up to factor^(high + 1), each power in `steps` parts; below
 * factor steps there are only as many as the numbers differ. One bucket below and one above. */
static uint32_t llquantize_buckets(const struct ir_aggregation *a)
{
	int64_t factor = a->param[0], low = a->param[1], high = a->param[2], steps = a->param[3];
	uint64_t n = 2, from = 1, power = 1;

	if (factor < 2 || low < 0 || high < low || high > 63 || steps < factor || steps > IR_BUCKETS_MAX || steps % factor != 0)
		return 0;
	/* A power is cut into equal steps: the first that has as many numbers as steps must be a multiple of them. */
	for (power = (uint64_t)factor; power < (uint64_t)steps;)
		if (__builtin_mul_overflow(power, (uint64_t)factor, &power))
			return 0;
	if (power % (uint64_t)steps != 0)
		return 0;
	for (int64_t i = 0; i <= high; i++) {
		uint64_t to;

		if (__builtin_mul_overflow(from, (uint64_t)factor, &to) || to > INT64_MAX)
			return 0;
		if (i >= low)
			n += to > (uint64_t)steps ? (uint64_t)(steps - steps / factor) : to - from;
		if (n > IR_BUCKETS_MAX)
			return 0;
		from = to;
	}
	return (uint32_t)n;
}

uint32_t ir_agg_buckets(const struct ir_aggregation *a)
{
	if (a->func == IR_AGG_QUANTIZE)
		return 127; /* AGG_QUANT_BUCKETS */
	if (a->func == IR_AGG_LQUANTIZE) {
		uint64_t span = (uint64_t)a->param[1] - (uint64_t)a->param[0];

		if (a->param[1] <= a->param[0] || a->param[2] <= 0)
			return 0;
		span /= (uint64_t)a->param[2];
		return span == 0 || span > IR_BUCKETS_MAX - 2 ? 0 : (uint32_t)span + 2;
	}
	return a->func == IR_AGG_LLQUANTIZE ? llquantize_buckets(a) : 0;
}

void ir_free(struct ir_program *p)
{
	if (!p)
		return;
	for (uint32_t i = 0; i < p->nstrings; i++)
		free((char *)(uintptr_t)p->strings[i].p);
	free(p->strings);
	free(p->ins);
	free(p->args);
	free(p->blocks);
	free(p->keytypes);
	free(p->vars);
	free(p->aggs);
	free(p->stacks);
	free(p->actions);
	free(p->clauses);
	free(p->slotsizes);
	free(p->agg_refs);
	free(p->ctypes);
	free(p->cmembers);
	free(p->options.set);
	free(p);
}

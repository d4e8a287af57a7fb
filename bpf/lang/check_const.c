/* SPDX-License-Identifier: GPL-2.0-only
 * Integer constants: their types, and folding of what is made of them.
 */
#include "check_parts.h"

#include <limits.h>

static int64_t cut(int64_t value, struct type *type)
{
	struct type *t = type_resolve(type);
	unsigned bits;

	if (t->kind == TY_INT && t->name && t->size == 1 && !t->is_signed && t == type_basic(TB_BOOL))
		return value != 0;
	if (t->size >= 8)
		return value;
	bits = (unsigned)t->size * 8;
	if (type_is_unsigned(t))
		return (int64_t)((uint64_t)value & ((UINT64_C(1) << bits) - 1));
	return (int64_t)((uint64_t)value << (64 - bits)) >> (64 - bits);
}

void const_set(struct node *n, int64_t value, struct type *type)
{
	n->kind = N_INT;
	n->op = OP_NONE;
	n->left = n->right = n->cond = n->args = NULL;
	n->is_lvalue = false;
	n->type = type;
	n->value = cut(value, type);
}

/* The first type of the C list that holds the value: hexadecimal and octal ones may be unsigned without saying so. */
void const_type(struct node *n)
{
	uint64_t v = (uint64_t)n->value;
	bool is_unsigned = n->int_form & INT_UNSIGNED, decimal = n->int_form & INT_DECIMAL;
	enum type_basic wide = n->int_form & INT_LONGLONG ? TB_LLONG : TB_LONG;
	enum type_basic uwide = n->int_form & INT_LONGLONG ? TB_ULLONG : TB_ULONG;
	enum type_basic t;

	if (n->int_form & INT_CHAR)
		t = n->value >= INT_MIN && n->value <= INT_MAX ? TB_INT : TB_LONG;
	else if (n->int_form & (INT_LONG | INT_LONGLONG))
		t = is_unsigned || v > INT64_MAX ? uwide : wide;
	else if (is_unsigned)
		t = v <= UINT32_MAX ? TB_UINT : TB_ULONG;
	else if (v <= INT32_MAX)
		t = TB_INT;
	else if (v <= UINT32_MAX && !decimal)
		t = TB_UINT;
	else
		t = v <= INT64_MAX ? TB_LONG : TB_ULONG;
	n->type = type_basic(t);
}

bool check_is_constant(const struct node *n, int64_t *value)
{
	if (n->kind != N_INT || !n->type || !type_is_int(n->type))
		return false;
	*value = n->value;
	return true;
}

bool check_constant(struct lang *l, struct node *n, int64_t *value)
{
	check_expr(l, n);
	return check_is_constant(n, value);
}

bool const_is_null(const struct node *n)
{
	return n->kind == N_INT && n->value == 0;
}

static uint64_t shift(enum node_op op, int64_t a, uint64_t by, struct type *type)
{
	by &= 63;
	if (op == OP_SHL)
		return (uint64_t)a << by;
	return type_is_unsigned(type) ? (uint64_t)a >> by : (uint64_t)(a >> by);
}

static bool compare(enum node_op op, int64_t a, int64_t b, bool is_unsigned)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b;

	switch (op) {
	case OP_EQ: return a == b;
	case OP_NE: return a != b;
	case OP_LT: return is_unsigned ? x < y : a < b;
	case OP_LE: return is_unsigned ? x <= y : a <= b;
	case OP_GT: return is_unsigned ? x > y : a > b;
	default: return is_unsigned ? x >= y : a >= b;
	}
}

/* The result of an operation on two constants of one type; the divisor is not zero. */
static int64_t compute(enum node_op op, int64_t a, int64_t b, struct type *type)
{
	bool is_unsigned = type_is_unsigned(type);
	uint64_t x = (uint64_t)a, y = (uint64_t)b;

	switch (op) {
	case OP_ADD: return (int64_t)(x + y);
	case OP_SUB: return (int64_t)(x - y);
	case OP_MUL: return (int64_t)(x * y);
	case OP_DIV: return is_unsigned ? (int64_t)(x / y) : b == -1 ? (int64_t)(0 - x) : a / b;
	case OP_MOD: return is_unsigned ? (int64_t)(x % y) : b == -1 ? 0 : a % b;
	case OP_AND: return a & b;
	case OP_OR: return a | b;
	case OP_XOR: return a ^ b;
	case OP_SHL:
	case OP_SHR: return (int64_t)shift(op, a, y, type);
	case OP_LAND: return a && b;
	case OP_LOR: return a || b;
	case OP_LXOR: return !a != !b;
	default: return compare(op, a, b, is_unsigned);
	}
}

void const_fold(struct node *n)
{
	struct node *a = n->left, *b = n->right;

	switch (n->kind) {
	case N_BINARY:
		if (a->kind == N_INT && b->kind == N_INT && type_is_int(a->type) && type_is_int(b->type))
			const_set(n, compute(n->op, a->value, b->value, a->type), n->type);
		break;
	case N_UNARY:
		if (a->kind != N_INT || !type_is_int(a->type))
			break;
		if (n->op == OP_NEG)
			const_set(n, (int64_t)(0 - (uint64_t)a->value), n->type);
		else if (n->op == OP_PLUS)
			const_set(n, a->value, n->type);
		else if (n->op == OP_NOT)
			const_set(n, ~a->value, n->type);
		else if (n->op == OP_LNOT)
			const_set(n, !a->value, n->type);
		break;
	case N_CAST:
		if (a->kind == N_INT && type_is_scalar(n->type))
			const_set(n, a->value, n->type);
		break;
	case N_COND:
		if (n->cond->kind == N_INT && a->kind == N_INT && b->kind == N_INT && type_is_scalar(n->type))
			const_set(n, n->cond->value ? a->value : b->value, n->type);
		break;
	default: break;
	}
}

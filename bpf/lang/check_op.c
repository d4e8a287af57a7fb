/* SPDX-License-Identifier: GPL-2.0-only
 * Operators (the guide's "Types, Operators, and Expressions").
 */
#include "check_parts.h"

static bool is_struct(struct type *t)
{
	enum type_kind k = type_resolve(t)->kind;

	return k == TY_STRUCT || k == TY_UNION || k == TY_ARRAY;
}

/* The type that arithmetic on a pointer steps over. */
static void check_step(struct lang *l, struct node *n, struct type *pointer, const char *op)
{
	struct type *to = type_resolve(type_resolve(pointer)->base);

	if (to->kind == TY_VOID || to->kind == TY_FUNC)
		d_fail(&l->ctx, D_OP_VFPTR, n->line, "operator %s may not be applied to a pointer to %s", op,
		       to->kind == TY_VOID ? "void" : "a function");
	if (to->kind == TY_FORWARD || to->kind == TY_STRING)
		d_fail(&l->ctx, D_OP_INCOMPLETE, n->line,
		       "operator %s may not be applied to a pointer to %s: its size is not known", op,
		       type_name(&l->ctx, to));
}

/* NULL or 0 where a string is wanted is the empty string: no string of ours is without memory, and storing an empty one
 * frees a variable. n itself, if it is nothing of the kind. */
static struct node *null_string(struct lang *l, struct node *n)
{
	struct node *s;

	if (!const_is_null(n))
		return n;
	s = expr_new(l, N_STRING, n);
	s->name = "";
	s->type = type_basic(TB_STRING);
	return s;
}

static bool is_string(const struct node *n)
{
	return type_resolve(n->type)->kind == TY_STRING;
}

/* --- one operand ------------------------------------------------------------------------------- */

static void step_by_one(struct lang *l, struct node *n)
{
	const char *op = op_text(n->op);
	struct node *a = n->left;

	var_target(l, a, NULL, op);
	if (is_struct(a->type))
		d_fail(&l->ctx, D_OP_ARRFUN, n->line, "operator %s may not be applied to operand of type %s", op,
		       expr_text(l, a));
	if (!type_is_scalar(a->type))
		d_fail(&l->ctx, D_OP_SCALAR, n->line, "operator %s requires operand of scalar type", op);
	if (type_is_pointer(a->type))
		check_step(l, n, a->type, op);
	n->type = a->type;
}

static void dereference(struct lang *l, struct node *n)
{
	struct type *t;

	n->left = convert_decay(l, n->left);
	t = type_resolve(n->left->type);
	if (n->left->kind == N_XLATE && t->kind == TY_PTR) {
		struct node *rest = n->next;

		*n = *n->left;
		n->type = t->base;
		n->next = rest;
		return;
	}
	if (t->kind != TY_PTR)
		d_fail(&l->ctx, D_DEREF_NONPTR, n->line, "cannot dereference non-pointer type");
	switch (type_resolve(t->base)->kind) {
	case TY_VOID: d_fail(&l->ctx, D_DEREF_VOID, n->line, "cannot dereference pointer to void");
	case TY_FUNC: d_fail(&l->ctx, D_DEREF_FUNC, n->line, "cannot dereference pointer to function");
	case TY_FORWARD:
		d_fail(&l->ctx, D_OP_INCOMPLETE, n->line,
		       "operator * cannot be applied to a forward declaration: no %s definition is available",
		       type_name(&l->ctx, t->base));
	default: break;
	}
	n->type = t->base;
	n->is_lvalue = true;
}

static void address_of(struct lang *l, struct node *n)
{
	struct node *a = n->left;

	if (!a->is_lvalue && !convert_addressable(a)) {
		if (a->kind == N_IDENT && a->ident)
			d_fail(&l->ctx, D_ADDROF_VAR, n->line, "cannot take address of dynamic variable: %s", a->name);
		d_fail(&l->ctx, D_ADDROF_LVAL, n->line, "unary & operator requires lvalue as operand");
	}
	if (a->kind == N_MEMBER && a->bit_width)
		d_fail(&l->ctx, D_ADDROF_BITFIELD, n->line, "cannot take address of bit-field");
	if (!convert_addressable(a))
		d_fail(&l->ctx, D_ADDROF_VAR, n->line, "cannot take address of dynamic variable%s%s",
		       a->kind == N_IDENT ? ": " : "", a->kind == N_IDENT ? a->name : "");
	n->type = type_pointer(&l->ctx, a->type);
}

void op_unary(struct lang *l, struct node *n)
{
	const char *op = op_text(n->op);

	if (n->op >= OP_PREINC) {
		step_by_one(l, n);
		return;
	}
	if (n->op == OP_DEREF && l->check->member_of == n)
		l->check->member_of = n->left; /* (*xlate <struct s *>(x)).member */
	check_expr(l, n->left);
	switch (n->op) {
	case OP_DEREF: dereference(l, n); return;
	case OP_ADDROF: address_of(l, n); return;
	case OP_LNOT:
		n->left = convert_decay(l, n->left);
		if (!type_is_scalar(n->left->type))
			d_fail(&l->ctx, D_OP_SCALAR, n->line, "operator %s requires operand of scalar type", op);
		n->type = type_basic(TB_INT);
		break;
	case OP_NOT:
		if (!type_is_int(n->left->type))
			d_fail(&l->ctx, D_OP_INT, n->line, "operator %s requires an operand of integral type", op);
		break;
	default:
		if (!type_is_int(n->left->type))
			d_fail(&l->ctx, D_OP_ARITH, n->line, "operator %s requires an operand of arithmetic type", op);
		break;
	}
	if (n->op != OP_LNOT) {
		n->type = convert_promote(n->left);
		n->left = convert_to(l, n->left, n->type);
	}
	const_fold(n);
}

/* --- two operands ------------------------------------------------------------------------------ */

static void check_divisor(struct lang *l, struct node *n)
{
	if ((n->op == OP_DIV || n->op == OP_MOD) && n->right->kind == N_INT && n->right->value == 0)
		d_fail(&l->ctx, D_DIV_ZERO, n->line, "expression contains division by zero");
}

/* Both sides to the type that the operation is done in, which is returned. A shift's is that of its left side. */
static struct type *balance(struct lang *l, struct node *n)
{
	struct type *t;

	if (n->op == OP_SHL || n->op == OP_SHR) {
		t = convert_promote(n->left);
		n->left = convert_to(l, n->left, t);
		n->right = convert_to(l, n->right, convert_promote(n->right));
		return t;
	}
	t = convert_usual(n->left, n->right);
	n->left = convert_to(l, n->left, t);
	n->right = convert_to(l, n->right, t);
	return t;
}

static bool both_int(struct node *n)
{
	return type_is_int(n->left->type) && type_is_int(n->right->type);
}

static void need_integers(struct lang *l, struct node *n)
{
	const char *op = op_text(n->op);

	if (both_int(n))
		return;
	if (n->op == OP_MUL || n->op == OP_DIV)
		d_fail(&l->ctx, D_OP_ARITH, n->line, "operator %s requires operands of arithmetic type", op);
	d_fail(&l->ctx, D_OP_INT, n->line, "operator %s requires operands of integral type", op);
}

static void add(struct lang *l, struct node *n)
{
	const char *op = op_text(n->op);
	struct node *a, *b;

	if (both_int(n)) {
		n->type = balance(l, n);
		return;
	}
	a = n->left = convert_decay(l, n->left);
	b = n->right = convert_decay(l, n->right);
	if (n->op == OP_ADD && type_is_int(a->type) && type_is_pointer(b->type)) {
		n->left = b;
		n->right = a;
		a = n->left;
		b = n->right;
	}
	if (type_is_pointer(a->type) && type_is_int(b->type)) {
		check_step(l, n, a->type, op);
		n->right = convert_to(l, b, type_basic(TB_LONG));
		n->type = a->type;
	} else if (n->op == OP_SUB && type_is_pointer(a->type) && type_is_pointer(b->type) &&
		   type_same(type_resolve(a->type)->base, type_resolve(b->type)->base)) {
		check_step(l, n, a->type, op);
		n->type = sym_find_type(l, "ptrdiff_t");
	} else {
		convert_mismatch(l, n, a->type, op, b->type);
	}
}

static void compare(struct lang *l, struct node *n)
{
	struct type *string = type_basic(TB_STRING), *word = type_basic(TB_ULONG);
	bool equality = n->op == OP_EQ || n->op == OP_NE;
	struct node *a = n->left, *b = n->right;

	n->type = type_basic(TB_INT);
	if (both_int(n)) {
		balance(l, n);
		return;
	}
	if (equality && is_string(a))
		b = null_string(l, b);
	else if (equality && is_string(b))
		a = null_string(l, a);
	if (type_is_string(a->type) && type_is_string(b->type) &&
	    !(type_is_pointer(a->type) && type_is_pointer(b->type))) {
		n->left = convert_to(l, a, string);
		n->right = convert_to(l, b, string);
		return;
	}
	a = n->left = convert_decay(l, a);
	b = n->right = convert_decay(l, b);
	if (!type_is_scalar(a->type) || !type_is_scalar(b->type) ||
	    (type_is_pointer(a->type) && type_is_pointer(b->type) && !convert_pointers_fit(a->type, b->type)))
		convert_mismatch(l, n, a->type, op_text(n->op), b->type);
	n->left = convert_to(l, a, word);
	n->right = convert_to(l, b, word);
}

static void logical(struct lang *l, struct node *n)
{
	n->left = convert_decay(l, n->left);
	n->right = convert_decay(l, n->right);
	if (!type_is_scalar(n->left->type) || !type_is_scalar(n->right->type))
		d_fail(&l->ctx, D_OP_SCALAR, n->line, "operator %s requires operands of scalar type", op_text(n->op));
	n->type = type_basic(TB_INT);
}

void op_binary(struct lang *l, struct node *n)
{
	check_expr(l, n->left);
	check_expr(l, n->right);
	switch (n->op) {
	case OP_ADD:
	case OP_SUB: add(l, n); break;
	case OP_LAND:
	case OP_LOR:
	case OP_LXOR: logical(l, n); break;
	case OP_EQ:
	case OP_NE:
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE: compare(l, n); break;
	default:
		need_integers(l, n);
		check_divisor(l, n);
		n->type = balance(l, n);
		break;
	}
	const_fold(n);
}

/* --- assignment -------------------------------------------------------------------------------- */

/* op=: what the operation is done in becomes the type of the right side; the left side is one value, read and written.
 */
static void assign_op(struct lang *l, struct node *n)
{
	const char *op = d_printf(&l->ctx, "%s=", op_text(n->op));
	struct node *a = n->left;

	var_target(l, a, n->right->type, op);
	n->type = a->type;
	if (type_is_pointer(a->type) && (n->op == OP_ADD || n->op == OP_SUB)) {
		if (!type_is_int(n->right->type))
			convert_mismatch(l, n, a->type, op, n->right->type);
		check_step(l, n, a->type, op);
		n->right = convert_to(l, n->right, type_basic(TB_LONG));
		return;
	}
	if (!both_int(n) && (n->op == OP_ADD || n->op == OP_SUB))
		convert_mismatch(l, n, a->type, op, n->right->type);
	if (!both_int(n))
		d_fail(&l->ctx, n->op == OP_MUL || n->op == OP_DIV ? D_OP_ARITH : D_OP_INT, n->line,
		       "operator %s requires operands of %s type", op,
		       n->op == OP_MUL || n->op == OP_DIV ? "arithmetic" : "integral");
	check_divisor(l, n);
	n->right =
		convert_to(l, n->right,
			   n->op == OP_SHL || n->op == OP_SHR ? convert_promote(n->right) : convert_usual(a, n->right));
}

/* The type that a variable gets from the first value that it is given. */
static struct type *inferred(struct lang *l, struct node *n)
{
	struct type *t = n->type;

	switch (type_resolve(t)->kind) {
	case TY_VOID:
	case TY_DYN:
	case TY_FUNC:
	case TY_FORWARD:
	case TY_STACK:
	case TY_SYM:
		d_fail(&l->ctx, D_OP_INCOMPAT, n->line, "a value of type \"%s\" cannot be assigned",
		       type_name(&l->ctx, t));
	case TY_ARRAY:
		if (type_is_string(t))
			return type_basic(TB_STRING);
		break;
	default: break;
	}
	while (t->kind == TY_TYPEDEF && t->is_const)
		t = t->base;
	return t;
}

void op_assign(struct lang *l, struct node *n)
{
	struct node *a = n->left;

	if (a->kind == N_INDEX && a->left->kind == N_AGG)
		var_index(l, a); /* says what is wrong */
	if (a->kind == N_AGG)
		d_fail(&l->ctx, D_AGG_FUNC, n->line, "@%s may only be assigned the result of an aggregating function",
		       a->name);
	check_expr(l, n->right);
	if (n->op != OP_ASSIGN) {
		assign_op(l, n);
		return;
	}
	if (convert_addressable(n->right) && !type_is_string(n->right->type))
		n->right = convert_decay(l, n->right);
	var_target(l, a, inferred(l, n->right), "=");
	n->type = a->type;
	if (type_is_pointer(a->type))
		n->right = convert_decay(l, n->right);
	if (is_string(a))
		n->right = null_string(l, n->right);
	if (!convert_fits(n->right, a->type))
		convert_mismatch(l, n, a->type, "=", n->right->type);
	n->right = convert_to(l, n->right, a->type);
}

/* --- cond ? left : right ----------------------------------------------------------------------- */

void op_cond(struct lang *l, struct node *n)
{
	struct type *string = type_basic(TB_STRING);
	struct node *a, *b;

	check_expr(l, n->cond);
	check_expr(l, n->left);
	check_expr(l, n->right);
	n->cond = convert_decay(l, n->cond);
	if (!type_is_scalar(n->cond->type))
		d_fail(&l->ctx, D_OP_SCALAR, n->line, "operator ?: expression must be of scalar type");
	if (is_string(n->left))
		n->right = null_string(l, n->right);
	else if (is_string(n->right))
		n->left = null_string(l, n->left);
	if (both_int(n)) {
		n->type = convert_usual(n->left, n->right);
	} else if (type_is_string(n->left->type) && type_is_string(n->right->type) &&
		   !(type_is_pointer(n->left->type) && type_is_pointer(n->right->type))) {
		n->type = string;
	} else {
		a = n->left = convert_decay(l, n->left);
		b = n->right = convert_decay(l, n->right);
		if (type_is_pointer(a->type) && (const_is_null(b) || convert_pointers_fit(a->type, b->type)))
			n->type = type_resolve(type_resolve(a->type)->base)->kind == TY_VOID && type_is_pointer(b->type)
					  ? b->type
					  : a->type;
		else if (type_is_pointer(b->type) && const_is_null(a))
			n->type = b->type;
		else if (type_same(a->type, b->type))
			n->type = a->type;
		else
			d_fail(&l->ctx, D_OP_INCOMPAT, n->line,
			       "operator ?: operands must have compatible types: \"%s\" : \"%s\"", expr_text(l, a),
			       expr_text(l, b));
	}
	if (!convert_is_void(n)) {
		n->left = convert_to(l, n->left, n->type);
		n->right = convert_to(l, n->right, n->type);
	}
	const_fold(n);
}

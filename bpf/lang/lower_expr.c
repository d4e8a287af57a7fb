/* SPDX-License-Identifier: GPL-2.0-only
 * Expressions. Integers are kept in 64 bits, extended from the width of their type: after each operation that may leave it,
 * the result is extended again (lower_extend).
 */
#include "lower.h"

#include <string.h>

#define INS(code, ...) lower_emit(w, (struct ir_ins){.op = (code), __VA_ARGS__})

static bool is_bool(struct type *t)
{
	t = type_resolve(t);
	return t->kind == TY_INT && t->name && strcmp(t->name, "_Bool") == 0;
}

void lower_extend(struct lower *w, uint16_t r, struct type *t)
{
	uint64_t size = type_size(t);

	if (size < 8)
		INS(IR_EXT, .d = r, .a = r, .width = (uint8_t)size,
					      .is_signed = !type_is_unsigned(t));
}

void lower_arith(struct lower *w, enum node_op op, struct type *t, uint16_t d, uint16_t a, uint16_t b)
{
	static const enum ir_op signed_ops[] = {
		[OP_ADD] = IR_ADD, [OP_SUB] = IR_SUB, [OP_MUL] = IR_MUL, [OP_DIV] = IR_SDIV, [OP_MOD] = IR_SMOD, [OP_AND] = IR_AND,
		[OP_OR] = IR_OR,   [OP_XOR] = IR_XOR, [OP_SHL] = IR_SHL, [OP_SHR] = IR_ASHR,
	};
	enum ir_op code = signed_ops[op];

	if (type_is_unsigned(t))
		code = op == OP_DIV ? IR_UDIV : op == OP_MOD ? IR_UMOD : op == OP_SHR ? IR_LSHR : code;
	INS(code, .d = d, .a = a, .b = b);
	if (op != OP_AND && op != OP_OR && op != OP_XOR && op != OP_MOD && op != OP_SHR)
		lower_extend(w, d, t);
}

/* r = r != 0 */
static void to_truth(struct lower *w, uint16_t r)
{
	struct lower_mark m = lower_mark(w);

	INS(IR_NE, .d = r, .a = r, .b = lower_const(w, 0));
	lower_release(w, m);
}

uint16_t lower_int(struct lower *w, struct node *n)
{
	struct lower_value v = lower_expr(w, n);

	if (v.kind != LOWER_REG)
		d_fail(&w->l->ctx, D_CG_EXPR, n->line, "a value of type %s where an integer belongs", type_name(&w->l->ctx, n->type));
	return v.n;
}

/* --- conditions -------------------------------------------------------------------------------- */

static void compare(struct lower *w, struct node *n, uint16_t d)
{
	bool is_unsigned = type_is_unsigned(n->left->type);
	enum node_op op = n->op;
	uint16_t a, b;

	if (type_resolve(n->left->type)->kind == TY_STRING) {
		struct lower_value x = lower_expr(w, n->left), y = lower_expr(w, n->right);

		INS(IR_STRCMP, .d = d, .a = x.n, .b = y.n);
		a = d;
		b = lower_const(w, 0);
		is_unsigned = false;
	} else {
		a = lower_int(w, n->left);
		b = lower_int(w, n->right);
	}
	if (op == OP_GT || op == OP_GE) {
		uint16_t swap = a;

		a = b;
		b = swap;
		op = op == OP_GT ? OP_LT : OP_LE;
	}
	lower_emit(w, (struct ir_ins){.op = op == OP_EQ	  ? IR_EQ
					    : op == OP_NE ? IR_NE
					    : op == OP_LT ? (is_unsigned ? IR_ULT : IR_SLT)
							  : (is_unsigned ? IR_ULE : IR_SLE),
				      .d = d, .a = a, .b = b});
}

void lower_cond(struct lower *w, struct node *n, uint32_t yes, uint32_t no)
{
	struct lower_mark m = lower_mark(w);

	if (n->kind == N_BINARY && (n->op == OP_LAND || n->op == OP_LOR)) {
		uint32_t middle = lower_label(w);

		if (n->op == OP_LAND)
			lower_cond(w, n->left, middle, no);
		else
			lower_cond(w, n->left, yes, middle);
		lower_place_label(w, middle);
		lower_cond(w, n->right, yes, no);
		return;
	}
	if (n->kind == N_UNARY && n->op == OP_LNOT) {
		lower_cond(w, n->left, no, yes);
		return;
	}
	lower_branch(w, lower_int(w, n), yes, no);
	lower_release(w, m);
}

/* 0 or 1 by way of blocks: && and || do not look at their right side when the left one decides. */
static void truth_by_blocks(struct lower *w, struct node *n, uint16_t d)
{
	uint32_t yes = lower_label(w), no = lower_label(w), end = lower_label(w);

	lower_cond(w, n, yes, no);
	lower_place_label(w, yes);
	INS(IR_CONST, .d = d, .imm = 1);
	lower_jump(w, end);
	lower_place_label(w, no);
	INS(IR_CONST, .d = d, .imm = 0);
	lower_place_label(w, end);
}

static void either(struct lower *w, struct node *n, uint16_t d)
{
	uint16_t a = lower_reg(w), b = lower_reg(w);

	INS(IR_MOV, .d = a, .a = lower_int(w, n->left));
	to_truth(w, a);
	INS(IR_MOV, .d = b, .a = lower_int(w, n->right));
	to_truth(w, b);
	INS(IR_XOR, .d = d, .a = a, .b = b);
}

/* --- conversions ------------------------------------------------------------------------------- */

static bool fits(struct type *from, struct type *to)
{
	uint64_t a = type_size(from), b = type_size(to);

	if (a == b)
		return type_is_unsigned(from) == type_is_unsigned(to);
	return a < b && (type_is_unsigned(from) || !type_is_unsigned(to));
}

/* A copy of a string or of bytes in scratch memory; its address. */
static void copied(struct lower *w, uint16_t d, uint16_t slot, uint32_t size)
{
	uint16_t n = lower_const(w, size);
	struct ir_arg arg = {IR_ARG_REG, n};

	INS(IR_CALL, .d = d, .imm = IR_FUNC_ALLOCA, .args = lower_args(w, &arg, 1), .nargs = 1);
	INS(IR_STOREB, .a = slot, .b = d, .imm = size);
}

static struct lower_value to_scalar(struct lower *w, struct lower_value v, struct type *from, struct type *to)
{
	struct lower_value r = {LOWER_REG, 0};

	r.n = lower_reg(w);
	if (v.kind == LOWER_SLOT) {
		struct lower_mark m = lower_mark(w);

		copied(w, r.n, v.n, type_resolve(from)->kind == TY_STRING ? w->b.p->strsize : lower_size(w, from, (int)w->line));
		lower_release(w, m);
	} else if (is_bool(to)) {
		INS(IR_MOV, .d = r.n, .a = v.n);
		to_truth(w, r.n);
	} else if (type_size(to) < 8) {
		INS(IR_EXT, .d = r.n, .a = v.n, .width = (uint8_t)type_size(to),
					      .is_signed = !type_is_unsigned(to));
	} else {
		INS(IR_MOV, .d = r.n, .a = v.n);
	}
	return r;
}

static struct lower_value to_string(struct lower *w, struct lower_value v, struct type *from, int line)
{
	struct lower_value r = {LOWER_SLOT, 0};
	struct type *t = type_resolve(from);

	r.n = lower_slot(w, 0);
	if (v.kind == LOWER_SLOT) {
		INS(IR_MOVS, .d = r.n, .a = v.n, .b = IR_NONE, .imm2 = lower_size(w, from, line));
	} else if (t->kind == TY_PTR && t->is_userland) {
		struct ir_arg arg = {IR_ARG_REG, v.n};

		INS(IR_CALL, .d = r.n, .imm = IR_FUNC_COPYINSTR, .args = lower_args(w, &arg, 1), .nargs = 1);
	} else {
		INS(IR_LOADB, .d = r.n, .a = v.n);
	}
	return r;
}

struct lower_value lower_convert(struct lower *w, struct lower_value v, struct type *from, struct type *to, int line)
{
	struct type *a = type_resolve(from), *b = type_resolve(to);

	if (b->kind == TY_VOID)
		return (struct lower_value){LOWER_NONE, 0};
	if (type_is_scalar(b)) {
		if (type_is_scalar(a) && fits(a, b) && (!is_bool(b) || is_bool(a)))
			return v;
		return to_scalar(w, v, from, to);
	}
	if (b->kind == TY_STRING && a->kind != TY_STRING)
		return to_string(w, v, from, line);
	return v;
}

/* Converting gives its result a place of its own: behind the value's. The value's place is given back, so the result is moved
 * there: what is longest alive lies lowest. For integers that is one instruction without a move. */
static struct lower_value cast(struct lower *w, struct node *n)
{
	struct type *from = n->left->type, *to = n->type;
	struct lower_value d = {LOWER_REG, 0}, v;
	struct lower_mark m;

	if (type_is_scalar(to) && !type_is_scalar(from)) {
		d.n = lower_reg(w);
		m = lower_mark(w);
		v = lower_convert(w, lower_expr(w, n->left), from, to, n->line);
		INS(IR_MOV, .d = d.n, .a = v.n);
		lower_release(w, m);
		return d;
	}
	v = lower_expr(w, n->left);
	if (type_is_scalar(to) && type_is_scalar(from) && v.kind == LOWER_REG) {
		if (fits(from, to) && (!is_bool(to) || is_bool(from)))
			return v;
		if (is_bool(to))
			to_truth(w, v.n);
		else
			lower_extend(w, v.n, to);
		return v;
	}
	return lower_convert(w, v, from, to, n->line);
}

/* --- assignments ------------------------------------------------------------------------------- */

/* The step of ++ and of += on a pointer: what it points to. */
static int64_t step_of(struct type *t)
{
	return type_is_pointer(t) ? (int64_t)type_size(type_resolve(t)->base) : 1;
}

static struct lower_value new_value(struct lower *w, struct type *t)
{
	bool in_slot = lower_is_slot(t);
	uint32_t size = !in_slot || type_resolve(t)->kind == TY_STRING ? 0 : lower_size(w, t, (int)w->line);

	return in_slot ? (struct lower_value){LOWER_SLOT, lower_slot(w, size)} : (struct lower_value){LOWER_REG, lower_reg(w)};
}

static void move_value(struct lower *w, struct lower_value d, struct lower_value v, struct type *t)
{
	if (d.n == v.n)
		return;
	if (d.kind == LOWER_REG)
		INS(IR_MOV, .d = d.n, .a = v.n);
	else
		INS(IR_MOVS, .d = d.n, .a = v.n, .b = IR_NONE, .imm2 = type_resolve(t)->kind == TY_STRING ? 0 : lower_size(w, t, (int)w->line));
}

/* The value of an assignment is that of the left side, which a bit-field (width is not 0) may have cut. */
static void cut_field(struct lower *w, uint16_t r, struct type *t, unsigned width)
{
	struct lower_mark m = lower_mark(w);
	uint16_t bits;

	if (width == 0)
		return;
	bits = lower_const(w, 64 - (int64_t)width);
	INS(IR_SHL, .d = r, .a = r, .b = bits);
	INS(type_is_unsigned(t) ? IR_LSHR : IR_ASHR, .d = r, .a = r, .b = bits);
	lower_release(w, m);
}

static struct lower_value assign(struct lower *w, struct node *n)
{
	struct lower_value v = lower_expr(w, n->right);
	struct lower_place p;
	struct lower_mark m = lower_mark(w);

	p = lower_place(w, n->left);
	lower_store(w, &p, v, n->line);
	lower_release(w, m);
	if (n->left->kind == N_MEMBER)
		cut_field(w, v.n, n->type, n->left->bit_width);
	return v;
}

/* place = place op value, where the operation is done in type t; the register with what was stored, in the place's type */
static void update(struct lower *w, const struct lower_place *p, uint16_t d, enum node_op op, struct type *t, uint16_t value, int line)
{
	struct lower_mark m = lower_mark(w);

	if (type_is_pointer(p->type)) {
		uint16_t scaled = lower_reg(w);

		INS(IR_MUL, .d = scaled, .a = value, .b = lower_const(w, step_of(p->type)));
		lower_arith(w, op, p->type, d, d, scaled);
	} else {
		if (!fits(p->type, t))
			lower_extend(w, d, t);
		lower_arith(w, op, t, d, d, value);
		if (is_bool(p->type))
			to_truth(w, d);
		else if (!fits(t, p->type))
			lower_extend(w, d, p->type);
	}
	lower_store(w, p, (struct lower_value){LOWER_REG, d}, line);
	cut_field(w, d, p->type, p->bit_width);
	lower_release(w, m);
}

static struct lower_value assign_op(struct lower *w, struct node *n)
{
	uint16_t d = lower_reg(w);
	struct lower_mark m = lower_mark(w);
	uint16_t value = lower_int(w, n->right);
	struct lower_place p = lower_place(w, n->left);
	/* A shift is done in the type of its left side; everything else in that of the right one, as the check made it. */
	struct type *t = n->op == OP_SHL || n->op == OP_SHR ? n->left->type : n->right->type;

	INS(IR_MOV, .d = d, .a = lower_load(w, &p, n->line).n);
	update(w, &p, d, n->op, t, value, n->line);
	lower_release(w, m);
	return (struct lower_value){LOWER_REG, d};
}

static struct lower_value step_by_one(struct lower *w, struct node *n)
{
	bool is_post = n->op == OP_POSTINC || n->op == OP_POSTDEC, up = n->op == OP_PREINC || n->op == OP_POSTINC;
	uint16_t result = lower_reg(w), now = is_post ? lower_reg(w) : result;
	struct lower_mark m = lower_mark(w);
	struct lower_place p = lower_place(w, n->left);

	INS(IR_MOV, .d = now, .a = lower_load(w, &p, n->line).n);
	if (is_post)
		INS(IR_MOV, .d = result, .a = now);
	update(w, &p, now, up ? OP_ADD : OP_SUB, n->type, lower_const(w, 1), n->line);
	lower_release(w, m);
	return (struct lower_value){LOWER_REG, result};
}

/* --- operators --------------------------------------------------------------------------------- */

/* pointer + integer, pointer - pointer */
static void pointer_arith(struct lower *w, struct node *n, uint16_t d)
{
	struct type *to = type_resolve(n->left->type)->base;
	uint16_t a = lower_int(w, n->left), b = lower_int(w, n->right), size = lower_const(w, (int64_t)type_size(to));

	if (type_is_pointer(n->right->type)) {
		INS(IR_SUB, .d = d, .a = a, .b = b);
		INS(IR_SDIV, .d = d, .a = d, .b = size);
		return;
	}
	INS(IR_MUL, .d = size, .a = size, .b = b);
	lower_emit(w, (struct ir_ins){.op = n->op == OP_ADD ? IR_ADD : IR_SUB, .d = d, .a = a, .b = size});
}

static struct lower_value binary(struct lower *w, struct node *n)
{
	uint16_t d = lower_reg(w);
	struct lower_mark m = lower_mark(w);

	switch (n->op) {
	case OP_LAND:
	case OP_LOR:
		truth_by_blocks(w, n, d);
		break;
	case OP_LXOR:
		either(w, n, d);
		break;
	case OP_EQ: case OP_NE: case OP_LT: case OP_LE: case OP_GT: case OP_GE:
		compare(w, n, d);
		break;
	default:
		if (type_is_pointer(n->left->type)) {
			pointer_arith(w, n, d);
		} else {
			uint16_t a = lower_int(w, n->left);

			lower_arith(w, n->op, n->type, d, a, lower_int(w, n->right));
		}
	}
	lower_release(w, m);
	return (struct lower_value){LOWER_REG, d};
}

static struct lower_value address_of(struct lower *w, struct node *n)
{
	uint16_t d = lower_reg(w);
	struct lower_mark m = lower_mark(w);
	struct lower_place p = lower_place(w, n->left);

	INS(IR_MOV, .d = d, .a = lower_address(w, &p));
	lower_release(w, m);
	return (struct lower_value){LOWER_REG, d};
}

/* What lies at a place, for the kinds of nodes that name one. */
static struct lower_value read_place(struct lower *w, struct node *n)
{
	struct lower_value d;
	struct lower_mark m;
	struct lower_place p;

	if (n->kind == N_IDENT) { /* needs nothing beside its own place */
		p = lower_place(w, n);
		return lower_load(w, &p, n->line);
	}
	d = new_value(w, n->type);
	m = lower_mark(w);
	p = lower_place(w, n);
	move_value(w, d, lower_load(w, &p, n->line), n->type);
	lower_release(w, m);
	return d;
}

static struct lower_value unary(struct lower *w, struct node *n)
{
	uint16_t d;
	struct lower_mark m;

	if (n->op >= OP_PREINC)
		return step_by_one(w, n);
	if (n->op == OP_ADDROF)
		return address_of(w, n);
	if (n->op == OP_DEREF)
		return read_place(w, n);
	d = lower_reg(w);
	m = lower_mark(w);
	if (n->op == OP_LNOT) {
		uint16_t v = lower_int(w, n->left);

		INS(IR_EQ, .d = d, .a = v, .b = lower_const(w, 0));
	} else {
		INS(n->op == OP_NEG ? IR_NEG : n->op == OP_NOT ? IR_NOT : IR_MOV, .d = d, .a = lower_int(w, n->left));
		lower_extend(w, d, n->type);
	}
	lower_release(w, m);
	return (struct lower_value){LOWER_REG, d};
}

static struct lower_value conditional(struct lower *w, struct node *n)
{
	bool is_void = type_resolve(n->type)->kind == TY_VOID;
	struct lower_value d = is_void ? (struct lower_value){LOWER_NONE, 0} : new_value(w, n->type), v;
	uint32_t yes = lower_label(w), no = lower_label(w), end = lower_label(w);
	struct lower_mark m = lower_mark(w);

	lower_cond(w, n->cond, yes, no);
	lower_place_label(w, yes);
	v = lower_expr(w, n->left);
	if (!is_void)
		move_value(w, d, v, n->type);
	lower_release(w, m);
	lower_jump(w, end);
	lower_place_label(w, no);
	v = lower_expr(w, n->right);
	if (!is_void)
		move_value(w, d, v, n->type);
	lower_release(w, m);
	lower_place_label(w, end);
	return d;
}

static struct lower_value comma(struct lower *w, struct node *n)
{
	struct lower_mark m = lower_mark(w);

	lower_expr(w, n->left);
	lower_release(w, m);
	return lower_expr(w, n->right);
}

/* --- leaves ------------------------------------------------------------------------------------ */

static struct lower_value builtin(struct lower *w, struct node *n, struct node *index)
{
	unsigned id = n->ident->id;
	struct lower_value d;
	struct lower_mark m;

	if (ir_builtin_result(id) == 's') {
		d = (struct lower_value){LOWER_SLOT, lower_slot(w, 0)};
		INS(IR_BUILTIN_STR, .d = d.n, .imm = id);
		return d;
	}
	if (!type_is_scalar(n->type))
		d_fail(&w->l->ctx, D_CG_EXPR, n->line, "%s of type %s cannot be read", n->ident->name, type_name(&w->l->ctx, n->type));
	d = (struct lower_value){LOWER_REG, lower_reg(w)};
	m = lower_mark(w);
	INS(IR_BUILTIN, .d = d.n, .imm = id, .b = index ? lower_int(w, index) : IR_NONE);
	lower_extend(w, d.n, n->type);
	lower_release(w, m);
	return d;
}

static struct lower_value constant_string(struct lower *w, struct node *n)
{
	struct lower_value d = {LOWER_SLOT, lower_slot(w, 0)};

	INS(IR_STR, .d = d.n, .imm = ir_build_string(&w->b, n->name, n->length));
	return d;
}

static struct lower_value stringof(struct lower *w, struct node *n)
{
	struct lower_value d = {LOWER_SLOT, 0}, v;
	struct lower_mark m;

	if (type_resolve(n->left->type)->kind == TY_STRING)
		return lower_expr(w, n->left);
	d.n = lower_slot(w, 0);
	m = lower_mark(w);
	v = lower_expr(w, n->left);
	move_value(w, d, lower_convert(w, v, n->left->type, n->type, n->line), n->type);
	lower_release(w, m);
	return d;
}

struct lower_value lower_expr(struct lower *w, struct node *n)
{
	switch (n->kind) {
	case N_INT:
		return (struct lower_value){LOWER_REG, lower_const(w, n->value)};
	case N_STRING:
		return constant_string(w, n);
	case N_IDENT:
		return n->ident->kind == ID_BUILTIN ? builtin(w, n, NULL) : read_place(w, n);
	case N_INDEX:
		return n->ident && n->ident->kind == ID_BUILTIN ? builtin(w, n, n->args) : read_place(w, n);
	case N_MEMBER:
		return read_place(w, n);
	case N_CALL:
		return lower_call(w, n);
	case N_UNARY:
		return unary(w, n);
	case N_BINARY:
		return binary(w, n);
	case N_ASSIGN:
		return n->op == OP_ASSIGN ? assign(w, n) : assign_op(w, n);
	case N_COND:
		return conditional(w, n);
	case N_COMMA:
		return comma(w, n);
	case N_CAST:
		return cast(w, n);
	case N_STRINGOF:
		return stringof(w, n);
	default:
		d_fail(&w->l->ctx, D_CG_EXPR, n->line, "an expression that the back end does not know");
	}
}

struct ir_arg lower_arg(struct lower *w, struct node *n, struct ir_type *t)
{
	struct type *r = type_resolve(n->type);
	struct lower_value v;

	if (r->kind == TY_STACK || r->kind == TY_SYM) {
		v = lower_call(w, n);
		if (r->kind == TY_STACK) {
			*t = (struct ir_type){.kind = IR_STACK, .size = v.n};
			return (struct ir_arg){IR_ARG_STACK, v.n};
		}
	} else {
		v = lower_expr(w, n);
	}
	*t = lower_type(w, n->type, n->line);
	return (struct ir_arg){v.kind == LOWER_SLOT ? IR_ARG_SLOT : IR_ARG_REG, v.n};
}

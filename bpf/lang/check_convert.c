/* SPDX-License-Identifier: GPL-2.0-only
 * Which types go together, and the conversions between them (the guide's "Type Conversions").
 */
#include "check_parts.h"

#include <string.h>

const char *op_text(enum node_op op)
{
	static const char *const texts[] = {
		[OP_ADD] = "+",	   [OP_SUB] = "-",     [OP_MUL] = "*",	   [OP_DIV] = "/",	[OP_MOD] = "%",
		[OP_AND] = "&",	   [OP_OR] = "|",      [OP_XOR] = "^",	   [OP_SHL] = "<<",	[OP_SHR] = ">>",
		[OP_LAND] = "&&",  [OP_LOR] = "||",    [OP_LXOR] = "^^",   [OP_EQ] = "==",	[OP_NE] = "!=",
		[OP_LT] = "<",	   [OP_LE] = "<=",     [OP_GT] = ">",	   [OP_GE] = ">=",	[OP_ASSIGN] = "=",
		[OP_NEG] = "-",	   [OP_PLUS] = "+",    [OP_NOT] = "~",	   [OP_LNOT] = "!",	[OP_DEREF] = "*",
		[OP_ADDROF] = "&", [OP_PREINC] = "++", [OP_PREDEC] = "--", [OP_POSTINC] = "++", [OP_POSTDEC] = "--",
		[OP_DOT] = ".",	   [OP_ARROW] = "->",
	};

	return texts[op] ? texts[op] : "?";
}

void convert_mismatch(struct lang *l, struct node *n, struct type *a, const char *op, struct type *b)
{
	d_fail(&l->ctx, D_OP_INCOMPAT, n->line, "operands have incompatible types: \"%s\" %s \"%s\"",
	       type_name(&l->ctx, a), op, type_name(&l->ctx, b));
}

struct type *convert_promote(struct node *n)
{
	struct type *t = type_resolve(n->type);

	if (n->kind == N_MEMBER && n->bit_width)
		return type_basic(n->bit_width < 32 || (n->bit_width == 32 && t->is_signed) ? TB_INT :
				  n->bit_width == 32					    ? TB_UINT :
				  t->is_signed						    ? TB_LONG :
											      TB_ULONG);
	if (t->kind == TY_ENUM || t->size < 4)
		return type_basic(TB_INT);
	return n->type;
}

struct type *convert_usual(struct node *a, struct node *b)
{
	struct type *x = convert_promote(a), *y = convert_promote(b);

	if (type_size(x) != type_size(y))
		return type_size(x) > type_size(y) ? x : y;
	return type_is_unsigned(x) || !type_is_unsigned(y) ? x : y;
}

struct node *convert_to(struct lang *l, struct node *n, struct type *type)
{
	struct node *c;

	if (type_same(n->type, type) && !(n->kind == N_MEMBER && n->bit_width))
		return n;
	if (n->kind == N_INT && type_is_scalar(type)) {
		c = expr_new(l, N_INT, n);
		const_set(c, n->value, type);
		return c;
	}
	c = expr_new(l, N_CAST, n);
	c->left = n;
	c->type = type;
	c->implicit = true;
	return c;
}

void convert_slot(struct lang *l, struct node **slot, struct type *type)
{
	struct node *old = *slot, *rest = old->next, *now = convert_to(l, old, type);

	if (now == old)
		return;
	old->next = NULL;
	now->next = rest;
	*slot = now;
}

bool convert_addressable(const struct node *n)
{
	for (;;) {
		switch (n->kind) {
		case N_UNARY: return n->op == OP_DEREF;
		case N_MEMBER:
			if (n->op == OP_ARROW)
				return true;
			break;
		case N_INDEX:
			if (n->ident)
				return false; /* an element of an associative array */
			if (type_is_pointer(n->left->type))
				return true;
			break;
		default: return false;
		}
		n = n->left;
	}
}

struct node *convert_decay(struct lang *l, struct node *n)
{
	struct type *t = type_resolve(n->type);
	struct node *c;

	if (t->kind != TY_ARRAY || !convert_addressable(n))
		return n;
	c = expr_new(l, N_UNARY, n);
	c->op = OP_ADDROF;
	c->left = n;
	c->implicit = true;
	c->type = type_pointer(&l->ctx, t->base);
	return c;
}

bool convert_pointers_fit(struct type *a, struct type *b)
{
	a = type_resolve(a);
	b = type_resolve(b);
	if (a->kind != TY_PTR || b->kind != TY_PTR)
		return false;
	return type_resolve(a->base)->kind == TY_VOID || type_resolve(b->base)->kind == TY_VOID ||
	       type_same(a->base, b->base);
}

bool convert_is_void(struct node *n)
{
	return type_resolve(n->type)->kind == TY_VOID;
}

bool convert_fits(struct node *n, struct type *type)
{
	struct type *to = type_resolve(type), *from = type_resolve(n->type);

	if (type_is_int(to))
		return type_is_int(from) || (from->kind == TY_PTR && to->size == 8);
	switch (to->kind) {
	case TY_PTR: return type_is_int(from) || convert_pointers_fit(from, to);
	case TY_STRING: return type_is_string(from);
	case TY_STRUCT:
	case TY_UNION:
	case TY_ARRAY:
	case TY_FLOAT:
	case TY_STACK:
	case TY_SYM: return type_same(from, to);
	default: return false;
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Expressions: which file looks at which kind of node, and the kinds that need no file of their own.
 */
#include "check_parts.h"
#include "decl.h"

#include <string.h>

#define DEPTH_MAX 3000 /* of the check: a tree, and the expressions that inlines and translators put into it */

struct node *expr_new(struct lang *l, enum node_kind kind, struct node *from)
{
	struct node *n = d_alloc(&l->ctx, sizeof(*n));

	n->kind = kind;
	n->line = from->line;
	return n;
}

const char *expr_text(struct lang *l, struct node *n)
{
	if (n->kind == N_AGG)
		return "aggregation";
	return n->type ? type_name(&l->ctx, n->type) : "<none>";
}

unsigned check_count(const struct node *list)
{
	unsigned n = 0;

	for (; list; list = list->next)
		n++;
	return n;
}

static void check_agg(struct lang *l, struct node *n)
{
	d_fail(&l->ctx, D_OP_DYN, n->line, "aggregation @%s may not be used as a value: printa( ) prints it", n->name);
}

static void check_sizeof(struct lang *l, struct node *n)
{
	struct type *t, *size = sym_find_type(l, "size_t");
	uint64_t bytes;

	if (n->left) {
		check_expr(l, n->left);
		if (n->left->kind == N_MEMBER && n->left->bit_width)
			d_fail(&l->ctx, D_SIZEOF_BITFIELD, n->line, "cannot apply sizeof to a bit-field");
		t = n->left->type;
	} else {
		t = decl_type(l, n->decl);
	}
	switch (type_resolve(t)->kind) {
	case TY_VOID:
	case TY_FUNC:
	case TY_FORWARD:
	case TY_DYN:
	case TY_STACK:
	case TY_SYM:
		d_fail(&l->ctx, D_SIZEOF_TYPE, n->line, "cannot apply sizeof to an operand of type %s",
		       type_name(&l->ctx, t));
	case TY_STRING: bytes = n->left && n->left->kind == N_STRING ? n->left->length + 1 : l->options->strsize; break;
	default: bytes = type_size(t); break;
	}
	n->decl = NULL;
	const_set(n, (int64_t)bytes, size);
}

static void check_offsetof(struct lang *l, struct node *n)
{
	struct type *t = decl_type(l, n->decl), *r = type_resolve(t);
	struct type_member *m;
	uint64_t bits;

	if (r->kind != TY_STRUCT && r->kind != TY_UNION)
		d_fail(&l->ctx, D_OFFSETOF_TYPE, n->line, "offsetof operand must be a struct or union, not %s",
		       type_name(&l->ctx, t));
	m = type_find_member(r, n->name, &bits);
	if (!m)
		d_fail(&l->ctx, D_TYPE_MEMBER, n->line, "failed to offsetof %s: %s is not a member of %s", n->name,
		       n->name, type_name(&l->ctx, t));
	if (m->bit_width)
		d_fail(&l->ctx, D_OFFSETOF_BITFIELD, n->line, "cannot take offset of a bit-field: %s", n->name);
	n->decl = NULL;
	const_set(n, (int64_t)(bits / 8), sym_find_type(l, "size_t"));
}

static void check_stringof(struct lang *l, struct node *n)
{
	check_expr(l, n->left);
	if (!type_is_scalar(n->left->type) && !type_is_string(n->left->type))
		d_fail(&l->ctx, D_STRINGOF_TYPE, n->line, "cannot apply stringof to a value of type %s",
		       expr_text(l, n->left));
	n->type = type_basic(TB_STRING);
}

static bool may_cast(struct node *from, struct type *to)
{
	struct type *t = type_resolve(to), *f = type_resolve(from->type);

	switch (t->kind) {
	case TY_VOID: return true;
	case TY_INT:
	case TY_ENUM: return type_is_scalar(f);
	case TY_PTR: return type_is_scalar(f) || f->kind == TY_STRING || (f->kind == TY_ARRAY && type_is_string(f));
	case TY_STRING: return type_is_string(f) || f->kind == TY_PTR;
	default: return type_same(t, f);
	}
}

static void check_cast(struct lang *l, struct node *n)
{
	struct type *to = decl_type(l, n->decl);

	check_expr(l, n->left);
	n->left = convert_decay(l, n->left);
	if (!may_cast(n->left, to))
		d_fail(&l->ctx, D_CAST_INVAL, n->line, "invalid cast expression: \"%s\" to \"%s\"",
		       expr_text(l, n->left), type_name(&l->ctx, to));
	n->type = to;
	const_fold(n);
}

static void check_comma(struct lang *l, struct node *n)
{
	check_expr(l, n->left);
	check_expr(l, n->right);
	n->type = n->right->type;
}

static void check_kind(struct lang *l, struct node *n)
{
	switch (n->kind) {
	case N_INT: const_type(n); break;
	case N_STRING: n->type = type_basic(TB_STRING); break;
	case N_IDENT: var_ident(l, n); break;
	case N_AGG: check_agg(l, n); break;
	case N_INDEX: var_index(l, n); break;
	case N_CALL: call_function(l, n); break;
	case N_UNARY: op_unary(l, n); break;
	case N_BINARY: op_binary(l, n); break;
	case N_ASSIGN: op_assign(l, n); break;
	case N_COND: op_cond(l, n); break;
	case N_COMMA: check_comma(l, n); break;
	case N_CAST: check_cast(l, n); break;
	case N_SIZEOF: check_sizeof(l, n); break;
	case N_OFFSETOF: check_offsetof(l, n); break;
	case N_STRINGOF: check_stringof(l, n); break;
	case N_MEMBER: var_member(l, n); break;
	case N_XLATE: xlate_check(l, n); break;
	default: d_fail(&l->ctx, D_SYNTAX, n->line, "a statement stands where an expression is expected");
	}
}

void check_expr(struct lang *l, struct node *n)
{
	if (n->type)
		return; /* a part of an inline's argument, checked before */
	if (++l->check->depth > DEPTH_MAX)
		d_fail(&l->ctx, D_SYNTAX, n->line,
		       "expression is nested too deeply, with the inlines and translators that it uses");
	check_kind(l, n);
	l->check->depth--;
}

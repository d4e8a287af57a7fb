/* SPDX-License-Identifier: GPL-2.0-only
 * Inlines and translators (the guide's "Type and Constant Definitions" and "Translators"): an expression is put where
 * the name or the translated member stands, a copy each time, with what was given for the parameters in it. Both are
 * checked once where they are defined, so that a mistake is reported there.
 */
#include "check_parts.h"
#include "decl.h"

#include <string.h>

#define EXPANDED_MAX 1000000 /* nodes that a compilation may make this way: inlines of inlines grow without bound */

struct subst { /* what a name stands for */
	const char *name;
	struct node *value; /* checked */
};

struct copier {
	struct lang *l;
	const struct subst *subst;
	unsigned n;
	int line; /* of the place where the expression is put; 0: keep */
};

static struct node *copy(struct copier *c, struct node *n);

static struct node *copy_list(struct copier *c, struct node *list)
{
	struct node *first = NULL, **end = &first;

	for (; list; list = list->next) {
		*end = copy(c, list);
		end = &(*end)->next;
	}
	return first;
}

static struct node *find_subst(struct copier *c, struct node *n)
{
	if (n->kind == N_IDENT && n->scope == SCOPE_GLOBAL)
		for (unsigned i = 0; i < c->n; i++)
			if (strcmp(c->subst[i].name, n->name) == 0)
				return c->subst[i].value;
	return NULL;
}

static struct node *copy(struct copier *c, struct node *n)
{
	struct node *value, *to;

	if (!n)
		return NULL;
	if (++c->l->sym.expanded > EXPANDED_MAX)
		d_fail(&c->l->ctx, D_SYNTAX, c->line ? c->line : n->line,
		       "inlines and translators make more than %d nodes", EXPANDED_MAX);
	to = d_alloc(&c->l->ctx, sizeof(*to));
	value = find_subst(c, n);
	*to = value ? *value : *n;
	to->next = NULL;
	if (c->line)
		to->line = c->line;
	if (value)
		return to;
	to->left = copy(c, n->left);
	to->right = copy(c, n->right);
	to->cond = copy(c, n->cond);
	to->args = copy_list(c, n->args);
	return to;
}

/* What a parameter is while the definition is checked. */
static struct node *placeholder(struct lang *l, const char *name, struct type *type, int line)
{
	struct node *n = d_alloc(&l->ctx, sizeof(*n));
	struct ident *i = d_alloc(&l->ctx, sizeof(*i));

	i->kind = ID_PARAM;
	i->name = name;
	i->type = type;
	n->kind = N_IDENT;
	n->name = name;
	n->line = line;
	n->ident = i;
	n->type = type;
	return n;
}

/* A string may be a member or inline of type char[n]: it stays a string. */
static struct type *result_type(struct node *value, struct type *type)
{
	return type_resolve(value->type)->kind == TY_STRING && type_resolve(type)->kind == TY_ARRAY &&
			       type_is_string(type)
		       ? value->type
		       : type;
}

static bool fits(struct node *value, struct type *type)
{
	return convert_fits(value, result_type(value, type)) ||
	       (value->kind == N_XLATE && type_same(value->type, type));
}

/* n becomes the value, as an expression of the type. */
static void put(struct lang *l, struct node *n, struct node *value, struct type *type)
{
	struct node *rest = n->next;

	type = result_type(value, type);
	if (value->kind != N_XLATE)
		value = convert_to(l, value, type);
	*n = *value;
	n->next = rest;
	n->is_lvalue = false;
}

void inline_enter(struct lang *l, struct node *n)
{
	struct copier c = { .l = l };
	struct declarator *keys;
	struct type *type = decl_object_type(l, n->decl, &keys);
	struct ident *i;
	struct sym_param *params = NULL;
	struct subst subst[IR_TUPLE_MAX];
	struct node *body;
	unsigned count = 0;

	if (n->decl->storage != DC_NONE)
		d_fail(&l->ctx, D_DECL_BADCLASS, n->line, "storage class may not be used with an inline: %s", n->name);
	if (strchr(n->name, '`'))
		d_fail(&l->ctx, D_DECL_SCOPE, n->line, "scoping operator may not be used in a declaration name: %s",
		       n->name);
	if (type_resolve(type)->kind == TY_VOID)
		d_fail(&l->ctx, D_DECL_VOIDOBJ, n->line, "cannot have void object: %s", n->name);
	if (keys)
		params = decl_keys(l, keys, &count);
	i = sym_find(l, SCOPE_GLOBAL, n->name);
	if (i && l->sym.in_prelude)
		return;
	if (i || sym_declared_type(l, n->name))
		d_fail(&l->ctx, D_DECL_IDRED, n->line, "identifier redeclared: %s", n->name);
	for (struct sym_param *p = params; p; p = p->next) {
		if (!p->name)
			d_fail(&l->ctx, D_DECL_PROTO_NAME, n->line, "parameter of inline %s has no name", n->name);
		subst[c.n].name = p->name;
		subst[c.n++].value = placeholder(l, p->name, p->type, n->line);
	}
	c.subst = subst;
	body = copy(&c, n->left);
	l->check->member_of = body; /* the whole may be an xlate: it is used as inline->member */
	check_expr(l, body);
	if (!fits(body, type))
		d_fail(&l->ctx, D_OP_INCOMPAT, n->line, "inline %s definition uses incompatible types: \"%s\" = \"%s\"",
		       n->name, type_name(&l->ctx, type), expr_text(l, body));
	i = sym_add(l, SCOPE_GLOBAL, ID_INLINE, n->name, n->line);
	i->type = type;
	i->body = n->left;
	i->params = params;
	i->nparams = i->nrequired = count;
}

void inline_expand(struct lang *l, struct node *n, struct ident *i, struct node *args)
{
	struct copier c = { .l = l, .line = n->line };
	struct sym_param *p = i->params;
	struct subst subst[IR_TUPLE_MAX];
	struct node *body;
	const char *shown = d_printf(&l->ctx, "%s[ ]", i->name);

	/* The context goes to the body: the operand of -> may be an inline that stands for an xlate. */
	bool is_operand = l->check->member_of == n;

	if (i->nparams)
		call_count(l, n, i, shown, D_PROTO_LEN);
	for (struct node *a = args; a; a = a->next, p = p->next) {
		check_expr(l, a);
		if (!convert_fits(a, p->type))
			call_wrong_arg(l, a, shown, c.n + 1, type_name(&l->ctx, p->type), D_PROTO_ARG);
		subst[c.n].name = p->name;
		subst[c.n++].value = convert_to(l, a, p->type);
	}
	c.subst = subst;
	body = copy(&c, i->body);
	if (is_operand)
		l->check->member_of = body;
	check_expr(l, body);
	put(l, n, body, i->type);
}

/* --- translators ------------------------------------------------------------------------------- */

/* A struct is one object, whatever typedefs name it. */
static struct sym_translator **translators(struct lang *l, struct type *out)
{
	uintptr_t address = (uintptr_t)type_resolve(out);

	if (!l->sym.translators)
		l->sym.translators = d_alloc(&l->ctx, SYM_BUCKETS * sizeof(struct sym_translator *));
	return &l->sym.translators[(address >> 4) % SYM_BUCKETS];
}

static struct sym_translator *find_exact(struct lang *l, struct type *out, struct type *in)
{
	for (struct sym_translator *t = *translators(l, out); t; t = t->next)
		if (type_same(t->out, out) && type_same(t->in, in))
			return t;
	return NULL;
}

/* That of the very type of the input, else the first that would take it as an argument. */
static struct sym_translator *find_translator(struct lang *l, struct type *out, struct node *in)
{
	struct sym_translator *best = find_exact(l, out, in->type);

	for (struct sym_translator *t = best ? NULL : *translators(l, out); t; t = t->next)
		if (type_same(t->out, out) && call_fits(in, t->in))
			best = t; /* the list is that of the last first */
	return best;
}

static void check_translation(struct lang *l, struct node *m, struct type *out, const char *param, struct type *in)
{
	struct subst subst = { param, placeholder(l, param, in, m->line) };
	struct copier c = { .l = l, .subst = &subst, .n = 1 };
	struct node *value;
	uint64_t offset;
	struct type_member *member = type_find_member(out, m->left->name, &offset);

	if (!member)
		d_fail(&l->ctx, D_XLATE_MEMB, m->line, "translator member %s is not a member of %s", m->left->name,
		       type_name(&l->ctx, out));
	value = copy(&c, m->right);
	l->check->member_of = value;
	check_expr(l, value);
	if (!fits(value, member->type))
		d_fail(&l->ctx, D_XLATE_INCOMPAT, m->line,
		       "translator member %s definition uses incompatible types: \"%s\" = \"%s\"", m->left->name,
		       type_name(&l->ctx, member->type), expr_text(l, value));
}

void xlate_enter(struct lang *l, struct node *n)
{
	struct type *out = decl_type(l, n->decl), *in = decl_type(l, n->decl->next);
	struct sym_translator *t;
	enum type_kind kind = type_resolve(out)->kind;

	if (kind == TY_FORWARD)
		d_fail(&l->ctx, D_OP_INCOMPLETE, n->line, "translator output type %s is incomplete",
		       type_name(&l->ctx, out));
	if (kind != TY_STRUCT && kind != TY_UNION)
		d_fail(&l->ctx, D_XLATE_SOU, n->line, "translator output type must be a struct or union, not %s",
		       type_name(&l->ctx, out));
	if (find_exact(l, out, in)) {
		if (l->sym.in_prelude)
			return;
		d_fail(&l->ctx, D_XLATE_REDECL, n->line, "translator from %s to %s has been previously declared",
		       type_name(&l->ctx, in), type_name(&l->ctx, out));
	}
	for (struct node *m = n->args; m; m = m->next) {
		for (struct node *before = n->args; before != m; before = before->next)
			if (strcmp(before->left->name, m->left->name) == 0)
				d_fail(&l->ctx, D_XLATE_MEMB, m->line, "translator member %s is defined twice",
				       m->left->name);
		check_translation(l, m, out, n->decl->next->name, in);
	}
	t = d_alloc(&l->ctx, sizeof(*t));
	t->out = out;
	t->in = in;
	t->param = n->decl->next->name;
	t->members = n->args;
	t->line = n->line;
	t->next = *translators(l, out);
	*translators(l, out) = t;
}

static struct type *output_of(struct node *n)
{
	struct type *t = type_resolve(n->type);

	return t->kind == TY_PTR ? type_resolve(t->base) : t;
}

void xlate_check(struct lang *l, struct node *n)
{
	struct type *type = decl_type(l, n->decl);
	bool is_operand = l->check->member_of == n;
	enum type_kind kind;

	n->type = type;
	kind = output_of(n)->kind;
	if (kind != TY_STRUCT && kind != TY_UNION && kind != TY_FORWARD)
		d_fail(&l->ctx, D_XLATE_SOU, n->line, "cannot translate to %s: not a struct, union or pointer to one",
		       type_name(&l->ctx, type));
	check_expr(l, n->left);
	n->left = convert_decay(l, n->left);
	if (!find_translator(l, output_of(n), n->left))
		d_fail(&l->ctx, D_XLATE_NONE, n->line, "cannot translate from \"%s\" to \"%s\"", expr_text(l, n->left),
		       type_name(&l->ctx, type));
	if (!is_operand)
		d_fail(&l->ctx, D_CG_DYN, n->line,
		       "expression cannot evaluate to result of a translated type: only members of it have values");
}

void xlate_member(struct lang *l, struct node *n)
{
	struct node *x = n->left, *value, *m;
	struct type *out = output_of(x);
	struct sym_translator *t = find_translator(l, out, x->left);
	struct subst subst = { t->param, convert_to(l, x->left, t->in) };
	struct copier c = { .l = l, .subst = &subst, .n = 1, .line = n->line };
	bool is_operand = l->check->member_of == n;
	struct type_member *member;
	uint64_t offset;

	if (type_is_pointer(x->type) != (n->op == OP_ARROW))
		d_fail(&l->ctx, n->op == OP_ARROW ? D_OP_PTR : D_OP_SOU, n->line, "operator %s cannot be applied to %s",
		       op_text(n->op), type_name(&l->ctx, x->type));
	member = type_find_member(out, n->name, &offset);
	if (!member)
		d_fail(&l->ctx, D_TYPE_MEMBER, n->line, "%s is not a member of %s", n->name, type_name(&l->ctx, out));
	for (m = t->members; m; m = m->next)
		if (strcmp(m->left->name, n->name) == 0)
			break;
	if (!m)
		d_fail(&l->ctx, D_XLATE_NOCONV, n->line, "translator does not define conversion for member: %s",
		       n->name);
	value = copy(&c, m->right);
	if (is_operand)
		l->check->member_of = value;
	check_expr(l, value);
	put(l, n, value, member->type);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Identifiers, subscripts and members: what they stand for, and where they may be written to (the guide's "Variables",
 * "Structs and Unions", "Pointers and Arrays").
 */
#include "check_parts.h"

#include "bpf/prov/prov.h"
#include "toolbox/lib/base.h"

#include <string.h>

static const char *kind_text(const struct ident *i)
{
	switch (i->kind) {
	case ID_VAR: return i->is_assoc ? "associative array" : "variable";
	case ID_BUILTIN: return i->flags & B_ARRAY ? "array" : "variable";
	case ID_FUNC: return "function";
	case ID_ACTION: return "action";
	case ID_AGGFUNC: return "aggregating function";
	case ID_AGG: return "aggregation";
	case ID_INLINE: return "inline";
	case ID_PARAM: return "parameter";
	case ID_CONST: return "constant";
	}
	return "name";
}

static const char *scoped(struct lang *l, struct node *n)
{
	if (n->scope == SCOPE_SELF)
		return d_printf(&l->ctx, "self->%s", n->name);
	if (n->scope == SCOPE_THIS)
		return d_printf(&l->ctx, "this->%s", n->name);
	return n->name;
}

/* Variables of the guide for what only Solaris has. */
static const char *const unsupported[] = { "chip", "lgrp", "pset" };

static _Noreturn void unknown(struct lang *l, struct node *n)
{
	const char *tick = strchr(n->name, '`');

	for (size_t i = 0; n->scope == SCOPE_GLOBAL && i < countof(unsupported); i++)
		if (strcmp(unsupported[i], n->name) == 0)
			d_fail(&l->ctx, D_VAR_UNSUP, n->line,
			       "%s is not supported: Linux has none", n->name);
	if (tick)
		d_fail(&l->ctx, D_SYM_NOTYPES, n->line,
		       "failed to resolve %s: no symbolic type information is available for %s", n->name,
		       tick[1] ? tick + 1 : n->name);
	if (n->scope == SCOPE_GLOBAL)
		d_fail(&l->ctx, D_IDENT_UNDEF, n->line, "failed to resolve %s: Unknown variable name", n->name);
	d_fail(&l->ctx, D_VAR_UNDEF, n->line, "%s has not yet been declared or assigned", scoped(l, n));
}

static void use(struct node *n, struct ident *i)
{
	n->ident = i;
	n->type = i->type;
	n->is_lvalue = i->kind == ID_VAR;
	n->is_dynamic = i->kind == ID_VAR && (i->is_assoc || i->scope == SCOPE_SELF);
}

static void refer(struct lang *l, struct node *n, struct ident *i)
{
	switch (i->kind) {
	case ID_CONST: const_set(n, i->value, i->type); return;
	case ID_INLINE:
		if (i->nparams)
			break;
		inline_expand(l, n, i, NULL);
		return;
	case ID_PARAM:
	case ID_VAR:
	case ID_BUILTIN:
		if (i->is_assoc || (i->kind == ID_BUILTIN && i->flags & B_ARRAY))
			break;
		use(n, i);
		return;
	default:
		d_fail(&l->ctx, D_IDENT_BADREF, n->line, "%s '%s' may not be referenced as a variable", kind_text(i),
		       n->name);
	}
	d_fail(&l->ctx, D_ARR_BADREF, n->line, "%s may not be referenced without a subscript: it is an array",
	       scoped(l, n));
}

void var_ident(struct lang *l, struct node *n)
{
	struct ident *i = sym_find(l, n->scope, n->name);

	if (!i)
		unknown(l, n);
	refer(l, n, i);
}

/* --- subscripts -------------------------------------------------------------------------------- */

static struct type *key_type(struct lang *l, struct node *key, const char *shown)
{
	struct type *t = type_resolve(key->type);

	if (type_is_scalar(t) || t->kind == TY_STRING || t->kind == TY_STACK || t->kind == TY_SYM)
		return key->type;
	if (t->kind == TY_ARRAY && type_is_string(t))
		return type_basic(TB_STRING);
	d_fail(&l->ctx, D_KEY_TYPE, key->line, "%s key expression may not be of type %s", shown,
	       type_name(&l->ctx, key->type));
}

/* Which values go with a key of the type: as for arguments of functions, an integer is no pointer and the other way
 * round. */
static bool key_fits(struct node *n, struct type *type)
{
	if (type_is_int(type))
		return type_is_int(n->type);
	if (type_is_pointer(type))
		return convert_pointers_fit(n->type, type) || const_is_null(n);
	return convert_fits(n, type);
}

/* Only aggregations have keys that are stacks or symbols. */
static void check_keys(struct lang *l, struct node *key, bool of_aggregation)
{
	for (; key; key = key->next) {
		if (of_aggregation)
			call_value(l, key);
		else
			check_expr(l, key);
	}
}

void var_keys(struct lang *l, struct ident *i, struct node *n, const char *shown)
{
	struct sym_param **end = &i->params, *p;
	unsigned number = 0;

	check_keys(l, n->args, i->kind == ID_AGG);
	if (i->is_assoc)
		call_count(l, n, i, shown, D_PROTO_LEN);
	else if (check_count(n->args) > IR_TUPLE_MAX)
		d_fail(&l->ctx, D_PROTO_LEN, n->line, "%s has more than %d keys", shown, IR_TUPLE_MAX);
	for (struct node **slot = &n->args; *slot; slot = &(*slot)->next) {
		struct type *t = key_type(l, *slot, shown);

		number++;
		if (!i->is_assoc) {
			p = d_alloc(&l->ctx, sizeof(*p));
			p->type = t;
			*end = p;
			i->nparams = ++i->nrequired;
		}
		p = *end;
		end = &p->next;
		if (!key_fits(*slot, p->type))
			call_wrong_arg(l, *slot, shown, number, type_name(&l->ctx, p->type), D_PROTO_ARG);
		convert_slot(l, slot, p->type);
	}
	i->is_assoc = true;
}

static void one_index(struct lang *l, struct node *n, const char *shown)
{
	if (check_count(n->args) != 1)
		call_wrong_count(l, n, d_printf(&l->ctx, "%s[ ]", shown), "", 1, D_PROTO_LEN);
	check_expr(l, n->args);
	if (!type_is_int(n->args->type))
		call_wrong_arg(l, n->args, d_printf(&l->ctx, "%s[ ]", shown), 1, "integer", D_PROTO_ARG);
}

/* args[n]: n is a constant, and the type is that of the probes. */
static void args_index(struct lang *l, struct node *n, struct ident *i)
{
	struct check_state *c = l->check;
	const struct prov_probe *p = c->probe;
	int64_t index;

	one_index(l, n, "args");
	if (!check_is_constant(n->args, &index))
		call_wrong_arg(l, n->args, "args[ ]", 1, "integer constant", D_PROTO_ARG);
	if (!c->clause)
		d_fail(&l->ctx, D_ARGS_NONE, n->line, "args[ ] may not be referenced outside of a clause");
	if (!p)
		d_fail(&l->ctx, D_ARGS_NONE, n->line,
		       "args[ ] may not be referenced because no probe matches description %s", c->desc);
	if (c->args_vary)
		d_fail(&l->ctx, D_ARGS_MULTI, n->line,
		       "args[ ] may not be referenced because probe description %s matches an unstable set of probes",
		       c->desc);
	if (index < 0 || index >= (int64_t)p->nargs)
		d_fail(&l->ctx, D_ARGS_IDX, n->line, "index %lld is out of range for %s args[ ]", (long long)index,
		       c->desc);
	n->ident = i;
	n->type = sym_type_text(l, p->args[index]);
	if (!n->type)
		d_fail(&l->ctx, D_ARGS_TYPE, n->line, "failed to resolve native type for args[%lld]: %s",
		       (long long)index, p->args[index]);
	n->args = convert_to(l, n->args, type_basic(TB_LONG));
}

/* x86_64 names more registers than aarch64; the back end knows how many are there. */
#define UREGS 40

static void uregs_index(struct lang *l, struct node *n, struct ident *i)
{
	int64_t index;

	one_index(l, n, i->name);
	if (check_is_constant(n->args, &index) && (index < 0 || index >= UREGS))
		d_fail(&l->ctx, D_REGS_IDX, n->line, "index %lld is out of range for array %s", (long long)index,
		       i->name);
	n->ident = i;
	n->type = i->type;
	n->args = convert_to(l, n->args, type_basic(TB_LONG));
}

static void element(struct lang *l, struct node *n, struct ident *i, struct node *name)
{
	var_keys(l, i, n, d_printf(&l->ctx, "%s[ ]", scoped(l, name)));
	use(n, i);
}

/* An element of an array or what a pointer points to. */
static void memory_index(struct lang *l, struct node *n)
{
	struct type *t = type_resolve(n->left->type);
	int64_t index;

	if (t->kind != TY_ARRAY && t->kind != TY_PTR)
		d_fail(&l->ctx, D_ARR_BADREF, n->line,
		       "operator [ ] may not be applied to operand of type %s: it is not an array or pointer",
		       expr_text(l, n->left));
	if (check_count(n->args) != 1)
		call_wrong_count(l, n, "array subscript", "", 1, D_PROTO_LEN);
	check_expr(l, n->args);
	if (!type_is_int(n->args->type))
		d_fail(&l->ctx, D_OP_INT, n->line, "array subscript requires an operand of integral type");
	if (t->kind == TY_ARRAY && check_is_constant(n->args, &index) && t->count && (uint64_t)index >= t->count)
		d_fail(&l->ctx, D_ARR_BOUNDS, n->line, "index outside array bounds: %lld, %s", (long long)index,
		       type_name(&l->ctx, n->left->type));
	switch (type_resolve(t->base)->kind) {
	case TY_VOID: d_fail(&l->ctx, D_DEREF_VOID, n->line, "cannot dereference pointer to void");
	case TY_FUNC: d_fail(&l->ctx, D_DEREF_FUNC, n->line, "cannot dereference pointer to function");
	case TY_FORWARD:
		d_fail(&l->ctx, D_OP_INCOMPLETE, n->line,
		       "operator [ ] cannot be applied to a forward declaration: no %s definition is available",
		       type_name(&l->ctx, t->base));
	default: break;
	}
	n->args = convert_to(l, n->args, type_basic(TB_LONG));
	n->type = t->base;
	n->is_lvalue = t->kind == TY_PTR || n->left->is_lvalue;
}

void var_index(struct lang *l, struct node *n)
{
	struct node *a = n->left;
	struct ident *i;

	if (a->kind == N_AGG)
		d_fail(&l->ctx, D_AGG_MDIM, n->line,
		       "improper @%s[ ] reference: multi-dimensional aggregations are not supported", a->name);
	if (a->kind != N_IDENT || a->type) {
		check_expr(l, a);
		memory_index(l, n);
		return;
	}
	i = sym_find(l, a->scope, a->name);
	if (!i)
		unknown(l, a);
	if (i->kind == ID_VAR && i->is_assoc)
		element(l, n, i, a);
	else if (i->kind == ID_INLINE && i->nparams)
		inline_expand(l, n, i, n->args);
	else if (i->kind == ID_BUILTIN && i->flags & B_CLAUSE)
		args_index(l, n, i);
	else if (i->kind == ID_BUILTIN && i->flags & B_ARRAY)
		uregs_index(l, n, i);
	else if (i->kind == ID_FUNC || i->kind == ID_ACTION || i->kind == ID_AGGFUNC)
		d_fail(&l->ctx, D_IDENT_BADREF, n->line, "%s '%s' may not be referenced as an array", kind_text(i),
		       a->name);
	else {
		check_expr(l, a);
		memory_index(l, n);
	}
}

/* --- members ----------------------------------------------------------------------------------- */

void var_member(struct lang *l, struct node *n)
{
	struct type *t, *given;
	struct type_member *m;
	bool is_operand = l->check->member_of == n; /* of another . or -> */

	l->check->member_of = n->left;
	check_expr(l, n->left);
	if (n->left->kind == N_XLATE) {
		l->check->member_of = is_operand ? n : NULL;
		xlate_member(l, n);
		return;
	}
	given = n->left->type;
	t = type_resolve(given);
	if (n->op == OP_ARROW) {
		if (t->kind == TY_ARRAY)
			n->left = convert_decay(l, n->left);
		t = type_resolve(n->left->type);
		if (t->kind != TY_PTR)
			d_fail(&l->ctx, D_OP_PTR, n->line, "operator -> requires left operand of pointer type, not %s",
			       type_name(&l->ctx, given));
		given = t->base;
	}
	t = type_resolve(given);
	if (t->kind == TY_FORWARD)
		d_fail(&l->ctx, D_OP_INCOMPLETE, n->line,
		       "operator %s cannot be applied to a forward declaration: no %s definition is available",
		       op_text(n->op), type_name(&l->ctx, t));
	if (t->kind != TY_STRUCT && t->kind != TY_UNION)
		d_fail(&l->ctx, D_OP_SOU, n->line,
		       "operator %s cannot be applied to %stype \"%s\"; must be applied to a struct or union%s",
		       op_text(n->op), n->op == OP_ARROW ? "pointer to " : "", type_name(&l->ctx, given),
		       n->op == OP_ARROW ? " pointer" : "");
	m = type_find_member(t, n->name, &n->bit_offset);
	if (!m)
		d_fail(&l->ctx, D_TYPE_MEMBER, n->line, "%s is not a member of %s", n->name, type_name(&l->ctx, given));
	n->type = m->type;
	n->bit_width = m->bit_width;
	n->is_lvalue = n->op == OP_ARROW || n->left->is_lvalue;
}

/* --- what is written to ------------------------------------------------------------------------ */

/* A variable that is written to for the first time, if n is one; keys make it an associative array. */
static void make_variable(struct lang *l, struct node *n, struct type *type)
{
	struct node *name = n->kind == N_INDEX ? n->left : n;
	struct ident *i;

	if (name->kind != N_IDENT || name->type || strchr(name->name, '`') || sym_find(l, name->scope, name->name))
		return;
	if (n->kind == N_INDEX && name->scope == SCOPE_THIS)
		d_fail(&l->ctx, D_ARR_LOCAL, n->line, "local variables may not be used as local associative arrays: %s",
		       name->name);
	if (!type)
		type = sym_find_type(l, "int64_t");
	if (n->kind == N_IDENT) {
		i = sym_add(l, name->scope, ID_VAR, name->name, n->line);
		i->type = type;
		return;
	}
	/* The keys are read before the array is there: x[x[1]] = 1 reads what is not there yet. */
	check_keys(l, n->args, false);
	if (sym_find(l, name->scope, name->name))
		return; /* a key assigned it */
	i = sym_add(l, name->scope, ID_VAR, name->name, n->line);
	i->type = type;
	var_keys(l, i, n, d_printf(&l->ctx, "%s[ ]", scoped(l, name)));
}

void var_target(struct lang *l, struct node *n, struct type *type, const char *op)
{
	struct node *base = n;

	make_variable(l, n, type);
	check_expr(l, n);
	while (base->kind == N_MEMBER && base->op == OP_DOT)
		base = base->left;
	if ((base->kind == N_IDENT || base->kind == N_INDEX) && base->ident && base->ident->kind == ID_BUILTIN)
		d_fail(&l->ctx, D_OP_WRITE, n->line, "operator %s can only be applied to a writable variable: %s", op,
		       base->ident->name);
	if (!n->is_lvalue || type_is_const(n->type))
		d_fail(&l->ctx, D_OP_LVAL, n->line, "operator %s requires modifiable lvalue as an operand", op);
}

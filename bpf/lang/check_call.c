/* SPDX-License-Identifier: GPL-2.0-only
 * Calls of functions, and what is said when their arguments are wrong. DTrace writes a name with "( )" or "[ ]" there.
 */
#include "check_parts.h"

void call_wrong_count(struct lang *l, struct node *n, const char *shown, const char *least, unsigned want,
		      enum d_tag tag)
{
	unsigned got = check_count(n->args);

	d_fail(&l->ctx, tag, n->line, "%s prototype mismatch: %u arg%s passed, %s%u expected", shown, got,
	       got == 1 ? "" : "s", least, want);
}

void call_wrong_arg(struct lang *l, struct node *arg, const char *shown, unsigned number, const char *want,
		    enum d_tag tag)
{
	d_fail(&l->ctx, tag, arg->line,
	       "%s argument #%u is incompatible with prototype:\n\tprototype: %s\n\t argument: %s", shown, number, want,
	       expr_text(l, arg));
}

void call_count(struct lang *l, struct node *n, struct ident *i, const char *shown, enum d_tag tag)
{
	unsigned got = check_count(n->args);

	if (got < i->nrequired)
		call_wrong_count(l, n, shown, i->nparams > i->nrequired || i->varargs ? "at least " : "", i->nrequired,
				 tag);
	if (got > i->nparams && !i->varargs)
		call_wrong_count(l, n, shown, i->nparams > i->nrequired ? "at most " : "", i->nparams, tag);
}

/* A function takes strictly what it says: copyinstr(args[1]) of a pointer is an error in D, as it was on Solaris. */
bool call_fits(struct node *a, struct type *type)
{
	struct type *t = type_resolve(type);

	if (type_is_int(t))
		return type_is_int(a->type);
	if (t->kind == TY_PTR && type_resolve(t->base)->kind == TY_VOID && type_is_string(a->type))
		return true;
	if (t->kind == TY_PTR)
		return type_is_pointer(a->type) && convert_pointers_fit(a->type, t);
	return convert_fits(a, type);
}

static struct ident *find_function(struct lang *l, struct node *n)
{
	struct ident *i = sym_find(l, SCOPE_GLOBAL, n->name);

	if (!i)
		d_fail(&l->ctx, D_FUNC_UNDEF, n->line, "undefined function name: %s", n->name);
	if (i->kind == ID_ACTION)
		d_fail(&l->ctx, D_OP_ACT, n->line,
		       "%s( ) may not be called from a D expression (D program context required)", n->name);
	if (i->kind == ID_AGGFUNC)
		d_fail(&l->ctx, D_FUNC_IDKIND, n->line,
		       "aggregating function '%s' may not be referenced as a function: it is assigned to an "
		       "aggregation",
		       n->name);
	if (i->kind != ID_FUNC)
		d_fail(&l->ctx, D_FUNC_IDKIND, n->line, "%s '%s' may not be referenced as a function",
		       i->kind == ID_CONST ? "constant" : i->kind == ID_INLINE ? "inline" : "variable", n->name);
	return i;
}

static void check_alloca(struct lang *l, struct node *n)
{
	int64_t size;

	if (check_is_constant(n->args, &size) && (size <= 0 || size > IR_SCRATCH_MAX))
		d_fail(&l->ctx, D_ALLOCA_SIZE, n->line, "alloca( ) argument #1 must be a size from 1 to %u, not %lld",
		       IR_SCRATCH_MAX, (long long)size);
}

void call_function(struct lang *l, struct node *n)
{
	struct ident *i = find_function(l, n);
	const char *shown = d_printf(&l->ctx, "%s( )", i->name);
	struct sym_param *p = i->params;
	unsigned number = 0;

	call_count(l, n, i, shown, D_PROTO_LEN);
	for (struct node **slot = &n->args; *slot; slot = &(*slot)->next, p = p->next) {
		struct node *rest = (*slot)->next, *a;

		check_expr(l, *slot);
		if (type_is_pointer(p->type)) {
			a = convert_decay(l, *slot);
			if (a != *slot)
				(*slot)->next = NULL;
			a->next = rest;
			*slot = a;
		}
		if (!call_fits(*slot, p->type) && !(number == 0 && i->flags & F_NULL_FIRST && const_is_null(*slot)))
			call_wrong_arg(l, *slot, shown, number + 1, type_name(&l->ctx, p->type), D_PROTO_ARG);
		/* NULL stays what it is: strtok tells it from a string by that. */
		if (!(type_resolve(p->type)->kind == TY_STRING && const_is_null(*slot)))
			convert_slot(l, slot, p->type);
		number++;
	}
	if (i->id == IR_FUNC_ALLOCA)
		check_alloca(l, n);
	if (i->flags & F_DESTRUCTIVE)
		action_destructive(l, i->name, n->line);
	n->ident = i;
	n->type = i->type;
}

void call_value(struct lang *l, struct node *n)
{
	struct ident *i = n->kind == N_CALL && !n->type ? sym_find(l, SCOPE_GLOBAL, n->name) : NULL;

	if (i && i->kind == ID_ACTION && i->flags & A_VALUE)
		action_value(l, n, i);
	else
		check_expr(l, n);
}

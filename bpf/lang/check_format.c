/* SPDX-License-Identifier: GPL-2.0-only
 * The arguments of printf, system and freopen, and of printa, against their format (the guide's "Output Formatting").
 */
#include "check_parts.h"
#include "format.h"

/* The types that a conversion takes, in the words of DTrace's message. */
static const char *wanted(const struct format_conv *c)
{
	switch (c->kind) {
	case FORMAT_SIGNED:
	case FORMAT_UNSIGNED:
		if (c->size[0] == 'h')
			return c->size[1] ? "char" : "short";
		if (c->size[0] == 'l')
			return c->size[1] ? "long long" : "long";
		return "char, short, int, long, or long long";
	case FORMAT_FLOAT: return c->size[0] ? "long double" : "float, double, or long double";
	case FORMAT_CHAR: return "char, short, or int";
	case FORMAT_STRING: return "char [] or string (or use stringof)";
	case FORMAT_POINTER:
	case FORMAT_ADDRESS: return "pointer or integer";
	case FORMAT_STACK: return "stack";
	case FORMAT_TIME: return "int64_t";
	default: return "nothing";
	}
}

static bool takes(const struct format_conv *c, struct type *type)
{
	struct type *t = type_resolve(type);

	switch (c->kind) {
	case FORMAT_SIGNED:
	case FORMAT_UNSIGNED:
	case FORMAT_CHAR:
	case FORMAT_TIME: return type_is_int(t);
	case FORMAT_FLOAT: return t->kind == TY_FLOAT;
	case FORMAT_STRING: return type_is_string(t) && t->kind != TY_PTR;
	case FORMAT_POINTER: return type_is_scalar(t);
	case FORMAT_ADDRESS: return type_is_scalar(t) || t->kind == TY_SYM;
	case FORMAT_STACK: return t->kind == TY_STACK;
	default: return false;
	}
}

static const char *spec(struct lang *l, const struct format_conv *c)
{
	return d_strndup(&l->ctx, c->spec, c->spec_len);
}

/* The format itself: a string constant. */
static void format_argument(struct lang *l, struct node *call, struct node *a, unsigned number)
{
	check_expr(l, a);
	if (a->kind != N_STRING)
		d_fail(&l->ctx, D_PRINTF_ARG_FMT, a->line,
		       "%s( ) argument #%u is incompatible with prototype:\n\tprototype: string constant\n\t argument: "
		       "%s",
		       call->name, number, expr_text(l, a));
}

static void next_conversion(struct lang *l, struct node *call, struct format_conv *c, const char **p, const char *end)
{
	char why[160];

	if (!format_next(c, p, end, why, sizeof(why)))
		d_fail(&l->ctx, D_PRINTF_ARG_FMT, call->line, "%s( ) format string is invalid: %s", call->name, why);
}

/* A width or precision of *: an integer argument. Returns the slot of the next argument. */
static struct node **dynamic(struct lang *l, struct node *call, struct format_conv *c, unsigned conversion,
			     struct node **slot, unsigned *number, const char *what)
{
	if (!*slot)
		d_fail(&l->ctx, D_PRINTF_DYN_PROTO, call->line,
		       "%s( ) prototype mismatch: conversion #%u (%s) is missing a corresponding \"%s\" argument",
		       call->name, conversion, spec(l, c), what);
	check_expr(l, *slot);
	++*number;
	if (!type_is_int((*slot)->type))
		d_fail(&l->ctx, D_PRINTF_DYN_TYPE, (*slot)->line,
		       "%s( ) argument #%u is incompatible with conversion #%u prototype:\n\tconversion: %%*\n\t "
		       "prototype: int\n\t  argument: %s",
		       call->name, *number, conversion, expr_text(l, *slot));
	convert_slot(l, slot, type_basic(TB_INT));
	return &(*slot)->next;
}

static void wrong_type(struct lang *l, struct node *call, struct format_conv *c, unsigned number, unsigned conversion,
		       int line, const char *argument)
{
	d_fail(&l->ctx, D_PRINTF_ARG_TYPE, line,
	       "%s( ) argument #%u is incompatible with conversion #%u prototype:\n\tconversion: %s\n\t prototype: "
	       "%s\n\t  argument: %s",
	       call->name, number, conversion, spec(l, c), wanted(c), argument);
}

static struct node **one_value(struct lang *l, struct node *call, struct format_conv *c, unsigned conversion,
			       struct node **slot, unsigned *number)
{
	if (c->flags & FORMAT_AGG)
		d_fail(&l->ctx, D_PRINTF_AGG_CONV, call->line,
		       "%s( ) conversion #%u (%s): %%@ conversion requires an aggregation and is not for use with %s( "
		       ")",
		       call->name, conversion, spec(l, c), call->name);
	if (c->dyn_width)
		slot = dynamic(l, call, c, conversion, slot, number, "*");
	if (c->dyn_precision)
		slot = dynamic(l, call, c, conversion, slot, number, ".*");
	if (!*slot)
		d_fail(&l->ctx, D_PRINTF_ARG_PROTO, call->line,
		       "%s( ) prototype mismatch: conversion #%u (%s) is missing a corresponding value argument",
		       call->name, conversion, spec(l, c));
	if ((*slot)->kind == N_AGG)
		d_fail(&l->ctx, D_PRINTF_ARG_TYPE, call->line,
		       "%s( ) argument #%u is incompatible with conversion #%u prototype:\n\tconversion: %s\n"
		       "\t prototype: %s\n\t  argument: aggregation",
		       call->name, *number + 1, conversion, spec(l, c), wanted(c));
	call_value(l, *slot);
	++*number;
	if (!takes(c, (*slot)->type))
		wrong_type(l, call, c, *number, conversion, (*slot)->line, expr_text(l, *slot));
	if (c->kind == FORMAT_STRING)
		convert_slot(l, slot, type_basic(TB_STRING));
	return &(*slot)->next;
}

void format_printf(struct lang *l, struct node *call)
{
	struct node **slot;
	struct format_conv c;
	const char *p, *end;
	unsigned conversion = 0, number = 1;

	if (!call->args)
		call_wrong_count(l, call, d_printf(&l->ctx, "%s( )", call->name), "at least ", 1, D_PROTO_LEN);
	if (check_count(call->args) > IR_ARGS_MAX)
		d_fail(&l->ctx, D_PROTO_LEN, call->line, "%s( ) has more than %d arguments", call->name, IR_ARGS_MAX);
	format_argument(l, call, call->args, 1);
	if (call->args->length == 0 && call->ident->id != IR_ACT_FREOPEN)
		d_fail(&l->ctx, D_PRINTF_FMT_EMPTY, call->line, "%s( ) format string is empty", call->name);
	p = call->args->name;
	end = p + call->args->length;
	slot = &call->args->next;
	for (next_conversion(l, call, &c, &p, end); c.kind != FORMAT_END; next_conversion(l, call, &c, &p, end))
		if (c.kind != FORMAT_PERCENT)
			slot = one_value(l, call, &c, ++conversion, slot, &number);
	if (*slot)
		d_fail(&l->ctx, D_PRINTF_ARG_EXTRA, call->line,
		       "%s( ) prototype mismatch: only %u argument%s required by this format string", call->name,
		       number - 1, number == 2 ? "" : "s");
}

/* --- printa ------------------------------------------------------------------------------------ */

static bool same_keys(const struct ident *a, const struct ident *b)
{
	struct sym_param *p = a->params, *q = b->params;

	for (; p && q; p = p->next, q = q->next)
		if (!type_same(p->type, q->type))
			return false;
	return !p && !q;
}

/* The conversions without @ take the keys in their order; those with @ the values of the aggregations. */
static void printa_format(struct lang *l, struct node *call, struct ident *agg)
{
	struct sym_param *key = agg->params;
	struct format_conv c;
	const char *p = call->args->name, *end = p + call->args->length;
	unsigned conversion = 0;

	for (next_conversion(l, call, &c, &p, end); c.kind != FORMAT_END; next_conversion(l, call, &c, &p, end)) {
		if (c.kind == FORMAT_PERCENT)
			continue;
		conversion++;
		if (c.dyn_width || c.dyn_precision)
			d_fail(&l->ctx, D_PRINTF_DYN_PROTO, call->line,
			       "printa( ) conversion #%u (%s): width and precision may not be arguments", conversion,
			       spec(l, &c));
		if (c.flags & FORMAT_AGG) {
			if (c.kind != FORMAT_SIGNED && c.kind != FORMAT_UNSIGNED)
				d_fail(&l->ctx, D_PRINTF_ARG_TYPE, call->line,
				       "printa( ) conversion #%u (%s): the value of an aggregation is an integer",
				       conversion, spec(l, &c));
			continue;
		}
		if (!key)
			d_fail(&l->ctx, D_PRINTF_ARG_PROTO, call->line,
			       "printa( ) prototype mismatch: conversion #%u (%s) is missing a corresponding value "
			       "argument",
			       conversion, spec(l, &c));
		if (!takes(&c, key->type))
			wrong_type(l, call, &c, conversion, conversion, call->line, type_name(&l->ctx, key->type));
		key = key->next;
	}
}

/* printa(@a), printa("format", @a, @b ...) */
void format_printa(struct lang *l, struct node *call)
{
	struct node *a = call->args;
	struct ident *first = NULL, *agg;
	unsigned number = 1;
	bool has_format;

	if (!a)
		call_wrong_count(l, call, "printa( )", "at least ", 1, D_PRINTA_PROTO);
	if (check_count(a) > IR_ARGS_MAX)
		d_fail(&l->ctx, D_PRINTA_PROTO, call->line, "printa( ) has more than %d arguments", IR_ARGS_MAX);
	has_format = a->kind != N_AGG;
	if (has_format) {
		format_argument(l, call, a, number++);
		a = a->next;
		if (!a)
			call_wrong_count(l, call, "printa( )", "at least ", 2, D_PRINTA_PROTO);
	} else if (a->next) {
		d_fail(&l->ctx, D_PRINTA_PROTO, call->line,
		       "printa( ) prototype mismatch: a format string is required before several aggregations");
	}
	for (; a; a = a->next, number++) {
		agg = agg_argument(l, call, a, number, D_PRINTA_AGGARG, D_PRINTA_AGGBAD);
		if (!first)
			first = agg;
		else if (!same_keys(first, agg))
			d_fail(&l->ctx, D_PRINTA_AGGKEY, call->line,
			       "printa( ) @%s and @%s do not have matching key signatures", first->name, agg->name);
	}
	if (has_format)
		printa_format(l, call, first);
}

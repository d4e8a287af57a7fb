/* SPDX-License-Identifier: GPL-2.0-only
 * Actions (the guide's "Actions and Subroutines" and "Speculative Tracing"): their arguments, and which may stand
 * together in a clause. The order in the text counts, also where an if decides what runs.
 */
#include "check_parts.h"

#include <string.h>

#define FRAMES_MAX 65535 /* of a stack */

/* --- the rules of a clause --------------------------------------------------------------------- */

static void records(struct lang *l, int line)
{
	if (l->check->committed)
		d_fail(&l->ctx, D_DREC_COMM, line, "data-recording actions may not follow commit( )");
	l->check->recorded = true;
}

void action_aggregates(struct lang *l, int line)
{
	if (l->check->committed)
		d_fail(&l->ctx, D_AGG_COMM, line, "aggregating actions may not follow commit( )");
	if (l->check->speculated)
		d_fail(&l->ctx, D_AGG_SPEC, line, "aggregating actions may not follow speculate( )");
}

void action_destructive(struct lang *l, const char *name, int line)
{
	if (l->check->speculated)
		d_fail(&l->ctx, D_ACT_SPEC, line, "%s( ): destructive actions may not follow speculate( )", name);
}

static void speculates(struct lang *l, int line)
{
	struct check_state *c = l->check;

	if (c->speculated)
		d_fail(&l->ctx, D_SPEC_SPEC, line, "speculate( ) may not follow speculate( )");
	if (c->committed)
		d_fail(&l->ctx, D_SPEC_COMM, line, "speculate( ) may not follow commit( )");
	if (c->recorded)
		d_fail(&l->ctx, D_SPEC_DREC, line, "speculate( ) may not follow data-recording action(s)");
	c->speculated = true;
}

static void commits(struct lang *l, int line)
{
	struct check_state *c = l->check;

	if (c->recorded)
		d_fail(&l->ctx, D_COMM_DREC, line, "commit( ) may not follow data-recording action(s)");
	if (c->speculated)
		d_fail(&l->ctx, D_SPEC_COMM, line, "commit( ) may not be used in a clause with speculate( )");
	c->committed = true;
}

/* --- arguments --------------------------------------------------------------------------------- */

static const char *paren(struct lang *l, const struct ident *i)
{
	return d_printf(&l->ctx, "%s( )", i->name);
}

/* The n'th argument (from 1), or NULL. */
static struct node *argument(struct node *call, unsigned n)
{
	struct node *a = call->args;

	while (a && --n)
		a = a->next;
	return a;
}

/* A constant that must be there as one: `number` of a call; low is the least it may be. */
static int64_t constant(struct lang *l, struct node *call, unsigned number, int64_t low, int64_t high, enum d_tag tag,
			const char *what)
{
	struct node *a = argument(call, number);
	int64_t value;

	if (!check_constant(l, a, &value) || value < low || value > high)
		d_fail(&l->ctx, tag, a->line,
		       "%s( ) argument #%u (%s) must be a %spositive integral constant expression", call->name, number,
		       what, low ? "non-zero " : "");
	return value;
}

/* Arguments as the row of actions.def has them: integers are converted, strings too, @ is anything that has a value. */
static void plain_arguments(struct lang *l, struct node *n, struct ident *i)
{
	struct sym_param *p = i->params;
	unsigned number = 1;

	call_count(l, n, i, paren(l, i), D_PROTO_LEN);
	for (struct node **slot = &n->args; *slot && p; slot = &(*slot)->next, p = p->next, number++) {
		check_expr(l, *slot);
		if (!p->type)
			continue;
		if (!(type_is_int(p->type) ? type_is_int((*slot)->type) : convert_fits(*slot, p->type)))
			call_wrong_arg(l, *slot, paren(l, i), number, type_name(&l->ctx, p->type), D_PROTO_ARG);
		convert_slot(l, slot, p->type);
	}
}

static void stack_arguments(struct lang *l, struct node *n)
{
	unsigned count = check_count(n->args);
	bool is_user = strcmp(n->name, "stack") != 0;

	if (count > (is_user ? 2u : 1u))
		d_fail(&l->ctx, is_user ? D_USTACK_PROTO : D_STACK_PROTO, n->line,
		       "%s( ) prototype mismatch: %u args passed, at most %u expected", n->name, count,
		       is_user ? 2 : 1);
	if (count >= 1)
		constant(l, n, 1, 1, FRAMES_MAX, is_user ? D_USTACK_FRAMES : D_STACK_SIZE, is_user ? "frames" : "size");
	if (count == 2)
		constant(l, n, 2, 0, IR_SCRATCH_MAX, D_USTACK_STRSIZE, "string table size");
	n->type = type_special(&l->ctx, TY_STACK, n->ident->name);
}

/* sym(addr) and its kin: an address may be an integer or a pointer. */
static void symbol_argument(struct lang *l, struct node *n, struct ident *i)
{
	call_count(l, n, i, paren(l, i), D_PROTO_LEN);
	check_expr(l, n->args);
	n->args = convert_decay(l, n->args);
	if (!type_is_scalar(n->args->type))
		call_wrong_arg(l, n->args, paren(l, i), 1, type_name(&l->ctx, i->params->type), D_PROTO_ARG);
	n->args = convert_to(l, n->args, i->params->type);
	n->type = type_special(&l->ctx, TY_SYM, i->name);
}

void action_value(struct lang *l, struct node *n, struct ident *i)
{
	n->ident = i;
	if (i->id == IR_ACT_STACK || i->id == IR_ACT_USTACK || i->id == IR_ACT_JSTACK)
		stack_arguments(l, n);
	else
		symbol_argument(l, n, i);
}

/* trace(x), print(x) */
static void value_argument(struct lang *l, struct node *n, struct ident *i)
{
	struct node *a = n->args;
	enum type_kind kind;

	call_count(l, n, i, paren(l, i), D_PROTO_LEN);
	if (a->kind == N_AGG)
		d_fail(&l->ctx, D_TRACE_DYN, n->line,
		       "%s( ) may not be applied to a dynamic expression: printa( ) prints @%s", n->name, a->name);
	call_value(l, a);
	if (convert_is_void(a))
		d_fail(&l->ctx, D_TRACE_VOID, n->line, "%s( ) may not be applied to a void expression", n->name);
	kind = type_resolve(a->type)->kind;
	if (kind == TY_DYN || kind == TY_FUNC || kind == TY_FORWARD)
		d_fail(&l->ctx, D_TRACE_DYN, n->line, "%s( ) may not be applied to a dynamic expression", n->name);
	if (i->id == IR_ACT_PRINT && kind != TY_STRING && type_size(a->type) == 0)
		d_fail(&l->ctx, D_PRINT_SIZE, n->line, "print( ) argument #1 has no size: %s", expr_text(l, a));
}

/* tracemem(address, size [, how much of it]) */
static void tracemem(struct lang *l, struct node *n, struct ident *i)
{
	call_count(l, n, i, paren(l, i), D_PROTO_LEN);
	check_expr(l, n->args);
	if (type_resolve(n->args->type)->kind == TY_ARRAY && convert_addressable(n->args)) {
		struct node *rest = n->args->next;

		n->args->next = NULL;
		n->args = convert_decay(l, n->args);
		n->args->next = rest;
	}
	if (!type_is_scalar(n->args->type))
		call_wrong_arg(l, n->args, paren(l, i), 1, "pointer or integer", D_TRACEMEM_ADDR);
	convert_slot(l, &n->args, sym_find_type(l, "uintptr_t"));
	constant(l, n, 2, 1, IR_SCRATCH_MAX, D_TRACEMEM_SIZE, "size");
	if (n->args->next->next) {
		check_expr(l, n->args->next->next);
		if (!type_is_int(n->args->next->next->type))
			call_wrong_arg(l, n->args->next->next, paren(l, i), 3, "integer", D_TRACEMEM_SIZE);
		convert_slot(l, &n->args->next->next, type_basic(TB_ULONG));
	}
}

/* pcap(address, protocol) */
static void pcap(struct lang *l, struct node *n, struct ident *i)
{
	call_count(l, n, i, paren(l, i), D_PCAP_PROTO);
	check_expr(l, n->args);
	if (!type_is_scalar(n->args->type))
		call_wrong_arg(l, n->args, paren(l, i), 1, "pointer or integer", D_PCAP_ADDR);
	convert_slot(l, &n->args, sym_find_type(l, "uintptr_t"));
	constant(l, n, 2, 1, INT32_MAX, D_PCAP_SIZE, "protocol");
}

/* --- actions on aggregations ------------------------------------------------------------------- */

static void one_aggregation(struct lang *l, struct node *n, struct ident *i, enum d_tag proto, enum d_tag wrong,
			    enum d_tag unknown)
{
	call_count(l, n, i, paren(l, i), proto);
	agg_argument(l, n, n->args, 1, wrong, unknown);
}

static void aggregation_action(struct lang *l, struct node *n, struct ident *i)
{
	struct node *second;

	switch (i->id) {
	case IR_ACT_CLEAR: one_aggregation(l, n, i, D_CLEAR_PROTO, D_CLEAR_AGGARG, D_CLEAR_AGGBAD); return;
	case IR_ACT_TRUNC: one_aggregation(l, n, i, D_PROTO_LEN, D_TRUNC_AGGARG, D_TRUNC_AGGBAD); break;
	case IR_ACT_PRINTA: format_printa(l, n); return;
	default: one_aggregation(l, n, i, D_NORMALIZE_PROTO, D_NORMALIZE_AGGARG, D_NORMALIZE_AGGBAD); break;
	}
	second = n->args->next;
	if (!second)
		return;
	check_expr(l, second);
	if (i->id == IR_ACT_NORMALIZE && !type_is_scalar(second->type))
		d_fail(&l->ctx, D_NORMALIZE_SCALAR, n->line, "normalize( ) argument #2 must be of scalar type");
	if (i->id == IR_ACT_TRUNC && !type_is_int(second->type))
		call_wrong_arg(l, second, "trunc( )", 2, "integer", D_PROTO_ARG);
	convert_slot(l, &n->args->next, i->params->next->type);
}

/* --- the statement ----------------------------------------------------------------------------- */

static void check_freopen(struct lang *l, struct node *n)
{
	format_printf(l, n);
	if (n->args->length == 1 && n->args->name[0] == '.')
		d_fail(&l->ctx, D_FREOPEN_INVALID, n->line, "freopen( ) argument #1 cannot be \".\"");
}

static void check_action(struct lang *l, struct node *n, struct ident *i)
{
	switch (i->id) {
	case IR_ACT_PRINTF:
	case IR_ACT_SYSTEM: format_printf(l, n); break;
	case IR_ACT_FREOPEN: check_freopen(l, n); break;
	case IR_ACT_TRACE:
	case IR_ACT_PRINT: value_argument(l, n, i); break;
	case IR_ACT_TRACEMEM: tracemem(l, n, i); break;
	case IR_ACT_PCAP: pcap(l, n, i); break;
	default:
		if (i->flags & A_AGG)
			aggregation_action(l, n, i);
		else if (i->flags & A_VALUE)
			action_value(l, n, i);
		else
			plain_arguments(l, n, i);
	}
}

void action_statement(struct lang *l, struct node *n)
{
	struct ident *i = sym_find(l, SCOPE_GLOBAL, n->name);

	n->ident = i;
	check_action(l, n, i);
	n->type = type_basic(TB_VOID);
	if (i->id == IR_ACT_SPECULATE)
		speculates(l, n->line);
	if (i->id == IR_ACT_COMMIT)
		commits(l, n->line);
	if (i->id == IR_ACT_EXIT && l->check->speculated)
		d_fail(&l->ctx, D_EXIT_SPEC, n->line, "exit( ) may not follow speculate( )");
	if (i->flags & A_DESTRUCTIVE)
		action_destructive(l, i->name, n->line);
	if (i->flags & A_RECORD)
		records(l, n->line);
}

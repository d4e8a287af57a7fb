/* SPDX-License-Identifier: GPL-2.0-only
 * Actions and aggregations as statements. What an action's record holds is said in bpf/run/record.h.
 */
#include "lower.h"

#include <string.h>

/* An action under way: its values are put together one by one. */
struct lower_recording {
	struct ir_action a;
	struct ir_arg args[IR_ARGS_MAX];
	struct ir_type types[IR_ARGS_MAX];
	uint32_t n;
	uint32_t aggs[IR_ARGS_MAX];
	uint32_t naggs;
};

static void put_value(struct lower *w, struct lower_recording *r, struct ir_arg arg, struct ir_type type)
{
	if (r->n == IR_ARGS_MAX)
		d_fail(&w->l->ctx, D_CG_EXPR, (int)w->line, "an action can record at most %d values", IR_ARGS_MAX);
	r->args[r->n] = arg;
	r->types[r->n++] = type;
}

static void put_node(struct lower *w, struct lower_recording *r, struct node *n)
{
	struct ir_type t;
	struct ir_arg arg = lower_arg(w, n, &t);

	put_value(w, r, arg, t);
}

static void put_list(struct lower *w, struct lower_recording *r, struct node *list)
{
	for (; list; list = list->next)
		put_node(w, r, list);
}

static void finish(struct lower *w, struct lower_recording *r)
{
	struct ir_action *a = &r->a;

	a->types = w->b.p->nkeytypes;
	a->ntypes = r->n;
	for (uint32_t i = 0; i < r->n; i++)
		ir_build_type(&w->b, &r->types[i]);
	a->aggs = w->b.p->nagg_refs;
	a->naggs = r->naggs;
	for (uint32_t i = 0; i < r->naggs; i++)
		ir_build_agg_ref(&w->b, r->aggs[i]);
	a->line = w->line;
	ir_build_action(&w->b, a);
	lower_emit(w, (struct ir_ins){.op = IR_RECORD, .imm = w->nactions, .args = lower_args(w, r->args, r->n), .nargs = r->n});
	w->nactions++;
}

/* bytes at an address, which the action shows */
static void put_memory(struct lower *w, struct lower_recording *r, struct node *address, uint32_t size)
{
	uint16_t slot = lower_slot(w, size), at = lower_int(w, address);

	lower_emit(w, (struct ir_ins){.op = IR_LOADB, .d = slot, .a = at, .imm = size});
	put_value(w, r, (struct ir_arg){IR_ARG_SLOT, slot}, (struct ir_type){.kind = IR_BYTES, .size = size});
}

static void tracemem(struct lower *w, struct lower_recording *r, struct node *args)
{
	struct node *size = args->next;

	if (size->value > IR_SLOT_MAX)
		d_fail(&w->l->ctx, D_TRACEMEM_SIZE, size->line, "tracemem( ) argument #2 (size) is over the %d bytes that can be recorded",
		       IR_SLOT_MAX);
	put_memory(w, r, args, (uint32_t)size->value);
	put_list(w, r, size->next);
}

#define PCAP_SIZE 1600 /* a frame of Ethernet */

static bool in_memory(const struct node *n)
{
	return (n->kind == N_UNARY && n->op == OP_DEREF) || n->kind == N_MEMBER || (n->kind == N_INDEX && !n->ident);
}

/* print(x): where x lies, if it lies in memory, and x with its type */
static void print_value(struct lower *w, struct lower_recording *r, struct node *n)
{
	struct lower_value v;
	struct ir_type t;
	struct ir_arg arg;
	uint16_t address;

	if (in_memory(n)) {
		struct lower_place p = lower_place(w, n);

		address = p.kind == PLACE_MEM && !p.bit_width ? lower_address(w, &p) : lower_const(w, 0);
		v = lower_load(w, &p, n->line);
		arg = (struct ir_arg){v.kind == LOWER_SLOT ? IR_ARG_SLOT : IR_ARG_REG, v.n};
		t = lower_type(w, n->type, n->line);
	} else {
		address = lower_const(w, 0);
		arg = lower_arg(w, n, &t);
	}
	if (t.kind != IR_STACK && t.kind != IR_SYM)
		t.ctype = lower_ctype(w, n->type, n->line);
	put_value(w, r, (struct ir_arg){IR_ARG_REG, address}, (struct ir_type){.kind = IR_INT, .size = 8});
	put_value(w, r, arg, t);
}

static void put_format(struct lower *w, struct lower_recording *r, struct node *format)
{
	r->a.format = ir_build_string(&w->b, format->name, format->length);
	r->a.arg = 1;
}

static void put_aggs(struct lower *w, struct lower_recording *r, struct node *list)
{
	for (; list && list->kind == N_AGG; list = list->next) {
		if (r->naggs == IR_ARGS_MAX)
			d_fail(&w->l->ctx, D_CG_EXPR, (int)w->line, "printa( ) can print at most %d aggregations", IR_ARGS_MAX);
		r->aggs[r->naggs++] = list->ident->id;
	}
}

static void record(struct lower *w, struct node *call)
{
	struct lower_recording *r = w->recording;
	struct node *args = call->args;

	if (!r) /* large, and for one action at a time */
		r = w->recording = d_alloc(&w->l->ctx, sizeof(*r));
	r->a = (struct ir_action){0};
	r->n = r->naggs = 0;
	r->a.kind = (uint16_t)call->ident->id;
	switch (call->ident->id) {
	case IR_ACT_PRINTF:
	case IR_ACT_SYSTEM:
	case IR_ACT_FREOPEN:
		put_format(w, r, args);
		put_list(w, r, args->next);
		break;
	case IR_ACT_PRINTA:
		if (args->kind != N_AGG) {
			put_format(w, r, args);
			args = args->next;
		}
		put_aggs(w, r, args);
		break;
	case IR_ACT_CLEAR:
	case IR_ACT_TRUNC:
	case IR_ACT_NORMALIZE:
	case IR_ACT_DENORMALIZE:
		r->aggs[r->naggs++] = args->ident->id;
		put_list(w, r, args->next);
		break;
	case IR_ACT_TRACEMEM:
		tracemem(w, r, args);
		break;
	case IR_ACT_PCAP:
		put_memory(w, r, args, PCAP_SIZE);
		put_list(w, r, args->next);
		break;
	case IR_ACT_PRINT:
		print_value(w, r, args);
		break;
	case IR_ACT_STACK: case IR_ACT_USTACK: case IR_ACT_JSTACK:
	case IR_ACT_SYM: case IR_ACT_FUNC: case IR_ACT_MOD: case IR_ACT_USYM: case IR_ACT_UFUNC: case IR_ACT_UMOD: case IR_ACT_UADDR: {
		/* The check has made the statement's type void; as a value it is a stack or a symbol. */
		bool is_stack = call->ident->id == IR_ACT_STACK || call->ident->id == IR_ACT_USTACK || call->ident->id == IR_ACT_JSTACK;

		call->type = type_special(&w->l->ctx, is_stack ? TY_STACK : TY_SYM, call->ident->name);
		put_node(w, r, call);
		break;
	}
	default: /* trace exit setopt ftruncate */
		put_list(w, r, args);
	}
	finish(w, r);
	if (call->ident->id == IR_ACT_EXIT)
		lower_emit(w, (struct ir_ins){.op = IR_EXIT, .a = r->args[0].n});
}

void lower_action(struct lower *w, struct node *call)
{
	switch (call->ident->id) {
	case IR_ACT_SPECULATE:
		lower_emit(w, (struct ir_ins){.op = IR_SPECULATE, .a = lower_int(w, call->args)});
		break;
	case IR_ACT_COMMIT:
		lower_emit(w, (struct ir_ins){.op = IR_COMMIT, .a = lower_int(w, call->args)});
		break;
	case IR_ACT_DISCARD:
		lower_emit(w, (struct ir_ins){.op = IR_DISCARD, .a = lower_int(w, call->args)});
		break;
	case IR_ACT_BREAKPOINT:
	case IR_ACT_CHILL:
	case IR_ACT_PANIC:
	case IR_ACT_RAISE:
	case IR_ACT_STOP:
		lower_emit(w, (struct ir_ins){.op = IR_HOST, .a = call->args ? lower_int(w, call->args) : IR_NONE, .imm = call->ident->id});
		break;
	default:
		record(w, call);
	}
}

void lower_agg(struct lower *w, struct node *n)
{
	struct ident *agg = n->left->ident;
	struct ir_ins i = {.op = IR_AGG, .a = IR_NONE, .b = IR_NONE, .imm = agg->id};
	struct ir_arg keys[IR_TUPLE_MAX];
	struct node *a = n->right->args;
	/* Where the increment stands among the arguments. */
	unsigned skip = agg->func->id == IR_AGG_LQUANTIZE ? 3 : agg->func->id == IR_AGG_LLQUANTIZE ? 4 : 0;

	for (struct node *k = n->left->args; k && i.nargs < IR_TUPLE_MAX; k = k->next) {
		struct ir_type t;

		keys[i.nargs] = lower_arg(w, k, &t);
		if (t.kind == IR_STACK && !agg->is_lowered)
			w->b.p->keytypes[w->b.p->aggs[agg->id].keys + i.nargs] = t;
		i.nargs++;
	}
	agg->is_lowered = true;
	if (a) {
		i.a = lower_int(w, a);
		a = a->next;
		while (a && skip--)
			a = a->next;
		if (a && agg->func->id >= IR_AGG_QUANTIZE)
			i.b = lower_int(w, a);
	}
	i.args = lower_args(w, keys, i.nargs);
	lower_emit(w, i);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The program, its clauses and statements; registers, slots, blocks and labels.
 */
#include "ir_ops.h"
#include "lower.h"

#include <string.h>

static void out_of_memory(struct lower *w)
{
	d_fail(&w->l->ctx, D_UNKNOWN, 0, "out of memory");
}

/* Room for one more in an array of the compilation's memory, which is never given back: it doubles. */
static void *grown(struct lower *w, void *p, uint32_t n, uint32_t *room, size_t size)
{
	void *now;

	if (n < *room)
		return p;
	*room = *room ? *room * 2 : 64;
	now = d_alloc(&w->l->ctx, *room * size);
	if (n)
		memcpy(now, p, n * size);
	return now;
}

/* --- registers and slots ----------------------------------------------------------------------- */

struct lower_mark lower_mark(struct lower *w)
{
	return (struct lower_mark){w->regs, w->ntaken};
}

void lower_release(struct lower *w, struct lower_mark m)
{
	w->regs = m.regs;
	while (w->ntaken > m.ntaken)
		w->slots[w->taken[--w->ntaken]].used = false;
}

uint16_t lower_reg(struct lower *w)
{
	if (w->regs == IR_REGS_MAX)
		d_fail(&w->l->ctx, D_CG_EXPR, (int)w->line, "expression is too large: it needs more than %d values at once", IR_REGS_MAX);
	if (w->regs_max <= w->regs)
		w->regs_max = w->regs + 1;
	return (uint16_t)w->regs++;
}

uint16_t lower_slot(struct lower *w, uint32_t size)
{
	uint32_t i = 0;

	while (i < w->nslots && (w->slots[i].used || w->slots[i].size != size))
		i++;
	if (i == w->nslots) {
		w->slot_bytes += size ? size : w->b.p->strsize;
		if (i == IR_REGS_MAX || w->slot_bytes > IR_SLOTS_MAX)
			d_fail(&w->l->ctx, D_CG_EXPR, (int)w->line, "clause is too large: its strings and structures need more than %u bytes",
			       IR_SLOTS_MAX);
		w->slots = grown(w, w->slots, i, &w->slots_room, sizeof(*w->slots));
		w->slots[i].size = size;
		w->nslots++;
	}
	w->slots[i].used = true;
	w->taken = grown(w, w->taken, w->ntaken, &w->taken_room, sizeof(*w->taken));
	w->taken[w->ntaken++] = (uint16_t)i;
	return (uint16_t)i;
}

/* --- blocks ------------------------------------------------------------------------------------ */

static void begin_block(struct lower *w)
{
	ir_build_block(&w->b, &(struct ir_block){.first = w->b.p->nins});
	w->nblocks++;
	w->open = true;
}

void lower_emit(struct lower *w, struct ir_ins i)
{
	const struct ir_shape *s = &ir_shapes[i.op];

	if (s->d == '-')
		i.d = IR_NONE;
	if (s->a == '-')
		i.a = IR_NONE;
	if (s->b == '-')
		i.b = IR_NONE;
	if (!w->open) /* after an end: nothing leads here, but blocks must have one */
		begin_block(w);
	i.line = w->line;
	i.stmt = w->stmt;
	ir_build_ins(&w->b, &i);
	if (w->b.failed)
		out_of_memory(w);
	w->b.p->blocks[w->first_block + w->nblocks - 1].count++;
	w->open = i.op != IR_JMP && i.op != IR_BR && i.op != IR_RET;
}

uint32_t lower_label(struct lower *w)
{
	w->labels = grown(w, w->labels, w->nlabels, &w->labels_room, sizeof(*w->labels));
	w->labels[w->nlabels] = UINT32_MAX;
	return w->nlabels++;
}

void lower_jump(struct lower *w, uint32_t label)
{
	lower_emit(w, (struct ir_ins){.op = IR_JMP, .imm = label});
}

void lower_branch(struct lower *w, uint16_t reg, uint32_t yes, uint32_t no)
{
	lower_emit(w, (struct ir_ins){.op = IR_BR, .a = reg, .imm = yes, .imm2 = no});
}

void lower_place_label(struct lower *w, uint32_t label)
{
	if (w->open)
		lower_jump(w, label);
	begin_block(w);
	w->labels[label] = w->nblocks - 1;
}

/* Jumps have named labels so far; all of them are placed now. */
static void resolve_labels(struct lower *w)
{
	struct ir_program *p = w->b.p;

	for (uint32_t i = p->blocks[w->first_block].first; i < p->nins; i++) {
		struct ir_ins *in = &p->ins[i];

		if (in->op == IR_JMP || in->op == IR_BR)
			in->imm = w->labels[in->imm];
		if (in->op == IR_BR)
			in->imm2 = w->labels[in->imm2];
	}
}

uint16_t lower_const(struct lower *w, int64_t value)
{
	uint16_t r = lower_reg(w);

	lower_emit(w, (struct ir_ins){.op = IR_CONST, .d = r, .imm = value});
	return r;
}

uint32_t lower_args(struct lower *w, const struct ir_arg *args, uint32_t n)
{
	uint32_t first = w->b.p->nargs;

	for (uint32_t i = 0; i < n; i++)
		ir_build_arg(&w->b, &args[i]);
	return first;
}

/* --- statements -------------------------------------------------------------------------------- */

static void lower_list(struct lower *w, struct node *list);

static void lower_if(struct lower *w, struct node *n)
{
	uint32_t end = lower_label(w);

	/* An else if is a turn of the loop: chains may be long. */
	for (;;) {
		uint32_t yes = lower_label(w), no = n->right ? lower_label(w) : end;
		struct lower_mark m = lower_mark(w);

		w->line = (uint32_t)n->line;
		w->stmt++;
		lower_cond(w, n->cond, yes, no);
		lower_release(w, m);
		lower_place_label(w, yes);
		lower_list(w, n->left);
		if (!n->right)
			break;
		if (w->open)
			lower_jump(w, end);
		lower_place_label(w, no);
		if (n->right->kind != N_IF)
			break;
		n = n->right;
	}
	lower_list(w, n->right);
	lower_place_label(w, end);
}

static void lower_statement(struct lower *w, struct node *n)
{
	struct lower_mark m = lower_mark(w);

	if (n->kind == N_BLOCK) {
		lower_list(w, n->args);
		return;
	}
	if (n->kind == N_IF) {
		lower_if(w, n);
		return;
	}
	w->line = (uint32_t)n->line;
	w->stmt++;
	if (n->kind == N_AGGSTMT)
		lower_agg(w, n);
	else if (n->left->kind == N_CALL && n->left->ident && n->left->ident->kind == ID_ACTION)
		lower_action(w, n->left);
	else
		lower_expr(w, n->left);
	lower_release(w, m);
}

static void lower_list(struct lower *w, struct node *list)
{
	for (; list; list = list->next)
		lower_statement(w, list);
}

/* --- clauses ----------------------------------------------------------------------------------- */

static uint32_t probes_text(struct lower *w, struct probe_desc *d)
{
	struct d_ctx *ctx = &w->l->ctx;
	size_t len = 0, at = 0;
	char *text;

	for (struct probe_desc *i = d; i; i = i->next)
		len += strlen(i->provider) + strlen(i->module) + strlen(i->function) + strlen(i->name) + 16;
	text = d_alloc(ctx, len + 1);
	for (struct probe_desc *i = d; i; i = i->next) {
		const char *comma = i == d ? "" : ",";
		int n = i->id ? snprintf(text + at, len + 1 - at, "%s%u", comma, i->id)
			      : snprintf(text + at, len + 1 - at, "%s%s:%s:%s:%s", comma, i->provider, i->module, i->function, i->name);

		at += (size_t)n;
	}
	return ir_build_string(&w->b, text, at);
}

/* speculate(x); alone in a clause records the default action into the speculation. */
static bool only_speculates(const struct node *list)
{
	return list && !list->next && list->kind == N_EXPR && list->left->kind == N_CALL && list->left->ident &&
	       list->left->ident->kind == ID_ACTION && list->left->ident->id == IR_ACT_SPECULATE;
}

static void lower_clause(struct lower *w, struct node *n)
{
	struct ir_program *p = w->b.p;
	struct ir_clause c = {.line = (uint32_t)n->line, .blocks = p->nblocks, .actions = p->nactions, .slot_sizes = p->nslotsizes};
	uint32_t end = 0;

	c.probes = probes_text(w, n->probes);
	c.is_default = !n->args || only_speculates(n->args);
	w->regs = w->regs_max = w->nslots = w->ntaken = w->nlabels = w->nactions = w->nblocks = w->stmt = 0;
	w->slot_bytes = 0;
	w->first_block = c.blocks;
	w->first_action = c.actions;
	w->line = c.line;
	begin_block(w);
	if (n->predicate) {
		uint32_t yes = lower_label(w);

		end = lower_label(w);
		w->line = (uint32_t)n->predicate->line;
		lower_cond(w, n->predicate, yes, end);
		lower_release(w, (struct lower_mark){0, 0});
		lower_place_label(w, yes);
	}
	lower_list(w, n->args);
	if (w->stmt == 0)
		w->stmt = 1; /* the default action; statement 0 is the predicate */
	lower_emit(w, (struct ir_ins){.op = IR_RET});
	if (n->predicate) {
		lower_place_label(w, end);
		w->stmt = 0;
		lower_emit(w, (struct ir_ins){.op = IR_RET});
	}
	resolve_labels(w);
	c.nblocks = w->nblocks;
	c.nactions = w->nactions;
	c.nregs = (uint16_t)w->regs_max;
	c.nslots = (uint16_t)w->nslots;
	for (uint32_t i = 0; i < w->nslots; i++) {
		w->slots[i].used = false;
		ir_build_slot(&w->b, w->slots[i].size);
	}
	ir_build_clause(&w->b, &c);
}

/* --- tables ------------------------------------------------------------------------------------ */

static uint32_t lower_keys(struct lower *w, const struct sym_param *params, int line)
{
	uint32_t first = w->b.p->nkeytypes;

	for (; params; params = params->next) {
		struct ir_type t = lower_type(w, params->type, line);

		ir_build_type(&w->b, &t);
	}
	return first;
}

static void lower_tables(struct lower *w)
{
	for (struct d_option *o = w->l->d_options; o; o = o->next)
		ir_build_option(&w->b, ir_build_string(&w->b, o->name, strlen(o->name)),
				ir_build_string(&w->b, o->value ? o->value : "", o->value ? strlen(o->value) : 0));
	for (struct ident *i = w->l->sym.aggs; i; i = i->next_made) {
		struct ir_aggregation a = {.name = ir_build_string(&w->b, i->name, strlen(i->name)), .nkeys = i->nparams};

		a.func = i->func ? i->func->id : IR_AGG_COUNT;
		a.is_signed = i->type && !type_is_unsigned(i->type);
		memcpy(a.param, i->param, sizeof(a.param));
		a.keys = lower_keys(w, i->params, i->line);
		if (a.func >= IR_AGG_QUANTIZE && ir_agg_buckets(&a) == 0)
			d_fail(&w->l->ctx, D_CG_EXPR, i->line, "@%s would have more than %d buckets, or numbers beyond 64 bits", i->name,
			       IR_BUCKETS_MAX);
		ir_build_agg(&w->b, &a);
	}
	for (struct ident *i = w->l->sym.vars; i; i = i->next_made) {
		struct ir_var v = {.name = ir_build_string(&w->b, i->name, strlen(i->name)), .nkeys = i->nparams};

		v.scope = i->scope == SCOPE_SELF ? IR_SELF : i->scope == SCOPE_THIS ? IR_THIS : IR_GLOBAL;
		v.type = i->type ? lower_type(w, i->type, i->line) : (struct ir_type){.kind = IR_INT, .size = 8, .is_signed = true};
		v.keys = lower_keys(w, i->params, i->line);
		ir_build_var(&w->b, &v);
	}
}

static uint32_t string_size(const struct lang *l)
{
	uint32_t size = l->options->strsize ? l->options->strsize : 256;

	return size < IR_STRSIZE_MIN ? IR_STRSIZE_MIN : size > IR_STRSIZE_MAX ? IR_STRSIZE_MAX : size;
}

/* Runs with its own return address of d_fail, so that the program's memory, which is not the compilation's, is freed. */
static bool lower_guarded(struct lower *w, struct node *program)
{
	if (setjmp(w->l->ctx.stop))
		return false;
	lower_tables(w);
	for (struct node *n = program; n; n = n->next)
		if (n->kind == N_CLAUSE)
			lower_clause(w, n);
	return true;
}

struct ir_program *lang_lower(struct lang *l, struct node *program)
{
	struct lower *w = d_alloc(&l->ctx, sizeof(*w));
	jmp_buf *outer = d_alloc(&l->ctx, sizeof(*outer));
	struct ir_program *p;
	char error[256];

	w->l = l;
	if (!ir_build_init(&w->b)) {
		ir_free(ir_build_done(&w->b));
		out_of_memory(w);
	}
	w->b.p->strsize = string_size(l);
	memcpy(outer, &l->ctx.stop, sizeof(*outer));
	if (!lower_guarded(w, program)) {
		memcpy(&l->ctx.stop, outer, sizeof(*outer));
		ir_free(ir_build_done(&w->b));
		longjmp(l->ctx.stop, 1);
	}
	memcpy(&l->ctx.stop, outer, sizeof(*outer));
	p = ir_build_done(&w->b);
	if (!p)
		out_of_memory(w);
	if (!ir_check(p, error, sizeof(error))) {
		ir_free(p);
		d_fail(&l->ctx, D_CG_EXPR, 0, "the program that was made of the script is not sound: %s", error);
	}
	return p;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * A leaf: main, the clauses in it, and the function that is called when one has failed.
 *
 *	main(ctx):
 *		r7 = lookup(scratch, cpu * slots + slot)
 *		each clause: its instructions; a fault: frame.fault ... = what is known, on_fault(), go on with the next clause
 *		r7->busy = 0
 *	on_fault(r7, ctx, element):
 *		sends the record of the fault, runs the clauses of ERROR
 */
#include "code.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/run/record.h"

#define AT_FDCWD_VALUE (-100)
#define AGAIN_MAX      32 /* bits of firing.again */

bool gen_complain(char *why, size_t size, uint32_t line, const char *fmt, ...)
{
	va_list ap;
	size_t n = 0;

	if (line)
		n = (size_t)snprintf(why, size, "line %u: ", line);
	va_start(ap, fmt);
	vsnprintf(n < size ? why + n : why, n < size ? size - n : 0, fmt, ap);
	va_end(ap);
	return false;
}

/* frame = what is known of the fault; lib_state.address stays if the fault has one. */
static void stub(struct code *k, const struct stub *s, label common)
{
	const struct ir_program *p = k->g->p;
	uint32_t first = s->ins, stmt = p->ins[s->ins].stmt;

	/* As the evaluator counts: from the first instruction of the statement. */
	while (first > p->blocks[k->c->blocks].first && p->ins[first - 1].stmt == stmt)
		first--;
	k->line = p->ins[s->ins].line;
	code_here(k, s->at);
	if (!s->has_address)
		code_store_imm_at(k, 8, IN_FRAME(lib.address), 0);
	code_set(k, 1, s->fault);
	code_set(k, 2, stmt);
	code_set(k, 3, (int64_t)(s->ins - first) * 4);
	code_jump(k, common);
}

/* A clause's copy of user memory that is not there yet may be taken again when the system call returns:
 *	if (lib_state.user && target.retry && fault == BADADDR) { firing.again |= bit; goto next }	*/
static void keep_for_later(struct code *k, const struct stub *s)
{
	label no = code_label(k);

	code_here(k, s->at);
	code_load_at(k, 8, 1, IN_FRAME(lib.user));
	code_jump_if_imm(k, BPF_JEQ, 1, 0, no);
	code_load_at(k, 2, 1, IN_FIRING(target.retry));
	code_jump_if_imm(k, BPF_JEQ, 1, 0, no);
	code_load_at(k, 4, 1, IN_FIRING(again));
	code_alu_imm(k, BPF_OR, 1, INT64_C(1) << k->number);
	code_store_at(k, 4, IN_FIRING(again), 1);
	code_jump(k, k->next);
	code_here(k, no);
}

static void stubs(struct code *k)
{
	label common = code_label(k);

	for (uint32_t i = 0; i < k->nstubs; i++) {
		struct stub *s = &k->stubs[i];

		if (s->fault == IR_FAULT_BADADDR && k->place->hook == HOOK_SYS_ENTER && !k->in_error && k->number < AGAIN_MAX &&
		    gen_can_retry(k->g, k->clause, s->ins)) {
			keep_for_later(k, s);
			s->at = code_label(k);
		}
		stub(k, s, common);
	}
	k->nstubs = 0;
	k->line = k->c->line;
	code_here(k, common);
	if (k->in_error) {
		code_drop(k, KDROP_DBLERROR);
		return;
	}
	code_store_at(k, 4, IN_FRAME(fault), 1);
	code_store_at(k, 4, IN_FRAME(stmt), 2);
	code_store_at(k, 8, IN_FRAME(offset), 3);
	code_store_imm_at(k, 4, IN_FRAME(clause), (int32_t)k->clause);
	code_store_imm_at(k, 4, IN_FRAME(epid), (int32_t)k->call->epid);
	code_load_at(k, 4, 1, probe_at(k));
	code_store_at(k, 4, IN_FRAME(probe), 1);
	code_alu(k, BPF_MOV, 1, 7);
	code_load(k, 8, 2, 10, STACK_CTX);
	code_load(k, 8, 3, 10, STACK_ELEMENT);
	code_call_fault(k);
}

/*	if ((s32)arg0 != AT_FDCWD && *arg1 != '/') goto next; args of the clause = arg1 ...	*/
static void open_arguments(struct code *k)
{
	label here = code_label(k);

	code_load_at(k, 4, 1, IN_FIRING(args[0]));
	code_jump_if_imm(k, BPF_JEQ, 1, (int64_t)(uint32_t)AT_FDCWD_VALUE, here);
	code_address(k, 1, IN_FRAME(word));
	code_set(k, 2, 1);
	code_load_at(k, 8, 3, IN_FIRING(args[1]));
	code_helper(k, BPF_FUNC_probe_read_user);
	code_jump_if_imm(k, BPF_JNE, 0, 0, k->next);
	code_load_at(k, 1, 1, IN_FRAME(word));
	code_jump_if_imm(k, BPF_JNE, 1, '/', k->next);
	code_here(k, here);
	for (uint32_t i = 0; i < 10; i++) {
		if (i < 5) {
			code_load_at(k, 8, 1, IN_FIRING(args[1]) + i * 8);
			code_store_at(k, 8, IN_FRAME(args[0][0]) + i * 8, 1);
		} else {
			code_store_imm_at(k, 8, IN_FRAME(args[0][0]) + i * 8, 0);
		}
	}
}

/* Faults so far, and a way on for all jumps. */
static void island(struct code *k)
{
	label over = code_label(k);

	if (k->nstubs) {
		code_jump(k, over);
		stubs(k);
		code_jump(k, k->next);
		code_here(k, over);
	}
	code_island(k);
}

static void blocks(struct code *k)
{
	const struct ir_program *p = k->g->p;

	for (uint32_t b = 0; b < k->c->nblocks; b++)
		k->block_label[b] = code_label(k);
	for (k->block = 0; k->block < k->c->nblocks && !k->no_memory && !k->too_long; k->block++) {
		const struct ir_block *block = &p->blocks[k->c->blocks + k->block];

		if (!k->block_rec[k->block].reached)
			continue;
		for (k->next_block = k->block + 1; k->next_block < k->c->nblocks && !k->block_rec[k->next_block].reached;)
			k->next_block++;
		if (!flow_block(k->flow, p, k->c, k->block)) {
			k->no_memory = true;
			return;
		}
		code_here(k, k->block_label[k->block]);
		regs_begin_block(k);
		k->rec = k->block_rec[k->block];
		for (uint32_t n = 0; n < block->count; n += 1 + k->skip) {
			k->at = block->first + n;
			k->i = &p->ins[k->at];
			k->line = k->i->line;
			k->skip = 0;
			step(k);
			k->at += k->skip;
			regs_step_done(k);
			if (code_needs_island(k) && n + 1 + k->skip < block->count)
				island(k);
		}
	}
}

/* What a clause needs besides its instructions; false: no memory. */
static bool clause_begin(struct code *k, uint32_t clause)
{
	const struct ir_clause *c = &k->g->p->clauses[clause];

	k->clause = clause;
	k->c = c;
	k->line = c->line;
	k->flow = flow_new(k->g->p, c);
	k->in = calloc((size_t)c->nregs + 1, sizeof(*k->in));
	k->is_const = calloc((size_t)c->nregs + 1, sizeof(*k->is_const));
	k->value = calloc((size_t)c->nregs + 1, sizeof(*k->value));
	k->known = calloc((size_t)c->nregs + 1, sizeof(*k->known));
	k->source = calloc((size_t)c->nslots + 1, sizeof(*k->source));
	k->source_of = calloc((size_t)c->nslots + 1, sizeof(*k->source_of));
	k->block_label = calloc((size_t)c->nblocks + 1, sizeof(*k->block_label));
	k->block_rec = calloc((size_t)c->nblocks + 1, sizeof(*k->block_rec));
	return k->flow && k->in && k->is_const && k->value && k->known && k->source && k->source_of && k->block_label && k->block_rec;
}

static void clause_end(struct code *k)
{
	flow_free(k->flow);
	free(k->in);
	free(k->is_const);
	free(k->value);
	free(k->known);
	free(k->source);
	free(k->source_of);
	free(k->block_label);
	free(k->block_rec);
	k->flow = NULL;
	k->in = NULL;
	k->is_const = NULL;
	k->value = NULL;
	k->known = NULL;
	k->source = NULL;
	k->source_of = NULL;
	k->block_label = NULL;
	k->block_rec = NULL;
}

static void clause(struct code *k, const struct gen_call *call, uint32_t number)
{
	k->call = call;
	k->number = number;
	if (!clause_begin(k, call->clause)) {
		clause_end(k);
		k->no_memory = true;
		return;
	}
	k->next = code_label(k);
	if (call->is_open && !k->in_error)
		open_arguments(k);
	record_begin(k);
	regs_begin(k);
	blocks(k);
	if (k->nstubs)
		stubs(k);
	code_here(k, k->next);
	clause_end(k);
}

/* Variables of this-> and strtok()'s state are new for each firing. */
static void begin_firing(struct code *k, int level)
{
	const struct gen *g = k->g;

	if (g->selfs_size)
		code_store_imm(k, 8, 10, STACK_SELFS, 0);
	if (g->uses_strtok)
		code_store_imm_at(k, 8, g->strtok_at[level] + (uint32_t)offsetof(struct lib_strtok, on), 0);
	for (uint32_t i = 0; i < g->p->nvars; i++)
		if (g->vars[i].place == VAR_THIS)
			code_zero(k, g->this_at[level] + g->vars[i].at, g->p->vars[i].type.kind == IR_STRING ? 8 : g->vars[i].size);
}

static void on_fault(struct code *k, const struct gen_call *error, uint32_t nerror)
{
	code_alu(k, BPF_MOV, 7, 1);
	code_store(k, 8, 10, STACK_CTX, 2);
	code_store(k, 8, 10, STACK_ELEMENT, 3);
	k->in_error = true;
	record_fault(k);
	if (nerror) {
		static const struct { uint32_t at; int width; } args[] = {
			{0, 8}, {IN_FRAME(epid), 4}, {IN_FRAME(stmt), 4}, {IN_FRAME(offset), 8}, {IN_FRAME(fault), 4}, {IN_FRAME(lib.address), 8},
		};

		fault_epid(k);
		for (uint32_t i = 0; i < 10; i++) {
			if (i == 0 || i > 5) {
				code_store_imm_at(k, 8, IN_FRAME(args[1][0]) + i * 8, 0);
				continue;
			}
			code_load_at(k, args[i].width, 1, args[i].at);
			code_store_at(k, 8, IN_FRAME(args[1][0]) + i * 8, 1);
		}
		begin_firing(k, 1);
	}
	for (uint32_t i = 0; i < nerror; i++)
		clause(k, &error[i], i);
	k->in_error = false;
	code_set(k, 0, 0);
	code_exit(k);
}

/*	again: the clauses that could not be run are run at return	*/
static void keep_firing(struct code *k)
{
	label none = code_label(k);

	code_load_at(k, 4, 1, IN_FIRING(again));
	code_jump_if_imm(k, BPF_JEQ, 1, 0, none);
	time_to(k, 1); /* of the entry, not of the return */
	code_map(k, 1, GEN_RETRY, 0);
	code_address(k, 2, IN_FIRING(task));
	code_alu(k, BPF_MOV, 3, 7);
	code_set(k, 4, BPF_ANY);
	code_helper(k, BPF_FUNC_map_update_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, none);
	code_drop(k, KDROP_RETRY);
	code_here(k, none);
}

static void finish(struct code *k)
{
	code_store_imm(k, 4, 7, (int32_t)IN_FIRING(busy), 0);
	code_set(k, 0, 0);
	code_exit(k);
}

static void main_function(struct code *k, const struct gen_call *calls, uint32_t n)
{
	const struct gen_place *place = k->place;
	label found = code_label(k);
	bool may_retry = false, again = place->hook == HOOK_SYS_RETRY;

	code_store(k, 8, 10, STACK_CTX, 1);
	code_helper(k, BPF_FUNC_get_smp_processor_id);
	if (place->slots != 1)
		code_alu_imm(k, BPF_MUL, 0, place->slots);
	if (place->slot)
		code_alu_imm(k, BPF_ADD, 0, place->slot);
	code_store(k, 8, 10, STACK_ELEMENT, 0);
	code_alu(k, BPF_MOV, 2, 10);
	code_alu_imm(k, BPF_ADD, 2, STACK_ELEMENT);
	code_map(k, 1, GEN_SCRATCH, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_jump_if_imm(k, BPF_JNE, 0, 0, found);
	code_exit(k);
	code_here(k, found);
	code_alu(k, BPF_MOV, 7, 0);
	begin_firing(k, 0);
	for (uint32_t i = 0; i < n && !k->no_memory && !k->too_long; i++) {
		label skip = code_label(k);

		if (again) {
			if (i >= AGAIN_MAX || !gen_retries(k->g, calls[i].clause))
				continue;
			code_load_at(k, 4, 1, IN_FIRING(again));
			code_alu_imm(k, BPF_AND, 1, INT64_C(1) << i);
			code_jump_if_imm(k, BPF_JEQ, 1, 0, skip);
		}
		if (i > 0 && k->g->uses_exit) {
			label on = code_label(k);

			code_map_value(k, 1, GEN_CONFIG, offsetof(struct config, exited));
			code_load(k, 4, 1, 1, 0);
			code_jump_if_imm(k, BPF_JEQ, 1, 0, on);
			code_load_at(k, 4, 1, IN_FIRING(after_exit));
			code_jump_if_imm(k, BPF_JNE, 1, 0, on);
			finish(k);
			code_here(k, on);
		}
		clause(k, &calls[i], i);
		code_here(k, skip);
		may_retry |= gen_retries(k->g, calls[i].clause);
	}
	if (may_retry && place->hook == HOOK_SYS_ENTER)
		keep_firing(k);
	finish(k);
}

static bool take_out(struct code *k, struct gen_leaf *leaf, const struct gen_func *funcs, uint32_t nfuncs)
{
	const struct gen *g = k->g;
	struct link_values v = {.size = g->size, .strsize = g->p->strsize, .state = IN_FRAME(lib), .scratch = g->alloc_at,
				.scratch_size = g->alloc_size, .text = g->text_at, .map = gen_map_at(g, GEN_SCRATCH, 0)};

	*leaf = (struct gen_leaf){.insns = k->insns, .ninsns = k->n, .relocs = k->relocs, .nrelocs = k->nrelocs, .lines = k->lines};
	k->insns = NULL;
	k->lines = NULL;
	k->relocs = NULL;
	leaf->funcs = calloc(nfuncs, sizeof(*funcs));
	if (leaf->funcs) {
		memcpy(leaf->funcs, funcs, nfuncs * sizeof(*funcs));
		leaf->nfuncs = nfuncs;
	}
	if (leaf->funcs && link_library(leaf, k->calls, k->ncalls, &v) == 0)
		return true;
	gen_leaf_free(leaf);
	return false;
}

int gen_leaf(const struct gen *g, const struct gen_place *place, const struct gen_call *calls, uint32_t n, const struct gen_call *error,
	     uint32_t nerror, uint32_t error_probe, struct gen_leaf *leaf, char *why, size_t size)
{
	struct code k = {.g = g, .place = place, .error_probe = error_probe};
	struct gen_func funcs[2] = {{.name = "leaf", .nargs = 1}, {.name = "on_fault"}};
	uint32_t nfuncs = 1;
	int result = -1;

	k.on_fault = code_label(&k);
	main_function(&k, calls, n);
	if (k.fault_used) {
		funcs[nfuncs++].insn = k.n;
		code_here(&k, k.on_fault);
		on_fault(&k, error, nerror);
	} else {
		code_here(&k, k.on_fault);
	}
	if (!code_finish(&k)) {
		if (k.no_memory)
			gen_complain(why, size, 0, "no memory for the program");
		else
			gen_complain(why, size, n ? g->p->clauses[calls[0].clause].line : 0,
				     "the clauses of a probe are too large for BPF: %u instructions; use fewer or shorter clauses", k.n);
	} else if (take_out(&k, leaf, funcs, nfuncs)) {
		result = 0;
	} else {
		gen_complain(why, size, 0, "no memory for the program");
	}
	code_free(&k);
	return result;
}

void gen_leaf_free(struct gen_leaf *leaf)
{
	free(leaf->insns);
	free(leaf->relocs);
	free(leaf->funcs);
	free((void *)(uintptr_t)leaf->lines);
	*leaf = (struct gen_leaf){0};
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What a program does, as far as it decides where things lie and what there must be: found by walking through the instructions once.
 */
#include "code.h"

#include <stdlib.h>
#include <string.h>

#include "bpf/lang/ir_ops.h"
#include "bpf/run/record.h"

#define NO_NAME	      UINT32_MAX
#define NSPEC_MAX     16384	  /* the search for a free one is walked through by the verifier */
#define ALLOC_UNKNOWN (32u << 10) /* memory for alloca(), copyin() of a size that is not constant */

/* What is known within a block. */
struct survey {
	struct gen *g;
	const struct ir_clause *c;
	uint32_t clause;
	uint32_t *name;	   /* of a slot: the built-in that it holds; NO_NAME */
	int64_t *constant; /* of a register */
	bool *is_constant;
	uint64_t alloc;
	bool allocates, speculates;
	char *error;
	size_t size;
};

/* Whether the clause could be one of dtrace:::ERROR. */
static bool may_be_error(const struct gen *g, const struct ir_clause *c)
{
	const char *text = g->p->strings[c->probes].p;

	return strstr(text, "ERROR") || strstr(text, "dtrace") || strchr(text, '*') || strchr(text, '?') || strchr(text, '[') ||
	       text[0] == ':' || !strchr(text, ':');
}

static void needs_of_builtin(struct survey *s, const struct ir_ins *i)
{
	static const uint32_t needs[IR_VAR_COUNT] = {
		[IR_VAR_EXECNAME] = NEED_EXECNAME, [IR_VAR_PID] = NEED_PID, [IR_VAR_TID] = NEED_TID, [IR_VAR_PPID] = NEED_PPID,
		[IR_VAR_UID] = NEED_UID, [IR_VAR_GID] = NEED_UID, [IR_VAR_XEUID] = NEED_UID, [IR_VAR_XEGID] = NEED_UID,
		[IR_VAR_VTIMESTAMP] = NEED_VTIME, [IR_VAR_UREGS] = NEED_UREGS, [IR_VAR_THREADNAME] = NEED_COMM,
		[IR_VAR_XPSARGS] = NEED_PSARGS, [IR_VAR_CWD] = NEED_CWD, [IR_VAR_ROOT] = NEED_CWD,
		[IR_VAR_XPGID] = NEED_PROC, [IR_VAR_XSID] = NEED_PROC, [IR_VAR_XNLWP] = NEED_PROC,
		[IR_VAR_XPRI] = NEED_LWP, [IR_VAR_XSTATE] = NEED_LWP, [IR_VAR_XSNAME] = NEED_LWP, [IR_VAR_XCLNAME] = NEED_LWP,
		[IR_VAR_ARGS] = NEED_ARGS,
	};

	s->g->needs[s->clause] |= i->imm <= IR_VAR_ARG9 ? NEED_ARGS : needs[i->imm];
	if (i->imm == IR_VAR_EPID || ((i->imm == IR_VAR_ARG1 || i->imm == IR_VAR_ARGS) && may_be_error(s->g, s->c)))
		s->g->uses_epids = true;
}

static bool is_probe_name(uint32_t which)
{
	return which == IR_VAR_PROBEPROV || which == IR_VAR_PROBEMOD || which == IR_VAR_PROBEFUNC || which == IR_VAR_PROBENAME;
}

static void read_slot(struct survey *s, uint16_t slot)
{
	if (s->name[slot] != NO_NAME && is_probe_name(s->name[slot]))
		s->g->uses_names = true;
}

/* What an aggregation's keys are at one of its places: the first says it, the others may differ. 0 in key_names is "not seen yet", so
 * it holds the built-in plus 1 until finish_names. */
static void key_of_aggregation(struct survey *s, const struct ir_ins *i)
{
	const struct ir_aggregation *a = &s->g->p->aggs[i->imm];

	for (uint32_t n = 0; n < i->nargs; n++) {
		const struct ir_arg *arg = &s->g->p->args[i->args + n];
		uint32_t *seen = &s->g->key_names[a->keys + n];
		uint32_t name = arg->kind == IR_ARG_SLOT ? s->name[arg->n] : NO_NAME;

		if (name != NO_NAME && name != IR_VAR_EXECNAME && !is_probe_name(name))
			name = NO_NAME;
		if (*seen == 0)
			*seen = name == NO_NAME ? NO_NAME : name + 1;
		else if (*seen != name + 1)
			*seen = NO_NAME;
	}
}

/* After all places have been seen: those that are read as strings after all. */
static void string_keys(struct survey *s, const struct ir_ins *i)
{
	const struct ir_aggregation *a = &s->g->p->aggs[i->imm];

	for (uint32_t n = 0; n < i->nargs; n++) {
		const struct ir_arg *arg = &s->g->p->args[i->args + n];

		if (arg->kind == IR_ARG_SLOT && s->g->key_names[a->keys + n] == NO_NAME)
			read_slot(s, arg->n);
	}
}

static void needs_of_values(struct survey *s, const struct ir_ins *i, const struct ir_type *types)
{
	for (uint32_t n = 0; n < i->nargs; n++)
		if (types[n].kind == IR_STACK || types[n].kind == IR_SYM)
			s->g->needs[s->clause] |= NEED_PID;
}

static void record(struct survey *s, const struct ir_ins *i)
{
	const struct gen *g = s->g;
	const struct ir_action *a = &g->p->actions[s->c->actions + (uint32_t)i->imm];
	uint64_t most = (uint64_t)g->rec_max[s->clause] + sizeof(struct rec_item);

	for (uint32_t n = 0; n < i->nargs; n++)
		most += value_room(g, &g->p->keytypes[a->types + n]);
	s->g->rec_max[s->clause] = most > UINT32_MAX / 2 ? UINT32_MAX / 2 : (uint32_t)most;
	needs_of_values(s, i, types_from(g->p, a->types));
}

static bool refuse(struct survey *s, const struct ir_ins *i, const char *what, const char *why)
{
	return gen_complain(s->error, s->size, i->line, "%s() cannot be done from a probe: %s", what, why);
}

static bool call(struct survey *s, const struct ir_ins *i)
{
	const struct gen *g = s->g;
	enum ir_func f = (enum ir_func)i->imm;
	uint64_t n = ALLOC_UNKNOWN;

	if (f == IR_FUNC_PROGENYOF)
		s->g->needs[s->clause] |= NEED_ANCESTORS | NEED_PID;
	if (f == IR_FUNC_FDNUM || f == IR_FUNC_FDSTR)
		s->g->needs[s->clause] |= NEED_FILES;
	if (f == IR_FUNC_STRTOK)
		s->g->uses_strtok = true;
	if (f == IR_FUNC_ALLOCA || f == IR_FUNC_COPYIN) {
		uint16_t r = g->p->args[i->args + (f == IR_FUNC_COPYIN)].n;

		if (s->is_constant[r])
			n = (uint64_t)s->constant[r] > IR_SCRATCH_MAX ? 0 : (uint64_t)s->constant[r] + 8;
		s->alloc += n;
		s->allocates = true;
	}
	if ((f == IR_FUNC_COPYOUT || f == IR_FUNC_COPYOUTSTR) && g->o.destructive && !g->f.write_user)
		return refuse(s, i, ir_func_names[f], "this kernel does not let tracing programs write a task's memory");
	return true;
}

static bool host(struct survey *s, const struct ir_ins *i)
{
	enum ir_action_kind a = (enum ir_action_kind)i->imm;

	if (!s->g->o.destructive)
		return true;
	if (a != IR_ACT_RAISE && a != IR_ACT_STOP)
		return refuse(s, i, ir_action_names[a], "BPF programs cannot stop or delay the kernel");
	if (!s->g->f.send_signal)
		return refuse(s, i, ir_action_names[a], "this kernel does not let tracing programs send signals");
	return true;
}

static bool needs_memory(const struct ir_ins *i)
{
	return i->op == IR_LOAD || i->op == IR_STORE || i->op == IR_LOADB || i->op == IR_STOREB || i->op == IR_CALL;
}

static bool instruction(struct survey *s, const struct ir_ins *i, bool second)
{
	const struct ir_shape *shape = &ir_shapes[i->op];
	bool slot_result = shape->d == 's' || (i->op == IR_CALL && ir_func_signature((unsigned)i->imm).result == 's');

	s->g->uses_memory |= needs_memory(i);
	if (second) {
		if (i->op == IR_AGG)
			string_keys(s, i);
		if (shape->a == 's' && i->op != IR_MOVS)
			read_slot(s, i->a);
		if (shape->b == 's')
			read_slot(s, i->b);
		for (uint32_t n = 0; n < i->nargs && i->op != IR_AGG; n++)
			if (s->g->p->args[i->args + n].kind == IR_ARG_SLOT)
				read_slot(s, s->g->p->args[i->args + n].n);
	} else {
		switch (i->op) {
		case IR_BUILTIN: case IR_BUILTIN_STR:
			needs_of_builtin(s, i);
			break;
		case IR_AGG:
			key_of_aggregation(s, i);
			needs_of_values(s, i, types_from(s->g->p, s->g->p->aggs[i->imm].keys));
			break;
		case IR_RECORD:
			record(s, i);
			break;
		case IR_CALL:
			if (!call(s, i))
				return false;
			break;
		case IR_HOST:
			if (!host(s, i))
				return false;
			break;
		case IR_LDVAR: case IR_LDVARS: case IR_STVAR: case IR_STVARS:
			/* By task storage, or else by the task. */
			if (s->g->p->vars[i->imm].scope == IR_SELF && (s->g->p->vars[i->imm].nkeys || !s->g->f.task_storage))
				s->g->needs[s->clause] |= NEED_TASK;
			needs_of_values(s, i, types_from(s->g->p, s->g->p->vars[i->imm].keys));
			break;
		case IR_SPEC_NEW: case IR_SPECULATE: case IR_COMMIT: case IR_DISCARD:
			s->speculates = true;
			break;
		case IR_EXIT:
			s->g->uses_exit = true;
			break;
		default:
			break;
		}
	}
	if (slot_result && i->d != IR_NONE)
		s->name[i->d] = i->op == IR_BUILTIN_STR ? (uint32_t)i->imm :
				i->op == IR_MOVS && s->g->p->slotsizes[s->c->slot_sizes + i->a] == 0 ? s->name[i->a] : NO_NAME;
	if (i->op == IR_CONST) {
		s->is_constant[i->d] = true;
		s->constant[i->d] = i->imm;
	} else if (shape->d == 'r' && i->d != IR_NONE) {
		s->is_constant[i->d] = (i->op == IR_EXT || i->op == IR_MOV) && s->is_constant[i->a];
		s->constant[i->d] = s->is_constant[i->d] ? s->constant[i->a] : 0;
	}
	return true;
}

/* Names that are still in a slot when its block ends, and are read in a later one, have to be strings. */
static void end_of_block(struct survey *s, const struct flow *f, uint32_t block)
{
	for (uint32_t n = 0; n < s->c->nslots; n++)
		if (flow_has(f->out + (size_t)block * f->words, s->c->nregs + n))
			read_slot(s, (uint16_t)n);
}

static bool clause(struct survey *s, bool second)
{
	const struct ir_program *p = s->g->p;
	struct flow *f = second ? flow_new(p, s->c) : NULL;
	bool good = f || !second;

	for (uint32_t b = 0; b < s->c->nblocks && good; b++) {
		const struct ir_block *block = &p->blocks[s->c->blocks + b];

		for (uint32_t n = 0; n < s->c->nslots; n++)
			s->name[n] = NO_NAME;
		memset(s->is_constant, 0, s->c->nregs);
		for (uint32_t n = 0; n < block->count && good; n++)
			good = instruction(s, &p->ins[block->first + n], second);
		if (f)
			end_of_block(s, f, b);
	}
	flow_free(f);
	return good;
}

/* Whether an instruction does something that a second run of its clause would do again. What is recorded is not sent until the end. */
static bool has_effect(const struct gen *g, const struct ir_ins *i)
{
	switch (i->op) {
	case IR_AGG: case IR_HOST: case IR_EXIT: case IR_SPEC_NEW: case IR_SPECULATE: case IR_COMMIT: case IR_DISCARD:
		return true;
	case IR_STVAR: case IR_STVARS:
		return g->vars[i->imm].place != VAR_THIS;
	case IR_CALL:
		return ir_func_signature((unsigned)i->imm).destructive;
	default:
		return false;
	}
}

/* Which copies from user memory can be taken again. this-> variables are those of the firing: a clause that reads what another has
 * written is not the same later. */
static void retries_of(struct gen *g, uint32_t clause_index)
{
	const struct ir_clause *c = &g->p->clauses[clause_index];
	bool *effect = calloc((size_t)c->nblocks + 1, sizeof(*effect)), *written = calloc((size_t)g->p->nvars + 1, sizeof(*written));
	bool any = false, foreign = false;

	for (uint32_t b = 0; b < c->nblocks && effect && written; b++) {
		const struct ir_block *block = &g->p->blocks[c->blocks + b];

		for (uint32_t n = block->first; n < block->first + block->count; n++) {
			const struct ir_ins *i = &g->p->ins[n];

			if (i->op == IR_STVAR || i->op == IR_STVARS)
				written[i->imm] = true;
			if ((i->op == IR_LDVAR || i->op == IR_LDVARS) && g->vars[i->imm].place == VAR_THIS && !written[i->imm])
				foreign = true;
			if (i->op == IR_CALL && !effect[b] &&
			    (i->imm == IR_FUNC_COPYIN || i->imm == IR_FUNC_COPYINSTR || i->imm == IR_FUNC_COPYINTO))
				any = g->retry_ins[n] = true;
			effect[b] |= has_effect(g, i);
			if (i->op == IR_JMP || i->op == IR_BR)
				effect[i->imm] |= effect[b];
			if (i->op == IR_BR)
				effect[i->imm2] |= effect[b];
		}
	}
	g->retries[clause_index] = any && !foreign;
	free(effect);
	free(written);
}

/* Aggregations that firings of different clauses add to. */
static void shared_aggregations(struct gen *g)
{
	uint32_t *seen = calloc((size_t)g->p->naggs + 1, sizeof(*seen));

	for (uint32_t c = 0; seen && c < g->p->nclauses; c++) {
		const struct ir_clause *clause = &g->p->clauses[c];
		const struct ir_block *last = &g->p->blocks[clause->blocks + clause->nblocks - 1];
		bool many = strchr(g->p->strings[clause->probes].p, ',') != NULL;

		for (uint32_t i = g->p->blocks[clause->blocks].first; i < last->first + last->count; i++) {
			const struct ir_ins *ins = &g->p->ins[i];

			if (ins->op != IR_AGG)
				continue;
			if (many || (seen[ins->imm] && seen[ins->imm] != c + 1))
				g->agg_shared[ins->imm] = true;
			seen[ins->imm] = c + 1;
		}
	}
	free(seen);
}

static bool walk(struct survey *s, bool second)
{
	for (s->clause = 0; s->clause < s->g->p->nclauses; s->clause++) {
		s->c = &s->g->p->clauses[s->clause];
		s->alloc = 0;
		if (s->g->retries[s->clause])
			s->g->needs[s->clause] |= NEED_TASK;
		if (!second)
			s->g->rec_max[s->clause] = sizeof(struct rec_header);
		if (!clause(s, second))
			return false;
		if (s->alloc > IR_SCRATCH_MAX)
			s->alloc = IR_SCRATCH_MAX;
		if (s->g->alloc_size < s->alloc)
			s->g->alloc_size = (uint32_t)(s->alloc + 7) & ~7u;
	}
	return true;
}

bool survey(struct gen *g, char *error, size_t size)
{
	struct survey s = {.g = g, .error = error, .size = size};
	uint32_t regs = 0, slots = 0;
	bool good;

	for (uint32_t i = 0; i < g->p->nclauses; i++) {
		regs = regs < g->p->clauses[i].nregs ? g->p->clauses[i].nregs : regs;
		slots = slots < g->p->clauses[i].nslots ? g->p->clauses[i].nslots : slots;
		retries_of(g, i);
	}
	shared_aggregations(g);
	s.name = calloc((size_t)slots + 1, sizeof(*s.name));
	s.constant = calloc((size_t)regs + 1, sizeof(*s.constant));
	s.is_constant = calloc((size_t)regs + 1, sizeof(*s.is_constant));
	good = s.name && s.constant && s.is_constant && walk(&s, false);
	/* The second walk knows which keys are names. */
	good = good && walk(&s, true);
	for (uint32_t i = 0; i < g->p->nkeytypes; i++)
		g->key_names[i] = g->key_names[i] == 0 || g->key_names[i] == NO_NAME ? NO_NAME : g->key_names[i] - 1;
	if (g->alloc_size < 64)
		g->alloc_size = 64;
	if (good && s.speculates) {
		g->nspec = g->o.nspec;
		if (g->nspec > NSPEC_MAX)
			good = gen_complain(error, size, 0, "nspec is %u: a probe can look through %u speculations at most; set it to that",
					    g->nspec, NSPEC_MAX);
	}
	free(s.name);
	free(s.constant);
	free(s.is_constant);
	return good;
}

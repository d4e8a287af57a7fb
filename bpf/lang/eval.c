/* SPDX-License-Identifier: GPL-2.0-only
 * The evaluator: firings, clauses, instructions, faults. It takes only programs that ir_check holds well formed, so an operand is
 * never looked at twice; what can go wrong at run time (addresses, division, sizes) is a fault, and a fault ends the clause
 * without a record, as in DTrace.
 */
#include "eval_state.h"

#include <stdlib.h>
#include <string.h>

#include "bpf/run/agg.h"

static const struct {
	const char *tag, *name;
} faults[IR_FAULT_COUNT] = {
	[IR_FAULT_NONE] = {"UNKNOWN", "unknown fault"},
	[IR_FAULT_BADADDR] = {"BADADDR", "invalid address"},
	[IR_FAULT_BADALIGN] = {"BADALIGN", "invalid alignment"},
	[IR_FAULT_ILLOP] = {"ILLOP", "illegal operation"},
	[IR_FAULT_DIVZERO] = {"DIVZERO", "divide-by-zero"},
	[IR_FAULT_NOSCRATCH] = {"NOSCRATCH", "out of scratch space"},
	[IR_FAULT_KPRIV] = {"KPRIV", "invalid kernel access"},
	[IR_FAULT_UPRIV] = {"UPRIV", "invalid user access"},
	[IR_FAULT_TUPOFLOW] = {"TUPOFLOW", "tuple stack overflow"},
	[IR_FAULT_BADSTACK] = {"BADSTACK", "bad stack"},
	[IR_FAULT_BADSIZE] = {"BADSIZE", "bad size"},
	[IR_FAULT_BADINDEX] = {"BADINDEX", "bad index"},
};

const char *eval_fault_name(enum ir_fault fault)
{
	return faults[(unsigned)fault < IR_FAULT_COUNT ? fault : IR_FAULT_NONE].name;
}

const char *eval_fault_tag(enum ir_fault fault)
{
	return faults[(unsigned)fault < IR_FAULT_COUNT ? fault : IR_FAULT_NONE].tag;
}

static bool memory_init(struct eval *e)
{
	const struct ir_program *p = e->p;
	size_t most_regs = 0, most_slots = 0;
	bool stacks = p->nstacks != 0;

	e->slot_at = calloc((size_t)p->nslotsizes + 1, sizeof(*e->slot_at));
	if (!e->slot_at)
		return false;
	for (uint32_t i = 0; i < p->nclauses; i++) {
		const struct ir_clause *c = &p->clauses[i];
		uint32_t at = 0;

		if (most_regs < c->nregs)
			most_regs = c->nregs;
		for (uint32_t s = 0; s < c->nslots; s++) {
			uint32_t size = p->slotsizes[c->slot_sizes + s];

			e->slot_at[c->slot_sizes + s] = at;
			at += ((size ? size : p->strsize) + 7) & ~7u;
		}
		if (most_slots < at)
			most_slots = at;
	}
	e->regs = calloc(most_regs + 1, sizeof(*e->regs));
	e->slots = calloc(1, most_slots + 1);
	/* Zeroed pages that nobody touches cost nothing. */
	e->scratch = calloc(1, IR_SCRATCH_MAX);
	e->key = calloc(1, EVAL_TUPLE_MAX);
	e->text = calloc(2, p->strsize);
	e->frames = stacks ? calloc(EVAL_STACK_MAX, sizeof(*e->frames)) : NULL;
	e->rec.max = e->o.records_max & ~(uint64_t)7;
	e->rec.buf = calloc(1, e->rec.max);
	return e->regs && e->slots && e->scratch && e->key && e->text && e->rec.buf && (e->frames || !stacks);
}

struct eval *eval_new(const struct ir_program *p, const struct eval_options *o, const struct eval_env *env, struct agg_store *aggs)
{
	struct eval *e = calloc(1, sizeof(*e));

	if (!e)
		return NULL;
	e->p = p;
	e->o = *o;
	e->env = *env;
	e->aggs = aggs;
	if (e->o.dynvarsize == 0)
		e->o.dynvarsize = 1 << 20;
	if (e->o.specsize == 0)
		e->o.specsize = 32 << 10;
	if (e->o.nspec == 0)
		e->o.nspec = 1;
	if (e->o.stackframes == 0)
		e->o.stackframes = 20;
	if (e->o.ustackframes == 0)
		e->o.ustackframes = 100;
	if (e->o.jstackframes == 0)
		e->o.jstackframes = 50;
	if (e->o.records_max == 0 || e->o.records_max > REC_SIZE_MAX)
		e->o.records_max = REC_SIZE_MAX;
	if (e->o.records_max < sizeof(struct rec_header) + sizeof(struct rec_fault))
		e->o.records_max = sizeof(struct rec_header) + sizeof(struct rec_fault);
	e->random = e->o.seed * 2862933555777941757u + 3037000493u;
	if (!memory_init(e) || !eval_vars_init(e) || !eval_spec_init(e)) {
		eval_free(e);
		return NULL;
	}
	return e;
}

void eval_free(struct eval *e)
{
	if (!e)
		return;
	eval_vars_free(e);
	eval_spec_free(e);
	free(e->slot_at);
	free(e->regs);
	free(e->slots);
	free(e->scratch);
	free(e->key);
	free(e->text);
	free(e->frames);
	free(e->rec.buf);
	free(e->error);
	free(e);
}

int eval_set_error(struct eval *e, uint32_t probe_id, const struct eval_enabling *clauses, uint32_t n)
{
	struct eval_enabling *copy = calloc((size_t)n + 1, sizeof(*copy));

	if (!copy)
		return -1;
	if (n)
		memcpy(copy, clauses, n * sizeof(*copy));
	free(e->error);
	e->error = copy;
	e->nerror = n;
	e->error_probe = probe_id;
	return 0;
}

bool eval_exited(const struct eval *e, int *status)
{
	if (status)
		*status = e->status;
	return e->exited;
}

uint64_t eval_drops(struct eval *e, enum eval_drop kind)
{
	uint64_t n = e->drops[kind];

	e->drops[kind] = 0;
	return n;
}

static int64_t arithmetic(enum ir_op op, int64_t a, int64_t b)
{
	uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

	switch (op) {
	case IR_ADD:
		return (int64_t)(ua + ub);
	case IR_SUB:
		return (int64_t)(ua - ub);
	case IR_MUL:
		return (int64_t)(ua * ub);
	case IR_SDIV: /* INT64_MIN / -1 wraps */
		return b == -1 ? (int64_t)-ua : a / b;
	case IR_UDIV:
		return (int64_t)(ua / ub);
	case IR_SMOD:
		return b == -1 ? 0 : a % b;
	case IR_UMOD:
		return (int64_t)(ua % ub);
	case IR_AND:
		return a & b;
	case IR_OR:
		return a | b;
	case IR_XOR:
		return a ^ b;
	case IR_SHL:
		return (int64_t)(ua << (ub & 63));
	case IR_LSHR:
		return (int64_t)(ua >> (ub & 63));
	case IR_ASHR:
		return a >> (ub & 63);
	case IR_EQ:
		return a == b;
	case IR_NE:
		return a != b;
	case IR_SLT:
		return a < b;
	case IR_SLE:
		return a <= b;
	case IR_ULT:
		return ua < ub;
	case IR_ULE:
		return ua <= ub;
	default:
		return 0;
	}
}

static enum ir_fault builtin_int(struct eval *e, const struct ir_ins *i)
{
	const struct eval_probe *p = e->probe;
	int64_t *d = &e->regs[i->d], index = i->b == IR_NONE ? 0 : e->regs[i->b];
	enum ir_builtin which = (enum ir_builtin)i->imm;

	switch (which) {
	case IR_VAR_ARG0: case IR_VAR_ARG1: case IR_VAR_ARG2: case IR_VAR_ARG3: case IR_VAR_ARG4:
	case IR_VAR_ARG5: case IR_VAR_ARG6: case IR_VAR_ARG7: case IR_VAR_ARG8: case IR_VAR_ARG9:
		*d = (int64_t)p->args[which - IR_VAR_ARG0];
		return IR_FAULT_NONE;
	case IR_VAR_ARGS:
		*d = index >= 0 && index < 10 ? (int64_t)p->args[index] : 0;
		return IR_FAULT_NONE;
	case IR_VAR_CPU:
		*d = p->cpu;
		return IR_FAULT_NONE;
	case IR_VAR_EPID:
		*d = e->epid;
		return IR_FAULT_NONE;
	case IR_VAR_ID:
		*d = p->id;
		return IR_FAULT_NONE;
	case IR_VAR_TIMESTAMP:
		*d = (int64_t)p->time_ns;
		return IR_FAULT_NONE;
	case IR_VAR_WALLTIMESTAMP:
		*d = (int64_t)p->walltime_ns;
		return IR_FAULT_NONE;
	default:
		e->fault_address = 0;
		*d = 0;
		return e->env.builtin_int ? e->env.builtin_int(e->env.cookie, which, index, d) : IR_FAULT_KPRIV;
	}
}

static enum ir_fault builtin_str(struct eval *e, const struct ir_ins *i)
{
	const struct eval_probe *p = e->probe;
	char *d = eval_string(e, i->d);
	size_t size = e->p->strsize;
	const char *s;
	enum ir_fault f;

	switch (i->imm) {
	case IR_VAR_PROBEPROV:
		s = p->provider;
		break;
	case IR_VAR_PROBEMOD:
		s = p->module;
		break;
	case IR_VAR_PROBEFUNC:
		s = p->function;
		break;
	case IR_VAR_PROBENAME:
		s = p->name;
		break;
	default:
		e->fault_address = 0;
		*d = '\0';
		f = e->env.builtin_str ? e->env.builtin_str(e->env.cookie, (enum ir_builtin)i->imm, d, size) : IR_FAULT_KPRIV;
		d[size - 1] = '\0';
		return f;
	}
	strncpy(d, s, size - 1);
	d[size - 1] = '\0';
	return IR_FAULT_NONE;
}

static uint32_t slot_size(const struct eval *e, uint16_t s)
{
	return e->p->slotsizes[e->c->slot_sizes + s];
}

/* Where the part of a slot begins that an offset and a register name; NULL: out of it. */
static unsigned char *part(struct eval *e, uint16_t slot, int64_t imm, uint16_t r, uint32_t n)
{
	uint64_t at = (uint64_t)imm + (r == IR_NONE ? 0 : (uint64_t)e->regs[r]), size = slot_size(e, slot);

	if (n > size || at > size - n) {
		e->fault_address = at;
		return NULL;
	}
	return (unsigned char *)eval_string(e, slot) + at;
}

/* Bytes up to a NUL or n, as a string of at most the size of slots; from and d may be the same. */
static void put_text(struct eval *e, char *d, const void *from, size_t n)
{
	size_t len = strnlen(from, n);

	if (len > e->p->strsize - 1)
		len = e->p->strsize - 1;
	memmove(d, from, len);
	d[len] = '\0';
}

static enum ir_fault move(struct eval *e, const struct ir_ins *i)
{
	const unsigned char *from;
	char *d = eval_string(e, i->d);

	if (slot_size(e, i->a) == 0) {
		put_text(e, d, eval_string(e, i->a), e->p->strsize);
		return IR_FAULT_NONE;
	}
	from = part(e, i->a, i->imm, i->b, i->imm2);
	if (!from)
		return IR_FAULT_BADADDR;
	if (slot_size(e, i->d) == 0) {
		put_text(e, d, from, i->imm2);
	} else {
		memmove(d, from, i->imm2);
		memset(d + i->imm2, 0, slot_size(e, i->d) - i->imm2);
	}
	return IR_FAULT_NONE;
}

static enum ir_fault put_part(struct eval *e, const struct ir_ins *i)
{
	unsigned char *to = part(e, i->d, i->imm, i->b, i->imm2);
	const char *from = eval_string(e, i->a);

	if (!to)
		return IR_FAULT_BADADDR;
	if (slot_size(e, i->a) == 0) {
		size_t len = strnlen(from, i->imm2);

		memcpy(to, from, len);
		memset(to + len, 0, i->imm2 - len);
	} else {
		memmove(to, from, i->imm2);
	}
	return IR_FAULT_NONE;
}

static enum ir_fault load_bytes(struct eval *e, const struct ir_ins *i)
{
	char *d = eval_string(e, i->d);
	uint64_t address = (uint64_t)e->regs[i->a], left;
	const unsigned char *p;

	if (slot_size(e, i->d)) {
		p = eval_scratch(e, address, (uint64_t)i->imm);
		if (!p)
			return IR_FAULT_BADADDR;
		memcpy(d, p, (size_t)i->imm);
		memset(d + i->imm, 0, slot_size(e, i->d) - (size_t)i->imm);
		return IR_FAULT_NONE;
	}
	/* A string ends where scratch memory does; without a NUL until there it is no string. */
	p = eval_scratch(e, address, 1);
	if (!p)
		return IR_FAULT_BADADDR;
	left = e->scratch_used - (address - IR_SCRATCH_BASE);
	put_text(e, d, p, i->imm && (uint64_t)i->imm < left ? (size_t)i->imm : (size_t)left);
	return IR_FAULT_NONE;
}

static enum ir_fault host(struct eval *e, const struct ir_ins *i)
{
	if (!e->o.destructive || !e->env.host)
		return IR_FAULT_UPRIV;
	return e->env.host(e->env.cookie, (enum ir_action_kind)i->imm, i->a == IR_NONE ? 0 : e->regs[i->a]);
}

static enum ir_fault aggregate(struct eval *e, const struct ir_ins *i)
{
	const struct ir_aggregation *a = &e->p->aggs[i->imm];
	struct rec_writer key = {.buf = (unsigned char *)e->key, .max = EVAL_TUPLE_MAX};

	for (uint32_t n = 0; n < i->nargs; n++) {
		enum ir_fault f = eval_put_arg(e, &key, &e->p->args[i->args + n], &e->p->keytypes[a->keys + n]);

		if (f != IR_FAULT_NONE)
			return f;
	}
	if (key.full)
		return IR_FAULT_TUPOFLOW;
	if (!e->aggs || !agg_update(e->aggs, (uint32_t)i->imm, key.buf, (uint32_t)key.len, i->a == IR_NONE ? 1 : e->regs[i->a],
				    i->b == IR_NONE ? 1 : e->regs[i->b]))
		e->drops[EVAL_DROP_AGGREGATION]++;
	return IR_FAULT_NONE;
}

static enum ir_fault record(struct eval *e, const struct ir_ins *i)
{
	uint32_t index = e->c->actions + (uint32_t)i->imm;
	const struct ir_action *a = &e->p->actions[index];
	size_t at = rec_put_item(&e->rec, index);

	for (uint32_t n = 0; n < i->nargs; n++) {
		enum ir_fault f = eval_put_arg(e, &e->rec, &e->p->args[i->args + n], &e->p->keytypes[a->types + n]);

		if (f != IR_FAULT_NONE)
			return f;
	}
	rec_item_done(&e->rec, at);
	if (e->nitems == UINT16_MAX)
		e->rec.full = true;
	else
		e->nitems++;
	return IR_FAULT_NONE;
}

/* What one instruction does, jumps and the end apart. */
static enum ir_fault step(struct eval *e, const struct ir_ins *i)
{
	int64_t *r = e->regs;
	unsigned char *p;

	switch (i->op) {
	case IR_CONST:
		r[i->d] = i->imm;
		return IR_FAULT_NONE;
	case IR_MOV:
		r[i->d] = r[i->a];
		return IR_FAULT_NONE;
	case IR_STR:
		put_text(e, eval_string(e, i->d), e->p->strings[i->imm].p, e->p->strings[i->imm].len);
		return IR_FAULT_NONE;
	case IR_EXT:
		r[i->d] = eval_fetch(&r[i->a], i->width, i->is_signed);
		return IR_FAULT_NONE;
	case IR_SDIV: case IR_UDIV: case IR_SMOD: case IR_UMOD:
		if (r[i->b] == 0)
			return IR_FAULT_DIVZERO;
		r[i->d] = arithmetic(i->op, r[i->a], r[i->b]);
		return IR_FAULT_NONE;
	case IR_NEG:
		r[i->d] = (int64_t)-(uint64_t)r[i->a];
		return IR_FAULT_NONE;
	case IR_NOT:
		r[i->d] = ~r[i->a];
		return IR_FAULT_NONE;
	case IR_STRCMP: {
		int c = strcmp(eval_string(e, i->a), eval_string(e, i->b));

		r[i->d] = c < 0 ? -1 : c > 0;
		return IR_FAULT_NONE;
	}
	case IR_BUILTIN:
		return builtin_int(e, i);
	case IR_BUILTIN_STR:
		return builtin_str(e, i);
	case IR_LDVAR:
	case IR_LDVARS:
		return eval_ldvar(e, i);
	case IR_STVAR:
	case IR_STVARS:
		return eval_stvar(e, i);
	case IR_LOAD:
		return eval_load(e, (uint64_t)r[i->a], i->width, i->is_signed, &r[i->d]);
	case IR_STORE:
		return eval_store(e, (uint64_t)r[i->a], i->width, r[i->b]);
	case IR_LOADS:
		p = part(e, i->a, i->imm, i->b, i->width);
		if (!p)
			return IR_FAULT_BADADDR;
		r[i->d] = eval_fetch(p, i->width, i->is_signed);
		return IR_FAULT_NONE;
	case IR_STORES:
		p = part(e, i->d, i->imm, i->a, i->width);
		if (!p)
			return IR_FAULT_BADADDR;
		eval_put(p, i->width, r[i->b]);
		return IR_FAULT_NONE;
	case IR_MOVS:
		return move(e, i);
	case IR_PUTS:
		return put_part(e, i);
	case IR_LOADB:
		return load_bytes(e, i);
	case IR_STOREB:
		p = eval_scratch(e, (uint64_t)r[i->b], (uint64_t)i->imm);
		if (!p)
			return IR_FAULT_BADADDR;
		if (slot_size(e, i->a))
			memcpy(p, eval_string(e, i->a), (size_t)i->imm);
		else
			strncpy((char *)p, eval_string(e, i->a), (size_t)i->imm);
		return IR_FAULT_NONE;
	case IR_CALL:
		return eval_call(e, i);
	case IR_HOST:
		return host(e, i);
	case IR_AGG:
		return aggregate(e, i);
	case IR_RECORD:
		return record(e, i);
	case IR_SPEC_NEW:
		r[i->d] = eval_spec_new(e);
		return IR_FAULT_NONE;
	case IR_COMMIT:
		return eval_commit(e, r[i->a]);
	case IR_DISCARD:
		return eval_discard(e, r[i->a]);
	case IR_EXIT:
		e->exited = true;
		e->status = (int)r[i->a];
		return IR_FAULT_NONE;
	default:
		r[i->d] = arithmetic(i->op, r[i->a], r[i->b]);
		return IR_FAULT_NONE;
	}
}

/* Runs the blocks of e->c. At a fault *at is the instruction. *records: whether the clause leaves a record. */
static enum ir_fault run(struct eval *e, uint32_t *at, bool *records)
{
	uint32_t block = 0;

	*records = true;
	for (;;) {
		const struct ir_block *b = &e->p->blocks[e->c->blocks + block];

		for (uint32_t n = 0; n < b->count; n++) {
			const struct ir_ins *i = &e->p->ins[b->first + n];
			enum ir_fault f = IR_FAULT_NONE;

			*at = b->first + n;
			if (i->op == IR_RET)
				return IR_FAULT_NONE;
			if (i->op == IR_JMP) {
				block = (uint32_t)i->imm;
			} else if (i->op == IR_BR) {
				block = e->regs[i->a] ? (uint32_t)i->imm : i->imm2;
			} else if (i->op == IR_SPECULATE) {
				f = eval_speculate(e, e->regs[i->a], records);
				if (!*records && f == IR_FAULT_NONE)
					return f;
			} else {
				f = step(e, i);
			}
			if (f != IR_FAULT_NONE)
				return f;
		}
	}
}

static void finish_record(struct eval *e, enum rec_kind kind, uint16_t nitems)
{
	struct rec_header head = {
		.size = (uint32_t)e->rec.len, .kind = (uint16_t)kind, .nitems = nitems, .clause = e->clause, .probe = e->probe->id,
		.cpu = e->probe->cpu, .epid = e->epid, .time_ns = e->probe->time_ns,
	};

	if (e->rec.full) {
		e->drops[e->spec ? EVAL_DROP_SPEC : EVAL_DROP_PRINCIPAL]++;
		return;
	}
	memcpy(e->rec.buf, &head, sizeof(head));
	eval_record_out(e, e->rec.buf, e->rec.len);
}

static void begin_clause(struct eval *e, uint32_t clause, uint32_t epid)
{
	const struct ir_clause *c = &e->p->clauses[clause];

	e->c = c;
	e->clause = clause;
	e->epid = epid;
	e->scratch_used = 0;
	e->spec = 0;
	e->nitems = 0;
	e->fault_address = 0;
	e->rec.len = sizeof(struct rec_header);
	e->rec.full = false;
	memset(e->regs, 0, c->nregs * sizeof(*e->regs));
	for (uint32_t s = 0; s < c->nslots; s++) {
		uint32_t size = e->p->slotsizes[c->slot_sizes + s];

		memset(e->slots + e->slot_at[c->slot_sizes + s], 0, size ? size : 1);
	}
}

/* false after a fault, with what is known of it. */
static bool run_clause(struct eval *e, uint32_t clause, uint32_t epid, struct rec_fault *fault)
{
	uint32_t at = 0, first;
	bool records;
	enum ir_fault f;

	begin_clause(e, clause, epid);
	f = run(e, &at, &records);
	if (f == IR_FAULT_NONE) {
		/* A predicate that does not hold leads past everything: the default action must know. IR_RET of it is the
		 * only instruction of statement 0 that ends a clause with a predicate, so lower marks the others. */
		if (records && (e->nitems || (e->c->is_default && e->p->ins[at].stmt != 0)))
			finish_record(e, REC_DATA, e->nitems);
		return true;
	}
	first = at;
	while (first > 0 && first > e->p->blocks[e->c->blocks].first && e->p->ins[first - 1].stmt == e->p->ins[at].stmt)
		first--;
	*fault = (struct rec_fault){
		.fault = f, .action = e->p->ins[at].stmt, .offset = (uint64_t)(at - first) * 4,
		.address = f == IR_FAULT_BADADDR || f == IR_FAULT_BADALIGN || f == IR_FAULT_KPRIV || f == IR_FAULT_UPRIV ||
					   f == IR_FAULT_BADSTACK
				   ? e->fault_address
				   : 0,
	};
	return false;
}

static void begin_firing(struct eval *e, const struct eval_probe *probe, struct eval_level *level)
{
	e->probe = probe;
	e->now = level;
	e->have_tid = false;
	level->strtok_on = false;
	if (level->this_dirty)
		memset(level->this_vars, 0, e->this_size);
	level->this_dirty = false;
}

/* The record of a fault, then the ERROR clauses. */
static void fire_error(struct eval *e, const struct rec_fault *fault)
{
	const struct eval_probe *probe = e->probe;
	struct eval_level *level = e->now;
	bool have_tid = e->have_tid;
	struct eval_probe error = {
		.id = e->error_probe, .cpu = probe->cpu, .provider = "dtrace", .module = "", .function = "", .name = "ERROR",
		.args = {0, e->epid, fault->action, fault->offset, fault->fault, fault->address},
		.time_ns = probe->time_ns, .walltime_ns = probe->walltime_ns, .after_exit = true,
	};

	e->rec.len = sizeof(struct rec_header) + sizeof(*fault);
	e->rec.full = false;
	e->spec = 0;
	memcpy(e->rec.buf + sizeof(struct rec_header), fault, sizeof(*fault));
	finish_record(e, REC_FAULT, 0);
	begin_firing(e, &error, &e->level[1]);
	for (uint32_t i = 0; i < e->nerror; i++) {
		struct rec_fault second;

		if (!run_clause(e, e->error[i].clause, e->error[i].epid, &second))
			e->drops[EVAL_DROP_DBLERROR]++;
	}
	e->probe = probe;
	e->now = level;
	e->have_tid = have_tid;
}

void eval_fire(struct eval *e, const struct eval_probe *probe, const struct eval_enabling *clauses, uint32_t n)
{
	begin_firing(e, probe, &e->level[0]);
	for (uint32_t i = 0; i < n; i++) {
		struct rec_fault fault;

		if (e->exited && !probe->after_exit)
			return;
		if (!run_clause(e, clauses[i].clause, clauses[i].epid, &fault))
			fire_error(e, &fault);
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The inside of the evaluator, shared by eval*.c: what stands between instructions.
 */
#pragma once

#include "eval.h"

#include "bpf/run/record.h"

#define EVAL_TUPLE_MAX	(1u << 20) /* bytes of a key */
#define EVAL_VARS_MAX	(256u << 20) /* bytes of all global, and of all this-> variables */
#define EVAL_STACK_MAX	65536

struct eval_dynvar {
	struct eval_dynvar *next;
	uint64_t hash;
	uint32_t var, keylen, size;
	unsigned char bytes[]; /* the key, then the value */
};

struct eval_spec {
	bool active;
	unsigned char *buf;
	size_t len, room;
};

/* What differs between a clause of a probe and one of ERROR that it leads to. */
struct eval_level {
	unsigned char *this_vars;
	bool this_dirty;
	char *strtok; /* strsize bytes: what strtok() has not taken yet */
	bool strtok_on;
};

struct eval {
	const struct ir_program *p;
	struct eval_options o;
	struct eval_env env;
	struct agg_store *aggs;

	/* Memory of a clause, large enough for each. */
	int64_t *regs;
	unsigned char *slots;
	uint32_t *slot_at; /* for each of p->slotsizes: offset in slots */
	unsigned char *scratch;
	size_t scratch_used, scratch_dirty;
	char *text; /* 2 * strsize bytes: results of string functions */
	uint64_t *key, *frames;

	/* Variables: offset of each in globals or this_vars. */
	size_t *var_at;
	size_t this_size;
	unsigned char *globals;
	struct eval_level level[2];
	struct eval_dynvar **dyn; /* a hash table */
	size_t ndyn, dyn_size;
	uint64_t dyn_used;

	struct eval_spec *specs;

	/* The firing under way. */
	const struct eval_probe *probe;
	const struct ir_clause *c;
	struct eval_level *now;
	struct rec_writer rec;
	uint32_t clause, epid;
	uint16_t nitems;
	uint32_t spec; /* the speculation that the clause records into; 0: none */
	uint64_t fault_address;
	int64_t tid;
	bool have_tid;

	uint32_t error_probe, nerror;
	struct eval_enabling *error;
	bool exited;
	int status;
	uint64_t drops[EVAL_DROP_COUNT], random;
};

static inline char *eval_string(struct eval *e, uint16_t slot)
{
	return (char *)e->slots + e->slot_at[e->c->slot_sizes + slot];
}

/* eval_mem.c: addresses. Faults leave the address in e->fault_address. */
/* The memory behind scratch addresses; NULL: BADADDR. */
unsigned char *eval_scratch(struct eval *e, uint64_t address, uint64_t size);
enum ir_fault eval_alloca(struct eval *e, uint64_t size, int64_t *address);
enum ir_fault eval_load(struct eval *e, uint64_t address, unsigned width, bool is_signed, int64_t *value);
enum ir_fault eval_store(struct eval *e, uint64_t address, unsigned width, int64_t value);
enum ir_fault eval_copyin(struct eval *e, uint64_t address, void *buf, uint64_t size);
enum ir_fault eval_copyinstr(struct eval *e, uint64_t address, char *buf, uint64_t size);
enum ir_fault eval_copyout(struct eval *e, uint64_t address, const void *buf, uint64_t size);
int64_t eval_fetch(const void *p, unsigned width, bool is_signed);
void eval_put(void *p, unsigned width, int64_t value);

/* eval_var.c: variables. */
bool eval_vars_init(struct eval *e);
void eval_vars_free(struct eval *e);
enum ir_fault eval_ldvar(struct eval *e, const struct ir_ins *i);
enum ir_fault eval_stvar(struct eval *e, const struct ir_ins *i);
/* Puts a value of an instruction's arguments into a record or key. */
enum ir_fault eval_put_arg(struct eval *e, struct rec_writer *w, const struct ir_arg *a, const struct ir_type *t);

/* eval_func.c: IR_CALL. */
enum ir_fault eval_call(struct eval *e, const struct ir_ins *i);
/* The arguments of a call as eval_call has fetched them: strings by pointer, integers as they are. */
struct eval_args {
	uint32_t n;
	const char *s[4];
	int64_t i[4];
};
/* eval_str.c: functions of strings: a string into e->text, an integer into *result. false: not one of these. */
bool eval_string_call(struct eval *e, enum ir_func f, const struct eval_args *a, int64_t *result, enum ir_fault *fault);
/* eval_json.c: json(text, path) into out (size bytes); "" when there is no such element. */
void eval_json(const char *text, const char *path, char *out, size_t size);

/* eval_spec.c: speculations. */
bool eval_spec_init(struct eval *e);
void eval_spec_free(struct eval *e);
int64_t eval_spec_new(struct eval *e);
/* false: the clause ends here, without a record. */
enum ir_fault eval_speculate(struct eval *e, int64_t id, bool *goes_on);
enum ir_fault eval_commit(struct eval *e, int64_t id);
enum ir_fault eval_discard(struct eval *e, int64_t id);
/* Hands a whole record on: to the speculation, or out. */
void eval_record_out(struct eval *e, const void *bytes, size_t size);

/* SPDX-License-Identifier: GPL-2.0-only
 * The inside of the generator, shared by bpf/gen/ *.c: instructions under way (emit.c), what is known about registers and slots of a
 * clause (flow.c), and where everything lies (layout.c).
 *
 * Machine registers of a leaf: r7 the scratch element; r6, r8, r9 hold registers of the IR (emit.c says which); r0 ... r5 belong to
 * one step. Stack of main: ctx, the element's index, what STACK_ names below, then homes of IR registers.
 */
#pragma once

#include "frame.h"
#include "gen.h"
#include "link.h"

#define CODE_INSNS_MAX 900000 /* the kernel takes a million */

/* A label of a function under way: a place to jump to, known later or already. */
typedef uint32_t label;

struct fixup {
	uint32_t insn;
	label to;
	bool is_call;
};

/* What a string slot holds, if that is known and not in the slot yet. */
enum slot_source { SLOT_OWN, SLOT_BUILTIN, SLOT_TEXT };

/* A range that an IR register is known to be in: as if extended from so many bytes. */
struct known {
	uint8_t bytes; /* 1 ... 8 */
	bool is_signed;
};

struct stub { /* a fault, out of line */
	label at;
	enum ir_fault fault;
	bool has_address; /* in lib_state.address */
	uint32_t ins;	  /* index of the instruction in ir_program.ins */
};

struct code {
	const struct gen *g;
	struct bpf_insn *insns;
	uint32_t *lines;
	uint32_t n, room;
	struct gen_reloc *relocs;
	uint32_t nrelocs, relocs_room;
	struct link_call *calls;
	uint32_t ncalls, calls_room;
	int64_t *labels; /* -1: not yet */
	uint32_t nlabels, labels_room;
	struct fixup *fixups;
	uint32_t nfixups, fixups_room;
	struct stub *stubs;
	uint32_t nstubs, stubs_room;
	bool no_memory, too_far, too_long;
	uint32_t line;
	uint32_t island; /* where the last one was, or the code begins */

	/* The leaf. */
	const struct gen_place *place;
	const struct gen_call *call; /* of the clause under way, */
	uint32_t number;	     /* and its place in the list */
	bool in_error;		     /* an ERROR clause */
	uint32_t error_probe;
	label on_fault;
	bool fault_used;
	bool speculates; /* the clause may */

	/* The clause. */
	const struct ir_clause *c;
	uint32_t clause;
	const struct ir_ins *i; /* the instruction */
	uint32_t at;		/* its index */
	label next;		/* behind the clause */
	struct flow *flow;
	uint32_t block, next_block; /* the one under way, and the one that will follow it */
	uint32_t skip;		    /* instructions that the step has done already */
	int32_t cached[11];	/* IR register in a machine register; -1: none */
	bool dirty[11];		/* newer than its home */
	bool pinned[11];	/* in use by this step */
	uint64_t used[11];	/* when it was touched last */
	uint64_t clock;
	int16_t *in;		/* machine register of an IR register; -1: in its home */
	bool *is_const;		/* of an IR register: a known number, in neither */
	int64_t *value;
	struct known *known;
	uint8_t *source;	/* enum slot_source of a slot */
	uint32_t *source_of;	/* which builtin or string */
	label *block_label;
	/* How far the record is, if that is known here; and on entry of each block, if something jumps there. */
	struct recording {
		bool reached, at_known, items_known;
		uint32_t at; /* from its start, or if that is not known, from frame.record */
		uint32_t items;
	} rec, *block_rec;
};

/* emit.c: instructions. */
void code_free(struct code *k);
label code_label(struct code *k);
void code_here(struct code *k, label l);
void code_put(struct code *k, struct bpf_insn i);
void code_alu(struct code *k, int op, int d, int s);	   /* 64 bits; op BPF_ADD ... BPF_MOV */
void code_alu_imm(struct code *k, int op, int d, int64_t imm); /* imm of any size but for r0, which it may use */
void code_set(struct code *k, int d, int64_t imm);
void code_load(struct code *k, int width, int d, int base, int32_t off);
void code_store(struct code *k, int width, int base, int32_t off, int s);
void code_store_imm(struct code *k, int width, int base, int32_t off, int32_t imm);
void code_jump(struct code *k, label l);
void code_jump_if(struct code *k, int op, int d, int s, label l);
void code_jump_if_imm(struct code *k, int op, int d, int64_t imm, label l); /* imm of any size; may use r0 */
void code_helper(struct code *k, int helper);
void code_library(struct code *k, enum link_func f); /* r1 is set here, r2 ... are the caller's; the result is in r0 */
void code_function(struct code *k, enum link_func f); /* the same for one that takes no element */
void code_call_fault(struct code *k); /* the function on_fault of this leaf */
void code_exit(struct code *k);
void code_map(struct code *k, int d, enum gen_map_kind kind, uint32_t index);		   /* address of the map */
void code_map_value(struct code *k, int d, enum gen_map_kind kind, uint32_t offset); /* of its only element */
/* The scratch element. */
void code_load_at(struct code *k, int width, int d, uint32_t at);
void code_store_at(struct code *k, int width, uint32_t at, int s); /* if at is far, r5 is lost; for s r5, r0 */
void code_store_imm_at(struct code *k, int width, uint32_t at, int32_t imm);
void code_address(struct code *k, int d, uint32_t at);
void code_extend(struct code *k, int d, unsigned width, bool is_signed);
void code_drop(struct code *k, enum kern_drop drop); /* counts one; r0 ... r5 are lost */
void code_text(struct code *k, uint32_t at, const char *s, uint32_t len, uint32_t room); /* s and a NUL, at most room bytes; uses r0 */
void code_zero(struct code *k, uint32_t at, uint32_t n); /* n a multiple of 8 */
enum direction { LOAD, STORE };
/* Copies n bytes (a multiple of 8) from the address in r0 to `at` in the element, or the other way; r0 ... r3 are lost. */
void code_copy(struct code *k, enum direction way, uint32_t at, uint32_t n);
bool code_finish(struct code *k); /* completes jumps */
/* A jump reaches 32767 instructions: in longer code it goes over islands, between two steps. */
bool code_needs_island(const struct code *k);
void code_island(struct code *k);

/* regs.c: IR registers and slots. */
void regs_begin(struct code *k);		 /* of a clause */
void regs_begin_block(struct code *k);
void regs_end_block(struct code *k);	 /* stores what later blocks read; touches r0 at most */
int regs_use(struct code *k, uint16_t r);	 /* the machine register that holds it, until the step ends */
int regs_def(struct code *k, uint16_t r);	 /* a machine register that will hold it */
bool regs_const(const struct code *k, uint16_t r, int64_t *value);
void regs_set_const(struct code *k, uint16_t r, int64_t value);
void regs_know(struct code *k, uint16_t r, unsigned bytes, bool is_signed);
bool regs_fits(const struct code *k, uint16_t r, unsigned bytes, bool is_signed);
void regs_to(struct code *k, int d, uint16_t r); /* into d (r0 ... r5), whatever holds it */
void regs_unpin(struct code *k); /* the step is done with what it used so far */
void regs_step_done(struct code *k);
uint32_t slot_at(struct code *k, uint16_t s);	 /* its offset; what it holds is there after this */
uint32_t slot_place(const struct code *k, uint16_t s);
uint32_t slot_size(const struct code *k, uint16_t s); /* 0: a string */
void slot_written(struct code *k, uint16_t s);	 /* by the step: nothing else is known of it */

/* flow.c: what lives where. */
struct flow {
	uint32_t n;   /* registers, then slots */
	uint32_t words;
	uint64_t *in, *out; /* of each block: what is read later */
	uint64_t *dies;	    /* of each instruction of the block under way, in words */
	uint32_t dies_room;
};
struct flow *flow_new(const struct ir_program *p, const struct ir_clause *c);
void flow_free(struct flow *f);
bool flow_block(struct flow *f, const struct ir_program *p, const struct ir_clause *c, uint32_t block);
static inline bool flow_has(const uint64_t *set, uint32_t i)
{
	return set[i / 64] >> i % 64 & 1;
}
/* Whether i is read by nobody after instruction n (of the block that flow_block was called for). */
static inline bool flow_dead_after(const struct flow *f, uint32_t n, uint32_t i)
{
	return !flow_has(f->dies + (size_t)n * f->words, i);
}

/* layout.c */
struct gen_var {
	enum { VAR_GLOBAL, VAR_THIS, VAR_SELF, VAR_DYN } place;
	uint32_t at, size;	/* offset, bytes rounded up to 8 */
	uint32_t map;		/* VAR_DYN: index of GEN_DYNVAR */
	uint32_t parts, nparts; /* of the key */
	uint32_t key_size;
};
struct gen {
	const struct ir_program *p;
	struct eval_options o;
	struct gen_features f;
	struct gen_map *maps;
	uint32_t nmaps;
	uint32_t kind_at[GEN_MAP_KINDS]; /* the first of a kind; UINT32_MAX: none */
	struct gen_agg *aggs;
	struct gen_key_part *parts;
	uint32_t nparts;
	struct gen_var *vars;
	uint32_t *slot_at; /* as in the evaluator */
	uint32_t *needs, *rec_max;
	bool *retries, *retry_ins; /* of each clause; of each instruction, see gen_can_retry */
	uint32_t *key_names;	   /* of each of keytypes: the built-in that a key is wherever it is used; UINT32_MAX */
	uint32_t str; /* strsize rounded up to 8 */
	/* Offsets in the element. */
	uint32_t homes_at, slots_at, this_at[2], this_size, strtok_at[2], text_at, temp_at, key_at, value_at, ring_at, rec_at, alloc_at,
		alloc_size, size;
	uint32_t rec_room; /* bytes of the record */
	uint32_t nspec; /* 0: none is used */
	uint32_t globals_size, selfs_size;
	bool uses_epids, uses_names, uses_strtok, uses_memory;
	bool uses_exit;
	bool *agg_shared; /* of each aggregation: more than one clause adds to it */
};
#define GEN_DEPTH_MAX 127 /* frames that ustackdepth counts: what the kernel gives by default (kernel.perf_event_max_stack) */
#define STACK_CTX     (-8)
#define STACK_ELEMENT (-16)
#define STACK_POINTER (-24) /* an address that a step keeps over a call */
#define STACK_SELFS   (-32) /* where the self-> variables of this thread are; 0: not looked up yet, or not there */
#define STACK_HOMES   (-40) /* the first, downwards */
#define HOMES_ON_STACK	     24 /* of main: 224 bytes */
#define HOMES_ON_STACK_ERROR 8	/* of on_fault: 96; with the library's LINK_STACK all are 512 when rounded up to 32 */

/* Whether instruction ins of a clause copies from user memory before anything has happened. */
bool gen_can_retry(const struct gen *g, uint32_t clause, uint32_t ins);
uint32_t gen_map_at(const struct gen *g, enum gen_map_kind kind, uint32_t index);
bool gen_complain(char *why, size_t size, uint32_t line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Lists of a program that has none are NULL. */
static inline const struct ir_type *types_from(const struct ir_program *p, uint32_t first)
{
	return p->keytypes ? p->keytypes + first : NULL;
}
static inline const struct ir_arg *args_from(const struct ir_program *p, uint32_t first)
{
	return p->args ? p->args + first : NULL;
}

/* survey.c: fills in what the layout depends on. false with a sentence. */
bool survey(struct gen *g, char *error, size_t size);

/* step.c: one instruction of a clause. */
void step(struct code *k);
/* A jump to this label raises a fault of the instruction. */
label fault_label(struct code *k, enum ir_fault f, bool has_address);

/* key.c: parts of keys; record.c: records; agg.c; var.c; call.c; spec.c */
void key_write(struct code *k, uint32_t at, const struct gen_key_part *parts, uint32_t nparts, const struct ir_arg *args,
	       const struct ir_type *types);
void sym_write(struct code *k, int to, uint16_t reg, const struct ir_type *t);
void stack_write(struct code *k, int to, uint32_t taken, uint32_t index);
uint32_t stack_frames(const struct gen *g, uint32_t index); /* at most */
uint32_t stack_room(const struct gen *g, uint32_t index);   /* bytes of a stack in a record */
uint32_t value_room(const struct gen *g, const struct ir_type *t); /* of any value in a record or key, at most */
void spec_address(struct code *k, int d, int number);	    /* d = address of a struct gen_spec; number is at most nspec, and lost */
void step_agg(struct code *k);
void step_var(struct code *k);
void step_record(struct code *k);
void record_begin(struct code *k);
void record_end(struct code *k);
void record_end_block(struct code *k); /* before it is jumped to others */
void record_fault(struct code *k);	/* sends what frame says of a fault */
void step_builtin(struct code *k);
uint32_t probe_at(const struct code *k);    /* where the id of the probe is, in the element */
void probe_to(struct code *k, int d);	    /* the id of the probe; in ERROR clauses that of ERROR */
void time_to(struct code *k, int d);	    /* the time of the firing, taken when it is first asked for; r0 ... r5 are lost */
void fault_epid(struct code *k);	    /* frame.epid, if it is not known */
void step_memory(struct code *k);
void step_call(struct code *k);
void step_host(struct code *k);
void step_spec(struct code *k);
/* Jumps to differ unless the strings are the same, where one is a built-in and the other a constant, and neither in its slot; false:
 * they are not. Uses r0, r1. */
bool slot_comparable(const struct code *k, uint16_t a, uint16_t b); /* what slot_equals would say */
bool slot_equals(struct code *k, uint16_t a, uint16_t b, label differ);
void slot_fill(struct code *k, uint16_t s, uint32_t to); /* a known source into bytes at an offset */

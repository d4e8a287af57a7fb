/* SPDX-License-Identifier: GPL-2.0-only
 * IR to BPF instructions. Pure: no bpf(2), no file; bpf/run/load.c makes the maps and loads what comes out.
 *
 * A leaf is one program: its main function looks up the scratch element (bpf/kern/state.h) and calls the clauses of a probe in
 * their order, each a BPF function that returns 0, or a fault; after a fault main writes the record and calls the ERROR clauses.
 * Library functions (bpf/kern/lib*.bpf.c: strings, buckets, copying) are compiled by clang at build time and linked in by link.c.
 */
#pragma once

#include "bpf/kern/state.h"
#include "bpf/lang/eval.h"
#include "bpf/lang/ir.h"

#include <linux/bpf.h>
#include <sys/types.h>

/* What the kernel that runs can do; load.c finds out by trying. */
struct gen_features {
	bool task_storage;   /* self-> by task, else by a hash */
	bool atomic_fetch;   /* 5.12: cmpxchg, fetch_add */
	bool loop;	     /* bpf_loop(), 5.17 */
	bool send_signal, write_user;
	bool kernel_stack;   /* stack() may show addresses of the kernel; else it has no frames */
	bool preallocate;    /* hash maps: perf_event programs of kernels before 6.1 take no others */
	uint64_t aggsize;    /* option: bytes of all aggregations; 0: 4 MiB */
	uint32_t cpus;	     /* that can be there: what a value of a per-CPU map takes; 0: 1 */
	const char *zonename; /* kept, not copied */
};

/* A map that leaves use. */
struct gen_map {
	enum gen_map_kind {
		GEN_SCRATCH, GEN_CONFIG, GEN_DROPS, GEN_RING, /* those of the fixed programs */
		GEN_GLOBALS,   /* ARRAY of 1 */
		GEN_SELFS,     /* TASK_STORAGE, or HASH by firing.task */
		GEN_AGG,       /* PERCPU_HASH, or PERCPU_ARRAY of gen_agg.is_single; index: which aggregation */
		GEN_DYNVAR,    /* HASH; index: which variable */
		GEN_SPECS,     /* ARRAY of 1: struct gen_spec of each speculation, from 1 */
		GEN_EPIDS,     /* HASH {u32 probe, clause} -> u32 epid; only if a clause asks for it. User space fills it, but what
				* gen_call.epid says need not be there. max_entries is user space's */
		GEN_PROBES,    /* HASH u32 probe id -> struct gen_names; only if probefunc & co. are used as strings (for GEN_KEY_PROBE
				* it is not needed). User space fills it; max_entries is user space's */
		GEN_ZEROS,     /* ARRAY of 1: zeros, for new elements */
		GEN_RETRY,     /* `retries` of state.h */
		GEN_MAP_KINDS
	} kind;
	uint32_t index;
	uint32_t type;	/* BPF_MAP_TYPE_... */
	uint32_t key_size, value_size, max_entries, flags;
	const void *init; /* value_size bytes for element 0, or NULL */
};

struct gen_spec { uint32_t active, used; };

struct gen_names { char provider[16], module[16], function[64], name[64]; };

/* How the key of an aggregation lies in its map: a __u64 generation, then the parts, each at a multiple of 8, zero padded. User
 * space turns it into the form of record.h with gen_agg_key. */
struct gen_key_part {
	enum {
		GEN_KEY_INT,	  /* 8 bytes */
		GEN_KEY_STRING,	  /* __u32 length, bytes: as in a record, but padded to `size` */
		GEN_KEY_BYTES,	  /* the same */
		GEN_KEY_EXECNAME, /* KERN_EXECNAME bytes, NUL-terminated */
		GEN_KEY_PROBE,	  /* __u64 probe id: provider, module, function or name of it (var: IR_VAR_PROBE...) */
		GEN_KEY_STACK,	  /* as in a record, padded to size */
		GEN_KEY_SYM,
	} kind;
	uint32_t var, offset, size;
};

struct gen_agg {
	const struct gen_key_part *parts;
	uint32_t nparts, key_size, value_size;
	uint32_t chunk; /* buckets of a value; more of them are in keys of their own, whose last 8 bytes count chunks. 0: no buckets */
	bool is_single; /* no keys, one value: of the array's two elements, generation & 1 says which counts now. A count of 0 is none */
};

/* A program made ready: everything but the instructions. */
struct gen;

/* Lays out p (which must be well formed and outlive the result) under o. NULL with a sentence in error: what BPF cannot do, the
 * line of D, and what to do (names an action, function or variable). */
struct gen *gen_new(const struct ir_program *p, const struct eval_options *o, const struct gen_features *f, char *error, size_t size);
void gen_free(struct gen *g);

uint32_t gen_maps(const struct gen *g, const struct gen_map **maps); /* how many, and the list */
uint32_t gen_scratch_size(const struct gen *g); /* bytes of an element, struct firing included */
uint32_t gen_needs(const struct gen *g, uint32_t clause); /* NEED_... of struct firing */
bool gen_retries(const struct gen *g, uint32_t clause); /* copies in from user memory before anything else: can be taken again */
const struct gen_agg *gen_agg(const struct gen *g, uint32_t agg);

/* A clause in a leaf. */
struct gen_call {
	uint32_t clause;
	uint32_t epid; /* if all that fires it here has the same; 0: see GEN_EPIDS. Records of such clauses carry 0, who reads them knows */
	uint8_t probe; /* which of target.probe[] it fires as */
	bool is_open;  /* lx-syscall::open:entry served by openat: arguments move down by one; fires only if arg0 is AT_FDCWD or the path
			* begins with / */
};

/* Where a leaf finds its scratch element: index cpu * slots + slot (state.h). */
struct gen_place {
	enum kern_hook hook; /* HOOK_PROFILE: a perf_event program */
	uint32_t slot, slots;
};

struct gen_leaf {
	struct bpf_insn *insns;
	uint32_t ninsns;
	struct gen_reloc { uint32_t insn, map; } *relocs; /* ld_imm64 of a map (or of its value): index into gen_maps */
	uint32_t nrelocs;
	struct gen_func { uint32_t insn; const char *name; bool is_global; uint32_t nargs; } *funcs; /* for func_info; the first is main */
	uint32_t nfuncs;
	const uint32_t *lines; /* line of D of each instruction; 0: none */
};

/* The leaf of a hook that runs these clauses, and after a fault the clauses of dtrace:::ERROR (error, nerror; their probe and is_open are
 * not used, their probe id is error_probe). For HOOK_SYS_RETRY the calls are those of the leaf of HOOK_SYS_ENTER, of which only the
 * ones run that the first firing has left. Records are sent without waking the reader, but with BPF_RB_FORCE_WAKEUP if the clause may
 * call exit(): who reads looks by himself from time to time.
 * 0, or -1 with a sentence in why. The caller frees with gen_leaf_free. */
int gen_leaf(const struct gen *g, const struct gen_place *place, const struct gen_call *calls, uint32_t n, const struct gen_call *error, uint32_t nerror,
	     uint32_t error_probe, struct gen_leaf *leaf, char *why, size_t size);
void gen_leaf_free(struct gen_leaf *leaf);

/* Turns a key of the map of aggregation `agg` (its generation is passed over) into the form of record.h at buf (room bytes); name gives the
 * names of a probe (var: IR_VAR_PROBE...). Returns its length; 0 is right for no parts, -1 means that the bytes are wrong. And a map's value of one
 * CPU into numbers; all of v is set but v->buckets, which has room for all buckets, is all zero and gets those of the chunk. */
struct agg_value;
ssize_t gen_agg_key(const struct gen *g, uint32_t agg, const void *key, void *buf, size_t room,
		    const char *(*name)(void *cookie, uint32_t probe, uint32_t var), void *cookie);
void gen_agg_value(const struct gen *g, uint32_t agg, const void *key, const void *value, struct agg_value *v);

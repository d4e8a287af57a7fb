/* SPDX-License-Identifier: GPL-2.0-only
 * Runs IR in user space, without any privilege: BEGIN, END, ERROR, tick and profile of dtrace, and the oracle that the BPF
 * back end is tested against. It knows no kernel and opens no file: what a task looks like, the user memory, and where
 * records go are callbacks. One thread; a firing runs to its end before the next.
 */
#pragma once

#include "ir.h"

struct agg_store; /* bpf/run/agg.h */

/* A probe that fires, and what the clause may ask about it. */
struct eval_probe {
	uint32_t id; /* as in dtrace -l */
	uint32_t cpu;
	const char *provider, *module, *function, *name;
	uint64_t args[10];    /* arg0 ... arg9; args[i] */
	uint64_t time_ns;     /* timestamp: CLOCK_MONOTONIC, the same for the whole firing */
	uint64_t walltime_ns; /* walltimestamp: since 1970 */
	bool after_exit;      /* END and ERROR: fires although exit() was called */
};

/* Outside of the program. Callbacks that are NULL fault with IR_FAULT_UPRIV (copyin, copyout, host, progeny, fd_...), IR_FAULT_KPRIV (builtins) or
 * have no result (stack: no frames). */
struct eval_env {
	void *cookie;
	/* A built-in variable that struct eval_probe does not answer (pid, execname, uregs[index] ...). */
	enum ir_fault (*builtin_int)(void *cookie, enum ir_builtin which, int64_t index, int64_t *value);
	enum ir_fault (*builtin_str)(void *cookie, enum ir_builtin which, char *buf, size_t size); /* NUL-terminated */
	/* User memory of the task. copyin may stop short only at a fault; *done then says how far it came (for strings). */
	enum ir_fault (*copyin)(void *cookie, uint64_t address, void *buf, size_t size, size_t *done);
	enum ir_fault (*copyout)(void *cookie, uint64_t address, const void *buf, size_t size);
	/* breakpoint chill panic raise stop. */
	enum ir_fault (*host)(void *cookie, enum ir_action_kind action, int64_t value);
	/* The frames of a stack, at most max; *pid the process. */
	uint32_t (*stack)(void *cookie, const struct ir_stack *stack, uint64_t *frames, uint32_t max, uint64_t *pid);
	/* progenyof(pid) of the current task. */
	bool (*progeny)(void *cookie, int64_t pid);
	/* A member of fds[descriptor] of the current task; "<none>" and 0 if it is not open. */
	void (*fd_text)(void *cookie, int64_t descriptor, enum fd_text which, char *buf, size_t size); /* NUL-terminated */
	int64_t (*fd_number)(void *cookie, int64_t descriptor, enum fd_number which);
	/* Takes a record (record.h); false: there is no room, it is dropped and counted. */
	bool (*record)(void *cookie, const void *bytes, size_t size);
};

struct eval_options {
	uint64_t dynvarsize;   /* bytes of associative arrays and self-> variables; 0: 1 MiB */
	uint64_t specsize;     /* bytes of a speculation; 0: 32 KiB */
	uint32_t nspec;	       /* speculations at once; 0: 1 */
	uint32_t stackframes, ustackframes, jstackframes; /* of stack() without argument; 0: 20, 100, 50 */
	bool destructive;      /* -w: without it destructive functions fault with IR_FAULT_UPRIV */
	uint64_t seed;	       /* of rand() */
	uint64_t records_max;  /* bytes of a firing's record; 0: REC_SIZE_MAX */
};

enum eval_drop { /* what was lost, for -xdroptags DTRACEDROP_... */
	EVAL_DROP_PRINCIPAL, EVAL_DROP_AGGREGATION, EVAL_DROP_DYNAMIC, EVAL_DROP_SPEC, EVAL_DROP_SPECUNAVAIL, EVAL_DROP_DBLERROR,
	EVAL_DROP_COUNT
};

struct eval;

/* Makes an evaluator of a program that ir_check holds well formed; it keeps the pointers p, env (copied) and aggs (which may be
 * NULL: IR_AGG then counts as an aggregation drop). NULL: no memory. */
struct eval *eval_new(const struct ir_program *p, const struct eval_options *o, const struct eval_env *env, struct agg_store *aggs);
void eval_free(struct eval *e);

/* An enabled probe: a clause and the number under which it is enabled. */
struct eval_enabling {
	uint32_t clause, epid;
};

/* The clauses of dtrace:::ERROR, run after each fault with arg1 epid, arg2 statement, arg3 offset, arg4 fault, arg5 address.
 * The list is copied. 0 or -1 without memory. */
int eval_set_error(struct eval *e, uint32_t probe_id, const struct eval_enabling *clauses, uint32_t n);

/* A probe fires: its clauses run in order, sharing this-> variables. A fault ends its clause: it leaves a REC_FAULT record (none in
 * ERROR clauses, where EVAL_DROP_DBLERROR counts it), the ERROR clauses run, then the next clause. After exit() no further
 * clause runs unless probe->after_exit. */
void eval_fire(struct eval *e, const struct eval_probe *probe, const struct eval_enabling *clauses, uint32_t n);

/* Whether exit() was called, and its (last) status. */
bool eval_exited(const struct eval *e, int *status);

/* Drops of a kind since the last call. */
uint64_t eval_drops(struct eval *e, enum eval_drop kind);

/* "invalid address" for IR_FAULT_BADADDR, as dtrace prints it; "BADADDR" for eval_fault_tag. */
const char *eval_fault_name(enum ir_fault fault);
const char *eval_fault_tag(enum ir_fault fault);

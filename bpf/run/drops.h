/* SPDX-License-Identifier: GPL-2.0-only
 * What was lost, said on standard error as dtrace says it.
 */
#pragma once

#include "bpf/lang/eval.h"

#include <stdbool.h>
#include <stdint.h>

/* The evaluator's kinds, then what only the kernel can lose. */
enum drop_kind {
	DROP_NESTED = EVAL_DROP_COUNT, /* a probe fired in the middle of the same one on that CPU */
	DROP_STORAGE, /* no memory for a thread's self-> variables */
	DROP_RETRY,   /* no room for a firing that was to be taken again */
	DROP_LEAF,    /* a target without its program */
	DROP_NUMBER,  /* a system call's number that no probe can have */
	DROP_COUNT
};

#define DROP_CPU_NONE UINT32_MAX

/* A list that grows: kind, CPU (or DROP_CPU_NONE where it has none) and how many. */
struct drops {
	struct drop {
		uint32_t kind, cpu;
		uint64_t n;
	} list[64];
	unsigned n;
};

/* Adds to the entry of that kind and CPU. What does not fit is added to the last entry of its kind. */
void drops_add(struct drops *d, uint32_t kind, uint32_t cpu, uint64_t n);

/* The evaluator's since the last time; its buffers are those of this CPU. */
void drops_of_evaluator(struct drops *d, struct eval *e, uint32_t cpu);

/* "dtrace: 3 drops on CPU 0", with the kind's tag in front under -xdroptags; and forgets them. */
void drops_report(struct drops *d, bool tags);

/* SPDX-License-Identifier: GPL-2.0-only
 * What the library functions of leaves (bpf/kern/lib_*.bpf.c) and who calls them (bpf/gen) agree on. A leaf calls them as BPF
 * functions; bpf/gen/link.c puts those that it needs behind it.
 *
 * All arguments and results are 64-bit integers: the verifier looks at each function once, for any arguments. The first, `element`,
 * is the index of the scratch element (state.h) that the firing uses. Memory of that element is named by its offset in it; a string
 * is the offset of a slot: NUL-terminated, at most strsize - 1 bytes, in strsize bytes rounded up to 8, at a multiple of 8. What lies
 * behind the NUL in a slot means nothing, and functions may write there.
 * Offsets come from the generator and are tested all the same, as the verifier wants it: a wrong one does nothing and gives 0.
 * So the element must be larger than what lies in it, by LIB_SLACK(strsize).
 */
#pragma once

#include <stdint.h>

/* Bytes at the end of an element that nothing lies in. */
#define LIB_SLACK(strsize) (((((strsize) > 256 ? (strsize) : 256) + 7u) & ~7u) + 16u)

/* Bytes of the slot that is the library's own. */
#define LIB_TEXT(strsize) ((strsize) > 64 ? ((strsize) + 7u) & ~7u : 64u)

/* In the element, where struct link_values says. */
struct lib_state {
	uint64_t used;	  /* bytes of scratch memory that alloca() and copyin() gave; the leaf sets 0 when a clause begins */
	uint64_t result;  /* of a function that returns its fault */
	uint64_t address; /* after a fault: what rec_fault.address says; 0 if the fault has none */
	struct lib_walk { uint64_t dentry, mount, top_dentry, top_mount, at; } walk; /* lib_file.bpf.c: a path under way */
	uint64_t user;	  /* after IR_FAULT_BADADDR: 1 if it was memory of the task, which may be there later */
};
/* In the element, one for the probe's clauses and one for those of ERROR: strtok()'s. The leaf sets `on` to 0 when a firing begins. */
struct lib_strtok {
	uint64_t on;
	char rest[]; /* strsize bytes, rounded up to 8 */
};

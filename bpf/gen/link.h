/* SPDX-License-Identifier: GPL-2.0-only
 * Puts the library functions that a leaf calls behind it. The functions are C (bpf/kern/lib_*.bpf.c, compiled by clang at our
 * build); bpf/kern/libpack.c has turned the objects into the tables below, so that nothing is parsed when a program is made.
 *
 * bpf/kern/lib.h says what arguments mean, bpf/kern/lib.def which functions there are. How a leaf calls one:
 *	r1 = index of the scratch element, r2 ... = the other arguments, all 64 bits;
 *	an instruction BPF_JMP | BPF_CALL, src_reg BPF_PSEUDO_CALL, noted as a struct link_call;
 *	r0 = the result, r1 ... r5 are lost.
 * Stack: a library function and those that it calls itself use at most LINK_STACK bytes in LINK_DEPTH frames.
 */
#pragma once

#include "bpf/gen/gen.h"
#include "bpf/kern/lib.h"

#define LINK_STACK 192
#define LINK_DEPTH 6

enum link_func {
#define LIB_FUNC(name, nargs, faults) LINK_##name,
#include "bpf/kern/lib.def"
#undef LIB_FUNC
	LINK_COUNT
};

struct link_shape {
	const char *name;
	uint8_t nargs; /* with the element */
	bool faults;   /* the result is an enum ir_fault, the value is in lib_state.result */
};
extern const struct link_shape link_shapes[LINK_COUNT];

/* A function of D (IR_CALL) that is served by the library. The arguments of the call are: the element; for a string as result, its
 * slot; then those of the IR in their order, slots as offsets, integers as they are; then `absent` for a last one that is not
 * given; then, for strtok, the offset of its struct lib_strtok. strtok(NULL, s) passes 0. */
struct link_d {
	bool served; /* false: htonl and its like, getmajor, rand: one or two instructions (gen); mutex_owned...: IR_FAULT_KPRIV */
	enum link_func func;
	int64_t absent;
};
struct link_d link_d_func(enum ir_func f);

/* A call in the leaf, to be completed. */
struct link_call {
	uint32_t insn;
	enum link_func func;
};

/* What the functions are to know: offsets in the scratch element, sizes in bytes. */
struct link_values {
	uint32_t size;	     /* of the element, LIB_SLACK(strsize) at its end included */
	uint32_t strsize;
	uint32_t state;	     /* struct lib_state */
	uint32_t scratch, scratch_size; /* what IR_SCRATCH_BASE is the address of; multiples of 8 */
	uint32_t text;	     /* LIB_TEXT(strsize) bytes that are the library's own; a multiple of 8 */
	uint32_t map;	     /* index in gen_maps of GEN_SCRATCH */
};

/* Appends the functions that `calls` need, and those that these need, once each, and completes the calls. 0, or -1 without memory
 * (leaf is then as it was). */
int link_library(struct gen_leaf *leaf, const struct link_call *calls, uint32_t n, const struct link_values *v);

/* The tables that libpack makes. A part is a function; parts below LINK_COUNT are those of enum link_func. */
struct link_part {
	uint16_t first, count; /* instructions, in link_insns */
	uint16_t refs, nrefs;  /* in link_refs */
};
enum link_ref_kind {
	LINK_REF_CALL, LINK_REF_SCRATCH, LINK_REF_LIMIT, LINK_REF_STRSIZE, LINK_REF_STATE, LINK_REF_ALLOC, LINK_REF_ALLOC_SIZE, LINK_REF_TEXT
};
struct link_ref {
	uint16_t insn; /* in its part */
	uint8_t kind;  /* enum link_ref_kind */
	uint8_t part;  /* LINK_REF_CALL */
};
_Static_assert(LINK_COUNT <= UINT8_MAX, "a part is named in 8 bits");
extern const struct bpf_insn link_insns[];
extern const struct link_part link_parts[LINK_COUNT];
extern const struct link_ref link_refs[];

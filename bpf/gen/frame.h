/* SPDX-License-Identifier: GPL-2.0-only
 * What follows struct firing in a scratch element: the part that generated code and library functions (bpf/kern/lib*.bpf.c) share.
 * The rest of an element (spilled registers, slots, keys, the record, memory of alloca) is laid out by the generator for a program;
 * library functions get offsets into the element as arguments. Compiled for BPF and for the host, as bpf/kern/state.h is.
 *
 * A library function takes integers only: offsets into the element, lengths, values. A string argument is the offset of bytes that
 * end with a NUL within strsize bytes; it may lie in struct firing (execname). A result string has an offset of its own, which is
 * never that of an argument, and room for strsize bytes. The constants that differ from program to program (struct lib_constants)
 * are patched in when a leaf is linked.
 * A function that can fail returns enum ir_fault (0: none) and leaves its number in frame.result, the address in frame.fault_address;
 * one that cannot fail returns its number.
 */
#pragma once

#include "bpf/kern/state.h"

struct frame {
	__u64 fault_address; /* of BADADDR and its like */
	__u64 result;	     /* a number besides the fault */
	__u64 scratch_used;  /* bytes of alloca() and copyin() in this clause */
	__u64 record;	     /* where the next value of the record goes: bytes from the record's start */
	__u32 items, spec;   /* of the record */
	__u32 strtok_on[2];  /* strtok(NULL, ...) goes on: in a clause; in one of ERROR */
	__u64 args[2][10];   /* arguments that differ from the firing's: of open() served by openat(); of ERROR */
	__u64 fault[2];	     /* enum ir_fault, and statement << 32 | offset, of the clause that failed; 0: none */
};

#define FRAME_AT sizeof(struct firing) /* a multiple of 8 */

/* What a leaf's library functions are linked with. */
struct lib_constants {
	__u32 hook;	    /* enum kern_hook: the element is number cpu * HOOK_COUNT + hook */
	__u32 element_size; /* value_size of the map scratch */
	__u32 strsize;
	__u32 alloca_at, alloca_size; /* memory of alloca(): its offset in the element */
	__u32 destructive;
};

/* The alloca'd memory is named by addresses from IR_SCRATCH_BASE (bpf/lang/ir.h) up: address - IR_SCRATCH_BASE is the distance from
 * alloca_at, below frame.scratch_used. */

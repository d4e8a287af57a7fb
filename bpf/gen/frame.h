/* SPDX-License-Identifier: GPL-2.0-only
 * What follows struct firing in a scratch element: the state of a leaf between its instructions. The rest of an element (spilled
 * registers, slots, variables of this->, keys, the record, memory of alloca) is laid out by the generator for each program.
 */
#pragma once

#include "bpf/kern/lib.h"
#include "bpf/kern/state.h"

struct frame {
	struct lib_state lib; /* shared with the library functions */
	uint64_t record;      /* where the record goes on: bytes from its start */
	uint64_t item;	      /* where its last item begins */
	uint32_t items, spec; /* how many items; the speculation that it goes to */
	/* Of the clause that failed. */
	uint32_t fault, stmt; /* enum ir_fault; rec_fault.action */
	uint64_t offset;      /* rec_fault.offset */
	uint32_t clause, probe, epid, pad;
	uint64_t args[2][10]; /* arguments that are not the firing's: of open() served by openat(); of ERROR */
	uint64_t word[2];     /* for the instructions of one step */
};

#define FRAME_AT ((uint32_t)sizeof(struct firing))
#define IN_FRAME(member) (FRAME_AT + (uint32_t)offsetof(struct frame, member))
#define IN_FIRING(member) ((uint32_t)offsetof(struct firing, member))

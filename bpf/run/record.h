/* SPDX-License-Identifier: GPL-2.0-only
 * The bytes that a back end writes when a clause records something, and how they are read. The evaluator writes them in
 * user space, the BPF program into a ring buffer: the reader knows neither and trusts neither, every length is checked.
 *
 * A firing of a clause is one record, written whole or dropped whole: the header, then an item for each data-recording
 * action that ran, in their order, with the action's values in the order of its types (ir.h). A record without items is the
 * default action (or speculate() alone): the line with CPU, ID and name. A clause that records nothing makes no record.
 * Machine's byte order; header, items and values begin at multiples of 8 from the record's start, padding is zero:
 *
 *	IR_INT		8 bytes, extended from the type's width
 *	IR_STRING	uint32 length, the bytes without NUL, at most strsize - 1; padding
 *	IR_BYTES	uint32 length, always the type's size; the bytes; padding
 *	IR_STACK	uint32 index of ir_program.stacks, uint32 frames, uint64 pid, the frames' addresses (uint64 each)
 *	IR_SYM		uint64 pid, uint64 address
 *
 * The key of an aggregation and of an associative array is its values in the same form, one after the other.
 */
#pragma once

#include "bpf/lang/ir.h"

enum rec_kind {
	REC_DATA = 1,
	REC_FAULT,     /* struct rec_fault follows the header */
};

struct rec_header {
	uint32_t size;	 /* bytes of the record with this header, a multiple of 8 */
	uint16_t kind;	 /* enum rec_kind */
	uint16_t nitems;
	uint32_t clause; /* index into ir_program.clauses */
	uint32_t probe;	 /* id of the probe that fired, as dtrace -l shows it */
	uint32_t cpu;
	uint32_t epid;	 /* enabled probe: which (clause, probe) pair, from 1 */
	uint64_t time_ns; /* CLOCK_MONOTONIC: what -xtemporal sorts by */
};

struct rec_item {
	uint32_t action; /* index into ir_program.actions */
	uint32_t size;	 /* bytes of the values that follow, a multiple of 8 */
};

/* A run-time error; dtrace prints it on standard error:
 * dtrace: error on enabled probe ID EPID (ID PROBE: prov:mod:func:name): FAULT (0xADDRESS) in action #ACTION at DIF offset OFFSET */
struct rec_fault {
	uint32_t fault;	 /* enum ir_fault */
	uint32_t action; /* number of the statement, from 1; 0 is the predicate */
	uint64_t offset; /* bytes of instructions (4 each) before the one that failed, in the clause; ~0: unknown */
	uint64_t address; /* for IR_FAULT_BADADDR and IR_FAULT_BADALIGN, else 0 */
};

#define REC_SIZE_MAX (1u << 20) /* more is no record */

/* Actions and their values:
 *	trace		one of any kind; IR_BYTES for a struct or array
 *	print		the address (IR_INT of 8 bytes; 0 if it has none), then the value: its type has a ctype
 *	tracemem	IR_BYTES of the constant size; then the third argument, if any, as IR_INT: how much of it counts
 *	printf system freopen	the arguments of the format
 *	printa		none; aggs; the format counts if arg is 1
 *	stack ustack jstack	one IR_STACK
 *	sym func mod usym ufunc umod uaddr	one IR_SYM
 *	exit		the status, IR_INT of 4 bytes
 *	setopt		one or two IR_STRING
 *	clear denormalize	none; one of aggs
 *	trunc		one of aggs; how many to keep (IR_INT), if given
 *	normalize	one of aggs; the factor (IR_INT)
 *	ftruncate	none
 *	pcap		IR_BYTES, then the protocol */

/* A value as read. p points into the record. */
struct rec_value {
	struct ir_type type;
	int64_t i;		/* IR_INT; IR_SYM: the address */
	const unsigned char *p; /* IR_STRING (not NUL-terminated), IR_BYTES */
	uint32_t len;		/* of p */
	uint64_t pid;		/* IR_STACK, IR_SYM */
	uint32_t stack;		/* IR_STACK: index of ir_program.stacks */
	const uint64_t *frames; /* IR_STACK */
	uint32_t nframes;
};

/* A list of values under way: the values of an item, or a key. */
struct rec_values {
	const unsigned char *p, *end;
	const struct ir_type *types;
	uint32_t n; /* types left */
};

/* A record under way. */
struct rec {
	struct rec_header head;
	struct rec_fault fault; /* REC_FAULT */
	const unsigned char *p, *end;
	uint32_t items; /* left */
};

/* Begins to read the record at buf (aligned to 8) of which len bytes are there. Returns its size, or 0 when the bytes are
 * not a whole record of this program. */
size_t rec_read(struct rec *r, const struct ir_program *p, const void *buf, size_t len);

/* The next item: its action, and its values ready for rec_value. 1, 0 at the end, -1 when the bytes are wrong. */
int rec_next(struct rec *r, const struct ir_program *p, const struct ir_action **action, struct rec_values *values);

/* Begins to read a key or any list of values. */
void rec_values(struct rec_values *v, const void *buf, size_t len, const struct ir_type *types, uint32_t n);

/* The next value: 1, 0 at the end, -1 when the bytes are wrong. */
int rec_value(struct rec_values *v, struct rec_value *value);

/* What a back end in C builds records and keys with. Nothing is written past max; full says that something did not fit. */
struct rec_writer {
	unsigned char *buf; /* aligned to 8 */
	size_t len, max;
	bool full;
};

void rec_put_int(struct rec_writer *w, int64_t value);
void rec_put_bytes(struct rec_writer *w, const void *p, size_t len); /* IR_STRING (its length without NUL) and IR_BYTES */
void rec_put_stack(struct rec_writer *w, uint32_t stack, uint64_t pid, const uint64_t *frames, uint32_t n);
void rec_put_sym(struct rec_writer *w, uint64_t pid, uint64_t address);
/* An item's head; rec_item_done with its return value fills in the size once the values are there. */
size_t rec_put_item(struct rec_writer *w, uint32_t action);
void rec_item_done(struct rec_writer *w, size_t at);

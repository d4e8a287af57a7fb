/* SPDX-License-Identifier: GPL-2.0-only
 * Puts a program together piece by piece: what lower*.c and ir_read.c share. The lists grow as they must; nothing is checked
 * but memory (ir_check does the rest).
 */
#pragma once

#include "ir.h"

struct ir_build {
	struct ir_program *p;
	uint32_t *hash; /* strings by content: index + 1 */
	uint32_t hash_size;
	/* Room in each of the lists. */
	uint32_t strings, ins, args, blocks, keytypes, vars, aggs, stacks, actions, clauses, slotsizes, agg_refs, ctypes, cmembers,
		options;
	bool failed; /* memory ran out: what was added since is not there */
};

/* Begins with an empty program (strsize 256, string 0 "", ctype 0). false without memory. */
bool ir_build_init(struct ir_build *b);
/* Frees the list of strings; the program is the caller's (ir_free). NULL if anything failed. */
struct ir_program *ir_build_done(struct ir_build *b);

/* The index of a string, the same for the same bytes; a NUL is put behind it. */
uint32_t ir_build_string(struct ir_build *b, const char *s, size_t len);

/* Each adds one, and returns its index; 0 and b->failed without memory. */
uint32_t ir_build_ins(struct ir_build *b, const struct ir_ins *i);
uint32_t ir_build_arg(struct ir_build *b, const struct ir_arg *a);
uint32_t ir_build_block(struct ir_build *b, const struct ir_block *k);
uint32_t ir_build_type(struct ir_build *b, const struct ir_type *t);
uint32_t ir_build_var(struct ir_build *b, const struct ir_var *v);
uint32_t ir_build_agg(struct ir_build *b, const struct ir_aggregation *a);
uint32_t ir_build_stack(struct ir_build *b, const struct ir_stack *s); /* the same for the same */
uint32_t ir_build_action(struct ir_build *b, const struct ir_action *a);
uint32_t ir_build_clause(struct ir_build *b, const struct ir_clause *c);
uint32_t ir_build_slot(struct ir_build *b, uint32_t size);
uint32_t ir_build_agg_ref(struct ir_build *b, uint32_t agg);
uint32_t ir_build_ctype(struct ir_build *b, const struct ir_ctype *t);
uint32_t ir_build_cmember(struct ir_build *b, const struct ir_cmember *m);
void ir_build_option(struct ir_build *b, uint32_t name, uint32_t value);

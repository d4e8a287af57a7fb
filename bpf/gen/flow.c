/* SPDX-License-Identifier: GPL-2.0-only
 * Which registers and slots of a clause are read later. Jumps lead forwards only, so one walk from the last block to the first
 * says it exactly.
 */
#include "code.h"

#include "bpf/lang/ir_ops.h"

#include <stdlib.h>
#include <string.h>

#define SETS_MAX (64u << 20) /* bytes: a clause with more blocks times registers is refused */

static void add(uint64_t *set, uint32_t i)
{
	set[i / 64] |= UINT64_C(1) << i % 64;
}

static void take(uint64_t *set, uint32_t i)
{
	set[i / 64] &= ~(UINT64_C(1) << i % 64);
}

/* An operand's number in the sets; UINT32_MAX: it is none. */
static uint32_t number(const struct ir_clause *c, char kind, uint16_t n)
{
	if (n == IR_NONE)
		return UINT32_MAX;
	return kind == 'r' || kind == 'R' ? n : kind == 's' ? (uint32_t)c->nregs + n : UINT32_MAX;
}

/* Function calls, built-ins and variables have either kind of result, by what they are. */
static char result_kind(const struct ir_ins *i)
{
	if (i->op == IR_CALL)
		return ir_func_signature((unsigned)i->imm).result == 's' ? 's' : ir_func_signature((unsigned)i->imm).result == 'i' ? 'r' : '-';
	return ir_shapes[i->op].d;
}

/* set: what is read after the instruction; becomes what is read before it. */
static void back(uint64_t *set, const struct ir_program *p, const struct ir_clause *c, const struct ir_ins *i)
{
	const struct ir_shape *shape = &ir_shapes[i->op];
	uint32_t d = number(c, result_kind(i), i->d), a = number(c, shape->a, i->a), b = number(c, shape->b, i->b);

	if (d != UINT32_MAX) {
		take(set, d);
		if (i->op == IR_PUTS || i->op == IR_STORES) /* only a part of it is new */
			add(set, d);
	}
	if (a != UINT32_MAX)
		add(set, a);
	if (b != UINT32_MAX)
		add(set, b);
	for (uint32_t n = 0; n < i->nargs; n++) {
		const struct ir_arg *arg = &p->args[i->args + n];

		if (arg->kind != IR_ARG_STACK)
			add(set, arg->kind == IR_ARG_SLOT ? (uint32_t)c->nregs + arg->n : arg->n);
	}
}

void flow_free(struct flow *f)
{
	if (!f)
		return;
	free(f->in);
	free(f->out);
	free(f->dies);
	free(f);
}

static void join(uint64_t *to, const uint64_t *from, uint32_t words)
{
	for (uint32_t w = 0; w < words; w++)
		to[w] |= from[w];
}

struct flow *flow_new(const struct ir_program *p, const struct ir_clause *c)
{
	struct flow *f = calloc(1, sizeof(*f));
	size_t words;

	if (!f)
		return NULL;
	f->n = (uint32_t)c->nregs + c->nslots;
	f->words = f->n / 64 + 1;
	words = (size_t)f->words * c->nblocks;
	if (words * 8 > SETS_MAX || !(f->in = calloc(words + 1, 8)) || !(f->out = calloc(words + 1, 8))) {
		flow_free(f);
		return NULL;
	}
	for (uint32_t b = c->nblocks; b-- > 0;) {
		const struct ir_block *block = &p->blocks[c->blocks + b];
		const struct ir_ins *last = &p->ins[block->first + block->count - 1];
		uint64_t *in = f->in + (size_t)b * f->words, *out = f->out + (size_t)b * f->words;

		if (last->op == IR_JMP || last->op == IR_BR)
			join(out, f->in + (size_t)last->imm * f->words, f->words);
		if (last->op == IR_BR)
			join(out, f->in + (size_t)last->imm2 * f->words, f->words);
		memcpy(in, out, (size_t)f->words * 8);
		for (uint32_t n = block->count; n-- > 0;)
			back(in, p, c, &p->ins[block->first + n]);
	}
	return f;
}

bool flow_block(struct flow *f, const struct ir_program *p, const struct ir_clause *c, uint32_t b)
{
	const struct ir_block *block = &p->blocks[c->blocks + b];
	size_t words = (size_t)block->count * f->words;

	if (words * 8 > SETS_MAX)
		return false;
	if (words > f->dies_room) {
		free(f->dies);
		f->dies = calloc(words, 8);
		f->dies_room = f->dies ? (uint32_t)words : 0;
		if (!f->dies)
			return false;
	}
	for (uint32_t n = block->count; n-- > 0;) {
		uint64_t *after = f->dies + (size_t)n * f->words;

		if (n + 1 == block->count) {
			memcpy(after, f->out + (size_t)b * f->words, (size_t)f->words * 8);
		} else {
			memcpy(after, after + f->words, (size_t)f->words * 8);
			back(after, p, c, &p->ins[block->first + n + 1]);
		}
	}
	return true;
}

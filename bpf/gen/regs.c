/* SPDX-License-Identifier: GPL-2.0-only
 * Where the registers of the IR are. Each has a home: on the stack, and those beyond HOMES_ON_STACK in the scratch element. Within a
 * block, values stay in r6, r8 and r9 as long as there is room, and constants nowhere at all; at its end, what later blocks read goes
 * home. Slots likewise: a name such as execname or a constant is put into its slot only when somebody needs it there.
 */
#include "code.h"

#include <stdlib.h>
#include <string.h>

static const int pool[] = {6, 8, 9};
#define POOL (sizeof(pool) / sizeof(pool[0]))

/* main and on_fault share the stack with the library. */
static uint32_t homes_on_stack(const struct code *k)
{
	return k->in_error ? HOMES_ON_STACK_ERROR : HOMES_ON_STACK;
}

static void home_store(struct code *k, uint32_t r, int m)
{
	if (r < homes_on_stack(k))
		code_store(k, 8, 10, STACK_HOMES - 8 * (int32_t)r, m);
	else
		code_store_at(k, 8, k->g->homes_at + (r - homes_on_stack(k)) * 8, m);
}

static void home_load(struct code *k, uint32_t r, int m)
{
	if (r < homes_on_stack(k))
		code_load(k, 8, m, 10, STACK_HOMES - 8 * (int32_t)r);
	else
		code_load_at(k, 8, m, k->g->homes_at + (r - homes_on_stack(k)) * 8);
}

static void home_store_const(struct code *k, uint32_t r, int64_t v)
{
	if (v != (int32_t)v) {
		/* r5, as a far store needs r0 for itself */
		code_set(k, 5, v);
		home_store(k, r, 5);
	} else if (r < homes_on_stack(k)) {
		code_store_imm(k, 8, 10, STACK_HOMES - 8 * (int32_t)r, (int32_t)v);
	} else {
		code_store_imm_at(k, 8, k->g->homes_at + (r - homes_on_stack(k)) * 8, (int32_t)v);
	}
}

static void forget(struct code *k, int m)
{
	if (k->cached[m] >= 0)
		k->in[k->cached[m]] = -1;
	k->cached[m] = -1;
	k->dirty[m] = false;
}

static int take(struct code *k)
{
	int best = -1;

	for (unsigned i = 0; i < POOL; i++) {
		int m = pool[i];

		if (k->pinned[m])
			continue;
		if (k->cached[m] < 0) {
			best = m;
			break;
		}
		if (best < 0 || k->used[m] < k->used[best])
			best = m;
	}
	/* A step pins three registers at most: two operands and a result. */
	if (k->dirty[best])
		home_store(k, (uint32_t)k->cached[best], best);
	forget(k, best);
	k->pinned[best] = true;
	k->used[best] = ++k->clock;
	return best;
}

int regs_use(struct code *k, uint16_t r)
{
	int m = k->in[r];

	if (m >= 0) {
		k->pinned[m] = true;
		k->used[m] = ++k->clock;
		return m;
	}
	m = take(k);
	if (k->is_const[r])
		code_set(k, m, k->value[r]);
	else
		home_load(k, r, m);
	k->dirty[m] = k->is_const[r];
	k->cached[m] = r;
	k->in[r] = (int16_t)m;
	return m;
}

int regs_def(struct code *k, uint16_t r)
{
	int m = k->in[r];

	if (m < 0)
		m = take(k);
	k->cached[m] = r;
	k->in[r] = (int16_t)m;
	k->dirty[m] = true;
	k->pinned[m] = true;
	k->used[m] = ++k->clock;
	k->is_const[r] = false;
	k->known[r] = (struct known){8, true};
	return m;
}

bool regs_const(const struct code *k, uint16_t r, int64_t *value)
{
	*value = k->value[r];
	return k->is_const[r];
}

void regs_set_const(struct code *k, uint16_t r, int64_t value)
{
	if (k->in[r] >= 0)
		forget(k, k->in[r]);
	k->is_const[r] = true;
	k->value[r] = value;
	k->known[r] = (struct known){8, true};
}

void regs_know(struct code *k, uint16_t r, unsigned bytes, bool is_signed)
{
	k->known[r] = (struct known){(uint8_t)bytes, is_signed};
}

bool regs_fits(const struct code *k, uint16_t r, unsigned bytes, bool is_signed)
{
	const struct known *n = &k->known[r];
	int64_t v = k->value[r];

	if (bytes == 8)
		return true;
	if (k->is_const[r])
		return is_signed ? v >= -(INT64_C(1) << (bytes * 8 - 1)) && v < INT64_C(1) << (bytes * 8 - 1)
				 : v >= 0 && v < INT64_C(1) << bytes * 8;
	return n->is_signed == is_signed ? n->bytes <= bytes : !n->is_signed && n->bytes < bytes;
}

void regs_to(struct code *k, int d, uint16_t r)
{
	if (k->in[r] >= 0)
		code_alu(k, BPF_MOV, d, k->in[r]);
	else if (k->is_const[r])
		code_set(k, d, k->value[r]);
	else
		home_load(k, r, d);
}

void regs_unpin(struct code *k)
{
	for (unsigned i = 0; i < POOL; i++)
		k->pinned[pool[i]] = false;
}

void regs_step_done(struct code *k)
{
	uint32_t n = k->at - k->g->p->blocks[k->c->blocks + k->block].first;

	for (unsigned i = 0; i < POOL; i++) {
		int m = pool[i];

		k->pinned[m] = false;
		if (k->cached[m] >= 0 && flow_dead_after(k->flow, n, (uint32_t)k->cached[m]))
			forget(k, m);
	}
}

void regs_begin(struct code *k)
{
	const uint64_t *in = k->flow->in; /* of block 0: what is read before it is written is 0 */

	for (uint32_t r = 0; r < k->c->nregs; r++)
		if (flow_has(in, r))
			home_store_const(k, r, 0);
	for (uint32_t s = 0; s < k->c->nslots; s++)
		if (flow_has(in, k->c->nregs + s))
			code_zero(k, slot_place(k, (uint16_t)s), slot_size(k, (uint16_t)s) ? (slot_size(k, (uint16_t)s) + 7) & ~7u : 8);
}

void regs_begin_block(struct code *k)
{
	for (int m = 0; m < 11; m++) {
		k->cached[m] = -1;
		k->dirty[m] = k->pinned[m] = false;
	}
	for (uint32_t r = 0; r < k->c->nregs; r++) {
		k->in[r] = -1;
		k->is_const[r] = false;
		k->known[r] = (struct known){8, true};
	}
	memset(k->source, SLOT_OWN, k->c->nslots);
}

void regs_end_block(struct code *k)
{
	const uint64_t *out = k->flow->out + (size_t)k->block * k->flow->words;

	record_end_block(k);
	for (uint32_t s = 0; s < k->c->nslots; s++) {
		if (k->source[s] != SLOT_OWN && flow_has(out, k->c->nregs + s)) {
			slot_fill(k, (uint16_t)s, slot_place(k, (uint16_t)s));
			k->source[s] = SLOT_OWN;
		}
	}
	for (unsigned i = 0; i < POOL; i++) {
		int m = pool[i];

		if (k->cached[m] >= 0 && k->dirty[m] && flow_has(out, (uint32_t)k->cached[m]))
			home_store(k, (uint32_t)k->cached[m], m);
	}
	for (uint32_t r = 0; r < k->c->nregs; r++)
		if (k->is_const[r] && k->in[r] < 0 && flow_has(out, r))
			home_store_const(k, r, k->value[r]);
}

uint32_t slot_place(const struct code *k, uint16_t s)
{
	return k->g->slots_at + k->g->slot_at[k->c->slot_sizes + s];
}

uint32_t slot_size(const struct code *k, uint16_t s)
{
	return k->g->p->slotsizes[k->c->slot_sizes + s];
}

void slot_written(struct code *k, uint16_t s)
{
	k->source[s] = SLOT_OWN;
}

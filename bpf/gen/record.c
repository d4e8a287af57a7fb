/* SPDX-License-Identifier: GPL-2.0-only
 * Records (bpf/run/record.h), built in the element and sent when the clause ends. Where the next value goes is known while the code is
 * made, up to the first string; from there on frame.record says it. The room is what all records of the clause together can take, so
 * nothing can be full; the tests of frame.record are for the verifier.
 */
#include "code.h"

#include <stdlib.h>

#include "bpf/run/record.h"

static uint32_t padded(uint32_t n)
{
	return (n + 7) & ~7u;
}

/* Bytes of a value that is always as long; 0: it is not. */
static uint32_t fixed_size(const struct ir_type *t)
{
	switch (t->kind) {
	case IR_INT:
		return 8;
	case IR_BYTES:
		return padded(4 + t->size);
	case IR_SYM:
		return 16;
	default:
		return 0;
	}
}

static void next_state(const struct ir_program *p, const struct ir_clause *c, const struct ir_ins *i, struct recording *r)
{
	const struct ir_action *a = &p->actions[c->actions + (uint32_t)i->imm];

	r->items++;
	r->at += sizeof(struct rec_item);
	for (uint32_t n = 0; n < i->nargs; n++) {
		uint32_t size = fixed_size(&p->keytypes[a->types + n]);

		if (size == 0)
			r->at_known = false;
		r->at += size;
	}
}

/* Two ways lead to a block: what is known there is what both know. */
static void join(struct recording *to, const struct recording *from)
{
	if (!to->reached) {
		*to = *from;
		return;
	}
	if (!from->at_known || from->at != to->at)
		to->at_known = false;
	if (!from->items_known || from->items != to->items)
		to->items_known = false;
}

void record_begin(struct code *k)
{
	const struct ir_program *p = k->g->p;
	bool speculates = false;

	k->block_rec[0] = (struct recording){true, true, true, sizeof(struct rec_header), 0};
	for (uint32_t b = 0; b < k->c->nblocks; b++) {
		const struct ir_block *block = &p->blocks[k->c->blocks + b];
		struct recording r = k->block_rec[b];

		if (!r.reached)
			continue;
		for (uint32_t n = 0; n < block->count; n++) {
			const struct ir_ins *i = &p->ins[block->first + n];

			speculates |= i->op == IR_SPECULATE;
			if (i->op == IR_RECORD)
				next_state(p, k->c, i, &r);
			if (i->op == IR_JMP || i->op == IR_BR)
				join(&k->block_rec[i->imm], &r);
			if (i->op == IR_BR)
				join(&k->block_rec[i->imm2], &r);
		}
	}
	k->speculates = speculates;
	for (uint32_t b = 0; b < k->c->nblocks; b++)
		if (!k->block_rec[b].at_known)
			k->block_rec[b].at = 0;
	if (speculates)
		code_store_imm_at(k, 4, IN_FRAME(spec), 0);
	if (k->g->uses_memory)
		code_store_imm_at(k, 8, IN_FRAME(lib.used), 0);
}

void record_end_block(struct code *k)
{
	const struct ir_block *block = &k->g->p->blocks[k->c->blocks + k->block];
	const struct ir_ins *last = &k->g->p->ins[block->first + block->count - 1];
	struct recording *r = &k->rec;
	const struct recording *to[2] = {&k->block_rec[last->imm], last->op == IR_BR ? &k->block_rec[last->imm2] : &k->block_rec[last->imm]};
	bool place = !to[0]->at_known || !to[1]->at_known, items = !to[0]->items_known || !to[1]->items_known;

	if (place && r->at_known) {
		code_store_imm_at(k, 8, IN_FRAME(record), (int32_t)r->at);
	} else if (!r->at_known && r->at) {
		code_load_at(k, 8, 1, IN_FRAME(record));
		code_alu_imm(k, BPF_ADD, 1, r->at);
		code_store_at(k, 8, IN_FRAME(record), 1);
	}
	if (items && r->items_known)
		code_store_imm_at(k, 4, IN_FRAME(items), (int32_t)r->items);
}

/* d = the address of `bytes` bytes where the record goes on; uses r0. */
static void here(struct code *k, int d, uint32_t bytes)
{
	struct recording *r = &k->rec;

	if (r->at_known) {
		code_address(k, d, k->g->rec_at + r->at);
		return;
	}
	code_load_at(k, 8, d, IN_FRAME(record));
	code_jump_if_imm(k, BPF_JGT, d, k->g->rec_room - r->at - bytes, k->next);
	code_alu(k, BPF_ADD, d, 7);
	code_alu_imm(k, BPF_ADD, d, k->g->rec_at + r->at);
}

/* r2 = the offset in the element where the record goes on. */
static void offset_here(struct code *k)
{
	if (k->rec.at_known) {
		code_set(k, 2, k->g->rec_at + k->rec.at);
		return;
	}
	code_load_at(k, 8, 2, IN_FRAME(record));
	code_alu_imm(k, BPF_ADD, 2, k->g->rec_at + k->rec.at);
}

/* The record has grown by r0 besides what rec.at says. */
static void grown(struct code *k)
{
	struct recording *r = &k->rec;

	if (!r->at_known) {
		code_load_at(k, 8, 1, IN_FRAME(record));
		code_alu(k, BPF_ADD, 0, 1);
	}
	if (r->at)
		code_alu_imm(k, BPF_ADD, 0, r->at);
	code_alu(k, BPF_MOV, 1, 0);
	code_store_at(k, 8, IN_FRAME(record), 1);
	r->at_known = false;
	r->at = 0;
}

static void put_int(struct code *k, uint16_t reg, const struct ir_type *t)
{
	int64_t v;

	if (k->rec.at_known && regs_fits(k, reg, t->size, t->is_signed)) {
		if (regs_const(k, reg, &v) && v == (int32_t)v)
			code_store_imm_at(k, 8, k->g->rec_at + k->rec.at, (int32_t)v);
		else
			code_store_at(k, 8, k->g->rec_at + k->rec.at, regs_use(k, reg));
		regs_unpin(k);
	} else {
		regs_to(k, 1, reg);
		if (!regs_fits(k, reg, t->size, t->is_signed))
			code_extend(k, 1, t->size, t->is_signed);
		here(k, 2, 8);
		code_store(k, 8, 2, 0, 1);
	}
	k->rec.at += 8;
}

static void put_stack(struct code *k, uint32_t taken, uint32_t index)
{
	uint32_t bytes = stack_room(k->g, index);

	here(k, 2, bytes);
	stack_write(k, 2, taken, index);
	grown(k);
}

static void put_value(struct code *k, const struct ir_arg *a, const struct ir_type *t)
{
	switch (t->kind) {
	case IR_INT:
		put_int(k, a->n, t);
		break;
	case IR_STRING: {
		uint32_t s = slot_at(k, a->n);

		offset_here(k);
		code_set(k, 3, s);
		code_set(k, 4, 0);
		code_library(k, LINK_rec);
		grown(k);
		break;
	}
	case IR_BYTES: {
		uint32_t s = slot_at(k, a->n);

		offset_here(k);
		code_set(k, 3, s);
		code_set(k, 4, t->size);
		code_library(k, LINK_recbytes);
		k->rec.at += padded(4 + t->size);
		break;
	}
	case IR_STACK:
		put_stack(k, a->n, t->size);
		break;
	case IR_SYM:
		here(k, 2, 16);
		sym_write(k, 2, a->n, t);
		k->rec.at += 16;
		break;
	}
}

static void item_head(struct code *k, uint32_t action, uint32_t size)
{
	uint32_t at = k->g->rec_at + k->rec.at;

	if (k->rec.at_known) {
		code_store_imm_at(k, 4, at + (uint32_t)offsetof(struct rec_item, action), (int32_t)action);
		code_store_imm_at(k, 4, at + (uint32_t)offsetof(struct rec_item, size), (int32_t)size);
	} else {
		here(k, 1, sizeof(struct rec_item));
		code_store_imm(k, 4, 1, offsetof(struct rec_item, action), (int32_t)action);
		code_store_imm(k, 4, 1, offsetof(struct rec_item, size), (int32_t)size);
	}
}

void step_record(struct code *k)
{
	const struct ir_program *p = k->g->p;
	uint32_t index = k->c->actions + (uint32_t)k->i->imm, start = k->rec.at, size = 0;
	const struct ir_type *types = types_from(p, p->actions[index].types);
	bool fixed = true, start_known = k->rec.at_known;

	for (uint32_t n = 0; n < k->i->nargs; n++) {
		fixed &= fixed_size(&types[n]) != 0;
		size += fixed_size(&types[n]);
	}
	item_head(k, index, fixed ? size : 0);
	if (!fixed && !start_known) {
		code_load_at(k, 8, 1, IN_FRAME(record));
		code_alu_imm(k, BPF_ADD, 1, start);
		code_store_at(k, 8, IN_FRAME(item), 1);
	}
	k->rec.at += sizeof(struct rec_item);
	for (uint32_t n = 0; n < k->i->nargs; n++)
		put_value(k, &p->args[k->i->args + n], &types[n]);
	if (!fixed) { /* item.size = record + at - start - 8 */
		code_load_at(k, 8, 1, IN_FRAME(record));
		if (start_known) {
			code_alu_imm(k, BPF_ADD, 1, (int64_t)k->rec.at - start - (int64_t)sizeof(struct rec_item));
			code_store_at(k, 4, k->g->rec_at + start + (uint32_t)offsetof(struct rec_item, size), 1);
		} else {
			code_load_at(k, 8, 2, IN_FRAME(item));
			code_alu(k, BPF_SUB, 1, 2);
			code_alu_imm(k, BPF_ADD, 1, (int64_t)k->rec.at - (int64_t)sizeof(struct rec_item));
			code_jump_if_imm(k, BPF_JGT, 2, k->g->rec_room - 8, k->next);
			code_alu(k, BPF_ADD, 2, 7);
			code_alu_imm(k, BPF_ADD, 2, k->g->rec_at + offsetof(struct rec_item, size));
			code_store(k, 4, 2, 0, 1);
		}
	}
	k->rec.items++;
	if (!k->rec.items_known) {
		code_load_at(k, 4, 1, IN_FRAME(items));
		code_alu_imm(k, BPF_ADD, 1, 1);
		code_store_at(k, 4, IN_FRAME(items), 1);
	}
}

static bool exits(const struct code *k)
{
	const struct ir_program *p = k->g->p;
	const struct ir_block *last = &p->blocks[k->c->blocks + k->c->nblocks - 1];

	for (uint32_t i = p->blocks[k->c->blocks].first; i < last->first + last->count; i++)
		if (p->ins[i].op == IR_EXIT)
			return true;
	return false;
}

/* Sends the record, r3 bytes with its struct ring_head. */
static void send(struct code *k, int flags)
{
	label sent = code_label(k);

	code_map(k, 1, GEN_RING, 0);
	code_address(k, 2, k->g->ring_at);
	code_set(k, 4, flags);
	code_helper(k, BPF_FUNC_ringbuf_output);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, sent);
	code_drop(k, KDROP_PRINCIPAL);
	code_here(k, sent);
}

#define HEAD(member) (k->g->rec_at + (uint32_t)offsetof(struct rec_header, member))

static void common_head(struct code *k)
{
	code_store_imm_at(k, 4, k->g->ring_at + (uint32_t)offsetof(struct ring_head, kind), RING_RECORD);
	code_load_at(k, 4, 1, IN_FIRING(cpu));
	code_store_at(k, 4, HEAD(cpu), 1);
	time_to(k, 1);
	code_store_at(k, 8, HEAD(time_ns), 1);
}

/* What a speculation may still take is counted here; user space keeps its records.
 *	if (spec) { if (specs[spec].used + size > specsize) drop; specs[spec].used += size; }
 * r3 is the size, also after it. */
static void charge_speculation(struct code *k)
{
	label none = code_label(k), fits = code_label(k);

	code_load_at(k, 4, 1, IN_FRAME(spec));
	code_store_at(k, 4, k->g->ring_at + (uint32_t)offsetof(struct ring_head, spec), 1);
	code_jump_if_imm(k, BPF_JEQ, 1, 0, none);
	code_jump_if_imm(k, BPF_JGT, 1, k->g->nspec, none);
	spec_address(k, 2, 1);
	code_alu(k, BPF_MOV, 4, 3);
	code_load(k, 4, 5, 2, (int32_t)offsetof(struct gen_spec, used));
	code_alu(k, BPF_ADD, 4, 5);
	code_alu_imm(k, BPF_SUB, 4, sizeof(struct ring_head));
	code_set(k, 5, (int64_t)k->g->o.specsize);
	code_jump_if(k, BPF_JLE, 4, 5, fits);
	code_drop(k, KDROP_SPEC);
	code_jump(k, k->next);
	code_here(k, fits);
	code_store(k, 4, 2, (int32_t)offsetof(struct gen_spec, used), 4);
	code_here(k, none);
}

static void finish_record(struct code *k)
{
	struct recording *r = &k->rec;
	uint64_t most = k->g->o.records_max ? k->g->o.records_max : REC_SIZE_MAX;

	common_head(k);
	code_store_imm_at(k, 4, HEAD(clause), (int32_t)k->clause);
	code_store_imm_at(k, 4, HEAD(epid), (int32_t)k->call->epid);
	probe_to(k, 1);
	code_store_at(k, 4, HEAD(probe), 1);
	code_store_imm_at(k, 2, HEAD(kind), REC_DATA);
	if (r->items_known) {
		code_store_imm_at(k, 2, HEAD(nitems), (int32_t)r->items);
	} else {
		code_load_at(k, 4, 1, IN_FRAME(items));
		code_store_at(k, 2, HEAD(nitems), 1);
	}
	if (r->at_known) {
		code_set(k, 3, r->at);
	} else {
		code_load_at(k, 8, 3, IN_FRAME(record));
		if (r->at)
			code_alu_imm(k, BPF_ADD, 3, r->at);
		code_jump_if_imm(k, BPF_JGT, 3, k->g->rec_room, k->next);
	}
	code_store_at(k, 4, HEAD(size), 3);
	if (k->g->rec_room > most) {
		label fits = code_label(k);

		code_jump_if_imm(k, BPF_JLE, 3, (int64_t)most, fits);
		code_drop(k, KDROP_PRINCIPAL);
		code_jump(k, k->next);
		code_here(k, fits);
	}
	code_alu_imm(k, BPF_ADD, 3, sizeof(struct ring_head));
	if (k->speculates)
		charge_speculation(k);
	else
		code_store_imm_at(k, 4, k->g->ring_at + (uint32_t)offsetof(struct ring_head, spec), 0);
	send(k, exits(k) ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP);
}

void record_end(struct code *k)
{
	bool by_default = k->c->is_default && k->i->stmt != 0;

	if (!k->rec.items_known && !by_default) {
		code_load_at(k, 4, 1, IN_FRAME(items));
		code_jump_if_imm(k, BPF_JEQ, 1, 0, k->next);
	}
	if (!k->rec.items_known || k->rec.items || by_default)
		finish_record(k);
	code_jump(k, k->next);
}

void record_fault(struct code *k)
{
	static const struct { uint32_t at, from; int width; } copies[] = {
		{offsetof(struct rec_fault, fault), IN_FRAME(fault), 4},
		{offsetof(struct rec_fault, action), IN_FRAME(stmt), 4},
		{offsetof(struct rec_fault, offset), IN_FRAME(offset), 8},
		{offsetof(struct rec_fault, address), IN_FRAME(lib.address), 8},
	};
	uint32_t size = sizeof(struct rec_header) + sizeof(struct rec_fault);

	common_head(k);
	code_store_imm_at(k, 4, k->g->ring_at + (uint32_t)offsetof(struct ring_head, spec), 0);
	code_store_imm_at(k, 4, HEAD(size), (int32_t)size);
	code_store_imm_at(k, 2, HEAD(kind), REC_FAULT);
	code_store_imm_at(k, 2, HEAD(nitems), 0);
	code_load_at(k, 4, 1, IN_FRAME(clause));
	code_store_at(k, 4, HEAD(clause), 1);
	code_load_at(k, 4, 1, IN_FRAME(probe));
	code_store_at(k, 4, HEAD(probe), 1);
	code_load_at(k, 4, 1, IN_FRAME(epid));
	code_store_at(k, 4, HEAD(epid), 1);
	for (unsigned i = 0; i < sizeof(copies) / sizeof(copies[0]); i++) {
		uint32_t at = k->g->rec_at + (uint32_t)sizeof(struct rec_header) + copies[i].at;

		code_load_at(k, copies[i].width, 1, copies[i].from);
		code_store_at(k, copies[i].width, at, 1);
	}
	code_set(k, 3, size + (int64_t)sizeof(struct ring_head));
	/* errexit: who reads must see it soon */
	send(k, BPF_RB_FORCE_WAKEUP);
}

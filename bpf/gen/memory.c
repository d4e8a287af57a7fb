/* SPDX-License-Identifier: GPL-2.0-only
 * Memory: addresses of alloca'd memory, and parts of slots. Addresses of what the fixed programs have filled in for args[] of translated
 * types (KERN_XARGS_BASE) are good for loads.
 */
#include "code.h"

/* Hooks whose probes have such arguments. */
static bool has_xargs(const struct code *k)
{
	enum kern_hook h = k->place->hook;

	return h != HOOK_RUN && h != HOOK_SYS_ENTER && h != HOOK_SYS_EXIT && h != HOOK_SYS_RETRY && h != HOOK_PROFILE;
}

/* r0 = address of n bytes at the D address in r2 (a register of the step), or a fault. */
static void alloca_address(struct code *k, uint32_t n, bool for_load)
{
	label found = code_label(k), other = code_label(k);

	if (for_load && has_xargs(k)) {
		code_set(k, 0, (int64_t)KERN_XARGS_BASE);
		code_alu(k, BPF_MOV, 1, 2);
		code_alu(k, BPF_SUB, 1, 0);
		code_jump_if_imm(k, BPF_JGT, 1, (int64_t)(sizeof(union kern_xargs) - n), other);
		code_alu(k, BPF_MOV, 0, 7);
		code_alu(k, BPF_ADD, 0, 1);
		code_alu_imm(k, BPF_ADD, 0, IN_FIRING(xargs));
		code_jump(k, found);
		code_here(k, other);
	}
	code_set(k, 3, n);
	code_library(k, LINK_addr);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, fault_label(k, IR_FAULT_BADADDR, true));
	code_jump_if_imm(k, BPF_JGT, 0, (int64_t)k->g->size - LIB_SLACK(k->g->p->strsize), fault_label(k, IR_FAULT_BADADDR, true));
	code_alu(k, BPF_ADD, 0, 7);
	code_here(k, found);
}

static void load(struct code *k)
{
	int d;

	regs_to(k, 2, k->i->a);
	alloca_address(k, k->i->width, true);
	d = regs_def(k, k->i->d);
	code_load(k, k->i->width, d, 0, 0);
	if (k->i->is_signed)
		code_extend(k, d, k->i->width, true);
	regs_know(k, k->i->d, k->i->width, k->i->is_signed);
}

static void store(struct code *k)
{
	regs_to(k, 2, k->i->a);
	alloca_address(k, k->i->width, false);
	regs_to(k, 1, k->i->b);
	code_store(k, k->i->width, 0, 0, 1);
}

/* Tests that n bytes at imm plus register r lie in slot s. Either the offset in the element is known (true, *at), or it is in r2; a
 * fault if they do not. */
static bool part(struct code *k, uint16_t s, uint16_t r, uint32_t n, uint32_t *at)
{
	uint32_t place = slot_at(k, s), size = slot_size(k, s);
	int64_t v = 0;

	if (size == 0)
		size = k->g->p->strsize;
	if (r == IR_NONE || regs_const(k, r, &v)) {
		uint64_t from = (uint64_t)k->i->imm + (uint64_t)v;

		if (n <= size && from <= size - n) {
			*at = place + (uint32_t)from;
			return true;
		}
	}
	if (r == IR_NONE)
		code_set(k, 2, 0);
	else
		regs_to(k, 2, r);
	if (k->i->imm)
		code_alu_imm(k, BPF_ADD, 2, k->i->imm);
	code_store_at(k, 8, IN_FRAME(lib.address), 2);
	/* one that is too long can be nowhere */
	code_jump_if_imm(k, BPF_JGT, 2, n <= size ? size - n : 0, fault_label(k, IR_FAULT_BADADDR, true));
	if (n > size)
		code_jump_if_imm(k, BPF_JNE, 7, 0, fault_label(k, IR_FAULT_BADADDR, true));
	code_alu_imm(k, BPF_ADD, 2, place);
	return false;
}

static void load_part(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t at;
	int d;

	if (part(k, i->a, i->b, i->width, &at)) {
		d = regs_def(k, i->d);
		code_load_at(k, i->width, d, at);
	} else {
		code_alu(k, BPF_ADD, 2, 7);
		d = regs_def(k, i->d);
		code_load(k, i->width, d, 2, 0);
	}
	if (i->is_signed)
		code_extend(k, d, i->width, true);
	regs_know(k, i->d, i->width, i->is_signed);
}

static void store_part(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t at;

	if (part(k, i->d, i->a, i->width, &at)) {
		regs_to(k, 1, i->b);
		code_store_at(k, i->width, at, 1);
		return;
	}
	code_alu(k, BPF_ADD, 2, 7);
	regs_to(k, 1, i->b);
	code_store(k, i->width, 2, 0, 1);
}

/* s_d = s_a, or a part of it. */
static void move_slot(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t from_size = slot_size(k, i->a), to_size = slot_size(k, i->d), at;

	if (from_size == 0) {
		if (k->source[i->a] != SLOT_OWN) { /* what is known of it is then known of both */
			k->source[i->d] = k->source[i->a];
			k->source_of[i->d] = k->source_of[i->a];
			return;
		}
		if (i->a == i->d)
			return;
		code_set(k, 2, slot_place(k, i->d));
		code_set(k, 3, slot_at(k, i->a));
		code_library(k, LINK_strmov);
		slot_written(k, i->d);
		return;
	}
	if (part(k, i->a, i->b, i->imm2, &at))
		code_set(k, 3, at);
	else
		code_alu(k, BPF_MOV, 3, 2);
	code_set(k, 2, slot_place(k, i->d));
	code_set(k, 4, i->imm2);
	code_library(k, to_size == 0 ? LINK_strget : LINK_copy);
	if (to_size > i->imm2) {
		code_set(k, 2, slot_place(k, i->d) + i->imm2);
		code_set(k, 3, to_size - i->imm2);
		code_library(k, LINK_zero);
	}
	slot_written(k, i->d);
}

static void put_slot(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t from, at;
	bool text = slot_size(k, i->a) == 0;

	from = slot_at(k, i->a);
	if (part(k, i->d, i->b, i->imm2, &at))
		code_set(k, 2, at);
	code_set(k, 3, from);
	code_set(k, 4, i->imm2);
	code_library(k, text ? LINK_strput : LINK_copy);
	slot_written(k, i->d);
}

static void load_bytes(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t size = slot_size(k, i->d);
	label other = code_label(k), done = code_label(k);

	regs_to(k, 2, i->a);
	if (size) {
		alloca_address(k, (uint32_t)i->imm, true);
		code_alu(k, BPF_MOV, 3, 0);
		code_alu(k, BPF_SUB, 3, 7);
		code_set(k, 2, slot_place(k, i->d));
		code_set(k, 4, i->imm);
		code_library(k, LINK_copy);
		if (size > i->imm) {
			code_set(k, 2, slot_place(k, i->d) + (uint32_t)i->imm);
			code_set(k, 3, size - i->imm);
			code_library(k, LINK_zero);
		}
		slot_written(k, i->d);
		return;
	}
	if (has_xargs(k)) {
		code_set(k, 0, (int64_t)KERN_XARGS_BASE);
		code_alu(k, BPF_MOV, 1, 2);
		code_alu(k, BPF_SUB, 1, 0);
		code_jump_if_imm(k, BPF_JGE, 1, sizeof(union kern_xargs), other);
		code_set(k, 4, sizeof(union kern_xargs));
		code_alu(k, BPF_SUB, 4, 1);
		if (i->imm) {
			label shorter = code_label(k);

			code_jump_if_imm(k, BPF_JLE, 4, i->imm, shorter);
			code_set(k, 4, i->imm);
			code_here(k, shorter);
		}
		code_alu(k, BPF_MOV, 3, 1);
		code_alu_imm(k, BPF_ADD, 3, IN_FIRING(xargs));
		code_set(k, 2, slot_place(k, i->d));
		code_library(k, LINK_strget);
		code_jump(k, done);
	}
	code_here(k, other);
	code_alu(k, BPF_MOV, 3, 2);
	code_set(k, 2, slot_place(k, i->d));
	code_set(k, 4, i->imm);
	code_library(k, LINK_loadstr);
	code_jump_if_imm(k, BPF_JNE, 0, 0, fault_label(k, IR_FAULT_BADADDR, true));
	code_here(k, done);
	slot_written(k, i->d);
}

static void store_bytes(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t from = slot_at(k, i->a);
	bool text = slot_size(k, i->a) == 0;

	regs_to(k, 2, i->b);
	code_set(k, 3, i->imm);
	code_library(k, LINK_addr);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, fault_label(k, IR_FAULT_BADADDR, true));
	code_alu(k, BPF_MOV, 2, 0);
	code_set(k, 3, from);
	code_set(k, 4, i->imm);
	code_library(k, text ? LINK_strput : LINK_copy);
}

void step_memory(struct code *k)
{
	switch (k->i->op) {
	case IR_LOAD:
		load(k);
		break;
	case IR_STORE:
		store(k);
		break;
	case IR_LOADS:
		load_part(k);
		break;
	case IR_STORES:
		store_part(k);
		break;
	case IR_MOVS:
		move_slot(k);
		break;
	case IR_PUTS:
		put_slot(k);
		break;
	case IR_LOADB:
		load_bytes(k);
		break;
	default:
		store_bytes(k);
	}
}

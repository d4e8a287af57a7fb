/* SPDX-License-Identifier: GPL-2.0-only
 * IR_CALL: most functions are the library's (link.h); those of one or two instructions are written here.
 */
#include "code.h"

static void swap(struct code *k, int bits)
{
	int d;

	regs_to(k, 1, k->g->p->args[k->i->args].n);
	code_put(k, (struct bpf_insn){.code = BPF_ALU | BPF_END | BPF_TO_BE, .dst_reg = 1, .imm = bits});
	d = regs_def(k, k->i->d);
	code_alu(k, BPF_MOV, d, 1);
	if (bits < 64)
		regs_know(k, k->i->d, (unsigned)bits / 8, false);
}

/* true: done */
static bool simple(struct code *k, enum ir_func f)
{
	uint16_t a = k->i->nargs ? k->g->p->args[k->i->args].n : 0;

	switch (f) {
	case IR_FUNC_HTONS: case IR_FUNC_NTOHS:
		swap(k, 16);
		return true;
	case IR_FUNC_HTONL: case IR_FUNC_NTOHL:
		swap(k, 32);
		return true;
	case IR_FUNC_HTONLL: case IR_FUNC_NTOHLL:
		swap(k, 64);
		return true;
	case IR_FUNC_GETMAJOR:
		regs_to(k, 1, a);
		code_extend(k, 1, 4, false);
		code_alu_imm(k, BPF_RSH, 1, 20);
		code_alu(k, BPF_MOV, regs_def(k, k->i->d), 1);
		return true;
	case IR_FUNC_GETMINOR:
		regs_to(k, 1, a);
		code_alu_imm(k, BPF_AND, 1, 0xfffff);
		code_alu(k, BPF_MOV, regs_def(k, k->i->d), 1);
		return true;
	case IR_FUNC_RAND: {
		int d;

		code_helper(k, BPF_FUNC_get_prandom_u32);
		d = regs_def(k, k->i->d);
		code_alu(k, BPF_MOV, d, 0);
		code_alu_imm(k, BPF_AND, d, INT32_MAX);
		return true;
	}
	default:
		return false;
	}
}

/* In code that something must reach; what follows is reached for the verifier only. */
static void always_fault(struct code *k, enum ir_fault f, bool has_address)
{
	struct ir_signature s = ir_func_signature((unsigned)k->i->imm);

	code_jump_if_imm(k, BPF_JNE, 7, 0, fault_label(k, f, has_address));
	if (s.result == 'i')
		regs_set_const(k, k->i->d, 0);
	else if (s.result == 's')
		code_store_imm_at(k, 8, slot_place(k, k->i->d), 0);
	if (s.result == 's')
		slot_written(k, k->i->d);
}

static bool reads_user(enum ir_func f)
{
	return f == IR_FUNC_COPYIN || f == IR_FUNC_COPYINSTR || f == IR_FUNC_COPYINTO || f == IR_FUNC_COPYOUT || f == IR_FUNC_COPYOUTSTR;
}

/* User memory is that of the task that runs, which need not be the firing's. */
static void test_current(struct code *k)
{
	enum kern_hook h = k->place->hook;
	int address = (enum ir_func)k->i->imm == IR_FUNC_COPYOUT || (enum ir_func)k->i->imm == IR_FUNC_COPYOUTSTR;
	label here = code_label(k);

	if (h <= HOOK_PROFILE && h != HOOK_SYS_RETRY) /* after execve another program's memory is there */
		return;
	code_load_at(k, 4, 1, IN_FIRING(not_current));
	code_jump_if_imm(k, BPF_JEQ, 1, 0, here);
	regs_to(k, 1, k->g->p->args[k->i->args + (uint32_t)address].n);
	code_store_at(k, 8, IN_FRAME(lib.address), 1);
	code_store_imm_at(k, 8, IN_FRAME(lib.user), 0);
	code_jump(k, fault_label(k, IR_FAULT_BADADDR, true));
	code_here(k, here);
}

/* Faults that a function may raise are told apart by its result in r0. */
static void faults_of(struct code *k)
{
	static const enum ir_fault with_address[] = {IR_FAULT_BADADDR, IR_FAULT_UPRIV, IR_FAULT_KPRIV},
				   without[] = {IR_FAULT_NOSCRATCH, IR_FAULT_BADSIZE, IR_FAULT_ILLOP};
	label none = code_label(k);

	code_jump_if_imm(k, BPF_JEQ, 0, IR_FAULT_NONE, none);
	for (unsigned n = 0; n < 3; n++)
		code_jump_if_imm(k, BPF_JEQ, 0, with_address[n], fault_label(k, with_address[n], true));
	for (unsigned n = 0; n < 2; n++)
		code_jump_if_imm(k, BPF_JEQ, 0, without[n], fault_label(k, without[n], false));
	code_jump(k, fault_label(k, without[2], false));
	code_here(k, none);
}

void step_call(struct code *k)
{
	const struct ir_ins *i = k->i;
	const struct gen *g = k->g;
	enum ir_func f = (enum ir_func)i->imm;
	struct ir_signature s = ir_func_signature(f);
	struct link_d l = link_d_func(f);
	uint32_t at[4] = {0}, to = 0, n, most = s.most;
	bool overlaps = false;
	int r = 2;

	if (s.destructive && !g->o.destructive) {
		always_fault(k, IR_FAULT_UPRIV, false);
		return;
	}
	if (simple(k, f))
		return;
	if (!l.served) { /* looks at the kernel's structures */
		if (i->nargs && g->p->args[i->args].kind == IR_ARG_REG)
			regs_to(k, 1, g->p->args[i->args].n);
		else
			code_set(k, 1, 0);
		code_store_at(k, 8, IN_FRAME(lib.address), 1);
		always_fault(k, IR_FAULT_KPRIV, true);
		return;
	}
	if (reads_user(f))
		test_current(k);
	for (n = 0; n < i->nargs; n++) {
		const struct ir_arg *a = &g->p->args[i->args + n];

		if (a->kind != IR_ARG_SLOT)
			continue;
		at[n] = slot_at(k, a->n);
		overlaps |= s.result == 's' && a->n == i->d;
	}
	if (s.result == 's') {
		to = overlaps ? g->temp_at : slot_place(k, i->d);
		code_set(k, r++, to);
	}
	for (n = 0; n < i->nargs; n++) {
		const struct ir_arg *a = &g->p->args[i->args + n];

		if (a->kind == IR_ARG_SLOT)
			code_set(k, r++, at[n]);
		else
			regs_to(k, r++, a->n);
	}
	if (n < most)
		code_set(k, r++, l.absent);
	if (f == IR_FUNC_STRTOK)
		code_set(k, r++, g->strtok_at[k->in_error]);
	code_library(k, l.func);
	if (link_shapes[l.func].faults) {
		faults_of(k);
		if (s.result == 'i')
			code_load_at(k, 8, regs_def(k, i->d), IN_FRAME(lib.result));
	} else if (s.result == 'i') {
		code_alu(k, BPF_MOV, regs_def(k, i->d), 0);
	}
	if (overlaps) {
		code_set(k, 2, slot_place(k, i->d));
		code_set(k, 3, to);
		code_library(k, LINK_strmov);
	}
	if (s.result == 's')
		slot_written(k, i->d);
}

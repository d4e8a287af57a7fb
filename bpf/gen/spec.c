/* SPDX-License-Identifier: GPL-2.0-only
 * Speculations, whose records wait in user space: here are only which are active, how many bytes they hold, and the messages that
 * commit or discard them. And the actions that act at once.
 */
#include "code.h"

#include <signal.h>

void spec_address(struct code *k, int d, int number)
{
	code_alu_imm(k, BPF_LSH, number, 3);
	code_map_value(k, d, GEN_SPECS, 0);
	code_alu(k, BPF_ADD, d, number);
}

/* specs[n].active from `from` to `to`; r0 = what it was. r1 = address; without atomic operations it is a load and a store. */
static void exchange(struct code *k, uint32_t from, uint32_t to)
{
	label other = code_label(k);

	if (k->g->f.atomic_fetch) {
		code_set(k, 0, from);
		code_set(k, 3, to);
		code_put(k, (struct bpf_insn){.code = BPF_STX | BPF_ATOMIC | BPF_W, .dst_reg = 1, .src_reg = 3, .imm = BPF_CMPXCHG});
		return;
	}
	code_load(k, 4, 0, 1, 0);
	code_jump_if_imm(k, BPF_JNE, 0, from, other);
	code_store_imm(k, 4, 1, 0, (int32_t)to);
	code_here(k, other);
}

/*	for (n = 1; n <= nspec; n++) if (specs[n].active == 0) { specs[n] = { 1, 0 }; break; }
 *	none: drop, n = 0	*/
static void new_speculation(struct code *k)
{
	label again = code_label(k), found = code_label(k), done = code_label(k);

	code_set(k, 2, 1);
	code_map_value(k, 1, GEN_SPECS, sizeof(struct gen_spec));
	code_here(k, again);
	exchange(k, 0, 1);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, found);
	code_alu_imm(k, BPF_ADD, 2, 1);
	code_alu_imm(k, BPF_ADD, 1, sizeof(struct gen_spec));
	code_jump_if_imm(k, BPF_JLE, 2, k->g->nspec, again);
	code_drop(k, KDROP_SPECUNAVAIL);
	code_set(k, 2, 0);
	code_jump(k, done);
	code_here(k, found);
	code_store_imm(k, 4, 1, (int32_t)offsetof(struct gen_spec, used), 0);
	code_here(k, done);
	code_alu(k, BPF_MOV, regs_def(k, k->i->d), 2);
}

/* r1 = the number in a; a fault if speculation() cannot have given it. */
static void number(struct code *k, label none)
{
	regs_to(k, 1, k->i->a);
	code_jump_if_imm(k, BPF_JGT, 1, k->g->nspec, fault_label(k, IR_FAULT_ILLOP, false));
	code_jump_if_imm(k, BPF_JEQ, 1, 0, none);
	code_store_at(k, 4, IN_FRAME(word[0]), 1);
}

static void speculate(struct code *k)
{
	number(k, k->next);
	spec_address(k, 2, 1);
	code_load(k, 4, 2, 2, 0);
	code_jump_if_imm(k, BPF_JEQ, 2, 0, k->next);
	code_load_at(k, 4, 1, IN_FRAME(word[0]));
	code_store_at(k, 4, IN_FRAME(spec), 1);
}

/*	if (active) { send { kind, number }; active = 0 }
 * A message that has no room is a drop, and the speculation stays: what it holds must not become part of the next one. */
static void end(struct code *k, enum ring_kind kind)
{
	label none = code_label(k), sent = code_label(k);

	number(k, none);
	spec_address(k, 2, 1);
	code_load(k, 4, 2, 2, 0);
	code_jump_if_imm(k, BPF_JEQ, 2, 0, none);
	code_load_at(k, 4, 1, IN_FRAME(word[0]));
	code_store_at(k, 4, IN_FRAME(word[0]) + (uint32_t)offsetof(struct ring_head, spec), 1);
	code_store_imm_at(k, 4, IN_FRAME(word[0]) + (uint32_t)offsetof(struct ring_head, kind), (int32_t)kind);
	code_map(k, 1, GEN_RING, 0);
	code_address(k, 2, IN_FRAME(word[0]));
	code_set(k, 3, sizeof(struct ring_head));
	code_set(k, 4, BPF_RB_NO_WAKEUP);
	code_helper(k, BPF_FUNC_ringbuf_output);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, sent);
	code_drop(k, KDROP_PRINCIPAL);
	code_jump(k, none);
	code_here(k, sent);
	code_load_at(k, 4, 1, IN_FRAME(word[0]) + (uint32_t)offsetof(struct ring_head, spec));
	code_jump_if_imm(k, BPF_JGT, 1, k->g->nspec, none);
	spec_address(k, 2, 1);
	code_store_imm(k, 4, 2, 0, 0);
	code_here(k, none);
}

void step_spec(struct code *k)
{
	switch (k->i->op) {
	case IR_SPEC_NEW:
		new_speculation(k);
		break;
	case IR_SPECULATE:
		speculate(k);
		break;
	case IR_COMMIT:
		end(k, RING_COMMIT);
		break;
	default:
		end(k, RING_DISCARD);
	}
}

void step_host(struct code *k)
{
	const struct gen *g = k->g;

	if (!g->o.destructive || !g->f.send_signal) {
		code_jump_if_imm(k, BPF_JNE, 7, 0, fault_label(k, IR_FAULT_UPRIV, false));
		return;
	}
	if (KERN_NOT_CURRENT(k->place->hook)) { /* the signal would go to who runs, whoever that is */
		code_load_at(k, 4, 1, IN_FIRING(not_current));
		code_jump_if_imm(k, BPF_JNE, 1, 0, fault_label(k, IR_FAULT_UPRIV, false));
	}
	if ((enum ir_action_kind)k->i->imm == IR_ACT_RAISE) {
		regs_to(k, 1, k->i->a);
		code_alu(k, BPF_MOV, 2, 1);
		code_alu_imm(k, BPF_SUB, 2, 1);
		code_jump_if_imm(k, BPF_JGE, 2, 64, fault_label(k, IR_FAULT_ILLOP, false));
	} else {
		code_set(k, 1, SIGSTOP);
	}
	code_helper(k, BPF_FUNC_send_signal);
	code_jump_if_imm(k, BPF_JNE, 0, 0, fault_label(k, IR_FAULT_ILLOP, false));
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Built-in variables: most are members of struct firing, which the fixed program has filled in as far as gen_needs says.
 */
#include "code.h"

#define ARGS 10

uint32_t probe_at(const struct code *k)
{
	return IN_FIRING(target.probe[0]) + k->call->probe * 4u;
}

void probe_to(struct code *k, int d)
{
	if (k->in_error)
		code_set(k, d, k->error_probe);
	else
		code_load_at(k, 4, d, probe_at(k));
}

/*	if (!firing.time_ns) firing.time_ns = ktime_get_ns(); d = firing.time_ns	*/
void time_to(struct code *k, int d)
{
	label known = code_label(k);

	code_load_at(k, 8, 0, IN_FIRING(time_ns));
	code_jump_if_imm(k, BPF_JNE, 0, 0, known);
	code_helper(k, BPF_FUNC_ktime_get_ns);
	code_store_at(k, 8, IN_FIRING(time_ns), 0);
	code_here(k, known);
	code_alu(k, BPF_MOV, d, 0);
}

static uint32_t args_at(const struct code *k)
{
	return k->in_error ? IN_FRAME(args[1][0]) : k->call->is_open ? IN_FRAME(args[0][0]) : IN_FIRING(args[0]);
}

/* d = n < ARGS ? args[n] : 0 */
static void indexed(struct code *k, uint32_t at, uint32_t n, label *out)
{
	*out = code_label(k);
	regs_to(k, 1, k->i->b);
	code_set(k, 2, 0);
	code_jump_if_imm(k, BPF_JGE, 1, n, *out);
	code_alu_imm(k, BPF_LSH, 1, 3);
	code_alu(k, BPF_ADD, 1, 7);
	code_load(k, 8, 2, 1, (int32_t)at);
}

static void load_args(struct code *k)
{
	int64_t v;
	label out;

	if (regs_const(k, k->i->b, &v)) {
		if (v < 0 || v >= ARGS)
			regs_set_const(k, k->i->d, 0);
		else
			code_load_at(k, 8, regs_def(k, k->i->d), args_at(k) + (uint32_t)v * 8);
		return;
	}
	indexed(k, args_at(k), ARGS, &out);
	code_here(k, out);
	code_alu(k, BPF_MOV, regs_def(k, k->i->d), 2);
}

static void load_uregs(struct code *k)
{
	label out;

	regs_to(k, 1, k->i->b);
	code_jump_if_imm(k, BPF_JGE, 1, KERN_UREGS, fault_label(k, IR_FAULT_BADINDEX, false));
	indexed(k, IN_FIRING(uregs[0]), KERN_UREGS, &out);
	code_here(k, out);
	code_alu(k, BPF_MOV, regs_def(k, k->i->d), 2);
}

/* r0 = bytes of the first frames of the user's stack, which lie at key_at */
static void user_frames(struct code *k, uint32_t frames)
{
	label some = code_label(k), none = code_label(k);

	if (k->place->hook == HOOK_RUN) {
		code_set(k, 0, 0);
		return;
	}
	if (KERN_NOT_CURRENT(k->place->hook)) { /* the stack would be a stranger's */
		code_load_at(k, 4, 1, IN_FIRING(not_current));
		code_jump_if_imm(k, BPF_JNE, 1, 0, none);
	}
	code_load(k, 8, 1, 10, STACK_CTX);
	code_address(k, 2, k->g->key_at);
	code_set(k, 3, frames * 8);
	code_set(k, 4, BPF_F_USER_STACK);
	code_helper(k, BPF_FUNC_get_stack);
	code_jump_if_imm(k, BPF_JSGE, 0, 0, some);
	code_here(k, none);
	code_set(k, 0, 0);
	code_here(k, some);
}

static void load_epid(struct code *k)
{
	label none = code_label(k);

	if (k->call->epid) {
		regs_set_const(k, k->i->d, k->call->epid);
		return;
	}
	probe_to(k, 1);
	code_store_at(k, 4, IN_FRAME(word[0]), 1);
	code_store_imm_at(k, 4, IN_FRAME(word[0]) + 4, (int32_t)k->clause);
	code_address(k, 2, IN_FRAME(word[0]));
	code_map(k, 1, GEN_EPIDS, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_alu(k, BPF_MOV, 1, 0);
	code_set(k, 2, 0);
	code_jump_if_imm(k, BPF_JEQ, 1, 0, none);
	code_load(k, 4, 2, 1, 0);
	code_here(k, none);
	code_alu(k, BPF_MOV, regs_def(k, k->i->d), 2);
}

void fault_epid(struct code *k)
{
	label known = code_label(k);

	if (gen_map_at(k->g, GEN_EPIDS, 0) == UINT32_MAX)
		return;
	code_load_at(k, 4, 1, IN_FRAME(epid));
	code_jump_if_imm(k, BPF_JNE, 1, 0, known);
	code_load_at(k, 4, 1, IN_FRAME(probe));
	code_store_at(k, 4, IN_FRAME(word[0]), 1);
	code_load_at(k, 4, 1, IN_FRAME(clause));
	code_store_at(k, 4, IN_FRAME(word[0]) + 4, 1);
	code_address(k, 2, IN_FRAME(word[0]));
	code_map(k, 1, GEN_EPIDS, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, known);
	code_load(k, 4, 1, 0, 0);
	code_store_at(k, 4, IN_FRAME(epid), 1);
	code_here(k, known);
}

/* Members of struct firing that are just loaded; bits: how many of them count (pids are small). */
static const struct field {
	uint32_t at;
	uint8_t width, bytes;
	bool is_signed;
} fields[IR_VAR_COUNT] = {
#define FIELD(id, member, width, bytes) [IR_VAR_##id] = {IN_FIRING(member), width, bytes, false}
	FIELD(CPU, cpu, 4, 2), FIELD(VTIMESTAMP, vtime_ns, 8, 8),
	FIELD(PID, pid, 4, 3), FIELD(TID, tid, 4, 3), FIELD(PPID, ppid, 4, 3), FIELD(UID, uid, 4, 4), FIELD(GID, gid, 4, 4),
	FIELD(XEUID, euid, 4, 4), FIELD(XEGID, egid, 4, 4), FIELD(XPGID, pgid, 4, 3), FIELD(XSID, sid, 4, 3), FIELD(XNLWP, nlwp, 4, 3),
	FIELD(XSTATE, state, 1, 1), FIELD(XSNAME, sname, 1, 1),
#undef FIELD
};

void step_builtin(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t which = (uint32_t)i->imm;
	int d;

	if (i->op == IR_BUILTIN_STR) {
		k->source[i->d] = SLOT_BUILTIN;
		k->source_of[i->d] = which;
		return;
	}
	if (fields[which].width) {
		d = regs_def(k, i->d);
		code_load_at(k, fields[which].width, d, fields[which].at);
		regs_know(k, i->d, fields[which].bytes, fields[which].bytes == 8);
		return;
	}
	switch (which) {
	case IR_VAR_ARG0: case IR_VAR_ARG1: case IR_VAR_ARG2: case IR_VAR_ARG3: case IR_VAR_ARG4:
	case IR_VAR_ARG5: case IR_VAR_ARG6: case IR_VAR_ARG7: case IR_VAR_ARG8: case IR_VAR_ARG9:
		code_load_at(k, 8, regs_def(k, i->d), args_at(k) + (which - IR_VAR_ARG0) * 8);
		break;
	case IR_VAR_ARGS:
		load_args(k);
		break;
	case IR_VAR_EPID:
		load_epid(k);
		break;
	case IR_VAR_ID:
		d = regs_def(k, i->d);
		probe_to(k, d);
		regs_know(k, i->d, 4, false);
		break;
	case IR_VAR_ERRNO: case IR_VAR_XPRI:
		d = regs_def(k, i->d);
		code_load_at(k, 4, d, which == IR_VAR_ERRNO ? IN_FIRING(error) : IN_FIRING(pri));
		code_extend(k, d, 4, true);
		regs_know(k, i->d, 4, true);
		break;
	case IR_VAR_TIMESTAMP:
		time_to(k, regs_def(k, i->d));
		break;
	case IR_VAR_WALLTIMESTAMP:
		d = regs_def(k, i->d);
		time_to(k, d);
		code_map_value(k, 1, GEN_CONFIG, offsetof(struct config, wall_offset));
		code_load(k, 8, 1, 1, 0);
		code_alu(k, BPF_ADD, d, 1);
		break;
	case IR_VAR_UREGS:
		load_uregs(k);
		break;
	case IR_VAR_UCALLER: {
		label none = code_label(k);

		user_frames(k, 2);
		code_set(k, 1, 0);
		code_jump_if_imm(k, BPF_JLT, 0, 16, none);
		code_load_at(k, 8, 1, k->g->key_at + 8);
		code_here(k, none);
		code_alu(k, BPF_MOV, regs_def(k, i->d), 1);
		break;
	}
	case IR_VAR_USTACKDEPTH:
		user_frames(k, GEN_DEPTH_MAX);
		d = regs_def(k, i->d);
		code_alu(k, BPF_MOV, d, 0);
		code_alu_imm(k, BPF_RSH, d, 3);
		break;
	case IR_VAR_IPL: case IR_VAR_CALLER: case IR_VAR_STACKDEPTH: /* the kernel's own, which a leaf does not see */
		regs_set_const(k, i->d, 0);
		break;
	default: /* curthread is an address of the kernel */
		code_jump_if_imm(k, BPF_JNE, 7, 0, fault_label(k, which == IR_VAR_CURTHREAD ? IR_FAULT_KPRIV : IR_FAULT_UPRIV, false));
		regs_set_const(k, i->d, 0);
	}
}

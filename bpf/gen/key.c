/* SPDX-License-Identifier: GPL-2.0-only
 * Keys of aggregations and of dynamic variables, stacks and symbols: the form is that of gen_key_part.
 */
#include "code.h"

#define STACK_FRAMES_MAX 1024

uint32_t stack_frames(const struct gen *g, uint32_t index)
{
	const struct ir_stack *s = &g->p->stacks[index];
	uint32_t n = s->frames;

	if (n == 0)
		n = s->kind == IR_STACK_KERNEL ? g->o.stackframes : s->kind == IR_STACK_USER ? g->o.ustackframes : g->o.jstackframes;
	return n < STACK_FRAMES_MAX ? n : STACK_FRAMES_MAX;
}

uint32_t stack_room(const struct gen *g, uint32_t index)
{
	return 16 + 8 * stack_frames(g, index);
}

uint32_t value_room(const struct gen *g, const struct ir_type *t)
{
	uint32_t n = t->kind == IR_STRING ? 4 + g->p->strsize - 1 : t->kind == IR_BYTES ? 4 + t->size :
		     t->kind == IR_STACK ? stack_room(g, t->size) : t->kind == IR_SYM ? 16 : 8;

	return (n + 7) & ~7u;
}

/* A stack as records have it at the address in register `to` (not r0, r1), where there is stack_room(index); the frames that are
 * not there are zeros. r0 = bytes of it. */
void stack_write(struct code *k, int to, uint32_t taken, uint32_t index)
{
	const struct ir_stack *s = &k->g->p->stacks[taken];
	uint32_t bytes = 8 * stack_frames(k->g, index);
	bool user = s->kind != IR_STACK_KERNEL;
	label some = code_label(k), none = code_label(k);

	code_store_imm(k, 4, to, 0, (int32_t)index);
	code_store_imm(k, 4, to, 4, 0);
	/* BEGIN and its like fire in dtrace itself, at no point of any program. */
	if (k->place->hook == HOOK_RUN || (!user && !k->g->f.kernel_stack)) {
		code_store_imm(k, 8, to, 8, 0);
		code_set(k, 0, 16);
		return;
	}
	code_load_at(k, 4, 1, IN_FIRING(pid));
	if (!user)
		code_set(k, 1, 0);
	code_store(k, 8, to, 8, 1);
	code_store(k, 8, 10, STACK_POINTER, to);
	if (user && KERN_NOT_CURRENT(k->place->hook)) { /* the stack would be a stranger's */
		code_load_at(k, 4, 1, IN_FIRING(not_current));
		code_set(k, 0, 0);
		code_jump_if_imm(k, BPF_JNE, 1, 0, none);
	}
	code_alu(k, BPF_MOV, 2, to);
	code_alu_imm(k, BPF_ADD, 2, 16);
	code_load(k, 8, 1, 10, STACK_CTX);
	code_set(k, 3, bytes);
	code_set(k, 4, user ? BPF_F_USER_STACK : 0);
	code_helper(k, BPF_FUNC_get_stack);
	code_jump_if_imm(k, BPF_JSGT, 0, 0, some);
	code_set(k, 0, 0);
	code_here(k, some);
	code_jump_if_imm(k, BPF_JGT, 0, bytes, none);
	code_alu(k, BPF_MOV, 1, 0);
	code_alu_imm(k, BPF_RSH, 1, 3);
	code_load(k, 8, 2, 10, STACK_POINTER);
	code_store(k, 4, 2, 4, 1);
	code_alu_imm(k, BPF_AND, 0, ~7);
	code_here(k, none);
	code_alu_imm(k, BPF_ADD, 0, 16);
}

/* A symbol as records have it at the address in `to` (not r0, r1). */
void sym_write(struct code *k, int to, uint16_t reg, const struct ir_type *t)
{
	bool user = t->size != IR_ACT_SYM && t->size != IR_ACT_FUNC && t->size != IR_ACT_MOD;

	if (user) {
		code_load_at(k, 4, 1, IN_FIRING(pid));
		code_store(k, 8, to, 0, 1);
	} else {
		code_store_imm(k, 8, to, 0, 0);
	}
	regs_to(k, 1, reg);
	code_store(k, 8, to, 8, 1);
}

static void write_int(struct code *k, uint32_t at, uint16_t reg, const struct ir_type *t)
{
	int64_t v;

	if (!regs_fits(k, reg, t->size, t->is_signed)) {
		regs_to(k, 1, reg);
		code_extend(k, 1, t->size, t->is_signed);
		code_store_at(k, 8, at, 1);
	} else if (regs_const(k, reg, &v) && v == (int32_t)v) {
		code_store_imm_at(k, 8, at, (int32_t)v);
	} else {
		code_store_at(k, 8, at, regs_use(k, reg));
	}
}

void key_write(struct code *k, uint32_t at, const struct gen_key_part *parts, uint32_t nparts, const struct ir_arg *args,
	       const struct ir_type *types)
{
	for (uint32_t n = 0; n < nparts; n++) {
		const struct gen_key_part *part = &parts[n];
		uint32_t to = at + part->offset;

		switch (part->kind) {
		case GEN_KEY_INT:
			write_int(k, to, args[n].n, &types[n]);
			regs_unpin(k);
			break;
		case GEN_KEY_STRING: {
			uint32_t s = slot_at(k, args[n].n);

			code_set(k, 2, to);
			code_set(k, 3, s);
			code_set(k, 4, part->size);
			code_library(k, LINK_rec);
			break;
		}
		case GEN_KEY_BYTES: {
			uint32_t s = slot_at(k, args[n].n);

			code_set(k, 2, to);
			code_set(k, 3, s);
			code_set(k, 4, types[n].size);
			code_library(k, LINK_recbytes);
			break;
		}
		case GEN_KEY_EXECNAME:
			for (uint32_t i = 0; i < KERN_EXECNAME; i += 8) {
				code_load_at(k, 8, 1, IN_FIRING(execname) + i);
				code_store_at(k, 8, to + i, 1);
			}
			break;
		case GEN_KEY_PROBE:
			probe_to(k, 1);
			code_store_at(k, 8, to, 1);
			break;
		case GEN_KEY_STACK:
			code_zero(k, to, part->size);
			code_address(k, 2, to);
			stack_write(k, 2, args[n].n, types[n].size);
			break;
		case GEN_KEY_SYM:
			code_address(k, 2, to);
			sym_write(k, 2, args[n].n, &types[n]);
			break;
		}
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * One instruction of the IR: arithmetic, comparisons and jumps here, the rest by its subject in other files. What each means is said by
 * bpf/lang/eval.c, which this must agree with in every bit.
 */
#include "code.h"

#include <stdlib.h>

label fault_label(struct code *k, enum ir_fault f, bool has_address)
{
	struct stub *more;

	for (uint32_t i = k->nstubs; i-- > 0 && k->stubs[i].ins == k->at;)
		if (k->stubs[i].fault == f && k->stubs[i].has_address == has_address)
			return k->stubs[i].at;
	if (k->nstubs == k->stubs_room) {
		more = reallocarray(k->stubs, k->stubs_room + 64, sizeof(*more));
		if (!more) {
			k->no_memory = true;
			return 0;
		}
		k->stubs = more;
		k->stubs_room += 64;
	}
	k->stubs[k->nstubs] = (struct stub){code_label(k), f, has_address, k->at};
	return k->stubs[k->nstubs++].at;
}

static bool fits32(int64_t v)
{
	return v == (int32_t)v;
}

/* d = a op b, for what BPF has as an instruction. */
static void alu(struct code *k, int op)
{
	const struct ir_ins *i = k->i;
	bool commutes = op == BPF_ADD || op == BPF_MUL || op == BPF_AND || op == BPF_OR || op == BPF_XOR;
	uint16_t a = i->a, b = i->b;
	int64_t v, w;
	int ma, mb, d;

	if (commutes && regs_const(k, a, &v) && !regs_const(k, b, &w)) {
		a = i->b;
		b = i->a;
	}
	ma = regs_use(k, a);
	if (regs_const(k, b, &v) && fits32(v)) {
		if (op == BPF_LSH || op == BPF_RSH || op == BPF_ARSH)
			v &= 63;
		d = regs_def(k, i->d);
		code_alu(k, BPF_MOV, d, ma);
		code_alu_imm(k, op, d, v);
		return;
	}
	mb = regs_use(k, b);
	if (op == BPF_LSH || op == BPF_RSH || op == BPF_ARSH) { /* the count of a shift is below 64, for the verifier, too */
		code_alu(k, BPF_MOV, 1, mb);
		code_alu_imm(k, BPF_AND, 1, 63);
		mb = 1;
	}
	d = regs_def(k, i->d);
	if (d == mb) {
		code_alu(k, BPF_MOV, 0, ma);
		code_alu(k, op, 0, mb);
		code_alu(k, BPF_MOV, d, 0);
		return;
	}
	code_alu(k, BPF_MOV, d, ma);
	code_alu(k, op, d, mb);
}

/* m = |m| */
static void absolute(struct code *k, int m)
{
	label positive = code_label(k);

	code_jump_if_imm(k, BPF_JSGE, m, 0, positive);
	code_put(k, (struct bpf_insn){.code = BPF_ALU64 | BPF_NEG, .dst_reg = (uint8_t)(m & 15)});
	code_here(k, positive);
}

/* BPF divides unsigned numbers only, and by 0 without a word:
 *	if (b == 0) fault; r1 = |a|; r2 = |b|; r1 op= r2; if the result is negative, r1 = -r1	*/
static void divide(struct code *k)
{
	const struct ir_ins *i = k->i;
	bool is_signed = i->op == IR_SDIV || i->op == IR_SMOD, modulo = i->op == IR_SMOD || i->op == IR_UMOD;
	int64_t v;

	regs_to(k, 1, i->a);
	regs_to(k, 2, i->b);
	if (!regs_const(k, i->b, &v) || v == 0)
		code_jump_if_imm(k, BPF_JEQ, 2, 0, fault_label(k, IR_FAULT_DIVZERO, false));
	if (is_signed) {
		code_alu(k, BPF_MOV, 3, 1);
		if (!modulo)
			code_alu(k, BPF_XOR, 3, 2);
		absolute(k, 1);
		absolute(k, 2);
	}
	code_alu(k, modulo ? BPF_MOD : BPF_DIV, 1, 2);
	if (is_signed) {
		label positive = code_label(k);

		code_jump_if_imm(k, BPF_JSGE, 3, 0, positive);
		code_put(k, (struct bpf_insn){.code = BPF_ALU64 | BPF_NEG, .dst_reg = 1});
		code_here(k, positive);
	}
	code_alu(k, BPF_MOV, regs_def(k, i->d), 1);
}

static void extend(struct code *k)
{
	const struct ir_ins *i = k->i;
	struct known known = k->known[i->a];
	bool fits = regs_fits(k, i->a, i->width, i->is_signed);
	int64_t v;
	int a, d;

	if (fits && regs_const(k, i->a, &v)) {
		regs_set_const(k, i->d, v);
		return;
	}
	a = regs_use(k, i->a);
	d = regs_def(k, i->d);
	code_alu(k, BPF_MOV, d, a);
	if (!fits) {
		code_extend(k, d, i->width, i->is_signed);
		known = (struct known){i->width, i->is_signed};
	}
	regs_know(k, i->d, known.bytes, known.is_signed);
}


/* The jump that is taken when the comparison holds, and when it does not. */
static int jump_op(enum ir_op op, bool holds)
{
	switch (op) {
	case IR_EQ:
		return holds ? BPF_JEQ : BPF_JNE;
	case IR_NE:
		return holds ? BPF_JNE : BPF_JEQ;
	case IR_SLT:
		return holds ? BPF_JSLT : BPF_JSGE;
	case IR_SLE:
		return holds ? BPF_JSLE : BPF_JSGT;
	case IR_ULT:
		return holds ? BPF_JLT : BPF_JGE;
	default:
		return holds ? BPF_JLE : BPF_JGT;
	}
}

/* The instruction n after this one, if it is in the same block. */
static const struct ir_ins *following(const struct code *k, uint32_t n)
{
	const struct ir_block *b = &k->g->p->blocks[k->c->blocks + k->block];

	return k->at + n < b->first + b->count ? k->i + n : NULL;
}

static bool dead_after(const struct code *k, uint32_t n, uint16_t r)
{
	return flow_dead_after(k->flow, k->at + n - k->g->p->blocks[k->c->blocks + k->block].first, r);
}

/* To the block that follows in any case, nothing is jumped. */
static void go_to(struct code *k, uint32_t block)
{
	if (block != k->next_block)
		code_jump(k, k->block_label[block]);
}

static void branch(struct code *k, int op_holds, int op_not, int a, int b, int64_t imm, const struct ir_ins *br)
{
	uint32_t yes = (uint32_t)br->imm, no = br->imm2;

	if (yes == k->next_block && no != yes) {
		if (b >= 0)
			code_jump_if(k, op_not, a, b, k->block_label[no]);
		else
			code_jump_if_imm(k, op_not, a, imm, k->block_label[no]);
		return;
	}
	if (b >= 0)
		code_jump_if(k, op_holds, a, b, k->block_label[yes]);
	else
		code_jump_if_imm(k, op_holds, a, imm, k->block_label[yes]);
	go_to(k, no);
}

static void compare(struct code *k)
{
	const struct ir_ins *i = k->i, *br = following(k, 1);
	int64_t v = 0;
	label holds;
	int a, b, d;

	a = regs_use(k, i->a);
	b = regs_const(k, i->b, &v) && fits32(v) ? -1 : regs_use(k, i->b);
	if (br && br->op == IR_BR && br->a == i->d && dead_after(k, 1, i->d)) {
		regs_end_block(k);
		branch(k, jump_op(i->op, true), jump_op(i->op, false), a, b, v, br);
		k->skip = 1;
		return;
	}
	/* The result may be in the register of an operand: it is made in r1. */
	holds = code_label(k);
	code_set(k, 1, 1);
	if (b >= 0)
		code_jump_if(k, jump_op(i->op, true), a, b, holds);
	else
		code_jump_if_imm(k, jump_op(i->op, true), a, v, holds);
	code_set(k, 1, 0);
	code_here(k, holds);
	d = regs_def(k, i->d);
	code_alu(k, BPF_MOV, d, 1);
	regs_know(k, i->d, 1, false);
}

/* strcmp(execname, "node"), which is then compared with 0: by words, without the library. */
static bool string_equality(struct code *k)
{
	const struct ir_ins *i = k->i, *zero = following(k, 1), *eq = following(k, 2), *br = following(k, 3);
	label differ, done;

	if (!eq || zero->op != IR_CONST || zero->imm != 0 || (eq->op != IR_EQ && eq->op != IR_NE) || zero->d == i->d ||
	    eq->a != i->d || eq->b != zero->d || (eq->d != i->d && !dead_after(k, 2, i->d)) ||
	    (eq->d != zero->d && !dead_after(k, 2, zero->d)))
		return false;
	differ = code_label(k);
	done = code_label(k);
	if (br && br->op == IR_BR && br->a == eq->d && dead_after(k, 3, eq->d)) {
		uint32_t same = eq->op == IR_EQ ? (uint32_t)br->imm : br->imm2, other = eq->op == IR_EQ ? br->imm2 : (uint32_t)br->imm;

		uint8_t a = k->source[i->a], b = k->source[i->b];

		if (!slot_comparable(k, i->a, i->b))
			return false;
		regs_end_block(k); /* may put them into their slots; where they came from they are still */
		k->source[i->a] = a;
		k->source[i->b] = b;
		slot_equals(k, i->a, i->b, k->block_label[other]);
		go_to(k, same);
		k->skip = 3;
		return true;
	}
	if (!slot_equals(k, i->a, i->b, differ))
		return false;
	code_set(k, 1, eq->op == IR_EQ);
	code_jump(k, done);
	code_here(k, differ);
	code_set(k, 1, eq->op != IR_EQ);
	code_here(k, done);
	code_alu(k, BPF_MOV, regs_def(k, eq->d), 1);
	regs_know(k, eq->d, 1, false);
	k->skip = 2;
	return true;
}

static void string_compare(struct code *k)
{
	const struct ir_ins *i = k->i;
	uint32_t a, b;

	if (string_equality(k))
		return;
	a = slot_at(k, i->a);
	b = slot_at(k, i->b);
	code_set(k, 2, a);
	code_set(k, 3, b);
	code_library(k, LINK_strcmp);
	code_alu(k, BPF_MOV, regs_def(k, i->d), 0);
}

static void unary(struct code *k)
{
	const struct ir_ins *i = k->i;
	int a = regs_use(k, i->a), d = regs_def(k, i->d);

	code_alu(k, BPF_MOV, d, a);
	if (i->op == IR_NEG)
		code_put(k, (struct bpf_insn){.code = BPF_ALU64 | BPF_NEG, .dst_reg = (uint8_t)(d & 15)});
	else if (i->op == IR_NOT)
		code_alu_imm(k, BPF_XOR, d, -1);
}

static void move(struct code *k)
{
	const struct ir_ins *i = k->i;
	struct known known = k->known[i->a];
	int64_t v;

	if (regs_const(k, i->a, &v)) {
		regs_set_const(k, i->d, v);
		return;
	}
	unary(k);
	regs_know(k, i->d, known.bytes, known.is_signed);
}

static void jump(struct code *k)
{
	int a;

	if (k->i->op == IR_JMP) {
		regs_end_block(k);
		go_to(k, (uint32_t)k->i->imm);
		return;
	}
	a = regs_use(k, k->i->a);
	regs_end_block(k);
	branch(k, BPF_JNE, BPF_JEQ, a, -1, 0, k->i);
}

static void exit_program(struct code *k)
{
	regs_to(k, 2, k->i->a);
	code_map_value(k, 1, GEN_CONFIG, 0);
	code_store(k, 4, 1, (int32_t)offsetof(struct config, status), 2);
	code_store_imm(k, 4, 1, (int32_t)offsetof(struct config, exited), 1);
}

void step(struct code *k)
{
	switch (k->i->op) {
	case IR_CONST:
		regs_set_const(k, k->i->d, k->i->imm);
		break;
	case IR_MOV:
		move(k);
		break;
	case IR_STR:
		k->source[k->i->d] = SLOT_TEXT;
		k->source_of[k->i->d] = (uint32_t)k->i->imm;
		break;
	case IR_EXT:
		extend(k);
		break;
	case IR_ADD: alu(k, BPF_ADD); break;
	case IR_SUB: alu(k, BPF_SUB); break;
	case IR_MUL: alu(k, BPF_MUL); break;
	case IR_AND: alu(k, BPF_AND); break;
	case IR_OR: alu(k, BPF_OR); break;
	case IR_XOR: alu(k, BPF_XOR); break;
	case IR_SHL: alu(k, BPF_LSH); break;
	case IR_LSHR: alu(k, BPF_RSH); break;
	case IR_ASHR: alu(k, BPF_ARSH); break;
	case IR_SDIV: case IR_UDIV: case IR_SMOD: case IR_UMOD:
		divide(k);
		break;
	case IR_NEG: case IR_NOT:
		unary(k);
		break;
	case IR_EQ: case IR_NE: case IR_SLT: case IR_SLE: case IR_ULT: case IR_ULE:
		compare(k);
		break;
	case IR_STRCMP:
		string_compare(k);
		break;
	case IR_JMP: case IR_BR:
		jump(k);
		break;
	case IR_RET:
		record_end(k);
		break;
	case IR_BUILTIN: case IR_BUILTIN_STR:
		step_builtin(k);
		break;
	case IR_LDVAR: case IR_LDVARS: case IR_STVAR: case IR_STVARS:
		step_var(k);
		break;
	case IR_LOAD: case IR_STORE: case IR_LOADS: case IR_STORES: case IR_MOVS: case IR_PUTS: case IR_LOADB: case IR_STOREB:
		step_memory(k);
		break;
	case IR_CALL:
		step_call(k);
		break;
	case IR_HOST:
		step_host(k);
		break;
	case IR_AGG:
		step_agg(k);
		break;
	case IR_RECORD:
		step_record(k);
		break;
	case IR_SPEC_NEW: case IR_SPECULATE: case IR_COMMIT: case IR_DISCARD:
		step_spec(k);
		break;
	case IR_EXIT:
		exit_program(k);
		break;
	case IR_OP_COUNT:
		break;
	}
}

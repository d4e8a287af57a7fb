/* SPDX-License-Identifier: GPL-2.0-only
 * BPF instructions (linux/bpf.h; Documentation/bpf/standardization/instruction-set.rst, version 1 and 2 of the instruction set,
 * atomic operations apart): written one after the other, jumps completed when all is there.
 */
#include "code.h"

#include <stdlib.h>
#include <string.h>

#define JUMP_MAX	32767
#define ISLAND_DISTANCE 16000
#define LOAD_64		(BPF_LD | BPF_DW) /* BPF_IMM, which is 0; of two instructions */
#define UNROLLED	128 /* bytes */
#define OFF_MAX		32000 /* of an access through a register, with room for its width */

/* An array with room for one more element; false: no memory. */
static bool room_for(void **p, uint32_t n, uint32_t *room, size_t size)
{
	uint32_t more = *room ? *room * 2 : 256;
	void *new;

	if (n < *room)
		return true;
	new = reallocarray(*p, more, size);
	if (!new)
		return false;
	*p = new;
	*room = more;
	return true;
}

void code_free(struct code *k)
{
	free(k->insns);
	free(k->lines);
	free(k->relocs);
	free(k->calls);
	free(k->labels);
	free(k->fixups);
	free(k->stubs);
	memset(k, 0, sizeof(*k));
}

void code_put(struct code *k, struct bpf_insn i)
{
	uint32_t lines_room = k->room;

	if (k->n >= CODE_INSNS_MAX)
		k->too_long = true;
	if (k->no_memory || k->too_long || !room_for((void **)&k->insns, k->n, &k->room, sizeof(*k->insns)) ||
	    !room_for((void **)&k->lines, k->n, &lines_room, sizeof(*k->lines))) {
		k->no_memory = !k->too_long;
		return;
	}
	k->lines[k->n] = k->line;
	k->insns[k->n++] = i;
}

static void put(struct code *k, unsigned op, int d, int s, int32_t off, int32_t imm)
{
	code_put(k, (struct bpf_insn){.code = (uint8_t)op, .dst_reg = (uint8_t)(d & 15), .src_reg = (uint8_t)(s & 15), .off = (int16_t)off,
				      .imm = imm});
}

label code_label(struct code *k)
{
	if (!room_for((void **)&k->labels, k->nlabels, &k->labels_room, sizeof(*k->labels))) {
		k->no_memory = true;
		return 0;
	}
	k->labels[k->nlabels] = -1;
	return k->nlabels++;
}

void code_here(struct code *k, label l)
{
	if (!k->no_memory)
		k->labels[l] = k->n;
}

static void note_jump(struct code *k, label to, bool is_call)
{
	if (!room_for((void **)&k->fixups, k->nfixups, &k->fixups_room, sizeof(*k->fixups))) {
		k->no_memory = true;
		return;
	}
	k->fixups[k->nfixups++] = (struct fixup){k->n, to, is_call};
}

bool code_finish(struct code *k)
{
	for (uint32_t i = 0; i < k->nfixups && !k->no_memory; i++) {
		const struct fixup *f = &k->fixups[i];
		int64_t off = k->labels[f->to] - (int64_t)f->insn - 1;

		if (f->is_call)
			k->insns[f->insn].imm = (int32_t)off;
		else if (k->labels[f->to] < 0 || off > JUMP_MAX || off < -JUMP_MAX)
			k->too_far = true;
		else
			k->insns[f->insn].off = (int16_t)off;
	}
	k->nfixups = 0;
	return !k->no_memory && !k->too_far && !k->too_long;
}

bool code_needs_island(const struct code *k)
{
	return k->n - k->island > ISLAND_DISTANCE;
}

/*	goto over; all jumps that have not arrived yet: goto where they lead; over:	*/
void code_island(struct code *k)
{
	uint32_t n = k->nfixups, kept = 0;
	label over = code_label(k);

	k->island = k->n;
	if (n == 0 || k->no_memory)
		return;
	code_jump(k, over);
	for (uint32_t i = 0; i < n && !k->no_memory; i++) {
		label to = k->fixups[i].to;
		uint32_t at = k->n;

		if (k->fixups[i].is_call || k->labels[to] >= 0 || k->fixups[i].insn == UINT32_MAX)
			continue;
		code_jump(k, to);
		for (uint32_t m = i; m < n; m++) {
			struct fixup *f = &k->fixups[m];

			if (f->to != to || f->is_call)
				continue;
			k->too_far |= at - f->insn > JUMP_MAX;
			k->insns[f->insn].off = (int16_t)(at - f->insn - 1);
			f->insn = UINT32_MAX; /* arrived */
		}
		/* labels[to] stays open for the island's own jump */
	}
	for (uint32_t i = 0; i < k->nfixups; i++)
		if (k->fixups[i].insn != UINT32_MAX)
			k->fixups[kept++] = k->fixups[i];
	k->nfixups = kept;
	code_here(k, over);
}

void code_alu(struct code *k, int op, int d, int s)
{
	if (op != BPF_MOV || d != s)
		put(k, BPF_ALU64 | BPF_X | (unsigned)op, d, s, 0, 0);
}

void code_set(struct code *k, int d, int64_t imm)
{
	if (imm == (int32_t)imm) {
		put(k, BPF_ALU64 | BPF_K | BPF_MOV, d, 0, 0, (int32_t)imm);
	} else if (imm == (int64_t)(uint32_t)imm) {
		put(k, BPF_ALU | BPF_K | BPF_MOV, d, 0, 0, (int32_t)imm);
	} else {
		put(k, LOAD_64, d, 0, 0, (int32_t)imm);
		put(k, 0, 0, 0, 0, (int32_t)(imm >> 32));
	}
}

void code_alu_imm(struct code *k, int op, int d, int64_t imm)
{
	if (op == BPF_MOV) {
		code_set(k, d, imm);
	} else if (imm == (int32_t)imm) {
		put(k, BPF_ALU64 | BPF_K | (unsigned)op, d, 0, 0, (int32_t)imm);
	} else {
		code_set(k, 0, imm);
		code_alu(k, op, d, 0);
	}
}

static unsigned size_of(int width)
{
	return width == 1 ? BPF_B : width == 2 ? BPF_H : width == 4 ? BPF_W : BPF_DW;
}

void code_load(struct code *k, int width, int d, int base, int32_t off)
{
	put(k, BPF_LDX | BPF_MEM | size_of(width), d, base, off, 0);
}

void code_store(struct code *k, int width, int base, int32_t off, int s)
{
	put(k, BPF_STX | BPF_MEM | size_of(width), base, s, off, 0);
}

void code_store_imm(struct code *k, int width, int base, int32_t off, int32_t imm)
{
	put(k, BPF_ST | BPF_MEM | size_of(width), base, 0, off, imm);
}

void code_jump(struct code *k, label l)
{
	note_jump(k, l, false);
	put(k, BPF_JMP | BPF_JA, 0, 0, 0, 0);
}

void code_jump_if(struct code *k, int op, int d, int s, label l)
{
	note_jump(k, l, false);
	put(k, BPF_JMP | BPF_X | (unsigned)op, d, s, 0, 0);
}

void code_jump_if_imm(struct code *k, int op, int d, int64_t imm, label l)
{
	if (imm != (int32_t)imm) {
		code_set(k, 0, imm);
		code_jump_if(k, op, d, 0, l);
		return;
	}
	note_jump(k, l, false);
	put(k, BPF_JMP | BPF_K | (unsigned)op, d, 0, 0, (int32_t)imm);
}

void code_helper(struct code *k, int helper)
{
	put(k, BPF_JMP | BPF_CALL, 0, 0, 0, helper);
}

void code_library(struct code *k, enum link_func f)
{
	code_load(k, 8, 1, 10, STACK_ELEMENT);
	code_function(k, f);
}

void code_function(struct code *k, enum link_func f)
{
	if (!room_for((void **)&k->calls, k->ncalls, &k->calls_room, sizeof(*k->calls))) {
		k->no_memory = true;
		return;
	}
	k->calls[k->ncalls++] = (struct link_call){k->n, f};
	put(k, BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 0);
}

void code_call_fault(struct code *k)
{
	k->fault_used = true;
	note_jump(k, k->on_fault, true);
	put(k, BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 0);
}

void code_exit(struct code *k)
{
	put(k, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

static void map_address(struct code *k, int d, int pseudo, uint32_t map, uint32_t offset)
{
	if (!room_for((void **)&k->relocs, k->nrelocs, &k->relocs_room, sizeof(*k->relocs))) {
		k->no_memory = true;
		return;
	}
	k->relocs[k->nrelocs++] = (struct gen_reloc){k->n, map};
	put(k, LOAD_64, d, pseudo, 0, 0);
	put(k, 0, 0, 0, 0, (int32_t)offset);
}

void code_map(struct code *k, int d, enum gen_map_kind kind, uint32_t index)
{
	map_address(k, d, BPF_PSEUDO_MAP_FD, gen_map_at(k->g, kind, index), 0);
}

void code_map_value(struct code *k, int d, enum gen_map_kind kind, uint32_t offset)
{
	map_address(k, d, BPF_PSEUDO_MAP_VALUE, gen_map_at(k->g, kind, 0), offset);
}

void code_address(struct code *k, int d, uint32_t at)
{
	code_alu(k, BPF_MOV, d, 7);
	if (at)
		code_alu_imm(k, BPF_ADD, d, at);
}

void code_load_at(struct code *k, int width, int d, uint32_t at)
{
	if (at <= OFF_MAX) {
		code_load(k, width, d, 7, (int32_t)at);
		return;
	}
	code_address(k, d, at);
	code_load(k, width, d, d, 0);
}

void code_store_at(struct code *k, int width, uint32_t at, int s)
{
	int base = s == 5 ? 0 : 5;

	if (at <= OFF_MAX) {
		code_store(k, width, 7, (int32_t)at, s);
		return;
	}
	code_address(k, base, at);
	code_store(k, width, base, 0, s);
}

void code_store_imm_at(struct code *k, int width, uint32_t at, int32_t imm)
{
	if (at <= OFF_MAX) {
		code_store_imm(k, width, 7, (int32_t)at, imm);
		return;
	}
	code_address(k, 5, at);
	code_store_imm(k, width, 5, 0, imm);
}

void code_extend(struct code *k, int d, unsigned width, bool is_signed)
{
	if (width == 8)
		return;
	if (!is_signed && width == 4) {
		put(k, BPF_ALU | BPF_X | BPF_MOV, d, d, 0, 0);
		return;
	}
	if (!is_signed) {
		code_alu_imm(k, BPF_AND, d, (1 << width * 8) - 1);
		return;
	}
	code_alu_imm(k, BPF_LSH, d, 64 - (int)width * 8);
	code_alu_imm(k, BPF_ARSH, d, 64 - (int)width * 8);
}

/*	p = lookup(drops, drop); if (p) *p += 1	*/
void code_drop(struct code *k, enum kern_drop drop)
{
	label none = code_label(k);

	code_store_imm_at(k, 4, FRAME_AT + offsetof(struct frame, word), (int32_t)drop);
	code_address(k, 2, FRAME_AT + offsetof(struct frame, word));
	code_map(k, 1, GEN_DROPS, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, none);
	code_load(k, 8, 1, 0, 0);
	code_alu_imm(k, BPF_ADD, 1, 1);
	code_store(k, 8, 0, 0, 1);
	code_here(k, none);
}

void code_text(struct code *k, uint32_t at, const char *s, uint32_t len, uint32_t room)
{
	uint32_t n;

	len = (uint32_t)strnlen(s, len);
	if (len > room - 1)
		len = room - 1;
	for (n = 0; n <= len; n += 8) {
		uint64_t word = 0;

		memcpy(&word, s + n, len - n < 8 ? len - n : 8);
		if (at > OFF_MAX && n == 0)
			code_address(k, 1, at);
		if ((int64_t)word == (int32_t)word) {
			if (at > OFF_MAX)
				code_store_imm(k, 8, 1, (int32_t)n, (int32_t)word);
			else
				code_store_imm_at(k, 8, at + n, (int32_t)word);
			continue;
		}
		code_set(k, 0, (int64_t)word);
		code_store(k, 8, at > OFF_MAX ? 1 : 7, (int32_t)(at > OFF_MAX ? n : at + n), 0);
	}
}

/* Unrolled when it is short, else a loop, which the verifier walks through. */
void code_copy(struct code *k, enum direction way, uint32_t at, uint32_t n)
{
	label again = code_label(k);

	code_address(k, 1, at);
	if (n <= UNROLLED) {
		for (uint32_t i = 0; i < n; i += 8) {
			code_load(k, 8, 2, way == LOAD ? 0 : 1, (int32_t)i);
			code_store(k, 8, way == LOAD ? 1 : 0, (int32_t)i, 2);
		}
		return;
	}
	code_set(k, 3, 0);
	code_here(k, again);
	code_load(k, 8, 2, way == LOAD ? 0 : 1, 0);
	code_store(k, 8, way == LOAD ? 1 : 0, 0, 2);
	code_alu_imm(k, BPF_ADD, 0, 8);
	code_alu_imm(k, BPF_ADD, 1, 8);
	code_alu_imm(k, BPF_ADD, 3, 8);
	code_jump_if_imm(k, BPF_JLT, 3, n, again);
}

void code_zero(struct code *k, uint32_t at, uint32_t n)
{
	label again;

	if (n <= UNROLLED) {
		for (uint32_t i = 0; i < n; i += 8)
			code_store_imm_at(k, 8, at + i, 0);
		return;
	}
	again = code_label(k);
	code_address(k, 1, at);
	code_set(k, 2, 0);
	code_here(k, again);
	code_store_imm(k, 8, 1, 0, 0);
	code_alu_imm(k, BPF_ADD, 1, 8);
	code_alu_imm(k, BPF_ADD, 2, 8);
	code_jump_if_imm(k, BPF_JLT, 2, n, again);
}

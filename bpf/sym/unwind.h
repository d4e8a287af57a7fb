/* SPDX-License-Identifier: GPL-2.0-only
 * One frame up, by the rules that compilers leave in .eh_frame (DWARF call frame information as in the x86-64, i386
 * and aarch64 ABIs), or by frame pointers. Pure: registers in, registers out; memory and tables are strangers'.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* By DWARF's numbers. x86_64: 0 to 15 (7 rsp, 6 rbp), 16 the return address. i386: 0 to 7 (4 esp, 5 ebp), 8 the return
 * address. aarch64: 0 to 30, 31 sp, 32 pc. */
enum { UNWIND_REGS = 33, X86_RBP = 6, X86_RSP = 7, X86_PC = 16, I386_EBP = 5, I386_ESP = 4, I386_PC = 8, ARM_FP = 29,
       ARM_LR = 30, ARM_SP = 31, ARM_PC = 32 };

struct unwind_regs {
	uint64_t r[UNWIND_REGS];
	uint64_t known;	  /* a bit a register */
	uint16_t machine; /* of elf(5): EM_X86_64, EM_386, EM_AARCH64 */
};

struct unwind_memory {
	/* All n bytes, or false. */
	bool (*read)(void *ctx, uint64_t addr, void *buf, size_t n);
	void *ctx;
};

/* The tables of one file, as linked. */
struct unwind_table {
	uint16_t machine;	  /* as in unwind_regs */
	const uint8_t *frame;	  /* .eh_frame */
	size_t frame_len;
	uint64_t frame_addr;
	struct unwind_fde *index; /* sorted; made by unwind_index */
	size_t n;
};

struct unwind_fde {
	uint64_t start, end;
	uint32_t offset; /* in frame */
};

/* Lists what .eh_frame describes. 0 or -ENOMEM; a broken section ends where it breaks. The caller frees t->index. */
int unwind_index(struct unwind_table *t);

/* Whether the table knows the function around this linked address. */
const struct unwind_fde *unwind_find(const struct unwind_table *t, uint64_t vaddr);

enum unwind_result {
	UNWIND_OK,
	UNWIND_END,  /* the outermost frame */
	UNWIND_FAIL, /* no rule, a broken one, or memory that cannot be read */
};

/* The caller's registers in place of those of a frame. bias is the run time address of linked address 0; vaddr the linked
 * address to look up (pc, or pc - 1 behind a call). *signal: the caller was interrupted, its pc is no return address. */
enum unwind_result unwind_cfi(const struct unwind_table *t, uint64_t vaddr, uint64_t bias, const struct unwind_memory *mem,
			      struct unwind_regs *regs, bool *signal);

/* The same by the frame pointer. */
enum unwind_result unwind_frame_pointer(uint16_t machine, const struct unwind_memory *mem, struct unwind_regs *regs);

/* EM_386 and EM_AARCH64; elf.h has names that clash with others. */
enum { UNWIND_I386 = 3, UNWIND_AARCH64 = 183 };

static inline unsigned unwind_pc(uint16_t machine)
{
	return machine == UNWIND_AARCH64 ? ARM_PC : machine == UNWIND_I386 ? I386_PC : X86_PC;
}

static inline unsigned unwind_sp(uint16_t machine)
{
	return machine == UNWIND_AARCH64 ? ARM_SP : machine == UNWIND_I386 ? I386_ESP : X86_RSP;
}

static inline unsigned unwind_fp(uint16_t machine)
{
	return machine == UNWIND_AARCH64 ? ARM_FP : machine == UNWIND_I386 ? I386_EBP : X86_RBP;
}

/* Bytes of an address, and the bits that it has. */
static inline unsigned unwind_word(uint16_t machine) { return machine == UNWIND_I386 ? 4 : 8; }
static inline uint64_t unwind_mask(uint16_t machine) { return machine == UNWIND_I386 ? UINT32_MAX : UINT64_MAX; }

static inline bool unwind_has(const struct unwind_regs *regs, unsigned reg)
{
	return reg < UNWIND_REGS && regs->known >> reg & 1;
}

static inline void unwind_set(struct unwind_regs *regs, unsigned reg, uint64_t value)
{
	regs->r[reg] = value;
	regs->known |= (uint64_t)1 << reg;
}

/* unwind_expr.c: a DWARF expression; `push` stands on the stack at first. false: broken, too long, or memory that cannot
 * be read. */
bool unwind_expression(const uint8_t *code, size_t len, const struct unwind_regs *regs, uint64_t bias,
		       const struct unwind_memory *mem, const uint64_t *push, uint64_t *value);

/* SPDX-License-Identifier: GPL-2.0-only
 * struct user_regs_struct and user_pt_regs: see regs.h.
 */
#include "regs.h"

#include <elf.h>

#if defined(__x86_64__)
/* ebx ecx edx esi edi ebp eax ds es fs gs orig_eax eip cs eflags esp ss, 4 bytes each: what the kernel has for code that runs
 * in 32-bit mode. */
static void from_i386(const uint64_t words[REGS_USER_MAX], struct unwind_regs *regs)
{
	static const signed char order[] = { 3, 1, 2, 6, 7, 5, 0, -1, -1, -1, -1, -1, I386_PC, -1, -1, I386_ESP };

	regs->machine = EM_386;
	for (unsigned i = 0; i < sizeof(order); i++)
		if (order[i] >= 0)
			unwind_set(regs, (unsigned)order[i], words[i / 2] >> i % 2 * 32 & UINT32_MAX);
}
#endif

bool regs_from_user(const uint64_t words[REGS_USER_MAX], size_t bytes, struct unwind_regs *regs)
{
	*regs = (struct unwind_regs){ .machine = EM_AARCH64 };
#if defined(__aarch64__)
	/* x0 to x30, sp, pc, pstate */
	if (bytes != 34 * 8)
		return false;
	for (unsigned i = 0; i < UNWIND_REGS; i++)
		unwind_set(regs, i, words[i]);
	return true;
#else
	/* r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp */
	static const signed char order[] = { 15, 14, 13, 12, 6, 3, 11, 10, 9, 8, 0, 2, 1, 4, 5, -1, 16, -1, -1, 7 };

	if (bytes == 17 * 4) {
		from_i386(words, regs);
		return true;
	}
	regs->machine = EM_X86_64;
	if (bytes < 20 * 8)
		return false;
	for (unsigned i = 0; i < sizeof(order); i++)
		if (order[i] >= 0)
			unwind_set(regs, (unsigned)order[i], words[i]);
	return true;
#endif
}

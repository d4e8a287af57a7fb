/* SPDX-License-Identifier: GPL-2.0-only
 * struct user_regs_struct and user_pt_regs: see regs.h.
 */
#include "regs.h"

bool regs_from_user(const uint64_t words[REGS_USER_MAX], size_t bytes, struct unwind_regs *regs)
{
	*regs = (struct unwind_regs){ .known = 0 };
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

	/* A 32-bit program has 17 short ones; one that only runs in that mode has another code segment. */
	if (bytes < 20 * 8 || words[17] != 0x33)
		return false;
	for (unsigned i = 0; i < sizeof(order); i++)
		if (order[i] >= 0)
			unwind_set(regs, (unsigned)order[i], words[i]);
	return true;
#endif
}

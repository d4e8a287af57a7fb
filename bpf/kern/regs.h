/* SPDX-License-Identifier: GPL-2.0-only
 * Registers of a task as they were when it entered the kernel: arguments of system calls, uregs[].
 */
#pragma once

#include "task.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
#if defined(__TARGET_ARCH_x86)
struct pt_regs___k { unsigned long r10, r9, r8, dx, si, di, orig_ax, bx, cx, bp; };
#else
struct pt_regs___k { __u64 regs[31]; __s32 syscallno; };
#endif
#pragma clang attribute pop

#define THREAD_BYTES 16384 /* THREAD_SIZE of both machines; with KASAN it is larger, and the registers are not found */

#if defined(__TARGET_ARCH_x86)
#define REGS_BYTES (21 * 8) /* struct pt_regs */
#else
#define REGS_BYTES (34 * 8) /* struct user_pt_regs, which struct pt_regs begins with */
#endif

/* bpf_task_pt_regs() with the type that the verifier gives its result. */
static struct pt_regs___k *(*regs_of_task)(struct task_struct *t) = (void *)BPF_FUNC_task_pt_regs;

/* The user registers of a task, to copy from. They lie at the end of its stack in the kernel. */
static __always_inline void *regs_of(struct task_struct *t)
{
	return READ(t, stack, RAW) + THREAD_BYTES - bpf_core_type_size(struct pt_regs___k);
}

static __always_inline void regs_of_user(__u64 *to, struct task_struct *t)
{
	ROLLED for (int i = 0; i < KERN_UREGS; i++)
		to[i] = 0;
	if (READ(t, mm, RAW)) /* a thread of the kernel has none */
		bpf_probe_read_kernel(to, REGS_BYTES, regs_of(t));
}

/* The number of the system call that returns: registers hold it still. */
static __always_inline long regs_syscall(struct task_struct *t, void *regs, bool known)
{
#if defined(__TARGET_ARCH_x86)
	if (known && has_task_regs())
		return regs_of_task(t)->orig_ax;
	return READ((struct pt_regs___k *)regs, orig_ax, RAW);
#else
	if (known && has_task_regs())
		return regs_of_task(t)->syscallno;
	return READ((struct pt_regs___k *)regs, syscallno, RAW);
#endif
}

/* Six arguments at entry, the machine's way, and a 32-bit program's. */
static __always_inline void regs_arguments(__u64 *args, struct task_struct *t, void *regs, bool compat, bool known)
{
	struct pt_regs___k *r = regs;
	bool typed = known && has_task_regs();

	if (typed)
		r = regs_of_task(t);
#if defined(__TARGET_ARCH_x86)
	if (compat) {
		args[0] = (__u32)READ(r, bx, typed);
		args[1] = (__u32)READ(r, cx, typed);
		args[2] = (__u32)READ(r, dx, typed);
		args[3] = (__u32)READ(r, si, typed);
		args[4] = (__u32)READ(r, di, typed);
		args[5] = (__u32)READ(r, bp, typed);
		return;
	}
	args[0] = READ(r, di, typed);
	args[1] = READ(r, si, typed);
	args[2] = READ(r, dx, typed);
	args[3] = READ(r, r10, typed);
	args[4] = READ(r, r8, typed);
	args[5] = READ(r, r9, typed);
#else
	(void)compat; /* the upper halves are zero */
	for (int i = 0; i < 6; i++)
		args[i] = READ(r, regs[i], typed);
#endif
}

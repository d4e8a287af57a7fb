/* SPDX-License-Identifier: GPL-2.0-only
 * Registers of a stopped thread, and its memory word by word.
 */
#include "tracee.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#if defined(__x86_64__)
/* Offsets in struct user: rax and orig_rax of its first member. */
static int set_register(struct tracee *t, long offset, int64_t value)
{
	return ptrace(PTRACE_POKEUSER, t->tid, offset, (long)value) < 0 ? -errno : 0;
}

int tracee_set_nr(struct tracee *t, int64_t nr)
{
	return set_register(t, 15 * 8, nr);
}

int tracee_set_result(struct tracee *t, int64_t ret)
{
	return set_register(t, 10 * 8, ret);
}
#elif defined(__aarch64__)
#define NT_ARM_SYSTEM_CALL 0x404

int tracee_set_nr(struct tracee *t, int64_t nr)
{
	int value = (int)nr;
	struct iovec io = { &value, sizeof(value) };

	return ptrace(PTRACE_SETREGSET, t->tid, NT_ARM_SYSTEM_CALL, &io) < 0 ? -errno : 0;
}

int tracee_set_result(struct tracee *t, int64_t ret)
{
	uint64_t regs[34]; /* x0 to x30, sp, pc, pstate */
	struct iovec io = { regs, sizeof(regs) };

	if (ptrace(PTRACE_GETREGSET, t->tid, NT_PRSTATUS, &io) < 0)
		return -errno;
	regs[0] = (uint64_t)ret;
	return ptrace(PTRACE_SETREGSET, t->tid, NT_PRSTATUS, &io) < 0 ? -errno : 0;
}
#else
#error "no register layout for this architecture"
#endif

bool tracee_ip(struct tracee *t, uint64_t *ip)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info) <= 0)
		return false;
	*ip = info.instruction_pointer;
	return true;
}

bool tracee_unwind_regs(struct tracee *t, struct unwind_regs *regs)
{
	uint64_t words[REGS_USER_MAX] = { 0 };
	struct iovec io = { words, sizeof(words) };

	return ptrace(PTRACE_GETREGSET, t->tid, NT_PRSTATUS, &io) == 0 && regs_from_user(words, io.iov_len, regs);
}

ssize_t tracee_peek(struct tracee *t, uint64_t addr, void *buf, size_t n)
{
	size_t done = 0;

	while (done < n) {
		uint64_t at = addr + done;
		size_t skip = (size_t)(at % sizeof(long));
		size_t piece = sizeof(long) - skip < n - done ? sizeof(long) - skip : n - done;
		long word;

		errno = 0;
		word = ptrace(PTRACE_PEEKDATA, t->tid, at - skip, 0);
		if (errno)
			break;
		memcpy((char *)buf + done, (char *)&word + skip, piece);
		done += piece;
	}
	return done > 0 || n == 0 ? (ssize_t)done : -EFAULT;
}

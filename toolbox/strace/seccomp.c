/* SPDX-License-Identifier: GPL-2.0-only
 * --seccomp-bpf: see seccomp.h. The program is a binary search over ranges of call numbers with one answer, for each
 * ABI of the machine:
 *
 *     switch (arch)
 *     case x86_64:  nr >= 57 ? (nr >= 59 ? ... : allow) : ...
 */
#include "seccomp.h"
#include "../lib/base.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct sock_filter *code;
static size_t n_code;

struct range {
	uint32_t from;
	bool stop;
};

bool seccomp_possible(void)
{
	uint32_t action = SECCOMP_RET_TRACE;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static size_t put(uint16_t op, uint8_t yes, uint8_t no, uint32_t k)
{
	if (n_code < BPF_MAXINSNS)
		code[n_code] = (struct sock_filter){ op, yes, no, k };
	return n_code++;
}

static void put_answer(bool stop)
{
	put(BPF_RET | BPF_K, 0, 0, stop ? SECCOMP_RET_TRACE : SECCOMP_RET_ALLOW);
}

/* if (nr >= r[n / 2].from) search the right half; else the left. The right half may be too far away for a
 * conditional jump, which reaches 255 instructions. */
static void put_search(const struct range *r, size_t n)
{
	if (n == 1) {
		put_answer(r->stop);
		return;
	}
	put(BPF_JMP | BPF_JGE | BPF_K, 0, 1, r[n / 2].from);
	size_t jump = put(BPF_JMP | BPF_JA, 0, 0, 0);
	put_search(r, n / 2);
	if (jump < BPF_MAXINSNS)
		code[jump].k = (uint32_t)(n_code - jump - 1);
	put_search(r + n / 2, n - n / 2);
}

static bool put_abi(const struct call_set *calls, enum abi abi, uint32_t arch)
{
	size_t n, n_ranges = 0;
	const struct call_row *const *rows = decode_rows(abi, &n);
	struct range *ranges = calloc(n + 2, sizeof(*ranges));

	if (!ranges)
		return false;
	for (size_t nr = 0; nr <= n; nr++) {
		/* Numbers that have no row are "unknown": in the set when all the others are (!…, all). */
		bool stop = nr < n && rows[nr] ? filter_has(calls, abi, rows[nr]) || !strcmp(rows[nr]->name, "execve") ||
						!strcmp(rows[nr]->name, "execveat") :
			    calls->rows[abi][calls->n - 1];

		if (n_ranges == 0 || ranges[n_ranges - 1].stop != stop)
			ranges[n_ranges++] = (struct range){ (uint32_t)nr, stop };
	}
	/* if (arch != ours) go behind this part */
	put(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
	put(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, arch);
	size_t skip = put(BPF_JMP | BPF_JA, 0, 0, 0);
	put(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
	put_search(ranges, n_ranges);
	if (skip < BPF_MAXINSNS)
		code[skip].k = (uint32_t)(n_code - skip - 1);
	free(ranges);
	return true;
}

bool seccomp_make(const struct call_set *calls)
{
	bool ok;

	code = calloc(BPF_MAXINSNS, sizeof(*code));
	if (!code)
		return false;
	n_code = 0;
#if defined(__x86_64__)
	ok = put_abi(calls, ABI_X86_64, AUDIT_ARCH_X86_64) && put_abi(calls, ABI_I386, AUDIT_ARCH_I386);
#else
	ok = put_abi(calls, ABI_AARCH64, AUDIT_ARCH_AARCH64);
#endif
	/* A program of another kind: all its calls are shown. */
	put_answer(true);
	return ok && n_code <= BPF_MAXINSNS;
}

int seccomp_install(void)
{
	struct sock_fprog prog = { .len = (unsigned short)n_code, .filter = code };

	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) == 0)
		return 0;
	/* Without CAP_SYS_ADMIN only for who gives up set-user-id programs, which under ptrace get no privilege anyway. */
	if (errno != EACCES || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return errno;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &prog) == 0 ? 0 : errno;
}

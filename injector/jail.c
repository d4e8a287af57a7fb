/* SPDX-License-Identifier: GPL-2.0-only
 * Confining the helper: see jail.h. If a container ever finds a way to steer the helper, this is
 * what it steers: a process that can attach and detach mounts and nothing else; above all it
 * cannot execute, open by plain path, connect or trace.
 */
#include "jail.h"
#include "../toolbox/lib/base.h"
#include "sys.h"

#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define JAIL_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define JAIL_ARCH AUDIT_ARCH_AARCH64
#else
#error "the helper's seccomp filter has no line for this architecture"
#endif

/* One call a line, and what it is for. */
static const unsigned allowed[] = {
	SYS_setns,	   /* join the container's mount namespace */
	SYS_fchdir,	   /* to its root, and into a mount that is to be detached */
	SYS_chroot,	   /* its root, where that is not the namespace's */
	SYS_openat2,	   /* never without RESOLVE_ flags: openat is not here */
	SYS_mkdirat,	   /* the mount point */
	SYS_unlinkat,	   /* and away with it */
	SYS_open_tree,	   /* the writable clone of a read-only root */
	SYS_mount_setattr, /* its read-only flag */
	SYS_move_mount,	   /* attach */
	SYS_umount2,	   /* detach */
	SYS_renameat2,	   /* waits for the parent's lock: attach.c, settle */
	SYS_statx,	   /* mount ids */
	SYS_statmount,	   /* is it shared? */
#ifdef SYS_newfstatat
	SYS_newfstatat, /* libc's fstat and fstatat */
#endif
#ifdef SYS_fstat
	SYS_fstat,
#endif
	SYS_getdents64, /* is it empty? */
	SYS_lseek, /* the mount table, opened before */
	SYS_read,
	SYS_close,
	SYS_write, /* the answer */
	SYS_exit_group,
	/* malloc for the mount table */
	SYS_brk,
	SYS_mmap,
	SYS_munmap,
	SYS_mremap,
	SYS_madvise,
};

static int close_others(int *keep, size_t n)
{
	unsigned next = 0;

	/* Insertion sort: a few dozen descriptors. */
	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && keep[j - 1] > keep[j]; j--) {
			int swap = keep[j];

			keep[j] = keep[j - 1];
			keep[j - 1] = swap;
		}
	for (size_t i = 0; i < n; i++) {
		if (keep[i] < 0)
			continue;
		if ((unsigned)keep[i] > next) {
			int r = sys_close_range(next, (unsigned)keep[i] - 1);

			if (r < 0)
				return r;
		}
		next = (unsigned)keep[i] + 1;
	}
	return sys_close_range(next, UINT_MAX);
}

/* capset(2), version 3: two words of 32 bits. */
static int drop_capabilities(void)
{
	const uint64_t keep = UINT64_C(1) << CAP_SYS_ADMIN	    /* setns, mounts */
			      | UINT64_C(1) << CAP_SYS_CHROOT	    /* setns, chroot */
			      | UINT64_C(1) << CAP_SYS_PTRACE	    /* setns to a process of another user */
			      | UINT64_C(1) << CAP_DAC_OVERRIDE	    /* mkdir in a root owned by a mapped uid */
			      | UINT64_C(1) << CAP_DAC_READ_SEARCH; /* look-ups below a closed directory */
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) < 0)
		return -errno;
	for (int i = 0; i < 2; i++) {
		data[i].effective &= (uint32_t)(keep >> (32 * i));
		data[i].permitted &= (uint32_t)(keep >> (32 * i));
		data[i].inheritable = 0; /* the ambient set goes with it */
	}
	return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

static int filter_calls(void)
{
	struct sock_filter code[8 + countof(allowed)];
	struct sock_fprog program = { .filter = code };
	unsigned short n = 0;

	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, JAIL_ARCH, 1, 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	/* x32 numbers carry bit 30 and so match no line below. */
	code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < countof(allowed); i++)
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i],
							 (unsigned char)(countof(allowed) - i), 0);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = n;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		return -errno;
	return 0;
}

int jail_enter(int *keep, size_t n)
{
	int r = close_others(keep, n);

	if (r == 0)
		r = drop_capabilities();
	if (r == 0)
		r = filter_calls();
	return r;
}

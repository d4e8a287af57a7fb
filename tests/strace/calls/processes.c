/* SPDX-License-Identifier: GPL-2.0-only
 * clone, wait, limits, futex, prctl, scheduling.
 */
#include "expect.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <linux/futex.h>

int main(void)
{
	unsigned long mask[2] = { 0x15, 1 };
	struct timespec wait = { 0, 1 };
	struct rlimit limit = { 3 << 20, RLIM_INFINITY };
	int status, word = 1;
	long r;

	r = syscall(SYS_clone, SIGCHLD, 0L, 0L, 0L, 0L);
	if (!r)
		syscall(SYS_exit, 3);
	expect(r, "clone(child_stack=NULL, flags=SIGCHLD)");
	r = syscall(SYS_wait4, r, &status, 0, NULL);
	expect(r, "wait4(%ld, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL)", r);
	r = syscall(SYS_wait4, -1, &status, WNOHANG, NULL);
	expect(r, "wait4(-1, %p, WNOHANG, NULL)", (void *)&status);
	r = syscall(SYS_setrlimit, 99, &limit);
	expect(r, "setrlimit(0x63 /* RLIMIT_??? */, {rlim_cur=3072*1024, rlim_max=RLIM64_INFINITY})");
	r = syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1);
	expect(r, "futex(%p, FUTEX_WAKE_PRIVATE, 1)", (void *)&word);
	r = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &wait);
	expect(r, "futex(%p, FUTEX_WAIT, 0, {tv_sec=0, tv_nsec=1})", (void *)&word);
	r = syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGHUP, 0L, 0L, 0L);
	expect(r, "prctl(PR_SET_PDEATHSIG, SIGHUP)");
	r = syscall(SYS_prctl, PR_SET_NAME, "a\"name", 0L, 0L, 0L);
	expect(r, "prctl(PR_SET_NAME, \"a\\\"name\")");
	r = syscall(SYS_prctl, PR_GET_DUMPABLE, 0L, 0L, 0L, 0L);
	printf("prctl(PR_GET_DUMPABLE) = 1 (SUID_DUMP_USER)\n");
	if (r != 1)
		return 1;
	r = syscall(SYS_sched_setaffinity, 0x7ffffff0, sizeof(mask), mask);
	expect(r, "sched_setaffinity(2147483632, 16, [0 2 4 64])");
	r = syscall(SYS_kill, 0x7ffffff0, SIGTERM);
	expect(r, "kill(2147483632, SIGTERM)");
	r = syscall(SYS_unshare, 0L);
	expect(r, "unshare(0)");
	return 0;
}

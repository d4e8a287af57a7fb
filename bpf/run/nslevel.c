/* SPDX-License-Identifier: GPL-2.0-only
 * Levels of pid namespaces.
 */
#include "nslevel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#define LEVEL_MAX 32 /* MAX_PID_NS_LEVEL, include/linux/pid_namespace.h */

/* clone3(2) takes a list of pids for the child, one for each level from the inside out, and fails with EINVAL when there are more than
 * levels (kernel/pid.c, alloc_pid). The innermost asked for is our own, which is taken: so no list makes a child. */
int nslevel_own(void)
{
	pid_t self = (pid_t)syscall(SYS_gettid), pids[LEVEL_MAX];

	for (unsigned n = 0; n < LEVEL_MAX; n++)
		pids[n] = self;
	for (unsigned n = 1; n <= LEVEL_MAX; n++) {
		struct clone_args args = { .exit_signal = SIGCHLD, .set_tid = (uintptr_t)pids, .set_tid_size = n };
		long child;

		/* An address space of its own is not needed for a child that never is. */
		args.flags = CLONE_VM | CLONE_VFORK;
		child = syscall(SYS_clone3, &args, sizeof args);
		if (child == 0)
			_exit(0);
		if (child > 0) {
			waitpid((pid_t)child, NULL, 0);
			return -EEXIST;
		}
		if (errno == EINVAL)
			return n > 1 ? (int)n - 2 : -EINVAL;
		if (errno != EEXIST && errno != EPERM)
			return -errno;
	}
	return LEVEL_MAX - 1;
}

int nslevel_below(pid_t pid, pid_t *innermost)
{
	char path[32], text[4096], *p, *end;
	int fd, levels = -1;
	ssize_t n;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = read(fd, text, sizeof text - 1);
	close(fd);
	if (n <= 0)
		return n < 0 ? -errno : -ESRCH;
	text[n] = '\0';
	/* The name stands in the first line, with its line ends written as \n: no other line can be forged. */
	p = strstr(text, "\nNSpid:");
	if (!p)
		return -ENOENT;
	for (p += 7; *p && *p != '\n'; p = end, levels++) {
		long number = strtol(p, &end, 10);

		if (end == p)
			break;
		*innermost = (pid_t)number;
	}
	return levels < 0 ? -EINVAL : levels;
}

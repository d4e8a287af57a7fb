/* SPDX-License-Identifier: GPL-2.0-only
 * The task of firings in user space. Its user memory is dtrace's own: readable, as copyin() finds it, but not writable
 * for a script, which would only break dtrace.
 */
#include "self.h"

#include "toolbox/lib/base.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define CHILL_MAX_NS 500000000 /* DTrace's bound of one second's chill() */

static char *const *self_argv;

/* The kernel's numbers of policies, include/uapi/linux/sched.h. musl's calls of these names ask nobody and fail. */
enum { POLICY_NORMAL, POLICY_FIFO, POLICY_RR, POLICY_BATCH, POLICY_IDLE = 5, POLICY_DEADLINE };

static long policy_of_self(void)
{
	return syscall(SYS_sched_getscheduler, 0) & ~0x40000000l; /* SCHED_RESET_ON_FORK */
}

/* As the kernel counts: 120 and the niceness, 99 less the priority of real time, -1 with a deadline. */
static enum ir_fault priority(int64_t *value)
{
	long policy = policy_of_self();
	int rt = 0;

	if (policy < 0)
		return IR_FAULT_UPRIV;
	if (policy == POLICY_FIFO || policy == POLICY_RR) {
		if (syscall(SYS_sched_getparam, 0, &rt) < 0)
			return IR_FAULT_UPRIV;
		*value = 99 - rt;
	} else {
		*value = policy == POLICY_DEADLINE ? -1 : 120 + getpriority(PRIO_PROCESS, 0);
	}
	return IR_FAULT_NONE;
}

/* The names that args[0]->pr_clname of sched::: has: lwp_class() of bpf/kern/lwp.h. */
static const char *class_name(void)
{
	switch (policy_of_self()) {
	case POLICY_FIFO: return "FF";
	case POLICY_RR: return "RR";
	case POLICY_BATCH: return "B";
	case POLICY_IDLE: return "ID";
	case POLICY_DEADLINE: return "DL";
	default: return "TS";
	}
}

static enum ir_fault builtin_int(void *cookie, enum ir_builtin which, int64_t index, int64_t *value)
{
	struct timespec t;

	(void)cookie;
	(void)index;
	switch (which) {
	case IR_VAR_PID:
		*value = getpid();
		return IR_FAULT_NONE;
	case IR_VAR_PPID:
		*value = getppid();
		return IR_FAULT_NONE;
	case IR_VAR_TID:
		*value = syscall(SYS_gettid);
		return IR_FAULT_NONE;
	case IR_VAR_UID:
		*value = getuid();
		return IR_FAULT_NONE;
	case IR_VAR_GID:
		*value = getgid();
		return IR_FAULT_NONE;
	case IR_VAR_XEUID:
		*value = geteuid();
		return IR_FAULT_NONE;
	case IR_VAR_XEGID:
		*value = getegid();
		return IR_FAULT_NONE;
	case IR_VAR_XPGID:
		*value = getpgrp();
		return IR_FAULT_NONE;
	case IR_VAR_XSID:
		*value = getsid(0);
		return IR_FAULT_NONE;
	case IR_VAR_XNLWP:
		*value = 1; /* dtrace has no threads */
		return IR_FAULT_NONE;
	case IR_VAR_XPRI:
		return priority(value);
	case IR_VAR_XSTATE:
		*value = 6; /* SONPROC: who asks runs */
		return IR_FAULT_NONE;
	case IR_VAR_XSNAME:
		*value = 'O';
		return IR_FAULT_NONE;
	case IR_VAR_VTIMESTAMP:
		clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
		*value = (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
		return IR_FAULT_NONE;
	case IR_VAR_ERRNO: /* no system call has failed, nobody called, and no interrupt is being served */
	case IR_VAR_IPL:
	case IR_VAR_CALLER:
	case IR_VAR_UCALLER:
	case IR_VAR_STACKDEPTH:
	case IR_VAR_USTACKDEPTH:
		*value = 0;
		return IR_FAULT_NONE;
	case IR_VAR_CURTHREAD:
		return IR_FAULT_KPRIV;
	default:
		return IR_FAULT_UPRIV;
	}
}

static enum ir_fault copy(char *buf, size_t size, const char *s)
{
	snprintf(buf, size, "%s", s);
	return IR_FAULT_NONE;
}

static enum ir_fault arguments(char *buf, size_t size)
{
	size_t n = 0;

	buf[0] = '\0';
	for (char *const *arg = self_argv; arg && *arg && n + 1 < size; arg++)
		n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? " " : "", *arg);
	return IR_FAULT_NONE;
}

static enum ir_fault builtin_str(void *cookie, enum ir_builtin which, char *buf, size_t size)
{
	struct utsname host;
	char name[17] = "";

	(void)cookie;
	switch (which) {
	case IR_VAR_EXECNAME:
	case IR_VAR_THREADNAME:
		prctl(PR_GET_NAME, name);
		return copy(buf, size, name);
	case IR_VAR_CWD:
		if (!getcwd(buf, size))
			return errno == ERANGE ? IR_FAULT_NOSCRATCH : IR_FAULT_BADADDR;
		return IR_FAULT_NONE;
	case IR_VAR_ROOT:
		return copy(buf, size, "/");
	case IR_VAR_ZONENAME: /* a container's host name is its id, or the name that it was given */
		return uname(&host) == 0 ? copy(buf, size, host.nodename) : IR_FAULT_BADADDR;
	case IR_VAR_XCLNAME:
		return copy(buf, size, class_name());
	case IR_VAR_XPSARGS:
		return arguments(buf, size);
	default:
		return IR_FAULT_UPRIV;
	}
}

static enum ir_fault copyin(void *cookie, uint64_t address, void *buf, size_t size, size_t *done)
{
	(void)cookie;
	*done = 0;
	/* Page by page: the call reads an element of the remote list whole or not at all. */
	while (*done < size) {
		size_t n = 4096 - (address + *done) % 4096;
		struct iovec to = { (char *)buf + *done, n < size - *done ? n : size - *done };
		struct iovec from = { (void *)(uintptr_t)(address + *done), to.iov_len };

		if (address + *done < address || process_vm_readv(getpid(), &to, 1, &from, 1, 0) != (ssize_t)to.iov_len)
			return IR_FAULT_BADADDR;
		*done += to.iov_len;
	}
	return IR_FAULT_NONE;
}

static enum ir_fault copyout(void *cookie, uint64_t address, const void *buf, size_t size)
{
	(void)cookie;
	(void)address;
	(void)buf;
	(void)size;
	return IR_FAULT_BADADDR;
}

static enum ir_fault host(void *cookie, enum ir_action_kind action, int64_t value)
{
	(void)cookie;
	if (action == IR_ACT_RAISE)
		return value >= 1 && value <= 64 && kill(getpid(), (int)value) == 0 ? IR_FAULT_NONE : IR_FAULT_ILLOP;
	if (action == IR_ACT_STOP)
		return kill(getpid(), SIGSTOP) == 0 ? IR_FAULT_NONE : IR_FAULT_ILLOP;
	if (action == IR_ACT_CHILL) {
		struct timespec t = { .tv_nsec = (long)value };

		if (value < 0 || value > CHILL_MAX_NS)
			return IR_FAULT_ILLOP;
		nanosleep(&t, NULL);
		return IR_FAULT_NONE;
	}
	return IR_FAULT_KPRIV; /* breakpoint and panic are the kernel's */
}

/* The parent of a process as /proc shows it; 0: unknown. The name in parentheses may hold anything, its end is the last
 * one. */
static int64_t parent_of(int64_t pid)
{
	char path[32], text[512];
	const char *end;
	size_t n;
	FILE *fp;

	if (pid == getpid())
		return getppid();
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	fp = fopen(path, "re");
	if (!fp)
		return 0;
	n = fread(text, 1, sizeof text - 1, fp);
	fclose(fp);
	text[n] = '\0';
	end = strrchr(text, ')');
	/* ") S 1 ...": the state is one letter */
	return end && strlen(end) > 4 ? strtol(end + 4, NULL, 10) : 0;
}

static bool progeny(void *cookie, int64_t pid)
{
	int64_t p = getpid();

	(void)cookie;
	/* A chain of parents cannot be longer than there are pids; a race could make a circle of it. */
	for (unsigned steps = 0; p > 0 && steps < 4096; steps++, p = parent_of(p)) {
		if (p == pid)
			return true;
	}
	return false;
}

void self_env(struct eval_env *env, char *const *argv)
{
	self_argv = argv;
	env->builtin_int = builtin_int;
	env->builtin_str = builtin_str;
	env->copyin = copyin;
	env->copyout = copyout;
	env->host = host;
	env->progeny = progeny;
	env->fd_text = self_fd_text;
	env->fd_number = self_fd_number;
	env->stack = NULL; /* neither a kernel's nor a user's frames: there is no probe point in any code */
}

/* SPDX-License-Identifier: GPL-2.0-only
 * How threads become tracees: attached while they run, or started.
 */
#include "tracee_table.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* Read end of the pipe through which a child tells that its exec failed. */
static int exec_error = -1;

static unsigned long wanted_options(void)
{
	unsigned long o = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC;

	if (tracee_opt.follow)
		o |= PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;
	if (tracee_opt.kill_on_exit || tracee_opt.seccomp)
		o |= PTRACE_O_EXITKILL;
	if (tracee_opt.seccomp)
		o |= PTRACE_O_TRACESECCOMP;
	return o;
}

static int seize(pid_t tid)
{
	return ptrace(PTRACE_SEIZE, tid, 0, wanted_options()) < 0 ? -errno : 0;
}

static int seize_and_interrupt(pid_t tid, pid_t tgid)
{
	int err = seize(tid);

	if (err < 0)
		return err;
	struct tracee *t = tracee_add(tid);
	if (!t)
		return -ENOMEM;
	t->tgid = tgid;
	t->call.tgid = tgid;
	ptrace(PTRACE_INTERRUPT, tid, 0, 0);
	return 0;
}

/* Seizes the threads of a process that are not ours yet; how many, or -errno. Threads that end between
 * two steps do not matter; a thread that may not be seized does. */
static int seize_threads(pid_t pid, bool others)
{
	pid_t *tids;
	size_t n;
	int fresh = 0;
	int r = proc_tids(pid, &tids, &n);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		if (tracee_find(tids[i]))
			continue;
		int err = seize_and_interrupt(tids[i], pid);
		if (err == -ESRCH)
			continue;
		/* A thread made while we look is seized by the kernel (PTRACE_O_TRACECLONE): EPERM then
		 * says that it is ours. Its first stop introduces it. */
		if (err == -EPERM && (others || fresh > 0))
			continue;
		if (err < 0) {
			r = err;
			break;
		}
		fresh++;
	}
	/* Most have stopped by now. Asked for by its number each costs the same, however many there are. */
	for (size_t i = 0; r == 0 && fresh > 1 && i < n; i++) {
		struct tracee_wait w;

		if (tracee_find(tids[i]) && tracee_wait_one(&w, tids[i], WNOHANG) > 0 && !tracee_push(w))
			break;
	}
	free(tids);
	return r < 0 ? r : fresh;
}

static void give_up(pid_t pid)
{
	for (unsigned h = 0; h < TRACEE_HASH_SIZE; h++) {
		for (struct tracee *t = tracee_table[h], *next; t; t = next) {
			struct tracee_wait w;

			next = t->next_hash;
			if (t->tgid != pid)
				continue;
			if (tracee_wait_one(&w, t->tid, 0) > 0 && WIFSTOPPED(w.status))
				ptrace(PTRACE_DETACH, t->tid, 0, 0);
			tracee_forget(t);
		}
	}
}

int tracee_attach(pid_t pid, bool all)
{
	int total = 0;

	if (tracee_find(pid))
		return -EPERM;
	if (!all) {
		int r = seize_and_interrupt(pid, 0);

		return r < 0 ? r : 1;
	}
	/* Threads make threads: look until a look finds nothing new. */
	for (;;) {
		int n = seize_threads(pid, total > 0);

		/* Without /proc its other threads cannot be found, but it can be traced. */
		if (n == -ENOENT && total == 0) {
			int r = seize_and_interrupt(pid, pid);

			return r < 0 ? r : 1;
		}
		if (n < 0) {
			if (total == 0)
				give_up(pid);
			return total > 0 ? total : n;
		}
		if (n == 0)
			return total > 0 ? total : -ESRCH;
		total += n;
	}
}

struct start {
	int ready[2], failed[2];
	int (*exec)(void *arg);
	void *arg;
};

/* In the process that becomes the program. */
static _Noreturn void run(struct start *s)
{
	char go;
	ssize_t n;

	close(s->ready[1]);
	close(s->failed[0]);
	/* Until we are seized nothing must happen; an empty pipe means that the tracer is gone. */
	do {
		n = read(s->ready[0], &go, 1);
	} while (n < 0 && errno == EINTR);
	if (n != 1)
		_exit(1);
	close(s->ready[0]);
	int err = s->exec(s->arg);
	do {
		n = write(s->failed[1], &err, sizeof(err));
	} while (n < 0 && errno == EINTR);
	_exit(1);
}

/* The program is the caller's own process; the tracer goes on in its grandchild. The pid of the program. */
static pid_t fork_away(struct start *s, int detached)
{
	pid_t program = getpid();
	pid_t child;

	/* Yama lets a process be traced by its ancestors and by whom it names; the pid of the tracer is not known
	 * before it exists, so for this moment anybody it is. */
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
	child = fork();
	if (child < 0)
		return -errno;
	if (child > 0) {
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
		run(s);
	}
	child = fork();
	if (child != 0)
		_exit(child < 0); /* the pipe closes, and the program does not start */
	if (detached == 2)
		setpgid(0, 0);
	else if (detached > 2)
		setsid();
	return program;
}

pid_t tracee_spawn(int (*exec)(void *arg), void *arg, int detached)
{
	struct start s = { .exec = exec, .arg = arg };
	int err;
	pid_t pid;

	if (pipe2(s.ready, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(s.failed, O_CLOEXEC) < 0) {
		err = errno;
		close(s.ready[0]);
		close(s.ready[1]);
		return -err;
	}
	if (detached) {
		pid = fork_away(&s, detached);
	} else {
		pid = fork();
		if (pid == 0)
			run(&s);
		if (pid < 0)
			pid = -errno;
	}
	close(s.ready[0]);
	close(s.failed[1]);
	err = pid < 0 ? pid : seize_and_interrupt(pid, pid);
	if (err < 0) {
		/* Without its "go" it ends by itself. */
		close(s.ready[1]);
		close(s.failed[0]);
		return err;
	}
	while (write(s.ready[1], "g", 1) < 0 && errno == EINTR)
		;
	close(s.ready[1]);
	/* The other end closes itself at the execve. */
	exec_error = s.failed[0];
	return pid;
}

int tracee_exec_error(void)
{
	int err = 0;

	if (exec_error < 0)
		return 0;
	while (read(exec_error, &err, sizeof(err)) < 0 && errno == EINTR)
		;
	close(exec_error);
	exec_error = -1;
	return err;
}

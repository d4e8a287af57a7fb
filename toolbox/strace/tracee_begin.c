/* SPDX-License-Identifier: GPL-2.0-only
 * How threads become tracees: attached while they run, or started.
 */
#include "tracee_table.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How often a process that calls execve all the time is tried, a millisecond apart. */
#define EXEC_TRIES 80
/* EPERM is mostly the last word, and soon said. */
#define EPERM_TRIES 40

/* Read end of the pipe through which a child tells that its exec failed. */
static int exec_error = -1;

/* Processes whose threads are looked for once more: tracee_all_started. */
static pid_t *again;
static size_t n_again;

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
	t->attached = true;
	tracee_unstarted++;
	ptrace(PTRACE_INTERRUPT, tid, 0, 0);
	return 0;
}

/* A field of /proc/TID/status as a number or, when it is one, a letter. */
static long status_field(pid_t tid, const char *key)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];
	uint64_t value = 0;
	size_t n = strlen(key);

	snprintf(path, sizeof(path), "proc/%d/status", (int)tid);
	const char *p = proc_load(&f, path) == 0 ? f.data : NULL;
	for (; p && *p; p = proc_next_line(p)) {
		if (strncmp(p, key, n) != 0 || p[n] != ':')
			continue;
		p += n + 1;
		if (!proc_u64(&p, &value))
			value = (uint64_t)p[strspn(p, " \t")];
		break;
	}
	proc_unload(&f);
	return (long)value;
}

/* A thread on its way out, or a leader whose id a thread of its process takes over in execve(2), may not be seized. */
static bool is_ending(pid_t tid)
{
	long state = status_field(tid, "State");

	return state == 'Z' || state == 'X' || state == 0;
}

/* Seizes the threads of a process that are not ours yet; how many, or -errno. Threads that end between
 * two steps do not matter; a thread that may not be seized does. `unsettled` is set when a thread was there and could not
 * be had: it ends, or it calls execve and comes back as the leader. */
static int seize_threads(pid_t pid, bool *unsettled)
{
	pid_t *tids;
	size_t n;
	int fresh = 0;
	int r = proc_tids(pid, &tids, &n);

	*unsettled = false;
	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		if (tracee_find(tids[i]))
			continue;
		int err = seize_and_interrupt(tids[i], pid);
		if (err == 0) {
			fresh++;
			continue;
		}
		/* A thread made while we look is seized by the kernel (PTRACE_O_TRACECLONE): EPERM then
		 * says that it is ours. Its first stop introduces it. */
		if (err == -EPERM && status_field(tids[i], "TracerPid") == getpid())
			continue;
		if (err == -ESRCH || (err == -EPERM && is_ending(tids[i]))) {
			*unsettled = true;
			continue;
		}
		r = err;
		break;
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

/* Takes the threads of a process out of the table: all, or those that are not ours any more. */
static void drop(pid_t pid, bool all)
{
	for (unsigned h = 0; h < TRACEE_HASH_SIZE; h++) {
		for (struct tracee *t = tracee_table[h], *next; t; t = next) {
			struct tracee_wait w;

			next = t->next_hash;
			if (t->tgid != pid)
				continue;
			int r = tracee_wait_one(&w, t->tid, all ? 0 : WNOHANG | WNOWAIT);
			if (all && r > 0 && WIFSTOPPED(w.status))
				tracee_detach(t, 0);
			else if (all || r < 0)
				tracee_forget(t);
		}
	}
}

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

/* Threads make threads: looks until a look finds nothing new. How many, 0: none is there that could be seized. */
static int attach_threads(pid_t pid, bool *unsettled)
{
	int total = 0, n;

	while ((n = seize_threads(pid, unsettled)) > 0)
		total += n;
	if (n < 0 && total > 0)
		drop(pid, true);
	return n < 0 ? n : total;
}

/* Whether the process that has this id now is traced by us. In another PID namespace our number differs. */
static bool is_ours(pid_t pid)
{
	return !proc_is_real() || status_field(pid, "TracerPid") != 0;
}

/* A thread that was seized in the middle of its clone(2) makes a thread that is not traced, perhaps after our last
 * look. Once it stops the new one can be seen. */
void tracee_all_started(void)
{
	for (size_t i = 0; i < n_again;) {
		bool unsettled;

		if (seize_threads(again[i], &unsettled) > 0)
			i++;
		else
			again[i] = again[--n_again];
	}
}

static bool look_again_later(pid_t pid)
{
	pid_t *grown = realloc(again, (n_again + 1) * sizeof(*again));

	if (!grown)
		return false;
	again = grown;
	again[n_again++] = pid;
	return true;
}

static int attach_process(pid_t pid)
{
	int total = 0, err = -ESRCH;

	/* While a thread calls execve there is a moment without a leader that could be seized, and another after
	 * which the process is a thread that we did not see. */
	for (int tries = 0; tries < EXEC_TRIES; tries++) {
		bool unsettled = false;
		int n = attach_threads(pid, &unsettled);

		/* Without /proc its other threads cannot be found, but it can be traced. */
		if (n == -ENOENT && !proc_is_real()) {
			err = seize_and_interrupt(pid, pid);
			return err < 0 ? err : 1;
		}
		if (n < 0) {
			err = n == -ENOENT ? -ESRCH : n;
			total = 0;
			if (n != -EPERM || tries >= EPERM_TRIES || is_ours(pid))
				break;
		} else {
			total += n;
			/* A leader that ended before its threads does not come back. */
			if (total > 0 && ((!unsettled && is_ours(pid)) || (tries > EPERM_TRIES && is_ending(pid))))
				return total;
			drop(pid, false);
		}
		wait_a_little();
	}
	return total > 0 ? total : err;
}

int tracee_attach(pid_t pid, bool all)
{
	if (tracee_find(pid))
		return -EPERM;
	int r = all ? attach_process(pid) : seize_and_interrupt(pid, 0);
	if (r < 0 || !all)
		return r < 0 ? r : 1;
	return look_again_later(pid) ? r : -ENOMEM;
}

/* All threads that we had are gone before they stopped: a thread that we never saw called execve. */
bool tracee_begin_again(void)
{
	bool any = false;

	for (size_t i = 0; i < n_again;) {
		drop(again[i], false);
		if (attach_process(again[i]) > 0) {
			any = true;
			i++;
		} else {
			again[i] = again[--n_again];
		}
	}
	return any;
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

/* SPDX-License-Identifier: GPL-2.0-only
 * The state machine of traced threads: see tracee.h. ptrace(2) says what each stop is; the order of
 * checks below is the one it gives under "Stopped states".
 */
#include "tracee.h"
#include "../lib/base.h"
#include "../lib/proc.h"
#include "cpu.h"
#include "peek.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EVENT_STOP 128 /* linux/ptrace.h: PTRACE_EVENT_STOP */

#define HASH_BITS 14
#define HASH_SIZE (1u << HASH_BITS)

static struct tracee *table[HASH_SIZE];
static size_t count;
static struct tracee_options options;

/* Events that wait(2) gave for several threads at once, so that a thread that stops all the time does
 * not keep the others from their turn: the kernel reports the first of its list again and again. */
struct waiting {
	pid_t tid;
	int status;
};
static struct waiting *queue;
static size_t queue_cap, queue_len, queue_at;

/* Read end of the pipe through which a child tells that its exec failed. */
static int exec_error = -1;

/* A thread that took over its leader's id, to be reported after the leader's end. */
static struct tracee *renamed;
static pid_t renamed_from;

/* The thread whose end was reported: freed when the next event is asked for. */
static struct tracee *gone;

static unsigned hash(pid_t tid)
{
	return ((unsigned)tid * 2654435761u) >> (32 - HASH_BITS);
}

struct tracee *tracee_find(pid_t tid)
{
	struct tracee *t = table[hash(tid)];

	while (t && t->tid != tid)
		t = t->next_hash;
	return t;
}

size_t tracee_count(void)
{
	return count;
}

static struct tracee *add(pid_t tid)
{
	struct tracee *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->tid = tid;
	t->mem_fd = -1;
	t->mem.read = peek_read;
	t->mem.ctx = t;
	t->call.mem = &t->mem;
	t->call.tid = tid;
	t->next_hash = table[hash(tid)];
	table[hash(tid)] = t;
	count++;
	return t;
}

static void unlink_hash(struct tracee *t)
{
	struct tracee **at = &table[hash(t->tid)];

	while (*at != t)
		at = &(*at)->next_hash;
	*at = t->next_hash;
}

static void forget(struct tracee *t)
{
	unlink_hash(t);
	count--;
	peek_close(t);
	gone = t;
}

pid_t tracee_tgid(struct tracee *t)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[48];
	uint64_t tgid = 0;

	if (t->tgid == 0) {
		snprintf(path, sizeof(path), "proc/%d/status", (int)t->tid);
		if (proc_load(&f, path) == 0)
			proc_key(f.data, "Tgid", &tgid);
		proc_unload(&f);
		t->tgid = tgid ? (pid_t)tgid : t->tid;
		t->call.tgid = t->tgid;
	}
	return t->tgid;
}

static unsigned long wanted_options(void)
{
	unsigned long o = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC;

	if (options.follow)
		o |= PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;
	if (options.kill_on_exit || options.seccomp)
		o |= PTRACE_O_EXITKILL;
	if (options.seccomp)
		o |= PTRACE_O_TRACESECCOMP;
	return o;
}

void tracee_init(const struct tracee_options *o)
{
	options = *o;
}

static int seize(pid_t tid)
{
	return ptrace(PTRACE_SEIZE, tid, 0, wanted_options()) < 0 ? -errno : 0;
}

/* Seizes the threads of a process that are not ours yet; how many, or -errno. Threads that end between
 * two steps do not matter; a thread that may not be seized does. */
static int seize_threads(pid_t pid)
{
	pid_t *tids;
	size_t n;
	int fresh = 0;
	int r = proc_tids(pid, &tids, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (tracee_find(tids[i]))
			continue;
		int err = seize(tids[i]);
		if (err == -ESRCH)
			continue;
		/* A thread made while we look is seized by the kernel (PTRACE_O_TRACECLONE): EPERM then
		 * says that it is ours. Its first stop introduces it. */
		if (err == -EPERM && fresh > 0)
			continue;
		if (err < 0) {
			r = err;
			break;
		}
		struct tracee *t = add(tids[i]);
		if (!t) {
			r = -ENOMEM;
			break;
		}
		t->tgid = pid;
		t->call.tgid = pid;
		ptrace(PTRACE_INTERRUPT, tids[i], 0, 0);
		fresh++;
	}
	free(tids);
	return r < 0 ? r : fresh;
}

int tracee_attach(pid_t pid, bool all)
{
	if (!all) {
		int r = seize(pid);

		if (r < 0)
			return r;
		if (!add(pid))
			return -ENOMEM;
		ptrace(PTRACE_INTERRUPT, pid, 0, 0);
		return 0;
	}
	int total = 0;
	/* Threads make threads: look until a look finds nothing new. */
	for (;;) {
		int n = seize_threads(pid);

		if (n < 0)
			return total ? total : n == -ENOENT ? -ESRCH : n;
		if (n == 0)
			return total ? 0 : -ESRCH;
		total += n;
	}
}

pid_t tracee_spawn(int (*exec)(void *arg), void *arg)
{
	int ready[2], failed[2];
	int err = 0;

	if (pipe2(ready, O_CLOEXEC) < 0)
		return -errno;
	if (pipe2(failed, O_CLOEXEC) < 0) {
		err = errno;
		close(ready[0]);
		close(ready[1]);
		return -err;
	}
	pid_t pid = fork();
	if (pid == 0) {
		char go;

		close(ready[1]);
		close(failed[0]);
		/* Until we are seized nothing must happen; an empty pipe means that the tracer is gone. */
		while (read(ready[0], &go, 1) < 0 && errno == EINTR)
			;
		close(ready[0]);
		err = exec(arg);
		ssize_t n = write(failed[1], &err, sizeof(err));
		(void)n;
		_exit(1);
	}
	close(ready[0]);
	close(failed[1]);
	if (pid < 0) {
		err = errno;
		close(ready[1]);
		close(failed[0]);
		return -err;
	}
	int r = seize(pid);
	struct tracee *t = r == 0 ? add(pid) : NULL;
	if (!t) {
		close(ready[1]);
		close(failed[0]);
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		return r < 0 ? r : -ENOMEM;
	}
	t->tgid = pid;
	t->call.tgid = pid;
	ptrace(PTRACE_INTERRUPT, pid, 0, 0);
	while (write(ready[1], "g", 1) < 0 && errno == EINTR)
		;
	close(ready[1]);
	/* The other end closes itself at the execve. */
	exec_error = failed[0];
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

/* wait(2) for one event; 0: none (interrupted or, with WNOHANG, nothing there), -1: no children. */
static int wait_one(struct waiting *w, int flags)
{
	w->tid = wait4(-1, &w->status, flags | __WALL, NULL);
	if (w->tid > 0)
		return 1;
	return w->tid < 0 && errno == ECHILD ? -1 : 0;
}

static bool push(struct waiting w)
{
	if (queue_len == queue_cap) {
		size_t cap = queue_cap ? queue_cap * 2 : 64;
		struct waiting *grown = realloc(queue, cap * sizeof(*grown));

		if (!grown)
			return false;
		queue = grown;
		queue_cap = cap;
	}
	queue[queue_len++] = w;
	return true;
}

/* The next event of any thread. */
static int next_waiting(struct waiting *w)
{
	if (queue_at < queue_len) {
		*w = queue[queue_at++];
		return 1;
	}
	queue_at = queue_len = 0;
	int r = wait_one(w, 0);
	if (r <= 0 || count < 2)
		return r;
	/* One look a thread at the most: each is reported once until it goes on. */
	for (size_t i = 0; i < count; i++) {
		struct waiting more;

		if (wait_one(&more, WNOHANG) <= 0)
			break;
		if (!push(more))
			break;
	}
	return 1;
}

static enum abi abi_of(uint32_t audit_arch)
{
	switch (audit_arch) {
	case AUDIT_ARCH_I386:
		return ABI_I386;
	case AUDIT_ARCH_AARCH64:
		return ABI_AARCH64;
	default:
		return ABI_X86_64;
	}
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* A stop at a system call, or at one that the filter lets through to us. */
static enum tracee_event syscall_stop(struct tracee *t)
{
	struct __ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info) <= 0)
		return EV_NONE;
	t->ip = info.instruction_pointer;
	switch (info.op) {
	case PTRACE_SYSCALL_INFO_ENTRY:
	case PTRACE_SYSCALL_INFO_SECCOMP:
		t->in_call = true;
		t->call.abi = abi_of(info.arch);
		t->call.nr = info.entry.nr;
		memcpy(t->call.args, info.entry.args, sizeof(t->call.args));
		t->call.exiting = false;
		t->entered_ns = now_ns();
		return EV_ENTRY;
	case PTRACE_SYSCALL_INFO_EXIT:
		/* The end of a call whose beginning we did not see says nothing. */
		if (!t->in_call)
			return EV_NONE;
		t->in_call = false;
		t->call.ret = info.exit.rval;
		t->call.error = info.exit.is_error != 0;
		t->call.exiting = true;
		return EV_EXIT_CALL;
	default:
		return EV_NONE;
	}
}

static bool is_stop_signal(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
}

/* PTRACE_EVENT_EXEC comes under the leader's id, whichever thread called execve; all other threads
 * are gone or going, and the caller has the leader's id from now on. */
static struct tracee *exec_stop(struct tracee *t, struct tracee_status *ev)
{
	unsigned long former = 0;

	ptrace(PTRACE_GETEVENTMSG, t->tid, 0, &former);
	ev->former = (pid_t)former;
	ev->event = EV_EXEC;
	struct tracee *caller = (pid_t)former != t->tid ? tracee_find((pid_t)former) : NULL;
	if (!caller) {
		peek_close(t); /* another program, another memory */
		return t;
	}
	pid_t leader = t->tid;
	forget(t);
	unlink_hash(caller);
	caller->tid = leader;
	caller->call.tid = leader;
	caller->next_hash = table[hash(leader)];
	table[hash(leader)] = caller;
	peek_close(caller);
	renamed = caller;
	renamed_from = (pid_t)former;
	ev->event = EV_SUPERSEDED;
	return t;
}

static void event_stop(struct tracee *t, struct tracee_status *ev)
{
	bool first = !t->started;

	t->started = true;
	if (is_stop_signal(ev->sig)) {
		ev->event = EV_GROUP_STOP;
		t->listening = true;
	} else if (first) {
		ev->event = EV_ATTACHED;
	}
	/* Else an interruption of ours or the end of a group stop: EV_NONE, it goes on. */
}

static void classify(struct tracee *t, int status, struct tracee_status *ev)
{
	int event = status >> 16;

	ev->sig = WSTOPSIG(status);
	t->stopped = true;
	t->pending_sig = 0;
	t->listening = false;
	peek_forget(t);
	switch (event) {
	case 0:
		if (ev->sig == (SIGTRAP | 0x80)) {
			ev->event = syscall_stop(t);
		} else {
			ev->event = EV_SIGNAL;
			t->pending_sig = ev->sig;
			if (ptrace(PTRACE_GETSIGINFO, t->tid, 0, &ev->si) < 0)
				memset(&ev->si, 0, sizeof(ev->si));
		}
		break;
	case PTRACE_EVENT_SECCOMP:
		ev->event = syscall_stop(t);
		break;
	case PTRACE_EVENT_EXEC:
		ev->t = exec_stop(t, ev);
		break;
	case EVENT_STOP:
		event_stop(t, ev);
		break;
	default:
		/* fork, vfork, clone: the new thread introduces itself. */
		break;
	}
}

static void end_of(struct tracee *t, int status, struct tracee_status *ev)
{
	forget(t);
	if (WIFEXITED(status)) {
		ev->event = EV_EXITED;
		ev->status = WEXITSTATUS(status);
	} else {
		ev->event = EV_KILLED;
		ev->sig = WTERMSIG(status);
		ev->core = WCOREDUMP(status);
	}
}

void tracee_next(struct tracee_status *ev)
{
	struct waiting w;

	free(gone);
	gone = NULL;
	memset(ev, 0, sizeof(*ev));
	if (renamed) {
		ev->event = EV_EXEC;
		ev->t = renamed;
		ev->former = renamed_from;
		renamed = NULL;
		return;
	}
	for (;;) {
		if (count == 0) {
			ev->event = EV_END;
			return;
		}
		int r = next_waiting(&w);
		if (r < 0) {
			ev->event = EV_END;
			return;
		}
		if (r == 0)
			return;
		struct tracee *t = tracee_find(w.tid);
		/* A child that stops before its parent's event told of it. */
		if (!t && WIFSTOPPED(w.status))
			t = add(w.tid);
		if (!t)
			continue;
		ev->t = t;
		if (!WIFSTOPPED(w.status)) {
			end_of(t, w.status, ev);
			return;
		}
		if (options.follow_cpu)
			cpu_follow(t->tid, count);
		classify(t, w.status, ev);
		if (ev->event != EV_NONE)
			return;
		tracee_resume(t, 0, t->want_exit);
	}
}

void tracee_resume(struct tracee *t, int sig, bool want_exit)
{
	long request = PTRACE_SYSCALL;

	t->want_exit = want_exit;
	if (t->listening)
		request = PTRACE_LISTEN;
	else if (options.seccomp && !(t->in_call && want_exit))
		request = PTRACE_CONT; /* the filter stops it at the next call that matters */
	t->stopped = false;
	t->pending_sig = 0;
	/* ESRCH: it was killed in its stop; its end is reported. */
	ptrace((int)request, t->tid, 0, (long)sig);
}

static void let_go(struct tracee *t, int sig)
{
	ptrace(PTRACE_DETACH, t->tid, 0, (long)sig);
	forget(t);
	free(gone);
	gone = NULL;
}

/* The signal that a stop is about to deliver must not be lost with the detaching. */
static int signal_of(int status)
{
	int event = status >> 16;
	int sig = WSTOPSIG(status);

	return event == 0 && sig != (SIGTRAP | 0x80) ? sig : 0;
}

void tracee_detach_all(void (*told)(struct tracee *t, void *arg), void *arg)
{
	/* Stops that were fetched already are stops like the others. */
	while (queue_at < queue_len) {
		struct waiting w = queue[queue_at++];
		struct tracee *t = tracee_find(w.tid);

		if (!t)
			continue;
		if (WIFSTOPPED(w.status)) {
			t->stopped = true;
			t->pending_sig = signal_of(w.status);
		} else {
			forget(t);
		}
	}
	for (unsigned h = 0; h < HASH_SIZE; h++) {
		for (struct tracee *t = table[h], *next; t; t = next) {
			next = t->next_hash;
			if (t->stopped) {
				told(t, arg);
				let_go(t, t->pending_sig);
			} else {
				ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
			}
		}
	}
	while (count > 0) {
		struct waiting w;
		int r = wait_one(&w, 0);

		if (r < 0)
			break;
		struct tracee *t = r > 0 ? tracee_find(w.tid) : NULL;
		if (!t && r > 0 && WIFSTOPPED(w.status))
			t = add(w.tid); /* born while we leave */
		if (!t)
			continue;
		if (WIFSTOPPED(w.status)) {
			told(t, arg);
			let_go(t, signal_of(w.status));
		} else {
			forget(t);
		}
	}
}

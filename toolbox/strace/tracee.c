/* SPDX-License-Identifier: GPL-2.0-only
 * The state machine of traced threads: see tracee.h. ptrace(2) says what each stop is; the order of
 * checks below is the one it gives under "Stopped states".
 */
#include "tracee_table.h"
#include "../lib/base.h"
#include "../lib/proc.h"
#include "cpu.h"
#include "peek.h"
#include "say.h"

#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct tracee *tracee_table[TRACEE_HASH_SIZE];
struct tracee_options tracee_opt;
size_t tracee_unstarted;
static size_t count;

/* Events that wait(2) gave for several threads at once, so that a thread that stops all the time does
 * not keep the others from their turn: the kernel reports the first of its list again and again. */
static struct tracee_wait *queue;
static size_t queue_cap, queue_len, queue_at;

/* The thread whose stop was looked at and not yet taken; 0: none. */
static pid_t looked_at;

/* A thread that took over its leader's id, to be reported after the leader's end. */
static struct tracee *renamed;
static pid_t renamed_from;

/* Threads whose end was reported: freed when the next event is asked for. */
static struct tracee *gone;

/* --- table --- */

static unsigned hash(pid_t tid)
{
	return ((unsigned)tid * 2654435761u) >> (32 - TRACEE_HASH_BITS);
}

struct tracee *tracee_find(pid_t tid)
{
	struct tracee *t = tracee_table[hash(tid)];

	while (t && t->tid != tid)
		t = t->next_hash;
	return t;
}

size_t tracee_count(void)
{
	return count;
}

static void link_hash(struct tracee *t)
{
	t->next_hash = tracee_table[hash(t->tid)];
	tracee_table[hash(t->tid)] = t;
}

struct tracee *tracee_add(pid_t tid)
{
	struct tracee *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->tid = tid;
	t->mem.read = peek_read;
	t->mem.ctx = t;
	t->call.mem = &t->mem;
	t->call.tid = tid;
	link_hash(t);
	count++;
	return t;
}

void tracee_unlink(struct tracee *t)
{
	struct tracee **at = &tracee_table[hash(t->tid)];

	while (*at != t)
		at = &(*at)->next_hash;
	*at = t->next_hash;
}

/* It stopped for the first time, or never will. */
static void note_started(struct tracee *t)
{
	bool waited_for = t->attached && !t->started;

	t->started = true;
	if (waited_for && --tracee_unstarted == 0)
		tracee_all_started();
}

void tracee_forget(struct tracee *t)
{
	bool waited_for = t->attached && !t->started;

	t->started = true;
	tracee_unstarted -= waited_for;
	tracee_unlink(t);
	count--;
	peek_close(t);
	t->next_hash = gone;
	gone = t;
}

static void free_gone(void)
{
	while (gone) {
		struct tracee *t = gone;

		gone = t->next_hash;
		free(t);
	}
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
	}
	t->call.tgid = t->tgid;
	return t->tgid;
}

void tracee_init(const struct tracee_options *o)
{
	tracee_opt = *o;
}

/* --- waiting --- */

/* The status word that wait(2) would give. */
static int status_of(const siginfo_t *si)
{
	switch (si->si_code) {
	case CLD_EXITED:
		return (si->si_status & 0xff) << 8;
	case CLD_KILLED:
		return si->si_status;
	case CLD_DUMPED:
		return si->si_status | 0x80;
	default:
		return si->si_status << 8 | 0x7f;
	}
}

int tracee_wait_one(struct tracee_wait *w, pid_t tid, int flags)
{
	siginfo_t si = { 0 };
	struct rusage ru;
	long r = syscall(SYS_waitid, tid < 0 ? P_ALL : P_PID, tid < 0 ? 0 : tid, &si, WEXITED | __WALL | flags,
			 tracee_opt.cpu_times ? &ru : NULL);

	if (r < 0)
		return errno == ECHILD ? -1 : 0;
	if (si.si_pid == 0)
		return 0;
	w->tid = si.si_pid;
	w->status = status_of(&si);
	w->cpu_ns = tracee_opt.cpu_times ? (uint64_t)ru.ru_stime.tv_sec * 1000000000u +
		(uint64_t)ru.ru_stime.tv_usec * 1000u : 0;
	if (tracee_opt.debug)
		fprintf(stderr, "strace: [wait(0x%06x) = %d]\n", (unsigned)w->status, (int)w->tid);
	return 1;
}

/* Takes what was only looked at. */
static void consume(pid_t tid)
{
	siginfo_t si;

	syscall(SYS_waitid, P_PID, tid, &si, WEXITED | __WALL | WNOHANG, NULL);
}

bool tracee_is_signal(int status)
{
	return WIFSTOPPED(status) && status >> 16 == 0 && WSTOPSIG(status) != (SIGTRAP | 0x80);
}

bool tracee_push(struct tracee_wait w)
{
	if (queue_at == queue_len)
		queue_at = queue_len = 0;
	if (queue_len == queue_cap) {
		size_t cap = queue_cap ? queue_cap * 2 : 64;
		struct tracee_wait *grown = realloc(queue, cap * sizeof(*grown));

		if (!grown)
			return false;
		queue = grown;
		queue_cap = cap;
	}
	queue[queue_len++] = w;
	return true;
}

bool tracee_pop(struct tracee_wait *w)
{
	if (queue_at == queue_len)
		return false;
	*w = queue[queue_at++];
	return true;
}

/* The next event of any thread. It is only looked at: when a stop for a signal was taken by wait(2) and we are
 * killed before the thread goes on, the signal is lost; when it was not, the kernel delivers it. */
static int next_waiting(struct tracee_wait *w)
{
	static pid_t last;
	static unsigned in_a_row;

	if (looked_at) {
		/* Not resumed: it would be reported for ever. */
		struct tracee *t = tracee_find(looked_at);

		if (t && t->stopped)
			consume(looked_at);
		looked_at = 0;
	}
	if (tracee_pop(w))
		return 1;
	int r = tracee_wait_one(w, -1, WNOWAIT);
	if (r <= 0)
		return r;
	if (!WIFSTOPPED(w->status)) {
		consume(w->tid);
		return 1;
	}
	looked_at = w->tid;
	if (count < 2 || tracee_is_signal(w->status))
		return 1;
	/* Others get their turn when the same thread came several times; a look costs a walk over all threads
	 * in the kernel, so it is not made each time. */
	if (w->tid != last || ++in_a_row < 8) {
		in_a_row = w->tid == last ? in_a_row : 0;
		last = w->tid;
		return 1;
	}
	in_a_row = 0;
	consume(looked_at);
	looked_at = 0;
	/* One look a thread at the most: each is reported once until it goes on. */
	for (size_t i = 0; i < count; i++) {
		struct tracee_wait more;

		if (tracee_wait_one(&more, -1, WNOWAIT | WNOHANG) <= 0 || tracee_is_signal(more.status) || !tracee_push(more))
			break;
		consume(more.tid);
	}
	return 1;
}

/* --- what a stop is --- */

/* A program of another kind (32-bit ARM) has numbers of its own; with this bit none of ours is meant. */
#define OTHER_ARCH (1ull << 32)

static enum abi abi_of(uint32_t audit_arch, uint64_t *nr)
{
	switch (audit_arch) {
	case AUDIT_ARCH_I386:
		return ABI_I386;
	case AUDIT_ARCH_AARCH64:
		return ABI_AARCH64;
	case AUDIT_ARCH_X86_64:
		return ABI_X86_64;
	default:
		*nr |= OTHER_ARCH;
		return ABI_AARCH64;
	}
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What wait told is no longer what the kernel says: an execve of another thread took this one's id, and its
 * own event is still to come. It must not be answered before. */
#define STALE ((enum tracee_event)-1)

/* A stop at a system call, or at one that the filter lets through to us. */
static enum tracee_event syscall_stop(struct tracee *t, uint64_t cpu_ns)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, t->tid, sizeof(info), &info) <= 0) {
		/* Else it was killed in its stop. */
		if (errno == EIO)
			say_die("The kernel does not tell system calls (PTRACE_GET_SYSCALL_INFO): Linux 5.3 or newer is needed");
		return EV_NONE;
	}
	t->ip = info.instruction_pointer;
	switch (info.op) {
	case PTRACE_SYSCALL_INFO_ENTRY:
	case PTRACE_SYSCALL_INFO_SECCOMP:
		t->in_call = true;
		t->call.nr = info.entry.nr;
		t->call.abi = abi_of(info.arch, &t->call.nr);
		memcpy(t->call.args, info.entry.args, sizeof(t->call.args));
		t->call.sp = info.stack_pointer;
		t->call.exiting = false;
		if (tracee_opt.times)
			t->entered_ns = now_ns();
		t->entered_cpu_ns = cpu_ns;
		return EV_ENTRY;
	case PTRACE_SYSCALL_INFO_EXIT:
		/* The end of a call whose beginning we did not see says nothing. */
		if (!t->in_call)
			return EV_NONE;
		t->in_call = false;
		t->call.ret = info.exit.rval;
		t->call.error = info.exit.is_error != 0;
		t->call.exiting = true;
		if (tracee_opt.times)
			t->left_ns = now_ns();
		t->left_cpu_ns = cpu_ns;
		return EV_EXIT_CALL;
	default:
		return STALE;
	}
}

static enum tracee_event signal_stop(struct tracee *t, struct tracee_status *ev)
{
	if (ptrace(PTRACE_GETSIGINFO, t->tid, 0, &ev->si) < 0)
		return EV_NONE;
	if (ev->si.si_signo == SIGTRAP && ev->si.si_code >> 8 == PTRACE_EVENT_EXEC)
		return STALE;
	t->pending_sig = ev->sig;
	return EV_SIGNAL;
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
	ev->former = former ? (pid_t)former : t->tid;
	ev->event = EV_EXEC;
	struct tracee *caller = ev->former != t->tid ? tracee_find(ev->former) : NULL;
	if (!caller) {
		peek_close(t); /* another program, another memory */
		return t;
	}
	pid_t leader = t->tid;
	tracee_forget(t);
	tracee_unlink(caller);
	peek_close(caller);
	caller->tid = leader;
	caller->tgid = leader;
	caller->call.tid = leader;
	caller->stopped = true;
	link_hash(caller);
	renamed = caller;
	renamed_from = ev->former;
	ev->event = EV_SUPERSEDED;
	return t;
}

static void event_stop(struct tracee *t, struct tracee_status *ev)
{
	bool first = !t->started;

	note_started(t);
	if (is_stop_signal(ev->sig)) {
		ev->event = EV_GROUP_STOP;
		t->listening = true;
	} else if (first) {
		ev->event = EV_ATTACHED;
	}
	/* Else an interruption of ours or the end of a group stop: EV_NONE, it goes on. */
}

pid_t tracee_new_child(pid_t tid, int status)
{
	unsigned long child = 0;
	int event = status >> 16;

	if (event != PTRACE_EVENT_FORK && event != PTRACE_EVENT_VFORK && event != PTRACE_EVENT_CLONE)
		return 0;
	return ptrace(PTRACE_GETEVENTMSG, tid, 0, &child) < 0 ? 0 : (pid_t)child;
}

static void classify(struct tracee *t, const struct tracee_wait *w, struct tracee_status *ev)
{
	pid_t child;

	ev->sig = WSTOPSIG(w->status);
	t->stopped = true;
	t->pending_sig = 0;
	t->listening = false;
	peek_forget(t);
	switch (w->status >> 16) {
	case 0:
		ev->event = ev->sig == (SIGTRAP | 0x80) ? syscall_stop(t, w->cpu_ns) : signal_stop(t, ev);
		break;
	case PTRACE_EVENT_SECCOMP:
		ev->event = syscall_stop(t, w->cpu_ns);
		break;
	case PTRACE_EVENT_EXEC:
		ev->t = exec_stop(t, ev);
		break;
	case TRACEE_EVENT_STOP:
		event_stop(t, ev);
		break;
	default:
		/* The new thread introduces itself; it is in the table already so that a detach before
		 * that does not miss it. */
		child = tracee_new_child(t->tid, w->status);
		if (child > 0 && !tracee_find(child))
			tracee_add(child);
		break;
	}
}

static void end_of(struct tracee *t, int status, struct tracee_status *ev)
{
	tracee_forget(t);
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
	struct tracee_wait w;

	free_gone();
	/* All but siginfo, which only a signal fills: it is large. */
	*ev = (struct tracee_status){ .event = EV_NONE };
	if (renamed) {
		ev->event = EV_EXEC;
		ev->t = renamed;
		ev->former = renamed_from;
		renamed = NULL;
		return;
	}
	while (count > 0) {
		int r = next_waiting(&w);

		if (r < 0 && !tracee_begin_again())
			break;
		if (r < 0)
			continue;
		if (r == 0)
			return;
		struct tracee *t = tracee_find(w.tid);
		/* A child that stops before its parent's event told of it. */
		if (!t && WIFSTOPPED(w.status))
			t = tracee_add(w.tid);
		if (!t)
			continue;
		ev->t = t;
		if (!WIFSTOPPED(w.status)) {
			end_of(t, w.status, ev);
			return;
		}
		if (tracee_opt.follow_cpu)
			cpu_follow(t->tid, count);
		classify(t, &w, ev);
		if (ev->event == STALE) {
			/* Its real event is not taken, and comes again. */
			ev->event = EV_NONE;
			t->stopped = false;
		} else if (ev->event == EV_NONE) {
			tracee_resume(t, 0);
		} else {
			return;
		}
	}
	ev->event = EV_END;
	ev->t = NULL;
}

void tracee_resume(struct tracee *t, int sig)
{
	int request = PTRACE_SYSCALL;

	if (t->listening)
		request = PTRACE_LISTEN;
	else if (tracee_opt.seccomp && !(t->in_call && t->want_exit))
		request = PTRACE_CONT; /* the filter stops it at the next call that matters */
	t->stopped = false;
	t->pending_sig = 0;
	/* ESRCH: it was killed in its stop; its end is reported. */
	ptrace(request, t->tid, 0, (long)sig);
}

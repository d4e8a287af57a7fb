/* SPDX-License-Identifier: GPL-2.0-only
 * Stopping threads, reading their stacks, and letting them go.
 *
 * It goes in rounds of at most 50 ms: threads are seized and interrupted, those that have stopped are read, and all are let
 * go; a process with very many threads takes several, with a pause between. Each round is a thread of ours: when it
 * ends, in whatever way, the kernel lets go of all that it traced, also of threads that have not stopped yet.
 */
#include "pstack.h"
#include "guard.h"
#include "bpf/sym/regs.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <elf.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

#define ROUND_NS 45000000  /* with what it takes to let go: 50 ms */
#define SEIZE_NS 15000000
#define PAUSE_NS 20000000
enum { ROUNDS_IN_VAIN = 3, SNAPSHOT_BYTES = 256 << 10, RED_ZONE = 128, EVENT_STOP = 128 };

uint64_t clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void pause_ns(long ns)
{
	nanosleep(&(struct timespec){ .tv_nsec = ns }, NULL);
}

/* --- one thread ------------------------------------------------------------------------------------ */

/* What is walked is kept once, in memory that fits. */
static void walk(struct target *t, struct stack *s, const struct unwind_memory *mem, const struct unwind_regs *regs)
{
	struct sym_frame *all = malloc(t->max * sizeof(*all));

	s->n = 0;
	if (!all)
		return;
	s->n = sym_walk(t->sym, mem, *regs, true, all, t->max, &s->end);
	s->frames = realloc(all, (s->n ? s->n : 1) * sizeof(*all));
	if (!s->frames)
		s->frames = all;
}

/* From the stack pointer (and what lies just below it) to the end of the mapping, as much as we allow ourselves. */
static void copy_stack(struct target *t, struct stack *s)
{
	uint64_t sp = s->regs.r[unwind_sp(s->regs.machine)];
	const struct map *m = maps_find(sym_maps(t->sym), sp);

	if (!m)
		return;
	s->addr = sp - m->start > RED_ZONE ? sp - RED_ZONE : m->start;
	size_t n = m->end - s->addr < SNAPSHOT_BYTES ? (size_t)(m->end - s->addr) : SNAPSHOT_BYTES;
	s->copy = malloc(n);
	if (s->copy && t->mem.read(t->mem.ctx, s->addr, s->copy, n))
		s->copied = n;
}

static void read_thread(struct target *t, struct stack *s)
{
	uint64_t words[REGS_USER_MAX] = { 0 };
	struct iovec io = { words, sizeof(words) };

	s->done = STACK_TAKEN;
	if (ptrace(PTRACE_GETREGSET, s->tid, NT_PRSTATUS, &io) < 0) {
		s->done = STACK_GONE;
		return;
	}
	if (!regs_from_user(words, io.iov_len, &s->regs)) {
		s->done = STACK_DENIED;
		s->err = ENOEXEC;
		return;
	}
	if (t->how == HOW_SNAPSHOT)
		copy_stack(t, s);
	else
		walk(t, s, &t->mem, &s->regs);
}

static void seize(struct stack *s)
{
	if (ptrace(PTRACE_SEIZE, s->tid, 0, 0) < 0) {
		/* A thread that has ended cannot be traced, and is refused like one that may not be. */
		s->err = errno;
		s->done = errno == ESRCH || s->state == 'Z' || s->state == 'X' ? STACK_GONE : STACK_DENIED;
		return;
	}
	s->done = STACK_SEIZED;
	if (ptrace(PTRACE_INTERRUPT, s->tid, 0, 0) < 0)
		s->done = STACK_GONE;
}

/* Whether anything has happened to it. */
static bool look(struct target *t, struct stack *s)
{
	int status;
	pid_t got = waitpid(s->tid, &status, __WALL | WNOHANG | __WNOTHREAD);

	if (got == 0)
		return false;
	if (got < 0 || !WIFSTOPPED(status)) {
		s->done = STACK_GONE;
		return true;
	}
	s->stopped = true;
	/* A signal that was about to be delivered goes on with it. */
	s->sig = status >> 16 ? 0 : WSTOPSIG(status);
	read_thread(t, s);
	return true;
}

/* --- rounds ---------------------------------------------------------------------------------------- */

static void *stop_and_read(void *arg)
{
	struct target *t = arg;
	uint64_t begin = clock_ns();
	size_t waiting = 0;

	memory_forget(t);
	guard_begin();
	t->held = true;
	for (size_t i = 0; i < t->n && clock_ns() - begin < SEIZE_NS; i++)
		if (t->stacks[i].done == STACK_TODO) {
			seize(&t->stacks[i]);
			waiting += t->stacks[i].done == STACK_SEIZED;
		}
	while (waiting > 0 && clock_ns() - begin < ROUND_NS) {
		bool any = false;

		for (size_t i = 0; i < t->n && clock_ns() - begin < ROUND_NS; i++)
			if (t->stacks[i].done == STACK_SEIZED && look(t, &t->stacks[i])) {
				any = true;
				waiting--;
			}
		if (!any)
			pause_ns(50000);
	}
	/* Goroutines are read while everything stands still. */
	if (t->how != HOW_SNAPSHOT && waiting == 0)
		go_take(t, begin + ROUND_NS);
	for (size_t i = 0; i < t->n; i++) {
		struct stack *s = &t->stacks[i];

		if (s->stopped)
			ptrace(PTRACE_DETACH, s->tid, 0, s->sig);
		s->stopped = false;
		/* Not stopped yet: the next round may find it. The end of this one takes back what it was told. */
		if (s->done == STACK_SEIZED)
			s->done = STACK_BUSY;
	}
	t->held = false;
	guard_end();
	uint64_t us = (clock_ns() - begin) / 1000;
	t->still_us = us > t->still_us ? us : t->still_us;
	return NULL;
}

static size_t count(const struct target *t, enum stack_state done)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		n += t->stacks[i].done == done;
	return n;
}

static int rounds(struct target *t)
{
	size_t before = SIZE_MAX;

	for (unsigned in_vain = 0; in_vain < ROUNDS_IN_VAIN;) {
		pthread_t thread;
		int err = pthread_create(&thread, NULL, stop_and_read, t);

		if (err)
			return -err;
		pthread_join(thread, NULL);
		size_t left = count(t, STACK_TODO) + count(t, STACK_BUSY);
		if (left == 0)
			break;
		in_vain = left < before ? 0 : in_vain + 1;
		before = left;
		if (in_vain == ROUNDS_IN_VAIN)
			break;
		for (size_t i = 0; i < t->n; i++)
			if (t->stacks[i].done == STACK_BUSY)
				t->stacks[i].done = STACK_TODO;
		pause_ns(PAUSE_NS);
	}
	return 0;
}

/* --- without stopping ------------------------------------------------------------------------------ */

struct snapshot {
	const struct target *t;
	const struct stack *s;
};

/* The copy of the stack, and code, which does not change. */
static bool read_snapshot(void *ctx, uint64_t addr, void *buf, size_t n)
{
	const struct snapshot *x = ctx;

	if (addr >= x->s->addr && addr - x->s->addr < x->s->copied && n <= x->s->copied - (addr - x->s->addr)) {
		memcpy(buf, x->s->copy + (addr - x->s->addr), n);
		return true;
	}
	const struct map *m = maps_find(sym_maps(x->t->sym), addr);
	return m && m->exec && x->t->mem.read(x->t->mem.ctx, addr, buf, n);
}

static void walk_snapshots(struct target *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct snapshot x = { t, &t->stacks[i] };
		struct unwind_memory mem = { read_snapshot, &x };

		if (t->stacks[i].done != STACK_TAKEN)
			continue;
		walk(t, &t->stacks[i], &mem, &t->stacks[i].regs);
		free(t->stacks[i].copy);
		t->stacks[i].copy = NULL;
		t->stacks[i].copied = 0;
	}
}

/* "NR ARG0 ... ARG5 SP PC", or "-1 SP PC" outside of a call: the registers that are known of a thread that sleeps. */
static bool registers_asleep(struct target *t, const char *text, struct unwind_regs *regs)
{
	/* rdi rsi rdx r10 r8 r9; x0 to x5; of i386 ebx ecx edx esi edi ebp */
	static const unsigned char x86[] = { 5, 4, 1, 10, 8, 9 }, arm[] = { 0, 1, 2, 3, 4, 5 }, i386[] = { 3, 1, 2, 6, 7, 5 };
	uint64_t v[9];
	size_t n = 0;
	bool in_call = text[0] != '-';

	for (char *end; n < countof(v); n++, text = end) {
		v[n] = strtoull(text, &end, n == 0 ? 10 : 16);
		if (end == text)
			break;
	}
	if (n != (in_call ? 9 : 3))
		return false;
	*regs = (struct unwind_regs){ .machine = sym_machine_at(t->sym, v[n - 1]) };
	const unsigned char *order = regs->machine == EM_386 ? i386 : regs->machine == EM_AARCH64 ? arm : x86;
	for (unsigned i = 0; in_call && i < countof(arm); i++)
		unwind_set(regs, order[i], v[1 + i]);
	unwind_set(regs, unwind_sp(regs->machine), v[n - 2]);
	unwind_set(regs, unwind_pc(regs->machine), v[n - 1]);
	return true;
}

/* /proc/PID/task/TID/syscall tells where a thread sleeps; of one that does not it is "running". */
static void read_asleep(struct target *t, struct stack *s)
{
	struct proc_file f = PROC_FILE_INIT;
	struct unwind_regs regs;
	char path[64];

	if (s->state == 'Z' || s->state == 'X') {
		s->done = STACK_GONE;
		return;
	}
	snprintf(path, sizeof(path), "proc/%d/task/%d/syscall", (int)t->pid, (int)s->tid);
	int err = proc_load(&f, path);
	if (err < 0) {
		s->done = err == -ENOENT || err == -ESRCH ? STACK_GONE : STACK_DENIED;
		s->err = -err;
	} else if (strncmp(f.data, "running", 7) == 0 || f.len == 0) {
		s->done = STACK_RUNNING;
	} else {
		s->done = STACK_DENIED;
		s->err = EINVAL;
		if (registers_asleep(t, f.data, &regs)) {
			walk(t, s, &t->mem, &regs);
			s->done = STACK_TAKEN;
		}
	}
	proc_unload(&f);
}

/* A thread that cannot be interrupted (its child of vfork(2) has not gone on, a file system does not answer) sleeps all the
 * more surely. Its stack may be somebody's: only frames are added, it stays busy. */
static void read_busy(struct target *t, struct stack *s)
{
	memory_forget(t);
	read_asleep(t, s);
	if (s->done != STACK_GONE)
		s->done = STACK_BUSY;
}

/* --- all of it ------------------------------------------------------------------------------------- */

static void describe(struct target *t, struct stack *s)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;
	char path[64];

	s->waits[0] = '\0';

	snprintf(path, sizeof(path), "proc/%d/task/%d/stat", (int)t->pid, (int)s->tid);
	if (proc_load(&f, path) == 0 && proc_parse_stat(f.data, f.len, &st) == 0) {
		memcpy(s->comm, st.comm, sizeof(s->comm));
		s->state = st.state;
	}
	proc_unload(&f);
}

static int list_threads(struct target *t)
{
	pid_t *tids;
	int err = proc_tids(t->pid, &tids, &t->n);

	if (err < 0)
		return err;
	t->stacks = calloc(t->n ? t->n : 1, sizeof(*t->stacks));
	for (size_t i = 0; t->stacks && i < t->n; i++) {
		t->stacks[i].tid = tids[i];
		describe(t, &t->stacks[i]);
	}
	free(tids);
	return t->stacks ? 0 : -ENOMEM;
}

/* Maps and memory by the first thread that has not ended: a leader that has, shows none. */
static int open_process(struct target *t)
{
	int err = -ESRCH;

	for (size_t i = 0; i < t->n; i++) {
		if (t->stacks[i].state == 'Z' || t->stacks[i].state == 'X')
			continue;
		err = memory_open(t, t->stacks[i].tid);
		if (err == 0)
			err = sym_open(&t->sym, t->stacks[i].tid, &t->mem);
		if (err == 0 && sym_maps(t->sym)->n > 0)
			return 0;
		if (err == 0)
			err = -ENOEXEC;
		sym_close(t->sym);
		t->sym = NULL;
		memory_close(t);
		break;
	}
	return err;
}

/* Where it waits: "0" where it does not, or where the kernel does not tell. */
static void find_wait(struct target *t, struct stack *s)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];

	snprintf(path, sizeof(path), "proc/%d/task/%d/wchan", (int)t->pid, (int)s->tid);
	if (proc_load(&f, path) == 0 && f.len > 1)
		snprintf(s->waits, sizeof(s->waits), "%s", f.data);
	proc_unload(&f);
}

int take_states(struct target *t)
{
	int err = list_threads(t);

	for (size_t i = 0; err == 0 && i < t->n; i++)
		find_wait(t, &t->stacks[i]);
	return err;
}

/* Goroutines that were not read while everything stood still: most wait, and keep their place. */
static void take_rest(struct target *t)
{
	memory_forget(t);
	go_take(t, UINT64_MAX);
}

int take_stacks(struct target *t)
{
	int err = list_threads(t);

	if (!err)
		err = open_process(t);
	if (err)
		return err;
	/* All files are read before anything is stopped. */
	sym_load(t->sym);
	if (t->how == HOW_NO_STOP) {
		for (size_t i = 0; i < t->n; i++) {
			memory_forget(t);
			read_asleep(t, &t->stacks[i]);
		}
		take_rest(t);
		return 0;
	}
	err = rounds(t);
	if (t->how == HOW_SNAPSHOT)
		walk_snapshots(t);
	for (size_t i = 0; i < t->n; i++) {
		struct stack *s = &t->stacks[i];

		if (s->done != STACK_BUSY)
			continue;
		describe(t, s);
		find_wait(t, s);
		read_busy(t, s);
	}
	take_rest(t);
	return err;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * How tracees become free again.
 */
#include "tracee_table.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

/* How long threads that do not stop are waited for: a parent in vfork(2) stops only when its child is
 * done. The kernel frees them when this process ends. */
#define PATIENCE_MS 1000

void tracee_detach(struct tracee *t, int sig)
{
	ptrace(PTRACE_DETACH, t->tid, 0, (long)sig);
	tracee_forget(t);
}

/* What a thread reports is known. */
static void let_go(struct tracee *t, int status, void (*told)(struct tracee *t))
{
	if (!WIFSTOPPED(status)) {
		struct tracee_wait w;

		tracee_wait_one(&w, t->tid, WNOHANG);
		tracee_forget(t);
		return;
	}
	/* A child that this stop is about is traced from its birth. */
	pid_t child = tracee_new_child(t->tid, status);
	if (child > 0 && !tracee_find(child))
		tracee_add(child);
	if (told && t->started)
		told(t);
	/* The signal that a stop is about to deliver must not be lost with the detaching. */
	tracee_detach(t, tracee_is_signal(status) ? WSTOPSIG(status) : 0);
}

/* One look at each that is left. */
static void look(void)
{
	for (unsigned h = 0; h < TRACEE_HASH_SIZE; h++) {
		for (struct tracee *t = tracee_table[h], *next; t; t = next) {
			struct tracee_wait w;

			next = t->next_hash;
			int r = tracee_wait_one(&w, t->tid, WNOHANG | WNOWAIT);
			if (r < 0)
				tracee_forget(t); /* gone, or its id is another's after an execve */
			else if (r > 0)
				let_go(t, w.status, NULL);
		}
	}
}

void tracee_detach_all(void (*told)(struct tracee *t), bool stay)
{
	struct tracee_wait w;
	bool killing = tracee_opt.kill_on_exit || tracee_opt.seccomp;

	/* Stops that were fetched already are stops like the others. */
	while (tracee_pop(&w)) {
		struct tracee *t = tracee_find(w.tid);

		if (t && killing && WIFSTOPPED(w.status))
			continue;
		if (t)
			let_go(t, w.status, told);
	}
	for (unsigned h = 0; h < TRACEE_HASH_SIZE; h++) {
		for (struct tracee *t = tracee_table[h], *next; t; t = next) {
			next = t->next_hash;
			told(t);
			if (killing)
				continue;
			if (t->stopped)
				tracee_detach(t, t->pending_sig);
			else if (stay)
				ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
		}
	}
	if (killing || !stay)
		return;
	for (int ms = 0; tracee_count() > 0 && ms < PATIENCE_MS; ms++) {
		look();
		if (tracee_count() > 0)
			nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What tracee.c, tracee_begin.c and tracee_end.c share: the table of threads and the options.
 */
#pragma once

#include "tracee.h"

#define TRACEE_EVENT_STOP 128 /* linux/ptrace.h: PTRACE_EVENT_STOP */

enum { TRACEE_HASH_BITS = 14, TRACEE_HASH_SIZE = 1 << TRACEE_HASH_BITS };

extern struct tracee *tracee_table[TRACEE_HASH_SIZE];
extern struct tracee_options tracee_opt;

/* Threads that were attached to and did not stop yet. When none is left: tracee_all_started. */
extern size_t tracee_unstarted;
void tracee_all_started(void);
/* When none is left at all although some did not stop: whether there are some again. */
bool tracee_begin_again(void);

/* One result of wait(2). */
struct tracee_wait {
	pid_t tid;
	int status;
	uint64_t cpu_ns;
};

/* waitid(2) for a thread (-1: any) with WNOHANG, WNOWAIT; 1: got one, 0: none (interrupted, or nothing there), -1: no
 * such child. */
int tracee_wait_one(struct tracee_wait *w, pid_t tid, int flags);

/* A stop before a signal is delivered. */
bool tracee_is_signal(int status);

/* Results that were fetched and are still to be reported. */
bool tracee_push(struct tracee_wait w);
bool tracee_pop(struct tracee_wait *w);

struct tracee *tracee_add(pid_t tid);
void tracee_unlink(struct tracee *t);
/* Takes it out of the table; its memory stays until the next event is asked for. */
void tracee_forget(struct tracee *t);

/* The child that a fork, vfork or clone stop tells of; 0: none. */
pid_t tracee_new_child(pid_t tid, int status);

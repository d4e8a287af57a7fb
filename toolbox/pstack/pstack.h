/* SPDX-License-Identifier: GPL-2.0-only
 * What the parts of pstack share: the threads of one process and their stacks.
 */
#pragma once

#include "bpf/sym/stack.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum how { HOW_STOP, HOW_SNAPSHOT, HOW_NO_STOP };

enum stack_state {
	STACK_TODO,
	STACK_SEIZED, /* and told to stop */
	STACK_TAKEN,
	STACK_GONE,    /* ended meanwhile */
	STACK_DENIED,  /* with err */
	STACK_BUSY,    /* did not stop in time: it waits where it cannot be interrupted; frames by where it sleeps */
	STACK_RUNNING, /* --no-stop: it is not asleep */
};

struct stack {
	pid_t tid;
	char comm[64];
	char state;	/* of /proc: R S D Z ... */
	char waits[64]; /* the kernel's function that it waits in; "": not known */
	enum stack_state done;
	int err;
	int sig; /* was on its way when it stopped */
	bool stopped;
	struct sym_frame *frames;
	size_t n;
	enum sym_end end;
	/* --snapshot */
	struct unwind_regs regs;
	uint64_t addr;
	uint8_t *copy;
	size_t copied;
};

struct goroutine {
	uint64_t id;
	unsigned status;
	struct sym_frame *frames;
	size_t n;
	enum sym_end end;
};

struct target {
	pid_t pid;
	enum how how;
	size_t max; /* frames */
	struct sym_process *sym;
	struct unwind_memory mem;
	int mem_fd;
	bool held; /* threads are stopped */
	struct stack *stacks;
	size_t n;
	struct goroutine *goroutines;
	size_t n_goroutines, n_moving; /* n_moving: of these, read while the program ran */
	struct go_list {
		uint64_t at, n, next;
		unsigned status_place;
	} go;
	uint64_t still_us; /* the longest that a thread stood still at a time */
};

/* take.c: the stacks of all threads. The only caller of ptrace; nothing is left stopped when it returns. 0 or -errno. */
int take_stacks(struct target *t);
/* What the kernel says of all threads without their memory: names, states, where they wait. 0 or -errno. */
int take_states(struct target *t);

/* memory.c: /proc/TID/mem, a page at a time. While `held`, nothing is read that somebody else has to answer for. */
int memory_open(struct target *t, pid_t tid);
void memory_forget(struct target *t);
void memory_close(struct target *t);

/* go.c: the goroutines that are not on a thread, of a Go program; nothing otherwise. What does not fit in before the deadline is
 * read by the next call. */
void go_take(struct target *t, uint64_t deadline_ns);

/* show.c */
void show_process(const struct target *t);
void show_states(const struct target *t);

uint64_t clock_ns(void);

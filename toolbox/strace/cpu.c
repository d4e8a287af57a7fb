/* SPDX-License-Identifier: GPL-2.0-only
 * Following the tracee's CPU: see cpu.h.
 */
#include "cpu.h"
#include "../lib/proc.h"

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Events of one thread in a row that make it the active one, and how often its CPU is asked for then:
 * reading it costs about a third of a stop. */
#define RUN 8
#define LOOK_EVERY 64

static cpu_set_t allowed;
static bool pinned;

static int cpu_of(struct proc_file *f, pid_t tid)
{
	char path[40];
	uint64_t cpu = 0;

	snprintf(path, sizeof(path), "proc/%d/stat", (int)tid);
	if (proc_load(f, path) < 0)
		return -1;
	/* Field 39, counted from the state behind the last ')'. */
	const char *p = NULL;
	for (const char *s = f->data; *s; s++)
		if (*s == ')')
			p = s + 1;
	for (int field = 3; p && field < 39; field++) {
		p++;
		while (*p && *p != ' ')
			p++;
		if (!*p)
			p = NULL;
	}
	return p && proc_u64(&p, &cpu) ? (int)cpu : -1;
}

static void release(void)
{
	if (pinned)
		sched_setaffinity(0, sizeof(allowed), &allowed);
	pinned = false;
}

void cpu_follow(pid_t tid, size_t tracees)
{
	static struct proc_file f = PROC_FILE_INIT;
	static pid_t active, opened;
	static unsigned run;
	static int where = -1;
	cpu_set_t one;

	if (tid != active) {
		active = tid;
		/* Others that stop once in a while do not make it a crowd. */
		run = run > RUN && tracees > 1 ? RUN / 2 : 0;
		if (run == 0)
			release();
		return;
	}
	if (++run < RUN || run % LOOK_EVERY != RUN % LOOK_EVERY)
		return;
	if (opened != tid) {
		proc_unload(&f);
		opened = tid;
	}
	int cpu = cpu_of(&f, tid);
	if (cpu < 0 || cpu >= CPU_SETSIZE || (pinned && cpu == where))
		return;
	if (!pinned && sched_getaffinity(0, sizeof(allowed), &allowed) < 0)
		return;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (CPU_ISSET(cpu, &allowed) && sched_setaffinity(0, sizeof(one), &one) == 0) {
		pinned = true;
		where = cpu;
	}
}

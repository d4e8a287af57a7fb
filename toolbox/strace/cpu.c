/* SPDX-License-Identifier: GPL-2.0-only
 * Following the tracee's CPU: see cpu.h.
 */
#include "cpu.h"
#include "../lib/proc.h"

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Events of one thread in a row that make it the active one; how often its CPU is looked for and whether we
 * starve, in events: a look costs about half a stop. */
enum { RUN = 16, LOOK_EVERY = 512, HEALTH_EVERY = 16 };
/* More than this part of the time spent waiting for the CPU is starving. */
enum { STARVING_PERCENT = 30 };
#define BACKOFF_NS 1000000000ull
#define BACKOFF_MAX_NS (60 * BACKOFF_NS)
/* An event that comes so much later than the one before is a reason to look at once. */
#define GAP_NS 2000000ull
/* When all processors are busy they are looked at again after this. */
#define BUSY_NS 50000000ull

static cpu_set_t allowed;
static int own_policy;
static struct sched_param own_param;
static enum { UNKNOWN, NEVER, APART, JOINED } state;
static uint64_t not_before_ns, backoff_ns = BACKOFF_NS;
static struct proc_file schedstat = PROC_FILE_INIT;
static uint64_t waited_ns, waited_at_ns;

/* musl's wrappers for these refuse to work, as POSIX means the whole process and Linux a thread. */
static int set_policy(int policy, const struct sched_param *param)
{
	return (int)syscall(SYS_sched_setscheduler, 0, policy, param);
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The CPU that a thread ran on last: field 39 of its stat, counted from the state behind the last ')'. */
static int cpu_of(pid_t tid)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];
	uint64_t cpu = 0;
	const char *p = NULL;

	snprintf(path, sizeof(path), "proc/%d/stat", (int)tid);
	if (proc_load(&f, path) == 0)
		p = strrchr(f.data, ')');
	for (int field = 2; p && field < 39; field++) {
		p = strchr(p, ' ');
		if (p)
			p++;
	}
	if (!p || !proc_u64(&p, &cpu) || cpu >= CPU_SETSIZE)
		cpu = (uint64_t)-1;
	proc_unload(&f);
	return (int)cpu;
}

/* Time that we were ready to run and did not: the second figure of schedstat. */
static bool read_waited(uint64_t *ns)
{
	uint64_t ran;
	const char *p;

	if (proc_load(&schedstat, "proc/thread-self/schedstat") < 0)
		return false;
	p = schedstat.data;
	return proc_u64(&p, &ran) && proc_u64(&p, ns);
}

/* Whether not more threads want to run ("2/345" in loadavg, us included) than there are processors. Where they do
 * there is nothing to win, no processor is idle, and SCHED_IDLE is the last to run. */
static bool room_for_us(void)
{
	static struct proc_file loadavg = PROC_FILE_INIT;
	uint64_t running;

	if (proc_load(&loadavg, "proc/loadavg") < 0)
		return false;
	const char *p = loadavg.data;
	for (int field = 0; p && field < 3; field++) {
		p = strchr(p, ' ');
		if (p)
			p++;
	}
	return p && proc_u64(&p, &running) && running <= (uint64_t)CPU_COUNT(&allowed);
}

/* Whether we could go back. */
static void find_out(void)
{
	state = NEVER;
	own_policy = (int)syscall(SYS_sched_getscheduler, 0);
	if (own_policy < 0 || own_policy == SCHED_IDLE || syscall(SYS_sched_getparam, 0, &own_param) < 0 ||
	    sched_getaffinity(0, sizeof(allowed), &allowed) < 0 || CPU_COUNT(&allowed) < 2 || !read_waited(&waited_ns))
		return;
	/* The kernel asks for the same right to leave SCHED_IDLE as to raise one's priority, which is tried. */
	int nice_now = (int)(20 - syscall(SYS_getpriority, 0, 0));
	if (syscall(SYS_setpriority, 0, 0, nice_now - 1) < 0)
		return;
	syscall(SYS_setpriority, 0, 0, nice_now);
	state = APART;
}

void cpu_release(void)
{
	if (state != JOINED)
		return;
	set_policy(own_policy, &own_param);
	sched_setaffinity(0, sizeof(allowed), &allowed);
	state = APART;
}

static void go_to(pid_t tid)
{
	static int where = -1;
	cpu_set_t one;
	int cpu = cpu_of(tid);

	if (cpu < 0 || !CPU_ISSET(cpu, &allowed) || (state == JOINED && cpu == where))
		return;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (sched_setaffinity(0, sizeof(one), &one) < 0)
		return;
	where = cpu;
	if (state == JOINED)
		return;
	if (set_policy(SCHED_IDLE, &(struct sched_param){ 0 }) < 0) {
		sched_setaffinity(0, sizeof(allowed), &allowed);
		state = NEVER;
		return;
	}
	state = JOINED;
	read_waited(&waited_ns);
	waited_at_ns = now_ns();
}

/* Others want this CPU: away, for longer each time. */
static void check_health(uint64_t now)
{
	uint64_t waited;

	if (!read_waited(&waited))
		waited = UINT64_MAX;
	if (waited - waited_ns > (now - waited_at_ns) * STARVING_PERCENT / 100 && now - waited_at_ns > 1000000) {
		cpu_release();
		not_before_ns = now + backoff_ns;
		backoff_ns = backoff_ns * 2 < BACKOFF_MAX_NS ? backoff_ns * 2 : BACKOFF_MAX_NS;
		return;
	}
	waited_ns = waited;
	waited_at_ns = now;
}

static void join(pid_t tid, uint64_t now)
{
	if (now < not_before_ns)
		return;
	if (room_for_us())
		go_to(tid);
	else
		not_before_ns = now + BUSY_NS;
}

void cpu_follow(pid_t tid, size_t tracees)
{
	static pid_t active;
	static unsigned run;
	static uint64_t last_ns;

	if (state == NEVER)
		return;
	if (tid != active) {
		active = tid;
		/* Others that stop once in a while do not make it a crowd. */
		run = run > RUN && tracees > 1 ? RUN / 2 : 0;
		if (run == 0)
			cpu_release();
		return;
	}
	if (++run < RUN)
		return;
	if (state == UNKNOWN)
		find_out();
	if (state == JOINED) {
		uint64_t now = now_ns();

		if (run % HEALTH_EVERY == 0 || now - last_ns > GAP_NS)
			check_health(now);
		last_ns = now;
		if (state == JOINED && run % LOOK_EVERY == 0)
			go_to(tid);
	} else if (state == APART && run % RUN == 0) {
		last_ns = now_ns();
		join(tid, last_ns);
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Running where the tracee runs. Tracer and tracee never run at the same time while one thread makes call after
 * call; on two CPUs each stop is two wake-ups of an idle CPU, on one it is two context switches, which cost a quarter.
 *
 * Being there is not enough: the scheduler sees the tracer running where the tracee slept, and wakes the tracee on
 * another CPU that is idle. A CPU on which only tasks of the policy SCHED_IDLE run counts as idle (sched(7)), so
 * the tracer, and only the tracer, takes that policy while it follows: nothing that the tracee could see changes.
 * Where others want the CPU such a task waits long; that is noticed, and the tracer stays itself for a while. Who may
 * not take its own policy back (no CAP_SYS_NICE and RLIMIT_NICE 0, as in a default container) does not begin.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Call at each event: after a run of events of one thread joins that thread's CPU; leaves it when several
 * threads are active. */
void cpu_follow(pid_t tid, size_t tracees);

/* Back to what was before: at the end. */
void cpu_release(void);

/* SPDX-License-Identifier: GPL-2.0-only
 * Running where the tracee runs. Tracer and tracee never run at the same time while one thread makes
 * call after call; on two CPUs each stop is two wake-ups across CPUs, on one it is two context
 * switches, which cost a half to a sixth.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Call at each event: after a run of events of one thread, moves this process to that thread's CPU;
 * goes back to where it may run when several threads are active. */
void cpu_follow(pid_t tid, size_t tracees);

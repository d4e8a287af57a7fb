/* SPDX-License-Identifier: GPL-2.0-only
 * The time of all CPUs together, from /proc/stat (proc(5)), and how many there are.
 */
#pragma once

#include "toolbox/lib/proc.h"

#include <stdbool.h>
#include <stdint.h>

/* In the order of the lines "cpu" and "cpuN". Guest time is part of user and nice and is not read. */
enum cpu_time { CPU_USER, CPU_NICE, CPU_SYSTEM, CPU_IDLE, CPU_IOWAIT, CPU_IRQ, CPU_SOFTIRQ, CPU_STEAL, CPU_TIMES };

/* Begin with CPU_INIT. */
struct cpu {
	struct proc_file file[2]; /* the last text stays: CPUs that come and go are compared one by one */
	unsigned current;
	uint64_t total[CPU_TIMES];
	bool sampled;
	uint64_t delta[CPU_TIMES]; /* clock ticks since the last reading, or since boot */
	unsigned online;
};
#define CPU_INIT { .file = { PROC_FILE_INIT, PROC_FILE_INIT } }

/* Reads and sets delta. elapsed_ns is the time since the last reading. Returns 0, -errno, or -EINVAL when
 * there is no "cpu" line. */
int cpu_read(struct cpu *c, uint64_t elapsed_ns);

/* CPUs that the machine has, also those that are switched off. */
unsigned cpu_present(const struct cpu *c);

/* One line of /proc/stat: "cpu" or "cpuN", which is set to -1 or N. */
bool cpu_parse_line(const char *line, int64_t *number, uint64_t times[CPU_TIMES]);

/* "0-3,8" of /sys/devices/system/cpu is 5; 0 when it is no such list. */
unsigned cpu_parse_list(const char *text);

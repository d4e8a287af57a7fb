/* SPDX-License-Identifier: GPL-2.0-only
 * How deep pid namespaces are nested: struct pid has a number for each level, and BPF programs have to know which to read.
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* The level of our own pid namespace: 0 is the host's. Negative errno if the kernel does not tell. Nothing in /proc has it: NSpid
 * begins with the namespace that /proc was mounted in. */
int nslevel_own(void);

/* How many levels a process is below ours, by NSpid of /proc/PID/status, 0 for our own; and its number in its own namespace. Negative
 * errno: it is gone, or /proc is not of our pid namespace. */
int nslevel_below(pid_t pid, pid_t *innermost);

/* SPDX-License-Identifier: GPL-2.0-only
 * What seen.leaf.bpf.c writes down: how often a probe fired in a process, and what was last said of the task. */
#ifndef SEEN_H
#define SEEN_H

#include "bpf/kern/state.h"

struct seen_key {
	__u32 pid, hook, probe, pad;
};
struct seen {
	__u64 count;
	struct firing last;
};

#endif

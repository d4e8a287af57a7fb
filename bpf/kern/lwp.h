/* SPDX-License-Identifier: GPL-2.0-only
 * What lwpsinfo_t says of a thread in the words of Solaris: its state and its scheduling class. Of args[] and of curlwpsinfo.
 */
#pragma once

#include "task.h"

/* Letters of states, and their numbers (SSLEEP 1, SRUN 2, SZOMB 3, SSTOP 4 of sys/proc.h and thread.h). */
static __always_inline void lwp_state(char *number, char *letter, struct task_struct *t)
{
	__u32 state = task_state(t);

	if (READ(t, exit_state, RAW)) {
		*number = 3;
		*letter = 'Z';
	} else if (state & 0x0c) { /* __TASK_STOPPED, __TASK_TRACED: include/linux/sched.h */
		*number = 4;
		*letter = 'T';
	} else if (state & 0x03) { /* TASK_INTERRUPTIBLE, TASK_UNINTERRUPTIBLE */
		*number = 1;
		*letter = 'S';
	} else {
		*number = 2;
		*letter = 'R';
	}
}

/* The first two letters, for a name whose other bytes are 0 already: TS, FF, RR, B(atch), ID(le), DL; the numbers are those of
 * include/uapi/linux/sched.h. */
static __always_inline void lwp_class(char *name, struct task_struct *t)
{
	__u32 policy = READ(t, policy, RAW);

	name[0] = policy == 1 ? 'F' : policy == 2 ? 'R' : policy == 3 ? 'B' : policy == 5 ? 'I' : policy == 6 ? 'D' : 'T';
	name[1] = policy == 1 ? 'F' : policy == 2 ? 'R' : policy == 3 ? 0 : policy == 5 ? 'D' : policy == 6 ? 'L' : 'S';
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Work that may get stuck, in a process of its own: reading another's memory waits, without end, where a thread of that
 * process waits in the kernel and holds the lock of its memory.
 */
#pragma once

enum guard_how {
	GUARD_DONE,
	GUARD_SILENT,  /* it was stuck before anything was stopped, and was killed or left behind */
	GUARD_STOPPED, /* it held threads for too long, and was killed by its own timer: they go on */
	GUARD_FAILED,  /* it could not be started, or was killed by somebody else */
};

/* Runs work(arg) in a child, which ends with its result (0 to 255, in *result). Buffers are flushed before and, in the child,
 * behind it. */
enum guard_how guard_run(int (*work)(void *), void *arg, int *result);

/* In the child: from here on, until guard_end, it may live for another GUARD_HOLD_MS. The kernel counts, also while the child
 * itself is stopped or waits. */
enum { GUARD_HOLD_MS = 200 };
void guard_begin(void);
void guard_end(void);

/* In the child: what follows waits for nobody but the reader of our output, and may take as long as that likes. */
void guard_output(void);

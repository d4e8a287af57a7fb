/* SPDX-License-Identifier: GPL-2.0-only
 * Work on many things of which each may hang: a process whose memory lies on a file system that does not answer holds
 * whoever reads its cmdline or smaps, and nobody can say beforehand which process that is.
 */
#pragma once

#include <stddef.h>

/* Does the work on item i and returns what came of it (NULL too is an answer). It runs in a thread of its own, one item
 * after the other as a rule, and beside others when one takes long: it may use only arg, what it makes itself, and the
 * functions of proc.h. */
typedef void *deadline_fn(void *arg, size_t i);

/* Stands in the results for an item whose work was not done in time. */
extern char deadline_late[1];

/* Does the work on n items and sets result[0 .. n-1]. Work that takes longer than ms milliseconds is left behind (much
 * less, once several were), its thread ends with the process, and what comes of it yet goes to drop (NULL: to nobody);
 * so arg must live as long as the program. Nothing writes to result after the return. Returns 0 or -ENOMEM. Where no thread can
 * be had (the limit of processes is reached) the work is done without a deadline. */
int deadline_each(size_t n, int ms, deadline_fn *work, void (*drop)(void *), void *arg, void **result);

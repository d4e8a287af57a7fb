/* SPDX-License-Identifier: GPL-2.0-only
 * -e inject and -e fault: calls that fail, signals, delays. Counted by call and thread.
 */
#pragma once

#include "decode.h"
#include "poke.h"
#include "tracee.h"

/* One more expression; ends the program with strace's words when it is wrong. */
void inject_add(const char *text, bool fault);
bool inject_any(void);

/* What happens to the call of t between its entry and its exit. */
struct inject_call {
	bool result;   /* the call is not made: `ret` is its result */
	int64_t ret;
	bool error;
	int sig;       /* delivered at its entry */
	bool enter, exit; /* delays, of: */
	uint64_t enter_ns, exit_ns;
	const struct pokes *poke_enter, *poke_exit; /* NULL: none */
};

/* How often each call was made by a thread. */
struct inject_counts;
void inject_counts_free(struct inject_counts *n);

/* At the entry: counts, decides; false: nothing happens. */
bool inject_entry(struct inject_counts **n, const struct call *c, struct inject_call *what);

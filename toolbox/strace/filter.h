/* SPDX-License-Identifier: GPL-2.0-only
 * Sets of calls, signals, descriptors and paths, as -e writes them, and whether something is in them.
 */
#pragma once

#include "decode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Calls, by ABI and row index; rows[abi] may serve as decode_options.raw_rows. NULL: not set. */
struct call_set {
	bool *rows[ABI_COUNT];
	size_t n;
	bool all, none;
};

/* "open,%file,/regex,?name,59,all,!…", each with @64 or @32. Ends the program with strace's words when it is
 * wrong. What was in the set before is gone. */
void filter_calls(struct call_set *s, const char *text);
static inline bool filter_has(const struct call_set *s, enum abi abi, const struct call_row *row)
{
	return s->rows[abi] && s->rows[abi][row->index];
}

/* Bit N is signal N. 0: wrong. */
void filter_signals(uint64_t *set, const char *text);
/* "SIGUSR1", "usr1", "10"; 0: not a signal. */
int filter_signal_number(const char *text);
const char *filter_signal_name(int sig, char buf[16]);

/* Words of a list as bits of a mask; `all` and `none` and ! are understood. */
struct filter_word {
	const char *word;
	unsigned bit;
};
void filter_words(unsigned *mask, const char *text, const struct filter_word *words, size_t n, const char *what);

/* Descriptors: for -e read and -e write. */
struct fd_set_list {
	int *fds;
	size_t n;
	bool negated;
};
void filter_fds(struct fd_set_list *s, const char *text);
bool filter_has_fd(const struct fd_set_list *s, int fd);

/* -P: adds a path, and what it resolves to. */
void filter_path(const char *path, bool quiet);
bool filter_has_paths(void);
/* Whether a call that is at its entry has to do with one of the paths. */
bool filter_touches_path(struct call *c);

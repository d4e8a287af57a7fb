/* SPDX-License-Identifier: GPL-2.0-only
 * -c: calls, errors and time of each system call, and strace's table of them.
 */
#pragma once

#include "decode.h"
#include "out.h"

/* -S and -U; false: no such column, or, in a list, one that was there before. */
struct count_wrong {
	char word[32];
	const char *rest; /* of the list, from that word on */
	bool twice;
};
bool count_sort_by(const char *name);
bool count_columns(const char *list, struct count_wrong *wrong);

void count_call(const struct call *c, uint64_t ns);

/* The tables, one for each ABI that had a call. overhead_ns is taken off each call's time. */
void count_print(struct out *o, uint64_t overhead_ns);

/* SPDX-License-Identifier: GPL-2.0-only
 * What netstat -s says about a counter of the kernel.
 */
#pragma once

#include "netstat.h"

enum statistics_kind {
	ALWAYS,	 /* also when it is 0 */
	NONZERO,
	HISTORY_IN, /* a line of the histogram of ICMP input: a heading stands before the first */
	HISTORY_OUT,
	HIDDEN, /* a setting, not a counter */
};

/* net-tools' own words; '#' stands for the number. Counters that are not here are shown by their names. */
struct statistics_word {
	const char *section; /* "TcpExt" */
	const char *key;
	enum statistics_kind kind;
	const char *text;
};
extern const struct statistics_word statistics_words[];
extern const size_t n_statistics_words;

/* NULL when there is none. */
const struct statistics_word *statistics_find(const char *section, const char *key);

/* Print what a file says, and return the status; data ends with a NUL byte. Pairs are lines as "Tcp: RtoAlgorithm …" and
 * "Tcp: 1 …", of which only one section is wanted, or all (NULL). Lists have lines as "Ip6InReceives 1"; the section is
 * what the name begins with. */
int statistics_pairs(const char *data, const char *only);
int statistics_list(const char *data);

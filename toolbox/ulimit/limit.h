/* SPDX-License-Identifier: GPL-2.0-only
 * The limits of a process: what bash calls them, in what units it counts, how the kernel knows them. Sources: bash(1),
 * getrlimit(2), proc(5).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

struct limit {
	char letter;	       /* the option */
	const char *name;      /* the long option: the name that prlimit(1) has */
	const char *label;     /* as bash prints it */
	const char *unit;      /* likewise; NULL: a plain number */
	uint64_t factor;       /* bytes, or whatever the kernel counts, in one unit */
	int resource;	       /* RLIMIT_*, or LIMIT_PIPE, LIMIT_NONE */
	const char *in_proc;   /* the name in /proc/PID/limits */
	const char *why_not;   /* LIMIT_NONE: what Linux has instead */
};
#define LIMIT_PIPE (-1) /* PIPE_BUF: may be looked at, not set */
#define LIMIT_NONE (-2) /* an option of bash that Linux has no limit for */

/* In the order in which bash prints them; those of LIMIT_NONE last. */
extern const struct limit limits[];
extern const size_t limits_n;

/* The unit in which this limit is counted: POSIXLY_CORRECT makes blocks of 512 bytes, as in bash. */
uint64_t limit_factor(const struct limit *l);

/* By letter, long option or bash's label; a beginning that fits one limit only will do. NULL: none, or several. */
const struct limit *limit_find(const char *name);

/* One limit in the text of /proc/PID/limits. Returns 0, or -EINVAL when it is not there. */
int limit_parse_proc(const char *data, const struct limit *l, struct rlimit *r);

/* The limit of a process; pid 0 is this one. Returns 0 or -errno. */
int limit_get(pid_t pid, const struct limit *l, struct rlimit *r);

/* What was typed as a value. Returns 0, -EINVAL (no number) or -ERANGE; soft and hard stand for those of *now. */
int limit_parse_value(const char *text, const struct limit *l, const struct rlimit *now, rlim_t *value);

/* "unlimited", or the number in units. */
void limit_fmt(char *buf, size_t size, const struct limit *l, rlim_t value);

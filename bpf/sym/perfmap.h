/* SPDX-License-Identifier: GPL-2.0-only
 * Names of code that a virtual machine made while it runs: /tmp/perf-PID.map, "START SIZE NAME" a line, in hexadecimal, as
 * node (--perf-basic-prof), Java and others write it for perf(1).
 */
#pragma once

#include "mounts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Of a longer file the last part is read. */
enum { PERFMAP_MAX = 64 << 20 };

struct perfmap {
	char *text; /* lines, cut up once they were read */
	size_t len, done, cap;
	struct perfmap_line {
		uint64_t start, end;
		uint32_t name; /* in text */
	} *lines;	       /* as they stand in the file */
	size_t n_lines, cap_lines;
	struct perfmap_piece {
		uint64_t start, end;
		uint32_t line;
	} *pieces; /* by address, apart from one another */
	size_t n, n_cut; /* n_cut: of how many lines */
	/* of the file */
	uint64_t inode, from, at;
	int64_t read_ns; /* when it was looked at */
	char path[48];	 /* as the process sees it; "": there is none */
};

/* Reads what the file of a process has, or has more by now. The name counts in the process's own pid namespace; the owner must
 * be the process's user or root. 0, -ENOENT, -EPERM (another's file), or as open_inside. */
int perfmap_read(struct perfmap *p, const struct mounts *ms, pid_t tid);
void perfmap_free(struct perfmap *p);

/* More of the text; a last line without an end waits for the rest of it. 0 or -ENOMEM. */
int perfmap_add(struct perfmap *p, const char *text, size_t len);

/* The code around an address: of ranges that overlap the one that was written last, as older code has gone by then. The name
 * is good until the next perfmap_read. */
bool perfmap_find(struct perfmap *p, uint64_t addr, const char **name, uint64_t *start);

/* SPDX-License-Identifier: GPL-2.0-only
 * What a process has mapped (/proc/PID/maps, proc(5)).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct map {
	uint64_t start, end, offset;
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	bool exec, read, deleted;
	const char *path; /* as the process sees it, a stranger's bytes; "" for none, "[vdso]" and the like */
};

struct maps {
	struct map *map; /* by address */
	size_t n;
	char *text;
};

/* Of a process or, where its leader has ended already, of one of its threads. 0 or -errno (-ETIMEDOUT: its memory is
 * locked, by a thread that waits in the kernel). */
int maps_read(struct maps *m, pid_t tid);
/* Takes the text over (len bytes and a NUL behind them; freed with the rest). 0 or -ENOMEM. */
int maps_parse(struct maps *m, char *text, size_t len);
void maps_free(struct maps *m);

/* The mapping around an address; NULL: none. */
const struct map *maps_find(const struct maps *m, uint64_t addr);

/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/meminfo as free and vmstat count it.
 */
#pragma once

#include <stdint.h>

/* All in KiB. */
struct meminfo {
	uint64_t total, free, available;
	uint64_t used;	 /* total - available, as procps 4 has it */
	uint64_t cached; /* Cached and SReclaimable */
	uint64_t buffers, shared, active, inactive;
	uint64_t swap_total, swap_free, swap_used;
	uint64_t low_total, low_free, high_total, high_free; /* without highmem all memory is low */
	uint64_t commit_limit, committed;
};

/* Reads the text of /proc/meminfo; what it does not name is 0. Returns 0, or -EINVAL without MemTotal. */
int meminfo_parse(const char *data, struct meminfo *m);

/* SPDX-License-Identifier: GPL-2.0-only
 * From what was counted in an interval to the figures of the report.
 */
#pragma once

#include "disk.h"

/* Rates are for a second, sizes in sectors, times in milliseconds. */
enum figure {
	FIG_TPS,
	FIG_READS,
	FIG_WRITES,
	FIG_DISCARDS,
	FIG_FLUSHES,
	FIG_SECTORS,
	FIG_READ_SECTORS,
	FIG_WRITE_SECTORS,
	FIG_DISCARD_SECTORS,
	FIG_WRITE_DISCARD_SECTORS,
	FIG_READ_TOTAL,
	FIG_WRITE_TOTAL,
	FIG_DISCARD_TOTAL,
	FIG_WRITE_DISCARD_TOTAL,
	FIG_MERGES,
	FIG_READ_MERGES,
	FIG_WRITE_MERGES,
	FIG_DISCARD_MERGES,
	FIG_READ_MERGE_SHARE,
	FIG_WRITE_MERGE_SHARE,
	FIG_DISCARD_MERGE_SHARE,
	FIG_WAIT,
	FIG_READ_WAIT,
	FIG_WRITE_WAIT,
	FIG_DISCARD_WAIT,
	FIG_FLUSH_WAIT,
	FIG_SIZE,
	FIG_READ_SIZE,
	FIG_WRITE_SIZE,
	FIG_DISCARD_SIZE,
	FIG_QUEUE,
	FIG_USE,
	FIGURES
};

/* counted is of `members` devices (a group has many; their use is averaged) in elapsed_ns. */
void figures_compute(double f[FIGURES], const uint64_t counted[DISK_COUNTERS], unsigned members, uint64_t elapsed_ns);

/* What elapsed means where the clock of a sample stood still: at least a hundredth of a second. */
double figures_hundredths(uint64_t elapsed_ns);

/* SPDX-License-Identifier: GPL-2.0-only
 * Interval and count of the sampling tools: when to read next, how long it was since the last time,
 * how counters are subtracted, and how SIGINT ends the report properly.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct sample {
	uint64_t interval_ns; /* 0: one report since boot, no second one */
	uint64_t count;	      /* reports to make, 0: until SIGINT */
	uint64_t done;	      /* reports begun */
	uint64_t next_ns;
	uint64_t last_ns;
	uint64_t elapsed_ns; /* between this reading and the one before; for the first: since boot */
};

/* Catches SIGINT and SIGTERM (the report in hand is finished, the loop ends, exit status 0) and
 * SIGWINCH (so that a header can be printed anew). */
void sample_start(struct sample *s, uint64_t interval_ns, uint64_t count);

/* Call before each reading: waits for its time (not before the first) and sets elapsed_ns. Returns
 * false when the reports are done or a signal ended them. Intervals do not drift: the next moment
 * counts from the first, and moments that were missed (a stopped process, a suspended machine) are
 * left out. Steps of the wall clock do not matter. With snapshots (NATIVE_ROOT) it does not wait and takes
 * the time from their proc/uptime. */
bool sample_next(struct sample *s);

/* Whether a signal asked for the end; waits elsewhere should look. */
bool sample_interrupted(void);

/* Whether the terminal changed its size since the last call. */
bool sample_resized(void);

/* now - before for a counter of `bits` (32 or 64) that may wrap: a 32-bit counter that fell by
 * more than half its range has wrapped; any other fall is a reset (a device that came anew) and
 * counts as 0. */
uint64_t sample_delta(uint64_t now, uint64_t before, unsigned bits);

/* Nanoseconds since boot, suspended time included; from proc/uptime with snapshots. */
uint64_t sample_uptime_ns(void);

/* Seconds since 1970, for time stamps; with snapshots the boot time of their proc/stat plus their uptime. */
int64_t sample_wall_s(void);

/* SPDX-License-Identifier: GPL-2.0-only
 * The container's own figures, from its cgroup: I/O of each device, time on CPUs, pressure. The rest of the report is
 * the host's: /proc/stat and /proc/diskstats know no containers.
 */
#pragma once

#include "cell.h"
#include "disk.h"
#include "out.h"
#include "toolbox/lib/cgroup.h"

#include <stdbool.h>

/* The first of them, for shares of time and of periods; the pressures follow the order of own.c. */
enum own_share { OWN_USER, OWN_SYSTEM, OWN_THROTTLED, OWN_PRESSURE, OWN_SHARES = OWN_PRESSURE + 5 };

struct own {
	struct cgroup_io *now, *before;
	size_t n_now, n_before;
	int io_error;	/* -errno of the last reading, 0: it was read */
	bool uncounted; /* no device at all, which need not mean that there was no I/O */
	struct cgroup_cpu cpu;
	struct cgroup_pressure pressure[3];
	bool sampled;
	bool seen; /* anything could be read */
	uint64_t elapsed_ns;
	double share[OWN_SHARES]; /* per cent; negative: unknown */
};

/* Reads a sample; elapsed_ns is the time since the one before, cpus what the machine has. Returns 0, or -errno
 * when nothing of a cgroup can be read. */
int own_read(struct own *own, uint64_t elapsed_ns, unsigned cpus);

/* The block above the rest, and the same as members of a JSON object. Devices are named after d; only those for which
 * wanted (a flag for each of d) is set appear, NULL: all. */
void own_print(const struct own *own, struct out *out, const struct style *s, const struct options *o,
	       const struct disks *d, const char *wanted);
void own_json(const struct own *own, struct out *out, const struct style *s, const struct options *o,
	      const struct disks *d, const char *wanted);

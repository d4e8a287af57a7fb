/* SPDX-License-Identifier: GPL-2.0-only
 * What was asked for on the command line and in the environment.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unit { UNIT_KB, UNIT_MB, UNIT_BLOCKS };

/* Operands in the order in which they were given: a group holds the devices behind it. */
struct target {
	enum { TARGET_DEVICE, TARGET_WITH_PARTS, TARGET_GROUP } kind;
	char *name;
};

struct options {
	bool cpu, disks;	     /* the two reports */
	bool extended, narrow;	     /* -x, -s */
	bool time, idle_too, since_boot; /* -t, no -z, no -y */
	bool human, pretty, compact, json;
	bool mapper, group_only; /* -N, -H */
	bool parts, all;	 /* -p without a device or with ALL; ALL */
	bool iso_time;		 /* S_TIME_FORMAT=ISO */
	enum unit unit;
	int decimals;
	const char *persistent; /* -j */
	const char *directory;	/* -f, +f */
	bool only_directory;
	enum { CGROUP_INSIDE, CGROUP_ALWAYS, CGROUP_NEVER } cgroup;
	struct target *targets;
	size_t n_targets;
	bool devices_named; /* some target is no group */
	uint64_t interval_s, count;
};

/* Reads them all. Returns -1 to go on, or the exit status after --help, --version (this line) or a message. */
int options_parse(struct options *o, int argc, char **argv, const char *version);

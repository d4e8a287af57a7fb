/* SPDX-License-Identifier: GPL-2.0-only
 * Which devices the report shows, in which order, and the groups.
 */
#pragma once

#include "disk.h"
#include "label.h"
#include "options.h"

struct row {
	enum { ROW_DISK, ROW_GROUP } kind;
	size_t disk;	   /* its place in struct disks */
	const char *label; /* of a group: what is shown, safe */
	bool grouped;	   /* counts in the group whose row comes next */
	bool named;	   /* else it is there because all are */
	uint64_t delta[DISK_COUNTERS];
	unsigned members; /* of a group: devices in its sum; of a device 1 */
	bool shown;
};

struct view {
	struct row *rows;
	size_t n, cap;
	char **group_labels;
	bool built;
};

/* Makes the rows of a sample. rebuild: devices came or their labels changed. The first time it says on standard
 * error which devices are not there. Returns 0 or -ENOMEM. */
int view_update(struct view *v, const struct options *o, const struct disks *d, const struct label *l, bool rebuild);

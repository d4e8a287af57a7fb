/* SPDX-License-Identifier: GPL-2.0-only
 * Where the devices are read from: /proc/diskstats, or /sys/block where that is missing, and the
 * directory of -f or +f.
 */
#pragma once

#include "disk.h"
#include "toolbox/lib/proc.h"

/* Begin with SOURCE_INIT and set the rest. */
struct source {
	struct proc_file diskstats, extra;
	const char *directory; /* of -f or +f, below the root of proc.h; NULL: none */
	bool only_directory;   /* -f: nothing of the kernel's */
	int directory_error;   /* 0 or -errno of the last reading of the directory */
};
#define SOURCE_INIT { .diskstats = PROC_FILE_INIT, .extra = PROC_FILE_INIT }

/* Reads a sample. Returns 0, or -errno when there are no devices to be read anywhere. */
int source_read(struct source *s, struct disks *d);

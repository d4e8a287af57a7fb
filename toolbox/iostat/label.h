/* SPDX-License-Identifier: GPL-2.0-only
 * What a device is called in the report, and which device is meant by a name on the command line: kernel
 * names, device mapper names (-N), persistent names (-j).
 */
#pragma once

#include "dir.h"
#include "disk.h"

struct label {
	bool mapper;		/* -N */
	const char *persistent; /* the argument of -j, NULL: none */
	struct dir links;	/* of /dev/disk/by-…, and the kernel name that each leads to */
	char **to;
	bool have_links;
	bool labelled; /* once already */
};

/* How -j can be answered here. */
enum label_source { LABEL_LINKS, LABEL_SYS, LABEL_NOTHING, LABEL_INVALID };

/* Call once, before the others. LABEL_NOTHING: a kind of name that only /dev/disk tells, and it is not
 * there; LABEL_INVALID: no kind of name that anybody knows. */
enum label_source label_start(struct label *l);

/* Sets the labels of devices that have none yet. Returns 1 when there were such devices, 0, or -ENOMEM. */
int label_set(struct label *l, struct disks *d);

/* The kernel name for what a user typed: sda, /dev/sda, a link below /dev, a device mapper name, a name as -j
 * shows it. Memory of its own, or NULL when there is no such device now (or no memory). */
char *label_resolve(const struct label *l, const struct disks *d, const char *typed);

/* SPDX-License-Identifier: GPL-2.0-only
 * Where the cgroup directories of this process's container are: from /proc/self/cgroup and
 * /proc/self/mountinfo, never from a guess about /sys/fs/cgroup. For cgroup.c and the tests.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum cgroup_hierarchy { CGROUP_V2, CGROUP_MEMORY, CGROUP_CPU, CGROUP_CPUACCT, CGROUP_PIDS, CGROUP_BLKIO };
#define CGROUP_HIERARCHIES 6

struct cgroup_place {
	char *dir;	  /* below the root, without a leading '/'; NULL: there is none */
	size_t mount_len; /* dir[0 .. mount_len) is the mount point: no parent beyond it can be seen */
};

/* The container's directory in this hierarchy; for a controller that is not on v1 that of v2, then *v2 is
 * true. NULL where there is none, or where it is the root of the hierarchy: that one's figures are the
 * host's, not a container's. Found once. */
const struct cgroup_place *cgroup_place(enum cgroup_hierarchy h, bool *v2);

/* A file in this directory, read whole, good until it is read again; NULL when it cannot be read. Its descriptor
 * stays open for the next sample. */
const char *cgroup_read(const struct cgroup_place *place, const char *name);

/* The same from the text of the two files, in memory that the caller frees with cgroup_places_free; private_ns says
 * whether the cgroup namespace is not the host's. exists(dir) tells whether a directory is there. */
struct cgroup_places {
	struct cgroup_place place[CGROUP_HIERARCHIES];
	bool v1[CGROUP_HIERARCHIES]; /* this controller is on v1, mounted here or not */
};
int cgroup_places_find(struct cgroup_places *ps, const char *self_cgroup, const char *mountinfo, bool private_ns,
		       bool (*exists)(const char *dir));
void cgroup_places_free(struct cgroup_places *ps);

/* The length of the part of a cgroup path that names an engine's container ("/docker/ID" of "/docker/ID/init.scope"),
 * 0 when no part of it does. */
size_t cgroup_engine_part(const char *path, size_t len);

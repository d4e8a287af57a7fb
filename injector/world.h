/* SPDX-License-Identifier: GPL-2.0-only
 * What a command of `inject --privileged` sees as "/": a small read-only tmpfs of our own with everything of the
 * container's root directory attached to it, and with /proc, /sys and /native that are not the container's: whole where
 * the container masks them, there where it has none, and nowhere that the container could rename or cover. It lies in a
 * mount namespace that only the command is in, so that the container does not change.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A cgroup file system of the host. */
struct world_cgroup {
	char at[64];	   /* where below /sys/fs/cgroup: "", "unified", "cpu,cpuacct" */
	char options[160]; /* of its superblock, as /proc/self/mountinfo has them; "" for cgroup2 */
	int v2;
	int whole; /* mounted from its root on, not a part of it */
};
#define WORLD_CGROUPS 32

/* Reads which there are. Returns their number or -errno. */
int world_cgroups(struct world_cgroup *list, size_t room);

struct world {
	int top;   /* root of the mount namespace: where the new root is attached */
	int root;  /* the container's root directory in it */
	int tools; /* a detached clone of the tools */
	const struct world_cgroup *cgroups;
	size_t n_cgroups;
	/* The answer. */
	const char *place; /* what failed: a literal */
	unsigned notes;	   /* WORLD_... */
};

enum {
	WORLD_NO_CGROUPS = 1, /* a cgroup file system could not be mounted */
	WORLD_CROWDED = 2,    /* the container's root directory holds more entries than are attached */
};
#define WORLD_ENTRIES 1000

/* Makes it, and makes it the calling process's root and working directory. The process must be in the namespaces that
 * /proc and /sys are to show. Returns 0, or -errno with w->place. */
int world_enter(struct world *w);

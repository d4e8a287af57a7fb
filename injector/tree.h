/* SPDX-License-Identifier: GPL-2.0-only
 * What carries the tools: a tmpfs of our own whose superblock is read-only, cloned through a
 * throw-away user namespace so that the kernel locks read-only, nosuid and nodev on the clone, and
 * kept attached at /run/native/<digest> until the host boots. Each injection clones that.
 */
#pragma once

#include "step.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TREE_DIR "/run/native"
#define TREE_LOCK "/run/native.lock"

/* A tree that the host keeps: of this inject or of another version. */
struct pin {
	char digest[17];
	char version[32]; /* "0.1.0"; "?" when its VERSION file does not say */
	uint64_t dev;	  /* as makedev(3): what tells our mounts from all others */
};

struct pins {
	struct pin *v;
	size_t n;
};

struct tree {
	int fd; /* O_PATH, the root of the kept mount */
	uint64_t dev;
	uint64_t ino;
	bool locked; /* read-only cannot be taken off, not even by root in a container */
	int unlocked_errno; /* why it is not locked, when this run made it; else 0 */
	bool made;   /* unpacked by this run */
};

/* Takes the lock that lets one inject work at a time; waits up to 10 s. Returns a descriptor whose
 * end (also by SIGKILL) gives the lock up, or -1 with f. */
int tree_lock(struct failure *f);

/* Opens the kept tree of this inject, made first where it is not there. The lock must be held.
 * Returns 0 or -1 with f. */
int tree_open(struct tree *t, struct failure *f);
void tree_close(struct tree *t);

/* A detached, private clone for one container: a descriptor or -1 with f. */
int tree_clone(const struct tree *t, struct failure *f);

/* Reads which trees the host keeps; none is no error. Returns 0 or -errno. The caller frees p->v. */
int tree_pins(struct pins *p);

/* The version that a device stands for, NULL when it is none of ours. */
const struct pin *tree_pin_of(const struct pins *p, uint64_t dev);

/* Lets go of every kept tree, of /run/native and of the lock file. The lock must be held. Returns 0
 * or -1 with f. */
int tree_drop(struct failure *f);

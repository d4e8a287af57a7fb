/* SPDX-License-Identifier: GPL-2.0-only
 * The helper process: the only code that runs inside a container's own mount namespace. It keeps an
 * allow-list of descriptors and system calls, executes nothing, and reports over a pipe in messages
 * of a fixed size. Its parent waits with a deadline, so that a hostile file system cannot hold
 * inject up. And the way into all namespaces of a container, for exec.c, which leads at once to a mount
 * namespace that the container does not see.
 */
#pragma once

#include "step.h"
#include "target.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum job_kind { JOB_ATTACH, JOB_DETACH };

enum outcome {
	OUTCOME_NONE, /* not tried, or failed: see step, why, err */
	OUTCOME_ATTACHED,
	OUTCOME_ALREADY,
	OUTCOME_REPLACED,
	OUTCOME_REMOVED,
	OUTCOME_NOTHING, /* there was nothing to remove */
	OUTCOME_KEPT_DIR, /* removed; the mount point stays, for it is not ours or not empty */
};

/* Things that the helper did on the way, for --explain. */
enum deed {
	DEED_MADE = 1,	     /* made the mount point */
	DEED_THROUGH_CLONE = 2, /* through a writable clone of a read-only mount */
	DEED_RMDIR = 4,	     /* removed it */
};

struct job {
	enum job_kind kind;
	const struct target *target;
	const char *path; /* absolute, at least one component, no "." or "..", no slash at the end */

	/* JOB_ATTACH */
	int clone;	   /* a detached clone of the tools */
	bool allow_shared; /* the host's own namespace: propagation stays on the host */
	uint64_t tree_dev, tree_ino; /* what "already there" looks like */

	/* Both: devices of all trees that the host keeps, as makedev(3). */
	const uint64_t *devs;
	size_t n_devs;

	/* The answer. */
	bool done;
	enum outcome outcome;
	enum step step;
	enum why why;
	int err;
	unsigned deeds;
	uint64_t detail;   /* peer group of a shared mount; file type (st_mode) of what is in the way */
};

/* Runs the jobs in helper processes, one after the other in one helper, which is replaced when it
 * gets stuck. Every job has its answer afterwards. The caller is in no other namespace afterwards. */
void enter_run(struct job *jobs, size_t n);

/* The namespaces that a command for t joins, as flags of setns(2): all that this kernel has but the user namespace, for
 * a process that joined that one would have no right outside of it. */
int enter_kinds(void);

/* For a command (exec.c), in a process of its own: joins these namespaces of t (the pid namespace counts for the children),
 * then leaves the container's mount namespace for a private copy of it, in which nothing propagates. top is the root
 * of that namespace and root the target's root directory in it, O_PATH, both for the caller to close. Returns
 * 0 or -errno. */
int enter_all(const struct target *t, int kinds, int *top, int *root);

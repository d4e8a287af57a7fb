/* SPDX-License-Identifier: GPL-2.0-only
 * A container's process, held so that it cannot become another one: pidfd first, then proof, then
 * the descriptors that the helper needs, then the proof again.
 */
#pragma once

#include "find/find.h"
#include "step.h"

#include <stdint.h>
#include <sys/types.h>

struct target {
	pid_t pid;
	uint64_t start_time; /* clock ticks since boot */
	int pidfd;
	int root;	/* O_PATH: the process's root directory, which need not be its namespace's */
	int mountinfo;	/* its mount table, readable from any namespace */
	uint64_t mnt_ns; /* inode of its mount namespace */
	uint64_t user_ns;
	bool sys_admin;	 /* its bounding set holds CAP_SYS_ADMIN */
	bool sys_ptrace; /* and CAP_SYS_PTRACE */
};

/* Opens the process of c and proves that it is the container's. Returns 0, or -1 with f; t is safe
 * to close in both cases. */
int target_open(const struct container *c, struct target *t, struct failure *f);

/* Closes the descriptors; may be called again. */
void target_close(struct target *t);

/* Whether the process of c still is the container's: cheap, for --list. */
bool target_alive(const struct container *c);

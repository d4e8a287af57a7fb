/* SPDX-License-Identifier: GPL-2.0-only
 * psmem: what its files share.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What can be measured of a process, bytes; sources are the fields of /proc/PID/smaps_rollup and of status, proc(5). */
enum figure {
	PSS,	  /* pages, each divided by the number of processes that map it */
	USS,	  /* pages of this process alone: what its end would free */
	RSS,	  /* all pages, also those of others */
	SWAP,	  /* swapped out */
	SWAP_PSS, /* the same, divided */
	SHARED,	  /* pages that others map as well */
	DIRTY,	  /* Pss that is nowhere else */
	ANON,	  /* Pss without a file */
	FILE_,	  /* Pss of files */
	SHMEM,	  /* Pss of shared memory and tmpfs */
	LOCKED,
	VSZ,	  /* address space */
	FIGURES
};
#define FIGURE_UNKNOWN UINT64_MAX

/* A process that has memory. */
struct row {
	pid_t pid;
	uint32_t uid;
	int err; /* why its smaps cannot be read, -errno; then RSS, SWAP and VSZ alone are known */
	uint64_t figure[FIGURES];
	char name[64];	    /* strangers' strings */
	char command[1024];
};

/* Adds what the text of smaps or smaps_rollup says to figure[]; false when nothing of it was understood. */
bool measure_smaps(const char *text, uint64_t figure[FIGURES]);

/* Measures one process: a row (the caller frees it), or NULL with *err 0 when there is nothing to measure (gone, a
 * zombie, a kernel thread), -errno otherwise. May hang, see lib/deadline.h. */
struct row *measure(pid_t pid, int *err);

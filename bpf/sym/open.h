/* SPDX-License-Identifier: GPL-2.0-only
 * Opening files of a process so that nobody can make us wait or lead us elsewhere: regular files only, inside its root, on no
 * file system that answers only when somebody else does.
 */
#pragma once

#include "maps.h"
#include "mounts.h"

/* What is mapped, itself where we may (map_files, exe), else what the path names inside the process's root, if it is the same
 * file. A descriptor to read from, or -errno (-EXDEV: FUSE or a network, -ESTALE: another file, -EINVAL: no regular
 * file). */
int open_mapped(const struct mounts *ms, const struct map *m, pid_t tid);

struct open_found {
	uint64_t size, inode;
	uint32_t uid;
	int64_t changed_s, changed_ns;
};

/* What a path ("/tmp/x") names inside the process's root. The same errors, and whatever path lookup yields. */
int open_inside(const struct mounts *ms, const char *path, pid_t tid, struct open_found *found);

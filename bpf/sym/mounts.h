/* SPDX-License-Identifier: GPL-2.0-only
 * Which of the file systems that a process sees answer only when somebody else does (/proc/PID/mountinfo, proc(5)). Told from
 * the mount table, because to ask such a file system (fstat, fstatfs) is to wait for it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum fs_kind {
	FS_UNKNOWN, /* mounted where this process does not see it */
	FS_LOCAL,
	FS_OVERLAY, /* its files may show the numbers of the file system below */
	FS_REMOTE,  /* FUSE or a network */
};

struct mount {
	uint32_t major, minor;
	enum fs_kind kind;
};

struct mounts {
	struct mount *mount; /* one a device */
	size_t n;
	char *root; /* its root directory as we see it; NULL: as ours */
};

/* Of a process, or of one of its threads. 0 or -errno; then there are none. */
int mounts_read(struct mounts *ms, pid_t tid);
/* len bytes and a NUL behind them; the text is cut up. 0 or -ENOMEM. */
int mounts_parse(struct mounts *ms, char *text, size_t len);
void mounts_free(struct mounts *ms);

/* A path of /proc/PID/maps as the process itself sees it: of a process in chroot(2) they begin with its root. */
const char *mounts_inside(const struct mounts *ms, const char *path);

enum fs_kind mounts_kind(const struct mounts *ms, uint32_t major, uint32_t minor);

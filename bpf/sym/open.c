/* SPDX-License-Identifier: GPL-2.0-only
 * Opening a stranger's files: see open.h. A file is held by a descriptor that only names it (O_PATH) until it is known
 * what it is; statx with AT_STATX_DONT_SYNC asks no file server.
 */
#include "open.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef RESOLVE_CACHED
#define RESOLVE_CACHED 0x20 /* Linux 5.12: only what is in the kernel's cache, without asking a file system */
#endif

static int look(int where, struct statx *st)
{
	return statx(where, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS, st) < 0 ? -errno : 0;
}

/* The kind of file system that something lies on. What the mount table does not know is asked itself. */
static enum fs_kind kind_at(const struct mounts *ms, int where, const struct statx *st)
{
	static const uint32_t slow[] = {
		0x65735546 /* FUSE */, 0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */, 0x517b /* SMB */,
		0x01021997 /* 9p */, 0x00c36400 /* Ceph */, 0x5346414f /* AFS */, 0x6b414653 /* kAFS */,
	};
	enum fs_kind kind = mounts_kind(ms, st->stx_dev_major, st->stx_dev_minor);
	struct statfs fs;

	if (kind != FS_UNKNOWN)
		return kind;
	if (fstatfs(where, &fs) < 0)
		return FS_UNKNOWN;
	for (size_t i = 0; i < countof(slow); i++)
		if ((uint32_t)fs.f_type == slow[i])
			return FS_REMOTE;
	return fs.f_type == 0x794c7630 ? FS_OVERLAY : FS_LOCAL;
}

/* From a descriptor that only names the file to one that reads it. */
static int reopen(int where)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", where);
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int check(const struct mounts *ms, int where, struct statx *st, enum fs_kind *kind)
{
	int err = look(where, st);

	if (err < 0)
		return err;
	if (!S_ISREG(st->stx_mode))
		return -EINVAL;
	*kind = kind_at(ms, where, st);
	return *kind == FS_REMOTE ? -EXDEV : 0;
}

/* --- by path, inside a root ------------------------------------------------------------------------ */

static int resolve(int dir, const char *path, uint64_t flags, uint64_t how_to)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC | flags, .resolve = how_to | RESOLVE_NO_MAGICLINKS };
	long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));

	return fd < 0 ? -errno : (int)fd;
}

/* Step by step, without links, so that no directory is looked into before it is known where it lies. */
static int walk(const struct mounts *ms, int root, const char *path)
{
	fd_auto dir = fcntl(root, F_DUPFD_CLOEXEC, 0);

	for (;;) {
		char name[256];
		struct statx st;

		path += strspn(path, "/");
		size_t len = strcspn(path, "/");
		if (len == 0 || len >= sizeof(name) || (len == 2 && path[0] == '.' && path[1] == '.'))
			return -EINVAL;
		memcpy(name, path, len);
		name[len] = '\0';
		path += len;
		int err = dir < 0 ? -errno : look(dir, &st);
		if (err < 0)
			return err;
		if (kind_at(ms, dir, &st) == FS_REMOTE)
			return -EXDEV;
		int next = resolve(dir, name, *path ? O_DIRECTORY : 0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
		/* A mount point: its root is named without asking what is mounted there. */
		if (next == -EXDEV)
			next = resolve(dir, name, *path ? O_DIRECTORY : 0, RESOLVE_NO_SYMLINKS);
		if (next < 0 || !*path)
			return next;
		close(dir);
		dir = next;
	}
}

static int name_inside(const struct mounts *ms, const char *path, pid_t tid)
{
	struct statx a, b;
	char root[64];

	snprintf(root, sizeof(root), "/proc/%d/root", (int)tid);
	fd_auto dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int err = dir < 0 ? -errno : look(dir, &a);
	if (err < 0)
		return err;
	/* Most of what is mapped is in the kernel's cache; then links and mounts do not matter. */
	int fd = resolve(dir, path, 0, RESOLVE_IN_ROOT | RESOLVE_CACHED);
	if (fd == -EAGAIN || fd == -EINVAL) {
		if (kind_at(ms, dir, &a) == FS_REMOTE)
			return -EXDEV;
		/* On one file system that is local nothing waits. */
		fd = resolve(dir, path, 0, RESOLVE_IN_ROOT | RESOLVE_NO_XDEV);
		if (fd == -EXDEV)
			fd = walk(ms, dir, path);
	}
	/* Filters that do not know the call: only where the root is our own, a plain open names the same. */
	if (fd == -ENOSYS || fd == -EPERM) {
		fd_auto own = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

		if (own < 0 || look(own, &b) < 0 || a.stx_ino != b.stx_ino || a.stx_dev_major != b.stx_dev_major ||
		    a.stx_dev_minor != b.stx_dev_minor)
			return -EPERM;
		fd = open(path, O_PATH | O_CLOEXEC);
		return fd < 0 ? -errno : fd;
	}
	return fd;
}

int open_inside(const struct mounts *ms, const char *path, pid_t tid, struct open_found *found)
{
	enum fs_kind kind;
	struct statx st;
	fd_auto named = name_inside(ms, path, tid);
	int err = named < 0 ? named : check(ms, named, &st, &kind);

	if (err < 0)
		return err;
	*found = (struct open_found){ st.stx_size, st.stx_ino, st.stx_uid, st.stx_ctime.tv_sec, st.stx_ctime.tv_nsec };
	return reopen(named);
}

/* --- what is mapped -------------------------------------------------------------------------------- */

int open_mapped(const struct mounts *ms, const struct map *m, pid_t tid)
{
	enum fs_kind kind;
	struct statx st;
	char path[96];

	if (m->inode == 0 || m->path[0] == '\0' || m->path[0] == '[')
		return -ENOENT;
	if (mounts_kind(ms, m->dev_major, m->dev_minor) == FS_REMOTE)
		return -EXDEV;
	snprintf(path, sizeof(path), "/proc/%d/map_files/%llx-%llx", (int)tid, (unsigned long long)m->start,
		 (unsigned long long)m->end);
	fd_auto mapped = open(path, O_PATH | O_CLOEXEC);
	if (mapped >= 0) {
		int err = check(ms, mapped, &st, &kind);
		int fd = err < 0 ? err : reopen(mapped);

		if (fd >= 0 || fd == -EXDEV)
			return fd;
	}
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)tid);
	fd_auto exe = open(path, O_PATH | O_CLOEXEC);
	if (exe >= 0 && look(exe, &st) == 0 && st.stx_ino == m->inode && st.stx_dev_major == m->dev_major &&
	    st.stx_dev_minor == m->dev_minor) {
		int err = check(ms, exe, &st, &kind);

		return err < 0 ? err : reopen(exe);
	}
	if (m->deleted || m->path[0] != '/')
		return -ENOENT;
	fd_auto named = name_inside(ms, mounts_inside(ms, m->path), tid);
	int err = named < 0 ? named : check(ms, named, &st, &kind);
	if (err < 0)
		return err;
	/* overlayfs shows in maps the inode that lies below. */
	return st.stx_ino != m->inode && kind != FS_OVERLAY ? -ESTALE : reopen(named);
}

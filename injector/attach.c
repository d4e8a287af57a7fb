/* SPDX-License-Identifier: GPL-2.0-only
 * Attaching and detaching at the mount point: see attach.h. The container may rename, replace and
 * cover everything here at any moment; so each object is opened once, as a descriptor that follows
 * no link, and what counts in the end is which mount lies at the path.
 */
#include "attach.h"
#include "../toolbox/lib/base.h"
#include "proc.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define NO_LINKS (SYS_RESOLVE_NO_SYMLINKS | SYS_RESOLVE_NO_MAGICLINKS)
#define DIR_PATH (O_PATH | O_DIRECTORY | O_NOFOLLOW)

/* Tells a mount point that inject made from an empty directory that the image has: nobody makes a
 * directory sticky that nobody may write to. A mode comes with the mkdir itself, so that there is no moment,
 * not even for SIGKILL, at which our directory is not marked; it needs no extended attributes either. */
#define MARK_MODE 01555u

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1 /* renameat2(2), linux/fs.h */
#endif

/* The deepest stack of replaced trees that is taken away; more is somebody's game. */
#define MAX_LAYERS 16

static int fail(struct job *job, enum step step, enum why why, int err)
{
	job->outcome = OUTCOME_NONE;
	job->step = step;
	job->why = why;
	job->err = err < 0 ? -err : err;
	return -1;
}

/* The parent directory and the last component of the path. */
static int open_parent(struct job *job, const char **leaf)
{
	char parent[256];
	const char *slash = strrchr(job->path, '/');
	size_t n = (size_t)(slash - job->path);

	if (n >= sizeof(parent))
		return fail(job, STEP_PARENT, WHY_ERRNO, ENAMETOOLONG);
	memcpy(parent, job->path, n);
	strcpy(parent + n, n ? "" : "/");
	*leaf = slash + 1;
	int fd = sys_openat2(job->target->root, parent, DIR_PATH, SYS_RESOLVE_IN_ROOT | NO_LINKS);
	if (fd == -ENOTDIR) {
		/* A link as the last component is no directory either, but another reason. */
		struct sys_mount m;
		fd_auto link = sys_openat2(job->target->root, parent, O_PATH | O_NOFOLLOW,
					   SYS_RESOLVE_IN_ROOT | NO_LINKS);

		if (link >= 0 && sys_mount_of(link, "", &m) == 0 && S_ISLNK(m.mode))
			fd = -ELOOP;
	}
	if (fd == -ELOOP)
		return fail(job, STEP_PARENT, WHY_PARENT_SYMLINK, ELOOP);
	if (fd == -ENOENT || fd == -ENOTDIR)
		return fail(job, STEP_PARENT, WHY_NO_PARENT, fd);
	return fd < 0 ? fail(job, STEP_PARENT, WHY_ERRNO, fd) : fd;
}

/* The path as the container's processes reach it now: whatever mount lies on top. */
static int open_top(const struct job *job)
{
	return sys_openat2(job->target->root, job->path, DIR_PATH, SYS_RESOLVE_IN_ROOT | NO_LINKS);
}

static bool ours(const struct job *job, const struct sys_mount *m)
{
	for (size_t i = 0; i < job->n_devs; i++)
		if (m->root && job->devs[i] == makedev(m->dev_major, m->dev_minor))
			return true;
	return false;
}

/* Why the leaf cannot be opened as a directory. */
static int classify(struct job *job, int parent, const char *leaf, int err)
{
	struct sys_mount m;

	if (err != -ENOTDIR && err != -ELOOP)
		return fail(job, STEP_POINT, WHY_ERRNO, err);
	if (sys_mount_of(parent, leaf, &m) < 0)
		return fail(job, STEP_POINT, WHY_MOVED, err);
	job->detail = m.mode;
	if (S_ISLNK(m.mode))
		return fail(job, STEP_POINT, WHY_SYMLINK, err);
	/* A directory by now: it changed under our hands. */
	return fail(job, STEP_POINT, S_ISDIR(m.mode) ? WHY_MOVED : WHY_NOT_DIRECTORY, err);
}

/* A descriptor of the same directory on a detached clone of its mount without the read-only flag.
 * Only the mount is read-only under `docker run --read-only`; the superblock below is not. */
static int writable(int dir)
{
	fd_auto fd = sys_clone_mount(dir, "");
	int r = fd < 0 ? fd : sys_mount_attr(fd, 0, SYS_MOUNT_ATTR_RDONLY, SYS_MS_PRIVATE);

	return r < 0 ? r : fd_steal(&fd);
}

static int make_point(struct job *job, int parent, const char *leaf)
{
	fd_auto clone = -1;

	if (mkdirat(parent, leaf, MARK_MODE) == 0) {
		job->deeds |= DEED_MADE;
		return 0;
	}
	if (errno == EEXIST)
		return 0;
	if (errno != EROFS)
		return fail(job, STEP_MKDIR, WHY_ERRNO, errno);
	clone = writable(parent);
	if (clone < 0)
		return fail(job, STEP_MKDIR, WHY_READ_ONLY, clone);
	if (mkdirat(clone, leaf, MARK_MODE) < 0) {
		if (errno == EEXIST)
			return 0;
		return fail(job, STEP_MKDIR, errno == EROFS ? WHY_READ_ONLY : WHY_ERRNO, errno);
	}
	job->deeds |= DEED_MADE | DEED_THROUGH_CLONE;
	return 0;
}

/* Removes the directory `leaf` when it carries our mark and is empty. Returns 1 when it went, 0 when
 * it is not ours, -errno. */
static int remove_point(struct job *job, int parent, const char *leaf)
{
	struct sys_mount m;
	fd_auto fd = sys_openat2(parent, leaf, DIR_PATH, SYS_RESOLVE_BENEATH | NO_LINKS | SYS_RESOLVE_NO_XDEV);

	if (fd < 0 || sys_mount_of(fd, "", &m) < 0 || (m.mode & 07777) != MARK_MODE)
		return 0;
	int r = unlinkat(parent, leaf, AT_REMOVEDIR) < 0 ? -errno : 1;
	if (r == -EROFS) {
		fd_auto clone = writable(parent);

		if (clone < 0)
			return clone;
		r = unlinkat(clone, leaf, AT_REMOVEDIR) < 0 ? -errno : 1;
	}
	if (r == 1)
		job->deeds |= DEED_RMDIR;
	return r;
}

/* 1: empty, 0: not, -errno. The names are not looked at: linux_dirent64 is d_ino (8), d_off (8),
 * d_reclen (2), d_type (1), name; "." and ".." are always there (getdents64(2)). */
static int is_empty(int parent, const char *leaf, uint64_t ino)
{
	union {
		char bytes[1024];
		uint64_t align;
	} buf;
	struct stat st;
	size_t names = 0;
	fd_auto fd = sys_openat2(parent, leaf, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK,
				 SYS_RESOLVE_BENEATH | NO_LINKS | SYS_RESOLVE_NO_XDEV);

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_ino != ino)
		return -ESTALE;
	for (;;) {
		long n = syscall(SYS_getdents64, fd, buf.bytes, sizeof(buf.bytes));

		if (n < 0)
			return -errno;
		if (n == 0)
			return names <= 2;
		for (long at = 0; at + 19 <= n;) {
			uint16_t len;

			memcpy(&len, buf.bytes + at + 16, sizeof(len));
			if (len < 19)
				return -EIO;
			at += len;
			names++;
		}
		if (names > 2)
			return 0;
	}
}

struct wanted {
	uint64_t id;
	uint64_t shared;
	bool found;
};

static int match(const struct proc_mount *m, void *arg)
{
	struct wanted *w = arg;

	if (m->id != w->id)
		return 0;
	w->found = true;
	w->shared = m->shared;
	return 1;
}

/* From the mount table, on kernels that have no statmount(2). */
static int peer_group_from_table(const struct target *t, uint64_t id, uint64_t *group)
{
	struct wanted w = { .id = id };
	char *data;
	size_t len;

	if (lseek(t->mountinfo, 0, SEEK_SET) < 0)
		return -errno;
	int r = proc_read_fd(t->mountinfo, (size_t)64 << 20, &data, &len);
	if (r < 0)
		return r;
	proc_each_mount(data, len, match, &w);
	free(data);
	*group = w.shared;
	/* Not in the table: the process's root does not reach it; that it is private is then unproved. */
	return w.found ? 0 : -ENOENT;
}

/* A mount attached below a shared one appears in all of its peers, on the host perhaps. */
static int check_propagation(struct job *job, const struct sys_mount *at)
{
	uint64_t group;
	int r = sys_peer_group(at, &group);

	if (r < 0)
		r = peer_group_from_table(job->target, at->id, &group);
	if (r < 0)
		return fail(job, STEP_SHARED, WHY_ERRNO, r);
	if (group != 0 && !job->allow_shared) {
		job->detail = group;
		return fail(job, STEP_SHARED, WHY_SHARED, 0);
	}
	return 0;
}

/* Detaches the mount of ours that lies on top at the path, if one does. 1: one went; 0: none there;
 * -1: failed, or it is not ours (WHY_FOREIGN). */
static int detach_top(struct job *job)
{
	struct sys_mount m;
	fd_auto top = open_top(job);
	int r;

	if (top < 0)
		return 0;
	if ((r = sys_mount_of(top, "", &m)) < 0)
		return fail(job, STEP_DETACH, WHY_ERRNO, r);
	if (!ours(job, &m))
		return 0;
	r = sys_detach(top);
	/* The root again: detaching made the working directory that of the mount. */
	if (fchdir(job->target->root) < 0 && r == 0)
		r = -errno;
	return r < 0 ? fail(job, STEP_DETACH, WHY_ERRNO, r) : 1;
}

/* What is mounted at the leaf: our current tree (done), an older one of ours (replace it), a
 * stranger's. Returns 1 when the way is free again, else -1 with the answer filled. */
static int meet_mount(struct job *job)
{
	struct sys_mount m;
	int r;

	{
		fd_auto top = open_top(job);

		r = top < 0 ? top : sys_mount_of(top, "", &m);
	}
	if (r < 0)
		return fail(job, STEP_POINT, r == -ENOENT || r == -ENOTDIR || r == -ELOOP ? WHY_MOVED : WHY_ERRNO, r);
	if (!ours(job, &m))
		return fail(job, STEP_POINT, m.root ? WHY_FOREIGN : WHY_MOVED, EXDEV);
	if (makedev(m.dev_major, m.dev_minor) == job->tree_dev && m.ino == job->tree_ino) {
		job->outcome = job->outcome == OUTCOME_REPLACED ? OUTCOME_REPLACED : OUTCOME_ALREADY;
		return -1;
	}
	if (detach_top(job) < 0)
		return -1;
	job->outcome = OUTCOME_REPLACED;
	return 1;
}

static int open_point(struct job *job, int parent, const char *leaf, struct sys_mount *m)
{
	for (int layer = 0; layer < MAX_LAYERS; layer++) {
		int r;
		fd_auto fd = sys_openat2(parent, leaf, DIR_PATH,
					 SYS_RESOLVE_BENEATH | NO_LINKS | SYS_RESOLVE_NO_XDEV);

		if (fd >= 0) {
			r = sys_mount_of(fd, "", m);
			return r < 0 ? fail(job, STEP_POINT, WHY_ERRNO, r) : fd_steal(&fd);
		}
		if (fd == -ENOENT)
			r = make_point(job, parent, leaf);
		else if (fd == -EXDEV)
			r = meet_mount(job);
		else
			r = classify(job, parent, leaf, fd);
		if (r < 0)
			return -1;
	}
	return fail(job, STEP_POINT, WHY_MOVED, 0);
}

/* Lets renames that are on their way end. The kernel refuses to rename a mount point (EBUSY), but
 * asks that at the beginning: a rename that began before the mount was there takes it along, perhaps
 * after we looked. It holds the lock of the parent directory from that question until it is done, and
 * a rename of our own waits for that lock; onto itself with RENAME_NOREPLACE it changes nothing
 * (EEXIST, or ENOENT when the name is gone). */
static void settle(int parent, const char *leaf)
{
	syscall(SYS_renameat2, parent, leaf, parent, leaf, RENAME_NOREPLACE);
}

static void take_back(struct job *job, int parent, const char *leaf)
{
	if (job->deeds & DEED_MADE)
		remove_point(job, parent, leaf);
}

void attach_run(struct job *job)
{
	struct sys_mount at, tree, now;
	const char *leaf;
	bool replaced;
	int r;
	fd_auto parent = open_parent(job, &leaf);
	fd_auto point = parent < 0 ? -1 : open_point(job, parent, leaf, &at);

	if (point < 0) {
		if (parent >= 0 && job->outcome == OUTCOME_NONE)
			take_back(job, parent, leaf);
		return;
	}
	replaced = job->outcome == OUTCOME_REPLACED;
	job->outcome = OUTCOME_NONE;
	r = is_empty(parent, leaf, at.ino);
	if (r <= 0) {
		if (r == 0)
			fail(job, STEP_POINT, WHY_NOT_EMPTY, ENOTEMPTY);
		else
			fail(job, STEP_POINT, r == -EIO || r == -EACCES || r == -ENOMEM ? WHY_ERRNO : WHY_MOVED, r);
		take_back(job, parent, leaf);
		return;
	}
	if (check_propagation(job, &at) < 0) {
		take_back(job, parent, leaf);
		return;
	}
	r = sys_mount_of(job->clone, "", &tree);
	if (r == 0)
		r = sys_attach(job->clone, point);
	if (r < 0) {
		/* The directory was removed, or covered, since it was opened. */
		fail(job, STEP_ATTACH, r == -ENOENT || r == -ENOTDIR || r == -ESTALE ? WHY_MOVED : WHY_ERRNO, r);
		take_back(job, parent, leaf);
		return;
	}
	settle(parent, leaf);
	{
		fd_auto top = open_top(job);

		r = top < 0 ? top : sys_mount_of(top, "", &now);
	}
	if (r < 0 || now.unique_id != tree.unique_id) {
		/* The directory was moved away under our hands and took the mount along: undo. */
		r = sys_detach(job->clone);
		if (fchdir(job->target->root) < 0 || r < 0)
			fail(job, STEP_COMPARE, WHY_ERRNO, r < 0 ? r : errno);
		else
			fail(job, STEP_COMPARE, WHY_MOVED, 0);
		take_back(job, parent, leaf);
		return;
	}
	job->outcome = replaced ? OUTCOME_REPLACED : OUTCOME_ATTACHED;
}

void attach_undo(struct job *job)
{
	const char *leaf;
	bool removed = false;
	int r;
	fd_auto parent = open_parent(job, &leaf);

	if (parent < 0) {
		/* Without its parent nothing of ours is there. */
		if (job->why != WHY_ERRNO)
			job->outcome = OUTCOME_NOTHING;
		return;
	}
	for (int layer = 0; layer < MAX_LAYERS && (r = detach_top(job)) == 1; layer++)
		removed = true;
	if (r < 0)
		return;

	struct stat st;
	bool there = fstatat(parent, leaf, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
	r = remove_point(job, parent, leaf);
	if (r < 0 && r != -ENOTEMPTY && r != -EBUSY) {
		fail(job, STEP_RMDIR, WHY_ERRNO, r);
		return;
	}
	if (removed)
		job->outcome = r == 1 || !there ? OUTCOME_REMOVED : OUTCOME_KEPT_DIR;
	else
		job->outcome = r == 1 ? OUTCOME_REMOVED : OUTCOME_NOTHING;
}

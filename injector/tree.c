/* SPDX-License-Identifier: GPL-2.0-only
 * Keeping the tools on the host: see tree.h.
 */
#include "tree.h"
#include "../toolbox/lib/base.h"
#include "bundle.h"
#include "seal.h"
#include "sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <time.h>

#define LOCK_WAIT_MS 10000
#define NO_LINKS (SYS_RESOLVE_NO_SYMLINKS | SYS_RESOLVE_NO_MAGICLINKS)

int tree_lock(struct failure *f)
{
	const struct timespec pause = { .tv_nsec = 5000000 };
	struct stat ours, there;

	for (int waited = 0; waited < LOCK_WAIT_MS; waited += 5) {
		fd_auto fd = open(TREE_LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

		if (fd < 0)
			return step_fail(f, STEP_LOCK, WHY_ERRNO, errno, TREE_LOCK);
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			/* `inject --remove --all` may have unlinked the file before we had the lock. */
			if (fstat(fd, &ours) == 0 && stat(TREE_LOCK, &there) == 0 && ours.st_ino == there.st_ino)
				return fd_steal(&fd);
		} else if (errno != EWOULDBLOCK) {
			return step_fail(f, STEP_LOCK, WHY_ERRNO, errno, TREE_LOCK);
		}
		nanosleep(&pause, NULL);
	}
	step_fail(f, STEP_LOCK, WHY_BUSY, EWOULDBLOCK, TREE_LOCK);
	snprintf(f->detail, sizeof(f->detail), "%d s", LOCK_WAIT_MS / 1000);
	return -1;
}

/* The directory that holds the kept trees: a small tmpfs of its own with private propagation. /run
 * is shared on most hosts: without this, each kept tree would appear in the mount namespace of
 * every service. Returns an O_PATH descriptor or -1 with f. */
static int open_base(struct failure *f)
{
	struct sys_mount m;
	int r;

	if (mkdir(TREE_DIR, 0755) < 0 && errno != EEXIST)
		return step_fail(f, STEP_PIN, WHY_ERRNO, errno, TREE_DIR);
	fd_auto dir = sys_openat2(AT_FDCWD, TREE_DIR, O_PATH | O_DIRECTORY | O_NOFOLLOW, NO_LINKS);
	if (dir < 0 || (r = sys_mount_of(dir, "", &m)) < 0)
		return step_fail(f, STEP_PIN, WHY_ERRNO, dir < 0 ? dir : r, TREE_DIR);
	if (m.root) {
		/* Made by an earlier run, which may have been killed before this step. */
		r = sys_mount_attr(dir, 0, 0, SYS_MS_PRIVATE);
		return r < 0 ? step_fail(f, STEP_PIN, WHY_ERRNO, r, TREE_DIR) : fd_steal(&dir);
	}
	fd_auto fs = sys_fsopen("tmpfs");
	if (fs < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, fs, "fsopen tmpfs");
	if ((r = sys_fsconfig_string(fs, "source", "native-trees")) < 0 ||
	    (r = sys_fsconfig_string(fs, "mode", "0755")) < 0 || (r = sys_fsconfig_string(fs, "size", "64k")) < 0 ||
	    (r = sys_fsconfig_create(fs)) < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "fsconfig");
	fd_auto base = sys_fsmount(fs, SYS_MOUNT_ATTR_NOSUID | SYS_MOUNT_ATTR_NODEV);
	if (base < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, base, "fsmount");
	if ((r = sys_attach(base, dir)) < 0 || (r = sys_mount_attr(base, 0, 0, SYS_MS_PRIVATE)) < 0)
		return step_fail(f, STEP_PIN, WHY_ERRNO, r, TREE_DIR);
	return fd_steal(&base);
}

/* A tmpfs with the tools in it, whose superblock is read-only. Returns the detached mount or -1. */
static int make_super(struct failure *f)
{
	char size[32];
	struct stat st;
	int r;

	/* 4 KiB more for each entry than the archive holds; nothing is written later. */
	snprintf(size, sizeof(size), "%lu", native_bundle_size * 2 + ((unsigned long)4 << 20));
	fd_auto fs = sys_fsopen("tmpfs");
	if (fs < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, fs, "fsopen tmpfs");
	if ((r = sys_fsconfig_string(fs, "source", "native")) < 0 ||
	    (r = sys_fsconfig_string(fs, "mode", "0755")) < 0 || (r = sys_fsconfig_string(fs, "size", size)) < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "fsconfig");
	/* Where SELinux is on, containers may execute only what is labelled for them
	 * (container-selinux: container_ro_file_t). */
	if (stat("/sys/fs/selinux/enforce", &st) == 0) {
		r = sys_fsconfig_string(fs, "context", "system_u:object_r:container_ro_file_t:s0");
		if (r < 0)
			return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "fsconfig context, for SELinux");
	}
	if ((r = sys_fsconfig_create(fs)) < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "fsconfig create");
	fd_auto mount = sys_fsmount(fs, SYS_MOUNT_ATTR_NOSUID | SYS_MOUNT_ATTR_NODEV);
	if (mount < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, mount, "fsmount");
	if (bundle_unpack(mount, f) < 0)
		return -1;
	fd_auto again = sys_fspick(mount);
	if (again < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, again, "fspick");
	if ((r = sys_fsconfig_flag(again, "ro")) < 0 || (r = sys_fsconfig_reconfigure(again)) < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "fsconfig reconfigure ro");
	r = sys_mount_attr(mount, SYS_MOUNT_ATTR_RDONLY | SYS_MOUNT_ATTR_NOSUID | SYS_MOUNT_ATTR_NODEV, 0,
			   SYS_MS_PRIVATE);
	if (r < 0)
		return step_fail(f, STEP_SUPER, WHY_ERRNO, r, "mount_setattr read-only");
	return fd_steal(&mount);
}

/* Opens a kept tree and checks that it is one: a tmpfs root, read-only, nosuid, nodev. Returns a
 * descriptor, or -1 when there is none. */
static int open_pin(const char *digest, struct sys_mount *m)
{
	const unsigned long wanted = ST_RDONLY | ST_NOSUID | 4ul; /* ST_NODEV, statvfs(3) */
	char path[64];
	struct statfs fs;
	struct statvfs flags;

	snprintf(path, sizeof(path), TREE_DIR "/%s", digest);
	fd_auto fd = sys_openat2(AT_FDCWD, path, O_PATH | O_DIRECTORY | O_NOFOLLOW, NO_LINKS);
	if (fd < 0 || sys_mount_of(fd, "", m) < 0 || !m->root || fstatfs(fd, &fs) < 0 ||
	    fs.f_type != SYS_TMPFS_MAGIC || fstatvfs(fd, &flags) < 0 || (flags.f_flag & wanted) != wanted)
		return -1;
	return fd_steal(&fd);
}

static int make_pin(struct tree *t, struct failure *f)
{
	int r;

	fd_auto base = open_base(f);
	fd_auto mount = base < 0 ? -1 : make_super(f);
	if (mount < 0)
		return -1;
	fd_auto kept = seal_mount(mount, &t->unlocked_errno, f);
	if (kept < 0 && t->unlocked_errno != 0)
		kept = make_super(f); /* the first one was used up; this host cannot lock it */
	if (kept < 0)
		return -1;
	if (mkdirat(base, native_digest, 0755) < 0 && errno != EEXIST)
		return step_fail(f, STEP_PIN, WHY_ERRNO, errno, TREE_DIR);
	fd_auto point = sys_openat2(base, native_digest, O_PATH | O_DIRECTORY | O_NOFOLLOW, NO_LINKS);
	if (point < 0)
		return step_fail(f, STEP_PIN, WHY_ERRNO, point, TREE_DIR);
	if ((r = sys_mount_attr(kept, 0, 0, SYS_MS_PRIVATE)) < 0 || (r = sys_attach(kept, point)) < 0)
		return step_fail(f, STEP_PIN, WHY_ERRNO, r, TREE_DIR);
	t->made = true;
	return 0;
}

int tree_open(struct tree *t, struct failure *f)
{
	struct sys_mount m;

	*t = (struct tree){ .fd = open_pin(native_digest, &m) };
	if (t->fd < 0) {
		if (make_pin(t, f) < 0)
			return -1;
		t->fd = open_pin(native_digest, &m);
		if (t->fd < 0)
			return step_fail(f, STEP_PIN, WHY_ERRNO, EIO, TREE_DIR);
	}
	t->dev = makedev(m.dev_major, m.dev_minor);
	t->ino = m.ino;
	explain("tools: %s " TREE_DIR "/%s (version %s)", t->made ? "unpacked and kept at" : "kept since earlier at",
		native_digest, native_version);

	/* Asked of the kernel rather than remembered: a clone whose read-only flag comes off is not locked. */
	fd_auto trial = tree_clone(t, f);
	if (trial < 0) {
		tree_close(t);
		return -1;
	}
	t->locked = sys_mount_attr(trial, 0, SYS_MOUNT_ATTR_RDONLY, 0) == -EPERM;
	explain("tools: read-only is %s", t->locked ? "locked by the kernel" : "NOT locked on the mount");
	return 0;
}

void tree_close(struct tree *t)
{
	base_close_fd(&t->fd);
	t->fd = -1;
}

int tree_clone(const struct tree *t, struct failure *f)
{
	fd_auto fd = sys_clone_mount(t->fd, "");
	int r = fd < 0 ? fd : sys_mount_attr(fd, 0, 0, SYS_MS_PRIVATE);

	if (r < 0)
		return step_fail(f, STEP_CLONE, WHY_ERRNO, r, TREE_DIR);
	return fd_steal(&fd);
}

static void read_version(int dir, char *version, size_t size)
{
	char buf[64] = "";
	fd_auto fd = openat(dir, "VERSION", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf) - 1);

	snprintf(version, size, "?");
	/* "native 0.1.0" is the first line, written by build/tree. */
	if (n > 7 && strncmp(buf, "native ", 7) == 0)
		snprintf(version, size, "%.*s", (int)strcspn(buf + 7, "\n"), buf + 7);
}

int tree_pins(struct pins *p)
{
	DIR *dir = opendir(TREE_DIR);
	struct dirent *entry;
	int r = 0;

	*p = (struct pins){ 0 };
	if (!dir)
		return errno == ENOENT ? 0 : -errno;
	while (r == 0 && (entry = readdir(dir))) {
		struct sys_mount m;

		if (strlen(entry->d_name) != 16 || strspn(entry->d_name, "0123456789abcdef") != 16)
			continue;
		fd_auto fd = open_pin(entry->d_name, &m);
		if (fd < 0)
			continue;
		struct pin *grown = realloc(p->v, (p->n + 1) * sizeof(*grown));
		if (!grown) {
			r = -ENOMEM;
			break;
		}
		p->v = grown;
		struct pin *pin = &grown[p->n++];
		memcpy(pin->digest, entry->d_name, sizeof(pin->digest));
		pin->dev = makedev(m.dev_major, m.dev_minor);
		read_version(fd, pin->version, sizeof(pin->version));
	}
	closedir(dir);
	return r;
}

const struct pin *tree_pin_of(const struct pins *p, uint64_t dev)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].dev == dev)
			return &p->v[i];
	return NULL;
}

int tree_drop(struct failure *f)
{
	struct sys_mount m;

	/* Detaching the base takes the kept trees below it along; stacked bases, if a run was killed at
	 * a bad moment, go one by one. */
	for (;;) {
		fd_auto base = sys_openat2(AT_FDCWD, TREE_DIR, O_PATH | O_DIRECTORY | O_NOFOLLOW, NO_LINKS);

		if (base < 0 || sys_mount_of(base, "", &m) < 0 || !m.root)
			break;
		int r = sys_detach(base);
		if (r < 0)
			return step_fail(f, STEP_DETACH, WHY_ERRNO, r, TREE_DIR);
	}
	if (chdir("/") < 0 || (rmdir(TREE_DIR) < 0 && errno != ENOENT))
		return step_fail(f, STEP_RMDIR, WHY_ERRNO, errno, TREE_DIR);
	if (unlink(TREE_LOCK) < 0 && errno != ENOENT)
		return step_fail(f, STEP_RMDIR, WHY_ERRNO, errno, TREE_LOCK);
	explain("tools: let go of " TREE_DIR);
	return 0;
}

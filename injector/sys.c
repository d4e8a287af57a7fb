/* SPDX-License-Identifier: GPL-2.0-only
 * Kernel calls that libc does not wrap: see sys.h.
 */
#include "sys.h"
#include "../toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>

#ifndef AT_EMPTY_PATH
#define AT_EMPTY_PATH 0x1000
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

/* linux/mount.h */
#define MOVE_MOUNT_F_EMPTY_PATH 0x04u
#define MOVE_MOUNT_T_EMPTY_PATH 0x40u
#define CLOSE_RANGE_CLOEXEC_ 4u	      /* linux/close_range.h */
#define KEYCTL_JOIN_SESSION_KEYRING 1 /* linux/keyctl.h */
#define FSOPEN_CLOEXEC 1u
#define FSMOUNT_CLOEXEC 1u
#define FSPICK_CLOEXEC 1u
#define FSPICK_EMPTY_PATH 8u
#define FSCONFIG_SET_FLAG 0u
#define FSCONFIG_SET_STRING 1u
#define FSCONFIG_CMD_CREATE 6u
#define FSCONFIG_CMD_RECONFIGURE 7u

/* mount_setattr(2): struct mount_attr, version 0 */
struct mount_attr_v0 {
	uint64_t attr_set, attr_clr, propagation, userns_fd;
};

/* statx(2): the part of linux/stat.h's struct statx that is read here. */
struct statx_head {
	uint32_t mask, blksize;
	uint64_t attributes;
	uint32_t nlink, uid, gid;
	uint16_t mode, pad;
	uint64_t ino, size, blocks, attributes_mask;
	uint64_t times[8];
	uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
	uint64_t mnt_id;
	uint64_t rest[13];
};
_Static_assert(sizeof(struct statx_head) == 256, "struct statx is 256 bytes");
#define STATX_TYPE_MODE_INO 0x103u
#define STATX_MNT_ID_ 0x1000u
#define STATX_MNT_ID_UNIQUE_ 0x4000u
#define STATX_ATTR_MOUNT_ROOT_ 0x2000u
#define AT_STATX_DONT_SYNC_ 0x4000

static int result(long r)
{
	return r < 0 ? -errno : (int)r;
}

int sys_openat2(int dirfd, const char *path, uint64_t flags, uint64_t resolve)
{
	struct open_how how = { .flags = flags | O_CLOEXEC, .resolve = resolve };
	int r = -EAGAIN;

	for (int tries = 0; r == -EAGAIN && tries < 64; tries++)
		r = result(syscall(SYS_openat2, dirfd, path, &how, sizeof(how)));
	return r;
}

int sys_clone_mount(int dirfd, const char *path)
{
	return result(syscall(SYS_open_tree, dirfd, path,
			      SYS_OPEN_TREE_CLONE | (unsigned)O_CLOEXEC | (*path ? 0u : AT_EMPTY_PATH)));
}

int sys_clone_below(int fd)
{
	return result(syscall(SYS_open_tree, fd, "",
			      SYS_OPEN_TREE_CLONE | (unsigned)O_CLOEXEC | AT_EMPTY_PATH | AT_RECURSIVE));
}

int sys_mount_attr(int fd, uint64_t set, uint64_t clear, uint64_t propagation)
{
	struct mount_attr_v0 attr = { .attr_set = set, .attr_clr = clear, .propagation = propagation };

	return result(syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH, &attr, sizeof(attr)));
}

int sys_propagation_below(int fd, uint64_t propagation)
{
	struct mount_attr_v0 attr = { .propagation = propagation };

	return result(syscall(SYS_mount_setattr, fd, "", AT_EMPTY_PATH | AT_RECURSIVE, &attr, sizeof(attr)));
}

int sys_attach(int mount, int to)
{
	return result(syscall(SYS_move_mount, mount, "", to, "",
			      MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
}

int sys_detach(int fd)
{
	if (fchdir(fd) < 0)
		return -errno;
	return result(syscall(SYS_umount2, ".", SYS_MNT_DETACH | SYS_UMOUNT_NOFOLLOW));
}

int sys_fsopen(const char *fstype)
{
	return result(syscall(SYS_fsopen, fstype, FSOPEN_CLOEXEC));
}

int sys_fspick(int mount)
{
	return result(syscall(SYS_fspick, mount, "", FSPICK_CLOEXEC | FSPICK_EMPTY_PATH));
}

int sys_fsconfig_string(int fs, const char *key, const char *value)
{
	return result(syscall(SYS_fsconfig, fs, FSCONFIG_SET_STRING, key, value, 0));
}

int sys_fsconfig_flag(int fs, const char *key)
{
	return result(syscall(SYS_fsconfig, fs, FSCONFIG_SET_FLAG, key, NULL, 0));
}

int sys_fsconfig_create(int fs)
{
	return result(syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
}

int sys_fsconfig_reconfigure(int fs)
{
	return result(syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0));
}

int sys_fsmount(int fs, uint32_t attributes)
{
	return result(syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, attributes));
}

int sys_pidfd_open(pid_t pid)
{
	return result(syscall(SYS_pidfd_open, pid, 0));
}

int sys_pidfd_signal(int pidfd, int sig)
{
	return result(syscall(SYS_pidfd_send_signal, pidfd, sig, NULL, 0));
}

int sys_close_range(unsigned first, unsigned last)
{
	return result(syscall(SYS_close_range, first, last, 0));
}

int sys_close_range_on_exec(unsigned first, unsigned last)
{
	return result(syscall(SYS_close_range, first, last, CLOSE_RANGE_CLOEXEC_));
}

int sys_new_keyring(void)
{
	return result(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL));
}

static int statx_raw(int dirfd, const char *path, uint32_t mask, struct statx_head *s)
{
	memset(s, 0, sizeof(*s));
	return result(syscall(SYS_statx, dirfd, path, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, mask, s));
}

int sys_mount_of(int dirfd, const char *path, struct sys_mount *m)
{
	struct statx_head s;
	int r = statx_raw(dirfd, path, STATX_TYPE_MODE_INO | STATX_MNT_ID_, &s);

	if (r < 0)
		return r;
	*m = (struct sys_mount){
		.id = s.mnt_id,
		.unique_id = s.mnt_id,
		.dev_major = s.dev_major,
		.dev_minor = s.dev_minor,
		.ino = s.ino,
		.mode = s.mode,
		.root = (s.attributes & STATX_ATTR_MOUNT_ROOT_) != 0,
	};
	if (statx_raw(dirfd, path, STATX_MNT_ID_UNIQUE_, &s) == 0 && (s.mask & STATX_MNT_ID_UNIQUE_))
		m->unique_id = s.mnt_id;
	return 0;
}

int sys_mode_of(int fd, uint16_t *mode)
{
	struct statx_head s = { 0 };
	int r = result(syscall(SYS_statx, fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC_, STATX_TYPE_MODE_INO, &s));

	*mode = s.mode;
	return r;
}

/* linux/mount.h: struct mnt_id_req, struct statmount up to what is read here. */
#define STATMOUNT_MNT_BASIC_ 0x2u

int sys_peer_group(const struct sys_mount *m, uint64_t *group)
{
	struct {
		uint32_t size, spare;
		uint64_t mnt_id, param;
	} request = { .size = 24, .mnt_id = m->unique_id, .param = STATMOUNT_MNT_BASIC_ };
	struct {
		uint32_t size, mnt_opts;
		uint64_t mask;
		uint32_t sb_dev_major, sb_dev_minor;
		uint64_t sb_magic;
		uint32_t sb_flags, fs_type;
		uint64_t mnt_id, mnt_parent_id;
		uint32_t mnt_id_old, mnt_parent_id_old;
		uint64_t mnt_attr, mnt_propagation, mnt_peer_group, mnt_master;
		uint64_t rest[64];
	} answer = { 0 };
	int r = result(syscall(SYS_statmount, &request, &answer, sizeof(answer), 0u));

	if (r < 0)
		return r;
	if (!(answer.mask & STATMOUNT_MNT_BASIC_) || answer.mnt_id != m->unique_id)
		return -ENOSYS;
	*group = answer.mnt_propagation & SYS_MS_SHARED ? answer.mnt_peer_group : 0;
	return 0;
}

int sys_check(const char **call, const char **release)
{
	static const struct {
		const char *call, *release;
		long nr;
	} needed[] = {
		{ "open_tree", "5.2", SYS_open_tree },
		{ "move_mount", "5.2", SYS_move_mount },
		{ "fsopen", "5.2", SYS_fsopen },
		{ "fsconfig", "5.2", SYS_fsconfig },
		{ "fsmount", "5.2", SYS_fsmount },
		{ "fspick", "5.2", SYS_fspick },
		{ "pidfd_open", "5.3", SYS_pidfd_open },
		{ "openat2", "5.6", SYS_openat2 },
		{ "setns", "5.8", SYS_setns },
		{ "close_range", "5.9", SYS_close_range },
		{ "mount_setattr", "5.12", SYS_mount_setattr },
	};

	for (size_t i = 0; i < countof(needed); i++) {
		int r;

		/* Bad in every argument at once: no such descriptor, no such flag. close_range(2) wants
		 * first > last to fail. */
		if (needed[i].nr == SYS_close_range)
			r = result(syscall(SYS_close_range, 1u, 0u, 0));
		else
			r = result(syscall(needed[i].nr, -1L, 0L, ~0L, 0L, 0L));
		if (r == -ENOSYS || r == -EPERM) {
			*call = needed[i].call;
			*release = needed[i].release;
			return r;
		}
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The kernel calls of the injector that libc does not wrap (musl 1.2.5, glibc 2.36), one function
 * each. All return what the call returns, or -errno; none prints. Sources: the man pages named
 * below and the kernel's include/uapi/linux/{mount,openat2,stat,fcntl}.h.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>

/* move_mount(2), open_tree(2), fsopen(2): linux/mount.h. Named here because that header and libc's
 * <sys/mount.h> do not go together. */
#define SYS_OPEN_TREE_CLONE 1u
#define SYS_MNT_DETACH 2
#define SYS_UMOUNT_NOFOLLOW 8
#define SYS_MOUNT_ATTR_RDONLY 0x1u
#define SYS_MOUNT_ATTR_NOSUID 0x2u
#define SYS_MOUNT_ATTR_NODEV 0x4u
#define SYS_MOUNT_ATTR_NOEXEC 0x8u
#define SYS_MS_PRIVATE (1u << 18)
#define SYS_MS_SHARED (1u << 20)
#ifndef SYS_statmount
#define SYS_statmount 457
#endif

/* openat2(2): linux/openat2.h */
#define SYS_RESOLVE_NO_XDEV 0x01u
#define SYS_RESOLVE_NO_MAGICLINKS 0x02u
#define SYS_RESOLVE_NO_SYMLINKS 0x04u
#define SYS_RESOLVE_BENEATH 0x08u
#define SYS_RESOLVE_IN_ROOT 0x10u

#define SYS_TMPFS_MAGIC 0x01021994
#define SYS_PROC_MAGIC 0x9fa0

/* openat2(2); tries again when a rename elsewhere disturbed the walk (EAGAIN), at most 64 times. */
int sys_openat2(int dirfd, const char *path, uint64_t flags, uint64_t resolve);

/* open_tree(2): a detached clone of the mount at dirfd (path "" means dirfd itself), close-on-exec. */
int sys_clone_mount(int dirfd, const char *path);

/* The same with all mounts below it. */
int sys_clone_below(int fd);

/* mount_setattr(2) on the mount that fd is the root of; propagation 0 leaves it as it is. */
int sys_mount_attr(int fd, uint64_t set, uint64_t clear, uint64_t propagation);

/* The same for the mount at dirfd and all below it, propagation only. */
int sys_propagation_below(int fd, uint64_t propagation);

/* move_mount(2), descriptor to descriptor: attaches the detached mount at the directory `to`. */
int sys_attach(int mount, int to);

/* umount2(".", MNT_DETACH | UMOUNT_NOFOLLOW) in the root of the mount that fd stands for: takes away
 * that mount and no other. Changes the working directory. */
int sys_detach(int fd);

/* fsopen(2), fsconfig(2), fsmount(2), fspick(2): a superblock that is filled before it is seen. */
int sys_fsopen(const char *fstype);
int sys_fspick(int mount);
int sys_fsconfig_string(int fs, const char *key, const char *value);
int sys_fsconfig_flag(int fs, const char *key);
int sys_fsconfig_create(int fs);
int sys_fsconfig_reconfigure(int fs);
int sys_fsmount(int fs, uint32_t attributes);

/* pidfd_open(2), pidfd_send_signal(2) */
int sys_pidfd_open(pid_t pid);
int sys_pidfd_signal(int pidfd, int sig);

/* close_range(2) */
int sys_close_range(unsigned first, unsigned last);

/* The same, but at the next execve only (CLOSE_RANGE_CLOEXEC, 5.11). */
int sys_close_range_on_exec(unsigned first, unsigned last);

/* keyctl(2), KEYCTL_JOIN_SESSION_KEYRING: a new session keyring, in place of the caller's. */
int sys_new_keyring(void);

/* What statx(2) knows of the mount that a path lies on. */
struct sys_mount {
	uint64_t id;	    /* STATX_MNT_ID: as in /proc/PID/mountinfo, used again after an umount */
	uint64_t unique_id; /* STATX_MNT_ID_UNIQUE (6.8), never used again; the id on older kernels */
	uint32_t dev_major, dev_minor;
	uint64_t ino;
	uint16_t mode;
	bool root; /* the path is the root of a mount */
};

/* statx(2) of path below dirfd ("" means dirfd itself); never follows a last symbolic link. */
int sys_mount_of(int dirfd, const char *path, struct sys_mount *m);

/* The mode of what fd stands for, without asking its file system, which may hang (AT_STATX_DONT_SYNC). Returns 0 or -errno. */
int sys_mode_of(int fd, uint16_t *mode);

/* statmount(2), Linux 6.8: the peer group of a mount, 0 when it is not shared.
 * Knows mounts that the process's root does not reach, which mountinfo leaves out. -ENOSYS before. */
int sys_peer_group(const struct sys_mount *m, uint64_t *group);

/* The calls that inject cannot do without, tried with arguments that fail: the name of the first
 * that this kernel (or a seccomp filter) does not give, the release that has it, and -errno
 * (ENOSYS or EPERM); 0 when all are there. */
int sys_check(const char **call, const char **release);

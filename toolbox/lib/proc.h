/* SPDX-License-Identifier: GPL-2.0-only
 * The only opener of /proc and /sys in the toolbox. Paths are given below the root: "proc/stat",
 * "sys/block". Files are bytes of any length, read whole; formats as in proc(5) and sysfs(5).
 *
 * For tests the root is settable: NATIVE_ROOT=DIR in the environment reads DIR/proc/stat instead of
 * /proc/stat. Where DIR holds 0, 1, 2 … the tools read the snapshot DIR/N for their sample N and stay
 * at the last; see sample.h.
 */
#pragma once

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A file that is read again and again: its descriptor stays open, its memory is used again.
 * Start with PROC_FILE_INIT. */
struct proc_file {
	char *data; /* NUL-terminated; owned by the file, good until the next load */
	size_t len;
	size_t cap;
	int fd;
	unsigned snapshot;
};
#define PROC_FILE_INIT { .fd = -1 }

/* Reads the file whole (from its beginning, also when it was read before under the same path).
 * Returns 0 or -errno; then data is an empty string. */
int proc_load(struct proc_file *f, const char *path);

/* The same, of a file that may be of any length: its first bytes, at most so many. */
int proc_load_most(struct proc_file *f, const char *path, size_t most);

/* The same with one read(2) only: the lines that it gave whole, as a rule a page of them. Each further read of some
 * files (vmstat, stat of many CPUs) makes the kernel collect all of their numbers again. */
int proc_load_head(struct proc_file *f, const char *path);

/* The same for a file whose reading may block (cmdline, environ, maps, smaps of another process, anything
 * that may lie on FUSE): -ETIMEDOUT after ms milliseconds. The reader that is stuck is left behind in a
 * thread of its own, which ends with the process. */
int proc_load_slow(struct proc_file *f, const char *path, int ms);

/* Closes the descriptor and frees the memory. */
void proc_unload(struct proc_file *f);

/* openat(2) below the root, O_CLOEXEC | O_NOCTTY | O_NONBLOCK added: a descriptor or -errno. */
int proc_open(const char *path, int flags);

/* opendir(3) below the root; NULL with errno. The caller closes it. */
DIR *proc_opendir(const char *path);

/* readlink(2) below the root, NUL-terminated: 0, or -errno (-ENAMETOOLONG when it does not fit). */
int proc_readlink(const char *path, char *buf, size_t size);

/* statx(2) below the root, of what a link names unless flags has AT_SYMLINK_NOFOLLOW. A file system is not asked for
 * news (AT_STATX_DONT_SYNC): one that hangs would never answer. Returns 0 or -errno. */
struct statx;
int proc_statx(const char *path, int flags, unsigned mask, struct statx *st);

/* An extended attribute of what a link in /proc names, NUL-terminated: its length or -errno; none with NATIVE_ROOT. */
ssize_t proc_xattr(const char *path, const char *name, char *buf, size_t size);

/* Whether the numbers in /proc are the kernel's: false where /proc is missing or is not procfs (the
 * test root counts as real). What lies over single files (lxcfs) is told by proc_is_covered. */
bool proc_is_real(void);

/* Whether NATIVE_ROOT names another root: then only files are to be read, not the kernel asked by other ways. */
bool proc_is_test(void);

/* Whether something else than procfs lies over this file of /proc (lxcfs and the like), so that its
 * numbers are somebody's idea of the truth. */
bool proc_is_covered(const char *path);

/* All processes, by rising number, in memory that the caller frees. Returns 0 or -errno. */
int proc_pids(pid_t **pids, size_t *n);

/* All threads of a process, likewise. */
int proc_tids(pid_t pid, pid_t **tids, size_t *n);

/* How many descriptors a process has open. From Linux 6.2 on also for the processes of other users; before,
 * -EACCES for those. Returns 0 or -errno. */
int proc_fd_count(pid_t pid, uint64_t *n);

/* /proc/PID/stat, read from the last ')' on. */
struct proc_stat {
	pid_t pid, ppid, pgrp, session;
	char comm[64]; /* as it is: a stranger's string */
	char state;
	uint64_t utime, stime;	   /* clock ticks */
	uint64_t start_time;	   /* clock ticks since boot */
	uint64_t vsize;		   /* bytes */
	uint64_t rss_pages;
	uint64_t threads;
};

/* Returns 0 or -EINVAL. */
int proc_parse_stat(const char *data, size_t len, struct proc_stat *st);

/* Reads a decimal number at *p (after blanks and tabs) and moves *p behind it. false, with *p
 * unmoved, when there is none or it does not fit. */
bool proc_u64(const char **p, uint64_t *value);

/* The number behind "KEY" and an optional ':' at the start of a line of data, as in /proc/meminfo, /proc/vmstat,
 * /proc/PID/status, memory.stat; false when there is no such line. */
bool proc_key(const char *data, const char *key, uint64_t *value);

/* Moves to the start of the next line; NULL at the end. */
const char *proc_next_line(const char *p);

/* For sample.c: the snapshot of the test root that is read now, and the step to the next one. */
bool proc_has_snapshots(void);
void proc_next_snapshot(void);

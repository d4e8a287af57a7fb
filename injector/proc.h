/* SPDX-License-Identifier: GPL-2.0-only
 * What the injector reads of /proc: bytes, no fixed buffers, formats as in proc(5). The parsers are
 * pure and fuzzed; the rest opens files below one descriptor of the host's /proc.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The host's /proc, opened once (never closed): a descriptor, or -errno; -EXDEV when what is
 * mounted there is no procfs. */
int proc_root(void);

/* Reads a file whole, at most max bytes, and puts a NUL behind it. Regular files of procfs and of
 * disks alike. *data is memory of *cap bytes (NULL and 0 at first) that is grown as needed and may
 * be used again; the caller frees it, also after an error. Returns 0, or -errno (-EFBIG when the
 * file is larger). */
int proc_read_into(int fd, size_t max, char **data, size_t *cap, size_t *len);

/* The same into memory of its own, which the caller frees after success only. */
int proc_read_fd(int fd, size_t max, char **data, size_t *len);

/* The same for the file `name` of process pid. */
int proc_read(pid_t pid, const char *name, char **data, size_t *len);

/* /proc/PID/stat, read from the last ')' on, for the name before it is the process's to choose. */
struct proc_stat {
	char state;		/* R S D T Z X ... */
	uint64_t start_time; /* field 22, clock ticks since boot */
};

/* Returns 0 or -EINVAL. */
int proc_parse_stat(const char *data, size_t len, struct proc_stat *st);

/* One line of /proc/PID/mountinfo. The strings point into the caller's line, with \ooo decoded. */
struct proc_mount {
	uint64_t id;
	uint32_t dev_major, dev_minor;
	char *root; /* the directory of the file system that is mounted: "/" unless it is a bind of a part */
	char *point;
	char *fstype;
	char *source; /* NULL when it is empty */
	char *super;  /* options of the superblock, "rw,cpu,cpuacct"; NULL when there are none */
	uint64_t shared; /* peer group, 0 when the mount is not shared */
};

/* Parses the line that starts at data (and changes it); len is up to its newline, not counting it.
 * data[len] must be writable. Returns 0 or -EINVAL. */
int proc_parse_mount(char *data, size_t len, struct proc_mount *m);

/* Calls fn for every mount of a whole mountinfo (changed on the way) until fn returns other than 0,
 * and returns that. Lines that do not parse are passed over. */
int proc_each_mount(char *data, size_t len, int (*fn)(const struct proc_mount *m, void *arg), void *arg);

/* Whether a whole /proc/PID/cgroup names the container: one path has a component that is `id`, or
 * that ends in "-ID.scope" (systemd's driver). len is the length of data. */
bool proc_cgroup_names(const char *data, size_t len, const char *id);

/* Calls fn for every process until fn returns other than 0, and returns that; -errno when /proc
 * cannot be read. comm is the process's own choice: a hint, not a proof. */
int proc_each(int (*fn)(pid_t pid, const char *comm, void *arg), void *arg);

/* The arguments of a process: a NULL-terminated array in one allocation, which the caller frees.
 * Returns 0 or -errno. */
int proc_arguments(pid_t pid, char ***argv);

/* Whether a process sees the host's files as we do: the same mount namespace or the same root
 * directory. Programs that call themselves dockerd inside a container do not. */
bool proc_is_host(pid_t pid);

/* Inode of one of the process's namespaces ("mnt", "user", "pid"), 0 when it cannot be read. */
uint64_t proc_namespace(pid_t pid, const char *which);

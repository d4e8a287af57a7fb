/* SPDX-License-Identifier: GPL-2.0-only
 * Reading /proc and /sys: see proc.h.
 */
#include "proc.h"
#include "base.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <time.h>

#define PROC_MAGIC 0x9fa0 /* linux/magic.h: PROC_SUPER_MAGIC */

static unsigned snapshot;
static int root_fd = -1;
static bool test_root;
static bool snapshots;

static int open_snapshot(const char *root, unsigned n)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/%u", root, n) >= (int)sizeof(path))
		return -1;
	return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* The directory that stands for "/". */
static int root(void)
{
	const char *dir = getenv("NATIVE_ROOT");

	if (root_fd >= 0)
		return root_fd;
	test_root = dir && *dir;
	if (test_root) {
		root_fd = open_snapshot(dir, 0);
		snapshots = root_fd >= 0;
	}
	if (root_fd < 0)
		root_fd = open(test_root ? dir : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	return root_fd < 0 ? -errno : root_fd;
}

bool proc_has_snapshots(void)
{
	root();
	return snapshots;
}

void proc_next_snapshot(void)
{
	const char *dir = getenv("NATIVE_ROOT");
	int next = snapshots && dir ? open_snapshot(dir, snapshot + 1) : -1;

	if (next < 0)
		return;
	close(root_fd);
	root_fd = next;
	snapshot++;
}

int proc_open(const char *path, int flags)
{
	int dir = root();
	int fd = dir < 0 ? -1 : openat(dir, path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	return dir < 0 ? dir : fd < 0 ? -errno : fd;
}

DIR *proc_opendir(const char *path)
{
	int fd = proc_open(path, O_RDONLY | O_DIRECTORY);

	if (fd < 0) {
		errno = -fd;
		return NULL;
	}
	DIR *dir = fdopendir(fd);
	if (!dir)
		base_close_fd(&fd);
	return dir;
}

int proc_readlink(const char *path, char *buf, size_t size)
{
	int dir = root();
	ssize_t n = dir < 0 ? -1 : readlinkat(dir, path, buf, size);

	if (n < 0)
		return dir < 0 ? dir : -errno;
	if ((size_t)n >= size)
		return -ENAMETOOLONG;
	buf[n] = '\0';
	return 0;
}

int proc_statx(const char *path, int flags, unsigned mask, struct statx *st)
{
	int dir = root();

	return dir < 0 ? dir : statx(dir, path, flags | AT_STATX_DONT_SYNC, mask, st) < 0 ? -errno : 0;
}

ssize_t proc_xattr(const char *path, const char *name, char *buf, size_t size)
{
	char absolute[PATH_MAX];

	root();
	if (test_root || size == 0 || snprintf(absolute, sizeof(absolute), "/%s", path) >= (int)sizeof(absolute))
		return -ENOTSUP;
	ssize_t n = getxattr(absolute, name, buf, size - 1);
	if (n < 0)
		return -errno;
	buf[n] = '\0';
	return n;
}

static int grow(struct proc_file *f)
{
	size_t cap = f->cap ? f->cap * 2 : 4096;
	char *data = realloc(f->data, cap);

	if (!data)
		return -ENOMEM;
	f->data = data;
	f->cap = cap;
	return 0;
}

/* Many files of /proc give a new state only when they are read from the start, and some give at
 * most a page a call: read on until the end. */
static int read_most(struct proc_file *f, size_t most)
{
	f->len = 0;
	for (;;) {
		if (f->cap - f->len < 2 && grow(f) < 0)
			return -ENOMEM;
		size_t room = f->cap - f->len - 1;
		if (room > most - f->len)
			room = most - f->len;
		ssize_t n = room > 0 ? pread(f->fd, f->data + f->len, room, (off_t)f->len) : 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		f->len += (size_t)n;
	}
	f->data[f->len] = '\0';
	return 0;
}

static int fail(struct proc_file *f, int err)
{
	base_close_fd(&f->fd);
	f->fd = -1;
	f->len = 0;
	if (f->data || grow(f) == 0)
		f->data[0] = '\0';
	return err;
}

static int read_head(struct proc_file *f, size_t most)
{
	ssize_t n;

	(void)most;
	f->len = 0;
	if (f->cap < 2 && grow(f) < 0)
		return -ENOMEM;
	do
		n = pread(f->fd, f->data, f->cap - 1, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	f->len = (size_t)n;
	while (f->len > 0 && f->data[f->len - 1] != '\n')
		f->len--;
	f->data[f->len] = '\0';
	return 0;
}

static int load(struct proc_file *f, const char *path, int (*read_it)(struct proc_file *, size_t), size_t most)
{
	if (f->fd >= 0 && f->snapshot != snapshot) {
		close(f->fd);
		f->fd = -1;
	}
	if (f->fd < 0) {
		f->fd = proc_open(path, O_RDONLY);
		f->snapshot = snapshot;
	}
	if (f->fd < 0)
		return fail(f, f->fd);
	int r = read_it(f, most);
	return r < 0 ? fail(f, r) : 0;
}

int proc_load(struct proc_file *f, const char *path)
{
	return load(f, path, read_most, SIZE_MAX);
}

int proc_load_most(struct proc_file *f, const char *path, size_t most)
{
	return load(f, path, read_most, most);
}

int proc_load_head(struct proc_file *f, const char *path)
{
	return load(f, path, read_head, 0);
}

void proc_unload(struct proc_file *f)
{
	base_close_fd(&f->fd);
	free(f->data);
	*f = (struct proc_file)PROC_FILE_INIT;
}

/* One reading in a thread of its own. The thread and the waiting side share it until both are done
 * with it: the second to let go frees it. */
struct slow {
	pthread_mutex_t mutex;
	pthread_cond_t done_cond;
	struct proc_file file;
	char path[PATH_MAX];
	int result;
	bool done, abandoned;
};

static void slow_free(struct slow *s)
{
	proc_unload(&s->file);
	pthread_mutex_destroy(&s->mutex);
	pthread_cond_destroy(&s->done_cond);
	free(s);
}

static void *slow_main(void *arg)
{
	struct slow *s = arg;
	int result = proc_load(&s->file, s->path);

	pthread_mutex_lock(&s->mutex);
	s->result = result;
	s->done = true;
	bool abandoned = s->abandoned;
	pthread_cond_signal(&s->done_cond);
	pthread_mutex_unlock(&s->mutex);
	if (abandoned)
		slow_free(s);
	return NULL;
}

int proc_load_slow(struct proc_file *f, const char *path, int ms)
{
	struct slow *s = calloc(1, sizeof(*s));
	pthread_condattr_t monotonic;
	pthread_attr_t detached;
	struct timespec until;
	pthread_t thread;

	if (!s)
		return fail(f, -ENOMEM);
	s->file.fd = -1;
	if (snprintf(s->path, sizeof(s->path), "%s", path) >= (int)sizeof(s->path)) {
		free(s);
		return fail(f, -ENAMETOOLONG);
	}
	root(); /* opened here, so that no thread races for it */
	pthread_mutex_init(&s->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->done_cond, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	int r = pthread_create(&thread, &detached, slow_main, s);
	pthread_attr_destroy(&detached);
	if (r != 0) {
		slow_free(s);
		return fail(f, -r);
	}

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += (long)(ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_mutex_lock(&s->mutex);
	while (!s->done && r == 0)
		r = pthread_cond_timedwait(&s->done_cond, &s->mutex, &until);
	bool done = s->done;
	s->abandoned = !done;
	pthread_mutex_unlock(&s->mutex);
	if (!done)
		return fail(f, -ETIMEDOUT);

	int result = s->result;
	if (result == 0) {
		proc_unload(f);
		*f = s->file;
		s->file = (struct proc_file)PROC_FILE_INIT;
		/* The next load is of another file as a rule. */
		base_close_fd(&f->fd);
		f->fd = -1;
	}
	slow_free(s);
	return result < 0 ? fail(f, result) : 0;
}

bool proc_is_test(void)
{
	root();
	return test_root;
}

bool proc_is_real(void)
{
	struct statfs fs;
	fd_auto fd = proc_open("proc", O_RDONLY | O_DIRECTORY);

	if (fd < 0)
		return false;
	return test_root || (fstatfs(fd, &fs) == 0 && fs.f_type == PROC_MAGIC);
}

bool proc_is_covered(const char *path)
{
	struct statfs fs;
	fd_auto fd = proc_open(path, O_PATH);

	return fd >= 0 && !test_root && fstatfs(fd, &fs) == 0 && fs.f_type != PROC_MAGIC;
}

static int ascending(const void *a, const void *b)
{
	pid_t x = *(const pid_t *)a;
	pid_t y = *(const pid_t *)b;

	return (x > y) - (x < y);
}

static int numbers(const char *path, pid_t **v, size_t *n)
{
	DIR *dir = proc_opendir(path);
	struct dirent *entry;
	size_t cap = 0;

	*v = NULL;
	*n = 0;
	if (!dir)
		return -errno;
	while ((entry = readdir(dir))) {
		char *end;
		long pid = strtol(entry->d_name, &end, 10);

		if (pid <= 0 || pid > INT_MAX || *end)
			continue;
		if (*n == cap) {
			pid_t *grown = realloc(*v, (cap = cap ? cap * 2 : 256) * sizeof(*grown));

			if (!grown) {
				free(*v);
				*v = NULL;
				closedir(dir);
				return -ENOMEM;
			}
			*v = grown;
		}
		(*v)[(*n)++] = (pid_t)pid;
	}
	closedir(dir);
	if (*n > 0)
		qsort(*v, *n, sizeof(**v), ascending);
	return 0;
}

int proc_pids(pid_t **pids, size_t *n)
{
	return numbers("proc", pids, n);
}

int proc_tids(pid_t pid, pid_t **tids, size_t *n)
{
	char path[40];

	snprintf(path, sizeof(path), "proc/%d/task", (int)pid);
	return numbers(path, tids, n);
}

/* The size of the directory proc/PID/fd is the number of its entries since Linux 6.2 (f1f1f2569901, "proc: report
 * open files as size in stat() for /proc/pid/fd"), and stat(2) asks for no right that reading it takes. */
static bool fd_dir_has_size(void)
{
	static int known = -1;
	struct stat st;

	if (known < 0)
		known = !proc_is_test() && fstatat(root(), "proc/self/fd", &st, 0) == 0 && st.st_size > 0;
	return known;
}

int proc_fd_count(pid_t pid, uint64_t *n)
{
	struct dirent *entry;
	struct stat st;
	char path[40];

	snprintf(path, sizeof(path), "proc/%d/fd", (int)pid);
	*n = 0;
	if (fd_dir_has_size()) {
		if (fstatat(root(), path, &st, 0) < 0)
			return -errno;
		*n = (uint64_t)st.st_size;
		return 0;
	}
	DIR *dir = proc_opendir(path);
	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		*n += entry->d_name[0] != '.';
	closedir(dir);
	return 0;
}

bool proc_u64(const char **p, uint64_t *value)
{
	const char *s = *p;
	uint64_t v = 0;

	while (*s == ' ' || *s == '\t')
		s++;
	const char *digits = s;
	for (; *s >= '0' && *s <= '9'; s++) {
		uint64_t digit = (uint64_t)(*s - '0');

		/* No division: files of many numbers are read each second. */
		if (v > UINT64_MAX / 10 || (v == UINT64_MAX / 10 && digit > UINT64_MAX % 10))
			return false;
		v = v * 10 + digit;
	}
	if (s == digits)
		return false;
	*p = s;
	*value = v;
	return true;
}

const char *proc_next_line(const char *p)
{
	p = strchr(p, '\n');
	return p && p[1] ? p + 1 : NULL;
}

bool proc_key(const char *data, const char *key, uint64_t *value)
{
	size_t n = strlen(key);

	for (const char *p = *data ? data : NULL; p; p = proc_next_line(p)) {
		const char *v = p + n;

		if (strncmp(p, key, n) != 0)
			continue;
		if (*v == ':')
			v++;
		if (*v == ' ' || *v == '\t')
			return proc_u64(&v, value);
	}
	return false;
}

int proc_parse_stat(const char *data, size_t len, struct proc_stat *st)
{
	const char *open = memchr(data, '(', len);
	const char *close = memrchr(data, ')', len);
	uint64_t field[53] = { 0 };

	*st = (struct proc_stat){ 0 };
	if (!open || !close || close < open || data + len - close < 4 || close[1] != ' ')
		return -EINVAL;
	size_t n = (size_t)(close - open - 1);
	if (n >= sizeof(st->comm))
		n = sizeof(st->comm) - 1;
	memcpy(st->comm, open + 1, n);
	st->state = close[2];
	st->pid = (pid_t)strtol(data, NULL, 10);

	/* Fields 4 to 24; some are negative (tpgid, priority, nice), none of those is kept. */
	const char *p = close + 3;
	const char *end = data + len;
	for (int i = 4; i <= 24; i++) {
		while (p < end && *p == ' ')
			p++;
		bool negative = p < end && *p == '-';
		if (negative)
			p++;
		if (p >= end || !proc_u64(&p, &field[i]))
			return -EINVAL;
	}
	st->ppid = (pid_t)field[4];
	st->pgrp = (pid_t)field[5];
	st->session = (pid_t)field[6];
	st->utime = field[14];
	st->stime = field[15];
	st->threads = field[20];
	st->start_time = field[22];
	st->vsize = field[23];
	st->rss_pages = field[24];
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What the injector reads of /proc: see proc.h.
 */
#include "proc.h"
#include "../toolbox/lib/base.h"
#include "sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

/* Enough for the mount table of a host with tens of thousands of mounts. */
#define PROC_MAX ((size_t)64 << 20)

int proc_root(void)
{
	static int root = -1;
	struct statfs fs;

	if (root >= 0)
		return root;
	int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (fstatfs(fd, &fs) < 0 || fs.f_type != SYS_PROC_MAGIC) {
		close(fd);
		return -EXDEV;
	}
	root = fd;
	return root;
}

int proc_read_into(int fd, size_t max, char **data, size_t *cap, size_t *len)
{
	*len = 0;
	for (;;) {
		if (*cap - *len < 2) {
			size_t more = *cap ? *cap * 4 : 8192;
			char *grown = realloc(*data, more);

			if (!grown)
				return -ENOMEM;
			*data = grown;
			*cap = more;
		}
		ssize_t n = read(fd, *data + *len, *cap - *len - 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		*len += (size_t)n;
		if (*len > max)
			return -EFBIG;
	}
	(*data)[*len] = '\0';
	return 0;
}

int proc_read_fd(int fd, size_t max, char **data, size_t *len)
{
	size_t cap = 0;

	*data = NULL;
	int r = proc_read_into(fd, max, data, &cap, len);
	if (r < 0)
		free(*data);
	return r;
}

static int open_of(pid_t pid, const char *name, int flags)
{
	char path[80];
	int root = proc_root();

	if (root < 0)
		return root;
	snprintf(path, sizeof(path), "%d/%s", (int)pid, name);
	int fd = openat(root, path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int proc_read(pid_t pid, const char *name, char **data, size_t *len)
{
	fd_auto fd = open_of(pid, name, O_RDONLY);

	return fd < 0 ? fd : proc_read_fd(fd, PROC_MAX, data, len);
}

int proc_parse_stat(const char *data, size_t len, struct proc_stat *st)
{
	const char *end = data + len;
	const char *p = memrchr(data, ')', len);

	if (!p || end - p < 4 || p[1] != ' ' || p[3] != ' ')
		return -EINVAL;
	st->state = p[2];
	p += 4;
	for (int field = 4; field < 22; field++) {
		p = memchr(p, ' ', (size_t)(end - p));
		if (!p)
			return -EINVAL;
		p++;
	}
	st->start_time = 0;
	const char *digits = p;
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		if (st->start_time > (UINT64_MAX - 9) / 10)
			return -EINVAL;
		st->start_time = st->start_time * 10 + (uint64_t)(*p - '0');
	}
	return p > digits && p < end && (*p == ' ' || *p == '\n') ? 0 : -EINVAL;
}

static bool number(char **p, uint64_t *value)
{
	char *s = *p;

	*value = 0;
	for (; *s >= '0' && *s <= '9'; s++) {
		if (*value > (UINT64_MAX - 9) / 10)
			return false;
		*value = *value * 10 + (uint64_t)(*s - '0');
	}
	if (s == *p)
		return false;
	*p = s;
	return true;
}

static bool octal(char c)
{
	return c >= '0' && c <= '7';
}

/* mountinfo writes space, tab, newline and backslash as \ooo (kernel fs/proc_namespace.c). */
static void unescape(char *s)
{
	char *to = s;

	while (*s) {
		if (s[0] == '\\' && octal(s[1]) && octal(s[2]) && octal(s[3]) && s[1] < '4') {
			*to++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0'));
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

int proc_parse_mount(char *data, size_t len, struct proc_mount *m)
{
	uint64_t parent, major, minor;
	char *save = NULL;
	char *p = data;

	data[len] = '\0';
	if (strlen(data) != len)
		return -EINVAL;
	if (!number(&p, &m->id) || *p++ != ' ' || !number(&p, &parent) || *p++ != ' ' || !number(&p, &major) ||
	    *p++ != ':' || !number(&p, &minor) || *p++ != ' ' || major > UINT32_MAX || minor > UINT32_MAX)
		return -EINVAL;
	m->dev_major = (uint32_t)major;
	m->dev_minor = (uint32_t)minor;
	m->shared = 0;
	m->root = strtok_r(p, " ", &save);
	m->point = m->root ? strtok_r(NULL, " ", &save) : NULL;
	char *options = m->point ? strtok_r(NULL, " ", &save) : NULL;
	char *field = options ? strtok_r(NULL, " ", &save) : NULL;
	for (; field && strcmp(field, "-") != 0; field = strtok_r(NULL, " ", &save)) {
		char *group = field + 7;

		if (strncmp(field, "shared:", 7) == 0 && !number(&group, &m->shared))
			return -EINVAL;
	}
	m->fstype = field ? strtok_r(NULL, " ", &save) : NULL;
	if (!m->fstype)
		return -EINVAL;
	m->source = strtok_r(NULL, " ", &save);
	unescape(m->root);
	unescape(m->point);
	m->super = m->source ? strtok_r(NULL, " ", &save) : NULL;
	if (m->source)
		unescape(m->source);
	if (m->super)
		unescape(m->super);
	return 0;
}

int proc_each_mount(char *data, size_t len, int (*fn)(const struct proc_mount *m, void *arg), void *arg)
{
	char *end = data + len;

	while (data < end) {
		char *newline = memchr(data, '\n', (size_t)(end - data));
		struct proc_mount m;

		if (!newline)
			break;
		if (proc_parse_mount(data, (size_t)(newline - data), &m) == 0) {
			int r = fn(&m, arg);

			if (r != 0)
				return r;
		}
		data = newline + 1;
	}
	return 0;
}

bool proc_cgroup_names(const char *data, size_t len, const char *id)
{
	size_t n = strlen(id);
	const char *p = data;
	const char *end = data + len;

	if (n == 0)
		return false;
	while ((p = memmem(p, (size_t)(end - p), id, n))) {
		bool starts = p > data && (p[-1] == '/' || p[-1] == '-');
		const char *after = p + n;
		bool ends = after == end || *after == '\n' || *after == '/' ||
			    ((size_t)(end - after) >= 6 && memcmp(after, ".scope", 6) == 0);

		if (starts && ends)
			return true;
		p++;
	}
	return false;
}

int proc_each(int (*fn)(pid_t pid, const char *comm, void *arg), void *arg)
{
	int root = proc_root();

	if (root < 0)
		return root;
	int fd = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		int err = errno;

		base_close_fd(&fd);
		return -err;
	}
	struct dirent *entry;
	int r = 0;
	while (r == 0 && (entry = readdir(dir))) {
		char comm[64];
		char *end;
		long pid = strtol(entry->d_name, &end, 10);

		if (pid <= 0 || *end)
			continue;
		fd_auto file = open_of((pid_t)pid, "comm", O_RDONLY);
		ssize_t n = file < 0 ? -1 : read(file, comm, sizeof(comm) - 1);
		if (n <= 0)
			continue; /* it ended between two steps */
		comm[n - (comm[n - 1] == '\n')] = '\0';
		r = fn((pid_t)pid, comm, arg);
	}
	closedir(dir);
	return r;
}

int proc_arguments(pid_t pid, char ***argv)
{
	char *data;
	size_t len;
	size_t count = 0;
	int r = proc_read(pid, "cmdline", &data, &len);

	if (r < 0)
		return r;
	for (size_t i = 0; i < len; i++)
		count += data[i] == '\0';
	/* The last argument may lack its NUL (the process may write there); proc_read added one. */
	char **array = malloc((count + 2) * sizeof(*array) + len + 1);
	if (!array) {
		free(data);
		return -ENOMEM;
	}
	char *copy = (char *)(array + count + 2);
	size_t n = 0;
	memcpy(copy, data, len + 1);
	free(data);
	for (size_t at = 0; at < len && n <= count; at += strlen(copy + at) + 1)
		array[n++] = copy + at;
	array[n] = NULL;
	*argv = array;
	return 0;
}

uint64_t proc_namespace(pid_t pid, const char *which)
{
	char path[48];
	char target[64];
	int root = proc_root();

	/* The link reads "mnt:[4026531841]": one call where opening and fstat take three. */
	snprintf(path, sizeof(path), "%d/ns/%s", (int)pid, which);
	ssize_t n = root < 0 ? -1 : readlinkat(root, path, target, sizeof(target) - 1);
	if (n <= 0)
		return 0;
	target[n] = '\0';
	const char *number = strstr(target, ":[");
	return number ? strtoull(number + 2, NULL, 10) : 0;
}

bool proc_is_host(pid_t pid)
{
	static uint64_t mine;
	struct stat ours, theirs;

	if (mine == 0)
		mine = proc_namespace(getpid(), "mnt");
	if (mine != 0 && proc_namespace(pid, "mnt") == mine)
		return true;
	fd_auto root = open_of(pid, "root", O_PATH | O_DIRECTORY);
	return root >= 0 && fstat(root, &theirs) == 0 && stat("/", &ours) == 0 && ours.st_dev == theirs.st_dev &&
	       ours.st_ino == theirs.st_ino;
}

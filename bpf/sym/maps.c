/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/PID/maps and opening what it names: see maps.h.
 */
#include "maps.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { MAX_TEXT = 64 << 20, PAGE = 64 << 10 };

static bool hex(const char **p, char end, uint64_t *v)
{
	char *stop;

	errno = 0;
	*v = strtoull(*p, &stop, 16);
	if (stop == *p || *stop != end || errno || **p == '-')
		return false;
	*p = stop + 1;
	return true;
}

/* The kernel writes a newline in a path as \012; everything else stays. */
static void unescape(char *path)
{
	char *to = path;

	for (char *from = path; *from; to++) {
		bool newline = strncmp(from, "\\012", 4) == 0;

		*to = newline ? '\n' : *from;
		from += newline ? 4 : 1;
	}
	*to = '\0';
}

static bool parse_line(char *line, struct map *m)
{
	static const char gone[] = " (deleted)";
	uint64_t major, minor;
	const char *p = line;

	if (!hex(&p, '-', &m->start) || !hex(&p, ' ', &m->end) || strlen(p) < 5 || p[4] != ' ' || m->end <= m->start)
		return false;
	m->read = p[0] == 'r';
	m->exec = p[2] == 'x';
	p += 5;
	if (!hex(&p, ' ', &m->offset) || !hex(&p, ':', &major) || !hex(&p, ' ', &minor))
		return false;
	m->dev_major = (uint32_t)major;
	m->dev_minor = (uint32_t)minor;
	char *stop;
	m->inode = strtoull(p, &stop, 10);
	while (*stop == ' ')
		stop++;
	unescape(stop);
	m->path = stop;
	size_t len = strlen(stop);
	m->deleted = len > sizeof(gone) && strcmp(stop + len - (sizeof(gone) - 1), gone) == 0;
	return true;
}

int maps_parse(struct maps *m, char *text, size_t len)
{
	size_t cap = 0;

	*m = (struct maps){ .text = text };
	for (char *line = text; line < text + len;) {
		char *end = memchr(line, '\n', (size_t)(text + len - line));
		struct map one = { 0 };

		if (!end)
			end = text + len;
		*end = '\0';
		/* In order and apart from one another, or the search would go wrong. */
		if (parse_line(line, &one) && (m->n == 0 || one.start >= m->map[m->n - 1].end)) {
			if (m->n == cap) {
				cap = cap ? cap * 2 : 64;
				struct map *more = realloc(m->map, cap * sizeof(*more));
				if (!more) {
					maps_free(m);
					return -ENOMEM;
				}
				m->map = more;
			}
			m->map[m->n++] = one;
		}
		line = end + 1;
	}
	return 0;
}

int maps_read(struct maps *m, pid_t tid)
{
	char path[64];
	char *text = NULL;
	size_t len = 0, cap = 0;

	*m = (struct maps){ 0 };
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)tid);
	fd_auto fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	for (;;) {
		if (cap - len < PAGE) {
			cap += cap + PAGE;
			char *more = cap > MAX_TEXT ? NULL : realloc(text, cap + 1);
			if (!more) {
				free(text);
				return -ENOMEM;
			}
			text = more;
		}
		ssize_t n = read(fd, text + len, cap - len);
		if (n < 0) {
			int err = -errno;
			free(text);
			return err;
		}
		if (n == 0)
			break;
		len += (size_t)n;
	}
	text[len] = '\0';
	return maps_parse(m, text, len);
}

void maps_free(struct maps *m)
{
	free(m->map);
	free(m->text);
	*m = (struct maps){ 0 };
}

const struct map *maps_find(const struct maps *m, uint64_t addr)
{
	size_t lo = 0, hi = m->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (m->map[mid].start <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && addr < m->map[lo - 1].end ? &m->map[lo - 1] : NULL;
}

/* File systems that answer when somebody else does. */
static bool may_hang(const struct statfs *fs)
{
	static const uint32_t slow[] = {
		0x65735546 /* FUSE */, 0x6969 /* NFS */, 0xff534d42 /* CIFS */, 0xfe534d42 /* SMB2 */, 0x517b /* SMB */,
		0x01021997 /* 9p */, 0x00c36400 /* Ceph */, 0x5346414f /* AFS */, 0x6b414653 /* kAFS */,
	};

	for (size_t i = 0; i < countof(slow); i++)
		if ((uint32_t)fs->f_type == slow[i])
			return true;
	return false;
}

/* From a descriptor that only names the file (O_PATH) to one that reads it. */
static int reopen(int where, const struct map *m, bool same_for_sure)
{
	struct stat st;
	struct statfs fs;
	char path[64];

	if (fstat(where, &st) < 0 || fstatfs(where, &fs) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (may_hang(&fs))
		return -EXDEV;
	/* overlayfs shows in maps the inode that lies below. */
	if (!same_for_sure && st.st_ino != m->inode && fs.f_type != 0x794c7630)
		return -ESTALE;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", where);
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int open_in_root(const char *path, pid_t tid)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
	char root[64];

	snprintf(root, sizeof(root), "/proc/%d/root", (int)tid);
	fd_auto dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return -errno;
	long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));
	if (fd < 0 && errno != ENOSYS && errno != EPERM)
		return -errno;
	/* Old kernels, and filters that do not know the call: only where the root is our own, a plain open names the same. */
	if (fd < 0) {
		struct stat a, b;

		if (fstat(dir, &a) < 0 || stat("/", &b) < 0 || a.st_dev != b.st_dev || a.st_ino != b.st_ino)
			return -EPERM;
		fd = open(path, O_PATH | O_CLOEXEC);
		if (fd < 0)
			return -errno;
	}
	return (int)fd;
}

int maps_open(const struct map *m, pid_t tid)
{
	char path[96];
	struct stat st;

	if (m->inode == 0 || m->path[0] == '\0' || m->path[0] == '[')
		return -ENOENT;
	snprintf(path, sizeof(path), "/proc/%d/map_files/%llx-%llx", (int)tid, (unsigned long long)m->start,
		 (unsigned long long)m->end);
	fd_auto mapped = open(path, O_PATH | O_CLOEXEC);
	if (mapped >= 0) {
		int fd = reopen(mapped, m, true);
		if (fd >= 0 || fd == -EXDEV)
			return fd;
	}
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)tid);
	fd_auto exe = open(path, O_PATH | O_CLOEXEC);
	if (exe >= 0 && fstat(exe, &st) == 0 && st.st_ino == m->inode && major(st.st_dev) == m->dev_major &&
	    minor(st.st_dev) == m->dev_minor)
		return reopen(exe, m, true);
	if (m->deleted || m->path[0] != '/')
		return -ENOENT;
	fd_auto named = open_in_root(m->path, tid);
	return named < 0 ? named : reopen(named, m, false);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/PID/maps: see maps.h.
 */
#include "maps.h"
#include "slow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 64 << 20 };

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
	char *text;
	size_t len;

	*m = (struct maps){ 0 };
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)tid);
	int err = slow_read(path, MAX_TEXT, SLOW_MS, &text, &len);
	return err < 0 ? err : maps_parse(m, text, len);
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

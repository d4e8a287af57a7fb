/* SPDX-License-Identifier: GPL-2.0-only
 * Perf maps: see perfmap.h. The file grows while the program runs, and old code makes room for new at the same
 * addresses.
 */
#include "perfmap.h"
#include "open.h"
#include "slow.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHUNK = 1 << 20, MAX_LINES = 4 << 20, STATUS_MAX = 64 << 10 };
/* Of a file that is not there, or has no name for an address, we do not ask more often. */
#define AGAIN_NS 100000000

void perfmap_free(struct perfmap *p)
{
	free(p->text);
	free(p->lines);
	free(p->pieces);
	*p = (struct perfmap){ 0 };
}

/* --- lines ----------------------------------------------------------------------------------------- */

static bool add_line(struct perfmap *p, char *line)
{
	char *end;

	if (*line == '-' || *line == ' ')
		return true;
	uint64_t start = strtoull(line, &end, 16);
	if (end == line || *end != ' ' || end[1] == '-')
		return true;
	char *second = end + 1;
	uint64_t size = strtoull(second, &end, 16);
	if (end == second || *end != ' ' || end[1] == '\0' || size == 0 || size > UINT64_MAX - start || p->n_lines == MAX_LINES)
		return true;
	if (p->n_lines == p->cap_lines) {
		size_t cap = p->cap_lines ? p->cap_lines * 2 : 1024;
		struct perfmap_line *more = realloc(p->lines, cap * sizeof(*more));

		if (!more)
			return false;
		p->lines = more;
		p->cap_lines = cap;
	}
	p->lines[p->n_lines++] = (struct perfmap_line){ start, start + size, (uint32_t)(end + 1 - p->text) };
	return true;
}

/* --- pieces: which line has the last word where ------------------------------------------------------- */

static int by_start(const void *a, const void *b, void *arg)
{
	const struct perfmap_line *lines = arg;
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	if (lines[x].start != lines[y].start)
		return lines[x].start < lines[y].start ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* A heap of lines, the latest on top. */
struct heap {
	uint32_t *line;
	size_t n;
};

static void heap_push(struct heap *h, uint32_t line)
{
	size_t i = h->n++;

	for (; i > 0 && h->line[(i - 1) / 2] < line; i = (i - 1) / 2)
		h->line[i] = h->line[(i - 1) / 2];
	h->line[i] = line;
}

static void heap_pop(struct heap *h)
{
	uint32_t last = h->line[--h->n];
	size_t i = 0;

	for (size_t child = 1; child < h->n; child = 2 * i + 1) {
		child += child + 1 < h->n && h->line[child + 1] > h->line[child];
		if (h->line[child] < last)
			break;
		h->line[i] = h->line[child];
		i = child;
	}
	h->line[i] = last;
}

/* What the topmost line has from `from` on, until `to` at most, and what those below it have behind its end. */
static void settle(struct perfmap *p, struct heap *h, uint64_t from, uint64_t to)
{
	while (h->n > 0 && from < to) {
		const struct perfmap_line *l = &p->lines[h->line[0]];
		uint64_t end = l->end < to ? l->end : to;

		if (l->end > from) {
			struct perfmap_piece *last = p->n ? &p->pieces[p->n - 1] : NULL;

			if (last && last->line == h->line[0] && last->end == from)
				last->end = end;
			else
				p->pieces[p->n++] = (struct perfmap_piece){ from, end, h->line[0] };
			from = end;
		}
		if (l->end <= from)
			heap_pop(h);
	}
}

static bool cut(struct perfmap *p)
{
	uint32_t *order = malloc((p->n_lines + 1) * sizeof(*order));
	struct heap h = { malloc((p->n_lines + 1) * sizeof(*h.line)), 0 };
	/* Each line begins one piece, and its end lets one other go on. */
	struct perfmap_piece *room = realloc(p->pieces, (2 * p->n_lines + 1) * sizeof(*room));

	p->n = 0;
	if (room)
		p->pieces = room;
	if (order && h.line && room) {
		for (size_t i = 0; i < p->n_lines; i++)
			order[i] = (uint32_t)i;
		qsort_r(order, p->n_lines, sizeof(*order), by_start, p->lines);
		for (size_t i = 0; i < p->n_lines; i++) {
			uint64_t next = i + 1 < p->n_lines ? p->lines[order[i + 1]].start : UINT64_MAX;

			heap_push(&h, order[i]);
			settle(p, &h, p->lines[order[i]].start, next);
		}
	}
	bool done = order && h.line && room;
	free(order);
	free(h.line);
	return done;
}

int perfmap_add(struct perfmap *p, const char *text, size_t len)
{
	if (p->cap - p->len < len + 1) {
		size_t cap = p->len + len + 1 + p->cap / 2;
		char *more = cap > UINT32_MAX ? NULL : realloc(p->text, cap);

		if (!more)
			return -ENOMEM;
		p->text = more;
		p->cap = cap;
	}
	memcpy(p->text + p->len, text, len);
	p->len += len;
	for (char *end; (end = memchr(p->text + p->done, '\n', p->len - p->done));) {
		*end = '\0';
		if (!add_line(p, p->text + p->done))
			return -ENOMEM;
		p->done = (size_t)(end + 1 - p->text);
	}
	return 0;
}

bool perfmap_find(struct perfmap *p, uint64_t addr, const char **name, uint64_t *start)
{
	if (p->n_cut != p->n_lines && cut(p))
		p->n_cut = p->n_lines;
	size_t lo = 0, hi = p->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->pieces[mid].start <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || addr >= p->pieces[lo - 1].end)
		return false;
	const struct perfmap_line *l = &p->lines[p->pieces[lo - 1].line];
	*name = p->text + l->name;
	*start = l->start;
	return true;
}

/* --- the file -------------------------------------------------------------------------------------- */

/* The process's number as it knows itself, and its users. false: it has ended. */
static bool who(pid_t tid, unsigned long *pid, unsigned long uid[4])
{
	char path[64];
	char *text;
	size_t len;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)tid);
	if (slow_read(path, STATUS_MAX, SLOW_MS, &text, &len) < 0)
		return false;
	const char *ids = strstr(text, "\nNStgid:");
	const char *uids = strstr(text, "\nUid:");
	unsigned n = 0;
	for (const char *at = uids ? uids + 5 : NULL; at && n < 4; n++) {
		char *end;

		uid[n] = strtoul(at, &end, 10);
		if (end == at)
			break;
		at = end;
	}
	bool found = n == 4;
	*pid = 0;
	for (ids = ids ? ids + 8 : NULL; ids && *ids && *ids != '\n';) {
		char *end;

		*pid = strtoul(ids, &end, 10);
		ids = *end == '\t' || *end == ' ' || *end == '\n' ? end + strspn(end, " \t") : NULL;
	}
	free(text);
	return found && *pid > 0;
}

static int read_more(struct perfmap *p, int fd, uint64_t size)
{
	char *buf = malloc(CHUNK);
	int err = buf ? 0 : -ENOMEM;

	while (!err && p->at < size) {
		size_t want = size - p->at < CHUNK ? (size_t)(size - p->at) : CHUNK;
		ssize_t n = pread(fd, buf, want, (off_t)p->at);

		if (n <= 0)
			break;
		/* The last part of a long file begins somewhere in a line. */
		const char *first = p->at == p->from && p->from > 0 ? memchr(buf, '\n', (size_t)n) : buf;
		p->at += (uint64_t)n;
		if (first)
			err = perfmap_add(p, first, (size_t)(buf + n - first));
	}
	free(buf);
	return err;
}

int perfmap_read(struct perfmap *p, const struct mounts *ms, pid_t tid)
{
	struct open_found found;
	struct timespec now;
	unsigned long pid, uid[4];
	char path[48];

	clock_gettime(CLOCK_MONOTONIC, &now);
	int64_t now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	if (p->read_ns && now_ns - p->read_ns < AGAIN_NS)
		return -EAGAIN;
	if (!who(tid, &pid, uid))
		return -ESRCH;
	snprintf(path, sizeof(path), "/tmp/perf-%lu.map", pid);
	fd_auto fd = open_inside(ms, path, tid, &found);
	if (fd < 0) {
		p->read_ns = now_ns;
		return fd;
	}
	if (found.uid != 0 && found.uid != uid[0] && found.uid != uid[1] && found.uid != uid[3]) {
		p->read_ns = now_ns;
		return -EPERM;
	}
	if (p->inode != found.inode || found.size < p->at || found.size - p->from > PERFMAP_MAX) {
		perfmap_free(p);
		p->inode = found.inode;
		p->from = found.size > PERFMAP_MAX ? found.size - PERFMAP_MAX / 2 : 0;
		p->at = p->from;
	}
	p->read_ns = now_ns;
	memcpy(p->path, path, sizeof(path));
	return read_more(p, fd, found.size);
}

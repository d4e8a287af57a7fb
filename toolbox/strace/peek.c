/* SPDX-License-Identifier: GPL-2.0-only
 * Reading and writing a tracee's memory: see peek.h.
 */
#include "peek.h"
#include "../lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE 4096u
#define KEPT 4
/* Above this a request goes straight to the buffer that wants it. */
#define LARGE (2 * PAGE)

static struct kept {
	const struct tracee *owner;
	uint64_t page;
	size_t len;
	char data[PAGE];
} kept[KEPT];
static unsigned next_kept;

void peek_forget(struct tracee *t)
{
	for (int i = 0; i < KEPT; i++)
		if (kept[i].owner == t)
			kept[i].owner = NULL;
}

void peek_close(struct tracee *t)
{
	peek_forget(t);
	if (t->mem_fd >= 0)
		close(t->mem_fd);
	t->mem_fd = -1;
}

static int open_mem(struct tracee *t)
{
	char path[40];

	if (t->mem_fd < 0) {
		snprintf(path, sizeof(path), "proc/%d/mem", (int)t->tid);
		t->mem_fd = proc_open(path, O_RDWR);
	}
	return t->mem_fd;
}

/* The page at `page`, or as much of it as there is; NULL when it is not mapped. */
static const struct kept *page_of(struct tracee *t, uint64_t page)
{
	for (int i = 0; i < KEPT; i++)
		if (kept[i].owner == t && kept[i].page == page)
			return &kept[i];
	struct kept *k = &kept[next_kept++ % KEPT];
	k->owner = NULL;
	ssize_t n = pread(t->mem_fd, k->data, PAGE, (off_t)page);
	if (n <= 0)
		return NULL;
	k->owner = t;
	k->page = page;
	k->len = (size_t)n;
	return k;
}

ssize_t peek_read(void *ctx, uint64_t addr, void *buf, size_t n)
{
	struct tracee *t = ctx;
	size_t done = 0;
	int fd = open_mem(t);

	if (fd < 0)
		return fd;
	if (n > LARGE) {
		ssize_t got = pread(fd, buf, n, (off_t)addr);

		return got < 0 ? -errno : got;
	}
	while (done < n) {
		uint64_t at = addr + done;
		const struct kept *k = page_of(t, at & ~(uint64_t)(PAGE - 1));
		size_t offset = (size_t)(at & (PAGE - 1));

		if (!k || offset >= k->len)
			break;
		size_t piece = k->len - offset < n - done ? k->len - offset : n - done;
		memcpy((char *)buf + done, k->data + offset, piece);
		done += piece;
		if (k->len < PAGE)
			break;
	}
	return done > 0 ? (ssize_t)done : -EFAULT;
}

ssize_t tracee_write(struct tracee *t, uint64_t addr, const void *buf, size_t n)
{
	int fd = open_mem(t);

	if (fd < 0)
		return fd;
	peek_forget(t);
	ssize_t done = pwrite(fd, buf, n, (off_t)addr);
	return done < 0 ? -errno : done;
}

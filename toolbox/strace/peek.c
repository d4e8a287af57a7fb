/* SPDX-License-Identifier: GPL-2.0-only
 * Reading a tracee's memory: see peek.h.
 */
#include "peek.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
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
static bool any_kept;

/* Open files, by thread: with ten thousand threads there are not enough descriptors for all. */
static struct open_mem {
	pid_t tid; /* 0: none */
	int fd;
} open_files[256];

static struct open_mem *slot_of(pid_t tid)
{
	return &open_files[(unsigned)tid % countof(open_files)];
}

void peek_forget(struct tracee *t)
{
	/* Mostly the thread that stops is the one whose pages are kept, or none is. */
	for (int i = 0; any_kept && i < KEPT; i++)
		if (kept[i].owner == t)
			kept[i].owner = NULL;
}

void peek_close(struct tracee *t)
{
	struct open_mem *o = slot_of(t->tid);

	peek_forget(t);
	if (o->tid == t->tid) {
		if (o->fd >= 0)
			close(o->fd);
		o->tid = 0;
	}
}

static int open_mem(struct tracee *t)
{
	struct open_mem *o = slot_of(t->tid);
	char path[40];

	if (o->tid != t->tid) {
		if (o->tid && o->fd >= 0)
			close(o->fd);
		snprintf(path, sizeof(path), "proc/%d/mem", (int)t->tid);
		o->fd = proc_open(path, O_RDONLY);
		o->tid = t->tid;
	}
	return o->fd;
}

/* Bytes, or 0 and less. Without /proc, or with a program that may not be read there, the other ways. */
static ssize_t fetch(struct tracee *t, uint64_t addr, void *buf, size_t n)
{
	int fd = open_mem(t);

	if (fd >= 0)
		return pread(fd, buf, n, (off_t)addr);
	struct iovec local = { buf, n };
	struct iovec remote = { (void *)(uintptr_t)addr, n };
	ssize_t got = process_vm_readv(t->tid, &local, 1, &remote, 1, 0);
	if (got >= 0 || errno == EFAULT)
		return got;
	return tracee_peek(t, addr, buf, n);
}

/* The page at `page`, or as much of it as there is; NULL when it is not mapped. */
static const struct kept *page_of(struct tracee *t, uint64_t page)
{
	for (int i = 0; i < KEPT; i++)
		if (kept[i].owner == t && kept[i].page == page)
			return &kept[i];
	struct kept *k = &kept[next_kept++ % KEPT];
	k->owner = NULL;
	ssize_t n = fetch(t, page, k->data, PAGE);
	if (n <= 0)
		return NULL;
	k->owner = t;
	k->page = page;
	k->len = (size_t)n;
	any_kept = true;
	return k;
}

ssize_t peek_read(void *ctx, uint64_t addr, void *buf, size_t n)
{
	struct tracee *t = ctx;
	size_t done = 0;

	if (n > LARGE) {
		ssize_t got = fetch(t, addr, buf, n);

		return got > 0 ? got : -EFAULT;
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

int peek_write(struct tracee *t, uint64_t addr, const void *buf, size_t n)
{
	char path[40];

	if (t->call.abi == ABI_I386)
		addr &= UINT32_MAX;
	snprintf(path, sizeof(path), "proc/%d/mem", (int)t->tid);
	fd_auto fd = proc_open(path, O_WRONLY);
	if (fd < 0)
		return fd;
	peek_forget(t);
	/* The kernel says EIO of what is not mapped. */
	ssize_t done = pwrite(fd, buf, n, (off_t)addr);
	if (done < 0 && errno != EIO)
		return -errno;
	return done == (ssize_t)n ? 0 : -EFAULT;
}

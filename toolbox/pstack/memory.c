/* SPDX-License-Identifier: GPL-2.0-only
 * Memory of the process by /proc/TID/mem: it needs no more rights than ptrace, and works where seccomp refuses
 * process_vm_readv(2). The last pages are kept, as a stack is read word by word.
 */
#include "pstack.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096, KEPT = 16 };

static struct page {
	uint64_t addr; /* 1: none */
	uint8_t data[PAGE];
} pages[KEPT];
static unsigned next;

static const uint8_t *page_at(const struct target *t, uint64_t addr)
{
	for (unsigned i = 0; i < KEPT; i++)
		if (pages[i].addr == addr)
			return pages[i].data;
	if (t->held && sym_waits(t->sym, addr))
		return NULL;
	struct page *p = &pages[next++ % KEPT];
	p->addr = 1;
	if (addr > INT64_MAX || pread(t->mem_fd, p->data, PAGE, (off_t)addr) != PAGE)
		return NULL;
	p->addr = addr;
	return p->data;
}

static bool read_memory(void *ctx, uint64_t addr, void *buf, size_t n)
{
	const struct target *t = ctx;
	uint8_t *to = buf;

	/* A copy of a stack; it ends with its mapping. */
	if (n > PAGE)
		return !(t->held && sym_waits(t->sym, addr)) && addr <= INT64_MAX && pread(t->mem_fd, buf, n, (off_t)addr) == (ssize_t)n;
	while (n > 0) {
		uint64_t in = addr % PAGE;
		size_t piece = PAGE - in < n ? (size_t)(PAGE - in) : n;
		const uint8_t *p = page_at(t, addr - in);

		if (!p)
			return false;
		memcpy(to, p + in, piece);
		to += piece;
		addr += piece;
		n -= piece;
	}
	return true;
}

void memory_forget(struct target *t)
{
	(void)t;
	for (unsigned i = 0; i < KEPT; i++)
		pages[i].addr = 1;
}

int memory_open(struct target *t, pid_t tid)
{
	char path[64];

	memory_forget(t);
	t->mem = (struct unwind_memory){ read_memory, t };
	snprintf(path, sizeof(path), "proc/%d/mem", (int)tid);
	t->mem_fd = proc_open(path, O_RDONLY);
	return t->mem_fd < 0 ? t->mem_fd : 0;
}

void memory_close(struct target *t)
{
	if (t->mem_fd >= 0)
		close(t->mem_fd);
	t->mem_fd = -1;
}

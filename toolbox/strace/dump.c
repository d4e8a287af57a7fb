/* SPDX-License-Identifier: GPL-2.0-only
 * -e read and -e write: the data of a call in hex, 16 bytes a line.
 */
#include "report.h"
#include "kinds.h"
#include "../lib/base.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum how { DATA, VECTOR, MESSAGE };

static const struct dumped {
	const char *name;
	bool writes;
	enum how how;
} calls[] = {
	{ "read", false, DATA }, { "pread64", false, DATA }, { "recv", false, DATA }, { "recvfrom", false, DATA },
	{ "mq_timedreceive", false, DATA }, { "readv", false, VECTOR }, { "preadv", false, VECTOR },
	{ "preadv2", false, VECTOR }, { "recvmsg", false, MESSAGE },
	{ "write", true, DATA }, { "pwrite64", true, DATA }, { "send", true, DATA }, { "sendto", true, DATA },
	{ "mq_timedsend", true, DATA }, { "writev", true, VECTOR }, { "pwritev", true, VECTOR },
	{ "pwritev2", true, VECTOR }, { "vmsplice", true, VECTOR }, { "sendmsg", true, MESSAGE },
};

enum { ROW = 16, VECTOR_MAX = 1024 };

static void put_row(struct out *o, uint64_t offset, const unsigned char *p, size_t n)
{
	out_printf(o, " | %05" PRIx64 " ", offset);
	for (size_t i = 0; i < ROW; i++) {
		out_puts(o, i == ROW / 2 ? "  " : " ");
		if (i < n)
			out_printf(o, "%02x", p[i]);
		else
			out_puts(o, "  ");
	}
	out_puts(o, "  ");
	for (size_t i = 0; i < ROW; i++)
		out_putc(o, i >= n ? ' ' : p[i] >= ' ' && p[i] < 0x7f ? (char)p[i] : '.');
	out_puts(o, " |");
}

/* As much as can be read; a piece at a time, for the length is the tracee's. */
static void put_bytes(struct thread *th, uint64_t addr, uint64_t n)
{
	const struct memory *mem = th->t->call.mem;
	unsigned char buf[ROW * 256];

	for (uint64_t done = 0; done < n;) {
		size_t piece = n - done < sizeof(buf) ? (size_t)(n - done) : sizeof(buf);
		ssize_t got = mem->read(mem->ctx, addr + done, buf, piece);

		for (ssize_t at = 0; at < got; at += ROW) {
			put_row(line_begin(th), done + (uint64_t)at, buf + at, got - at < ROW ? (size_t)(got - at) : ROW);
			line_end(th);
		}
		if (got < (ssize_t)piece)
			return;
		done += piece;
	}
}

static void put_vector(struct thread *th, uint64_t addr, uint64_t count, uint64_t left)
{
	struct call *c = &th->t->call;
	size_t word = word_size(c);

	for (uint64_t i = 0; i < count && i < VECTOR_MAX && left > 0; i++) {
		uint64_t base, len;

		if (!read_word(c, addr + i * 2 * word, &base) || !read_word(c, addr + (i * 2 + 1) * word, &len))
			return;
		if (len > left)
			len = left;
		left -= len;
		if (len == 0)
			continue;
		out_printf(line_begin(th), " * %" PRIu64 " bytes in buffer %" PRIu64, len, i);
		line_end(th);
		put_bytes(th, base, len);
	}
}

/* struct msghdr: name, namelen (padded), iov, iovlen */
static void put_message(struct thread *th, uint64_t addr, uint64_t n)
{
	struct call *c = &th->t->call;
	size_t word = word_size(c);
	uint64_t iov, count;

	if (read_word(c, addr + 2 * word, &iov) && read_word(c, addr + 3 * word, &count))
		put_vector(th, iov, count, n);
}

void dump_call(struct thread *th, const struct options *o)
{
	struct call *c = &th->t->call;
	const struct dumped *d = NULL;

	if (c->error || c->ret <= 0)
		return;
	for (size_t i = 0; i < countof(calls) && !d; i++)
		if (!strcmp(c->row->name, calls[i].name))
			d = &calls[i];
	if (!d || !filter_has_fd(d->writes ? &o->write_fds : &o->read_fds, (int)c->args[0]))
		return;
	if (d->how == DATA)
		put_bytes(th, c->args[1], (uint64_t)c->ret);
	else if (d->how == VECTOR)
		put_vector(th, c->args[1], c->args[2], (uint64_t)c->ret);
	else
		put_message(th, c->args[1], (uint64_t)c->ret);
}

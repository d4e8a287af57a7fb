/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/strace decodes whatever a tracee may have in its registers and memory: any call of any
 * ABI, any result, any option. No crash, no byte that a terminal would obey, and an end in time
 * (libFuzzer's -timeout).
 *
 * Input: struct head, then the tracee's memory. All addresses lead to these bytes, so that pointers
 * found in them lead on; every eighth page is a hole.
 */
#include "toolbox/lib/base.h"
#include "toolbox/strace/tables.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PAGE = 4096 };
static const uint8_t *memory;
static size_t memory_size;

static ssize_t read_memory(void *ctx, uint64_t addr, void *buf, size_t n)
{
	uint8_t *to = buf;
	size_t done = 0;

	(void)ctx;
	while (done < n && (addr / PAGE) % 8 != 7 && addr <= INT64_MAX && memory_size) {
		size_t at = addr % memory_size, piece = memory_size - at;

		if (piece > PAGE - addr % PAGE)
			piece = PAGE - addr % PAGE;
		if (piece > n - done)
			piece = n - done;
		memcpy(to + done, memory + at, piece);
		done += piece;
		addr += piece;
	}
	return done ? (ssize_t)done : -1;
}

static bool look_up(void *ctx, pid_t tid, int fd, struct out *o)
{
	(void)ctx, (void)tid;
	out_puts(o, fd & 1 ? "<socket:[1]>" : "</dev/null>");
	return fd & 3;
}

static bool look_up_comm(void *ctx, pid_t pid, struct out *o)
{
	(void)ctx;
	out_puts(o, "name");
	return pid & 1;
}

static int look_up_netlink(void *ctx, pid_t tid, int fd)
{
	(void)ctx, (void)tid;
	return fd % 24 - 1;
}

static bool look_up_dns(void *ctx, pid_t tid, int fd)
{
	(void)ctx, (void)tid;
	return fd & 1;
}

struct head {
	uint8_t abi, options, limit, small;
	uint16_t nr;
	uint8_t kept[2];
	uint64_t args[6];
	int64_t ret;
};

/* Numbers that mean something are small: half of the arguments are made so. */
static void shape(struct call *c, const struct head *h)
{
	for (size_t i = 0; i < countof(c->args); i++) {
		c->args[i] = h->args[i];
		if (h->small >> i & 1)
			c->args[i] &= 0xfff;
	}
	c->nr = h->small & 0x40 ? h->nr : h->nr % 512;
	c->ret = h->small & 0x80 ? h->ret : h->ret % 5000;
	c->error = c->ret < 0 && c->ret > -4096;
}

/* With -v a tracee can make a line of any length out of arrays in arrays; then it is cut, and has
 * no end to look at. */
static void check(const struct out *o)
{
	const size_t cut = 64 << 20;

	if (o->len >= cut || (o->failed && o->len < cut - 2 * PAGE * PAGE))
		abort();
	for (size_t i = 0; i < o->len; i++) {
		if (o->data[i] < 0x20 || o->data[i] > 0x7e)
			abort();
	}
	if (o->data[o->len])
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct out out;
	const struct memory mem = { read_memory, NULL };
	const struct lookup lookup = {
		.fd = look_up, .comm = look_up_comm, .netlink = look_up_netlink, .dns = look_up_dns
	};
	struct decode_options opt = { 0 };
	struct call c = { .out = &out, .mem = &mem, .opt = &opt, .tid = 1, .tgid = 1 };
	struct head h;
	size_t at_entry;

	if (size < sizeof(h))
		return 0;
	memcpy(&h, data, sizeof(h));
	memory = data + sizeof(h);
	memory_size = size - sizeof(h);
	opt.string_limit = h.limit;
	opt.abbrev = h.options & 1;
	opt.hex = (enum out_hex)(h.options >> 1 & 3);
	opt.constants = h.options >> 3 & 1   ? CONST_VERBOSE
			: h.options >> 4 & 1 ? CONST_RAW
					     : CONST_ABBREV;
	opt.dns = h.options >> 5 & 1;
	if (h.options >> 6 & 1)
		c.lookup = &lookup;
	c.abi = (enum abi)(h.abi % ABI_COUNT);
	shape(&c, &h);
	c.row = decode_row(c.abi, c.nr);
	decode_unwrap(&c);
	out_reset(&out);
	decode_entry(&c);
	check(&out);
	at_entry = out.len;
	decode_exit(&c);
	out_putc(&out, ' ');
	decode_result(&c);
	check(&out);
	if (out.len <= at_entry && !out.failed)
		abort();
	return 0;
}

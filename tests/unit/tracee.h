/* SPDX-License-Identifier: GPL-2.0-only
 * A tracee that is not there: pieces of memory at addresses that the test chooses, and the text of
 * one call made of it.
 */
#pragma once

#include "toolbox/lib/base.h"
#include "toolbox/strace/decode.h"

#include <string.h>

struct piece {
	uint64_t addr;
	const void *data;
	size_t n;
};

static struct piece pieces[32];
static size_t n_pieces;
static struct out line;
static struct decode_options options = { .string_limit = 32, .abbrev = true };
static struct lookup lookup;

static ssize_t read_piece(void *ctx, uint64_t addr, void *buf, size_t n)
{
	(void)ctx;
	for (size_t i = 0; i < n_pieces; i++) {
		const struct piece *p = &pieces[i];
		size_t left;

		if (addr < p->addr || addr - p->addr >= p->n)
			continue;
		left = p->n - (size_t)(addr - p->addr);
		if (n > left)
			n = left;
		memcpy(buf, (const char *)p->data + (addr - p->addr), n);
		return (ssize_t)n;
	}
	return -1;
}

static inline void forget(void)
{
	n_pieces = 0;
}

/* What follows the piece is not mapped. */
static inline uint64_t put(uint64_t addr, const void *data, size_t n)
{
	assert_true(n_pieces < countof(pieces));
	pieces[n_pieces++] = (struct piece){ addr, data, n };
	return addr;
}

/* The line for a call with this result (-errno for an error), "..." between what is known at the
 * entry and at the exit. */
static inline const char *shown_in_two(enum abi abi, uint64_t nr, const uint64_t args[6],
				       int64_t ret, bool both)
{
	static const struct memory mem = { read_piece, NULL };
	struct call c = { .abi = abi, .nr = nr, .tid = 7, .tgid = 7 };

	memcpy(c.args, args, sizeof(c.args));
	c.row = decode_row(abi, nr);
	c.out = &line;
	c.mem = &mem;
	c.lookup = &lookup;
	c.opt = &options;
	decode_unwrap(&c);
	out_reset(&line);
	decode_entry(&c);
	if (both)
		out_puts(&line, "...");
	c.ret = ret;
	c.error = ret < 0 && ret > -4096;
	decode_exit(&c);
	out_putc(&line, ' ');
	decode_result(&c);
	assert_false(line.failed);
	return line.data;
}
#define SHOWN(abi, nr, ret, ...) \
	shown_in_two(abi, nr, (const uint64_t[6]){ __VA_ARGS__ }, ret, false)
#define IN_TWO(abi, nr, ret, ...) \
	shown_in_two(abi, nr, (const uint64_t[6]){ __VA_ARGS__ }, ret, true)

/* SPDX-License-Identifier: GPL-2.0-only
 * For tests of argument kinds: a tracee of one page of memory, whose calls are decoded by name. The wanted lines are
 * what strace 6.1 prints for the same bytes.
 */
#pragma once

#include "unit.h"

#include "toolbox/strace/tables.h"

/* A call says what matters about it; the rest is 0. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include <string.h>

enum { MEMORY_AT = 0x10000, MEMORY_SIZE = 4096 };

static unsigned char memory_bytes[MEMORY_SIZE];
static struct out line_text;

static ssize_t memory_read(void *ctx, uint64_t addr, void *buf, size_t n)
{
	(void)ctx;
	if (addr < MEMORY_AT || addr >= MEMORY_AT + MEMORY_SIZE)
		return -1;
	if (n > MEMORY_AT + MEMORY_SIZE - addr)
		n = MEMORY_AT + MEMORY_SIZE - addr;
	memcpy(buf, memory_bytes + (addr - MEMORY_AT), n);
	return (ssize_t)n;
}

/* Puts n bytes at the offset of the page and returns their address. */
static uint64_t put(size_t at, const void *bytes, size_t n)
{
	assert_true(at + n <= MEMORY_SIZE);
	memcpy(memory_bytes + at, bytes, n);
	return MEMORY_AT + at;
}

static const struct call_row *row_named(enum abi abi, const char *name)
{
	size_t n;
	const struct call_row *const *rows = decode_rows(abi, &n);

	for (size_t i = 0; i < n; i++)
		if (rows[i] && !strcmp(rows[i]->name, name))
			return rows[i];
	fail_msg("no call %s", name);
	return NULL;
}

struct shown {
	enum abi abi;
	const char *name;
	uint64_t args[6];
	int64_t ret;
	bool whole; /* -v */
	uint64_t sp;
	const struct lookup *lookup;
	bool dns;
};

/* The text of the call up to and with its result. */
static const char *show(const struct shown *s)
{
	struct decode_options opt = { .string_limit = 32, .abbrev = !s->whole, .dns = s->dns };
	struct memory mem = { memory_read, NULL };
	struct call c = { .abi = s->abi, .tid = 1, .tgid = 1, .out = &line_text, .mem = &mem, .opt = &opt };

	c.row = row_named(s->abi, s->name);
	c.sp = s->sp;
	c.lookup = s->lookup;
	memcpy(c.args, s->args, sizeof(c.args));
	out_reset(&line_text);
	decode_entry(&c);
	c.ret = s->ret;
	c.error = s->ret < 0 && s->ret > -4096;
	decode_exit(&c);
	out_putc(&line_text, ' ');
	decode_result(&c);
	assert_false(line_text.failed);
	return line_text.data;
}
#define SHOWS(want, ...) assert_string_equal(show(&(struct shown){ __VA_ARGS__ }), want)

static int forget(void **state)
{
	(void)state;
	memset(memory_bytes, 0, sizeof(memory_bytes));
	return 0;
}

static int free_line(void **state)
{
	(void)state;
	out_free(&line_text);
	return 0;
}

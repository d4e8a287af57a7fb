/* SPDX-License-Identifier: GPL-2.0-only
 * Arguments as the kernel sees them, and the tracee's memory: all lengths and pointers are the
 * tracee's, so nothing here reads more than its caller has room for.
 */
#include "kinds.h"

#include "toolbox/lib/base.h"

#include <string.h>

enum { PAGE = 4096 };

size_t word_size(const struct call *c)
{
	return c->abi == ABI_I386 ? 4 : 8;
}

int arg_int(const struct call *c, unsigned arg)
{
	return (int)(uint32_t)c->args[arg];
}

int64_t arg_long(const struct call *c, unsigned arg)
{
	return word_size(c) == 4 ? (int32_t)(uint32_t)c->args[arg] : (int64_t)c->args[arg];
}

uint64_t arg_ulong(const struct call *c, unsigned arg)
{
	return word_size(c) == 4 ? (uint32_t)c->args[arg] : c->args[arg];
}

/* Of an int the upper half of the register is anything. */
static bool is_32_bits(uint16_t kind)
{
	return kind == KIND_INT || kind == KIND_UINT || kind == KIND_HEX32;
}

uint64_t arg_length(const struct call *c, uint16_t param)
{
	unsigned arg = (param & 0xff) % countof(c->args);
	uint64_t n =
		is_32_bits(c->row->args[arg].kind) ? (uint32_t)c->args[arg] : arg_ulong(c, arg);

	if (!(param & PARAM_RESULT))
		return n;
	if (c->error || c->ret < 0)
		return 0;
	return (uint64_t)c->ret < n ? (uint64_t)c->ret : n;
}

bool call_abbrev(const struct call *c)
{
	if (c->opt->abbrev_rows)
		return c->opt->abbrev_rows[c->row->index];
	return c->opt->abbrev;
}

bool call_verbose(const struct call *c)
{
	return !c->opt->verbose_rows || c->opt->verbose_rows[c->row->index];
}

bool mem_read(const struct call *c, uint64_t addr, void *buf, size_t n)
{
	if (word_size(c) == 4)
		addr &= UINT32_MAX;
	return n == 0 || (addr && c->mem->read(c->mem->ctx, addr, buf, n) == (ssize_t)n);
}

ssize_t mem_string(const struct call *c, uint64_t addr, char *buf, size_t size, bool *cut)
{
	size_t len = 0;

	*cut = false;
	if (word_size(c) == 4)
		addr &= UINT32_MAX;
	if (!addr || !size)
		return -1;
	/* Most strings are short: to the end of the page is read at once, but not further than
	 * needed. */
	while (len < size - 1) {
		uint64_t at = addr + len;
		size_t want = PAGE - at % PAGE;
		ssize_t got;
		char *nul;

		if (want > size - 1 - len)
			want = size - 1 - len;
		got = c->mem->read(c->mem->ctx, at, buf + len, want);
		if (got <= 0)
			return -1;
		nul = memchr(buf + len, '\0', (size_t)got);
		if (nul)
			return nul - buf;
		len += (size_t)got;
		if ((size_t)got < want)
			return -1;
	}
	buf[len] = '\0';
	*cut = true;
	return (ssize_t)len;
}

bool read_word(const struct call *c, uint64_t addr, uint64_t *value)
{
	uint32_t half;

	if (word_size(c) == 8)
		return mem_read(c, addr, value, 8);
	if (!mem_read(c, addr, &half, 4))
		return false;
	*value = half;
	return true;
}

bool read_or_addr(struct call *c, uint64_t addr, void *buf, size_t n)
{
	if (addr && call_verbose(c) && !(c->exiting && c->error) && mem_read(c, addr, buf, n))
		return true;
	print_addr(c, addr);
	return false;
}

bool filled_in(struct call *c, unsigned arg, bool *done)
{
	*done = c->exiting;
	if (c->exiting && c->error)
		print_addr(c, arg_ulong(c, arg));
	return c->exiting && !c->error;
}

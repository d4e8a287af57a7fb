/* SPDX-License-Identifier: GPL-2.0-only
 * Memory: mmap's flags and its old form, mremap, NUMA policies and node masks, pages in core, memfd.
 */
#include "parts.h"

#include <inttypes.h>
#include <stdio.h>

enum { HUGE_SHIFT = 26, HUGE_MASK = 63 };

/* Flags, and the logarithm of a huge page's size in the upper bits: 21<<MAP_HUGE_SHIFT. */
static void print_huge(struct call *c, unsigned flags, uint16_t table, const char *shift, bool typed)
{
	enum { MAP_TYPE_BITS = 0xf };
	unsigned log = flags >> HUGE_SHIFT & HUGE_MASK;
	unsigned plain = flags & ~((unsigned)HUGE_MASK << HUGE_SHIFT);
	unsigned type = plain & MAP_TYPE_BITS;
	struct names names;

	if (!typed && !log && (!flags || c->opt->constants != CONST_VERBOSE)) {
		print_flags(c, flags, table);
		return;
	}
	if (!names_begin(c, &names, flags))
		return;
	if (typed) {
		print_enum(c, type, FLAGS_MMAP_TYPE);
		plain &= ~(unsigned)MAP_TYPE_BITS;
		if (plain) {
			out_putc(c->out, '|');
			print_flags(c, plain, table);
		}
	} else if (plain || !log) {
		print_flags(c, plain, table);
	}
	if (log)
		out_printf(c->out, "%s%u<<%s", typed || plain ? "|" : "", log, shift);
	names_end(c, &names);
}

bool kind_mmap_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_huge(c, (unsigned)arg_int(c, arg), FLAGS_MMAP, "MAP_HUGE_SHIFT", true);
	return true;
}

bool kind_memfd_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_huge(c, (unsigned)arg_int(c, arg), FLAGS_MEMFD, "MFD_HUGE_SHIFT", false);
	return true;
}

/* mmap2 counts in pages. */
bool kind_mmap_pgoff(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_printf(c->out, "%#" PRIx64, arg_ulong(c, arg) << 12);
	return true;
}

/* The first mmap of i386: six words in memory. */
bool kind_old_mmap(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t v[6];

	(void)param;
	if (!read_in(c, arg_ulong(c, arg), v, sizeof(v)))
		return true;
	print_addr(c, v[0]);
	out_printf(c->out, ", %u, ", v[1]);
	print_flags(c, v[2], FLAGS_MMAP_PROT);
	out_puts(c->out, ", ");
	print_huge(c, v[3], FLAGS_MMAP, "MAP_HUGE_SHIFT", true);
	out_puts(c->out, ", ");
	print_fd(c, (int)v[4], false);
	out_printf(c->out, ", %#x", v[5]);
	return true;
}

/* Where to, if the caller says so (MREMAP_FIXED, MREMAP_DONTUNMAP). */
bool kind_mremap_addr(struct call *c, unsigned arg, uint16_t param)
{
	enum { MAYMOVE_FIXED = 1 | 2 };

	(void)param;
	if ((arg_ulong(c, 3) & MAYMOVE_FIXED) == MAYMOVE_FIXED)
		print_addr(c, arg_ulong(c, arg));
	return true;
}

/* --- NUMA --- */

static void print_policy(struct call *c, unsigned v)
{
	enum { MODE_FLAGS = 0xe000 };
	unsigned flags = v & MODE_FLAGS, mode = v & ~(unsigned)MODE_FLAGS;
	const char *name = flags_name(c, mode, FLAGS_MPOL_MODE);
	struct names names;

	if (!flags) {
		print_enum(c, mode, FLAGS_MPOL_MODE);
		return;
	}
	if (!name) {
		print_flags(c, v, FLAGS_MPOL_FLAGS);
		return;
	}
	if (!names_begin(c, &names, v))
		return;
	out_puts(c->out, name);
	out_putc(c->out, '|');
	print_flags(c, flags, FLAGS_MPOL_FLAGS);
	names_end(c, &names);
}

bool kind_mpol_mode(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_policy(c, (unsigned)arg_int(c, arg));
	return true;
}

bool kind_ompol_mode(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t v;

	(void)param;
	if (!c->exiting)
		return false;
	if (!read_or_addr(c, arg_ulong(c, arg), &v, sizeof(v)))
		return true;
	out_putc(c->out, '[');
	print_enum(c, v, FLAGS_MPOL_MODE);
	out_putc(c->out, ']');
	return true;
}

static bool print_mask_word(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_printf(c->out, "%#0*" PRIx64, (int)word_size(c) * 2, (uint64_t)field_load(c, T_ULONG, element));
	return true;
}

/* The kernel takes one bit less than it is told. */
static void print_nodes(struct call *c, uint64_t addr, uint64_t max)
{
	uint64_t word = word_size(c) * 8, bits = max ? max - 1 : 0;

	if ((max && !bits) || !addr) {
		print_addr(c, addr);
		return;
	}
	print_array(c, addr, bits / word + (bits % word != 0), word_size(c), true, print_mask_word, NULL);
}

bool kind_nodemask(struct call *c, unsigned arg, uint16_t param)
{
	print_nodes(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

bool kind_onodemask(struct call *c, unsigned arg, uint16_t param)
{
	if (!c->exiting)
		return false;
	if (c->error && arg_length(c, param))
		print_addr(c, arg_ulong(c, arg));
	else
		print_nodes(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

static bool print_page(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_addr(c, (uint64_t)field_load(c, T_PTR, element));
	return true;
}

bool kind_move_pages_addr(struct call *c, unsigned arg, uint16_t param)
{
	print_array(c, arg_ulong(c, arg), arg_length(c, param), word_size(c), true, print_page, NULL);
	return true;
}

static bool print_node(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_dec(c->out, field_load(c, T_S32, element));
	return true;
}

/* A node, or why the page did not move. */
static bool print_status(struct call *c, const void *element, void *ctx)
{
	int v = (int)field_load(c, T_S32, element);
	const char *name = v < 0 && v > -4096 ? decode_errno_name(-v) : NULL;
	char negative[32];

	(void)ctx;
	if (name) {
		snprintf(negative, sizeof(negative), "-%s", name);
		print_named_dec(c, negative, v);
	} else {
		out_dec(c->out, v);
	}
	return true;
}

bool kind_move_pages_nodes(struct call *c, unsigned arg, uint16_t param)
{
	print_array(c, arg_ulong(c, arg), arg_length(c, param), 4, true, print_node, NULL);
	return true;
}

bool kind_move_pages_status(struct call *c, unsigned arg, uint16_t param)
{
	if (!c->exiting)
		return false;
	if (c->error && arg_length(c, param))
		print_addr(c, arg_ulong(c, arg));
	else
		print_array(c, arg_ulong(c, arg), arg_length(c, param), 4, true, print_status, NULL);
	return true;
}

static bool print_core(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_putc(c->out, *(const unsigned char *)element & 1 ? '1' : '0');
	return true;
}

/* One byte a page. */
bool kind_mincore(struct call *c, unsigned arg, uint16_t param)
{
	enum { PAGE = 4096 };
	uint64_t length = arg_length(c, param);

	if (!c->exiting)
		return false;
	if (c->error && length)
		print_addr(c, arg_ulong(c, arg));
	else
		print_array(c, arg_ulong(c, arg), length / PAGE + (length % PAGE != 0), 1, true, print_core,
			    NULL);
	return true;
}

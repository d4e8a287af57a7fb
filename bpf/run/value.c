/* SPDX-License-Identifier: GPL-2.0-only
 * Values in the columns that dtrace gives them: a blank, then 3, 5, 8 or 16 columns for integers of 1, 2, 4 and 8
 * bytes; two blanks and 33 columns for a traced string, 50 for one in the key of an aggregation. Integers follow the
 * signedness of their type. (The DTrace of Solaris printed small ones without sign and large ones with it.)
 */
#include "out.h"

#include <inttypes.h>
#include <string.h>

enum { TRACE_COLUMNS = 33, KEY_COLUMNS = 50 };

static int columns(uint32_t size)
{
	return size == 1 ? 3 : size == 2 ? 5 : size == 4 ? 8 : 16;
}

static void integer(const struct out *o, const struct rec_value *v, bool quiet)
{
	int width = quiet ? 0 : columns(v->type.size);

	if (!quiet)
		putc(' ', o->fp);
	if (v->type.is_signed)
		fprintf(o->fp, "%*" PRId64, width, v->i);
	else
		fprintf(o->fp, "%*" PRIu64, width, (uint64_t)v->i);
}

void out_address(const struct out *o, uint64_t address, int width)
{
	char text[24];

	snprintf(text, sizeof text, "0x%" PRIx64, address);
	fprintf(o->fp, "%*s", width, text);
}

static void string(const struct out *o, const unsigned char *s, size_t n, int width, bool quiet)
{
	if (!quiet)
		fputs("  ", o->fp);
	out_string(o, s, n, quiet ? 0 : -width, -1);
}

/* Bytes look like text when text stands before a NUL and nothing but NULs behind it. A string is such bytes by its
 * type. */
static void bytes(const struct out *o, const struct rec_value *v, int width, bool quiet)
{
	const unsigned char *nul = memchr(v->p, '\0', v->len);
	size_t text = nul ? (size_t)(nul - v->p) : v->len;
	bool tail = false;

	for (size_t i = text; i < v->len; i++)
		tail |= v->p[i] != 0;
	/* Bytes are a string when they look like one to their end. */
	if (!o->options->value[OPT_RAWBYTES] && out_is_text(v->p, text) &&
	    (v->type.kind == IR_STRING || (text > 0 && !tail)))
		string(o, v->p, text, width, quiet);
	else
		out_hexdump(o, v->p, v->len);
}

static bool value(const struct out *o, const struct rec_value *v, int width, bool quiet)
{
	switch (v->type.kind) {
	case IR_INT:
		integer(o, v, quiet);
		return true;
	case IR_STRING:
	case IR_BYTES:
		bytes(o, v, width, quiet);
		return true;
	case IR_STACK:
		out_stack(o, v, (int)o->options->value[OPT_STACKINDENT]);
		return true;
	case IR_SYM:
		fputs("  ", o->fp);
		out_symbol(o, v, -KEY_COLUMNS);
		return true;
	}
	return false;
}

bool out_trace(const struct out *o, const struct rec_value *v, bool quiet)
{
	return value(o, v, TRACE_COLUMNS, quiet);
}

bool out_key(const struct out *o, const struct rec_value *v)
{
	return value(o, v, KEY_COLUMNS, false);
}

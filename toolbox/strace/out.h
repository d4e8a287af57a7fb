/* SPDX-License-Identifier: GPL-2.0-only
 * Text of one line, as it grows. Everything of the tracee's that ends up in it is quoted by the
 * functions below or is a number: nothing raw.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out {
	char *data; /* NUL-terminated once something was put */
	size_t len, cap;
	bool failed; /* memory was out, or the line is longer than 64 MiB: the text is cut */
};

void out_reset(struct out *o);
void out_free(struct out *o);
void out_mem(struct out *o, const char *s, size_t n); /* own text only */
void out_puts(struct out *o, const char *s);	      /* own text only */
void out_putc(struct out *o, char c);

/* Takes back what was put behind the first `len` bytes. */
void out_cut(struct out *o, size_t len);

/* 12, -12; 0x1f, 0: numbers are most of what is put, and printf(3) is slow. */
void out_dec(struct out *o, int64_t value);
void out_udec(struct out *o, uint64_t value);
void out_hexnum(struct out *o, uint64_t value);

/* printf(3) for numbers and own text; a stranger's string never goes to a %s here. */
void out_printf(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* How strings look (strace(1) -x, -xx). */
enum out_hex {
	OUT_HEX_NONE,	  /* \n \t \33, shortest octal */
	OUT_HEX_NONASCII, /* -x: all of a string in hex if one byte of it is not printable */
	OUT_HEX_ALL,	  /* -xx */
	OUT_HEX_CHARS,	  /* --strings-in-hex=non-ascii-chars: just such bytes */
};

/* The bytes between double quotes, escaped as strace does: \" \\ \n \t \r \v \f, others octal with as few digits as
 * the next byte allows. A terminating NUL that is part of n is not shown when `cstring`. No "..." is added. */
void out_quoted(struct out *o, const void *bytes, size_t n, enum out_hex hex, bool cstring);

/* The same escapes without the quotes, with `also` escaped too: for <...> of -y. */
void out_escaped(struct out *o, const void *bytes, size_t n, enum out_hex hex, const char *also);

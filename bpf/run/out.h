/* SPDX-License-Identifier: GPL-2.0-only
 * How single values look: the parts that printing of records (print.h) and of aggregations (aggprint.h) share. Formats
 * are those of dtrace: widths of columns, hex dumps, stacks, histograms. A string that a traced program wrote is
 * printed safely (toolbox/lib/text.h), or as it is under -xrawbytes. All write to out->fp; errors of the stream are the
 * caller's to look for. Where false is returned, the bytes were wrong.
 */
#pragma once

#include "agg.h"
#include "options.h"
#include "record.h"
#include "usym.h"

#include <stdio.h>

struct out {
	FILE *fp;
	const struct ir_program *program;
	const struct options *options;
	const struct agg_store *aggs; /* for the numbers of entries; may be NULL where none are printed */
	struct usym *usym;	      /* names of addresses in processes; NULL: addresses stay as they are */
};

/* string.c: the bytes up to n, or to the first NUL, in a column of `width` (negative: to the left; 0: none); precision
 * < 0: all. */
void out_string(const struct out *o, const unsigned char *s, size_t n, int width, int precision);
/* With \n, \t, \ooo for what is not printable ASCII (%S and %C); whole says that NULs count, too. */
void out_escaped(const struct out *o, const unsigned char *s, size_t n, bool whole, int width, int precision);
/* Whether bytes are what dtrace takes for text: printable, white space, bell and backspace, and UTF-8. */
bool out_is_text(const unsigned char *s, size_t n);

/* hexdump.c: dtrace's dump, 16 bytes a line, with its head. Begins with a new line. */
void out_hexdump(const struct out *o, const unsigned char *p, size_t n);

/* value.c: as trace() prints a value, and as it stands in the key column of an aggregation. */
bool out_trace(const struct out *o, const struct rec_value *v, bool quiet);
bool out_key(const struct out *o, const struct rec_value *v);
/* An address: a symbol where it is known, else 0x... */
void out_address(const struct out *o, uint64_t address, int width);

/* stack.c: a line a frame, each behind `indent` blanks. Begins with a new line. */
void out_stack(const struct out *o, const struct rec_value *v, int indent);
/* What usym(), ufunc(), umod() and uaddr() recorded, in a column (negative: to the left). */
void out_symbol(const struct out *o, const struct rec_value *v, int width);

/* printf.c: the format with its values. For printa, entries are those of the row, which %@ conversions take in turn
 * (the last again when there are more conversions); else n is 0. */
bool out_format(const struct out *o, const char *format, size_t len, struct rec_values *values,
		const struct agg_entry *const *entries, uint32_t n);

/* histogram.c: the distribution of an entry of quantize, lquantize or llquantize, with its head. Begins with a new
 * line. */
void out_histogram(const struct out *o, const struct agg_entry *e);

/* ctype.c: print(): the value at p by its type, indented. What is beyond `printsize` is "...".
 * false: there is no such type. */
bool out_ctype(const struct out *o, uint32_t ctype, const unsigned char *p, size_t n);

/* SPDX-License-Identifier: GPL-2.0-only
 * Format strings of printf, printa, system and freopen (the guide's chapter "Output Formatting"), for the check of
 * their arguments and for the output alike. Pure, no memory of its own.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum format_kind {
	FORMAT_END,	/* no more conversions: text is what remains */
	FORMAT_PERCENT, /* %%: takes no value */
	FORMAT_SIGNED,	/* d i */
	FORMAT_UNSIGNED, /* u o x X */
	FORMAT_FLOAT,	/* e E f g G, and Le Lf ... */
	FORMAT_CHAR,	/* c, wc: a character; C: one that is written as an escape if it is not printable */
	FORMAT_STRING,	/* s, ws: a string; S: with escapes */
	FORMAT_POINTER, /* p: hexadecimal, no 0x */
	FORMAT_ADDRESS, /* a A: module`symbol+offset; A without the offset */
	FORMAT_STACK,	/* k */
	FORMAT_TIME,	/* Y: 2026 Nov 21 03:45:00; T: Sat, 21 Nov 2026 03:45:00 +0000; a walltimestamp in ns */
};

enum { /* flags, or-ed */
	FORMAT_ALTERNATE = 1, /* # */
	FORMAT_ZERO = 2,      /* 0 */
	FORMAT_LEFT = 4,      /* - */
	FORMAT_PLUS = 8,      /* + */
	FORMAT_SPACE = 16,
	FORMAT_GROUP = 32, /* ' : thousands, by the locale; C has no separator */
	FORMAT_AGG = 64,   /* @ : the value of an aggregation, in printa */
	FORMAT_SIZE = 128, /* ? : as wide as a pointer, 16 digits */
};

#define FORMAT_WIDTH_MAX 4096 /* of a width or precision; a larger one is an error of the format */

struct format_conv {
	enum format_kind kind;
	const char *text; /* what stands before the conversion, to be printed as it is */
	size_t text_len;
	const char *spec; /* from the % to the letter, for messages */
	size_t spec_len;
	unsigned flags;
	int width;	/* -1: none */
	int precision;	/* -1: none */
	bool dyn_width, dyn_precision; /* * : an integer argument before the value */
	char size[3];	/* "", "hh", "h", "l", "ll", "L", "w" */
	char letter;
};

/* Reads the next conversion of the format at *p (up to end) and moves *p behind it. Returns false with a sentence in
 * why when the format is wrong there: an unknown letter or size, a % at the end, a width or precision that is too
 * large. At the end of the format: true, with FORMAT_END. */
bool format_next(struct format_conv *c, const char **p, const char *end, char *why, size_t size);

/* Bytes that a size and letter make of an integer: %hd 2, %lld 8; 0 where the width is that of the value (%d). */
unsigned format_bytes(const struct format_conv *c);

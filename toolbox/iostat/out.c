/* SPDX-License-Identifier: GPL-2.0-only
 * The report as it grows: see out.h.
 */
#include "out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes, or NULL. */
static char *room(struct out *o, size_t n)
{
	if (o->cap - o->len < n) {
		size_t cap = (o->len + n) * 2 > 4096 ? (o->len + n) * 2 : 4096;
		char *grown = realloc(o->data, cap);

		if (!grown) {
			o->no_memory = true;
			return NULL;
		}
		o->data = grown;
		o->cap = cap;
	}
	return o->data + o->len;
}

void out_bytes(struct out *o, const char *s, size_t n)
{
	char *to = n > 0 ? room(o, n) : NULL;

	if (to) {
		memcpy(to, s, n);
		o->len += n;
	}
}

void out_text(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
}

void out_spaces(struct out *o, size_t n)
{
	char *to = n > 0 ? room(o, n) : NULL;

	if (to) {
		memset(to, ' ', n);
		o->len += n;
	}
}

/* n / 10 without a division, which -Os would make of it; exact for all 32-bit n. */
static uint32_t tenth(uint32_t n)
{
	return (uint32_t)((uint64_t)n * 0xcccccccdu >> 35);
}

/* Writes the digits of n before end, a point in front of the last `decimals`, at least one digit in front of
 * it; returns where they begin. */
static char *digits(char *end, uint64_t n, int decimals)
{
	char *p = end;

	for (int i = 0; n > UINT32_MAX; i++) {
		*--p = (char)('0' + n % 10);
		n /= 10;
		if (i == decimals - 1)
			*--p = '.';
	}
	uint32_t low = (uint32_t)n;
	while (low > 0 || end - p <= (decimals > 0 ? decimals + 1 : 0)) {
		uint32_t q = tenth(low);

		*--p = (char)('0' + (low - q * 10));
		low = q;
		if (decimals > 0 && end - p == decimals)
			*--p = '.';
	}
	return p;
}

/* `blanks` blanks, then s right-aligned. */
static void right(struct out *o, size_t blanks, int width, const char *s, size_t n)
{
	size_t pad = blanks + (width > 0 && (size_t)width > n ? (size_t)width - n : 0);
	char *to = room(o, pad + n);

	if (!to)
		return;
	for (size_t i = 0; i < pad; i++)
		*to++ = ' ';
	for (size_t i = 0; i < n; i++)
		*to++ = s[i];
	o->len += pad + n;
}

void out_u64(struct out *o, size_t blanks, int width, uint64_t value)
{
	char text[24];
	char *end = text + sizeof(text);
	char *p = digits(end, value, 0);

	right(o, blanks, width, p, (size_t)(end - p));
}

void out_fixed(struct out *o, size_t blanks, int width, int decimals, double value)
{
	static const double scales[] = { 1, 10, 100 };
	double scaled = value * scales[decimals];

	/* printf(3) rounds the exact binary value, a half to even. Below 2^32 the scaled value is less than
	 * 2^-20 off, so that only what lies next to a half may round differently and needs printf itself. */
	if (scaled >= 0 && scaled < UINT32_MAX) {
		uint32_t n = (uint32_t)scaled;
		double rest = scaled - n;

		if (rest < 0.49999 || rest > 0.50001) {
			char text[24];
			char *end = text + sizeof(text);
			char *p = digits(end, n + (rest > 0.5), decimals);

			right(o, blanks, width, p, (size_t)(end - p));
			return;
		}
	}
	char text[400]; /* the largest double has 309 digits before the point */
	int n = snprintf(text, sizeof(text), "%.*f", decimals, value);

	right(o, blanks, width, text, (size_t)n);
}

void out_json(struct out *o, const char *safe)
{
	out_text(o, "\"");
	while (*safe) {
		size_t plain = strcspn(safe, "\"\\");

		out_bytes(o, safe, plain);
		safe += plain;
		if (*safe) {
			out_text(o, "\\");
			out_bytes(o, safe++, 1);
		}
	}
	out_text(o, "\"");
}

bool out_flush(struct out *o)
{
	size_t n = o->len;

	o->len = 0;
	if (o->no_memory) {
		errno = ENOMEM;
		return false;
	}
	return fwrite(o->data, 1, n, stdout) == n && fflush(stdout) == 0;
}

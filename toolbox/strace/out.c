/* SPDX-License-Identifier: GPL-2.0-only
 * The text of a line grows here, and a stranger's bytes become printable here, as strace(1) shows
 * them: the shortest octal that cannot be misread, or hexadecimal with -x.
 */
#include "out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void out_reset(struct out *o)
{
	o->len = 0;
	o->failed = false;
	if (o->data)
		o->data[0] = '\0';
}

void out_free(struct out *o)
{
	free(o->data);
	*o = (struct out){ 0 };
}

/* No line is longer: a tracee can point to the same bytes from any number of places. */
enum { OUT_MAX = 64 << 20 };

/* Room for n more bytes and the NUL. */
static bool grow(struct out *o, size_t n)
{
	size_t cap = o->cap ? o->cap : 512;
	char *data;

	if (o->failed || n >= OUT_MAX - o->len) {
		o->failed = true;
		return false;
	}
	if (o->len + n + 1 <= o->cap)
		return true;
	while (cap < o->len + n + 1)
		cap *= 2;
	data = realloc(o->data, cap);
	if (!data) {
		o->failed = true;
		return false;
	}
	o->data = data;
	o->cap = cap;
	return true;
}

void out_mem(struct out *o, const char *s, size_t n)
{
	/* One look where there is room, which is nearly always. */
	if (n >= o->cap - o->len && !grow(o, n))
		return;
	memcpy(o->data + o->len, s, n);
	o->len += n;
	o->data[o->len] = '\0';
}

void out_puts(struct out *o, const char *s)
{
	out_mem(o, s, strlen(s));
}

void out_putc(struct out *o, char c)
{
	out_mem(o, &c, 1);
}

void out_udec(struct out *o, uint64_t value)
{
	char s[20], *p = s + sizeof(s);

	do {
		*--p = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	out_mem(o, p, (size_t)(s + sizeof(s) - p));
}

void out_dec(struct out *o, int64_t value)
{
	if (value < 0)
		out_putc(o, '-');
	out_udec(o, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void out_hexnum(struct out *o, uint64_t value)
{
	char s[18], *p = s + sizeof(s);

	if (!value) {
		out_putc(o, '0');
		return;
	}
	for (; value; value >>= 4)
		*--p = "0123456789abcdef"[value & 15];
	*--p = 'x';
	*--p = '0';
	out_mem(o, p, (size_t)(s + sizeof(s) - p));
}

void out_cut(struct out *o, size_t len)
{
	if (len < o->len) {
		o->len = len;
		o->data[len] = '\0';
	}
}

void out_printf(struct out *o, const char *fmt, ...)
{
	va_list ap;
	int n;

	if (!grow(o, 64))
		return;
	va_start(ap, fmt);
	n = vsnprintf(o->data + o->len, o->cap - o->len, fmt, ap);
	va_end(ap);
	if (n < 0) {
		o->failed = true;
		out_cut(o, o->len);
		return;
	}
	if ((size_t)n >= o->cap - o->len) {
		if (!grow(o, (size_t)n)) {
			o->data[o->len] = '\0';
			return;
		}
		va_start(ap, fmt);
		vsnprintf(o->data + o->len, o->cap - o->len, fmt, ap);
		va_end(ap);
	}
	o->len += (size_t)n;
}

static void put_hex(struct out *o, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	char s[4] = { '\\', 'x', digits[c >> 4], digits[c & 15] };

	out_mem(o, s, sizeof(s));
}

/* As few digits as possible, but three when an octal digit follows: "\1" "2" must not read as
 * "\12". */
static void put_octal(struct out *o, unsigned char c, bool digit_follows)
{
	char s[4] = { '\\' };
	size_t n = 1;

	if (digit_follows || c >= 0100)
		s[n++] = (char)('0' + (c >> 6));
	if (digit_follows || c >= 010)
		s[n++] = (char)('0' + (c >> 3 & 7));
	s[n++] = (char)('0' + (c & 7));
	out_mem(o, s, n);
}

/* The letter behind the backslash for a byte that has one, or 0. */
static char letter(unsigned char c)
{
	switch (c) {
	case '\f':
		return 'f';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	case '\v':
		return 'v';
	}
	return 0;
}

static bool is_ascii_text(unsigned char c)
{
	return (c >= ' ' && c < 0x7f) || letter(c);
}

static void escape(struct out *o, const unsigned char *p, size_t n, enum out_hex hex,
		   const char *also)
{
	bool all_hex = hex == OUT_HEX_ALL;

	for (size_t i = 0; i < n && hex == OUT_HEX_NONASCII && !all_hex; i++)
		all_hex = !is_ascii_text(p[i]);
	if (all_hex) {
		for (size_t i = 0; i < n; i++)
			put_hex(o, p[i]);
		return;
	}
	for (size_t i = 0; i < n;) {
		size_t plain = i;
		unsigned char c;

		while (plain < n && p[plain] >= ' ' && p[plain] < 0x7f && p[plain] != '"' &&
		       p[plain] != '\\' && !(*also && strchr(also, p[plain])))
			plain++;
		out_mem(o, (const char *)p + i, plain - i);
		i = plain;
		if (i == n)
			break;
		c = p[i++];
		if (letter(c)) {
			char s[2] = { '\\', letter(c) };

			out_mem(o, s, 2);
		} else if (c == '"' || c == '\\') {
			char s[2] = { '\\', (char)c };

			out_mem(o, s, 2);
		} else if (hex == OUT_HEX_CHARS) {
			put_hex(o, c);
		} else {
			put_octal(o, c, i < n && p[i] >= '0' && p[i] <= '7');
		}
	}
}

void out_quoted(struct out *o, const void *bytes, size_t n, enum out_hex hex, bool cstring)
{
	const unsigned char *p = bytes;

	if (cstring && n && !p[n - 1])
		n--;
	out_putc(o, '"');
	escape(o, p, n, hex, "");
	out_putc(o, '"');
}

void out_escaped(struct out *o, const void *bytes, size_t n, enum out_hex hex, const char *also)
{
	escape(o, bytes, n, hex, also);
}

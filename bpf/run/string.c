/* SPDX-License-Identifier: GPL-2.0-only
 * Strings of traced programs, made safe or escaped, in columns.
 */
#include "out.h"

#include "toolbox/lib/text.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void pad(FILE *fp, size_t have, int width)
{
	unsigned want = width < 0 ? -(unsigned)width : (unsigned)width;

	for (; have < want; have++)
		putc(' ', fp);
}

void out_string(const struct out *o, const unsigned char *s, size_t n, int width, int precision)
{
	const unsigned char *nul;

	if (precision >= 0 && n > (size_t)precision)
		n = (size_t)precision;
	nul = memchr(s, '\0', n);
	if (nul)
		n = (size_t)(nul - s);
	if (o->options->value[OPT_RAWBYTES]) {
		if (width > 0)
			pad(o->fp, n, width);
		fwrite(s, 1, n, o->fp);
		if (width < 0)
			pad(o->fp, n, width);
		return;
	}
	size_t need = text_safe(NULL, 0, (const char *)s, n);
	char small[1024], *safe = need < sizeof small ? small : malloc(need + 1);

	if (!safe) {
		fputs("...", o->fp); /* no memory for a string of some KiB: nothing else will work either */
		return;
	}
	text_safe(safe, need + 1, (const char *)s, n);
	if (width > 0)
		pad(o->fp, text_width(safe), width);
	fwrite(safe, 1, need, o->fp);
	if (width < 0)
		pad(o->fp, text_width(safe), width);
	if (safe != small)
		free(safe);
}

/* The escape of one byte in buf (5 bytes); its length. */
static size_t escape(unsigned char c, char *buf)
{
	static const char from[] = "\a\b\f\n\r\t\v\"\\", to[] = "abfnrtv\"\\";
	const char *at = c ? strchr(from, c) : NULL;

	if (at) {
		buf[0] = '\\';
		buf[1] = to[at - from];
		return 2;
	}
	if (c == '\0') {
		buf[0] = '\\';
		buf[1] = '0';
		return 2;
	}
	if (c >= ' ' && c < 0x7f) {
		buf[0] = (char)c;
		return 1;
	}
	buf[0] = '\\';
	buf[1] = (char)('0' + (c >> 6));
	buf[2] = (char)('0' + (c >> 3 & 7));
	buf[3] = (char)('0' + (c & 7));
	return 4;
}

void out_escaped(const struct out *o, const unsigned char *s, size_t n, bool whole, int width, int precision)
{
	size_t columns = 0;
	char buf[5];

	if (!whole) {
		const unsigned char *nul = memchr(s, '\0', n);

		if (nul)
			n = (size_t)(nul - s);
	}
	/* The precision counts what is printed, as the conversion hands the escaped string to %s. */
	for (size_t i = 0; i < n; i++) {
		size_t more = escape(s[i], buf);

		if (precision >= 0 && columns + more > (size_t)precision)
			n = i;
		else
			columns += more;
	}
	if (width > 0)
		pad(o->fp, columns, width);
	for (size_t i = 0; i < n; i++)
		fwrite(buf, 1, escape(s[i], buf), o->fp);
	if (width < 0)
		pad(o->fp, columns, width);
}

bool out_is_text(const unsigned char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t run = i;

		if (s[i] < 0x80) {
			if (!isprint(s[i]) && !isspace(s[i]) && s[i] != '\b' && s[i] != '\a')
				return false;
			continue;
		}
		while (run < n && s[run] >= 0x80)
			run++;
		if (text_safe(NULL, 0, (const char *)s + i, run - i) != run - i)
			return false; /* no UTF-8, or characters that turn a line around */
		i = run - 1;
	}
	return true;
}

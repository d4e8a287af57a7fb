/* SPDX-License-Identifier: GPL-2.0-only
 * Output of netstat: rows are put together in one large buffer by hand, since printf(3) would take as long for a
 * row as the kernel for the socket. Strangers' strings come here as text.h made them.
 */
#include "netstat.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char buf[65536];
static size_t used;
static int lost; /* errno of the first write that failed */

static void write_out(void)
{
	errno = 0;
	if (used > 0 && (fwrite(buf, 1, used, stdout) != used || fflush(stdout) != 0) && lost == 0)
		lost = errno ? errno : EIO;
	used = 0;
}

bool out_flush(void)
{
	write_out();
	errno = 0;
	if (fflush(stdout) != 0 && lost == 0)
		lost = errno ? errno : EIO;
	errno = lost;
	return lost == 0;
}

char *out_room(size_t n)
{
	if (sizeof(buf) - used < n)
		write_out();
	return buf + used;
}

void out_to(char *end)
{
	used = (size_t)(end - buf);
}

static void out_bytes(const char *text, size_t n)
{
	while (n > 0) {
		size_t part = n < OUT_ROOM ? n : OUT_ROOM;
		char *p = out_room(part);

		memcpy(p, text, part);
		out_to(p + part);
		text += part;
		n -= part;
	}
}

void out_text(const char *text)
{
	out_bytes(text, strlen(text));
}

void out_printf(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char *text = text_vasprintf(fmt, ap);
	va_end(ap);
	if (!text) {
		complain("out of memory");
		exit(1);
	}
	out_text(text);
	free(text);
}

int complain(const char *fmt, ...)
{
	va_list ap;

	text_printf(stderr, "netstat: ");
	va_start(ap, fmt);
	text_vprintf(stderr, fmt, ap);
	va_end(ap);
	text_printf(stderr, "\n");
	return 1;
}

char *put_bytes(char *p, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*p++ = text[i];
	return p;
}

char *put_text(char *p, const char *text)
{
	return put_bytes(p, text, strlen(text));
}

char *put_left(char *p, const char *text, size_t width)
{
	size_t columns = 0;
	size_t n;

	/* Nearly always each byte is a column. */
	for (n = 0; text[n] && !(text[n] & 0x80); n++)
		*p++ = text[n];
	columns = n;
	if (text[n]) {
		p = put_text(p, text + n);
		columns += text_width(text + n);
	}
	for (; columns < width; columns++)
		*p++ = ' ';
	return p;
}

static size_t digits(char text[20], uint64_t v)
{
	size_t n = 0;

	do
		text[19 - n++] = (char)('0' + v % 10);
	while ((v /= 10) > 0);
	return n;
}

char *put_number(char *p, uint64_t v, unsigned width)
{
	char text[20];
	size_t n = digits(text, v);

	for (size_t i = n; i < width; i++)
		*p++ = ' ';
	memcpy(p, text + 20 - n, n);
	return p + n;
}

char *put_number_left(char *p, uint64_t v, unsigned width)
{
	char text[20];
	size_t n = digits(text, v);

	memcpy(p, text + 20 - n, n);
	p += n;
	for (; n < width; n++)
		*p++ = ' ';
	return p;
}

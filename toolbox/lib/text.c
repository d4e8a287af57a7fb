/* SPDX-License-Identifier: GPL-2.0-only
 * Makes strangers' strings safe and prints them: see text.h. UTF-8 as in RFC 3629.
 */
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The length of the UTF-8 sequence at s, with its code point; 0 when it is not valid UTF-8
 * (overlong, surrogate, above U+10FFFF, cut short). */
static size_t decode(const unsigned char *s, size_t n, uint32_t *cp)
{
	size_t len;

	if (s[0] < 0x80) {
		*cp = s[0];
		return 1;
	}
	if (s[0] >= 0xc2 && s[0] <= 0xdf) {
		len = 2;
		*cp = s[0] & 0x1f;
	} else if ((s[0] & 0xf0) == 0xe0) {
		len = 3;
		*cp = s[0] & 0x0f;
	} else if (s[0] >= 0xf0 && s[0] <= 0xf4) {
		len = 4;
		*cp = s[0] & 0x07;
	} else {
		return 0;
	}
	if (len > n)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*cp = *cp << 6 | (s[i] & 0x3f);
	}
	if ((len == 3 && *cp < 0x800) || (len == 4 && *cp < 0x10000) || *cp > 0x10ffff ||
	    (*cp >= 0xd800 && *cp <= 0xdfff))
		return 0;
	return len;
}

static bool harmless(uint32_t cp)
{
	if (cp < 0x20 || cp == '\\' || (cp >= 0x7f && cp < 0xa0))
		return false;
	/* Zero-width and bidirectional marks, separators, embeddings, isolates, byte order mark. */
	if ((cp >= 0x200b && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2060 && cp <= 0x206f) || cp == 0x061c || cp == 0xfeff)
		return false;
	/* Interlinear annotations, tags (invisible text), noncharacters at the end of each plane. */
	if ((cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe0fff) || (cp & 0xfffe) == 0xfffe)
		return false;
	return true;
}

size_t text_safe(char *buf, size_t size, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t need = 0;
	size_t have = 0;
	bool full = false;

	while (n > 0) {
		char piece[4 * 4 + 1];
		size_t len = 0;
		uint32_t cp = 0;
		size_t used = decode(p, n, &cp);

		if (used > 0 && harmless(cp)) {
			memcpy(piece, p, used);
			len = used;
		} else {
			if (used == 0)
				used = 1;
			for (size_t i = 0; i < used; i++)
				len += (size_t)snprintf(piece + len, sizeof(piece) - len, "\\%03o", p[i]);
		}
		if (!full && have + len < size) {
			memcpy(buf + have, piece, len);
			have += len;
		} else {
			full = true;
		}
		need += len;
		p += used;
		n -= used;
	}
	if (size > 0)
		buf[have] = '\0';
	return need;
}

/* East Asian wide and fullwidth ranges, merged from Unicode's EastAsianWidth.txt to what matters
 * for columns; a character that is missed costs alignment, never safety. */
static const struct {
	uint32_t first, last;
} wide[] = {
	{ 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0xa4cf },	  { 0xa960, 0xa97c },
	{ 0xac00, 0xd7a3 },   { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },	  { 0xff01, 0xff60 },
	{ 0xffe0, 0xffe6 },   { 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd },
};

/* The columns of the first character of n bytes; *used is how many bytes it takes. */
static size_t columns_of(const char *safe, size_t n, size_t *used)
{
	uint32_t cp = 0;

	*used = decode((const unsigned char *)safe, n, &cp);
	if (*used == 0)
		*used = 1;
	if (cp >= 0x0300 && cp <= 0x036f)
		return 0; /* combining */
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (cp >= wide[i].first && cp <= wide[i].last)
			return 2;
	return 1;
}

size_t text_width(const char *safe)
{
	size_t n = strlen(safe);
	size_t columns = 0;
	size_t used;

	for (; n > 0; safe += used, n -= used)
		columns += columns_of(safe, n, &used);
	return columns;
}

static bool is_octal(const char *s)
{
	return s[0] >= '0' && s[0] <= '3' && s[1] >= '0' && s[1] <= '7' && s[2] >= '0' && s[2] <= '7';
}

size_t text_cut(char *safe, size_t columns)
{
	size_t n = strlen(safe);
	size_t at = 0;

	while (at < n) {
		size_t used;
		size_t takes = columns_of(safe + at, n - at, &used);

		if (safe[at] == '\\' && n - at >= 4 && is_octal(safe + at + 1)) {
			used = 4;
			takes = 4;
		}
		if (takes > columns)
			break;
		columns -= takes;
		at += used;
	}
	safe[at] = '\0';
	return at;
}

struct sink {
	char *data;
	size_t len, cap;
	bool failed;
};

static void put(struct sink *k, const char *s, size_t n)
{
	if (k->failed)
		return;
	if (k->len + n + 1 > k->cap) {
		size_t cap = (k->len + n + 1) * 2;
		char *grown = realloc(k->data, cap);

		if (!grown) {
			k->failed = true;
			return;
		}
		k->data = grown;
		k->cap = cap;
	}
	memcpy(k->data + k->len, s, n);
	k->len += n;
	k->data[k->len] = '\0';
}

static void put_string(struct sink *k, const char *s, int width, int precision, bool left)
{
	if (!s)
		s = "(null)";
	size_t n = precision >= 0 ? strnlen(s, (size_t)precision) : strlen(s);
	size_t need = text_safe(NULL, 0, s, n);
	char *safe = malloc(need + 1);

	if (!safe) {
		k->failed = true;
		return;
	}
	text_safe(safe, need + 1, s, n);
	size_t columns = text_width(safe);
	size_t pad = width > 0 && (size_t)width > columns ? (size_t)width - columns : 0;

	for (size_t i = 0; !left && i < pad; i++)
		put(k, " ", 1);
	put(k, safe, need);
	for (size_t i = 0; left && i < pad; i++)
		put(k, " ", 1);
	free(safe);
}

/* The formats are literals of ours, checked by the compiler where text_printf is called; what is
 * rebuilt here is one conversion of such a literal. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void format(struct sink *k, const char *fmt, va_list *ap)
{
	for (; *fmt; fmt++) {
		const char *start = fmt;
		bool left = false;
		int width = 0;
		int precision = -1;
		int longs = 0;
		char spec[32];
		char out[400];
		int n = 0;

		if (*fmt != '%') {
			size_t run = strcspn(fmt, "%");

			put(k, fmt, run);
			fmt += run - 1;
			continue;
		}
		for (fmt++; *fmt && strchr("-+ #0", *fmt); fmt++)
			left |= *fmt == '-';
		size_t flags = (size_t)(fmt - start);
		if (*fmt == '*') {
			width = va_arg(*ap, int);
			if (width < 0) {
				left = true;
				width = -width;
			}
			fmt++;
		} else {
			for (; *fmt >= '0' && *fmt <= '9'; fmt++)
				width = width * 10 + (*fmt - '0');
		}
		if (*fmt == '.') {
			precision = 0;
			if (*++fmt == '*') {
				precision = va_arg(*ap, int);
				fmt++;
			} else {
				for (; *fmt >= '0' && *fmt <= '9'; fmt++)
					precision = precision * 10 + (*fmt - '0');
			}
		}
		for (; *fmt && strchr("hlzj", *fmt); fmt++)
			longs += *fmt == 'l' ? 1 : *fmt == 'h' ? 0 : 2;
		if (!*fmt)
			return;
		if (*fmt == '%') {
			put(k, "%", 1);
			continue;
		}
		if (*fmt == 's') {
			put_string(k, va_arg(*ap, const char *), width, precision, left);
			continue;
		}
		if (width > 300)
			width = 300;
		if (precision > 50)
			precision = 50;
		if (flags > 6)
			flags = 6;
		memcpy(spec, start, flags);
		/* Length modifiers are made one: the value is read as its own type, then widened. */
		switch (*fmt) {
		case 'd':
		case 'i': {
			intmax_t v = longs == 0 ? va_arg(*ap, int)
				     : longs == 1 ? va_arg(*ap, long)
						  : (intmax_t)va_arg(*ap, long long);
			snprintf(spec + flags, sizeof(spec) - flags, "*.*jd");
			n = snprintf(out, sizeof(out), spec, left ? -width : width, precision, v);
			break;
		}
		case 'u':
		case 'x':
		case 'X':
		case 'o': {
			uintmax_t v = longs == 0 ? va_arg(*ap, unsigned)
				      : longs == 1 ? va_arg(*ap, unsigned long)
						   : (uintmax_t)va_arg(*ap, unsigned long long);
			snprintf(spec + flags, sizeof(spec) - flags, "*.*j%c", *fmt);
			n = snprintf(out, sizeof(out), spec, left ? -width : width, precision, v);
			break;
		}
		case 'f':
			snprintf(spec + flags, sizeof(spec) - flags, "*.*f");
			n = snprintf(out, sizeof(out), spec, left ? -width : width, precision,
				     va_arg(*ap, double));
			break;
		case 'p':
			n = snprintf(out, sizeof(out), "%p", va_arg(*ap, void *));
			break;
		case 'c': {
			char c[2] = { (char)va_arg(*ap, int), '\0' };

			put_string(k, c, width, -1, left);
			continue;
		}
		default:
			abort(); /* a conversion that text.h does not name: a bug of the caller's literal */
		}
		if (n > 0)
			put(k, out, (size_t)n < sizeof(out) ? (size_t)n : sizeof(out) - 1);
	}
}
#pragma GCC diagnostic pop

char *text_vasprintf(const char *fmt, va_list ap)
{
	struct sink k = { 0 };
	va_list copy;

	put(&k, "", 0);
	va_copy(copy, ap);
	format(&k, fmt, &copy);
	va_end(copy);
	if (k.failed) {
		free(k.data);
		errno = ENOMEM;
		return NULL;
	}
	return k.data;
}

char *text_asprintf(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char *s = text_vasprintf(fmt, ap);
	va_end(ap);
	return s;
}

int text_snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	char *s = text_vasprintf(fmt, ap);
	va_end(ap);
	if (!s)
		return -1;
	int n = snprintf(buf, size, "%s", s);
	free(s);
	return n;
}

int text_vprintf(FILE *out, const char *fmt, va_list ap)
{
	char *s = text_vasprintf(fmt, ap);

	if (!s)
		return -1;
	size_t n = strlen(s);
	size_t done = fwrite(s, 1, n, out);
	free(s);
	return done == n ? (int)n : -1;
}

int text_printf(FILE *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	int n = text_vprintf(out, fmt, ap);
	va_end(ap);
	return n;
}

int text_failed(const char *tool, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs(tool, stderr);
	fputs(": ", stderr);
	text_vprintf(stderr, fmt, ap);
	va_end(ap);
	if (status == 2) {
		fputs("; see \"", stderr);
		fputs(tool, stderr);
		fputs(" --help\"", stderr);
	}
	fputs("\n", stderr);
	return status;
}

bool text_close(FILE *out)
{
	bool lost = ferror(out) != 0;

	if (fclose(out) != 0)
		return false;
	if (lost)
		errno = EIO;
	return !lost;
}

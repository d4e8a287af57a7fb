/* SPDX-License-Identifier: GPL-2.0-only
 * Strangers' strings as words of a shell: see pargs.h.
 */
#include "pargs.h"
#include "toolbox/lib/text.h"

#include <stdlib.h>
#include <string.h>

/* What no shell takes for anything but itself, wherever it stands in a word. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("_@%+:,./-", c));
}

static char *put_octal(char *p, unsigned char c)
{
	*p++ = '\\';
	*p++ = (char)('0' + (c >> 6));
	*p++ = (char)('0' + (c >> 3 & 7));
	*p++ = (char)('0' + (c & 7));
	return p;
}

/* Whether the string can be printed as it is. */
static bool is_safe(const char *s, size_t n)
{
	char *safe = malloc(n + 1);
	bool same = safe && text_safe(safe, n + 1, s, n) == n && memcmp(safe, s, n) == 0;

	free(safe);
	return same;
}

static char *put_quoted(char *p, const char *s, size_t n)
{
	*p++ = '\'';
	for (size_t i = 0; i < n; i++) {
		*p++ = s[i];
		if (s[i] == '\'') {
			*p++ = '\\';
			*p++ = '\'';
			*p++ = '\'';
		}
	}
	*p++ = '\'';
	return p;
}

static char *put_escaped(char *p, const char *s, size_t n)
{
	*p++ = '$';
	*p++ = '\'';
	for (size_t i = 0; i < n; i++) {
		if (s[i] >= ' ' && s[i] <= '~' && s[i] != '\'' && s[i] != '\\')
			*p++ = s[i];
		else
			p = put_octal(p, (unsigned char)s[i]);
	}
	*p++ = '\'';
	return p;
}

char *quote_word(const char *s, size_t n)
{
	/* Each byte takes four at most. */
	char *buf = n > (SIZE_MAX - 8) / 4 ? NULL : malloc(4 * n + 8);
	size_t plain = 0;
	char *end;

	if (!buf)
		return NULL;
	while (plain < n && is_plain(s[plain]))
		plain++;
	if (plain == n && n > 0) {
		memcpy(buf, s, n);
		end = buf + n;
	} else if (is_safe(s, n)) {
		end = put_quoted(buf, s, n);
	} else {
		end = put_escaped(buf, s, n);
	}
	*end = '\0';
	return buf;
}

char *quote_ascii(const char *s, size_t n)
{
	char *buf = n > (SIZE_MAX - 1) / 4 ? NULL : malloc(4 * n + 1);
	char *p = buf;

	if (!buf)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (s[i] >= ' ' && s[i] <= '~' && s[i] != '\\') {
			*p++ = s[i];
		} else if (s[i] == '\\') {
			*p++ = '\\';
			*p++ = '\\';
		} else {
			p = put_octal(p, (unsigned char)s[i]);
		}
	}
	*p = '\0';
	return buf;
}

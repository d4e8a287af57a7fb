/* SPDX-License-Identifier: GPL-2.0-only
 * Fields of lines: see field.h.
 */
#include "field.h"
#include "toolbox/lib/proc.h"

#include <string.h>

static size_t next(const char **p)
{
	*p += strspn(*p, " \t");
	return strcspn(*p, " \t\n");
}

bool field_word(const char **p, char *buf, size_t size)
{
	size_t n = next(p);

	if (n == 0 || n >= size)
		return false;
	memcpy(buf, *p, n);
	buf[n] = '\0';
	*p += n;
	return true;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool field_hex(const char **p, uint32_t *value)
{
	size_t n = next(p);
	uint32_t v = 0;

	if (n == 0 || n > 8)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (digit((*p)[i]) < 0)
			return false;
		v = v << 4 | (uint32_t)digit((*p)[i]);
	}
	*value = v;
	*p += n;
	return true;
}

bool field_bytes(const char **p, uint8_t *bytes, size_t n)
{
	if (next(p) != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = digit((*p)[2 * i]);
		int low = digit((*p)[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	*p += 2 * n;
	return true;
}

bool field_number(const char **p, uint32_t *value)
{
	size_t n = next(p);
	const char *s = *p;
	bool negative = *s == '-';
	uint64_t v;

	if (negative)
		s++;
	if (*s < '0' || *s > '9' || !proc_u64(&s, &v) || s != *p + n)
		return false;
	*value = negative ? -(uint32_t)v : (uint32_t)v;
	*p = s;
	return true;
}

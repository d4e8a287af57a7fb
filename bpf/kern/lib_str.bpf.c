/* SPDX-License-Identifier: GPL-2.0-only
 * Strings and bytes in the scratch element: compare, measure, move, and the form that records have.
 */
#include "lib_in.h"


/* As strcmp(3), bytes unsigned: -1, 0, 1. */
GLOBAL u64 lib_strcmp(u64 element, u64 s, u64 t)
{
	const char *p = lib_element(element), *q;

	if (!p || s > LIMIT || t > LIMIT)
		return 0;
	q = p + t;
	p += s;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 a, b, end, differ;

		HIDE(i);
		a = load(p + i);
		b = load(q + i);
		end = zero_byte(a);
		differ = a ^ b;
		differ &= -differ;
		if (end && (!differ || end < differ))
			return 0;
		if (differ)
			return __builtin_bswap64(a) < __builtin_bswap64(b) ? (u64)-1 : 1;
	}
	return 0;
}

GLOBAL u64 lib_strlen(u64 element, u64 s)
{
	const char *p = lib_element(element);

	if (!p || s > LIMIT)
		return 0;
	p += s;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 end;

		HIDE(i);
		end = zero_byte(load(p + i));
		if (end)
			return i + index_of_zero(end);
	}
	return STRSIZE - 1;
}

/* String slot d = string slot s; gives its length. */
GLOBAL u64 lib_strmov(u64 element, u64 d, u64 s)
{
	char *to = lib_element(element), *from;

	if (!to || d > LIMIT || s > LIMIT)
		return 0;
	from = to + s;
	to += d;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, end;

		HIDE(i);
		word = load(from + i);
		store(to + i, word);
		end = zero_byte(word);
		if (end)
			return i + index_of_zero(end);
	}
	return STRSIZE - 1;
}

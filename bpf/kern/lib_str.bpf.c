/* SPDX-License-Identifier: GPL-2.0-only
 * Strings and bytes in the scratch element: compare, measure, move, and the form that records have.
 */
#include "lib_in.h"

#define CHUNK 256 /* bytes that a call of copy_up or copy_down moves; at most LIB_SLACK - 8 */

/* As strcmp(3), bytes unsigned: -1, 0, 1. */
GLOBAL u64 lib_strcmp(u64 element, u64 s, u64 t)
{
	char *e = lib_element(element);
	const char *p = spot(e, s), *q = spot(e, t);

	if (!p || !q)
		return 0;
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
	const char *p = spot(lib_element(element), s);

	if (!p)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 end;

		HIDE(i);
		end = zero_byte(load(p + i));
		if (end)
			return i + index_of_zero(end);
	}
	return STRSIZE - 1;
}

GLOBAL u64 lib_strnlen(u64 element, u64 from, u64 n)
{
	u64 len = lib_strlen(element, from);

	if (n > STRSIZE - 1)
		n = STRSIZE - 1;
	return len < n ? len : n;
}

GLOBAL u64 lib_strmov(u64 element, u64 d, u64 s)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s);

	if (!to || !from)
		return 0;
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

GLOBAL u64 lib_copy_up(u64 element, u64 d, u64 s, u64 n)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s);

	if (!to || !from)
		return 0;
	for (u64 i = 0; i < CHUNK; i += 8) {
		u64 word, mask;

		HIDE(i);
		if (i >= n)
			return 0;
		word = load(from + i);
		if (n - i < 8) {
			mask = first_bytes(n - i);
			word = (word & mask) | (load(to + i) & ~mask);
		}
		store(to + i, word);
	}
	return 0;
}

/* n is at most CHUNK. */
GLOBAL u64 lib_copy_down(u64 element, u64 d, u64 s, u64 n)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s), *end;
	u64 words = n >> 3, mask = first_bytes(n);

	if (!to || !from)
		return 0;
	HIDE(words);
	if (words > CHUNK / 8)
		return 0;
	end = to + words * 8;
	store(end, (load(from + words * 8) & mask) | (load(end) & ~mask));
	for (u64 i = 0; i < CHUNK; i += 8) {
		HIDE(i);
		words--;
		HIDE(words);
		if (words >= CHUNK / 8) /* it was 0 */
			break;
		store(to + words * 8, load(from + words * 8));
	}
	return 0;
}

GLOBAL u64 lib_copy(u64 element, u64 d, u64 s, u64 n)
{
	if (n > LIMIT || d == s)
		return 0;
	if (d < s) {
		for (u64 i = 0; i < LIMIT; i += CHUNK) {
			HIDE(i);
			if (i >= n)
				break;
			lib_copy_up(element, d + i, s + i, n - i);
		}
		return 0;
	}
	for (u64 i = 0; i < LIMIT; i += CHUNK) {
		u64 at;

		HIDE(i);
		if (n == 0)
			break;
		at = (n - 1) & ~(u64)(CHUNK - 1);
		lib_copy_down(element, d + at, s + at, n - at);
		n = at;
	}
	return 0;
}

GLOBAL u64 lib_zero_up(u64 element, u64 d, u64 n)
{
	char *to = spot(lib_element(element), d);

	if (!to)
		return 0;
	for (u64 i = 0; i < CHUNK; i += 8) {
		HIDE(i);
		if (i >= n)
			return 0;
		store(to + i, n - i < 8 ? load(to + i) & ~first_bytes(n - i) : 0);
	}
	return 0;
}

GLOBAL u64 lib_zero(u64 element, u64 d, u64 n)
{
	for (u64 i = 0; i < LIMIT; i += CHUNK) {
		HIDE(i);
		if (i >= n)
			break;
		lib_zero_up(element, d + i, n - i);
	}
	return 0;
}

/* n bytes, as many as a string has at most. Upwards: what is moved within a slot is moved to its beginning. */
GLOBAL u64 lib_strcopy(u64 element, u64 d, u64 from, u64 n)
{
	char *e = lib_element(element), *to = spot(e, d), *p = spot(e, from);

	if (!to || !p)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, mask;

		HIDE(i);
		if (i >= n)
			break;
		word = load(p + i);
		if (n - i < 8) {
			mask = first_bytes(n - i);
			word = (word & mask) | (load(to + i) & ~mask);
		}
		store(to + i, word);
	}
	return 0;
}

/* Nothing behind the NUL is touched: with strjoin() it may lie in the next slot. */
GLOBAL u64 lib_strset(u64 element, u64 d, u64 from, u64 n)
{
	char *p;

	if (n > STRSIZE - 1)
		n = STRSIZE - 1;
	lib_strcopy(element, d, from, n);
	p = spot(lib_element(element), d + n);
	if (p)
		*p = '\0';
	return n;
}

GLOBAL u64 lib_strget(u64 element, u64 d, u64 from, u64 n)
{
	return lib_strset(element, d, from, lib_strnlen(element, from, n));
}

GLOBAL u64 lib_strput(u64 element, u64 d, u64 s, u64 n)
{
	u64 len = lib_strnlen(element, s, n);

	lib_strcopy(element, d, s, len);
	return lib_zero(element, d + len, n - len);
}

/* The words of the string move up by half a word, behind the length. */
GLOBAL u64 lib_rec(u64 element, u64 d, u64 s, u64 size)
{
	char *e = lib_element(element), *to = spot(e, d), *from = spot(e, s);
	u64 before = 0, len = 0, n;

	if (!to || !from)
		return 0;
	for (u64 i = 0; i < STRSIZE; i += 8) {
		u64 word, end;

		HIDE(i);
		word = load(from + i);
		end = zero_byte(word);
		if (end)
			word &= below(end);
		store(to + i, word << 32 | before);
		before = word >> 32;
		if (end) {
			len = i + index_of_zero(end);
			if (before)
				store(to + i + 8, before);
			break;
		}
	}
	WRITE(u32, to, (u32)len);
	n = padded(sizeof(u32) + len);
	if (n < size)
		lib_zero(element, d + n, size - n);
	return n;
}

GLOBAL u64 lib_recbytes(u64 element, u64 d, u64 from, u64 n)
{
	char *to = spot(lib_element(element), d);
	u64 size = padded(sizeof(u32) + n);

	if (!to)
		return 0;
	WRITE(u32, to, (u32)n);
	lib_copy(element, d + sizeof(u32), from, n);
	lib_zero(element, d + sizeof(u32) + n, size - sizeof(u32) - n);
	return size;
}

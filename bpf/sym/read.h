/* SPDX-License-Identifier: GPL-2.0-only
 * A cursor over bytes that somebody else wrote: it never leaves them, and once it should have, it stays `bad` and
 * yields zeros.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cursor {
	const uint8_t *p, *end;
	bool bad;
};

static inline struct cursor cursor_at(const void *data, size_t len, uint64_t offset)
{
	const uint8_t *p = data;

	if (!p || offset > len)
		return (struct cursor){ .bad = true };
	return (struct cursor){ p + offset, p + len, false };
}

static inline size_t cursor_left(const struct cursor *c)
{
	return c->bad ? 0 : (size_t)(c->end - c->p);
}

/* The next n bytes; NULL: there are not that many. */
static inline const uint8_t *cursor_take(struct cursor *c, uint64_t n)
{
	const uint8_t *p = c->p;

	if (n > cursor_left(c) || c->bad) {
		c->bad = true;
		return NULL;
	}
	c->p += n;
	return p;
}

static inline uint64_t cursor_uint(struct cursor *c, unsigned bytes)
{
	const uint8_t *p = cursor_take(c, bytes);
	uint64_t v = 0;

	for (unsigned i = 0; p && i < bytes; i++)
		v |= (uint64_t)p[i] << (8 * i);
	return v;
}

static inline int64_t cursor_int(struct cursor *c, unsigned bytes)
{
	unsigned unused = 64 - 8 * bytes;

	return (int64_t)(cursor_uint(c, bytes) << unused) >> unused;
}

static inline uint64_t cursor_uleb(struct cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0;; shift += 7) {
		uint8_t b = (uint8_t)cursor_uint(c, 1);

		if (shift < 64)
			v |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80) || c->bad)
			return c->bad ? 0 : v;
	}
}

static inline int64_t cursor_sleb(struct cursor *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0;;) {
		uint8_t b = (uint8_t)cursor_uint(c, 1);

		if (shift < 64)
			v |= (uint64_t)(b & 0x7f) << shift;
		shift += shift < 64 ? 7 : 0;
		if (!(b & 0x80) || c->bad) {
			if (b & 0x40 && shift < 64)
				v |= ~(uint64_t)0 << shift;
			return c->bad ? 0 : (int64_t)v;
		}
	}
}

/* A NUL-terminated string that ends inside; NULL: it does not. */
static inline const char *cursor_str(struct cursor *c)
{
	const uint8_t *nul = c->bad ? NULL : memchr(c->p, 0, cursor_left(c));

	if (!nul) {
		c->bad = true;
		return NULL;
	}
	return (const char *)cursor_take(c, (uint64_t)(nul - c->p) + 1);
}

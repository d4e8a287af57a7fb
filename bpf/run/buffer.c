/* SPDX-License-Identifier: GPL-2.0-only
 * The principal buffer. Memory grows with what waits, up to the size that was asked for.
 */
#include "buffer.h"

#include "options.h"
#include "record.h"

#include <stdlib.h>
#include <string.h>

void buffer_init(struct buffer *b, size_t max, int64_t policy)
{
	*b = (struct buffer){ .max = max, .policy = policy };
}

void buffer_free(struct buffer *b)
{
	free(b->p);
	*b = (struct buffer){ 0 };
}

static bool grow(struct buffer *b, size_t need)
{
	size_t room = b->room ? b->room : 4096;
	unsigned char *p;

	while (room < need)
		room *= 2;
	if (room > b->max)
		room = b->max;
	p = realloc(b->p, room);
	if (!p)
		return false;
	b->p = p;
	b->room = room;
	return true;
}

static void drop_oldest(struct buffer *b)
{
	struct rec_header h;

	memcpy(&h, b->p + b->start, sizeof h);
	b->start += h.size;
	b->len -= h.size;
}

bool buffer_put(struct buffer *b, const void *record, size_t size)
{
	if (size > b->max) {
		b->filled |= b->policy == OPT_POLICY_FILL;
		return false;
	}
	while (b->policy == OPT_POLICY_RING && b->len + size > b->max)
		drop_oldest(b);
	if (b->len + size > b->max) {
		/* What does not fit is where `fill` ends, not a loss on the way. */
		b->filled |= b->policy == OPT_POLICY_FILL;
		return b->policy == OPT_POLICY_FILL;
	}
	if (b->start + b->len + size > b->room) {
		if (b->start) {
			memmove(b->p, b->p + b->start, b->len);
			b->start = 0;
		}
		if (b->len + size > b->room && !grow(b, b->len + size))
			return false;
	}
	memcpy(b->p + b->start + b->len, record, size);
	b->len += size;
	return true;
}

const void *buffer_records(const struct buffer *b, size_t *len)
{
	*len = b->len;
	return b->p + b->start;
}

void buffer_clear(struct buffer *b)
{
	b->start = b->len = 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The principal buffer: records wait here until they are printed, at the rate `switchrate`. What happens when it is
 * full is the option bufpolicy's: switch drops the new record, ring the oldest ones, fill ends tracing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	unsigned char *p; /* aligned for records */
	size_t start, len, room, max;
	int64_t policy; /* OPT_POLICY_... */
	bool filled;	/* policy fill: a record did not fit */
};

/* max: bytes, the option bufsize. */
void buffer_init(struct buffer *b, size_t max, int64_t policy);
void buffer_free(struct buffer *b);

/* false: the record was dropped (and is to be counted). */
bool buffer_put(struct buffer *b, const void *record, size_t size);

/* The records that wait, in their order; buffer_clear when they are printed. */
const void *buffer_records(const struct buffer *b, size_t *len);
void buffer_clear(struct buffer *b);

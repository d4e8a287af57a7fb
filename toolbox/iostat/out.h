/* SPDX-License-Identifier: GPL-2.0-only
 * The report as it grows: one buffer that is written at once, and figures without printf. A report of
 * 200 disks has 4,000 of them; printing them with stdio is what sysstat's iostat spends its time on.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out {
	char *data;
	size_t len, cap;
	bool no_memory;
};

void out_bytes(struct out *o, const char *s, size_t n);

/* Text of our own, or text that was made safe before. */
void out_text(struct out *o, const char *s);

void out_spaces(struct out *o, size_t n);

/* Blanks, then a figure right-aligned in width columns as printf(3) would: "%*ju" and "%*.*f" with 0 to 2
 * decimals, rounded as printf rounds. */
void out_u64(struct out *o, size_t blanks, int width, uint64_t value);
void out_fixed(struct out *o, size_t blanks, int width, int decimals, double value);

/* A string of JSON with its quotes. The text is safe already (see text.h), so only quotes and
 * backslashes are left to be escaped. */
void out_json(struct out *o, const char *safe);

/* Writes all of it to standard output in one piece and empties the buffer; false with errno when that
 * fails. */
bool out_flush(struct out *o);

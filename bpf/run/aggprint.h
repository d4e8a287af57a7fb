/* SPDX-License-Identifier: GPL-2.0-only
 * Aggregations as dtrace prints them: sorted rows of keys and values.
 */
#pragma once

#include "out.h"

/* printa() of n aggregations with keys of the same types, by a format or (NULL) in columns after a new line. Returns 0,
 * or -1 with errno ENOMEM, or EBADMSG where the format and the keys do not fit. */
int aggprint_rows(const struct out *o, const uint32_t *aggs, uint32_t n, const char *format, size_t len);

/* At the end: every aggregation that printa() has not printed (printed has a flag for each), in the order of the
 * program. */
int aggprint_rest(const struct out *o, const bool *printed);

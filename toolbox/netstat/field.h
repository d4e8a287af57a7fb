/* SPDX-License-Identifier: GPL-2.0-only
 * Fields of a line of /proc/net: words between blanks. Each function reads the next field at *p and moves *p behind
 * it; false when there is none on this line or it is not of that kind. A line ends with a line end or NUL.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A copy of the word; false, too, when it does not fit. */
bool field_word(const char **p, char *buf, size_t size);
/* Up to 32 bits in hexadecimal. */
bool field_hex(const char **p, uint32_t *value);
/* Exactly n bytes, two digits each. */
bool field_bytes(const char **p, uint8_t *bytes, size_t n);
/* A decimal number, of which the low 32 bits are kept: the kernel prints the same value as signed in one file and
 * as unsigned in another. */
bool field_number(const char **p, uint32_t *value);

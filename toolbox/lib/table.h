/* SPDX-License-Identifier: GPL-2.0-only
 * Tables for people: columns are data, widths come from the cells, strangers' strings are safe.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct table_column {
	const char *title;
	bool right; /* figures stand right */
};

struct table {
	const struct table_column *columns;
	size_t n_columns;
	char **cells; /* n_rows * n_columns safe strings, owned */
	size_t n_rows;
};

/* Adds a row; cells holds n_columns strings, which are copied in their safe form (NULL is "-").
 * Returns 0 or -ENOMEM. */
int table_add(struct table *t, const char *const *cells);

/* Prints title and rows, two spaces between columns and none at the end of a line. */
void table_print(const struct table *t, FILE *out);

/* The same as JSON (RFC 8259): an array of objects, a line each, with the names in keys. A cell of a right column that
 * is a number stands as one, "-" in any column as null. Strings are in their safe form, as table_print has them. */
void table_json(const struct table *t, const char *const *keys, FILE *out);

/* Writes a number of bytes for people: three digits at most and a unit of 1024 (B K M G T P E), "1.5G", "12M", "0B".
 * size >= 8 is enough for every number. */
void table_fmt_bytes(char *buf, size_t size, uint64_t bytes);

/* Frees the rows; the table may be used again. */
void table_free(struct table *t);

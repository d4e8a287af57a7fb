/* SPDX-License-Identifier: GPL-2.0-only
 * Tables for people: columns are data, widths come from the cells, strangers' strings are safe.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
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

/* Frees the rows; the table may be used again. */
void table_free(struct table *t);

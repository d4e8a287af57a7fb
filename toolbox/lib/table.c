/* SPDX-License-Identifier: GPL-2.0-only
 * Tables for people: see table.h.
 */
#include "table.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int table_add(struct table *t, const char *const *cells)
{
	char **grown = realloc(t->cells, (t->n_rows + 1) * t->n_columns * sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	t->cells = grown;
	char **row = grown + t->n_rows * t->n_columns;
	for (size_t i = 0; i < t->n_columns; i++) {
		row[i] = text_asprintf("%s", cells[i] && *cells[i] ? cells[i] : "-");
		if (!row[i]) {
			while (i > 0)
				free(row[--i]);
			return -ENOMEM;
		}
	}
	t->n_rows++;
	return 0;
}

/* The cells were made safe by table_add, so that their widths are known: they are written as they are. */
static void print_row(const struct table *t, char *const *cells, const size_t *widths, FILE *out)
{
	size_t owed = 0;

	for (size_t i = 0; i < t->n_columns; i++) {
		const char *cell = cells ? cells[i] : t->columns[i].title;
		size_t pad = widths[i] - text_width(cell);
		size_t before = owed + (t->columns[i].right ? pad : 0);

		for (size_t j = 0; j < before; j++)
			fputc(' ', out);
		fputs(cell, out);
		owed = 2 + (t->columns[i].right ? 0 : pad);
	}
	fputc('\n', out);
}

void table_print(const struct table *t, FILE *out)
{
	size_t *widths = calloc(t->n_columns, sizeof(*widths));

	if (!widths)
		return;
	for (size_t i = 0; i < t->n_columns; i++) {
		widths[i] = text_width(t->columns[i].title);
		for (size_t r = 0; r < t->n_rows; r++) {
			size_t w = text_width(t->cells[r * t->n_columns + i]);

			if (w > widths[i])
				widths[i] = w;
		}
	}
	print_row(t, NULL, widths, out);
	for (size_t r = 0; r < t->n_rows; r++)
		print_row(t, t->cells + r * t->n_columns, widths, out);
	free(widths);
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
		free(t->cells[i]);
	free(t->cells);
	t->cells = NULL;
	t->n_rows = 0;
}

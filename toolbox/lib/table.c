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

/* RFC 8259, 6: what a JSON parser takes for a number. */
static bool is_number(const char *s)
{
	size_t digits;

	s += *s == '-';
	digits = strspn(s, "0123456789");
	if (digits == 0 || (digits > 1 && *s == '0'))
		return false;
	s += digits;
	if (*s == '.') {
		digits = strspn(++s, "0123456789");
		s += digits;
		return digits > 0 && !*s;
	}
	return !*s;
}

/* The cells are safe already: a quote and a backslash are all that is left to escape. */
static void print_json_string(const char *s, FILE *out)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fputc('\\', out);
		fputc(*s, out);
	}
	fputc('"', out);
}

void table_json(const struct table *t, const char *const *keys, FILE *out)
{
	fputs("[", out);
	for (size_t r = 0; r < t->n_rows; r++) {
		fputs(r > 0 ? ",\n {" : "\n {", out);
		for (size_t i = 0; i < t->n_columns; i++) {
			const char *cell = t->cells[r * t->n_columns + i];

			if (i > 0)
				fputs(", ", out);
			print_json_string(keys[i], out);
			fputs(": ", out);
			if (strcmp(cell, "-") == 0)
				fputs("null", out);
			else if (t->columns[i].right && is_number(cell))
				fputs(cell, out);
			else
				print_json_string(cell, out);
		}
		fputc('}', out);
	}
	fputs(t->n_rows > 0 ? "\n]" : "]", out);
}

void table_fmt_bytes(char *buf, size_t size, uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	uint64_t whole = bytes;
	uint64_t rest = 0;
	size_t u = 0;

	for (; whole >= 1024; u++) {
		rest = whole % 1024;
		whole /= 1024;
	}
	/* Rounded to the nearest as far as digits are shown: 1023.9K must not become 1024K. */
	uint64_t tenths = whole * 10 + (rest * 10 + 512) / 1024;
	if (u > 0 && tenths < 100) {
		snprintf(buf, size, "%llu.%llu%c", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10), units[u]);
		return;
	}
	whole += rest >= 512;
	if (whole >= 1024 && u + 1 < sizeof(units) - 1) {
		snprintf(buf, size, "1.0%c", units[u + 1]);
		return;
	}
	snprintf(buf, size, "%llu%c", (unsigned long long)whole, units[u]);
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->n_rows * t->n_columns; i++)
		free(t->cells[i]);
	free(t->cells);
	t->cells = NULL;
	t->n_rows = 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * -c: counting, and the table to strace's column: see count.h.
 */
#include "count.h"
#include "../lib/base.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counted {
	const char *name;
	size_t order; /* the call's number */
	uint64_t calls, errors, ns, min_ns, max_ns;
};

enum column { COL_PERCENT, COL_TOTAL, COL_MIN, COL_MAX, COL_AVERAGE, COL_CALLS, COL_ERRORS, COL_NAME, COL_COUNT, COL_NONE };

static const struct {
	const char *names[5];
	enum column column;
} words[] = {
	{ { "time-percent", "time", "time_percent" }, COL_PERCENT },
	{ { "total-time", "time-total", "total_time", "time_total" }, COL_TOTAL },
	{ { "min-time", "shortest", "time-min", "min_time", "time_min" }, COL_MIN },
	{ { "max-time", "longest", "time-max", "max_time", "time_max" }, COL_MAX },
	{ { "avg-time", "time-avg", "avg_time", "time_avg" }, COL_AVERAGE },
	{ { "calls", "count" }, COL_CALLS },
	{ { "errors", "error" }, COL_ERRORS },
	{ { "name", "syscall", "syscall-name", "syscall_name" }, COL_NAME },
	{ { "nothing", "none" }, COL_NONE },
};

static const struct {
	const char *title;
	int width;
} shape[COL_COUNT] = {
	{ "% time", 6 }, { "seconds", 11 }, { "shortest", 8 }, { "longest", 8 }, { "usecs/call", 11 }, { "calls", 9 },
	{ "errors", 9 }, { "syscall", 16 },
};

static enum column sort_by = COL_TOTAL;
static enum column columns[COL_COUNT] = { COL_PERCENT, COL_TOTAL, COL_AVERAGE, COL_CALLS, COL_ERRORS, COL_NAME };
static size_t n_columns = 6;
static struct counted *counts[ABI_COUNT];

static int column_of(const char *name)
{
	for (size_t i = 0; i < countof(words); i++)
		for (size_t j = 0; j < countof(words[i].names) && words[i].names[j]; j++)
			if (!strcmp(name, words[i].names[j]))
				return (int)words[i].column;
	return -1;
}

bool count_sort_by(const char *name)
{
	int column = column_of(name);

	if (column < 0)
		return false;
	sort_by = column == COL_PERCENT ? COL_TOTAL : (enum column)column;
	return true;
}

bool count_columns(const char *list, struct count_wrong *wrong)
{
	bool seen[COL_COUNT] = { false };

	n_columns = 0;
	while (list) {
		size_t n = strcspn(list, ",");

		snprintf(wrong->word, sizeof(wrong->word), "%.*s", (int)n, list);
		wrong->rest = list;
		int column = column_of(wrong->word);
		wrong->twice = column >= 0 && column != COL_NONE && seen[column];
		if (column < 0 || column == COL_NONE || wrong->twice)
			return false;
		seen[column] = true;
		columns[n_columns++] = (enum column)column;
		list = list[n] ? list + n + 1 : NULL;
	}
	if (!seen[COL_NAME])
		columns[n_columns++] = COL_NAME;
	return true;
}

void count_call(const struct call *c, uint64_t ns)
{
	struct counted **table = &counts[c->abi];

	if (!*table) {
		*table = calloc(decode_row_count(), sizeof(**table));
		if (!*table)
			return;
	}
	struct counted *n = &(*table)[c->row->index];
	if (n->calls++ == 0) {
		n->name = c->row->name;
		n->order = (size_t)c->nr;
		n->min_ns = ns;
	}
	n->errors += c->error;
	n->ns += ns;
	if (ns < n->min_ns)
		n->min_ns = ns;
	if (ns > n->max_ns)
		n->max_ns = ns;
}

/* Largest first, names in their order; what is equal stands in the order of the numbers. */
static int compare(const void *left, const void *right)
{
	const struct counted *a = left, *b = right;
	uint64_t x = 0, y = 0;
	int r = 0;

	switch (sort_by) {
	case COL_NAME:
		r = strcmp(a->name, b->name);
		break;
	case COL_CALLS:
		x = a->calls, y = b->calls;
		break;
	case COL_ERRORS:
		x = a->errors, y = b->errors;
		break;
	case COL_MIN:
		x = a->min_ns, y = b->min_ns;
		break;
	case COL_MAX:
		x = a->max_ns, y = b->max_ns;
		break;
	case COL_AVERAGE:
		x = a->ns / a->calls, y = b->ns / b->calls;
		break;
	case COL_NONE:
		break;
	default:
		x = a->ns, y = b->ns;
		break;
	}
	if (r == 0 && x != y)
		r = x < y ? 1 : -1;
	return r ? r : a->order < b->order ? -1 : a->order > b->order;
}

static void put_seconds(char *buf, size_t size, uint64_t ns)
{
	/* As strace does, microseconds are cut, not rounded. */
	snprintf(buf, size, "%" PRIu64 ".%06" PRIu64, ns / 1000000000, ns / 1000 % 1000000);
}

static void put_cell(char *buf, size_t size, enum column column, const struct counted *n, uint64_t all_ns)
{
	*buf = '\0';
	switch (column) {
	case COL_PERCENT:
		/* Of nothing the whole is still all of it. */
		snprintf(buf, size, "%.2f", all_ns ? 100.0 * (double)n->ns / (double)all_ns :
			 !strcmp(n->name, "total") ? 100.0 : 0.0);
		break;
	case COL_TOTAL:
		put_seconds(buf, size, n->ns);
		break;
	case COL_MIN:
		put_seconds(buf, size, n->min_ns);
		break;
	case COL_MAX:
		put_seconds(buf, size, n->max_ns);
		break;
	case COL_AVERAGE:
		snprintf(buf, size, "%" PRIu64, n->calls ? n->ns / n->calls / 1000 : 0);
		break;
	case COL_CALLS:
		snprintf(buf, size, "%" PRIu64, n->calls);
		break;
	case COL_ERRORS:
		if (n->errors)
			snprintf(buf, size, "%" PRIu64, n->errors);
		break;
	default:
		snprintf(buf, size, "%s", n->name);
		break;
	}
}

/* Names stand left, figures right; the last column has no blanks behind it. */
static void put_line(struct out *o, const char *(*cell)(size_t i, const void *ctx), const void *ctx)
{
	for (size_t i = 0; i < n_columns; i++) {
		bool last = i + 1 == n_columns;
		int width = shape[columns[i]].width;

		if (columns[i] == COL_NAME)
			width = last ? 0 : -width;
		out_printf(o, "%*s%s", width, cell(i, ctx), last ? "\n" : " ");
	}
}

static const char *title(size_t i, const void *ctx)
{
	(void)ctx;
	return shape[columns[i]].title;
}

static const char *dashes(size_t i, const void *ctx)
{
	static const char line[] = "----------------";

	(void)ctx;
	return line + sizeof(line) - 1 - shape[columns[i]].width;
}

struct row {
	const struct counted *n;
	uint64_t all_ns;
};

static const char *value(size_t i, const void *ctx)
{
	static char buf[64];
	const struct row *row = ctx;

	put_cell(buf, sizeof(buf), columns[i], row->n, row->all_ns);
	return buf;
}

static void print_table(struct out *o, struct counted *table, uint64_t overhead_ns)
{
	struct counted total = { .name = "total", .min_ns = UINT64_MAX };
	size_t n = 0, rows = decode_row_count();

	for (size_t i = 0; i < rows; i++) {
		if (table[i].calls == 0)
			continue;
		uint64_t off = overhead_ns * table[i].calls;

		table[n] = table[i];
		table[n].ns = table[n].ns > off ? table[n].ns - off : 0;
		table[n].min_ns = table[n].min_ns > overhead_ns ? table[n].min_ns - overhead_ns : 0;
		table[n].max_ns = table[n].max_ns > overhead_ns ? table[n].max_ns - overhead_ns : 0;
		total.calls += table[n].calls;
		total.errors += table[n].errors;
		total.ns += table[n].ns;
		if (table[n].min_ns < total.min_ns)
			total.min_ns = table[n].min_ns;
		if (table[n].max_ns > total.max_ns)
			total.max_ns = table[n].max_ns;
		n++;
	}
	qsort(table, n, sizeof(*table), compare);
	put_line(o, title, NULL);
	put_line(o, dashes, NULL);
	for (size_t i = 0; i < n; i++)
		put_line(o, value, &(struct row){ &table[i], total.ns });
	put_line(o, dashes, NULL);
	put_line(o, value, &(struct row){ &total, total.ns });
}

void count_print(struct out *o, uint64_t overhead_ns)
{
	bool first = true;

	for (unsigned abi = 0; abi < ABI_COUNT; abi++) {
		if (!counts[abi])
			continue;
		if (!first || abi == ABI_I386)
			out_printf(o, "System call usage summary for %d bit mode:\n", abi == ABI_I386 ? 32 : 64);
		print_table(o, counts[abi], overhead_ns);
		free(counts[abi]);
		counts[abi] = NULL;
		first = false;
	}
}

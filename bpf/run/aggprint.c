/* SPDX-License-Identifier: GPL-2.0-only
 * Rows of aggregations. One row: the parts of the key, each in its column, then the value of each aggregation.
 */
#include "aggprint.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static struct agg_sort sorting(const struct options *o)
{
	return (struct agg_sort){ .by_key = o->value[OPT_AGGSORTKEY],
				  .reverse = o->value[OPT_AGGSORTREV],
				  .pos = (uint32_t)o->value[OPT_AGGSORTPOS],
				  .keypos = (uint32_t)o->value[OPT_AGGSORTKEYPOS] };
}

static void number(const struct out *o, const struct agg_entry *e)
{
	if (e && agg_buckets(&o->program->aggs[e->agg]))
		out_histogram(o, e);
	else
		fprintf(o->fp, " %16" PRId64, e ? agg_number(o->aggs, e) : 0);
}

static bool columns(const struct out *o, struct rec_values *key, const struct agg_row *row, uint32_t n)
{
	struct rec_value v;
	int got;

	while ((got = rec_value(key, &v)) == 1) {
		if (!out_key(o, &v))
			return false;
	}
	for (uint32_t i = 0; i < n; i++)
		number(o, row->entries[i]);
	putc('\n', o->fp);
	return got == 0;
}

static int rows(const struct out *o, const uint32_t *aggs, uint32_t n, const char *format, size_t len)
{
	const struct ir_aggregation *a = &o->program->aggs[aggs[0]];
	struct agg_sort sort = sorting(o->options);
	struct agg_row *list;
	ssize_t count = agg_rows(o->aggs, aggs, n, &sort, &list);
	bool good = true;

	if (count < 0) {
		errno = ENOMEM;
		return -1;
	}
	for (ssize_t i = 0; i < count && good; i++) {
		struct rec_values key;

		rec_values(&key, list[i].key, list[i].keylen, a->nkeys ? o->program->keytypes + a->keys : NULL, a->nkeys);
		good = format ? out_format(o, format, len, &key, list[i].entries, n) : columns(o, &key, &list[i], n);
	}
	free(list);
	if (!good)
		errno = EBADMSG;
	return good ? 0 : -1;
}

int aggprint_rows(const struct out *o, const uint32_t *aggs, uint32_t n, const char *format, size_t len)
{
	if (!format)
		putc('\n', o->fp);
	return n ? rows(o, aggs, n, format, len) : 0;
}

int aggprint_rest(const struct out *o, const bool *printed)
{
	for (uint32_t i = 0; i < o->program->naggs; i++) {
		if (!printed[i] && rows(o, &i, 1, NULL, 0) != 0)
			return -1;
	}
	return 0;
}

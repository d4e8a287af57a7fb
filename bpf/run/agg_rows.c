/* SPDX-License-Identifier: GPL-2.0-only
 * Rows for printing: entries of one or several aggregations, joined by key and sorted as dtrace sorts them: by value, and
 * where that is the same by key (the guide's chapter "Aggregations"; options aggsortkey, aggsortpos, aggsortkeypos,
 * aggsortrev). Values are compared before normalizing: that changes what is printed, not the order.
 */
#include "agg.h"

#include <stdlib.h>
#include <string.h>

#include "agg_store.h"
#include "record.h"

struct order {
	const struct agg_store *s;
	const uint32_t *aggs;
	uint32_t n;
	struct agg_sort sort;
};

/* qsort has no argument of its own for the order; a merge sort does, and is stable. */
typedef int compare(const struct order *o, const struct agg_row *a, const struct agg_row *b);

static void merge_sort(const struct order *o, compare *cmp, struct agg_row *rows, struct agg_row *spare, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	merge_sort(o, cmp, rows, spare, half);
	merge_sort(o, cmp, rows + half, spare + half, n - half);
	memcpy(spare, rows, n * sizeof(*rows));
	while (i < half && j < n)
		rows[k++] = cmp(o, &spare[j], &spare[i]) < 0 ? spare[j++] : spare[i++];
	while (i < half)
		rows[k++] = spare[i++];
	while (j < n)
		rows[k++] = spare[j++];
}

#define COMPARE(a, b) ((a) < (b) ? -1 : (a) > (b))

static int compare_values(const struct rec_value *a, const struct rec_value *b)
{
	int c;

	switch (a->type.kind) {
	case IR_INT:
		return a->type.is_signed ? COMPARE(a->i, b->i) : COMPARE((uint64_t)a->i, (uint64_t)b->i);
	case IR_STRING:
	case IR_BYTES:
		c = memcmp(a->p, b->p, a->len < b->len ? a->len : b->len);
		return c ? c : COMPARE(a->len, b->len);
	case IR_STACK:
		for (uint32_t i = 0; i < a->nframes && i < b->nframes; i++)
			if (a->frames[i] != b->frames[i])
				return COMPARE(a->frames[i], b->frames[i]);
		c = COMPARE(a->nframes, b->nframes);
		return c ? c : COMPARE(a->pid, b->pid);
	case IR_SYM:
		c = COMPARE((uint64_t)a->i, (uint64_t)b->i);
		return c ? c : COMPARE(a->pid, b->pid);
	}
	return 0;
}

/* Part `i` of a key; false when the bytes are wrong. */
static bool key_part(const struct order *o, const struct agg_row *row, uint32_t i, struct rec_value *value)
{
	const struct ir_aggregation *a = &o->s->p->aggs[o->aggs[0]];
	struct rec_values v;

	rec_values(&v, row->key, row->keylen, &o->s->p->keytypes[a->keys], a->nkeys);
	do {
		if (rec_value(&v, value) != 1)
			return false;
	} while (i-- > 0);
	return true;
}

static int by_key(const struct order *o, const struct agg_row *a, const struct agg_row *b)
{
	uint32_t n = o->s->p->aggs[o->aggs[0]].nkeys;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t part = (i + (o->sort.keypos < n ? o->sort.keypos : 0)) % n;
		struct rec_value va, vb;
		int c;

		if (!key_part(o, a, part, &va) || !key_part(o, b, part, &vb))
			return 0;
		c = compare_values(&va, &vb);
		if (c)
			return c;
	}
	return 0;
}

/* What a quantize-like entry weighs: each bucket's number times the value that stands beside it. */
static long double weight(const struct ir_aggregation *a, const struct agg_value *v, int64_t *zero)
{
	uint32_t n = ir_agg_buckets(a), last = n - 1;
	long double total = 0;

	*zero = 0;
	for (uint32_t b = 0; v && b < n; b++) {
		int64_t low, high, mark;

		if (!v->buckets[b])
			continue;
		agg_bucket_range(a, b, &low, &high);
		mark = low;
		if (a->func == IR_AGG_QUANTIZE ? b < AGG_QUANT_ZERO : b == 0)
			mark = high; /* of the first bucket of the others: base - 1 */
		else if (a->func == IR_AGG_LQUANTIZE && b == last && low < INT64_MAX)
			mark = low + 1;
		total += (long double)v->buckets[b] * (long double)mark;
		if (low <= 0 && high >= 0)
			*zero = v->buckets[b];
	}
	return total;
}

static int compare_entries(const struct agg_store *s, uint32_t agg, const struct agg_entry *a, const struct agg_entry *b)
{
	const struct ir_aggregation *g = &s->p->aggs[agg];

	if (ir_agg_buckets(g)) {
		int64_t za, zb;
		long double wa = weight(g, a ? &a->v : NULL, &za), wb = weight(g, b ? &b->v : NULL, &zb);

		return wa < wb ? -1 : wa > wb ? 1 : COMPARE(za, zb);
	} else {
		int64_t na = a ? agg_value_number(g, &a->v, 1) : 0, nb = b ? agg_value_number(g, &b->v, 1) : 0;

		return COMPARE(na, nb);
	}
}

static int by_value(const struct order *o, const struct agg_row *a, const struct agg_row *b)
{
	for (uint32_t i = 0; i < o->n; i++) {
		uint32_t at = (i + (o->sort.pos < o->n ? o->sort.pos : 0)) % o->n;
		int c = compare_entries(o->s, o->aggs[at], a->entries[at], b->entries[at]);

		if (c)
			return c;
	}
	return 0;
}

static int in_order(const struct order *o, const struct agg_row *a, const struct agg_row *b)
{
	int c = o->sort.by_key ? by_key(o, a, b) : by_value(o, a, b);

	if (c == 0)
		c = o->sort.by_key ? by_value(o, a, b) : by_key(o, a, b);
	return o->sort.reverse ? -c : c;
}

/* Entries by their bytes, so that those with the same key come together; then in the order of their making. */
static int by_bytes(const struct order *o, const struct agg_row *a, const struct agg_row *b)
{
	int c = COMPARE(a->keylen, b->keylen);

	(void)o;
	if (c == 0)
		c = memcmp(a->key, b->key, a->keylen);
	return c ? c : COMPARE((*a->entries)->order, (*b->entries)->order);
}

ssize_t agg_rows(const struct agg_store *s, const uint32_t *aggs, uint32_t n, const struct agg_sort *sort, struct agg_row **result)
{
	struct order o = {.s = s, .aggs = aggs, .n = n, .sort = *sort};
	size_t count = 0, rows = 0, room;
	struct agg_row *row, *spare;
	const struct agg_entry **cells, **single;

	*result = NULL;
	for (size_t i = 0; i < s->nbuckets; i++)
		for (const struct agg_node *e = s->table[i]; e; e = e->next)
			for (uint32_t a = 0; a < n; a++)
				count += e->e.agg == aggs[a];
	if (n == 0 || count == 0)
		return 0;
	if (count > SIZE_MAX / (2 * sizeof(*row) + ((size_t)n + 1) * sizeof(const struct agg_entry *)))
		return -1;
	room = count * (2 * sizeof(*row) + ((size_t)n + 1) * sizeof(const struct agg_entry *));
	row = calloc(1, room);
	if (!row)
		return -1;
	spare = row + count;
	cells = (const struct agg_entry **)(spare + count);
	single = cells + count * n;
	count = 0;
	for (size_t i = 0; i < s->nbuckets; i++) {
		for (const struct agg_node *e = s->table[i]; e; e = e->next) {
			bool wanted = false;

			for (uint32_t a = 0; a < n; a++)
				wanted |= e->e.agg == aggs[a];
			if (!wanted)
				continue;
			single[count] = &e->e;
			row[count] = (struct agg_row){.key = e->e.key, .keylen = e->e.keylen, .entries = &single[count]};
			count++;
		}
	}
	merge_sort(&o, by_bytes, row, spare, count);
	for (size_t i = 0; i < count; i++) {
		const struct agg_entry *e = *row[i].entries;

		if (rows == 0 || row[rows - 1].keylen != e->keylen || memcmp(row[rows - 1].key, e->key, e->keylen) != 0) {
			row[rows] = (struct agg_row){.key = e->key, .keylen = e->keylen, .entries = &cells[rows * n]};
			rows++;
		}
		for (uint32_t a = 0; a < n; a++)
			if (e->agg == aggs[a])
				cells[(rows - 1) * n + a] = e;
	}
	merge_sort(&o, in_order, row, spare, rows);
	*result = row;
	return (ssize_t)rows;
}

void agg_trunc(struct agg_store *s, uint32_t agg, int64_t n)
{
	struct agg_sort sort = {.reverse = n >= 0};
	uint64_t keep = n < 0 ? -(uint64_t)n : (uint64_t)n;
	struct agg_row *rows;
	ssize_t count = agg_rows(s, &agg, 1, &sort, &rows);

	for (ssize_t i = 0; i < count; i++)
		if ((uint64_t)i >= keep)
			agg_remove(s, *rows[i].entries);
	free(rows);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The store of aggregations: a hash table of entries, filled value by value or by merging. What rows come out of it, and in
 * which order, is agg_rows.c. The arithmetic is that of the DTrace guide's chapter "Aggregations".
 */
#include "agg.h"

#include <stdlib.h>
#include <string.h>

#include "agg_store.h"

struct agg_store *agg_new(const struct ir_program *p, size_t limit)
{
	struct agg_store *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->p = p;
	s->limit = limit;
	s->nbuckets = 64;
	s->table = calloc(s->nbuckets, sizeof(struct agg_node *));
	if (!s->table) {
		free(s);
		return NULL;
	}
	return s;
}

static void entry_free(struct agg_store *s, struct agg_node *n)
{
	s->used -= n->bytes;
	s->n--;
	free(n->e.v.buckets);
	free(n);
}

void agg_free(struct agg_store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->nbuckets; i++) {
		for (struct agg_node *n = s->table[i], *next; n; n = next) {
			next = n->next;
			entry_free(s, n);
		}
	}
	free(s->table);
	free(s);
}

uint32_t agg_buckets(const struct ir_aggregation *a)
{
	return ir_agg_buckets(a);
}

static int64_t power(int64_t factor, int64_t n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= factor; /* ir_agg_buckets has seen that factor^(high + 1) fits */
	return v;
}

static uint32_t quantize_bucket(int64_t value)
{
	uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
	int bits = size ? 64 - __builtin_clzll(size) : 0; /* value is in 2^(bits-1) .. 2^bits - 1 */

	if (bits > 63)
		bits = 63; /* INT64_MIN */
	return (uint32_t)(value < 0 ? AGG_QUANT_ZERO - bits : AGG_QUANT_ZERO + bits);
}

static uint32_t lquantize_bucket(const struct ir_aggregation *a, int64_t value)
{
	uint32_t last = ir_agg_buckets(a) - 1;
	uint64_t level;

	if (value < a->param[0])
		return 0;
	level = ((uint64_t)value - (uint64_t)a->param[0]) / (uint64_t)a->param[2];
	return level < last - 1 ? (uint32_t)level + 1 : last;
}

/* Walks the powers; for each the values from `from` on are in buckets `bucket`, `bucket` + 1 ... of `width` values. Stops at the
 * power that has the value, or the bucket where by_value is false. */
static bool llquantize_power(const struct ir_aggregation *a, bool by_value, int64_t value, uint32_t wanted, uint32_t *bucket,
			     int64_t *from, int64_t *width)
{
	int64_t to = power(a->param[0], a->param[1]);

	*bucket = 1;
	for (int64_t i = a->param[1]; i <= a->param[2]; i++) {
		int64_t n;

		*from = to;
		to *= a->param[0];
		n = to > a->param[3] ? a->param[3] : to;
		*width = to / n;
		n -= n / a->param[0];
		if (by_value ? value < to : wanted < *bucket + n)
			return true;
		*bucket += (uint32_t)n;
	}
	*from = to;
	return false;
}

uint32_t agg_bucket_of(const struct ir_aggregation *a, int64_t value)
{
	uint32_t bucket;
	int64_t from, width;

	if (a->func == IR_AGG_QUANTIZE)
		return quantize_bucket(value);
	if (a->func == IR_AGG_LQUANTIZE)
		return lquantize_bucket(a, value);
	if (value < power(a->param[0], a->param[1]))
		return 0;
	if (!llquantize_power(a, true, value, 0, &bucket, &from, &width))
		return bucket;
	return bucket + (uint32_t)((value - from) / width);
}

void agg_bucket_range(const struct ir_aggregation *a, uint32_t bucket, int64_t *low, int64_t *high)
{
	uint32_t last = ir_agg_buckets(a) - 1, first;
	int64_t from, width;

	*low = INT64_MIN;
	*high = INT64_MAX;
	if (a->func == IR_AGG_QUANTIZE) {
		int n = (int)bucket - AGG_QUANT_ZERO;

		if (n == 0) {
			*low = *high = 0;
		} else if (n > 0) {
			*low = INT64_C(1) << (n - 1);
			*high = (int64_t)((UINT64_C(1) << n) - 1);
		} else {
			*high = -(INT64_C(1) << (-n - 1));
			if (bucket > 0)
				*low = -(int64_t)((UINT64_C(1) << -n) - 1);
		}
		return;
	}
	if (a->func == IR_AGG_LQUANTIZE) {
		if (bucket > 0)
			*low = (int64_t)((uint64_t)a->param[0] + (uint64_t)(bucket - 1) * (uint64_t)a->param[2]);
		if (bucket < last)
			*high = (int64_t)((uint64_t)a->param[0] + (uint64_t)bucket * (uint64_t)a->param[2]) - 1;
		return;
	}
	if (bucket == 0) {
		*high = power(a->param[0], a->param[1]) - 1;
	} else if (!llquantize_power(a, false, 0, bucket, &first, &from, &width)) {
		*low = from;
	} else {
		*low = from + (int64_t)(bucket - first) * width;
		*high = *low + width - 1;
	}
}

static uint64_t hash_of(uint32_t agg, const unsigned char *key, uint32_t len)
{
	uint64_t h = 14695981039346656037u ^ agg; /* FNV-1a, by 8 bytes: keys are padded to that */

	for (uint32_t i = 0; i < len; i += 8) {
		uint64_t word = 0;

		memcpy(&word, key + i, len - i < 8 ? len - i : 8);
		h = (h ^ word) * 1099511628211u;
		h ^= h >> 29;
	}
	return h;
}

static void grow(struct agg_store *s)
{
	size_t n = s->nbuckets * 2;
	struct agg_node **table = calloc(n, sizeof(struct agg_node *));

	if (!table)
		return; /* longer chains, no harm */
	for (size_t i = 0; i < s->nbuckets; i++) {
		for (struct agg_node *e = s->table[i], *next; e; e = next) {
			next = e->next;
			e->next = table[e->hash & (n - 1)];
			table[e->hash & (n - 1)] = e;
		}
	}
	free(s->table);
	s->table = table;
	s->nbuckets = n;
}

static struct agg_node *find(const struct agg_store *s, uint32_t agg, const void *key, uint32_t len, uint64_t hash)
{
	struct agg_node *n = s->table[hash & (s->nbuckets - 1)];

	while (n && !(n->hash == hash && n->e.agg == agg && n->e.keylen == len && memcmp(n->e.key, key, len) == 0))
		n = n->next;
	return n;
}

/* The entry of a key, made if it is not there; NULL and a drop when that does not fit. */
static struct agg_node *entry(struct agg_store *s, uint32_t agg, const void *key, uint32_t len)
{
	const struct ir_aggregation *a = &s->p->aggs[agg];
	uint64_t hash = hash_of(agg, key, len);
	uint32_t nbuckets = ir_agg_buckets(a);
	size_t bytes = sizeof(struct agg_node) + len + (size_t)nbuckets * sizeof(int64_t);
	struct agg_node *n = find(s, agg, key, len, hash);

	if (n)
		return n;
	n = bytes <= s->limit && s->used <= s->limit - bytes ? calloc(1, sizeof(*n) + len) : NULL;
	if (n && nbuckets && !(n->e.v.buckets = calloc(nbuckets, sizeof(int64_t)))) {
		free(n);
		n = NULL;
	}
	if (!n) {
		s->drops++;
		return NULL;
	}
	n->hash = hash;
	n->bytes = bytes;
	memcpy(n->key, key, len);
	n->e.agg = agg;
	n->e.key = n->key;
	n->e.keylen = len;
	n->e.normal = 1;
	n->e.order = s->made++;
	s->used += bytes;
	if (++s->n > s->nbuckets)
		grow(s);
	n->next = s->table[hash & (s->nbuckets - 1)];
	s->table[hash & (s->nbuckets - 1)] = n;
	return n;
}

static void add_squares(uint64_t squares[2], uint64_t low, uint64_t high)
{
	squares[0] += low;
	squares[1] += high + (squares[0] < low);
}

static int64_t wrap_add(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

static bool is_better(enum agg_extreme which, int64_t value, int64_t than)
{
	return which == AGG_LOWEST ? value < than : value > than;
}

bool agg_update(struct agg_store *s, uint32_t agg, const void *key, uint32_t keylen, int64_t value, int64_t weight)
{
	const struct ir_aggregation *a = &s->p->aggs[agg];
	struct agg_node *n = entry(s, agg, key, keylen);
	struct agg_value *v;
	unsigned __int128 square;

	if (!n)
		return false;
	v = &n->e.v;
	switch (a->func) {
	case IR_AGG_COUNT:
		break;
	case IR_AGG_STDDEV:
		square = (unsigned __int128)((__int128)value * value);
		add_squares(v->squares, (uint64_t)square, (uint64_t)(square >> 64));
		v->sum = wrap_add(v->sum, value);
		break;
	case IR_AGG_SUM:
	case IR_AGG_AVG:
		v->sum = wrap_add(v->sum, value);
		break;
	case IR_AGG_MIN:
	case IR_AGG_MAX:
		if (v->count == 0 || is_better(a->func == IR_AGG_MIN ? AGG_LOWEST : AGG_HIGHEST, value, v->extreme))
			v->extreme = value;
		break;
	case IR_AGG_QUANTIZE:
	case IR_AGG_LQUANTIZE:
	case IR_AGG_LLQUANTIZE: {
		uint32_t b = agg_bucket_of(a, value);

		if (v->buckets) /* entry() has made them */
			v->buckets[b] = wrap_add(v->buckets[b], weight);
		break;
	}
	}
	v->count++;
	return true;
}

static void add_value(const struct ir_aggregation *a, struct agg_value *v, const struct agg_value *from)
{
	if ((a->func == IR_AGG_MIN || a->func == IR_AGG_MAX) && from->count &&
	    (v->count == 0 || is_better(a->func == IR_AGG_MIN ? AGG_LOWEST : AGG_HIGHEST, from->extreme, v->extreme)))
		v->extreme = from->extreme;
	v->sum = wrap_add(v->sum, from->sum);
	add_squares(v->squares, from->squares[0], from->squares[1]);
	if (from->buckets && v->buckets)
		for (uint32_t b = ir_agg_buckets(a); b-- > 0;)
			v->buckets[b] = wrap_add(v->buckets[b], from->buckets[b]);
	v->count += from->count;
}

bool agg_merge(struct agg_store *s, uint32_t agg, const void *key, uint32_t keylen, const struct agg_value *from)
{
	struct agg_node *n = entry(s, agg, key, keylen);

	if (!n)
		return false;
	add_value(&s->p->aggs[agg], &n->e.v, from);
	return true;
}

uint64_t agg_drops(struct agg_store *s)
{
	uint64_t n = s->drops;

	s->drops = 0;
	return n;
}

void agg_clear(struct agg_store *s, uint32_t agg)
{
	for (size_t i = 0; i < s->nbuckets; i++) {
		for (struct agg_node *n = s->table[i]; n; n = n->next) {
			struct agg_value *v = &n->e.v;
			int64_t *buckets = v->buckets;

			if (n->e.agg != agg)
				continue;
			if (buckets)
				memset(buckets, 0, ir_agg_buckets(&s->p->aggs[agg]) * sizeof(*buckets));
			*v = (struct agg_value){.buckets = buckets};
		}
	}
}

void agg_normalize(struct agg_store *s, uint32_t agg, int64_t factor)
{
	for (size_t i = 0; i < s->nbuckets; i++)
		for (struct agg_node *n = s->table[i]; n; n = n->next)
			if (n->e.agg == agg)
				n->e.normal = factor ? factor : 1;
}

static struct agg_node *node_of(const struct agg_entry *e)
{
	return (struct agg_node *)(uintptr_t)((const char *)e - offsetof(struct agg_node, e));
}

static void unlink_node(struct agg_store *s, struct agg_node *n)
{
	struct agg_node **at = &s->table[n->hash & (s->nbuckets - 1)];

	while (*at != n)
		at = &(*at)->next;
	*at = n->next;
}

void agg_remove(struct agg_store *s, const struct agg_entry *e)
{
	struct agg_node *n = node_of(e);

	unlink_node(s, n);
	entry_free(s, n);
}

void agg_rekey(struct agg_store *s, const struct agg_entry *e, const void *key)
{
	struct agg_node *n = node_of(e), *other;
	uint64_t hash = hash_of(e->agg, key, e->keylen);

	unlink_node(s, n);
	other = find(s, e->agg, key, e->keylen, hash);
	if (other) {
		add_value(&s->p->aggs[e->agg], &other->e.v, &n->e.v);
		entry_free(s, n);
		return;
	}
	memcpy(n->key, key, e->keylen);
	n->hash = hash;
	n->next = s->table[hash & (s->nbuckets - 1)];
	s->table[hash & (s->nbuckets - 1)] = n;
}

/* The square root, rounded down. */
static uint64_t root(unsigned __int128 v)
{
	uint64_t r = 0;

	for (int bit = 63; bit >= 0; bit--) {
		uint64_t next = r | UINT64_C(1) << bit;

		if ((unsigned __int128)next * next <= v)
			r = next;
	}
	return r;
}

static int64_t divide(int64_t a, int64_t b)
{
	return b == -1 ? (int64_t)-(uint64_t)a : a / b; /* INT64_MIN / -1 wraps */
}

/* sqrt(average of squares - square of the average), as DTrace computes it, in integers. */
static int64_t stddev(const struct agg_value *v, int64_t normal)
{
	unsigned __int128 squares = (unsigned __int128)v->squares[1] << 64 | v->squares[0], square;
	uint64_t n = normal < 0 ? -(uint64_t)normal : (uint64_t)normal;
	int64_t average;

	if (v->count == 0)
		return 0;
	squares = squares / n / n / v->count;
	average = divide(v->sum, normal) / (int64_t)v->count;
	square = (unsigned __int128)((__int128)average * average);
	return squares > square ? (int64_t)root(squares - square) : 0;
}

int64_t agg_value_number(const struct ir_aggregation *a, const struct agg_value *v, int64_t normal)
{
	switch (a->func) {
	case IR_AGG_COUNT:
		return divide((int64_t)v->count, normal);
	case IR_AGG_SUM:
		return divide(v->sum, normal);
	case IR_AGG_MIN:
	case IR_AGG_MAX:
		return divide(v->extreme, normal);
	case IR_AGG_AVG:
		return v->count ? divide(v->sum, normal) / (int64_t)v->count : 0;
	case IR_AGG_STDDEV:
		return stddev(v, normal);
	default:
		return 0;
	}
}

int64_t agg_number(const struct agg_store *s, const struct agg_entry *e)
{
	return agg_value_number(&s->p->aggs[e->agg], &e->v, e->normal);
}

int64_t agg_bucket_number(const struct agg_store *s, const struct agg_entry *e, uint32_t bucket)
{
	(void)s;
	return divide(e->v.buckets[bucket], e->normal);
}

bool agg_is_empty(const struct agg_store *s, const struct agg_entry *e)
{
	if (e->v.buckets) {
		for (uint32_t b = ir_agg_buckets(&s->p->aggs[e->agg]); b-- > 0;)
			if (e->v.buckets[b])
				return false;
		return true;
	}
	return e->v.count == 0;
}

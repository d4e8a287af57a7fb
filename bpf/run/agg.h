/* SPDX-License-Identifier: GPL-2.0-only
 * The aggregations of a running program: for each key of each, what was counted. Back ends add to it (the evaluator value
 * by value, a BPF program by merging its per-CPU numbers); printing takes sorted rows out of it.
 * Keys are bytes as in record.h. One key of one aggregation is an entry.
 */
#pragma once

#include "bpf/lang/ir.h"

#include <sys/types.h>

/* Buckets of quantize: bucket AGG_QUANT_ZERO is 0, AGG_QUANT_ZERO + n holds 2^(n-1) up to 2^n - 1, AGG_QUANT_ZERO - n the
 * negatives of the same size, the first one all below, too. As many as DTrace has. */
#define AGG_QUANT_BUCKETS 127
#define AGG_QUANT_ZERO	  63

/* What one entry holds. Which members mean something depends on the function. */
struct agg_value {
	uint64_t count;		 /* COUNT, AVG, STDDEV: number of values */
	int64_t sum;		 /* SUM, AVG, STDDEV, wrapping */
	int64_t extreme;	 /* MIN, MAX; count 0: none yet */
	uint64_t squares[2];	 /* STDDEV: sum of squares, 128 bits, low word first */
	int64_t *buckets;	 /* QUANTIZE, LQUANTIZE, LLQUANTIZE: agg_buckets() of them; LQUANTIZE: first is below base, last
				  * at or above limit; LLQUANTIZE: first below factor^low, last at or above factor^(high+1) */
};

struct agg_entry {
	uint32_t agg; /* index into ir_program.aggs */
	const unsigned char *key;
	uint32_t keylen;
	int64_t normal; /* what normalize() set; 1 */
	struct agg_value v;
	uint64_t order; /* number of its making: stable sorting */
};

struct agg_store;

/* A store for p's aggregations of at most `limit` bytes (option aggsize). NULL: no memory. Keeps a pointer to p. */
struct agg_store *agg_new(const struct ir_program *p, size_t limit);
void agg_free(struct agg_store *s);

/* How many buckets the aggregation's entries have; 0: its function has none. */
uint32_t agg_buckets(const struct ir_aggregation *a);
/* The range of values of a bucket, both inclusive (the number beside a bar is low; quantize's negatives: high); the outermost ones reach to INT64_MIN and INT64_MAX. */
void agg_bucket_range(const struct ir_aggregation *a, uint32_t bucket, int64_t *low, int64_t *high);
/* The bucket that a value falls into. */
uint32_t agg_bucket_of(const struct ir_aggregation *a, int64_t value);

/* Adds value, weight times for the quantize family (else 1). false: the store is full, the value was dropped and counted. */
bool agg_update(struct agg_store *s, uint32_t agg, const void *key, uint32_t keylen, int64_t value, int64_t weight);
/* Adds another entry's numbers (of another CPU) to the key's. */
bool agg_merge(struct agg_store *s, uint32_t agg, const void *key, uint32_t keylen, const struct agg_value *v);
/* Gives an entry another key of the same length; where that has an entry already, its numbers are added to that one and it is gone. */
void agg_rekey(struct agg_store *s, const struct agg_entry *e, const void *key);
/* Drops since the last call. */
uint64_t agg_drops(struct agg_store *s);

/* clear(): values to zero, keys stay. normalize(): factor for printing (0: as 1). trunc(): all entries but the n with the
 * highest values go; the lowest stay if n is negative; trunc(s, agg, 0) removes all. */
void agg_clear(struct agg_store *s, uint32_t agg);
void agg_normalize(struct agg_store *s, uint32_t agg, int64_t factor);
void agg_trunc(struct agg_store *s, uint32_t agg, int64_t n);

/* The one number of an entry as it is printed: normalized; avg and stddev computed, 0 if empty. COUNT to STDDEV only. */
int64_t agg_number(const struct agg_store *s, const struct agg_entry *e);
/* Of a bucket, normalized. */
int64_t agg_bucket_number(const struct agg_store *s, const struct agg_entry *e, uint32_t bucket);
/* Whether it has nothing in it since it was made or cleared (count 0, all buckets 0). */
bool agg_is_empty(const struct agg_store *s, const struct agg_entry *e);

struct agg_sort {
	bool by_key;	 /* aggsortkey: by key, then by value */
	bool reverse;	 /* aggsortrev */
	uint32_t pos;	 /* aggsortpos: which of several aggregations sorts */
	uint32_t keypos; /* aggsortkeypos: the part of the key that counts first */
};

/* A row of printing: a key and, for each aggregation asked for, its entry or NULL where it has not that key. */
struct agg_row {
	const unsigned char *key;
	uint32_t keylen;
	const struct agg_entry *const *entries;
};

/* The rows of n aggregations with keys of the same types, joined by key and sorted as dtrace does: ascending by value, then by
 * key. *rows is the caller's to free(), in one piece. Returns how many, or -1 without memory. */
ssize_t agg_rows(const struct agg_store *s, const uint32_t *aggs, uint32_t n, const struct agg_sort *sort, struct agg_row **rows);

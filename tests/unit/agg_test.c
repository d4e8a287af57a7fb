/* SPDX-License-Identifier: GPL-2.0-only
 * The aggregation store: what the functions compute, buckets, sorting, joining; and the bytes of records and keys.
 */
#include "unit.h"

#include "bpf/run/agg.h"
#include "bpf/run/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ir_program *program(const char *aggs)
{
	char error[200], *text;
	struct ir_program *p;

	if (asprintf(&text, "ir 1 strsize 256\nstack user 0 0\n%sclause 0 \"BEGIN\" line 1 regs 0\n"
			    "action 0 printf \"\" arg 0 types i4s string bytes3 stack0 usym aggs line 1\n"
			    "block 0\nret @1:0\nend\n",
		     aggs) < 0)
		abort();
	p = ir_read(text, strlen(text), error, sizeof(error));
	if (!p)
		fail_msg("%s", error);
	free(text);
	return p;
}

static const char all[] =
	"agg 0 \"c\" count unsigned params 0 0 0 0 keys\n"
	"agg 1 \"s\" sum signed params 0 0 0 0 keys\n"
	"agg 2 \"n\" min signed params 0 0 0 0 keys\n"
	"agg 3 \"x\" max signed params 0 0 0 0 keys\n"
	"agg 4 \"a\" avg signed params 0 0 0 0 keys\n"
	"agg 5 \"d\" stddev signed params 0 0 0 0 keys\n"
	"agg 6 \"q\" quantize signed params 0 0 0 0 keys\n"
	"agg 7 \"l\" lquantize signed params -10 10 5 0 keys\n"
	"agg 8 \"ll\" llquantize signed params 10 0 2 20 keys\n"
	"agg 9 \"k\" sum signed params 0 0 0 0 keys string i4s\n"
	"agg 10 \"j\" sum signed params 0 0 0 0 keys string i4s\n"
	"agg 11 \"m\" llquantize signed params 2 3 5 2 keys\n";

static const struct agg_entry *only(struct agg_store *s, uint32_t agg)
{
	struct agg_sort sort = {0};
	struct agg_row *rows;
	const struct agg_entry *e;

	assert_int_equal(agg_rows(s, &agg, 1, &sort, &rows), 1);
	e = rows[0].entries[0];
	free(rows);
	return e;
}

static void numbers(void **state)
{
	static const int64_t values[] = {5, -3, 7, 7};
	static const int64_t want[] = {4, 16, -3, 7, 4, 4}; /* stddev: sqrt(132 / 4 - 16) = 4.1 */
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 1 << 20);

	(void)state;
	for (uint32_t a = 0; a < 6; a++) {
		for (size_t i = 0; i < 4; i++)
			assert_true(agg_update(s, a, "", 0, values[i], 1));
		assert_int_equal(agg_number(s, only(s, a)), want[a]);
		assert_false(agg_is_empty(s, only(s, a)));
	}
	/* sum 16 / 3, then avg 16 / 3 / 4 as dtrace divides. */
	agg_normalize(s, 1, 3);
	assert_int_equal(agg_number(s, only(s, 1)), 5);
	agg_normalize(s, 4, 3);
	assert_int_equal(agg_number(s, only(s, 4)), 1);
	agg_normalize(s, 1, 1);
	agg_clear(s, 1);
	assert_int_equal(agg_number(s, only(s, 1)), 0);
	assert_true(agg_is_empty(s, only(s, 1)));
	/* min and max begin anew after clear. */
	agg_clear(s, 2);
	assert_true(agg_update(s, 2, "", 0, 9, 1));
	assert_int_equal(agg_number(s, only(s, 2)), 9);
	agg_trunc(s, 2, 0);
	agg_free(s);
	ir_free(p);
}

static void wide_numbers(void **state)
{
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 1 << 20);
	struct agg_value half = {.count = 1, .sum = 2, .extreme = -9};

	(void)state;
	/* Squares do not overflow: values far over 2^32 that differ by 2 * 10^12. */
	agg_update(s, 5, "", 0, INT64_C(1000000000000000), 1);
	agg_update(s, 5, "", 0, INT64_C(1002000000000000), 1);
	assert_int_equal(agg_number(s, only(s, 5)), INT64_C(1000000000000));
	agg_update(s, 1, "", 0, INT64_MAX, 1);
	agg_update(s, 1, "", 0, 1, 1);
	assert_true(agg_number(s, only(s, 1)) == INT64_MIN);
	agg_normalize(s, 1, -1);
	assert_true(agg_number(s, only(s, 1)) == INT64_MIN);
	agg_update(s, 2, "", 0, 3, 1);
	agg_merge(s, 2, "", 0, &half);
	assert_int_equal(agg_number(s, only(s, 2)), -9);
	agg_merge(s, 4, "", 0, &half);
	agg_merge(s, 4, "", 0, &half);
	assert_int_equal(agg_number(s, only(s, 4)), 2);
	agg_free(s);
	ir_free(p);
}

static void buckets_hold_their_range(void **state)
{
	static const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, -1000001, -5, -2, -1, 0, 1, 2, 3, 1 << 20, INT64_MAX - 1, INT64_MAX};
	static const uint32_t aggs[] = {6, 7, 8, 11};
	struct ir_program *p = program(all);

	(void)state;
	for (size_t k = 0; k < 4; k++) {
		const struct ir_aggregation *a = &p->aggs[aggs[k]];
		int64_t low, high, before = INT64_MIN;

		for (uint32_t b = 0; b < agg_buckets(a); b++) {
			agg_bucket_range(a, b, &low, &high);
			assert_true(low <= high);
			assert_true(b == 0 ? low == INT64_MIN : low == before + 1);
			assert_int_equal(agg_bucket_of(a, low), b);
			assert_int_equal(agg_bucket_of(a, high), b);
			before = high;
		}
		assert_true(before == INT64_MAX);
		for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
			agg_bucket_range(a, agg_bucket_of(a, edges[i]), &low, &high);
			assert_true(low <= edges[i] && edges[i] <= high);
		}
	}
	/* llquantize(x, 10, 0, 2, 20): 1 2 ... 9 10 15 20 ... 95 100 150 ... 950 1000 */
	assert_int_equal(agg_bucket_of(&p->aggs[8], 0), 0);
	assert_int_equal(agg_bucket_of(&p->aggs[8], 9), 9);
	assert_int_equal(agg_bucket_of(&p->aggs[8], 14), 10);
	assert_int_equal(agg_bucket_of(&p->aggs[8], 15), 11);
	assert_int_equal(agg_bucket_of(&p->aggs[8], 999), agg_buckets(&p->aggs[8]) - 2);
	assert_int_equal(agg_bucket_of(&p->aggs[6], 1), AGG_QUANT_ZERO + 1);
	assert_int_equal(agg_bucket_of(&p->aggs[6], -1), AGG_QUANT_ZERO - 1);
	assert_int_equal(agg_bucket_of(&p->aggs[6], -3), AGG_QUANT_ZERO - 2);
	ir_free(p);
}

static void weights_count(void **state)
{
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 1 << 20);

	(void)state;
	agg_update(s, 6, "", 0, 100, 7);
	agg_update(s, 6, "", 0, 127, -2);
	assert_int_equal(agg_bucket_number(s, only(s, 6), AGG_QUANT_ZERO + 7), 5);
	agg_normalize(s, 6, 2);
	assert_int_equal(agg_bucket_number(s, only(s, 6), AGG_QUANT_ZERO + 7), 2);
	agg_free(s);
	ir_free(p);
}

static void add(struct agg_store *s, uint32_t agg, const char *name, int32_t n, int64_t value)
{
	uint64_t room[64];
	struct rec_writer w = {.buf = (unsigned char *)room, .max = sizeof(room)};

	rec_put_bytes(&w, name, strlen(name));
	rec_put_int(&w, n);
	assert_false(w.full);
	assert_true(agg_update(s, agg, w.buf, (uint32_t)w.len, value, 1));
}

/* The rows as "name,n=value name,n=value"; '-' where an aggregation has not the key. */
static void expect(struct agg_store *s, const struct ir_program *p, const uint32_t *aggs, uint32_t n, struct agg_sort sort,
		   const char *want)
{
	char text[500] = "";
	struct agg_row *rows;
	ssize_t count = agg_rows(s, aggs, n, &sort, &rows);

	for (ssize_t i = 0; i < count; i++) {
		struct rec_values v;
		struct rec_value name, number;
		size_t at = strlen(text);

		rec_values(&v, rows[i].key, rows[i].keylen, &p->keytypes[p->aggs[aggs[0]].keys], 2);
		assert_int_equal(rec_value(&v, &name), 1);
		assert_int_equal(rec_value(&v, &number), 1);
		assert_int_equal(rec_value(&v, &number), 0);
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%.*s,%d", i ? " " : "", (int)name.len, name.p, (int)number.i);
		for (uint32_t a = 0; a < n; a++) {
			if (rows[i].entries[a])
				at += (size_t)snprintf(text + at, sizeof(text) - at, "=%d", (int)agg_number(s, rows[i].entries[a]));
			else
				at += (size_t)snprintf(text + at, sizeof(text) - at, "=-");
		}
	}
	assert_string_equal(text, want);
	free(rows);
}

static void rows_are_sorted(void **state)
{
	static const uint32_t one[] = {9}, two[] = {9, 10};
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 1 << 20);

	(void)state;
	add(s, 9, "b", 2, 10);
	add(s, 9, "a", -1, 20);
	add(s, 9, "a", 3, 10);
	add(s, 9, "ab", 0, -5);
	expect(s, p, one, 1, (struct agg_sort){0}, "ab,0=-5 a,3=10 b,2=10 a,-1=20");
	expect(s, p, one, 1, (struct agg_sort){.reverse = true}, "a,-1=20 b,2=10 a,3=10 ab,0=-5");
	expect(s, p, one, 1, (struct agg_sort){.by_key = true}, "a,-1=20 a,3=10 ab,0=-5 b,2=10");
	expect(s, p, one, 1, (struct agg_sort){.by_key = true, .keypos = 1}, "a,-1=20 ab,0=-5 b,2=10 a,3=10");
	expect(s, p, one, 1, (struct agg_sort){.keypos = 1}, "ab,0=-5 b,2=10 a,3=10 a,-1=20");
	add(s, 10, "z", 9, 1);
	add(s, 10, "a", 3, 30);
	expect(s, p, two, 2, (struct agg_sort){0}, "ab,0=-5=- z,9=-=1 b,2=10=- a,3=10=30 a,-1=20=-");
	expect(s, p, two, 2, (struct agg_sort){.pos = 1}, "ab,0=-5=- b,2=10=- a,-1=20=- z,9=-=1 a,3=10=30");
	agg_trunc(s, 9, 2);
	expect(s, p, one, 1, (struct agg_sort){0}, "b,2=10 a,-1=20");
	agg_trunc(s, 9, -1);
	expect(s, p, one, 1, (struct agg_sort){0}, "b,2=10");
	agg_free(s);
	ir_free(p);
}

/* Gives the row name,n another name of the same length. */
static void rename_row(struct agg_store *s, uint32_t agg, const char *name, int32_t n, const char *as)
{
	uint64_t from[64], to[64];
	struct rec_writer f = {.buf = (unsigned char *)from, .max = sizeof(from)}, t = {.buf = (unsigned char *)to, .max = sizeof(to)};
	struct agg_sort sort = {0};
	struct agg_row *rows;
	ssize_t count = agg_rows(s, &agg, 1, &sort, &rows);
	bool found = false;

	rec_put_bytes(&f, name, strlen(name));
	rec_put_int(&f, n);
	rec_put_bytes(&t, as, strlen(as));
	rec_put_int(&t, n);
	for (ssize_t i = 0; i < count && !found; i++) {
		found = rows[i].keylen == f.len && memcmp(rows[i].key, from, f.len) == 0;
		if (found)
			agg_rekey(s, *rows[i].entries, to);
	}
	assert_true(found);
	free(rows);
}

static void keys_are_changed(void **state)
{
	static const uint32_t one[] = {9};
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 1 << 20);

	(void)state;
	add(s, 9, "a", 1, 10);
	add(s, 9, "b", 1, 20);
	add(s, 9, "a", 2, 40);
	rename_row(s, 9, "a", 1, "c");
	expect(s, p, one, 1, (struct agg_sort){0}, "c,1=10 b,1=20 a,2=40");
	rename_row(s, 9, "b", 1, "c");
	expect(s, p, one, 1, (struct agg_sort){0}, "c,1=30 a,2=40");
	/* and is found by its new key */
	add(s, 9, "c", 1, 1);
	add(s, 9, "b", 1, 2);
	expect(s, p, one, 1, (struct agg_sort){0}, "b,1=2 c,1=31 a,2=40");
	rename_row(s, 9, "c", 1, "c");
	expect(s, p, one, 1, (struct agg_sort){0}, "b,1=2 c,1=31 a,2=40");
	agg_free(s);
	ir_free(p);
}

static void a_full_store_drops(void **state)
{
	struct ir_program *p = program(all);
	struct agg_store *s = agg_new(p, 2000);
	unsigned made = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		uint64_t room[8];
		struct rec_writer w = {.buf = (unsigned char *)room, .max = sizeof(room)};

		rec_put_bytes(&w, "k", 1);
		rec_put_int(&w, i);
		made += agg_update(s, 9, w.buf, (uint32_t)w.len, 1, 1);
	}
	assert_true(made > 2 && made < 40);
	assert_int_equal(agg_drops(s), 100 - made);
	assert_int_equal(agg_drops(s), 0);
	agg_trunc(s, 9, 0);
	add(s, 9, "again", 1, 1);
	agg_free(s);
	ir_free(p);
}

static size_t build(unsigned char *buf, size_t max)
{
	static const uint64_t frames[] = {0x400000, 0x401000};
	struct rec_header head = {.kind = REC_DATA, .nitems = 1, .probe = 7, .epid = 3};
	struct rec_writer w = {.buf = buf, .len = sizeof(head), .max = max};
	size_t at = rec_put_item(&w, 0);

	rec_put_int(&w, -2);
	rec_put_bytes(&w, "hello", 5);
	rec_put_bytes(&w, "abc", 3);
	rec_put_stack(&w, 0, 42, frames, 2);
	rec_put_sym(&w, 42, 0x1234);
	rec_item_done(&w, at);
	if (w.full)
		return 0;
	head.size = (uint32_t)w.len;
	memcpy(buf, &head, sizeof(head));
	return w.len;
}

static void records(void **state)
{
	struct ir_program *p = program("");
	uint64_t room[64];
	unsigned char *buf = (unsigned char *)room;
	size_t size = build(buf, sizeof(room));
	const struct ir_action *action;
	struct rec r;
	struct rec_values v;
	struct rec_value value;

	(void)state;
	assert_int_equal(rec_read(&r, p, buf, sizeof(room)), size);
	assert_int_equal(r.head.probe, 7);
	assert_int_equal(rec_next(&r, p, &action, &v), 1);
	assert_int_equal(action->kind, IR_ACT_PRINTF);
	assert_int_equal(rec_value(&v, &value), 1);
	assert_int_equal(value.i, -2);
	assert_int_equal(rec_value(&v, &value), 1);
	assert_int_equal(value.len, 5);
	assert_memory_equal(value.p, "hello", 5);
	assert_int_equal(rec_value(&v, &value), 1);
	assert_memory_equal(value.p, "abc", 3);
	assert_int_equal(rec_value(&v, &value), 1);
	assert_int_equal(value.nframes, 2);
	assert_int_equal(value.frames[1], 0x401000);
	assert_int_equal(value.pid, 42);
	assert_int_equal(rec_value(&v, &value), 1);
	assert_int_equal(value.i, 0x1234);
	assert_int_equal(rec_value(&v, &value), 0);
	assert_int_equal(rec_next(&r, p, &action, &v), 0);
	/* A writer that is too small says so, and writes nothing beyond. */
	for (size_t max = sizeof(struct rec_header); max < size; max++) {
		memset(buf, 0xee, sizeof(room));
		assert_int_equal(build(buf, max), 0);
		for (size_t i = max; i < sizeof(room); i++)
			assert_int_equal(buf[i], 0xee);
	}
	ir_free(p);
}

/* Whatever bytes stand there, reading stays inside of them (ASan looks). */
static void records_that_are_wrong(void **state)
{
	struct ir_program *p = program("");
	uint64_t room[64];
	size_t size = build((unsigned char *)room, sizeof(room));

	(void)state;
	for (size_t cut = 0; cut < size; cut++) {
		struct rec r;

		assert_int_equal(rec_read(&r, p, room, cut), 0);
	}
	for (size_t at = 0; at < size; at++) {
		for (int bit = 0; bit < 8; bit++) {
			uint64_t *copy = malloc(size);
			const struct ir_action *action;
			struct rec r;
			struct rec_values v;
			struct rec_value value;

			memcpy(copy, room, size);
			((unsigned char *)copy)[at] ^= (unsigned char)(1 << bit);
			if (rec_read(&r, p, copy, size))
				while (rec_next(&r, p, &action, &v) == 1)
					while (rec_value(&v, &value) == 1)
						for (uint32_t i = 0; value.p && i < value.len; i++)
							assert_true(value.p[i] <= 255);
			free(copy);
		}
	}
	ir_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),	   cmocka_unit_test(wide_numbers),	 cmocka_unit_test(buckets_hold_their_range),
		cmocka_unit_test(weights_count),   cmocka_unit_test(rows_are_sorted),	 cmocka_unit_test(a_full_store_drops),
		cmocka_unit_test(keys_are_changed),  cmocka_unit_test(records),	   cmocka_unit_test(records_that_are_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

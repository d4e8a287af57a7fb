/* SPDX-License-Identifier: GPL-2.0-only
 * The distributions of quantize, lquantize and llquantize as dtrace draws them: from one bucket before the first that
 * holds something to one behind the last, a bar of 40 columns for the whole. Where weights made some buckets negative,
 * bars of 20 columns go both ways from a middle line.
 */
#include "out.h"

#include <inttypes.h>

#define BAR 40

struct range {
	uint32_t first, last; /* both drawn */
};

static struct range shown(const struct out *o, const struct agg_entry *e, const struct ir_aggregation *a, uint32_t n)
{
	bool quantize = a->func == IR_AGG_QUANTIZE;
	uint32_t lowest = 0, highest = n - 1;
	struct range r;

	r = (struct range){ lowest, highest };
	while (r.first < highest && !agg_bucket_number(o->aggs, e, r.first))
		r.first++;
	if (r.first == highest && !agg_bucket_number(o->aggs, e, highest)) {
		/* Nothing is there: the buckets around zero, or the first three. */
		if (quantize)
			return (struct range){ AGG_QUANT_ZERO - 1, AGG_QUANT_ZERO + 1 };
		return (struct range){ 0, highest < 2 ? highest : 2 };
	}
	while (!agg_bucket_number(o->aggs, e, r.last))
		r.last--;
	if (r.first > lowest)
		r.first--;
	if (r.last < highest)
		r.last++;
	return r;
}

static void label(const struct out *o, const struct ir_aggregation *a, uint32_t bucket, uint32_t n)
{
	char text[32];
	int64_t low, high;

	agg_bucket_range(a, bucket, &low, &high);
	if (a->func == IR_AGG_QUANTIZE) /* a bucket of negatives has its name from the end next to zero */
		snprintf(text, sizeof text, "%" PRId64, bucket < AGG_QUANT_ZERO ? high : low);
	else if (bucket == 0)
		snprintf(text, sizeof text, "< %" PRId64, high + 1);
	else if (bucket == n - 1)
		snprintf(text, sizeof text, ">= %" PRId64, low);
	else
		snprintf(text, sizeof text, "%" PRId64, low);
	fprintf(o->fp, "%16s ", text);
}

/* Without libm, which the build machine's tests would have to be linked with. */
static double size_of(int64_t count)
{
	return count < 0 ? -(double)count : (double)count;
}

static void repeat(FILE *fp, char c, unsigned n)
{
	while (n-- > 0)
		putc(c, fp);
}

static void bar(FILE *fp, int64_t count, double total, bool positives, bool negatives)
{
	unsigned length = positives && negatives ? BAR / 2 : BAR;
	unsigned depth = total > 0 ? (unsigned)(size_of(count) * length / total + 0.5) : 0;

	if (depth > length)
		depth = length;
	if (negatives && (!positives || count <= 0)) {
		repeat(fp, ' ', length - depth);
		repeat(fp, '@', depth);
		putc('|', fp);
		if (positives)
			repeat(fp, ' ', length);
	} else {
		if (negatives)
			repeat(fp, ' ', length);
		putc('|', fp);
		repeat(fp, '@', depth);
		repeat(fp, ' ', length - depth);
	}
	fprintf(fp, " %-9" PRId64 "\n", count);
}

void out_histogram(const struct out *o, const struct agg_entry *e)
{
	const struct ir_aggregation *a = &o->program->aggs[e->agg];
	uint32_t n = agg_buckets(a);
	struct range r = shown(o, e, a, n);
	bool positives = false, negatives = false;
	double total = 0;

	for (uint32_t i = r.first; i <= r.last; i++) {
		int64_t count = agg_bucket_number(o->aggs, e, i);
		double size = size_of(count);

		positives |= count > 0;
		negatives |= count < 0;
		/* aggzoom: the largest bucket has the whole width */
		total = !o->options->value[OPT_AGGZOOM] ? total + size : size > total ? size : total;
	}
	fprintf(o->fp, "\n%16s %41s %-9s\n", "value", "------------- Distribution -------------", "count");
	for (uint32_t i = r.first; i <= r.last; i++) {
		label(o, a, i, n);
		bar(o->fp, agg_bucket_number(o->aggs, e, i), total, positives, negatives);
	}
}

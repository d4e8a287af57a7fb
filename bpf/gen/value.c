/* SPDX-License-Identifier: GPL-2.0-only
 * What leaves have left in the maps of aggregations, for user space: keys in the form of bpf/run/record.h, values as numbers.
 */
#include "code.h"

#include <string.h>

#include "bpf/run/agg.h"
#include "bpf/run/record.h"

static uint64_t word_at(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

static void put_text(struct rec_writer *w, const char *s, size_t room, uint32_t strsize)
{
	size_t len = strnlen(s, room);

	rec_put_bytes(w, s, len < strsize ? len : strsize - 1);
}

/* The bytes of a string, struct or stack say how many of them count. false: more than there are. */
static bool put_part(struct rec_writer *w, const struct gen *g, const struct gen_key_part *part, const unsigned char *p)
{
	uint32_t len[2];

	memcpy(len, p, sizeof(len));
	switch (part->kind) {
	case GEN_KEY_INT:
		rec_put_int(w, (int64_t)word_at(p));
		return true;
	case GEN_KEY_STRING:
	case GEN_KEY_BYTES:
		if (len[0] > part->size - 4)
			return false;
		rec_put_bytes(w, p + 4, len[0]);
		return true;
	case GEN_KEY_STACK: {
		uint64_t frames[1024];

		if (len[1] > (part->size - 16) / 8 || len[1] > sizeof(frames) / sizeof(frames[0]))
			return false;
		memcpy(frames, p + 16, (size_t)len[1] * 8);
		rec_put_stack(w, len[0], word_at(p + 8), frames, len[1]);
		return true;
	}
	case GEN_KEY_SYM:
		rec_put_sym(w, word_at(p), word_at(p + 8));
		return true;
	case GEN_KEY_EXECNAME:
		put_text(w, (const char *)p, part->size, g->p->strsize);
		return true;
	case GEN_KEY_PROBE:
		break;
	}
	return false;
}

ssize_t gen_agg_key(const struct gen *g, uint32_t agg, const void *key, void *buf, size_t room,
		    const char *(*name)(void *cookie, uint32_t probe, uint32_t var), void *cookie)
{
	const struct gen_agg *a = &g->aggs[agg];
	struct rec_writer w = {.buf = buf, .max = room & ~(size_t)7};
	const unsigned char *bytes = key;

	for (uint32_t i = 0; i < a->nparts; i++) {
		const struct gen_key_part *part = &a->parts[i];

		if (part->kind == GEN_KEY_PROBE) {
			const char *s = name(cookie, (uint32_t)word_at(bytes + part->offset), part->var);

			put_text(&w, s ? s : "", s ? strlen(s) : 0, g->p->strsize);
		} else if (!put_part(&w, g, part, bytes + part->offset)) {
			return -1;
		}
	}
	return w.full ? -1 : (ssize_t)w.len;
}

void gen_agg_value(const struct gen *g, uint32_t agg, const void *key, const void *value, struct agg_value *v)
{
	const struct gen_agg *a = &g->aggs[agg];
	const struct ir_aggregation *ia = &g->p->aggs[agg];
	const unsigned char *p = value;
	uint32_t buckets = ir_agg_buckets(ia);
	int64_t *to = v->buckets;

	*v = (struct agg_value){.count = word_at(p), .buckets = to};
	if (ia->func == IR_AGG_MIN || ia->func == IR_AGG_MAX) {
		v->extreme = (int64_t)word_at(p + 8);
	} else if (buckets) {
		uint64_t first = buckets > a->chunk ? word_at((const unsigned char *)key + a->key_size - 8) * a->chunk : 0;

		for (uint32_t i = 0; i < a->chunk && first + i < buckets; i++)
			to[first + i] = (int64_t)word_at(p + 8 + (size_t)i * 8);
	} else if (ia->func != IR_AGG_COUNT) {
		v->sum = (int64_t)word_at(p + 8);
	}
	if (ia->func == IR_AGG_STDDEV) {
		v->squares[0] = word_at(p + 16);
		v->squares[1] = word_at(p + 24);
	}
}

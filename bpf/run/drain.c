/* SPDX-License-Identifier: GPL-2.0-only
 * Draining. The ring buffer is read through our own mapping: libbpf's maps the data twice, and all that is mapped counts as our
 * memory. Bytes of the kernel's are ours as far as the fixed programs go; lengths are checked all the same.
 */
#include "drain.h"

#include "bpf/lang/ir.h"
#include "record.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BATCH_BYTES (256u << 10)
#define BATCH_LEAST 32
#define NAME_MAX_BYTES 512 /* a probe's name, which is a number in the map's key */

/* A speculation: records that wait. The kernel says how many bytes they may be. */
struct waiting {
	uint32_t id;
	unsigned char *buf;
	size_t len, room;
	struct waiting *next;
};

struct drain {
	struct drain_config c;
	/* The ring buffer, as the kernel lays it out (kernel/bpf/ringbuf.c): a page with the consumer's position, which we write;
	 * a page with the producer's; the data. */
	size_t page;
	uint64_t *consumer;
	const unsigned char *producer;
	unsigned char *record; /* a copy that may be changed */
	size_t room;
	struct waiting *specs;
	uint64_t *counters, *before; /* of the kernel's drops: now, and at the last report */
	uint64_t misses;
	uint64_t dropped, spec_dropped; /* here */
	struct agg_value value;
	unsigned char *key; /* in the form of record.h */
	size_t key_room;
};

static bool map_ring(struct drain *d, char *why, size_t size)
{
	void *p;

	d->page = (size_t)sysconf(_SC_PAGESIZE);
	p = mmap(NULL, d->page, PROT_READ | PROT_WRITE, MAP_SHARED, load_ring(d->c.load), 0);
	if (p != MAP_FAILED) {
		d->consumer = p;
		p = mmap(NULL, d->page + load_ring_size(d->c.load), PROT_READ, MAP_SHARED, load_ring(d->c.load), (off_t)d->page);
	}
	if (p == MAP_FAILED) {
		snprintf(why, size, "the ring buffer cannot be mapped: %s", strerror(errno));
		return false;
	}
	d->producer = p;
	return true;
}

struct drain *drain_new(const struct drain_config *c, char *why, size_t size)
{
	struct drain *d = calloc(1, sizeof *d);
	uint32_t most = 0;
	size_t key = 0;

	snprintf(why, size, "%s", strerror(ENOMEM));
	if (!d)
		return NULL;
	d->c = *c;
	for (uint32_t i = 0; i < c->program->naggs; i++) {
		uint32_t n = ir_agg_buckets(&c->program->aggs[i]);

		const struct gen_agg *a = gen_agg(c->gen, i);
		size_t bytes = a->key_size + (size_t)a->nparts * NAME_MAX_BYTES;

		most = n > most ? n : most;
		key = bytes > key ? bytes : key;
	}
	d->key_room = key;
	d->key = malloc(key + 8);
	d->counters = calloc((size_t)c->cpus * KDROP_COUNT, sizeof *d->counters);
	d->before = calloc((size_t)c->cpus * KDROP_COUNT, sizeof *d->before);
	d->value.buckets = calloc(most + 1, sizeof *d->value.buckets);
	if (d->counters && d->before && d->value.buckets && d->key && map_ring(d, why, size))
		return d;
	drain_free(d);
	return NULL;
}

static void forget(struct drain *d, struct waiting **at)
{
	struct waiting *w = *at;

	(void)d;
	*at = w->next;
	free(w->buf);
	free(w);
}

void drain_free(struct drain *d)
{
	if (!d)
		return;
	while (d->specs)
		forget(d, &d->specs);
	if (d->consumer)
		munmap(d->consumer, d->page);
	if (d->producer)
		munmap((void *)d->producer, d->page + load_ring_size(d->c.load));
	free(d->record);
	free(d->counters);
	free(d->before);
	free(d->value.buckets);
	free(d->key);
	free(d);
}

/* Records */

static void put(struct drain *d, const void *record, size_t size)
{
	if (!buffer_put(d->c.buffer, record, size))
		d->dropped++;
}

static struct waiting **find_spec(struct drain *d, uint32_t id)
{
	struct waiting **at = &d->specs;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

static void speculate(struct drain *d, uint32_t id, const void *record, size_t size)
{
	struct waiting **at = find_spec(d, id), *w = *at;

	if (!w && (w = calloc(1, sizeof *w))) {
		w->id = id;
		*at = w;
	}
	if (w && w->room - w->len < size) {
		size_t room = w->room * 2 > w->len + size ? w->room * 2 : w->len + size;
		unsigned char *buf = realloc(w->buf, room);

		if (buf) {
			w->buf = buf;
			w->room = room;
		}
	}
	if (!w || w->room - w->len < size) {
		d->spec_dropped++;
		return;
	}
	memcpy(w->buf + w->len, record, size);
	w->len += size;
}

static void end_spec(struct drain *d, uint32_t id, bool commit)
{
	struct waiting **at = find_spec(d, id), *w = *at;

	if (!w)
		return;
	for (size_t i = 0; commit && i < w->len;) {
		struct rec_header head;

		memcpy(&head, w->buf + i, sizeof head);
		put(d, w->buf + i, head.size);
		i += head.size;
	}
	forget(d, at);
}

static const char *probe_name(void *cookie, uint32_t probe, uint32_t var)
{
	const struct prov_probe *p = prov_by_id(((struct drain *)cookie)->c.probes, probe);

	if (!p)
		return "";
	switch (var) {
	case IR_VAR_PROBEPROV:
		return p->provider;
	case IR_VAR_PROBEMOD:
		return p->module;
	case IR_VAR_PROBEFUNC:
		return p->function;
	default:
		return p->name;
	}
}

/* A value that no element of the map took. */
static void take_aggregation(struct drain *d, const unsigned char *from, size_t n)
{
	struct ring_aggregation a;
	const struct gen_agg *g;
	ssize_t len;

	if (n < sizeof a)
		return;
	memcpy(&a, from, sizeof a);
	if (a.head.spec >= d->c.program->naggs)
		return;
	g = gen_agg(d->c.gen, a.head.spec);
	if (n - sizeof a < g->key_size)
		return;
	len = gen_agg_key(d->c.gen, a.head.spec, from + sizeof a, d->key, d->key_room, probe_name, d);
	if (len >= 0)
		agg_update(d->c.aggs, a.head.spec, d->key, (uint32_t)len, a.value, a.weight);
}

/* What stands in the ring buffer at `from`, of which n bytes are there. The number of the enabling is ours to know. */
static void take(struct drain *d, const unsigned char *from, size_t n)
{
	struct ring_head ring;
	struct rec_header head;

	if (n < sizeof ring)
		return;
	memcpy(&ring, from, sizeof ring);
	if (ring.kind == RING_COMMIT || ring.kind == RING_DISCARD) {
		end_spec(d, ring.spec, ring.kind == RING_COMMIT);
		return;
	}
	if (ring.kind == RING_AGGREGATION) {
		take_aggregation(d, from, n);
		return;
	}
	from += sizeof ring;
	n -= sizeof ring;
	if (ring.kind != RING_RECORD || n < sizeof head)
		return;
	memcpy(&head, from, sizeof head);
	if (head.size < sizeof head || head.size > n || head.size % 8)
		return;
	if (d->room < head.size) {
		unsigned char *more = realloc(d->record, head.size);

		if (!more) {
			d->dropped++;
			return;
		}
		d->record = more;
		d->room = head.size;
	}
	memcpy(d->record, from, head.size);
	head.epid = enable_epid(d->c.enabling, head.probe, head.clause);
	memcpy(d->record, &head, sizeof head);
	if (ring.spec)
		speculate(d, ring.spec, d->record, head.size);
	else
		put(d, d->record, head.size);
}

/* An entry may run over the end and go on at the beginning. */
static void take_wrapped(struct drain *d, uint64_t at, uint32_t n, unsigned char **copy, size_t *room)
{
	const unsigned char *data = d->producer + d->page;
	uint32_t size = load_ring_size(d->c.load), first = size - (uint32_t)(at & (size - 1));

	if (n <= first) {
		take(d, data + (at & (size - 1)), n);
		return;
	}
	if (*room < n) {
		unsigned char *more = realloc(*copy, n);

		if (!more) {
			d->dropped++;
			return;
		}
		*copy = more;
		*room = n;
	}
	memcpy(*copy, data + (at & (size - 1)), first);
	memcpy(*copy + first, data, n - first);
	take(d, *copy, n);
}

uint32_t drain_records(struct drain *d)
{
	const unsigned char *data = d->producer + d->page;
	uint64_t at = *d->consumer, end = __atomic_load_n((const uint64_t *)d->producer, __ATOMIC_ACQUIRE);
	uint32_t size = load_ring_size(d->c.load), fill = (uint32_t)((end - at) * 16 / size);
	unsigned char *copy = NULL;
	size_t room = 0;

	/* As much as is there now: who fills it faster than it is read must not keep us here. */
	while (at < end) {
		uint32_t head = __atomic_load_n((const uint32_t *)(data + (at & (size - 1))), __ATOMIC_ACQUIRE);
		uint32_t n = head & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);

		if (head & BPF_RINGBUF_BUSY_BIT)
			break; /* being written; what is behind it waits */
		if (n > size)
			break;
		if (!(head & BPF_RINGBUF_DISCARD_BIT))
			take_wrapped(d, at + BPF_RINGBUF_HDR_SZ, n, &copy, &room);
		at += (n + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
		__atomic_store_n(d->consumer, at, __ATOMIC_RELEASE);
	}
	free(copy);
	return fill;
}

/* Aggregations */

/* Adds an entry of the map to the store: its numbers of all CPUs. The buckets of d->value are all zero before and after. */
static void merge(struct drain *d, uint32_t agg, const unsigned char *key, const unsigned char *values, uint32_t step)
{
	const struct gen_agg *a = gen_agg(d->c.gen, agg);
	ssize_t n = gen_agg_key(d->c.gen, agg, key, d->key, d->key_room, probe_name, d);
	uint32_t buckets = ir_agg_buckets(&d->c.program->aggs[agg]);
	uint64_t first = 0;
	bool room = n >= 0;

	if (a->chunk && buckets > a->chunk) {
		memcpy(&first, key + a->key_size - sizeof first, sizeof first);
		first *= a->chunk;
	}
	for (unsigned cpu = 0; room && cpu < d->c.cpus; cpu++) {
		gen_agg_value(d->c.gen, agg, key, values + (size_t)cpu * step, &d->value);
		room = agg_merge(d->c.aggs, agg, d->key, (uint32_t)n, &d->value);
		for (uint64_t i = first; i < first + a->chunk && i < buckets; i++)
			d->value.buckets[i] = 0;
	}
}

/* Room for a batch: keys and values of all CPUs. */
struct batch {
	uint32_t room, key_size, value_step;
	unsigned char *keys, *values, *old;
	uint32_t nold, old_room;
};

static void batch_free(struct batch *b)
{
	free(b->keys);
	free(b->values);
	free(b->old);
}

static bool batch_grow(struct batch *b, uint32_t room, unsigned cpus)
{
	unsigned char *keys = realloc(b->keys, (size_t)room * b->key_size), *values = NULL;

	if (keys) {
		b->keys = keys;
		values = realloc(b->values, (size_t)room * b->value_step * cpus);
	}
	if (!values)
		return false;
	b->values = values;
	b->room = room;
	return true;
}

static bool keep_old(struct batch *b, const unsigned char *key)
{
	if (b->nold == b->old_room) {
		uint32_t room = b->old_room ? b->old_room * 2 : 256;
		unsigned char *more = realloc(b->old, (size_t)room * b->key_size);

		if (!more)
			return false;
		b->old = more;
		b->old_room = room;
	}
	memcpy(b->old + (size_t)b->nold++ * b->key_size, key, b->key_size);
	return true;
}

/* Reads the whole map, adds the entries of past generations to the store, and notes their keys. */
static int read_map(struct drain *d, int map, uint32_t agg, uint64_t generation, struct batch *b)
{
	uint32_t position, count;
	bool first = true, last = false;

	while (!last) {
		uint32_t next = 0;
		int error;

		count = b->room;
		error = load_read_batch(map, first ? NULL : &position, &next, b->keys, b->values, &count);
		if (error == -ENOSPC) { /* one chain of the hash is longer than the batch */
			if (!batch_grow(b, b->room * 2, d->c.cpus))
				return -ENOMEM;
			continue;
		}
		if (error && error != -ENOENT)
			return error;
		last = error == -ENOENT;
		for (uint32_t i = 0; i < count; i++) {
			const unsigned char *key = b->keys + (size_t)i * b->key_size;
			uint64_t of;

			memcpy(&of, key, sizeof of);
			if (of == generation)
				continue;
			merge(d, agg, key, b->values + (size_t)i * b->value_step * d->c.cpus, b->value_step);
			if (!keep_old(b, key))
				return -ENOMEM;
		}
		position = next;
		first = false;
	}
	return 0;
}

static int drain_map(struct drain *d, int map, const struct gen_map *m, uint64_t generation)
{
	struct batch b = { .key_size = m->key_size, .value_step = (m->value_size + 7) & ~7u };
	uint32_t room = BATCH_BYTES / (b.key_size + b.value_step * d->c.cpus);
	int error = -ENOMEM;

	room = room < BATCH_LEAST ? BATCH_LEAST : room;
	room = room > m->max_entries ? m->max_entries : room;
	if (batch_grow(&b, room, d->c.cpus))
		error = read_map(d, map, m->index, generation, &b);
	for (uint32_t i = 0; i < b.nold; i++)
		load_delete(map, b.old + (size_t)i * b.key_size);
	batch_free(&b);
	return error;
}

/* An aggregation without keys: the element of the generation before, which nobody counts in any more, is taken and set to zero. */
static int drain_single(struct drain *d, int map, const struct gen_map *m, uint64_t generation)
{
	uint32_t step = (m->value_size + 7) & ~7u, index = (generation - 1) & 1;
	unsigned char *values = calloc(d->c.cpus, step);
	bool any = false;
	int error;

	if (!values)
		return -ENOMEM;
	error = load_get(map, &index, values);
	for (unsigned cpu = 0; cpu < d->c.cpus && !error; cpu++) {
		uint64_t count;

		memcpy(&count, values + (size_t)cpu * step, sizeof count);
		any |= count != 0;
	}
	if (any) {
		merge(d, m->index, NULL, values, step); /* there is nothing in its key that is looked at */
		memset(values, 0, (size_t)d->c.cpus * step);
		error = load_put(map, &index, values);
	}
	free(values);
	return error;
}

bool drain_has_aggregations(const struct drain *d)
{
	return d->c.program->naggs != 0;
}

int drain_aggregations(struct drain *d)
{
	struct config *shared = load_shared(d->c.load);
	const struct gen_map *maps;
	uint32_t n = gen_maps(d->c.gen, &maps);
	int error = 0;

	if (!drain_has_aggregations(d))
		return 0;
	/* From here on programs count for the next generation; those that began before are waited for. */
	__atomic_add_fetch(&shared->generation, 1, __ATOMIC_SEQ_CST);
	load_quiet(d->c.load);
	for (uint32_t i = 0; i < n && !error; i++) {
		if (maps[i].kind != GEN_AGG)
			continue;
		if (gen_agg(d->c.gen, maps[i].index)->is_single)
			error = drain_single(d, load_map(d->c.load, i), &maps[i], shared->generation);
		else
			error = drain_map(d, load_map(d->c.load, i), &maps[i], shared->generation);
	}
	return error;
}

/* What was lost */

void drain_drops(struct drain *d, struct drops *drops)
{
	static const uint32_t kinds[KDROP_COUNT] = {
		[KDROP_PRINCIPAL] = EVAL_DROP_PRINCIPAL, [KDROP_AGGREGATION] = EVAL_DROP_AGGREGATION,
		[KDROP_DYNAMIC] = EVAL_DROP_DYNAMIC,	 [KDROP_SPEC] = EVAL_DROP_SPEC,
		[KDROP_SPECUNAVAIL] = EVAL_DROP_SPECUNAVAIL, [KDROP_DBLERROR] = EVAL_DROP_DBLERROR,
		[KDROP_NESTED] = DROP_NESTED,		 [KDROP_STORAGE] = DROP_STORAGE,
		[KDROP_RETRY] = DROP_RETRY,		 [KDROP_LEAF] = DROP_LEAF,
		[KDROP_NR] = DROP_NUMBER,
	};

	if (load_drops(d->c.load, d->counters) == 0) {
		for (uint32_t i = 0; i < d->c.cpus * KDROP_COUNT; i++) {
			drops_add(drops, kinds[i % KDROP_COUNT], i / KDROP_COUNT, d->counters[i] - d->before[i]);
			d->before[i] = d->counters[i];
		}
	}
	drops_add(drops, EVAL_DROP_PRINCIPAL, 0, d->dropped);
	drops_add(drops, EVAL_DROP_SPEC, 0, d->spec_dropped);
	drops_add(drops, EVAL_DROP_AGGREGATION, 0, agg_drops(d->c.aggs));
	d->dropped = d->spec_dropped = 0;
}

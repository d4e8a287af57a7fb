/* SPDX-License-Identifier: GPL-2.0-only
 * Where everything of a program lies: the maps, the keys, the parts of a scratch element.
 */
#include "code.h"

#include <stdlib.h>
#include <string.h>

#include "bpf/run/record.h"

#define ELEMENT_MAX  (8u << 20)	 /* bytes of a scratch element: there is one for each CPU and hook */
#define SELFS_MAX    60000	 /* of a value in task storage: its size has 16 bits, and a head */
#define GLOBALS_MAX  (64u << 20)
#define ENTRIES_MAX  (1u << 20)	 /* of a hash */
#define ELEMENT_HEAD 64		 /* what the kernel adds to an element of a hash, about */
#define CHUNK	     512	 /* buckets of a value, where an aggregation has more than BUCKETS_WHOLE */
#define BUCKETS_WHOLE 1024

static uint32_t padded(uint32_t n)
{
	return (n + 7) & ~7u;
}

uint32_t gen_map_at(const struct gen *g, enum gen_map_kind kind, uint32_t index)
{
	return g->kind_at[kind] == UINT32_MAX ? UINT32_MAX : g->kind_at[kind] + index;
}

uint32_t gen_maps(const struct gen *g, const struct gen_map **maps)
{
	*maps = g->maps;
	return g->nmaps;
}

uint32_t gen_scratch_size(const struct gen *g)
{
	return g->size;
}

uint32_t gen_needs(const struct gen *g, uint32_t clause)
{
	return g->needs[clause];
}

bool gen_retries(const struct gen *g, uint32_t clause)
{
	return g->retries[clause];
}

bool gen_can_retry(const struct gen *g, uint32_t clause, uint32_t ins)
{
	return g->retries[clause] && g->retry_ins[ins];
}

const struct gen_agg *gen_agg(const struct gen *g, uint32_t agg)
{
	return &g->aggs[agg];
}

static bool add_map(struct gen *g, struct gen_map m)
{
	struct gen_map *more = reallocarray(g->maps, g->nmaps + 1, sizeof(*more));

	if (!more)
		return false;
	g->maps = more;
	if (g->kind_at[m.kind] == UINT32_MAX)
		g->kind_at[m.kind] = g->nmaps;
	g->maps[g->nmaps++] = m;
	return true;
}

static uint32_t value_bytes(const struct gen *g, const struct ir_type *t)
{
	return t->kind == IR_INT ? 8 : t->kind == IR_STRING ? g->str : padded(t->size);
}

/* The parts of a key of n types from `first` (in keytypes) on, at `at`. Returns its end. */
static uint32_t key_parts(struct gen *g, uint32_t first, uint32_t n, uint32_t at)
{
	static const uint8_t kinds[] = {[IR_INT] = GEN_KEY_INT, [IR_STRING] = GEN_KEY_STRING, [IR_BYTES] = GEN_KEY_BYTES,
					[IR_STACK] = GEN_KEY_STACK, [IR_SYM] = GEN_KEY_SYM};

	for (uint32_t i = 0; i < n; i++) {
		const struct ir_type *t = &g->p->keytypes[first + i];
		struct gen_key_part *part = &g->parts[g->nparts++];

		*part = (struct gen_key_part){.kind = kinds[t->kind], .offset = at, .size = value_room(g, t)};
		at += part->size;
	}
	return at;
}

static uint32_t entries(uint64_t bytes, uint64_t each)
{
	uint64_t n = bytes / (each + ELEMENT_HEAD);

	return n < 1 ? 1 : n > ENTRIES_MAX ? ENTRIES_MAX : (uint32_t)n;
}

static bool lay_variables(struct gen *g, char *error, size_t size)
{
	uint64_t globals = 0, selfs = 0, this_size = 0;
	uint32_t ndyn = 0;

	for (uint32_t i = 0; i < g->p->nvars; i++) {
		const struct ir_var *v = &g->p->vars[i];
		struct gen_var *gv = &g->vars[i];
		uint64_t *at = v->scope == IR_GLOBAL ? &globals : v->scope == IR_THIS ? &this_size : &selfs;

		gv->size = value_bytes(g, &v->type);
		if (v->nkeys) {
			gv->place = VAR_DYN;
			gv->map = ndyn++;
			gv->parts = g->nparts;
			gv->nparts = v->nkeys;
			gv->key_size = key_parts(g, v->keys, v->nkeys, v->scope == IR_SELF ? 8 : 0);
			continue;
		}
		gv->place = v->scope == IR_GLOBAL ? VAR_GLOBAL : v->scope == IR_THIS ? VAR_THIS : VAR_SELF;
		gv->at = (uint32_t)*at;
		*at += gv->size;
		if (*at > GLOBALS_MAX)
			return gen_complain(error, size, 0, "variables take more than %u bytes: use fewer strings, or a smaller strsize",
					    GLOBALS_MAX);
	}
	if (selfs > SELFS_MAX)
		return gen_complain(error, size, 0, "self-> variables take %lu bytes, of which %u can be kept for a thread: use fewer "
				    "strings, or a smaller strsize", (unsigned long)selfs, SELFS_MAX);
	g->this_size = (uint32_t)this_size;
	g->selfs_size = (uint32_t)selfs;
	g->globals_size = (uint32_t)globals;
	return true;
}

static void lay_aggregations(struct gen *g)
{
	for (uint32_t i = 0; i < g->p->naggs; i++) {
		const struct ir_aggregation *a = &g->p->aggs[i];
		struct gen_agg *ga = &g->aggs[i];
		uint32_t buckets = ir_agg_buckets(a), first = g->nparts;

		ga->key_size = key_parts(g, a->keys, a->nkeys, 8);
		ga->nparts = g->nparts - first;
		ga->parts = g->parts + first;
		ga->chunk = buckets > BUCKETS_WHOLE ? CHUNK : buckets;
		ga->value_size = a->func == IR_AGG_COUNT ? 8 : a->func == IR_AGG_STDDEV ? 32 : buckets ? 8 + ga->chunk * 8 : 16;
		if (buckets > ga->chunk)
			ga->key_size += 8;
		ga->is_single = !a->nkeys && buckets <= ga->chunk;
	}
}

/* Parts of keys that are a name wherever the aggregation is used: these are kept as what they are a name of. */
static void short_keys(struct gen *g)
{
	for (uint32_t i = 0; i < g->p->naggs; i++) {
		const struct ir_aggregation *a = &g->p->aggs[i];
		struct gen_agg *ga = &g->aggs[i];
		uint32_t at = 8, chunk = ir_agg_buckets(a) > ga->chunk ? 8 : 0;

		for (uint32_t n = 0; n < ga->nparts; n++) {
			struct gen_key_part *part = &g->parts[(uint32_t)(ga->parts - g->parts) + n];
			uint32_t which = g->key_names[a->keys + n];

			if (which == IR_VAR_EXECNAME) {
				part->kind = GEN_KEY_EXECNAME;
				part->size = KERN_EXECNAME;
			} else if (which < IR_VAR_COUNT) {
				part->kind = GEN_KEY_PROBE;
				part->size = 8;
			}
			if (which < IR_VAR_COUNT)
				part->var = which;
			part->offset = at;
			at += part->size;
		}
		ga->key_size = at + chunk;
	}
}

static bool add_maps(struct gen *g)
{
	const struct ir_program *p = g->p;
	uint32_t hash_flags = g->f.preallocate ? 0 : BPF_F_NO_PREALLOC, zeros = g->selfs_size;
	uint64_t aggsize = g->f.aggsize ? g->f.aggsize : 4u << 20;
	bool ok = add_map(g, (struct gen_map){.kind = GEN_SCRATCH, .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = g->size}) &&
		  add_map(g, (struct gen_map){.kind = GEN_CONFIG, .type = BPF_MAP_TYPE_ARRAY, .key_size = 4,
					      .value_size = sizeof(struct config), .max_entries = 1}) &&
		  add_map(g, (struct gen_map){.kind = GEN_DROPS, .type = BPF_MAP_TYPE_PERCPU_ARRAY, .key_size = 4, .value_size = 8,
					      .max_entries = KDROP_COUNT}) &&
		  add_map(g, (struct gen_map){.kind = GEN_RING, .type = BPF_MAP_TYPE_RINGBUF});

	for (uint32_t i = 0; ok && i < p->nclauses; i++) {
		if (!g->retries[i])
			continue;
		ok = add_map(g, (struct gen_map){.kind = GEN_RETRY, .type = BPF_MAP_TYPE_HASH, .key_size = 8,
						 .value_size = sizeof(struct firing)});
		break;
	}
	for (uint32_t i = 0; ok && i < p->naggs; i++) {
		const struct gen_agg *a = &g->aggs[i];

		if (a->is_single) {
			ok = add_map(g, (struct gen_map){.kind = GEN_AGG, .index = i, .type = BPF_MAP_TYPE_PERCPU_ARRAY, .key_size = 4,
							 .value_size = a->value_size, .max_entries = 2});
			continue;
		}
		ok = add_map(g, (struct gen_map){.kind = GEN_AGG, .index = i, .type = BPF_MAP_TYPE_PERCPU_HASH, .key_size = a->key_size,
						 .value_size = a->value_size, .flags = hash_flags,
						 .max_entries = entries(aggsize, a->key_size + (uint64_t)a->value_size * g->f.cpus)});
		if (zeros < a->value_size)
			zeros = a->value_size;
	}
	for (uint32_t i = 0; ok && i < p->nvars; i++) {
		const struct gen_var *v = &g->vars[i];

		if (v->place == VAR_DYN)
			ok = add_map(g, (struct gen_map){.kind = GEN_DYNVAR, .index = i, .type = BPF_MAP_TYPE_HASH, .key_size = v->key_size,
							 .value_size = v->size, .flags = hash_flags,
							 .max_entries = entries(g->o.dynvarsize, v->key_size + v->size)});
	}
	if (ok && g->globals_size)
		ok = add_map(g, (struct gen_map){.kind = GEN_GLOBALS, .type = BPF_MAP_TYPE_ARRAY, .key_size = 4,
						 .value_size = g->globals_size, .max_entries = 1});
	if (ok && g->selfs_size && g->f.task_storage)
		ok = add_map(g, (struct gen_map){.kind = GEN_SELFS, .type = BPF_MAP_TYPE_TASK_STORAGE, .key_size = 4,
						 .value_size = g->selfs_size, .flags = BPF_F_NO_PREALLOC});
	else if (ok && g->selfs_size)
		ok = add_map(g, (struct gen_map){.kind = GEN_SELFS, .type = BPF_MAP_TYPE_HASH, .key_size = 8, .value_size = g->selfs_size,
						 .flags = hash_flags, .max_entries = entries(g->o.dynvarsize, 8 + g->selfs_size)});
	if (ok && g->nspec)
		ok = add_map(g, (struct gen_map){.kind = GEN_SPECS, .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .max_entries = 1,
						 .value_size = (uint32_t)sizeof(struct gen_spec) * (g->nspec + 1)});
	if (ok && g->uses_epids)
		ok = add_map(g, (struct gen_map){.kind = GEN_EPIDS, .type = BPF_MAP_TYPE_HASH, .key_size = 8, .value_size = 4});
	if (ok && g->uses_names)
		ok = add_map(g, (struct gen_map){.kind = GEN_PROBES, .type = BPF_MAP_TYPE_HASH, .key_size = 4,
						 .value_size = sizeof(struct gen_names)});
	if (ok && zeros)
		ok = add_map(g, (struct gen_map){.kind = GEN_ZEROS, .type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = zeros,
						 .max_entries = 1});
	return ok;
}

static uint32_t take(uint64_t *at, uint64_t n)
{
	uint64_t here = *at;

	*at = (here + n + 7) & ~UINT64_C(7);
	return (uint32_t)here;
}

static bool lay_element(struct gen *g, char *error, size_t size)
{
	const struct ir_program *p = g->p;
	uint64_t at = FRAME_AT, regs = 0, slots = 0, key = GEN_DEPTH_MAX * 8, rec = sizeof(struct rec_header) + sizeof(struct rec_fault);
	uint32_t worst = 0;

	for (uint32_t i = 0; i < p->nclauses; i++) {
		const struct ir_clause *c = &p->clauses[i];
		uint64_t in_clause = 0;

		for (uint32_t s = 0; s < c->nslots; s++) {
			uint32_t bytes = p->slotsizes[c->slot_sizes + s];

			g->slot_at[c->slot_sizes + s] = (uint32_t)in_clause;
			in_clause += padded(bytes ? bytes : p->strsize);
		}
		regs = regs < c->nregs ? c->nregs : regs;
		slots = slots < in_clause ? in_clause : slots;
		if (rec < g->rec_max[i]) {
			rec = g->rec_max[i];
			worst = i;
		}
	}
	for (uint32_t i = 0; i < p->naggs; i++)
		key = key < g->aggs[i].key_size ? g->aggs[i].key_size : key;
	for (uint32_t i = 0; i < p->nvars; i++)
		key = key < g->vars[i].key_size ? g->vars[i].key_size : key;
	take(&at, sizeof(struct frame));
	g->homes_at = take(&at, regs * 8);
	g->key_at = take(&at, sizeof(struct ring_aggregation) + key) + (uint32_t)sizeof(struct ring_aggregation);
	for (int i = 0; i < 2; i++) {
		g->this_at[i] = take(&at, g->this_size);
		g->strtok_at[i] = take(&at, sizeof(struct lib_strtok) + g->str);
	}
	g->text_at = take(&at, g->str);
	g->temp_at = take(&at, g->str);
	g->slots_at = take(&at, slots);
	g->ring_at = take(&at, sizeof(struct ring_head));
	g->rec_at = take(&at, rec);
	g->rec_room = (uint32_t)rec;
	g->alloc_at = take(&at, g->alloc_size);
	at += LIB_SLACK(p->strsize);
	if (at > ELEMENT_MAX)
		return gen_complain(error, size, p->nclauses ? p->clauses[worst].line : 0,
				    "the program needs %lu bytes of memory for a firing, of which there are %u: shorten the clause, or make "
				    "strsize smaller", (unsigned long)at, ELEMENT_MAX);
	g->size = (uint32_t)at;
	return true;
}

void gen_free(struct gen *g)
{
	if (!g)
		return;
	free(g->maps);
	free(g->aggs);
	free(g->parts);
	free(g->vars);
	free(g->slot_at);
	free(g->needs);
	free(g->rec_max);
	free(g->retries);
	free(g->retry_ins);
	free(g->agg_shared);
	free(g->key_names);
	free(g);
}

static void set_defaults(struct gen *g)
{
	struct eval_options *o = &g->o;

	/* Those of eval_new. */
	o->dynvarsize = o->dynvarsize ? o->dynvarsize : 1 << 20;
	o->specsize = o->specsize ? o->specsize : 32 << 10;
	o->nspec = o->nspec ? o->nspec : 1;
	o->stackframes = o->stackframes ? o->stackframes : 20;
	o->ustackframes = o->ustackframes ? o->ustackframes : 100;
	o->jstackframes = o->jstackframes ? o->jstackframes : 50;
	g->f.cpus = g->f.cpus ? g->f.cpus : 1;
}

struct gen *gen_new(const struct ir_program *p, const struct eval_options *o, const struct gen_features *f, char *error, size_t size)
{
	struct gen *g = calloc(1, sizeof(*g));
	uint32_t keys = 0;

	gen_complain(error, size, 0, "no memory for the program");
	if (!g)
		return NULL;
	g->p = p;
	g->o = *o;
	g->f = *f;
	g->str = padded(p->strsize);
	set_defaults(g);
	for (int i = 0; i < GEN_MAP_KINDS; i++)
		g->kind_at[i] = UINT32_MAX;
	for (uint32_t i = 0; i < p->nvars; i++)
		keys += p->vars[i].nkeys;
	for (uint32_t i = 0; i < p->naggs; i++)
		keys += p->aggs[i].nkeys;
	g->aggs = calloc((size_t)p->naggs + 1, sizeof(*g->aggs));
	g->parts = calloc((size_t)keys + 1, sizeof(*g->parts));
	g->vars = calloc((size_t)p->nvars + 1, sizeof(*g->vars));
	g->slot_at = calloc((size_t)p->nslotsizes + 1, sizeof(*g->slot_at));
	g->needs = calloc((size_t)p->nclauses + 1, sizeof(*g->needs));
	g->rec_max = calloc((size_t)p->nclauses + 1, sizeof(*g->rec_max));
	g->retries = calloc((size_t)p->nclauses + 1, sizeof(*g->retries));
	g->retry_ins = calloc((size_t)p->nins + 1, sizeof(*g->retry_ins));
	g->agg_shared = calloc((size_t)p->naggs + 1, sizeof(*g->agg_shared));
	g->key_names = calloc((size_t)p->nkeytypes + 1, sizeof(*g->key_names));
	if (g->aggs && g->parts && g->vars && g->slot_at && g->needs && g->rec_max && g->retries && g->retry_ins && g->agg_shared &&
	    g->key_names && lay_variables(g, error, size)) {
		lay_aggregations(g);
		if (survey(g, error, size)) {
			short_keys(g);
			if (lay_element(g, error, size) && add_maps(g))
				return g;
		}
	}
	gen_free(g);
	return NULL;
}

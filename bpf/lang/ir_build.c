/* SPDX-License-Identifier: GPL-2.0-only
 * Lists that grow, and strings that are kept once.
 */
#include "ir_build.h"

#include <stdlib.h>
#include <string.h>

/* Room for one more in *list of elements of `size` bytes. */
static bool more(struct ir_build *b, void *list, uint32_t n, uint32_t *room, size_t size)
{
	void *p;
	uint32_t want;

	if (b->failed)
		return false;
	if (n < *room)
		return true;
	want = *room ? *room * 2 : 16;
	memcpy(&p, list, sizeof(p)); /* the pointers are of different types */
	p = want > *room ? realloc(p, want * size) : NULL;
	if (!p) {
		b->failed = true;
		return false;
	}
	memcpy(list, &p, sizeof(p));
	*room = want;
	return true;
}

#define ADD(list, count, value) \
	(more(b, &b->p->list, b->p->count, &b->list, sizeof(*b->p->list)) ? (b->p->list[b->p->count] = (value), b->p->count++) : 0)

bool ir_build_init(struct ir_build *b)
{
	*b = (struct ir_build){.p = calloc(1, sizeof(*b->p))};
	if (!b->p)
		return false;
	b->p->strsize = 256;
	ir_build_string(b, "", 0);
	ir_build_ctype(b, &(struct ir_ctype){.kind = IR_C_NONE});
	return !b->failed;
}

struct ir_program *ir_build_done(struct ir_build *b)
{
	free(b->hash);
	b->hash = NULL;
	if (b->failed) {
		ir_free(b->p);
		b->p = NULL;
	}
	return b->p;
}

static uint32_t hash_of(const char *s, size_t len)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

static bool rehash(struct ir_build *b)
{
	uint32_t size = b->hash_size ? b->hash_size * 2 : 64;
	uint32_t *hash = calloc(size, sizeof(*hash));

	if (!hash) {
		b->failed = true;
		return false;
	}
	for (uint32_t i = 0; i < b->p->nstrings; i++) {
		uint32_t at = hash_of(b->p->strings[i].p, b->p->strings[i].len) & (size - 1);

		while (hash[at])
			at = (at + 1) & (size - 1);
		hash[at] = i + 1;
	}
	free(b->hash);
	b->hash = hash;
	b->hash_size = size;
	return true;
}

uint32_t ir_build_string(struct ir_build *b, const char *s, size_t len)
{
	uint32_t at;
	char *copy;

	if (b->failed || (b->p->nstrings >= b->hash_size / 2 && !rehash(b)))
		return 0;
	at = hash_of(s, len) & (b->hash_size - 1);
	for (; b->hash[at]; at = (at + 1) & (b->hash_size - 1)) {
		uint32_t i = b->hash[at] - 1;

		if (b->p->strings[i].len == len && memcmp(b->p->strings[i].p, s, len) == 0)
			return i;
	}
	copy = len < UINT32_MAX ? malloc(len + 1) : NULL;
	if (!copy || !more(b, &b->p->strings, b->p->nstrings, &b->strings, sizeof(*b->p->strings))) {
		free(copy);
		b->failed = true;
		return 0;
	}
	memcpy(copy, s, len);
	copy[len] = '\0';
	b->p->strings[b->p->nstrings].p = copy;
	b->p->strings[b->p->nstrings].len = (uint32_t)len;
	b->hash[at] = ++b->p->nstrings;
	return b->p->nstrings - 1;
}

uint32_t ir_build_ins(struct ir_build *b, const struct ir_ins *i)
{
	return ADD(ins, nins, *i);
}

uint32_t ir_build_arg(struct ir_build *b, const struct ir_arg *a)
{
	return ADD(args, nargs, *a);
}

uint32_t ir_build_block(struct ir_build *b, const struct ir_block *k)
{
	return ADD(blocks, nblocks, *k);
}

uint32_t ir_build_type(struct ir_build *b, const struct ir_type *t)
{
	return ADD(keytypes, nkeytypes, *t);
}

uint32_t ir_build_var(struct ir_build *b, const struct ir_var *v)
{
	return ADD(vars, nvars, *v);
}

uint32_t ir_build_agg(struct ir_build *b, const struct ir_aggregation *a)
{
	return ADD(aggs, naggs, *a);
}

uint32_t ir_build_stack(struct ir_build *b, const struct ir_stack *s)
{
	for (uint32_t i = 0; i < b->p->nstacks; i++) {
		const struct ir_stack *o = &b->p->stacks[i];

		if (o->kind == s->kind && o->frames == s->frames && o->strsize == s->strsize)
			return i;
	}
	return ADD(stacks, nstacks, *s);
}

uint32_t ir_build_action(struct ir_build *b, const struct ir_action *a)
{
	return ADD(actions, nactions, *a);
}

uint32_t ir_build_clause(struct ir_build *b, const struct ir_clause *c)
{
	return ADD(clauses, nclauses, *c);
}

uint32_t ir_build_slot(struct ir_build *b, uint32_t size)
{
	return ADD(slotsizes, nslotsizes, size);
}

uint32_t ir_build_agg_ref(struct ir_build *b, uint32_t agg)
{
	return ADD(agg_refs, nagg_refs, agg);
}

uint32_t ir_build_ctype(struct ir_build *b, const struct ir_ctype *t)
{
	return ADD(ctypes, nctypes, *t);
}

uint32_t ir_build_cmember(struct ir_build *b, const struct ir_cmember *m)
{
	return ADD(cmembers, ncmembers, *m);
}

void ir_build_option(struct ir_build *b, uint32_t name, uint32_t value)
{
	struct ir_options *o = &b->p->options;

	if (!more(b, &o->set, o->n, &b->options, sizeof(*o->set)))
		return;
	o->set[o->n].name = name;
	o->set[o->n].value = value;
	o->n++;
}

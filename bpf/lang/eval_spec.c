/* SPDX-License-Identifier: GPL-2.0-only
 * Speculations (the guide's chapter "Speculative Tracing"): records that wait until they are committed or discarded. On one
 * thread a buffer is free again at once, so none is ever busy.
 */
#include "eval_state.h"

#include <stdlib.h>
#include <string.h>

#define NSPEC_MAX 65536

bool eval_spec_init(struct eval *e)
{
	if (e->o.nspec > NSPEC_MAX)
		e->o.nspec = NSPEC_MAX;
	e->specs = calloc((size_t)e->o.nspec + 1, sizeof(*e->specs)); /* from 1 */
	return e->specs;
}

void eval_spec_free(struct eval *e)
{
	for (uint32_t i = 1; e->specs && i <= e->o.nspec; i++)
		free(e->specs[i].buf);
	free(e->specs);
}

int64_t eval_spec_new(struct eval *e)
{
	for (uint32_t i = 1; i <= e->o.nspec; i++) {
		if (!e->specs[i].active) {
			e->specs[i].active = true;
			e->specs[i].len = 0;
			return i;
		}
	}
	e->drops[EVAL_DROP_SPECUNAVAIL]++;
	return 0;
}

/* NULL with a fault (an identifier that speculation() cannot have returned), or without (nothing to be done). */
static struct eval_spec *find(struct eval *e, int64_t id, enum ir_fault *f)
{
	*f = IR_FAULT_NONE;
	if (id < 0 || id > e->o.nspec) {
		*f = IR_FAULT_ILLOP;
		return NULL;
	}
	return id && e->specs[id].active ? &e->specs[id] : NULL;
}

enum ir_fault eval_speculate(struct eval *e, int64_t id, bool *goes_on)
{
	enum ir_fault f;

	*goes_on = find(e, id, &f);
	if (*goes_on)
		e->spec = (uint32_t)id;
	return f;
}

static void release(struct eval_spec *s)
{
	free(s->buf);
	*s = (struct eval_spec){0};
}

enum ir_fault eval_commit(struct eval *e, int64_t id)
{
	enum ir_fault f;
	struct eval_spec *s = find(e, id, &f);

	if (!s)
		return f;
	for (size_t at = 0; at < s->len;) {
		struct rec_header head;

		memcpy(&head, s->buf + at, sizeof(head));
		if (!e->env.record || !e->env.record(e->env.cookie, s->buf + at, head.size))
			e->drops[EVAL_DROP_PRINCIPAL]++;
		at += head.size;
	}
	release(s);
	return IR_FAULT_NONE;
}

enum ir_fault eval_discard(struct eval *e, int64_t id)
{
	enum ir_fault f;
	struct eval_spec *s = find(e, id, &f);

	if (s)
		release(s);
	return f;
}

void eval_record_out(struct eval *e, const void *bytes, size_t size)
{
	struct eval_spec *s = &e->specs[e->spec];

	if (e->spec == 0) {
		if (!e->env.record || !e->env.record(e->env.cookie, bytes, size))
			e->drops[EVAL_DROP_PRINCIPAL]++;
		return;
	}
	if (size > e->o.specsize || s->len > e->o.specsize - size) {
		e->drops[EVAL_DROP_SPEC]++;
		return;
	}
	if (s->room - s->len < size) {
		size_t room = s->room * 2 > s->len + size ? s->room * 2 : s->len + size;
		unsigned char *buf = realloc(s->buf, room);

		if (!buf) {
			e->drops[EVAL_DROP_SPEC]++;
			return;
		}
		s->buf = buf;
		s->room = room;
	}
	memcpy(s->buf + s->len, bytes, size);
	s->len += size;
}

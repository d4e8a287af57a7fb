/* SPDX-License-Identifier: GPL-2.0-only
 * From the descriptions of the clauses to probes.
 */
#include "enable.h"

#include "list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct enabled *enabled_of(struct enabling *s, const struct prov_probe *p)
{
	if (p->id >= s->ids) {
		uint32_t ids = p->id + 1024;
		uint32_t *more = reallocarray(s->by_id, ids, sizeof *more);

		if (!more)
			return NULL;
		memset(more + s->ids, 0, (ids - s->ids) * sizeof *more);
		s->by_id = more;
		s->ids = ids;
	}
	if (!s->by_id[p->id]) {
		if (s->n == s->room) {
			uint32_t room = s->room ? s->room * 2 : 16;
			struct enabled *more = reallocarray(s->list, room, sizeof *more);

			if (!more)
				return NULL;
			s->list = more;
			s->room = room;
		}
		s->list[s->n] = (struct enabled){ .probe = p };
		s->by_id[p->id] = ++s->n;
	}
	return &s->list[s->by_id[p->id] - 1];
}

struct matching {
	struct enabling *s;
	uint32_t clause;
	bool failed;
};

static bool enable(void *cookie, const struct prov_probe *p)
{
	struct matching *m = cookie;
	struct enabled *e = enabled_of(m->s, p);

	m->failed = !e;
	if (e && e->n == e->room) {
		uint32_t room = e->room ? e->room * 2 : 2;
		struct eval_enabling *more = reallocarray(e->clauses, room, sizeof *more);

		m->failed = !more;
		if (more) {
			e->clauses = more;
			e->room = room;
		}
	}
	if (m->failed)
		return false;
	e->clauses[e->n++] = (struct eval_enabling){ m->clause, ++m->s->nepids };
	return true;
}

static bool enable_matches(void *cookie, const struct prov_desc *d)
{
	struct matching *m = cookie;

	if (prov_match(m->s->probes, d, enable, m) == -ENOMEM || (!m->failed && prov_match_unnamed(m->s->probes, d, enable, m) != 0))
		m->failed = true;
	return !m->failed;
}

/* Clause after clause of the same description is common, and a look at every probe for each would take long. */
static bool enable_again(struct enabling *s, uint32_t clause)
{
	struct matching m = { s, clause, false };

	for (uint32_t i = 0; i < s->n && !m.failed; i++) {
		const struct enabled *e = &s->list[i];
		uint32_t before = e->n, times = 0; /* more than once: "BEGIN, BEGIN" */

		while (times < before && e->clauses[before - 1 - times].clause == clause - 1)
			times++;
		while (times-- > 0 && !m.failed)
			enable(&m, e->probe);
	}
	return !m.failed;
}

static bool enable_clause(struct enabling *s, uint32_t clause)
{
	const struct ir_clause *c = &s->program->clauses[clause];
	struct matching m = { s, clause, false };

	if (clause > 0 && c->probes == c[-1].probes)
		return enable_again(s, clause);
	return list_descriptions(s->program, clause, enable_matches, &m);
}

int enable_init(struct enabling *e, const struct ir_program *program, struct prov_set *probes)
{
	*e = (struct enabling){ .program = program, .probes = probes };
	for (uint32_t i = 0; i < program->nclauses; i++) {
		if (!enable_clause(e, i))
			return -ENOMEM;
	}
	return 0;
}

void enable_free(struct enabling *e)
{
	for (uint32_t i = 0; i < e->n; i++)
		free(e->list[i].clauses);
	free(e->list);
	free(e->by_id);
	*e = (struct enabling){ 0 };
}

struct enabled *enable_kind(const struct enabling *e, enum prov_kind kind)
{
	for (uint32_t i = 0; i < e->n; i++) {
		if (e->list[i].probe->kind == kind)
			return &e->list[i];
	}
	return NULL;
}

const struct enabled *enable_by_id(const struct enabling *e, uint32_t id)
{
	return id < e->ids && e->by_id[id] ? &e->list[e->by_id[id] - 1] : NULL;
}

uint32_t enable_epid(const struct enabling *e, uint32_t id, uint32_t clause)
{
	const struct enabled *p = enable_by_id(e, id);

	for (uint32_t i = 0; p && i < p->n; i++) {
		if (p->clauses[i].clause == clause)
			return p->clauses[i].epid;
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The set of probes: made of the tables, and of the periods of `profile` that somebody asked for.
 */
#include "tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define CALL_MAX 1000 /* numbers of system calls; the two providers' ids have room for 1500 */

struct prov_set {
	struct prov_probe *probes; /* the tables, by id */
	unsigned nprobes;
	struct prov_probe **asked; /* each in memory of its own: what a match returned stays where it is */
	unsigned nasked, room;
};

static void add_table(struct prov_set *set, const struct prov_table *t)
{
	for (unsigned i = 0; i < t->nrows; i++) {
		const struct prov_row *row = &t->rows[i];
		bool tick;

		set->probes[set->nprobes++] = (struct prov_probe){
			.id = t->base + i,
			.kind = row->kind,
			.provider = t->provider,
			.module = t->module,
			.function = "",
			.name = row->name,
			.args = row->args,
			.nargs = row->nargs,
			.number = -1,
			.period_ns =
				row->kind == PROV_PROFILE || row->kind == PROV_TICK ? prov_period(row->name, &tick) : 0,
		};
	}
}

/* In the kernel's order, so that ids rise; `return` gives the result twice, as arg0 and arg1. */
static void add_calls(struct prov_set *set, const char *provider, const char *module, uint32_t base)
{
	static const char *const results[] = { "long", "long" };
	const struct prov_call *by_number[CALL_MAX] = { 0 };

	for (unsigned i = 0; i < prov_ncalls; i++) {
		if (prov_calls[i].number >= 0 && prov_calls[i].number < CALL_MAX)
			by_number[prov_calls[i].number] = &prov_calls[i];
	}
	for (unsigned n = 0; n < CALL_MAX; n++) {
		const struct prov_call *c = by_number[n];

		if (!c)
			continue;
		set->probes[set->nprobes++] = (struct prov_probe){
			.id = base + 2 * n,
			.kind = PROV_SYSCALL_ENTRY,
			.provider = provider,
			.module = module,
			.function = c->name,
			.name = "entry",
			.args = c->args,
			.nargs = c->nargs,
			.number = c->number,
		};
		set->probes[set->nprobes++] = (struct prov_probe){
			.id = base + 2 * n + 1,
			.kind = PROV_SYSCALL_RETURN,
			.provider = provider,
			.module = module,
			.function = c->name,
			.name = "return",
			.args = results,
			.nargs = 2,
			.number = c->number,
		};
	}
}

struct prov_set *prov_new(void)
{
	struct prov_set *set = calloc(1, sizeof *set);
	size_t n = 4 * (size_t)prov_ncalls;

	for (const struct prov_table *t = prov_tables; t->nrows; t++)
		n += t->nrows;
	if (!set || !(set->probes = calloc(n, sizeof *set->probes))) {
		free(set);
		return NULL;
	}
	for (const struct prov_table *t = prov_tables; t->nrows; t++)
		add_table(set, t);
	add_calls(set, "syscall", "vmlinux", PROV_ID_SYSCALL);
	add_calls(set, "lx-syscall", "sys64", PROV_ID_LX_SYSCALL);
	return set;
}

void prov_free(struct prov_set *set)
{
	if (!set)
		return;
	for (unsigned i = 0; i < set->nasked; i++) {
		free((char *)set->asked[i]->name);
		free(set->asked[i]);
	}
	free(set->asked);
	free(set->probes);
	free(set);
}

static const struct prov_probe *probe_at(const struct prov_set *set, unsigned i)
{
	return i < set->nprobes ? &set->probes[i] : set->asked[i - set->nprobes];
}

const struct prov_probe *prov_by_id(const struct prov_set *set, uint32_t id)
{
	unsigned low = 0, high = set->nprobes + set->nasked;

	while (low < high) {
		unsigned mid = low + (high - low) / 2;
		const struct prov_probe *p = probe_at(set, mid);

		if (p->id == id)
			return p;
		if (p->id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* Most fields are plain names or empty; only the others need the glob's steps. */
struct field {
	const char *text;
	enum { ANY, PLAIN, GLOB } kind;
};

static struct field field_of(const char *text)
{
	if (!text || !*text || strcmp(text, "*") == 0)
		return (struct field){ "", ANY };
	return (struct field){ text, strpbrk(text, "*?[\\") ? GLOB : PLAIN };
}

static bool field_is(const struct field *f, const char *s)
{
	return f->kind == ANY || (f->kind == PLAIN ? strcmp(f->text, s) == 0 : prov_glob(f->text, s));
}

struct fields {
	struct field provider, module, function, name;
};

static bool fields_match(const struct fields *f, const struct prov_probe *p)
{
	return field_is(&f->name, p->name) && field_is(&f->function, p->function) &&
	       field_is(&f->provider, p->provider) && field_is(&f->module, p->module);
}

/* Makes the probe of `profile` that the description names, unless there is one. 0 or -ENOMEM. */
static int ask(struct prov_set *set, const struct fields *f)
{
	struct prov_probe wanted = {
		.provider = "profile", .module = "", .function = "", .name = f->name.text, .number = -1
	};
	bool tick;

	if (f->name.kind != PLAIN || !(wanted.period_ns = prov_period(f->name.text, &tick)) ||
	    !fields_match(f, &wanted))
		return 0;
	for (unsigned i = 0; i < set->nprobes + set->nasked; i++) {
		const struct prov_probe *p = probe_at(set, i);

		if (p->period_ns && strcmp(p->name, wanted.name) == 0)
			return 0;
	}
	if (set->nasked == set->room) {
		unsigned room = set->room ? set->room * 2 : 8;
		struct prov_probe **more = reallocarray(set->asked, room, sizeof(struct prov_probe *));

		if (!more)
			return -ENOMEM;
		set->asked = more;
		set->room = room;
	}
	struct prov_probe *p = malloc(sizeof *p);
	char *name = strdup(f->name.text);

	if (!p || !name) {
		free(p);
		free(name);
		return -ENOMEM;
	}
	*p = wanted;
	p->kind = tick ? PROV_TICK : PROV_PROFILE;
	p->name = name;
	p->id = PROV_ID_ASKED + set->nasked;
	set->asked[set->nasked++] = p;
	return 0;
}

int prov_match(struct prov_set *set, const struct prov_desc *desc, bool (*fn)(void *cookie, const struct prov_probe *p),
	       void *cookie)
{
	struct fields f = { field_of(desc->provider), field_of(desc->module), field_of(desc->function),
			    field_of(desc->name) };
	int matched = 0;

	if (desc->id) {
		const struct prov_probe *p = prov_by_id(set, desc->id);

		if (p && fn)
			fn(cookie, p);
		return p ? 1 : 0;
	}
	if (ask(set, &f) != 0)
		return -ENOMEM;
	for (unsigned i = 0; i < set->nprobes + set->nasked; i++) {
		const struct prov_probe *p = probe_at(set, i);

		if (!fields_match(&f, p))
			continue;
		matched++;
		if (fn && !fn(cookie, p))
			break;
	}
	return matched;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The set of probes: made of the tables, and of the periods of `profile` that somebody asked for.
 */
#include "tables.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALL_MAX   1000 /* numbers of system calls; */
#define COMPAT_MAX 500	/* and of those that only 32-bit programs have: the two providers' ids have room for both */
#define UNNAMED_MAX 600 /* numbers below it that have no name are probes as well */

struct prov_set {
	struct prov_probe *probes; /* the tables, by id */
	unsigned nprobes;
	struct prov_probe **asked; /* each in memory of its own: what a match returned stays where it is */
	unsigned nasked, room;
	struct prov_unnamed *unnamed; /* made when they are first asked for */
	unsigned nunnamed;
};

struct prov_unnamed {
	struct prov_probe probe;
	char function[8];
};

/* Probes of the guide for which Linux has no tracepoint. */
static bool is_named_only(const char *provider, const char *name)
{
	return (strcmp(provider, "sched") == 0 && strcmp(name, "tick") == 0) ||
	       (strcmp(provider, "io") == 0 && strncmp(name, "wait-", 5) == 0);
}

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
			.named_only = is_named_only(t->provider, row->name),
			.number = -1,
			.compat = -1,
			.period_ns =
				row->kind == PROV_PROFILE || row->kind == PROV_TICK ? prov_period(row->name, &tick) : 0,
		};
	}
}

/* The number of a call for 32-bit programs; -1: they do not have it. The table is sorted. */
static int compat_of(const char *name, unsigned n)
{
	unsigned low = 0, high = n;

	while (low < high) {
		unsigned mid = low + (high - low) / 2;
		int order = strcmp(prov_compat[mid].name, name);

		if (order == 0)
			return prov_compat[mid].number;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return -1;
}

/* `return` gives the result twice, as arg0 and arg1. */
static void add_call(struct prov_probe *to, const struct prov_probe *like, const struct prov_call *c)
{
	static const char *const results[] = { "long", "long" };

	to[0] = to[1] = *like;
	to[0].kind = PROV_SYSCALL_ENTRY;
	to[0].name = "entry";
	to[0].args = c ? c->args : NULL;
	to[0].nargs = c ? c->nargs : 0;
	to[1].id++;
	to[1].kind = PROV_SYSCALL_RETURN;
	to[1].name = "return";
	to[1].args = results;
	to[1].nargs = 2;
}

/* In the kernel's order, so that ids rise; then the calls that only 32-bit programs have. */
static void add_calls(struct prov_set *set, const char *provider, const char *module, const char *module32, uint32_t base)
{
	const struct prov_call *by_number[CALL_MAX] = { 0 };
	const struct prov_compat *by_compat[COMPAT_MAX] = { 0 };
	unsigned ncompat = 0;

	while (prov_compat[ncompat].name)
		ncompat++;
	for (unsigned i = 0; i < ncompat; i++) {
		if (prov_compat[i].number < COMPAT_MAX)
			by_compat[prov_compat[i].number] = &prov_compat[i];
	}
	for (unsigned i = 0; i < prov_ncalls; i++) {
		if (prov_calls[i].number >= 0 && prov_calls[i].number < CALL_MAX)
			by_number[prov_calls[i].number] = &prov_calls[i];
	}
	for (unsigned n = 0; n < CALL_MAX; n++) {
		const struct prov_call *c = by_number[n];
		int compat = c ? compat_of(c->name, ncompat) : -1;

		if (!c)
			continue;
		if (compat >= 0 && compat < COMPAT_MAX)
			by_compat[compat] = NULL;
		add_call(&set->probes[set->nprobes],
			 &(struct prov_probe){ .id = base + 2 * n, .provider = provider, .module = module,
					       .function = c->name, .number = c->number, .compat = compat }, c);
		set->nprobes += 2;
	}
	for (unsigned n = 0; n < COMPAT_MAX; n++) {
		if (!by_compat[n])
			continue;
		add_call(&set->probes[set->nprobes],
			 &(struct prov_probe){ .id = base + 2 * (CALL_MAX + n), .provider = provider, .module = module32,
					       .function = by_compat[n]->name, .number = -1, .compat = (int)n }, NULL);
		set->nprobes += 2;
	}
}

struct prov_set *prov_new(void)
{
	struct prov_set *set = calloc(1, sizeof *set);
	size_t n = 4 * (size_t)(prov_ncalls + COMPAT_MAX);

	for (const struct prov_table *t = prov_tables; t->nrows; t++)
		n += t->nrows;
	if (!set || !(set->probes = calloc(n, sizeof *set->probes))) {
		free(set);
		return NULL;
	}
	for (const struct prov_table *t = prov_tables; t->nrows; t++)
		add_table(set, t);
	add_calls(set, "syscall", "vmlinux", "vmlinux", PROV_ID_SYSCALL);
	add_calls(set, "lx-syscall", "sys64", "sys32", PROV_ID_LX_SYSCALL);
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
	free(set->unnamed);
	free(set->probes);
	free(set);
}

static const struct prov_probe *probe_at(const struct prov_set *set, unsigned i)
{
	return i < set->nprobes ? &set->probes[i] : set->asked[i - set->nprobes];
}

/* Numbers without a name, of a provider, at entry and return. */
static void add_unnamed(struct prov_set *set, const char *provider, const char *module, uint32_t base, const bool *named)
{
	for (unsigned n = 0; n < UNNAMED_MAX; n++) {
		struct prov_unnamed *u = &set->unnamed[set->nunnamed];
		struct prov_probe both[2];

		if (named[n])
			continue;
		add_call(both, &(struct prov_probe){ .id = base + 2 * n, .provider = provider, .module = module,
						     .number = (int)n, .compat = -1 }, NULL);
		for (unsigned i = 0; i < 2; i++) {
			u[i].probe = both[i];
			snprintf(u[i].function, sizeof u[i].function, "%u", n);
			u[i].probe.function = u[i].function;
		}
		set->nunnamed += 2;
	}
}

static bool make_unnamed(struct prov_set *set)
{
	bool named[UNNAMED_MAX] = { 0 };

	if (set->unnamed)
		return true;
	set->unnamed = calloc(4 * UNNAMED_MAX, sizeof *set->unnamed);
	if (!set->unnamed)
		return false;
	for (unsigned i = 0; i < prov_ncalls; i++) {
		if (prov_calls[i].number >= 0 && prov_calls[i].number < UNNAMED_MAX)
			named[prov_calls[i].number] = true;
	}
	add_unnamed(set, "syscall", "vmlinux", PROV_ID_SYSCALL, named);
	add_unnamed(set, "lx-syscall", "sys64", PROV_ID_LX_SYSCALL, named);
	return true;
}

static const struct prov_probe *named_by_id(const struct prov_set *set, uint32_t id);

const struct prov_probe *prov_by_id(const struct prov_set *set, uint32_t id)
{
	const struct prov_probe *p = named_by_id(set, id);

	for (unsigned i = 0; !p && i < set->nunnamed; i++) {
		if (set->unnamed[i].probe.id == id)
			p = &set->unnamed[i].probe;
	}
	return p;
}

static const struct prov_probe *named_by_id(const struct prov_set *set, uint32_t id)
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
		.provider = "profile", .module = "", .function = "", .name = f->name.text, .number = -1, .compat = -1
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

		if (!fields_match(&f, p) || (p->named_only && f.name.kind != PLAIN))
			continue;
		matched++;
		if (fn && !fn(cookie, p))
			break;
	}
	return matched;
}

int prov_match_unnamed(struct prov_set *set, const struct prov_desc *desc, bool (*fn)(void *cookie, const struct prov_probe *p),
		       void *cookie)
{
	struct fields f = { field_of(desc->provider), field_of(desc->module), field_of(desc->function),
			    field_of(desc->name) };

	if (desc->id)
		return 0;
	/* Most descriptions name a call, or another provider. */
	if (f.provider.kind == PLAIN && !strstr(f.provider.text, "syscall"))
		return 0;
	if (f.function.kind == PLAIN && strspn(f.function.text, "0123456789") == 0)
		return 0;
	if (!make_unnamed(set))
		return -ENOMEM;
	for (unsigned i = 0; i < set->nunnamed; i++) {
		if (fields_match(&f, &set->unnamed[i].probe) && !fn(cookie, &set->unnamed[i].probe))
			return 0;
	}
	return 0;
}

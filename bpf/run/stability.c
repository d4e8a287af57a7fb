/* SPDX-License-Identifier: GPL-2.0-only
 * The least of the attributes that a description, or a statement, goes by. A field that a description leaves empty does not count.
 */
#include "stability.h"

#include "bpf/prov/prov.h"
#include "list.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/text.h"

#include <string.h>

/* From the least to the most (the guide, "Stability Levels" and "Dependency Classes"), as far as something here has them. */
enum level { PRIVATE, UNSTABLE, EVOLVING, STABLE };
enum class { UNKNOWN, ISA, COMMON };

struct attributes {
	enum level name, data;
	enum class class;
};

static const struct attributes most = { STABLE, STABLE, COMMON };

/* The tables in the guide's chapters of the providers. Modules are private artefacts everywhere. */
struct row {
	const char *provider;
	struct attributes of_provider, of_module, of_function, of_name, of_arguments;
};

/* What a provider has that the guide does not know is no part of an interface. */
static const struct row *row_of(const struct prov_probe *p)
{
#define EVERYWHERE { EVOLVING, EVOLVING, COMMON }
#define MACHINE	   { EVOLVING, EVOLVING, ISA }
#define ARTEFACT   { PRIVATE, PRIVATE, UNKNOWN }
#define LOOSE	   { UNSTABLE, UNSTABLE, ISA }
	static const struct row rows[] = {
		{ "dtrace", { STABLE, STABLE, COMMON }, ARTEFACT, ARTEFACT, { STABLE, STABLE, COMMON }, { STABLE, STABLE, COMMON } },
		{ "profile", EVERYWHERE, { UNSTABLE, UNSTABLE, UNKNOWN }, ARTEFACT, EVERYWHERE, EVERYWHERE },
		{ "syscall", EVERYWHERE, ARTEFACT, LOOSE, EVERYWHERE, LOOSE },
		{ "lx-syscall", MACHINE, ARTEFACT, LOOSE, MACHINE, LOOSE },
		{ "proc", MACHINE, ARTEFACT, ARTEFACT, MACHINE, MACHINE },
		{ "sched", MACHINE, ARTEFACT, ARTEFACT, MACHINE, MACHINE },
		{ "io", MACHINE, ARTEFACT, ARTEFACT, MACHINE, MACHINE },
	};
	static const struct row other = { "", ARTEFACT, ARTEFACT, ARTEFACT, ARTEFACT, ARTEFACT };

	for (size_t i = 0; i < countof(rows); i++) {
		if (strcmp(rows[i].provider, p->provider) == 0)
			return &rows[i];
	}
	return &other;
}

static void lower(struct attributes *to, struct attributes by)
{
	to->name = by.name < to->name ? by.name : to->name;
	to->data = by.data < to->data ? by.data : to->data;
	to->class = by.class < to->class ? by.class : to->class;
}

static void print(FILE *out, const char *title, struct attributes a)
{
	static const char *const levels[] = { "Private", "Unstable", "Evolving", "Stable" };
	static const char *const classes[] = { "Unknown", "ISA", "Common" };

	fprintf(out, "\n\t%s\n\t\tIdentifier Names: %s\n\t\tData Semantics:   %s\n\t\tDependency Class: %s\n", title, levels[a.name],
		levels[a.data], classes[a.class]);
}

/* A probe as a description with these fields names it; "" or NULL: not by that field. */
static void lower_by_fields(struct attributes *to, const struct prov_probe *p, const struct prov_desc *d)
{
	const struct row *r = row_of(p);

	lower(to, r->of_provider);
	if (d->module && *d->module)
		lower(to, r->of_module);
	if (d->function && *d->function)
		lower(to, r->of_function);
	if (d->name && *d->name)
		lower(to, r->of_name);
}

void stability_of_probe(FILE *out, const struct prov_probe *p)
{
	struct prov_desc whole = { .module = p->module, .function = p->function, .name = p->name };
	struct attributes a = most;

	lower_by_fields(&a, p, &whole);
	print(out, "Probe Description Attributes", a);
	print(out, "Argument Attributes", row_of(p)->of_arguments);
}

struct least {
	struct prov_set *probes;
	const struct prov_desc *desc;
	struct attributes description, arguments;
};

static bool lower_probe(void *cookie, const struct prov_probe *p)
{
	struct least *l = cookie;

	lower_by_fields(&l->description, p, l->desc);
	lower(&l->arguments, row_of(p)->of_arguments);
	return true;
}

static bool lower_matches(void *cookie, const struct prov_desc *d)
{
	struct least *l = cookie;

	l->desc = d;
	prov_match(l->probes, d, lower_probe, l);
	return true;
}

/* D's own variables, functions and actions are stable, but what is behind curthread is the kernel's own; args[] is what the provider
 * says of its arguments. */
static struct attributes of_clause(const struct ir_program *p, const struct ir_clause *c, struct attributes arguments)
{
	struct attributes a = most;

	for (uint32_t b = c->blocks; b < c->blocks + c->nblocks; b++) {
		for (uint32_t i = p->blocks[b].first; i < p->blocks[b].first + p->blocks[b].count; i++) {
			const struct ir_ins *in = &p->ins[i];

			if (in->op != IR_BUILTIN && in->op != IR_BUILTIN_STR)
				continue;
			if (in->imm == IR_VAR_CURTHREAD)
				lower(&a, (struct attributes){ STABLE, PRIVATE, COMMON });
			if (in->imm == IR_VAR_ARGS)
				lower(&a, arguments);
		}
	}
	return a;
}

void stability_of_source(FILE *out, const char *what, const char *name, int length, struct prov_set *probes,
			 const struct ir_program *p, uint32_t first, uint32_t end)
{
	struct attributes description = most, statement = most;

	for (uint32_t i = first; i < end; i++) {
		struct least l = { .probes = probes, .description = most, .arguments = most };

		list_descriptions(p, i, lower_matches, &l);
		lower(&description, l.description);
		lower(&statement, of_clause(p, &p->clauses[i], l.arguments));
	}
	text_printf(out, "\nStability attributes for %s %.*s:\n", what, length, name);
	print(out, "Minimum Probe Description Attributes", description);
	print(out, "Minimum Statement Attributes", statement);
	fputc('\n', out);
}

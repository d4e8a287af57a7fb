/* SPDX-License-Identifier: GPL-2.0-only
 * Tables of probes. Columns are those of dtrace -l.
 */
#include "list.h"

#include "bpf/prov/prov.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/text.h"

#include <inttypes.h>
#include <string.h>

bool list_descriptions(const struct ir_program *p, uint32_t clause,
		       bool (*fn)(void *cookie, const struct prov_desc *desc), void *cookie)
{
	uint32_t index = p->clauses[clause].probes;
	const char *text = p->strings[index].p, *end = text + p->strings[index].len;

	while (text < end) {
		const char *comma = memchr(text, ',', (size_t)(end - text)), *stop = comma ? comma : end;
		struct prov_text description;
		char why[128];

		while (text < stop && strchr(" \t\n", *text))
			text++;
		while (stop > text && strchr(" \t\n", stop[-1]))
			stop--;
		/* The compiler has looked into them; in a program that was read back a wrong one matches nothing. */
		if (prov_parse(&description, text, (size_t)(stop - text), why, sizeof why) == 0 &&
		    !fn(cookie, &description.desc))
			return false;
		text = comma ? comma + 1 : end;
	}
	return true;
}

struct listing {
	FILE *out, *err;
	struct prov_set *probes;
	bool verbose, missing;
};

static bool print_probe(void *cookie, const struct prov_probe *p)
{
	struct listing *l = cookie;

	text_printf(l->out, "%5u %10s %17s %33s %s\n", p->id, p->provider, p->module, p->function, p->name);
	if (!l->verbose)
		return true;
	fputs("\n\tArgument Types\n", l->out);
	for (unsigned i = 0; i < p->nargs; i++)
		fprintf(l->out, "\t\targs[%u]: %s\n", i, p->args[i]);
	fputs(p->nargs ? "\n" : "\t\tNone\n\n", l->out);
	return true;
}

static bool print_matches(void *cookie, const struct prov_desc *d)
{
	struct listing *l = cookie;

	if (prov_match(l->probes, d, print_probe, l) > 0)
		return true;
	l->missing = true;
	fflush(l->out);
	if (d->id)
		text_printf(l->err, "dtrace: failed to match %u: No probe matches description\n", d->id);
	else
		text_printf(l->err, "dtrace: failed to match %s:%s:%s:%s: No probe matches description\n", d->provider,
			    d->module, d->function, d->name);
	return true;
}

bool list_probes(FILE *out, FILE *err, struct prov_set *probes, const struct ir_program *p, bool verbose)
{
	struct listing l = { out, err, probes, verbose, false };

	fprintf(out, "%5s %10s %17s %33s %s\n", "ID", "PROVIDER", "MODULE", "FUNCTION", "NAME");
	if (!p)
		prov_match(probes, &(struct prov_desc){ .name = "" }, print_probe, &l);
	for (uint32_t i = 0; p && i < p->nclauses; i++)
		list_descriptions(p, i, print_matches, &l);
	return !l.missing;
}

/* From the guide's chapters of the providers; the least stable first. */
enum stability { EVOLVING, STABLE };
enum class { ISA, COMMON };

struct least {
	enum stability stability;
	enum class class;
	struct prov_set *probes;
};

static bool lower(void *cookie, const struct prov_probe *p)
{
	static const struct {
		const char *provider;
		enum stability stability;
		enum class class;
	} rows[] = {
		{ "dtrace", STABLE, COMMON },	 { "profile", EVOLVING, COMMON }, { "io", EVOLVING, ISA },
		{ "proc", EVOLVING, ISA },	 { "sched", EVOLVING, ISA },	  { "syscall", EVOLVING, COMMON },
		{ "lx-syscall", EVOLVING, ISA },
	};
	struct least *l = cookie;

	for (size_t i = 0; i < countof(rows); i++) {
		if (strcmp(rows[i].provider, p->provider) != 0)
			continue;
		if (rows[i].stability < l->stability)
			l->stability = rows[i].stability;
		if (rows[i].class < l->class)
			l->class = rows[i].class;
	}
	return true;
}

static bool lower_matches(void *cookie, const struct prov_desc *d)
{
	prov_match(((struct least *)cookie)->probes, d, lower, cookie);
	return true;
}

void list_stability(FILE *out, const char *what, const char *name, int length, struct prov_set *probes,
		    const struct ir_program *p, uint32_t first, uint32_t end)
{
	static const char *const stabilities[] = { "Evolving", "Stable" }, *const classes[] = { "ISA", "Common" };
	struct least l = { STABLE, COMMON, probes };

	for (uint32_t i = first; i < end; i++)
		list_descriptions(p, i, lower_matches, &l);
	text_printf(out, "\nStability attributes for %s %.*s:\n", what, length, name);
	fprintf(out,
		"\n\tMinimum Probe Description Attributes\n"
		"\t\tIdentifier Names: %s\n\t\tData Semantics:   %s\n\t\tDependency Class: %s\n\n",
		stabilities[l.stability], stabilities[l.stability], classes[l.class]);
}

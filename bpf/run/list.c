/* SPDX-License-Identifier: GPL-2.0-only
 * Tables of probes. Columns are those of dtrace -l.
 */
#include "list.h"

#include "bpf/prov/prov.h"
#include "stability.h"
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
	bool verbose, missing, no_devices;
	bool any, left_out; /* of the probes of one description: listed; not, for no_devices */
};

static bool print_probe(void *cookie, const struct prov_probe *p)
{
	struct listing *l = cookie;

	if (l->no_devices && p->kind == PROV_IO) {
		l->left_out = true;
		return true;
	}
	l->any = true;
	text_printf(l->out, "%5u %10s %17s %33s %s\n", p->id, p->provider, p->module, p->function, p->name);
	if (!l->verbose)
		return true;
	stability_of_probe(l->out, p);
	fputs("\n\tArgument Types\n", l->out);
	for (unsigned i = 0; i < p->nargs; i++)
		fprintf(l->out, "\t\targs[%u]: %s\n", i, p->args[i]);
	fputs(p->nargs ? "\n" : "\t\tNone\n\n", l->out);
	return true;
}

static bool print_matches(void *cookie, const struct prov_desc *d)
{
	struct listing *l = cookie;

	const char *why = "No probe matches description";

	l->any = l->left_out = false;
	prov_match(l->probes, d, print_probe, l);
	if (l->any)
		return true;
	if (l->left_out)
		why = "Probes of devices fire for the whole machine: on the host, with --host";
	l->missing = true;
	fflush(l->out);
	if (d->id)
		text_printf(l->err, "dtrace: failed to match %u: %s\n", d->id, why);
	else
		text_printf(l->err, "dtrace: failed to match %s:%s:%s:%s: %s\n", d->provider, d->module, d->function, d->name, why);
	return true;
}

bool list_probes(FILE *out, FILE *err, struct prov_set *probes, const struct ir_program *p, bool verbose, bool no_devices)
{
	struct listing l = { .out = out, .err = err, .probes = probes, .verbose = verbose, .no_devices = no_devices };

	fprintf(out, "%5s %10s %17s %33s %s\n", "ID", "PROVIDER", "MODULE", "FUNCTION", "NAME");
	if (!p)
		prov_match(probes, &(struct prov_desc){ .name = "" }, print_probe, &l);
	for (uint32_t i = 0; p && i < p->nclauses; i++)
		list_descriptions(p, i, print_matches, &l);
	return !l.missing;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Sentences about programs.
 */
#include "report.h"

#include "bpf/lang/sym.h"
#include "bpf/prov/prov.h"
#include "list.h"
#include "session.h"
#include "stability.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/text.h"

#include <limits.h>
#include <string.h>

static const char *kind_of(const struct lang_source *s)
{
	return s->is_file ? "script" : "description";
}

/* dtrace names a description without the clause behind it: all up to the first { / or ; */
static int name_length(const struct lang_source *s)
{
	size_t n = s->is_file ? strlen(s->name) : strcspn(s->name, "{/;");

	return n < INT_MAX ? (int)n : INT_MAX;
}

/* What was typed on the command line, as it was typed: lines and backslashes are its own; the rest is made safe. */
static void print_typed(const char *s)
{
	for (size_t n; *s; s += n) {
		n = strcspn(s, "\n\t\\");
		if (n == 0) {
			fputc(*s, stderr);
			n = 1;
		} else {
			if (n > INT_MAX)
				n = INT_MAX;
			text_printf(stderr, "%.*s", (int)n, s);
		}
	}
}

/* Further lines of a message are ours and begin with a tab; the rest may hold bytes of the script. */
static void print_lines(const char *line)
{
	for (const char *end;; line = end + 2) {
		end = strstr(line, "\n\t");
		if (!end)
			end = line + strlen(line);
		text_printf(stderr, *end ? "%.*s\n\t" : "%.*s\n", (int)(end - line), line);
		if (!*end)
			break;
	}
}

void report_error(const struct lang_source *sources, uint32_t n, const struct options *o, const struct d_error *e)
{
	const struct lang_source *s = &sources[e->source < n ? e->source : 0];
	char tag[48] = "", place[320] = "";

	if (o->value[OPT_ERRTAGS])
		snprintf(tag, sizeof tag, "[%s] ", d_tag_name(e->tag));
	if (e->file[0])
		snprintf(place, sizeof place, "\"%s\", line %d: ", e->file, e->line);
	else if (s->is_file && e->line)
		snprintf(place, sizeof place, "line %d: ", e->line);
	else if (e->region)
		snprintf(place, sizeof place, "in %s: ", e->region);
	if (s->is_file) {
		text_printf(stderr, "dtrace: failed to compile script %s: ", s->name);
	} else {
		fputs("dtrace: invalid probe specifier ", stderr);
		print_typed(s->name);
		fputs(": ", stderr);
	}
	text_printf(stderr, "%s%s", tag, place);
	print_lines(e->message);
}

void report_refusal(const char *why)
{
	fputs("dtrace: could not enable tracing: ", stderr);
	print_lines(why);
}

void report_matches(const struct lang_source *sources, uint32_t n, const struct options *o, struct prov_set *probes,
		    const struct ir_program *p, bool matches, FILE *out)
{
	uint32_t clause = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct lang_source *s = &sources[i];

		if (!s->is_library && matches && !o->value[OPT_QUIET])
			text_printf(stderr, "dtrace: %s '%.*s' matched %u probe%s\n", kind_of(s), name_length(s), s->name,
				    s->matched, s->matched == 1 ? "" : "s");
		if (!s->is_library && o->value[OPT_VERBOSE])
			stability_of_source(out, kind_of(s), s->name, name_length(s), probes, p, clause, clause + s->clauses);
		clause += s->clauses;
	}
}

void report_unfired(const struct session *s)
{
	const struct prov_probe *p;
	uint32_t n = session_unfired(s, &p);

	if (n)
		text_printf(stderr,
			    "dtrace: %u probe%s cannot fire under -xbackend=eval, such as %s:%s:%s:%s: only BEGIN, END, "
			    "ERROR, tick and profile\n",
			    n, n == 1 ? "" : "s", p->provider, p->module, p->function, p->name);
}

bool report_destructive(const struct ir_program *p)
{
	static const unsigned action_flags[] = {
#define D_ACTION(id, name, params, flags) flags,
#include "bpf/lang/actions.def"
#undef D_ACTION
	};

	for (uint32_t i = 0; i < p->nactions; i++) {
		if (p->actions[i].kind < countof(action_flags) && action_flags[p->actions[i].kind] & A_DESTRUCTIVE)
			return true;
	}
	for (uint32_t i = 0; i < p->nins; i++) {
		if (p->ins[i].op == IR_HOST ||
		    (p->ins[i].op == IR_CALL && ir_func_signature((unsigned)p->ins[i].imm).destructive))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The compiler from one end to the other: what happens in which order.
 */
#include "state.h"
#include "lex.h"
#include "pp.h"

#include <stdlib.h>
#include <string.h>

static struct node *parse_and_check(struct lang *l, const char *text, size_t len)
{
	struct node *program;

	if (l->options->preprocess)
		text = pp_run(l, text, len, &len);
	program = lang_parse(l, text, len);
	if (l->options->dump_ast)
		ast_write(l->options->dump_ast, program);
	lang_check(l, program);
	return program;
}

static struct ir_program *compile(struct lang *l, struct lang_source *sources, uint32_t n)
{
	struct node *program = NULL, **end = &program;

	l->sources = sources;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t before = l->matched, clauses = l->nclauses;

		l->source = &sources[i];
		l->ctx.error.source = i;
		l->ctx.origins = NULL;
		if (i == 0)
			sym_init(l);
		*end = parse_and_check(l, sources[i].text, sources[i].len);
		while (*end)
			end = &(*end)->next;
		sources[i].matched = l->matched - before;
		sources[i].clauses = l->nclauses - clauses;
	}
	if (n)
		macro_finish(l);
	return lang_lower(l, program);
}

/* NULL after an error: d_fail returns to here. */
static struct ir_program *guarded(struct lang *l, struct lang_source *sources, uint32_t n)
{
	return setjmp(l->ctx.stop) ? NULL : compile(l, sources, n);
}

struct ir_program *lang_compile(struct lang_source *sources, uint32_t n, const struct lang_options *o, struct prov_set *probes,
				struct d_error *error)
{
	struct lang *l = calloc(1, sizeof(*l));
	struct ir_program *program;

	memset(error, 0, sizeof(*error));
	if (!l) {
		strcpy(error->message, "out of memory");
		return NULL;
	}
	l->options = o;
	l->probes = probes;
	l->ctx.arena.limit = D_MEMORY_MAX;
	program = guarded(l, sources, n);
	if (!program)
		*error = l->ctx.error;
	arena_free(&l->ctx.arena);
	free(l);
	return program;
}

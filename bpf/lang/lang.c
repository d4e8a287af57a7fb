/* SPDX-License-Identifier: GPL-2.0-only
 * The compiler from one end to the other: what happens in which order.
 */
#include "state.h"
#include "pp.h"

#include <stdlib.h>
#include <string.h>

static struct ir_program *compile(struct lang *l, const char *text, size_t len)
{
	struct node *program;

	sym_init(l);
	if (l->options->preprocess)
		text = pp_run(l, text, len, &len);
	program = lang_parse(l, text, len);
	if (l->options->dump_ast)
		ast_write(l->options->dump_ast, program);
	lang_check(l, program);
	return lang_lower(l, program);
}

/* NULL after an error: d_fail returns to here. */
static struct ir_program *guarded(struct lang *l, const char *text, size_t len)
{
	return setjmp(l->ctx.stop) ? NULL : compile(l, text, len);
}

struct ir_program *lang_compile(const char *name, const char *text, size_t len, const struct lang_options *o,
				struct prov_set *probes, uint32_t *matched, struct d_error *error)
{
	struct lang *l = calloc(1, sizeof(*l));
	struct ir_program *program;

	memset(error, 0, sizeof(*error));
	if (!l) {
		strcpy(error->message, "out of memory");
		return NULL;
	}
	l->name = name;
	l->options = o;
	l->probes = probes;
	l->ctx.arena.limit = D_MEMORY_MAX;
	program = guarded(l, text, len);
	if (!program)
		*error = l->ctx.error;
	if (matched)
		*matched = l->matched;
	arena_free(&l->ctx.arena);
	free(l);
	return program;
}

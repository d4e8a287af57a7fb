/* SPDX-License-Identifier: GPL-2.0-only
 * See symkeys.h. A probe records the very address; which function that is in is known here only, so what it has counted for each
 * instruction of a function is added up before it is printed, truncated or sorted.
 */
#include "symkeys.h"

#include "record.h"

#include <stdlib.h>
#include <string.h>

static bool is_user_stack(const struct ir_program *p, const struct ir_type *t)
{
	return t->kind == IR_STACK && p->stacks[t->size].kind != IR_STACK_KERNEL;
}

static bool is_user_symbol(const struct ir_type *t)
{
	return t->kind == IR_SYM && (t->size == IR_ACT_USYM || t->size == IR_ACT_UFUNC || t->size == IR_ACT_UMOD);
}

/* The key of a row, with each symbol's address replaced by the start of what is named, into `key`. Whether it is another one. */
static bool rewrite(const struct ir_type *types, uint32_t n, const struct agg_row *row, struct usym *u, unsigned char *key)
{
	struct rec_values values;
	struct rec_value v;
	bool changed = false;

	memcpy(key, row->key, row->keylen);
	rec_values(&values, row->key, row->keylen, types, n);
	for (const unsigned char *at = values.p; rec_value(&values, &v) == 1; at = values.p) {
		uint64_t start;

		if (v.type.kind == IR_STACK)
			usym_note(u, v.pid, v.frames, v.nframes);
		if (!is_user_symbol(&v.type))
			continue;
		start = usym_start(u, v.pid, (uint64_t)v.i, v.type.size == IR_ACT_UMOD ? USYM_MODULE : USYM_FUNCTION);
		if (start == (uint64_t)v.i)
			continue;
		memcpy(key + (at - row->key) + sizeof(uint64_t), &start, sizeof(start)); /* behind the pid: record.h */
		changed = true;
	}
	return changed;
}

static void take(struct agg_store *aggs, const struct ir_program *p, uint32_t agg, struct usym *u)
{
	const struct ir_aggregation *a = &p->aggs[agg];
	const struct ir_type *types = a->nkeys ? &p->keytypes[a->keys] : NULL;
	const struct agg_sort sort = { 0 };
	struct agg_row *rows;
	bool any = false;

	for (uint32_t i = 0; i < a->nkeys; i++)
		any |= is_user_stack(p, &types[i]) || is_user_symbol(&types[i]);
	ssize_t n = any ? agg_rows(aggs, &agg, 1, &sort, &rows) : 0;
	if (n <= 0)
		return;
	for (ssize_t i = 0; i < n; i++) {
		unsigned char *key = malloc(rows[i].keylen + 1);

		/* Each row is an entry of its own; one that is added to another is not looked at again. */
		if (key && rewrite(types, a->nkeys, &rows[i], u, key))
			agg_rekey(aggs, *rows[i].entries, key);
		free(key);
	}
	free(rows);
}

void symkeys_take(struct agg_store *aggs, const struct ir_program *p, struct usym *u)
{
	for (uint32_t i = 0; u && i < p->naggs; i++)
		take(aggs, p, i, u);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The check of a program: names, types and rules, clause by clause in the order of the text, as a variable's first
 * assignment declares it. What it leaves is said in check.h; how it is done in check_parts.h, a section a file.
 */
#include "check_parts.h"
#include "decl.h"

#include "bpf/prov/prov.h"

#include <string.h>

/* --- probes ------------------------------------------------------------------------------------ */

/* What is known of a description: scripts say the same one over and over. */
struct matched {
	const char *text;
	uint32_t count;
	bool vary; /* they do not agree on their arguments */
	const struct prov_probe *first; /* NULL: none */
	struct matched *next;
};

static const char *desc_text(struct lang *l, const struct probe_desc *d)
{
	if (d->id)
		return d_printf(&l->ctx, "%u", d->id);
	return d_printf(&l->ctx, "%s:%s:%s:%s", d->provider, d->module, d->function, d->name);
}

static bool same_args(const struct prov_probe *a, const struct prov_probe *b)
{
	if (a->nargs != b->nargs)
		return false;
	for (unsigned i = 0; a->args != b->args && i < a->nargs; i++)
		if (strcmp(a->args[i], b->args[i]) != 0)
			return false;
	return true;
}

static bool note_probe(void *cookie, const struct prov_probe *p)
{
	struct matched *m = cookie;

	m->count++;
	if (!m->first)
		m->first = p;
	else if (!same_args(m->first, p))
		m->vary = true;
	return true;
}

static struct matched *match(struct lang *l, const struct probe_desc *d)
{
	struct prov_desc desc = { d->provider, d->module, d->function, d->name, d->id };
	const char *text = desc_text(l, d);
	struct matched **bucket, *m;
	unsigned h = 5381;

	for (const char *s = text; *s; s++)
		h = h * 33 + (unsigned char)*s;
	bucket = &l->check->matches[h % SYM_BUCKETS];
	for (m = *bucket; m; m = m->next)
		if (strcmp(m->text, text) == 0)
			return m;
	m = d_alloc(&l->ctx, sizeof(*m));
	m->text = text;
	if (l->probes && prov_match(l->probes, &desc, note_probe, m) < 0)
		d_fail(&l->ctx, D_UNKNOWN, d->line, "out of memory");
	m->next = *bucket;
	*bucket = m;
	return m;
}

/* pid123: a process, which has no probes yet: what can be traced is in bpf/prov. */
static bool is_process(const char *provider)
{
	size_t digits = strncmp(provider, "pid", 3) == 0 ? strspn(provider + 3, "0123456789") : 0;

	return digits && provider[3 + digits] == '\0';
}

static void check_probes(struct lang *l, struct node *clause)
{
	struct check_state *c = l->check;

	c->probe = NULL;
	c->args_vary = false;
	c->desc = desc_text(l, clause->probes);
	for (struct probe_desc *d = clause->probes; d; d = d->next) {
		struct matched *m = match(l, d);

		if (!m->first && is_process(d->provider))
			d_fail(&l->ctx, D_PROC_NODEV, d->line,
			       "failed to create probes in process %s: the pid provider is not supported",
			       d->provider + 3);
		if (!m->first && !l->options->zdefs)
			d_fail(&l->ctx, D_PDESC_ZERO, d->line,
			       d->id ? "probe identifier %s does not match any probes"
				     : "probe description %s does not match any probes",
			       m->text);
		l->matched += m->count;
		if (!m->first)
			continue;
		if (m->vary || (c->probe && !same_args(m->first, c->probe)))
			c->args_vary = true;
		c->probe = m->first;
	}
}

/* --- statements -------------------------------------------------------------------------------- */

static void check_list(struct lang *l, struct node *list);

static void check_simple(struct lang *l, struct node *n)
{
	struct node *e = n->left;
	struct ident *i;

	if (e->kind == N_AGG)
		d_fail(&l->ctx, D_AGG_NULL, n->line,
		       "expression has null effect: @%s is not assigned the result of an aggregating function",
		       e->name);
	i = e->kind == N_CALL && !e->parens ? sym_find(l, SCOPE_GLOBAL, e->name) : NULL;
	if (i && i->kind == ID_ACTION)
		action_statement(l, e);
	else
		check_expr(l, e);
}

static void check_if(struct lang *l, struct node *n)
{
	/* else if chains are loops here: they may be long */
	for (;;) {
		check_expr(l, n->cond);
		n->cond = convert_decay(l, n->cond);
		if (!type_is_scalar(n->cond->type))
			d_fail(&l->ctx, D_OP_SCALAR, n->line, "condition of if must be of scalar type, not %s",
			       expr_text(l, n->cond));
		check_list(l, n->left);
		if (!n->right || n->right->kind != N_IF)
			break;
		n = n->right;
	}
	check_list(l, n->right);
}

static void check_statement(struct lang *l, struct node *n)
{
	switch (n->kind) {
	case N_BLOCK: check_list(l, n->args); break;
	case N_IF: check_if(l, n); break;
	case N_AGGSTMT:
		if (n->left->kind != N_AGG)
			check_expr(l, n->left);
		agg_statement(l, n);
		break;
	default: check_simple(l, n); break;
	}
}

static void check_list(struct lang *l, struct node *list)
{
	for (; list; list = list->next)
		check_statement(l, list);
}

/* --- top level --------------------------------------------------------------------------------- */

static void check_clause(struct lang *l, struct node *n)
{
	struct check_state *c = l->check;

	c->clause = n;
	c->recorded = c->speculated = c->committed = false;
	check_probes(l, n);
	if (n->predicate) {
		l->ctx.region = "predicate";
		check_expr(l, n->predicate);
		n->predicate = convert_decay(l, n->predicate);
		if (!type_is_scalar(n->predicate->type))
			d_fail(&l->ctx, D_PRED_SCALAR, n->predicate->line, "predicate result must be of scalar type");
	}
	l->ctx.region = "action list";
	check_list(l, n->args);
	l->ctx.region = NULL;
	c->clause = NULL;
}

void check_declaration(struct lang *l, struct node *n)
{
	switch (n->kind) {
	case N_DECL: decl_enter(l, n->decl); break;
	case N_INLINE: inline_enter(l, n); break;
	case N_XLATOR: xlate_enter(l, n); break;
	default: break;
	}
}

void lang_check(struct lang *l, struct node *program)
{
	struct check_state state = { 0 };

	state.matches = d_alloc(&l->ctx, SYM_BUCKETS * sizeof(struct matched *));
	l->check = &state;
	for (struct node *n = program; n; n = n->next) {
		if (n->kind == N_CLAUSE)
			check_clause(l, n);
		else
			check_declaration(l, n);
	}
	l->check = NULL;
}

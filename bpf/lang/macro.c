/* SPDX-License-Identifier: GPL-2.0-only
 * Macro variables and arguments: $pid and its like, $1 and $$1. The guide's chapter "Scripting" has them: expanded once, each
 * to one token that joins nothing beside it, except in probe descriptions.
 */
#include "lex.h"
#include "parse.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A macro variable as written: what stands behind $ or $$. */
struct macro {
	bool quoted; /* $$: as a string */
	bool is_arg;
	uint64_t n;
	const char *name;
	size_t len; /* of the name, without $ */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads the name at *pos, on its $. */
static struct macro read_macro(struct lang *l, const char **pos, const char *end, int line)
{
	const char *p = *pos + 1;
	struct macro m = { 0 };

	if (p < end && *p == '$') {
		m.quoted = true;
		p++;
	}
	m.name = p;
	if (p < end && is_digit(*p)) {
		m.is_arg = true;
		for (; p < end && is_digit(*p); p++) {
			m.n = m.n * 10 + (uint64_t)(*p - '0');
			if (m.n > INT32_MAX)
				d_fail(&l->ctx, D_MACRO_OFLOW, line, "macro argument $%.*s... is out of range",
				       (int)(p - m.name + 1), m.name);
		}
	} else {
		while (p < end && (lex_is_name(*p) && *p != '`'))
			p++;
	}
	m.len = (size_t)(p - m.name);
	if (m.len == 0)
		d_fail(&l->ctx, D_SYNTAX, line, "syntax error near \"$\"");
	*pos = p;
	return m;
}

static int64_t variable(struct lang *l, const struct macro *m, int line)
{
	const struct lang_options *o = l->options;
	const struct {
		const char *name;
		int64_t value;
	} vars[] = {
		{ "egid", o->egid }, { "euid", o->euid },	{ "gid", o->gid }, { "pgid", o->pgid },
		{ "pid", o->pid },   { "ppid", o->ppid },	{ "projid", o->projid }, { "sid", o->sid },
		{ "target", o->target }, { "taskid", o->taskid }, { "uid", o->uid },
	};

	for (size_t i = 0; i < sizeof(vars) / sizeof(vars[0]); i++)
		if (strlen(vars[i].name) == m->len && memcmp(vars[i].name, m->name, m->len) == 0)
			return vars[i].value;
	d_fail(&l->ctx, D_MACRO_UNDEF, line, "macro variable $%.*s is not defined", (int)m->len, m->name);
}

/* The text of an argument; NULL for one that was not given and need not be (-xdefaultargs). */
static const char *argument(struct lang *l, const struct macro *m, int line)
{
	if (m->n >= (uint64_t)(l->options->argc > 0 ? l->options->argc : 0)) {
		if (!l->options->default_args)
			d_fail(&l->ctx, D_MACRO_UNDEF, line, "macro argument %s%.*s is not defined", m->quoted ? "$$" : "$",
			       (int)m->len, m->name);
		return NULL;
	}
	if (l->parse->used)
		l->parse->used[m->n] = true;
	return l->options->argv[m->n];
}

/* An argument stands for the one token that its text is: integer, name or string in quotes. */
static void argument_token(struct lexer *lx, const struct macro *m, const char *text, struct token *t)
{
	struct lang *l = lx->l;
	const char *end = text + strlen(text);
	const char *p = text;

	if (is_digit(*p) || ((*p == '-' || *p == '+') && is_digit(p[1]))) {
		t->negative = *p == '-';
		p += !is_digit(*p);
		lex_number(l, &p, end, lx->line, t);
		if (t->negative && t->value > (uint64_t)INT64_MAX + 1)
			d_fail(&l->ctx, D_INT_OFLOW, lx->line,
			       "integer constant %s cannot be represented in any built-in integral type", text);
	} else if (*p == '"') {
		lex_string(l, &p, end, lx->line, t);
	} else if (lex_is_name_start(*p)) {
		while (lex_is_name(*p))
			p++;
		t->len = (size_t)(p - text);
		t->kind = lex_keyword(text, t->len);
		t->text = d_strndup(&l->ctx, text, t->len);
	}
	if (p != end || p == text)
		d_fail(&l->ctx, D_SYNTAX, lx->line,
		       "macro argument $%.*s is neither an integer nor a name nor a quoted string: \"%s\"", (int)m->len, m->name,
		       text);
}

void macro_token(struct lexer *lx, struct token *t)
{
	struct lang *l = lx->l;
	struct macro m = read_macro(l, &lx->p, lx->end, lx->line);
	const char *text = m.is_arg ? argument(l, &m, lx->line) : NULL;
	int64_t v = m.is_arg ? 0 : variable(l, &m, lx->line);

	if (m.quoted) {
		t->kind = T_STRING;
		t->text = text ? d_strndup(&l->ctx, text, strlen(text)) :
			  m.is_arg ? "" : d_printf(&l->ctx, "%" PRId64, v);
		t->len = strlen(t->text);
	} else if (text) {
		argument_token(lx, &m, text, t);
	} else {
		t->kind = T_INT;
		t->int_form = INT_DECIMAL;
		t->negative = v < 0;
		t->value = v < 0 ? -(uint64_t)v : (uint64_t)v;
	}
}

const char *macro_expand(struct lang *l, const char *text, size_t len, int line)
{
	const char *p = text, *end = text + len;
	char *out = NULL;
	size_t n = 0;

	/* Twice: to count, then to write. */
	for (int pass = 0; pass < 2; pass++) {
		n = 0;
		for (p = text; p < end;) {
			char number[24];
			const char *s = p;
			size_t k = 1;

			if (*p == '$') {
				struct macro m = read_macro(l, &p, end, line);

				if (m.is_arg) {
					s = argument(l, &m, line);
					s = s ? s : m.quoted ? "" : "0";
				} else {
					snprintf(number, sizeof(number), "%" PRId64, variable(l, &m, line));
					s = number;
				}
				k = strlen(s);
			} else {
				p++;
			}
			if (out)
				memcpy(out + n, s, k);
			n += k;
		}
		if (!out)
			out = d_alloc(&l->ctx, n + 1);
	}
	return out;
}

void macro_finish(struct lang *l)
{
	if (l->options->arg_ref || l->options->default_args)
		return;
	for (int i = 1; i < l->options->argc; i++)
		if (!l->parse->used[i])
			d_fail(&l->ctx, D_MACRO_UNUSED, 0, "extraneous argument '%s' ($%d is not referenced)",
			       l->options->argv[i], i);
}

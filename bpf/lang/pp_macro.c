/* SPDX-License-Identifier: GPL-2.0-only
 * Macros of the preprocessor: tokens, definitions, and replacing them. Which name may not be replaced again is kept with each
 * token as the list of macros it came from (Prosser's algorithm, which the C standard describes in words).
 */
#include "pp.h"
#include "toolbox/lib/base.h"

#include <stdio.h>
#include <string.h>

#define ARGS_DEEP 64 /* calls of macros in arguments of macros */

bool pp_is(const struct pp_token *t, const char *text)
{
	return t && t->kind == PP_OTHER && strlen(text) == t->len && memcmp(t->text, text, t->len) == 0;
}

/* --- tokens ------------------------------------------------------------------------------------ */

static bool name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t punct_len(const char *p, size_t left)
{
	static const char *const puncts[] = {
		"##",
#define D_PUNCT(id, text) text,
#define D_KEYWORD(id, text)
#include "tokens.def"
#undef D_PUNCT
#undef D_KEYWORD
	};

	for (size_t i = 0; i < countof(puncts); i++) {
		size_t n = strlen(puncts[i]);

		if (n <= left && memcmp(p, puncts[i], n) == 0)
			return n;
	}
	return 1;
}

static size_t quoted_len(const char *p, const char *end)
{
	const char *q = p + 1;

	while (q < end && *q != *p)
		q += *q == '\\' && end - q > 1 ? 2 : 1;
	return (size_t)(q < end ? q + 1 - p : end - p);
}

static size_t token_len(const char *p, const char *end, enum pp_kind *kind)
{
	const char *q = p + 1;

	if (name_start(*p)) {
		*kind = PP_NAME;
		while (q < end && (name_start(*q) || digit(*q)))
			q++;
	} else if (digit(*p)) {
		*kind = PP_NUMBER;
		while (q < end && (name_start(*q) || digit(*q)))
			q++;
	} else if (*p == '"' || *p == '\'') {
		*kind = PP_STRING;
		return quoted_len(p, end);
	} else {
		*kind = PP_OTHER;
		return punct_len(p, (size_t)(end - p));
	}
	return (size_t)(q - p);
}

static struct pp_token *new_token(struct pp *pp, enum pp_kind kind, const char *text, size_t len)
{
	struct pp_token *t = d_alloc(&pp->l->ctx, sizeof(*t));

	pp_step(pp);
	t->kind = kind;
	t->text = text;
	t->len = len;
	return t;
}

struct pp_token *pp_tokens(struct pp *pp, const char *p, const char *end)
{
	struct pp_token *first = NULL, **last = &first;
	bool space = false;
	const char *copy;
	size_t n = p ? (size_t)(end - p) : 0;

	if (!n)
		return NULL;
	/* The line's memory is used again for the next one, but macros stay. */
	p = copy = d_strndup(&pp->l->ctx, p, n);
	for (end = copy + n; p < end;) {
		enum pp_kind kind;
		size_t len;

		if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
			space = true;
			p++;
			continue;
		}
		len = token_len(p, end, &kind);
		*last = new_token(pp, kind, p, len);
		(*last)->space = space;
		last = &(*last)->next;
		space = false;
		p += len;
	}
	return first;
}

static struct pp_token *copy_token(struct pp *pp, const struct pp_token *t)
{
	struct pp_token *c = new_token(pp, t->kind, t->text, t->len);

	c->space = t->space;
	c->hide = t->hide;
	return c;
}

/* --- the table --------------------------------------------------------------------------------- */

static struct pp_macro **slot(struct pp *pp, const char *name, size_t len)
{
	unsigned h = 5381;
	struct pp_macro **m;

	for (size_t i = 0; i < len; i++)
		h = h * 33 + (unsigned char)name[i];
	m = &pp->macros[h % PP_BUCKETS];
	while (*m && ((*m)->len != len || memcmp((*m)->name, name, len) != 0))
		m = &(*m)->next;
	return m;
}

struct pp_macro *pp_find(struct pp *pp, const char *name, size_t len)
{
	static struct pp_macro line = { .is_function = false, .builtin = PP_LINE },
			       file = { .is_function = false, .builtin = PP_FILE };
	struct pp_macro *m = *slot(pp, name, len);

	if (m)
		return m->defined ? m : NULL;
	if (len == 8 && memcmp(name, "__LINE__", 8) == 0)
		return &line;
	return len == 8 && memcmp(name, "__FILE__", 8) == 0 ? &file : NULL;
}

static bool same_name(const struct pp_token *a, const struct pp_token *b)
{
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* The parameters behind the opening parenthesis; returns what follows the closing one. */
static struct pp_token *define_params(struct pp *pp, struct pp_macro *m, struct pp_token *t)
{
	static const char rest[] = "__VA_ARGS__";

	m->is_function = true;
	if (pp_is(t, ")"))
		return t->next;
	for (;;) {
		if (m->nparams >= PP_PARAMS_MAX)
			pp_fail(pp, D_PRAGCTL_INVAL, "#define: more than %d parameters", PP_PARAMS_MAX);
		if (pp_is(t, "...")) {
			m->varargs = true;
			m->params[m->nparams++] = new_token(pp, PP_NAME, rest, sizeof(rest) - 1);
		} else if (t && t->kind == PP_NAME) {
			for (int i = 0; i < m->nparams; i++)
				if (same_name(m->params[i], t))
					pp_fail(pp, D_PRAGCTL_INVAL, "#define: two parameters are %.*s", (int)t->len, t->text);
			m->params[m->nparams++] = t;
		} else {
			pp_fail(pp, D_PRAGCTL_INVAL, "#define: a parameter is missing");
		}
		t = t->next;
		if (pp_is(t, ")"))
			return t->next;
		if (!pp_is(t, ",") || m->varargs)
			pp_fail(pp, D_PRAGCTL_INVAL, "#define: the parameters do not end");
		t = t->next;
	}
}

void pp_define(struct pp *pp, const char *p, const char *end)
{
	struct pp_token *t = pp_tokens(pp, p, end);
	struct pp_macro **at, *m;

	if (!t || t->kind != PP_NAME)
		pp_fail(pp, D_PRAGCTL_INVAL, "#define: a name is missing");
	if (t->len == 7 && memcmp(t->text, "defined", 7) == 0)
		pp_fail(pp, D_PRAGCTL_INVAL, "#define: defined cannot be a macro");
	at = slot(pp, t->text, t->len);
	/* A new one, as tokens may still know the old one as where they come from. */
	m = d_alloc(&pp->l->ctx, sizeof(*m));
	m->next = *at ? (*at)->next : NULL;
	*at = m;
	m->name = t->text;
	m->len = t->len;
	m->defined = true;
	t = t->next;
	if (pp_is(t, "(") && !t->space)
		t = define_params(pp, m, t->next);
	m->body = t;
	if (t)
		t->space = false;
	if (pp_is(t, "##"))
		pp_fail(pp, D_PRAGCTL_INVAL, "#define: ## at the beginning of a macro");
	while (t && t->next)
		t = t->next;
	if (pp_is(t, "##"))
		pp_fail(pp, D_PRAGCTL_INVAL, "#define: ## at the end of a macro");
}

void pp_undef(struct pp *pp, const char *p, const char *end)
{
	struct pp_token *t = pp_tokens(pp, p, end);
	struct pp_macro *m;

	if (!t || t->kind != PP_NAME || t->next)
		pp_fail(pp, D_PRAGCTL_INVAL, "#undef: not a name");
	m = *slot(pp, t->text, t->len);
	if (m)
		m->defined = false;
}

void pp_define_option(struct pp *pp, const char *text)
{
	const char *eq = strchr(text, '=');
	const char *s = eq ? d_printf(&pp->l->ctx, "%.*s %s", (int)(eq - text), text, eq + 1) :
			     d_printf(&pp->l->ctx, "%s 1", text);

	pp_define(pp, s, s + strlen(s));
}

/* --- replacing --------------------------------------------------------------------------------- */

static bool hidden(struct pp *pp, const struct pp_hide *h, const struct pp_macro *m)
{
	for (unsigned n = 0; h; h = h->next, n++) {
		if (h->macro == m)
			return true;
		if (n % 16 == 15)
			pp_step(pp); /* long lists are work, too */
	}
	return false;
}

static const struct pp_hide *hide(struct pp *pp, const struct pp_hide *h, const struct pp_macro *m)
{
	struct pp_hide *n;

	if (hidden(pp, h, m))
		return h;
	n = d_alloc(&pp->l->ctx, sizeof(*n));
	n->macro = m;
	n->next = h;
	return n;
}

static const struct pp_hide *both(struct pp *pp, const struct pp_hide *a, const struct pp_hide *b)
{
	const struct pp_hide *r = NULL;

	for (; a; a = a->next)
		if (hidden(pp, b, a->macro))
			r = hide(pp, r, a->macro);
	return r;
}

struct call {
	const struct pp_macro *m;
	struct pp_token *raw[PP_PARAMS_MAX + 1], *expanded[PP_PARAMS_MAX + 1];
	bool done[PP_PARAMS_MAX + 1];
	int nargs;
	struct pp_token *rest;	      /* behind the closing parenthesis */
	const struct pp_hide *closed; /* of that parenthesis */
};

/* Collects the arguments behind the opening parenthesis; false if the list ends before they do. */
static bool collect(struct pp *pp, struct call *c, struct pp_token *t)
{
	struct pp_token **last = &c->raw[0];
	int depth = 0;

	c->nargs = 1;
	for (; t; t = t->next) {
		pp_step(pp);
		if (pp_is(t, ")") && depth-- == 0) {
			c->rest = t->next;
			c->closed = t->hide;
			return true;
		}
		if (pp_is(t, "("))
			depth++;
		if (pp_is(t, ",") && depth == 0 && !(c->m->varargs && c->nargs >= c->m->nparams)) {
			if (c->nargs > c->m->nparams)
				pp_fail(pp, D_PRAGCTL_INVAL, "macro %.*s has too many arguments", (int)c->m->len, c->m->name);
			last = &c->raw[c->nargs++];
			continue;
		}
		*last = copy_token(pp, t);
		last = &(*last)->next;
	}
	return false;
}

static void count_args(struct pp *pp, struct call *c)
{
	const struct pp_macro *m = c->m;

	if (m->nparams == 0 && c->nargs == 1 && !c->raw[0])
		c->nargs = 0;
	if (m->varargs && c->nargs == m->nparams - 1)
		c->nargs++;
	if (c->nargs != m->nparams)
		pp_fail(pp, D_PRAGCTL_INVAL, "macro %.*s has %d arguments, not %d", (int)m->len, m->name, m->nparams, c->nargs);
}

static struct pp_token *stringify(struct pp *pp, const struct pp_token *arg)
{
	size_t n = 2;
	char *s, *q;

	for (const struct pp_token *t = arg; t; t = t->next)
		n += 2 * t->len + 1;
	q = s = d_alloc(&pp->l->ctx, n + 1);
	*q++ = '"';
	for (const struct pp_token *t = arg; t; t = t->next) {
		if (t->space && t != arg)
			*q++ = ' ';
		for (size_t i = 0; i < t->len; i++) {
			if (t->kind == PP_STRING && (t->text[i] == '"' || t->text[i] == '\\'))
				*q++ = '\\';
			*q++ = t->text[i];
		}
	}
	*q++ = '"';
	return new_token(pp, PP_STRING, s, (size_t)(q - s));
}

/* left ## right: one token of both, in left's place. */
static void paste(struct pp *pp, struct pp_token *left, const struct pp_token *right)
{
	char *s;
	enum pp_kind kind = PP_OTHER;

	if (right->kind == PP_PLACE)
		return;
	s = d_alloc(&pp->l->ctx, left->len + right->len + 1);
	memcpy(s, left->text, left->len);
	memcpy(s + left->len, right->text, right->len);
	if (token_len(s, s + left->len + right->len, &kind) != left->len + right->len)
		pp_fail(pp, D_PRAGCTL_INVAL, "## makes no token of %.*s and %.*s", (int)left->len, left->text, (int)right->len,
			right->text);
	left->kind = kind;
	left->text = s;
	left->len += right->len;
}

static int param_of(const struct pp_macro *m, const struct pp_token *t)
{
	for (int i = 0; t && t->kind == PP_NAME && i < m->nparams; i++)
		if (same_name(m->params[i], t))
			return i;
	return -1;
}

static struct pp_token *expand(struct pp *pp, struct pp_token *list, bool *open, int depth);

/* The tokens of one argument: as they are beside ##, with their macros replaced elsewhere. */
static struct pp_token *argument(struct pp *pp, struct call *c, int i, bool raw, int depth)
{
	struct pp_token *copy = NULL, **last = &copy, *t;

	if (!raw && !c->done[i]) {
		for (t = c->raw[i]; t; t = t->next, last = &(*last)->next)
			*last = copy_token(pp, t);
		c->expanded[i] = expand(pp, copy, NULL, depth + 1);
		c->done[i] = true;
		copy = NULL;
		last = &copy;
	}
	for (t = raw ? c->raw[i] : c->expanded[i]; t; t = t->next, last = &(*last)->next)
		*last = copy_token(pp, t);
	if (!copy && raw)
		copy = new_token(pp, PP_PLACE, "", 0);
	return copy;
}

/* The body with its parameters filled in, before the rest of the text. */
static struct pp_token *substitute(struct pp *pp, struct call *c, const struct pp_hide *hs, int depth)
{
	const struct pp_macro *m = c->m;
	struct pp_token *first = NULL, **end = &first, *last = NULL;
	bool pasting = false;

	for (struct pp_token *t = m->body; t; t = t->next) {
		struct pp_token *piece;
		int i = param_of(m, t);

		if (pp_is(t, "##") && last) {
			pasting = true;
			continue;
		}
		if (m->is_function && pp_is(t, "#") && param_of(m, t->next) >= 0) {
			piece = stringify(pp, c->raw[param_of(m, t->next)]);
			piece->space = t->space;
			t = t->next;
		} else if (i >= 0) {
			piece = argument(pp, c, i, pasting || pp_is(t->next, "##"), depth);
			if (piece)
				piece->space = t->space;
		} else {
			piece = copy_token(pp, t);
		}
		if (pasting && last && piece) {
			paste(pp, last, piece);
			piece = piece->next;
		}
		pasting = false;
		*end = piece;
		for (; *end; end = &(*end)->next)
			last = *end;
	}
	for (struct pp_token *t = first; t; t = t->next) {
		const struct pp_hide *h = t->hide;

		/* Most tokens come from the body and share one list. */
		if (!h) {
			t->hide = hs;
			continue;
		}
		for (const struct pp_hide *x = hs; x; x = x->next)
			h = hide(pp, h, x->macro);
		t->hide = h;
	}
	*end = c->rest;
	return first;
}

static struct pp_token *builtin(struct pp *pp, const struct pp_macro *m)
{
	const char *file = pp->file ? pp->file : pp->l->source->name;
	struct pp_token name = { .kind = PP_STRING, .text = file, .len = strlen(file) };
	const char *s;

	if (m->builtin == PP_FILE)
		return stringify(pp, &name);
	s = d_printf(&pp->l->ctx, "%d", pp->line);
	return new_token(pp, PP_NUMBER, s, strlen(s));
}

/* What the macro at t is replaced by, with what follows; t itself if it is none or its arguments are missing. */
static struct pp_token *replace(struct pp *pp, struct pp_token *t, bool *open, int depth)
{
	struct pp_macro *m = t->kind == PP_NAME ? pp_find(pp, t->text, t->len) : NULL;
	struct pp_token *r;
	struct call c = { 0 };

	if (!m || hidden(pp, t->hide, m))
		return t;
	if (m->builtin) {
		r = builtin(pp, m);
		r->next = t->next;
		r->space = t->space;
		return r;
	}
	if (m->is_function && !pp_is(t->next, "("))
		return t;
	c.m = m;
	c.rest = t->next;
	c.closed = t->hide;
	if (m->is_function) {
		if (!collect(pp, &c, t->next->next)) {
			if (open)
				*open = true;
			return t;
		}
		count_args(pp, &c);
	}
	r = substitute(pp, &c, hide(pp, m->is_function ? both(pp, t->hide, c.closed) : t->hide, m), depth);
	if (r && r != c.rest)
		r->space = t->space;
	else if (r)
		r->space |= t->space;
	return r;
}

static struct pp_token *expand(struct pp *pp, struct pp_token *list, bool *open, int depth)
{
	struct pp_token *first = NULL, **end = &first;

	if (depth > ARGS_DEEP)
		pp_fail(pp, D_SYNTAX, "macros are nested too deeply: more than %d levels", ARGS_DEEP);
	while (list) {
		struct pp_token *r = replace(pp, list, open, depth);

		pp_step(pp);
		if (open && *open)
			return NULL;
		if (r != list) {
			list = r;
			continue;
		}
		*end = list;
		end = &list->next;
		list = list->next;
	}
	*end = NULL;
	return first;
}

struct pp_token *pp_expand(struct pp *pp, struct pp_token *list, bool *open)
{
	*open = false;
	return expand(pp, list, open, 0);
}

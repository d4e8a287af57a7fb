/* SPDX-License-Identifier: GPL-2.0-only
 * Lines that begin with #: pragmas, #line, #error, and the #! of an interpreter file. The other directives of C are the
 * preprocessor's (-C), which leaves none of them for here.
 */
#include "lex.h"
#include "parse.h"
#include "bpf/prov/prov.h"

#include <string.h>

#define WORDS_MAX   8
#define PRAGMAS_MAX 1000 /* of attributes, binding, depends_on: each is compared with each declaration */

struct line {
	struct lexer *lx;
	int line;
	const char *words[WORDS_MAX]; /* the blanks between them gone, quotes taken off */
	bool quoted[WORDS_MAX];
	int n; /* WORDS_MAX + 1: there are more */
	const char *text; /* all of it behind the #, for messages */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Takes the line at lx->p apart; comments in it are blanks. Leaves p at its newline. */
static void split(struct lexer *lx, struct line *c)
{
	struct d_ctx *ctx = &lx->l->ctx;
	const char *p = lx->p + 1;
	const char *eol = memchr(p, '\n', (size_t)(lx->end - p));

	eol = eol ? eol : lx->end;
	lx->p = eol;
	while (eol > p && is_blank(eol[-1]))
		eol--;
	while (p < eol && is_blank(*p))
		p++;
	c->lx = lx;
	c->line = lx->line;
	c->n = 0;
	c->text = d_strndup(ctx, p, (size_t)(eol - p));
	while (p < eol) {
		const char *s = p;
		struct token t = { 0 };

		if (is_blank(*p)) {
			p++;
			continue;
		}
		if (p[0] == '/' && p[1] == '*' && eol - p > 3) {
			const char *q = p + 2;

			while (eol - q > 1 && !(q[0] == '*' && q[1] == '/'))
				q++;
			if (eol - q < 2)
				d_fail(ctx, D_SYNTAX, lx->line, "a comment in a control line does not end in it");
			p = q + 2;
			continue;
		}
		if (c->n >= WORDS_MAX) {
			c->n = WORDS_MAX + 1;
			return;
		}
		if (*p == '"') {
			lex_string(lx->l, &p, eol, lx->line, &t);
			c->quoted[c->n] = true;
			c->words[c->n++] = t.text;
			continue;
		}
		while (p < eol && !is_blank(*p) && !(p[0] == '/' && p[1] == '*'))
			p++;
		c->quoted[c->n] = false;
		c->words[c->n++] = d_strndup(ctx, s, (size_t)(p - s));
	}
}

static _Noreturn void malformed(const struct line *c, const char *form)
{
	d_fail(&c->lx->l->ctx, D_PRAGMA_MALFORM, c->line, "malformed #pragma %s", form);
}

static bool is_number(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* #line n ["file" [flags]], and the same without the word as preprocessors write it. It counts for the next line. */
static void set_line(const struct line *c, int first)
{
	struct lexer *lx = c->lx;
	struct d_origin *o;
	int v = 0;

	if (c->n <= first || !is_number(c->words[first]) || strlen(c->words[first]) > 9 ||
	    (c->n > first + 1 && !c->quoted[first + 1]))
		d_fail(&lx->l->ctx, D_SYNTAX, c->line, "invalid line directive: #%.200s", c->text);
	for (const char *p = c->words[first]; *p; p++)
		v = v * 10 + (*p - '0');
	o = d_alloc(&lx->l->ctx, sizeof(*o));
	o->from = c->line + 1;
	o->line = v;
	d_line(&lx->l->ctx, c->line, &o->file); /* the same file, if it names none */
	if (c->n > first + 1) {
		const char *file = c->words[first + 1];

		o->file = *file && strcmp(file, lx->l->source->name) != 0 ? file : NULL;
	}
	o->next = lx->l->ctx.origins;
	lx->l->ctx.origins = o;
}

/* option name[=value]; blanks may be around =, or stand for it. */
static void pragma_option(const struct line *c)
{
	struct lang *l = c->lx->l;
	struct d_option *o = d_alloc(&l->ctx, sizeof(*o));
	const char *s, *eq, *value = NULL;
	size_t n;
	char why[256] = "";

	if (c->n < 4)
		malformed(c, "option: name[=value]");
	s = c->words[3];
	eq = c->quoted[3] ? NULL : strchr(s, '=');
	n = eq ? (size_t)(eq - s) : strlen(s);
	if (eq && eq[1])
		value = eq + 1;
	else if (eq && c->n == 5)
		value = c->words[4];
	else if (c->n == 5 && c->words[4][0] == '=' && c->words[4][1])
		value = c->words[4] + 1;
	else if (c->n == 6 && strcmp(c->words[4], "=") == 0)
		value = c->words[5];
	else if (eq || c->n != 4)
		malformed(c, "option: name[=value]");
	if ((eq && eq[1] && c->n != 4) || n == 0)
		malformed(c, "option: name[=value]");
	o->name = d_strndup(&l->ctx, s, n);
	o->value = value;
	o->line = c->line;
	if (l->options->option && !l->options->option(l->options->cookie, o->name, value, why, sizeof(why)))
		d_fail(&l->ctx, D_PRAGMA_OPTSET, c->line, "failed to set option '%s'%s%s%s: %s", o->name,
		       value ? " to '" : "", value ? value : "", value ? "'" : "", why);
	if (l->parse->last_option)
		l->parse->last_option->next = o;
	else
		l->d_options = o;
	l->parse->last_option = o;
}

static bool is_word_of(const char *const *words, const char *s, size_t n)
{
	for (; *words; words++)
		if (strlen(*words) == n && memcmp(*words, s, n) == 0)
			return true;
	return false;
}

/* Name-stability/data-stability/dependency class: the guide's chapter "Stability". */
static bool is_attributes(const char *s)
{
	static const char *const stability[] = { "Internal", "Private", "Obsolete", "External", "Unstable", "Evolving",
						 "Stable", "Standard", NULL };
	static const char *const classes[] = { "Unknown", "CPU", "Platform", "Group", "ISA", "Common", NULL };
	const char *a = strchr(s, '/'), *b = a ? strchr(a + 1, '/') : NULL;

	return b && is_word_of(stability, s, (size_t)(a - s)) && is_word_of(stability, a + 1, (size_t)(b - a - 1)) &&
	       is_word_of(classes, b + 1, strlen(b + 1));
}

static struct d_pragma *new_pragma(const struct line *c, int kind)
{
	struct lang *l = c->lx->l;
	struct d_pragma *p = d_alloc(&l->ctx, sizeof(*p));

	if (++l->parse->npragmas > PRAGMAS_MAX)
		malformed(c, "there are more than 1000");
	p->kind = kind;
	p->line = c->line;
	for (int i = 3; i < c->n && i < 7; i++)
		p->words[i - 3] = c->words[i];
	p->next = l->d_pragmas;
	l->d_pragmas = p;
	return p;
}

/* attributes a/b/c name, attributes a/b/c provider name part */
static void pragma_attributes(const struct line *c)
{
	static const char *const parts[] = { "provider", "module", "function", "name", "args", NULL };
	bool provider = c->n == 7 && strcmp(c->words[4], "provider") == 0;

	if ((c->n != 5 && !provider) || !is_attributes(c->words[3]) ||
	    (provider && !is_word_of(parts, c->words[6], strlen(c->words[6]))))
		malformed(c, "attributes: name/data/class [provider name part | name]");
	new_pragma(c, PRAGMA_ATTRIBUTES);
}

/* binding "1.6" name */
static void pragma_binding(const struct line *c)
{
	const char *v = c->n == 5 ? c->words[3] : "";
	size_t n = strspn(v, "0123456789.");

	if (c->n != 5 || !c->quoted[3] || n == 0 || v[n] || v[0] == '.' || v[n - 1] == '.' || strstr(v, ".."))
		malformed(c, "binding: \"version\" name");
	new_pragma(c, PRAGMA_BINDING);
}

/* Whether a library is there: one of -L, or one that D has itself (their parts are in the prelude and in constants.def). */
static bool has_library(const struct lang *l, const char *name)
{
	static const char *const own[] = { "errno.d", "io.d", "procfs.d", "sched.d", "signal.d", "unistd.d" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(own[i], name) == 0)
			return true;
	for (const struct lang_source *s = l->sources; s && s < l->source; s++) {
		const char *slash = strrchr(s->name, '/');

		if (s->is_library && strcmp(slash ? slash + 1 : s->name, name) == 0)
			return true;
	}
	return false;
}

/* depends_on provider|module|library name */
static void pragma_depends(const struct line *c)
{
	struct lang *l = c->lx->l;
	struct prov_desc want = { .provider = "", .module = "", .function = "", .name = "" };
	bool found = false;

	if (c->n != 5)
		malformed(c, "depends_on: [provider | module | library] name");
	if (strcmp(c->words[3], "provider") == 0)
		want.provider = c->words[4];
	else if (strcmp(c->words[3], "module") == 0)
		want.module = c->words[4];
	else if (strcmp(c->words[3], "library") == 0)
		found = has_library(l, c->words[4]);
	else
		malformed(c, "depends_on: [provider | module | library] name");
	if ((*want.provider || *want.module) && l->probes)
		found = prov_match(l->probes, &want, NULL, NULL) > 0;
	if (!found)
		d_fail(&l->ctx, D_PRAGMA_DEPEND, c->line, "program requires %s %s, which is not there", c->words[3], c->words[4]);
	new_pragma(c, PRAGMA_DEPENDS_ON);
}

static void pragma(const struct line *c)
{
	struct d_ctx *ctx = &c->lx->l->ctx;
	const char *what = c->n > 2 ? c->words[2] : "";

	if (c->n > 1 && strcmp(c->words[1], "ident") == 0)
		return;
	if (c->n < 2)
		malformed(c, "without a word");
	if (strcmp(c->words[1], "D") != 0)
		d_fail(ctx, D_PRAGMA_INVAL, c->line, "invalid pragma: #%.200s", c->text);
	if (c->n > WORDS_MAX)
		malformed(c, "with too many words");
	if (strcmp(what, "option") == 0)
		pragma_option(c);
	else if (strcmp(what, "attributes") == 0)
		pragma_attributes(c);
	else if (strcmp(what, "binding") == 0)
		pragma_binding(c);
	else if (strcmp(what, "depends_on") == 0)
		pragma_depends(c);
	else if (strcmp(what, "error") == 0)
		d_fail(ctx, D_PRAGERR, c->line, "#%.500s", c->text);
	else if (strcmp(what, "line") == 0)
		set_line(c, 3);
	else if (strcmp(what, "ident") != 0)
		d_fail(ctx, D_PRAGMA_INVAL, c->line, "invalid pragma: #%.200s", c->text);
}

void lex_control(struct lexer *lx)
{
	struct line c;

	if (lx->p[1] == '!') {
		if (lx->p != lx->start)
			d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "#! may only be the first two bytes of a script");
		while (lx->p < lx->end && *lx->p != '\n')
			lx->p++;
		return;
	}
	split(lx, &c);
	if (c.n == 0 || strcmp(c.words[0], "ident") == 0)
		return;
	if (strcmp(c.words[0], "pragma") == 0)
		pragma(&c);
	else if (strcmp(c.words[0], "line") == 0)
		set_line(&c, 1);
	else if (is_number(c.words[0]))
		set_line(&c, 0);
	else if (strcmp(c.words[0], "error") == 0)
		d_fail(&lx->l->ctx, D_PRAGERR, c.line, "#%.500s", c.text);
	else
		d_fail(&lx->l->ctx, D_PRAGCTL_INVAL, c.line, "invalid control directive: #%.200s", c.text);
}

/* Whether the script declares the name: as a variable, type, inline or translator. */
static bool declares(const struct node *program, const char *name)
{
	for (const struct node *n = program; n; n = n->next) {
		if (n->kind != N_DECL && n->kind != N_INLINE)
			continue;
		for (const struct decl *d = n->decl; d; d = d->next)
			if (d->name && strcmp(d->name, name) == 0)
				return true;
	}
	return false;
}

void control_finish(struct lang *l, const struct node *program)
{
	for (const struct d_pragma *p = l->d_pragmas; p != l->parse->finished; p = p->next) {
		const char *name = p->words[1];

		if (p->kind == PRAGMA_DEPENDS_ON || (p->words[2] && p->kind == PRAGMA_ATTRIBUTES) || declares(program, name))
			continue;
		if (sym_find(l, SCOPE_GLOBAL, name))
			d_fail(&l->ctx, D_PRAGMA_SCOPE, p->line, "#pragma %s cannot modify entity defined outside program scope",
			       p->kind == PRAGMA_BINDING ? "binding" : "attributes");
		d_fail(&l->ctx, D_PRAGMA_UNUSED, p->line, "unused #pragma %s",
		       p->kind == PRAGMA_BINDING ? "binding" : "attributes");
	}	l->parse->finished = l->d_pragmas;
}

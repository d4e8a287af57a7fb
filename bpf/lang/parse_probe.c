/* SPDX-License-Identifier: GPL-2.0-only
 * Probe descriptions, read as raw text as `-`, `*`, `:` and `$` are parts of their words; and what begins at the top level of a
 * script, a description or a declaration. `int*x;` and `foo_t*x;` declare; with a colon, a word is always a description.
 */
#include "parse.h"
#include "bpf/prov/prov.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_desc_char(char c)
{
	return lex_is_name(c) || (c && strchr("-$:.?*[]!\\+@%~^", c) != NULL);
}

/* The end of the description at p. Within brackets a glob may have anything but a blank. */
static const char *desc_end(const struct lexer *lx, const char *p)
{
	while (p < lx->end && is_desc_char(*p))
		p += *p == '\\' && p + 1 < lx->end && p[1] > ' ' ? 2 : 1;
	return p;
}

bool parse_at_declaration(struct lexer *lx)
{
	const char *s = lx->p, *end = desc_end(lx, s), *p = s;
	char name[256];
	enum tok kind;

	if (!lex_is_name_start(*p))
		return false;
	while (p < end && lex_is_name(*p))
		p++;
	/* int, int* and int[ can only be types when there is no colon. */
	if (memchr(s, ':', (size_t)(end - s)) || (p < end && *p != '*'))
		return false;
	kind = lex_keyword(s, (size_t)(p - s));
	if (kind != T_IDENT)
		return true;
	if ((size_t)(p - s) >= sizeof(name))
		return false;
	memcpy(name, s, (size_t)(p - s));
	name[p - s] = '\0';
	return parse_is_typename(lx->l, name);
}

/* The description as -n would have it, whatever -P, -m, -f make of the text. */
static const char *with_colons(struct lexer *lx, const char *text)
{
	static const char *const behind[] = { "", ":", "::", ":::" };

	return d_printf(&lx->l->ctx, "%s%s", text, behind[lx->l->source->spec]);
}

static struct probe_desc *parse_id(struct lexer *lx, const char *text, int line)
{
	struct probe_desc *d = d_alloc(&lx->l->ctx, sizeof(*d));
	char *end;
	unsigned long id;

	errno = 0;
	id = strtoul(text, &end, 10);
	if (*end || errno || id == 0 || id > UINT32_MAX)
		d_fail(&lx->l->ctx, D_PDESC_INVAL, line, "invalid probe identifier %s", text);
	d->provider = d->module = d->function = d->name = "";
	d->id = (uint32_t)id;
	d->line = line;
	return d;
}

static struct probe_desc *parse_desc(struct lexer *lx)
{
	struct lang *l = lx->l;
	const char *s = lx->p;
	int line = lx->line;
	struct probe_desc *d;
	struct prov_text parts;
	const char *text;
	char why[200];
	int e;

	lx->p = desc_end(lx, s);
	lx->line_begins = false;
	if (lx->p == s) {
		struct token t = lex_take(lx);

		lex_error_near(lx, &t);
	}
	text = macro_expand(l, s, (size_t)(lx->p - s), line);
	if (text[0] && text[strspn(text, "0123456789")] == '\0')
		return parse_id(lx, text, line);
	text = with_colons(lx, text);
	why[0] = '\0';
	e = prov_parse(&parts, text, strlen(text), why, sizeof(why));
	if (e == -ENAMETOOLONG)
		d_fail(&l->ctx, D_PDESC_INVAL, line, "invalid probe description \"%.200s...\": it is too long", text);
	if (e != 0)
		d_fail(&l->ctx, D_PDESC_INVAL, line, "invalid probe description \"%s\": %s", text, why);
	d = d_alloc(&l->ctx, sizeof(*d));
	d->provider = d_strndup(&l->ctx, parts.desc.provider, strlen(parts.desc.provider));
	d->module = d_strndup(&l->ctx, parts.desc.module, strlen(parts.desc.module));
	d->function = d_strndup(&l->ctx, parts.desc.function, strlen(parts.desc.function));
	d->name = d_strndup(&l->ctx, parts.desc.name, strlen(parts.desc.name));
	d->line = line;
	return d;
}

struct probe_desc *parse_probes(struct lexer *lx)
{
	struct probe_desc *first = NULL, **end = &first;

	lx->after_desc = true;
	for (;;) {
		*end = parse_desc(lx);
		end = &(*end)->next;
		lex_skip(lx);
		if (lx->p >= lx->end || *lx->p != ',')
			break;
		lx->p++;
		lex_skip(lx);
	}
	if (lx->p < lx->end && is_desc_char(*lx->p)) {
		const char *stop = desc_end(lx, lx->p);

		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "syntax error near \"%.*s\"", (int)(stop - lx->p), lx->p);
	}
	return first;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The scanner: see lex.h. The guide's chapter "Types, Operators, and Expressions" has the forms of names and constants.
 * `//` comments are ours (and Oracle's since 2.0.4); where two slashes could be an empty predicate or the end of one, they
 * are not a comment.
 */
#include "lex.h"
#include "toolbox/lib/base.h"

#include <string.h>

struct fixed {
	const char *text;
	size_t len;
	enum tok kind;
};

static const struct fixed puncts[] = {
#define D_PUNCT(id, s) { s, sizeof(s) - 1, T_##id },
#define D_KEYWORD(id, s)
#include "tokens.def"
#undef D_PUNCT
#undef D_KEYWORD
};

static const struct fixed keywords[] = {
#define D_PUNCT(id, s)
#define D_KEYWORD(id, s) { s, sizeof(s) - 1, K_##id },
#include "tokens.def"
#undef D_PUNCT
#undef D_KEYWORD
};

enum tok lex_keyword(const char *s, size_t n)
{
	size_t low = 0, high = countof(keywords);

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct fixed *k = &keywords[mid];
		int c = memcmp(s, k->text, n < k->len ? n : k->len);

		if (c == 0 && n == k->len)
			return k->kind;
		if (c < 0 || (c == 0 && n < k->len))
			high = mid;
		else
			low = mid + 1;
	}
	return T_IDENT;
}

const char *lex_tok_text(enum tok kind)
{
	for (size_t i = 0; i < countof(puncts); i++)
		if (puncts[i].kind == kind)
			return puncts[i].text;
	for (size_t i = 0; i < countof(keywords); i++)
		if (keywords[i].kind == kind)
			return keywords[i].text;
	return kind == T_EPRED ? "/" : NULL;
}

void lex_init(struct lexer *lx, struct lang *l, const char *text, size_t len)
{
	if (len > D_SCRIPT_MAX)
		d_fail(&l->ctx, D_SYNTAX, 0, "the script is larger than %u bytes", D_SCRIPT_MAX);
	memset(lx, 0, sizeof(*lx));
	lx->l = l;
	lx->start = lx->p = d_strndup(&l->ctx, text, len);
	lx->end = lx->start + len;
	lx->line = 1;
	lx->line_begins = true;
}

/* --- what is between tokens -------------------------------------------------------------------- */

static void skip_comment(struct lexer *lx)
{
	int begun = lx->line;

	for (lx->p += 2; lx->p < lx->end; lx->p++) {
		if (lx->p[0] == '*' && lx->p[1] == '/') {
			lx->p += 2;
			return;
		}
		/* As in DTrace: most often an end that was forgotten. */
		if (lx->p[0] == '/' && lx->p[1] == '*')
			d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "/* encountered inside a comment");
		if (*lx->p == '\n')
			lx->line++;
	}
	d_fail(&lx->l->ctx, D_SYNTAX, begun, "end of file encountered in a comment: */ is missing");
}

void lex_skip(struct lexer *lx)
{
	while (lx->p < lx->end) {
		char c = *lx->p;

		if (c == '\n') {
			lx->line++;
			lx->p++;
			lx->line_begins = true;
		} else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
			lx->p++;
		} else if (c == '/' && lx->p[1] == '*') {
			skip_comment(lx);
		} else if (c == '/' && lx->p[1] == '/' && !lx->after_desc && !(lx->in_predicate && lx->after_operand)) {
			while (lx->p < lx->end && *lx->p != '\n')
				lx->p++;
		} else if (c == '#' && lx->line_begins) {
			lex_control(lx);
		} else {
			return;
		}
	}
}

/* --- constants --------------------------------------------------------------------------------- */

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* u, l, ll and both together, in any case and order. */
static const char *suffix(const char *p, const char *end, unsigned char *form)
{
	for (int i = 0; i < 2 && p < end; i++) {
		if ((*p == 'u' || *p == 'U') && !(*form & INT_UNSIGNED)) {
			*form |= INT_UNSIGNED;
			p++;
		} else if ((*p == 'l' || *p == 'L') && !(*form & (INT_LONG | INT_LONGLONG))) {
			bool two = end - p > 1 && p[1] == p[0];

			*form |= two ? INT_LONGLONG : INT_LONG;
			p += two ? 2 : 1;
		}
	}
	return p;
}

static bool is_float(const char *s, const char *p, const char *end)
{
	if (p < end && *p == '.')
		return true;
	if (p >= end || (*p != 'e' && *p != 'E'))
		return false;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	return p < end && digit(*p) < 10 && s < p;
}

void lex_number(struct lang *l, const char **pos, const char *end, int line, struct token *t)
{
	const char *s = *pos, *p = s;
	bool hex = end - s > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') && digit(s[2]) < 16;
	int base = hex ? 16 : s[0] == '0' ? 8 : 10;
	uint64_t v = 0;
	bool over = false;
	char wrong = 0;

	for (p += hex ? 2 : 0; p < end && digit(*p) < (hex ? 16 : 10); p++) {
		uint64_t d = (uint64_t)digit(*p);

		if (base == 8 && d > 7 && !wrong)
			wrong = *p;
		over |= v > (UINT64_MAX - d) / (uint64_t)base;
		v = v * (uint64_t)base + d;
	}
	if (!hex && is_float(s, p, end))
		d_fail(&l->ctx, D_SYNTAX, line, "floating-point constants are not permitted");
	if (wrong)
		d_fail(&l->ctx, D_INT_DIGIT, line, "octal constant %.*s has the digit %c", (int)(p - s), s, wrong);
	t->kind = T_INT;
	t->int_form = base == 10 ? INT_DECIMAL : 0;
	p = suffix(p, end, &t->int_form);
	if (over)
		d_fail(&l->ctx, D_INT_OFLOW, line, "integer constant %.*s cannot be represented in any built-in integral type",
		       (int)(p - s), s);
	t->value = v;
	*pos = p;
}

/* One character of a constant, escaped or not, behind the backslash if there is one. Sequences that C does not have
 * stand for themselves, backslash and all, as in DTrace. Returns how many bytes it put into out (at most 2). */
static int escape(const char **pos, const char *end, char out[2])
{
	static const char letters[] = "abfnrtv\\?'\"", means[] = "\a\b\f\n\r\t\v\\?'\"";
	const char *p = *pos;
	const char *at = p < end && *p ? strchr(letters, *p) : NULL;
	int v = 0, n = 0;

	if (at) {
		out[0] = means[at - letters];
		*pos = p + 1;
		return 1;
	}
	if (p < end && digit(*p) < 8) {
		for (; n < 3 && p < end && digit(*p) < 8; n++)
			v = v * 8 + digit(*p++);
	} else if (end - p > 1 && *p == 'x' && digit(p[1]) < 16) {
		for (p++; n < 2 && p < end && digit(*p) < 16; n++)
			v = v * 16 + digit(*p++);
	} else {
		out[0] = '\\';
		out[1] = p < end ? *p : '\0';
		*pos = p < end ? p + 1 : p;
		return p < end ? 2 : 1;
	}
	out[0] = (char)v;
	*pos = p;
	return 1;
}

void lex_string(struct lang *l, const char **pos, const char *end, int line, struct token *t)
{
	const char *p = *pos + 1, *q = p;
	char *out;
	size_t n = 0;

	/* Its end first, so that the memory taken is that of the constant. */
	while (q < end && *q != '"' && *q != '\n')
		q += *q == '\\' && end - q > 1 && q[1] != '\n' ? 2 : 1;
	if (q >= end || *q == '\n')
		d_fail(&l->ctx, D_STR_NL, line, "%s encountered in string constant", q < end ? "newline" : "end of file");
	out = d_alloc(&l->ctx, (size_t)(q - p) + 1);
	while (p < q) {
		if (*p != '\\') {
			out[n++] = *p++;
		} else {
			char c[2];
			int k;

			p++;
			k = escape(&p, q, c);
			memcpy(out + n, c, (size_t)k);
			n += (size_t)k;
		}
	}
	t->kind = T_STRING;
	t->text = out;
	t->len = n;
	*pos = q + 1;
}

/* Up to eight characters, the first in the highest byte: 'ab' is ('a' << 8) + 'b', as C compilers have it. */
void lex_char(struct lang *l, const char **pos, const char *end, int line, struct token *t)
{
	const char *p = *pos + 1;
	uint64_t v = 0;
	unsigned n = 0;

	for (;;) {
		char c[2];
		int k = 1;

		if (p >= end || *p == '\n')
			d_fail(&l->ctx, D_CHR_NL, line, "%s encountered in character constant",
			       p < end ? "newline" : "end of file");
		if (*p == '\'')
			break;
		c[0] = *p++;
		if (c[0] == '\\' && p < end && *p != '\n')
			k = escape(&p, end, c);
		for (int i = 0; i < k; i++)
			v = v << 8 | (unsigned char)c[i];
		n += (unsigned)k;
		if (n > 8)
			d_fail(&l->ctx, D_CHR_OFLOW, line, "character constant is too long");
	}
	if (n == 0)
		d_fail(&l->ctx, D_CHR_NULL, line, "empty character constant");
	t->kind = T_INT;
	t->int_form = INT_DECIMAL | INT_CHAR;
	t->value = v;
	*pos = p + 1;
}

/* --- tokens ------------------------------------------------------------------------------------ */

/* A slash in a predicate ends it when what follows can only be a clause's body or the end of the clause; otherwise it is
 * a division. The same rule as DTrace's. */
static bool ends_predicate(struct lexer *lx)
{
	const char *p = lx->p + 1;

	while (p < lx->end) {
		if (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
			p++;
		} else if (p[0] == '/' && p[1] == '*') {
			const char *close = strstr(p + 2, "*/");

			if (!close)
				return true; /* the scanner will say so */
			p = close + 2;
		} else {
			return *p == ';' || *p == '{' || *p == '/';
		}
	}
	return true;
}

static void name_token(struct lexer *lx, struct token *t)
{
	const char *s = lx->p;

	while (lx->p < lx->end && lex_is_name(*lx->p))
		lx->p++;
	t->len = (size_t)(lx->p - s);
	t->kind = lex_keyword(s, t->len);
	t->text = d_strndup(&lx->l->ctx, s, t->len);
}

static void agg_token(struct lexer *lx, struct token *t)
{
	const char *s = ++lx->p;

	if (lx->p < lx->end && lex_is_name_start(*lx->p))
		while (lx->p < lx->end && lex_is_name(*lx->p))
			lx->p++;
	t->kind = T_AGG;
	t->len = (size_t)(lx->p - s);
	t->text = d_strndup(&lx->l->ctx, s, t->len);
}

static void punct_token(struct lexer *lx, struct token *t)
{
	size_t left = (size_t)(lx->end - lx->p);

	for (size_t i = 0; i < countof(puncts); i++) {
		const struct fixed *f = &puncts[i];

		if (f->len <= left && memcmp(lx->p, f->text, f->len) == 0) {
			t->kind = f->kind;
			lx->p += f->len;
			return;
		}
	}
	if (*lx->p > ' ' && *lx->p < 0x7f && *lx->p != '\\') /* which would be printed as \134 */
		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "syntax error near \"%c\"", *lx->p);
	d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "syntax error near the byte 0x%02x", (unsigned char)*lx->p);
}

static void scan(struct lexer *lx, struct token *t)
{
	char c;

	memset(t, 0, sizeof(*t));
	lex_skip(lx);
	t->line = lx->line;
	if (lx->p >= lx->end)
		return;
	lx->line_begins = false;
	c = *lx->p;
	if (lex_is_name_start(c)) {
		name_token(lx, t);
	} else if (digit(c) < 10) {
		lex_number(lx->l, &lx->p, lx->end, lx->line, t);
	} else if (c == '.' && digit(lx->p[1]) < 10) {
		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "floating-point constants are not permitted");
	} else if (c == '"') {
		lex_string(lx->l, &lx->p, lx->end, lx->line, t);
	} else if (c == '\'') {
		lex_char(lx->l, &lx->p, lx->end, lx->line, t);
	} else if (c == '@') {
		agg_token(lx, t);
	} else if (c == '$') {
		macro_token(lx, t);
	} else if (c == '/' && lx->in_predicate && ends_predicate(lx)) {
		t->kind = T_EPRED;
		lx->p++;
	} else {
		punct_token(lx, t);
	}
	t->line = lx->line;
	lx->after_operand = t->kind == T_IDENT || t->kind == T_AGG || t->kind == T_INT || t->kind == T_STRING ||
			    t->kind == T_RPAREN || t->kind == T_RBRACKET || t->kind == T_INC || t->kind == T_DEC ||
			    t->kind == K_SELF || t->kind == K_THIS;
}

const struct token *lex_peek(struct lexer *lx)
{
	if (!lx->has_tok) {
		scan(lx, &lx->tok);
		lx->has_tok = true;
	}
	return &lx->tok;
}

struct token lex_take(struct lexer *lx)
{
	lex_peek(lx);
	lx->has_tok = false;
	return lx->tok;
}

bool lex_accept(struct lexer *lx, enum tok kind)
{
	if (lex_peek(lx)->kind != kind)
		return false;
	lx->has_tok = false;
	return true;
}

void lex_error_near(struct lexer *lx, const struct token *t)
{
	const char *text = lex_tok_text(t->kind);
	struct d_ctx *ctx = &lx->l->ctx;

	switch (t->kind) {
	case T_EOF:
		d_fail(ctx, D_SYNTAX, t->line, "syntax error near end of input");
	case T_AGG:
		d_fail(ctx, D_SYNTAX, t->line, "syntax error near \"@%s\"", t->text);
	case T_INT:
		d_fail(ctx, D_SYNTAX, t->line, "syntax error near \"%s%llu\"", t->negative ? "-" : "",
		       (unsigned long long)t->value);
	default:
		d_fail(ctx, D_SYNTAX, t->line, "syntax error near \"%s\"", text ? text : t->text);
	}
}

struct token lex_expect(struct lexer *lx, enum tok kind)
{
	struct token t = lex_take(lx);

	if (t.kind != kind)
		lex_error_near(lx, &t);
	return t;
}

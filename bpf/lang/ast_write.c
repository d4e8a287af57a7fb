/* SPDX-License-Identifier: GPL-2.0-only
 * A D program's tree as text, for -xdump=ast and tests: a node a line, its children below it, two blanks deeper. Stable.
 * Strings of the script are printed by text_printf: they may hold anything.
 */
#include "lang.h"
#include "toolbox/lib/text.h"

#include <inttypes.h>

static const char *const kinds[] = {
	[N_INT] = "int", [N_STRING] = "string", [N_IDENT] = "ident", [N_AGG] = "agg", [N_INDEX] = "index", [N_CALL] = "call",
	[N_UNARY] = "unary", [N_BINARY] = "binary", [N_ASSIGN] = "assign", [N_COND] = "cond", [N_COMMA] = "comma",
	[N_CAST] = "cast", [N_SIZEOF] = "sizeof", [N_OFFSETOF] = "offsetof", [N_STRINGOF] = "stringof", [N_MEMBER] = "member",
	[N_XLATE] = "xlate", [N_EXPR] = "expr", [N_AGGSTMT] = "aggregate", [N_IF] = "if", [N_BLOCK] = "block",
	[N_CLAUSE] = "clause", [N_DECL] = "decl", [N_INLINE] = "inline", [N_XLATOR] = "translator",
};

static const char *const ops[] = {
	[OP_NONE] = "", [OP_ADD] = "+", [OP_SUB] = "-", [OP_MUL] = "*", [OP_DIV] = "/", [OP_MOD] = "%", [OP_AND] = "&",
	[OP_OR] = "|", [OP_XOR] = "^", [OP_SHL] = "<<", [OP_SHR] = ">>", [OP_LAND] = "&&", [OP_LOR] = "||", [OP_LXOR] = "^^",
	[OP_EQ] = "==", [OP_NE] = "!=", [OP_LT] = "<", [OP_LE] = "<=", [OP_GT] = ">", [OP_GE] = ">=", [OP_ASSIGN] = "=",
	[OP_NEG] = "-", [OP_PLUS] = "+", [OP_NOT] = "~", [OP_LNOT] = "!", [OP_DEREF] = "*", [OP_ADDROF] = "&",
	[OP_PREINC] = "++x", [OP_PREDEC] = "--x", [OP_POSTINC] = "x++", [OP_POSTDEC] = "x--", [OP_DOT] = ".",
	[OP_ARROW] = "->",
};

static const char *const specs[] = {
	[DS_NONE] = "", [DS_VOID] = "void", [DS_CHAR] = "char", [DS_INT] = "int", [DS_FLOAT] = "float", [DS_DOUBLE] = "double",
	[DS_STRING] = "string", [DS_NAME] = "", [DS_STRUCT] = "struct", [DS_UNION] = "union", [DS_ENUM] = "enum",
};

static void indent(FILE *out, int depth)
{
	fprintf(out, "%*s", depth * 2, "");
}

static void write_list(FILE *out, const struct node *n, int depth);
static void write_node(FILE *out, const struct node *n, int depth);
static void write_decl(FILE *out, const struct decl *d, int depth);

/* A word of the declaration, with a blank before it unless it is the first. */
static void write_word(FILE *out, const char *word, bool *first)
{
	if (!word || !*word)
		return;
	text_printf(out, "%s%s", *first ? "" : " ", word);
	*first = false;
}

static void write_words(FILE *out, const struct decl *d)
{
	static const char *const classes[] = { "", "auto", "extern", "register", "static", "typedef", "self", "this" };
	static const char *const attrs[] = { "signed", "unsigned", "short", "long", "long long", "const", "volatile", "restrict",
					     "userland" };
	bool first = true;

	write_word(out, classes[d->storage], &first);
	for (unsigned i = 0; i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (d->attr & 1u << i)
			write_word(out, attrs[i], &first);
	write_word(out, specs[d->spec], &first);
	write_word(out, d->tag, &first);
	write_word(out, d->name, &first);
}

static void write_declarators(FILE *out, const struct declarator *r, int depth)
{
	for (; r; r = r->next) {
		indent(out, depth);
		switch (r->kind) {
		case DECL_PTR:
			fprintf(out, "%spointer to\n", r->is_const ? "const " : "");
			break;
		case DECL_ARRAY:
			fprintf(out, "array%s of\n", r->size ? "" : " of unknown size");
			if (r->size)
				write_node(out, r->size, depth + 1);
			break;
		case DECL_FUNC:
		case DECL_KEYS:
			fprintf(out, "%s%s\n", r->kind == DECL_KEYS ? "associative array of" : "function returning",
				r->varargs ? ", arguments vary" : "");
			for (const struct decl *p = r->params; p; p = p->next)
				write_decl(out, p, depth + 1);
			break;
		}
	}
}

static void write_decl(FILE *out, const struct decl *d, int depth)
{
	indent(out, depth);
	write_words(out, d);
	fputs(d->same ? " (the same)\n" : "\n", out);
	write_declarators(out, d->declarator, depth + 1);
	if (d->bits) {
		indent(out, depth + 1);
		fprintf(out, "bits or value\n");
		write_node(out, d->bits, depth + 2);
	}
	if (d->same)
		return;
	for (const struct decl *m = d->members; m; m = m->next)
		write_decl(out, m, depth + 1);
}

static void write_string(FILE *out, const char *s, uint64_t n)
{
	fputc('"', out);
	for (uint64_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c < ' ' || c > '~')
			fprintf(out, "\\%03o", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void write_clause(FILE *out, const struct node *n, int depth)
{
	for (const struct probe_desc *p = n->probes; p; p = p->next) {
		indent(out, depth);
		if (p->id)
			fprintf(out, "probe %u\n", p->id);
		else
			text_printf(out, "probe %s:%s:%s:%s\n", p->provider, p->module, p->function, p->name);
	}
	if (n->predicate) {
		indent(out, depth);
		fputs("predicate\n", out);
		write_node(out, n->predicate, depth + 1);
	}
	if (n->has_body && !n->args) {
		indent(out, depth);
		fputs("nothing\n", out);
	}
}

static void write_head(FILE *out, const struct node *n)
{
	fputs(kinds[n->kind], out);
	if (n->kind == N_INT)
		fprintf(out, " %" PRId64 "%s%s%s%s", n->value, n->int_form & INT_UNSIGNED ? "u" : "", n->int_form & INT_LONG ? "l" : "",
			n->int_form & INT_LONGLONG ? "ll" : "", n->int_form & INT_CHAR ? " (char)" : "");
	if (n->kind == N_STRING) {
		fputc(' ', out);
		write_string(out, n->name, n->length);
	} else if (n->kind == N_CLAUSE) {
		fprintf(out, " line %d", n->line);
	} else if (n->name) {
		text_printf(out, " %s%s%s", n->kind == N_AGG ? "@" : "",
			    n->scope == SCOPE_SELF ? "self->" : n->scope == SCOPE_THIS ? "this->" : "", n->name);
	}
	if (n->op)
		fprintf(out, " %s%s", ops[n->op], n->kind == N_ASSIGN && n->op != OP_ASSIGN ? "=" : "");
	fputs(n->implicit ? " (implicit)" : "", out);
}

static void write_node(FILE *out, const struct node *n, int depth)
{
	indent(out, depth);
	write_head(out, n);
	fputc('\n', out);
	for (const struct decl *d = n->decl; d; d = d->next)
		write_decl(out, d, depth + 1);
	if (n->kind == N_CLAUSE)
		write_clause(out, n, depth + 1);
	if (n->cond)
		write_node(out, n->cond, depth + 1);
	if (n->left)
		write_node(out, n->left, depth + 1);
	if (n->right)
		write_node(out, n->right, depth + 1);
	write_list(out, n->args, depth + 1);
}

static void write_list(FILE *out, const struct node *n, int depth)
{
	for (; n; n = n->next)
		write_node(out, n, depth);
}

void ast_write(FILE *out, const struct node *n)
{
	write_list(out, n, 0);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Declarations of variables and types, inlines and translators: C's, with string, userland, self, this, and keys of associative
 * arrays in brackets ("Type and Constant Definitions" in the guide). What the words mean together is check's business; here
 * only what the tree cannot hold is refused: two types, two storage classes.
 */
#include "parse.h"

#include <string.h>

/* --- names of types ---------------------------------------------------------------------------- */

static struct typedef_name **bucket(struct lang *l, const char *name)
{
	unsigned h = 5381;

	for (const char *p = name; *p; p++)
		h = h * 33 + (unsigned char)*p;
	return &l->parse->typedefs[h % PARSE_BUCKETS];
}

bool parse_is_typename(struct lang *l, const char *name)
{
	for (struct typedef_name *t = *bucket(l, name); t; t = t->next)
		if (strcmp(t->name, name) == 0)
			return true;
	return sym_is_typename(name);
}

static void add_typedef(struct lang *l, const char *name)
{
	struct typedef_name **b = bucket(l, name);
	struct typedef_name *t;

	if (parse_is_typename(l, name))
		return; /* again, if it is: check compares */
	t = d_alloc(&l->ctx, sizeof(*t));
	t->name = name;
	t->next = *b;
	*b = t;
}

bool parse_begins_type(struct lexer *lx, const struct token *t)
{
	switch (t->kind) {
	case K_CHAR: case K_CONST: case K_DOUBLE: case K_ENUM: case K_FLOAT: case K_INT: case K_LONG: case K_RESTRICT:
	case K_SHORT: case K_SIGNED: case K_STRING: case K_STRUCT: case K_UNION: case K_UNSIGNED: case K_USERLAND:
	case K_VOID: case K_VOLATILE:
		return true;
	case T_IDENT:
		return parse_is_typename(lx->l, t->text);
	default:
		return false;
	}
}

/* --- specifiers -------------------------------------------------------------------------------- */

static struct decl *new_decl(struct lexer *lx, int line)
{
	struct decl *d = d_alloc(&lx->l->ctx, sizeof(*d));

	d->line = line;
	return d;
}

static void parse_members(struct lexer *lx, struct decl *d);
static void parse_declarator(struct lexer *lx, struct decl *d, bool abstract);

/* { A, B = constant, ... } */
static void parse_enumerators(struct lexer *lx, struct decl *d)
{
	struct decl **end = &d->members;

	do {
		struct token t = lex_take(lx);

		if (t.kind == T_RBRACE && d->members)
			return;
		if (t.kind != T_IDENT)
			lex_error_near(lx, &t);
		*end = new_decl(lx, t.line);
		(*end)->name = t.text;
		if (lex_accept(lx, T_ASSIGN))
			(*end)->bits = parse_conditional(lx);
		end = &(*end)->next;
	} while (lex_accept(lx, T_COMMA));
	lex_expect(lx, T_RBRACE);
}

/* struct, union or enum, with a tag, a definition or both */
static void parse_tagged(struct lexer *lx, struct decl *d, const struct token *key)
{
	d->spec = key->kind == K_STRUCT ? DS_STRUCT : key->kind == K_UNION ? DS_UNION : DS_ENUM;
	if (lex_peek(lx)->kind == T_IDENT)
		d->tag = lex_take(lx).text;
	if (!lex_accept(lx, T_LBRACE)) {
		if (!d->tag)
			lex_error_near(lx, lex_peek(lx));
		return;
	}
	d->defines = true;
	parse_enter(lx);
	if (d->spec == DS_ENUM)
		parse_enumerators(lx, d);
	else
		parse_members(lx, d);
	parse_leave(lx);
}

static unsigned attribute(enum tok kind)
{
	switch (kind) {
	case K_SIGNED: return DA_SIGNED;
	case K_UNSIGNED: return DA_UNSIGNED;
	case K_SHORT: return DA_SHORT;
	case K_LONG: return DA_LONG;
	case K_CONST: return DA_CONST;
	case K_VOLATILE: return DA_VOLATILE;
	case K_RESTRICT: return DA_RESTRICT;
	case K_USERLAND: return DA_USERLAND;
	default: return 0;
	}
}

static enum decl_class storage(enum tok kind)
{
	switch (kind) {
	case K_AUTO: return DC_AUTO;
	case K_EXTERN: return DC_EXTERN;
	case K_REGISTER: return DC_REGISTER;
	case K_STATIC: return DC_STATIC;
	case K_TYPEDEF: return DC_TYPEDEF;
	case K_SELF: return DC_SELF;
	case K_THIS: return DC_THIS;
	default: return DC_NONE;
	}
}

static int base_type(enum tok kind)
{
	switch (kind) {
	case K_VOID: return DS_VOID;
	case K_CHAR: return DS_CHAR;
	case K_INT: return DS_INT;
	case K_FLOAT: return DS_FLOAT;
	case K_DOUBLE: return DS_DOUBLE;
	case K_STRING: return DS_STRING;
	default: return DS_NONE;
	}
}

/* signed, short and long say that what follows is no typedef's name but the name that is declared. */
static bool has_type(const struct decl *d)
{
	return d->spec != DS_NONE || (d->attr & (DA_SIGNED | DA_UNSIGNED | DA_SHORT | DA_LONG | DA_LONGLONG));
}

static void add_attribute(struct lexer *lx, struct decl *d, unsigned attr, int line)
{
	if (attr == DA_LONG && (d->attr & DA_LONG)) {
		d->attr &= ~(unsigned)DA_LONG;
		attr = DA_LONGLONG;
	} else if (((d->attr | (d->attr & DA_LONGLONG ? DA_LONG : 0)) & attr) && !(attr & (DA_CONST | DA_VOLATILE | DA_RESTRICT))) {
		d_fail(&lx->l->ctx, D_DECL_COMBO, line, "invalid type combination");
	}
	d->attr |= attr;
}

static void parse_specifiers(struct lexer *lx, struct decl *d, bool classes)
{
	for (;;) {
		const struct token *t = lex_peek(lx);
		unsigned attr = attribute(t->kind);
		enum decl_class class = classes ? storage(t->kind) : DC_NONE;
		int base = base_type(t->kind);
		bool named = t->kind == T_IDENT && !has_type(d) && parse_is_typename(lx->l, t->text);
		struct token key;

		if (!attr && !class && !base && !named && t->kind != K_STRUCT && t->kind != K_UNION && t->kind != K_ENUM)
			break;
		key = lex_take(lx);
		if (attr) {
			add_attribute(lx, d, attr, key.line);
		} else if (class) {
			if (d->storage)
				d_fail(&lx->l->ctx, D_DECL_CLASS, key.line,
				       "only one storage class allowed in given declaration");
			d->storage = class;
		} else {
			if (d->spec != DS_NONE)
				d_fail(&lx->l->ctx, D_DECL_COMBO, key.line, "invalid type combination");
			if (base)
				d->spec = base;
			else if (named)
				d->spec = DS_NAME, d->tag = key.text;
			else
				parse_tagged(lx, d, &key);
		}
	}
	if (!has_type(d))
		lex_error_near(lx, lex_peek(lx));
}

/* The decl of a further name behind a comma. */
static struct decl *same_specifier(struct lexer *lx, struct decl *first)
{
	struct decl *d = new_decl(lx, lex_peek(lx)->line);

	d->storage = first->storage;
	d->attr = first->attr;
	d->spec = first->spec;
	d->tag = first->tag;
	d->same = first;
	return d;
}

/* Members up to the closing brace: type name [: bits], ... ; an unnamed struct or union stands alone. */
static void parse_members(struct lexer *lx, struct decl *d)
{
	struct decl **end = &d->members;

	do {
		struct decl *first = new_decl(lx, lex_peek(lx)->line);
		struct decl *m = first;

		parse_specifiers(lx, first, false);
		for (;;) {
			bool nameless = lex_peek(lx)->kind == T_COLON ||
					((first->spec == DS_STRUCT || first->spec == DS_UNION) && first->defines);

			*end = m;
			end = &m->next;
			parse_declarator(lx, m, nameless);
			if (lex_accept(lx, T_COLON))
				m->bits = parse_conditional(lx);
			if (!lex_accept(lx, T_COMMA))
				break;
			m = same_specifier(lx, first);
		}
		lex_expect(lx, T_SEMI);
	} while (!lex_accept(lx, T_RBRACE));
}

/* --- declarators ------------------------------------------------------------------------------- */

static struct declarator *new_declarator(struct lexer *lx, int kind)
{
	struct declarator *r = d_alloc(&lx->l->ctx, sizeof(*r));

	r->kind = kind;
	return r;
}

/* type, type ... up to the closing token */
static struct decl *parse_params(struct lexer *lx, struct declarator *r, enum tok close)
{
	struct decl *first = NULL, **end = &first;

	if (lex_accept(lx, close))
		return NULL;
	do {
		if (lex_accept(lx, T_ELLIPSIS)) { /* check refuses it in brackets */
			r->varargs = true;
			break;
		}
		*end = parse_param(lx, true);
		end = &(*end)->next;
	} while (lex_accept(lx, T_COMMA));
	lex_expect(lx, close);
	return first;
}

static struct declarator **parse_suffixes(struct lexer *lx, struct declarator **end)
{
	for (;;) {
		struct declarator *r;

		if (lex_accept(lx, T_LPAREN)) {
			r = new_declarator(lx, DECL_FUNC);
			r->params = parse_params(lx, r, T_RPAREN);
		} else if (lex_accept(lx, T_LBRACKET)) {
			bool keys = parse_begins_type(lx, lex_peek(lx));

			r = new_declarator(lx, keys ? DECL_KEYS : DECL_ARRAY);
			if (keys) {
				r->params = parse_params(lx, r, T_RBRACKET);
			} else if (!lex_accept(lx, T_RBRACKET)) {
				r->size = parse_conditional(lx);
				lex_expect(lx, T_RBRACKET);
			}
		} else {
			return end;
		}
		*end = r;
		end = &r->next;
	}
}

/* Stars, then a name or a declarator in parentheses, then brackets and parameter lists: those bind closer than the stars. */
static struct declarator **parse_one(struct lexer *lx, struct decl *d, bool abstract, struct declarator **end)
{
	struct declarator *stars = NULL;
	bool nested = false;

	parse_enter(lx);
	while (lex_accept(lx, T_STAR)) {
		struct declarator *r = new_declarator(lx, DECL_PTR);

		for (unsigned a; (a = attribute(lex_peek(lx)->kind)) & (DA_CONST | DA_VOLATILE | DA_RESTRICT); lex_take(lx))
			r->is_const |= a == DA_CONST;
		r->next = stars;
		stars = r;
	}
	if (lex_peek(lx)->kind == T_IDENT && !d->name) {
		struct token t = lex_take(lx);

		d->name = t.text;
		d->line = t.line;
	} else if (lex_peek(lx)->kind == T_LPAREN) {
		const struct token *t;

		lex_take(lx);
		t = lex_peek(lx);
		nested = !abstract || t->kind == T_STAR || t->kind == T_LPAREN || t->kind == T_LBRACKET ||
			 (t->kind == T_IDENT && !parse_is_typename(lx->l, t->text));
		if (nested) {
			end = parse_one(lx, d, abstract, end);
			lex_expect(lx, T_RPAREN);
		} else {
			struct declarator *r = new_declarator(lx, DECL_FUNC);

			r->params = parse_params(lx, r, T_RPAREN);
			*end = r;
			end = &r->next;
		}
	} else if (!abstract) {
		lex_error_near(lx, lex_peek(lx));
	}
	end = parse_suffixes(lx, end);
	*end = stars;
	while (*end)
		end = &(*end)->next;
	parse_leave(lx);
	return end;
}

static void parse_declarator(struct lexer *lx, struct decl *d, bool abstract)
{
	int n = 0;

	parse_one(lx, d, abstract, &d->declarator);
	for (const struct declarator *r = d->declarator; r; r = r->next)
		if (++n > D_NEST_MAX)
			d_fail(&lx->l->ctx, D_SYNTAX, d->line, "nested too deeply: more than %d levels of pointers and arrays",
			       D_NEST_MAX);
}

struct decl *parse_type(struct lexer *lx)
{
	struct decl *d = parse_param(lx, true);

	if (d->name)
		d_fail(&lx->l->ctx, D_SYNTAX, d->line, "syntax error near \"%s\"", d->name);
	return d;
}

struct decl *parse_param(struct lexer *lx, bool abstract)
{
	struct decl *d = new_decl(lx, lex_peek(lx)->line);

	parse_enter(lx);
	parse_specifiers(lx, d, true);
	parse_declarator(lx, d, abstract);
	parse_leave(lx);
	return d;
}

/* --- declarations ------------------------------------------------------------------------------ */

struct node *parse_declaration(struct lexer *lx)
{
	struct node *n = parse_new(lx, N_DECL, lex_peek(lx)->line);
	struct decl *first = new_decl(lx, n->line), *d = first;

	n->decl = first;
	parse_specifiers(lx, first, true);
	if (lex_accept(lx, T_SEMI))
		return n; /* struct foo { ... }; */
	for (;;) {
		parse_declarator(lx, d, false);
		if (d->storage == DC_TYPEDEF)
			add_typedef(lx->l, d->name);
		if (!lex_accept(lx, T_COMMA))
			break;
		d->next = same_specifier(lx, first);
		d = d->next;
	}
	lex_expect(lx, T_SEMI);
	return n;
}

/* inline type name [keys] = expression; */
struct node *parse_inline(struct lexer *lx)
{
	struct node *n = parse_new(lx, N_INLINE, lex_expect(lx, K_INLINE).line);

	n->decl = parse_param(lx, false);
	n->name = n->decl->name;
	lex_expect(lx, T_ASSIGN);
	n->left = parse_assignment(lx);
	lex_expect(lx, T_SEMI);
	return parse_done(lx, n);
}

/* translator type < type name > { member = expression; ... } */
struct node *parse_translator(struct lexer *lx)
{
	struct node *n = parse_new(lx, N_XLATOR, lex_expect(lx, K_TRANSLATOR).line);
	struct node **end = &n->args;

	n->decl = parse_type(lx);
	lex_expect(lx, T_LT);
	n->decl->next = parse_param(lx, false);
	lex_expect(lx, T_GT);
	lex_expect(lx, T_LBRACE);
	while (!lex_accept(lx, T_RBRACE)) {
		struct token t = lex_expect(lx, T_IDENT);
		struct node *m = parse_new(lx, N_ASSIGN, t.line);

		m->op = OP_ASSIGN;
		m->left = parse_new(lx, N_IDENT, t.line);
		m->left->name = t.text;
		lex_expect(lx, T_ASSIGN);
		m->right = parse_assignment(lx);
		lex_expect(lx, T_SEMI);
		*end = parse_done(lx, m);
		end = &m->next;
	}
	return n;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Expressions, with the operators and the precedence of the guide's "Types, Operators, and Expressions": those of C, ^^ between
 * && and ||, stringof and xlate as unary operators.
 */
#include "parse.h"

#include <string.h>

struct binary {
	enum tok tok;
	enum node_op op;
	int level; /* a higher one binds closer */
};

static const struct binary binaries[] = {
	{ T_LOR, OP_LOR, 1 },  { T_LXOR, OP_LXOR, 2 }, { T_LAND, OP_LAND, 3 }, { T_OR, OP_OR, 4 },   { T_XOR, OP_XOR, 5 },
	{ T_AND, OP_AND, 6 },  { T_EQ, OP_EQ, 7 },     { T_NE, OP_NE, 7 },     { T_LT, OP_LT, 8 },   { T_LE, OP_LE, 8 },
	{ T_GT, OP_GT, 8 },    { T_GE, OP_GE, 8 },     { T_SHL, OP_SHL, 9 },   { T_SHR, OP_SHR, 9 }, { T_PLUS, OP_ADD, 10 },
	{ T_MINUS, OP_SUB, 10 }, { T_STAR, OP_MUL, 11 }, { T_DIV, OP_DIV, 11 },  { T_MOD, OP_MOD, 11 },
};

static const struct binary assigns[] = {
	{ T_ASSIGN, OP_ASSIGN, 0 },  { T_ADD_ASSIGN, OP_ADD, 0 }, { T_SUB_ASSIGN, OP_SUB, 0 }, { T_MUL_ASSIGN, OP_MUL, 0 },
	{ T_DIV_ASSIGN, OP_DIV, 0 }, { T_MOD_ASSIGN, OP_MOD, 0 }, { T_AND_ASSIGN, OP_AND, 0 }, { T_OR_ASSIGN, OP_OR, 0 },
	{ T_XOR_ASSIGN, OP_XOR, 0 }, { T_SHL_ASSIGN, OP_SHL, 0 }, { T_SHR_ASSIGN, OP_SHR, 0 },
};

static const struct binary prefixes[] = {
	{ T_MINUS, OP_NEG, 0 }, { T_PLUS, OP_PLUS, 0 }, { T_NOT, OP_NOT, 0 },	 { T_LNOT, OP_LNOT, 0 },
	{ T_STAR, OP_DEREF, 0 }, { T_AND, OP_ADDROF, 0 }, { T_INC, OP_PREINC, 0 }, { T_DEC, OP_PREDEC, 0 },
};

#define find_op(table, tok) find((table), sizeof(table) / sizeof((table)[0]), (tok))

static const struct binary *find(const struct binary *table, size_t n, enum tok tok)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].tok == tok)
			return &table[i];
	return NULL;
}

static struct node *parse_unary(struct lexer *lx);

/* expression, expression ... up to the closing token, which is taken; may be empty. */
static struct node *parse_args(struct lexer *lx, enum tok close)
{
	struct node *first = NULL, **end = &first;

	if (lex_accept(lx, close))
		return NULL;
	do {
		*end = parse_assignment(lx);
		end = &(*end)->next;
	} while (lex_accept(lx, T_COMMA));
	lex_expect(lx, close);
	return first;
}

static struct node *parse_int(struct lexer *lx, const struct token *t)
{
	struct node *n = parse_new(lx, N_INT, t->line);
	struct node *neg;

	n->value = (int64_t)t->value;
	n->int_form = t->int_form;
	parse_done(lx, n);
	if (!t->negative)
		return n;
	neg = parse_new(lx, N_UNARY, t->line);
	neg->op = OP_NEG;
	neg->left = n;
	return parse_done(lx, neg);
}

/* A member's name: behind . and -> a keyword is a name like any other. */
static const char *member_name(struct lexer *lx)
{
	struct token t = lex_take(lx);

	if (!t.text || t.kind == T_STRING || t.kind == T_AGG)
		lex_error_near(lx, &t);
	return t.text;
}

/* self->name, this->name */
static struct node *parse_scoped(struct lexer *lx, const struct token *t)
{
	struct node *n = parse_new(lx, N_IDENT, t->line);

	n->scope = t->kind == K_SELF ? SCOPE_SELF : SCOPE_THIS;
	lex_expect(lx, T_ARROW);
	n->name = member_name(lx);
	return n;
}

/* xlate <type>(expression) */
static struct node *parse_xlate(struct lexer *lx, int line)
{
	struct node *n = parse_new(lx, N_XLATE, line);

	lex_expect(lx, T_LT);
	n->decl = parse_type(lx);
	lex_expect(lx, T_GT);
	lex_expect(lx, T_LPAREN);
	n->left = parse_expr(lx);
	lex_expect(lx, T_RPAREN);
	return n;
}

/* offsetof(type, member) */
static struct node *parse_offsetof(struct lexer *lx, int line)
{
	struct node *n = parse_new(lx, N_OFFSETOF, line);

	lex_expect(lx, T_LPAREN);
	n->decl = parse_type(lx);
	lex_expect(lx, T_COMMA);
	n->name = member_name(lx);
	lex_expect(lx, T_RPAREN);
	return n;
}

static struct node *parse_primary(struct lexer *lx)
{
	struct token t = lex_take(lx);
	struct node *n;

	switch (t.kind) {
	case T_INT:
		return parse_int(lx, &t);
	case T_STRING:
		n = parse_new(lx, N_STRING, t.line);
		n->name = t.text;
		n->length = t.len;
		break;
	case T_IDENT:
		n = parse_new(lx, N_IDENT, t.line);
		n->name = t.text;
		break;
	case T_AGG:
		n = parse_new(lx, N_AGG, t.line);
		n->name = t.text;
		if (lex_accept(lx, T_LBRACKET)) {
			n->args = parse_args(lx, T_RBRACKET);
			n->has_body = true;
		}
		break;
	case K_SELF:
	case K_THIS:
		n = parse_scoped(lx, &t);
		break;
	case K_XLATE:
		n = parse_xlate(lx, t.line);
		break;
	case K_OFFSETOF:
		n = parse_offsetof(lx, t.line);
		break;
	default:
		lex_error_near(lx, &t);
	}
	return parse_done(lx, n);
}

/* name(arguments): only a name can be called. */
static struct node *parse_call(struct lexer *lx, struct node *f)
{
	struct node *n = parse_new(lx, N_CALL, f->line);

	if (f->kind != N_IDENT || f->scope != SCOPE_GLOBAL || f->parens)
		d_fail(&lx->l->ctx, D_FUNC_IDENT, f->line, "function designator is not of function type");
	n->name = f->name;
	n->args = parse_args(lx, T_RPAREN);
	return n;
}

static struct node *parse_postfix(struct lexer *lx, struct node *e)
{
	for (;;) {
		const struct token *t = lex_peek(lx);
		enum tok kind = t->kind;
		struct node *n;

		if (kind != T_LBRACKET && kind != T_LPAREN && kind != T_DOT && kind != T_ARROW && kind != T_INC && kind != T_DEC)
			return e;
		n = parse_new(lx, kind == T_LBRACKET ? N_INDEX : kind == T_INC || kind == T_DEC ? N_UNARY : N_MEMBER, t->line);
		lex_take(lx);
		n->left = e;
		if (kind == T_LPAREN) {
			n = parse_call(lx, e);
		} else if (kind == T_LBRACKET) {
			n->args = parse_args(lx, T_RBRACKET);
			if (!n->args)
				d_fail(&lx->l->ctx, D_SYNTAX, n->line, "syntax error near \"]\"");
		} else if (kind == T_INC || kind == T_DEC) {
			n->op = kind == T_INC ? OP_POSTINC : OP_POSTDEC;
		} else {
			n->op = kind == T_DOT ? OP_DOT : OP_ARROW;
			n->name = member_name(lx);
		}
		e = parse_done(lx, n);
	}
}

/* sizeof (type), sizeof expression */
static struct node *parse_sizeof(struct lexer *lx, int line)
{
	struct node *n = parse_new(lx, N_SIZEOF, line);
	struct node *e;

	if (!lex_accept(lx, T_LPAREN)) {
		n->left = parse_unary(lx);
	} else if (parse_begins_type(lx, lex_peek(lx))) {
		n->decl = parse_type(lx);
		lex_expect(lx, T_RPAREN);
	} else {
		e = parse_expr(lx);
		lex_expect(lx, T_RPAREN);
		e->parens = true;
		n->left = parse_postfix(lx, e);
	}
	return parse_done(lx, n);
}

/* (type) expression, (expression) */
static struct node *parse_paren(struct lexer *lx, int line)
{
	struct node *n;

	if (parse_begins_type(lx, lex_peek(lx))) {
		n = parse_new(lx, N_CAST, line);
		n->decl = parse_type(lx);
		lex_expect(lx, T_RPAREN);
		n->left = parse_unary(lx);
		return parse_done(lx, n);
	}
	n = parse_expr(lx);
	lex_expect(lx, T_RPAREN);
	n->parens = true;
	return parse_postfix(lx, n);
}

static struct node *parse_prefixed(struct lexer *lx)
{
	const struct token *t = lex_peek(lx);
	const struct binary *op = find_op(prefixes, t->kind);
	int line = t->line;
	struct node *n;

	if (lex_accept(lx, T_LPAREN))
		return parse_paren(lx, line);
	if (lex_accept(lx, K_SIZEOF))
		return parse_sizeof(lx, line);
	if (!op && t->kind != K_STRINGOF)
		return parse_postfix(lx, parse_primary(lx));
	lex_take(lx);
	n = parse_new(lx, op ? N_UNARY : N_STRINGOF, line);
	n->op = op ? op->op : OP_NONE;
	n->left = parse_unary(lx);
	return parse_done(lx, n);
}

static struct node *parse_unary(struct lexer *lx)
{
	struct node *n;

	parse_enter(lx);
	n = parse_prefixed(lx);
	parse_leave(lx);
	return n;
}

static struct node *parse_binary(struct lexer *lx, int level)
{
	struct node *left = parse_unary(lx);

	for (;;) {
		const struct token *t = lex_peek(lx);
		const struct binary *op = find_op(binaries, t->kind);
		struct node *n;

		if (!op || op->level < level)
			return left;
		n = parse_new(lx, N_BINARY, t->line);
		lex_take(lx);
		n->op = op->op;
		n->left = left;
		n->right = parse_binary(lx, op->level + 1);
		left = parse_done(lx, n);
	}
}

/* cond ? left : right. Long chains of these are how a D script maps one value to another: they are not nesting. */
struct node *parse_conditional(struct lexer *lx)
{
	struct node *cond = parse_binary(lx, 1);
	const struct token *t = lex_peek(lx);
	struct node *n;

	if (t->kind != T_QUESTION)
		return cond;
	n = parse_new(lx, N_COND, t->line);
	lex_take(lx);
	parse_chain(lx, 1);
	n->cond = cond;
	n->left = parse_expr(lx);
	lex_expect(lx, T_COLON);
	n->right = parse_conditional(lx);
	parse_chain(lx, -1);
	return parse_done(lx, n);
}

/* What stands left of = is looked at by check, which can say what is wrong with it. */
struct node *parse_assignment(struct lexer *lx)
{
	struct node *left = parse_conditional(lx);
	const struct token *t = lex_peek(lx);
	const struct binary *op = find_op(assigns, t->kind);
	struct node *n;

	if (!op)
		return left;
	n = parse_new(lx, N_ASSIGN, t->line);
	lex_take(lx);
	parse_chain(lx, 1);
	n->op = op->op;
	n->left = left;
	n->right = parse_assignment(lx);
	parse_chain(lx, -1);
	return parse_done(lx, n);
}

struct node *parse_expr(struct lexer *lx)
{
	struct node *left = parse_assignment(lx);

	while (lex_peek(lx)->kind == T_COMMA) {
		struct node *n = parse_new(lx, N_COMMA, lex_take(lx).line);

		n->left = left;
		n->right = parse_assignment(lx);
		left = parse_done(lx, n);
	}
	return left;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The parser: programs, clauses and statements ("D Program Structure" in the guide). Recursive descent; the scanner is told
 * where it stands (lex.h), as a slash and a star mean several things in D.
 */
#include "parse.h"

#include <string.h>

struct node *parse_new(struct lexer *lx, enum node_kind kind, int line)
{
	struct node *n = d_alloc(&lx->l->ctx, sizeof(*n));

	n->kind = kind;
	n->line = line;
	return n;
}

static unsigned depth_of(const struct node *n)
{
	return n ? n->depth : 0;
}

struct node *parse_done(struct lexer *lx, struct node *n)
{
	unsigned deep = depth_of(n->left);

	deep = depth_of(n->right) > deep ? depth_of(n->right) : deep;
	deep = depth_of(n->cond) > deep ? depth_of(n->cond) : deep;
	for (const struct node *a = n->args; a; a = a->next)
		deep = a->depth > deep ? a->depth : deep;
	if (deep >= D_DEPTH_MAX)
		d_fail(&lx->l->ctx, D_SYNTAX, n->line, "expression is too long: more than %d operators in a row", D_DEPTH_MAX);
	n->depth = (uint16_t)(deep + 1);
	return n;
}

void parse_enter(struct lexer *lx)
{
	if (++lx->nest > D_NEST_MAX)
		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "nested too deeply: more than %d levels", D_NEST_MAX);
}

void parse_leave(struct lexer *lx)
{
	lx->nest--;
}

void parse_chain(struct lexer *lx, int step)
{
	lx->chain += step;
	if (lx->chain > D_DEPTH_MAX)
		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "chained too long: more than %d ?:, = or else if", D_DEPTH_MAX);
}

/* --- statements -------------------------------------------------------------------------------- */

static struct node *parse_statement(struct lexer *lx);

/* { statement; statement }: the last semicolon may be missing. Returns the list. */
static struct node *parse_block_list(struct lexer *lx)
{
	struct node *first = NULL, **end = &first;

	lex_expect(lx, T_LBRACE);
	while (!lex_accept(lx, T_RBRACE)) {
		if (lex_accept(lx, T_SEMI))
			continue;
		*end = parse_statement(lx);
		end = &(*end)->next;
	}
	return first;
}

/* What if and else govern: a block, or one statement. */
static struct node *parse_governed(struct lexer *lx)
{
	const struct token *t = lex_peek(lx);
	struct node *n;

	parse_enter(lx);
	if (t->kind == T_LBRACE || t->kind == T_SEMI) {
		n = parse_new(lx, N_BLOCK, t->line);
		if (!lex_accept(lx, T_SEMI))
			n->args = parse_block_list(lx);
		parse_done(lx, n);
	} else {
		n = parse_statement(lx);
	}
	parse_leave(lx);
	return n;
}

/* if (expr) statement [else statement]: an addition of Oracle's DTrace. A chain of else if is not nesting. */
static struct node *parse_if(struct lexer *lx)
{
	struct node *n = parse_new(lx, N_IF, lex_expect(lx, K_IF).line);

	lex_expect(lx, T_LPAREN);
	n->cond = parse_expr(lx);
	lex_expect(lx, T_RPAREN);
	n->left = parse_governed(lx);
	if (lex_accept(lx, K_ELSE)) {
		if (lex_peek(lx)->kind == K_IF) {
			parse_chain(lx, 1);
			n->right = parse_if(lx);
			parse_chain(lx, -1);
		} else {
			n->right = parse_governed(lx);
		}
	}
	return parse_done(lx, n);
}

/* @name[keys] = function(arguments), or any expression. */
static struct node *parse_simple(struct lexer *lx)
{
	struct node *e = parse_expr(lx);
	struct node *n = parse_new(lx, N_EXPR, e->line);

	n->left = e;
	if (e->kind == N_ASSIGN && e->op == OP_ASSIGN && e->left->kind == N_AGG && !e->parens) {
		n->kind = N_AGGSTMT;
		n->left = e->left;
		n->right = e->right;
	}
	return parse_done(lx, n);
}

static struct node *parse_statement(struct lexer *lx)
{
	struct node *n;

	if (lex_peek(lx)->kind == K_IF)
		return parse_if(lx);
	n = parse_simple(lx);
	if (lex_peek(lx)->kind != T_RBRACE)
		lex_expect(lx, T_SEMI);
	return n;
}

/* --- clauses ----------------------------------------------------------------------------------- */

static struct node *parse_predicate(struct lexer *lx)
{
	struct node *n;

	lx->p++; /* the slash */
	lx->after_desc = false;
	lx->after_operand = false;
	lx->in_predicate = true;
	n = parse_expr(lx);
	lex_expect(lx, T_EPRED);
	lx->in_predicate = false;
	lx->after_operand = false;
	return n;
}

/* descriptions [/ predicate /] [{ statements }] */
static struct node *parse_clause(struct lexer *lx)
{
	struct lang *l = lx->l;
	struct node *n = parse_new(lx, N_CLAUSE, lx->line);

	if (++l->nclauses > D_CLAUSE_MAX)
		d_fail(&l->ctx, D_SYNTAX, lx->line, "more than %d clauses", D_CLAUSE_MAX);
	n->probes = parse_probes(lx);
	n->line = n->probes->line;
	if (lx->p[0] == '/' && lx->p[1] == '/')
		d_fail(&l->ctx, D_SYNTAX, lx->line, "a predicate is empty (and // is no comment behind a probe description)");
	if (lx->p < lx->end && *lx->p == '/') {
		n->predicate = parse_predicate(lx);
		lex_skip(lx);
	}
	lx->after_desc = false;
	if (lx->p < lx->end && *lx->p == '{') {
		lx->in_clause = true;
		n->args = parse_block_list(lx);
		n->has_body = true;
		lx->in_clause = false;
		return n;
	}
	/* A description alone is the default action on the command line; in a file it is most often a mistake. */
	if (l->source->is_file && !n->predicate)
		d_fail(&l->ctx, D_SYNTAX, lx->line, "expected predicate and/or actions following probe description");
	if (l->source->is_file && lx->p >= lx->end)
		d_fail(&l->ctx, D_SYNTAX, lx->line, "expected actions following predicate");
	if (lx->p < lx->end && *lx->p != ';')
		lex_error_near(lx, lex_peek(lx));
	return n;
}

/* --- the program ------------------------------------------------------------------------------- */

static struct node *parse_external(struct lexer *lx)
{
	if (!parse_at_declaration(lx))
		return parse_clause(lx);
	switch (lex_peek(lx)->kind) {
	case K_INLINE:
		return parse_inline(lx);
	case K_TRANSLATOR:
		return parse_translator(lx);
	case K_PROVIDER:
		d_fail(&lx->l->ctx, D_SYNTAX, lx->line, "provider definitions are for dtrace -h and -G, which are not here");
	default:
		return parse_declaration(lx);
	}
}

static void init_state(struct lang *l)
{
	size_t args = l->options->argc > 0 ? (size_t)l->options->argc : 0;

	if (l->parse)
		return;
	l->parse = d_alloc(&l->ctx, sizeof(*l->parse));
	l->parse->used = d_alloc(&l->ctx, args + 1);
}

struct node *lang_parse_text(struct lang *l, const char *text, size_t len)
{
	struct node *first = NULL, **end = &first;
	struct lexer lx;

	init_state(l);
	lex_init(&lx, l, text, len);
	for (lex_skip(&lx); lx.p < lx.end; lex_skip(&lx)) {
		if (*lx.p == ';') {
			lx.p++;
			continue;
		}
		*end = parse_external(&lx);
		end = &(*end)->next;
	}
	return first;
}

struct node *lang_parse(struct lang *l, const char *text, size_t len)
{
	struct node *program = lang_parse_text(l, text, len);

	if (!program && !l->options->empty_ok && !l->source->is_library)
		d_fail(&l->ctx, D_EMPTY, 0, "empty D program translation unit");
	control_finish(l, program);
	return program;
}

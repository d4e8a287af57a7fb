/* SPDX-License-Identifier: GPL-2.0-only
 * What the files of the parser share. A function parses what its name says, from the token that begins it to the last one that
 * belongs to it, and fails by d_fail. Each says the guide's grammar in front of it where it is not plain C.
 */
#pragma once

#include "lex.h"

#define PARSE_BUCKETS 4096

struct typedef_name {
	const char *name;
	struct typedef_name *next;
};

struct parse_state {
	struct typedef_name *typedefs[PARSE_BUCKETS]; /* of the script; D's own: sym_is_typename */
	bool *used;				      /* by argument: it was referenced */
	struct d_option *last_option;		      /* end of lang.d_options */
	int npragmas;
	struct d_pragma *finished; /* those of lang.d_pragmas from here on belong to sources before this one */
};

/* parse.c: statements, clauses, and what stands beside them. */
struct node *parse_new(struct lexer *lx, enum node_kind kind, int line);
/* Counts the depth of the tree: call it when the node's children are in place. */
struct node *parse_done(struct lexer *lx, struct node *n);
/* Around whatever a parser calls itself for. */
void parse_enter(struct lexer *lx);
void parse_leave(struct lexer *lx);
/* The same for what is chained rather than nested (?:, =, else if): step 1 before, -1 behind. */
void parse_chain(struct lexer *lx, int step);

/* parse_expr.c */
struct node *parse_expr(struct lexer *lx);	 /* with commas */
struct node *parse_assignment(struct lexer *lx); /* without: an argument */
struct node *parse_conditional(struct lexer *lx); /* a constant expression */

/* parse_decl.c */
bool parse_is_typename(struct lang *l, const char *name);
/* Whether the token can begin a type: a keyword of types, or a typedef's name. */
bool parse_begins_type(struct lexer *lx, const struct token *t);
/* "int *", as in a cast: no name. */
struct decl *parse_type(struct lexer *lx);
/* A type and one declarator with a name, or without if `abstract` says that it may be missing. */
struct decl *parse_param(struct lexer *lx, bool abstract);
struct node *parse_declaration(struct lexer *lx); /* to its semicolon */
struct node *parse_inline(struct lexer *lx);
struct node *parse_translator(struct lexer *lx);

/* parse_probe.c: what is read as raw text. */
/* Whether a declaration begins at p, rather than a probe description. */
bool parse_at_declaration(struct lexer *lx);
/* Descriptions with commas between, up to the `/`, `{` or end behind them. */
struct probe_desc *parse_probes(struct lexer *lx);

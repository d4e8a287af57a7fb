/* SPDX-License-Identifier: GPL-2.0-only
 * The checker's parts among themselves. check_* take the tree as the parser made it and leave it as lower*.c wants it:
 *
 *  - every expression has a type; operands have been converted (N_CAST with implicit set) so that both sides of an arithmetic
 *    operator or comparison, an argument and its parameter, a value and what it is assigned to have the same type (of
 *    op=, right has the type that the operation is done in); a pointer plus an integer has the pointer left and a 64-bit
 *    integer right; ?: has both sides of the result's type; comparisons of strings have both sides `string`;
 *  - constants are folded: sizeof, offsetof, enumerators and integer expressions of constants are N_INT;
 *  - inlines, xlate members and translators' parameters are gone: the expression that they stand for is in their place;
 *    xlate <struct type>(x) as a value stays N_XLATE with args: N_ASSIGN(N_MEMBER name, expression) for each member that it has;
 *  - idents are filled in, aggregations have their function and parameters (struct ident).
 */
#pragma once

#include "sym.h"

/* What is being checked. */
struct check_state {
	struct node *clause;	 /* NULL outside of clauses */
	bool in_prelude;
	bool has_args;		 /* args[] of this clause: the types below hold */
	const char *const *args; /* D text; NULL where probes differ in it */
	unsigned nargs;
	bool args_vary;		 /* the probes of the clause do not agree on their arguments */
	const char *desc;	 /* the clause's first description, for messages */
	/* What the clause has done so far. */
	bool recorded, speculated, committed, aggregated;
	unsigned depth;		 /* of check_expr: expansions nest, too */
	bool expect_value;
};

/* An expression, whole, as a value. */
void check_expr(struct lang *l, struct node *n);
/* The same for a place that is written to: *n may be a variable that this makes known, of type `type` (NULL: int64_t). */
void check_target(struct lang *l, struct node *n, struct type *type, struct node *value);
/* Checks n and tells whether it is an integer constant. */
bool check_constant(struct lang *l, struct node *n, int64_t *value);
/* Whether a checked expression is one. */
bool check_is_constant(const struct node *n, int64_t *value);
void check_args(struct lang *l, struct node *args);
unsigned check_count(const struct node *list);

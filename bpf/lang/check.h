/* SPDX-License-Identifier: GPL-2.0-only
 * The checker's parts among themselves. check_* take the tree as the parser made it and leave it as lower*.c wants it:
 *
 *  - every expression has a type; operands have been converted (N_CAST with implicit set) so that both sides of an
 *    arithmetic operator or comparison, an argument and its parameter, a value and what it is assigned to have the
 *    same type (of op=, right has the type that the operation is done in); a pointer plus an integer has the pointer
 *    left and a 64-bit integer right; ?: has both sides of the result's type; comparisons of strings have both sides
 *    `string`;
 *  - constants are folded: sizeof, offsetof, enumerators and integer expressions of constants are N_INT;
 *  - inlines, xlate members and translators' parameters are gone: the expression that they stand for is in their place
 *    (N_XLATE, N_INLINE and N_XLATOR are not for lower*.c);
 *  - an array in memory where a pointer is wanted has an implicit OP_ADDROF of type "pointer to its element"; a string
 *    or an array of chars converted to a pointer is a copy in scratch memory;
 *  - idents are filled in, aggregations have their function and parameters (struct ident).
 */
#pragma once

#include "sym.h"

/* What is being checked. */
struct check_state {
	struct node *clause;	 /* NULL outside of clauses */
	const struct prov_probe *probe; /* that the clause's descriptions match, one of them; NULL: none */
	bool args_vary;		 /* the probes of the clause do not agree on their arguments */
	const char *desc;	 /* the clause's first description, for messages */
	/* What the clause has done so far. */
	bool recorded, speculated, committed;
	struct matched **matches; /* check.c: descriptions that were looked up */
	unsigned depth;		 /* of check_expr: expansions nest, too */
	const struct node *member_of; /* the operand of . or ->, which alone may be an xlate */
};

/* An expression, whole, as a value. */
void check_expr(struct lang *l, struct node *n);
/* Checks n and tells whether it is an integer constant. */
bool check_constant(struct lang *l, struct node *n, int64_t *value);
/* Whether a checked expression is one. */
bool check_is_constant(const struct node *n, int64_t *value);
unsigned check_count(const struct node *list); /* of a list of arguments */
/* Declarations, inlines and translators of a list; what else is in it is left for the caller. */
void check_declaration(struct lang *l, struct node *n);

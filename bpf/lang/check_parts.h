/* SPDX-License-Identifier: GPL-2.0-only
 * What the files of the checker have of each other, one section a file. All but const_ fail by d_fail.
 */
#pragma once

#include "check.h"
#include "state.h"

/* check_const.c */
void const_set(struct node *n, int64_t value, struct type *type); /* makes n that N_INT */
void const_type(struct node *n);				  /* the type of an integer as written */
void const_fold(struct node *n);				  /* if its operands are constants */
bool const_is_null(const struct node *n);			  /* 0, or a pointer of 0 */

/* check_convert.c: what may stand for what */
struct type *convert_promote(struct node *n);			/* the integer promotions of C */
struct type *convert_usual(struct node *a, struct node *b);	/* the usual arithmetic conversions */
struct node *convert_to(struct lang *l, struct node *n, struct type *type);
/* *slot is an element of a list: what takes its place stays in the list. */
void convert_slot(struct lang *l, struct node **slot, struct type *type);
bool convert_addressable(const struct node *n);			/* it lies in memory that a pointer can point to */
/* An array or string where a pointer is wanted: a pointer to its first element; else n. */
struct node *convert_decay(struct lang *l, struct node *n);
bool convert_pointers_fit(struct type *a, struct type *b);
/* Whether n may be assigned to a variable, be a key or an argument of that type. */
bool convert_fits(struct node *n, struct type *type);
bool convert_is_void(struct node *n);
_Noreturn void convert_mismatch(struct lang *l, struct node *n, struct type *a, const char *op, struct type *b);
const char *op_text(enum node_op op); /* "+", "&&" ... */

/* check_expr.c */
struct node *expr_new(struct lang *l, enum node_kind kind, struct node *from);
const char *expr_text(struct lang *l, struct node *n); /* the type of an argument, for messages */

/* check_op.c */
void op_unary(struct lang *l, struct node *n);
void op_binary(struct lang *l, struct node *n);
void op_assign(struct lang *l, struct node *n);
void op_cond(struct lang *l, struct node *n);

/* check_var.c: identifiers, subscripts, members */
void var_ident(struct lang *l, struct node *n);
void var_index(struct lang *l, struct node *n);
void var_member(struct lang *l, struct node *n);
/* n is going to be written; a variable that is new gets the type. op is for messages. */
void var_target(struct lang *l, struct node *n, struct type *type, const char *op);
/* The keys of an associative array or aggregation: checked against params, or made params (which says "[ ]" in
 * messages). */
void var_keys(struct lang *l, struct ident *i, struct node *n, const char *shown);

/* check_inline.c: what is put in the place of a name */
void inline_enter(struct lang *l, struct node *n);
void inline_expand(struct lang *l, struct node *n, struct ident *i, struct node *args);
void xlate_enter(struct lang *l, struct node *n);
void xlate_check(struct lang *l, struct node *n);
void xlate_member(struct lang *l, struct node *n); /* n is N_MEMBER of an N_XLATE */

/* check_call.c */
void call_function(struct lang *l, struct node *n);
void call_count(struct lang *l, struct node *n, struct ident *i, const char *brackets, enum d_tag tag);
_Noreturn void call_wrong_count(struct lang *l, struct node *n, const char *shown, const char *least, unsigned want,
				enum d_tag tag);
_Noreturn void call_wrong_arg(struct lang *l, struct node *arg, const char *shown, unsigned number, const char *want,
			      enum d_tag tag);
/* Whether a is an argument for a parameter of the type. */
bool call_fits(struct node *a, struct type *type);
/* A value that is going to be recorded: an expression, or stack(), usym() ... */
void call_value(struct lang *l, struct node *n);

/* check_action.c */
void action_statement(struct lang *l, struct node *n);
void action_value(struct lang *l, struct node *n, struct ident *i); /* stack(), usym() ...: A_VALUE */
void action_aggregates(struct lang *l, int line);		    /* the clause's rules for @x = f() */
void action_destructive(struct lang *l, const char *name, int line);

/* check_agg.c */
void agg_statement(struct lang *l, struct node *n);
struct ident *agg_argument(struct lang *l, struct node *call, struct node *arg, unsigned number, enum d_tag wrong,
			   enum d_tag unknown);

/* check_quant.c: the constants of lquantize and llquantize */
void quant_linear(struct lang *l, struct node *call, int64_t param[4]);
void quant_loglinear(struct lang *l, struct node *call, int64_t param[4]);
void quant_same(struct lang *l, struct node *call, struct ident *agg, const int64_t param[4]);

/* check_format.c */
void format_printf(struct lang *l, struct node *call);
void format_printa(struct lang *l, struct node *call);

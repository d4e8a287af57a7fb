/* SPDX-License-Identifier: GPL-2.0-only
 * Names of a D program: what an identifier stands for. Three scopes of variables (global, self->, this->), one of
 * aggregations, one of types (typedef names) and one of tags (struct, union, enum). The built-in variables, functions
 * and actions come from the .def files, the standard types from types.def, psinfo_t and its like from the prelude
 * (prelude.c).
 */
#pragma once

#include "ast.h"
#include "ir.h"

struct lang;

enum { B_ARRAY = 1, B_CLAUSE = 2, B_KERNEL = 4 };			       /* builtins.def */
enum {
	F_DESTRUCTIVE = 1,
	F_KERNEL = 2,
	F_DYNAMIC = 4,
	F_NULL_FIRST = 8
}; /* functions.def; NULL_FIRST: strtok(NULL, ...) */
enum { A_RECORD = 1, A_DESTRUCTIVE = 2, A_VALUE = 4, A_AGG = 8, A_SPEC = 16 }; /* actions.def */

enum ident_kind {
	ID_VAR,	    /* a variable of the program: scope says which; keys: an associative array */
	ID_BUILTIN, /* id: enum ir_builtin */
	ID_FUNC,    /* id: enum ir_func */
	ID_ACTION,  /* id: enum ir_action_kind */
	ID_AGGFUNC, /* count ... llquantize; id: IR_AGG_COUNT ... */
	ID_AGG,	    /* an aggregation of the program */
	ID_INLINE,  /* gone after check: its expression stands in its place */
	ID_PARAM,   /* of an inline or translator; gone after check, too */
	ID_CONST,   /* an enumerator; gone after check: an N_INT */
};

struct sym_param { /* a parameter of a function or inline; a key of an array or aggregation */
	struct type *type; /* NULL: anything (@ of actions.def) */
	const char *name;  /* of an inline's parameter, else NULL */
	bool optional;
	struct ident *ident; /* ID_PARAM of an inline's */
	struct sym_param *next;
};

struct ident {
	enum ident_kind kind;
	const char *name;
	int line;	/* where it was declared or first used; 0: part of D */
	unsigned id;	/* by kind, above; VAR and AGG: their number, from 0, in the order of sym_table's lists */
	unsigned flags; /* B_ F_ A_ by kind */
	enum scope scope;
	struct type *type; /* VAR: of the value (NULL until its first assignment); FUNC: the result; AGG: of the value
			      added, or NULL */
	struct sym_param *params; /* keys, parameters */
	unsigned nparams, nrequired;
	bool varargs;	  /* ACTION: "..." */
	bool is_assoc;	  /* VAR: has keys; AGG: they are known */
	bool is_declared; /* VAR: by a declaration, so that it may be read before it is written */
	/* AGG */
	struct ident *func; /* the ID_AGGFUNC, NULL before its first @x = ... */
	int64_t param[4];   /* as in struct ir_aggregation */
	bool is_lowered;    /* the depth of stacks in its keys is known */
	/* INLINE, CONST, PARAM */
	struct node *body;
	int64_t value;
	struct ident *next;	 /* in its bucket */
	struct ident *next_made; /* VAR, AGG: the next one of sym_table's list */
};

#define SYM_BUCKETS 1024 /* of tables that do not grow */
struct sym_scope {
	struct ident **buckets; /* NULL before the first name; twice as many when there are as many names */
	unsigned size, used;
};

struct sym_translator {
	struct type *out, *in;
	const char *param;
	struct node *members; /* N_ASSIGN(N_IDENT, expression) */
	struct ident *ident;  /* of the parameter */
	int line;
	struct sym_translator *next;
};

struct sym_typename { /* a typedef name, or "struct tag" */
	const char *name;
	struct type *type;
	struct sym_typename *next;
};

struct sym_table {
	struct sym_scope global, self, clause, agg;
	struct sym_typename **types; /* SYM_BUCKETS */
	struct sym_translator **translators; /* SYM_BUCKETS, by the address of the output type */
	struct ident *vars, **vars_end, *aggs, **aggs_end; /* what the program has, in the order of appearance */
	uint32_t nvars, naggs;
	uint64_t expanded; /* nodes copied for inlines and translators so far: bounded */
	bool has_prelude;  /* read, or being read */
	bool in_prelude;   /* being read: its declarations give way to the script's */
};

/* Empty tables; the parts of D itself are found without being entered. */
void sym_init(struct lang *l);

/* Whether name is a type of D itself (types.def and the prelude), for a parser that must know; typedefs of the
 * script are the parser's own to remember. */
bool sym_is_typename(const char *name);

/* NULL if there is none. Functions, actions, aggregating functions and built-in variables are in the global scope. */
struct ident *sym_find(struct lang *l, enum scope scope, const char *name);
struct ident *sym_find_agg(struct lang *l, const char *name);
/* Enters a name. The caller has looked that it is new. */
struct ident *sym_add(struct lang *l, enum scope scope, enum ident_kind kind, const char *name, int line);
struct ident *sym_add_agg(struct lang *l, const char *name, int line);

/* Types by name: "foo_t", "struct foo". NULL if there is none. */
struct type *sym_find_type(struct lang *l, const char *name);
/* The same for a name that is going to be declared: the prelude, unless it was read, gives way. */
struct type *sym_declared_type(struct lang *l, const char *name);
void sym_add_type(struct lang *l, const char *name, struct type *type);
struct type *sym_add_typedef(struct lang *l, const char *name, struct type *base); /* makes the TY_TYPEDEF */

/* The type of C text such as "const char *", "struct foo *", "uint8_t[4]", as the .def files and prov.h have them; NULL
 * when the text is none. A struct that is not known becomes TY_FORWARD. */
struct type *sym_type_text(struct lang *l, const char *text);

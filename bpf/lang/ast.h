/* SPDX-License-Identifier: GPL-2.0-only
 * The tree of a D program. The parser (parse*.c) builds it and fills in what stands in the text; check*.c fills in types,
 * symbols and conversions; lower*.c makes IR of it (ir.h). Every node knows its physical line.
 */
#pragma once

#include "type.h"

enum node_kind {
	/* expressions */
	N_INT,	    /* integer, character constant, or a name of an enumerator after check */
	N_STRING,   /* bytes with escapes done; may hold NUL */
	N_IDENT,    /* variable: see scope; function names stand in N_CALL */
	N_AGG,	    /* @name or @name[args]: in args of printa, clear, ...; never a value */
	N_INDEX,    /* left[args]: associative array, args[], array or pointer (check decides) */
	N_CALL,	    /* name(args): function or action */
	N_UNARY,    /* op left */
	N_BINARY,   /* left op right; && || ^^ too */
	N_ASSIGN,   /* left op= right; op is OP_ASSIGN for = */
	N_COND,	    /* cond ? left : right */
	N_COMMA,    /* left, right; the parser bounds the depth of every tree by D_DEPTH_MAX */
	N_CAST,	    /* (type) left; what check inserts as conversion, too, with implicit set */
	N_SIZEOF,   /* sizeof (type) or sizeof left */
	N_OFFSETOF, /* offsetof(type, name) */
	N_STRINGOF, /* stringof left */
	N_MEMBER,   /* left.name (op OP_DOT) or left->name (op OP_ARROW) */
	N_XLATE,    /* xlate <type>(left) */
	/* statements */
	N_EXPR,	 /* left; */
	N_AGGSTMT, /* @name[args] = func(more); left is the N_AGG, right the N_CALL (or what else was written: an error) */
	N_IF,	 /* if (cond) left else right */
	N_BLOCK, /* { list } */
	/* top level */
	N_CLAUSE,
	N_DECL,	  /* declaration of types or variables: decl, and one more in decl->next for each further name */
	N_INLINE, /* inline type name[params] = expression; decl has the type and KEYS, left the expression */
	N_XLATOR, /* translator out < in name > { members } */
};

enum node_op {
	OP_NONE,
	OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MOD, OP_AND, OP_OR, OP_XOR, OP_SHL, OP_SHR,
	OP_LAND, OP_LOR, OP_LXOR, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
	OP_ASSIGN, /* plain; the others of N_ASSIGN are OP_ADD ... OP_SHR */
	OP_NEG, OP_PLUS, OP_NOT, OP_LNOT, OP_DEREF, OP_ADDROF, OP_PREINC, OP_PREDEC, OP_POSTINC, OP_POSTDEC,
	OP_DOT, OP_ARROW,
};

/* How an integer was written, or-ed: its type depends on that. */
enum int_form { INT_UNSIGNED = 1 /* u */, INT_LONG = 2 /* l */, INT_LONGLONG = 4 /* ll */, INT_DECIMAL = 8, INT_CHAR = 16 };

#define D_DEPTH_MAX 1000 /* of a tree: a chain of 1000 operators is as deep as that */

enum scope { SCOPE_GLOBAL, SCOPE_SELF, SCOPE_THIS };

/* A type as written: what the parser saw, before check looks names up. Declarators go from the name outwards. */
struct declarator {
	enum { DECL_PTR, DECL_ARRAY, DECL_FUNC, DECL_KEYS } kind; /* KEYS: [type, type] of an associative array */
	struct node *size;	    /* ARRAY: NULL if empty */
	struct decl *params;	    /* FUNC, KEYS */
	bool varargs, is_const;
	struct declarator *next; /* what this one is of */
};
enum decl_attr { /* words of the specifier, or-ed; check finds the wrong combinations */
	DA_SIGNED = 1, DA_UNSIGNED = 2, DA_SHORT = 4, DA_LONG = 8, DA_LONGLONG = 16, DA_CONST = 32, DA_VOLATILE = 64,
	DA_RESTRICT = 128, DA_USERLAND = 256,
};
enum decl_class { DC_NONE, DC_AUTO, DC_EXTERN, DC_REGISTER, DC_STATIC, DC_TYPEDEF, DC_SELF, DC_THIS };
struct decl {
	enum decl_class storage;
	unsigned attr;
	enum { DS_NONE, DS_VOID, DS_CHAR, DS_INT, DS_FLOAT, DS_DOUBLE, DS_STRING, DS_NAME, DS_STRUCT, DS_UNION, DS_ENUM } spec;
	const char *tag;	    /* DS_NAME: typedef name (scope prefix `name kept); STRUCT, UNION, ENUM: tag or NULL */
	bool defines;		    /* { } follows the tag */
	struct decl *members;	    /* STRUCT, UNION: each with name, declarator, bits; ENUM: name and bits = value or NULL */
	struct decl *same;	    /* `int a, b;`: for b, the decl of a, whose specifier is written once and counts for both */
	struct type *spec_type;	    /* filled in by check: what the specifier means */
	const char *name;	    /* what is declared; NULL for abstract */
	struct declarator *declarator;
	struct node *bits;	    /* bit-field width, enumerator value */
	int line;
	struct decl *next;
};

/* provider:module:function:name with globs, as written (each "" where empty; macro arguments done), or an id. */
struct probe_desc {
	const char *provider, *module, *function, *name;
	uint32_t id; /* not 0: given by number */
	int line;
	struct probe_desc *next;
};

struct ident; /* sym.h: variable, function, aggregation, inline, translator */

struct node {
	enum node_kind kind;
	enum node_op op;
	enum scope scope; /* N_IDENT */
	int line;
	bool implicit;	  /* N_CAST that nobody wrote */
	bool parens;	  /* written in parentheses */
	unsigned char int_form; /* N_INT: enum int_form */
	uint16_t depth;	  /* of the tree below */
	int64_t value;	  /* N_INT; unsigned when the type says so */
	uint64_t length;  /* N_STRING: bytes */
	const char *name; /* N_IDENT N_CALL N_AGG (without @; "" for the one without a name) N_MEMBER N_OFFSETOF N_INLINE; N_STRING: bytes */
	struct node *left, *right, *cond;
	struct node *args; /* N_CALL N_INDEX N_AGG; N_BLOCK: statements; N_CLAUSE: statements, NULL for the default action;
			    * N_XLATOR: members as N_ASSIGN(N_IDENT, expression); linked by next */
	struct decl *decl; /* N_CAST N_SIZEOF N_OFFSETOF N_XLATE N_DECL N_INLINE, N_XLATOR (out type; decl->next is the input) */
	struct probe_desc *probes; /* N_CLAUSE */
	struct node *predicate;	   /* N_CLAUSE, or NULL */
	bool has_body;		   /* N_CLAUSE: { } was written, if empty */
	struct node *next;

	/* filled in by check */
	struct type *type;
	struct ident *ident;
	bool is_lvalue, is_dynamic;
	uint64_t bit_offset;   /* N_MEMBER */
	unsigned bit_width;
};

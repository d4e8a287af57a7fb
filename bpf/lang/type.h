/* SPDX-License-Identifier: GPL-2.0-only
 * D's types: those of C (LP64) and string, as the DTrace guide's chapter "Types, Operators, and Expressions" has them.
 * Types are made once a compilation and shared; compare them with type_same, not by pointer.
 */
#pragma once

#include "diag.h"
#include <stdbool.h>

enum type_kind {
	TY_VOID,
	TY_INT,	  /* every integer, char and _Bool too */
	TY_FLOAT, /* can be declared and printed from memory, has no arithmetic (the guide) */
	TY_PTR,
	TY_ARRAY,
	TY_STRUCT,
	TY_UNION,
	TY_ENUM, /* an int with names */
	TY_FUNC,
	TY_FORWARD, /* struct, union or enum named but not defined; its name has the keyword ("struct foo"), and the
		     * definition makes a TY_STRUCT of the same object */
	TY_TYPEDEF,
	TY_STRING, /* D's string: a value of up to strsize bytes */
	TY_STACK,  /* stack(), ustack(), jstack() as a value of a tuple */
	TY_SYM,	   /* usym(), ufunc(), umod(), uaddr(), sym(), func(), mod() as a value */
	TY_DYN,	   /* <DYN>: what a function of D returns or takes as is; never a variable's type */
};

struct type_member {
	const char *name; /* NULL: an anonymous struct or union, whose members count as ours */
	struct type *type;
	uint64_t bit_offset;
	unsigned bit_width; /* 0: not a bit-field */
	struct type_member *next;
};

struct type_enumerator {
	const char *name;
	int64_t value;
	struct type_enumerator *next;
};

struct type {
	enum type_kind kind;
	const char *name; /* tag of a struct, union, enum (NULL: none); name of a typedef, of an integer ("unsigned
			   * long"), of the action that a TY_STACK or TY_SYM comes from ("ustack", "usym") */
	uint64_t size, align;	 /* bytes */
	bool is_signed;		 /* TY_INT, TY_ENUM */
	bool is_const;		 /* TY_TYPEDEF with no name: base, but const */
	bool is_userland;	 /* a pointer that copyin reads, not a dereference */
	struct type *base;	 /* pointed to, element, aliased, result */
	uint64_t count;		 /* TY_ARRAY; 0: unknown */
	struct type_member *members;
	struct type_enumerator *values;
	struct type *params, *next_param; /* TY_FUNC: params are TY_TYPEDEFs without a name, so that the list is ours */
	bool varargs;
};

/* The basic types, shared by all compilations; never written to. Integers by the C names of LP64. */
enum type_basic {
	TB_VOID,
	TB_BOOL,
	TB_CHAR,
	TB_SCHAR,
	TB_UCHAR,
	TB_SHORT,
	TB_USHORT,
	TB_INT,
	TB_UINT,
	TB_LONG,
	TB_ULONG,
	TB_LLONG,
	TB_ULLONG,
	TB_FLOAT,
	TB_DOUBLE,
	TB_LDOUBLE,
	TB_STRING,
	TB_DYN,
	TB_COUNT
};
struct type *type_basic(enum type_basic which);
struct type *type_pointer(struct d_ctx *ctx, struct type *to);
struct type *type_array(struct d_ctx *ctx, struct type *of,
			uint64_t count); /* size does not overflow: the caller looks */
struct type *type_const(struct d_ctx *ctx, struct type *t);
/* A stack or a symbol as a value; name is the action's. */
struct type *type_special(struct d_ctx *ctx, enum type_kind kind, const char *name);

/* The type below typedefs and const. */
struct type *type_resolve(struct type *t);
uint64_t type_size(struct type *t); /* bytes; 0: none, or not known */
uint64_t type_align(struct type *t);
bool type_is_const(struct type *t);
bool type_is_pointer(struct type *t); /* arrays not counted */
bool type_is_unsigned(struct type *t); /* of integers and enums; pointers are unsigned */
bool type_is_int(struct type *t);	 /* integers and enums */
bool type_is_scalar(struct type *t); /* integers, enums, pointers */
bool type_is_string(struct type *t); /* string, or char array or pointer that stands for one */
/* The same type but for typedef names and const. */
bool type_same(struct type *a, struct type *b);
/* As dtrace writes it in messages: "int", "struct foo *", "string", "uint8_t[4]". Memory of ctx. */
const char *type_name(struct d_ctx *ctx, struct type *t);
struct type_member *type_find_member(struct type *t, const char *name, uint64_t *bit_offset);

/* SPDX-License-Identifier: GPL-2.0-only
 * Structures of the kernel as lists of members: one list serves all ABIs, since the place of a member
 * follows from the sizes before it and the ABI's alignment. A printer that wants no more than
 * `{a=1, b=2}` is a list and one line.
 */
#pragma once

#include "kinds.h"

/* A list says what matters about a member; what it leaves out is 0 and means the usual. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

enum field_type {
	T_END, /* a list ends with { 0 } */
	T_U8, T_S8, T_U16, T_S16, T_U32, T_S32, T_U64, T_S64,
	T_LONG, T_ULONG, T_PTR, /* a word of the ABI */
	T_A64,	  /* __aligned_u64: eight bytes also in i386 */
	T_STRUCT, /* sub */
	T_UNION,  /* sub, all members at its beginning; shown is what a show function makes of it */
};

enum field_form {
	F_NUM,	  /* decimal, signed as the type is */
	F_HEX,	  /* 0x1f, 0 */
	F_OCT,	  /* 022 */
	F_FLAGS,  /* param: FLAGS_x */
	F_ENUM,	  /* param: FLAGS_x */
	F_ENUM_DEC, /* the same, numbers in decimal */
	F_FD, F_DIRFD, F_PID,
	F_ID,	  /* a uid or gid: -1 is -1 */
	F_SIGNAL,
	F_ADDR,
	F_STRING, /* the string that a pointer points to */
	F_PATH,
	F_CHARS,  /* an array of char: "eth0" */
	F_BYTES,  /* an array of bytes in hexadecimal: "\x7f\x00" */
	F_DEV, F_MODE, F_UMODE,
	F_PAD,	  /* not shown */
	F_SHOW,	  /* show() */
};

enum field_when {
	ALWAYS,
	VERBOSE, /* with -v; else "..." at the end */
	NONZERO, /* reserved bytes that somebody uses */
};

struct field {
	const char *name; /* NULL: no "name=" is printed */
	uint8_t type;	  /* enum field_type */
	uint8_t form;	  /* enum field_form */
	uint16_t param;
	uint8_t when;	/* enum field_when */
	uint16_t count; /* an array of as many: [1, 2] */
	const struct field *sub;
	/* p: the member's bytes; all: the structure's. */
	void (*show)(struct call *c, const void *p, const void *all);
};

/* The largest structure that fields_in and fields_out read. */
enum { FIELDS_MAX = 1024 };

/* Bytes of a structure in the call's ABI, with the padding at its end. */
size_t fields_size(const struct call *c, const struct field *f);

/* The member of that name, 0 when there is none or it lies behind the n bytes. */
int64_t fields_get(const struct call *c, const void *bytes, size_t n, const struct field *f,
		   const char *name);
size_t fields_offset(const struct call *c, const struct field *f, const char *name);

/* A number of that type at p. */
int64_t field_load(const struct call *c, enum field_type type, const void *p);

/* Prints {a=1, b=2}: the members that lie wholly within n bytes. */
void fields_print(struct call *c, const void *bytes, size_t n, const struct field *f);
/* The same without the braces, behind a comma if something stands before. */
void fields_members(struct call *c, const void *bytes, size_t n, const struct field *f);

/* Of what the call reads: n bytes at addr, or prints the address and returns false. (read_or_addr is for what it fills,
 * which is not there after an error.) */
bool read_in(struct call *c, uint64_t addr, void *buf, size_t n);

/* The structure at addr, which the call reads, or the address. */
void fields_at(struct call *c, uint64_t addr, const struct field *f);
/* The structure of `size` bytes as the tracee says, where later kernels may have a longer one; `first`: bytes of the
 * oldest version. What is longer than known and not zero is shown as bytes. */
void fields_sized(struct call *c, uint64_t addr, uint64_t size, size_t first, const struct field *f);

/* Behind the members: what of the `size` bytes at addr lies behind those known, as bytes, unless all is zero. */
void fields_rest(struct call *c, uint64_t addr, uint64_t known, uint64_t size);

/* For whole arguments: a structure that the call reads, and one that it fills. */
bool fields_in(struct call *c, unsigned arg, const struct field *f);
bool fields_out(struct call *c, unsigned arg, const struct field *f);

/* n structures at addr as [{...}, {...}]. */
void fields_array(struct call *c, uint64_t addr, uint64_t n, bool limited, const struct field *f);

/* SPDX-License-Identifier: GPL-2.0-only
 * The compiler as a whole: D text to IR. Pure: no kernel, no file but what `include` of the caller gives.
 */
#pragma once

#include "ast.h"
#include "ir.h"

struct prov_set; /* bpf/prov/prov.h: which probes there are, and the types of their arguments; not const: naming tick-3s makes it */

/* Fields of a description are given from the right, and the last of them is: */
enum d_spec { SPEC_NAME /* -n, -s, -i */, SPEC_FUNCTION /* -f */, SPEC_MODULE /* -m */, SPEC_PROVIDER /* -P */ };

struct lang_options {
	bool zdefs;		/* -Z: a description that matches nothing is no error */
	bool default_args;	/* -xdefaultargs: macro arguments that are missing are 0 or "" */
	bool empty_ok;		/* -xempty */
	bool preprocess;	/* -C */
	bool arg_ref;		/* -xargref: macro arguments need not all be used */
	bool destructive;	/* -w: checked again at run time */
	const char *const *defines, *const *undefs, *const *include_dirs; /* -D -U -I, NULL-terminated */
	/* Reads a file that the script includes; NULL: none may be. The text is the caller's to free after lang_compile. */
	char *(*include)(void *cookie, const char *path, size_t *len);
	void *cookie;
	int argc;		/* $0 ... $n */
	const char *const *argv;
	int64_t target, pid, ppid, uid, euid, gid, egid, pgid, sid, projid, taskid; /* $target, $pid ... */
	const char *stdc; /* what the preprocessor says of __STDC__: "__STDC__=0"; NULL: it has no such name */
	uint32_t strsize;
	FILE *dump_ast; /* -xdump=ast: the tree is written there before it is checked; or NULL */
	/* #pragma D option: whether name (and value, or NULL) is right; false with the reason in why. */
	bool (*option)(void *cookie, const char *name, const char *value, char *why, size_t size);
};

/* One -n, -s ... of the command line. All together are one program: a variable or type of one is known in those after it. */
struct lang_source {
	const char *name; /* for messages: "t.d", or the description */
	const char *text;
	size_t len;
	bool is_file;	  /* -s: a description alone is no clause; of -n and its like it is */
	bool is_library;  /* -L: may be empty, and uses no macro arguments */
	enum d_spec spec; /* what a description without colons names */
	uint32_t matched; /* filled in: probes that its descriptions match */
	uint32_t clauses; /* filled in: how many it has; the program's are those of the sources in their order */
};

/* Compiles the sources. Returns the program, to be freed with ir_free, or NULL with the error. The options are looked at whenever
 * they matter, so that the callback `option` may change them for the pragmas of a script. */
struct ir_program *lang_compile(struct lang_source *sources, uint32_t n, const struct lang_options *o, struct prov_set *probes,
				struct d_error *error);

/* #pragma D option, in the order of the script. The parser has asked lang_options.option about each. */
struct d_option {
	const char *name, *value; /* value: NULL without = */
	int line;
	struct d_option *next;
};

/* #pragma D attributes, binding and depends_on: their words, checked for their form. */
struct d_pragma {
	enum { PRAGMA_ATTRIBUTES, PRAGMA_BINDING, PRAGMA_DEPENDS_ON } kind;
	const char *words[4]; /* ATTRIBUTES: a/b/c, [provider, part,] name; BINDING: version, name; DEPENDS_ON: what, name */
	int line;
	struct d_pragma *next;
};

/* The stages, for tests, -xdump=ast and for each other; struct lang is in state.h. All fail by d_fail. */
struct lang;
struct node *lang_parse(struct lang *l, const char *text, size_t len); /* parse.c: clauses and declarations, linked by next */
/* The same for text that is no script of the user's (the prelude): it may be empty, and what only the end of a script shows is
 * not looked at. */
struct node *lang_parse_text(struct lang *l, const char *text, size_t len);
void lang_check(struct lang *l, struct node *program);			/* check.c */
struct ir_program *lang_lower(struct lang *l, struct node *program);	/* lower.c */
void ast_write(FILE *out, const struct node *n);			/* ast_write.c: an expression a line, indented, with types */

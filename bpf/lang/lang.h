/* SPDX-License-Identifier: GPL-2.0-only
 * The compiler as a whole: D text to IR. Pure: no kernel, no file but what `include` of the caller gives.
 */
#pragma once

#include "ast.h"
#include "ir.h"

struct prov_set; /* bpf/prov/prov.h: which probes there are, and the types of their arguments */

struct lang_options {
	bool zdefs;		/* -Z: a description that matches nothing is no error */
	bool default_args;	/* -xdefaultargs: macro arguments that are missing are 0 or "" */
	bool empty_ok;		/* -xempty */
	bool preprocess;	/* -C */
	bool destructive;	/* -w: checked again at run time */
	const char *const *defines, *const *undefs, *const *include_dirs; /* -D -U -I, NULL-terminated */
	/* Reads a file that the script includes; NULL: none may be. The text is the caller's to free after lang_compile. */
	char *(*include)(void *cookie, const char *path, size_t *len);
	void *cookie;
	int argc;		/* $0 ... $n */
	const char *const *argv;
	int64_t target, pid, ppid, uid, euid, gid, egid, pgid, sid, projid, taskid; /* $target, $pid ... */
	uint32_t strsize;
	/* #pragma D option: whether name (and value, or NULL) is right; false with the reason in why. */
	bool (*option)(void *cookie, const char *name, const char *value, char *why, size_t size);
};

/* Compiles a script (name for messages: "t.d" or the -n description). Returns the program, to be freed with ir_free, or
 * NULL with the error. `matched`, if not NULL, gets the number of probes that its descriptions match. */
struct ir_program *lang_compile(const char *name, const char *text, size_t len, const struct lang_options *o,
				const struct prov_set *probes, uint32_t *matched, struct d_error *error);

/* The stages, for tests, -xdump=ast and for each other. All fail by d_fail. */
struct lang;
struct node *lang_parse(struct lang *l, const char *text, size_t len); /* parse.c: clauses and declarations, linked by next */
void lang_check(struct lang *l, struct node *program);			/* check.c */
struct ir_program *lang_lower(struct lang *l, struct node *program);	/* lower.c */
void ast_write(FILE *out, const struct node *n);			/* ast_write.c: an expression a line, indented, with types */

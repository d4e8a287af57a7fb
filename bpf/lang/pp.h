/* SPDX-License-Identifier: GPL-2.0-only
 * The preprocessor behind -C: C's directives and macros, nothing of C's language. It gives one text with the lines of the script
 * where they were; lines of included files stand between `# n "file"` lines, which the scanner understands.
 * Differences from C: no trigraphs, no __DATE__ and __TIME__ (a script means the same tomorrow), a macro that is defined again
 * counts from there on, // comments are left to the scanner, which knows where D has them.
 */
#pragma once

#include "state.h"

#define PP_INCLUDE_MAX 32	   /* files open at a time */
#define PP_STEPS_MAX   (2u << 20)  /* tokens looked at while macros are replaced: a bound for those that grow without end */
#define PP_INPUT_MAX   (16u << 20) /* bytes of all files together */
#define PP_PARAMS_MAX  31

/* The script with its directives done; the options say what is defined and where files are looked for. */
const char *pp_run(struct lang *l, const char *text, size_t len, size_t *out_len);

/* --- between the files of the preprocessor ------------------------------------------------------ */

struct pp_hide { /* names that may not be replaced again, as they have been on the way to a token */
	const struct pp_macro *macro;
	const struct pp_hide *next;
};

enum pp_kind { PP_NAME, PP_NUMBER, PP_STRING /* and characters */, PP_OTHER, PP_PLACE /* nothing, as an operand of ## */ };

struct pp_token {
	enum pp_kind kind;
	bool space; /* a blank stands before it */
	const char *text;
	size_t len;
	const struct pp_hide *hide;
	struct pp_token *next;
};

struct pp_macro {
	const char *name;
	size_t len;
	bool is_function, varargs, defined;
	enum { PP_PLAIN, PP_LINE, PP_FILE } builtin;
	int nparams;
	struct pp_token *params[PP_PARAMS_MAX + 1]; /* their names; a varargs macro's last is __VA_ARGS__ */
	struct pp_token *body;
	struct pp_macro *next;
};

#define PP_BUCKETS 4096

struct pp {
	struct lang *l;
	const char *file; /* NULL: the script */
	int line;	  /* of the logical line that is worked on: its first */
	struct pp_macro *macros[PP_BUCKETS];
	uint32_t steps;
	size_t input;
	unsigned depth;
	char *out;
	size_t used, size;
};

_Noreturn void pp_fail(struct pp *pp, enum d_tag tag, const char *fmt, ...) __attribute__((noreturn, format(printf, 3, 4)));
void pp_step(struct pp *pp);

/* pp_macro.c. The tokens of a text without newlines; comments have been taken out of it. */
struct pp_token *pp_tokens(struct pp *pp, const char *p, const char *end);
struct pp_macro *pp_find(struct pp *pp, const char *name, size_t len); /* NULL: not defined */
/* What stands behind #define, and behind #undef. */
void pp_define(struct pp *pp, const char *p, const char *end);
void pp_undef(struct pp *pp, const char *p, const char *end);
/* -D name[=text] */
void pp_define_option(struct pp *pp, const char *text);
/* Replaces macros. *open: the text ends within the arguments of a macro, and the list is not to be used. */
struct pp_token *pp_expand(struct pp *pp, struct pp_token *list, bool *open);
bool pp_is(const struct pp_token *t, const char *text);

/* pp_if.c: the value of what stands behind #if. */
bool pp_condition(struct pp *pp, const char *p, const char *end);

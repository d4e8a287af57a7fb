/* SPDX-License-Identifier: GPL-2.0-only
 * Memory and errors of one compilation. Compiling stops at the first error, as dtrace does: d_fail jumps back to
 * lang_compile, and all memory of the compilation goes at once.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

enum d_tag {
#define D_TAG(name) name,
#include "errors.def"
#undef D_TAG
	D_TAG_COUNT
};

/* "D_SYNTAX" for D_SYNTAX. */
const char *d_tag_name(enum d_tag tag);

struct d_error {
	enum d_tag tag;
	char file[256]; /* "" for the script itself; else the file it includes (-C) in which the line is */
	int line; /* physical line of the script, from 1; 0 where there is none */
	uint32_t source; /* which of lang_compile's sources */
	const char *region; /* "predicate" or "action list", as d_ctx.region was; NULL */
	char message[1024]; /* may hold bytes of the script: print it through text_printf's %s, line by line: some have lines
			     * after the first, which begin with a tab ("\n\tprototype: int") */
};

struct arena_chunk;
/* Memory that is freed together. A compilation may take `limit` bytes; more is an error, never NULL. */
struct arena {
	struct arena_chunk *chunks;
	size_t used, limit;
};

#define D_NEST_MAX 64		  /* parentheses, blocks, unary operators, declarators */
#define D_SCRIPT_MAX (1u << 20)	  /* bytes of one script */
#define D_CLAUSE_MAX 100000	  /* clauses of a compilation */
#define D_MEMORY_MAX (512u << 20) /* bytes of a compilation */

/* What every stage gets as its first argument. struct lang (lang.h) begins with it. */
struct d_ctx {
	struct arena arena;
	jmp_buf stop;
	struct d_error error;
	const char *region; /* what check works on: "predicate", "action list" or NULL. Messages of -n name it in place of a line */
	struct d_origin *origins; /* what #line said, the last one first */
};

/* From physical line `from` on, lines are those of `file` (NULL: the script), counted from `line`. Nodes have physical lines
 * of the text that was parsed; d_fail and d_line turn them into what the reader knows. */
struct d_origin {
	int from, line;
	const char *file;
	struct d_origin *next;
};

/* The line that the reader knows, and its file in *file (NULL: the script) if that is not NULL. */
int d_line(const struct d_ctx *ctx, int line, const char **file);

/* Notes the error and returns to whoever called setjmp(ctx->stop). printf formats. */
_Noreturn void d_fail(struct d_ctx *ctx, enum d_tag tag, int line, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 4, 5))); /* the attribute is for cppcheck, which does not heed _Noreturn */

/* Zeroed memory of the compilation, aligned to 16 bytes; fails with D_UNKNOWN at the limit. */
void *d_alloc(struct d_ctx *ctx, size_t size);
char *d_strndup(struct d_ctx *ctx, const char *s, size_t n);
char *d_printf(struct d_ctx *ctx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void arena_free(struct arena *a);

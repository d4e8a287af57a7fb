/* SPDX-License-Identifier: GPL-2.0-only
 * Memory and errors of one compilation: see diag.h.
 */
#include "diag.h"
#include "toolbox/lib/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE (16u << 10)
#define ALIGN	   16u

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	_Alignas(ALIGN) char data[];
};

const char *d_tag_name(enum d_tag tag)
{
	static const char *const names[] = {
#define D_TAG(name) #name,
#include "errors.def"
#undef D_TAG
	};

	return (size_t)tag < countof(names) ? names[tag] : "D_UNKNOWN";
}

int d_line(const struct d_ctx *ctx, int line, const char **file)
{
	const struct d_origin *o = ctx->origins;

	while (o && o->from > line)
		o = o->next;
	if (file)
		*file = o ? o->file : NULL;
	return o && line ? o->line + (line - o->from) : line;
}

void d_fail(struct d_ctx *ctx, enum d_tag tag, int line, const char *fmt, ...)
{
	va_list ap;
	const char *file;

	ctx->error.tag = tag;
	ctx->error.region = ctx->region;
	ctx->error.line = d_line(ctx, line, &file);
	snprintf(ctx->error.file, sizeof(ctx->error.file), "%s", file ? file : "");
	va_start(ap, fmt);
	vsnprintf(ctx->error.message, sizeof(ctx->error.message), fmt, ap);
	va_end(ap);
	longjmp(ctx->stop, 1);
}

/* A large block gets a chunk of its own, behind the current one, so that the rest of that is still used. */
static struct arena_chunk *new_chunk(struct d_ctx *ctx, size_t size)
{
	struct arena *a = &ctx->arena;
	size_t want = size > CHUNK_SIZE / 4 ? size : CHUNK_SIZE;
	struct arena_chunk *c = want <= a->limit - a->used ? calloc(1, sizeof(*c) + want) : NULL;

	if (!c)
		d_fail(ctx, D_UNKNOWN, 0, "out of memory: a compilation may take %zu MiB", a->limit >> 20);
	a->used += want;
	c->size = want;
	if (want == CHUNK_SIZE || !a->chunks) {
		c->next = a->chunks;
		a->chunks = c;
	} else {
		c->next = a->chunks->next;
		a->chunks->next = c;
	}
	return c;
}

void *d_alloc(struct d_ctx *ctx, size_t size)
{
	struct arena_chunk *c = ctx->arena.chunks;

	if (size > ctx->arena.limit)
		d_fail(ctx, D_UNKNOWN, 0, "out of memory: a compilation may take %zu MiB", ctx->arena.limit >> 20);
	size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (!c || c->size - c->used < size)
		c = new_chunk(ctx, size);
	c->used += size;
	return c->data + c->used - size;
}

char *d_strndup(struct d_ctx *ctx, const char *s, size_t n)
{
	char *copy = d_alloc(ctx, n + 1);

	if (n)
		memcpy(copy, s, n);
	return copy;
}

char *d_printf(struct d_ctx *ctx, const char *fmt, ...)
{
	va_list ap;
	va_list again;
	char *s;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = n < 0 ? NULL : d_alloc(ctx, (size_t)n + 1);
	if (s)
		vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	if (!s)
		d_fail(ctx, D_UNKNOWN, 0, "out of memory");
	return s;
}

void arena_free(struct arena *a)
{
	while (a->chunks) {
		struct arena_chunk *next = a->chunks->next;

		free(a->chunks);
		a->chunks = next;
	}
	a->used = 0;
}

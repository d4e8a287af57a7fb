/* SPDX-License-Identifier: GPL-2.0-only
 * D's types: the basic ones, what is made of them, and their names in messages.
 */
#include "type.h"

#include <string.h>

#define INTEGER(n, bytes, sign) \
	{ .kind = TY_INT, .name = (n), .size = (bytes), .align = (bytes), .is_signed = (sign) }
#define FLOATING(n, bytes) \
	{ .kind = TY_FLOAT, .name = (n), .size = (bytes), .align = (bytes), .is_signed = true }

static struct type basics[TB_COUNT] = {
	[TB_VOID] = { .kind = TY_VOID },
	[TB_BOOL] = INTEGER("_Bool", 1, false),
	[TB_CHAR] = INTEGER("char", 1, true), /* as on x86_64; on aarch64, too, so that a script means the same there */
	[TB_SCHAR] = INTEGER("signed char", 1, true),
	[TB_UCHAR] = INTEGER("unsigned char", 1, false),
	[TB_SHORT] = INTEGER("short", 2, true),
	[TB_USHORT] = INTEGER("unsigned short", 2, false),
	[TB_INT] = INTEGER("int", 4, true),
	[TB_UINT] = INTEGER("unsigned int", 4, false),
	[TB_LONG] = INTEGER("long", 8, true),
	[TB_ULONG] = INTEGER("unsigned long", 8, false),
	[TB_LLONG] = INTEGER("long long", 8, true),
	[TB_ULLONG] = INTEGER("unsigned long long", 8, false),
	[TB_FLOAT] = FLOATING("float", 4),
	[TB_DOUBLE] = FLOATING("double", 8),
	[TB_LDOUBLE] = FLOATING("long double", 16),
	[TB_STRING] = { .kind = TY_STRING, .align = 1 }, /* its size is strsize: an option, known later */
	[TB_DYN] = { .kind = TY_DYN },
};

struct type *type_basic(enum type_basic which)
{
	return &basics[which];
}

static struct type *make(struct d_ctx *ctx, enum type_kind kind)
{
	struct type *t = d_alloc(ctx, sizeof(*t));

	t->kind = kind;
	return t;
}

struct type *type_pointer(struct d_ctx *ctx, struct type *to)
{
	struct type *t = make(ctx, TY_PTR);

	t->base = to;
	t->size = t->align = 8;
	return t;
}

struct type *type_array(struct d_ctx *ctx, struct type *of, uint64_t count)
{
	struct type *t = make(ctx, TY_ARRAY);

	t->base = of;
	t->count = count;
	t->size = type_size(of) * count;
	t->align = type_align(of);
	return t;
}

struct type *type_const(struct d_ctx *ctx, struct type *of)
{
	struct type *t;

	if (type_is_const(of))
		return of;
	t = make(ctx, TY_TYPEDEF);
	t->base = of;
	t->is_const = true;
	return t;
}

struct type *type_special(struct d_ctx *ctx, enum type_kind kind, const char *name)
{
	struct type *t = make(ctx, kind);

	t->name = name;
	t->size = t->align = 8;
	return t;
}

struct type *type_resolve(struct type *t)
{
	while (t->kind == TY_TYPEDEF)
		t = t->base;
	return t;
}

uint64_t type_size(struct type *t)
{
	return type_resolve(t)->size;
}

uint64_t type_align(struct type *t)
{
	uint64_t align = type_resolve(t)->align;

	return align ? align : 1;
}

bool type_is_const(struct type *t)
{
	for (; t->kind == TY_TYPEDEF; t = t->base)
		if (t->is_const)
			return true;
	return false;
}

bool type_is_int(struct type *t)
{
	enum type_kind k = type_resolve(t)->kind;

	return k == TY_INT || k == TY_ENUM;
}

bool type_is_pointer(struct type *t)
{
	return type_resolve(t)->kind == TY_PTR;
}

bool type_is_scalar(struct type *t)
{
	return type_is_int(t) || type_is_pointer(t);
}

bool type_is_unsigned(struct type *t)
{
	t = type_resolve(t);
	return t->kind == TY_PTR || (type_is_int(t) && !t->is_signed);
}

bool type_is_string(struct type *t)
{
	t = type_resolve(t);
	if (t->kind == TY_STRING)
		return true;
	if (t->kind != TY_PTR && t->kind != TY_ARRAY)
		return false;
	t = type_resolve(t->base);
	return t->kind == TY_INT && t->size == 1 && t->name && strcmp(t->name, "_Bool") != 0;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool type_same(struct type *a, struct type *b)
{
	for (;;) {
		a = type_resolve(a);
		b = type_resolve(b);
		if (a == b)
			return true;
		if (a->kind != b->kind)
			return false;
		switch (a->kind) {
		case TY_VOID:
		case TY_STRING:
		case TY_STACK:
		case TY_DYN:
			return true;
		case TY_SYM:
		case TY_FLOAT:
			return same_text(a->name, b->name);
		case TY_INT:
			return a->size == b->size && a->is_signed == b->is_signed;
		case TY_ARRAY:
			if (a->count != b->count)
				return false;
			break;
		case TY_PTR:
			break;
		default: /* struct, union, enum: one object each; functions are not compared further */
			return false;
		}
		a = a->base;
		b = b->base;
	}
}

/* The name is built as C writes declarations: what stands before the declared name, and what stands after it. */
struct name_parts {
	const char *before, *after;
};

static struct name_parts parts_of(struct d_ctx *ctx, struct type *t, unsigned depth);

static char *params_text(struct d_ctx *ctx, struct type *t, unsigned depth)
{
	char *text = d_printf(ctx, "(");
	bool first = true;

	for (struct type *p = t->params; p; p = p->next_param) {
		struct name_parts part = parts_of(ctx, p->base, depth + 1);

		text = d_printf(ctx, "%s%s%s%s", text, first ? "" : ", ", part.before, part.after);
		first = false;
	}
	if (t->varargs)
		text = d_printf(ctx, "%s%s...", text, first ? "" : ", ");
	return d_printf(ctx, "%s%s)", text, first && !t->varargs ? "void" : "");
}

static struct name_parts parts_of(struct d_ctx *ctx, struct type *t, unsigned depth)
{
	static const char *const tagged[] = { [TY_STRUCT] = "struct", [TY_UNION] = "union", [TY_ENUM] = "enum" };
	struct name_parts p;
	bool needs_parens;

	if (depth > D_NEST_MAX)
		return (struct name_parts){ "...", "" };
	switch (t->kind) {
	case TY_PTR:
		p = parts_of(ctx, t->base, depth + 1);
		needs_parens = t->base->kind == TY_ARRAY || t->base->kind == TY_FUNC;
		if (needs_parens)
			return (struct name_parts){ d_printf(ctx, "%s (*", p.before), d_printf(ctx, ")%s", p.after) };
		return (struct name_parts){ d_printf(ctx, "%s%s*", p.before,
						     p.before[strlen(p.before) - 1] == '*' ? "" : " "), p.after };
	case TY_ARRAY:
		p = parts_of(ctx, t->base, depth + 1);
		p.after = t->count ? d_printf(ctx, " [%llu]%s", (unsigned long long)t->count, p.after) :
				     d_printf(ctx, " []%s", p.after);
		return p;
	case TY_FUNC:
		p = parts_of(ctx, t->base, depth + 1);
		p.after = d_printf(ctx, "%s%s", params_text(ctx, t, depth), p.after);
		return p;
	case TY_TYPEDEF:
		if (t->name)
			return (struct name_parts){ t->name, "" };
		p = parts_of(ctx, t->base, depth + 1);
		p.before = t->base->kind == TY_PTR ? d_printf(ctx, "%s const", p.before) :
						     d_printf(ctx, "const %s", p.before);
		return p;
	case TY_STRUCT:
	case TY_UNION:
	case TY_ENUM:
		return (struct name_parts){ d_printf(ctx, "%s %s", tagged[t->kind], t->name ? t->name : "(anon)"), "" };
	case TY_VOID:
		return (struct name_parts){ "void", "" };
	case TY_STRING:
		return (struct name_parts){ "string", "" };
	case TY_DYN:
		return (struct name_parts){ "<DYN>", "" };
	case TY_INT:
	case TY_FLOAT:
	case TY_FORWARD: /* its name has the keyword: "struct foo" */
	case TY_STACK:
	case TY_SYM:
		break;
	}
	return (struct name_parts){ t->name ? t->name : "?", "" };
}

const char *type_name(struct d_ctx *ctx, struct type *t)
{
	struct name_parts p = parts_of(ctx, t, 0);

	return d_printf(ctx, "%s%s", p.before, p.after);
}

static struct type_member *find(struct type *t, const char *name, uint64_t *bit_offset, unsigned depth)
{
	t = type_resolve(t);
	if ((t->kind != TY_STRUCT && t->kind != TY_UNION) || depth > D_NEST_MAX)
		return NULL;
	for (struct type_member *m = t->members; m; m = m->next) {
		struct type_member *inner;

		if (m->name) {
			if (strcmp(m->name, name) == 0) {
				*bit_offset = m->bit_offset;
				return m;
			}
			continue;
		}
		inner = m->bit_width ? NULL : find(m->type, name, bit_offset, depth + 1);
		if (inner) {
			*bit_offset += m->bit_offset;
			return inner;
		}
	}
	return NULL;
}

struct type_member *type_find_member(struct type *t, const char *name, uint64_t *bit_offset)
{
	return find(t, name, bit_offset, 0);
}

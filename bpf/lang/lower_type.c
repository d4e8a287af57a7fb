/* SPDX-License-Identifier: GPL-2.0-only
 * D's types as the IR has them: what a value of them is made of, and, for print(), what C calls them.
 */
#include "lower.h"

#include <string.h>

bool lower_is_slot(struct type *t)
{
	return !type_is_scalar(t);
}

uint32_t lower_size(struct lower *w, struct type *t, int line)
{
	uint64_t size = type_size(t);

	if (size == 0 || size > IR_SLOT_MAX)
		d_fail(&w->l->ctx, D_CG_EXPR, line, "a value of type %s has %llu bytes: from 1 to %d can be handled",
		       type_name(&w->l->ctx, t), (unsigned long long)size, IR_SLOT_MAX);
	return (uint32_t)size;
}

/* The number of the action that makes symbols of this kind: its name is the type's. */
static uint32_t symbol_kind(const char *name)
{
	static const struct {
		const char *name;
		uint32_t action;
	} kinds[] = {
		{"sym", IR_ACT_SYM},   {"func", IR_ACT_FUNC},	{"mod", IR_ACT_MOD},	 {"usym", IR_ACT_USYM},
		{"umod", IR_ACT_UMOD}, {"ufunc", IR_ACT_UFUNC}, {"uaddr", IR_ACT_UADDR},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (name && strcmp(kinds[i].name, name) == 0)
			return kinds[i].action;
	return IR_ACT_SYM;
}

struct ir_type lower_type(struct lower *w, struct type *t, int line)
{
	struct type *r = type_resolve(t);

	switch (r->kind) {
	case TY_INT:
	case TY_ENUM:
		return (struct ir_type){.kind = IR_INT, .size = (uint32_t)r->size, .is_signed = r->is_signed};
	case TY_PTR:
		return (struct ir_type){.kind = IR_INT, .size = 8};
	case TY_STRING:
		return (struct ir_type){.kind = IR_STRING};
	case TY_STACK: /* of a key: the first use says how deep (lower_agg) */
		return (struct ir_type){.kind = IR_STACK, .size = lower_stack(w, r->name, 0, 0)};
	case TY_SYM:
		return (struct ir_type){.kind = IR_SYM, .size = symbol_kind(r->name)};
	case TY_FLOAT:
	case TY_ARRAY:
	case TY_STRUCT:
	case TY_UNION:
		return (struct ir_type){.kind = IR_BYTES, .size = lower_size(w, t, line)};
	default:
		d_fail(&w->l->ctx, D_CG_DYN, line, "a value of type %s cannot be kept", type_name(&w->l->ctx, t));
	}
}

static uint32_t add_ctype(struct lower *w, struct type *t, const struct ir_ctype *c)
{
	uint32_t n = ir_build_ctype(&w->b, c);

	if (w->b.failed)
		d_fail(&w->l->ctx, D_UNKNOWN, 0, "out of memory");
	if (n >= w->ctypes_room) {
		uint32_t room = n * 2 + 16;
		struct type **list = d_alloc(&w->l->ctx, room * sizeof(*list)); /* NOLINT(bugprone-sizeof-expression) */

		if (w->ctypes)
			memcpy(list, w->ctypes, w->ctypes_room * sizeof(*list)); /* NOLINT(bugprone-sizeof-expression) */
		w->ctypes = list;
		w->ctypes_room = room;
	}
	w->ctypes[n] = t;
	return n;
}

static void struct_members(struct lower *w, struct type *r, struct ir_ctype *c, int line)
{
	struct ir_cmember *list;
	uint32_t n = 0, i = 0;

	for (struct type_member *m = r->members; m; m = m->next)
		n++;
	list = d_alloc(&w->l->ctx, (n + 1) * sizeof(*list));
	/* The members' types come first: theirs, and what those are made of. */
	for (struct type_member *m = r->members; m; m = m->next) {
		if (type_size(m->type) == 0 || type_resolve(m->type)->kind == TY_STRING)
			continue; /* a flexible array has nothing to show */
		list[i++] = (struct ir_cmember){
			.name = ir_build_string(&w->b, m->name ? m->name : "", m->name ? strlen(m->name) : 0),
			.type = lower_ctype(w, m->type, line), .bit_offset = (uint32_t)m->bit_offset, .bit_width = m->bit_width,
		};
	}
	c->members = w->b.p->ncmembers;
	c->nmembers = i;
	for (n = 0; n < i; n++)
		ir_build_cmember(&w->b, &list[n]);
}

static void enum_members(struct lower *w, struct type *r, struct ir_ctype *c)
{
	c->members = w->b.p->ncmembers;
	for (struct type_enumerator *e = r->values; e; e = e->next) {
		struct ir_cmember m = {.name = ir_build_string(&w->b, e->name, strlen(e->name)), .value = e->value};

		ir_build_cmember(&w->b, &m);
		c->nmembers++;
	}
}

uint32_t lower_ctype(struct lower *w, struct type *t, int line)
{
	static const unsigned kinds[] = {
		[TY_INT] = IR_C_INT, [TY_FLOAT] = IR_C_FLOAT, [TY_PTR] = IR_C_POINTER, [TY_ARRAY] = IR_C_ARRAY,
		[TY_STRUCT] = IR_C_STRUCT, [TY_UNION] = IR_C_UNION, [TY_ENUM] = IR_C_ENUM, [TY_STRING] = IR_C_STRING,
	};
	struct type *r = type_resolve(t);
	const char *name = type_name(&w->l->ctx, t);
	struct ir_ctype c = {0};

	for (uint32_t i = 1; i < w->b.p->nctypes; i++)
		if (w->ctypes[i] == t)
			return i;
	if ((unsigned)r->kind >= sizeof(kinds) / sizeof(kinds[0]) || kinds[r->kind] == IR_C_NONE)
		d_fail(&w->l->ctx, D_CG_DYN, line, "a value of type %s cannot be printed", name);
	c.kind = kinds[r->kind];
	c.name = ir_build_string(&w->b, name, strlen(name));
	c.is_signed = (r->kind == TY_INT || r->kind == TY_ENUM) && r->is_signed;
	if (r->kind != TY_STRING)
		c.size = lower_size(w, t, line);
	if (r->kind == TY_ARRAY) {
		c.base = lower_ctype(w, r->base, line);
		c.count = (uint32_t)r->count;
	} else if (r->kind == TY_STRUCT || r->kind == TY_UNION) {
		struct_members(w, r, &c, line);
	} else if (r->kind == TY_ENUM) {
		enum_members(w, r, &c);
	}
	return add_ctype(w, t, &c);
}

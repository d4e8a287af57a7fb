/* SPDX-License-Identifier: GPL-2.0-only
 * Structs, unions and enums: their members, and where those lie.
 */
#include "check.h"
#include "decl.h"
#include "state.h"

#define MEMBER_MAX 4096 /* members of a struct or union: each is looked for among the others */

static uint64_t round_up(uint64_t n, uint64_t to)
{
	return (n + to - 1) / to * to;
}

static uint64_t bit_width(struct lang *l, struct decl *m, struct type *type)
{
	int64_t width;

	if (!check_constant(l, m->bits, &width) || width < 0 || (width == 0 && m->name))
		d_fail(&l->ctx, D_DECL_BFCONST, m->line,
		       "positive integral constant expression expected as bit-field size");
	if (!type_is_int(type))
		d_fail(&l->ctx, D_DECL_BFTYPE, m->line, "invalid type for bit-field: %s", decl_shown(m->name));
	if ((uint64_t)width > type_size(type) * 8)
		d_fail(&l->ctx, D_DECL_BFSIZE, m->line, "bit-field too big for type: %s", decl_shown(m->name));
	return (uint64_t)width;
}

static void check_member(struct lang *l, struct type *owner, struct decl *m, struct type *type)
{
	struct type *t = type_resolve(type);
	uint64_t unused;

	if (m->storage != DC_NONE)
		d_fail(&l->ctx, D_DECL_CLASS, m->line,
		       "storage class may not be used with a member of a struct or union");
	if (!m->name && !m->bits && t->kind != TY_STRUCT && t->kind != TY_UNION)
		d_fail(&l->ctx, D_DECL_USELESS, m->line, "declaration of a member without a name");
	if (t->kind == TY_VOID)
		d_fail(&l->ctx, D_DECL_VOIDOBJ, m->line, "cannot have void member: %s", decl_shown(m->name));
	if (t->kind == TY_STRING || t->kind == TY_DYN || t->kind == TY_FUNC)
		d_fail(&l->ctx, D_DECL_DYNOBJ, m->line, "cannot have dynamic member: %s", decl_shown(m->name));
	if (t->kind == TY_FORWARD)
		d_fail(&l->ctx, D_DECL_INCOMPLETE, m->line, "incomplete struct/union/enum %s: %s",
		       type_name(&l->ctx, t), decl_shown(m->name));
	if (m->name ? type_find_member(owner, m->name, &unused) != NULL : false)
		d_fail(&l->ctx, D_DECL_MNAME, m->line, "member name redeclared: %s", m->name);
}

/* Names of an anonymous member's members must be new, too. */
static void check_inner(struct lang *l, struct type *owner, struct type *inner, int line)
{
	uint64_t unused;

	for (struct type_member *m = type_resolve(inner)->members; m; m = m->next) {
		if (m->name && type_find_member(owner, m->name, &unused))
			d_fail(&l->ctx, D_DECL_MNAME, line, "member name redeclared: %s", m->name);
		if (!m->name && !m->bit_width)
			check_inner(l, owner, m->type, line);
	}
}

/* Where a member goes, by the System V ABI: bit-fields fill up the unit of their type and never cross its border. */
static void place_member(struct type *owner, struct type_member *m, bool is_bits, bool is_named, uint64_t *end)
{
	uint64_t unit = type_size(m->type) * 8, align = type_align(m->type);

	if (owner->kind == TY_UNION) {
		m->bit_offset = 0;
		if (is_bits ? (m->bit_width + 7) / 8 > owner->size : type_size(m->type) > owner->size)
			owner->size = is_bits ? (m->bit_width + 7) / 8 : type_size(m->type);
	} else {
		if (!is_bits)
			*end = round_up(*end, align * 8);
		else if (m->bit_width == 0 || *end % unit + m->bit_width > unit)
			*end = round_up(*end, unit);
		m->bit_offset = *end;
		*end += is_bits ? m->bit_width : unit;
	}
	if ((!is_bits || is_named) && align > owner->align)
		owner->align = align;
}

static void lay_out(struct lang *l, struct type *t, struct decl *members)
{
	struct type_member **last = &t->members;
	uint64_t end = 0;
	unsigned count = 0;

	t->align = 1;
	t->size = 0;
	for (struct decl *d = members; d; d = d->next) {
		struct type *type = decl_type(l, d);
		struct type_member *m;

		if (++count > MEMBER_MAX)
			d_fail(&l->ctx, D_SYNTAX, d->line, "struct or union has more than %d members", MEMBER_MAX);
		check_member(l, t, d, type);
		m = d_alloc(&l->ctx, sizeof(*m));
		m->name = d->name;
		m->type = type;
		m->bit_width = d->bits ? (unsigned)bit_width(l, d, type) : 0;
		if (!d->name && !d->bits)
			check_inner(l, t, type, d->line);
		place_member(t, m, d->bits != NULL, d->name != NULL, &end);
		if (t->size > DECL_TYPE_MAX || end / 8 > DECL_TYPE_MAX)
			d_fail(&l->ctx, D_DECL_ARRBIG, d->line, "type is larger than %d bytes: %s", DECL_TYPE_MAX,
			       type_name(&l->ctx, t));
		if (d->bits && !d->name)
			continue; /* padding: takes its room and has no name */
		*last = m;
		last = &m->next;
	}
	if (t->kind == TY_STRUCT)
		t->size = (end + 7) / 8;
	t->size = round_up(t->size, t->align);
}

static void enumerate(struct lang *l, struct type *t, struct decl *values)
{
	struct type_enumerator **last = &t->values;
	int64_t next = 0;

	for (struct decl *d = values; d; d = d->next) {
		struct type_enumerator *e = d_alloc(&l->ctx, sizeof(*e));
		struct ident *i = sym_find(l, SCOPE_GLOBAL, d->name);

		if (d->bits && !check_constant(l, d->bits, &next))
			d_fail(&l->ctx, D_DECL_ENCONST, d->line,
			       "enumerator '%s' must be assigned to an integral constant expression", d->name);
		if (next > INT32_MAX || next < INT32_MIN)
			d_fail(&l->ctx, D_DECL_ENOFLOW, d->line, "enumerator '%s' value overflows INT_MAX", d->name);
		if (i)
			d_fail(&l->ctx, D_DECL_IDRED, d->line, "identifier redeclared: %s", d->name);
		i = sym_add(l, SCOPE_GLOBAL, ID_CONST, d->name, d->line);
		i->type = type_basic(TB_INT);
		i->value = e->value = next++;
		e->name = d->name;
		*last = e;
		last = &e->next;
	}
}

struct type *decl_tagged(struct lang *l, struct decl *d)
{
	static const struct {
		const char *word;
		enum type_kind kind;
	} kinds[] = { [DS_STRUCT] = { "struct", TY_STRUCT },
		      [DS_UNION] = { "union", TY_UNION },
		      [DS_ENUM] = { "enum", TY_ENUM } };
	const char *name = d->tag ? d_printf(&l->ctx, "%s %s", kinds[d->spec].word, d->tag) : NULL;
	struct type *t = !name ? NULL : d->defines ? sym_declared_type(l, name) : sym_find_type(l, name);

	if (!t) {
		t = d_alloc(&l->ctx, sizeof(*t));
		t->kind = TY_FORWARD;
		t->name = name;
		if (name)
			sym_add_type(l, name, t);
	}
	if (!d->defines)
		return t;
	if (t->kind != TY_FORWARD) {
		if (l->sym.in_prelude)
			return t;
		d_fail(&l->ctx, D_DECL_TYPERED, d->line, "type redeclared: %s", name);
	}
	if (d->spec == DS_ENUM) {
		enumerate(l, t, d->members);
		t->size = t->align = 4;
		t->is_signed = true;
	} else {
		/* Its members may point to it, but not hold it: it stays a forward type until it is laid out. */
		struct type body = { .kind = kinds[d->spec].kind, .name = d->tag };

		lay_out(l, &body, d->members);
		*t = body;
	}
	t->kind = kinds[d->spec].kind;
	t->name = d->tag;
	return t;
}

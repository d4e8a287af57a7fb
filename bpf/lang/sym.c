/* SPDX-License-Identifier: GPL-2.0-only
 * Names of a D program: hash tables that live as long as the compilation. What D brings with it is entered when it
 * is first asked for, so that a short script pays for nothing that it does not use.
 */
#include "sym.h"
#include "prelude.h"
#include "state.h"

#include "toolbox/lib/base.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *result, *params;
	unsigned flags;
} functions[] = {
#define D_FUNC(id, name, result, params, flags) { name, result, params, flags },
#include "functions.def"
#undef D_FUNC
};

static const struct {
	const char *name, *params;
	unsigned flags;
} actions[] = {
#define D_ACTION(id, name, params, flags) { name, params, flags },
#include "actions.def"
#undef D_ACTION
};

static const struct {
	const char *name, *type;
	unsigned flags;
} builtins[] = {
#define D_BUILTIN(id, name, type, flags) { name, type, flags },
#include "builtins.def"
#undef D_BUILTIN
};

static const struct constant {
	const char *name;
	int value;
} constants[] = {
#define D_CONST(name, value) { name, value },
#include "constants.def"
#undef D_CONST
};
static const struct standard_type {
	const char *name, *text;
} typedefs[] = {
#define D_TYPEDEF(name, text) { name, text },
#include "types.def"
#undef D_TYPEDEF
};

static const char *const aggfuncs[] = { /* in the order of ir_aggregation.func */
	"count", "sum", "min", "max", "avg", "stddev", "quantize", "lquantize", "llquantize",
};

static int compare_constant(const void *key, const void *row)
{
	return strcmp(key, ((const struct constant *)row)->name);
}

static int compare_typedef(const void *key, const void *row)
{
	return strcmp(key, ((const struct standard_type *)row)->name);
}

static const struct standard_type *find_typedef(const char *name)
{
	return bsearch(name, typedefs, countof(typedefs), sizeof(typedefs[0]), compare_typedef);
}

void sym_init(struct lang *l)
{
	memset(&l->sym, 0, sizeof(l->sym));
	l->sym.vars_end = &l->sym.vars;
	l->sym.aggs_end = &l->sym.aggs;
}

static unsigned hash(const char *s)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h ^ h >> 16;
}

static struct sym_scope *scope_of(struct lang *l, enum scope scope)
{
	return scope == SCOPE_SELF ? &l->sym.self : scope == SCOPE_THIS ? &l->sym.clause : &l->sym.global;
}

static struct ident *find_in(struct sym_scope *s, const char *name)
{
	if (s->buckets)
		for (struct ident *i = s->buckets[hash(name) % s->size]; i; i = i->next)
			if (strcmp(i->name, name) == 0)
				return i;
	return NULL;
}

static void grow(struct lang *l, struct sym_scope *s)
{
	struct sym_scope old = *s;

	s->size = old.size ? old.size * 2 : 64;
	s->buckets = d_alloc(&l->ctx, s->size * sizeof(struct ident *));
	for (unsigned b = 0; b < old.size; b++) {
		while (old.buckets[b]) {
			struct ident *i = old.buckets[b];
			unsigned h = hash(i->name) % s->size;

			old.buckets[b] = i->next;
			i->next = s->buckets[h];
			s->buckets[h] = i;
		}
	}
}

static struct ident *add_to(struct lang *l, struct sym_scope *s, enum ident_kind kind, const char *name, int line)
{
	struct ident *i = d_alloc(&l->ctx, sizeof(*i));
	unsigned h;

	if (s->used++ == s->size)
		grow(l, s);
	h = hash(name) % s->size;
	i->kind = kind;
	i->name = name;
	i->line = line;
	i->next = s->buckets[h];
	s->buckets[h] = i;
	return i;
}

struct ident *sym_add(struct lang *l, enum scope scope, enum ident_kind kind, const char *name, int line)
{
	struct ident *i = add_to(l, scope_of(l, scope), kind, name, line);

	i->scope = scope;
	if (kind == ID_VAR) {
		i->id = l->sym.nvars++;
		*l->sym.vars_end = i;
		l->sym.vars_end = &i->next_made;
	}
	return i;
}

struct ident *sym_add_agg(struct lang *l, const char *name, int line)
{
	struct ident *i = add_to(l, &l->sym.agg, ID_AGG, name, line);

	i->id = l->sym.naggs++;
	*l->sym.aggs_end = i;
	l->sym.aggs_end = &i->next_made;
	return i;
}

struct ident *sym_find_agg(struct lang *l, const char *name)
{
	return find_in(&l->sym.agg, name);
}

/* "string, [int], ..." of the .def files. */
static void read_params(struct lang *l, struct ident *i, const char *text)
{
	struct sym_param **end = &i->params;

	while (*text) {
		size_t n = strcspn(text, ",");
		bool optional = text[0] == '[';

		if (strncmp(text, "...", 3) == 0) {
			i->varargs = true;
		} else {
			struct sym_param *p = d_alloc(&l->ctx, sizeof(*p));

			if (text[0] != '@')
				p->type = sym_type_text(l, optional ? d_strndup(&l->ctx, text + 1, n - 2) :
								      d_strndup(&l->ctx, text, n));
			p->optional = optional;
			i->nparams++;
			i->nrequired += !optional;
			*end = p;
			end = &p->next;
		}
		text += n;
		text += strspn(text, ", ");
	}
}

static struct ident *add_standard(struct lang *l, enum ident_kind kind, const char *name, size_t id, unsigned flags)
{
	struct ident *i = sym_add(l, SCOPE_GLOBAL, kind, name, 0);

	i->id = (unsigned)id;
	i->flags = flags;
	return i;
}

/* A name that D brings with it, entered now. */
static struct ident *find_standard(struct lang *l, const char *name)
{
	struct ident *i;
	const struct constant *row;

	for (size_t n = 0; n < countof(builtins); n++)
		if (strcmp(builtins[n].name, name) == 0) {
			i = add_standard(l, ID_BUILTIN, builtins[n].name, n, builtins[n].flags);
			i->type = sym_type_text(l, builtins[n].type);
			return i;
		}
	for (size_t n = 0; n < countof(functions); n++)
		if (strcmp(functions[n].name, name) == 0) {
			i = add_standard(l, ID_FUNC, functions[n].name, n, functions[n].flags);
			i->type = sym_type_text(l, functions[n].result);
			read_params(l, i, functions[n].params);
			return i;
		}
	for (size_t n = 0; n < countof(actions); n++)
		if (strcmp(actions[n].name, name) == 0) {
			i = add_standard(l, ID_ACTION, actions[n].name, n, actions[n].flags);
			i->type = type_basic(TB_VOID);
			read_params(l, i, actions[n].params);
			return i;
		}
	for (size_t n = 0; n < countof(aggfuncs); n++)
		if (strcmp(aggfuncs[n], name) == 0)
			return add_standard(l, ID_AGGFUNC, aggfuncs[n], n, 0);
	row = bsearch(name, constants, countof(constants), sizeof(constants[0]), compare_constant);
	if (row) {
		i = add_standard(l, ID_CONST, row->name, 0, 0);
		i->type = type_basic(TB_INT);
		i->value = row->value;
		return i;
	}
	return NULL;
}

struct ident *sym_find(struct lang *l, enum scope scope, const char *name)
{
	struct ident *i = find_in(scope_of(l, scope), name);

	if (i || scope != SCOPE_GLOBAL)
		return i;
	i = find_standard(l, name);
	if (!i && !l->sym.has_prelude && prelude_has(name)) {
		prelude_load(l);
		i = find_in(&l->sym.global, name);
	}
	return i;
}

bool sym_is_typename(const char *name)
{
	return find_typedef(name) || prelude_has_type(name);
}

static struct type *find_type(struct lang *l, const char *name)
{
	if (l->sym.types)
		for (struct sym_typename *t = l->sym.types[hash(name) % SYM_BUCKETS]; t; t = t->next)
			if (strcmp(t->name, name) == 0)
				return t->type;
	return NULL;
}

void sym_add_type(struct lang *l, const char *name, struct type *type)
{
	struct sym_typename *t = d_alloc(&l->ctx, sizeof(*t));
	unsigned h = hash(name) % SYM_BUCKETS;

	if (!l->sym.types)
		l->sym.types = d_alloc(&l->ctx, SYM_BUCKETS * sizeof(struct sym_typename *));
	t->name = name;
	t->type = type;
	t->next = l->sym.types[h];
	l->sym.types[h] = t;
}

struct type *sym_add_typedef(struct lang *l, const char *name, struct type *base)
{
	struct type *t = d_alloc(&l->ctx, sizeof(*t));

	t->kind = TY_TYPEDEF;
	t->name = name;
	t->base = base;
	sym_add_type(l, name, t);
	return t;
}

struct type *sym_declared_type(struct lang *l, const char *name)
{
	struct type *t = find_type(l, name);
	const struct standard_type *standard = t ? NULL : find_typedef(name);

	return standard ? sym_add_typedef(l, standard->name, sym_type_text(l, standard->text)) : t;
}

struct type *sym_find_type(struct lang *l, const char *name)
{
	struct type *t = sym_declared_type(l, name);

	if (!t && !l->sym.has_prelude && prelude_has_type(name)) {
		prelude_load(l);
		t = find_type(l, name);
	}
	return t;
}

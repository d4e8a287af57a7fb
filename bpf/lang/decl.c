/* SPDX-License-Identifier: GPL-2.0-only
 * Declarations of C and D. Differences from C are the guide's: no initializers, no functions, classes self and this,
 * type string, and associative arrays, whose subscript is a list of types.
 */
#include "decl.h"
#include "check.h"
#include "state.h"

#include <string.h>

#define OBJECT_MAX (1u << 20) /* bytes of a variable */

const char *decl_shown(const char *name)
{
	return name ? name : "(unnamed)";
}

/* What the words of a specifier may not be together. */
static void check_words(struct lang *l, struct decl *d, struct type *named)
{
	unsigned sign = d->attr & (DA_SIGNED | DA_UNSIGNED), length = d->attr & (DA_SHORT | DA_LONG | DA_LONGLONG);

	if (sign == (DA_SIGNED | DA_UNSIGNED) || (length & DA_SHORT && length != DA_SHORT))
		d_fail(&l->ctx, D_DECL_COMBO, d->line, "invalid type combination");
	if (d->spec == DS_VOID && (sign || length))
		d_fail(&l->ctx, D_DECL_VOIDATTR, d->line, "attributes may not be used with void type");
	if (d->spec == DS_CHAR && length)
		d_fail(&l->ctx, D_DECL_CHARATTR, d->line, "short and long may not be used with char type");
	if (sign && d->spec != DS_NONE && d->spec != DS_INT && d->spec != DS_CHAR)
		d_fail(&l->ctx, D_DECL_SIGNINT, d->line, "signed and unsigned may only be used with integer type");
	if (length && d->spec != DS_NONE && d->spec != DS_INT && !(d->spec == DS_DOUBLE && length == DA_LONG))
		d_fail(&l->ctx, D_DECL_LONGINT, d->line,
		       "short, long and long long may only be used with integer or floating-point type%s%s",
		       named ? ", not with " : "", named ? type_name(&l->ctx, named) : "");
}

static enum type_basic integer_of(const struct decl *d)
{
	bool u = d->attr & DA_UNSIGNED;

	if (d->spec == DS_CHAR)
		return u ? TB_UCHAR : d->attr & DA_SIGNED ? TB_SCHAR : TB_CHAR;
	if (d->attr & DA_SHORT)
		return u ? TB_USHORT : TB_SHORT;
	if (d->attr & DA_LONGLONG)
		return u ? TB_ULLONG : TB_LLONG;
	if (d->attr & DA_LONG)
		return u ? TB_ULONG : TB_LONG;
	return u ? TB_UINT : TB_INT;
}

static struct type *named_type(struct lang *l, struct decl *d)
{
	struct type *t = sym_find_type(l, d->tag);

	if (!t)
		d_fail(&l->ctx, D_TYPE_ERR, d->line, "failed to resolve type %s: %s", d->tag,
		       strchr(d->tag, '`') ? "there are no types of modules" : "Type information for it is not there");
	return t;
}

static struct type *spec_type(struct lang *l, struct decl *d)
{
	struct type *t = NULL;

	if (d->same)
		return spec_type(l, d->same);
	if (d->spec_type)
		return d->spec_type;
	if (d->spec == DS_NAME)
		t = named_type(l, d);
	check_words(l, d, t);
	switch (d->spec) {
	case DS_NONE:
	case DS_INT:
	case DS_CHAR: t = type_basic(integer_of(d)); break;
	case DS_VOID: t = type_basic(TB_VOID); break;
	case DS_FLOAT: t = type_basic(TB_FLOAT); break;
	case DS_DOUBLE: t = type_basic(d->attr & DA_LONG ? TB_LDOUBLE : TB_DOUBLE); break;
	case DS_STRING: t = type_basic(TB_STRING); break;
	case DS_NAME: break;
	case DS_STRUCT:
	case DS_UNION:
	case DS_ENUM: t = decl_tagged(l, d); break;
	}
	if (d->attr & DA_CONST)
		t = type_const(&l->ctx, t);
	d->spec_type = t;
	return t;
}

static struct type *array_of(struct lang *l, struct decl *d, struct declarator *a, struct type *of)
{
	struct type *t = type_resolve(of);
	int64_t count = 0;

	if (a->size && (!check_constant(l, a->size, &count) || count < 0))
		d_fail(&l->ctx, D_DECL_ARRSUB, d->line,
		       "positive integral constant expression or tuple signature expected as array declaration "
		       "subscript");
	if (t->kind == TY_VOID)
		d_fail(&l->ctx, D_DECL_VOIDOBJ, d->line, "cannot have array of void: %s", decl_shown(d->name));
	if (t->kind == TY_FORWARD)
		d_fail(&l->ctx, D_DECL_INCOMPLETE, d->line, "cannot have array of incomplete type %s: %s",
		       type_name(&l->ctx, of), decl_shown(d->name));
	if (t->kind == TY_FUNC || t->kind == TY_STRING || t->kind == TY_DYN)
		d_fail(&l->ctx, D_DECL_DYNOBJ, d->line, "cannot have array of %s: %s", type_name(&l->ctx, of),
		       decl_shown(d->name));
	if (t->size && (uint64_t)count > DECL_TYPE_MAX / t->size)
		d_fail(&l->ctx, D_DECL_ARRBIG, d->line, "array dimension too big: %s", decl_shown(d->name));
	return type_array(&l->ctx, of, (uint64_t)count);
}

/* One of the parameters of a prototype; position from 0, last if it is the last. */
static struct type *param_type(struct lang *l, struct decl *p, bool alone)
{
	struct type *t = decl_type(l, p), *r = type_resolve(t), *node;

	if (p->storage != DC_NONE && p->storage != DC_REGISTER)
		d_fail(&l->ctx, D_DECL_PARMCLASS, p->line,
		       "inappropriate storage class in function or associative array parameter");
	if (r->kind == TY_VOID) {
		if (p->name)
			d_fail(&l->ctx, D_DECL_PROTO_NAME, p->line, "void parameter may not have a name: %s", p->name);
		if (!alone)
			d_fail(&l->ctx, D_DECL_PROTO_VOID, p->line, "void must be the sole parameter");
	}
	if (r->kind == TY_ARRAY)
		t = type_pointer(&l->ctx, r->base);
	node = d_alloc(&l->ctx, sizeof(*node)); /* a name of our own for it, so that it can be in a list */
	node->kind = TY_TYPEDEF;
	node->base = t;
	return node;
}

static struct type *function_of(struct lang *l, struct decl *d, struct declarator *f, struct type *result)
{
	struct type *t = d_alloc(&l->ctx, sizeof(*t)), **last = &t->params;
	enum type_kind kind = type_resolve(result)->kind;

	if (kind == TY_FUNC || kind == TY_ARRAY)
		d_fail(&l->ctx, D_DECL_PROTO_FORM, d->line, "function may not return a%s: %s",
		       kind == TY_FUNC ? " function" : "n array", decl_shown(d->name));
	t->kind = TY_FUNC;
	t->base = result;
	t->align = 1;
	t->varargs = f->varargs;
	for (struct decl *p = f->params; p; p = p->next) {
		struct type *param = param_type(l, p, p == f->params && !p->next && !f->varargs);

		if (type_resolve(param)->kind == TY_VOID)
			break; /* (void): it has none */
		*last = param;
		last = &param->next_param;
	}
	return t;
}

static struct type *apply(struct lang *l, struct decl *d, struct declarator *first, struct type *t)
{
	struct declarator **list;
	unsigned n = 0;

	for (struct declarator *x = first; x; x = x->next)
		n++;
	list = d_alloc(&l->ctx, (n + 1) * sizeof(struct declarator *));
	n = 0;
	for (struct declarator *x = first; x; x = x->next)
		list[n++] = x;
	/* From the specifier inwards, so that each is made of a type that is complete. */
	while (n-- > 0) {
		struct declarator *x = list[n];

		switch (x->kind) {
		case DECL_PTR:
			t = type_pointer(&l->ctx, t);
			t->is_userland = (d->same ? d->same : d)->attr & DA_USERLAND;
			if (x->is_const)
				t = type_const(&l->ctx, t);
			break;
		case DECL_ARRAY: t = array_of(l, d, x, t); break;
		case DECL_FUNC: t = function_of(l, d, x, t); break;
		case DECL_KEYS:
			d_fail(&l->ctx, D_DECL_DYNOBJ, d->line, "cannot have an associative array here: %s",
			       decl_shown(d->name));
		}
	}
	return t;
}

struct type *decl_type(struct lang *l, struct decl *d)
{
	return apply(l, d, d->declarator, spec_type(l, d));
}

struct type *decl_object_type(struct lang *l, struct decl *d, struct declarator **keys)
{
	struct declarator *first = d->declarator;

	*keys = first && first->kind == DECL_KEYS ? first : NULL;
	return apply(l, d, *keys ? first->next : first, spec_type(l, d));
}

struct sym_param *decl_keys(struct lang *l, struct declarator *keys, unsigned *count)
{
	struct sym_param *list = NULL, **last = &list;

	*count = 0;
	for (struct decl *p = keys->params; p; p = p->next) {
		struct sym_param *k = d_alloc(&l->ctx, sizeof(*k));
		enum type_kind kind;

		k->type = param_type(l, p, !p->next && p == keys->params)->base;
		k->name = p->name;
		kind = type_resolve(k->type)->kind;
		if (kind == TY_VOID)
			d_fail(&l->ctx, D_DECL_PROTO_TYPE, p->line, "associative array may not have void keys");
		if (kind == TY_DYN || kind == TY_FUNC || kind == TY_FORWARD || kind == TY_STRUCT || kind == TY_UNION)
			d_fail(&l->ctx, D_DECL_PROTO_TYPE, p->line, "associative array may not have keys of type %s",
			       type_name(&l->ctx, k->type));
		*last = k;
		last = &k->next;
		if (++*count > IR_TUPLE_MAX)
			d_fail(&l->ctx, D_DECL_PROTO_FORM, p->line, "associative array has more than %d keys",
			       IR_TUPLE_MAX);
	}
	if (keys->varargs)
		d_fail(&l->ctx, D_DECL_PROTO_VARARGS, keys->params ? keys->params->line : 0,
		       "associative array may not use a variable-length key list");
	if (*count == 0)
		d_fail(&l->ctx, D_DECL_ARRNULL, 0, "array declaration requires array dimension or tuple signature");
	return list;
}

static void enter_typedef(struct lang *l, struct decl *d)
{
	struct type *t = decl_type(l, d), *old;

	if (!d->name)
		d_fail(&l->ctx, D_DECL_IDENT, d->line, "typedef must have a name");
	old = sym_declared_type(l, d->name);
	/* The types of D itself may be said once more, as headers do, if they stay what they are. */
	if (old && (l->sym.in_prelude || (type_same(old, t) && sym_is_typename(d->name))))
		return;
	if (old)
		d_fail(&l->ctx, D_DECL_TYPERED, d->line, "type redeclared: %s", d->name);
	if (sym_find(l, SCOPE_GLOBAL, d->name))
		d_fail(&l->ctx, D_DECL_IDRED, d->line, "global variable identifier redeclared: %s", d->name);
	sym_add_typedef(l, d->name, t);
}

static void check_object(struct lang *l, struct decl *d, struct type *type)
{
	struct type *t = type_resolve(type);

	switch (t->kind) {
	case TY_VOID: d_fail(&l->ctx, D_DECL_VOIDOBJ, d->line, "cannot have void object: %s", d->name);
	case TY_FUNC:
	case TY_DYN:
		d_fail(&l->ctx, D_DECL_DYNOBJ, d->line, "cannot have object of type %s: %s", type_name(&l->ctx, type),
		       d->name);
	case TY_FORWARD:
		d_fail(&l->ctx, D_DECL_INCOMPLETE, d->line, "incomplete struct/union/enum %s: %s",
		       type_name(&l->ctx, t), d->name);
	case TY_ARRAY:
		if (t->count == 0)
			d_fail(&l->ctx, D_DECL_ARRNULL, d->line,
			       "array declaration requires array dimension or tuple signature: %s", d->name);
		break;
	default: break;
	}
	if (t->size > OBJECT_MAX)
		d_fail(&l->ctx, D_DECL_ARRBIG, d->line, "object is larger than %u bytes: %s", OBJECT_MAX, d->name);
}

static bool same_keys(struct sym_param *a, struct sym_param *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (!type_same(a->type, b->type))
			return false;
	return !a && !b;
}

static const char *object_name(struct lang *l, struct type *t, bool is_assoc, struct sym_param *keys)
{
	const char *text = t ? type_name(&l->ctx, t) : "(unknown)";

	if (!is_assoc)
		return text;
	for (struct sym_param *k = keys; k; k = k->next)
		text = d_printf(&l->ctx, "%s%s%s", text, k == keys ? " [" : ", ",
				k->type ? type_name(&l->ctx, k->type) : "(any)");
	return d_printf(&l->ctx, "%s]", text);
}

static void enter_variable(struct lang *l, struct decl *d, enum scope scope)
{
	struct declarator *keys;
	struct type *t = decl_object_type(l, d, &keys);
	struct sym_param *params = NULL;
	struct ident *i;
	unsigned n = 0;

	check_object(l, d, t);
	if (keys && scope == SCOPE_THIS)
		d_fail(&l->ctx, D_DECL_LOCASSC, d->line,
		       "DTrace associative arrays may not be declared as local variables: %s", d->name);
	if (keys)
		params = decl_keys(l, keys, &n);
	i = sym_find(l, scope, d->name);
	if (i && (i->kind != ID_VAR || !i->type || !type_same(i->type, t) || i->is_assoc != (keys != NULL) ||
		  !same_keys(i->params, params)))
		d_fail(&l->ctx, D_DECL_IDRED, d->line, "identifier redeclared: %s\n\t current: %s\n\tprevious: %s",
		       d->name, object_name(l, t, keys != NULL, params),
		       object_name(l, i->type, i->is_assoc, i->params));
	if (!i && scope == SCOPE_GLOBAL && sym_declared_type(l, d->name))
		d_fail(&l->ctx, D_DECL_IDRED, d->line, "typedef identifier redeclared: %s", d->name);
	if (!i) {
		i = sym_add(l, scope, ID_VAR, d->name, d->line);
		i->type = t;
		i->params = params;
		i->nparams = i->nrequired = n;
		i->is_assoc = keys != NULL;
	}
	i->is_declared = true;
}

static void enter_one(struct lang *l, struct decl *d)
{
	bool defines_type = d->spec == DS_STRUCT || d->spec == DS_UNION || d->spec == DS_ENUM;

	if (d->name && strchr(d->name, '`'))
		d_fail(&l->ctx, D_DECL_SCOPE, d->line, "scoping operator may not be used in a declaration name: %s",
		       d->name);
	switch (d->storage) {
	case DC_TYPEDEF: enter_typedef(l, d); return;
	case DC_EXTERN: /* a symbol of the kernel: it may be declared, but is not there to be read */
		decl_type(l, d);
		return;
	case DC_AUTO:
	case DC_REGISTER:
	case DC_STATIC: d_fail(&l->ctx, D_DECL_BADCLASS, d->line, "specified storage class not appropriate in D");
	case DC_NONE:
	case DC_SELF:
	case DC_THIS: break;
	}
	if (d->name) {
		enter_variable(l, d,
			       d->storage == DC_SELF   ? SCOPE_SELF
			       : d->storage == DC_THIS ? SCOPE_THIS
						       : SCOPE_GLOBAL);
		return;
	}
	decl_type(l, d);
	if (d->storage != DC_NONE || d->declarator || !defines_type || (!d->tag && d->spec != DS_ENUM))
		d_fail(&l->ctx, D_DECL_USELESS, d->line,
		       "useless declaration: it declares neither a variable nor a type");
}

void decl_enter(struct lang *l, struct decl *d)
{
	for (; d; d = d->next)
		enter_one(l, d);
}

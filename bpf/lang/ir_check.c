/* SPDX-License-Identifier: GPL-2.0-only
 * Whether a program is one that the back ends may take without looking again: every index is in range, every operand is of
 * its instruction's kind, every jump leads forwards, and all sizes are bounded. It is the wall between an untrusted compiler
 * and what runs its output, so nothing here trusts anything.
 *
 * Clauses, their blocks and the blocks' instructions lie one after the other without gaps, so that the work is linear.
 */
#include "ir.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ir_ops.h"

#define COUNT_MAX (1u << 26) /* of anything */
#define STRING_MAX (1u << 20)

struct check {
	const struct ir_program *p;
	const struct ir_clause *c;
	uint32_t ci, bi, ii; /* clause, block of it, instruction of that */
	char *error;
	size_t size;
};

static bool __attribute__((format(printf, 2, 3))) wrong(struct check *k, const char *fmt, ...)
{
	char why[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	if (k->c)
		snprintf(k->error, k->size, "clause %u, block %u, instruction %u: %s", k->ci, k->bi, k->ii, why);
	else
		snprintf(k->error, k->size, "%s", why);
	return false;
}

static bool in(uint32_t first, uint32_t n, uint32_t all)
{
	return first <= all && n <= all - first;
}

static bool width_ok(uint32_t w)
{
	return w == 1 || w == 2 || w == 4 || w == 8;
}

static bool is_sym_action(uint32_t a)
{
	return a == IR_ACT_SYM || a == IR_ACT_FUNC || a == IR_ACT_MOD || a == IR_ACT_USYM || a == IR_ACT_UFUNC ||
	       a == IR_ACT_UMOD || a == IR_ACT_UADDR;
}

static bool check_type(struct check *k, const struct ir_type *t)
{
	const struct ir_program *p = k->p;

	if (t->ctype && t->ctype >= p->nctypes)
		return wrong(k, "type %u for print() is not there", t->ctype);
	switch (t->kind) {
	case IR_INT:
		if (width_ok(t->size))
			break;
		return wrong(k, "an integer of %u bytes", t->size);
	case IR_STRING:
		if (t->size == 0)
			break;
		return wrong(k, "a string with a size");
	case IR_BYTES:
		if (t->size == 0 || t->size > IR_SLOT_MAX)
			return wrong(k, "bytes of size %u", t->size);
		break;
	case IR_STACK:
		if (t->size < p->nstacks)
			break;
		return wrong(k, "stack %u is not there", t->size);
	case IR_SYM:
		if (is_sym_action(t->size))
			break;
		return wrong(k, "a symbol of kind %u", t->size);
	default:
		return wrong(k, "a type of kind %u", (unsigned)t->kind);
	}
	if (t->ctype && (t->kind == IR_INT || t->kind == IR_BYTES) && p->ctypes[t->ctype].size != t->size)
		return wrong(k, "type %u for print() has another size", t->ctype);
	if (t->ctype && (t->kind == IR_STACK || t->kind == IR_SYM))
		return wrong(k, "a stack or symbol with a type for print()");
	if (t->ctype && (t->kind == IR_STRING) != (p->ctypes[t->ctype].kind == IR_C_STRING))
		return wrong(k, "type %u for print() is no string, or one too many", t->ctype);
	return true;
}

static bool check_members(struct check *k, uint32_t i, const struct ir_ctype *t)
{
	for (uint32_t m = 0; m < t->nmembers; m++) {
		const struct ir_cmember *f = &k->p->cmembers[t->members + m];
		const struct ir_ctype *ft;
		uint64_t bits;

		if (f->name >= k->p->nstrings)
			return wrong(k, "type %u: the name of member %u is not there", i, m);
		if (t->kind == IR_C_ENUM)
			continue;
		if (f->type == 0 || f->type >= i)
			return wrong(k, "type %u: member %u is of a later type", i, m);
		ft = &k->p->ctypes[f->type];
		bits = f->bit_width ? f->bit_width : (uint64_t)ft->size * 8;
		if (ft->kind == IR_C_STRING || (f->bit_width && (ft->kind != IR_C_INT && ft->kind != IR_C_ENUM)) ||
		    f->bit_width > ft->size * 8 || f->bit_offset + bits > (uint64_t)t->size * 8 ||
		    (!f->bit_width && f->bit_offset % 8 != 0))
			return wrong(k, "type %u: member %u does not fit", i, m);
		/* Read as its type at the byte where that is aligned, a bit-field must lie in it. */
		if (f->bit_width && f->bit_offset % (ft->size * 8) + f->bit_width > ft->size * 8)
			return wrong(k, "type %u: member %u crosses its type", i, m);
	}
	return true;
}

static bool check_ctypes(struct check *k)
{
	const struct ir_program *p = k->p;

	for (uint32_t i = 0; i < p->nctypes; i++) {
		const struct ir_ctype *t = &p->ctypes[i];
		bool has_members = t->kind == IR_C_ENUM || t->kind == IR_C_STRUCT || t->kind == IR_C_UNION;

		if (i == 0) {
			if (t->kind != IR_C_NONE)
				return wrong(k, "type 0 is not the empty one");
			continue;
		}
		if ((unsigned)t->kind > IR_C_UNION || t->kind == IR_C_NONE)
			return wrong(k, "type %u is of no kind", i);
		if (t->name >= p->nstrings)
			return wrong(k, "the name of type %u is not there", i);
		if (t->kind == IR_C_STRING ? t->size != 0 : t->size == 0 || t->size > IR_SLOT_MAX)
			return wrong(k, "type %u has size %u", i, t->size);
		if ((t->kind == IR_C_INT || t->kind == IR_C_ENUM || t->kind == IR_C_POINTER) && !width_ok(t->size))
			return wrong(k, "type %u has size %u", i, t->size);
		if (!in(t->members, t->nmembers, p->ncmembers) || (t->nmembers && !has_members) || t->nmembers > 65536)
			return wrong(k, "the members of type %u are not there", i);
		if (t->kind == IR_C_ARRAY) {
			const struct ir_ctype *base;

			if (t->base == 0 || t->base >= i)
				return wrong(k, "type %u is an array of a later one", i);
			base = &p->ctypes[t->base];
			if (base->kind == IR_C_STRING || t->count == 0 || (uint64_t)base->size * t->count != t->size)
				return wrong(k, "type %u is no array", i);
		} else if (t->base || t->count) {
			return wrong(k, "type %u has elements", i);
		}
		if (!check_members(k, i, t))
			return false;
	}
	return true;
}

static bool check_keys(struct check *k, uint32_t keys, uint32_t n, bool of_agg)
{
	if (n > IR_TUPLE_MAX || !in(keys, n, k->p->nkeytypes))
		return wrong(k, "a key of %u parts", n);
	for (uint32_t i = 0; i < n; i++) {
		const struct ir_type *t = &k->p->keytypes[keys + i];

		if (!check_type(k, t))
			return false;
		if (!of_agg && (t->kind == IR_STACK || t->kind == IR_SYM))
			return wrong(k, "a stack or symbol is the key of an array");
	}
	return true;
}

static bool check_tables(struct check *k)
{
	const struct ir_program *p = k->p;

	if (p->strsize < IR_STRSIZE_MIN || p->strsize > IR_STRSIZE_MAX)
		return wrong(k, "strsize %u", p->strsize);
	for (uint32_t i = 0; i < p->nstrings; i++)
		if (!p->strings[i].p || p->strings[i].len > STRING_MAX)
			return wrong(k, "string %u is not there", i);
	for (uint32_t i = 0; i < p->options.n; i++)
		if (p->options.set[i].name >= p->nstrings || p->options.set[i].value >= p->nstrings)
			return wrong(k, "option %u has no text", i);
	for (uint32_t i = 0; i < p->nstacks; i++)
		if ((unsigned)p->stacks[i].kind > IR_STACK_JAVA || p->stacks[i].frames > 65536 || p->stacks[i].strsize > STRING_MAX)
			return wrong(k, "stack %u is out of range", i);
	if (!check_ctypes(k))
		return false;
	for (uint32_t i = 0; i < p->nvars; i++) {
		const struct ir_var *v = &p->vars[i];

		if (v->name >= p->nstrings || (unsigned)v->scope > IR_THIS)
			return wrong(k, "variable %u has no name or scope", i);
		if (!check_type(k, &v->type) || !check_keys(k, v->keys, v->nkeys, false))
			return false;
		if (v->type.kind == IR_STACK || v->type.kind == IR_SYM || (v->scope == IR_THIS && v->nkeys))
			return wrong(k, "variable %u cannot be of its type", i);
	}
	for (uint32_t i = 0; i < p->naggs; i++) {
		const struct ir_aggregation *a = &p->aggs[i];

		if (a->name >= p->nstrings || (unsigned)a->func > IR_AGG_LLQUANTIZE)
			return wrong(k, "aggregation %u has no name or function", i);
		if (!check_keys(k, a->keys, a->nkeys, true))
			return false;
		if (a->func >= IR_AGG_QUANTIZE && ir_agg_buckets(a) == 0)
			return wrong(k, "aggregation %u has wrong parameters", i);
	}
	return true;
}

static bool check_actions(struct check *k, const struct ir_clause *c)
{
	const struct ir_program *p = k->p;

	for (uint32_t i = 0; i < c->nactions; i++) {
		const struct ir_action *a = &p->actions[c->actions + i];

		if (a->kind >= IR_ACT_COUNT)
			return wrong(k, "an action of kind %u", a->kind);
		if (a->format >= p->nstrings)
			return wrong(k, "the format of an action is not there");
		if (a->ntypes > IR_ARGS_MAX || !in(a->types, a->ntypes, p->nkeytypes) || a->naggs > IR_ARGS_MAX ||
		    !in(a->aggs, a->naggs, p->nagg_refs))
			return wrong(k, "the values of an action are not there");
		for (uint32_t t = 0; t < a->ntypes; t++)
			if (!check_type(k, &p->keytypes[a->types + t]))
				return false;
		for (uint32_t g = 0; g < a->naggs; g++)
			if (p->agg_refs[a->aggs + g] >= p->naggs)
				return wrong(k, "aggregation %u is not there", p->agg_refs[a->aggs + g]);
	}
	return true;
}

static bool reg(const struct check *k, uint16_t r)
{
	return r < k->c->nregs;
}

static bool slot(const struct check *k, uint16_t s)
{
	return s < k->c->nslots;
}

/* 0: a string */
static uint32_t slot_size(const struct check *k, uint16_t s)
{
	return k->p->slotsizes[k->c->slot_sizes + s];
}

static uint32_t slot_bytes(const struct check *k, uint16_t s)
{
	return slot_size(k, s) ? slot_size(k, s) : k->p->strsize;
}

static bool operand(struct check *k, char kind, uint16_t n, const char *what)
{
	bool ok = kind == 'r'	? reg(k, n)
		  : kind == 's' ? slot(k, n)
		  : kind == 'R' ? n == IR_NONE || reg(k, n)
				: n == IR_NONE;

	return ok || wrong(k, "operand %s is %u", what, n);
}

static bool is_string_slot(struct check *k, uint16_t s)
{
	return (slot(k, s) && slot_size(k, s) == 0) || wrong(k, "s%u is no string", s);
}

static bool check_arg(struct check *k, const struct ir_arg *a, const struct ir_type *t)
{
	switch (t->kind) {
	case IR_INT:
	case IR_SYM:
		return (a->kind == IR_ARG_REG && reg(k, a->n)) || wrong(k, "an argument is no integer");
	case IR_STRING:
		return (a->kind == IR_ARG_SLOT && slot(k, a->n) && slot_size(k, a->n) == 0) ||
		       wrong(k, "an argument is no string");
	case IR_BYTES:
		return (a->kind == IR_ARG_SLOT && slot(k, a->n) && slot_size(k, a->n) == t->size) ||
		       wrong(k, "an argument has not %u bytes", t->size);
	case IR_STACK:
		/* How deep may differ from the declared one, what stack it is may not. */
		return (a->kind == IR_ARG_STACK && a->n < k->p->nstacks && k->p->stacks[a->n].kind == k->p->stacks[t->size].kind) ||
		       wrong(k, "an argument is no stack");
	}
	return wrong(k, "an argument of no type");
}

static bool check_args(struct check *k, const struct ir_ins *i, uint32_t types, uint32_t n)
{
	if (i->nargs != n)
		return wrong(k, "%u arguments where %u belong", i->nargs, n);
	for (uint32_t a = 0; a < n; a++)
		if (!check_arg(k, &k->p->args[i->args + a], &k->p->keytypes[types + a]))
			return false;
	return true;
}

static bool check_call(struct check *k, const struct ir_ins *i)
{
	struct ir_signature s;

	if (i->imm < 0 || i->imm >= IR_FUNC_COUNT || i->imm == IR_FUNC_SPECULATION)
		return wrong(k, "function %lld", (long long)i->imm);
	s = ir_func_signature((unsigned)i->imm);
	if (i->nargs < s.least || i->nargs > s.most)
		return wrong(k, "%u arguments of %s", i->nargs, ir_func_names[i->imm]);
	for (uint32_t a = 0; a < i->nargs; a++) {
		const struct ir_arg *arg = &k->p->args[i->args + a];
		bool ok = s.args[a] == 'i' || (a == 0 && s.null_first && arg->kind == IR_ARG_REG)
				  ? arg->kind == IR_ARG_REG && reg(k, arg->n)
				  : arg->kind == IR_ARG_SLOT && slot(k, arg->n) && slot_size(k, arg->n) == 0;

		if (!ok)
			return wrong(k, "argument %u of %s", a + 1, ir_func_names[i->imm]);
	}
	if (s.result == 's')
		return is_string_slot(k, i->d);
	return operand(k, s.result == '-' ? '-' : 'r', i->d, "d");
}

/* A part of a slot of bytes: offset imm, and size n from there, inside of it even where a register is added at run time. */
static bool check_part(struct check *k, uint16_t s, int64_t offset, uint64_t n)
{
	uint64_t size = slot_size(k, s);

	if (size == 0)
		return wrong(k, "s%u is a string", s);
	if (offset < 0 || n == 0 || n > size || (uint64_t)offset > size - n)
		return wrong(k, "%llu bytes at %lld of s%u", (unsigned long long)n, (long long)offset, s);
	return true;
}

static bool check_var(struct check *k, const struct ir_ins *i, bool as_slot, uint16_t s)
{
	const struct ir_var *v;

	if (i->imm < 0 || i->imm >= k->p->nvars)
		return wrong(k, "variable %lld is not there", (long long)i->imm);
	v = &k->p->vars[i->imm];
	if (as_slot ? v->type.kind == IR_INT : v->type.kind != IR_INT)
		return wrong(k, "variable %lld is of another kind", (long long)i->imm);
	if (as_slot && slot_size(k, s) != v->type.size)
		return wrong(k, "variable %lld has another size", (long long)i->imm);
	return check_args(k, i, v->keys, v->nkeys);
}

static bool check_jump(struct check *k, uint64_t to)
{
	return (to > k->bi && to < k->c->nblocks) || wrong(k, "a jump to block %llu", (unsigned long long)to);
}

static bool check_agg(struct check *k, const struct ir_ins *i)
{
	const struct ir_aggregation *a;

	if (i->imm < 0 || i->imm >= k->p->naggs)
		return wrong(k, "aggregation %lld is not there", (long long)i->imm);
	a = &k->p->aggs[i->imm];
	if ((i->a == IR_NONE) != (a->func == IR_AGG_COUNT) || (i->b != IR_NONE && a->func < IR_AGG_QUANTIZE))
		return wrong(k, "operands of %s", ir_aggfunc_names[a->func]);
	return check_args(k, i, a->keys, a->nkeys);
}

/* What the table of shapes does not say. */
static bool check_special(struct check *k, const struct ir_ins *i)
{
	const struct ir_program *p = k->p;

	switch (i->op) {
	case IR_STR:
		if (i->imm < 0 || i->imm >= p->nstrings)
			return wrong(k, "string %lld is not there", (long long)i->imm);
		return is_string_slot(k, i->d);
	case IR_STRCMP:
		return is_string_slot(k, i->a) && is_string_slot(k, i->b);
	case IR_JMP:
		return i->imm >= 0 && check_jump(k, (uint64_t)i->imm);
	case IR_BR:
		return (i->imm >= 0 || wrong(k, "a jump backwards")) && check_jump(k, (uint64_t)i->imm) && check_jump(k, i->imm2);
	case IR_BUILTIN:
	case IR_BUILTIN_STR:
		if (i->imm < 0 || i->imm >= IR_VAR_COUNT ||
		    ir_builtin_result((unsigned)i->imm) != (i->op == IR_BUILTIN ? 'i' : 's'))
			return wrong(k, "built-in variable %lld", (long long)i->imm);
		if (ir_builtin_is_array((unsigned)i->imm) != (i->b != IR_NONE))
			return wrong(k, "the index of %s", ir_builtin_names[i->imm]);
		return i->op == IR_BUILTIN || is_string_slot(k, i->d);
	case IR_LDVAR:
	case IR_STVAR:
		return check_var(k, i, false, 0);
	case IR_LDVARS:
		return check_var(k, i, true, i->d);
	case IR_STVARS:
		return check_var(k, i, true, i->a);
	case IR_LOADS:
		return check_part(k, i->a, i->imm, i->width);
	case IR_STORES:
		return check_part(k, i->d, i->imm, i->width);
	case IR_MOVS:
		if (slot_size(k, i->a) == 0) /* a string as a whole */
			return (is_string_slot(k, i->d) && i->imm == 0 && i->imm2 == 0 && i->b == IR_NONE) ||
			       wrong(k, "a part of a string");
		return check_part(k, i->a, i->imm, i->imm2) &&
		       (slot_size(k, i->d) == 0 || i->imm2 <= slot_size(k, i->d) || wrong(k, "more bytes than s%u has", i->d));
	case IR_PUTS:
		return check_part(k, i->d, i->imm, i->imm2) &&
		       (slot_size(k, i->a) == 0 || i->imm2 <= slot_size(k, i->a) || wrong(k, "more bytes than s%u has", i->a));
	case IR_LOADB:
		return (i->imm >= (slot_size(k, i->d) ? 1 : 0) && i->imm <= slot_bytes(k, i->d)) ||
		       wrong(k, "%lld bytes into s%u", (long long)i->imm, i->d);
	case IR_STOREB:
		return (i->imm >= 1 && i->imm <= slot_bytes(k, i->a)) || wrong(k, "%lld bytes of s%u", (long long)i->imm, i->a);
	case IR_CALL:
		return check_call(k, i);
	case IR_HOST:
		if (i->imm == IR_ACT_RAISE || i->imm == IR_ACT_CHILL)
			return reg(k, i->a) || wrong(k, "an action without its argument");
		return ((i->imm == IR_ACT_STOP || i->imm == IR_ACT_PANIC || i->imm == IR_ACT_BREAKPOINT) && i->a == IR_NONE) ||
		       wrong(k, "action %lld", (long long)i->imm);
	case IR_AGG:
		return check_agg(k, i);
	case IR_RECORD:
		if (i->imm < 0 || i->imm >= k->c->nactions)
			return wrong(k, "action %lld is not there", (long long)i->imm);
		return check_args(k, i, p->actions[k->c->actions + i->imm].types, p->actions[k->c->actions + i->imm].ntypes);
	default:
		return true;
	}
}

static bool check_ins(struct check *k, const struct ir_ins *i, bool last)
{
	const struct ir_shape *s;

	if ((unsigned)i->op >= IR_OP_COUNT)
		return wrong(k, "operation %u", (unsigned)i->op);
	s = &ir_shapes[i->op];
	if (s->ends != last)
		return wrong(k, last ? "a block without an end" : "%s inside of a block", s->name);
	if (s->width ? !width_ok(i->width) : i->width != 0 || i->is_signed)
		return wrong(k, "a width of %u", i->width);
	if (!in(i->args, i->nargs, k->p->nargs) || (i->nargs && !s->args) || i->nargs > IR_ARGS_MAX)
		return wrong(k, "arguments that are not there");
	if ((s->imm == '-' && i->imm != 0) || (s->imm2 == '-' && i->imm2 != 0))
		return wrong(k, "a number too many");
	if (s->d != '*' && !operand(k, s->d, i->d, "d"))
		return false;
	return operand(k, s->a, i->a, "a") && operand(k, s->b, i->b, "b") && check_special(k, i);
}

static bool check_clause(struct check *k, const struct ir_clause *c, uint32_t *ins)
{
	const struct ir_program *p = k->p;
	uint64_t total = 0;

	if (c->probes >= p->nstrings)
		return wrong(k, "clause %u has no probes", k->ci);
	if (c->nregs > IR_REGS_MAX || c->nslots > IR_REGS_MAX || !in(c->slot_sizes, c->nslots, p->nslotsizes))
		return wrong(k, "clause %u: registers or slots out of range", k->ci);
	for (uint32_t i = 0; i < c->nslots; i++) {
		uint32_t size = p->slotsizes[c->slot_sizes + i];

		if (size > IR_SLOT_MAX || (total += size ? size : p->strsize) > IR_SLOTS_MAX)
			return wrong(k, "clause %u: slot %u is too large", k->ci, i);
	}
	if (!check_actions(k, c))
		return false;
	if (c->nblocks == 0)
		return wrong(k, "clause %u has no block", k->ci);
	k->c = c;
	for (k->bi = 0; k->bi < c->nblocks; k->bi++) {
		const struct ir_block *b = &p->blocks[c->blocks + k->bi];

		k->ii = 0;
		if (b->first != *ins || !in(b->first, b->count, p->nins) || b->count == 0)
			return wrong(k, "a block that is empty or not in its place");
		for (; k->ii < b->count; k->ii++)
			if (!check_ins(k, &p->ins[b->first + k->ii], k->ii + 1 == b->count))
				return false;
		*ins += b->count;
	}
	k->c = NULL;
	return true;
}

bool ir_check(const struct ir_program *p, char *error, size_t size)
{
	struct check k = {.p = p, .error = error, .size = size};
	uint32_t blocks = 0, ins = 0, actions = 0, slots = 0;
	const uint32_t counts[] = {p->nstrings, p->nins, p->nargs, p->nblocks, p->nkeytypes, p->nvars, p->naggs, p->nstacks,
				   p->nactions, p->nclauses, p->nslotsizes, p->nagg_refs, p->nctypes, p->ncmembers, p->options.n};

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		if (counts[i] > COUNT_MAX)
			return wrong(&k, "a list of %u", counts[i]);
	if (!check_tables(&k))
		return false;
	for (; k.ci < p->nclauses; k.ci++) {
		const struct ir_clause *c = &p->clauses[k.ci];

		if (c->blocks != blocks || !in(blocks, c->nblocks, p->nblocks) || c->actions != actions ||
		    !in(actions, c->nactions, p->nactions) || c->slot_sizes != slots)
			return wrong(&k, "clause %u is not in its place", k.ci);
		if (!check_clause(&k, c, &ins))
			return false;
		blocks += c->nblocks;
		actions += c->nactions;
		slots += c->nslots;
	}
	if (blocks != p->nblocks || ins != p->nins || actions != p->nactions)
		return wrong(&k, "parts that belong to no clause");
	return true;
}

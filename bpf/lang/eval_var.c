/* SPDX-License-Identifier: GPL-2.0-only
 * Variables. Global and this-> scalars have a place of their own; self-> variables and elements of associative arrays are
 * dynamic: they live in a hash table whose memory dynvarsize bounds, come at the first store of something that is not zero and go
 * when zero is stored, as the guide says ("Variables", "Thread-Local Variables").
 */
#include "eval_state.h"

#include <stdlib.h>
#include <string.h>

static size_t var_size(const struct eval *e, const struct ir_var *v)
{
	return v->type.kind == IR_INT ? sizeof(int64_t) : v->type.kind == IR_STRING ? e->p->strsize : v->type.size;
}

static bool is_dynamic(const struct ir_var *v)
{
	return v->nkeys || v->scope == IR_SELF;
}

bool eval_vars_init(struct eval *e)
{
	size_t globals = 0, this_vars = 0;

	e->var_at = calloc(e->p->nvars + 1, sizeof(*e->var_at));
	if (!e->var_at)
		return false;
	for (uint32_t i = 0; i < e->p->nvars; i++) {
		const struct ir_var *v = &e->p->vars[i];
		size_t *at = v->scope == IR_THIS ? &this_vars : &globals;

		if (is_dynamic(v))
			continue;
		e->var_at[i] = *at;
		*at += (var_size(e, v) + 7) & ~(size_t)7;
		if (*at > EVAL_VARS_MAX)
			return false;
	}
	e->this_size = this_vars;
	e->globals = calloc(1, globals + 1);
	e->dyn_size = 256;
	e->dyn = calloc(e->dyn_size, sizeof(struct eval_dynvar *));
	if (!e->globals || !e->dyn)
		return false;
	for (int i = 0; i < 2; i++) {
		e->level[i].this_vars = calloc(1, this_vars + 1);
		e->level[i].strtok = calloc(1, e->p->strsize);
		if (!e->level[i].this_vars || !e->level[i].strtok)
			return false;
	}
	return true;
}

void eval_vars_free(struct eval *e)
{
	for (size_t i = 0; e->dyn && i < e->dyn_size; i++) {
		for (struct eval_dynvar *v = e->dyn[i], *next; v; v = next) {
			next = v->next;
			free(v);
		}
	}
	free(e->dyn);
	free(e->var_at);
	free(e->globals);
	for (int i = 0; i < 2; i++) {
		free(e->level[i].this_vars);
		free(e->level[i].strtok);
	}
}

/* The frames of one stack, under the number of the type's. */
static enum ir_fault put_stack(struct eval *e, struct rec_writer *w, uint32_t taken, uint32_t index)
{
	const struct ir_stack *s = &e->p->stacks[taken];
	uint32_t max = s->frames, n = 0;
	uint64_t pid = 0;

	if (max == 0)
		max = s->kind == IR_STACK_KERNEL ? e->o.stackframes : s->kind == IR_STACK_USER ? e->o.ustackframes : e->o.jstackframes;
	if (max > EVAL_STACK_MAX)
		max = EVAL_STACK_MAX;
	if (e->env.stack)
		n = e->env.stack(e->env.cookie, s, e->frames, max, &pid);
	rec_put_stack(w, index, pid, e->frames, n < max ? n : max);
	return IR_FAULT_NONE;
}

static enum ir_fault put_sym(struct eval *e, struct rec_writer *w, const struct ir_type *t, int64_t address)
{
	int64_t pid = 0;
	bool user = t->size != IR_ACT_SYM && t->size != IR_ACT_FUNC && t->size != IR_ACT_MOD;

	if (user) {
		enum ir_fault f = e->env.builtin_int ? e->env.builtin_int(e->env.cookie, IR_VAR_PID, 0, &pid) : IR_FAULT_UPRIV;

		if (f != IR_FAULT_NONE)
			return f;
	}
	rec_put_sym(w, (uint64_t)pid, (uint64_t)address);
	return IR_FAULT_NONE;
}

static int64_t extended(int64_t v, const struct ir_type *t)
{
	return eval_fetch(&v, t->size, t->is_signed);
}

enum ir_fault eval_put_arg(struct eval *e, struct rec_writer *w, const struct ir_arg *a, const struct ir_type *t)
{
	switch (t->kind) {
	case IR_INT:
		rec_put_int(w, extended(e->regs[a->n], t));
		return IR_FAULT_NONE;
	case IR_STRING: {
		const char *s = eval_string(e, a->n);

		rec_put_bytes(w, s, strlen(s));
		return IR_FAULT_NONE;
	}
	case IR_BYTES:
		rec_put_bytes(w, eval_string(e, a->n), t->size);
		return IR_FAULT_NONE;
	case IR_STACK:
		return put_stack(e, w, a->n, t->size);
	case IR_SYM:
		return put_sym(e, w, t, e->regs[a->n]);
	}
	return IR_FAULT_ILLOP;
}

/* The key of a dynamic variable: the thread for self->, then the tuple. */
static enum ir_fault build_key(struct eval *e, const struct ir_ins *i, const struct ir_var *v, struct rec_writer *w)
{
	*w = (struct rec_writer){.buf = (unsigned char *)e->key, .max = EVAL_TUPLE_MAX};
	if (v->scope == IR_SELF) {
		if (!e->have_tid) {
			enum ir_fault f = e->env.builtin_int ? e->env.builtin_int(e->env.cookie, IR_VAR_TID, 0, &e->tid)
							     : IR_FAULT_UPRIV;

			if (f != IR_FAULT_NONE)
				return f;
			e->have_tid = true;
		}
		rec_put_int(w, e->tid);
	}
	for (uint32_t n = 0; n < i->nargs; n++) {
		enum ir_fault f = eval_put_arg(e, w, &e->p->args[i->args + n], &e->p->keytypes[v->keys + n]);

		if (f != IR_FAULT_NONE)
			return f;
	}
	return w->full ? IR_FAULT_TUPOFLOW : IR_FAULT_NONE;
}

static uint64_t hash_of(uint32_t var, const unsigned char *key, size_t len)
{
	uint64_t h = 14695981039346656037u ^ var;

	for (size_t i = 0; i < len; i += 8) { /* keys are multiples of 8 */
		uint64_t word;

		memcpy(&word, key + i, sizeof(word));
		h = (h ^ word) * 1099511628211u;
		h ^= h >> 29;
	}
	return h;
}

static struct eval_dynvar **find(struct eval *e, uint32_t var, uint64_t hash, const struct rec_writer *key)
{
	struct eval_dynvar **at = &e->dyn[hash & (e->dyn_size - 1)];

	while (*at && ((*at)->hash != hash || (*at)->var != var || (*at)->keylen != key->len ||
		       memcmp((*at)->bytes, key->buf, key->len) != 0))
		at = &(*at)->next;
	return at;
}

static void grow(struct eval *e)
{
	size_t size = e->dyn_size * 2;
	struct eval_dynvar **dyn = calloc(size, sizeof(struct eval_dynvar *));

	if (!dyn)
		return; /* longer chains, no harm */
	for (size_t i = 0; i < e->dyn_size; i++) {
		for (struct eval_dynvar *v = e->dyn[i], *next; v; v = next) {
			next = v->next;
			v->next = dyn[v->hash & (size - 1)];
			dyn[v->hash & (size - 1)] = v;
		}
	}
	free(e->dyn);
	e->dyn = dyn;
	e->dyn_size = size;
}

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static void store_dynamic(struct eval *e, uint32_t var, const struct rec_writer *key, const void *value, size_t size)
{
	uint64_t hash = hash_of(var, key->buf, key->len);
	struct eval_dynvar **at = find(e, var, hash, key), *v = *at;
	size_t need = sizeof(*v) + key->len + size;

	if (is_zero(value, size)) {
		if (v) {
			*at = v->next;
			e->dyn_used -= need;
			e->ndyn--;
			free(v);
		}
		return;
	}
	if (!v) {
		v = need <= e->o.dynvarsize && e->dyn_used <= e->o.dynvarsize - need ? malloc(need) : NULL;
		if (!v) {
			e->drops[EVAL_DROP_DYNAMIC]++;
			return;
		}
		*v = (struct eval_dynvar){.hash = hash, .var = var, .keylen = (uint32_t)key->len, .size = (uint32_t)size};
		memcpy(v->bytes, key->buf, key->len);
		e->dyn_used += need;
		if (++e->ndyn > e->dyn_size)
			grow(e);
		v->next = e->dyn[hash & (e->dyn_size - 1)];
		e->dyn[hash & (e->dyn_size - 1)] = v;
	}
	memcpy(v->bytes + v->keylen, value, size);
}

/* Where a scalar that is not dynamic lies. */
static unsigned char *place(struct eval *e, uint32_t var)
{
	return (e->p->vars[var].scope == IR_THIS ? e->now->this_vars : e->globals) + e->var_at[var];
}

enum ir_fault eval_ldvar(struct eval *e, const struct ir_ins *i)
{
	const struct ir_var *v = &e->p->vars[i->imm];
	size_t size = var_size(e, v);
	void *to = v->type.kind == IR_INT ? (void *)&e->regs[i->d] : (void *)eval_string(e, i->d);
	struct rec_writer key;
	const struct eval_dynvar *d;
	enum ir_fault f;

	if (!is_dynamic(v)) {
		memcpy(to, place(e, (uint32_t)i->imm), size);
		return IR_FAULT_NONE;
	}
	f = build_key(e, i, v, &key);
	if (f != IR_FAULT_NONE)
		return f;
	d = *find(e, (uint32_t)i->imm, hash_of((uint32_t)i->imm, key.buf, key.len), &key);
	if (d)
		memcpy(to, d->bytes + d->keylen, size);
	else
		memset(to, 0, size);
	return IR_FAULT_NONE;
}

enum ir_fault eval_stvar(struct eval *e, const struct ir_ins *i)
{
	const struct ir_var *v = &e->p->vars[i->imm];
	size_t size = var_size(e, v);
	int64_t value = 0;
	const void *from = &value;
	struct rec_writer key;
	enum ir_fault f;

	if (v->type.kind == IR_INT) {
		value = extended(e->regs[i->a], &v->type);
	} else {
		char *s = eval_string(e, i->a);

		if (v->type.kind == IR_STRING) { /* so that "" is all zero, and nothing stale is kept */
			size_t len = strlen(s);

			memset(s + len, 0, size - len);
		}
		from = s;
	}
	if (!is_dynamic(v)) {
		if (v->scope == IR_THIS)
			e->now->this_dirty = true;
		memcpy(place(e, (uint32_t)i->imm), from, size);
		return IR_FAULT_NONE;
	}
	f = build_key(e, i, v, &key);
	if (f == IR_FAULT_NONE)
		store_dynamic(e, (uint32_t)i->imm, &key, from, size);
	return f;
}

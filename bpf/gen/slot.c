/* SPDX-License-Identifier: GPL-2.0-only
 * Strings that are known by name: where a built-in variable lies in struct firing, the names of a probe, constants; and comparing them
 * without moving them.
 */
#include "code.h"

#include <string.h>

/* A built-in string that lies in struct firing. */
static bool lies_in_firing(uint32_t which, uint32_t *at, uint32_t *size)
{
	switch (which) {
#define FIELD(id, member) case IR_VAR_##id: *at = offsetof(struct firing, member); *size = sizeof(((struct firing *)0)->member); return true
	FIELD(EXECNAME, execname);
	FIELD(THREADNAME, comm);
	FIELD(XPSARGS, psargs);
	FIELD(XCLNAME, clname);
	FIELD(CWD, cwd);
	FIELD(ROOT, root);
#undef FIELD
	default:
		return false;
	}
}

/* Where a probe's name of a kind lies in struct gen_names. */
static uint32_t name_in(uint32_t which, uint32_t *size)
{
	switch (which) {
#define FIELD(id, member) case IR_VAR_##id: *size = sizeof(((struct gen_names *)0)->member); return offsetof(struct gen_names, member)
	FIELD(PROBEPROV, provider);
	FIELD(PROBEMOD, module);
	FIELD(PROBEFUNC, function);
	default:
	FIELD(PROBENAME, name);
#undef FIELD
	}
}

/* What a built-in string is, if that is known now. */
static const char *text_of(const struct code *k, uint32_t which)
{
	if (which == IR_VAR_ZONENAME)
		return k->g->f.zonename ? k->g->f.zonename : "";
	if (!k->in_error)
		return NULL;
	return which == IR_VAR_PROBEPROV ? "dtrace" : which == IR_VAR_PROBENAME ? "ERROR" :
	       which == IR_VAR_PROBEMOD || which == IR_VAR_PROBEFUNC ? "" : NULL;
}

/*	names = lookup(probes, id); slot = names ? names->function : ""		*/
static void fill_name(struct code *k, uint32_t which, uint32_t to)
{
	label none = code_label(k);
	uint32_t size, at = name_in(which, &size);

	code_store_imm_at(k, 8, to, 0);
	code_address(k, 2, (uint32_t)(offsetof(struct firing, target) + offsetof(struct target, probe) + k->call->probe * 4));
	code_map(k, 1, GEN_PROBES, 0);
	code_helper(k, BPF_FUNC_map_lookup_elem);
	code_jump_if_imm(k, BPF_JEQ, 0, 0, none);
	if (at)
		code_alu_imm(k, BPF_ADD, 0, at);
	code_copy(k, LOAD, to, size < k->g->str ? size : k->g->str);
	code_here(k, none);
	if (size > k->g->p->strsize) /* cut */
		code_store_imm_at(k, 1, to + k->g->p->strsize - 1, 0);
}

void slot_fill(struct code *k, uint16_t s, uint32_t to)
{
	uint32_t which = k->source_of[s], at, size;
	const char *text;

	if (k->source[s] == SLOT_TEXT) {
		code_text(k, to, k->g->p->strings[which].p, k->g->p->strings[which].len, k->g->p->strsize);
	} else if ((text = text_of(k, which))) {
		code_text(k, to, text, (uint32_t)strlen(text), k->g->p->strsize);
	} else if (lies_in_firing(which, &at, &size)) {
		if (size > k->g->p->strsize)
			size = k->g->p->strsize;
		code_address(k, 0, at);
		code_copy(k, LOAD, to, (size + 7) & ~7u);
		code_store_imm_at(k, 1, to + size - 1, 0);
	} else {
		fill_name(k, which, to);
	}
}

uint32_t slot_at(struct code *k, uint16_t s)
{
	uint32_t at, size;

	if (k->source[s] == SLOT_BUILTIN && !text_of(k, k->source_of[s]) && lies_in_firing(k->source_of[s], &at, &size) &&
	    size <= k->g->p->strsize)
		return at;
	if (k->source[s] != SLOT_OWN)
		slot_fill(k, s, slot_place(k, s));
	k->source[s] = SLOT_OWN;
	return slot_place(k, s);
}

bool slot_comparable(const struct code *k, uint16_t a, uint16_t b)
{
	uint16_t name = k->source[a] == SLOT_BUILTIN ? a : b, text = k->source[a] == SLOT_BUILTIN ? b : a;
	uint32_t at, size;

	return k->source[name] == SLOT_BUILTIN && k->source[text] == SLOT_TEXT && !text_of(k, k->source_of[name]) &&
	       lies_in_firing(k->source_of[name], &at, &size) && size <= k->g->p->strsize;
}

bool slot_equals(struct code *k, uint16_t a, uint16_t b, label differ)
{
	uint16_t name = k->source[a] == SLOT_BUILTIN ? a : b, text = k->source[a] == SLOT_BUILTIN ? b : a;
	uint32_t at, size, len;
	const char *s;

	if (!slot_comparable(k, a, b))
		return false;
	lies_in_firing(k->source_of[name], &at, &size);
	s = k->g->p->strings[k->source_of[text]].p;
	len = (uint32_t)strnlen(s, k->g->p->strings[k->source_of[text]].len);
	if (len >= size) { /* the name cannot be so long; a jump that always jumps would leave code that nothing reaches */
		code_jump_if_imm(k, BPF_JNE, 7, 0, differ);
		return true;
	}
	for (uint32_t n = 0; n <= len; n += 8) {
		uint32_t here = len + 1 - n < 8 ? len + 1 - n : 8; /* with the NUL */
		uint64_t word = 0;

		memcpy(&word, s + n, here == 8 && n + 8 <= len ? 8 : len - n);
		code_load_at(k, 8, 1, at + n);
		if (here < 8)
			code_alu_imm(k, BPF_AND, 1, (INT64_C(1) << here * 8) - 1);
		code_jump_if_imm(k, BPF_JNE, 1, (int64_t)word, differ);
	}
	return true;
}

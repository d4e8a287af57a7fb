/* SPDX-License-Identifier: GPL-2.0-only
 * Which library functions a leaf needs, and their places in it.
 */
#include "link.h"

#include <stdlib.h>
#include <string.h>

const struct link_shape link_shapes[LINK_COUNT] = {
#define LIB_FUNC(name, nargs, faults) {"lib_" #name, nargs, faults},
#include "bpf/kern/lib.def"
#undef LIB_FUNC
};

struct link_d link_d_func(enum ir_func f)
{
	switch (f) {
	case IR_FUNC_ALLOCA: return (struct link_d){true, LINK_alloca, 0};
	case IR_FUNC_BASENAME: return (struct link_d){true, LINK_basename, 0};
	case IR_FUNC_BCOPY: return (struct link_d){true, LINK_bcopy, 0};
	case IR_FUNC_CLEANPATH: return (struct link_d){true, LINK_cleanpath, 0};
	case IR_FUNC_COPYIN: return (struct link_d){true, LINK_copyin, 0};
	case IR_FUNC_COPYINSTR: return (struct link_d){true, LINK_copyinstr, INT64_MAX};
	case IR_FUNC_COPYINTO: return (struct link_d){true, LINK_copyinto, 0};
	case IR_FUNC_COPYOUT: return (struct link_d){true, LINK_copyout, 0};
	case IR_FUNC_COPYOUTSTR: return (struct link_d){true, LINK_copyoutstr, INT64_MAX};
	case IR_FUNC_DIRNAME: return (struct link_d){true, LINK_dirname, 0};
	case IR_FUNC_FDNUM: return (struct link_d){true, LINK_fdnum, 0};
	case IR_FUNC_FDSTR: return (struct link_d){true, LINK_fdstr, 0};
	case IR_FUNC_INDEX: return (struct link_d){true, LINK_index, 0};
	case IR_FUNC_INET_NTOA: return (struct link_d){true, LINK_inet_ntoa, 0};
	case IR_FUNC_INET_NTOA6: return (struct link_d){true, LINK_inet_ntoa6, 0};
	case IR_FUNC_INET_NTOP: return (struct link_d){true, LINK_inet_ntop, 0};
	case IR_FUNC_JSON: return (struct link_d){true, LINK_json, 0};
	case IR_FUNC_LINK_NTOP: return (struct link_d){true, LINK_link_ntop, 0};
	case IR_FUNC_LLTOSTR: return (struct link_d){true, LINK_lltostr, 10};
	case IR_FUNC_PROGENYOF: return (struct link_d){true, LINK_progenyof, 0};
	case IR_FUNC_RINDEX: return (struct link_d){true, LINK_rindex, INT64_MAX};
	case IR_FUNC_STRCHR: return (struct link_d){true, LINK_strchr, 0};
	case IR_FUNC_STRJOIN: return (struct link_d){true, LINK_strjoin, 0};
	case IR_FUNC_STRLEN: return (struct link_d){true, LINK_strlen, 0};
	case IR_FUNC_STRRCHR: return (struct link_d){true, LINK_strrchr, 0};
	case IR_FUNC_STRSTR: return (struct link_d){true, LINK_strstr, 0};
	case IR_FUNC_STRTOK: return (struct link_d){true, LINK_strtok, 0};
	case IR_FUNC_STRTOLL: return (struct link_d){true, LINK_strtoll, 10};
	case IR_FUNC_SUBSTR: return (struct link_d){true, LINK_substr, INT64_MAX};
	case IR_FUNC_TOLOWER: return (struct link_d){true, LINK_tolower, 0};
	case IR_FUNC_TOUPPER: return (struct link_d){true, LINK_toupper, 0};
	default: return (struct link_d){0};
	}
}

/* Marks a function and all that it calls. The call graph is that of our own library: flat, and without circles. */
static void need(bool *needed, enum link_func f)
{
	const struct link_part *p = &link_parts[f];

	if (needed[f])
		return;
	needed[f] = true;
	for (uint32_t i = 0; i < p->nrefs; i++)
		if (link_refs[p->refs + i].kind == LINK_REF_CALL)
			need(needed, (enum link_func)link_refs[p->refs + i].part);
}

static uint64_t value_of(const struct link_values *v, const struct link_ref *r)
{
	switch (r->kind) {
	case LINK_REF_LIMIT:
		return v->size - LIB_SLACK(v->strsize);
	case LINK_REF_STRSIZE:
		return v->strsize;
	case LINK_REF_STATE:
		return v->state;
	case LINK_REF_ALLOC:
		return v->scratch;
	case LINK_REF_ALLOC_SIZE:
		return v->scratch_size;
	case LINK_REF_TEXT:
		return v->text;
	default:
		return 0;
	}
}

/* Copies a function to its place and fills in what it refers to. */
static void place(struct gen_leaf *leaf, const uint32_t *at, enum link_func f, const struct link_values *v)
{
	const struct link_part *p = &link_parts[f];
	struct bpf_insn *to = leaf->insns + at[f];

	memcpy(to, link_insns + p->first, p->count * sizeof(*to));
	for (uint32_t i = 0; i < p->nrefs; i++) {
		const struct link_ref *r = &link_refs[p->refs + i];
		uint64_t value;

		switch (r->kind) {
		case LINK_REF_CALL:
			to[r->insn].imm = (int32_t)(at[r->part] - (at[f] + r->insn + 1));
			break;
		case LINK_REF_SCRATCH:
			to[r->insn].src_reg = BPF_PSEUDO_MAP_FD;
			leaf->relocs[leaf->nrelocs++] = (struct gen_reloc){at[f] + r->insn, v->map};
			break;
		default: /* the compiler may have added something to the constant */
			value = value_of(v, r) + ((uint64_t)(uint32_t)to[r->insn + 1].imm << 32 | (uint32_t)to[r->insn].imm);
			to[r->insn].imm = (int32_t)value;
			to[r->insn + 1].imm = (int32_t)(value >> 32);
		}
	}
}

/* p with room for more elements of a size; what is there is copied. */
static void *larger(const void *p, size_t n, size_t more, size_t size)
{
	char *new = calloc(n + more + 1, size);

	if (new && n)
		memcpy(new, p, n * size);
	return new;
}

int link_library(struct gen_leaf *leaf, const struct link_call *calls, uint32_t n, const struct link_values *v)
{
	bool needed[LINK_COUNT] = {false};
	uint32_t at[LINK_COUNT] = {0}, ninsns = 0, nfuncs = 0, nrefs = 0;
	struct bpf_insn *insns;
	struct gen_reloc *relocs;
	struct gen_func *funcs;
	uint32_t *lines;

	if (n == 0)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		need(needed, calls[i].func);
	for (unsigned f = 0; f < LINK_COUNT; f++) {
		if (!needed[f])
			continue;
		at[f] = leaf->ninsns + ninsns;
		ninsns += link_parts[f].count;
		nrefs += link_parts[f].nrefs;
		nfuncs++;
	}
	insns = larger(leaf->insns, leaf->ninsns, ninsns, sizeof(*insns));
	relocs = larger(leaf->relocs, leaf->nrelocs, nrefs, sizeof(*relocs));
	funcs = larger(leaf->funcs, leaf->nfuncs, nfuncs, sizeof(*funcs));
	lines = larger(leaf->lines, leaf->lines ? leaf->ninsns : 0, ninsns + (leaf->lines ? 0 : leaf->ninsns), sizeof(*lines));
	if (!insns || !relocs || !funcs || !lines) {
		free(insns);
		free(relocs);
		free(funcs);
		free(lines);
		return -1;
	}
	free(leaf->insns);
	free(leaf->relocs);
	free(leaf->funcs);
	free((void *)(uintptr_t)leaf->lines);
	leaf->insns = insns;
	leaf->relocs = relocs;
	leaf->funcs = funcs;
	leaf->lines = lines;
	for (unsigned f = 0; f < LINK_COUNT; f++) {
		if (!needed[f])
			continue;
		place(leaf, at, (enum link_func)f, v);
		leaf->funcs[leaf->nfuncs++] = (struct gen_func){at[f], link_shapes[f].name, true, link_shapes[f].nargs};
	}
	leaf->ninsns += ninsns;
	for (uint32_t i = 0; i < n; i++)
		leaf->insns[calls[i].insn].imm = (int32_t)(at[calls[i].func] - (calls[i].insn + 1));
	return 0;
}

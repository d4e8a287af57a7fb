/* SPDX-License-Identifier: GPL-2.0-only
 * BTF of a leaf: type 1 is a 64-bit integer; 2 is `void *`, what main takes; then the prototypes, and the functions.
 */
#include "btf.h"

#include <linux/btf.h>
#include <stdlib.h>
#include <string.h>

#define ARGS_MAX 5
enum { TYPE_INT = 1, TYPE_POINTER, TYPE_PROTO, TYPE_MAIN = TYPE_PROTO + ARGS_MAX + 1, TYPE_FUNC };

/* Both sections grow within what was reserved for them. */
struct writer {
	char *types, *strings;
	size_t ntypes, nstrings;
};

static void put(struct writer *w, const void *p, size_t n)
{
	memcpy(w->types + w->ntypes, p, n);
	w->ntypes += n;
}

static uint32_t put_string(struct writer *w, const char *s)
{
	size_t at = w->nstrings, n = strlen(s) + 1;

	memcpy(w->strings + at, s, n);
	w->nstrings += n;
	return (uint32_t)at;
}

static void put_type(struct writer *w, const char *name, unsigned kind, unsigned vlen, uint32_t size_or_type)
{
	struct btf_type t = {.name_off = name ? put_string(w, name) : 0, .info = kind << 24 | vlen, .size = size_or_type};

	put(w, &t, sizeof(t));
}

static void put_proto(struct writer *w, unsigned nargs, uint32_t type)
{
	put_type(w, NULL, BTF_KIND_FUNC_PROTO, nargs, TYPE_INT);
	for (unsigned i = 0; i < nargs; i++) {
		struct btf_param p = {.name_off = put_string(w, "a"), .type = type};

		put(w, &p, sizeof(p));
	}
}

int gen_btf(const struct gen_leaf *leaf, struct gen_btf *btf)
{
	struct btf_header h = {.magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(h)};
	const uint32_t bits = 64; /* of the integer: no encoding, no offset */
	size_t types = 1024 + leaf->nfuncs * sizeof(struct btf_type), strings = 256;
	struct writer w = {0};
	char *all;

	for (uint32_t i = 0; i < leaf->nfuncs; i++)
		strings += strlen(leaf->funcs[i].name) + 1;
	w.types = calloc(1, types);
	w.strings = calloc(1, strings);
	*btf = (struct gen_btf){.funcs = calloc((size_t)leaf->nfuncs + 1, sizeof(*btf->funcs)), .nfuncs = leaf->nfuncs};
	all = calloc(1, sizeof(h) + types + strings);
	if (!w.types || !w.strings || !btf->funcs || !all) {
		free(w.types);
		free(w.strings);
		free(all);
		free(btf->funcs);
		*btf = (struct gen_btf){0};
		return -1;
	}
	put_string(&w, "");
	put_type(&w, "u64", BTF_KIND_INT, 0, 8);
	put(&w, &bits, sizeof(bits));
	put_type(&w, NULL, BTF_KIND_PTR, 0, 0);
	for (unsigned n = 0; n <= ARGS_MAX; n++)
		put_proto(&w, n, TYPE_INT);
	put_proto(&w, 1, TYPE_POINTER);
	for (uint32_t i = 0; i < leaf->nfuncs; i++) {
		const struct gen_func *f = &leaf->funcs[i];

		put_type(&w, f->name, BTF_KIND_FUNC, f->is_global ? BTF_FUNC_GLOBAL : BTF_FUNC_STATIC,
			 i == 0 ? TYPE_MAIN : TYPE_PROTO + f->nargs);
		btf->funcs[i] = (struct bpf_func_info){.insn_off = f->insn, .type_id = TYPE_FUNC + i};
	}
	h.type_len = h.str_off = (uint32_t)w.ntypes;
	h.str_len = (uint32_t)w.nstrings;
	memcpy(all, &h, sizeof(h));
	memcpy(all + sizeof(h), w.types, w.ntypes);
	memcpy(all + sizeof(h) + w.ntypes, w.strings, w.nstrings);
	free(w.types);
	free(w.strings);
	btf->types = all;
	btf->size = (uint32_t)(sizeof(h) + w.ntypes + w.nstrings);
	return 0;
}

void gen_btf_free(struct gen_btf *btf)
{
	free(btf->types);
	free(btf->funcs);
	*btf = (struct gen_btf){0};
}

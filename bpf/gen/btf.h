/* SPDX-License-Identifier: GPL-2.0-only
 * The types that the kernel wants of a program with functions: BTF (linux/btf.h) with one integer type, a prototype for each number
 * of arguments, and the functions. Only so may a function be global, that is, verified once by itself.
 */
#pragma once

#include "bpf/gen/gen.h"

struct gen_btf {
	void *types; /* for BPF_BTF_LOAD */
	uint32_t size;
	struct bpf_func_info *funcs; /* for BPF_PROG_LOAD: func_info, one for each of leaf->funcs */
	uint32_t nfuncs;
};

/* Describes a leaf. 0, or -1 without memory. The caller frees with gen_btf_free. */
int gen_btf(const struct gen_leaf *leaf, struct gen_btf *btf);
void gen_btf_free(struct gen_btf *btf);

/* SPDX-License-Identifier: GPL-2.0-only
 * IR of a hostile compiler, or of a D script (as ireval_fuzz.c takes them), through the generator: what ir_check holds well formed must
 * come out as instructions whose jumps, calls and maps are all there, or be refused with a sentence. Nothing is loaded.
 */
#include "bpf/gen/gen.h"
#include "bpf/lang/lang.h"
#include "bpf/prov/prov.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CLAUSES_MAX 16 /* of a leaf */

static struct ir_program *compiled(const uint8_t *data, size_t size)
{
	struct lang_options o = {.zdefs = true, .arg_ref = true, .default_args = true, .destructive = true, .strsize = 64};
	struct lang_source source = {.name = "fuzz", .text = (const char *)data, .len = size, .is_file = true};
	struct prov_set *probes = prov_new();
	struct d_error error;
	struct ir_program *p = probes ? lang_compile(&source, 1, &o, probes, &error) : NULL;

	prov_free(probes);
	return p;
}

static void look(const struct gen_leaf *leaf, uint32_t nmaps)
{
	for (uint32_t i = 0; i < leaf->nrelocs; i++)
		if (leaf->relocs[i].map >= nmaps || leaf->relocs[i].insn + 1 >= leaf->ninsns)
			abort();
	for (uint32_t i = 0; i < leaf->ninsns; i++) {
		const struct bpf_insn *in = &leaf->insns[i];
		unsigned class = BPF_CLASS(in->code), op = BPF_OP(in->code);
		int64_t to = (int64_t)i + 1 + (op == BPF_CALL ? in->imm : in->off);

		if (in->code == (BPF_LD | BPF_DW))
			i++;
		else if (class == BPF_JMP && op != BPF_EXIT && (op != BPF_CALL || in->src_reg == BPF_PSEUDO_CALL) &&
			 (to < 0 || to >= leaf->ninsns))
			abort();
	}
}

static void leaves(const struct gen *g, const struct ir_program *p)
{
	static const enum kern_hook hooks[] = {HOOK_RUN, HOOK_SYS_ENTER, HOOK_SYS_RETRY, HOOK_SCHED_ON_CPU};
	const struct gen_map *maps;
	uint32_t nmaps = gen_maps(g, &maps), n = p->nclauses < CLAUSES_MAX ? p->nclauses : CLAUSES_MAX;
	struct gen_call calls[CLAUSES_MAX] = {0};
	char why[300];

	for (uint32_t i = 0; i < n; i++)
		calls[i] = (struct gen_call){.clause = i, .probe = i % 4, .is_open = i % 3 == 1, .epid = i % 2};
	for (size_t h = 0; h < sizeof(hooks) / sizeof(hooks[0]); h++) {
		const struct gen_place place = {.hook = hooks[h], .slot = (uint32_t)h, .slots = 4};
		struct gen_leaf leaf;

		if (gen_leaf(g, &place, calls, n, calls, n, 5, &leaf, why, sizeof(why)) < 0)
			continue;
		look(&leaf, nmaps);
		gen_leaf_free(&leaf);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct eval_options o = {.destructive = size % 2, .nspec = 2};
	char error[300];
	struct ir_program *p = size > 3 && memcmp(data, "ir ", 3) == 0 ? ir_read((const char *)data, size, error, sizeof(error))
								      : compiled(data, size);

	for (unsigned all = 0; p && all < 2; all++) {
		const struct gen_features f = {.task_storage = all, .atomic_fetch = all, .send_signal = all, .write_user = all,
					       .kernel_stack = all};
		struct gen *g = gen_new(p, &o, &f, error, sizeof(error));

		if (g)
			leaves(g, p);
		gen_free(g);
	}
	ir_free(p);
	return 0;
}

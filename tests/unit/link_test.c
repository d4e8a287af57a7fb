/* SPDX-License-Identifier: GPL-2.0-only
 * Linking of library functions behind a leaf: places, calls, constants; and that the kernel takes what comes out.
 */
#include "kernlib.h"

#include "unit.h"

#include "bpf/run/leafcheck.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define STRSIZE 256
#define SLOT(n) (4096 + (n) * STRSIZE)

static const struct link_values values = {
	.size = 65536, .strsize = STRSIZE, .state = 1024, .scratch = 16384, .scratch_size = 32768, .text = SLOT(9), .map = 0,
};

static void strings_compare_in_the_kernel(void **state)
{
	static const struct { const char *a, *b; int64_t want; } cases[] = {
		{"", "", 0}, {"a", "", 1}, {"", "a", -1}, {"node", "node", 0}, {"node", "nodf", -1}, {"12345678", "12345678", 0},
		{"12345678", "123456789", -1}, {"12345678a", "12345678", 1}, {"\377", "a", 1}, {"a\200", "a", 1},
	};
	struct kernlib k;

	(void)state;
	if (!kernlib_open(&k, &values))
		skip();
	assert_true(kernlib_load(&k, LINK_strcmp) >= 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint64_t args[4] = {SLOT(0), SLOT(1)};

		memset(k.element, 0xa5, values.size);
		strcpy((char *)k.element + SLOT(0), cases[i].a);
		strcpy((char *)k.element + SLOT(1), cases[i].b);
		assert_int_equal((int64_t)kernlib_call(&k, LINK_strcmp, args), cases[i].want);
	}
	kernlib_close(&k);
}

/* Every function, as small and as large as strings can be. LINK_TIMES=1 shows how long the kernel looks at each. */
static void the_kernel_takes_every_function(void **state)
{
	static const uint32_t sizes[] = {8, 256, 4096};
	bool show = getenv("LINK_TIMES") != NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct link_values v = values;
		struct kernlib k;

		v.strsize = sizes[i];
		if (!kernlib_open(&k, &v))
			skip();
		for (unsigned f = 0; f < LINK_COUNT; f++) {
			long us;

			if (f == LINK_copyout || f == LINK_copyoutstr || f == LINK_write_user)
				continue; /* lockdown forbids them, so what is true of them on this machine is not so on others */
			us = kernlib_load(&k, (enum link_func)f);
			if (show)
				print_message("%4u %-20s %6ld us %8ld instructions\n", v.strsize, link_shapes[f].name, us, k.looked_at[f]);
			assert_true(us >= 0);
		}
		kernlib_close(&k);
	}
}

/* Bytes of stack of one function, as the kernel counts them: what it stores and loads, in steps of 32. */
static uint32_t own_stack(const struct link_part *p)
{
	uint32_t most = 1;

	for (uint32_t i = 0; i < p->count; i++) {
		const struct bpf_insn *insn = &link_insns[p->first + i];
		unsigned class = BPF_CLASS(insn->code);
		int32_t at = 0;

		if (((class == BPF_STX || class == BPF_ST) && insn->dst_reg == BPF_REG_10) || (class == BPF_LDX && insn->src_reg == BPF_REG_10))
			at = insn->off;
		if (class == BPF_ALU64 && BPF_OP(insn->code) == BPF_ADD && BPF_SRC(insn->code) == BPF_K && insn->imm < 0 && i > 0 &&
		    insn[-1].code == (BPF_ALU64 | BPF_MOV | BPF_X) && insn[-1].src_reg == BPF_REG_10)
			at = insn->imm;
		if ((uint32_t)-at > most)
			most = (uint32_t)-at;
	}
	return (most + 31) & ~31u;
}

static uint32_t chain(enum link_func f, bool frames)
{
	const struct link_part *p = &link_parts[f];
	uint32_t most = 0;

	for (uint32_t i = 0; i < p->nrefs; i++) {
		const struct link_ref *r = &link_refs[p->refs + i];
		uint32_t n = r->kind == LINK_REF_CALL ? chain((enum link_func)r->part, frames) : 0;

		most = n > most ? n : most;
	}
	return most + (frames ? 1 : own_stack(p));
}

static void functions_keep_within_their_stack(void **state)
{
	(void)state;
	for (unsigned f = 0; f < LINK_COUNT; f++) {
		if (chain((enum link_func)f, false) > LINK_STACK || chain((enum link_func)f, true) > LINK_DEPTH)
			fail_msg("%s: %u bytes in %u frames", link_shapes[f].name, chain((enum link_func)f, false), chain((enum link_func)f, true));
	}
}

#define INSN(c, d, s, o, i) ((struct bpf_insn){.code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i)})
#define BEFORE 7 /* instructions of the leaf itself, in front of the library */

/* A leaf that asks for fds[3].fi_pathname, as leafcheck() gets it. */
static struct gen_leaf asks_for_a_path(void)
{
	const struct bpf_insn text[BEFORE] = {
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 1, 0, 0, 0),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 2, 0, 0, SLOT(1)),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, 3),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 4, 0, 0, FD_PATH),
		INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, -1),
		INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0),
		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
	};
	struct gen_leaf leaf = {.insns = malloc(sizeof(text)), .ninsns = BEFORE};

	memcpy(leaf.insns, text, sizeof(text));
	assert_int_equal(link_library(&leaf, (const struct link_call[]){{4, LINK_fdstr}}, 1, &values), 0);
	for (uint32_t i = 0; i < leaf.nrelocs; i++)
		leaf.insns[leaf.relocs[i].insn].imm = 100;
	return leaf;
}

static bool allowed(const struct gen_leaf *leaf, char *why, size_t size)
{
	struct leaf_map map = {100, 4, 65536};
	struct leaf_rules rules = {.maps = &map, .nmaps = 1};

	return leafcheck(leaf->insns, leaf->ninsns, &rules, why, size);
}

/* The kernel's memory is for the library's functions for fds[]: one instruction that is another, and they are not those. */
static void only_the_library_reads_the_kernels_memory(void **state)
{
	struct gen_leaf leaf = asks_for_a_path();
	unsigned changed = 0;
	char why[256] = "";

	(void)state;
	if (!allowed(&leaf, why, sizeof(why)))
		fail_msg("%s", why);
	for (uint32_t f = 0; f < leaf.nfuncs; f++) {
		uint32_t first = leaf.funcs[f].insn, end = f + 1 < leaf.nfuncs ? leaf.funcs[f + 1].insn : leaf.ninsns;
		bool reads = false;

		for (uint32_t i = first; i < end; i++)
			reads |= leaf.insns[i].code == (BPF_JMP | BPF_CALL) && leaf.insns[i].src_reg == 0 &&
				 (leaf.insns[i].imm == BPF_FUNC_probe_read_kernel || leaf.insns[i].imm == BPF_FUNC_probe_read_kernel_str);
		for (uint32_t i = first; reads && i < end; i++) {
			struct bpf_insn was = leaf.insns[i];

			leaf.insns[i].off ^= 8;
			if (allowed(&leaf, why, sizeof(why)))
				fail_msg("instruction %u of %s is another, and it is allowed all the same", i - first, leaf.funcs[f].name);
			leaf.insns[i] = was;
			changed++;
		}
		if (reads) { /* into the middle of it */
			struct bpf_insn was = leaf.insns[5];

			leaf.insns[5] = INSN(BPF_JMP | BPF_JA, 0, 0, (int16_t)(first + 1 - 6), 0);
			assert_false(allowed(&leaf, why, sizeof(why)));
			leaf.insns[5] = was;
		}
	}
	assert_true(changed > 100);
	assert_true(allowed(&leaf, why, sizeof(why)));
	free(leaf.insns);
	free(leaf.relocs);
	free(leaf.funcs);
	free((void *)(uintptr_t)leaf.lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_compare_in_the_kernel),
		cmocka_unit_test(functions_keep_within_their_stack),
		cmocka_unit_test(the_kernel_takes_every_function),
		cmocka_unit_test(only_the_library_reads_the_kernels_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

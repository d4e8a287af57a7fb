/* SPDX-License-Identifier: GPL-2.0-only
 * Linking of library functions behind a leaf: places, calls, constants; and that the kernel takes what comes out.
 */
#include "kernlib.h"

#include "unit.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_compare_in_the_kernel),
		cmocka_unit_test(functions_keep_within_their_stack),
		cmocka_unit_test(the_kernel_takes_every_function),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

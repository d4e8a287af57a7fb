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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_compare_in_the_kernel),
		cmocka_unit_test(the_kernel_takes_every_function),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * library [STRSIZE]...: whether this kernel takes each library function of leaves, for short and long strings, and compares strings with one of them. Prints
 * "ok" and "not ok" lines; with LINK_TIMES in the environment, how long the kernel looked at each. Exit 0, 1, or 77 where bpf(2) is
 * not possible. The unit tests do the same, and more, but need cmocka: this one is for the kernels that tests/kernels boots.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/kernlib.h"

#define SLOT(n) (4096 + (n) * 4096)

int main(int argc, char **argv)
{
	static char *all[] = {"", "8", "256", "4096", NULL};
	bool show = getenv("LINK_TIMES") != NULL;
	int failed = 0;

	for (char **word = argc > 1 ? argv + 1 : all + 1; *word; word++) {
		const struct link_values v = {.size = 65536, .strsize = (uint32_t)strtoul(*word, NULL, 10), .state = 1024, .scratch = SLOT(4), .scratch_size = 16384,
					      .text = SLOT(3)};
		const uint64_t args[4] = {SLOT(0), SLOT(1)};
		struct kernlib k;
		int refused = 0;

		if (!kernlib_open(&k, &v)) {
			puts("skip bpf(2) is not possible here");
			return 77;
		}
		for (unsigned f = 0; f < LINK_COUNT; f++) {
			long us;

			if (f == LINK_copyout || f == LINK_copyoutstr || f == LINK_write_user)
				continue; /* lockdown decides */
			us = kernlib_load(&k, (enum link_func)f);
			refused += us < 0;
			if (show)
				printf("%4u %-20s %6ld us %8ld instructions\n", v.strsize, link_shapes[f].name, us, k.looked_at[f]);
		}
		printf("%s functions for strings of %u bytes\n", refused ? "not ok" : "ok", v.strsize);
		failed += refused;
		if (!refused) {
			strcpy((char *)k.element + SLOT(0), "node");
			strcpy((char *)k.element + SLOT(1), "nodf");
			if ((int64_t)kernlib_call(&k, LINK_strcmp, args) != -1) {
				puts("not ok strcmp");
				failed++;
			}
		}
		kernlib_close(&k);
	}
	return failed != 0;
}

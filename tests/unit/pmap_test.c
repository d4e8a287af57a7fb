/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/pmap/parse: lines of maps and smaps as the kernel writes them, and as it never would.
 */
#include "unit.h"

#include "toolbox/pmap/parse.h"

#include <stdio.h>
#include <string.h>

static const char two[] =
	"564d66500000-564d66502000 r--p 00001000 fe:10 247134                     /usr/bin/a b (deleted)\n"
	"Size:                  8 kB\n"
	"Rss:                   4 kB\n"
	"VmFlags: rd mr mw me \n"
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 \n"
	"Size:                  4 kB\n"
	"THPeligible:           1\n"
	"VmFlags: ex \n";

static void mappings(void **state)
{
	struct keys keys = { 0 };
	const char *p = two;
	struct mapping m;
	size_t strange = 0;

	(void)state;
	assert_true(mapping_next(&p, &m, &keys, &strange));
	assert_int_equal(m.start, 0x564d66500000);
	assert_int_equal(m.end, 0x564d66502000);
	assert_string_equal(m.perms, "r--p");
	assert_int_equal(m.offset, 0x1000);
	assert_int_equal(m.major, 0xfe);
	assert_int_equal(m.minor, 0x10);
	assert_int_equal(m.inode, 247134);
	assert_int_equal(m.name_len, strlen("/usr/bin/a b (deleted)"));
	assert_memory_equal(m.name, "/usr/bin/a b (deleted)", m.name_len);
	assert_int_equal(m.value[keys_find(&keys, "Rss", 3)], 4);
	assert_string_equal(m.flags, "rd mr mw me");
	assert_true(mapping_next(&p, &m, &keys, &strange));
	assert_int_equal(m.name_len, 0);
	assert_int_equal(m.value[keys_find(&keys, "Size", 4)], 4);
	assert_int_equal(m.value[keys_find(&keys, "Rss", 3)], 0);
	assert_int_equal(m.value[keys_find(&keys, "THPeligible", 11)], 1);
	assert_string_equal(m.flags, "ex");
	assert_false(mapping_next(&p, &m, &keys, &strange));
	assert_int_equal(strange, 0);
	assert_int_equal(keys.n, 3);
	assert_int_equal(keys_find(&keys, "R", 1), -1);
}

static void strange_lines(void **state)
{
	static const char *const lines[] = {
		"x", "1-", "2-1 r--p 0 0:0 0", "1-2 r-", "1-2 R--p 0 0:0 0", "1-2 r--p 0 0 0", "1-2 r--p 0 0:0 0x",
		"11111111111111111-2 r--p 0 0:0 0", "1-2 r--p 0 0:0 99999999999999999999", "\x01", "1-2 r--p 0 ffffffffff:0 0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *p = lines[i];
		struct mapping m;
		size_t strange = 0;

		if (mapping_next(&p, &m, NULL, &strange))
			fail_msg("taken for a mapping: %s", lines[i]);
		assert_int_equal(strange, 1);
	}
}

/* More keys than there is room for, and too long ones, are left out. */
static void many_keys(void **state)
{
	struct keys keys = { 0 };
	char text[4096] = "1000-2000 r--p 00000000 00:00 0\n";
	const char *p = text;
	struct mapping m;
	size_t strange = 0;

	(void)state;
	for (int i = 0; i < 60; i++)
		sprintf(text + strlen(text), "K%d: %d kB\n", i, i);
	strcat(text, "Averyveryveryveryverylongkeythatnobodyhas: 1 kB\nNonumber: x\n");
	assert_true(mapping_next(&p, &m, &keys, &strange));
	assert_int_equal(keys.n, FIELDS_MAX);
	assert_int_equal(m.value[FIELDS_MAX - 1], FIELDS_MAX - 1);
	assert_int_equal(strange, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings),
		cmocka_unit_test(strange_lines),
		cmocka_unit_test(many_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run: the values that options take, and what happens when the buffer is full.
 */
#include "unit.h"

#include "bpf/run/buffer.h"
#include "bpf/run/options.h"
#include "bpf/run/record.h"
#include "toolbox/lib/base.h"

#include <string.h>

static void option_values(void **state)
{
	static const struct {
		const char *name, *value;
		int64_t want; /* -1: must fail */
		enum option_id id;
	} cases[] = {
		{ "bufsize", "4k", 4096, OPT_BUFSIZE },
		{ "bufsize", "2M", 2 << 20, OPT_BUFSIZE },
		{ "bufsize", "1g", 1 << 30, OPT_BUFSIZE },
		{ "bufsize", "512", 512, OPT_BUFSIZE },
		{ "bufsize", "0x10", 16, OPT_BUFSIZE },
		{ "bufsize", "4q", -1, OPT_BUFSIZE },
		{ "bufsize", "4kk", -1, OPT_BUFSIZE },
		{ "bufsize", "-4", -1, OPT_BUFSIZE },
		{ "bufsize", "", -1, OPT_BUFSIZE },
		{ "bufsize", NULL, -1, OPT_BUFSIZE },
		{ "bufsize", "99999999999t", -1, OPT_BUFSIZE },
		{ "bufsize", "0", -1, OPT_BUFSIZE },
		{ "switchrate", "10hz", 100000000, OPT_SWITCHRATE },
		{ "switchrate", "5ms", 5000000, OPT_SWITCHRATE },
		{ "switchrate", "2s", 2000000000, OPT_SWITCHRATE },
		{ "switchrate", "1MIN", 60000000000, OPT_SWITCHRATE },
		{ "switchrate", "0hz", -1, OPT_SWITCHRATE },
		{ "switchrate", "5 s", -1, OPT_SWITCHRATE },
		{ "switchrate", "7us", 7000, OPT_SWITCHRATE },
		{ "switchrate", "10", 100000000, OPT_SWITCHRATE },
		{ "switchrate", "7ns", 7, OPT_SWITCHRATE },
		{ "switchrate", "0", -1, OPT_SWITCHRATE },
		{ "switchrate", "2000000000", -1, OPT_SWITCHRATE },
		{ "stdc", "c", OPT_STDC_C, OPT_STDC },
		{ "stdc", "cc", -1, OPT_STDC },
		{ "evaltime", "exec", 0, OPT_EVALTIME },
		{ "evaltime", "exe", -1, OPT_EVALTIME },
		{ "version", "1.13", 1 << 24 | 13 << 12, OPT_VERSION },
		{ "version", "1.6.2", 1 << 24 | 6 << 12 | 2, OPT_VERSION },
		{ "version", "1.6.", -1, OPT_VERSION },
		{ "version", "3.0", -1, OPT_VERSION },
		{ "version", "1.4096", -1, OPT_VERSION },
		{ "grabanon", NULL, -1, OPT_GRABANON },
		{ "grabanon", "off", 0, OPT_GRABANON },
		{ "quiet", NULL, 1, OPT_QUIET },
		{ "quiet", "0", 0, OPT_QUIET },
		{ "quiet", "on", 1, OPT_QUIET },
		{ "quiet", "maybe", -1, OPT_QUIET },
		{ "nspec", "3", 3, OPT_NSPEC },
		{ "nspec", "3k", -1, OPT_NSPEC },
		{ "nspec", NULL, -1, OPT_NSPEC },
		{ "bufpolicy", "ring", OPT_POLICY_RING, OPT_BUFPOLICY },
		{ "bufpolicy", "circle", -1, OPT_BUFPOLICY },
		{ "bufresize", "manual", 1, OPT_BUFRESIZE },
		{ "strsize", "4096", 4096, OPT_STRSIZE },
		{ "strsize", "4097", -1, OPT_STRSIZE },
		{ "errexit", NULL, 1, OPT_ERREXIT },
		{ "errexit", "3", 3, OPT_ERREXIT },
		{ "nosuch", "1", -1, OPT_QUIET },
		{ "", NULL, -1, OPT_QUIET },
	};
	char why[100];

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct options o;
		bool good;

		options_init(&o);
		good = options_set(&o, cases[i].name, cases[i].value, OPT_BY_COMMAND, why, sizeof why);
		if (good != (cases[i].want >= 0) || (good && o.value[cases[i].id] != cases[i].want))
			fail_msg("%s=%s", cases[i].name, cases[i].value ? cases[i].value : "(none)");
		options_free(&o);
	}
}

static void every_option_is_found_by_its_name(void **state)
{
	static const char *const names[] = {
#define OPTION(id, name, kind, when, value) name,
#include "bpf/run/options.def"
#undef OPTION
	};
	struct options o;
	char why[100];

	(void)state;
	options_init(&o);
	for (size_t i = 0; i < countof(names); i++) {
		if (i)
			assert_true(strcmp(names[i - 1], names[i]) < 0);
		options_set(&o, names[i], "?", OPT_BY_COMMAND, why, sizeof why);
		assert_string_not_equal(why, "Invalid option name");
	}
	assert_false(options_set(&o, "cpp", NULL, OPT_BY_PRAGMA, why, sizeof why));
	assert_string_equal(why, "Option cannot be used from within a D program");
	options_free(&o);
}

static void buffers_are_full_in_three_ways(void **state)
{
	struct rec_header h = { .size = sizeof h };
	struct buffer b;
	const struct rec_header *kept;
	size_t len;

	(void)state;
	buffer_init(&b, 2 * sizeof h, OPT_POLICY_SWITCH);
	for (uint32_t i = 0; i < 3; i++) {
		h.epid = i;
		assert_int_equal(buffer_put(&b, &h, sizeof h), i < 2);
	}
	assert_false(b.filled);
	buffer_free(&b);
	buffer_init(&b, 2 * sizeof h, OPT_POLICY_RING);
	for (uint32_t i = 0; i < 9; i++) {
		h.epid = i;
		assert_true(buffer_put(&b, &h, sizeof h));
	}
	kept = buffer_records(&b, &len);
	assert_int_equal(len, 2 * sizeof h);
	assert_int_equal(kept[0].epid, 7);
	assert_int_equal(kept[1].epid, 8);
	buffer_free(&b);
	buffer_init(&b, 2 * sizeof h, OPT_POLICY_FILL);
	for (uint32_t i = 0; i < 3; i++)
		assert_true(buffer_put(&b, &h, sizeof h));
	assert_true(b.filled);
	buffer_records(&b, &len);
	assert_int_equal(len, 2 * sizeof h);
	buffer_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(option_values),
		cmocka_unit_test(every_option_is_found_by_its_name),
		cmocka_unit_test(buffers_are_full_in_three_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

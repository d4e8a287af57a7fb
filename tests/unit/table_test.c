/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/table: columns line up, and no cell can begin a row.
 */
#include "unit.h"

#include "toolbox/lib/base.h"
#include "toolbox/lib/table.h"

#include <stdio.h>
#include <stdlib.h>

static const struct table_column columns[] = { { "NAME", false }, { "PID", true }, { "IMAGE", false } };

static char *printed(const struct table *t)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	table_print(t, out);
	fclose(out);
	return text;
}

static void rows_line_up(void **state)
{
	struct table t = { .columns = columns, .n_columns = countof(columns) };

	(void)state;
	assert_int_equal(table_add(&t, (const char *[]){ "web", "7", "nginx" }), 0);
	assert_int_equal(table_add(&t, (const char *[]){ "database", "41234", NULL }), 0);
	char *text = printed(&t);
	assert_string_equal(text, "NAME        PID  IMAGE\n"
				  "web           7  nginx\n"
				  "database  41234  -\n");
	free(text);
	table_free(&t);
}

static void a_name_with_a_newline_forges_no_row(void **state)
{
	struct table t = { .columns = columns, .n_columns = countof(columns) };

	(void)state;
	assert_int_equal(table_add(&t, (const char *[]){ "a\ndb  1  x", "7", "\033[2J" }), 0);
	char *text = printed(&t);
	assert_string_equal(text, "NAME           PID  IMAGE\n"
				  "a\\012db  1  x    7  \\033[2J\n");
	free(text);
	table_free(&t);
}

static void an_empty_table_is_its_title(void **state)
{
	struct table t = { .columns = columns, .n_columns = countof(columns) };

	(void)state;
	char *text = printed(&t);
	assert_string_equal(text, "NAME  PID  IMAGE\n");
	free(text);
}

static void json_is_of_strings_numbers_and_null(void **state)
{
	static const char *const keys[] = { "name", "pid", "image" };
	struct table t = { .columns = columns, .n_columns = countof(columns) };
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	table_json(&t, keys, out);
	fputc('\n', out);
	assert_int_equal(table_add(&t, (const char *[]){ "a\"b\\c\n\xff", "7", NULL }), 0);
	assert_int_equal(table_add(&t, (const char *[]){ "12", "007", "1" }), 0);
	assert_int_equal(table_add(&t, (const char *[]){ "x", "-0.25", "y" }), 0);
	assert_int_equal(table_add(&t, (const char *[]){ "x", "1.", "y" }), 0);
	assert_int_equal(table_add(&t, (const char *[]){ "x", "unlimited", "y" }), 0);
	table_json(&t, keys, out);
	fclose(out);
	assert_string_equal(text, "[]\n"
				  "[\n"
				  " {\"name\": \"a\\\"b\\\\134c\\\\012\\\\377\", \"pid\": 7, \"image\": null},\n"
				  " {\"name\": \"12\", \"pid\": \"007\", \"image\": \"1\"},\n"
				  " {\"name\": \"x\", \"pid\": -0.25, \"image\": \"y\"},\n"
				  " {\"name\": \"x\", \"pid\": \"1.\", \"image\": \"y\"},\n"
				  " {\"name\": \"x\", \"pid\": \"unlimited\", \"image\": \"y\"}\n"
				  "]");
	free(text);
	table_free(&t);
}

static void bytes_have_three_digits_at_most(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *want;
	} cases[] = {
		{ 0, "0B" }, { 1, "1B" }, { 1023, "1023B" }, { 1024, "1.0K" }, { 1536, "1.5K" }, { 10188, "9.9K" },
		{ 10239, "10K" }, { 10240, "10K" }, { 10752, "11K" }, { 1048064, "1.0M" }, { 1048575, "1.0M" },
		{ UINT64_C(3) << 30, "3.0G" }, { UINT64_C(1) << 60, "1.0E" }, { UINT64_MAX, "16E" },
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		char buf[8];

		table_fmt_bytes(buf, sizeof(buf), cases[i].bytes);
		assert_string_equal(buf, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_line_up),
		cmocka_unit_test(a_name_with_a_newline_forges_no_row),
		cmocka_unit_test(an_empty_table_is_its_title),
		cmocka_unit_test(json_is_of_strings_numbers_and_null),
		cmocka_unit_test(bytes_have_three_digits_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_line_up),
		cmocka_unit_test(a_name_with_a_newline_forges_no_row),
		cmocka_unit_test(an_empty_table_is_its_title),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

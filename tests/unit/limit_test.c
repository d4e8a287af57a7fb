/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/ulimit/limit: names, values and units, and the text of /proc/PID/limits.
 */
#include "unit.h"

#include "toolbox/ulimit/limit.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct limit *by(const char *name)
{
	const struct limit *l = limit_find(name);

	assert_non_null(l);
	return l;
}

static void names(void **state)
{
	(void)state;
	assert_int_equal(by("n")->resource, RLIMIT_NOFILE);
	assert_int_equal(by("nofile")->letter, 'n');
	assert_int_equal(by("open files")->letter, 'n');
	assert_int_equal(by("Open F")->letter, 'n');
	assert_int_equal(by("NPROC")->letter, 'u');
	assert_int_equal(by("R")->letter, 'R');
	assert_int_equal(by("r")->letter, 'r');
}

static void names_of_none_or_several(void **state)
{
	static const char *const none[] = { "", "max", "z", "open filesx", "N", "real-time", "pro", " n" };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_null(limit_find(none[i]));
}

static void every_letter_is_there_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < limits_n; i++) {
		assert_ptr_equal(limit_find((char[]){ limits[i].letter, '\0' }), &limits[i]);
		if (limits[i].name)
			assert_ptr_equal(limit_find(limits[i].name), &limits[i]);
		assert_true((limits[i].resource == LIMIT_NONE) == (limits[i].why_not != NULL));
		assert_true((limits[i].resource >= 0) == (limits[i].in_proc != NULL));
		for (size_t j = 0; j < i; j++)
			assert_true(limits[i].resource < 0 || limits[i].resource != limits[j].resource);
	}
}

static void value(const char *text, const char *name, int want, uint64_t number)
{
	struct rlimit now = { 7000, 9000 };
	rlim_t v = 0;

	assert_int_equal(limit_parse_value(text, by(name), &now, &v), want);
	assert_true(want < 0 || v == number);
}

static void values(void **state)
{
	(void)state;
	value("64", "n", 0, 64);
	value("010", "n", 0, 10);
	value("0", "c", 0, 0);
	value("1", "c", 0, 1024);
	value("2", "q", 0, 2);
	value("2", "p", 0, 1024);
	value("3", "t", 0, 3);
	value("soft", "v", 0, 7000);
	value("hard", "v", 0, 9000);
	value("unlimited", "v", 0, RLIM_INFINITY);
	value("18014398509481983", "d", 0, 18446744073709550592u);
	value("18014398509481984", "d", -ERANGE, 0);
	value("18446744073709551615", "t", 0, UINT64_MAX);
	value("18446744073709551616", "t", -ERANGE, 0);
	value("99999999999999999999999999", "n", -ERANGE, 0);
	value("", "n", -EINVAL, 0);
	value(" 1", "n", -EINVAL, 0);
	value("1 ", "n", -EINVAL, 0);
	value("+1", "n", -EINVAL, 0);
	value("-1", "n", -EINVAL, 0);
	value("1k", "n", -EINVAL, 0);
	value("1.5", "n", -EINVAL, 0);
	value("Unlimited", "n", -EINVAL, 0);
}

static void values_are_printed_in_units(void **state)
{
	char buf[32];

	(void)state;
	limit_fmt(buf, sizeof(buf), by("n"), 20000);
	assert_string_equal(buf, "20000");
	limit_fmt(buf, sizeof(buf), by("s"), 8388608);
	assert_string_equal(buf, "8192");
	limit_fmt(buf, sizeof(buf), by("s"), 8388607); /* as bash: what does not fill a unit is left out */
	assert_string_equal(buf, "8191");
	limit_fmt(buf, sizeof(buf), by("p"), PIPE_BUF);
	assert_string_equal(buf, "8");
	limit_fmt(buf, sizeof(buf), by("s"), RLIM_INFINITY);
	assert_string_equal(buf, "unlimited");
	limit_fmt(buf, sizeof(buf), by("t"), RLIM_INFINITY - 1);
	assert_string_equal(buf, "18446744073709551614");
}

static void posix_has_smaller_blocks(void **state)
{
	char buf[32];

	(void)state;
	setenv("POSIXLY_CORRECT", "", 1);
	value("1", "c", 0, 512);
	value("1", "f", 0, 512);
	value("1", "d", 0, 1024);
	limit_fmt(buf, sizeof(buf), by("f"), 1024);
	assert_string_equal(buf, "2");
	unsetenv("POSIXLY_CORRECT");
	value("1", "c", 0, 1024);
}

static void in_proc(const char *text, const char *name, int want, uint64_t soft, uint64_t hard)
{
	struct rlimit r = { 0 };

	assert_int_equal(limit_parse_proc(text, by(name), &r), want);
	if (want == 0) {
		assert_true(r.rlim_cur == soft);
		assert_true(r.rlim_max == hard);
	}
}

static void the_kernels_table(void **state)
{
	static const char table[] =
		"Limit                     Soft Limit           Hard Limit           Units     \n"
		"Max cpu time              unlimited            5                    seconds   \n"
		"Max processes             96365                unlimited            processes \n"
		"Max open files            18446744073709551614 1                    files     \n"
		"Max nice priority         0                    0                    \n"
		"Max realtime timeout      unlimited            unlimited            us        \n";

	(void)state;
	in_proc(table, "t", 0, RLIM_INFINITY, 5);
	in_proc(table, "u", 0, 96365, RLIM_INFINITY);
	in_proc(table, "n", 0, UINT64_MAX - 1, 1);
	in_proc(table, "e", 0, 0, 0);
	in_proc(table, "R", 0, RLIM_INFINITY, RLIM_INFINITY);
	in_proc(table, "c", -EINVAL, 0, 0);
	in_proc(table, "p", -EINVAL, 0, 0);
	in_proc(table, "P", -EINVAL, 0, 0);
}

static void what_is_not_the_kernels_table(void **state)
{
	static const char *const bad[] = {
		"", "\n", "Max open files", "Max open files\n64 128 files", "Max open files  \n", "Max open files 64\n",
		"Max open files 64 \n128 files", "Max open filesx 64 128 files", "Max open files 64 -1 files",
		"Max open files 64 128x", "Max open files unlimited2 128 files", "Max open files unlimite 128 files",
		"Max open files 18446744073709551616 128 files", "x Max open files 64 128 files",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		in_proc(bad[i], "n", -EINVAL, 0, 0);
	in_proc("Max open files 64 128", "n", 0, 64, 128);
}

static void our_own(void **state)
{
	struct rlimit r;
	struct rlimit through_proc;

	(void)state;
	for (size_t i = 0; i < limits_n; i++) {
		if (limits[i].resource == LIMIT_NONE)
			continue;
		assert_int_equal(limit_get(0, &limits[i], &r), 0);
		assert_int_equal(limit_get(getpid(), &limits[i], &through_proc), 0);
		assert_true(r.rlim_cur == through_proc.rlim_cur && r.rlim_max == through_proc.rlim_max);
	}
	assert_int_equal(limit_get(INT_MAX, by("n"), &r), -ESRCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(names_of_none_or_several),
		cmocka_unit_test(every_letter_is_there_once),
		cmocka_unit_test(values),
		cmocka_unit_test(values_are_printed_in_units),
		cmocka_unit_test(posix_has_smaller_blocks),
		cmocka_unit_test(the_kernels_table),
		cmocka_unit_test(what_is_not_the_kernels_table),
		cmocka_unit_test(our_own),
	};

	unsetenv("NATIVE_ROOT");
	unsetenv("POSIXLY_CORRECT");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/sample on recorded snapshots: no waiting, and the time is theirs.
 */
#include "unit.h"

#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MS 1000000ull

static char dir[] = "/tmp/replay_test.XXXXXX";

static void uptime(int snapshot, const char *text)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/%d", dir, snapshot);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/%d/proc", dir, snapshot);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/%d/proc/uptime", dir, snapshot);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void the_time_is_that_of_the_snapshots(void **state)
{
	struct sample s;

	(void)state;
	uptime(0, "100.50 30.00\n");
	uptime(1, "103.07 30.00\n");
	uptime(2, "103.07 30.00\n"); /* recorded within the same hundredth */
	uptime(3, "4.00 1.00\n");    /* another boot */
	sample_start(&s, 3600000 * MS, 5);
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 100500 * MS);
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 2570 * MS);
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 1); /* never 0: it is divided by */
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 1);
	assert_true(sample_next(&s)); /* there is no fifth: the last once more */
	assert_true(s.elapsed_ns == 1);
	assert_false(sample_next(&s));
}

static void an_uptime_that_is_broken_is_no_time(void **state)
{
	static const char *const broken[] = { "", "x", ".5", "99999999999999999999 1" };

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		uptime(3, broken[i]);
		assert_true(sample_uptime_ns() == 0);
	}
	uptime(3, "7");
	assert_true(sample_uptime_ns() == 7000 * MS);
}

static int make_root(void **state)
{
	(void)state;
	return mkdtemp(dir) ? setenv("NATIVE_ROOT", dir, 1) : -1;
}

static int remove_root(void **state)
{
	static const char *const parts[] = { "proc/uptime", "proc", "" };
	char path[100];

	(void)state;
	for (int n = 0; n < 4; n++)
		for (size_t i = 0; i < 3; i++) {
			snprintf(path, sizeof(path), "%s/%d/%s", dir, n, parts[i]);
			remove(path);
		}
	return rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_time_is_that_of_the_snapshots),
		cmocka_unit_test(an_uptime_that_is_broken_is_no_time),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}

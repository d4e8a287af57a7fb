/* SPDX-License-Identifier: GPL-2.0-only
 * injector/proc: /proc's files as they come, and as a hostile process can make them look.
 */
#include "unit.h"

#include "injector/proc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void stat_of(const char *line, int want, char state_char, uint64_t start)
{
	struct proc_stat st = { 0 };

	assert_int_equal(proc_parse_stat(line, strlen(line), &st), want);
	if (want == 0) {
		assert_int_equal(st.state, state_char);
		assert_int_equal(st.start_time, start);
	}
}

#define REST " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 "

static void stat_is_read_from_the_last_parenthesis(void **state)
{
	(void)state;
	stat_of("42 (nginx) S" REST "987654 20\n", 0, 'S', 987654);
	stat_of("42 (a) S" REST "1 (b) R" REST "987654 20\n", 0, 'R', 987654);
	stat_of("42 (x\n) Z 1 (y) T" REST "5\n", 0, 'T', 5);
}

static void broken_stat_is_refused(void **state)
{
	(void)state;
	stat_of("", -EINVAL, 0, 0);
	stat_of("42 nginx S", -EINVAL, 0, 0);
	stat_of("42 (nginx)", -EINVAL, 0, 0);
	stat_of("42 (nginx) S 1 2 3", -EINVAL, 0, 0);
	stat_of("42 (nginx) S" REST "x 20\n", -EINVAL, 0, 0);
	stat_of("42 (nginx) S" REST "99999999999999999999999 20\n", -EINVAL, 0, 0);
	stat_of("42 (nginx) S" REST "12", -EINVAL, 0, 0); /* cut in the middle of the number, perhaps */
}

static void our_own_stat_with_a_hostile_name(void **state)
{
	struct proc_stat before, after;
	char *data;
	size_t len;

	(void)state;
	assert_int_equal(proc_read(getpid(), "stat", &data, &len), 0);
	assert_int_equal(proc_parse_stat(data, len, &before), 0);
	free(data);
	prctl(PR_SET_NAME, "a) Z 1\n(b) ");
	assert_int_equal(proc_read(getpid(), "stat", &data, &len), 0);
	assert_int_equal(proc_parse_stat(data, len, &after), 0);
	free(data);
	assert_int_equal(after.state, 'R');
	assert_int_equal(after.start_time, before.start_time);
}

static int mount_of(const char *line, struct proc_mount *m, char *copy)
{
	strcpy(copy, line);
	return proc_parse_mount(copy, strlen(copy), m);
}

static void mount_lines(void **state)
{
	struct proc_mount m;
	char copy[512];

	(void)state;
	assert_int_equal(mount_of("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue", &m,
				  copy),
			 0);
	assert_int_equal(m.id, 36);
	assert_int_equal(m.dev_major, 98);
	assert_int_equal(m.dev_minor, 0);
	assert_string_equal(m.root, "/mnt1");
	assert_string_equal(m.point, "/mnt2");
	assert_string_equal(m.fstype, "ext3");
	assert_string_equal(m.source, "/dev/root");
	assert_int_equal(m.shared, 0);
	assert_int_equal(mount_of("1 0 0:5 / / rw shared:7 master:3 propagate_from:2 - tmpfs native ro", &m, copy), 0);
	assert_int_equal(m.shared, 7);
	assert_int_equal(mount_of("1 0 0:5 / /a\\040b\\011c\\012d\\134e rw - tmpfs x ro", &m, copy), 0);
	assert_string_equal(m.point, "/a b\tc\nd\\e");
}

static void broken_mount_lines_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "36", "36 35 98:0", "36 35 98 / / rw - t s o", "x 35 98:0 / / rw - t s o",
		"36 35 98:0 / / rw shared:1", "36 35 98:0 / / rw shared:x - t s o", "36 35 98:0 / / rw -",
		"36 35 99999999999:0 / / rw - t s o", "99999999999999999999 35 1:0 / / rw - t s o",
	};
	struct proc_mount m;
	char copy[512];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(mount_of(bad[i], &m, copy), -EINVAL);
}

static int count(const struct proc_mount *m, void *arg)
{
	(void)m;
	return ++*(int *)arg == 3 ? 99 : 0;
}

static void walking_a_table(void **state)
{
	char table[] = "1 0 0:1 / / rw - a b c\nbroken\n2 1 0:2 / /x rw - a b c\n3 1 0:3 / /y rw - a b c\n"
		       "4 1 0:4 / /z rw - a b c\n5 1 0:4 / /half";
	int n = 0;

	(void)state;
	assert_int_equal(proc_each_mount(table, sizeof(table) - 1, count, &n), 99);
	assert_int_equal(n, 3);
}

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static bool names(const char *cgroup)
{
	return proc_cgroup_names(cgroup, strlen(cgroup), ID);
}

static void cgroups_of_every_driver(void **state)
{
	(void)state;
	assert_true(names("0::/docker/" ID "\n"));
	assert_true(names("9:name=systemd:/\n4:memory:/docker/" ID "\n0::/\n"));
	assert_true(names("0::/system.slice/docker-" ID ".scope\n"));
	assert_true(names("0::/docker/" ID "/nested\n"));
	assert_true(names("0::/../../docker/" ID));
}

static void cgroups_that_only_look_like_it(void **state)
{
	(void)state;
	assert_false(names(""));
	assert_false(names("0::/\n"));
	assert_false(names("0::/docker/x" ID "\n"));
	assert_false(names("0::/docker/" ID "x\n"));
	assert_false(names("0::/docker/" ID ".service\n"));
	assert_false(proc_cgroup_names("0::/\n", 5, ""));
}

static void arguments_with_empty_ones(void **state)
{
	char **argv;

	(void)state;
	assert_int_equal(proc_arguments(getpid(), &argv), 0);
	assert_non_null(argv[0]);
	assert_non_null(strstr(argv[0], "proc"));
	free(argv);
}

static void we_are_on_the_host(void **state)
{
	(void)state;
	assert_true(proc_is_host(getpid()));
	assert_true(proc_namespace(getpid(), "mnt") != 0);
	assert_int_equal(proc_namespace(getpid(), "nonsense"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stat_is_read_from_the_last_parenthesis),
		cmocka_unit_test(broken_stat_is_refused),
		cmocka_unit_test(our_own_stat_with_a_hostile_name),
		cmocka_unit_test(mount_lines),
		cmocka_unit_test(broken_mount_lines_are_refused),
		cmocka_unit_test(walking_a_table),
		cmocka_unit_test(cgroups_of_every_driver),
		cmocka_unit_test(cgroups_that_only_look_like_it),
		cmocka_unit_test(arguments_with_empty_ones),
		cmocka_unit_test(we_are_on_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

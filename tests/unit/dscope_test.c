/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run/cgroup and nslevel: what a task is told by, of real cgroups and real pid namespaces. What needs root, or a cgroup file system
 * that can be written to, is skipped without them.
 */
#include "unit.h"

#include "bpf/run/cgroup.h"
#include "bpf/run/nslevel.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void controllers_by_name(void **state)
{
	static const struct {
		const char *name;
		__u32 id;
	} known[] = {
		{ "", KERN_CGROUP2 },	      { "memory", KERN_CGROUP_MEMORY },	  { "pids", KERN_CGROUP_PIDS },
		{ "cpu", KERN_CGROUP_CPU },   { "devices", KERN_CGROUP_DEVICES }, { "freezer", KERN_CGROUP_FREEZER },
	};
	static const char *const others[] = { "cpuset", "mem", "memoryx", "name=systemd", "MEMORY", " " };
	__u32 id;

	(void)state;
	for (size_t i = 0; i < countof(known); i++) {
		assert_true(cgroup_controller(known[i].name, &id));
		assert_int_equal(id, known[i].id);
	}
	for (size_t i = 0; i < countof(others); i++)
		assert_false(cgroup_controller(others[i], &id));
}

static void paths_that_are_no_cgroup(void **state)
{
	static const char *const paths[] = { "/", "/proc/self", "/nosuch/cgroup", "" };
	struct kern_scope test = { 0 };
	char why[256];

	(void)state;
	for (size_t i = 0; i < countof(paths); i++) {
		assert_false(cgroup_of_path(paths[i], &test, why, sizeof why));
		assert_int_equal(strncmp(why, "--cgroup ", 9), 0);
		assert_int_equal(test.cgroup, 0);
	}
}

/* The id is the directory's inode, the level how deep it is below the root, in each version that can be written to. */
static void a_directory_of_a_cgroup(void **state)
{
	static const struct {
		const char *root;
		__u32 controller;
	} roots[] = {
		{ "/sys/fs/cgroup/memory", KERN_CGROUP_MEMORY },
		{ "/sys/fs/cgroup/pids", KERN_CGROUP_PIDS },
		{ "/sys/fs/cgroup/unified", KERN_CGROUP2 },
		{ "/sys/fs/cgroup", KERN_CGROUP2 },
	};
	unsigned tested = 0;

	(void)state;
	for (size_t i = 0; i < countof(roots); i++) {
		char one[128], two[160], odd[192], file[128], why[256];
		struct kern_scope first = { 0 }, second = { 0 }, same = { 0 };
		struct stat st;

		snprintf(one, sizeof one, "%s/dscope test %d", roots[i].root, (int)getpid());
		snprintf(two, sizeof two, "%s/below", one);
		snprintf(odd, sizeof odd, "%s/../below//", two);
		snprintf(file, sizeof file, "%s/cgroup.procs", roots[i].root);
		if (access(file, F_OK) != 0 || mkdir(one, 0755) != 0)
			continue;
		assert_int_equal(mkdir(two, 0755), 0);
		assert_int_equal(stat(two, &st), 0);
		bool good = cgroup_of_path(one, &first, why, sizeof why) && cgroup_of_path(two, &second, why, sizeof why) &&
			    cgroup_of_path(odd, &same, why, sizeof why);
		rmdir(two);
		rmdir(one);
		assert_true(good);
		assert_int_equal(first.cgroup_controller, roots[i].controller);
		assert_int_equal(second.cgroup, st.st_ino);
		assert_int_equal(second.cgroup_level, first.cgroup_level + 1);
		assert_memory_equal(&same, &second, sizeof same);
		tested++;
	}
	if (!tested) {
		print_message("skipped: no cgroup file system can be written to\n");
		skip();
	}
}

static void our_own_process_is_on_our_level(void **state)
{
	pid_t inner = 0;

	(void)state;
	assert_int_equal(nslevel_below(getpid(), &inner), 0);
	assert_int_equal(inner, getpid());
	assert_true(nslevel_below(0x7ffffff0, &inner) < 0);
}

/* A child in pid namespaces of its own, `depth` of them, that stops; it says its level as nslevel_own() finds it. */
static pid_t child_below(int depth, int *level)
{
	int fds[2];
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int found = -1;

		close(fds[0]);
		for (int i = 0; i < depth; i++) {
			pid_t next = unshare(CLONE_NEWPID) == 0 ? fork() : -1;

			if (next > 0) {
				close(fds[1]);
				waitpid(next, NULL, 0);
				_exit(0);
			}
			if (next < 0)
				_exit(1);
		}
		found = nslevel_own();
		if (write(fds[1], &found, sizeof found) != sizeof found)
			_exit(1);
		_exit(0);
	}
	close(fds[1]);
	*level = -1;
	(void)!read(fds[0], level, sizeof *level);
	close(fds[0]);
	waitpid(pid, NULL, 0);
	return pid;
}

static void levels_of_nested_namespaces(void **state)
{
	int own = nslevel_own(), level;

	(void)state;
	/* nested too deep already, or a filter that knows no clone3(2) */
	if (geteuid() != 0 || own == -ENOSYS || own > 25) {
		print_message("skipped: needs root, clone3(2) and some levels of pid namespaces left: here %d\n", own);
		skip();
	}
	assert_true(own >= 0);
	for (int depth = 0; depth <= 3; depth++) {
		child_below(depth, &level);
		assert_int_equal(level, own + depth);
	}
}

/* As the parent sees a child that is pid 1 in a namespace of its own. */
static void a_child_in_a_namespace_is_one_below(void **state)
{
	pid_t outer, child = 0, inner = 0;
	int fds[2], below, hold[2];

	(void)state;
	if (geteuid() != 0) {
		print_message("skipped: needs root\n");
		skip();
	}
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(pipe(hold), 0);
	outer = fork();
	assert_true(outer >= 0);
	if (outer == 0) {
		pid_t next = unshare(CLONE_NEWPID) == 0 ? fork() : -1;
		char byte;

		close(hold[1]);
		if (next == 0) {
			(void)!read(hold[0], &byte, 1);
			_exit(0);
		}
		(void)!write(fds[1], &next, sizeof next);
		waitpid(next, NULL, 0);
		_exit(0);
	}
	close(hold[0]);
	assert_int_equal(read(fds[0], &child, sizeof child), sizeof child);
	below = child > 0 ? nslevel_below(child, &inner) : -ECHILD;
	close(hold[1]);
	waitpid(outer, NULL, 0);
	close(fds[0]);
	close(fds[1]);
	assert_int_equal(below, 1);
	assert_int_equal(inner, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controllers_by_name),
		cmocka_unit_test(paths_that_are_no_cgroup),
		cmocka_unit_test(a_directory_of_a_cgroup),
		cmocka_unit_test(our_own_process_is_on_our_level),
		cmocka_unit_test(levels_of_nested_namespaces),
		cmocka_unit_test(a_child_in_a_namespace_is_one_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/proc: the parsers, and files below a root of our own (NATIVE_ROOT); the real /proc is in
 * liveproc_test.c.
 */
#include "unit.h"

#include "toolbox/lib/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/libproc_test.XXXXXX";

static void make_dirs(const char *path)
{
	char copy[300];

	snprintf(copy, sizeof(copy), "%s/%s", dir, path);
	for (char *p = copy + strlen(dir) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(copy, 0755);
		*p = '/';
	}
}

static void put_bytes(const char *path, const char *data, size_t n)
{
	char full[300];

	make_dirs(path);
	snprintf(full, sizeof(full), "%s/%s", dir, path);
	FILE *f = fopen(full, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void put(const char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

static int removed(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

/* --- text ------------------------------------------------------------------------------------- */

static void numbers_in_text(void **state)
{
	const char *p = " \t42x";
	uint64_t v = 7;

	(void)state;
	assert_true(proc_u64(&p, &v));
	assert_int_equal(v, 42);
	assert_string_equal(p, "x");
	assert_false(proc_u64(&p, &v));
	assert_string_equal(p, "x");
	assert_int_equal(v, 42);
	p = "18446744073709551615 ";
	assert_true(proc_u64(&p, &v));
	assert_true(v == UINT64_MAX);
	p = "18446744073709551616 ";
	assert_false(proc_u64(&p, &v));
	assert_string_equal(p, "18446744073709551616 ");
	p = "-1";
	assert_false(proc_u64(&p, &v));
	p = "";
	assert_false(proc_u64(&p, &v));
	p = "\n5"; /* a number of the next line is not this line's */
	assert_false(proc_u64(&p, &v));
}

static void keys_in_text(void **state)
{
	const char *meminfo = "MemTotal:        8145020 kB\nMemFree: 12 kB\nMemFreeMore: 13 kB\nEmpty:\nNeg: -4\nlast 9";
	uint64_t v = 1;

	(void)state;
	assert_true(proc_key(meminfo, "MemTotal", &v));
	assert_int_equal(v, 8145020);
	assert_true(proc_key(meminfo, "MemFree", &v));
	assert_int_equal(v, 12);
	assert_true(proc_key("MemFreeMore: 13\nMemFree: 12\n", "MemFree", &v));
	assert_int_equal(v, 12);
	assert_true(proc_key(meminfo, "last", &v));
	assert_int_equal(v, 9);
	assert_false(proc_key(meminfo, "Total", &v));
	assert_false(proc_key(meminfo, "Mem", &v));
	assert_false(proc_key(meminfo, "Neg", &v));
	assert_false(proc_key(meminfo, "Empty", &v));
	assert_false(proc_key(meminfo, "Missing", &v));
	assert_false(proc_key("", "a", &v));
	assert_false(proc_key("a", "a", &v));
	assert_false(proc_key("\n\na", "a", &v));
	assert_int_equal(v, 9);
}

static void lines_of_text(void **state)
{
	const char *text = "a\n\nb\nc";

	(void)state;
	assert_string_equal(proc_next_line(text), "\nb\nc");
	assert_string_equal(proc_next_line(text + 2), "b\nc");
	assert_string_equal(proc_next_line(text + 3), "c");
	assert_null(proc_next_line(text + 5));
	assert_null(proc_next_line("end\n"));
	assert_null(proc_next_line(""));
}

/* pid (comm) S ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime
 * prio nice threads itreal start vsize rss: fields 4 to 24. */
#define REST " 1 2 3 0 -1 4194560 100 0 0 0 51 52 0 0 -2 -19 7 0 987654 4096000 250 18446744073709551615 1\n"

static void stat_is(const char *line, int want, const char *comm, char letter)
{
	struct proc_stat st;

	assert_int_equal(proc_parse_stat(line, strlen(line), &st), want);
	if (want < 0)
		return;
	assert_string_equal(st.comm, comm);
	assert_int_equal(st.state, letter);
	assert_int_equal(st.pid, 42);
	assert_int_equal(st.ppid, 1);
	assert_int_equal(st.pgrp, 2);
	assert_int_equal(st.session, 3);
	assert_int_equal(st.utime, 51);
	assert_int_equal(st.stime, 52);
	assert_int_equal(st.threads, 7);
	assert_int_equal(st.start_time, 987654);
	assert_int_equal(st.vsize, 4096000);
	assert_int_equal(st.rss_pages, 250);
}

static void stat_from_the_last_parenthesis(void **state)
{
	char longest[400] = "42 (";

	(void)state;
	stat_is("42 (node) S" REST, 0, "node", 'S');
	stat_is("42 () R" REST, 0, "", 'R');
	stat_is("42 (a) Z 9 9 9) R" REST, 0, "a) Z 9 9 9", 'R');
	stat_is("42 (x\n42 (y) S" REST, 0, "x\n42 (y", 'S');
	stat_is("42 (\033]0;t\a\xff) D" REST, 0, "\033]0;t\a\xff", 'D');
	/* A kernel worker's name is longer than 15 bytes; a longer one than we keep is cut. */
	memset(longest + 4, 'k', 100);
	strcpy(longest + 104, ") I" REST);
	stat_is(longest, 0, "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", 'I');
}

static void broken_stat_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "42", "42 node S" REST, "42 (node", "42 (node)", "42 (node) ", "42 )node( S" REST, "42 (node)S" REST,
		"42 (node) S", "42 (node) S 1 2 3", "42 (node) S 1 2 x" REST, "42 (node) S 1 2 3 0 -1 4194560 100 0 0",
		"42 (node) S 99999999999999999999 2 3 0 -1 1 1 0 0 0 5 5 0 0 20 0 7 0 98 40 25",
		"42 (node) S - 2 3 0 -1 1 1 0 0 0 5 5 0 0 20 0 7 0 98 40 25",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		stat_is(bad[i], -EINVAL, NULL, 0);
	/* Nothing behind the length that was given is looked at. */
	struct proc_stat st;
	assert_int_equal(proc_parse_stat("42 (node) S" REST, 20, &st), -EINVAL);
}

/* --- files below a root of ours ---------------------------------------------------------------- */

static void a_file_read_again(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	put("0/proc/stat", "cpu 1\n");
	assert_int_equal(proc_load(&f, "proc/stat"), 0);
	assert_string_equal(f.data, "cpu 1\n");
	assert_int_equal(f.len, 6);
	put("0/proc/stat", "cpu 22222\n"); /* written over: the same file */
	assert_int_equal(proc_load(&f, "proc/stat"), 0);
	assert_string_equal(f.data, "cpu 22222\n");
	put("0/proc/stat", "");
	assert_int_equal(proc_load(&f, "proc/stat"), 0);
	assert_string_equal(f.data, "");
	assert_int_equal(f.len, 0);
	proc_unload(&f);
	assert_null(f.data);
	assert_int_equal(f.fd, -1);
	proc_unload(&f); /* twice does no harm */
}

static void files_of_any_length(void **state)
{
	static const size_t sizes[] = { 1, 4094, 4095, 4096, 4097, 8191, 8192, 300000 };
	struct proc_file f = PROC_FILE_INIT;
	char *big = malloc(300000);

	(void)state;
	memset(big, 'x', 300000);
	big[2] = '\0'; /* a NUL is a byte like others */
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		put_bytes("0/proc/big", big, sizes[i]);
		assert_int_equal(proc_load(&f, "proc/big"), 0);
		assert_int_equal(f.len, sizes[i]);
		assert_memory_equal(f.data, big, sizes[i]);
		assert_int_equal(f.data[f.len], '\0');
	}
	proc_unload(&f);
	free(big);
}

static void the_beginning_of_a_file(void **state)
{
	static const size_t most[] = { 0, 1, 4095, 4096, 9999, 10000, 10001 };
	struct proc_file f = PROC_FILE_INIT;
	char big[10000];

	(void)state;
	memset(big, 'y', sizeof(big));
	put_bytes("0/proc/long", big, sizeof(big));
	for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++) {
		assert_int_equal(proc_load_most(&f, "proc/long", most[i]), 0);
		assert_int_equal(f.len, most[i] < sizeof(big) ? most[i] : sizeof(big));
		assert_int_equal(f.data[f.len], '\0');
	}
	proc_unload(&f);
	assert_int_equal(proc_load_most(&f, "proc/missing", 5), -ENOENT);
	proc_unload(&f);
}

static void what_a_link_names(void **state)
{
	struct statx st;
	char buf[16];

	(void)state;
	put("0/proc/target", "12345");
	assert_int_equal(proc_statx("proc/target", 0, STATX_BASIC_STATS, &st), 0);
	assert_int_equal(st.stx_size, 5);
	assert_int_equal(proc_statx("proc/missing", 0, STATX_BASIC_STATS, &st), -ENOENT);
	/* not below another root: it would be a file of this machine */
	assert_int_equal(proc_xattr("proc/target", "user.x", buf, sizeof(buf)), -ENOTSUP);
}

static void the_head_of_a_file_is_whole_lines(void **state)
{
	struct proc_file f = PROC_FILE_INIT;
	char big[6000];

	(void)state;
	memset(big, 'x', sizeof(big));
	big[9] = big[4000] = '\n';
	put_bytes("0/proc/head", big, sizeof(big));
	assert_int_equal(proc_load_head(&f, "proc/head"), 0);
	assert_int_equal(f.len, 4001);
	assert_string_equal(f.data + 3998, "xx\n");
	put("0/proc/head", "one\ntwo\n");
	assert_int_equal(proc_load_head(&f, "proc/head"), 0);
	assert_string_equal(f.data, "one\ntwo\n");
	put("0/proc/head", "no line");
	assert_int_equal(proc_load_head(&f, "proc/head"), 0);
	assert_string_equal(f.data, "");
	assert_int_equal(proc_load(&f, "proc/head"), 0);
	assert_string_equal(f.data, "no line");
	proc_unload(&f);
	assert_int_equal(proc_load_head(&f, "proc/missing"), -ENOENT);
	assert_string_equal(f.data, "");
	proc_unload(&f);
}

static void what_cannot_be_read_is_empty(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	assert_int_equal(proc_load(&f, "proc/missing"), -ENOENT);
	assert_string_equal(f.data, "");
	assert_int_equal(f.len, 0);
	put("0/proc/dir/x", "");
	assert_int_equal(proc_load(&f, "proc/dir"), -EISDIR);
	assert_string_equal(f.data, "");
	put("0/proc/later", "here\n");
	assert_int_equal(proc_load(&f, "proc/later"), 0);
	assert_string_equal(f.data, "here\n");
	proc_unload(&f);
	assert_int_equal(proc_load_slow(&f, "proc/missing", 1000), -ENOENT);
	assert_string_equal(f.data, "");
	proc_unload(&f);
	assert_int_equal(proc_open("proc/missing", O_RDONLY), -ENOENT);
	assert_null(proc_opendir("proc/missing"));
	assert_int_equal(errno, ENOENT);
}

static void links(void **state)
{
	char path[300];
	char to[8];

	(void)state;
	make_dirs("0/proc/7/x");
	snprintf(path, sizeof(path), "%s/0/proc/7/exe", dir);
	assert_int_equal(symlink("/bin/sh", path), 0);
	assert_int_equal(proc_readlink("proc/7/exe", to, sizeof(to)), 0);
	assert_string_equal(to, "/bin/sh");
	assert_int_equal(proc_readlink("proc/7/exe", to, 7), -ENAMETOOLONG);
	assert_int_equal(proc_readlink("proc/7/nothing", to, sizeof(to)), -ENOENT);
}

static void processes_by_number(void **state)
{
	pid_t *pids;
	size_t n;

	(void)state;
	put("0/proc/10/task/10/stat", "");
	put("0/proc/10/task/9/stat", "");
	put("0/proc/9/stat", "");
	put("0/proc/2147483647/stat", "");
	put("0/proc/2147483648/stat", "");
	put("0/proc/0/stat", "");
	put("0/proc/12x/stat", "");
	put("0/proc/self/stat", "");
	assert_int_equal(proc_pids(&pids, &n), 0);
	assert_int_equal(n, 4); /* 7 is of the test before */
	assert_int_equal(pids[0], 7);
	assert_int_equal(pids[1], 9);
	assert_int_equal(pids[2], 10);
	assert_int_equal(pids[3], 2147483647);
	free(pids);
	assert_int_equal(proc_tids(10, &pids, &n), 0);
	assert_int_equal(n, 2);
	assert_int_equal(pids[0], 9);
	free(pids);
	assert_int_equal(proc_tids(11, &pids, &n), -ENOENT);
	assert_null(pids);
	assert_int_equal(n, 0);
}

static void descriptors_of_a_process(void **state)
{
	uint64_t n;

	(void)state;
	put("0/proc/10/fd/0", "");
	put("0/proc/10/fd/1", "");
	put("0/proc/10/fd/1023", "");
	assert_int_equal(proc_fd_count(10, &n), 0);
	assert_int_equal(n, 3); /* the entries: the size of a directory tells nothing outside of procfs */
	make_dirs("0/proc/9/fd/");
	assert_int_equal(proc_fd_count(9, &n), 0);
	assert_int_equal(n, 0);
	assert_int_equal(proc_fd_count(8, &n), -ENOENT);
}

static void thousands_of_processes(void **state)
{
	char path[40];
	pid_t *pids;
	size_t n;

	(void)state;
	for (int i = 1; i <= 1000; i++) {
		snprintf(path, sizeof(path), "0/proc/5/task/%d/x", i * 7919 % 100000 + 1);
		make_dirs(path);
	}
	assert_int_equal(proc_tids(5, &pids, &n), 0);
	assert_int_equal(n, 1000);
	for (size_t i = 1; i < n; i++)
		assert_true(pids[i - 1] < pids[i]);
	free(pids);
}

/* The last test of the root of ours: it goes on to the second snapshot. */
static void snapshots_follow_each_other(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	put("0/proc/uptime", "first");
	put("1/proc/uptime", "second");
	assert_true(proc_has_snapshots());
	assert_true(proc_is_test());
	assert_true(proc_is_real());
	assert_false(proc_is_covered("proc/uptime"));
	assert_int_equal(proc_load(&f, "proc/uptime"), 0);
	assert_string_equal(f.data, "first");
	proc_next_snapshot();
	assert_int_equal(proc_load(&f, "proc/uptime"), 0);
	assert_string_equal(f.data, "second");
	proc_next_snapshot(); /* there is no third: the last stays */
	assert_int_equal(proc_load(&f, "proc/uptime"), 0);
	assert_string_equal(f.data, "second");
	proc_unload(&f);
}

static int make_root(void **state)
{
	(void)state;
	if (!mkdtemp(dir))
		return -1;
	make_dirs("0/proc/");
	return setenv("NATIVE_ROOT", dir, 1);
}

static int remove_root(void **state)
{
	(void)state;
	return nftw(dir, removed, 16, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_in_text),
		cmocka_unit_test(keys_in_text),
		cmocka_unit_test(lines_of_text),
		cmocka_unit_test(stat_from_the_last_parenthesis),
		cmocka_unit_test(broken_stat_is_refused),
		cmocka_unit_test(a_file_read_again),
		cmocka_unit_test(files_of_any_length),
		cmocka_unit_test(the_beginning_of_a_file),
		cmocka_unit_test(what_a_link_names),
		cmocka_unit_test(the_head_of_a_file_is_whole_lines),
		cmocka_unit_test(what_cannot_be_read_is_empty),
		cmocka_unit_test(links),
		cmocka_unit_test(processes_by_number),
		cmocka_unit_test(descriptors_of_a_process),
		cmocka_unit_test(thousands_of_processes),
		cmocka_unit_test(snapshots_follow_each_other),
	};

	return cmocka_run_group_tests(tests, make_root, remove_root);
}

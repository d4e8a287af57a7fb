/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/pfiles/info: fdinfo of every kind that there is here; toolbox/psmem/measure: smaps and smaps_rollup; and
 * what toolbox/lib/process takes for an id or a user.
 */
#include "unit.h"

#include "toolbox/lib/process.h"
#include "toolbox/pfiles/pfiles.h"
#include "toolbox/psmem/psmem.h"

#include <stdlib.h>
#include <string.h>

static void prints(const char *info, const char *want)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	info_print(info, out);
	fclose(out);
	assert_string_equal(text, want);
	free(text);
}

static void kinds(void **state)
{
	(void)state;
	prints("pos:\t0\nflags:\t02\nmnt_id:\t15\nino:\t1038\n", "");
	prints("pos:\t0\neventfd-count:               1f\neventfd-id: 3\n", "      eventfd: count:31\n");
	prints("sigmask:\t0000010000010200\n", "      signals: SIGUSR1,SIGCHLD,SIGRTMIN+7\n");
	prints("sigmask:\t0000000000000000\n", "      signals: none\n");
	prints("sigmask:\t0000000100000000\n", "      signals: SIG33\n");
	prints("tfd:       20 events: 80000019 data:               14  pos:0 ino:e2a9d6 sdev:f\n",
	       "      epoll: fd:20 EPOLLIN|EPOLLERR|EPOLLHUP|EPOLLET data:0x14 ino:14854614\n");
	prints("inotify wd:1 ino:3c51a sdev:fe00000 mask:8000300 ignored_mask:0 fhandle-bytes:8\n",
	       "      inotify: wd:1 dev:254,0 ino:247066 IN_CREATE|IN_DELETE\n");
	prints("clockid: 1\nticks: 3\nsettime flags: 01\nit_value: (99, 5)\nit_interval: (1, 0)\n",
	       "      timer: CLOCK_MONOTONIC ticks:3 left:99.000000005 interval:1.000000000\n");
	prints("clockid: 5\n", "      timer: clock 5\n");
	prints("Pid:\t17\nNSpid:\t17\t1\n", "      process: 17\n");
	prints("scm_fds: 0\n", "");
	prints("scm_fds: 2\n", "      descriptors on their way: 2\n");
	prints("lock:\t1: POSIX  ADVISORY  WRITE 359 00:13:11691 5 EOF\n",
	       "      advisory write lock set by process 359 (POSIX) 5-EOF\n");
	prints("lock:\t1: OFDLCK ADVISORY  READ -1 00:13:11691 0 9\n", "      advisory read lock (OFDLCK) 0-9\n");
	prints("lock:\t1: LEASE  ACTIVE    READ 1\n", "      lock: 1: LEASE  ACTIVE    READ 1\n");
	/* what is new stands as it is, and safe */
	prints("prog_type:\t5\nevil:\t\033[1m\n", "      prog_type:\\0115\n      evil:\\011\\033[1m\n");
}

static void malformed(void **state)
{
	uint64_t v;

	(void)state;
	prints(NULL, "");
	prints("", "");
	prints("\n\n:\n", "      :\n");
	prints("tfd:", "");
	prints("tfd: 1 events:", "      epoll: fd:1 0 data:0\n");
	prints("inotify ", "      inotify: wd:0 dev:0,0 ino:0 0\n");
	prints("lock:", "      lock: \n");
	prints("clockid:", "");
	prints("clockid: 99999999999999999999", "");
	assert_false(info_flags(NULL, &v));
	assert_false(info_flags("flags:\t9\n", &v));
	assert_false(info_flags("flags:\t7777777777777777777777777\n", &v));
	assert_false(info_pos("pos:\t-\n", &v));
	assert_true(info_pos("flags:\t0\npos:\t12\n", &v));
	assert_int_equal(v, 12);
}

static void flags_are(const char *info, const char *want)
{
	uint64_t v = 0;
	char text[256];

	assert_true(info_flags(info, &v));
	info_fmt_flags(text, sizeof(text), v);
	assert_string_equal(text, want);
}

static void flags(void **state)
{
	char small[12];

	(void)state;
	flags_are("flags:\t00\n", "O_RDONLY");
	flags_are("flags:\t02004002\n", "O_RDWR|O_NONBLOCK|O_CLOEXEC");
	flags_are("flags:\t010000000\n", "O_PATH");
	flags_are("flags:\t04010001\n", "O_WRONLY|O_SYNC");
	flags_are("flags:\t010001\n", "O_WRONLY|O_DSYNC");
	flags_are("flags:\t040000000001\n", "O_WRONLY|0x100000000");
	info_fmt_flags(small, sizeof(small), 02004002);
	assert_string_equal(small, "O_RDWR|O_NO");
}

static void memory(void **state)
{
	uint64_t f[FIGURES];

	(void)state;
	memset(f, 0xff, sizeof(f));
	assert_true(measure_smaps("1-2 ---p 00000000 00:00 0  [rollup]\nRss:   10 kB\nPss:   5 kB\nPss_Dirty: 3 kB\n"
				  "Private_Clean: 1 kB\nPrivate_Dirty: 2 kB\nPrivate_Hugetlb: 2048 kB\nSwap: 7 kB\n",
				  f));
	assert_int_equal(f[RSS], 10240);
	assert_int_equal(f[PSS], (5 + 2048) * 1024);
	assert_int_equal(f[USS], (3 + 2048) * 1024);
	assert_int_equal(f[DIRTY], 3072);
	assert_int_equal(f[SWAP], 7168);
	assert_true(f[SWAP_PSS] == FIGURE_UNKNOWN);
	/* smaps: the sum of all */
	memset(f, 0xff, sizeof(f));
	assert_true(measure_smaps("1-2 r--p 0 0:0 0  Rss: 5\nRss: 1 kB\n3-4 r--p 0 0:0 0\nRss: 2 kB\n", f));
	assert_int_equal(f[RSS], 3072);
	/* what does not fit stays below "unknown" */
	memset(f, 0xff, sizeof(f));
	assert_true(measure_smaps("Rss: 18446744073709551615 kB\nRss: 18446744073709551615 kB\n", f));
	assert_true(f[RSS] == FIGURE_UNKNOWN - 1);
	assert_false(measure_smaps("", f));
	assert_false(measure_smaps("Rss: x\nNothing: 1 kB\nRs: 1\nRsss: 1\n", f));
}

static void ids_and_users(void **state)
{
	static const char *const wrong[] = { "", "0", "-1", "+1", " 1", "1 ", "1x", "2147483648", "99999999999999999999", "/proc/", "/proc/1/" };
	uint32_t uid;
	pid_t pid;

	(void)state;
	assert_true(process_parse_id("4711", &pid));
	assert_int_equal(pid, 4711);
	assert_true(process_parse_id("/proc/2147483647", &pid));
	assert_int_equal(pid, 2147483647);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(process_parse_id(wrong[i], &pid));
	assert_true(process_user("Name:\tx\nUid:\t1\t22\t3\t4\n", &uid));
	assert_int_equal(uid, 22);
	assert_true(process_user("Uid:\t0\t4294967295\t0\t0\n", &uid));
	assert_int_equal(uid, 4294967295u);
	assert_false(process_user("Uid:\t0\t4294967296\t0\t0\n", &uid));
	assert_false(process_user("Uid:\t0\n", &uid));
	assert_false(process_user("", &uid));
	assert_true(process_parse_user("4294967295", &uid));
	assert_false(process_parse_user("4294967296", &uid));
	assert_false(process_parse_user("", &uid));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(malformed),
		cmocka_unit_test(flags),
		cmocka_unit_test(memory),
		cmocka_unit_test(ids_and_users),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/proc on the real /proc, with a pread(2) that can hang, fail and give little, as that of a
 * process that ends or sleeps on FUSE.
 */
#include "unit.h"

#include "toolbox/lib/proc.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static enum { READ_ALL, READ_LITTLE, READ_INTERRUPTED, READ_GONE, READ_HANGS } behaviour;
static int reads;

ssize_t pread(int fd, void *buf, size_t n, off_t offset)
{
	reads++;
	switch (behaviour) {
	case READ_LITTLE:
		n = n < 3 ? n : 3;
		break;
	case READ_INTERRUPTED:
		if (reads % 2 == 1) {
			errno = EINTR;
			return -1;
		}
		break;
	case READ_GONE:
		if (offset > 0) {
			errno = ESRCH;
			return -1;
		}
		n = n < 3 ? n : 3;
		break;
	case READ_HANGS:
		for (;;)
			pause();
	case READ_ALL:
		break;
	}
	return syscall(SYS_pread64, fd, buf, n, offset);
}

static int usual(void **state)
{
	(void)state;
	behaviour = READ_ALL;
	reads = 0;
	return 0;
}

static void our_own_process(void **state)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;
	bool found = false;
	pid_t *pids;
	size_t n;

	(void)state;
	assert_true(proc_is_real());
	assert_false(proc_has_snapshots());
	assert_false(proc_is_covered("proc/self/stat"));
	assert_false(proc_is_covered("proc/no such file"));
	prctl(PR_SET_NAME, "a) Z 1\n(b");
	assert_int_equal(proc_load(&f, "proc/self/stat"), 0);
	assert_int_equal(proc_parse_stat(f.data, f.len, &st), 0);
	assert_string_equal(st.comm, "a) Z 1\n(b");
	assert_int_equal(st.pid, getpid());
	assert_int_equal(st.ppid, getppid());
	assert_int_equal(st.session, getsid(0));
	assert_int_equal(st.state, 'R');
	assert_true(st.rss_pages > 0);
	proc_unload(&f);
	assert_int_equal(proc_pids(&pids, &n), 0);
	for (size_t i = 0; i < n; i++)
		found |= pids[i] == getpid();
	assert_true(found);
	free(pids);
	assert_int_equal(proc_tids(getpid(), &pids, &n), 0);
	assert_true(n >= 1);
	assert_int_equal(pids[0], getpid());
	free(pids);
}

static void our_descriptors(void **state)
{
	uint64_t before;
	uint64_t after;
	int ends[2];

	(void)state;
	assert_false(proc_is_test());
	assert_int_equal(proc_fd_count(getpid(), &before), 0);
	assert_true(before >= 3);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(proc_fd_count(getpid(), &after), 0);
	assert_int_equal(after, before + 2);
	close(ends[0]);
	close(ends[1]);
	assert_int_equal(proc_fd_count(INT_MAX, &after), -ENOENT);
}

static void files_that_come_in_pieces(void **state)
{
	struct proc_file f = PROC_FILE_INIT;
	char *whole;

	(void)state;
	assert_int_equal(proc_load(&f, "proc/version"), 0);
	whole = strdup(f.data);
	behaviour = READ_LITTLE;
	assert_int_equal(proc_load(&f, "proc/version"), 0);
	assert_string_equal(f.data, whole);
	assert_true(reads > 4);
	behaviour = READ_INTERRUPTED;
	assert_int_equal(proc_load(&f, "proc/version"), 0);
	assert_string_equal(f.data, whole);
	proc_unload(&f);
	free(whole);
}

static void a_process_that_ends_while_it_is_read(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	behaviour = READ_GONE;
	assert_int_equal(proc_load(&f, "proc/self/status"), -ESRCH);
	assert_string_equal(f.data, ""); /* half a file is none */
	assert_int_equal(f.len, 0);
	behaviour = READ_ALL;
	assert_int_equal(proc_load(&f, "proc/self/status"), 0);
	assert_true(f.len > 0);
	proc_unload(&f);
}

static void a_slow_read_that_is_quick(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	assert_int_equal(proc_load_slow(&f, "proc/self/status", 60000), 0);
	assert_non_null(strstr(f.data, "Threads:"));
	assert_int_equal(f.fd, -1);
	assert_int_equal(proc_load_slow(&f, "proc/version", 60000), 0); /* another file, the same memory */
	assert_memory_equal(f.data, "Linux", 5);
	assert_int_equal(proc_load_slow(&f, "proc/no such file", 60000), -ENOENT);
	assert_string_equal(f.data, "");
	proc_unload(&f);
}

/* The stuck threads stay until the program ends; the reader goes on, and more than once. */
static void a_read_that_hangs_is_given_up(void **state)
{
	struct proc_file f = PROC_FILE_INIT;

	(void)state;
	behaviour = READ_HANGS;
	assert_int_equal(proc_load_slow(&f, "proc/self/cmdline", 50), -ETIMEDOUT);
	assert_string_equal(f.data, "");
	assert_int_equal(proc_load_slow(&f, "proc/self/cmdline", 1), -ETIMEDOUT);
	assert_int_equal(proc_load_slow(&f, "proc/self/cmdline", 0), -ETIMEDOUT);
	behaviour = READ_ALL;
	assert_int_equal(proc_load_slow(&f, "proc/self/cmdline", 60000), 0);
	assert_true(f.len > 0);
	proc_unload(&f);
}

/* One that comes back late frees what it shares with the waiting side: the sanitizer would tell. */
static void a_read_that_is_late(void **state)
{
	struct proc_file f = PROC_FILE_INIT;
	struct timespec t = { .tv_nsec = 200000 };

	(void)state;
	for (int i = 0; i < 200; i++) {
		int r = proc_load_slow(&f, "proc/self/status", 0);

		assert_true(r == 0 || r == -ETIMEDOUT);
	}
	proc_unload(&f);
	for (int i = 0; i < 5000; i++) {
		pid_t *tids;
		size_t n;

		assert_int_equal(proc_tids(getpid(), &tids, &n), 0);
		free(tids);
		/* the three of the test before, and this one */
		if (n <= 4)
			break;
		nanosleep(&t, NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(our_own_process, usual),
		cmocka_unit_test_setup(our_descriptors, usual),
		cmocka_unit_test_setup(files_that_come_in_pieces, usual),
		cmocka_unit_test_setup(a_process_that_ends_while_it_is_read, usual),
		cmocka_unit_test_setup(a_slow_read_that_is_quick, usual),
		cmocka_unit_test_setup(a_read_that_hangs_is_given_up, usual),
		cmocka_unit_test_setup(a_read_that_is_late, usual),
	};

	unsetenv("NATIVE_ROOT");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

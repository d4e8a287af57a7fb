/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym/maps: lines of /proc/PID/maps, and opening what they name.
 */
#include "unit.h"

#include "bpf/sym/open.h"
#include "bpf/sym/slow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void parse(struct maps *m, const char *text)
{
	assert_int_equal(maps_parse(m, strdup(text), strlen(text)), 0);
}

static void lines(void **state)
{
	struct maps m;

	(void)state;
	parse(&m, "1000-2000 r-xp 00000300 08:01 42                         /a b\\012c\n"
		  "no line\n"
		  "2000-2000 r-xp 0 08:01 42 /empty\n"
		  "1800-2800 r-xp 0 08:01 42 /overlap\n"
		  "3000-4000 rw-p 00000000 00:00 0 \n"
		  "5000-6000 --xp 00000000 fe:123 7 /x (deleted)");
	assert_int_equal(m.n, 3);
	assert_string_equal(m.map[0].path, "/a b\nc");
	assert_int_equal(m.map[0].offset, 0x300);
	assert_int_equal(m.map[0].inode, 42);
	assert_true(m.map[0].exec && m.map[0].read && !m.map[0].deleted);
	assert_string_equal(m.map[1].path, "");
	assert_true(m.map[2].deleted && !m.map[2].read);
	assert_int_equal(m.map[2].dev_minor, 0x123);
	assert_ptr_equal(maps_find(&m, 0x1fff), &m.map[0]);
	assert_ptr_equal(maps_find(&m, 0x3000), &m.map[1]);
	assert_null(maps_find(&m, 0x2000));
	assert_null(maps_find(&m, 0xfff));
	assert_null(maps_find(&m, 0x6000));
	maps_free(&m);
	parse(&m, "");
	assert_null(maps_find(&m, 0));
	maps_free(&m);
}

static void opens_itself(void **state)
{
	struct mounts ms = { 0 };
	struct maps m;
	struct stat a, b;

	(void)state;
	assert_int_equal(maps_read(&m, getpid()), 0);
	const struct map *here = maps_find(&m, (uint64_t)(uintptr_t)&opens_itself);
	assert_non_null(here);
	int fd = open_mapped(&ms, here, getpid());
	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &a), 0);
	assert_int_equal(stat("/proc/self/exe", &b), 0);
	assert_true(a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	close(fd);
	maps_free(&m);
}

/* What has another inode than the mapping, what is no regular file, what only has a name like a file. */
static void refuses(void **state)
{
	char dir[] = "/tmp/sym.XXXXXX", fifo[64], file[64];
	struct mounts ms = { 0 };
	struct map m = { .start = 1, .end = 2, .inode = 1, .path = "/etc/hostname" };

	(void)state;
	assert_true(open_mapped(&ms, &m, getpid()) < 0);
	m.path = "[vdso]";
	assert_int_equal(open_mapped(&ms, &m, getpid()), -ENOENT);
	assert_non_null(mkdtemp(dir));
	snprintf(fifo, sizeof(fifo), "%s/fifo", dir);
	snprintf(file, sizeof(file), "%s/file (deleted)", dir);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	struct stat st;
	assert_int_equal(stat(fifo, &st), 0);
	m.path = fifo;
	m.inode = st.st_ino;
	assert_int_equal(open_mapped(&ms, &m, getpid()), -EINVAL);
	int fd = open(file, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	close(fd);
	m.path = file;
	m.inode = st.st_ino;
	fd = open_mapped(&ms, &m, getpid());
	assert_true(fd >= 0);
	close(fd);
	m.deleted = true;
	assert_true(open_mapped(&ms, &m, getpid()) < 0);
	unlink(file);
	unlink(fifo);
	rmdir(dir);
}

/* What answers only when somebody else does is told by the table of mounts. */
static void mounts(void **state)
{
	char text[] = "22 1 8:1 / / rw,relatime shared:1 master:2 - ext4 /dev/sda1 rw\n"
		      "23 22 0:5 / /a\\040b rw,x - fuse.sshfs x rw\n"
		      "24 22 0:6 / /n rw,fuse - nfs4 host:/ rw\n"
		      "25 22 0:7 / /o rw - overlay overlay rw\n"
		      "26 22 0:8 / /v rw - virtiofs x rw\n"
		      "27 22 0:9 / /short rw -\n"
		      "28 22 0x:10 / / rw - fuse f rw\n"
		      "29 22 0:7 / /again rw - fuse f rw";
	struct mounts ms;

	(void)state;
	assert_int_equal(mounts_parse(&ms, text, strlen(text)), 0);
	assert_int_equal(mounts_kind(&ms, 8, 1), FS_LOCAL);
	assert_int_equal(mounts_kind(&ms, 0, 5), FS_REMOTE);
	assert_int_equal(mounts_kind(&ms, 0, 6), FS_REMOTE);
	assert_int_equal(mounts_kind(&ms, 0, 7), FS_OVERLAY);
	assert_int_equal(mounts_kind(&ms, 0, 8), FS_LOCAL);
	assert_int_equal(mounts_kind(&ms, 0, 9), FS_UNKNOWN);
	assert_int_equal(mounts_kind(&ms, 0, 10), FS_UNKNOWN);
	mounts_free(&ms);
	assert_int_equal(mounts_read(&ms, getpid()), 0);
	assert_true(ms.n > 0);
	mounts_free(&ms);
	assert_true(mounts_read(&ms, -1) < 0);
}

/* A file that nobody answers for: the deadline does. */
static void deadline(void **state)
{
	char dir[] = "/tmp/sym.XXXXXX", fifo[64];
	char *text;
	size_t len;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(fifo, sizeof(fifo), "%s/fifo", dir);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(slow_read(fifo, 100, 50, &text, &len), -ETIMEDOUT);
	assert_null(text);
	/* Lets the reader go that was left behind; it frees what is its own. */
	int fd = open(fifo, O_WRONLY);
	assert_true(fd >= 0);
	close(fd);
	usleep(100000);
	assert_int_equal(slow_read("/proc/self/comm", 100, 5000, &text, &len), 0);
	assert_int_equal(strlen(text), len);
	free(text);
	assert_int_equal(slow_read("/proc/self/maps", 10, 5000, &text, &len), -EFBIG);
	assert_int_equal(slow_read("/proc/self/no", 10, 5000, &text, &len), -ENOENT);
	unlink(fifo);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(opens_itself),
		cmocka_unit_test(refuses),
		cmocka_unit_test(mounts),
		cmocka_unit_test(deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym/perfmap: lines, overlaps, a file that grows, and whose files are believed.
 */
#include "unit.h"

#include "bpf/sym/perfmap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect(struct perfmap *p, uint64_t addr, const char *name, uint64_t start)
{
	const char *got;
	uint64_t at;

	if (!name) {
		assert_false(perfmap_find(p, addr, &got, &at));
		return;
	}
	assert_true(perfmap_find(p, addr, &got, &at));
	assert_string_equal(got, name);
	assert_int_equal(at, start);
}

static void add(struct perfmap *p, const char *text) { assert_int_equal(perfmap_add(p, text, strlen(text)), 0); }

static void lines(void **state)
{
	struct perfmap p = { 0 };

	(void)state;
	add(&p, "1000 100 JS:*work /a b.js:1:2\n0x2000 0x10 Interpreter\nno line\n-5 10 x\n3000 -1 x\n3000 0 empty\n"
		"4000 10 \nffffffffffffffff 10 beyond\n5000 10 half");
	expect(&p, 0x1000, "JS:*work /a b.js:1:2", 0x1000);
	expect(&p, 0x10ff, "JS:*work /a b.js:1:2", 0x1000);
	expect(&p, 0x1100, NULL, 0);
	expect(&p, 0xfff, NULL, 0);
	expect(&p, 0x200f, "Interpreter", 0x2000);
	expect(&p, 0x3000, NULL, 0);
	expect(&p, 0x4000, NULL, 0);
	expect(&p, 0x5000, NULL, 0);
	add(&p, " a line\n");
	expect(&p, 0x5000, "half a line", 0x5000);
	perfmap_free(&p);
	expect(&p, 0x5000, NULL, 0);
}

/* Beside a plain model: each address has the last line that covers it. */
static void the_last_wins(void **state)
{
	static int model[4096];
	struct perfmap p = { 0 };
	char text[64];

	(void)state;
	srand(7);
	for (int i = 1; i <= 400; i++) {
		int start = rand() % 4000, size = 1 + rand() % (i % 3 ? 40 : 96);

		snprintf(text, sizeof(text), "%x %x f%d\n", start, size, i);
		add(&p, text);
		for (int a = start; a < start + size && a < 4096; a++)
			model[a] = i;
		if (i % 100 != 0)
			continue;
		for (int a = 0; a < 4096; a++) {
			const char *name;
			uint64_t at;
			bool found = perfmap_find(&p, (uint64_t)a, &name, &at);

			assert_int_equal(found, model[a] != 0);
			if (found)
				assert_int_equal(atoi(name + 1), model[a]);
		}
	}
	perfmap_free(&p);
}

static char path[64];

static void put(const char *text, int flags)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void again(struct perfmap *p) { p->read_ns = 0; }

static void of_a_process(void **state)
{
	struct perfmap p = { 0 };
	struct mounts ms;

	(void)state;
	assert_int_equal(mounts_read(&ms, getpid()), 0);
	snprintf(path, sizeof(path), "/tmp/perf-%d.map", getpid());
	unlink(path);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), -ENOENT);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), -EAGAIN);
	put("1000 10 one\n20", O_TRUNC);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), 0);
	expect(&p, 0x1001, "one", 0x1000);
	assert_string_equal(p.path, path);
	/* It grows, then it is another one. */
	put("00 10 two\n", O_APPEND);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), 0);
	expect(&p, 0x2001, "two", 0x2000);
	put("3000 10 three\n", O_TRUNC);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), 0);
	expect(&p, 0x1001, NULL, 0);
	expect(&p, 0x3001, "three", 0x3000);
	perfmap_free(&p);
	/* Neither a stranger's file nor a pipe, nor where a link leads to either. */
	if (geteuid() == 0) {
		assert_int_equal(chown(path, 12345, 0), 0);
		assert_int_equal(perfmap_read(&p, &ms, getpid()), -EPERM);
	}
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), -EINVAL);
	unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), -EINVAL);
	unlink(path);
	again(&p);
	assert_int_equal(perfmap_read(&p, &ms, -1), -ESRCH);
	perfmap_free(&p);
	mounts_free(&ms);
}

/* Of a file beyond the limit the end is read, from the first whole line on. */
static void a_long_file(void **state)
{
	struct perfmap p = { 0 };
	struct mounts ms = { 0 };

	(void)state;
	put("1000 10 first\n", O_TRUNC);
	assert_int_equal(truncate(path, PERFMAP_MAX), 0);
	put("\n2000 10 last\n", O_APPEND);
	assert_int_equal(perfmap_read(&p, &ms, getpid()), 0);
	assert_true(p.len <= PERFMAP_MAX);
	expect(&p, 0x1000, NULL, 0);
	expect(&p, 0x2000, "last", 0x2000);
	unlink(path);
	perfmap_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(the_last_wins),
		cmocka_unit_test(of_a_process),
		cmocka_unit_test(a_long_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * injector/tar: what build/bundle writes is read, everything else is refused.
 */
#include "unit.h"

#include "injector/tar.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Writes a header block at h, with the right checksum. */
static void header(unsigned char *h, const char *name, char type, const char *link, unsigned long size)
{
	unsigned sum = 0;

	memset(h, 0, 512);
	memcpy(h, name, strlen(name));
	memcpy(h + 100, "0000755", 8);
	snprintf((char *)h + 124, 12, "%011lo", size);
	snprintf((char *)h + 136, 12, "%011o", 1000);
	h[156] = (unsigned char)type;
	memcpy(h + 157, link, strlen(link));
	memcpy(h + 257, "ustar\00000", 8);
	memset(h + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += h[i];
	snprintf((char *)h + 148, 8, "%06o", sum);
}

static void a_good_archive(void **state)
{
	static unsigned char tar[512 * 6];
	struct tar_entry e;
	size_t pos = 0;

	(void)state;
	header(tar, "bin/", '5', "", 0);
	header(tar + 512, "bin/busybox", '0', "", 5);
	memcpy(tar + 1024, "hello", 5);
	header(tar + 1536, "bin/sh", '2', "busybox", 0);
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), 1);
	assert_int_equal(e.type, TAR_DIR);
	assert_string_equal(e.path, "bin");
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), 1);
	assert_int_equal(e.type, TAR_FILE);
	assert_string_equal(e.path, "bin/busybox");
	assert_int_equal(e.mode, 0755);
	assert_int_equal(e.mtime, 1000);
	assert_int_equal(e.size, 5);
	assert_memory_equal(e.data, "hello", 5);
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), 1);
	assert_int_equal(e.type, TAR_LINK);
	assert_string_equal(e.link, "busybox");
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), 0);
}

static int first(const char *name, char type, unsigned long size, size_t len)
{
	static unsigned char tar[2048];
	struct tar_entry e;
	size_t pos = 0;

	memset(tar, 0, sizeof(tar));
	header(tar, name, type, "", size);
	return tar_next(tar, len, &pos, &e);
}

static void names_that_lead_elsewhere(void **state)
{
	static const char *const bad[] = { "/etc/passwd", "..", "../x", "a/../b", "./a", ".", "a//b", "/" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(first(bad[i], '0', 0, 2048), -EINVAL);
	assert_int_equal(first("..a/b..", '0', 0, 2048), 1);
}

static void types_that_are_not_ours(void **state)
{
	(void)state;
	for (const char *t = "134678gxLK"; *t; t++)
		assert_int_equal(first("a", *t, 0, 2048), -EINVAL);
	assert_int_equal(first("a", '5', 1, 2048), -EINVAL); /* a directory with contents */
}

static void sizes_beyond_the_archive(void **state)
{
	(void)state;
	assert_int_equal(first("a", '0', 1536, 2048), 1);
	assert_int_equal(first("a", '0', 1537, 2048), -EINVAL);
	assert_int_equal(first("a", '0', 077777777777, 2048), -EINVAL);
	assert_int_equal(first("a", '0', 1, 512), -EINVAL);
	assert_int_equal(first("a", '0', 1, 600), -EINVAL); /* the last block is not whole */
	assert_int_equal(first("a", '0', 0, 511), -EINVAL);
}

static void a_changed_header_is_noticed(void **state)
{
	unsigned char tar[1024] = { 0 };
	struct tar_entry e;
	size_t pos = 0;

	(void)state;
	header(tar, "a", '0', "", 0);
	tar[1] = 'b';
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), -EINVAL);
	memset(tar, 0, sizeof(tar));
	tar[300] = 1; /* an end mark that is none */
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), -EINVAL);
}

static void the_longest_name(void **state)
{
	unsigned char tar[1024] = { 0 };
	struct tar_entry e;
	size_t pos = 0;
	unsigned sum = 0;

	(void)state;
	header(tar, "a", '0', "", 0);
	memset(tar, 'n', 100);
	memset(tar + 345, 'p', 155);
	memset(tar + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += tar[i];
	snprintf((char *)tar + 148, 8, "%06o", sum);
	assert_int_equal(tar_next(tar, sizeof(tar), &pos, &e), 1);
	assert_int_equal(strlen(e.path), 256);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_archive),
		cmocka_unit_test(names_that_lead_elsewhere),
		cmocka_unit_test(types_that_are_not_ours),
		cmocka_unit_test(sizes_beyond_the_archive),
		cmocka_unit_test(a_changed_header_is_noticed),
		cmocka_unit_test(the_longest_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

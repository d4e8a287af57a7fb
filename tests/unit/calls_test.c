/* SPDX-License-Identifier: GPL-2.0-only
 * The tables of toolbox/strace: calls.tbl against the kernel's own numbers, and what the generator
 * makes of all of them. The awk script refuses lines that are wrong by themselves (order, double
 * numbers, kinds without a printer); here is what needs to look at the whole.
 */
#include "unit.h"

#include "toolbox/lib/base.h"
#include "toolbox/strace/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers --- */

/* Calls that came with Linux 6.2 to 6.18, which the headers of the build lack; the same number
 * everywhere. */
static const struct {
	const char *name;
	unsigned nr;
} newer[] = {
	{ "cachestat", 451 },	      { "fchmodat2", 452 },	   { "map_shadow_stack", 453 },
	{ "futex_wake", 454 },	      { "futex_wait", 455 },	   { "futex_requeue", 456 },
	{ "statmount", 457 },	      { "listmount", 458 },	   { "lsm_get_self_attr", 459 },
	{ "lsm_set_self_attr", 460 }, { "lsm_list_modules", 461 }, { "mseal", 462 },
	{ "setxattrat", 463 },	      { "getxattrat", 464 },	   { "listxattrat", 465 },
	{ "removexattrat", 466 },     { "open_tree_attr", 467 },   { "file_getattr", 468 },
	{ "file_setattr", 469 },
};

static void numbers_of_newer_calls(void **state)
{
	(void)state;
	for (size_t i = 0; i < countof(newer); i++) {
		for (int abi = 0; abi < ABI_COUNT; abi++)
			assert_string_equal(decode_row((enum abi)abi, newer[i].nr)->name,
					    newer[i].name);
	}
	assert_string_equal(decode_row(ABI_X86_64, 335)->name, "uretprobe");
	assert_string_equal(decode_row(ABI_X86_64, 336)->name, "uprobe");
}

/* Each `#define __NR_name number` (or __NR3264_name) of a header. Returns how many there were, -1:
 * no such header. */
static int check_header(const char *path, enum abi abi)
{
	FILE *f = fopen(path, "r");
	char text[256], name[128];
	unsigned nr;
	int n = 0;

	if (!f)
		return -1;
	while (fgets(text, sizeof(text), f)) {
		if (sscanf(text, "#define __NR_%127s %u", name, &nr) != 2 &&
		    sscanf(text, "#define __NR3264_%127s %u", name, &nr) != 2)
			continue;
		if (!strcmp(name, "syscalls") || !strcmp(name, "arch_specific_syscall"))
			continue;
		/* asm-generic has what arm64 leaves out, and one name for two. */
		if (abi == ABI_AARCH64) {
			if (!strcmp(name, "sync_file_range2") || (nr >= 403 && nr <= 423))
				continue;
			if (!strcmp(name, "fstatat"))
				strcpy(name, "newfstatat");
		}
		if (strcmp(decode_row(abi, nr)->name, name) != 0)
			fail_msg("%s: %u is %s, and %s here", path, nr, name,
				 decode_row(abi, nr)->name);
		n++;
	}
	fclose(f);
	return n;
}

static void numbers_of_the_headers(void **state)
{
	const char *out = getenv("OUT") ? getenv("OUT") : "out";
	char path[512];

	(void)state;
	snprintf(path, sizeof(path), "%s/sysroot/include/asm/unistd_64.h", out);
	assert_in_range(check_header(path, ABI_X86_64), 340, 500);
	snprintf(path, sizeof(path), "%s/sysroot/include/asm/unistd_32.h", out);
	assert_in_range(check_header(path, ABI_I386), 400, 500);
	snprintf(path, sizeof(path), "%s/sysroot/include/asm-generic/unistd.h", out);
	assert_in_range(check_header(path, ABI_AARCH64), 280, 500);
}

/* --- rows --- */

static void names_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < tables_n_names; i++) {
		assert_int_equal(decode_find(tables_names[i]->name), i);
		assert_int_equal(tables_names[i]->index, i);
		if (i)
			assert_true(strcmp(tables_names[i - 1]->name, tables_names[i]->name) < 0);
	}
	assert_int_equal(decode_find("nosuchcall"), -1);
	assert_int_equal(decode_find(""), -1);
	/* Rows that differ by ABI are one name. */
	assert_ptr_not_equal(decode_row(ABI_X86_64, 17), decode_row(ABI_I386, 180));
	assert_int_equal(decode_row(ABI_X86_64, 17)->index, decode_row(ABI_I386, 180)->index);
}

static void classes_are_found(void **state)
{
	(void)state;
	static const char *const words[] = { "file",	"desc",	   "memory", "process", "signal",
					     "network", "net",	   "ipc",    "creds",	"clock",
					     "pure",	"stat",	   "lstat",  "fstat",	"%stat",
					     "statfs",	"fstatfs", "%statfs" };

	for (size_t i = 0; i < countof(words); i++)
		assert_int_not_equal(decode_class(words[i]), 0);
	assert_true(decode_class("net") == decode_class("network"));
	assert_true(decode_class("nosuchclass") == 0);
	assert_true(tables_names[decode_find("openat")]->classes ==
		    (decode_class("file") | decode_class("desc")));
	assert_true(tables_names[decode_find("stat")]->classes ==
		    (decode_class("file") | decode_class("stat") | decode_class("%stat")));
	assert_true(tables_names[decode_find("getuid")]->classes ==
		    (decode_class("creds") | decode_class("pure")));
}

/* --- flag tables --- */

static void flag_tables_are_in_order(void **state)
{
	(void)state;
	for (size_t id = 1; id < FLAGS_COUNT; id++) {
		const struct flags *f = &flags_table[id];

		assert_true(f->n > 0);
		for (size_t i = 0; i < f->n; i++) {
			if (f->rising && i && f->v[i].value < f->v[i - 1].value)
				fail_msg("%s stands behind %s", f->v[i].name, f->v[i - 1].name);
			for (size_t j = i + 1; j < f->n; j++) {
				if (!strcmp(f->v[i].name, f->v[j].name))
					fail_msg("%s is there twice", f->v[i].name);
				if (f->v[i].value == f->v[j].value && id != FLAGS_IOCTL &&
				    id != FLAGS_IOCTL_I386 && id != FLAGS_IOCTL_AARCH64)
					fail_msg("%s and %s have one value", f->v[i].name,
						 f->v[j].name);
			}
		}
		for (int abi = 0; abi < ABI_COUNT; abi++)
			assert_in_range(f->variant[abi], 0, FLAGS_COUNT - 1);
	}
}

/* A name for several bits is of no use behind names that together are all of those bits. */
static void names_of_several_bits_come_first(void **state)
{
	(void)state;
	for (size_t id = 1; id < FLAGS_COUNT; id++) {
		const struct flags *f = &flags_table[id];

		for (size_t i = 0; i < f->n && !f->rising; i++) {
			uint64_t rest = f->v[i].value;

			for (size_t j = 0; j < i; j++) {
				if ((rest & f->v[j].value) == f->v[j].value)
					rest &= ~f->v[j].value;
			}
			if (f->v[i].value && !rest)
				fail_msg("%s cannot be printed: its bits have names already",
					 f->v[i].name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_newer_calls),
		cmocka_unit_test(numbers_of_the_headers),
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(classes_are_found),
		cmocka_unit_test(flag_tables_are_in_order),
		cmocka_unit_test(names_of_several_bits_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

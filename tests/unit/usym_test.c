/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run/usym: names in this process, in one that ends, and where there is nothing.
 */
#include "unit.h"

#include "bpf/run/usym.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int usym_test_marker(int a);
__attribute__((noinline)) int usym_test_marker(int a) { return a * 3 + (int)getppid(); }

/* The numbers that records have are others than ours. */
static pid_t number(void *ctx, pid_t pid)
{
	return pid == 1 ? *(const pid_t *)ctx : 0;
}

static const uint64_t marker = (uint64_t)(uintptr_t)&usym_test_marker;
#define WORD(p) ((uint64_t)(uintptr_t)(p))

static void forms(void **state)
{
	pid_t self = getpid();
	struct usym *u = usym_new(number, &self, NULL);
	char name[256], small[8];

	(void)state;
	assert_non_null(u);
	assert_true(usym_name(u, 1, marker + 2, false, USYM_OFFSET, name, sizeof name));
	assert_string_equal(name, "usym_test`usym_test_marker+0x2");
	assert_true(usym_name(u, 1, marker, false, USYM_OFFSET, name, sizeof name));
	assert_string_equal(name, "usym_test`usym_test_marker");
	assert_true(usym_name(u, 1, marker + 2, true, USYM_FUNCTION, name, sizeof name));
	assert_string_equal(name, "usym_test`usym_test_marker");
	assert_true(usym_name(u, 1, marker + 2, false, USYM_MODULE, name, sizeof name));
	assert_string_equal(name, "usym_test");
	assert_true(usym_name(u, 1, marker + 2, false, USYM_OFFSET, small, sizeof small));
	assert_string_equal(small, "usym_te");
	/* Nobody's address, a process that there is not, the kernel's. */
	assert_false(usym_name(u, 1, 8, false, USYM_OFFSET, name, sizeof name));
	assert_string_equal(name, "");
	assert_false(usym_name(u, 2, marker, false, USYM_OFFSET, name, sizeof name));
	assert_false(usym_name(u, 0, marker, false, USYM_OFFSET, name, sizeof name));
	assert_false(usym_name(u, UINT64_MAX, marker, false, USYM_OFFSET, name, sizeof name));
	usym_free(u);
	usym_free(NULL);
}

/* What was noted while it lived. */
static void ended(void **state)
{
	const uint64_t frames[] = { marker + 1, marker + 4, 0 };
	pid_t child = fork();
	struct usym *u;
	char name[256];

	(void)state;
	if (child == 0) {
		pause();
		_exit(0);
	}
	u = usym_new(number, &child, NULL);
	usym_note(u, 1, frames, 3);
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_true(usym_name(u, 1, marker + 1, false, USYM_OFFSET, name, sizeof name));
	assert_string_equal(name, "usym_test`usym_test_marker+0x1");
	assert_true(usym_name(u, 1, marker + 4, true, USYM_OFFSET, name, sizeof name));
	assert_string_equal(name, "usym_test`usym_test_marker+0x4");
	usym_free(u);
}

/* Of code that no file holds it is said once what would name it. */
static void made(void **state)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *text = NULL, name[256];
	size_t size;
	FILE *hints = open_memstream(&text, &size);
	pid_t self = getpid();
	struct usym *u = usym_new(number, &self, hints);

	(void)state;
	assert_ptr_not_equal(page, MAP_FAILED);
	for (int i = 0; i < 3; i++)
		assert_false(usym_name(u, 1, WORD(page) + 8, false, USYM_OFFSET, name, sizeof name));
	usym_free(u);
	fclose(hints);
	assert_string_equal(text, "dtrace: process 1 (usym_test) runs code that it made itself, and has no perf map that names it: "
				  "start it so that it writes /tmp/perf-PID.map\n");
	free(text);
	munmap(page, 4096);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms),
		cmocka_unit_test(ended),
		cmocka_unit_test(made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

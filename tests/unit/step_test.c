/* SPDX-License-Identifier: GPL-2.0-only
 * injector/step: every step and every reason has its sentence.
 */
#include "unit.h"

#include "injector/step.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char *sentence(enum step step, enum why why, int err, const char *object, const char *detail)
{
	struct failure f;

	assert_int_equal(step_fail(&f, step, why, err, object), -1);
	strcpy(f.detail, detail);
	return step_sentence(&f);
}

#define SAYS(want, ...)                            \
	do {                                       \
		char *got_ = sentence(__VA_ARGS__); \
		assert_string_equal(got_, want);   \
		free(got_);                        \
	} while (0)

static void sentences(void **state)
{
	(void)state;
	SAYS("cannot join the mount namespace of process 42: Operation not permitted; inject needs root's full "
	     "rights on the host: run it outside of containers",
	     STEP_ENTER, WHY_ERRNO, -EPERM, "42", "");
	SAYS("cannot keep the tools at /run/native: Read-only file system; inject needs a writable /run on the host",
	     STEP_PIN, WHY_ERRNO, EROFS, "/run/native", "");
	SAYS("/native is a symbolic link in the container, which inject never follows; use --at PATH, or --at auto "
	     "for /dev/native",
	     STEP_POINT, WHY_SYMLINK, 0, "/native", "");
	SAYS("/native is a FIFO in the container; use --at PATH, or --at auto for /dev/native", STEP_POINT,
	     WHY_NOT_DIRECTORY, 0, "/native", "a FIFO");
}

static void strangers_cannot_write_the_format(void **state)
{
	(void)state;
	SAYS("cannot open the mount point /%1%s%n: No such file or directory", STEP_POINT, WHY_ERRNO, ENOENT,
	     "/%1%s%n", "");
	SAYS("the container is not running (%1 %2); start it first", STEP_FIND, WHY_NOT_RUNNING, 0, "web", "%1 %2");
}

static void every_step_and_reason_is_worded(void **state)
{
	(void)state;
	for (int step = STEP_NONE; step < STEP_COUNT; step++) {
		char *s = sentence((enum step)step, WHY_ERRNO, EIO, "OBJECT", "");

		assert_non_null(s);
		assert_non_null(strstr(s, "OBJECT"));
		assert_non_null(strstr(s, "Input/output error"));
		assert_null(strchr(s, '%'));
		assert_true(strlen(step_name((enum step)step)) > 1);
		free(s);
	}
	for (int why = WHY_ERRNO + 1; why < WHY_COUNT; why++) {
		char *s = sentence(STEP_POINT, (enum why)why, EIO, "OBJECT", "DETAIL");

		assert_non_null(s);
		assert_null(strchr(s, '%'));
		assert_true(strstr(s, "OBJECT") || strstr(s, "DETAIL"));
		assert_true(strlen(why_name((enum why)why)) > 1);
		free(s);
	}
}

static void a_long_object_is_cut_not_overrun(void **state)
{
	struct failure f;
	char object[2000];

	(void)state;
	memset(object, 'x', sizeof(object) - 1);
	object[sizeof(object) - 1] = '\0';
	step_fail(&f, STEP_POINT, WHY_SYMLINK, 0, object);
	assert_int_equal(strlen(f.object), sizeof(f.object) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences),
		cmocka_unit_test(strangers_cannot_write_the_format),
		cmocka_unit_test(every_step_and_reason_is_worded),
		cmocka_unit_test(a_long_object_is_cut_not_overrun),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

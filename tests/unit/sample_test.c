/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/sample: intervals on a clock that the test sets, counters that wrap and fall, signals. The
 * clock is ours, so that nothing here depends on how fast the machine is.
 */
#include "unit.h"

#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define NS 1000000000ull

static uint64_t now_ns;	/* CLOCK_BOOTTIME */
static uint64_t late_ns; /* how much later than asked a sleep ends */
static int sleeps;
static int signal_at_sleep; /* the sleep in whose middle signal_in_sleep comes */
static int signal_in_sleep;

int clock_gettime(clockid_t clock, struct timespec *t)
{
	/* cmocka looks at other clocks */
	if (clock != CLOCK_BOOTTIME)
		return (int)syscall(SYS_clock_gettime, clock, t);
	*t = (struct timespec){ .tv_sec = (time_t)(now_ns / NS), .tv_nsec = (long)(now_ns % NS) };
	return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until, struct timespec *rest)
{
	uint64_t until_ns = (uint64_t)until->tv_sec * NS + (uint64_t)until->tv_nsec;

	(void)rest;
	assert_int_equal(clock, CLOCK_BOOTTIME);
	assert_int_equal(flags, TIMER_ABSTIME);
	assert_true(until->tv_nsec >= 0 && until->tv_nsec < (long)NS);
	if (++sleeps == signal_at_sleep) {
		now_ns += (until_ns - now_ns) / 2;
		raise(signal_in_sleep);
		return EINTR;
	}
	if (until_ns > now_ns)
		now_ns = until_ns;
	now_ns += late_ns;
	return 0;
}

static int fresh(void **state)
{
	(void)state;
	now_ns = 1000 * NS;
	late_ns = 0;
	signal_at_sleep = 0;
	sleeps = 0;
	return 0;
}

static void without_an_interval_there_is_one_report(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, 0, 0);
	assert_true(sample_next(&s));
	assert_int_equal(s.done, 1);
	assert_true(s.elapsed_ns == 1000 * NS); /* since boot */
	assert_false(sample_next(&s));
	sample_start(&s, 0, 5);
	assert_true(sample_next(&s));
	assert_false(sample_next(&s));
	assert_int_equal(sleeps, 0);
}

static void as_many_reports_as_asked_for(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, 2 * NS, 3);
	assert_true(sample_next(&s));
	assert_int_equal(sleeps, 0); /* the first at once */
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 2 * NS);
	assert_true(sample_next(&s));
	assert_true(s.elapsed_ns == 2 * NS);
	assert_false(sample_next(&s));
	assert_int_equal(sleeps, 2); /* none after the last */
	assert_true(now_ns == 1004 * NS);
	assert_int_equal(s.done, 3);
	assert_false(sample_next(&s));
}

static void late_wakings_do_not_add_up(void **state)
{
	struct sample s;

	(void)state;
	late_ns = NS / 10;
	sample_start(&s, NS, 0);
	for (int i = 0; i < 101; i++)
		assert_true(sample_next(&s));
	assert_true(now_ns == 1100 * NS + NS / 10);
	assert_true(s.elapsed_ns == NS);
}

static void work_between_the_reports_does_not_add_up(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, NS, 0);
	for (int i = 0; i < 101; i++) {
		assert_true(sample_next(&s));
		now_ns += NS / 3;
	}
	assert_true(now_ns == 1100 * NS + NS / 3);
}

static void moments_that_are_over_are_left_out(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, NS, 0);
	assert_true(sample_next(&s));
	assert_true(sample_next(&s));
	assert_true(now_ns == 1001 * NS);
	now_ns += 3600 * NS + NS / 2; /* suspended, or stopped by ^Z */
	assert_true(sample_next(&s));
	assert_true(now_ns == 4602 * NS);
	assert_true(s.elapsed_ns == 3601 * NS); /* what was counted in that time is divided by all of it */
	assert_true(sample_next(&s));
	assert_true(now_ns == 4603 * NS);
	now_ns += NS; /* to the moment itself: that one is not to be had any more */
	assert_true(sample_next(&s));
	assert_true(now_ns == 4605 * NS);
}

static void a_fraction_of_a_second(void **state)
{
	struct sample s;

	(void)state;
	now_ns = 1000 * NS + NS - 1;
	sample_start(&s, 250000000, 5);
	for (int i = 0; i < 5; i++)
		assert_true(sample_next(&s));
	assert_true(now_ns == 1001 * NS + NS - 1);
	assert_false(sample_next(&s));
}

static void counters(void **state)
{
	(void)state;
	assert_true(sample_delta(10, 3, 64) == 7);
	assert_true(sample_delta(3, 3, 32) == 0);
	assert_true(sample_delta(UINT64_MAX, 0, 64) == UINT64_MAX);
	/* wrapped at 32 bits */
	assert_true(sample_delta(5, 0xfffffff0, 32) == 21);
	assert_true(sample_delta(0, 0xffffffff, 32) == 1);
	/* fell: a device that came anew */
	assert_true(sample_delta(5, 100, 32) == 0);
	assert_true(sample_delta(0, 0x7fffffff, 32) == 0);
	assert_true(sample_delta(0xfffffff0, 0x100000010, 32) == 0); /* that was no 32-bit counter */
	assert_true(sample_delta(5, UINT64_MAX, 64) == 0);
	assert_true(sample_delta(5, 0xfffffff0, 64) == 0);
}

static void a_window_that_changes_its_size(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, NS, 2);
	assert_true(sample_next(&s));
	assert_false(sample_resized());
	signal_at_sleep = 1;
	signal_in_sleep = SIGWINCH;
	assert_true(sample_next(&s)); /* the sleep is taken up again */
	assert_int_equal(sleeps, 2);
	assert_true(now_ns == 1001 * NS);
	assert_true(sample_resized());
	assert_false(sample_resized());
	assert_false(sample_interrupted());
}

/* Last, as nothing takes the end back. */
static void sigint_ends_the_reports(void **state)
{
	struct sample s;

	(void)state;
	sample_start(&s, NS, 0);
	assert_true(sample_next(&s));
	assert_true(sample_next(&s));
	signal_at_sleep = sleeps + 1;
	signal_in_sleep = SIGINT;
	assert_false(sample_next(&s));
	assert_true(sample_interrupted());
	assert_int_equal(s.done, 2);
	assert_false(sample_next(&s));
	sample_start(&s, NS, 0);
	assert_false(sample_next(&s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_an_interval_there_is_one_report, fresh),
		cmocka_unit_test_setup(as_many_reports_as_asked_for, fresh),
		cmocka_unit_test_setup(late_wakings_do_not_add_up, fresh),
		cmocka_unit_test_setup(work_between_the_reports_does_not_add_up, fresh),
		cmocka_unit_test_setup(moments_that_are_over_are_left_out, fresh),
		cmocka_unit_test_setup(a_fraction_of_a_second, fresh),
		cmocka_unit_test_setup(counters, fresh),
		cmocka_unit_test_setup(a_window_that_changes_its_size, fresh),
		cmocka_unit_test_setup(sigint_ends_the_reports, fresh),
	};

	unsetenv("NATIVE_ROOT");
	return cmocka_run_group_tests(tests, NULL, NULL);
}

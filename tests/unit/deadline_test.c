/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/lib/deadline with work that is done at once, takes long, and never ends.
 */
#include "unit.h"

#include "toolbox/lib/deadline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct job {
	size_t hang_from, hang_to; /* these never end */
	size_t long_at;		   /* this one takes 200 ms */
	atomic_int held;
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_size_t dropped;

static void *work(void *arg, size_t i)
{
	struct job *job = arg;
	size_t *answer = malloc(sizeof(*answer));

	assert_non_null(answer);
	*answer = i * 3;
	if (i == job->long_at)
		usleep(200000);
	if (i >= job->hang_from && i < job->hang_to) {
		job->held++;
		pthread_mutex_lock(&gate);
		pthread_mutex_unlock(&gate);
	}
	return answer;
}

static void drop(void *answer)
{
	free(answer);
	dropped++;
}

static uint64_t ms_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void check(void **result, size_t n, size_t late_from, size_t late_to)
{
	for (size_t i = 0; i < n; i++) {
		if (i >= late_from && i < late_to) {
			assert_ptr_equal(result[i], deadline_late);
			continue;
		}
		assert_ptr_not_equal(result[i], deadline_late);
		assert_int_equal(*(size_t *)result[i], i * 3);
		free(result[i]);
	}
}

static void nothing_to_do(void **state)
{
	(void)state;
	assert_int_equal(deadline_each(0, 100, work, drop, NULL, NULL), 0);
}

static void all_are_done(void **state)
{
	static struct job job = { .long_at = SIZE_MAX };
	void *result[5000];

	(void)state;
	assert_int_equal(deadline_each(5000, 5000, work, drop, &job, result), 0);
	check(result, 5000, 0, 0);
}

static void a_long_one_is_waited_for(void **state)
{
	static struct job job = { .long_at = 3 };
	void *result[10];

	(void)state;
	assert_int_equal(deadline_each(10, 5000, work, drop, &job, result), 0);
	check(result, 10, 0, 0);
}

/* What hangs is given up, and when it comes to an end after all, its answer is dropped. */
static void those_that_hang_are_given_up(void **state)
{
	static struct job job = { .hang_from = 2, .hang_to = 5, .long_at = SIZE_MAX };
	void *result[10];
	size_t before = dropped;

	(void)state;
	pthread_mutex_lock(&gate);
	assert_int_equal(deadline_each(10, 300, work, drop, &job, result), 0);
	check(result, 10, 2, 5);
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < 500 && dropped < before + 3; i++)
		usleep(10000);
	assert_int_equal(dropped, before + 3);
}

/* Of very many that hang each does not cost its whole time: they would be 100 s here. */
static void many_that_hang(void **state)
{
	static struct job job = { .hang_from = 10, .hang_to = 210, .long_at = SIZE_MAX };
	void *result[300];
	size_t before = dropped;

	(void)state;
	pthread_mutex_lock(&gate);
	uint64_t begun = ms_now();
	assert_int_equal(deadline_each(300, 500, work, drop, &job, result), 0);
	assert_true(ms_now() - begun < 50000);
	check(result, 300, 10, 210);
	pthread_mutex_unlock(&gate);
	for (int i = 0; i < 1000 && dropped < before + 200; i++)
		usleep(10000);
	assert_int_equal(dropped, before + 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_to_do),
		cmocka_unit_test(all_are_done),
		cmocka_unit_test(a_long_one_is_waited_for),
		cmocka_unit_test(those_that_hang_are_given_up),
		cmocka_unit_test(many_that_hang),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Work with a deadline: see deadline.h. One thread takes one item after the other, so that an item costs no switch between
 * threads. The caller looks now and then; where an item takes long, another thread goes on with the rest.
 */
#include "deadline.h"
#include "base.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

enum {
	LOOK_MS = 20,	   /* so often the caller looks */
	LONG_MS = 60,	   /* after this another thread goes on */
	AT_ONCE = 32,	   /* threads that are waited for */
	PATIENCE = 8,	   /* so many may use up their whole time, */
	IMPATIENT_MS = 100 /* from then on it is this */
};

char deadline_late[1];

struct pool;

/* A thread and what it does now. Its own memory: the thread may outlive the call. */
struct worker {
	struct pool *pool;
	size_t item;
	uint64_t since;
	bool busy, given_up, ended;
};

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t finished;
	deadline_fn *work;
	void (*drop)(void *);
	void *arg;
	void **result;
	size_t n, next, done;
	size_t users; /* threads, and the caller: the last one frees it */
	unsigned late;
};

static uint64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* Called with the mutex held; gives it back. */
static void leave(struct pool *p)
{
	bool last = --p->users == 0;

	pthread_mutex_unlock(&p->mutex);
	if (last) {
		pthread_mutex_destroy(&p->mutex);
		pthread_cond_destroy(&p->finished);
		free(p);
	}
}

static void *work_on(void *arg)
{
	struct worker *w = arg;
	struct pool *p = w->pool;
	void *r;

	pthread_mutex_lock(&p->mutex);
	while (!w->given_up && p->next < p->n) {
		w->item = p->next++;
		w->since = now_ms();
		w->busy = true;
		pthread_mutex_unlock(&p->mutex);
		r = p->work(p->arg, w->item);
		pthread_mutex_lock(&p->mutex);
		w->busy = false;
		if (w->given_up) {
			if (p->drop && r)
				p->drop(r);
			break;
		}
		p->result[w->item] = r;
		p->done++;
	}
	if (p->done == p->n)
		pthread_cond_signal(&p->finished);
	/* A worker that was given up is nobody's but its own. */
	if (w->given_up)
		free(w);
	else
		w->ended = true;
	leave(p);
	return NULL;
}

static struct worker *start(struct pool *p)
{
	struct worker *w = calloc(1, sizeof(*w));
	pthread_attr_t detached;
	pthread_t thread;

	if (!w)
		return NULL;
	w->pool = p;
	p->users++;
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	int r = pthread_create(&thread, &detached, work_on, w);
	pthread_attr_destroy(&detached);
	if (r == 0)
		return w;
	p->users--;
	free(w);
	return NULL;
}

/* Looks after the threads: who has had his time is given up, who has ended is forgotten. Returns how many are left, and
 * whether all of those have been at their item for long. */
static size_t look(struct pool *p, struct worker **workers, size_t n, int ms, bool *all_long)
{
	uint64_t now = now_ms();
	size_t left = 0;

	*all_long = true;
	for (size_t i = 0; i < n; i++) {
		struct worker *w = workers[i];
		uint64_t spent = w->busy && now > w->since ? now - w->since : 0;
		uint64_t most = p->late >= PATIENCE && ms > IMPATIENT_MS ? IMPATIENT_MS : (uint64_t)ms;

		if (w->ended) {
			free(w);
			continue;
		}
		if (spent > most) {
			w->given_up = true;
			p->result[w->item] = deadline_late;
			p->done++;
			p->late++;
			continue;
		}
		*all_long = *all_long && spent > LONG_MS;
		workers[left++] = w;
	}
	return left;
}

static void wait_a_moment(struct pool *p)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += LOOK_MS * 1000000L;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	pthread_cond_timedwait(&p->finished, &p->mutex, &until);
}

int deadline_each(size_t n, int ms, deadline_fn *work, void (*drop)(void *), void *arg, void **result)
{
	struct worker *workers[AT_ONCE];
	struct pool *p = n > 0 ? calloc(1, sizeof(*p)) : NULL;
	pthread_condattr_t monotonic;
	bool all_long = true;
	size_t running = 0;

	if (!p)
		return n > 0 ? -ENOMEM : 0;
	*p = (struct pool){ .work = work, .drop = drop, .arg = arg, .result = result, .n = n, .users = 1 };
	pthread_mutex_init(&p->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&p->finished, &monotonic);
	pthread_condattr_destroy(&monotonic);

	pthread_mutex_lock(&p->mutex);
	while (p->done < n) {
		if (all_long && p->next < n && running < AT_ONCE) {
			struct worker *w = start(p);

			if (w)
				workers[running++] = w;
			else if (running == 0 && p->late == 0)
				break;
		}
		/* Those that hang hold all threads that there may be: the rest cannot be tried. */
		if (running == 0)
			for (; p->next < n; p->next++, p->done++)
				result[p->next] = deadline_late;
		if (p->done < n)
			wait_a_moment(p);
		running = look(p, workers, running, ms, &all_long);
	}
	while (running > 0) {
		struct worker *w = workers[--running];

		/* Not given up by the clock, but it has no item any more: it frees itself. */
		if (w->ended)
			free(w);
		else
			w->given_up = true;
	}
	/* No thread at all: by ourselves. */
	size_t first = p->next;
	bool alone = p->done < n;
	leave(p);
	for (size_t i = first; alone && i < n; i++)
		result[i] = work(arg, i);
	return 0;
}

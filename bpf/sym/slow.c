/* SPDX-License-Identifier: GPL-2.0-only
 * Reading with a deadline: see slow.h. toolbox/lib/proc.c has the like for the tools; this room may not use it.
 */
#include "slow.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 64 << 10, STACK = 128 << 10 };

struct slow {
	pthread_mutex_t mutex;
	pthread_cond_t done_cond;
	bool done, abandoned;
	int result;
	size_t max, len;
	char *text;
	char path[96];
};

static void slow_free(struct slow *s)
{
	pthread_cond_destroy(&s->done_cond);
	pthread_mutex_destroy(&s->mutex);
	free(s->text);
	free(s);
}

static int read_whole(struct slow *s)
{
	size_t cap = 0;

	fd_auto fd = open(s->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	for (;;) {
		if (cap - s->len < STEP) {
			cap += cap + STEP;
			char *more = s->len > s->max ? NULL : realloc(s->text, cap + 1);
			if (!more)
				return s->len > s->max ? -EFBIG : -ENOMEM;
			s->text = more;
		}
		ssize_t n = read(fd, s->text + s->len, cap - s->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		s->len += (size_t)n;
	}
	s->text[s->len] = '\0';
	return s->len > s->max ? -EFBIG : 0;
}

static void *slow_main(void *arg)
{
	struct slow *s = arg;
	int result = read_whole(s);

	pthread_mutex_lock(&s->mutex);
	s->result = result;
	s->done = true;
	bool abandoned = s->abandoned;
	pthread_cond_signal(&s->done_cond);
	pthread_mutex_unlock(&s->mutex);
	if (abandoned)
		slow_free(s);
	return NULL;
}

static int start(struct slow *s)
{
	pthread_attr_t attr;
	sigset_t all, before;
	pthread_t thread;

	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, STACK);
	/* The program's handlers run in the program's own thread. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	int err = pthread_create(&thread, &attr, slow_main, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return err;
}

int slow_read(const char *path, size_t max, int ms, char **text, size_t *len)
{
	struct slow *s = calloc(1, sizeof(*s));
	pthread_condattr_t monotonic;
	struct timespec until;

	*text = NULL;
	*len = 0;
	if (!s)
		return -ENOMEM;
	s->max = max;
	pthread_mutex_init(&s->mutex, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->done_cond, &monotonic);
	pthread_condattr_destroy(&monotonic);
	int err = snprintf(s->path, sizeof(s->path), "%s", path) < (int)sizeof(s->path) ? start(s) : ENAMETOOLONG;
	if (err) {
		slow_free(s);
		return -err;
	}
	clock_gettime(CLOCK_MONOTONIC, &until);
	uint64_t ns = (uint64_t)until.tv_nsec + (uint64_t)ms * 1000000;
	until.tv_sec += (time_t)(ns / 1000000000);
	until.tv_nsec = (long)(ns % 1000000000);
	pthread_mutex_lock(&s->mutex);
	while (!s->done && err == 0)
		err = pthread_cond_timedwait(&s->done_cond, &s->mutex, &until);
	bool done = s->done;
	s->abandoned = !done;
	pthread_mutex_unlock(&s->mutex);
	if (!done)
		return -ETIMEDOUT;
	err = s->result;
	if (err == 0) {
		*text = s->text;
		*len = s->len;
		s->text = NULL;
	}
	slow_free(s);
	return err;
}

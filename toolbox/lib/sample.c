/* SPDX-License-Identifier: GPL-2.0-only
 * Interval and count: see sample.h.
 */
#include "sample.h"
#include "proc.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

#define NS 1000000000ull

static volatile sig_atomic_t stop;
static volatile sig_atomic_t resized;

static void on_signal(int sig)
{
	if (sig == SIGWINCH)
		resized = 1;
	else
		stop = 1;
}

bool sample_interrupted(void)
{
	return stop != 0;
}

bool sample_resized(void)
{
	bool was = resized != 0;

	resized = 0;
	return was;
}

/* "12345.67 54321.00": seconds with two digits. */
static uint64_t uptime_of_snapshot(void)
{
	struct proc_file f = PROC_FILE_INIT;
	const char *p;
	uint64_t seconds = 0;
	uint64_t hundredths = 0;

	if (proc_load(&f, "proc/uptime") == 0) {
		p = f.data;
		if (proc_u64(&p, &seconds) && *p == '.') {
			p++;
			proc_u64(&p, &hundredths);
		}
	}
	proc_unload(&f);
	return seconds * NS + hundredths * (NS / 100);
}

uint64_t sample_uptime_ns(void)
{
	struct timespec t;

	if (proc_has_snapshots())
		return uptime_of_snapshot();
	clock_gettime(CLOCK_BOOTTIME, &t);
	return (uint64_t)t.tv_sec * NS + (uint64_t)t.tv_nsec;
}

void sample_start(struct sample *s, uint64_t interval_ns, uint64_t count)
{
	struct sigaction sa = { .sa_handler = on_signal };

	*s = (struct sample){ .interval_ns = interval_ns, .count = count };
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_flags = SA_RESTART;
	sigaction(SIGWINCH, &sa, NULL);
}

static bool wait_until(uint64_t when_ns)
{
	struct timespec t = { .tv_sec = (time_t)(when_ns / NS), .tv_nsec = (long)(when_ns % NS) };
	int r;

	do
		r = clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &t, NULL);
	while (r == EINTR && !stop);
	return !stop;
}

bool sample_next(struct sample *s)
{
	if (stop || (s->done > 0 && (s->interval_ns == 0 || (s->count > 0 && s->done >= s->count))))
		return false;
	if (s->done > 0) {
		if (proc_has_snapshots()) {
			proc_next_snapshot();
		} else {
			uint64_t now = sample_uptime_ns();

			/* Moments that are over are left out, not made up for. */
			if (s->next_ns <= now)
				s->next_ns += (now - s->next_ns) / s->interval_ns * s->interval_ns + s->interval_ns;
			if (!wait_until(s->next_ns))
				return false;
		}
	}
	uint64_t now = sample_uptime_ns();
	s->elapsed_ns = now > s->last_ns ? now - s->last_ns : 1;
	s->last_ns = now;
	if (s->done == 0)
		s->next_ns = now;
	s->next_ns += s->interval_ns;
	s->done++;
	return true;
}

uint64_t sample_delta(uint64_t now, uint64_t before, unsigned bits)
{
	if (now >= before)
		return now - before;
	if (bits == 32 && before <= UINT32_MAX && before - now > UINT32_MAX / 2)
		return now + ((uint64_t)UINT32_MAX + 1 - before);
	return 0;
}

int64_t sample_wall_s(void)
{
	struct proc_file f = PROC_FILE_INIT;
	uint64_t boot = 0;

	if (!proc_has_snapshots())
		return time(NULL);
	if (proc_load(&f, "proc/stat") == 0)
		proc_key(f.data, "btime", &boot);
	proc_unload(&f);
	return (int64_t)(boot + sample_uptime_ns() / NS);
}

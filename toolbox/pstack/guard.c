/* SPDX-License-Identifier: GPL-2.0-only
 * A child that is watched: see guard.h. Threads that it stopped go on when it ends, in whatever way: the kernel sees to
 * that, and its timer to the end.
 */
#include "guard.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Who uses no CPU for this long is stuck, and not just slow. */
enum { LOOK_MS = 250, SILENT_LOOKS = 14, REAP_LOOKS = 200 };

static struct shared {
	volatile bool holding, output;
} *shared;
static timer_t timer;
static bool has_timer;

void guard_begin(void)
{
	struct itimerspec in = { .it_value = { GUARD_HOLD_MS / 1000, GUARD_HOLD_MS % 1000 * 1000000L } };

	if (shared)
		shared->holding = true;
	if (has_timer)
		timer_settime(timer, 0, &in, NULL);
}

void guard_end(void)
{
	struct itimerspec off = { 0 };

	if (has_timer)
		timer_settime(timer, 0, &off, NULL);
	if (shared)
		shared->holding = false;
}

void guard_output(void)
{
	if (shared)
		shared->output = true;
}

static void child(int (*work)(void *), void *arg, int to, pid_t parent)
{
	struct sigevent kill_me = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	unsigned char result;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	has_timer = timer_create(CLOCK_MONOTONIC, &kill_me, &timer) == 0;
	result = (unsigned char)work(arg);
	fflush(stdout);
	/* One byte fits into a pipe; a parent that has gone does not miss it. */
	while (write(to, &result, 1) < 0 && errno == EINTR)
		;
	_exit(0);
}

static uint64_t cpu_ns(pid_t pid)
{
	struct timespec t;
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) < 0)
		return 0;
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* One that waits where no signal reaches it is left behind, and ends with its wait. */
static int reap(pid_t pid)
{
	int status = 0;

	for (unsigned i = 0; i < REAP_LOOKS; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return status;
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	return 0;
}

/* Until it reports or ends: true. Else it is stuck. */
static bool watch(pid_t pid, int from, unsigned char *result, bool *reported)
{
	struct pollfd p = { .fd = from, .events = POLLIN };
	uint64_t used = 0;

	for (unsigned silent = 0; silent < SILENT_LOOKS;) {
		int n = poll(&p, 1, LOOK_MS);

		if (n > 0) {
			*reported = read(from, result, 1) == 1;
			return true;
		}
		uint64_t now = cpu_ns(pid);
		silent = now == used && !shared->output ? silent + 1 : 0;
		used = now;
	}
	return false;
}

enum guard_how guard_run(int (*work)(void *), void *arg, int *result)
{
	unsigned char byte = 0;
	bool reported = false;
	pid_t parent = getpid();
	int ends[2];

	if (!shared) {
		void *page = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

		if (page == MAP_FAILED)
			return GUARD_FAILED;
		shared = page;
	}
	shared->holding = shared->output = false;
	fflush(NULL);
	if (pipe(ends) < 0)
		return GUARD_FAILED;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		child(work, arg, ends[1], parent);
	}
	close(ends[1]);
	bool done = pid > 0 && watch(pid, ends[0], &byte, &reported);
	close(ends[0]);
	if (pid < 0)
		return GUARD_FAILED;
	if (!done)
		kill(pid, SIGKILL);
	int status = reap(pid);
	/* Whoever reads our output has gone: as if it had been us. */
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGPIPE || WTERMSIG(status) == SIGINT)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	*result = byte;
	if (reported)
		return GUARD_DONE;
	if (!done)
		return shared->holding ? GUARD_STOPPED : GUARD_SILENT;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL && shared->holding ? GUARD_STOPPED : GUARD_FAILED;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Signals and the timer: see interrupt.h.
 */
#include "interrupt.h"
#include "say.h"
#include "../lib/base.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define AGAIN_NS 100000000

volatile sig_atomic_t interrupt_signal, interrupt_fired;

static timer_t timer;
static bool have_timer;
static bool armed;

static const int leaving[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM };
static const int job_control[] = { SIGTSTP, SIGTTOU, SIGTTIN };
/* All that interrupt_init touches, to be put back in children. */
static struct {
	int sig;
	struct sigaction old;
} saved[16];
static size_t n_saved;
static sigset_t saved_mask;

static void take(int sig, void (*handler)(int))
{
	struct sigaction sa = { .sa_handler = handler };

	sigemptyset(&sa.sa_mask);
	saved[n_saved].sig = sig;
	sigaction(sig, &sa, &saved[n_saved].old);
	n_saved++;
}

static void arm(uint64_t ns)
{
	struct itimerspec t = {
		.it_value = { (time_t)(ns / 1000000000), (long)(ns % 1000000000) },
		.it_interval = { 0, AGAIN_NS },
	};

	if (have_timer)
		timer_settime(timer, 0, &t, NULL);
}

static void leave(int sig)
{
	interrupt_signal = sig;
	/* The waiting may begin just after we looked. */
	arm(20000000);
}

static void wake(int sig)
{
	(void)sig;
	interrupt_fired = 1;
}

void interrupt_init(enum interruptible how)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
	sigset_t set;

	/* The timer's signal is ours whatever the caller did with it. */
	take(SIGALRM, wake);
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = wake }, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, &saved_mask);
	have_timer = timer_create(CLOCK_MONOTONIC, &ev, &timer) == 0;
	if (!have_timer)
		say_die("Cannot make a timer for the output");
	for (size_t i = 0; i < countof(leaving); i++)
		take(leaving[i], how >= INTR_NEVER ? SIG_IGN : leave);
	/* A reader of our output that goes away is told by write(2). */
	take(SIGPIPE, SIG_IGN);
	for (size_t i = how == INTR_NEVER_TSTP ? 0 : 1; i < countof(job_control); i++)
		take(job_control[i], SIG_IGN);
	/* Ignored children would not be waited for; and a signal for every stop is work for nothing. */
	take(SIGCHLD, SIG_DFL);
	sigaction(SIGCHLD, &(struct sigaction){ .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDSTOP }, NULL);
}

void interrupt_restore(void)
{
	for (size_t i = 0; i < n_saved; i++)
		sigaction(saved[i].sig, &saved[i].old, NULL);
	sigprocmask(SIG_SETMASK, &saved_mask, NULL);
}

uint64_t interrupt_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void interrupt_in(uint64_t ns)
{
	if (armed && ns >= AGAIN_NS)
		return;
	armed = true;
	arm(ns ? ns : 1);
}

void interrupt_no_timer(void)
{
	struct itimerspec off = { 0 };

	if (!armed || interrupt_signal)
		return;
	armed = false;
	timer_settime(timer, 0, &off, NULL);
}

void interrupt_die_of(int sig)
{
	struct rlimit none = { 0, 0 };
	struct sigaction sa = { .sa_handler = SIG_DFL };
	sigset_t set;

	setrlimit(RLIMIT_CORE, &none);
	sigemptyset(&sa.sa_mask);
	sigaction(sig, &sa, NULL);
	sigemptyset(&set);
	sigaddset(&set, sig);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	_exit(128 + sig);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Delayed threads: see delay.h.
 */
#include "delay.h"
#include "interrupt.h"

#include <stdlib.h>

static struct thread **delayed;
static size_t n_delayed, delayed_cap;

bool delay(struct thread *th, uint64_t ns)
{
	if (n_delayed == delayed_cap) {
		size_t cap = delayed_cap ? delayed_cap * 2 : 16;
		struct thread **grown = realloc(delayed, cap * sizeof(*grown)); /* NOLINT(bugprone-sizeof-expression) */

		if (!grown)
			return false;
		delayed = grown;
		delayed_cap = cap;
	}
	th->resume_at = interrupt_now_ns() + ns;
	th->delayed_at = n_delayed;
	delayed[n_delayed++] = th;
	interrupt_in(ns);
	return true;
}

void delay_resume(struct thread *th)
{
	/* A signal that is injected arrives as the call goes on, and is reported like any other. */
	int sig = th->resume_exit ? 0 : th->inject.sig;

	tracee_resume(th->t, sig);
}

void delay_look(void)
{
	uint64_t now, next = UINT64_MAX;

	if (n_delayed == 0)
		return;
	now = interrupt_now_ns();
	for (size_t i = 0; i < n_delayed;) {
		struct thread *th = delayed[i];

		if (th->resume_at > now) {
			next = th->resume_at < next ? th->resume_at : next;
			i++;
			continue;
		}
		th->resume_at = 0;
		delayed[i] = delayed[--n_delayed];
		delayed[i]->delayed_at = i;
		delay_resume(th);
	}
	if (n_delayed > 0)
		interrupt_in(next - now);
}

void delay_end(void)
{
	while (n_delayed > 0) {
		struct thread *th = delayed[--n_delayed];

		th->resume_at = 0;
		delay_resume(th);
	}
}

void delay_forget(struct thread *th)
{
	if (!th->resume_at)
		return;
	delayed[th->delayed_at] = delayed[--n_delayed];
	delayed[th->delayed_at]->delayed_at = th->delayed_at;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * From events to lines: what of a call, a signal or an end is shown, and how.
 */
#pragma once

#include "lines.h"

void report_init(const struct options *o);

/* At the entry of a call: finds its row and decides whether it is shown or counted (th->selected). */
void report_choose(struct thread *th);
/* Then: prints what is known. */
void report_entry(struct thread *th);
void report_exit(struct thread *th);

void report_signal(struct thread *th, const struct tracee_status *ev);
void report_group_stop(struct thread *th, int sig);
void report_exited(struct thread *th, int status);
void report_killed(struct thread *th, int sig, bool core);
void report_superseded(struct thread *th, struct thread *caller, pid_t by);
/* The last word on a thread that is let go. */
void report_detached(struct thread *th);

/* Hexdumps of what a call read or wrote, for -e read and -e write: dump.c. */
void dump_call(struct thread *th, const struct options *o);

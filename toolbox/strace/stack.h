/* SPDX-License-Identifier: GPL-2.0-only
 * -k: the stack of a thread behind its line.
 */
#pragma once

#include "lines.h"

/* Writes the stack of a stopped thread, a line a frame, into o. */
void stack_put(struct tracee *t, struct out *o);

/* The process has other memory now, or is gone. */
void stack_forget(struct tracee *t);

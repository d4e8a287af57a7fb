/* SPDX-License-Identifier: GPL-2.0-only
 * Threads whose call is delayed by -e inject.
 */
#pragma once

#include "lines.h"

/* Lets th go on after its entry or exit, with the signal that is injected. */
void delay_resume(struct thread *th);

/* The same in ns. false: no memory, it has to go on now. */
bool delay(struct thread *th, uint64_t ns);

/* Lets those go on whose time has come; or all. */
void delay_look(void);
void delay_end(void);

/* th is gone. */
void delay_forget(struct thread *th);

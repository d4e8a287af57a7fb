/* SPDX-License-Identifier: GPL-2.0-only
 * What ends our waiting for tracees: a signal that wants us to leave, and a timer.
 */
#pragma once

#include "options.h"

#include <signal.h>
#include <stdint.h>

/* The signal that asks us to leave; 0: none. Once it is set the waiting is interrupted again and again. */
extern volatile sig_atomic_t interrupt_signal;

/* The timer fired: set by it, cleared by whoever acts on it. */
extern volatile sig_atomic_t interrupt_fired;

/* Takes the signals over as -I says. */
void interrupt_init(enum interruptible how);

/* In a child: signals as they were before interrupt_init. Safe after fork. */
void interrupt_restore(void);

/* Interrupts the waiting in ns, and every tenth of a second after that until interrupt_no_timer: a timer that fires
 * just before we wait would be lost otherwise. */
void interrupt_in(uint64_t ns);
void interrupt_no_timer(void);

uint64_t interrupt_now_ns(void);

/* Ends this process as a signal ended the command: by the same signal, without a core file of ours. */
_Noreturn void interrupt_die_of(int sig);

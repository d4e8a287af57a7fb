/* SPDX-License-Identifier: GPL-2.0-only
 * The general registers as ptrace(2) yields them (NT_PRSTATUS) by DWARF's numbers, also those of an i386 program on x86_64.
 */
#pragma once

#include "unwind.h"

#include <sys/types.h>

enum { REGS_USER_MAX = 34 }; /* words; more than any of the machines has */

/* words: what PTRACE_GETREGSET wrote, and how many bytes; regs->machine tells whose they are. false: of a machine that is not
 * known here. */
bool regs_from_user(const uint64_t words[REGS_USER_MAX], size_t bytes, struct unwind_regs *regs);

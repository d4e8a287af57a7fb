/* SPDX-License-Identifier: GPL-2.0-only
 * Why a process cannot be traced, in words.
 */
#pragma once

#include <sys/types.h>

/* After tracee_attach failed with err: one sentence on standard error that begins as strace's does. */
void attach_explain(pid_t pid, int err);

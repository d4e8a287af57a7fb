/* SPDX-License-Identifier: GPL-2.0-only
 * The command that is started under trace: its path, user and environment.
 */
#pragma once

#include "options.h"

#include <stdbool.h>

/* Finds the program and the user; ends with strace's words when there is none. Before anything is started. */
void command_prepare(const struct options *o, bool filtered);

/* For tracee_spawn: becomes the program, or returns an errno. */
int command_exec(void *arg);

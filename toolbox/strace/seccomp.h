/* SPDX-License-Identifier: GPL-2.0-only
 * A filter that lets the command run at full speed through all calls that are not traced.
 */
#pragma once

#include "filter.h"

#include <stdbool.h>

/* Whether the kernel would take such a filter. */
bool seccomp_possible(void);

/* Makes the filter for these calls (execve is stopped at in any case: it ends what came before the command). false: memory,
 * or too many pieces. */
bool seccomp_make(const struct call_set *calls);

/* In the child, before its execve: 0 or an errno. All that it starts has the filter from then on. */
int seccomp_install(void);

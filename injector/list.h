/* SPDX-License-Identifier: GPL-2.0-only
 * inject --list: which containers there are, and which have the tools.
 */
#pragma once

#include "find/find.h"
#include "run.h"

/* Prints the table, or the array of --json. Returns 0 or -1 with f. */
int list_print(const struct options *o, struct container_list *list, struct failure *f);

/* SPDX-License-Identifier: GPL-2.0-only
 * What native and man do, one function each. All return an exit status, and leave standard output open.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Lists all tools by group; with a word only the groups whose title holds it, in any case. */
int list_main(const char *word);

/* What this shell may do, and which tools work, with pid as the process that they are to look at. */
int doctor_main(pid_t pid, bool json);

/* man, with its own arguments. */
int man_main(int argc, char **argv);

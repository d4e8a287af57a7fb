/* SPDX-License-Identifier: GPL-2.0-only
 * The files of a compilation: scripts, and what they include under -C.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Reads a whole file of at most `max` bytes ("-": standard input). NULL with errno (EFBIG); the caller frees it. */
char *script_read(const char *path, size_t max, size_t *len);

/* Included files, kept until the compilation is over. */
struct script_includes {
	char **texts;
	size_t n, room;
	bool print; /* -H: paths go to standard error */
};

/* Reads one and keeps it. NULL with errno. */
char *script_include(struct script_includes *s, const char *path, size_t *len);
void script_free(struct script_includes *s);

/* SPDX-License-Identifier: GPL-2.0-only
 * The names in a directory below the root of proc.h, sorted, so that what is printed does not depend on the
 * order in which a file system lists them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct dir {
	char **names;
	size_t n;
};

/* Returns 0 or -errno; without those that begin with a dot. */
int dir_read(struct dir *d, const char *path);
bool dir_has(const struct dir *d, const char *name);
void dir_free(struct dir *d);

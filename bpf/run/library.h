/* SPDX-License-Identifier: GPL-2.0-only
 * The D libraries of -L: every file NAME.d of a directory, compiled before the program.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct library {
	char *path, *text;
	size_t len;
	const char *name; /* the last part of path, what others depend on */
	int state;	  /* of the sorting */
};

struct libraries {
	struct library *list;
	size_t n;
};

/* Adds a directory's libraries. 0 or negative errno, with the path at fault in why. */
int library_add(struct libraries *l, const char *directory, char *why, size_t size);

/* Puts those first that others name in `#pragma D depends_on library NAME`; else by name. false: they depend on each
 * other in a circle; the sentence is in why. */
bool library_sort(struct libraries *l, char *why, size_t size);

void library_free(struct libraries *l);

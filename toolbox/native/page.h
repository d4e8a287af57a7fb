/* SPDX-License-Identifier: GPL-2.0-only
 * Text for people: on a terminal through BusyBox's less, else as it is.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Where to print: less on a terminal, standard output itself otherwise, or where less cannot be started.
 * page_end waits until the reader has seen enough; it returns 0, or -errno when standard output was lost. */
struct page {
	FILE *out;
	int pid; /* of less; 0: none */
};
void page_begin(struct page *p);
int page_end(struct page *p);

/* Writes a manual page as mandoc renders it: a letter struck twice ("f\bf") is bold, one over "_" underlined. With
 * styled as terminals want it (ECMA-48 SGR), without as plain text. */
void page_write(FILE *out, const char *text, size_t n, bool styled);

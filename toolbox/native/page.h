/* SPDX-License-Identifier: GPL-2.0-only
 * Text for people: on a terminal through BusyBox's less, else as it is.
 */
#pragma once

#include <stdio.h>

/* Where to print: less on a terminal, standard output itself otherwise, or where less cannot be started.
 * page_end waits until the reader has seen enough; it returns 0, or -errno when standard output was lost. */
struct page {
	FILE *out;
	int pid; /* of less; 0: none */
};
void page_begin(struct page *p);
int page_end(struct page *p);

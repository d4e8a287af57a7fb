/* SPDX-License-Identifier: GPL-2.0-only
 * Text for people: on a terminal through BusyBox's less, else as it is.
 */
#pragma once

#include <stdio.h>

/* Where to print: less on a terminal, standard output itself otherwise, or where less cannot be started. page_end waits
 * until the reader has seen enough; what was printed to standard output is still to be flushed. */
struct page {
	FILE *out;
	int pid; /* of less; 0: none */
};
void page_begin(struct page *p);
void page_end(struct page *p);

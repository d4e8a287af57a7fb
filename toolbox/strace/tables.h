/* SPDX-License-Identifier: GPL-2.0-only
 * What tables.awk makes of the tables, for decode.c and its tests.
 */
#pragma once

#include "kinds.h"

extern kind_printer *const kinds_table[];

/* One row a line of calls.tbl. Rows of one name, one for each way of its arguments, share an index.
 */
extern const struct call_row tables_rows[];

/* The first row of each name, by rising name; the position is the row's index. */
extern const struct call_row *const tables_names[];
extern const size_t tables_n_names;

/* Rows by number; gaps are NULL. */
extern const struct call_row *const *const tables_by_number[ABI_COUNT];
extern const size_t tables_n_numbers[ABI_COUNT];

/* The words for each entry of flags/errno.tbl. */
extern const char *const tables_error_text[];

extern const char *const tables_classes[];
extern const size_t tables_n_classes;

/* For decode_exit: the result of a call that was unwrapped. */
void decode_unwrap_exit(struct call *c);

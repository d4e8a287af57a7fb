/* SPDX-License-Identifier: GPL-2.0-only
 * ulimit --who: the processes that are nearest to one limit.
 */
#pragma once

#include "limit.h"

enum who_format { WHO_UNITS, WHO_HUMAN, WHO_JSON }; /* as ulimit counts; 1.5G; JSON, in bytes and plain numbers */

/* Prints a table of the first `rows` of them (0: all) on stdout, by their soft or hard limits. Returns the status to
 * end with; what could not be done has been said on stderr. */
int who_print(const struct limit *l, bool hard, size_t rows, enum who_format format);

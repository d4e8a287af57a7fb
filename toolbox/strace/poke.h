/* SPDX-License-Identifier: GPL-2.0-only
 * poke_enter and poke_exit of -e inject: bytes that are written where arguments of a call point to.
 */
#pragma once

#include "tracee.h"

#include <stdbool.h>

/* What one expression writes. They live as long as the program. */
struct pokes;

/* Reads "@arg1=0a0b,@arg3=00": arguments 1 to 7, each once, and pairs of hexadecimal digits. NULL: wrong. Ends the
 * program when there is no memory. */
struct pokes *poke_parse(const char *text);

/* Writes all of them for the call that t is stopped in, and says which could not be written. true: at least one was. */
bool poke_write(struct tracee *t, const struct pokes *p);

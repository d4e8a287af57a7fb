/* SPDX-License-Identifier: GPL-2.0-only
 * The parts of pargs that know no process: the auxiliary vector, and quoting for a shell.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An entry of the auxiliary vector (getauxval(3)). */
struct auxv_entry {
	uint64_t type, value;
};

/* Takes the bytes of /proc/PID/auxv apart: up to n entries, without the AT_NULL at the end. A program of 32 bits has
 * words of four bytes; *bits says which. Returns how many there are, 0 when it is neither. */
size_t auxv_parse(const void *data, size_t len, struct auxv_entry *entries, size_t n, unsigned *bits);

/* "AT_PAGESZ"; NULL for a type that was not known when this was written. */
const char *auxv_name(uint64_t type);

/* What a value means: a number in decimal, the names of flags; "" where the hexadecimal value says it all. native tells
 * that the flags of the processor are those of this machine's own kind. */
void auxv_explain(char *buf, size_t size, const struct auxv_entry *e, bool native);

/* Whether the value is the address of a string. */
bool auxv_is_string(uint64_t type);

/* The string as a word of a shell, in bytes that are safe to print: bare, in single quotes, or as $'…' with octal
 * escapes (bash, busybox ash, ksh). The caller frees it; NULL without memory. */
char *quote_word(const char *s, size_t n);

/* The string in 7 bits: what is no printable ASCII becomes \ooo, a backslash two. As above. */
char *quote_ascii(const char *s, size_t n);

/* SPDX-License-Identifier: GPL-2.0-only
 * The one output function. Names of processes, files and containers are written by strangers, so
 * every %s that is printed is made safe first: no control byte, no invalid UTF-8 and no character
 * that reorders the line reaches the terminal, and no name can begin a row of its own.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Writes a safe copy of the n bytes at s into buf (size bytes, always NUL-terminated when size > 0).
 * Unsafe bytes become \ooo (octal, one group a byte): C0, DEL, C1 raw or as UTF-8 (U+0080-U+009F),
 * invalid UTF-8, line and paragraph separators, bidirectional controls (Unicode UAX #9) and the
 * backslash that would make a name look escaped. An escape or character is never cut in half.
 * Returns the bytes that a large enough buffer would hold, without the NUL. */
size_t text_safe(char *buf, size_t size, const char *s, size_t n);

/* Columns that a safe UTF-8 string takes on a terminal (wide characters count two). */
size_t text_width(const char *safe);

/* Cuts a safe string to so many columns, at a character or an escape, and returns its new length in bytes. */
size_t text_cut(char *safe, size_t columns);

/* printf(3) with a safe %s: the argument of each %s goes through text_safe, and its width counts
 * columns, its precision bytes of the unsafe string. Knows d i u x X o c s % p f, the flags, `*`,
 * and the lengths hh h l ll z j. The format itself is the caller's and printed as it is.
 * Returns the bytes written, or -1 with errno from write or ENOMEM. The text is written whole. */
int text_printf(FILE *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int text_vprintf(FILE *out, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));

/* Says "TOOL: sentence" on standard error and returns status: 1, or 2 for wrong usage, which adds where the help is. */
int text_failed(const char *tool, int status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same into a buffer, as snprintf(3): always NUL-terminated when size > 0. */
int text_snprintf(char *buf, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same into memory of its own; the caller frees it. NULL with errno ENOMEM. */
char *text_asprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *text_vasprintf(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

/* Flushes and closes a stream; false, with errno set, when any of its output was lost
 * (a full disk, a closed pipe), so that the program can exit 1. */
bool text_close(FILE *out);

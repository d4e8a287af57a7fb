/* SPDX-License-Identifier: GPL-2.0-only
 * Sentences to the user on standard error, with "strace: " before them as strace has it, under whichever name we run.
 */
#pragma once

#include <stdbool.h>

/* One line, written whole. Strings are made safe (lib/text.h). */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same, then exit 1. Whoever is traced is freed by the kernel. */
_Noreturn void say_die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* The same with the hint to -h: for the command line. */
_Noreturn void say_usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Called before something is written to standard error, so that lines that are kept for it come first. */
extern void (*say_before)(void);

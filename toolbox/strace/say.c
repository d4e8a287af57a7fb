/* SPDX-License-Identifier: GPL-2.0-only
 * Messages: see say.h.
 */
#include "say.h"
#include "../lib/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*say_before)(void);

/* Formatted first and written once: standard error is shared with the traced program. */
static void put(const char *hint, const char *fmt, va_list ap)
{
	char *text = text_vasprintf(fmt, ap);
	/* The text is safe to look at by now; a second time, its backslashes would be escaped. */
	char *line = NULL;

	if (asprintf(&line, "strace: %s\n", text ? text : fmt) < 0)
		line = NULL;

	if (say_before)
		say_before();
	/* Nobody is left to tell when this fails. */
	ssize_t n = line ? write(STDERR_FILENO, line, strlen(line)) : 0;
	if (hint)
		n = write(STDERR_FILENO, hint, strlen(hint));
	(void)n;
	free(text);
	free(line);
}

void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(NULL, fmt, ap);
	va_end(ap);
}

void say_die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(NULL, fmt, ap);
	va_end(ap);
	exit(1);
}

void say_usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("Try 'strace -h' for more information.\n", fmt, ap);
	va_end(ap);
	exit(1);
}

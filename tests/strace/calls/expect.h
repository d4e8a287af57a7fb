/* SPDX-License-Identifier: GPL-2.0-only
 * A program here makes system calls and prints the lines that a tracer must show for them, in their order. A line that
 * begins with "lite: " is for strace-lite alone, "6.1: " for Debian's strace 6.1 alone: a deviation on purpose, which the
 * program explains. Lines have one blank before "=" (-a 0).
 */
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* "name(args) = RESULT": the result of syscall(2) as a tracer shows it. */
__attribute__((format(printf, 2, 3))) static void expect(long ret, const char *fmt, ...)
{
	int err = errno;
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	if (ret == -1)
		printf(" = -1 %s (%s)\n", strerrorname_np(err), strerror(err));
	else
		printf(" = %ld\n", ret);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Files of /proc whose reading may wait for somebody else: maps, while a thread of the process that waits in the kernel
 * holds the lock of its memory.
 */
#pragma once

#include <stddef.h>

enum { SLOW_MS = 2000 };

/* Reads a file whole, at most max bytes, with a NUL behind them; the caller frees *text. 0, -errno, -EFBIG, or -ETIMEDOUT
 * after ms milliseconds: then the reader is left behind in a thread of its own, which ends when the read does or with the
 * process. */
int slow_read(const char *path, size_t max, int ms, char **text, size_t *len);

/* SPDX-License-Identifier: GPL-2.0-only
 * What every C file of the project may use: sizes, descriptors that close themselves.
 */
#pragma once

#include <stddef.h>
#include <unistd.h>

#define countof(a) (sizeof(a) / sizeof((a)[0]))

static inline void base_close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/* A descriptor that is closed when its scope ends; -1 means none. */
#define fd_auto __attribute__((cleanup(base_close_fd))) int

/* Hands the descriptor on: the caller owns it, the variable no longer does. */
static inline int fd_steal(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

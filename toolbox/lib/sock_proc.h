/* SPDX-License-Identifier: GPL-2.0-only
 * The half of sock.h that reads /proc/net; for sock.c only.
 */
#pragma once

#include "sock.h"

/* As sock_each, from the file alone. */
int sock_proc_each(int family, int protocol, unsigned states, sock_fn *fn, void *arg);

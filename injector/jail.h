/* SPDX-License-Identifier: GPL-2.0-only
 * What the helper gives up before it enters a container: descriptors, capabilities, system calls.
 */
#pragma once

#include <stddef.h>

/* Closes every descriptor but the n listed ones (sorted in place), drops all capabilities but those
 * that attaching needs, sets no_new_privs and a seccomp filter that kills the process for any other
 * system call. Returns 0 or -errno. */
int jail_enter(int *keep, size_t n);

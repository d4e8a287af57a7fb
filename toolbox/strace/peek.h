/* SPDX-License-Identifier: GPL-2.0-only
 * The memory of a stopped tracee through /proc/TID/mem: process_vm_readv(2) is what default seccomp
 * filters of containers refuse, and word by word it costs a system call each.
 */
#pragma once

#include "tracee.h"

/* For struct memory: ctx is the tracee. Reads whole pages and keeps the last few, so that a structure
 * and the strings beside it cost one call. */
ssize_t peek_read(void *ctx, uint64_t addr, void *buf, size_t n);

/* Writes n bytes at addr, also where the program itself may only read (as a debugger does); what was kept of the
 * tracee is forgotten. 0 or -errno; -EFAULT with the beginning perhaps written when the end is not mapped. */
int peek_write(struct tracee *t, uint64_t addr, const void *buf, size_t n);

/* The tracee ran: what was kept is old. */
void peek_forget(struct tracee *t);

/* It has other memory now (execve), or is gone. */
void peek_close(struct tracee *t);

/* SPDX-License-Identifier: GPL-2.0-only
 * What descriptors and process ids of the tracee are: for -y, -yy, -Y.
 */
#pragma once

#include "decode.h"

/* Which parts are wanted: FD_* of options.h; how paths and names are quoted. Once, before the others. */
void fdnames_init(unsigned fds, enum out_hex hex);

/* For struct lookup: prints "</etc/passwd>" with its brackets, or "</tmp/x>(deleted)"; AT_FDCWD is the working
 * directory. false, with nothing printed: no such descriptor. */
bool fdnames_fd(void *ctx, pid_t tid, int fd, struct out *o);

/* The name of a process, without brackets. */
bool fdnames_comm(void *ctx, pid_t pid, struct out *o);

/* Prints "TCP:[127.0.0.1:80->127.0.0.1:4711]" for the socket behind a /proc/TID/fd/N with this inode; false: its kind is
 * not known here. In socknames.c. */
bool socknames_print(const char *fd_path, uint64_t inode, struct out *o);

/* For struct lookup, in sockinfo.c: the protocol of a netlink socket, -1: it is none; whether port 53 is at an end of a
 * UDP socket; the name of an interface, in our own network namespace, as strace has it. */
/* The inode in what a descriptor of a socket links to, "socket:[4711]"; false when it is something else. */
bool sockinfo_inode(const char *target, uint64_t *inode);
int sockinfo_netlink(void *ctx, pid_t tid, int fd);
bool sockinfo_dns(void *ctx, pid_t tid, int fd);
bool sockinfo_ifname(void *ctx, uint32_t index, struct out *o);

/* SPDX-License-Identifier: GPL-2.0-only
 * pfiles: what its files share.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>

/* --- one descriptor (descriptor.c) ------------------------------------------------------------------------------ */

struct descriptor {
	int fd;
	int err;	/* of statx(2), -errno: then the link alone tells what it is; without a link, why there is none */
	struct statx st;
	char *link;	/* "/etc/passwd", "socket:[123]", "anon_inode:[eventpoll]"; a stranger's string, or NULL */
	char *info;	/* the text of fdinfo, or NULL */
	char protocol[32]; /* of a socket: "TCP"; "" where the kernel does not tell */
};

/* Reads a descriptor of a process; the caller frees it with descriptor_free. NULL: it has been closed, or
 * there is no memory. Files may lie on a file system that hangs, see lib/deadline.h. */
struct descriptor *descriptor_read(pid_t pid, int fd);
void descriptor_free(void *d);

/* "S_IFSOCK" and so on; of what has no type, what it is. */
enum kind { KIND_FILE, KIND_SOCKET, KIND_PIPE, KIND_OTHER };
enum kind descriptor_kind(const struct descriptor *d);
/* The inode, also where only the link tells it; 0: unknown. */
uint64_t descriptor_inode(const struct descriptor *d);

/* Prints the first two lines: type and numbers, flags. */
void descriptor_print(const struct descriptor *d);
/* Prints what is behind them for anything but sockets: path, offset, what fdinfo tells. */
void descriptor_details(const struct descriptor *d);

/* --- what /proc/PID/fdinfo/N tells (info.c) ---------------------------------------------------------------------- */

/* The number behind "flags:" (octal) and "pos:"; false when there is none. */
bool info_flags(const char *info, uint64_t *flags);
bool info_pos(const char *info, uint64_t *pos);

/* "O_RDWR|O_NONBLOCK|O_CLOEXEC". */
void info_fmt_flags(char *buf, size_t size, uint64_t flags);

/* Prints a line for each of the other things it tells: locks, targets of epoll, watches of inotify, timers, ... */
void info_print(const char *info, FILE *out);

/* --- who else has it (holders.c) --------------------------------------------------------------------------------- */

/* Prints "LABEL: name[pid] fd:N" for everybody who has this pipe or socket, up to a few, but not for that descriptor
 * itself; of a pipe with that access mode (O_RDONLY or O_WRONLY), -1: any. All processes are read at the first call, as far
 * as they may be looked at. Returns whether there was any. */
bool holders_print(const char *label, bool socket, uint64_t inode, int access, pid_t pid, int fd);
/* Whether some processes could not be looked at. */
bool holders_incomplete(void);

/* --- sockets (sockets.c) ------------------------------------------------------------------------------------------- */

/* Reads the sockets of the network namespace that the process is in, unless they are those that were read last. Returns
 * false, and says so, when nothing could be had. */
bool sockets_load(pid_t pid);

/* Prints what is known of a socket. */
void sockets_print(const struct descriptor *d, pid_t pid);

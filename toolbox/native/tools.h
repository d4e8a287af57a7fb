/* SPDX-License-Identifier: GPL-2.0-only
 * The one table of all tools (tools.def), and what each needs.
 */
#pragma once

#include <stddef.h>

/* What a tool needs beyond being run. Each is tried, or looked up, by needs.c. */
enum need {
	NEED_NONE,	     /* nothing: not /proc, no right */
	NEED_PROC,	     /* /proc */
	NEED_SYS,	     /* /sys */
	NEED_LOOK,	     /* to read maps and descriptors of another process */
	NEED_TRACE,	     /* to attach to another process */
	NEED_TRACE_OR_CHILD, /* the same, or at least to trace what it starts */
	NEED_LIMITS,	     /* to change the limits of another process */
	NEED_SIGNAL,	     /* to signal another process */
	NEED_NICE,	     /* to raise a priority */
	NEED_PACKET,	     /* packet sockets */
	NEED_RAW,	     /* raw sockets */
	NEED_NETADMIN,	     /* to change the network; it can be shown without */
	NEED_NETWORK,	     /* a network beyond loopback */
	NEED_SOCKETS,	     /* sockets: by netlink, the rest from /proc */
	NEED_KLOG,	     /* the kernel's log */
	NEED_SYSCTL,	     /* to change the kernel's settings */
	NEED_MOUNT,	     /* to mount */
	NEED_NAMESPACE,	     /* to make and join namespaces */
	NEED_CHROOT,	     /* to change the root directory */
	NEED_BPF,	     /* to load BPF programs */
	NEEDS
};

struct tool {
	const char *group; /* of a row that opens a group, with name NULL; else NULL */
	const char *name;
	enum need need;
	const char *line; /* what it does, in one line */
};

/* In the order in which they are listed. */
extern const struct tool tools[];
extern const size_t tools_n;

/* NULL: there is no tool of this name. */
const struct tool *tool_by_name(const char *name);

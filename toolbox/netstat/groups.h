/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of the kernel's multicast memberships; for groups.c and its tests.
 */
#pragma once

#include "netstat.h"

struct group {
	char iface[64]; /* a stranger's string */
	uint8_t address[16];
	uint32_t users;
};

/* A line of /proc/net/igmp: 1 for an interface (kept in g), 2 for a group of it, 0 when it is none. */
int group_parse4(const char *line, struct group *g);
/* A line of /proc/net/igmp6. */
bool group_parse6(const char *line, struct group *g);

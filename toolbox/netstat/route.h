/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of the kernel's routing tables; for route.c and its tests.
 */
#pragma once

#include "netstat.h"

struct route {
	char iface[64]; /* a stranger's string */
	uint8_t to[16], via[16], mask[16]; /* IPv4 in the first four bytes */
	unsigned to_len; /* of IPv6: length of the prefix */
	uint32_t flags;
	int32_t refs, use, metric;
	uint32_t mtu, window, irtt;
};

/* A line of /proc/net/route and of /proc/net/ipv6_route; false when it is none. */
bool route_parse4(const char *line, struct route *r);
bool route_parse6(const char *line, struct route *r);

/* "UGH"; room for every flag there is. */
#define ROUTE_FLAGS_MAX 32
void route_flags(char text[ROUTE_FLAGS_MAX], int family, uint32_t flags);

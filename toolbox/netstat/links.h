/* SPDX-License-Identifier: GPL-2.0-only
 * The network interfaces of this namespace and their addresses: from rtnetlink(7), or from files where that is
 * refused or NATIVE_ROOT names a recorded tree.
 */
#pragma once

#include "netstat.h"

/* The counters as /proc/net/dev sums them up. */
struct link_counters {
	uint64_t rx_bytes, rx_packets, rx_errors, rx_dropped, rx_fifo, rx_frame;
	uint64_t tx_bytes, tx_packets, tx_errors, tx_dropped, tx_fifo, collisions, carrier;
};

struct link {
	char name[64];	/* a stranger's string; of an alias its label */
	int index;
	bool alias;	/* a label of an IPv4 address: no counters of its own */
	uint32_t flags; /* linux/if.h: IFF_UP … */
	uint32_t mtu;
	int32_t queue;	/* -1: unknown */
	uint16_t type;	/* linux/if_arp.h */
	uint8_t address[8];
	bool has_ipv4;
	uint8_t ipv4[4], broadcast[4], peer[4];
	uint8_t prefix;
	uint16_t irq;
	uint64_t base, memory_start, memory_end;
	uint8_t dma;
	struct link_counters n;
};

struct link_ipv6 {
	int index;
	char name[64];
	uint8_t address[16];
	unsigned prefix;
	unsigned scope; /* as in /proc/net/if_inet6 */
};

struct links {
	struct link *link; /* sorted by name, numbers at the end of a name by value */
	size_t n, cap;
	struct link_ipv6 *ipv6;
	size_t n_ipv6, cap_ipv6;
};

/* Returns 0 or -errno. The caller frees with links_free. */
int links_load(struct links *l);
void links_free(struct links *l);

/* --- the parsers, for tests ------------------------------------------------------------------------------- */

struct nlmsghdr;
/* Messages of RTM_GETLINK and RTM_GETADDR; arg is struct links. */
int links_take(void *arg, const struct nlmsghdr *message);
/* A line of /proc/net/dev and of /proc/net/if_inet6; false when it is none. */
bool links_parse_dev(const char *line, struct link *link);
bool links_parse_inet6(const char *line, struct link_ipv6 *a);
void links_sort(struct links *l);

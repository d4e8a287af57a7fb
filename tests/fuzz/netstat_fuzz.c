/* SPDX-License-Identifier: GPL-2.0-only
 * Routes, multicast groups, interfaces, SCTP and counters with any bytes in them. The first byte says which.
 */
#include "toolbox/lib/netlink.h"
#include "toolbox/netstat/groups.h"
#include "toolbox/netstat/links.h"
#include "toolbox/netstat/route.h"
#include "toolbox/netstat/sctp.h"
#include "toolbox/netstat/statistics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct options options; /* of netstat.c, which is not here */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void addresses(const char *list)
{
	uint8_t address[16];
	int family;

	while (list && sctp_next_address(&list, &family, address))
		;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool quiet;
	struct links links = { 0 };
	struct link_ipv6 ipv6;
	struct sctp_row row;
	struct route route;
	struct group group;
	struct link link;
	char flags[ROUTE_FLAGS_MAX];

	if (size == 0)
		return 0;
	/* What is printed, and what is said about bad lines, is of no interest. The fuzzer and the sanitizers have the
	 * stream that stderr was before. */
	if (!quiet) {
		stdout = fopen("/dev/null", "w");
		stderr = stdout;
		quiet = true;
	}
	unsigned kind = *data++;
	size--;
	char *copy = malloc(size + 1);
	memcpy(copy, data, size);
	copy[size] = '\0';
	switch (kind % 8) {
	case 0:
		if (route_parse4(copy, &route))
			route_flags(flags, 2, route.flags);
		break;
	case 1:
		if (route_parse6(copy, &route))
			route_flags(flags, 10, route.flags);
		break;
	case 2:
		group_parse4(copy, &group);
		group_parse6(copy, &group);
		break;
	case 3:
		links_parse_dev(copy, &link);
		links_parse_inet6(copy, &ipv6);
		break;
	case 4:
		netlink_each(copy, size, links_take, &links);
		links_sort(&links);
		links_free(&links);
		break;
	case 5:
		for (int endpoint = 0; endpoint < 2; endpoint++)
			if (sctp_parse(copy, endpoint, &row)) {
				addresses(row.locals);
				addresses(row.remotes);
			}
		break;
	case 6:
		statistics_pairs(copy, NULL);
		break;
	default:
		statistics_list(copy);
	}
	out_flush();
	free(copy);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * netstat -g: multicast memberships from /proc/net/igmp and igmp6 (net/ipv4/igmp.c, net/ipv6/mcast.c), as net-tools
 * 2.10 lays them out.
 */
#include "groups.h"
#include "field.h"
#include "toolbox/lib/names.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* "2 eth0 : 3 V2", then for each group "\t\t\t\tFB0000E0 1 0:00000000 0". */
int group_parse4(const char *line, struct group *g)
{
	const char *p = line;
	uint32_t index, address;

	if (*line != '\t')
		return field_number(&p, &index) && field_word(&p, g->iface, sizeof(g->iface)) ? 1 : 0;
	if (!field_hex(&p, &address) || !field_number(&p, &g->users))
		return 0;
	memset(g->address, 0, sizeof(g->address));
	memcpy(g->address, &address, sizeof(address));
	return 2;
}

/* "2 eth0 ff02…01 1 0000000C 0" */
bool group_parse6(const char *line, struct group *g)
{
	const char *p = line;
	uint32_t index;

	return field_number(&p, &index) && field_word(&p, g->iface, sizeof(g->iface)) &&
	       field_bytes(&p, g->address, sizeof(g->address)) && field_number(&p, &g->users);
}

static void want(int family, const struct group *g)
{
	host_want(family, g->address);
}

static void print(int family, const struct group *g)
{
	char buf[SOCK_ADDRESS_MAX];

	out_printf("%-15s %-6u %s\n", g->iface, g->users, host_text(buf, family, g->address));
}

static int each(const struct proc_file *f, int family, void (*fn)(int family, const struct group *g))
{
	const char *line = family == AF_INET ? proc_next_line(f->data) : *f->data ? f->data : NULL;
	struct group g = { 0 };
	bool strange = false;

	for (; line; line = proc_next_line(line)) {
		int kind = family == AF_INET ? group_parse4(line, &g) : group_parse6(line, &g) ? 2 : 0;

		if (kind == 2)
			fn(family, &g);
		strange |= kind == 0;
	}
	return strange ? complain("a line of the group memberships is not understood and left out") : 0;
}

int view_groups(bool first)
{
	static const struct {
		int family;
		const char *path;
	} files[] = { { AF_INET, "proc/net/igmp" }, { AF_INET6, "proc/net/igmp6" } };
	struct proc_file f[2] = { PROC_FILE_INIT, PROC_FILE_INIT };
	int result[2];
	int status = 0;

	(void)first;
	for (int i = 0; i < 2; i++) {
		result[i] = proc_load(&f[i], files[i].path);
		if (result[i] == 0 && !options.numeric_hosts)
			each(&f[i], files[i].family, want);
	}
	if (!options.numeric_hosts)
		names_host_resolve(NETSTAT_DNS_MS);
	out_text("IPv6/IPv4 Group Memberships\n"
		 "Interface       RefCnt Group\n"
		 "--------------- ------ ---------------------\n");
	for (int i = 0; i < 2; i++) {
		bool wanted = i ? options.inet6 : options.inet;

		if (!wanted)
			continue;
		if (result[i] == 0)
			status |= each(&f[i], files[i].family, print);
		/* A kernel without IPv6 has no file of it. */
		else if (i == 0 || options.inet6_named || result[i] != -ENOENT)
			status |= complain("no multicast memberships: /%s: %s", files[i].path, strerror(-result[i]));
	}
	for (int i = 0; i < 2; i++)
		proc_unload(&f[i]);
	return status;
}

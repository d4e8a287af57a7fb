/* SPDX-License-Identifier: GPL-2.0-only
 * Network interfaces: see links.h.
 */
#include "links.h"
#include "field.h"
#include "toolbox/lib/netlink.h"
#include "toolbox/lib/proc.h"

#include <dirent.h>
#include <errno.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define F_UP 0x1u
#define F_RUNNING 0x40u

static void *more(void *p, size_t *cap, size_t n, size_t size)
{
	size_t grown_cap = *cap ? *cap * 2 : 16;

	if (n < *cap)
		return p;
	void *grown = realloc(p, grown_cap * size);
	if (grown)
		*cap = grown_cap;
	return grown;
}

static struct link *add_link(struct links *l)
{
	struct link *grown = more(l->link, &l->cap, l->n, sizeof(*grown));

	if (!grown)
		return NULL;
	l->link = grown;
	grown[l->n] = (struct link){ .queue = -1 };
	return &grown[l->n++];
}

static int add_ipv6(struct links *l, const struct link_ipv6 *a)
{
	struct link_ipv6 *grown = more(l->ipv6, &l->cap_ipv6, l->n_ipv6, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	l->ipv6 = grown;
	grown[l->n_ipv6++] = *a;
	return 0;
}

void links_free(struct links *l)
{
	free(l->link);
	free(l->ipv6);
	*l = (struct links){ 0 };
}

/* --- rtnetlink --------------------------------------------------------------------------------------------- */

static void copy_name(char name[64], const struct nlattr *a)
{
	size_t n = strnlen(netlink_data(a), netlink_size(a));

	if (n > 63)
		n = 63;
	memcpy(name, netlink_data(a), n);
	name[n] = '\0';
}

static void copy(void *to, size_t size, const struct nlattr *a)
{
	if (a)
		memcpy(to, netlink_data(a), netlink_size(a) < size ? netlink_size(a) : size);
}

static void take_counters(struct link_counters *n, const struct nlattr *a)
{
	struct rtnl_link_stats64 s = { 0 };

	copy(&s, sizeof(s), a);
	*n = (struct link_counters){
		.rx_bytes = s.rx_bytes,
		.rx_packets = s.rx_packets,
		.rx_errors = s.rx_errors,
		.rx_dropped = s.rx_dropped + s.rx_missed_errors,
		.rx_fifo = s.rx_fifo_errors,
		.rx_frame = s.rx_length_errors + s.rx_over_errors + s.rx_crc_errors + s.rx_frame_errors,
		.tx_bytes = s.tx_bytes,
		.tx_packets = s.tx_packets,
		.tx_errors = s.tx_errors,
		.tx_dropped = s.tx_dropped,
		.tx_fifo = s.tx_fifo_errors,
		.collisions = s.collisions,
		.carrier = s.tx_carrier_errors + s.tx_aborted_errors + s.tx_window_errors + s.tx_heartbeat_errors,
	};
}

static int take_link(struct links *l, const struct nlmsghdr *message)
{
	const struct ifinfomsg *m = NLMSG_DATA(message);
	const struct nlattr *a[IFLA_STATS64 + 1];
	struct rtnl_link_ifmap map = { 0 };

	if (message->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return 0;
	struct link *link = add_link(l);
	if (!link)
		return -ENOMEM;
	netlink_attributes(message, sizeof(*m), a, IFLA_STATS64 + 1);
	link->index = m->ifi_index;
	link->flags = m->ifi_flags;
	link->type = m->ifi_type;
	if (a[IFLA_IFNAME])
		copy_name(link->name, a[IFLA_IFNAME]);
	copy(&link->mtu, sizeof(link->mtu), a[IFLA_MTU]);
	copy(&link->queue, sizeof(link->queue), a[IFLA_TXQLEN]);
	copy(link->address, sizeof(link->address), a[IFLA_ADDRESS]);
	copy(&map, sizeof(map), a[IFLA_MAP]);
	link->irq = map.irq;
	link->base = map.base_addr;
	link->memory_start = map.mem_start;
	link->memory_end = map.mem_end;
	link->dma = map.dma;
	take_counters(&link->n, a[IFLA_STATS64]);
	return 0;
}

static struct link *find_label(struct links *l, int index, const char *label)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->link[i].index == index && strcmp(l->link[i].name, label) == 0)
			return &l->link[i];
	return NULL;
}

static struct link *find_index(struct links *l, int index)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->link[i].index == index && !l->link[i].alias)
			return &l->link[i];
	return NULL;
}

/* A label that is not the name of the interface makes an alias: a row of its own. The first address of
 * each label counts. */
static int take_ipv4(struct links *l, const struct ifaddrmsg *m, const struct nlattr **a)
{
	struct link *real = find_index(l, (int)m->ifa_index);
	char label[64];

	if (!real || !a[IFA_LOCAL])
		return 0;
	if (a[IFA_LABEL])
		copy_name(label, a[IFA_LABEL]);
	else
		memcpy(label, real->name, sizeof(label));
	struct link *link = find_label(l, real->index, label);
	if (!link) {
		struct link alias = *real;

		link = add_link(l);
		if (!link)
			return -ENOMEM;
		alias.alias = true;
		alias.has_ipv4 = false;
		memset(&alias.n, 0, sizeof(alias.n));
		memcpy(alias.name, label, sizeof(alias.name));
		*link = alias;
	}
	if (link->has_ipv4)
		return 0;
	link->has_ipv4 = true;
	link->prefix = m->ifa_prefixlen;
	memset(link->broadcast, 0, sizeof(link->broadcast));
	copy(link->ipv4, sizeof(link->ipv4), a[IFA_LOCAL]);
	copy(link->broadcast, sizeof(link->broadcast), a[IFA_BROADCAST]);
	copy(link->peer, sizeof(link->peer), a[IFA_ADDRESS]);
	return 0;
}

static int take_ipv6(struct links *l, const struct ifaddrmsg *m, const struct nlattr **a)
{
	struct link_ipv6 v6 = { .index = (int)m->ifa_index, .prefix = m->ifa_prefixlen };

	v6.scope = m->ifa_scope == RT_SCOPE_LINK ? 0x20 : m->ifa_scope == RT_SCOPE_HOST ? 0x10
		   : m->ifa_scope == RT_SCOPE_SITE ? 0x40
						   : 0;
	copy(v6.address, sizeof(v6.address), a[IFA_LOCAL] ? a[IFA_LOCAL] : a[IFA_ADDRESS]);
	return add_ipv6(l, &v6);
}

int links_take(void *arg, const struct nlmsghdr *message)
{
	const struct nlattr *a[IFA_BROADCAST + 1];
	const struct ifaddrmsg *m = NLMSG_DATA(message);
	struct links *l = arg;

	if (message->nlmsg_type == RTM_NEWLINK)
		return take_link(l, message);
	if (message->nlmsg_type != RTM_NEWADDR || message->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return 0;
	netlink_attributes(message, sizeof(*m), a, IFA_BROADCAST + 1);
	return m->ifa_family == AF_INET6 ? take_ipv6(l, m, a) : m->ifa_family == AF_INET ? take_ipv4(l, m, a) : 0;
}

static int ask(struct links *l, int type, int family)
{
	struct {
		struct nlmsghdr header;
		union {
			struct ifinfomsg link;
			struct ifaddrmsg address;
		} m;
	} request = { .header = { .nlmsg_len = sizeof(request), .nlmsg_type = (uint16_t)type } };

	if (type == RTM_GETLINK)
		request.m.link.ifi_family = (uint8_t)family;
	else
		request.m.address.ifa_family = (uint8_t)family;
	return netlink_dump(NETLINK_ROUTE, &request.header, links_take, l);
}

/* --- files ------------------------------------------------------------------------------------------------- */

bool links_parse_dev(const char *line, struct link *link)
{
	const char *p = line + strspn(line, " ");
	const char *end = p + strcspn(p, "\n");
	const char *colon = NULL;
	uint64_t v[16];

	/* The numbers hold no colon, but a name may. */
	for (const char *c = p; c < end; c++)
		if (*c == ':')
			colon = c;
	if (!colon || colon == p || (size_t)(colon - p) >= sizeof(link->name))
		return false;
	*link = (struct link){ .queue = -1 };
	memcpy(link->name, p, (size_t)(colon - p));
	p = colon + 1;
	for (int i = 0; i < 16; i++)
		if (!proc_u64(&p, &v[i]))
			return false;
	link->n = (struct link_counters){
		.rx_bytes = v[0],   .rx_packets = v[1], .rx_errors = v[2],   .rx_dropped = v[3], .rx_fifo = v[4],
		.rx_frame = v[5],   .tx_bytes = v[8],	.tx_packets = v[9],  .tx_errors = v[10], .tx_dropped = v[11],
		.tx_fifo = v[12],   .collisions = v[13], .carrier = v[14],
	};
	return true;
}

/* "fe80…01 02 40 20 80 eth0": address, index, prefix, scope, flags, name */
bool links_parse_inet6(const char *line, struct link_ipv6 *a)
{
	uint32_t index, prefix, scope, flags;
	const char *p = line;

	*a = (struct link_ipv6){ 0 };
	if (!field_bytes(&p, a->address, 16) || !field_hex(&p, &index) || !field_hex(&p, &prefix) ||
	    !field_hex(&p, &scope) || !field_hex(&p, &flags) || !field_word(&p, a->name, sizeof(a->name)))
		return false;
	a->index = (int)index;
	a->prefix = prefix;
	a->scope = scope;
	return true;
}

static bool attribute(const struct link *link, const char *name, struct proc_file *f)
{
	char path[128];

	proc_unload(f);
	snprintf(path, sizeof(path), "sys/class/net/%s/%s", link->name, name);
	return strchr(link->name, '/') == NULL && proc_load(f, path) == 0;
}

static void read_attributes(struct link *link)
{
	struct proc_file f = PROC_FILE_INIT;

	if (attribute(link, "flags", &f))
		link->flags = (uint32_t)strtoul(f.data, NULL, 16);
	/* The file has what was set; whether it runs is told by the state. */
	if (link->flags & F_UP && attribute(link, "operstate", &f) &&
	    (strncmp(f.data, "up", 2) == 0 || strncmp(f.data, "unknown", 7) == 0))
		link->flags |= F_RUNNING;
	if (attribute(link, "ifindex", &f))
		link->index = (int)strtol(f.data, NULL, 10);
	if (attribute(link, "mtu", &f))
		link->mtu = (uint32_t)strtoul(f.data, NULL, 10);
	if (attribute(link, "tx_queue_len", &f))
		link->queue = (int)strtol(f.data, NULL, 10);
	if (attribute(link, "type", &f))
		link->type = (uint16_t)strtoul(f.data, NULL, 10);
	if (attribute(link, "address", &f)) {
		const char *p = f.data;

		for (size_t i = 0; i < sizeof(link->address) && *p; i++) {
			char *end;

			link->address[i] = (uint8_t)strtoul(p, &end, 16);
			p = *end == ':' ? end + 1 : end;
		}
	}
	proc_unload(&f);
}

static int load_files(struct links *l)
{
	struct proc_file f = PROC_FILE_INIT;
	int r = proc_load(&f, "proc/net/dev");

	/* Two lines of titles. */
	const char *p = r == 0 ? proc_next_line(f.data) : NULL;
	for (p = p ? proc_next_line(p) : NULL; p && r == 0; p = proc_next_line(p)) {
		struct link link;

		if (!links_parse_dev(p, &link))
			continue;
		struct link *kept = add_link(l);
		if (!kept) {
			r = -ENOMEM;
			break;
		}
		*kept = link;
		read_attributes(kept);
	}
	proc_unload(&f);
	return r;
}

/* --- both ---------------------------------------------------------------------------------------------------- */

static size_t without_number(const char *name)
{
	size_t n = strlen(name);

	while (n > 0 && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	return n;
}

/* eth2 before eth10, and all of them before eth0:1. */
static int by_name(const void *a, const void *b)
{
	const char *x = ((const struct link *)a)->name;
	const char *y = ((const struct link *)b)->name;
	size_t n = without_number(x);
	size_t m = without_number(y);
	int r = memcmp(x, y, n < m ? n : m);

	if (r != 0)
		return r;
	if (n != m)
		return n < m ? -1 : 1;
	unsigned long v = strtoul(x + n, NULL, 10);
	unsigned long w = strtoul(y + m, NULL, 10);
	return v != w ? (v < w ? -1 : 1) : strcmp(x, y);
}

void links_sort(struct links *l)
{
	if (l->n > 0)
		qsort(l->link, l->n, sizeof(*l->link), by_name);
}

/* In the order of net-tools, from the file; without /proc from the kernel. */
static int load_ipv6(struct links *l)
{
	struct proc_file f = PROC_FILE_INIT;
	int r = proc_load(&f, "proc/net/if_inet6");

	for (const char *p = r == 0 && *f.data ? f.data : NULL; p; p = proc_next_line(p)) {
		struct link_ipv6 a;

		if (links_parse_inet6(p, &a) && add_ipv6(l, &a) < 0)
			break;
	}
	proc_unload(&f);
	if (r < 0 && !proc_is_test())
		ask(l, RTM_GETADDR, AF_INET6);
	return 0;
}

int links_load(struct links *l)
{
	int r = proc_is_test() ? -ENOENT : ask(l, RTM_GETLINK, AF_UNSPEC);

	if (r == 0)
		ask(l, RTM_GETADDR, AF_INET);
	else if (r < 0 && l->n == 0)
		r = load_files(l);
	if (r == 0)
		r = load_ipv6(l);
	links_sort(l);
	return r;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Routing's netlink messages (linux/rtnetlink.h, if_link.h, if_addr.h, neighbour.h, fib_rules.h):
 * the structure at their head by type, and attributes, which all protocols share.
 */
#include "netlink.h"

#include "toolbox/lib/base.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

enum { VALUE_MAX = 4096, ATTRIBUTES_MAX = 4096 };

static const struct nla *find(const struct nla_list *list, uint16_t type)
{
	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i].type == type)
			return &list->v[i];
	}
	return NULL;
}

/* Of an address no "name=" stands before it here. */
static bool print_address(struct call *c, unsigned family, const unsigned char *p, size_t n)
{
	char text[INET6_ADDRSTRLEN];

	if (family == AF_INET && n >= 4)
		out_printf(c->out, "inet_addr(\"%s\")", inet_ntop(AF_INET, p, text, sizeof(text)));
	else if (family == AF_INET6 && n >= 16)
		out_printf(c->out, "inet_pton(AF_INET6, \"%s\")",
			   inet_ntop(AF_INET6, p, text, sizeof(text)));
	else
		return false;
	return true;
}

static bool print_number(struct call *c, const unsigned char *p, size_t n, size_t size,
			 bool is_signed)
{
	uint64_t v = 0;

	if (n < size)
		return false;
	memcpy(&v, p, size);
	if (is_signed)
		out_dec(c->out, (int32_t)(uint32_t)v);
	else
		out_udec(c->out, v);
	return true;
}

static uint32_t load32(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* False, nothing printed: the bytes are not what the form says. */
static bool print_value(struct call *c, const struct nla *a, unsigned family,
			const unsigned char *p, size_t n)
{
	switch (a ? (enum nla_form)a->form : NLA_BYTES) {
	case NLA_NUM8:
		return print_number(c, p, n, 1, false);
	case NLA_NUM16:
		return print_number(c, p, n, 2, false);
	case NLA_NUM32:
		return print_number(c, p, n, 4, false);
	case NLA_SIGNED32:
		return print_number(c, p, n, 4, true);
	case NLA_NUM64:
		return print_number(c, p, n, 8, false);
	case NLA_TEXT:
		out_quoted(c->out, p, strnlen((const char *)p, n), c->opt->hex, false);
		return true;
	case NLA_MAC:
		print_mac(c, p, n);
		return true;
	case NLA_INTERFACE:
		if (n < 4)
			return false;
		print_ifindex(c, load32(p));
		return true;
	case NLA_FLAG_BITS:
		if (n < 4)
			return false;
		print_flags(c, load32(p), a->flags);
		return true;
	case NLA_NAME8:
		print_enum(c, p[0], a->flags);
		return true;
	case NLA_NAME32:
		if (n < 4)
			return false;
		print_enum(c, load32(p), a->flags);
		return true;
	case NLA_ADDRESS:
		return print_address(c, family, p, n);
	case NLA_FIELDS:
		if (n < fields_size(c, a->f))
			return false;
		fields_print(c, p, n, a->f);
		return true;
	default:
		return false;
	}
}

static void print_attribute(struct call *c, const struct nla_list *list, const struct nlattr *h,
			    uint64_t addr, uint64_t left)
{
	const uint16_t kind = h->nla_type & NLA_TYPE_MASK;
	const struct nla *a = find(list, kind);
	unsigned char value[VALUE_MAX];
	size_t n = h->nla_len > sizeof(*h) ? h->nla_len - sizeof(*h) : 0;

	if (n > left)
		n = (size_t)left;
	if (n)
		out_putc(c->out, '[');
	out_printf(c->out, "{nla_len=%u, nla_type=", h->nla_len);
	if (h->nla_type & NLA_F_NESTED)
		out_puts(c->out, "NLA_F_NESTED|");
	if (h->nla_type & NLA_F_NET_BYTEORDER)
		out_puts(c->out, "NLA_F_NET_BYTEORDER|");
	print_enum(c, kind, list->types);
	out_putc(c->out, '}');
	if (!n)
		return;
	out_puts(c->out, ", ");
	if (a && a->form == NLA_NESTED) {
		netlink_attributes(c, a->sub, addr, n);
	} else if (n > sizeof(value) || !mem_read(c, addr, value, n)) {
		print_addr(c, addr);
	} else if (!print_value(c, a, list->family, value, n)) {
		size_t shown = n > c->opt->string_limit ? c->opt->string_limit : n;

		out_quoted(c->out, value, shown, OUT_HEX_ALL, false);
		if (shown < n)
			out_puts(c->out, "...");
	}
	out_putc(c->out, ']');
}

void netlink_attributes(struct call *c, const struct nla_list *list, uint64_t addr, uint64_t size)
{
	struct nlattr h;
	uint64_t at = 0, step;
	unsigned n = 0;

	while (size - at >= sizeof(h) && !c->out->failed) {
		if (!mem_read(c, addr + at, &h, sizeof(h))) {
			out_puts(c->out, n ? ", " : "");
			print_addr(c, addr + at);
			break;
		}
		step = NLA_ALIGN((uint64_t)h.nla_len);
		bool more =
			h.nla_len >= sizeof(h) && size - at > step && size - at - step >= sizeof(h);

		if (n)
			out_puts(c->out, ", ");
		else if (more)
			out_putc(c->out, '[');
		if (n && ((call_abbrev(c) && n >= c->opt->string_limit) || n >= ATTRIBUTES_MAX)) {
			out_puts(c->out, "...");
			n++;
			break;
		}
		n++;
		print_attribute(c, list, &h, addr + at + sizeof(h), size - at - sizeof(h));
		if (!more)
			break;
		at += step;
	}
	if (n > 1)
		out_putc(c->out, ']');
}

/* --- the structures, and their attributes --- */

static void show_ifindex(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_ifindex(c, load32(p));
}

static const struct field link_fields[] = {
	{ "ifi_family", T_U8, F_ENUM, FLAGS_AF },
	{ NULL, T_U8, F_PAD },
	{ "ifi_type", T_U16, F_ENUM, FLAGS_ARP_TYPE },
	{ "ifi_index", T_U32, F_SHOW, .show = show_ifindex },
	{ "ifi_flags", T_U32, F_FLAGS, FLAGS_NL_IFF },
	{ "ifi_change", T_U32, F_HEX },
	{ 0 },
};
static const struct field stats64_fields[] = {
	{ "rx_packets", T_A64 },
	{ "tx_packets", T_A64 },
	{ "rx_bytes", T_A64 },
	{ "tx_bytes", T_A64 },
	{ "rx_errors", T_A64 },
	{ "tx_errors", T_A64 },
	{ "rx_dropped", T_A64 },
	{ "tx_dropped", T_A64 },
	{ "multicast", T_A64 },
	{ "collisions", T_A64 },
	{ "rx_length_errors", T_A64 },
	{ "rx_over_errors", T_A64 },
	{ "rx_crc_errors", T_A64 },
	{ "rx_frame_errors", T_A64 },
	{ "rx_fifo_errors", T_A64 },
	{ "rx_missed_errors", T_A64 },
	{ "tx_aborted_errors", T_A64 },
	{ "tx_carrier_errors", T_A64 },
	{ "tx_fifo_errors", T_A64 },
	{ "tx_heartbeat_errors", T_A64 },
	{ "tx_window_errors", T_A64 },
	{ "rx_compressed", T_A64 },
	{ "tx_compressed", T_A64 },
	{ "rx_nohandler", T_A64 },
	{ "rx_otherhost_dropped", T_A64 },
	{ 0 },
};
static const struct field stats_fields[] = {
	{ "rx_packets", T_U32 },
	{ "tx_packets", T_U32 },
	{ "rx_bytes", T_U32 },
	{ "tx_bytes", T_U32 },
	{ "rx_errors", T_U32 },
	{ "tx_errors", T_U32 },
	{ "rx_dropped", T_U32 },
	{ "tx_dropped", T_U32 },
	{ "multicast", T_U32 },
	{ "collisions", T_U32 },
	{ "rx_length_errors", T_U32 },
	{ "rx_over_errors", T_U32 },
	{ "rx_crc_errors", T_U32 },
	{ "rx_frame_errors", T_U32 },
	{ "rx_fifo_errors", T_U32 },
	{ "rx_missed_errors", T_U32 },
	{ "tx_aborted_errors", T_U32 },
	{ "tx_carrier_errors", T_U32 },
	{ "tx_fifo_errors", T_U32 },
	{ "tx_heartbeat_errors", T_U32 },
	{ "tx_window_errors", T_U32 },
	{ "rx_compressed", T_U32 },
	{ "tx_compressed", T_U32 },
	{ "rx_nohandler", T_U32 },
	{ 0 },
};
static const struct field map_fields[] = {
	{ "mem_start", T_A64, F_HEX },
	{ "mem_end", T_A64, F_HEX },
	{ "base_addr", T_A64, F_HEX },
	{ "irq", T_U16 },
	{ "dma", T_U8 },
	{ "port", T_U8 },
	{ 0 },
};
static const struct nla linkinfo_nla[] = { { IFLA_INFO_KIND, NLA_TEXT },
					   { IFLA_INFO_SLAVE_KIND, NLA_TEXT } };
static const struct nla_list linkinfo_list = { FLAGS_IFLA_INFO, linkinfo_nla, countof(linkinfo_nla),
					       0 };
static const struct nla xdp_nla[] = { { IFLA_XDP_ATTACHED, NLA_NAME8, FLAGS_XDP_ATTACHED } };
static const struct nla_list xdp_list = { FLAGS_IFLA_XDP, xdp_nla, countof(xdp_nla), 0 };
static const struct nla link_nla[] = {
	{ IFLA_ADDRESS, NLA_MAC },
	{ IFLA_BROADCAST, NLA_MAC },
	{ IFLA_PERM_ADDRESS, NLA_MAC },
	{ IFLA_IFNAME, NLA_TEXT },
	{ IFLA_QDISC, NLA_TEXT },
	{ IFLA_IFALIAS, NLA_TEXT },
	{ IFLA_PHYS_PORT_NAME, NLA_TEXT },
	{ IFLA_ALT_IFNAME, NLA_TEXT },
	{ IFLA_PARENT_DEV_NAME, NLA_TEXT },
	{ IFLA_PARENT_DEV_BUS_NAME, NLA_TEXT },
	{ IFLA_MTU, NLA_NUM32 },
	{ IFLA_LINK, NLA_NUM32 },
	{ IFLA_MASTER, NLA_NUM32 },
	{ IFLA_TXQLEN, NLA_NUM32 },
	{ IFLA_WEIGHT, NLA_NUM32 },
	{ IFLA_NUM_VF, NLA_NUM32 },
	{ IFLA_GROUP, NLA_NUM32 },
	{ IFLA_PROMISCUITY, NLA_NUM32 },
	{ IFLA_NUM_TX_QUEUES, NLA_NUM32 },
	{ IFLA_NUM_RX_QUEUES, NLA_NUM32 },
	{ IFLA_CARRIER_CHANGES, NLA_NUM32 },
	{ IFLA_GSO_MAX_SEGS, NLA_NUM32 },
	{ IFLA_GSO_MAX_SIZE, NLA_NUM32 },
	{ IFLA_GRO_MAX_SIZE, NLA_NUM32 },
	{ IFLA_TSO_MAX_SIZE, NLA_NUM32 },
	{ IFLA_TSO_MAX_SEGS, NLA_NUM32 },
	{ IFLA_CARRIER_UP_COUNT, NLA_NUM32 },
	{ IFLA_CARRIER_DOWN_COUNT, NLA_NUM32 },
	{ IFLA_MIN_MTU, NLA_NUM32 },
	{ IFLA_MAX_MTU, NLA_NUM32 },
	{ IFLA_ALLMULTI, NLA_NUM32 },
	{ IFLA_NET_NS_PID, NLA_NUM32 },
	{ IFLA_LINK_NETNSID, NLA_SIGNED32 },
	{ IFLA_OPERSTATE, NLA_NUM8 },
	{ IFLA_LINKMODE, NLA_NUM8 },
	{ IFLA_CARRIER, NLA_NUM8 },
	{ IFLA_PROTO_DOWN, NLA_NUM8 },
	{ IFLA_EXT_MASK, NLA_FLAG_BITS, FLAGS_NL_EXT_FILTER },
	{ IFLA_MAP, NLA_FIELDS, 0, map_fields },
	{ IFLA_LINKINFO, NLA_NESTED, 0, NULL, &linkinfo_list },
	{ IFLA_XDP, NLA_NESTED, 0, NULL, &xdp_list },
	{ IFLA_STATS, NLA_FIELDS, 0, stats_fields },
	{ IFLA_STATS64, NLA_FIELDS, 0, stats64_fields },
};

static const struct field addr_fields[] = {
	{ "ifa_family", T_U8, F_ENUM, FLAGS_AF },
	{ "ifa_prefixlen", T_U8 },
	{ "ifa_flags", T_U8, F_FLAGS, FLAGS_IFA_FLAGS },
	{ "ifa_scope", T_U8, F_ENUM, FLAGS_RT_SCOPE },
	{ "ifa_index", T_U32, F_SHOW, .show = show_ifindex },
	{ 0 },
};
static const struct field addr_cache_fields[] = {
	{ "ifa_prefered", T_U32 },
	{ "ifa_valid", T_U32 },
	{ "cstamp", T_U32 },
	{ "tstamp", T_U32 },
	{ 0 },
};
static const struct nla addr_nla[] = {
	{ IFA_ADDRESS, NLA_ADDRESS },
	{ IFA_LOCAL, NLA_ADDRESS },
	{ IFA_BROADCAST, NLA_ADDRESS },
	{ IFA_ANYCAST, NLA_ADDRESS },
	{ IFA_MULTICAST, NLA_ADDRESS },
	{ IFA_LABEL, NLA_TEXT },
	{ IFA_FLAGS, NLA_FLAG_BITS, FLAGS_IFA_FLAGS },
	{ IFA_RT_PRIORITY, NLA_NUM32 },
	{ IFA_TARGET_NETNSID, NLA_SIGNED32 },
	{ IFA_CACHEINFO, NLA_FIELDS, 0, addr_cache_fields },
};

static const struct field route_fields[] = {
	{ "rtm_family", T_U8, F_ENUM, FLAGS_AF },
	{ "rtm_dst_len", T_U8 },
	{ "rtm_src_len", T_U8 },
	{ "rtm_tos", T_U8, F_FLAGS, FLAGS_NL_TOS },
	{ "rtm_table", T_U8, F_ENUM, FLAGS_RT_TABLE },
	{ "rtm_protocol", T_U8, F_ENUM, FLAGS_RT_PROTO },
	{ "rtm_scope", T_U8, F_ENUM, FLAGS_RT_SCOPE },
	{ "rtm_type", T_U8, F_ENUM, FLAGS_RT_TYPE },
	{ "rtm_flags", T_U32, F_FLAGS, FLAGS_RT_FLAGS },
	{ 0 },
};
static const struct field route_cache_fields[] = {
	{ "rta_clntref", T_U32 }, { "rta_lastuse", T_U32 }, { "rta_expires", T_U32 },
	{ "rta_error", T_U32 },	  { "rta_used", T_U32 },    { "rta_id", T_U32, F_HEX },
	{ "rta_ts", T_U32 },	  { "rta_tsage", T_U32 },   { 0 },
};
static const struct nla route_nla[] = {
	{ RTA_DST, NLA_ADDRESS },     { RTA_SRC, NLA_ADDRESS },
	{ RTA_GATEWAY, NLA_ADDRESS }, { RTA_PREFSRC, NLA_ADDRESS },
	{ RTA_IIF, NLA_INTERFACE },   { RTA_OIF, NLA_INTERFACE },
	{ RTA_PRIORITY, NLA_NUM32 },  { RTA_FLOW, NLA_NUM32 },
	{ RTA_MARK, NLA_NUM32 },      { RTA_TABLE, NLA_NAME32, FLAGS_RT_TABLE },
	{ RTA_PREF, NLA_NUM8 },	      { RTA_CACHEINFO, NLA_FIELDS, 0, route_cache_fields },
};

static const struct field neigh_fields[] = {
	{ "ndm_family", T_U8, F_ENUM, FLAGS_AF },
	{ NULL, T_U8, F_PAD, .count = 3 },
	{ "ndm_ifindex", T_U32, F_SHOW, .show = show_ifindex },
	{ "ndm_state", T_U16, F_FLAGS, FLAGS_NEIGH_STATE },
	{ "ndm_flags", T_U8, F_FLAGS, FLAGS_NEIGH_FLAGS },
	{ "ndm_type", T_U8, F_ENUM, FLAGS_RT_TYPE },
	{ 0 },
};
static const struct field neigh_cache_fields[] = {
	{ "ndm_confirmed", T_U32 },
	{ "ndm_used", T_U32 },
	{ "ndm_updated", T_U32 },
	{ "ndm_refcnt", T_U32 },
	{ 0 },
};
static const struct nla neigh_nla[] = {
	{ NDA_DST, NLA_ADDRESS },      { NDA_LLADDR, NLA_MAC },
	{ NDA_PROBES, NLA_NUM32 },     { NDA_VLAN, NLA_NUM16 },
	{ NDA_VNI, NLA_NUM32 },	       { NDA_IFINDEX, NLA_INTERFACE },
	{ NDA_MASTER, NLA_INTERFACE }, { NDA_CACHEINFO, NLA_FIELDS, 0, neigh_cache_fields },
};

static const struct field rule_fields[] = {
	{ "family", T_U8, F_ENUM, FLAGS_AF },
	{ "dst_len", T_U8 },
	{ "src_len", T_U8 },
	{ "tos", T_U8, F_FLAGS, FLAGS_NL_TOS },
	{ "table", T_U8, F_ENUM, FLAGS_RT_TABLE },
	{ NULL, T_U8, F_PAD },
	{ NULL, T_U8, F_PAD },
	{ "action", T_U8, F_ENUM, FLAGS_FIB_ACTION },
	{ "flags", T_U32, F_FLAGS, FLAGS_FIB_FLAGS },
	{ 0 },
};
enum {
	FRA_TEXT_IIF = 3,
	FRA_NUM_PRIORITY = 6,
	FRA_NUM_MARK = 10,
	FRA_SUPPRESS = 14,
	FRA_IN_TABLE = 15,
	FRA_NUM_MASK = 16,
	FRA_TEXT_OIF = 17,
	FRA_ROUTE_PROTO = 21
};
static const struct nla rule_nla[] = {
	{ 1, NLA_ADDRESS },
	{ 2, NLA_ADDRESS },
	{ FRA_TEXT_IIF, NLA_TEXT },
	{ FRA_TEXT_OIF, NLA_TEXT },
	{ FRA_NUM_PRIORITY, NLA_NUM32 },
	{ FRA_NUM_MARK, NLA_NUM32 },
	{ FRA_NUM_MASK, NLA_NUM32 },
	{ FRA_SUPPRESS, NLA_NUM32 },
	{ FRA_IN_TABLE, NLA_NAME32, FLAGS_RT_TABLE },
	{ FRA_ROUTE_PROTO, NLA_NAME8, FLAGS_RT_PROTO },
};

bool netlink_route(struct call *c, uint16_t type, uint64_t addr, uint64_t size)
{
	static const struct {
		uint16_t first; /* RTM_NEW*; DEL, GET and SET follow */
		const struct field *f;
		struct nla_list list;
	} kinds[] = {
		{ RTM_NEWLINK, link_fields, { FLAGS_IFLA, link_nla, countof(link_nla), 0 } },
		{ RTM_NEWADDR, addr_fields, { FLAGS_IFA, addr_nla, countof(addr_nla), 0 } },
		{ RTM_NEWROUTE, route_fields, { FLAGS_RTA, route_nla, countof(route_nla), 0 } },
		{ RTM_NEWNEIGH, neigh_fields, { FLAGS_NDA, neigh_nla, countof(neigh_nla), 0 } },
		{ RTM_NEWRULE, rule_fields, { FLAGS_FRA, rule_nla, countof(rule_nla), 0 } },
	};

	for (size_t i = 0; i < countof(kinds); i++) {
		struct nla_list list = kinds[i].list;
		unsigned char head[32];
		size_t n = fields_size(c, kinds[i].f);

		if (type < kinds[i].first || type > kinds[i].first + 3)
			continue;
		if (size < n) {
			/* The family alone is a request for all there is. */
			if (size < 1 || !mem_read(c, addr, head, 1))
				return false;
			out_printf(c->out, "{%s=", kinds[i].f[0].name);
			print_enum(c, head[0], FLAGS_AF);
			out_putc(c->out, '}');
			return true;
		}
		if (!mem_read(c, addr, head, n))
			return false;
		list.family = head[0];
		fields_print(c, head, n, kinds[i].f);
		if (size - n >= sizeof(struct nlattr)) {
			out_puts(c->out, ", ");
			netlink_attributes(c, &list, addr + n, size - n);
		}
		return true;
	}
	return false;
}

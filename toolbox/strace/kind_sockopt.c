/* SPDX-License-Identifier: GPL-2.0-only
 * getsockopt(2) and setsockopt(2): names by level, values by name where they are no plain int. As
 * strace 6.1 does, times and TCP_INFO are bytes.
 */
#include "net.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum {
	LEVEL_TCP = 6,
	LEVEL_UDP = 17,
	LEVEL_VSOCK = 40,
	LEVEL_CAN_RAW = 101,
	LEVEL_SCTP = 132,
	LEVEL_RAW = 255,
	LEVEL_MPTCP = 284,
	GET_FILTER = 26
};

static const struct {
	int level;
	uint16_t flags;
} levels[] = {
	{ SOL_IP, FLAGS_SOCKOPT_IP },
	{ SOL_SOCKET, FLAGS_SOCKOPT_SOCKET },
	{ LEVEL_TCP, FLAGS_SOCKOPT_TCP },
	{ LEVEL_UDP, FLAGS_SOCKOPT_UDP },
	{ LEVEL_VSOCK, FLAGS_SOCKOPT_VSOCK },
	{ SOL_IPV6, FLAGS_SOCKOPT_IPV6 },
	{ LEVEL_CAN_RAW, FLAGS_SOCKOPT_CAN_RAW },
	{ LEVEL_SCTP, FLAGS_SOCKOPT_SCTP },
	{ LEVEL_RAW, FLAGS_SOCKOPT_RAW },
	{ SOL_PACKET, FLAGS_SOCKOPT_PACKET },
	{ SOL_NETLINK, FLAGS_SOCKOPT_NETLINK },
	{ SOL_ALG, FLAGS_SOCKOPT_ALG },
	{ SOL_TLS, FLAGS_SOCKOPT_TLS },
	{ SOL_XDP, FLAGS_SOCKOPT_XDP },
	{ LEVEL_MPTCP, FLAGS_SOCKOPT_MPTCP },
	{ SOL_KCM, FLAGS_SOCKOPT_KCM },
	{ SOL_LLC, FLAGS_SOCKOPT_LLC },
	{ SOL_DCCP, FLAGS_SOCKOPT_DCCP },
	{ SOL_TIPC, FLAGS_SOCKOPT_TIPC },
	{ SOL_RXRPC, FLAGS_SOCKOPT_RXRPC },
};

bool kind_sockopt_level(struct call *c, unsigned arg, uint16_t param)
{
	int level = arg_int(c, arg);

	(void)param;
	if (level == LEVEL_VSOCK)
		print_named(c, "AF_VSOCK", (unsigned)level);
	else
		print_enum(c, (unsigned)level, FLAGS_SOL);
	return true;
}

bool kind_sockopt_name(struct call *c, unsigned arg, uint16_t param)
{
	const unsigned name = (unsigned)arg_int(c, arg);
	const bool get = c->row->args[3].kind == KIND_OSOCKOPT_VAL;
	const bool six = arg_int(c, 1) == SOL_IPV6;
	const uint16_t netfilter = six ? (get ? FLAGS_NETFILTER6_GET : FLAGS_NETFILTER6_SET)
				       : (get ? FLAGS_NETFILTER_GET : FLAGS_NETFILTER_SET);

	(void)param;
	/* Some numbers are two options. */
	if (get && arg_int(c, 1) == SOL_SOCKET && name == GET_FILTER) {
		print_named(c, "SO_GET_FILTER", GET_FILTER);
		return true;
	}
	if ((arg_int(c, 1) == SOL_IP || arg_int(c, 1) == SOL_IPV6) &&
	    flags_name(c, name, netfilter)) {
		print_enum(c, name, netfilter);
		return true;
	}
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (levels[i].level == arg_int(c, 1)) {
			print_enum(c, name, levels[i].flags);
			return true;
		}
	}
	out_udec(c->out, name);
	return true;
}

/* --- values --- */

static const struct field linger_fields[] = { { "l_onoff", T_S32 }, { "l_linger", T_S32 }, { 0 } };
static const struct field ucred_fields[] = {
	{ "pid", T_S32, F_PID },
	{ "uid", T_U32, F_ID },
	{ "gid", T_U32, F_ID },
	{ 0 },
};
static const struct field tpacket_stats_fields[] = {
	{ "tp_packets", T_U32 },
	{ "tp_drops", T_U32 },
	{ "tp_freeze_q_cnt", T_U32 },
	{ 0 },
};
static const struct field tpacket_req_fields[] = {
	{ "tp_block_size", T_U32 },
	{ "tp_block_nr", T_U32 },
	{ "tp_frame_size", T_U32 },
	{ "tp_frame_nr", T_U32 },
	{ 0 },
};

static void show_interface(struct call *c, const void *p, const void *all)
{
	uint32_t index;

	(void)all;
	memcpy(&index, p, sizeof(index));
	print_ifindex(c, index);
}

static void show_mreq(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_in_addr(c, "imr_multiaddr", p);
	print_in_addr(c, "imr_interface", (const char *)p + 4);
}

static void show_mreq6(struct call *c, const void *p, const void *all)
{
	(void)all;
	print_in6_addr(c, "ipv6mr_multiaddr", p);
}

static void show_packet_address(struct call *c, const void *p, const void *all)
{
	uint16_t n;

	memcpy(&n, (const char *)all + 6, sizeof(n));
	print_mac(c, p, n < 8 ? n : 8);
}

static const struct field mreq_fields[] = { { NULL, T_U64, F_SHOW, .show = show_mreq }, { 0 } };
static const struct field mreq6_fields[] = {
	{ NULL, T_U8, F_SHOW, .count = 16, .show = show_mreq6 },
	{ "ipv6mr_interface", T_U32, F_SHOW, .show = show_interface },
	{ 0 },
};
static const struct field packet_mreq_fields[] = {
	{ "mr_ifindex", T_U32, F_SHOW, .show = show_interface },
	{ "mr_type", T_U16, F_ENUM, FLAGS_PACKET_MR },
	{ "mr_alen", T_U16 },
	{ "mr_address", T_U8, F_SHOW, .count = 8, .show = show_packet_address },
	{ 0 },
};
static const struct field filter_fields[] = { { "len", T_U16 }, { "filter", T_PTR }, { 0 } };

enum value {
	BYTES,	/* what is not here, and not four bytes long */
	INT,	/* an int also when there is more */
	ERROR,	/* [ECONNREFUSED] */
	STRUCT, /* whole when set; what there is of it when got */
	GROUP,
	FILTER,
	PROGRAM,
	ICMP,
	NUMBERS,
	ENUM,
};

enum { SET = 1, GET = 2, BOTH = 3 };

#define SOCKET_INT(n)                             \
	{                                         \
		SOL_SOCKET, n, INT, BOTH, NULL, 0 \
	}
#define NETLINK_INT(n, how)                       \
	{                                         \
		SOL_NETLINK, n, INT, how, NULL, 0 \
	}

/* Options by the kernel's number: musl's names have other values for times. */
static const struct option {
	uint16_t level, name;
	uint8_t value; /* enum value */
	uint8_t how;
	const struct field *f;
	uint16_t flags;
} options[] = {
	/* SO_DEBUG, SO_REUSEADDR, SO_DONTROUTE, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE,
	   SO_OOBINLINE, ... */
	SOCKET_INT(1),
	SOCKET_INT(2),
	SOCKET_INT(5),
	SOCKET_INT(6),
	SOCKET_INT(7),
	SOCKET_INT(8),
	SOCKET_INT(9),
	SOCKET_INT(10),
	SOCKET_INT(11),
	SOCKET_INT(12),
	SOCKET_INT(14),
	SOCKET_INT(15),
	SOCKET_INT(16),
	SOCKET_INT(18),
	SOCKET_INT(19),
	SOCKET_INT(27),
	SOCKET_INT(29),
	SOCKET_INT(30),
	SOCKET_INT(32),
	SOCKET_INT(33),
	SOCKET_INT(34),
	SOCKET_INT(35),
	SOCKET_INT(36),
	SOCKET_INT(37),
	SOCKET_INT(40),
	SOCKET_INT(41),
	SOCKET_INT(42),
	SOCKET_INT(43),
	SOCKET_INT(44),
	SOCKET_INT(45),
	SOCKET_INT(46),
	SOCKET_INT(49),
	SOCKET_INT(53),
	SOCKET_INT(56),
	SOCKET_INT(60),
	SOCKET_INT(63),
	SOCKET_INT(64),
	SOCKET_INT(65),
	SOCKET_INT(68),
	SOCKET_INT(69),
	SOCKET_INT(70),
	SOCKET_INT(73),
	SOCKET_INT(75),
	{ SOL_SOCKET, SO_ERROR, ERROR, GET, NULL, 0 },
	{ SOL_SOCKET, SO_LINGER, STRUCT, BOTH, linger_fields, 0 },
	{ SOL_SOCKET, SO_PEERCRED, STRUCT, GET, ucred_fields, 0 },
	{ SOL_SOCKET, 26, FILTER, SET, filter_fields, 0 },    /* SO_ATTACH_FILTER */
	{ SOL_SOCKET, 26, PROGRAM, GET, NULL, 0 },	      /* SO_GET_FILTER */
	{ SOL_SOCKET, 51, FILTER, SET, filter_fields, 0 },    /* SO_ATTACH_REUSEPORT_CBPF */
	{ SOL_SOCKET, 74, ENUM, BOTH, NULL, FLAGS_TXREHASH }, /* SO_TXREHASH */
	{ SOL_IP, IP_ADD_MEMBERSHIP, STRUCT, SET, mreq_fields, 0 },
	{ SOL_IP, IP_DROP_MEMBERSHIP, STRUCT, SET, mreq_fields, 0 },
	{ SOL_IP, MCAST_JOIN_GROUP, GROUP, SET, NULL, 0 },
	{ SOL_IP, MCAST_LEAVE_GROUP, GROUP, SET, NULL, 0 },
	{ SOL_IPV6, IPV6_JOIN_GROUP, STRUCT, SET, mreq6_fields, 0 },
	{ SOL_IPV6, IPV6_LEAVE_GROUP, STRUCT, SET, mreq6_fields, 0 },
	{ SOL_IPV6, IPV6_JOIN_ANYCAST, STRUCT, SET, mreq6_fields, 0 },
	{ SOL_IPV6, IPV6_LEAVE_ANYCAST, STRUCT, SET, mreq6_fields, 0 },
	{ SOL_IPV6, MCAST_JOIN_GROUP, GROUP, SET, NULL, 0 },
	{ SOL_IPV6, MCAST_LEAVE_GROUP, GROUP, SET, NULL, 0 },
	{ SOL_PACKET, 1, STRUCT, SET, packet_mreq_fields, 0 },	 /* PACKET_ADD_MEMBERSHIP */
	{ SOL_PACKET, 2, STRUCT, SET, packet_mreq_fields, 0 },	 /* PACKET_DROP_MEMBERSHIP */
	{ SOL_PACKET, 5, STRUCT, SET, tpacket_req_fields, 0 },	 /* PACKET_RX_RING */
	{ SOL_PACKET, 13, STRUCT, SET, tpacket_req_fields, 0 },	 /* PACKET_TX_RING */
	{ SOL_PACKET, 6, STRUCT, GET, tpacket_stats_fields, 0 }, /* PACKET_STATISTICS */
	{ LEVEL_RAW, 1, ICMP, BOTH, NULL, FLAGS_ICMP_FILTER },
	NETLINK_INT(1, BOTH),
	NETLINK_INT(2, BOTH),
	NETLINK_INT(3, BOTH),
	NETLINK_INT(4, BOTH),
	NETLINK_INT(5, BOTH),
	NETLINK_INT(6, BOTH),
	NETLINK_INT(7, BOTH),
	NETLINK_INT(8, BOTH),
	NETLINK_INT(9, SET),
	NETLINK_INT(10, BOTH),
	NETLINK_INT(11, BOTH),
	NETLINK_INT(12, BOTH),
	{ SOL_NETLINK, 9, NUMBERS, GET, NULL, 0 }, /* NETLINK_LIST_MEMBERSHIPS */
};

static const struct option *option_of(const struct call *c, unsigned how)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i].level == arg_int(c, 1) && options[i].name == arg_int(c, 2) &&
		    (options[i].how & how))
			return &options[i];
	}
	return NULL;
}

static void print_int(struct call *c, uint64_t addr)
{
	int32_t v;

	if (read_in(c, addr, &v, sizeof(v)))
		out_printf(c->out, "[%d]", v);
}

static void print_number_in(struct call *c, const struct option *o, uint64_t addr)
{
	uint32_t v;
	const char *name;

	if (!read_in(c, addr, &v, sizeof(v)))
		return;
	out_putc(c->out, '[');
	if (o->value == ENUM)
		print_enum(c, v, o->flags);
	else if ((name = decode_errno_name((int)v)))
		print_named_dec(c, name, (int)v);
	else
		out_dec(c->out, (int)v);
	out_putc(c->out, ']');
}

/* {gr_interface=if_nametoindex("lo"), gr_group={sa_family=AF_INET, ...}} */
static void print_group(struct call *c, uint64_t addr, uint32_t len)
{
	static const struct field f[] = {
		{ "interface", T_U32 },
		{ "group", T_U64 },
		{ "rest", T_U64, .count = SOCKADDR_MAX / 8 - 1 },
		{ 0 },
	};
	const size_t at = word_size(c) == 4 ? 4 : 8;
	unsigned char buf[8 + SOCKADDR_MAX];
	uint32_t index;

	if (len < fields_size(c, f)) {
		print_addr(c, addr);
		return;
	}
	if (!read_in(c, addr, buf, at + SOCKADDR_MAX))
		return;
	memcpy(&index, buf, sizeof(index));
	out_puts(c->out, "{gr_interface=");
	print_ifindex(c, index);
	out_puts(c->out, ", gr_group=");
	print_sockaddr_bytes(c, buf + at, SOCKADDR_MAX);
	out_putc(c->out, '}');
}

/* A bit that is set is a type that is let through not. */
static void print_icmp(struct call *c, const struct option *o, uint64_t addr)
{
	uint32_t v;
	const char *name, *sep = "";
	bool most;

	if (!read_in(c, addr, &v, sizeof(v)))
		return;
	most = __builtin_popcount(v) > 16;
	out_puts(c->out, most ? "~[" : "[");
	for (unsigned i = 0; i < 32; i++) {
		if ((v >> i & 1) == most)
			continue;
		out_puts(c->out, sep);
		sep = " ";
		name = flags_name(c, i, o->flags);
		if (name)
			out_puts(c->out, name);
		else
			out_udec(c->out, i);
	}
	out_putc(c->out, ']');
}

static bool print_number(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_udec(c->out, *(const uint32_t *)element);
	return true;
}

/* What no other rule covers: an int, or bytes. */
static void print_plain(struct call *c, uint64_t addr, uint32_t len)
{
	if (len == sizeof(int32_t))
		print_int(c, addr);
	else if (len > INT32_MAX)
		print_addr(c, addr);
	else
		print_buffer(c, addr, len);
}

static void print_value(struct call *c, uint64_t addr, uint32_t len, unsigned how)
{
	const struct option *o = option_of(c, how);
	char buf[64];
	size_t size;

	if (!addr || !call_verbose(c) || (int32_t)len < 0 || (!len && (how == GET || o))) {
		print_addr(c, addr);
		return;
	}
	switch (o ? (enum value)o->value : BYTES) {
	case INT:
	case ERROR:
	case ENUM:
	case ICMP:
		if (len < sizeof(int32_t)) {
			if (how == GET)
				print_buffer(c, addr, len);
			else
				print_addr(c, addr);
		} else if (o->value == INT) {
			print_int(c, addr);
		} else if (o->value == ICMP) {
			print_icmp(c, o, addr);
		} else {
			print_number_in(c, o, addr);
		}
		break;
	case STRUCT:
		size = fields_size(c, o->f);
		if (how == SET && (len < size || (o->f == tpacket_req_fields && len != size))) {
			print_addr(c, addr);
			break;
		}
		if (len < size)
			size = len;
		if (read_in(c, addr, buf, size))
			fields_print(c, buf, size, o->f);
		break;
	case FILTER:
		if (len == fields_size(c, o->f))
			print_socket_filter(c, addr);
		else
			print_addr(c, addr);
		break;
	case PROGRAM:
		print_addr(c, addr);
		break;
	case GROUP:
		print_group(c, addr, len);
		break;
	case NUMBERS:
		print_array(c, addr, len / sizeof(uint32_t), sizeof(uint32_t), true, print_number,
			    NULL);
		break;
	default:
		print_plain(c, addr, len);
	}
}

/* The parameter is the argument with the length. */
bool kind_sockopt_val(struct call *c, unsigned arg, uint16_t param)
{
	print_value(c, arg_ulong(c, arg), (uint32_t)arg_int(c, param % 6), SET);
	return true;
}

/* The parameter is the argument with the pointer to the length; what is kept of it is
 * kind_sock_len's. */
bool kind_osockopt_val(struct call *c, unsigned arg, uint16_t param)
{
	unsigned at = param % 6;
	int32_t len, room = (int32_t)(uint32_t)c->keep[at];

	if (!c->exiting) {
		keep_sockaddr_room(c, at);
		return false;
	}
	if (c->error || !(c->keep[at] >> 32) || !mem_read(c, arg_ulong(c, at), &len, sizeof(len)))
		print_addr(c, arg_ulong(c, arg));
	else
		print_value(c, arg_ulong(c, arg), (uint32_t)(len < room || room < 0 ? len : room),
			    GET);
	return true;
}

bool kind_sockopt_len(struct call *c, unsigned arg, uint16_t param)
{
	return kind_sock_len(c, arg, param);
}

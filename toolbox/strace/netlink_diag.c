/* SPDX-License-Identifier: GPL-2.0-only
 * sock_diag's netlink messages (linux/inet_diag.h): requests for the sockets of the internet's
 * families, and what is found.
 */
#include "netlink.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

/* linux/inet_diag.h, linux/unix_diag.h */
static const struct nla inet_nla[] = {
	{ 4, NLA_TEXT }, /* INET_DIAG_CONG */
	{ 5, NLA_NUM8 },   { 6, NLA_NUM8 },   { 8, NLA_NUM8 },
	{ 11, NLA_NUM8 }, /* TOS, TCLASS, SHUTDOWN, SKV6ONLY */
	{ 15, NLA_NUM32 }, { 17, NLA_NUM32 }, { 21, NLA_NUM64 }, /* MARK, CLASS_ID, CGROUP_ID */
};
static const struct nla_list inet_list = { FLAGS_INET_DIAG, inet_nla,
					   sizeof(inet_nla) / sizeof(inet_nla[0]), 0 };
static const struct nla unix_nla[] = {
	{ 0, NLA_TEXT },
	{ 2, NLA_NUM32 },
	{ 6, NLA_NUM8 },
	{ 7, NLA_NUM32 }, /* NAME, PEER, SHUTDOWN, UID */
};
static const struct nla_list unix_list = { FLAGS_UNIX_DIAG, unix_nla,
					   sizeof(unix_nla) / sizeof(unix_nla[0]), 0 };

enum { UNIX_REQUEST_SIZE = 24, UNIX_MESSAGE_SIZE = 16 };
enum { ID_SIZE = 48, REQUEST_SIZE = 8 + ID_SIZE, MESSAGE_SIZE = 4 + ID_SIZE + 20 };

static void print_ends(struct call *c, unsigned family, const unsigned char *id)
{
	uint32_t v[3];

	out_printf(c->out, "{idiag_sport=htons(%u), idiag_dport=htons(%u)", id[0] << 8 | id[1],
		   id[2] << 8 | id[3]);
	for (unsigned i = 0; i < 2; i++) {
		if (family == AF_INET)
			print_in_addr(c, i ? "idiag_dst" : "idiag_src", id + 4 + i * 16);
		else
			print_in6_addr(c, i ? "idiag_dst" : "idiag_src", id + 4 + i * 16);
	}
	memcpy(v, id + 36, sizeof(v));
	out_puts(c->out, ", idiag_if=");
	print_ifindex(c, v[0]);
	out_printf(c->out, ", idiag_cookie=[%" PRIu32 ", %" PRIu32 "]}", v[1], v[2]);
}

/* 1<<TCP_LISTEN|1<<TCP_CLOSE */
static void print_states(struct call *c, uint32_t states)
{
	const char *sep = "", *name;
	uint32_t rest = states;

	if (c->opt->constants != CONST_ABBREV || !states) {
		out_hexnum(c->out, states);
		return;
	}
	for (unsigned i = 0; i < 32; i++) {
		name = flags_name(c, i, FLAGS_TCP_STATE);
		if (!(states >> i & 1) || !name)
			continue;
		out_printf(c->out, "%s1<<%s", sep, name);
		sep = "|";
		rest &= ~(1u << i);
	}
	if (rest)
		out_printf(c->out, "%s%#" PRIx32, sep, rest);
}

/* 1<<(INET_DIAG_INFO-1): what an answer is to have, counted from 1. */
static void print_extensions(struct call *c, unsigned bits)
{
	const char *sep = "", *name;
	unsigned rest = bits;

	for (unsigned i = 0; i < 8 && c->opt->constants == CONST_ABBREV; i++) {
		name = flags_name(c, i + 1, FLAGS_INET_DIAG);
		if (!(bits >> i & 1) || !name)
			continue;
		out_printf(c->out, "%s1<<(%s-1)", sep, name);
		sep = "|";
		rest &= ~(1u << i);
	}
	if (rest || !bits) {
		out_puts(c->out, sep);
		out_hexnum(c->out, rest);
	}
}

static void print_request(struct call *c, const unsigned char *p)
{
	uint32_t states;

	memcpy(&states, p + 4, sizeof(states));
	out_puts(c->out, "{sdiag_family=");
	print_enum(c, p[0], FLAGS_AF);
	out_puts(c->out, ", sdiag_protocol=");
	print_enum(c, p[1], FLAGS_IP_PROTO);
	out_puts(c->out, ", idiag_ext=");
	print_extensions(c, p[2]);
	out_puts(c->out, ", idiag_states=");
	print_states(c, states);
	out_puts(c->out, ", id=");
	print_ends(c, p[0], p + 8);
	out_putc(c->out, '}');
}

static void print_found(struct call *c, const unsigned char *p)
{
	uint32_t v[5];

	memcpy(v, p + 4 + ID_SIZE, sizeof(v));
	out_puts(c->out, "{idiag_family=");
	print_enum(c, p[0], FLAGS_AF);
	out_puts(c->out, ", idiag_state=");
	print_enum(c, p[1], FLAGS_TCP_STATE);
	out_printf(c->out, ", idiag_timer=%u, idiag_retrans=%u, id=", p[2], p[3]);
	print_ends(c, p[0], p + 4);
	out_printf(c->out,
		   ", idiag_expires=%" PRIu32 ", idiag_rqueue=%" PRIu32 ", idiag_wqueue=%" PRIu32
		   ", idiag_uid=%" PRIu32 ", idiag_inode=%" PRIu32 "}",
		   v[0], v[1], v[2], v[3], v[4]);
}

static void print_unix(struct call *c, bool request, const unsigned char *p)
{
	uint32_t v[5];

	memcpy(v, p + 4, request ? sizeof(v) : 12);
	if (!request) {
		out_puts(c->out, "{udiag_family=AF_UNIX, udiag_type=");
		print_enum(c, p[1], FLAGS_SOCK_TYPE);
		out_puts(c->out, ", udiag_state=");
		print_enum(c, p[2], FLAGS_TCP_STATE);
		out_printf(c->out,
			   ", udiag_ino=%" PRIu32 ", udiag_cookie=[%" PRIu32 ", %" PRIu32 "]}",
			   v[0], v[1], v[2]);
		return;
	}
	out_printf(c->out, "{sdiag_family=AF_UNIX, sdiag_protocol=%u, udiag_states=", p[1]);
	print_states(c, v[0]);
	out_printf(c->out, ", udiag_ino=%" PRIu32 ", udiag_show=", v[1]);
	print_flags(c, v[2], FLAGS_UDIAG_SHOW);
	out_printf(c->out, ", udiag_cookie=[%" PRIu32 ", %" PRIu32 "]}", v[3], v[4]);
}

bool netlink_diag(struct call *c, bool request, uint64_t addr, uint64_t size)
{
	unsigned char p[MESSAGE_SIZE];
	size_t n = request ? REQUEST_SIZE : MESSAGE_SIZE;

	unsigned char family;

	if (!size || !mem_read(c, addr, &family, 1))
		return false;
	if (family == AF_UNIX)
		n = request ? UNIX_REQUEST_SIZE : UNIX_MESSAGE_SIZE;
	if (size < n || !mem_read(c, addr, p, n) ||
	    (family != AF_INET && family != AF_INET6 && family != AF_UNIX))
		return false;
	if (family == AF_UNIX)
		print_unix(c, request, p);
	else if (request)
		print_request(c, p);
	else
		print_found(c, p);
	if (size <= n)
		return true;
	out_puts(c->out, ", ");
	if (request)
		print_buffer(c, addr + n, size - n);
	else
		netlink_attributes(c, family == AF_UNIX ? &unix_list : &inet_list, addr + n,
				   size - n);
	return true;
}

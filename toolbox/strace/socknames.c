/* SPDX-License-Identifier: GPL-2.0-only
 * The ends of a socket by its inode: see fdnames.h. The kind is an extended attribute of the descriptor's
 * link, the addresses come from sock_diag(7), in our own network namespace, which in a container is the tracee's.
 */
#include "fdnames.h"
#include "../lib/base.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/xattr.h>

enum { NAME_MAX_LEN = 400 };

struct kind {
	const char *name;
	int family, protocol;
};

static const struct kind kinds[] = {
	{ "TCP", AF_INET, IPPROTO_TCP }, { "UDP", AF_INET, IPPROTO_UDP }, { "UDPLITE", AF_INET, IPPROTO_UDPLITE },
	{ "RAW", AF_INET, IPPROTO_RAW }, { "TCPv6", AF_INET6, IPPROTO_TCP }, { "UDPv6", AF_INET6, IPPROTO_UDP },
	{ "UDPLITEv6", AF_INET6, IPPROTO_UDPLITE }, { "RAWv6", AF_INET6, IPPROTO_RAW }, { "UNIX", AF_UNIX, 0 },
	{ "UNIX-STREAM", AF_UNIX, 0 }, { "NETLINK", AF_NETLINK, 0 },
};

/* Established connections keep their ends: found once, they are known. */
static struct known {
	uint64_t inode;
	char text[NAME_MAX_LEN];
} known[64];

static void put_end(struct out *o, int family, const void *addr, unsigned port)
{
	char text[INET6_ADDRSTRLEN] = "?";

	inet_ntop(family, addr, text, sizeof(text));
	out_printf(o, family == AF_INET6 ? "[%s]:%u" : "%s:%u", text, port);
}

static bool inet_found(const void *data, size_t n, uint64_t inode, struct out *o, bool *lasting)
{
	const struct inet_diag_msg *m = data;
	static const uint8_t zero[16];

	if (n < sizeof(*m) || m->idiag_inode != inode || (m->idiag_family != AF_INET && m->idiag_family != AF_INET6))
		return false;
	put_end(o, m->idiag_family, m->id.idiag_src, ntohs(m->id.idiag_sport));
	size_t length = m->idiag_family == AF_INET ? 4 : 16;
	if (m->id.idiag_dport != 0 || memcmp(m->id.idiag_dst, zero, length) != 0) {
		out_puts(o, "->");
		put_end(o, m->idiag_family, m->id.idiag_dst, ntohs(m->id.idiag_dport));
		*lasting = m->idiag_state == 1; /* TCP_ESTABLISHED */
	}
	return true;
}

static bool unix_found(const void *data, size_t n, uint64_t inode, struct out *o)
{
	const struct unix_diag_msg *m = data;
	const struct rtattr *peer = NULL, *name = NULL;

	if (n < sizeof(*m) || m->udiag_family != AF_UNIX || m->udiag_ino != inode)
		return false;
	size_t left = n - NLMSG_ALIGN(sizeof(*m));
	const char *at = (const char *)data + NLMSG_ALIGN(sizeof(*m));
	while (left >= sizeof(struct rtattr)) {
		const struct rtattr *a = (const struct rtattr *)at;
		size_t whole = NLMSG_ALIGN(a->rta_len);

		if (a->rta_len < sizeof(*a) || a->rta_len > left)
			break;
		if (a->rta_type == UNIX_DIAG_PEER && a->rta_len >= sizeof(*a) + sizeof(uint32_t))
			peer = a;
		if (a->rta_type == UNIX_DIAG_NAME && a->rta_len > sizeof(*a))
			name = a;
		if (whole >= left)
			break;
		at += whole;
		left -= whole;
	}
	if (!peer && !name)
		return false;
	out_printf(o, "%" PRIu64, inode);
	if (peer) {
		uint32_t ino;

		memcpy(&ino, peer + 1, sizeof(ino));
		out_printf(o, "->%u", ino);
	}
	if (name) {
		const char *path = (const char *)(name + 1);
		size_t length = name->rta_len - sizeof(*name);
		bool abstract = *path == '\0';

		if (!abstract)
			length = strnlen(path, length);
		out_puts(o, abstract ? ",@" : ",");
		out_quoted(o, path + abstract, length - abstract, OUT_HEX_NONE, false);
	}
	return true;
}

static bool netlink_found(const void *data, size_t n, uint64_t inode, struct out *o)
{
	static const char *const names[] = { "ROUTE", "UNUSED", "USERSOCK", "FIREWALL", "SOCK_DIAG", "NFLOG", "XFRM", "SELINUX",
		"ISCSI", "AUDIT", "FIB_LOOKUP", "CONNECTOR", "NETFILTER", "IP6_FW", "DNRTMSG", "KOBJECT_UEVENT", "GENERIC",
		"UNKNOWN", "SCSITRANSPORT", "ECRYPTFS", "RDMA", "CRYPTO", "SMC" };
	const struct netlink_diag_msg *m = data;

	/* A socket that was not bound has no port, and says no more than its inode does. */
	if (n < sizeof(*m) || m->ndiag_family != AF_NETLINK || m->ndiag_ino != inode || m->ndiag_portid == 0)
		return false;
	if (m->ndiag_protocol < countof(names))
		out_printf(o, "%s:%u", names[m->ndiag_protocol], m->ndiag_portid);
	else
		out_printf(o, "%u:%u", m->ndiag_protocol, m->ndiag_portid);
	return true;
}

static bool found(const struct kind *k, const struct nlmsghdr *h, uint64_t inode, struct out *o, bool *lasting)
{
	const void *data = NLMSG_DATA(h);
	size_t n = h->nlmsg_len - NLMSG_HDRLEN;

	if (h->nlmsg_type != SOCK_DIAG_BY_FAMILY)
		return false;
	if (k->family == AF_UNIX)
		return unix_found(data, n, inode, o);
	if (k->family == AF_NETLINK)
		return netlink_found(data, n, inode, o);
	return inet_found(data, n, inode, o, lasting);
}

static bool ask(int fd, const struct kind *k, uint64_t inode)
{
	struct {
		struct nlmsghdr h;
		union {
			struct inet_diag_req_v2 inet;
			struct unix_diag_req un;
			struct netlink_diag_req nl;
		} u;
	} req = { .h = { .nlmsg_type = SOCK_DIAG_BY_FAMILY, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP } };
	size_t size;

	if (k->family == AF_UNIX) {
		size = sizeof(req.u.un);
		req.u.un = (struct unix_diag_req){ .sdiag_family = AF_UNIX, .udiag_states = ~0u, .udiag_ino = (uint32_t)inode,
			.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER, .udiag_cookie = { ~0u, ~0u } };
		/* The kernel finds a UNIX socket by its inode without a dump. */
		req.h.nlmsg_flags = NLM_F_REQUEST;
	} else if (k->family == AF_NETLINK) {
		size = sizeof(req.u.nl);
		req.u.nl = (struct netlink_diag_req){ .sdiag_family = AF_NETLINK, .sdiag_protocol = NDIAG_PROTO_ALL,
			.ndiag_show = NDIAG_SHOW_MEMINFO };
	} else {
		size = sizeof(req.u.inet);
		req.u.inet = (struct inet_diag_req_v2){ .sdiag_family = (uint8_t)k->family,
			.sdiag_protocol = (uint8_t)k->protocol, .idiag_states = ~0u };
	}
	req.h.nlmsg_len = (uint32_t)(NLMSG_HDRLEN + size);
	return send(fd, &req, req.h.nlmsg_len, 0) >= 0;
}

/* The text between [ and ]. */
static bool search(const struct kind *k, uint64_t inode, struct out *o, bool *lasting)
{
	static _Alignas(struct nlmsghdr) char buf[32768];
	struct timeval patience = { .tv_sec = 1 };
	fd_auto fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0 || !ask(fd, k, inode))
		return false;
	for (;;) {
		ssize_t n = recv(fd, buf, sizeof(buf), 0);
		bool last = k->family == AF_UNIX;

		if (n <= 0)
			return false;
		for (const struct nlmsghdr *h = (void *)buf; NLMSG_OK(h, (size_t)n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR)
				return false;
			if (found(k, h, inode, o, lasting))
				return true;
		}
		if (last)
			return false;
	}
}

static const struct kind *kind_of(const char *fd_path)
{
	char path[80], name[32];

	snprintf(path, sizeof(path), "/%s", fd_path);
	ssize_t n = getxattr(path, "system.sockprotoname", name, sizeof(name) - 1);
	if (n <= 0)
		return NULL;
	name[n] = '\0';
	for (size_t i = 0; i < countof(kinds); i++)
		if (!strcmp(name, kinds[i].name))
			return &kinds[i];
	return NULL;
}

bool socknames_print(const char *fd_path, uint64_t inode, struct out *o)
{
	struct known *e = &known[inode % countof(known)];
	const size_t before = o->len;
	bool lasting = false;

	if (e->inode == inode) {
		out_puts(o, e->text);
		return true;
	}
	const struct kind *k = kind_of(fd_path);
	if (!k)
		return false;
	out_printf(o, "%s:[", k->name);
	if (!search(k, inode, o, &lasting))
		out_printf(o, "%" PRIu64, inode);
	out_putc(o, ']');
	if (lasting && !o->failed && o->len - before < sizeof(e->text)) {
		e->inode = inode;
		memcpy(e->text, o->data + before, o->len - before);
		e->text[o->len - before] = '\0';
	}
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of sockets, by family; a family that is not here is shown as the bytes behind it.
 */
#include "kinds.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <linux/netlink.h>

static void print_inet(struct call *c, const struct sockaddr_in *sin)
{
	char text[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &sin->sin_addr, text, sizeof(text));
	out_printf(c->out, ", sin_port=htons(%u), sin_addr=inet_addr(\"%s\")", ntohs(sin->sin_port),
		   text);
}

static void print_inet6(struct call *c, const struct sockaddr_in6 *sin6, size_t len)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, &sin6->sin6_addr, text, sizeof(text));
	out_printf(c->out,
		   ", sin6_port=htons(%u), sin6_flowinfo=htonl(%u), inet_pton(AF_INET6, \"%s\", "
		   "&sin6_addr)",
		   ntohs(sin6->sin6_port), ntohl(sin6->sin6_flowinfo), text);
	if (len >= sizeof(*sin6))
		out_printf(c->out, ", sin6_scope_id=%u", sin6->sin6_scope_id);
}

/* A path ends where it likes; an abstract name, behind its NUL, is all bytes that are left. */
static void print_unix(struct call *c, const char *path, size_t n)
{
	if (!n)
		return;
	out_puts(c->out, ", sun_path=");
	if (!path[0]) {
		out_putc(c->out, '@');
		out_quoted(c->out, path + 1, n - 1, c->opt->hex, false);
	} else {
		out_quoted(c->out, path, strnlen(path, n), c->opt->hex, false);
	}
}

static void print_netlink(struct call *c, const struct sockaddr_nl *nl)
{
	out_printf(c->out, ", nl_pid=%u, nl_groups=%#08x", nl->nl_pid, nl->nl_groups);
}

void print_sockaddr(struct call *c, uint64_t addr, uint64_t len)
{
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		struct sockaddr_un un;
		struct sockaddr_nl nl;
		char bytes[sizeof(struct sockaddr_storage)];
	} sa = { .bytes = { 0 } };
	const size_t data = offsetof(struct sockaddr, sa_data);

	/* The kernel takes no longer one; no family fits into less. */
	if (len < data || len > sizeof(sa.bytes) || !call_verbose(c) ||
	    !mem_read(c, addr, sa.bytes, len)) {
		print_addr(c, addr);
		return;
	}
	out_puts(c->out, "{sa_family=");
	print_enum(c, sa.any.sa_family, FLAGS_AF);
	if (sa.any.sa_family == AF_INET && len >= sizeof(sa.in))
		print_inet(c, &sa.in);
	else if (sa.any.sa_family == AF_INET6 &&
		 len >= offsetof(struct sockaddr_in6, sin6_scope_id))
		print_inet6(c, &sa.in6, len);
	else if (sa.any.sa_family == AF_UNIX)
		print_unix(c, sa.un.sun_path,
			   len - data < sizeof(sa.un.sun_path) ? len - data
							       : sizeof(sa.un.sun_path));
	else if (sa.any.sa_family == AF_NETLINK && len >= sizeof(sa.nl))
		print_netlink(c, &sa.nl);
	else if (len > data) {
		out_puts(c->out, ", sa_data=");
		out_quoted(c->out, sa.bytes + data, len - data, c->opt->hex, false);
	}
	out_putc(c->out, '}');
}

/* The parameter is the argument with the length, an int. */
bool kind_sockaddr(struct call *c, unsigned arg, uint16_t param)
{
	print_sockaddr(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

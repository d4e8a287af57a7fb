/* SPDX-License-Identifier: GPL-2.0-only
 * How netstat writes addresses, ports, users and states: names or numbers, cut to the column or whole (-W).
 */
#include "netstat.h"
#include "toolbox/lib/names.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Of an endpoint, without the colon. Of the port at least so much is kept that the address has this much. */
#define SHORT_LEN 22
#define SHORT_ADDRESS 4

/* net-tools asks for no names of IPv4 addresses that came as IPv6 ones. */
static bool can_have_name(int family, const uint8_t *address)
{
	return !options.numeric_hosts && !sock_is_any(family, address) && !sock_is_mapped(family, address);
}

void host_want(int family, const uint8_t *address)
{
	if (can_have_name(family, address))
		names_host_want(family, address);
}

const char *host_text(char text[SOCK_ADDRESS_MAX], int family, const uint8_t *address)
{
	const char *name = can_have_name(family, address) ? names_host(family, address) : NULL;

	if (name)
		return name;
	sock_fmt_address(text, family, address);
	if (family == AF_INET6 && !options.numeric_hosts && sock_is_any(family, address))
		strcpy(text, "[::]");
	return text;
}

const char *port_text(char text[8], int protocol, uint16_t port)
{
	const char *name = NULL;

	if (port == 0)
		return "*";
	if (!options.numeric_ports && protocol == IPPROTO_RAW)
		name = names_protocol(port);
	else if (!options.numeric_ports)
		name = names_service(protocol == IPPROTO_UDPLITE ? IPPROTO_UDP : protocol, port);
	if (name)
		return name;
	*put_number(text, port, 0) = '\0';
	return text;
}

char *put_endpoint(char *p, const struct sock *s, bool remote)
{
	char address_buf[SOCK_ADDRESS_MAX];
	char port_buf[8];
	const char *address = host_text(address_buf, s->family, remote ? s->remote : s->local);
	const char *port = port_text(port_buf, s->protocol, remote ? s->remote_port : s->local_port);
	size_t address_len = strlen(address);
	size_t port_len = strlen(port);
	char *start = p;

	if (!options.wide && address_len + port_len > SHORT_LEN) {
		if (port_len > SHORT_LEN - SHORT_ADDRESS)
			port_len = SHORT_LEN - SHORT_ADDRESS;
		if (address_len > SHORT_LEN - port_len)
			address_len = SHORT_LEN - port_len;
	}
	p = put_bytes(p, address, address_len);
	*p++ = ':';
	p = put_bytes(p, port, port_len);
	while (p - start < SHORT_LEN + 1)
		*p++ = ' ';
	return p;
}

const char *user_text(char text[16], uint32_t uid)
{
	const char *name = options.numeric_users ? NULL : names_user(uid);

	if (name)
		return name;
	*put_number(text, uid, 0) = '\0';
	return text;
}

const char *state_text(const struct sock *s, char text[16])
{
	static const char *const tcp[] = { "",	    "ESTABLISHED", "SYN_SENT",	 "SYN_RECV",
					   "FIN_WAIT1", "FIN_WAIT2",   "TIME_WAIT",	 "CLOSE",
					   "CLOSE_WAIT", "LAST_ACK",    "LISTEN",	 "CLOSING" };

	if (s->protocol == IPPROTO_TCP || s->protocol == IPPROTO_SCTP)
		return s->state < sizeof(tcp) / sizeof(tcp[0]) ? tcp[s->state] : "UNKNOWN";
	if (s->protocol == IPPROTO_RAW) {
		*put_number(text, s->state, 0) = '\0';
		return text;
	}
	return s->state == SOCK_ESTABLISHED ? "ESTABLISHED" : s->state == SOCK_CLOSE ? "" : "UNKNOWN";
}

const char *protocol_text(const struct sock *s)
{
	bool six = s->family == AF_INET6;

	switch (s->protocol) {
	case IPPROTO_TCP:
		return six ? "tcp6" : "tcp";
	case IPPROTO_UDP:
		return six ? "udp6" : "udp";
	case IPPROTO_UDPLITE:
		return six ? "udpl6" : "udpl";
	case IPPROTO_SCTP:
		return "sctp";
	default:
		return six ? "raw6" : "raw";
	}
}

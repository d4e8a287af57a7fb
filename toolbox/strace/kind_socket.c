/* SPDX-License-Identifier: GPL-2.0-only
 * What socket(2) makes: types, and protocols by family.
 */
#include "net.h"

#include <sys/socket.h>

/* SOCK_STREAM|SOCK_CLOEXEC: a number in the lower bits, flags above. */
bool kind_sock_type(struct call *c, unsigned arg, uint16_t param)
{
	enum { TYPE_MASK = 0xf };
	unsigned type = (unsigned)arg_int(c, arg), flags = type & ~(unsigned)TYPE_MASK;
	const char *name = flags_name(c, type & TYPE_MASK, FLAGS_SOCK_TYPE);

	(void)param;
	if (!name) {
		print_flags(c, type, FLAGS_SOCK_TYPE_FLAGS);
		return true;
	}
	if (c->opt->constants == CONST_VERBOSE && !flags) {
		print_named(c, name, type);
		return true;
	}
	print_named(c, name, type & TYPE_MASK);
	if (flags) {
		out_putc(c->out, '|');
		print_flags(c, flags, FLAGS_SOCK_TYPE_FLAGS);
	}
	return true;
}

bool kind_sock_protocol(struct call *c, unsigned arg, uint16_t param)
{
	static const struct {
		int family;
		uint16_t flags;
	} names[] = {
		{ AF_INET, FLAGS_IP_PROTO },	     { AF_INET6, FLAGS_IP_PROTO },
		{ AF_NETLINK, FLAGS_NETLINK_PROTO }, { AF_BLUETOOTH, FLAGS_BT_PROTO },
		{ AF_CAN, FLAGS_CAN_PROTO },	     { AF_CAIF, FLAGS_CAIF_PROTO },
		{ AF_NFC, FLAGS_NFC_PROTO },
	};
	unsigned protocol = (unsigned)arg_int(c, arg);
	int family = arg_int(c, 0);

	(void)param;
	if (family == AF_PACKET) {
		print_ether_proto(c, (uint16_t)protocol);
		return true;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].family == family) {
			print_enum(c, protocol, names[i].flags);
			return true;
		}
	}
	out_udec(c->out, protocol);
	return true;
}

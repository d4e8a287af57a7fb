/* SPDX-License-Identifier: GPL-2.0-only
 * Payloads of netlink messages by protocol, for kind_netlink.c. All print what lies within size
 * bytes at addr.
 */
#pragma once

#include "net.h"

/* netlink_route.c, netlink_diag.c: {ifi_family=...}, [attributes]; false, nothing printed: a
 * payload that is not known. */
bool netlink_route(struct call *c, uint16_t type, uint64_t addr, uint64_t size);
bool netlink_diag(struct call *c, bool request, uint64_t addr, uint64_t size);

/* How the value of an attribute looks. */
enum nla_form {
	NLA_BYTES, /* "\x01\x02" */
	NLA_NUM8,
	NLA_NUM16,
	NLA_NUM32,
	NLA_SIGNED32,
	NLA_NUM64,
	NLA_TEXT,
	NLA_MAC,
	NLA_INTERFACE,
	NLA_FLAG_BITS,
	NLA_NAME8,
	NLA_NAME32,
	NLA_ADDRESS, /* of the message's family */
	NLA_NESTED,  /* attributes again, of the list sub */
	NLA_FIELDS,
};

struct nla {
	uint16_t type;
	uint8_t form;	/* enum nla_form */
	uint16_t flags; /* a flag table of values */
	const struct field *f;
	const struct nla_list *sub; /* of what is nested */
};

/* [{nla_len=8, nla_type=IFLA_MTU}, 1500], or several within one more pair of brackets. */
struct nla_list {
	uint16_t types; /* the flag table of their names */
	const struct nla *v;
	size_t n;
	unsigned family;
};
void netlink_attributes(struct call *c, const struct nla_list *list, uint64_t addr, uint64_t size);

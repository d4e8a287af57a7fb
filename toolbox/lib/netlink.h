/* SPDX-License-Identifier: GPL-2.0-only
 * Questions to the kernel over netlink that are answered with a list: see netlink(7), rtnetlink(7), sock_diag(7).
 * It works without /proc; what it says is about the network namespace of this process.
 */
#pragma once

#include <linux/netlink.h>
#include <stddef.h>

/* Called for each message of an answer, which lies whole in memory. Returns 0, or -errno to end the dump with. */
typedef int netlink_fn(void *arg, const struct nlmsghdr *message);

/* Sends a request (NLM_F_REQUEST | NLM_F_DUMP are set here) and gives each message of the answer to fn. Returns 0
 * at the end, what fn returned, or -errno: from the socket, or as the kernel answered. */
int netlink_dump(int protocol, struct nlmsghdr *request, netlink_fn *fn, void *arg);

/* One datagram: gives its messages to fn. Returns 0 (more follows), 1 (the list has ended), -errno, or
 * what fn returned. A length that does not fit is -EBADMSG. */
int netlink_each(const void *datagram, size_t len, netlink_fn *fn, void *arg);

/* The attributes behind the first `skip` bytes of a message's payload: table[type] is set for those with a type
 * below n and stays NULL for the others. An attribute that does not fit ends the list. */
void netlink_attributes(const struct nlmsghdr *message, size_t skip, const struct nlattr **table, size_t n);

/* Payload of an attribute. */
static inline const void *netlink_data(const struct nlattr *a)
{
	return (const char *)a + NLA_HDRLEN;
}
static inline size_t netlink_size(const struct nlattr *a)
{
	return a->nla_len - NLA_HDRLEN;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Netlink dumps: see netlink.h.
 */
#include "netlink.h"
#include "base.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>

/* The kernel fills a datagram up to what the reader's buffer has room for, 32 KiB at most. */
#define DATAGRAM_MAX 32768

int netlink_each(const void *datagram, size_t len, netlink_fn *fn, void *arg)
{
	const char *p = datagram;

	while (len >= sizeof(struct nlmsghdr)) {
		const struct nlmsghdr *m = (const struct nlmsghdr *)p;
		const int *error = NLMSG_DATA(m);
		int r;

		if (m->nlmsg_len < sizeof(*m) || m->nlmsg_len > len)
			return -EBADMSG;
		switch (m->nlmsg_type) {
		case NLMSG_NOOP:
			break;
		case NLMSG_DONE:
			/* A dump that failed says so here. */
			if (m->nlmsg_len >= NLMSG_LENGTH(sizeof(*error)) && *error < 0)
				return *error;
			return 1;
		case NLMSG_ERROR:
			if (m->nlmsg_len < NLMSG_LENGTH(sizeof(*error)))
				return -EBADMSG;
			if (*error < 0)
				return *error;
			break;
		default:
			r = fn(arg, m);
			if (r != 0)
				return r;
		}
		size_t step = NLMSG_ALIGN(m->nlmsg_len);
		if (step > len)
			break;
		p += step;
		len -= step;
	}
	return 0;
}

int netlink_dump(int protocol, struct nlmsghdr *request, netlink_fn *fn, void *arg)
{
	_Alignas(struct nlmsghdr) static char buf[DATAGRAM_MAX];
	/* The kernel answers at once; what emulates it may not. */
	struct timeval patience = { .tv_sec = 5 };
	fd_auto fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	request->nlmsg_flags |= NLM_F_REQUEST | NLM_F_DUMP;
	if (send(fd, request, request->nlmsg_len, 0) < 0)
		return -errno;
	for (;;) {
		struct sockaddr_nl from = { 0 };
		socklen_t from_len = sizeof(from);
		ssize_t n = recvfrom(fd, buf, sizeof(buf), MSG_TRUNC, (struct sockaddr *)&from, &from_len);
		int r;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN ? -ETIMEDOUT : -errno;
		if (n == 0 || (size_t)n > sizeof(buf))
			return -EMSGSIZE;
		if (from.nl_pid != 0)
			continue; /* not from the kernel */
		r = netlink_each(buf, (size_t)n, fn, arg);
		if (r != 0)
			return r == 1 ? 0 : r;
	}
}

void netlink_attributes(const struct nlmsghdr *message, size_t skip, const struct nlattr **table, size_t n)
{
	size_t at = NLMSG_HDRLEN + NLMSG_ALIGN(skip);

	for (size_t i = 0; i < n; i++)
		table[i] = NULL;
	while (at + sizeof(struct nlattr) <= message->nlmsg_len) {
		const struct nlattr *a = (const struct nlattr *)((const char *)message + at);
		size_t type = a->nla_type & NLA_TYPE_MASK;

		if (a->nla_len < NLA_HDRLEN || a->nla_len > message->nlmsg_len - at)
			return;
		if (type < n)
			table[type] = a;
		at += NLA_ALIGN(a->nla_len);
	}
}

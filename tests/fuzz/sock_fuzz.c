/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of /proc/net, datagrams of netlink and the text of /proc/net/unix with any bytes in them. The first byte says
 * which.
 */
#include "toolbox/lib/netlink.h"
#include "toolbox/lib/sock.h"

#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int see_unix(void *arg, const struct sock_unix *s)
{
	size_t *total = arg;

	for (size_t i = 0; i < s->name_len; i++)
		*total += (uint8_t)s->name[i];
	return *total > 1u << 20 ? -1 : 0;
}

static int see_message(void *arg, const struct nlmsghdr *message)
{
	struct sock_more more;
	struct sock s;
	char text[SOCK_ADDRESS_MAX];

	if (sock_parse_message(message, IPPROTO_TCP, &s, &more)) {
		if (sock_fmt_address(text, s.family, s.local) >= SOCK_ADDRESS_MAX || !memchr(more.congestion, 0, sizeof(more.congestion)))
			abort();
	}
	return sock_unix_collect(arg, message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	unsigned kind = *data++;
	size--;
	/* Exactly as large as it is: one byte read beyond it is found. */
	char *copy = malloc(size + 1);
	struct sock_unix_names *names = sock_unix_names_new();
	size_t total = 0;
	struct sock s;

	memcpy(copy, data, size);
	copy[size] = '\0';
	if (kind % 4 == 0) {
		sock_parse_line(copy, AF_INET, IPPROTO_TCP, &s);
		sock_parse_line(copy, AF_INET6, IPPROTO_TCP, &s);
	} else if (kind % 4 == 1) {
		/* Without the NUL byte behind it. */
		char *exact = malloc(size ? size : 1);

		memcpy(exact, copy, size);
		netlink_each(exact, size, see_message, names);
		sock_unix_rows(NULL, 0, names, see_unix, &total);
		free(exact);
	} else if (kind % 4 == 2) {
		sock_unix_rows(copy, size, NULL, see_unix, &total);
	} else {
		/* The names first, then the text that is to be read with them. */
		size_t part = size > 2 ? data[0] * 8u : 0;

		if (part > size)
			part = size;
		part &= ~(size_t)3;
		netlink_each(copy, part, see_message, names);
		sock_unix_rows(copy + part, size - part, names, see_unix, &total);
	}
	sock_unix_names_free(names);
	free(copy);
	return 0;
}

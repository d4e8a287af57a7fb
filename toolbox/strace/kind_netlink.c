/* SPDX-License-Identifier: GPL-2.0-only
 * Netlink messages within buffers: the header, what follows by protocol, and errors
 * (linux/netlink.h). Routing's messages are in netlink_route.c; of sock_diag the request's head, of
 * generic netlink the command; other payloads are bytes.
 */
#include "netlink.h"

#include <inttypes.h>
#include <linux/netlink.h>
#include <string.h>

enum { MESSAGES_MAX = 4096, DEPTH_MAX = 4, LENGTH_MAX = 1 << 24 };

static const char *own_type(const struct call *c, int protocol, uint16_t type, uint16_t *unknown)
{
	static const struct {
		int protocol;
		uint16_t flags;
	} names[] = {
		{ NETLINK_ROUTE, FLAGS_NL_ROUTE },     { NETLINK_SOCK_DIAG, FLAGS_NL_DIAG },
		{ NETLINK_XFRM, FLAGS_NL_XFRM },       { NETLINK_AUDIT, FLAGS_NL_AUDIT },
		{ NETLINK_GENERIC, FLAGS_NL_GENERIC },
	};

	*unknown = FLAGS_NL_TYPE;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].protocol == protocol) {
			*unknown = names[i].flags;
			return flags_name(c, type, names[i].flags);
		}
	}
	return NULL;
}

static void print_type(struct call *c, int protocol, uint16_t type)
{
	uint16_t table;
	const char *name = own_type(c, protocol, type, &table);

	if (type < NLMSG_MIN_TYPE || !name)
		print_enum(c, type, type < NLMSG_MIN_TYPE ? FLAGS_NL_TYPE : table);
	else
		print_named(c, name, type);
}

/* The upper flags mean something else for each kind of message: routing's types are new, delete,
 * get, set by turns. */
static uint16_t upper_flags(int protocol, uint16_t type)
{
	enum { NEW, DELETE, GET };

	if (type == NLMSG_ERROR || type == NLMSG_DONE)
		return FLAGS_NL_ACK;
	if (protocol == NETLINK_ROUTE && type >= NLMSG_MIN_TYPE) {
		switch (type & 3) {
		case NEW:
			return FLAGS_NL_NEW;
		case DELETE:
			return FLAGS_NL_DELETE;
		case GET:
			return FLAGS_NL_GET;
		}
	}
	if (protocol == NETLINK_SOCK_DIAG || protocol == NETLINK_GENERIC)
		return FLAGS_NL_GET;
	return FLAGS_NONE;
}

static void print_message_flags(struct call *c, int protocol, uint16_t type, uint16_t flags)
{
	uint16_t table = upper_flags(protocol, type), upper = flags & 0xff00, lower = flags & 0xff;

	/* NLM_F_DUMP is two of the upper ones. */
	if (c->opt->constants != CONST_ABBREV || table == FLAGS_NONE || !upper) {
		print_flags(c, flags, FLAGS_NL_FLAGS);
		return;
	}
	if (lower) {
		print_flags(c, lower, FLAGS_NL_FLAGS);
		out_putc(c->out, '|');
	}
	print_flags(c, upper, table);
}

static void print_header(struct call *c, int protocol, const struct nlmsghdr *h)
{
	out_printf(c->out, "{nlmsg_len=%" PRIu32 ", nlmsg_type=", h->nlmsg_len);
	print_type(c, protocol, h->nlmsg_type);
	out_puts(c->out, ", nlmsg_flags=");
	print_message_flags(c, protocol, h->nlmsg_type, h->nlmsg_flags);
	out_printf(c->out, ", nlmsg_seq=%" PRIu32 ", nlmsg_pid=%" PRId32 "}", h->nlmsg_seq,
		   (int32_t)h->nlmsg_pid);
}

static bool print_message(struct call *c, int protocol, uint64_t addr, uint64_t size,
			  unsigned depth);

static void print_error_number(struct call *c, int32_t error)
{
	const char *name = error < 0 && error > -4096 ? decode_errno_name(-error) : NULL;

	if (name && c->opt->constants == CONST_ABBREV)
		out_printf(c->out, "-%s", name);
	else
		out_dec(c->out, error);
}

/* {error=-ENODEV, msg=[...]}: the message that it answers, of which the payload may be left out. */
static void print_error(struct call *c, int protocol, uint64_t addr, uint64_t size, unsigned depth)
{
	int32_t error;

	if (size < sizeof(error)) {
		print_buffer(c, addr, size);
		return;
	}
	if (!read_in(c, addr, &error, sizeof(error)))
		return;
	out_puts(c->out, "{error=");
	print_error_number(c, error);
	if (size > sizeof(error)) {
		out_puts(c->out, ", msg=");
		if (depth >= DEPTH_MAX || !print_message(c, protocol, addr + sizeof(error),
							 size - sizeof(error), depth + 1))
			print_buffer(c, addr + sizeof(error), size - sizeof(error));
	}
	out_putc(c->out, '}');
}

static void print_done(struct call *c, uint64_t addr, uint64_t size)
{
	int32_t v;

	if (size < sizeof(v))
		print_buffer(c, addr, size);
	else if (read_in(c, addr, &v, sizeof(v)))
		print_error_number(c, v);
}

static void print_generic(struct call *c, uint16_t type, uint64_t addr, uint64_t size)
{
	enum { HEAD = 4, CTRL = 0x10 };
	unsigned char h[HEAD];

	if (size < HEAD || !mem_read(c, addr, h, HEAD)) {
		print_buffer(c, addr, size);
		return;
	}
	out_puts(c->out, "{cmd=");
	if (type == CTRL)
		print_enum(c, h[0], FLAGS_NL_CTRL);
	else
		out_hexnum(c->out, h[0]);
	out_printf(c->out, ", version=%u}", h[1]);
	if (size > HEAD) {
		out_puts(c->out, ", ");
		print_buffer(c, addr + HEAD, size - HEAD);
	}
}

/* The payload, without brackets. */
static void print_payload(struct call *c, int protocol, const struct nlmsghdr *h, uint64_t addr,
			  uint64_t size, unsigned depth)
{
	if (h->nlmsg_type == NLMSG_ERROR)
		print_error(c, protocol, addr, size, depth);
	else if (h->nlmsg_type == NLMSG_DONE)
		print_done(c, addr, size);
	else if ((protocol == NETLINK_ROUTE && netlink_route(c, h->nlmsg_type, addr, size)) ||
		 (protocol == NETLINK_SOCK_DIAG &&
		  netlink_diag(c, h->nlmsg_flags & NLM_F_REQUEST, addr, size)))
		return;
	else if (protocol == NETLINK_GENERIC && h->nlmsg_type >= NLMSG_MIN_TYPE)
		print_generic(c, h->nlmsg_type, addr, size);
	else
		print_buffer(c, addr, size);
}

/* One message with what follows its header, at most size bytes; false, nothing printed, when there
 * is no header. */
static bool print_message(struct call *c, int protocol, uint64_t addr, uint64_t size,
			  unsigned depth)
{
	struct nlmsghdr h;
	uint64_t len;

	if (size < sizeof(h) || !mem_read(c, addr, &h, sizeof(h)))
		return false;
	len = h.nlmsg_len < size ? h.nlmsg_len : size;
	if (len > sizeof(h))
		out_putc(c->out, '[');
	print_header(c, protocol, &h);
	if (len > sizeof(h)) {
		out_puts(c->out, ", ");
		print_payload(c, protocol, &h, addr + sizeof(h), len - sizeof(h), depth);
		out_putc(c->out, ']');
	}
	return true;
}

bool print_netlink_buffer(struct call *c, int fd, uint64_t addr, uint64_t size)
{
	struct nlmsghdr h;
	size_t start = c->out->len;
	uint64_t at = 0;
	unsigned n = 0;
	int protocol;

	/* Most sockets are none of netlink's: a look at the bytes costs less than one at the
	 * descriptor. */
	if (!c->lookup || !c->lookup->netlink || !call_verbose(c) || size < sizeof(h) ||
	    !mem_read(c, addr, &h, sizeof(h)) || (h.nlmsg_len > LENGTH_MAX && h.nlmsg_len > size))
		return false;
	protocol = c->lookup->netlink(c->lookup->ctx, c->tid, fd);
	/* Its messages are text. */
	if (protocol < 0 || protocol == NETLINK_KOBJECT_UEVENT)
		return false;
	while (size - at >= sizeof(h) && mem_read(c, addr + at, &h, sizeof(h)) && !c->out->failed) {
		uint64_t step = ((uint64_t)h.nlmsg_len + NLMSG_ALIGNTO - 1) &
				~(uint64_t)(NLMSG_ALIGNTO - 1);
		bool more = h.nlmsg_len >= sizeof(h) && size - at > step &&
			    size - at - step >= sizeof(h);

		if (n == 0 && more)
			out_putc(c->out, '[');
		if (n) {
			out_puts(c->out, ", ");
			if ((call_abbrev(c) && n >= c->opt->string_limit) || n >= MESSAGES_MAX) {
				out_puts(c->out, "...");
				n++;
				break;
			}
		}
		n++;
		if (!print_message(c, protocol, addr + at, size - at, 0))
			break;
		if (!more)
			break;
		at += step;
	}
	if (n > 1)
		out_putc(c->out, ']');
	return c->out->len > start;
}

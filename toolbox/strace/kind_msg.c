/* SPDX-License-Identifier: GPL-2.0-only
 * struct msghdr and mmsghdr of sendmsg(2), recvmsg(2) and their plural forms; buffers of sockets,
 * which may hold netlink messages or DNS.
 */
#include "net.h"
#include "dns.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

enum { DNS_PORT = 53, DNS_MAX = 4096 };

/* --- buffers --- */

/* Whether the address says that it is DNS; without one: whether the socket does. */
static bool is_dns(struct call *c, uint64_t name, uint64_t namelen)
{
	unsigned char sa[4];

	if (!c->opt->dns)
		return false;
	if (name && namelen >= sizeof(sa) && mem_read(c, name, sa, sizeof(sa)) &&
	    ((sa[0] | sa[1] << 8) == AF_INET || (sa[0] | sa[1] << 8) == AF_INET6) &&
	    (sa[2] << 8 | sa[3]) == DNS_PORT)
		return true;
	return c->lookup && c->lookup->dns && c->lookup->dns(c->lookup->ctx, c->tid, arg_int(c, 0));
}

static void print_dns(struct call *c, uint64_t addr, uint64_t n)
{
	unsigned char bytes[DNS_MAX];
	size_t take = n < sizeof(bytes) ? (size_t)n : sizeof(bytes);

	if (mem_read(c, addr, bytes, take))
		dns_print(c->out, bytes, take);
}

/* n bytes of a socket's at addr. */
static void print_payload(struct call *c, uint64_t addr, uint64_t n, bool dns)
{
	if (print_netlink_buffer(c, arg_int(c, 0), addr, n))
		return;
	print_buffer(c, addr, n);
	if (dns)
		print_dns(c, addr, n);
}

/* sendto's, and write's, whose descriptor may be a socket. */
bool kind_sock_buf(struct call *c, unsigned arg, uint16_t param)
{
	bool has_name = c->row->n_args == 6;
	uint64_t name = has_name ? arg_ulong(c, 4) : 0, len = has_name ? arg_ulong(c, 5) : 0;

	print_payload(c, arg_ulong(c, arg), arg_length(c, param), is_dns(c, name, len));
	return true;
}

/* recvfrom's, and read's. */
bool kind_osock_buf(struct call *c, unsigned arg, uint16_t param)
{
	bool has_name = c->row->n_args == 6;
	uint64_t name = has_name ? arg_ulong(c, 4) : 0;

	if (!c->exiting) {
		/* The address stands behind what waits for the exit: its length now is of interest.
		 */
		if (name)
			keep_sockaddr_room(c, 5);
		return false;
	}
	if (c->error)
		print_addr(c, arg_ulong(c, arg));
	else
		print_payload(c, arg_ulong(c, arg), arg_length(c, param),
			      is_dns(c, name, name ? SOCKADDR_MAX : 0));
	return true;
}

struct iovec_ctx {
	uint64_t left; /* of what the call transferred; IOVEC_ALL: all of each */
	bool dns;
};

static bool print_iovec_element(struct call *c, const void *element, void *ctx)
{
	struct iovec_ctx *x = ctx;
	uint64_t base = 0, len = 0, shown;

	memcpy(&base, element, word_size(c));
	memcpy(&len, (const char *)element + word_size(c), word_size(c));
	shown = len < x->left ? len : x->left;
	if (x->left != IOVEC_ALL)
		x->left -= shown;
	out_puts(c->out, "{iov_base=");
	print_payload(c, base, shown, x->dns);
	out_printf(c->out, ", iov_len=%" PRIu64 "}", len);
	x->dns = false; /* the head is in the first */
	return true;
}

/* --- one message --- */

static const struct field msghdr_fields[] = {
	{ "name", T_PTR },    { "namelen", T_S32 },	 { "iov", T_PTR },   { "iovlen", T_ULONG },
	{ "control", T_PTR }, { "controllen", T_ULONG }, { "flags", T_U32 }, { 0 },
};
static const struct field mmsghdr_fields[] = { { "hdr", T_STRUCT, .sub = msghdr_fields },
					       { "len", T_U32 },
					       { 0 } };

/* room: the length of the name before the call, for what was received; transferred: see
 * print_iovec. */
static void print_members(struct call *c, const void *hdr, const int *room, uint64_t transferred)
{
	const size_t size = fields_size(c, msghdr_fields);
	uint64_t name = (uint64_t)fields_get(c, hdr, size, msghdr_fields, "name");
	int namelen = (int)fields_get(c, hdr, size, msghdr_fields, "namelen");
	uint64_t iov = (uint64_t)fields_get(c, hdr, size, msghdr_fields, "iov");
	uint64_t iovlen = (uint64_t)fields_get(c, hdr, size, msghdr_fields, "iovlen");
	uint64_t control = (uint64_t)fields_get(c, hdr, size, msghdr_fields, "control");
	uint64_t controllen = (uint64_t)fields_get(c, hdr, size, msghdr_fields, "controllen");
	int shown = room && *room < namelen ? *room : namelen;
	struct iovec_ctx x = { transferred, is_dns(c, name, shown > 0 ? (uint64_t)shown : 0) };

	out_puts(c->out, "msg_name=");
	print_sockaddr(c, name, (uint32_t)shown);
	out_puts(c->out, ", msg_namelen=");
	if (room && *room != namelen)
		out_printf(c->out, "%d => ", *room);
	out_dec(c->out, namelen);
	out_puts(c->out, ", msg_iov=");
	print_array(c, iov, iovlen, 2 * word_size(c), true, print_iovec_element, &x);
	out_printf(c->out, ", msg_iovlen=%" PRIu64, iovlen);
	if (controllen) {
		out_puts(c->out, ", msg_control=");
		print_control(c, control, controllen);
	}
	out_printf(c->out, ", msg_controllen=%" PRIu64 ", msg_flags=", controllen);
	print_flags(c, (uint32_t)fields_get(c, hdr, size, msghdr_fields, "flags"), FLAGS_MSG);
}

static void print_msghdr(struct call *c, uint64_t addr, const int *room, uint64_t transferred)
{
	char hdr[64];

	if (!read_in(c, addr, hdr, fields_size(c, msghdr_fields)))
		return;
	out_putc(c->out, '{');
	print_members(c, hdr, room, transferred);
	out_putc(c->out, '}');
}

bool kind_msghdr(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_msghdr(c, arg_ulong(c, arg), NULL, IOVEC_ALL);
	return true;
}

bool kind_omsghdr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	int room = (int)(uint32_t)c->keep[arg];
	char hdr[64];

	(void)param;
	if (!c->exiting) {
		if (!read_in(c, addr, hdr, fields_size(c, msghdr_fields)))
			return true;
		c->keep[arg] = (uint32_t)fields_get(c, hdr, sizeof(hdr), msghdr_fields, "namelen");
		return false;
	}
	if (c->error)
		out_printf(c->out, "{msg_namelen=%d}", room);
	else
		print_msghdr(c, addr, &room, (uint64_t)c->ret);
	return true;
}

/* --- many --- */

/* Lengths of names as they were before recvmmsg, in the room that the call has for a text of its
 * result. */
enum { ROOMS = sizeof(((struct call *)0)->ret_buf) / sizeof(int32_t) };

struct mmsg_ctx {
	bool received;
	size_t i, done;
};

static bool print_mmsg_element(struct call *c, const void *element, void *ctx)
{
	struct mmsg_ctx *x = ctx;
	size_t i = x->i++, size = fields_size(c, mmsghdr_fields);
	uint32_t len = (uint32_t)fields_get(c, element, size, mmsghdr_fields, "len");
	int32_t room;

	if (i < ROOMS)
		memcpy(&room, c->ret_buf + i * sizeof(room), sizeof(room));
	out_puts(c->out, "{msg_hdr={");
	print_members(c, element, x->received && i < ROOMS ? &room : NULL,
		      x->received ? len : IOVEC_ALL);
	out_putc(c->out, '}');
	if (i < x->done)
		out_printf(c->out, ", msg_len=%" PRIu32, len);
	out_putc(c->out, '}');
	return true;
}

/* The kernel takes no more messages at once (UIO_MAXIOV). */
static uint64_t at_most(uint64_t n)
{
	enum { MESSAGES_MAX = 1024 };

	return n < MESSAGES_MAX ? n : MESSAGES_MAX;
}

/* The lengths that the call writes are known at its exit. */
bool kind_mmsghdr(struct call *c, unsigned arg, uint16_t param)
{
	struct mmsg_ctx x = { false, 0, 0 };
	uint64_t n = at_most(arg_length(c, param));

	if (!c->exiting)
		return false;
	if (!c->error)
		x.done = (size_t)c->ret;
	print_array(c, arg_ulong(c, arg), n, fields_size(c, mmsghdr_fields), true,
		    print_mmsg_element, &x);
	return true;
}

/* The parameter is the result, of as many as argument N says. */
bool kind_ommsghdr(struct call *c, unsigned arg, uint16_t param)
{
	const size_t size = fields_size(c, mmsghdr_fields);
	uint64_t addr = arg_ulong(c, arg), n = at_most(arg_length(c, param & 0xff));
	struct mmsg_ctx x = { true, 0, 0 };
	char hdr[80];
	int32_t room;

	if (!c->exiting) {
		memset(c->ret_buf, 0, sizeof(c->ret_buf));
		for (size_t i = 0; i < n && i < ROOMS && mem_read(c, addr + i * size, hdr, size);
		     i++) {
			room = (int32_t)fields_get(c, hdr, size, msghdr_fields, "namelen");
			memcpy(c->ret_buf + i * sizeof(room), &room, sizeof(room));
		}
		return false;
	}
	if (c->error) {
		print_addr(c, addr);
		return true;
	}
	x.done = (size_t)c->ret;
	print_array(c, addr, at_most(arg_length(c, param)), size, true, print_mmsg_element, &x);
	return true;
}

static bool recvmmsg_result(struct call *c, const struct field *f)
{
	if (!c->ret) {
		out_puts(c->out, "Timeout");
	} else if (arg_ulong(c, 4)) {
		out_puts(c->out, "left ");
		fields_at(c, arg_ulong(c, 4), f);
	}
	return true;
}

bool kind_recvmmsg_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return recvmmsg_result(c, timespec_fields);
}

bool kind_recvmmsg_time64_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	return recvmmsg_result(c, timespec64_fields);
}

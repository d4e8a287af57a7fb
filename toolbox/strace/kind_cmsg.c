/* SPDX-License-Identifier: GPL-2.0-only
 * Control messages of sendmsg(2) and recvmsg(2): cmsg(3), unix(7), ip(7), ipv6(7),
 * linux/errqueue.h. strace 6.1 shows of IPv6's no more than the number; they are named and shown
 * here.
 */
#include "net.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { CONTROL_MAX = 131072, DATA_MAX = 4096 };

/* A message's data: where it lies, how much is there, and what of that was read. */
struct data {
	uint64_t addr;
	uint64_t len;
	size_t have;
	unsigned char bytes[DATA_MAX];
};

static void print_data(struct call *c)
{
	out_puts(c->out, ", cmsg_data=");
}

static bool print_fd_number(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_fd(c, *(const int32_t *)element, false);
	return true;
}

static bool print_byte(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_hexnum(c->out, *(const unsigned char *)element);
	return true;
}

static const struct field ucred_fields[] = {
	{ "pid", T_S32, F_PID },
	{ "uid", T_U32, F_ID },
	{ "gid", T_U32, F_ID },
	{ 0 },
};

static const struct field timeval64_fields[] = { { "tv_sec", T_S64 }, { "tv_usec", T_U64 }, { 0 } };

static void print_whole(struct call *c, const struct data *d, const struct field *f)
{
	if (d->have >= fields_size(c, f)) {
		print_data(c);
		fields_print(c, d->bytes, d->have, f);
	}
}

static void print_bytes(struct call *c, const struct data *d)
{
	if (!d->len)
		return;
	print_data(c);
	print_array(c, d->addr, d->len, 1, true, print_byte, NULL);
}

static void print_int(struct call *c, const struct data *d, bool is_unsigned)
{
	int32_t v;

	if (d->have < sizeof(v))
		return;
	memcpy(&v, d->bytes, sizeof(v));
	print_data(c);
	out_printf(c->out, is_unsigned ? "[%u]" : "[%d]", v);
}

/* One time, or the three of SO_TIMESTAMPING. */
static void print_times(struct call *c, const struct data *d, const struct field *f, unsigned n)
{
	size_t size = fields_size(c, f);

	print_data(c);
	if (d->have < size * n) {
		out_puts(c->out, "???");
		return;
	}
	if (n > 1)
		out_putc(c->out, '[');
	for (unsigned i = 0; i < n; i++) {
		out_puts(c->out, i ? ", " : "");
		fields_print(c, d->bytes + i * size, size, f);
	}
	if (n > 1)
		out_putc(c->out, ']');
}

static void print_of_socket(struct call *c, unsigned type, const struct data *d)
{
	enum {
		SECURITY = 3,
		TIMESTAMP = 29,
		TIMESTAMPNS = 35,
		TIMESTAMPING = 37,
		TIMESTAMP_NEW = 63,
		TIMESTAMPNS_NEW,
		TIMESTAMPING_NEW,
	};

	switch (type) {
	case SCM_RIGHTS:
		if (d->len >= sizeof(int32_t)) {
			print_data(c);
			print_array(c, d->addr, d->len / sizeof(int32_t), sizeof(int32_t), true,
				    print_fd_number, NULL);
		}
		break;
	case SCM_CREDENTIALS:
		print_whole(c, d, ucred_fields);
		break;
	case SECURITY:
		if (d->len) {
			print_data(c);
			print_buffer(c, d->addr, d->len);
		}
		break;
	case TIMESTAMP:
		print_times(c, d, timeval_fields, 1);
		break;
	case TIMESTAMPNS:
		print_times(c, d, timespec_fields, 1);
		break;
	case TIMESTAMPING:
		print_times(c, d, timespec_fields, 3);
		break;
	case TIMESTAMP_NEW:
		print_times(c, d, timeval64_fields, 1);
		break;
	case TIMESTAMPNS_NEW:
		print_times(c, d, timespec64_fields, 1);
		break;
	case TIMESTAMPING_NEW:
		print_times(c, d, timespec64_fields, 3);
		break;
	}
}

/* The error, and behind it the address of who sent it. */
static void print_error(struct call *c, const struct data *d, size_t address)
{
	static const struct field f[] = {
		{ "ee_errno", T_U32 },	{ "ee_origin", T_U8 },
		{ "ee_type", T_U8 },	{ "ee_code", T_U8 },
		{ "pad", T_U8, F_PAD }, { "ee_info", T_U32 },
		{ "ee_data", T_U32 },	{ 0 },
	};
	size_t n = fields_size(c, f);

	if (d->have < n + address)
		return;
	print_data(c);
	out_putc(c->out, '{');
	fields_members(c, d->bytes, n, f);
	out_puts(c->out, ", offender=");
	print_sockaddr_bytes(c, d->bytes + n, address);
	out_putc(c->out, '}');
}

static void print_of_ip(struct call *c, unsigned type, const struct data *d)
{
	enum {
		PKTINFO = 8,
		PKTINFO_SIZE = 12,
		RECVERR = 11,
		CHECKSUM = 23,
		ADDRESS = 16,
		SECURITY = 3
	};
	uint32_t index;

	switch (type) {
	case IP_TOS:
	case IP_RECVOPTS:
	case IP_RETOPTS:
		print_bytes(c, d);
		break;
	case SECURITY:
		print_of_socket(c, SECURITY, d);
		break;
	case IP_TTL:
	case CHECKSUM:
		print_int(c, d, true);
		break;
	case PKTINFO:
		if (d->have < PKTINFO_SIZE)
			break;
		memcpy(&index, d->bytes, sizeof(index));
		print_data(c);
		out_puts(c->out, "{ipi_ifindex=");
		print_ifindex(c, index);
		print_in_addr(c, "ipi_spec_dst", d->bytes + 4);
		print_in_addr(c, "ipi_addr", d->bytes + 8);
		out_putc(c->out, '}');
		break;
	case RECVERR:
		print_error(c, d, ADDRESS);
		break;
	case IP_ORIGDSTADDR:
		if (d->have >= ADDRESS) {
			print_data(c);
			print_sockaddr_bytes(c, d->bytes, ADDRESS);
		}
		break;
	}
}

static void print_of_ipv6(struct call *c, unsigned type, const struct data *d)
{
	enum { PKTINFO_SIZE = 20, ADDRESS = 28, ORIGDSTADDR = 74, PATHMTU_SIZE = 32 };
	uint32_t v;

	switch (type) {
	case IPV6_PKTINFO:
	case IPV6_2292PKTINFO:
		if (d->have < PKTINFO_SIZE)
			break;
		print_data(c);
		out_putc(c->out, '{');
		print_in6_addr(c, "ipi6_addr", d->bytes);
		memcpy(&v, d->bytes + 16, sizeof(v));
		out_puts(c->out, ", ipi6_ifindex=");
		print_ifindex(c, v);
		out_putc(c->out, '}');
		break;
	case IPV6_HOPLIMIT:
	case IPV6_2292HOPLIMIT:
	case IPV6_TCLASS:
		print_int(c, d, false);
		break;
	case IPV6_RECVERR:
		print_error(c, d, ADDRESS);
		break;
	case ORIGDSTADDR:
		if (d->have >= ADDRESS) {
			print_data(c);
			print_sockaddr_bytes(c, d->bytes, ADDRESS);
		}
		break;
	default:
		print_bytes(c, d);
	}
}

static void print_message(struct call *c, unsigned level, unsigned type, const struct data *d)
{
	out_puts(c->out, ", cmsg_level=");
	if (flags_name(c, level, FLAGS_SOL))
		print_enum(c, level, FLAGS_SOL);
	else
		out_printf(c->out, c->opt->constants == CONST_RAW ? "%#x" : "%#x /* SOL_??? */",
			   level);
	out_puts(c->out, ", cmsg_type=");
	switch (level) {
	case SOL_SOCKET:
		print_enum(c, type, FLAGS_CMSG);
		print_of_socket(c, type, d);
		break;
	case SOL_IP:
		print_enum(c, type, FLAGS_CMSG_IP);
		print_of_ip(c, type, d);
		break;
	case SOL_IPV6:
		print_enum(c, type, FLAGS_CMSG_IPV6);
		print_of_ipv6(c, type, d);
		break;
	default:
		out_hexnum(c->out, type);
	}
}

/* The whole is there, or the address is all that is shown. */
static bool readable(const struct call *c, uint64_t addr, uint64_t size)
{
	unsigned char piece[DATA_MAX];

	for (uint64_t at = 0; at < size; at += sizeof(piece)) {
		if (!mem_read(c, addr + at, piece,
			      size - at < sizeof(piece) ? (size_t)(size - at) : sizeof(piece)))
			return false;
	}
	return true;
}

/* The last message may be cut: what of it there is, is shown. One that is shorter than its own
 * header counts as one, so that each brings us on. */
void print_control(struct call *c, uint64_t addr, uint64_t size)
{
	static const struct field head_fields[] = {
		{ "len", T_ULONG }, { "level", T_U32 }, { "type", T_U32 }, { 0 }
	};
	const size_t word = word_size(c), head = fields_size(c, head_fields);
	unsigned char h[16];
	struct data d;
	uint64_t at = 0, len, left;
	unsigned shown = 0;

	if (!addr || !call_verbose(c) || size < head || size > CONTROL_MAX ||
	    !readable(c, addr, size)) {
		print_addr(c, addr);
		return;
	}
	out_putc(c->out, '[');
	while (!c->out->failed) {
		if (shown++)
			out_puts(c->out, ", ");
		left = size - at;
		if ((call_abbrev(c) && shown > c->opt->string_limit) || left < head ||
		    !mem_read(c, addr + at, h, head)) {
			out_puts(c->out, "...");
			if (left < head)
				out_printf(c->out, " /* %#" PRIx64 " */", addr + at);
			break;
		}
		len = (uint64_t)fields_get(c, h, head, head_fields, "len");
		out_printf(c->out, "{cmsg_len=%" PRIu64, len);
		d.addr = addr + at + head;
		d.len = len < head ? 0 : (len < left ? len : left) - head;
		d.have = d.len < sizeof(d.bytes) ? (size_t)d.len : sizeof(d.bytes);
		if (!mem_read(c, d.addr, d.bytes, d.have))
			d.have = 0;
		print_message(c, (uint32_t)fields_get(c, h, head, head_fields, "level"),
			      (uint32_t)fields_get(c, h, head, head_fields, "type"), &d);
		out_putc(c->out, '}');
		if (len < head)
			len = head;
		if (len >= left)
			break;
		at += (len + word - 1) / word * word;
		if (at >= size)
			break;
	}
	out_putc(c->out, ']');
}

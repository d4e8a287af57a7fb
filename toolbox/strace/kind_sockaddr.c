/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of sockets, by family (socket.h, un.h, netlink.h, if_packet.h, vm_sockets.h and others
 * of linux/); a family that is not here is shown as the bytes behind it.
 */
#include "net.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

/* Sizes of the kernel's structures; DATA is where that of a family begins. */
enum {
	DATA = 2,
	IN_SIZE = 16,
	IN6_SHORT = 24,
	IN6_SIZE = 28,
	UNIX_PATH = 108,
	NL_SIZE = 12,
	LL_HEAD = 12,
	LL_SIZE = 20,
	VM_SIZE = 16,
	XDP_SIZE = 16,
	ALG_HEAD = 24,
	ALG_NAME = 64,
	X25_SIZE = 18,
	IPX_SIZE = 16,
	QIP_SIZE = 12,
};

static uint16_t get16(const unsigned char *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static uint32_t get32(const unsigned char *p)
{
	return get16(p) | (uint32_t)get16(p + 2) << 16;
}

static uint32_t big32(const unsigned char *p)
{
	return ntohl(get32(p));
}

/* name="\x00\x50" with -X raw; the same with the text as a comment with -X verbose; false: the text
 * alone is wanted. */
static bool raw_bytes(struct call *c, const unsigned char *p, size_t n)
{
	if (c->opt->constants == CONST_ABBREV)
		return false;
	out_quoted(c->out, p, n, OUT_HEX_ALL, false);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " /* ");
	return true;
}

static void print_port(struct call *c, const char *name, const unsigned char *p)
{
	bool raw;

	print_member(c, name);
	raw = raw_bytes(c, p, 2);
	if (!raw || c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "htons(%u)%s", p[0] << 8 | p[1], raw ? " */" : "");
}

void print_in_addr(struct call *c, const char *name, const void *addr)
{
	char text[INET_ADDRSTRLEN] = "";
	bool raw;

	print_member(c, name);
	raw = raw_bytes(c, addr, 4);
	inet_ntop(AF_INET, addr, text, sizeof(text));
	if (!raw || c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "inet_addr(\"%s\")%s", text, raw ? " */" : "");
}

void print_in6_addr(struct call *c, const char *name, const void *addr)
{
	char text[INET6_ADDRSTRLEN] = "";

	inet_ntop(AF_INET6, addr, text, sizeof(text));
	if (c->opt->constants == CONST_ABBREV) {
		out_printf(c->out, "%sinet_pton(AF_INET6, \"%s\", &%s)",
			   c->out->len && c->out->data[c->out->len - 1] == '{' ? "" : ", ", text,
			   name);
		return;
	}
	print_member(c, name);
	raw_bytes(c, addr, 16);
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "inet_pton(AF_INET6, \"%s\") */", text);
}

void print_ifindex(struct call *c, uint32_t index)
{
	size_t start = c->out->len;
	bool named = false;

	if (c->opt->constants == CONST_RAW || !c->lookup || !c->lookup->ifname) {
		out_udec(c->out, index);
		return;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%" PRIu32 " /* ", index);
	out_puts(c->out, "if_nametoindex(\"");
	named = c->lookup->ifname(c->lookup->ctx, index, c->out);
	if (!named) {
		out_cut(c->out, start);
		out_udec(c->out, index);
		return;
	}
	out_puts(c->out, c->opt->constants == CONST_VERBOSE ? "\") */" : "\")");
}

void print_ether_proto(struct call *c, uint16_t big_endian)
{
	unsigned char p[2] = { big_endian & 0xff, (unsigned char)(big_endian >> 8) };
	uint16_t proto = ntohs(big_endian);
	const char *name = flags_name(c, proto, FLAGS_ETHER_TYPE);
	bool raw = raw_bytes(c, p, 2);

	if (raw && c->opt->constants == CONST_RAW)
		return;
	if (name)
		out_printf(c->out, "htons(%s)%s", name, raw ? " */" : "");
	else
		out_printf(c->out, raw ? "htons(%#x) */" : "htons(%#x /* ETH_P_??? */)", proto);
}

static void print_inet(struct call *c, const unsigned char *p)
{
	print_port(c, "sin_port", p);
	print_in_addr(c, "sin_addr", p + 2);
}

static void print_inet6(struct call *c, const unsigned char *p, size_t len)
{
	bool raw;

	print_port(c, "sin6_port", p);
	print_member(c, "sin6_flowinfo");
	raw = raw_bytes(c, p + 2, 4);
	if (!raw || c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "htonl(%" PRIu32 ")%s", big32(p + 2), raw ? " */" : "");
	print_in6_addr(c, "sin6_addr", p + 6);
	if (len <= IN6_SHORT)
		return;
	print_member(c, "sin6_scope_id");
	/* The scope is an interface's number where the address means nothing beyond the link. */
	if ((p[6] == 0xfe && (p[7] & 0xc0) == 0x80) || (p[6] == 0xff && (p[7] & 0x0f) == 2))
		print_ifindex(c, get32(p + 22));
	else
		out_udec(c->out, get32(p + 22));
}

/* A path ends where it likes; an abstract name, behind its NUL, is all bytes that are left. */
static void print_unix(struct call *c, const unsigned char *path, size_t n)
{
	if (!n)
		return;
	if (n > UNIX_PATH)
		n = UNIX_PATH;
	out_puts(c->out, ", sun_path=");
	if (!path[0]) {
		out_putc(c->out, '@');
		out_quoted(c->out, path + 1, n - 1, c->opt->hex, false);
	} else {
		out_quoted(c->out, path, strnlen((const char *)path, n), c->opt->hex, false);
	}
}

static void print_netlink(struct call *c, const unsigned char *p)
{
	if (get16(p))
		out_printf(c->out, ", nl_pad=%#x", get16(p));
	out_printf(c->out, ", nl_pid=%d, nl_groups=%#08" PRIx32, (int)get32(p + 2), get32(p + 6));
}

static void print_packet(struct call *c, const unsigned char *p, size_t len)
{
	unsigned halen = p[9];

	print_member(c, "sll_protocol");
	print_ether_proto(c, get16(p));
	print_member(c, "sll_ifindex");
	print_ifindex(c, get32(p + 2));
	print_member(c, "sll_hatype");
	print_enum(c, get16(p + 6), FLAGS_ARP_TYPE);
	print_member(c, "sll_pkttype");
	print_enum(c, p[8], FLAGS_PACKET_TYPE);
	out_printf(c->out, ", sll_halen=%u", halen);
	if (!halen)
		return;
	out_puts(c->out, ", sll_addr=[");
	for (unsigned i = 0; i < halen && LL_HEAD + i < len; i++) {
		out_puts(c->out, i ? ", " : "");
		out_hexnum(c->out, p[LL_HEAD - DATA + i]);
	}
	out_putc(c->out, ']');
}

static void print_vsock(struct call *c, const unsigned char *p)
{
	if (get16(p))
		out_printf(c->out, ", svm_reserved1=%#x", get16(p));
	print_member(c, "svm_cid");
	if (flags_name(c, get32(p + 6), FLAGS_VM_CID))
		print_enum(c, get32(p + 6), FLAGS_VM_CID);
	else
		out_hexnum(c->out, get32(p + 6));
	print_member(c, "svm_port");
	out_hexnum(c->out, get32(p + 2));
	print_member(c, "svm_flags");
	print_flags(c, p[10], FLAGS_VM_FLAGS);
	if (p[11] || p[12] || p[13]) {
		print_member(c, "svm_zero");
		out_quoted(c->out, p + 11, 3, OUT_HEX_ALL, false);
	}
}

static void print_chars(struct call *c, const unsigned char *p, size_t n)
{
	const unsigned char *end = memchr(p, '\0', n);

	out_quoted(c->out, p, end ? (size_t)(end - p) : n, c->opt->hex, false);
	if (!end)
		out_puts(c->out, "...");
}

/* A type of 14 bytes, two numbers, and a name of 64. */
static void print_alg(struct call *c, const unsigned char *p, size_t len)
{
	size_t name = len - ALG_HEAD < ALG_NAME ? len - ALG_HEAD : ALG_NAME;

	print_member(c, "salg_type");
	print_chars(c, p, 14);
	print_member(c, "salg_feat");
	print_flags(c, get32(p + 14), FLAGS_CRYPTO_ALG);
	print_member(c, "salg_mask");
	print_flags(c, get32(p + 18), FLAGS_CRYPTO_ALG);
	print_member(c, "salg_name");
	print_chars(c, p + ALG_HEAD - DATA, name);
}

static void print_xdp(struct call *c, const unsigned char *p)
{
	print_member(c, "sxdp_flags");
	print_flags(c, get16(p), FLAGS_XDP_BIND);
	print_member(c, "sxdp_ifindex");
	print_ifindex(c, get32(p + 2));
	out_printf(c->out, ", sxdp_queue_id=%" PRIu32 ", sxdp_shared_umem_fd=", get32(p + 6));
	print_fd(c, (int)get32(p + 10), false);
}

void print_mac(struct call *c, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out_printf(c->out, i ? ":%02x" : "%02x", p[i]);
}

static void print_bdaddr(struct call *c, const char *name, const unsigned char *p)
{
	bool raw;

	print_member(c, name);
	raw = raw_bytes(c, p, 6);
	if (raw && c->opt->constants == CONST_RAW)
		return;
	print_mac(c, p, 6);
	out_puts(c->out, raw ? " */" : "");
}

/* L2CAP's numbers: the well-known ones have names, those behind a first dynamic one are counted
 * from it. */
static void print_l2cap(struct call *c, uint16_t v, uint16_t flags_id, uint16_t low,
			uint16_t low_end, uint16_t high)
{
	const char *name = flags_name(c, v, flags_id), *base;
	uint16_t first = v > high ? high : v > low && v <= low_end ? low : 0;

	out_puts(c->out, "htobs(");
	if (name || !first || !(base = flags_name(c, first, flags_id)) ||
	    c->opt->constants == CONST_RAW)
		print_enum(c, v, flags_id);
	else if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#x /* %s+%u */", v, base, v - first);
	else
		out_printf(c->out, "%s+%u", base, v - first);
	out_putc(c->out, ')');
}

/* What protocol it is of shows only in its length. */
static bool print_bluetooth(struct call *c, const unsigned char *p, size_t len)
{
	enum { HCI = 6, SCO = 8, RFCOMM = 10, L2_OLD = 12, L2 = 14 };

	switch (len) {
	case HCI:
		out_printf(c->out, ", hci_dev=htobs(%u), hci_channel=", get16(p));
		print_enum(c, get16(p + 2), FLAGS_HCI_CHANNEL);
		return true;
	case SCO:
		print_bdaddr(c, "sco_bdaddr", p);
		return true;
	case RFCOMM:
		print_bdaddr(c, "rc_bdaddr", p);
		out_printf(c->out, ", rc_channel=%u", p[6]);
		return true;
	case L2_OLD:
	case L2:
		print_member(c, "l2_psm");
		print_l2cap(c, get16(p), FLAGS_L2CAP_PSM, 0x80, 0xff, 0x1001);
		print_bdaddr(c, "l2_bdaddr", p + 2);
		print_member(c, "l2_cid");
		print_l2cap(c, get16(p + 8), FLAGS_L2CAP_CID, 0, 0, 0x40);
		if (len == L2) {
			print_member(c, "l2_bdaddr_type");
			print_enum(c, p[10], FLAGS_BDADDR_TYPE);
		}
		return true;
	default:
		return false;
	}
}

static void print_ipx(struct call *c, const unsigned char *p)
{
	print_port(c, "sipx_port", p);
	out_printf(c->out, ", sipx_network=htonl(%#" PRIx32 "), sipx_node=[", big32(p + 2));
	for (unsigned i = 0; i < 6; i++) {
		out_puts(c->out, i ? ", " : "");
		out_hexnum(c->out, p[6 + i]);
	}
	out_puts(c->out, "], sipx_type=");
	out_hexnum(c->out, p[12]);
}

/* p lies behind the family; false, nothing printed: not a structure of the family, or it is not
 * known here. */
static bool print_known(struct call *c, unsigned family, const unsigned char *p, size_t len)
{
	if (family == AF_INET && len >= IN_SIZE)
		print_inet(c, p);
	else if (family == AF_INET6 && len >= IN6_SHORT)
		print_inet6(c, p, len);
	else if (family == AF_UNIX)
		print_unix(c, p, len - DATA);
	else if (family == AF_NETLINK && len >= NL_SIZE)
		print_netlink(c, p);
	else if (family == AF_PACKET && len >= LL_SIZE)
		print_packet(c, p, len);
	else if (family == AF_VSOCK && len >= VM_SIZE)
		print_vsock(c, p);
	else if (family == AF_ALG && len > ALG_HEAD)
		print_alg(c, p, len);
	else if (family == AF_XDP && len >= XDP_SIZE)
		print_xdp(c, p);
	else if (family == AF_BLUETOOTH)
		return print_bluetooth(c, p, len);
	else if (family == AF_IPX && len >= IPX_SIZE)
		print_ipx(c, p);
	else if (family == AF_X25 && len >= X25_SIZE) {
		out_puts(c->out, ", sx25_addr={x25_addr=");
		print_chars(c, p, X25_SIZE - DATA);
		out_putc(c->out, '}');
	} else if (family == AF_QIPCRTR && len >= QIP_SIZE) {
		out_printf(c->out, ", sq_node=%#" PRIx32 ", sq_port=%#" PRIx32, get32(p + 2),
			   get32(p + 6));
	} else
		return false;
	return true;
}

void print_sockaddr_bytes(struct call *c, const void *bytes, size_t len)
{
	unsigned char sa[SOCKADDR_MAX] = { 0 };
	unsigned family;

	if (len > sizeof(sa))
		len = sizeof(sa);
	memcpy(sa, bytes, len);
	family = get16(sa);
	out_puts(c->out, "{sa_family=");
	print_enum(c, family, FLAGS_AF);
	if (len > DATA && !print_known(c, family, sa + DATA, len)) {
		out_puts(c->out, ", sa_data=");
		out_quoted(c->out, sa + DATA, len - DATA, c->opt->hex, false);
	}
	out_putc(c->out, '}');
}

void print_sockaddr(struct call *c, uint64_t addr, uint64_t len)
{
	unsigned char sa[SOCKADDR_MAX];

	/* The kernel takes no longer one; no family fits into less. */
	if (len > sizeof(sa))
		len = sizeof(sa);
	if (len < DATA || !addr || !call_verbose(c) || !mem_read(c, addr, sa, (size_t)len))
		print_addr(c, addr);
	else
		print_sockaddr_bytes(c, sa, (size_t)len);
}

/* The parameter is the argument with the length, an int. */
bool kind_sockaddr(struct call *c, unsigned arg, uint16_t param)
{
	print_sockaddr(c, arg_ulong(c, arg), (uint32_t)arg_int(c, param % 6));
	return true;
}

/* --- an address that the call fills, and the int behind it: room for it before, its length
 * afterwards --- */

enum { HAVE_LENGTH = 1 }; /* in the upper half of what is kept: the room was read */

static bool read_length(struct call *c, unsigned arg, int *len)
{
	return arg_ulong(c, arg) && call_verbose(c) &&
	       mem_read(c, arg_ulong(c, arg), len, sizeof(*len));
}

void keep_sockaddr_room(struct call *c, unsigned len_arg)
{
	int room;

	if (read_length(c, len_arg, &room))
		c->keep[len_arg] = (uint64_t)HAVE_LENGTH << 32 | (uint32_t)room;
}

/* The parameter is the argument with the pointer to the length. */
bool kind_osockaddr(struct call *c, unsigned arg, uint16_t param)
{
	unsigned at = param % 6;
	uint64_t addr = arg_ulong(c, arg);
	int room, len;

	if (!c->exiting) {
		if (addr)
			keep_sockaddr_room(c, at);
		if (c->keep[at])
			return false;
		print_addr(c, addr);
		return true;
	}
	room = (int)(uint32_t)c->keep[at];
	/* What did not fit was not written. */
	if (c->error || !(c->keep[at] >> 32) || !read_length(c, at, &len))
		print_addr(c, addr);
	else
		print_sockaddr(c, addr, (uint32_t)(len < room ? len : room));
	return true;
}

bool kind_sock_len(struct call *c, unsigned arg, uint16_t param)
{
	int room = (int)(uint32_t)c->keep[arg], len;

	(void)param;
	if (!(c->keep[arg] >> 32)) {
		print_addr(c, arg_ulong(c, arg));
		return true;
	}
	if (!c->exiting)
		return false;
	if (!c->error && read_length(c, arg, &len) && len != room)
		out_printf(c->out, "[%d => %d]", room, len);
	else
		out_printf(c->out, "[%d]", room);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * netstat -i: the interfaces and their counters; with -e as ifconfig(8) shows them. Both to the column as net-tools
 * 2.10 has them.
 */
#include "links.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <linux/if_arp.h>
#include <string.h>
#include <sys/socket.h>

static const struct {
	uint32_t bit;
	const char *name;
} flag_names[] = {
	{ 0x1, "UP" },	     { 0x2, "BROADCAST" }, { 0x4, "DEBUG" },	 { 0x8, "LOOPBACK" },  { 0x10, "POINTOPOINT" },
	{ 0x20, "NOTRAILERS" }, { 0x40, "RUNNING" },  { 0x80, "NOARP" },	 { 0x100, "PROMISC" }, { 0x200, "ALLMULTI" },
	{ 0x800, "SLAVE" },  { 0x400, "MASTER" },  { 0x1000, "MULTICAST" }, { 0x8000, "DYNAMIC" },
};

/* The letters of the short table, in their order. */
static const struct {
	uint32_t bit;
	char letter;
} flag_letters[] = {
	{ 0x200, 'A' }, { 0x2, 'B' },  { 0x4, 'D' },   { 0x8, 'L' },   { 0x1000, 'M' }, { 0x8000, 'd' }, { 0x100, 'P' },
	{ 0x20, 'N' },	{ 0x80, 'O' }, { 0x10, 'P' }, { 0x800, 's' }, { 0x400, 'm' },	{ 0x40, 'R' },	 { 0x1, 'U' },
};

#define F_UP 0x1u
#define F_BROADCAST 0x2u
#define F_POINTOPOINT 0x10u

static void print_short(const struct link *l)
{
	const struct link_counters *n = &l->n;
	char flags[countof(flag_letters) + 1];
	char *p = flags;

	for (size_t i = 0; i < countof(flag_letters); i++)
		if (l->flags & flag_letters[i].bit)
			*p++ = flag_letters[i].letter;
	*p = '\0';
	out_printf("%-15s %5u ", l->name, l->mtu);
	if (l->alias)
		out_printf("%32s%24s", "- no statistics available -", "");
	else
		out_printf("%8ju %6ju %6ju %-6ju %8ju %6ju %6ju %6ju ", (uintmax_t)n->rx_packets, (uintmax_t)n->rx_errors,
			   (uintmax_t)n->rx_dropped, (uintmax_t)n->rx_fifo, (uintmax_t)n->tx_packets,
			   (uintmax_t)n->tx_errors, (uintmax_t)n->tx_dropped, (uintmax_t)n->tx_fifo);
	out_printf("%s\n", flags[0] ? flags : "[NO FLAGS]");
}

/* How the hardware address of a kind of interface is written. */
enum hardware_form { FORM_NONE, FORM_EMPTY, FORM_COLON, FORM_COLON_UPPER, FORM_DASH };
static const struct hardware {
	uint16_t type;
	const char *name, *title;
	enum hardware_form form;
	uint8_t len;
} hardware[] = {
	{ ARPHRD_ETHER, "ether", "Ethernet", FORM_COLON, 6 },
	{ ARPHRD_LOOPBACK, "loop", "Local Loopback", FORM_NONE, 0 },
	{ ARPHRD_TUNNEL, "tunnel", "IPIP Tunnel", FORM_EMPTY, 0 },
	{ ARPHRD_SIT, "sit", "IPv6-in-IPv4", FORM_NONE, 0 },
	{ ARPHRD_PPP, "ppp", "Point-to-Point Protocol", FORM_NONE, 0 },
	{ ARPHRD_CISCO, "hdlc", "(Cisco)-HDLC", FORM_NONE, 0 },
	{ ARPHRD_SLIP, "slip", "Serial Line IP", FORM_NONE, 0 },
	{ ARPHRD_CSLIP, "cslip", "VJ Serial Line IP", FORM_NONE, 0 },
	{ ARPHRD_SLIP6, "slip6", "6-bit Serial Line IP", FORM_NONE, 0 },
	{ ARPHRD_CSLIP6, "cslip6", "VJ 6-bit Serial Line IP", FORM_NONE, 0 },
	{ ARPHRD_ADAPT, "adaptive", "Adaptive Serial Line IP", FORM_NONE, 0 },
	{ ARPHRD_LAPB, "lapb", "LAPB", FORM_NONE, 0 },
	{ ARPHRD_FRAD, "frad", "Frame Relay Access Device", FORM_NONE, 0 },
	{ ARPHRD_EUI64, "eui64", "Generic EUI-64", FORM_COLON_UPPER, 8 },
	{ ARPHRD_HIPPI, "hippi", "HIPPI", FORM_COLON_UPPER, 6 },
	{ ARPHRD_FDDI, "fddi", "Fiber Distributed Data Interface", FORM_DASH, 6 },
};
/* Everything else; the address is padded to sixteen bytes. */
static const struct hardware unspec = { 0, "unspec", "UNSPEC", FORM_DASH, 16 };

static void print_hardware(const struct link *l)
{
	const struct hardware *h = &unspec;

	for (size_t i = 0; i < countof(hardware); i++)
		if (hardware[i].type == l->type)
			h = &hardware[i];
	out_printf("        %s%s", h->name, h->form == FORM_NONE ? "" : " ");
	for (size_t i = 0; i < h->len; i++) {
		unsigned byte = i < sizeof(l->address) ? l->address[i] : 0;

		if (i > 0)
			out_text(h->form == FORM_DASH ? "-" : ":");
		if (h->form == FORM_COLON)
			out_printf("%02x", byte);
		else
			out_printf("%02X", byte);
	}
	out_text("  ");
	if (l->queue != -1)
		out_printf("txqueuelen %d  ", l->queue);
	out_printf("(%s)\n", h->title);
}

/* "1.4 MiB": one digit behind the point, which is not rounded; the unit above counts from more than one of it. */
static void print_bytes(const char *what, uint64_t packets, uint64_t bytes)
{
	static const char *const units[] = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	unsigned u = 0;

	while (u + 1 < countof(units) && bytes > (uint64_t)1 << 10 * (u + 1))
		u++;
	uint64_t whole = bytes >> 10 * u;
	uint64_t rest = bytes - (whole << 10 * u);
	uint64_t tenth = rest * 10 >> 10 * u; /* the rest has 60 bits at most */

	out_printf("        %s packets %ju  bytes %ju (%ju.%ju %s)\n", what, (uintmax_t)packets, (uintmax_t)bytes,
		   (uintmax_t)whole, (uintmax_t)tenth, units[u]);
}

static void print_ipv4(const struct link *l)
{
	uint32_t mask = l->prefix == 0 ? 0 : 0xffffffffu << (32 - (l->prefix > 32 ? 32 : l->prefix));
	uint8_t mask_bytes[4] = { (uint8_t)(mask >> 24), (uint8_t)(mask >> 16), (uint8_t)(mask >> 8), (uint8_t)mask };
	char address[SOCK_ADDRESS_MAX], netmask[SOCK_ADDRESS_MAX], other[SOCK_ADDRESS_MAX];

	sock_fmt_address(address, AF_INET, l->ipv4);
	sock_fmt_address(netmask, AF_INET, mask_bytes);
	out_printf("        inet %s  netmask %s", address, netmask);
	if (l->flags & F_BROADCAST) {
		sock_fmt_address(other, AF_INET, l->broadcast);
		out_printf("  broadcast %s", other);
	}
	if (l->flags & F_POINTOPOINT) {
		sock_fmt_address(other, AF_INET, l->peer);
		out_printf("  destination %s", other);
	}
	out_text("\n");
}

static void print_ipv6(const struct link_ipv6 *a)
{
	const char *scope = a->scope == 0	 ? "<global>"
			    : a->scope == 0x10 ? "<host>"
			    : a->scope == 0x20 ? "<link>"
			    : a->scope == 0x40 ? "<site>"
			    : a->scope == 0x80 ? "<compat>"
					       : "<unknown>";
	char address[SOCK_ADDRESS_MAX];

	sock_fmt_address(address, AF_INET6, a->address);
	out_printf("        inet6 %s  prefixlen %u  scopeid 0x%x%s\n", address, a->prefix, a->scope, scope);
}

static void print_device(const struct link *l)
{
	if (!l->irq && !l->base && !l->memory_start && !l->dma)
		return;
	out_text("        device ");
	if (l->irq)
		out_printf("interrupt %u  ", l->irq);
	if (l->base >= 0x100) /* below lies what only the driver understands */
		out_printf("base 0x%jx  ", (uintmax_t)l->base);
	if (l->memory_start)
		out_printf("memory 0x%jx-%jx  ", (uintmax_t)l->memory_start, (uintmax_t)l->memory_end);
	if (l->dma)
		out_printf("  dma 0x%x", l->dma);
	out_text("\n");
}

static void print_long(const struct links *all, const struct link *l)
{
	const struct link_counters *n = &l->n;
	const char *comma = "";

	/* ifr_flags is a short. */
	out_printf("%s: flags=%d<", l->name, (int16_t)l->flags);
	for (size_t i = 0; i < countof(flag_names); i++)
		if (l->flags & flag_names[i].bit) {
			out_printf("%s%s", comma, flag_names[i].name);
			comma = ",";
		}
	out_printf(">  mtu %u\n", l->mtu);
	if (l->has_ipv4)
		print_ipv4(l);
	for (size_t i = 0; i < all->n_ipv6 && !l->alias; i++)
		if (all->ipv6[i].name[0] ? strcmp(all->ipv6[i].name, l->name) == 0 : all->ipv6[i].index == l->index)
			print_ipv6(&all->ipv6[i]);
	print_hardware(l);
	if (!l->alias) {
		print_bytes("RX", n->rx_packets, n->rx_bytes);
		out_printf("        RX errors %ju  dropped %ju  overruns %ju  frame %ju\n", (uintmax_t)n->rx_errors,
			   (uintmax_t)n->rx_dropped, (uintmax_t)n->rx_fifo, (uintmax_t)n->rx_frame);
		print_bytes("TX", n->tx_packets, n->tx_bytes);
		out_printf("        TX errors %ju  dropped %ju overruns %ju  carrier %ju  collisions %ju\n",
			   (uintmax_t)n->tx_errors, (uintmax_t)n->tx_dropped, (uintmax_t)n->tx_fifo, (uintmax_t)n->carrier,
			   (uintmax_t)n->collisions);
		print_device(l);
	}
	out_text("\n");
}

int view_interfaces(bool first)
{
	struct links all = { 0 };
	int r = links_load(&all);

	if (r < 0) {
		links_free(&all);
		return complain("the interfaces cannot be read: the kernel does not answer rtnetlink, and /proc/net/dev: %s",
				strerror(-r));
	}
	if (first)
		out_text("Kernel Interface table\n");
	if (options.extend == 0)
		out_text("Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n");
	for (size_t i = 0; i < all.n; i++) {
		if (!options.all && !(all.link[i].flags & F_UP))
			continue;
		if (options.extend > 0)
			print_long(&all, &all.link[i]);
		else
			print_short(&all.link[i]);
	}
	links_free(&all);
	return 0;
}

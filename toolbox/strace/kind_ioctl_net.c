/* SPDX-License-Identifier: GPL-2.0-only
 * ioctl(2) of network interfaces: struct ifreq by request, the list of SIOCGIFCONF (linux/if.h,
 * linux/sockios.h).
 */
#include "ioctl.h"

#include <inttypes.h>
#include <string.h>

enum { NAME = 16, REQ32 = 32, REQ64 = 40 };

enum part { ADDR, FLAGS, INT, HWADDR, MAP, NEWNAME };

static const struct request {
	uint16_t get, set;
	const char *name;
	uint8_t part;
} requests[] = {
	{ 0x8913, 0x8914, "ifr_flags", FLAGS },	  { 0x8915, 0x8916, "ifr_addr", ADDR },
	{ 0x8917, 0x8918, "ifr_dstaddr", ADDR },  { 0x8919, 0x891a, "ifr_broadaddr", ADDR },
	{ 0x891b, 0x891c, "ifr_netmask", ADDR },  { 0x891d, 0x891e, "ifr_metric", INT },
	{ 0x8921, 0x8922, "ifr_mtu", INT },	  { 0, 0x8923, "ifr_newname", NEWNAME },
	{ 0x8927, 0x8924, "ifr_hwaddr", HWADDR }, { 0x8933, 0, "ifr_ifindex", INT },
	{ 0x8942, 0x8943, "ifr_qlen", INT },	  { 0x8970, 0x8971, "ifr_map", MAP },
};

static size_t req_size(const struct call *c)
{
	return word_size(c) == 4 ? REQ32 : REQ64;
}

static void print_name(struct call *c, const char *name)
{
	out_quoted(c->out, name, strnlen(name, NAME), c->opt->hex, false);
	if (!memchr(name, '\0', NAME))
		out_puts(c->out, "...");
}

/* These requests are IPv4's only: the structure has no room for more. */
static void print_inet(struct call *c, const unsigned char *u)
{
	enum { INET = 2 };
	unsigned family = u[0] | (unsigned)u[1] << 8;

	out_puts(c->out, "{sa_family=");
	print_enum(c, family, FLAGS_AF);
	if (family == INET) {
		out_printf(c->out, ", sin_port=htons(%u), sin_addr=inet_addr(\"%u.%u.%u.%u\")}",
			   (unsigned)u[2] << 8 | u[3], u[4], u[5], u[6], u[7]);
	} else {
		out_puts(c->out, ", sa_data=");
		out_quoted(c->out, u + 2, 14, OUT_HEX_NONE, false);
		out_putc(c->out, '}');
	}
}

static const struct field map32_fields[] = {
	{ "mem_start", T_ULONG, F_HEX }, { "mem_end", T_ULONG, F_HEX }, { "base_addr", T_U16, F_HEX },
	{ "irq", T_U8, F_HEX }, { "dma", T_U8, F_HEX }, { "port", T_U8, F_HEX }, { 0 },
};

static void print_part(struct call *c, const struct request *r, const char *req)
{
	const unsigned char *u = (const unsigned char *)req + NAME;
	int32_t v;

	out_printf(c->out, ", %s=", r->name);
	memcpy(&v, u, sizeof(v));
	switch (r->part) {
	case ADDR:
		print_inet(c, u);
		break;
	case FLAGS:
		print_flags(c, (uint16_t)v, FLAGS_IF_FLAGS);
		break;
	case INT:
		out_printf(c->out, "%d", v);
		break;
	case HWADDR:
		out_puts(c->out, "{sa_family=");
		print_enum(c, (uint16_t)v, FLAGS_ARPHRD);
		out_printf(c->out, ", sa_data=%02x:%02x:%02x:%02x:%02x:%02x}", u[2], u[3], u[4], u[5], u[6],
			   u[7]);
		break;
	case MAP:
		fields_print(c, u, fields_size(c, map32_fields), map32_fields);
		break;
	case NEWNAME:
		print_name(c, (const char *)u);
		break;
	}
}

static enum answer ifreq(struct call *c, const struct request *r, unsigned arg, bool get)
{
	uint64_t addr = arg_ulong(c, arg);
	char req[REQ64];

	if (!c->exiting) {
		if (!read_in(c, addr, req, req_size(c)))
			return IOCTL_DONE;
		out_puts(c->out, "{ifr_name=");
		print_name(c, req);
		if (get)
			return IOCTL_WAIT;
		print_part(c, r, req);
		out_putc(c->out, '}');
		return IOCTL_DONE;
	}
	if (!c->error && mem_read(c, addr, req, req_size(c)))
		print_part(c, r, req);
	out_putc(c->out, '}');
	return IOCTL_DONE;
}

/* SIOCGIFNAME: from the index to the name. */
static enum answer ifname(struct call *c, unsigned arg)
{
	uint64_t addr = arg_ulong(c, arg);
	char req[REQ64];
	int32_t index;

	if (!c->exiting) {
		if (!read_in(c, addr, req, req_size(c)))
			return IOCTL_DONE;
		memcpy(&index, req + NAME, sizeof(index));
		out_printf(c->out, "{ifr_ifindex=%d", index);
		return IOCTL_WAIT;
	}
	if (!c->error && mem_read(c, addr, req, req_size(c))) {
		out_puts(c->out, ", ifr_name=");
		print_name(c, req);
	}
	out_putc(c->out, '}');
	return IOCTL_DONE;
}

static bool one_interface(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_puts(c->out, "{ifr_name=");
	print_name(c, element);
	out_puts(c->out, ", ifr_addr=");
	print_inet(c, (const unsigned char *)element + NAME);
	out_putc(c->out, '}');
	return true;
}

static enum answer ifconf(struct call *c, unsigned arg)
{
	static const struct field f[] = { { "len", T_S32 }, { "buf", T_PTR }, { 0 } };
	char conf[16];
	int len;
	uint64_t buf;

	if (!c->exiting) {
		if (!read_in(c, arg_ulong(c, arg), conf, fields_size(c, f)))
			return IOCTL_DONE;
		len = (int)field_load(c, T_S32, conf);
		buf = (uint64_t)fields_get(c, conf, sizeof(conf), f, "buf");
		out_puts(c->out, "{ifc_len=");
		if (buf)
			out_printf(c->out, "%d /* %d * sizeof(struct ifreq) */", len, len / (int)req_size(c));
		c->keep[arg] = buf;
		return IOCTL_WAIT;
	}
	if (c->error || !mem_read(c, arg_ulong(c, arg), conf, fields_size(c, f))) {
		out_puts(c->out, ", ifc_buf=");
		print_addr(c, c->keep[arg]);
		out_putc(c->out, '}');
		return IOCTL_DONE;
	}
	len = (int)field_load(c, T_S32, conf);
	buf = (uint64_t)fields_get(c, conf, sizeof(conf), f, "buf");
	out_printf(c->out, "%s%d /* %d * sizeof(struct ifreq) */, ifc_buf=", c->keep[arg] ? " => " : "", len,
		   len / (int)req_size(c));
	if (buf && len > 0) {
		print_array(c, buf, (unsigned)len / req_size(c), req_size(c), true, one_interface, NULL);
	} else {
		print_addr(c, buf);
	}
	out_putc(c->out, '}');
	return IOCTL_DONE;
}

enum answer ioctl_net(struct call *c, unsigned request, unsigned arg)
{
	enum { GIFNAME = 0x8910, GIFCONF = 0x8912 };

	if (request == GIFNAME)
		return ifname(c, arg);
	if (request == GIFCONF)
		return ifconf(c, arg);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (request && request == requests[i].get)
			return ifreq(c, &requests[i], arg, true);
		if (request && request == requests[i].set)
			return ifreq(c, &requests[i], arg, false);
	}
	return IOCTL_UNKNOWN;
}

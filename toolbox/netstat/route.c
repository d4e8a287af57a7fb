/* SPDX-License-Identifier: GPL-2.0-only
 * netstat -r: the kernel's routing tables from /proc/net/route and ipv6_route (net/ipv4/fib_trie.c,
 * net/ipv6/route.c), to the column as net-tools 2.10 has them.
 */
#include "route.h"
#include "field.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/names.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* linux/route.h, linux/ipv6_route.h */
#define UP 0x1u
#define GATEWAY 0x2u
#define HOST 0x4u
#define REJECT 0x200u
#define CACHE 0x1000000u

/* In the order of the letters. */
static const struct flag {
	uint32_t bit;
	char letter;
} flags4[] = {
	{ UP, 'U' },	   { GATEWAY, 'G' },   { HOST, 'H' },	   { 0x8, 'R' },	{ 0x10, 'D' },
	{ 0x20, 'M' },	   { 0x10000, 'd' },   { 0x20000, 'a' },   { 0x40000, 'c' },	{ 0x200000, 'o' },
	{ 0x400000, 'e' }, { CACHE, 'c' },     { 0x2000000, 'f' }, { 0x4000000, 'p' },	{ 0x80000000, 'l' },
	{ 0x40, 'u' },	   { 0x80, 'w' },      { 0x100, 'i' },	   { 0x400, 'n' },
}, flags6[] = {
	{ UP, 'U' },	   { REJECT, '!' },    { GATEWAY, 'G' },   { HOST, 'H' },	{ 0x10000, 'D' },
	{ 0x40000, 'A' },  { CACHE, 'C' },     { 0x20000, 'a' },   { 0x400000, 'e' },	{ 0x20, 'm' },
	{ 0x200000, 'n' }, { 0x2000000, 'f' },
};

void route_flags(char text[ROUTE_FLAGS_MAX], int family, uint32_t flags)
{
	const struct flag *f = family == AF_INET ? flags4 : flags6;
	size_t n = family == AF_INET ? countof(flags4) : countof(flags6);
	char *p = text;

	/* A route that rejects is not a way up, and has no gateway. */
	if (family == AF_INET && flags & REJECT) {
		*p++ = '!';
		flags &= ~(UP | GATEWAY);
	}
	for (size_t i = 0; i < n; i++)
		if (flags & f[i].bit)
			*p++ = f[i].letter;
	*p = '\0';
}

/* Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT */
bool route_parse4(const char *line, struct route *r)
{
	uint32_t to, via, mask, refs, use, metric;
	const char *p = line;

	*r = (struct route){ 0 };
	if (!field_word(&p, r->iface, sizeof(r->iface)) || !field_hex(&p, &to) || !field_hex(&p, &via) || !field_hex(&p, &r->flags) ||
	    !field_number(&p, &refs) || !field_number(&p, &use) || !field_number(&p, &metric) || !field_hex(&p, &mask) ||
	    !field_number(&p, &r->mtu) || !field_number(&p, &r->window) || !field_number(&p, &r->irtt))
		return false;
	memcpy(r->to, &to, sizeof(to));
	memcpy(r->via, &via, sizeof(via));
	memcpy(r->mask, &mask, sizeof(mask));
	r->refs = (int32_t)refs;
	r->use = (int32_t)use;
	r->metric = (int32_t)metric;
	return true;
}

/* to len from len via metric refs use flags iface */
bool route_parse6(const char *line, struct route *r)
{
	uint32_t to_len, from_len, refs, use, metric;
	uint8_t from[16];
	const char *p = line;

	*r = (struct route){ 0 };
	if (!field_bytes(&p, r->to, 16) || !field_hex(&p, &to_len) || !field_bytes(&p, from, 16) || !field_hex(&p, &from_len) ||
	    !field_bytes(&p, r->via, 16) || !field_hex(&p, &metric) || !field_hex(&p, &refs) || !field_hex(&p, &use) || !field_hex(&p, &r->flags) ||
	    !field_word(&p, r->iface, sizeof(r->iface)))
		return false;
	r->to_len = to_len;
	r->refs = (int32_t)refs;
	r->use = (int32_t)use;
	r->metric = (int32_t)metric;
	return true;
}

static bool is_host_route(const struct route *r)
{
	static const uint8_t all[4] = { 255, 255, 255, 255 };

	return r->flags & HOST || memcmp(r->mask, all, sizeof(all)) == 0;
}

static void want4(const struct route *r)
{
	if (is_host_route(r))
		host_want(AF_INET, r->to);
	host_want(AF_INET, r->via);
}

static void want6(const struct route *r)
{
	host_want(AF_INET6, r->to);
	host_want(AF_INET6, r->via);
}

static const char *destination(char buf[SOCK_ADDRESS_MAX], const struct route *r)
{
	const char *name = NULL;
	uint32_t to;

	memcpy(&to, r->to, sizeof(to));
	if (!options.numeric_hosts && to == 0)
		return "default";
	if (is_host_route(r))
		return host_text(buf, AF_INET, r->to);
	if (!options.numeric_hosts)
		name = names_network(ntohl(to));
	if (name)
		return name;
	sock_fmt_address(buf, AF_INET, r->to);
	return buf;
}

static void print4(const struct route *r)
{
	char to[SOCK_ADDRESS_MAX], via[SOCK_ADDRESS_MAX], mask[SOCK_ADDRESS_MAX], flags[ROUTE_FLAGS_MAX];
	bool reject = r->flags & REJECT;
	const char *iface = reject ? "-" : r->iface;

	if (!(r->flags & UP))
		return;
	route_flags(flags, AF_INET, r->flags);
	sock_fmt_address(mask, AF_INET, r->mask);
	out_printf("%-15.15s %-15.15s %-15s %-5s ", destination(to, r), reject ? "-" : host_text(via, AF_INET, r->via), mask,
		   flags);
	if (options.extend == 0) {
		if (reject)
			out_printf("%5s %-5s %6s %s\n", "-", "-", "-", iface);
		else
			out_printf("%5u %-5u %6u %s\n", r->mtu, r->window, r->irtt, iface);
		return;
	}
	out_printf("%-6d ", r->metric);
	if (options.extend == 1) {
		if (reject)
			out_printf("%-2s %7d %s\n", "-", 0, iface);
		else
			out_printf("%-2d %7d %s\n", r->refs, r->use, iface);
		return;
	}
	if (reject)
		out_printf("%-3s %6d %-8.6s %-5s %-6s %s\n", "-", 0, iface, "-", "-", "-");
	else
		out_printf("%-3d %6d %-8.6s %-5u %-6u %u\n", r->refs, r->use, iface, r->mtu, r->window, r->irtt);
}

static void print6(const struct route *r)
{
	char to_buf[SOCK_ADDRESS_MAX], via[SOCK_ADDRESS_MAX], flags[ROUTE_FLAGS_MAX];
	char *to = text_asprintf("%s/%u", host_text(to_buf, AF_INET6, r->to), r->to_len);

	route_flags(flags, AF_INET6, r->flags);
	out_printf("%-30s %-26s %-4s %-3d %d %6d %s\n", to ? to : "?", host_text(via, AF_INET6, r->via), flags, r->metric,
		   r->refs, r->use, r->iface);
	free(to);
}

static void print6_fib(const struct route *r)
{
	if (!(r->flags & CACHE))
		print6(r);
}

static void print6_cache(const struct route *r)
{
	if (r->flags & CACHE)
		print6(r);
}

static void header4(bool cache)
{
	out_text(cache ? "Kernel IP routing cache\nSource          Destination     Gateway         " :
			 "Kernel IP routing table\nDestination     Gateway         Genmask         ");
	out_text(options.extend == 0 ? "Flags   MSS Window  irtt Iface\n" :
		 options.extend == 1 ? "Flags Metric Ref    Use Iface\n" :
				       "Flags Metric Ref    Use Iface    MSS   Window irtt");
	if (options.extend > 1)
		out_text(cache ? "  TOS HHRef HHUptod     SpecDst\n" : "\n");
}

static void header6(bool cache)
{
	out_text(cache ? "Kernel IPv6 routing cache\n" : "Kernel IPv6 routing table\n");
	out_text("Destination                    Next Hop                   Flag Met Ref  Use If\n");
}

static int each(const struct proc_file *f, int family, void (*fn)(const struct route *r))
{
	bool strange = false;

	/* The IPv4 table has a line of titles. */
	for (const char *p = family == AF_INET ? proc_next_line(f->data) : *f->data ? f->data : NULL; p;
	     p = proc_next_line(p)) {
		struct route r;

		if (family == AF_INET ? route_parse4(p, &r) : route_parse6(p, &r))
			fn(&r);
		else
			strange = true;
	}
	return strange ? complain("a line of the routing table is not understood and left out") : 0;
}

static int table(int family)
{
	struct proc_file f = PROC_FILE_INIT;
	const char *path = family == AF_INET ? "proc/net/route" : "proc/net/ipv6_route";
	int r = proc_load(&f, path);
	int status = 0;

	if (r < 0) {
		proc_unload(&f);
		return complain("no %s routing table: /%s: %s", family == AF_INET ? "IPv4" : "IPv6", path, strerror(-r));
	}
	if (!options.numeric_hosts) {
		each(&f, family, family == AF_INET ? want4 : want6);
		names_host_resolve(NETSTAT_DNS_MS);
	}
	if (family == AF_INET6) {
		if (options.fib || !options.cache) {
			header6(false);
			status |= each(&f, family, print6_fib);
		}
		if (options.cache) {
			header6(true);
			status |= each(&f, family, print6_cache);
		}
	} else {
		header4(false);
		status |= each(&f, family, print4);
	}
	proc_unload(&f);
	return status;
}

/* The IPv4 routing cache went with Linux 3.6; its file has a line of titles ever since. */
static int cache4(void)
{
	struct proc_file f = PROC_FILE_INIT;
	int r = proc_load(&f, "proc/net/rt_cache");

	proc_unload(&f);
	if (r < 0)
		return complain("no IPv4 routing cache: /proc/net/rt_cache: %s", strerror(-r));
	header4(true);
	return 0;
}

int view_routes(bool first)
{
	int status = 0;

	(void)first;
	if (options.inet && (options.fib || !options.cache))
		status |= table(AF_INET);
	if (options.inet && options.cache)
		status |= cache4();
	if (options.inet6)
		status |= table(AF_INET6);
	return status;
}

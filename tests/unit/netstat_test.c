/* SPDX-License-Identifier: GPL-2.0-only
 * netstat's own parsers: routes, multicast groups, interfaces, SCTP, counters; good lines and hostile ones.
 */
#include "unit.h"
#include "toolbox/lib/base.h"
#include "toolbox/netstat/field.h"
#include "toolbox/netstat/groups.h"
#include "toolbox/netstat/links.h"
#include "toolbox/netstat/route.h"
#include "toolbox/netstat/sctp.h"
#include "toolbox/netstat/statistics.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct options options; /* of netstat.c, which is not here */

static void fields(void **state)
{
	const char *p = " \tab 12  -3 1f ff00 x\n9";
	char word[3];
	uint32_t v;
	uint8_t bytes[2];

	(void)state;
	assert_true(field_word(&p, word, sizeof(word)));
	assert_string_equal(word, "ab");
	assert_true(field_number(&p, &v));
	assert_int_equal(v, 12);
	assert_true(field_number(&p, &v));
	assert_int_equal((int32_t)v, -3);
	assert_true(field_hex(&p, &v));
	assert_int_equal(v, 0x1f);
	assert_true(field_bytes(&p, bytes, 2));
	assert_memory_equal(bytes, "\xff\0", 2);
	assert_false(field_number(&p, &v));
	assert_false(field_hex(&p, &v));
	assert_true(field_word(&p, word, sizeof(word)));
	assert_false(field_word(&p, word, sizeof(word))); /* the line ends */
	p = "abc";
	assert_false(field_word(&p, word, sizeof(word)));
	p = "123456789";
	assert_false(field_hex(&p, &v));
	p = "12x";
	assert_false(field_number(&p, &v));
	p = "99999999999999999999";
	assert_false(field_number(&p, &v));
}

static void routes(void **state)
{
	struct route r;

	(void)state;
	assert_true(route_parse4("eth0\t0002000A\t0100000A\t0003\t1\t-1\t100\t00FFFFFF\t1500\t65535\t7    ", &r));
	assert_string_equal(r.iface, "eth0");
	assert_memory_equal(r.to, "\x0a\0\2\0", 4);
	assert_memory_equal(r.via, "\x0a\0\0\1", 4);
	assert_memory_equal(r.mask, "\xff\xff\xff\0", 4);
	assert_int_equal(r.flags, 3);
	assert_int_equal(r.refs, 1);
	assert_int_equal(r.use, -1);
	assert_int_equal(r.metric, 100);
	assert_int_equal(r.mtu, 1500);
	assert_int_equal(r.window, 65535);
	assert_int_equal(r.irtt, 7);
	assert_true(route_parse6("fe800000000000000000000000000000 40 00000000000000000000000000000000 00 "
				 "00000000000000000000000000000001 00000100 00000001 00000002 80200001     eth0",
				 &r));
	assert_int_equal(r.to_len, 64);
	assert_int_equal(r.metric, 256);
	assert_int_equal(r.flags, 0x80200001);
	assert_int_equal(r.via[15], 1);
	static const char *const bad[] = {
		"", "eth0", "eth0\t0002000A\t0100000A\t0003\t1\t0\t100\t00FFFFFF\t1500\t65535",
		"eth0\t0002000X\t0100000A\t0003\t1\t0\t100\t00FFFFFF\t1500\t65535\t7",
		"eth0 000000000A 0100000A 0003 1 0 100 00FFFFFF 1500 65535 7",
		"fe8000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000001 1 1 1 1 eth0",
		"fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000001 1 1 1 1\neth0",
	};
	for (size_t i = 0; i < countof(bad); i++) {
		assert_false(route_parse4(bad[i], &r));
		assert_false(route_parse6(bad[i], &r));
	}
	/* Longer than any name of an interface. */
	char line[200];
	memset(line, 'e', 100);
	strcpy(line + 100, "\t0002000A\t0100000A\t0003\t1\t0\t100\t00FFFFFF\t1500\t65535\t7");
	assert_false(route_parse4(line, &r));
}

static void flags_of_routes(void **state)
{
	char text[ROUTE_FLAGS_MAX];

	(void)state;
	route_flags(text, AF_INET, 0x7);
	assert_string_equal(text, "UGH");
	route_flags(text, AF_INET, 0xfffffdff);
	assert_string_equal(text, "UGHRDMdacoecfpluwin");
	route_flags(text, AF_INET, 0xffffffff);
	assert_string_equal(text, "!HRDMdacoecfpluwin");
	route_flags(text, AF_INET6, 0xffffffff);
	assert_string_equal(text, "U!GHDACaemnf");
	route_flags(text, AF_INET6, 0);
	assert_string_equal(text, "");
}

static void groups(void **state)
{
	struct group g = { 0 };

	(void)state;
	assert_int_equal(group_parse4("2\teth0      :     3      V2", &g), 1);
	assert_int_equal(group_parse4("\t\t\t\tFB0000E0     7 0:00000000\t\t0", &g), 2);
	assert_string_equal(g.iface, "eth0");
	assert_memory_equal(g.address, "\xe0\0\0\xfb", 4);
	assert_int_equal(g.users, 7);
	assert_int_equal(group_parse4("\t\t\t\tFB0000E0", &g), 0);
	assert_int_equal(group_parse4("\t\t\t\tXY 1", &g), 0);
	assert_int_equal(group_parse4("eth0 2", &g), 0);
	assert_int_equal(group_parse4("", &g), 0);
	assert_true(group_parse6("1    lo              ff020000000000000000000000000001     1 0000000C 0", &g));
	assert_string_equal(g.iface, "lo");
	assert_int_equal(g.address[15], 1);
	assert_false(group_parse6("1    lo              ff0200000000000000000000000001     1 0000000C 0", &g));
	assert_false(group_parse6("lo", &g));
}

static void lines_of_net_dev(void **state)
{
	struct link l;

	(void)state;
	assert_true(links_parse_dev("  eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", &l));
	assert_string_equal(l.name, "eth0");
	assert_int_equal(l.n.rx_bytes, 1);
	assert_int_equal(l.n.rx_frame, 6);
	assert_int_equal(l.n.tx_bytes, 9);
	assert_int_equal(l.n.collisions, 14);
	assert_int_equal(l.n.carrier, 15);
	assert_true(links_parse_dev("a:b: 18446744073709551615 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", &l));
	assert_string_equal(l.name, "a:b");
	assert_true(l.n.rx_bytes == UINT64_MAX);
	assert_false(links_parse_dev("eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15", &l));
	assert_false(links_parse_dev("eth0: 18446744073709551616 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", &l));
	assert_false(links_parse_dev("eth0 1 2", &l));
	assert_false(links_parse_dev(": 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", &l));
	assert_false(links_parse_dev("", &l));
	/* What overflowed the buffer of others (CVE-2025-46836). */
	char line[300];
	memset(line, 'x', 200);
	strcpy(line + 200, ": 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16");
	assert_false(links_parse_dev(line, &l));
	line[63] = ':';
	line[64] = ' ';
	strcpy(line + 65, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16");
	assert_true(links_parse_dev(line, &l));
	assert_int_equal(strlen(l.name), 63);

	struct link_ipv6 a;
	assert_true(links_parse_inet6("fe800000000000000000000000000001 02 40 20 80     eth0", &a));
	assert_int_equal(a.prefix, 64);
	assert_int_equal(a.scope, 0x20);
	assert_string_equal(a.name, "eth0");
	assert_false(links_parse_inet6("fe800000000000000000000000000001 02 40 20 80", &a));
	assert_false(links_parse_inet6("fe80 02 40 20 80 eth0", &a));
}

static void interfaces_are_sorted_by_number(void **state)
{
	static const char *const sorted[] = { "a", "br0", "eth", "eth2", "eth10", "eth0:1", "eth2:x", "lo", "veth9", "veth10" };
	struct links l = { .link = calloc(countof(sorted), sizeof(struct link)), .n = countof(sorted) };

	(void)state;
	for (size_t i = 0; i < countof(sorted); i++)
		strcpy(l.link[i].name, sorted[countof(sorted) - 1 - i]);
	links_sort(&l);
	for (size_t i = 0; i < countof(sorted); i++)
		assert_string_equal(l.link[i].name, sorted[i]);
	links_free(&l);
}

_Alignas(struct nlmsghdr) static char buf[2048];

static struct nlmsghdr *begin(unsigned type, const void *payload, size_t n)
{
	struct nlmsghdr *h = (struct nlmsghdr *)buf;

	memset(buf, 0, sizeof(buf));
	*h = (struct nlmsghdr){ .nlmsg_len = (uint32_t)NLMSG_LENGTH(n), .nlmsg_type = (uint16_t)type };
	memcpy(NLMSG_DATA(h), payload, n);
	return h;
}

static void attribute(struct nlmsghdr *h, unsigned type, const void *data, size_t n)
{
	struct nlattr *a = (struct nlattr *)(buf + NLMSG_ALIGN(h->nlmsg_len));

	*a = (struct nlattr){ .nla_len = (uint16_t)(NLA_HDRLEN + n), .nla_type = (uint16_t)type };
	memcpy((char *)a + NLA_HDRLEN, data, n);
	h->nlmsg_len = (uint32_t)(NLMSG_ALIGN(h->nlmsg_len) + NLA_HDRLEN + n);
}

static void messages_of_rtnetlink(void **state)
{
	struct ifinfomsg link = { .ifi_index = 3, .ifi_flags = 0x1003, .ifi_type = 1 };
	struct ifaddrmsg address = { .ifa_family = AF_INET, .ifa_prefixlen = 24, .ifa_index = 3 };
	struct links l = { 0 };
	struct nlmsghdr *h = begin(RTM_NEWLINK, &link, sizeof(link));
	char name[100];

	(void)state;
	/* Names without an end, and longer than they can be; numbers that are too short. */
	memset(name, 'n', sizeof(name));
	attribute(h, IFLA_IFNAME, name, sizeof(name));
	attribute(h, IFLA_MTU, "\xdc\x05", 2);
	attribute(h, IFLA_ADDRESS, "\1\2\3\4\5\6\7\10\11\12", 10);
	attribute(h, IFLA_STATS64, "\7\0\0\0\0\0\0\0\1", 9);
	assert_int_equal(links_take(&l, h), 0);
	assert_int_equal(l.n, 1);
	assert_int_equal(strlen(l.link[0].name), 63);
	assert_int_equal(l.link[0].mtu, 1500);
	assert_int_equal(l.link[0].n.rx_packets, 7);
	assert_int_equal(l.link[0].address[7], 8);

	/* An address under a label of its own, then one under the same, then one of nobody. */
	h = begin(RTM_NEWADDR, &address, sizeof(address));
	attribute(h, IFA_LOCAL, "\x0a\0\0\1", 4);
	attribute(h, IFA_LABEL, "eth0:1", 6);
	assert_int_equal(links_take(&l, h), 0);
	h = begin(RTM_NEWADDR, &address, sizeof(address));
	attribute(h, IFA_LOCAL, "\x0a\0\0\2", 4);
	attribute(h, IFA_LABEL, "eth0:1", 7);
	assert_int_equal(links_take(&l, h), 0);
	address.ifa_index = 99;
	h = begin(RTM_NEWADDR, &address, sizeof(address));
	attribute(h, IFA_LOCAL, "\x0a\0\0\3", 4);
	assert_int_equal(links_take(&l, h), 0);
	assert_int_equal(l.n, 2);
	assert_true(l.link[1].alias);
	assert_string_equal(l.link[1].name, "eth0:1");
	assert_memory_equal(l.link[1].ipv4, "\x0a\0\0\1", 4);
	assert_false(l.link[0].has_ipv4);

	for (size_t n = 0; n < sizeof(link); n++) {
		h = begin(RTM_NEWLINK, &link, sizeof(link));
		h->nlmsg_len = (uint32_t)NLMSG_LENGTH(n);
		assert_int_equal(links_take(&l, h), 0);
	}
	assert_int_equal(l.n, 2);
	links_free(&l);
}

static void sctp(void **state)
{
	struct sctp_row r;
	uint8_t address[16];
	int family;

	(void)state;
	assert_true(sctp_parse("ffff88012e3d4a00 ffff8800b8ab6a80 2   10  29   11165   200 299689357 10.0.0.102 "
			       "2001:0db8:0000:0000:0000:0000:0000:0001 \n",
			       true, &r));
	assert_int_equal(r.sock.state, 10);
	assert_int_equal(r.sock.local_port, 11165);
	assert_int_equal(r.sock.uid, 200);
	assert_int_equal(r.sock.inode, 299689357);
	assert_true(sctp_next_address(&r.locals, &family, address));
	assert_int_equal(family, AF_INET);
	assert_memory_equal(address, "\x0a\0\0\x66", 4);
	assert_true(sctp_next_address(&r.locals, &family, address));
	assert_int_equal(family, AF_INET6);
	assert_int_equal(address[15], 1);
	assert_false(sctp_next_address(&r.locals, &family, address));

	assert_true(sctp_parse("a b 2 1 3 1205 963 3 7 200 273361167 11567 11166  10.0.0.102 <-> *10.0.0.109 10.0.0.77 \t    1000 "
			       "    2     2   10    0\n",
			       false, &r));
	assert_int_equal(r.sock.send_q, 3);
	assert_int_equal(r.sock.recv_q, 7);
	assert_int_equal(r.sock.remote_port, 11166);
	assert_true(sctp_next_address(&r.locals, &family, address));
	assert_false(sctp_next_address(&r.locals, &family, address));
	assert_true(sctp_next_address(&r.remotes, &family, address));
	assert_true(sctp_next_address(&r.remotes, &family, address));
	assert_false(sctp_next_address(&r.remotes, &family, address));
	static const char *const bad[] = {
		"", "a b", "a b 2 1 3 1205 963 3 7 200 273361167 11567 11166  10.0.0.102",
		"a b 2 1 3 1205 963 3 7 200 273361167 11567 99999  10.0.0.102 <-> 10.0.0.1",
		"a b 2 999 3 1205 963 3 7 200 273361167 11567 1  10.0.0.102 <-> 10.0.0.1",
		"a b 2 1 3 x 963 3 7 200 273361167 11567 1  10.0.0.102 <-> 10.0.0.1",
		"a b 2 1 3 1205 963 3 7 200 273361167 11567 1  10.0.0.102\n <-> 10.0.0.1",
	};
	for (size_t i = 0; i < countof(bad); i++)
		assert_false(sctp_parse(bad[i], false, &r));
	assert_false(sctp_parse("a b 2 10 29 70000 0 1 10.0.0.1", true, &r));
}

/* Each counter has one wording, and that has one place for the number. */
static void words(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_statistics_words; i++) {
		const struct statistics_word *w = &statistics_words[i];

		assert_ptr_equal(statistics_find(w->section, w->key), w);
		if (w->kind == HIDDEN) {
			assert_null(w->text);
			continue;
		}
		const char *mark = strchr(w->text, '#');
		assert_non_null(mark);
		assert_null(strchr(mark + 1, '#'));
	}
	assert_null(statistics_find("Tcp", "nonsense"));
	assert_null(statistics_find("nonsense", "InMsgs"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(routes),
		cmocka_unit_test(flags_of_routes),
		cmocka_unit_test(groups),
		cmocka_unit_test(lines_of_net_dev),
		cmocka_unit_test(interfaces_are_sorted_by_number),
		cmocka_unit_test(messages_of_rtnetlink),
		cmocka_unit_test(sctp),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Sockets from the lines of /proc/net and from netlink messages, good ones and hostile ones.
 */
#include "unit.h"
#include "toolbox/lib/netlink.h"
#include "toolbox/lib/sock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/net.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <sys/stat.h>

#define LINE4 "  12: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003  1000        4 123456 2 0000000000000000 20 4 30 10 -1"

static void a_line_of_tcp(void **state)
{
	struct sock s;

	(void)state;
	assert_true(sock_parse_line(LINE4, AF_INET, IPPROTO_TCP, &s));
	assert_memory_equal(s.local, "\x7f\0\0\1", 4);
	assert_memory_equal(s.remote, "\x0a\0\0\2", 4);
	assert_int_equal(s.local_port, 3306);
	assert_int_equal(s.remote_port, 40001);
	assert_int_equal(s.state, SOCK_ESTABLISHED);
	assert_int_equal(s.send_q, 16);
	assert_int_equal(s.recv_q, 32);
	assert_int_equal(s.timer, 2);
	assert_int_equal(s.expires_ms, 2550);
	assert_int_equal(s.retransmits, 3);
	assert_int_equal(s.probes, 4);
	assert_int_equal(s.uid, 1000);
	assert_int_equal(s.inode, 123456);
	assert_int_equal(s.family, AF_INET);
	assert_int_equal(s.protocol, IPPROTO_TCP);
}

static void a_line_of_tcp6(void **state)
{
	struct sock s;
	char text[SOCK_ADDRESS_MAX];

	(void)state;
	assert_true(sock_parse_line(
		"   0: B80D0120000000000000000001000000:1F90 0000000000000000FFFF00000100007F:9C45 0A 00000000:00000001 "
		"00:00000000 00000000     0        0 77 1 0000000000000000 100 0 0 10 0",
		AF_INET6, IPPROTO_TCP, &s));
	sock_fmt_address(text, AF_INET6, s.local);
	assert_string_equal(text, "2001:db8::1");
	sock_fmt_address(text, AF_INET6, s.remote);
	assert_string_equal(text, "127.0.0.1");
	assert_int_equal(s.state, SOCK_LISTEN);
	assert_int_equal(s.local_port, 8080);
}

static void lines_cut_short_are_refused(void **state)
{
	const char *end = strstr(LINE4, "123456");
	char line[sizeof(LINE4)];
	struct sock s;

	(void)state;
	for (size_t n = 0; n < (size_t)(end - LINE4); n++) {
		memcpy(line, LINE4, n);
		line[n] = '\0';
		assert_false(sock_parse_line(line, AF_INET, IPPROTO_TCP, &s));
	}
	assert_false(sock_parse_line(LINE4, AF_INET6, IPPROTO_TCP, &s));
}

static void broken_lines_are_refused(void **state)
{
	static const char *const bad[] = {
		"  sl  local_address rem_address   st tx_queue",
		"x: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 1000 4 1",
		"1: 0100007G:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 1000 4 1",
		"1: 0100007F 0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 1000 4 1",
		"1: 0100007F: CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 1000 4 1",
		"1: 0100007F:0CEA 0200000A:9C41 01 00000010 00000020 02:000000FF 00000003 1000 4 1",
		"1: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02 000000FF 00000003 1000 4 1",
		"1: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 4294967296 4 1",
		"1: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 -1 4 1",
		"1: 0100007F:0CEA 0200000A:9C41 01 00000010:00000020 02:000000FF 00000003 0 4 99999999999999999999",
	};
	struct sock s;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(sock_parse_line(bad[i], AF_INET, IPPROTO_TCP, &s));
}

/* --- netlink ----------------------------------------------------------------------------------------------- */

_Alignas(struct nlmsghdr) static char buf[4096];

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

static struct inet_diag_msg diag(void)
{
	struct inet_diag_msg m = { .idiag_family = AF_INET,
				   .idiag_state = SOCK_ESTABLISHED,
				   .idiag_timer = 1,
				   .idiag_retrans = 5,
				   .idiag_expires = 1234,
				   .idiag_rqueue = 7,
				   .idiag_wqueue = 8,
				   .idiag_uid = 33,
				   .idiag_inode = 99 };

	m.id.idiag_sport = htons(80);
	m.id.idiag_dport = htons(40000);
	m.id.idiag_src[0] = htonl(0x7f000001);
	return m;
}

static void a_message_of_sock_diag(void **state)
{
	struct inet_diag_msg m = diag();
	struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));
	struct sock s;

	(void)state;
	assert_true(sock_parse_message(h, IPPROTO_TCP, &s, NULL));
	assert_int_equal(s.local_port, 80);
	assert_int_equal(s.remote_port, 40000);
	assert_memory_equal(s.local, "\x7f\0\0\1", 4);
	assert_int_equal(s.recv_q, 7);
	assert_int_equal(s.send_q, 8);
	assert_int_equal(s.uid, 33);
	assert_int_equal(s.inode, 99);
	assert_int_equal(s.retransmits, 5);
	assert_int_equal(s.probes, 0);
	m.idiag_timer = 2;
	h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));
	assert_true(sock_parse_message(h, IPPROTO_TCP, &s, NULL));
	assert_int_equal(s.retransmits, 0);
	assert_int_equal(s.probes, 5);
}

static void a_listening_socket_keeps_its_backlog_apart(void **state)
{
	struct inet_diag_msg m = diag();
	struct sock_more more;
	struct sock s;

	(void)state;
	m.idiag_state = SOCK_LISTEN;
	struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));
	assert_true(sock_parse_message(h, IPPROTO_TCP, &s, &more));
	assert_int_equal(s.send_q, 0);
	assert_int_equal(more.backlog, 8);
	assert_false(more.known);
}

static void what_an_old_kernel_does_not_say_is_zero(void **state)
{
	struct inet_diag_msg m = diag();
	struct tcp_info t = { .tcpi_rtt = 1500, .tcpi_snd_cwnd = 10, .tcpi_bytes_acked = 77, .tcpi_retransmits = 2 };
	uint32_t memory[3] = { 111, 222, 333 };
	struct sock_more more;
	struct sock s;
	struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));

	(void)state;
	attribute(h, INET_DIAG_INFO, &t, offsetof(struct tcp_info, tcpi_pacing_rate));
	attribute(h, INET_DIAG_SKMEMINFO, memory, sizeof(memory));
	attribute(h, INET_DIAG_CONG, "cubic", 5); /* without its NUL */
	assert_true(sock_parse_message(h, IPPROTO_TCP, &s, &more));
	assert_true(more.known);
	assert_int_equal(more.rtt_us, 1500);
	assert_int_equal(more.cwnd, 10);
	assert_int_equal(more.bytes_acked, 0);
	assert_int_equal(more.rmem, 111);
	assert_int_equal(more.wmem, 0);
	assert_string_equal(more.congestion, "cubic");
	assert_int_equal(s.retransmits, 2);
	assert_int_equal(s.probes, 0);
}

static void messages_with_hostile_lengths(void **state)
{
	struct inet_diag_msg m = diag();
	struct tcp_info t = { .tcpi_rtt = 1500 };
	struct sock_more more;
	struct sock s;

	(void)state;
	for (size_t n = 0; n < sizeof(m); n++) {
		struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));

		h->nlmsg_len = (uint32_t)NLMSG_LENGTH(n);
		assert_false(sock_parse_message(h, IPPROTO_TCP, &s, &more));
	}
	/* Attributes that are too small to be one, or go on behind the message, are not looked at. */
	static const uint16_t lengths[] = { 0, 1, 3, 500, 65535 };
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));
		struct nlattr *a = (struct nlattr *)(buf + h->nlmsg_len);

		attribute(h, INET_DIAG_INFO, &t, sizeof(t));
		a->nla_len = lengths[i];
		assert_true(sock_parse_message(h, IPPROTO_TCP, &s, &more));
		assert_false(more.known);
	}
	struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));
	attribute(h, INET_DIAG_INFO, &t, 0);
	assert_true(sock_parse_message(h, IPPROTO_TCP, &s, &more));
	assert_true(more.known);
	assert_int_equal(more.rtt_us, 0);
	m.idiag_family = AF_UNIX;
	assert_false(sock_parse_message(begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m)), IPPROTO_TCP, &s, NULL));
	assert_false(sock_parse_message(begin(99, &m, sizeof(m)), IPPROTO_TCP, &s, NULL));
}

static int count(void *arg, const struct nlmsghdr *message)
{
	(void)message;
	return ++*(int *)arg == 5 ? -ECANCELED : 0;
}

static void datagrams(void **state)
{
	_Alignas(struct nlmsghdr) char data[256] = { 0 };
	struct nlmsghdr *h = (struct nlmsghdr *)data;
	int n = 0;
	int minus = -ENOENT;

	(void)state;
	assert_int_equal(netlink_each(data, 0, count, &n), 0);
	assert_int_equal(netlink_each(data, 7, count, &n), 0);
	/* A length of 0 would never end, one beyond the datagram would read on. */
	assert_int_equal(netlink_each(data, 64, count, &n), -EBADMSG);
	h->nlmsg_len = 65;
	assert_int_equal(netlink_each(data, 64, count, &n), -EBADMSG);
	h->nlmsg_len = 0xffffffff;
	assert_int_equal(netlink_each(data, 64, count, &n), -EBADMSG);
	assert_int_equal(n, 0);
	*h = (struct nlmsghdr){ .nlmsg_len = 17, .nlmsg_type = 99 };
	assert_int_equal(netlink_each(data, 17, count, &n), 0);
	assert_int_equal(n, 1);
	for (int i = 0; i < 16; i++)
		*(struct nlmsghdr *)(data + 16 * i) = (struct nlmsghdr){ .nlmsg_len = 16, .nlmsg_type = 99 };
	n = 0;
	assert_int_equal(netlink_each(data, 256, count, &n), -ECANCELED);
	assert_int_equal(n, 5);
	*h = (struct nlmsghdr){ .nlmsg_len = 16, .nlmsg_type = NLMSG_DONE };
	assert_int_equal(netlink_each(data, 256, count, &n), 1);
	*h = (struct nlmsghdr){ .nlmsg_len = 20, .nlmsg_type = NLMSG_DONE };
	memcpy(NLMSG_DATA(h), &minus, sizeof(minus));
	assert_int_equal(netlink_each(data, 256, count, &n), -ENOENT);
	h->nlmsg_type = NLMSG_ERROR;
	assert_int_equal(netlink_each(data, 256, count, &n), -ENOENT);
	h->nlmsg_len = 18;
	assert_int_equal(netlink_each(data, 256, count, &n), -EBADMSG);
}

/* --- addresses ------------------------------------------------------------------------------------------------ */

static void addresses_as_glibc_writes_them(void **state)
{
	static const char *const six[] = {
		"::", "::1", "1::", "::1:0:0:1", "1:0:0:2::", "2001:db8::1", "2001:db8:1:2:3:4:5:6", "0:1:2:3:4:5:6:7",
		"1:0:2:3:4:5:6:7", "1:0:2:0:3:0:4:0", "fe80::1:2:3:4", "ff02::1:ff00:2", "::1.2.3.4", "64:ff9b::102:304",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::fffe:0:1", "1::2:0:0:3", "1:0:0:2:0:0:0:3", "a:0:0:b:0:0:c:d",
		"::0.0.1.0", "::255.255.0.0", "::1:0", "0:0:1::",
	};
	static const char *const four[] = { "0.0.0.0", "127.0.0.1", "255.255.255.255", "10.20.100.200", "1.99.109.9" };
	char text[SOCK_ADDRESS_MAX];
	char want[64];
	uint8_t a[16];

	(void)state;
	for (size_t i = 0; i < sizeof(six) / sizeof(six[0]); i++) {
		assert_int_equal(inet_pton(AF_INET6, six[i], a), 1);
		assert_non_null(inet_ntop(AF_INET6, a, want, sizeof(want)));
		assert_int_equal(sock_fmt_address(text, AF_INET6, a), strlen(want));
		assert_string_equal(text, want);
	}
	for (size_t i = 0; i < sizeof(four) / sizeof(four[0]); i++) {
		assert_int_equal(inet_pton(AF_INET, four[i], a), 1);
		sock_fmt_address(text, AF_INET, a);
		assert_string_equal(text, four[i]);
	}
	inet_pton(AF_INET6, "::ffff:10.0.0.1", a);
	assert_true(sock_is_mapped(AF_INET6, a));
	assert_false(sock_is_mapped(AF_INET, a));
	assert_false(sock_is_any(AF_INET6, a));
	sock_fmt_address(text, AF_INET6, a);
	assert_string_equal(text, "10.0.0.1");
}

/* --- unix ----------------------------------------------------------------------------------------------------- */

struct seen {
	char text[1024];
	size_t rows;
};

static int see(void *arg, const struct sock_unix *s)
{
	struct seen *seen = arg;
	size_t n = strlen(seen->text);

	snprintf(seen->text + n, sizeof(seen->text) - n, "%u/", (unsigned)s->inode);
	n = strlen(seen->text);
	for (size_t i = 0; i < s->name_len && n + 2 < sizeof(seen->text); i++)
		seen->text[n++] = s->name[i] ? s->name[i] : '@';
	seen->text[n++] = '|';
	seen->text[n] = '\0';
	seen->rows++;
	return 0;
}

#define HEADER "Num       RefCount Protocol Flags    Type St Inode Path\n"
#define ROW(flags, st, inode) "0000000012345678: 00000002 00000000 " flags " 0001 " st " " inode

static const char *rows(const char *text, size_t n, struct sock_unix_names *names, struct seen *seen)
{
	*seen = (struct seen){ 0 };
	assert_int_equal(sock_unix_rows(text, n, names, see, seen), 0);
	return seen->text;
}

static void unix_text_alone_is_believed(void **state)
{
	static const char text[] = HEADER ROW("00010000", "01", "   17") " /run/a b\n" ROW("00000000", "03", "18") "\n"
		"rubbish\n" ROW("00000000", "03", "19") " @x@y\n" ROW("00000000", "03", "20");
	struct seen seen;

	(void)state;
	assert_string_equal(rows(text, sizeof(text) - 1, NULL, &seen), "17//run/a b|18/|19/@x@y|20/|");
	assert_string_equal(rows(HEADER, sizeof(HEADER) - 1, NULL, &seen), "");
	assert_string_equal(rows("", 0, NULL, &seen), "");
	assert_int_equal(sock_unix_rows(NULL, 0, NULL, see, &seen), -ENOENT);
}

static void add_name(struct sock_unix_names *names, unsigned inode, unsigned socket_state, const char *name, size_t n)
{
	struct unix_diag_msg m = { .udiag_family = AF_UNIX,
				   .udiag_type = SOCK_STREAM,
				   .udiag_state = (uint8_t)socket_state,
				   .udiag_ino = inode };
	struct nlmsghdr *h = begin(SOCK_DIAG_BY_FAMILY, &m, sizeof(m));

	if (n > 0)
		attribute(h, UNIX_DIAG_NAME, name, n);
	assert_int_equal(sock_unix_collect(names, h), 0);
}

/* A socket whose name holds a line end and a row of a socket that is not there, once bound, once as a connection that
 * waits; and a row behind it, which must be seen. */
static void forged_rows_are_not_believed(void **state)
{
#define FORGED "x\n" ROW("00010000", "01", "4711") " /forged"
	static const char text[] = HEADER ROW("00010000", "01", "17") " " FORGED "\n" ROW("00000000", "02", "0") " " FORGED "\n"
		ROW("00000000", "03", "18") " @a@b\n" ROW("00000000", "02", "0") " /nobody\n" ROW("00000000", "03", "19") "\n";
	struct sock_unix_names *names = sock_unix_names_new();
	struct seen seen;

	(void)state;
	add_name(names, 17, SOCK_LISTEN, FORGED, sizeof(FORGED));
	add_name(names, 18, SOCK_ESTABLISHED, "\0a\0b", 4);
	add_name(names, 19, SOCK_CLOSE, NULL, 0);
	rows(text, sizeof(text) - 1, names, &seen);
	assert_string_equal(seen.text, "17/" FORGED "|0/" FORGED "|18/@a@b|19/|");
	/* Without the text: what unix_diag alone can say. */
	rows(NULL, 0, names, &seen);
	assert_string_equal(seen.text, "17/" FORGED "|18/@a@b|19/|");
	sock_unix_names_free(names);
}

/* The name changed between the two answers: the row stays, under the name that is data. */
static void a_name_that_changed(void **state)
{
	static const char text[] = HEADER ROW("00010000", "01", "17") " /old\n" ROW("00000000", "03", "18") "\n";
	struct sock_unix_names *names = sock_unix_names_new();
	struct seen seen;

	(void)state;
	add_name(names, 17, SOCK_LISTEN, "/new name", 10);
	add_name(names, 18, SOCK_ESTABLISHED, NULL, 0);
	rows(text, sizeof(text) - 1, names, &seen);
	assert_string_equal(seen.text, "17//new name|18/|");
	sock_unix_names_free(names);
}

struct pair {
	uint64_t inode[2], peer[2];
	unsigned seen;
};

static int see_pair(void *arg, const struct sock_unix *s)
{
	struct pair *p = arg;

	for (int i = 0; i < 2; i++)
		if (s->inode == p->inode[i]) {
			p->peer[i] = s->peer;
			p->seen++;
		}
	return 0;
}

static void ends_of_a_pair(void **state)
{
	struct pair p = { 0 };
	struct stat st;
	int fd[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(fstat(fd[i], &st), 0);
		p.inode[i] = st.st_ino;
	}
	assert_int_equal(sock_each_unix(see_pair, &p), 0);
	assert_int_equal(p.seen, 2);
	assert_true(p.peer[0] == p.inode[1] && p.peer[1] == p.inode[0]);
	/* by the files of a process in the same namespace they are there too, but not who is whose peer */
	p.seen = 0;
	sock_of_process(getpid());
	assert_int_equal(sock_each_unix(see_pair, &p), 0);
	sock_of_process(0);
	assert_int_equal(p.seen, 2);
	assert_true(p.peer[0] == 0 && p.peer[1] == 0);
	close(fd[0]);
	close(fd[1]);
}

static void another_process(void **state)
{
	char path[SOCK_PATH_MAX];

	(void)state;
	sock_path(path, "netlink");
	assert_string_equal(path, "proc/net/netlink");
	sock_of_process(4711);
	sock_path(path, "netlink");
	assert_string_equal(path, "proc/4711/net/netlink");
	sock_of_process(0);
}

static void the_sockets_of_this_machine(void **state)
{
	struct seen seen = { 0 };
	int fd[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), 0);
	assert_int_equal(sock_each_unix(see, &seen), 0);
	assert_true(seen.rows >= 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_of_tcp),
		cmocka_unit_test(a_line_of_tcp6),
		cmocka_unit_test(lines_cut_short_are_refused),
		cmocka_unit_test(broken_lines_are_refused),
		cmocka_unit_test(a_message_of_sock_diag),
		cmocka_unit_test(a_listening_socket_keeps_its_backlog_apart),
		cmocka_unit_test(what_an_old_kernel_does_not_say_is_zero),
		cmocka_unit_test(messages_with_hostile_lengths),
		cmocka_unit_test(datagrams),
		cmocka_unit_test(addresses_as_glibc_writes_them),
		cmocka_unit_test(unix_text_alone_is_believed),
		cmocka_unit_test(forged_rows_are_not_believed),
		cmocka_unit_test(a_name_that_changed),
		cmocka_unit_test(ends_of_a_pair),
		cmocka_unit_test(another_process),
		cmocka_unit_test(the_sockets_of_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

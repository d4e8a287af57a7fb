/* SPDX-License-Identifier: GPL-2.0-only
 * Names from the files of an image and from name servers, good ones and hostile ones.
 */
#include "unit.h"
#include "toolbox/lib/names.h"
#include "toolbox/lib/names_hosts.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *service(const char *file, int protocol, uint16_t port)
{
	static struct names_table t;

	names_free(&t);
	assert_int_equal(names_parse(NAMES_SERVICES, file, &t), 0);
	return names_find(&t, names_service_key(protocol, port));
}

static void services(void **state)
{
	static const char file[] = "# Network services\n\nmysql\t\t3306/tcp\ndomain 53/tcp\ndomain 53/udp dns # names\n"
				   "first 99/tcp\nsecond 99/tcp\nlast 65535/sctp";

	(void)state;
	assert_string_equal(service(file, IPPROTO_TCP, 3306), "mysql");
	assert_null(service(file, IPPROTO_UDP, 3306));
	assert_string_equal(service(file, IPPROTO_UDP, 53), "domain");
	assert_string_equal(service(file, IPPROTO_TCP, 99), "first");
	assert_string_equal(service(file, IPPROTO_SCTP, 65535), "last");
	assert_null(service(file, IPPROTO_TCP, 1));
	assert_null(service("", IPPROTO_TCP, 1));
}

static void broken_services_are_no_names(void **state)
{
	static const char *const bad[] = {
		"x", "x 1", "x 1/", "x 1/tc", "x 1/tcpx", "x /tcp", "x 65537/tcp", "x -1/tcp", "#x 1/tcp", "x # 1/tcp",
		"\033[31mx 1/tcp", "x\\y 1/tcp", "x\x7f 1/tcp", "\303\244 1/tcp", "x 99999999999999999999/tcp", " 1/tcp",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_null(service(bad[i], IPPROTO_TCP, 1));
}

static void other_tables(void **state)
{
	struct names_table t = { 0 };

	(void)state;
	names_parse(NAMES_PROTOCOLS, "ip 0 IP\nicmp 1 ICMP\nipv6-icmp 58 IPv6-ICMP # x\nbad\n", &t);
	assert_string_equal(names_find(&t, 58), "ipv6-icmp");
	assert_string_equal(names_find(&t, 0), "ip");
	assert_null(names_find(&t, 2));
	names_free(&t);
	names_parse(NAMES_NETWORKS, "default 0.0.0.0\nloopback 127.0.0.0\nbad 1.2.3.4.5\nbad x\n", &t);
	assert_string_equal(names_find(&t, 0x7f000000), "loopback");
	assert_int_equal(t.n, 2);
	names_free(&t);
	names_parse(NAMES_USERS,
		    "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/:\nempty::7:\n:x:8:8\nx:x:-1:1\nx:x:12y:1\nx:x\nx\n"
		    "esc\033[1m:x:9:9::/:\nagain:x:0:0\nj\303\266rg:x:10:\n\n",
		    &t);
	assert_string_equal(names_find(&t, 0), "root");
	assert_string_equal(names_find(&t, 33), "www-data");
	assert_string_equal(names_find(&t, 7), "empty");
	assert_string_equal(names_find(&t, 9), "esc\\033[1m");
	assert_string_equal(names_find(&t, 10), "j\303\266rg");
	assert_null(names_find(&t, 8));
	assert_null(names_find(&t, 12));
	assert_int_equal(t.n, 6);
	names_free(&t);
}

/* --- hosts and resolv.conf --------------------------------------------------------------------------------- */

static void collect(void *arg, const uint8_t address[16], const char *name, size_t len)
{
	char digits[INET6_ADDRSTRLEN];
	char *text = arg;

	inet_ntop(AF_INET6, address, digits, sizeof(digits));
	snprintf(text + strlen(text), 1024 - strlen(text), "%s=%.*s|", digits, (int)len, name);
}

static void hosts(void **state)
{
	char text[1024] = "";

	(void)state;
	names_parse_hosts("# comment\n127.0.0.1\tlocalhost x\n  ::1 ip6-localhost # y\n10.0.0.1\n10.0.0.2 #z\nx y\n"
			  "1.2.3.4.5 no\nfe80::1%lo no\n\n10.0.0.3 last",
			  collect, text);
	assert_string_equal(text, "::ffff:127.0.0.1=localhost|::1=ip6-localhost|::ffff:10.0.0.3=last|");
	text[0] = '\0';
	names_parse_hosts("", collect, text);
	assert_string_equal(text, "");
}

static size_t resolv(const char *data, struct names_server servers[NAMES_SERVERS])
{
	return names_parse_resolv(data, servers);
}

static void name_servers(void **state)
{
	struct names_server s[NAMES_SERVERS];
	char text[INET6_ADDRSTRLEN];

	(void)state;
	assert_int_equal(resolv("search x\nnameserver 10.0.0.1\nnameserver\t::1 # x\n;nameserver 1.1.1.1\n"
				"nameserverx 1.1.1.1\nnameserver bad\n nameserver 1.1.1.1\noptions ndots:5\n",
				s),
			 2);
	assert_string_equal(inet_ntop(AF_INET6, s[0].address, text, sizeof(text)), "::ffff:10.0.0.1");
	assert_string_equal(inet_ntop(AF_INET6, s[1].address, text, sizeof(text)), "::1");
	assert_int_equal(resolv("nameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3\nnameserver 1.1.1.4\n", s), 3);
	assert_int_equal(resolv("nameserver fe80::1%lo\n", s), 1);
	assert_int_equal(s[0].scope, 1);
	/* Without one, it is the one on this host, as in resolv.conf(5). */
	assert_int_equal(resolv("", s), 1);
	assert_string_equal(inet_ntop(AF_INET6, s[0].address, text, sizeof(text)), "::ffff:127.0.0.1");
}

static void host_names(void **state)
{
	char longest[NAMES_HOST_MAX + 1];

	(void)state;
	memset(longest, 'a', sizeof(longest));
	assert_true(names_is_host("a-b_c.D9", 8));
	assert_false(names_is_host("", 0));
	assert_false(names_is_host("a b", 3));
	assert_false(names_is_host("a\033", 2));
	assert_false(names_is_host("a\\", 2));
	assert_true(names_is_host(longest, NAMES_HOST_MAX - 1));
	assert_false(names_is_host(longest, NAMES_HOST_MAX));
}

/* --- DNS ------------------------------------------------------------------------------------------------------ */

static const uint8_t v4[16] = { [10] = 0xff, [11] = 0xff, [12] = 10, [13] = 1, [14] = 200, [15] = 33 };
static const uint8_t v6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 0x5f };

static void questions(void **state)
{
	static const char want[] = "\x12\x34\x01\0\0\1\0\0\0\0\0\0\x02" "33\x03" "200\x01" "1\x02" "10\x07" "in-addr\x04" "arpa\0\0\x0c\0\x01";
	uint8_t q[NAMES_QUERY_MAX];

	(void)state;
	assert_int_equal(names_query(q, 0x1234, v4), sizeof(want) - 1);
	assert_memory_equal(q, want, sizeof(want) - 1);
	size_t n = names_query(q, 1, v6);
	assert_int_equal(n, 12 + 64 + 4 + 5 + 1 + 4);
	assert_memory_equal(q + 12, "\1f\0015\0010\0010", 8);
	assert_memory_equal(q + n - 14, "\3ip6\4arpa\0\0\x0c\0\1", 14);
}

struct answer {
	uint8_t query[NAMES_QUERY_MAX];
	size_t query_len;
	uint8_t data[1024];
	size_t len;
	char name[NAMES_HOST_MAX];
};

/* An answer to the question for v4 with that many records, which are still to come. */
static void begin(struct answer *a, unsigned rcode, unsigned records)
{
	memset(a, 0, sizeof(*a));
	a->query_len = names_query(a->query, 0x1234, v4);
	memcpy(a->data, a->query, a->query_len);
	a->data[2] = 0x81;
	a->data[3] = (uint8_t)(0x80 | rcode);
	a->data[7] = (uint8_t)records;
	a->len = a->query_len;
}

static void bytes(struct answer *a, const char *data, size_t n)
{
	memcpy(a->data + a->len, data, n);
	a->len += n;
}

/* A record of the question's name with these contents. */
static void record(struct answer *a, unsigned type, const char *data, size_t n)
{
	bytes(a, (char[]){ (char)0xc0, 12, 0, (char)type, 0, 1, 0, 0, 0, 60, (char)(n >> 8), (char)n }, 12);
	bytes(a, data, n);
}

static enum names_answer read_answer(struct answer *a)
{
	/* Exactly as large as it is: one byte read beyond it is found. */
	uint8_t *copy = malloc(a->len ? a->len : 1);

	memcpy(copy, a->data, a->len);
	enum names_answer r = names_answer(copy, a->len, a->query, a->query_len, a->name);
	free(copy);
	return r;
}

#define DB "\2db\7example\4test\0"

static void answers(void **state)
{
	struct answer a;

	(void)state;
	begin(&a, 0, 1);
	record(&a, 12, DB, sizeof(DB) - 1);
	assert_int_equal(read_answer(&a), NAMES_FOUND);
	assert_string_equal(a.name, "db.example.test");

	/* Through an alias, as of RFC 2317, and with a name that points back. */
	begin(&a, 0, 2);
	record(&a, 5, "\0018\xc0\x0c", 4);
	bytes(&a, "\0018\xc0\x0c\0\x0c\0\1\0\0\0\1\0\x06\3www\xc0", 19);
	bytes(&a, (char[]){ 12 + 3 + 4 + 2 + 3 }, 1); /* in-addr.arpa */
	assert_int_equal(read_answer(&a), NAMES_FOUND);
	assert_string_equal(a.name, "www.in-addr.arpa");

	/* The server wrote our question in another case. */
	begin(&a, 0, 1);
	a.data[a.query_len - 9] = 'A';
	record(&a, 12, DB, sizeof(DB) - 1);
	assert_int_equal(read_answer(&a), NAMES_FOUND);

	begin(&a, 3, 0);
	assert_int_equal(read_answer(&a), NAMES_NONE);
	begin(&a, 2, 0);
	assert_int_equal(read_answer(&a), NAMES_TRY_NEXT);
	begin(&a, 5, 0);
	assert_int_equal(read_answer(&a), NAMES_TRY_NEXT);
	begin(&a, 0, 0);
	assert_int_equal(read_answer(&a), NAMES_NONE);
}

static void answers_to_others(void **state)
{
	struct answer a;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		begin(&a, 0, 1);
		record(&a, 12, DB, sizeof(DB) - 1);
		switch (i) {
		case 0: a.data[1] ^= 1; break;		  /* another number */
		case 1: a.data[2] &= 0x7f; break;	  /* a question */
		case 2: a.data[2] |= 0x08; break;	  /* an answer to something else */
		case 3: a.data[5] = 2; break;		  /* two questions */
		case 4: a.data[14] ^= 1; break;		  /* of another address */
		case 5: a.data[a.query_len - 3] = 1; break; /* of another type */
		}
		assert_int_equal(read_answer(&a), NAMES_NOT_OURS);
	}
}

static void answers_cut_short(void **state)
{
	struct answer a;

	(void)state;
	begin(&a, 0, 2);
	record(&a, 5, "\0018\xc0\x0c", 4);
	record(&a, 12, DB, sizeof(DB) - 1);
	size_t whole = a.len;
	for (a.len = 0; a.len < whole; a.len++) {
		enum names_answer r = read_answer(&a);

		assert_int_equal(r, a.len < a.query_len ? NAMES_NOT_OURS : NAMES_NONE);
	}
	assert_int_equal(read_answer(&a), NAMES_FOUND);
}

static void hostile_names(void **state)
{
	struct answer a;
	char text[300];

	(void)state;
	static const struct {
		const char *data;
		size_t n;
	} bad[] = {
#define BAD(s) { s, sizeof(s) - 1 }
		BAD("\6\033[31mx\0"), BAD("\3a b\0"), BAD("\3a\nb\0"), BAD("\3a.b\0"), BAD("\2\303\244\0"), BAD("\2a\0\0"),
		BAD("\0"), BAD("\100x\0"), BAD("\200x\0"), BAD("\5abc\0"), BAD("\xc0"), BAD("\xff\xff"), BAD("\3abc"),
	};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		begin(&a, 0, 1);
		record(&a, 12, bad[i].data, bad[i].n);
		assert_int_equal(read_answer(&a), NAMES_NONE);
	}
	/* A pointer to itself, and one that leads to it. */
	begin(&a, 0, 1);
	record(&a, 12, (char[]){ (char)0xc0, (char)(a.len + 12) }, 2);
	assert_int_equal(read_answer(&a), NAMES_NONE);
	begin(&a, 0, 1);
	record(&a, 12, (char[]){ 1, 'a', (char)0xc0, (char)(a.len + 12) }, 4);
	assert_int_equal(read_answer(&a), NAMES_NONE);
	/* 255 bytes are the longest name. */
	begin(&a, 0, 1);
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < sizeof(text); i += 10)
		text[i] = 9;
	text[290] = 0;
	record(&a, 12, text, 291);
	assert_int_equal(read_answer(&a), NAMES_NONE);
	begin(&a, 0, 1);
	text[250] = 0;
	record(&a, 12, text, 251);
	assert_int_equal(read_answer(&a), NAMES_FOUND);
	assert_int_equal(strlen(a.name), 249);
	/* A length that goes beyond the packet. */
	begin(&a, 0, 1);
	record(&a, 12, DB, sizeof(DB) - 1);
	a.data[a.query_len + 11] = 200;
	assert_int_equal(read_answer(&a), NAMES_NONE);
	/* More records promised than there are. */
	begin(&a, 0, 255);
	record(&a, 5, DB, sizeof(DB) - 1);
	assert_int_equal(read_answer(&a), NAMES_NONE);
}

/* --- a name server on the loopback device ------------------------------------------------------------------- */

static uint16_t port_of(int fd)
{
	struct sockaddr_in a;
	socklen_t n = sizeof(a);

	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &n), 0);
	return ntohs(a.sin_port);
}

static int listen_udp(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	return fd;
}

/* Answers every question with a name made of its first label; the first time not at all. */
static void *serve(void *arg)
{
	int fd = *(int *)arg;
	struct sockaddr_in from;
	socklen_t from_len = sizeof(from);
	uint8_t data[512];
	bool first = true;
	ssize_t n;

	while ((n = recvfrom(fd, data, sizeof(data), 0, (struct sockaddr *)&from, &from_len)) > 12) {
		struct answer a = { 0 };

		if (first) {
			first = false;
			continue;
		}
		memcpy(a.data, data, (size_t)n);
		a.len = (size_t)n;
		a.data[2] = 0x81;
		a.data[7] = 1;
		char name[] = "\1h\3???\4test";
		memcpy(name + 3, "000", 3);
		memcpy(name + 3 + 3 - data[12], data + 13, data[12]);
		record(&a, 12, name, sizeof(name));
		sendto(fd, a.data, a.len, 0, (struct sockaddr *)&from, from_len);
	}
	return NULL;
}

static void many_names_at_once(void **state)
{
	enum { N = 250 };
	struct names_server servers[NAMES_SERVERS];
	struct names_question *q = calloc(N, sizeof(*q));
	int fd = listen_udp();
	pthread_t thread;
	char want[32];

	(void)state;
	assert_int_equal(names_parse_resolv("", servers), 1);
	assert_int_equal(pthread_create(&thread, NULL, serve, &fd), 0);
	for (unsigned i = 0; i < N; i++) {
		memcpy(q[i].address, v4, 16);
		q[i].address[15] = (uint8_t)i;
	}
	assert_true(names_ask(servers, 1, port_of(fd), q, N, 20000));
	for (unsigned i = 0; i < N; i++) {
		snprintf(want, sizeof(want), "h.%03u.test", i);
		assert_non_null(q[i].name);
		assert_string_equal(q[i].name, want);
		free(q[i].name);
	}
	/* An empty packet from ourselves ends the thread. */
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port_of(fd)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	sendto(fd, "", 0, 0, (struct sockaddr *)&to, sizeof(to));
	pthread_join(thread, NULL);
	close(fd);
	free(q);
}

static void a_name_server_that_is_silent_or_gone(void **state)
{
	struct names_question q[300] = { 0 };
	struct names_server servers[NAMES_SERVERS];
	int fd = listen_udp();
	uint16_t port = port_of(fd);

	(void)state;
	names_parse_resolv("", servers);
	for (unsigned i = 0; i < 300; i++) {
		memcpy(q[i].address, v4, 16);
		q[i].address[14] = (uint8_t)(i >> 8);
		q[i].address[15] = (uint8_t)i;
	}
	assert_false(names_ask(servers, 1, port, q, 300, 400));
	close(fd);
	/* Nobody is there: the kernel says so, and there is nothing to wait for. */
	assert_false(names_ask(servers, 1, port, q, 300, 3600 * 1000));
	for (unsigned i = 0; i < 300; i++)
		assert_null(q[i].name);
	/* Nothing left to ask. */
	for (unsigned i = 0; i < 300; i++)
		q[i].settled = true;
	assert_true(names_ask(servers, 1, port, q, 300, 3600 * 1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services),
		cmocka_unit_test(broken_services_are_no_names),
		cmocka_unit_test(other_tables),
		cmocka_unit_test(hosts),
		cmocka_unit_test(name_servers),
		cmocka_unit_test(host_names),
		cmocka_unit_test(questions),
		cmocka_unit_test(answers),
		cmocka_unit_test(answers_to_others),
		cmocka_unit_test(answers_cut_short),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(many_names_at_once),
		cmocka_unit_test(a_name_server_that_is_silent_or_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

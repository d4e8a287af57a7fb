/*
 * zoo: one socket of every kind and in every state that can be made to stay, for the tests of netstat. Run it
 * as root in a network namespace of its own with `lo` up. It prints "ready" when all stand, and ends when
 * standard input does.
 *
 * The states that need a peer who does not answer (SYN_RECV, FIN_WAIT1, CLOSING, LAST_ACK) are made over a tun
 * device, on whose other side this program plays the peer: 10.7.0.1 is the kernel's end, 10.7.0.2 ours.
 * Names of unix sockets are below the current directory, or abstract.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "zoo: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int must(int r, const char *what)
{
	if (r < 0)
		die(what);
	return r;
}

/* --- internet sockets over lo ------------------------------------------------------------------------------ */

static socklen_t address(struct sockaddr_storage *a, const char *text, unsigned port)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)a;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)a;

	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		return sizeof(*v4);
	}
	memset(a, 0, sizeof(*a));
	if (inet_pton(AF_INET6, text, &v6->sin6_addr) != 1)
		die(text);
	v6->sin6_family = AF_INET6;
	v6->sin6_port = htons((uint16_t)port);
	return sizeof(*v6);
}

static int make(int type, int protocol, const char *local, unsigned port)
{
	struct sockaddr_storage a;
	socklen_t len = address(&a, local, port);
	int fd = must(socket(a.ss_family, type, protocol), "socket");
	int one = 1;
	int zero = 0;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (a.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero));
	must(bind(fd, (struct sockaddr *)&a, len), "bind");
	return fd;
}

static void join(int fd, const char *remote, unsigned port)
{
	struct sockaddr_storage a;
	socklen_t len = address(&a, remote, port);

	if (connect(fd, (struct sockaddr *)&a, len) < 0 && errno != EINPROGRESS)
		die("connect");
}

static int server(const char *local, unsigned port, int backlog)
{
	int fd = make(SOCK_STREAM, 0, local, port);

	must(listen(fd, backlog), "listen");
	return fd;
}

/* A connection to a server; its two ends in fd. */
static void pair(int listener, const char *from, unsigned from_port, const char *to, unsigned port, int fd[2])
{
	fd[0] = make(SOCK_STREAM, 0, from, from_port);
	join(fd[0], to, port);
	fd[1] = must(accept(listener, NULL, NULL), "accept");
}

static void over_lo(void)
{
	int listener = server("127.0.0.1", 3306, 10);
	int full = server("127.0.0.1", 8081, 0);
	int six = server("::", 8080, 10);
	int one = 1;
	int fd[2];

	pair(listener, "127.0.0.1", 40001, "127.0.0.1", 3306, fd); /* ESTABLISHED, with something in a queue */
	setsockopt(fd[0], SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
	if (write(fd[1], "12345", 5) != 5)
		die("write");
	pair(listener, "127.0.0.1", 40002, "127.0.0.1", 3306, fd); /* FIN_WAIT2 and CLOSE_WAIT */
	shutdown(fd[0], SHUT_WR);
	pair(listener, "127.0.0.1", 40003, "127.0.0.1", 3306, fd); /* TIME_WAIT */
	close(fd[0]);
	usleep(50000);
	close(fd[1]);
	pair(six, "::1", 40004, "::1", 8080, fd);
	pair(six, "127.0.0.1", 40005, "127.0.0.1", 8080, fd); /* its server's end is an IPv4-mapped one */

	/* One connection fills the queue, the next waits in SYN_SENT. */
	join(make(SOCK_STREAM, 0, "127.0.0.1", 40006), "127.0.0.1", 8081);
	join(make(SOCK_STREAM | SOCK_NONBLOCK, 0, "127.0.0.1", 40007), "127.0.0.1", 8081);
	(void)full;

	make(SOCK_DGRAM, 0, "0.0.0.0", 53);
	make(SOCK_DGRAM, 0, "::", 5353);
	join(make(SOCK_DGRAM, 0, "127.0.0.1", 40010), "127.0.0.1", 53);
	join(make(SOCK_DGRAM, 0, "::1", 40011), "::1", 5353);
	join(make(SOCK_DGRAM, 0, "::ffff:127.0.0.1", 40012), "::ffff:127.0.0.1", 53);
	fd[0] = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	struct sockaddr_storage to;
	socklen_t len = address(&to, "127.0.0.1", 53);
	must((int)sendto(fd[0], "xyz", 3, 0, (struct sockaddr *)&to, len), "sendto"); /* waits in the queue of port 53 */
	close(fd[0]);
	/* Not every kernel has UDP-Lite. */
	if ((fd[0] = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE)) >= 0) {
		close(fd[0]);
		make(SOCK_DGRAM, IPPROTO_UDPLITE, "127.0.0.1", 40020);
		make(SOCK_DGRAM, IPPROTO_UDPLITE, "::1", 40021);
	}
	make(SOCK_RAW, IPPROTO_ICMP, "0.0.0.0", 0);
	make(SOCK_RAW, 253, "127.0.0.1", 0);
	join(make(SOCK_RAW, 89, "127.0.0.1", 0), "127.0.0.1", 0);
	make(SOCK_RAW, IPPROTO_ICMPV6, "::", 0);
}

/* --- a peer that does not answer, over tun ----------------------------------------------------------------- */

static int tun;

static uint32_t sum(const void *data, size_t n, uint32_t s)
{
	const uint8_t *p = data;

	for (size_t i = 0; i < n; i++)
		s += i % 2 ? p[i] : (uint32_t)p[i] << 8;
	return s;
}

static uint16_t fold(uint32_t s)
{
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return htons((uint16_t)~s);
}

struct packet {
	struct iphdr ip;
	struct tcphdr tcp;
};

static void say(uint16_t from, uint16_t to, uint32_t seq, uint32_t ack, bool syn, bool fin)
{
	struct packet p = { 0 };

	p.ip = (struct iphdr){ .version = 4, .ihl = 5, .tot_len = htons(sizeof(p)), .ttl = 64, .protocol = IPPROTO_TCP };
	p.ip.saddr = inet_addr("10.7.0.2");
	p.ip.daddr = inet_addr("10.7.0.1");
	p.ip.check = fold(sum(&p.ip, sizeof(p.ip), 0));
	p.tcp.source = htons(from);
	p.tcp.dest = htons(to);
	p.tcp.seq = htonl(seq);
	p.tcp.ack_seq = htonl(ack);
	p.tcp.doff = 5;
	p.tcp.window = htons(1000);
	p.tcp.syn = syn;
	p.tcp.fin = fin;
	p.tcp.ack = ack != 0;
	p.tcp.check = fold(sum(&p.tcp, sizeof(p.tcp), sum(&p.ip.saddr, 8, IPPROTO_TCP + sizeof(p.tcp))));
	if (write(tun, &p, sizeof(p)) != sizeof(p))
		die("write to tun");
}

/* Waits for the kernel's SYN-ACK to this port of ours; returns its sequence number. */
static uint32_t heard_syn(uint16_t port)
{
	for (;;) {
		struct packet p;
		char buf[2048];
		struct pollfd wait = { .fd = tun, .events = POLLIN };

		if (poll(&wait, 1, 5000) != 1) {
			errno = ETIMEDOUT;
			die("no SYN-ACK over tun");
		}
		ssize_t n = read(tun, buf, sizeof(buf));
		if (n < (ssize_t)sizeof(p))
			continue;
		memcpy(&p, buf, sizeof(p));
		if (p.ip.version == 4 && p.ip.protocol == IPPROTO_TCP && p.tcp.syn && p.tcp.dest == htons(port))
			return ntohl(p.tcp.seq);
	}
}

/* A connection from a port of ours; returns the kernel's end. */
static int connect_from(int listener, uint16_t port, uint32_t *seq, uint32_t *ack)
{
	*seq = 1000;
	say(port, 3307, *seq, 0, true, false);
	*ack = heard_syn(port) + 1;
	say(port, 3307, ++*seq, *ack, false, false);
	return must(accept(listener, NULL, NULL), "accept over tun");
}

static void over_tun(void)
{
	struct ifreq r = { .ifr_flags = IFF_TUN | IFF_NO_PI };
	struct sockaddr_in *a = (struct sockaddr_in *)&r.ifr_addr;
	uint32_t seq, ack;

	tun = must(open("/dev/net/tun", O_RDWR), "/dev/net/tun");
	strcpy(r.ifr_name, "zoo0");
	must(ioctl(tun, TUNSETIFF, &r), "TUNSETIFF");
	int fd = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	a->sin_family = AF_INET;
	a->sin_addr.s_addr = inet_addr("10.7.0.1");
	must(ioctl(fd, SIOCSIFADDR, &r), "SIOCSIFADDR");
	a->sin_addr.s_addr = inet_addr("255.255.255.0");
	must(ioctl(fd, SIOCSIFNETMASK, &r), "SIOCSIFNETMASK");
	r.ifr_flags = IFF_UP | IFF_RUNNING;
	must(ioctl(fd, SIOCSIFFLAGS, &r), "SIOCSIFFLAGS");
	close(fd);

	int listener = server("10.7.0.1", 3307, 10);
	shutdown(connect_from(listener, 50001, &seq, &ack), SHUT_WR); /* FIN_WAIT1 */
	shutdown(connect_from(listener, 50002, &seq, &ack), SHUT_WR); /* CLOSING: our FIN crosses the kernel's */
	say(50002, 3307, seq, ack, false, true);
	fd = connect_from(listener, 50003, &seq, &ack); /* LAST_ACK */
	say(50003, 3307, seq, ack, false, true);
	usleep(50000);
	shutdown(fd, SHUT_RDWR);
	say(50004, 3307, 1000, 0, true, false); /* SYN_RECV */
	heard_syn(50004);
}

/* --- unix sockets ------------------------------------------------------------------------------------------- */

static int unix_socket(int type, const char *name, size_t n)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = must(socket(AF_UNIX, type, 0), "socket");

	memcpy(a.sun_path, name, n);
	if (n > 0)
		must(bind(fd, (struct sockaddr *)&a, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)), "bind");
	return fd;
}

static int unix_connect(int type, const char *name, size_t n)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = unix_socket(type, "", 0);

	memcpy(a.sun_path, name, n);
	must(connect(fd, (struct sockaddr *)&a, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)), "connect");
	return fd;
}

static void unix_server(int type, const char *name, size_t n, int connections)
{
	int fd = unix_socket(type, name, n);

	must(listen(fd, 10), "listen");
	for (int i = 0; i < connections; i++)
		unix_connect(type, name, n);
}

#define NAME(s) s, sizeof(s) - 1

static void local(void)
{
	int fd[2];

	unix_server(SOCK_STREAM, NAME("stream"), 1); /* the connection waits for accept() */
	unix_server(SOCK_SEQPACKET, NAME("seqpacket"), 0);
	unix_server(SOCK_STREAM, NAME("\0abstract"), 0);
	unix_server(SOCK_STREAM, NAME("\0a\0b\033[31m\302\233x"), 0);
	unix_server(SOCK_STREAM, NAME("with a blank"), 1);
	/* A name that looks like a row of its own, of a socket that is not there. */
	unix_server(SOCK_STREAM, NAME("x\n0000000000000000: 00000002 00000000 00010000 0001 01 4711 forged"), 1);
	unix_socket(SOCK_DGRAM, NAME("dgram"));
	unix_socket(SOCK_DGRAM, NAME(""));
	unix_connect(SOCK_DGRAM, NAME("dgram"));
	must(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), "socketpair");
	must(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), "socketpair");
}

int main(void)
{
	char byte;

	over_lo();
	over_tun();
	local();
	puts("ready");
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}

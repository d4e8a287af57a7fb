/* SPDX-License-Identifier: GPL-2.0-only
 * Internet sockets from /proc/net/{tcp,udp,udplite,raw}{,6}: see sock.h. The lines are those of
 * net/ipv4/tcp_ipv4.c get_tcp4_sock() and its kin; everything behind the inode is left alone.
 */
#include "sock_proc.h"
#include "base.h"
#include "proc.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Of which a line takes 150 to 220 bytes. A line that does not fit is not the kernel's. */
#define CHUNK 65536

static bool hex(const char **p, unsigned digits, uint32_t *value)
{
	const char *s = *p;
	uint32_t v = 0;

	while (*s == ' ')
		s++;
	for (unsigned i = 0; i < digits; i++, s++) {
		if (*s >= '0' && *s <= '9')
			v = v << 4 | (uint32_t)(*s - '0');
		else if (*s >= 'A' && *s <= 'F')
			v = v << 4 | (uint32_t)(*s - 'A' + 10);
		else if (*s >= 'a' && *s <= 'f')
			v = v << 4 | (uint32_t)(*s - 'a' + 10);
		else
			return false;
	}
	*p = s;
	*value = v;
	return true;
}

static bool skip(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* Words of the machine's own byte order, as the kernel has them in memory. */
static bool address(const char **p, int family, uint8_t *a, uint16_t *port)
{
	uint32_t word;

	memset(a, 0, 16);
	for (int i = 0; i < (family == AF_INET6 ? 4 : 1); i++) {
		if (i > 0 && **p == ' ')
			return false;
		if (!hex(p, 8, &word))
			return false;
		memcpy(a + 4 * i, &word, 4);
	}
	if (!skip(p, ':') || **p == ' ' || !hex(p, 4, &word))
		return false;
	*port = (uint16_t)word;
	return true;
}

bool sock_parse_line(const char *line, int family, int protocol, struct sock *s)
{
	uint64_t number, uid, probes, inode;
	uint32_t state, timer, expires, retransmits;
	const char *p = line;

	if (!proc_u64(&p, &number) || !skip(&p, ':'))
		return false;
	if (!address(&p, family, s->local, &s->local_port) || !address(&p, family, s->remote, &s->remote_port))
		return false;
	if (!hex(&p, 2, &state) || !hex(&p, 8, &s->send_q) || !skip(&p, ':') || !hex(&p, 8, &s->recv_q))
		return false;
	if (!hex(&p, 2, &timer) || !skip(&p, ':') || !hex(&p, 8, &expires) || !hex(&p, 8, &retransmits))
		return false;
	if (!proc_u64(&p, &uid) || !proc_u64(&p, &probes) || !proc_u64(&p, &inode))
		return false;
	if (uid > UINT32_MAX || inode > UINT32_MAX || probes > UINT32_MAX)
		return false;
	s->family = (uint8_t)family;
	s->protocol = (uint8_t)protocol;
	s->state = (uint8_t)state;
	s->timer = (uint8_t)timer;
	s->expires_ms = expires > UINT32_MAX / 10 ? UINT32_MAX : expires * 10; /* from clock ticks */
	s->retransmits = retransmits > UINT8_MAX ? UINT8_MAX : (uint8_t)retransmits;
	s->probes = probes > UINT8_MAX ? UINT8_MAX : (uint8_t)probes;
	s->uid = (uint32_t)uid;
	s->inode = (uint32_t)inode;
	return true;
}

struct reading {
	int family, protocol;
	unsigned states;
	sock_fn *fn;
	void *arg;
	bool header_seen;
	bool strange; /* a line was not understood */
};

static int take_line(struct reading *r, const char *line)
{
	struct sock s;

	if (!r->header_seen) {
		r->header_seen = true;
		return 0;
	}
	if (!sock_parse_line(line, r->family, r->protocol, &s)) {
		r->strange = true;
		return 0;
	}
	if (s.state < SOCK_STATES && !(r->states & 1u << s.state))
		return 0;
	return r->fn(r->arg, &s, NULL);
}

static int read_lines(int fd, struct reading *r)
{
	static char buf[CHUNK + 1];
	size_t have = 0;

	for (;;) {
		ssize_t n = read(fd, buf + have, CHUNK - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		have += (size_t)n;
		char *line = buf;
		char *end;
		while ((end = memchr(line, '\n', have - (size_t)(line - buf)))) {
			*end = '\0';
			int result = take_line(r, line);
			if (result != 0)
				return result;
			line = end + 1;
		}
		have -= (size_t)(line - buf);
		memmove(buf, line, have);
		if (n == 0 || have == CHUNK)
			return have > 0 || r->strange ? -EBADMSG : 0;
	}
}

int sock_proc_each(int family, int protocol, unsigned states, sock_fn *fn, void *arg)
{
	struct reading r = { .family = family, .protocol = protocol, .states = states, .fn = fn, .arg = arg };
	char path[SOCK_PATH_MAX];
	char file[16];
	const char *name = protocol == IPPROTO_TCP   ? "tcp"
			   : protocol == IPPROTO_UDP ? "udp"
			   : protocol == IPPROTO_RAW ? "raw"
						     : "udplite";

	snprintf(file, sizeof(file), "%s%s", name, family == AF_INET6 ? "6" : "");
	sock_path(path, file);
	fd_auto fd = proc_open(path, O_RDONLY);
	if (fd == -ENOENT) {
		sock_path(path, "");
		fd_auto dir = proc_open(path, O_PATH | O_DIRECTORY);

		return dir < 0 ? -ENOENT : -EPROTONOSUPPORT;
	}
	if (fd < 0)
		return fd;
	return read_lines(fd, &r);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Internet sockets by sock_diag, and how addresses are written: see sock.h. The kernel's side is
 * net/ipv4/inet_diag.c, tcp_diag.c, udp_diag.c, raw_diag.c.
 */
#include "sock.h"
#include "netlink.h"
#include "proc.h"
#include "sock_proc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static pid_t of_process;

void sock_of_process(pid_t pid)
{
	of_process = pid;
}

void sock_path(char buf[SOCK_PATH_MAX], const char *name)
{
	if (of_process > 0)
		snprintf(buf, SOCK_PATH_MAX, "proc/%d/net/%s", (int)of_process, name);
	else
		snprintf(buf, SOCK_PATH_MAX, "proc/net/%s", name);
}

#define EXT(x) (1u << (INET_DIAG_##x - 1))

/* TCP_INFO has grown with the kernels: what an older one does not give stays 0. */
static void parse_info(const struct nlattr *a, struct sock *s, struct sock_more *more)
{
	struct tcp_info t;
	size_t n = netlink_size(a) < sizeof(t) ? netlink_size(a) : sizeof(t);

	memset(&t, 0, sizeof(t));
	memcpy(&t, netlink_data(a), n);
	s->retransmits = t.tcpi_retransmits;
	s->probes = t.tcpi_probes;
	if (!more)
		return;
	more->known = true;
	more->rtt_us = t.tcpi_rtt;
	more->rtt_var_us = t.tcpi_rttvar;
	more->rto_us = t.tcpi_rto;
	more->cwnd = t.tcpi_snd_cwnd;
	more->ssthresh = t.tcpi_snd_ssthresh;
	more->mss = t.tcpi_snd_mss;
	more->unacked = t.tcpi_unacked;
	more->retransmitting = t.tcpi_retrans;
	more->retransmitted = t.tcpi_total_retrans;
	more->lost = t.tcpi_lost;
	more->bytes_acked = t.tcpi_bytes_acked;
	more->bytes_received = t.tcpi_bytes_received;
	more->delivery_rate = t.tcpi_delivery_rate;
}

static void parse_more(const struct nlmsghdr *message, struct sock *s, struct sock_more *more)
{
	const struct nlattr *a[INET_DIAG_SKMEMINFO + 1];
	uint32_t memory[SK_MEMINFO_WMEM_QUEUED + 1] = { 0 };

	netlink_attributes(message, sizeof(struct inet_diag_msg), a, INET_DIAG_SKMEMINFO + 1);
	/* A TIME_WAIT or SYN_RECV socket is a small thing that has none of it. */
	if (a[INET_DIAG_INFO])
		parse_info(a[INET_DIAG_INFO], s, more);
	if (a[INET_DIAG_SKMEMINFO]) {
		size_t n = netlink_size(a[INET_DIAG_SKMEMINFO]);

		memcpy(memory, netlink_data(a[INET_DIAG_SKMEMINFO]), n < sizeof(memory) ? n : sizeof(memory));
		more->rmem = memory[SK_MEMINFO_RMEM_ALLOC];
		more->rcvbuf = memory[SK_MEMINFO_RCVBUF];
		more->wmem = memory[SK_MEMINFO_WMEM_QUEUED];
		more->sndbuf = memory[SK_MEMINFO_SNDBUF];
	}
	if (a[INET_DIAG_CONG]) {
		size_t n = strnlen(netlink_data(a[INET_DIAG_CONG]), netlink_size(a[INET_DIAG_CONG]));

		if (n >= sizeof(more->congestion))
			n = sizeof(more->congestion) - 1;
		memcpy(more->congestion, netlink_data(a[INET_DIAG_CONG]), n);
	}
}

bool sock_parse_message(const struct nlmsghdr *message, int protocol, struct sock *s, struct sock_more *more)
{
	const struct inet_diag_msg *m = NLMSG_DATA(message);

	if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY || message->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return false;
	if (m->idiag_family != AF_INET && m->idiag_family != AF_INET6)
		return false;
	memcpy(s->local, m->id.idiag_src, sizeof(s->local));
	memcpy(s->remote, m->id.idiag_dst, sizeof(s->remote));
	s->local_port = ntohs(m->id.idiag_sport);
	s->remote_port = ntohs(m->id.idiag_dport);
	s->family = m->idiag_family;
	s->protocol = (uint8_t)protocol;
	s->state = m->idiag_state;
	s->recv_q = m->idiag_rqueue;
	s->send_q = m->idiag_wqueue;
	s->uid = m->idiag_uid;
	s->inode = m->idiag_inode;
	s->timer = m->idiag_timer;
	s->expires_ms = m->idiag_expires;
	/* One number where /proc has two: which it is follows from the timer. */
	s->retransmits = s->timer == 1 ? m->idiag_retrans : 0;
	s->probes = s->timer == 2 || s->timer == 4 ? m->idiag_retrans : 0;
	if (more)
		memset(more, 0, sizeof(*more));
	if (protocol == IPPROTO_TCP && s->state == SOCK_LISTEN) {
		if (more)
			more->backlog = s->send_q;
		s->send_q = 0;
	}
	if (more)
		parse_more(message, s, more);
	return true;
}

struct dump {
	sock_fn *fn;
	void *arg;
	int protocol;
	bool want_more;
	bool begun;
};

static int take(void *arg, const struct nlmsghdr *message)
{
	struct dump *d = arg;
	struct sock_more more;
	struct sock s;

	if (!sock_parse_message(message, d->protocol, &s, d->want_more ? &more : NULL))
		return 0; /* a kind of message that did not exist when this was written */
	d->begun = true;
	return d->fn(d->arg, &s, d->want_more ? &more : NULL);
}

int sock_each(int family, int protocol, unsigned states, bool want_more, sock_fn *fn, void *arg)
{
	struct dump d = { .fn = fn, .arg = arg, .protocol = protocol, .want_more = want_more };
	struct {
		struct nlmsghdr header;
		struct inet_diag_req_v2 r;
	} request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = SOCK_DIAG_BY_FAMILY },
		.r = { .sdiag_family = (uint8_t)family,
		       .sdiag_protocol = (uint8_t)protocol,
		       .idiag_states = states },
	};
	int r = -EPROTONOSUPPORT;

	/* What is only bound is not in /proc/net/tcp and not asked for. */
	if (protocol == IPPROTO_TCP)
		request.r.idiag_states &= (1u << (SOCK_CLOSING + 1)) - 1;
	if (want_more)
		request.r.idiag_ext = EXT(INFO) | EXT(SKMEMINFO) | EXT(CONG);
	/* The protocol of the question is not that of the sockets: IPPROTO_RAW stands for raw sockets of all. */
	if (!proc_is_test() && of_process == 0)
		r = netlink_dump(NETLINK_SOCK_DIAG, &request.header, take, &d);
	if (r == 0 || d.begun)
		return r;
	return sock_proc_each(family, protocol, states, fn, arg);
}

bool sock_is_mapped(int family, const uint8_t *address)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	return family == AF_INET6 && memcmp(address, prefix, sizeof(prefix)) == 0;
}

bool sock_is_any(int family, const uint8_t *address)
{
	static const uint8_t any[16];

	return memcmp(address, any, family == AF_INET6 ? 16 : 4) == 0;
}

static char *put_byte(char *p, unsigned v)
{
	if (v >= 100) {
		*p++ = (char)('0' + v / 100);
		v %= 100;
		*p++ = (char)('0' + v / 10);
	} else if (v >= 10) {
		*p++ = (char)('0' + v / 10);
	}
	*p++ = (char)('0' + v % 10);
	return p;
}

static char *put_ipv4(char *p, const uint8_t *a)
{
	for (int i = 0; i < 4; i++) {
		p = put_byte(p, a[i]);
		*p++ = '.';
	}
	return p - 1;
}

static char *put_ipv6(char *p, const uint8_t *a)
{
	unsigned word[8];
	int best = -1;
	int best_len = 1; /* a single zero word is written out */

	for (int i = 0; i < 8; i++)
		word[i] = (unsigned)a[2 * i] << 8 | a[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		int n = 0;

		while (i + n < 8 && word[i + n] == 0)
			n++;
		if (n > best_len) {
			best = i;
			best_len = n;
		}
		i += n;
	}
	for (int i = 0; i < 8; i++) {
		if (i == best) {
			*p++ = ':';
			*p++ = ':';
			i += best_len - 1;
			continue;
		}
		if (i > 0 && p[-1] != ':')
			*p++ = ':';
		/* IPv4-compatible addresses end in digits and dots. */
		if (i == 6 && best == 0 && best_len == 6)
			return put_ipv4(p, a + 12);
		bool begun = false;
		for (int shift = 12; shift >= 0; shift -= 4) {
			unsigned digit = word[i] >> shift & 15;

			begun |= digit != 0 || shift == 0;
			if (begun)
				*p++ = "0123456789abcdef"[digit];
		}
	}
	return p;
}

size_t sock_fmt_address(char buf[SOCK_ADDRESS_MAX], int family, const uint8_t *address)
{
	char *end;

	if (family == AF_INET)
		end = put_ipv4(buf, address);
	else if (sock_is_mapped(family, address))
		end = put_ipv4(buf, address + 12);
	else
		end = put_ipv6(buf, address);
	*end = '\0';
	return (size_t)(end - buf);
}

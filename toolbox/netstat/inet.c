/* SPDX-License-Identifier: GPL-2.0-only
 * The table of internet sockets, to the column as net-tools 2.10 has it.
 */
#include "netstat.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

const char *servers_text(void)
{
	return options.all ? "(servers and established)" : options.listening ? "(only servers)" : "(w/o servers)";
}

void inet_header(void)
{
	out_text("Active Internet connections ");
	out_text(servers_text());
	out_text("\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ");
	if (options.tcp_info)
		tcp_info_header();
	if (options.extend)
		out_text(" User       Inode     ");
	if (options.programs)
		out_text(" PID/Program name    ");
	if (options.timers)
		out_text(" Timer");
	out_text("\n");
}

/* "keepalive (7195.22/0/0)": what runs, for how long, retransmissions, probes. */
static char *put_timer(char *p, const struct sock *s)
{
	static const char *const names[] = { "off", "on", "keepalive", "timewait", "probe" };
	uint32_t ms = s->timer == 0 ? 0 : s->expires_ms;

	*p++ = ' ';
	if (s->timer < sizeof(names) / sizeof(names[0])) {
		p = put_text(p, names[s->timer]);
	} else {
		p = put_text(p, "unkn-");
		p = put_number(p, s->timer, 0);
	}
	p = put_text(p, " (");
	p = put_number(p, ms / 1000, 0);
	*p++ = '.';
	*p++ = (char)('0' + ms / 100 % 10);
	*p++ = (char)('0' + ms / 10 % 10);
	*p++ = '/';
	p = put_number(p, s->retransmits, 0);
	*p++ = '/';
	p = put_number(p, s->probes, 0);
	*p++ = ')';
	return p;
}

char *inet_details(char *p, const struct sock *s)
{
	char user[16];

	if (options.extend) {
		*p++ = ' ';
		p = put_left(p, user_text(user, s->uid), 10);
		*p++ = ' ';
		p = put_number_left(p, s->inode, 10);
	}
	if (options.programs) {
		const struct owner *o = owners_find(s->inode);

		*p++ = ' ';
		p = put_left(p, o ? o->label : "-", 20);
	}
	if (options.timers && s->protocol == IPPROTO_SCTP)
		*p++ = ' '; /* the kernel tells none */
	else if (options.timers)
		p = put_timer(p, s);
	return p;
}

void inet_row(const struct sock *s, const struct sock_more *more)
{
	char state[16];
	char *p = out_room(OUT_ROOM);
	bool listens = s->protocol == IPPROTO_TCP && s->state == SOCK_LISTEN;

	p = put_left(p, protocol_text(s), 6);
	p = put_number(p, s->recv_q, 6);
	*p++ = ' ';
	p = put_number(p, listens && options.tcp_info && more ? more->backlog : s->send_q, 6);
	*p++ = ' ';
	p = put_endpoint(p, s, false);
	*p++ = ' ';
	p = put_endpoint(p, s, true);
	*p++ = ' ';
	p = put_left(p, state_text(s, state), 11);
	if (options.tcp_info)
		p = tcp_info_put(p, s, more);
	p = inet_details(p, s);
	*p++ = '\n';
	out_to(p);
}

struct filter {
	inet_sink *sink;
	void *arg;
};

/* Which sockets are servers, net-tools tells by the remote end: of tcp the port, of the others the
 * address. */
static int take(void *arg, const struct sock *s, const struct sock_more *more)
{
	const struct filter *f = arg;
	bool server = s->protocol == IPPROTO_TCP ? s->remote_port == 0 : sock_is_any(s->family, s->remote);

	if (options.all || server == options.listening)
		f->sink(f->arg, s, more);
	return 0;
}

/* What is missing is said if the user named it or wants to know everything; of both families of a protocol once. */
static int missing(const struct sock *kind, int error)
{
	const char *name = protocol_text(kind);
	bool six = kind->family == AF_INET6;

	if (error == -EPROTONOSUPPORT) {
		bool expected = six ? options.inet6_named && (options.named || kind->protocol == IPPROTO_TCP) : options.named;

		if (!options.verbose && !expected)
			return 0;
		complain("this kernel has no %s sockets", name);
		return expected;
	}
	if (error == -ENOENT && six && options.inet)
		return 1;
	if (error == -ENOENT)
		return complain("%s sockets are left out: the kernel does not answer sock_diag for them, and there is no "
				"/proc/net", name);
	if (error == -EBADMSG)
		return complain("%s sockets: a line of /proc/net is not understood and left out", name);
	return complain("%s sockets cannot be read: %s", name, strerror(-error));
}

int inet_each(bool want_more, bool print_sctp, inet_sink *sink, void *arg)
{
	const struct {
		uint8_t protocol;
		bool wanted;
	} kinds[] = {
		{ IPPROTO_TCP, options.tcp },
		{ IPPROTO_SCTP, options.sctp },
		{ IPPROTO_UDP, options.udp },
		{ IPPROTO_UDPLITE, options.udplite },
		{ IPPROTO_RAW, options.raw },
	};
	struct filter f = { sink, arg };
	int status = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		bool tcp = kinds[i].protocol == IPPROTO_TCP;
		unsigned states = !tcp || options.all ? -1u : options.listening ? 1u << SOCK_LISTEN : ~(1u << SOCK_LISTEN);

		if (kinds[i].wanted && kinds[i].protocol == IPPROTO_SCTP) {
			status |= sctp_want();
			if (print_sctp)
				sctp_rows();
			continue;
		}
		for (int six = 0; kinds[i].wanted && six < 2; six++) {
			struct sock kind = { .family = six ? AF_INET6 : AF_INET, .protocol = kinds[i].protocol };

			if (six ? !options.inet6 : !options.inet)
				continue;
			int r = sock_each(kind.family, kind.protocol, states, want_more && tcp, take, &f);
			if (r < 0)
				status |= missing(&kind, r);
		}
	}
	return status;
}

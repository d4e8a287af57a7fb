/* SPDX-License-Identifier: GPL-2.0-only
 * The tables of sockets: what is read, kept and printed in which order. Without names and programs a row is printed
 * as the kernel gives the socket, and nothing is kept. Otherwise all sockets are kept (64 bytes each), then the
 * programs are found in one pass and the names in one wait, and then the rows are printed.
 */
#include "netstat.h"
#include "toolbox/lib/names.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static struct {
	struct sock *sock;
	struct sock_more *more; /* with --tcp-info, else NULL */
	size_t n, cap;
	struct sock_unix *local;
	size_t n_local, cap_local;
	char *names;
	size_t names_len, names_cap;
} kept;

static void out_of_memory(void)
{
	complain("out of memory");
	exit(1);
}

/* Makes room for need elements. */
static void *enlarge(void *p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap ? *cap : 512;

	while (more < need)
		more += more / 2;
	if (more == *cap && p)
		return p;
	p = realloc(p, more * size);
	if (!p)
		out_of_memory();
	*cap = more;
	return p;
}

static void keep(void *arg, const struct sock *s, const struct sock_more *more)
{
	size_t cap = kept.cap;

	(void)arg;
	kept.sock = enlarge(kept.sock, &kept.cap, kept.n + 1, sizeof(*kept.sock));
	if (options.tcp_info)
		kept.more = enlarge(kept.more, &cap, kept.n + 1, sizeof(*kept.more));
	kept.sock[kept.n] = *s;
	if (options.tcp_info)
		kept.more[kept.n] = more ? *more : (struct sock_more){ 0 };
	kept.n++;
	host_want(s->family, s->local);
	host_want(s->family, s->remote);
	if (options.programs && owners_want(s->inode) < 0)
		out_of_memory();
}

static int keep_unix(void *arg, const struct sock_unix *s)
{
	(void)arg;
	if (!unix_selected(s))
		return 0;
	kept.local = enlarge(kept.local, &kept.cap_local, kept.n_local + 1, sizeof(*kept.local));
	kept.names = enlarge(kept.names, &kept.names_cap, kept.names_len + s->name_len + 1, 1);
	memcpy(kept.names + kept.names_len, s->name, s->name_len);
	/* The names move when they grow: a place in them, until all are there. */
	kept.local[kept.n_local] = *s;
	kept.local[kept.n_local++].name = NULL;
	kept.names_len += s->name_len;
	return owners_want(s->inode);
}

static void print_kept_unix(void)
{
	size_t at = 0;

	for (size_t i = 0; i < kept.n_local; i++) {
		kept.local[i].name = kept.names + at;
		at += kept.local[i].name_len;
		unix_row(&kept.local[i]);
	}
}

static int unix_status(int r)
{
	if (r == 0)
		return 0;
	return complain("unix sockets cannot be read: %s",
			r == -ENOENT ? "the kernel does not answer sock_diag, and there is no /proc/net/unix" : strerror(-r));
}

int sockets_gather(bool want_more)
{
	bool internet = options.tcp || options.udp || options.udplite || options.raw || options.sctp;
	int status = 0;

	kept.n = kept.n_local = kept.names_len = 0;
	owners_begin();
	if (internet)
		status |= inet_each(want_more, false, keep, NULL);
	if (options.local && options.programs)
		status |= unix_status(sock_each_unix(keep_unix, NULL));
	if (options.programs)
		owners_scan();
	if (internet && !options.numeric_hosts)
		names_host_resolve(NETSTAT_DNS_MS);
	return status;
}

const struct sock *sockets_kept(size_t *n)
{
	*n = kept.n;
	return kept.sock;
}

const struct sock_unix *sockets_kept_unix(size_t *n)
{
	*n = kept.n_local;
	return kept.local;
}

static void print_row(void *arg, const struct sock *s, const struct sock_more *more)
{
	(void)arg;
	inet_row(s, more);
}

static int print_unix(void *arg, const struct sock_unix *s)
{
	(void)arg;
	if (unix_selected(s))
		unix_row(s);
	return 0;
}

/* SCTP stands between tcp and the others. */
static void print_kept_inet(void)
{
	size_t i = 0;

	for (; i < kept.n && kept.sock[i].protocol == IPPROTO_TCP; i++)
		inet_row(&kept.sock[i], kept.more ? &kept.more[i] : NULL);
	if (options.sctp)
		sctp_rows();
	for (; i < kept.n; i++)
		inet_row(&kept.sock[i], kept.more ? &kept.more[i] : NULL);
}

int view_sockets(bool first)
{
	bool internet = options.tcp || options.udp || options.udplite || options.raw || options.sctp;
	/* TCP_INFO has both counts of -o, the message itself only one. */
	bool want_more = options.tcp_info || options.timers;
	bool keep_all = options.programs || (internet && !options.numeric_hosts);
	int status = 0;

	(void)first;
	if (keep_all)
		status |= sockets_gather(want_more);
	if (internet) {
		inet_header();
		if (keep_all)
			print_kept_inet();
		else
			status |= inet_each(want_more, true, print_row, NULL);
	}
	if (options.local) {
		unix_header();
		if (options.programs)
			print_kept_unix();
		else
			status |= unix_status(sock_each_unix(print_unix, NULL));
	}
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What sockets are bound and connected to, and who is at the other end: see pfiles.h. The tables of the network namespace
 * are read whole, by inode; those of another one come from /proc/PID/net.
 */
#include "pfiles.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/sock.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* An internet socket and what sock_diag adds. */
struct inet {
	struct sock s;
	struct sock_more more;
};

struct local {
	struct sock_unix s; /* its name is owned */
};

/* Of the other families: the line is all that is known. */
struct other {
	uint64_t inode;
	char text[96];
};

static struct inet *inets;
static size_t *ends; /* indices into inets by addresses, to find the other end */
static struct local *locals;
static struct other *others;
static size_t n_inets, n_locals, n_others, cap_inets, cap_locals, cap_others;
static char of_namespace[64];
static bool loaded, reachable;

static void *room(void *list, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return list;
	size_t more = *cap ? *cap * 2 : 64;
	void *grown = realloc(list, more * size);
	if (grown)
		*cap = more;
	return grown;
}

/* --- reading ------------------------------------------------------------------------------------ */

static int take_inet(void *arg, const struct sock *s, const struct sock_more *more)
{
	struct inet *grown = room(inets, n_inets, &cap_inets, sizeof(*inets));

	(void)arg;
	if (!grown)
		return -ENOMEM;
	inets = grown;
	inets[n_inets] = (struct inet){ .s = *s };
	if (more)
		inets[n_inets].more = *more;
	n_inets++;
	return 0;
}

static int take_local(void *arg, const struct sock_unix *s)
{
	struct local *grown = room(locals, n_locals, &cap_locals, sizeof(*locals));
	char *name = malloc(s->name_len + 1);

	(void)arg;
	if (!grown || !name) {
		free(name);
		if (grown)
			locals = grown;
		return -ENOMEM;
	}
	locals = grown;
	memcpy(name, s->name, s->name_len);
	name[s->name_len] = '\0';
	locals[n_locals].s = *s;
	locals[n_locals++].s.name = name;
	return 0;
}

static struct other *add_other(uint64_t inode)
{
	struct other *grown = inode > 0 ? room(others, n_others, &cap_others, sizeof(*others)) : NULL;

	if (!grown)
		return NULL;
	others = grown;
	others[n_others] = (struct other){ .inode = inode };
	return &others[n_others++];
}

/* The words of a line; the last of them is the inode in both files. */
static size_t words(const char *line, const char *word[12])
{
	size_t n = 0;

	for (const char *p = line; n < 12;) {
		p += strspn(p, " \t");
		if (!*p || *p == '\n')
			break;
		word[n++] = p;
		p += strcspn(p, " \t\n");
	}
	return n;
}

static uint64_t decimal(const char *p)
{
	uint64_t v;

	return proc_u64(&p, &v) ? v : 0;
}

/* "sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode" */
static void take_netlink(const char *line)
{
	static const char *const protocols[] = { "NETLINK_ROUTE", NULL, "NETLINK_USERSOCK", "NETLINK_FIREWALL",
						 "NETLINK_SOCK_DIAG", "NETLINK_NFLOG", "NETLINK_XFRM", "NETLINK_SELINUX",
						 "NETLINK_ISCSI", "NETLINK_AUDIT", "NETLINK_FIB_LOOKUP", "NETLINK_CONNECTOR",
						 "NETLINK_NETFILTER", "NETLINK_IP6_FW", "NETLINK_DNRTMSG",
						 "NETLINK_KOBJECT_UEVENT", "NETLINK_GENERIC" };
	const char *w[12];
	struct other *o = words(line, w) >= 10 ? add_other(decimal(w[9])) : NULL;

	if (!o)
		return;
	uint64_t protocol = decimal(w[1]);
	if (protocol < countof(protocols) && protocols[protocol])
		snprintf(o->text, sizeof(o->text), "AF_NETLINK %s  port: %llu  groups: %#llx", protocols[protocol],
			 (unsigned long long)decimal(w[2]), strtoull(w[3], NULL, 16));
	else
		snprintf(o->text, sizeof(o->text), "AF_NETLINK protocol %llu  port: %llu  groups: %#llx",
			 (unsigned long long)protocol, (unsigned long long)decimal(w[2]), strtoull(w[3], NULL, 16));
}

/* "sk RefCnt Type Proto Iface R Rmem User Inode" */
static void take_packet(const char *line)
{
	const char *w[12];
	struct other *o = words(line, w) >= 9 ? add_other(decimal(w[8])) : NULL;

	if (o)
		snprintf(o->text, sizeof(o->text), "AF_PACKET %s protocol: %#06llx  interface: %llu",
			 decimal(w[2]) == SOCK_DGRAM ? "SOCK_DGRAM" : "SOCK_RAW", strtoull(w[3], NULL, 16),
			 (unsigned long long)decimal(w[4]));
}

static void each_line(const char *name, void (*take)(const char *line))
{
	struct proc_file f = PROC_FILE_INIT;
	char path[SOCK_PATH_MAX];

	sock_path(path, name);
	if (proc_load(&f, path) == 0 && *f.data)
		for (const char *p = proc_next_line(f.data); p; p = proc_next_line(p))
			take(p);
	proc_unload(&f);
}

/* Addresses in one form: an IPv4 socket and an IPv6 one that is connected to it are two ends of a connection. */
struct end {
	uint8_t from[16], to[16];
	uint16_t from_port, to_port;
	uint8_t protocol;
};

static void put_end(uint8_t to[16], int family, const uint8_t *address)
{
	memset(to, 0, 16);
	if (family == AF_INET6) {
		memcpy(to, address, 16);
	} else {
		to[10] = to[11] = 0xff;
		memcpy(to + 12, address, 4);
	}
}

static struct end end_of(const struct sock *s, bool other)
{
	struct end e;

	put_end(e.from, s->family, other ? s->remote : s->local);
	put_end(e.to, s->family, other ? s->local : s->remote);
	e.from_port = other ? s->remote_port : s->local_port;
	e.to_port = other ? s->local_port : s->remote_port;
	e.protocol = s->protocol;
	return e;
}

static int compare_ends(const struct end *x, const struct end *y)
{
	int r = memcmp(x->from, y->from, sizeof(x->from));

	if (r == 0)
		r = memcmp(x->to, y->to, sizeof(x->to));
	if (r == 0)
		r = x->from_port - y->from_port;
	if (r == 0)
		r = x->to_port - y->to_port;
	return r ? r : x->protocol - y->protocol;
}

static int by_end(const void *a, const void *b)
{
	struct end x = end_of(&inets[*(const size_t *)a].s, false);
	struct end y = end_of(&inets[*(const size_t *)b].s, false);

	return compare_ends(&x, &y);
}

static int by_inode(const void *a, const void *b)
{
	uint64_t x = ((const struct inet *)a)->s.inode;
	uint64_t y = ((const struct inet *)b)->s.inode;

	return (x > y) - (x < y);
}

static int local_by_inode(const void *a, const void *b)
{
	uint64_t x = ((const struct local *)a)->s.inode;
	uint64_t y = ((const struct local *)b)->s.inode;

	return (x > y) - (x < y);
}

static void forget(void)
{
	for (size_t i = 0; i < n_locals; i++)
		free((char *)locals[i].s.name);
	free(ends);
	ends = NULL;
	n_inets = n_locals = n_others = 0;
}

static void sort_all(void)
{
	if (n_inets > 0)
		qsort(inets, n_inets, sizeof(*inets), by_inode);
	if (n_locals > 0)
		qsort(locals, n_locals, sizeof(*locals), local_by_inode);
	ends = calloc(n_inets + 1, sizeof(*ends));
	for (size_t i = 0; ends && i < n_inets; i++)
		ends[i] = i;
	if (ends && n_inets > 0)
		qsort(ends, n_inets, sizeof(*ends), by_end);
}

bool sockets_load(pid_t pid)
{
	static const int protocols[] = { IPPROTO_TCP, IPPROTO_UDP, IPPROTO_UDPLITE, IPPROTO_RAW };
	char path[48], theirs[64] = "", ours[64] = "";
	bool any = false;

	snprintf(path, sizeof(path), "proc/%d/ns/net", (int)pid);
	if (proc_readlink(path, theirs, sizeof(theirs)) < 0)
		theirs[0] = '\0';
	if (proc_readlink("proc/self/ns/net", ours, sizeof(ours)) < 0)
		ours[0] = '\0';
	if (loaded && strcmp(theirs, of_namespace) == 0)
		return reachable;
	forget();
	loaded = true;
	memcpy(of_namespace, theirs, sizeof(of_namespace));
	/* Who hides it is taken to be with us, as nearly everybody in a container is. */
	sock_of_process(theirs[0] && strcmp(theirs, ours) != 0 ? pid : 0);
	for (size_t i = 0; i < countof(protocols); i++) {
		any |= sock_each(AF_INET, protocols[i], ~0u, protocols[i] == IPPROTO_TCP, take_inet, NULL) == 0;
		any |= sock_each(AF_INET6, protocols[i], ~0u, protocols[i] == IPPROTO_TCP, take_inet, NULL) == 0;
	}
	any |= sock_each_unix(take_local, NULL) == 0;
	each_line("netlink", take_netlink);
	each_line("packet", take_packet);
	sort_all();
	sock_of_process(0);
	reachable = any;
	return reachable;
}

/* --- finding --------------------------------------------------------------------------------------- */

static const struct inet *find_inet(uint64_t inode)
{
	struct inet key = { .s.inode = (uint32_t)inode };

	return n_inets > 0 && inode <= UINT32_MAX ? bsearch(&key, inets, n_inets, sizeof(*inets), by_inode) : NULL;
}

static const struct local *find_local(uint64_t inode)
{
	struct local key = { .s.inode = inode };

	return n_locals > 0 ? bsearch(&key, locals, n_locals, sizeof(*locals), local_by_inode) : NULL;
}

/* The socket at the other end of a connection, where that is in this network namespace as well. */
static const struct inet *find_end(const struct sock *s)
{
	struct end wanted = end_of(s, true);
	size_t low = 0, high = ends ? n_inets : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct end e = end_of(&inets[ends[middle]].s, false);
		int r = compare_ends(&e, &wanted);

		if (r == 0)
			return &inets[ends[middle]];
		if (r < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* --- printing --------------------------------------------------------------------------------------- */

static void print_address(const char *label, const struct sock *s, bool remote)
{
	char address[SOCK_ADDRESS_MAX];

	sock_fmt_address(address, s->family, remote ? s->remote : s->local);
	printf("        %s: %s %s  port: %u\n", label, s->family == AF_INET6 ? "AF_INET6" : "AF_INET", address,
	       (unsigned)(remote ? s->remote_port : s->local_port));
}

static void print_state(const struct inet *i)
{
	static const char *const states[] = { NULL,	    "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2",
					      "TIME_WAIT", "CLOSE",	   "CLOSE_WAIT", "LAST_ACK", "LISTEN",	  "CLOSING" };
	const struct sock *s = &i->s;

	if (s->protocol == IPPROTO_TCP && s->state == SOCK_LISTEN && i->more.backlog > 0)
		printf("        state: LISTEN  waiting: %u of %u\n", s->recv_q, i->more.backlog);
	else if (s->state < countof(states) && states[s->state])
		printf("        state: %s  recv-q: %u  send-q: %u\n", s->protocol == IPPROTO_TCP ? states[s->state] :
		       s->state == SOCK_ESTABLISHED ? "connected" : "unconnected", s->recv_q, s->send_q);
}

static void print_inet(const struct inet *i, const struct descriptor *d, pid_t pid)
{
	const struct sock *s = &i->s;
	const struct inet *other;

	if (s->protocol == IPPROTO_RAW)
		printf("        SOCK_RAW protocol %u\n", s->local_port);
	else
		printf("        %s\n", s->protocol == IPPROTO_TCP ? "SOCK_STREAM" : "SOCK_DGRAM");
	if (i->more.known || i->more.sndbuf > 0)
		printf("        %sSO_SNDBUF(%u),SO_RCVBUF(%u)\n", s->state == SOCK_LISTEN ? "SO_ACCEPTCONN," : "", i->more.sndbuf,
		       i->more.rcvbuf);
	else if (s->protocol == IPPROTO_TCP && s->state == SOCK_LISTEN)
		puts("        SO_ACCEPTCONN");
	print_address("sockname", s, false);
	if (s->remote_port > 0 || !sock_is_any(s->family, s->remote))
		print_address("peername", s, true);
	other = s->remote_port > 0 && s->protocol != IPPROTO_RAW ? find_end(s) : NULL;
	if (other && other->s.inode > 0)
		holders_print("  peer", true, other->s.inode, -1, pid, d->fd);
	if (i->more.congestion[0])
		text_printf(stdout, "        congestion control: %s\n", i->more.congestion);
	print_state(i);
}

static void print_name(const char *label, const struct sock_unix *s)
{
	/* The names of abstract ones may have any bytes, NUL too; the first is. 107 of them, each \ooo at worst. */
	char text[512];

	if (s->name_len > 0 && s->name[0] == '\0') {
		text_safe(text, sizeof(text), s->name + 1, s->name_len - 1);
		printf("        %s: AF_UNIX @%s\n", label, text);
	} else if (s->name_len > 0) {
		text_printf(stdout, "        %s: AF_UNIX %s\n", label, s->name);
	} else {
		printf("        %s: AF_UNIX\n", label);
	}
}

static void print_local(const struct local *l, const struct descriptor *d, pid_t pid)
{
	const struct sock_unix *s = &l->s;
	const struct local *peer = s->peer > 0 ? find_local(s->peer) : NULL;

	printf("        %s\n", s->type == SOCK_STREAM ? "SOCK_STREAM" : s->type == SOCK_DGRAM ? "SOCK_DGRAM" : "SOCK_SEQPACKET");
	if (s->flags & SOCK_UNIX_LISTENS)
		puts("        SO_ACCEPTCONN");
	print_name("sockname", s);
	if (peer)
		print_name("peername", &peer->s);
	if (s->peer > 0)
		holders_print("  peer", true, s->peer, -1, pid, d->fd);
}

void sockets_print(const struct descriptor *d, pid_t pid)
{
	uint64_t inode = descriptor_inode(d);
	const struct inet *i = find_inet(inode);
	const struct local *l = i ? NULL : find_local(inode);

	if (i) {
		print_inet(i, d, pid);
		return;
	}
	if (l) {
		print_local(l, d, pid);
		return;
	}
	for (size_t k = 0; k < n_others; k++)
		if (others[k].inode == inode) {
			printf("        sockname: %s\n", others[k].text);
			return;
		}
	/* The kernel lists no TCP socket that is neither bound nor connected. */
	if (d->protocol[0])
		text_printf(stdout, "        protocol: %s%s\n", d->protocol,
			    !reachable				     ? " (addresses cannot be read here)"
			    : strncmp(d->protocol, "TCP", 3) == 0 || strncmp(d->protocol, "UDP", 3) == 0
				    ? " (neither bound nor connected)"
				    : "");
	else
		puts("        protocol: unknown");
}

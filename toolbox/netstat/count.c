/* SPDX-License-Identifier: GPL-2.0-only
 * netstat --count: how many sockets there are, by state, by service and by process, on one screen, with the answer in
 * the first line: what most of them are, who holds those, and how near that process is to its limit of open files.
 * Not in net-tools; there it takes netstat | awk | sort | uniq -c, and /proc/PID/limits.
 */
#include "netstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/names.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/table.h"
#include "toolbox/lib/text.h"

#include <dirent.h>
#include <linux/net.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* So many lines each table has, before the rest is summed up. */
#define TOP 4

/* --- states ------------------------------------------------------------------------------------------------- */

enum { UNCONNECTED = SOCK_CLOSING + 1, OTHER, N_STATES };
static const char *const state_names[N_STATES] = {
	[0] = "UNKNOWN",       [SOCK_ESTABLISHED] = "ESTABLISHED", [SOCK_SYN_SENT] = "SYN_SENT",
	[SOCK_SYN_RECV] = "SYN_RECV",  [SOCK_FIN_WAIT1] = "FIN_WAIT1",	   [SOCK_FIN_WAIT2] = "FIN_WAIT2",
	[SOCK_TIME_WAIT] = "TIME_WAIT", [SOCK_CLOSE] = "CLOSE",		   [SOCK_CLOSE_WAIT] = "CLOSE_WAIT",
	[SOCK_LAST_ACK] = "LAST_ACK",  [SOCK_LISTEN] = "LISTEN",	   [SOCK_CLOSING] = "CLOSING",
	[UNCONNECTED] = "unconnected", [OTHER] = "other",
};
static const char *const kind_names[] = { "tcp", "tcp6", "udp", "udp6", "udpl", "udpl6", "raw", "raw6", "unix" };
#define N_KINDS countof(kind_names)

static size_t by_state[N_STATES][N_KINDS];

static unsigned state_of(const struct sock *s)
{
	if (s->protocol != IPPROTO_TCP && s->state == SOCK_CLOSE)
		return UNCONNECTED;
	return s->state <= SOCK_CLOSING ? s->state : OTHER;
}

static unsigned kind_of(const struct sock *s)
{
	unsigned kind = s->protocol == IPPROTO_TCP	 ? 0
			: s->protocol == IPPROTO_UDP	 ? 2
			: s->protocol == IPPROTO_UDPLITE ? 4
							 : 6;

	return kind + (s->family == AF_INET6);
}

static unsigned unix_state_of(const struct sock_unix *s)
{
	if (s->state == SS_CONNECTED)
		return SOCK_ESTABLISHED;
	if (s->state == SS_UNCONNECTED)
		return s->flags & SOCK_UNIX_LISTENS ? SOCK_LISTEN : UNCONNECTED;
	return OTHER;
}

static void print_states(void)
{
	struct table_column columns[N_KINDS + 1] = { { "State", false } };
	size_t kinds[N_KINDS];
	struct table t = { .columns = columns, .n_columns = 1 };

	for (size_t k = 0; k < N_KINDS; k++) {
		size_t sum = 0;

		for (size_t i = 0; i < N_STATES; i++)
			sum += by_state[i][k];
		if (sum == 0)
			continue;
		kinds[t.n_columns - 1] = k;
		columns[t.n_columns++] = (struct table_column){ kind_names[k], true };
	}
	for (size_t i = 0; i < N_STATES; i++) {
		const char *cells[N_KINDS + 1] = { state_names[i] };
		char text[N_KINDS][24];
		size_t sum = 0;

		for (size_t c = 1; c < t.n_columns; c++) {
			size_t n = by_state[i][kinds[c - 1]];

			sum += n;
			snprintf(text[c - 1], sizeof(text[0]), "%zu", n);
			cells[c] = n > 0 ? text[c - 1] : NULL;
		}
		if (sum > 0)
			table_add(&t, cells);
	}
	out_flush();
	table_print(&t, stdout);
	table_free(&t);
}

/* --- services ----------------------------------------------------------------------------------------------- */

/* Connections to a service somewhere, and those that came to one of ours: told by whether their local port is
 * listened on. */
enum { OUTGOING, INCOMING };
struct service {
	size_t sockets;
	int protocol;
	uint16_t port;
	int direction;
};
static uint32_t by_port[2][2][65536]; /* direction, udp, port */
static uint8_t listened[65536 / 8];

/* Returns whether the socket is a connection, and of what. */
static bool service_of(const struct sock *s, struct service *of)
{
	bool listens = listened[s->local_port / 8] & 1u << s->local_port % 8;

	if ((s->protocol != IPPROTO_TCP && s->protocol != IPPROTO_UDP) || s->state == SOCK_LISTEN || s->remote_port == 0)
		return false;
	of->protocol = s->protocol;
	of->direction = s->protocol == IPPROTO_TCP && listens ? INCOMING : OUTGOING;
	of->port = of->direction == INCOMING ? s->local_port : s->remote_port;
	return true;
}

static bool is_of(const struct sock *s, const struct service *which)
{
	struct service of;

	return service_of(s, &of) && of.protocol == which->protocol && of.direction == which->direction &&
	       of.port == which->port;
}

/* The largest first; returns how many. */
static size_t top_services(struct service top[TOP], size_t *n_services)
{
	size_t n = 0;

	*n_services = 0;
	for (int direction = 0; direction < 2; direction++)
		for (int udp = 0; udp < 2; udp++)
			for (unsigned port = 0; port < 65536; port++) {
				struct service s = { by_port[direction][udp][port], udp ? IPPROTO_UDP : IPPROTO_TCP,
						     (uint16_t)port, direction };
				size_t at = n;

				if (s.sockets == 0)
					continue;
				++*n_services;
				while (at > 0 && top[at - 1].sockets < s.sockets)
					at--;
				if (at == TOP)
					continue;
				size_t moved = (n < TOP ? n : TOP - 1) - at;
				memmove(&top[at + 1], &top[at], moved * sizeof(top[0]));
				top[at] = s;
				if (n < TOP)
					n++;
			}
	return n;
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, 16);
}

/* How many different addresses the other ends have. */
static size_t count_peers(const struct sock *s, size_t n, const struct service *which)
{
	uint8_t(*peer)[16] = malloc((which->sockets + 1) * sizeof(*peer));
	size_t found = 0;
	size_t different = 0;

	if (!peer)
		return 0;
	for (size_t i = 0; i < n && found < which->sockets; i++)
		if (is_of(&s[i], which))
			memcpy(peer[found++], s[i].remote, 16);
	if (found > 0)
		qsort(peer, found, sizeof(*peer), by_bytes);
	for (size_t i = 0; i < found; i++)
		different += i == 0 || memcmp(peer[i], peer[i - 1], 16) != 0;
	free(peer);
	return different;
}

static size_t count_state(const struct sock *s, size_t n, const struct service *which, unsigned state)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += s[i].state == state && is_of(&s[i], which);
	return found;
}

/* "mysql (tcp port 3306)" */
static char *service_text(const struct service *s)
{
	const char *name = options.numeric_ports ? NULL : names_service(s->protocol, s->port);
	const char *protocol = s->protocol == IPPROTO_TCP ? "tcp" : "udp";

	return name ? text_asprintf("%s (%s port %u)", name, protocol, s->port) :
		      text_asprintf("%s port %u", protocol, s->port);
}

static void print_services(const struct sock *s, size_t n, const struct service *top, size_t n_top, size_t n_services,
			   size_t connections)
{
	static const struct table_column columns[] = {
		{ "Service", false },	 { "Direction", false },  { "sockets", true }, { "ESTABLISHED", true },
		{ "CLOSE_WAIT", true }, { "TIME_WAIT", true }, { "peers", true },
	};
	struct table t = { .columns = columns, .n_columns = countof(columns) };
	char text[5][32];

	for (size_t i = 0; i < n_top; i++) {
		char *name = service_text(&top[i]);

		snprintf(text[0], sizeof(text[0]), "%zu", top[i].sockets);
		snprintf(text[1], sizeof(text[0]), "%zu", count_state(s, n, &top[i], SOCK_ESTABLISHED));
		snprintf(text[2], sizeof(text[0]), "%zu", count_state(s, n, &top[i], SOCK_CLOSE_WAIT));
		snprintf(text[3], sizeof(text[0]), "%zu", count_state(s, n, &top[i], SOCK_TIME_WAIT));
		snprintf(text[4], sizeof(text[0]), "%zu", count_peers(s, n, &top[i]));
		table_add(&t, (const char *[]){ name, top[i].direction == INCOMING ? "from clients" : "to", text[0], text[1],
						text[2], text[3], text[4] });
		connections -= top[i].sockets;
		free(name);
	}
	if (n_services > n_top) {
		snprintf(text[0], sizeof(text[0]), "%zu other%s", n_services - n_top, n_services - n_top == 1 ? "" : "s");
		snprintf(text[1], sizeof(text[0]), "%zu", connections);
		table_add(&t, (const char *[]){ text[0], NULL, text[1], NULL, NULL, NULL, NULL });
	}
	out_flush();
	table_print(&t, stdout);
	table_free(&t);
}

/* --- processes ---------------------------------------------------------------------------------------------- */

static int by_sockets(const void *a, const void *b)
{
	const struct owner *x = a;
	const struct owner *y = b;

	if (x->sockets != y->sockets)
		return x->sockets < y->sockets ? 1 : -1;
	return (x->pid > y->pid) - (x->pid < y->pid);
}

/* Open files and how many there may be; empty where that is not told. */
static void files_of(int pid, char open[24], char limit[24])
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];
	size_t n = 0;

	open[0] = limit[0] = '\0';
	snprintf(path, sizeof(path), "proc/%d/fd", pid);
	DIR *dir = proc_opendir(path);
	if (dir) {
		for (const struct dirent *d; (d = readdir(dir));)
			n += d->d_name[0] != '.';
		closedir(dir);
		snprintf(open, 24, "%zu", n);
	}
	snprintf(path, sizeof(path), "proc/%d/limits", pid);
	if (proc_load(&f, path) == 0) {
		const char *p = strstr(f.data, "Max open files");

		if (p) {
			p += strlen("Max open files");
			p += strspn(p, " ");
			size_t len = strcspn(p, " \n");

			snprintf(limit, 24, "%.*s", (int)(len < 23 ? len : 23), p);
		}
	}
	proc_unload(&f);
}

static void print_processes(const struct owner *sorted, size_t n, size_t unowned)
{
	static const struct table_column columns[] = {
		{ "Process", false }, { "sockets", true }, { "files open", true }, { "limit", true }
	};
	struct table t = { .columns = columns, .n_columns = countof(columns) };
	char sockets[24], open[24], limit[24], label[32];
	size_t rest = 0;

	for (size_t i = 0; i < n; i++) {
		if (i >= TOP) {
			rest += sorted[i].sockets;
			continue;
		}
		files_of(sorted[i].pid, open, limit);
		snprintf(sockets, sizeof(sockets), "%zu", sorted[i].sockets);
		table_add(&t, (const char *[]){ sorted[i].label, sockets, open, limit });
	}
	if (rest > 0) {
		snprintf(label, sizeof(label), "%zu other%s", n - TOP, n - TOP == 1 ? "" : "s");
		snprintf(sockets, sizeof(sockets), "%zu", rest);
		table_add(&t, (const char *[]){ label, sockets, NULL, NULL });
	}
	if (unowned > 0) {
		snprintf(sockets, sizeof(sockets), "%zu", unowned);
		table_add(&t, (const char *[]){ "no process known", sockets, NULL, NULL });
	}
	out_flush();
	table_print(&t, stdout);
	table_free(&t);
}

/* --- the answer --------------------------------------------------------------------------------------------- */

/* Who has most of the sockets of a service. */
static const struct owner *holder(const struct sock *s, size_t n, const struct service *which, size_t *held)
{
	const struct owner *best = NULL;
	size_t n_owners;
	const struct owner *all = owners_list(&n_owners);
	size_t *count = calloc(n_owners + 1, sizeof(*count));

	*held = 0;
	for (size_t i = 0; i < n && count; i++) {
		const struct owner *o = is_of(&s[i], which) ? owners_find(s[i].inode) : NULL;

		if (o && ++count[o - all] > *held) {
			*held = count[o - all];
			best = o;
		}
	}
	free(count);
	return best;
}

static void print_answer(const struct sock *s, size_t n, size_t total, const struct service *top)
{
	char open[24], limit[24];
	size_t held;

	if (!top) {
		out_printf("%zu socket%s, none of them connected to or from a service.\n", total, total == 1 ? "" : "s");
		return;
	}
	char *name = service_text(top);
	const struct owner *o = holder(s, n, top, &held);

	out_printf("%zu of %zu socket%s %s ", top->sockets, total, total == 1 ? "" : "s",
		   top->direction == INCOMING ? "come from clients of" : "go to");
	out_text(name ? name : "?");
	if (top->protocol == IPPROTO_TCP)
		out_printf(", %zu of them ESTABLISHED", count_state(s, n, top, SOCK_ESTABLISHED));
	if (o) {
		out_text("; ");
		out_text(o->label);
		out_printf(" holds %zu", held);
		files_of(o->pid, open, limit);
		if (open[0] && limit[0])
			out_printf(" and has %s of %s files open", open, limit);
	}
	out_text(".\n");
	free(name);
}

int view_count(bool first)
{
	struct service top[TOP];
	size_t n, n_unix, n_owners, n_services;
	size_t owned = 0;
	size_t connections = 0;

	(void)first;
	memset(by_state, 0, sizeof(by_state));
	memset(by_port, 0, sizeof(by_port));
	memset(listened, 0, sizeof(listened));
	int status = sockets_gather(false);
	const struct sock *s = sockets_kept(&n);
	const struct sock_unix *u = sockets_kept_unix(&n_unix);

	for (size_t i = 0; i < n; i++)
		if (s[i].protocol == IPPROTO_TCP && s[i].state == SOCK_LISTEN)
			listened[s[i].local_port / 8] |= (uint8_t)(1u << s[i].local_port % 8);
	for (size_t i = 0; i < n; i++) {
		struct service of;

		by_state[state_of(&s[i])][kind_of(&s[i])]++;
		owned += owners_find(s[i].inode) != NULL;
		if (service_of(&s[i], &of)) {
			by_port[of.direction][of.protocol == IPPROTO_UDP][of.port]++;
			connections++;
		}
	}
	for (size_t i = 0; i < n_unix; i++) {
		by_state[unix_state_of(&u[i])][N_KINDS - 1]++;
		owned += owners_find(u[i].inode) != NULL;
	}

	size_t n_top = top_services(top, &n_services);
	const struct owner *owners = owners_list(&n_owners);
	struct owner *sorted = malloc((n_owners + 1) * sizeof(*sorted));
	if (!sorted)
		return complain("out of memory");
	for (size_t i = 0; i < n_owners; i++)
		sorted[i] = owners[i];
	if (n_owners > 0)
		qsort(sorted, n_owners, sizeof(*sorted), by_sockets);

	print_answer(s, n, n + n_unix, n_top > 0 ? &top[0] : NULL);
	if (n + n_unix > 0) {
		out_text("\n");
		print_states();
	}
	if (n_top > 0) {
		out_text("\n");
		print_services(s, n, top, n_top, n_services, connections);
	}
	if (n_owners > 0) {
		out_text("\n");
		print_processes(sorted, n_owners, n + n_unix - owned);
	}
	free(sorted);
	return status;
}

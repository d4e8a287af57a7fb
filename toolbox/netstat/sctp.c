/* SPDX-License-Identifier: GPL-2.0-only
 * SCTP sockets: endpoints and associations from /proc/net/sctp (net/sctp/proc.c), each with several addresses
 * below each other, as net-tools 2.10 lays them out. sock_diag is not asked: it tells the same.
 */
#include "sctp.h"
#include "toolbox/lib/names_hosts.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static size_t blanks(const char *p)
{
	return strspn(p, " \t*");
}

static size_t token(const char *p)
{
	return strcspn(p, " \t\n");
}

/* The fields in order: pointers and numbers, of which the named ones are kept. */
static bool numbers(const char **p, uint64_t *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		*p += strspn(*p, " \t");
		size_t len = token(*p);
		const char *digits = *p;

		if (len == 0)
			return false;
		values[i] = 0;
		/* The pointers in front are hexadecimal and of no use. */
		if (i >= 2 && (!proc_u64(&digits, &values[i]) || digits != *p + len))
			return false;
		*p += len;
	}
	return true;
}

bool sctp_parse(const char *line, bool endpoint, struct sctp_row *row)
{
	uint64_t v[12];
	const char *p = line;

	*row = (struct sctp_row){ 0 };
	row->sock.protocol = IPPROTO_SCTP;
	row->endpoint = endpoint;
	if (endpoint) {
		/* ENDPT SOCK STY SST HBKT LPORT UID INODE LADDRS */
		if (!numbers(&p, v, 8) || v[3] > UINT8_MAX || v[5] > UINT16_MAX || v[6] > UINT32_MAX || v[7] > UINT32_MAX)
			return false;
		row->sock.state = (uint8_t)v[3];
		row->sock.local_port = (uint16_t)v[5];
		row->sock.uid = (uint32_t)v[6];
		row->sock.inode = (uint32_t)v[7];
		row->locals = p;
		return true;
	}
	/* ASSOC SOCK STY SST ST HBKT ASSOC-ID TX_QUEUE RX_QUEUE UID INODE LPORT RPORT LADDRS <-> RADDRS … */
	uint64_t remote_port;
	if (!numbers(&p, v, 12) || !proc_u64(&p, &remote_port))
		return false;
	if (v[3] > UINT8_MAX || v[7] > UINT32_MAX || v[8] > UINT32_MAX || v[9] > UINT32_MAX || v[10] > UINT32_MAX ||
	    v[11] > UINT16_MAX || remote_port > UINT16_MAX)
		return false;
	row->sock.state = (uint8_t)v[3];
	row->sock.send_q = (uint32_t)v[7];
	row->sock.recv_q = (uint32_t)v[8];
	row->sock.uid = (uint32_t)v[9];
	row->sock.inode = (uint32_t)v[10];
	row->sock.local_port = (uint16_t)v[11];
	row->sock.remote_port = (uint16_t)remote_port;
	row->locals = p;
	const char *arrow = strstr(p, "<->");
	const char *end = strchr(p, '\n');
	if (!arrow || (end && arrow > end))
		return false;
	row->remotes = arrow + 3;
	return true;
}

bool sctp_next_address(const char **p, int *family, uint8_t address[16])
{
	uint8_t wide[16];

	*p += blanks(*p);
	size_t n = token(*p);
	/* The numbers behind the remote addresses are no addresses, nor is the arrow behind the local ones. */
	if (n == 0 || !names_parse_address(*p, n, wide, NULL))
		return false;
	*family = memchr(*p, ':', n) ? AF_INET6 : AF_INET;
	memcpy(address, *family == AF_INET ? wide + 12 : wide, *family == AF_INET ? 4 : 16);
	*p += n;
	return true;
}

static int each_row(bool endpoint, void (*fn)(const struct sctp_row *row))
{
	struct proc_file f = PROC_FILE_INIT;
	int r = proc_load(&f, endpoint ? "proc/net/sctp/eps" : "proc/net/sctp/assocs");
	bool strange = false;

	for (const char *line = r == 0 ? proc_next_line(f.data) : NULL; line; line = proc_next_line(line)) {
		struct sctp_row row;

		if (sctp_parse(line, endpoint, &row))
			fn(&row);
		else
			strange = true;
	}
	proc_unload(&f);
	return strange ? -EBADMSG : r;
}

static void want_addresses(const char *p)
{
	uint8_t address[16];
	int family;

	while (p && sctp_next_address(&p, &family, address))
		host_want(family, address);
}

static void want(const struct sctp_row *row)
{
	want_addresses(row->locals);
	want_addresses(row->remotes);
	if (options.programs)
		owners_want(row->sock.inode);
}

/* An address in its column; with the port where there is one. */
static char *put_address(char *p, const char **list, const uint16_t *port)
{
	uint8_t address[16];
	char text[SOCK_ADDRESS_MAX + 16];
	char *start = p;
	int family;

	if (*list && sctp_next_address(list, &family, address)) {
		char buf[SOCK_ADDRESS_MAX];

		p = put_text(p, host_text(buf, family, address));
		if (port) {
			*p++ = ':';
			p = put_text(p, port_text(text, IPPROTO_SCTP, *port));
		}
	} else {
		*list = NULL;
	}
	while (p - start < 23)
		*p++ = ' ';
	return p;
}

static bool more_in(const char *list)
{
	uint8_t address[16];
	int family;

	return list && sctp_next_address(&list, &family, address);
}

/* Of an endpoint every address has the port, of an association the first. What -e, -p and -o add stands behind the
 * last line. */
static void print(const struct sctp_row *row)
{
	const char *locals = row->locals;
	const char *remotes = row->remotes;
	char state[16];

	for (bool first = true;; first = false) {
		const uint16_t *local_port = first || row->endpoint ? &row->sock.local_port : NULL;
		char *p = out_room(OUT_ROOM);

		if (first && !row->endpoint) {
			p = put_text(p, "sctp  ");
			p = put_number(p, row->sock.recv_q, 6);
			*p++ = ' ';
			p = put_number(p, row->sock.send_q, 6);
			*p++ = ' ';
		} else {
			p = put_left(p, first ? "sctp" : "", 20);
		}
		p = put_address(p, &locals, local_port);
		*p++ = ' ';
		p = put_address(p, &remotes, first ? &row->sock.remote_port : NULL);
		*p++ = ' ';
		p = put_left(p, first ? state_text(&row->sock, state) : "", 11);
		bool last = !more_in(locals) && !more_in(remotes);
		if (last)
			p = inet_details(p, &row->sock);
		*p++ = '\n';
		out_to(p);
		if (last)
			return;
	}
}

static int each_kind(void (*fn)(const struct sctp_row *row))
{
	int r = 0;

	if (options.all || options.listening)
		r = each_row(true, fn);
	if (r == 0 && (options.all || !options.listening))
		r = each_row(false, fn);
	return r;
}

int sctp_want(void)
{
	int r = each_kind(want);

	if (r == 0)
		return 0;
	if (r == -EBADMSG)
		return complain("sctp sockets: a line of /proc/net/sctp is not understood and left out");
	if (r != -ENOENT)
		return complain("sctp sockets cannot be read: %s", strerror(-r));
	if (options.sctp_named || options.verbose)
		complain("this kernel has no sctp sockets");
	return options.sctp_named;
}

void sctp_rows(void)
{
	each_kind(print);
}

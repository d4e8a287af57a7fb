/* SPDX-License-Identifier: GPL-2.0-only
 * --tcp-info: what ss(8) shows with -m and -i, as columns of the socket's own row, so that grep, sort and awk
 * work on it.
 */
#include "netstat.h"
#include "toolbox/lib/text.h"

#define INFINITE 0x7fffffffu /* the kernel's TCP_INFINITE_SSTHRESH: no threshold yet */
#define NONE UINT64_MAX

static const struct {
	const char *title;
	unsigned width;
	bool ms; /* from microseconds */
} columns[] = {
	{ "RTT-ms", 9, true }, { "Var-ms", 9, true }, { "Cwnd", 5, false },	 { "Ssthr", 6, false },
	{ "MSS", 5, false },   { "Unack", 5, false }, { "Lost", 4, false },	 { "Retr", 4, false },
	{ "Total", 5, false }, { "Rate-B/s", 11, false }, { "Acked", 10, false }, { "Received", 10, false },
	{ "Rmem", 8, false },  { "Wmem", 8, false },
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))
#define CONTROL_WIDTH 8

static char *put_right(char *p, const char *text, size_t width)
{
	size_t n = 0;

	while (text[n])
		n++;
	for (size_t i = n; i < width; i++)
		*p++ = ' ';
	return put_text(p, text);
}

void tcp_info_header(void)
{
	char *p = out_room(OUT_ROOM);

	for (size_t i = 0; i < COLUMNS; i++) {
		*p++ = ' ';
		p = put_right(p, columns[i].title, columns[i].width);
	}
	*p++ = ' ';
	out_to(put_left(p, "Control", CONTROL_WIDTH));
}

/* What does not apply (other protocols, listening and half-open sockets, an old kernel) is '-'. */
char *tcp_info_put(char *p, const struct sock *s, const struct sock_more *m)
{
	uint64_t values[COLUMNS];
	bool known = m && m->known && s->state != SOCK_LISTEN;
	char control[sizeof(m->congestion) * 4 + 1] = "-";

	for (size_t i = 0; i < COLUMNS; i++)
		values[i] = NONE;
	if (known) {
		const uint64_t all[COLUMNS] = {
			m->rtt_us,  m->rtt_var_us,     m->cwnd,		 m->ssthresh < INFINITE ? m->ssthresh : NONE,
			m->mss,	    m->unacked,	       m->lost,		 m->retransmitting,
			m->retransmitted, m->delivery_rate, m->bytes_acked, m->bytes_received,
			m->rmem,    m->wmem,
		};

		for (size_t i = 0; i < COLUMNS; i++)
			values[i] = all[i];
		if (m->congestion[0])
			text_snprintf(control, sizeof(control), "%s", m->congestion);
	}
	for (size_t i = 0; i < COLUMNS; i++) {
		uint64_t v = values[i];

		*p++ = ' ';
		if (v == NONE) {
			p = put_right(p, "-", columns[i].width);
		} else if (columns[i].ms) {
			p = put_number(p, v / 1000, columns[i].width - 4);
			*p++ = '.';
			*p++ = (char)('0' + v / 100 % 10);
			*p++ = (char)('0' + v / 10 % 10);
			*p++ = (char)('0' + v % 10);
		} else {
			p = put_number(p, v, columns[i].width);
		}
	}
	*p++ = ' ';
	return put_left(p, control, CONTROL_WIDTH);
}

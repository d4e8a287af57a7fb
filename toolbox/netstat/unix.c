/* SPDX-License-Identifier: GPL-2.0-only
 * The table of unix sockets, to the column as net-tools 2.10 has it; names are shown whole, also those with blanks.
 */
#include "netstat.h"
#include "toolbox/lib/text.h"

#include <linux/net.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Flags of a socket that /proc/net/unix shows; the kernel sets only the first of them nowadays. */
#define WAITS_DATA 0x20000u
#define NO_SPACE 0x40000u

void unix_header(void)
{
	out_text("Active UNIX domain sockets ");
	out_text(servers_text());
	out_text("\nProto RefCnt Flags       Type       State         I-Node   ");
	if (options.programs)
		out_text("PID/Program name     ");
	out_text("Path\n");
}

bool unix_selected(const struct sock_unix *s)
{
	bool server = s->state == SS_UNCONNECTED && s->flags & SOCK_UNIX_LISTENS;

	return options.all || server == options.listening;
}

static const char *type_text(unsigned type)
{
	switch (type) {
	case SOCK_STREAM:
		return "STREAM";
	case SOCK_DGRAM:
		return "DGRAM";
	case SOCK_RAW:
		return "RAW";
	case SOCK_RDM:
		return "RDM";
	case SOCK_SEQPACKET:
		return "SEQPACKET";
	default:
		return "UNKNOWN";
	}
}

static const char *unix_state_text(const struct sock_unix *s)
{
	switch (s->state) {
	case SS_FREE:
		return "FREE";
	case SS_UNCONNECTED:
		return s->flags & SOCK_UNIX_LISTENS ? "LISTENING" : "";
	case SS_CONNECTING:
		return "CONNECTING";
	case SS_CONNECTED:
		return "CONNECTED";
	case SS_DISCONNECTING:
		return "DISCONNECTING";
	default:
		return "UNKNOWN";
	}
}

/* NUL bytes, which abstract names begin with, are shown as '@', as everybody does. */
static void out_name(const struct sock_unix *s)
{
	char raw[256];
	char safe[sizeof(raw) * 4 + 1];
	size_t n = s->name_len;

	for (size_t at = 0; at < n; at += sizeof(raw)) {
		size_t part = n - at < sizeof(raw) ? n - at : sizeof(raw);

		for (size_t i = 0; i < part; i++)
			raw[i] = s->name[at + i] ? s->name[at + i] : '@';
		text_safe(safe, sizeof(safe), raw, part);
		out_text(safe);
	}
}

void unix_row(const struct sock_unix *s)
{
	const struct owner *o = options.programs ? owners_find(s->inode) : NULL;
	char *p = out_room(OUT_ROOM);
	char flags[16];

	p = put_left(p, s->protocol ? "??" : "unix", 6);
	if (s->refs == SOCK_UNKNOWN)
		p = put_left(p, "-", 6);
	else
		p = put_number_left(p, s->refs, 6);
	*p++ = ' ';
	strcpy(flags, "[ ");
	if (s->flags & SOCK_UNIX_LISTENS)
		strcat(flags, "ACC ");
	if (s->flags & WAITS_DATA)
		strcat(flags, "W ");
	if (s->flags & NO_SPACE)
		strcat(flags, "N ");
	strcat(flags, "]");
	p = put_left(p, flags, 12);
	p = put_left(p, type_text(s->type), 11);
	p = put_left(p, unix_state_text(s), 14);
	p = put_number_left(p, s->inode, 8);
	*p++ = ' ';
	if (options.programs) {
		p = put_left(p, o ? o->label : "-", 20);
		*p++ = ' ';
	}
	out_to(p);
	out_name(s);
	out_text("\n");
}

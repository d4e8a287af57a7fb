/* SPDX-License-Identifier: GPL-2.0-only
 * Unix sockets: see sock.h. /proc/net/unix has what unix_diag(7) does not (references, connections that wait
 * for accept()) but prints names as they are; unix_diag has the names as data. So the text is read first, then the
 * names, and a row of the text counts only when a socket of that inode and name is there.
 */
#include "sock.h"
#include "netlink.h"
#include "proc.h"

#include <errno.h>
#include <linux/net.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct name {
	uint32_t inode, peer;
	uint16_t len;
	uint8_t type, state;
	size_t at; /* in the text */
	size_t next; /* in the chain of its hash, 1 is the first */
};

struct sock_unix_names {
	struct name *name;
	size_t n, cap;
	char *text;
	size_t text_len, text_cap;
	size_t *chain; /* made when the names are complete */
	size_t mask;
};

struct sock_unix_names *sock_unix_names_new(void)
{
	return calloc(1, sizeof(struct sock_unix_names));
}

void sock_unix_names_free(struct sock_unix_names *names)
{
	if (!names)
		return;
	free(names->name);
	free(names->text);
	free(names->chain);
	free(names);
}

static int grow(void **p, size_t *cap, size_t need, size_t size)
{
	size_t more = *cap ? *cap : 256;

	while (more < need)
		more *= 2;
	if (more == *cap)
		return 0;
	void *grown = realloc(*p, more * size);
	if (!grown)
		return -ENOMEM;
	*p = grown;
	*cap = more;
	return 0;
}

int sock_unix_collect(void *arg, const struct nlmsghdr *message)
{
	struct sock_unix_names *u = arg;
	const struct unix_diag_msg *m = NLMSG_DATA(message);
	const struct nlattr *a[UNIX_DIAG_PEER + 1];
	uint32_t peer = 0;
	size_t len = 0;

	if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY || message->nlmsg_len < NLMSG_LENGTH(sizeof(*m)))
		return 0;
	netlink_attributes(message, sizeof(*m), a, UNIX_DIAG_PEER + 1);
	if (a[UNIX_DIAG_PEER] && netlink_size(a[UNIX_DIAG_PEER]) >= sizeof(peer))
		memcpy(&peer, netlink_data(a[UNIX_DIAG_PEER]), sizeof(peer));
	if (a[UNIX_DIAG_NAME])
		len = netlink_size(a[UNIX_DIAG_NAME]);
	if (grow((void **)&u->name, &u->cap, u->n + 1, sizeof(*u->name)) < 0 ||
	    grow((void **)&u->text, &u->text_cap, u->text_len + len + 1, 1) < 0)
		return -ENOMEM;
	if (len > 0)
		memcpy(u->text + u->text_len, netlink_data(a[UNIX_DIAG_NAME]), len);
	/* A path comes with its NUL; an abstract name begins with one, and all of its bytes count. */
	if (len > 0 && u->text[u->text_len] != '\0')
		len = strnlen(u->text + u->text_len, len);
	u->name[u->n++] = (struct name){ .inode = m->udiag_ino,
					 .peer = peer,
					 .len = (uint16_t)len,
					 .type = m->udiag_type,
					 .state = m->udiag_state,
					 .at = u->text_len };
	u->text_len += len;
	return 0;
}

static int complete(struct sock_unix_names *u)
{
	size_t size = 64;

	while (size < u->n)
		size *= 2;
	u->chain = calloc(size, sizeof(*u->chain));
	if (!u->chain)
		return -ENOMEM;
	u->mask = size - 1;
	for (size_t i = 0; i < u->n; i++) {
		size_t *head = &u->chain[u->name[i].inode & u->mask];

		u->name[i].next = *head;
		*head = i + 1;
	}
	return 0;
}

static const struct name *find(const struct sock_unix_names *u, uint64_t inode)
{
	for (size_t i = u->chain[inode & u->mask]; i > 0; i = u->name[i - 1].next)
		if (u->name[i - 1].inode == inode)
			return &u->name[i - 1];
	return NULL;
}

/* Whether the text at p is this name as the kernel prints it, NUL as '@', and then the line ends. */
static bool is_name(const struct sock_unix_names *u, const struct name *name, const char *p, const char *end)
{
	const char *want = u->text + name->at;

	if ((size_t)(end - p) < name->len)
		return false;
	for (size_t i = 0; i < name->len; i++)
		if (p[i] != (want[i] ? want[i] : '@'))
			return false;
	return p + name->len == end || p[name->len] == '\n';
}

/* A connection that waits for accept() has the name of the listening socket, and no inode by which it
 * could be found. */
static const struct name *find_listener(const struct sock_unix_names *u, const char *p, const char *end)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->name[i].state == SOCK_LISTEN && u->name[i].len > 0 && is_name(u, &u->name[i], p, end))
			return &u->name[i];
	return NULL;
}

static bool hex(const char **p, const char *end, uint64_t *value)
{
	const char *s = *p;
	uint64_t v = 0;
	bool any = false;

	while (s < end && *s == ' ')
		s++;
	for (; s < end; s++, any = true) {
		unsigned digit;

		if (*s >= '0' && *s <= '9')
			digit = (unsigned)(*s - '0');
		else if (*s >= 'A' && *s <= 'F')
			digit = (unsigned)(*s - 'A' + 10);
		else if (*s >= 'a' && *s <= 'f')
			digit = (unsigned)(*s - 'a' + 10);
		else
			break;
		if (v >> 60)
			return false;
		v = v << 4 | digit;
	}
	*p = s;
	*value = v;
	return any;
}

/* "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /name", to the end of the inode. */
static bool parse_row(const char **at, const char *end, struct sock_unix *s)
{
	uint64_t pointer, refs, protocol, flags, type, state;
	const char *p = *at;

	if (!hex(&p, end, &pointer) || p == end || *p++ != ':')
		return false;
	if (!hex(&p, end, &refs) || !hex(&p, end, &protocol) || !hex(&p, end, &flags) || !hex(&p, end, &type) ||
	    !hex(&p, end, &state))
		return false;
	if (p == end || *p != ' ' || !proc_u64(&p, &s->inode) || p > end || (p < end && *p != ' ' && *p != '\n'))
		return false;
	if (refs > UINT32_MAX || protocol > UINT32_MAX || flags > UINT32_MAX || type > UINT16_MAX || state > UINT8_MAX)
		return false;
	s->refs = (uint32_t)refs;
	s->protocol = (uint32_t)protocol;
	s->flags = (uint32_t)flags;
	s->type = (uint16_t)type;
	s->state = (uint8_t)state;
	*at = p;
	return true;
}

static const char *line_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

static int rows_of_text(const char *text, size_t len, const struct sock_unix_names *u, sock_unix_fn *fn, void *arg)
{
	const char *end = text + len;
	const char *p = line_end(text, end); /* the header */

	while (p < end && ++p < end) {
		struct sock_unix s = { 0 };
		const char *stop = line_end(p, end);

		if (parse_row(&p, stop, &s)) {
			const char *name = p < stop ? p + 1 : stop;
			const struct name *known = NULL;

			s.name = name;
			s.name_len = (size_t)(stop - name);
			if (u) {
				known = s.inode ? find(u, s.inode) : find_listener(u, name, end);
				if (!known) {
					p = stop; /* forged, or closed since */
					continue;
				}
				s.peer = known->inode == s.inode ? known->peer : 0;
				s.name = u->text + known->at;
				s.name_len = known->len;
				if (known->len > 0 && is_name(u, known, name, end))
					stop = name + known->len;
			}
			int r = fn(arg, &s);
			if (r != 0)
				return r;
		}
		p = stop;
	}
	return 0;
}

static int rows_of_names(const struct sock_unix_names *u, sock_unix_fn *fn, void *arg)
{
	for (size_t i = 0; i < u->n; i++) {
		const struct name *name = &u->name[i];
		struct sock_unix s = {
			.inode = name->inode,
			.peer = name->peer,
			.refs = SOCK_UNKNOWN,
			.flags = name->state == SOCK_LISTEN ? SOCK_UNIX_LISTENS : 0,
			.type = name->type,
			.state = name->state == SOCK_ESTABLISHED ? SS_CONNECTED : SS_UNCONNECTED,
			.name = u->text + name->at,
			.name_len = name->len,
		};
		int r = fn(arg, &s);

		if (r != 0)
			return r;
	}
	return 0;
}

int sock_unix_rows(const char *text, size_t len, struct sock_unix_names *names, sock_unix_fn *fn, void *arg)
{
	if (names && !names->chain && complete(names) < 0)
		return -ENOMEM;
	if (text)
		return rows_of_text(text, len, names, fn, arg);
	return names ? rows_of_names(names, fn, arg) : -ENOENT;
}

int sock_each_unix(sock_unix_fn *fn, void *arg)
{
	struct {
		struct nlmsghdr header;
		struct unix_diag_req r;
	} request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = SOCK_DIAG_BY_FAMILY },
		.r = { .sdiag_family = AF_UNIX, .udiag_states = -1u, .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER },
	};
	struct proc_file text = PROC_FILE_INIT;
	struct sock_unix_names *names = sock_unix_names_new();
	char path[SOCK_PATH_MAX];
	int have_names = -ENOENT;
	int r;

	sock_path(path, "unix");
	int have_text = proc_load(&text, path);
	if (names && !proc_is_test() && strcmp(path, "proc/net/unix") == 0)
		have_names = netlink_dump(NETLINK_SOCK_DIAG, &request.header, sock_unix_collect, names);
	if (have_text < 0 && have_names < 0)
		r = have_text == -ENOENT ? have_names : have_text;
	else
		r = sock_unix_rows(have_text < 0 ? NULL : text.data, text.len, have_names < 0 ? NULL : names, fn, arg);
	sock_unix_names_free(names);
	proc_unload(&text);
	return r;
}

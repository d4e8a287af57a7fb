/* SPDX-License-Identifier: GPL-2.0-only
 * What the text of a call needs to know about the tracee's sockets: see fdnames.h. /proc/TID/net is
 * the tracee's network namespace, whatever the tracer's is; a socket is found there by its inode.
 */
#include "fdnames.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <inttypes.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

enum { DNS_PORT = 53 };

bool sockinfo_inode(const char *target, uint64_t *inode)
{
	static const char before[] = "socket:[";
	const char *p = target + sizeof(before) - 1;

	return strncmp(target, before, sizeof(before) - 1) == 0 && proc_u64(&p, inode) && *p == ']';
}

static bool inode_of(pid_t tid, int fd, uint64_t *inode)
{
	char path[64], target[64];

	snprintf(path, sizeof(path), "proc/%d/fd/%d", (int)tid, fd);
	return fd >= 0 && proc_readlink(path, target, sizeof(target)) >= 0 &&
	       sockinfo_inode(target, inode);
}

static const char *word_at(const char *line, unsigned column)
{
	line += strspn(line, " ");
	for (unsigned i = 0; i < column; i++) {
		line += strcspn(line, " ");
		line += strspn(line, " ");
	}
	return line;
}

/* The port in a word ADDRESS:PORT of /proc/net/udp, in hex both. */
static unsigned long port_at(const char *line, unsigned column)
{
	const char *word = word_at(line, column);

	word += strcspn(word, ": ");
	return *word == ':' ? strtoul(word + 1, NULL, 16) : 0;
}

/* Copies the line of a table whose word number `column`, from 0 on, is the inode. */
static bool find_line(pid_t tid, const char *table, unsigned column, uint64_t inode, char *copy,
		      size_t size)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];
	bool found = false;

	snprintf(path, sizeof(path), "proc/%d/net/%s", (int)tid, table);
	if (proc_load(&f, path) != 0) {
		proc_unload(&f);
		return false;
	}
	for (char *line = f.data, *next; line && *line && !found; line = next) {
		const char *word;

		if ((next = strchr(line, '\n')))
			*next++ = '\0';
		word = word_at(line, column);
		found = strtoull(word, NULL, 10) == inode;
		if (found)
			snprintf(copy, size, "%s", line);
	}
	proc_unload(&f);
	return found;
}

/* The kind of a socket is an attribute of its link in /proc. */
static bool is_netlink(pid_t tid, int fd)
{
	char path[64], name[16];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)tid, fd);
	n = getxattr(path, "system.sockprotoname", name, sizeof(name));
	return n >= (ssize_t)strlen("NETLINK") && !strncmp(name, "NETLINK", strlen("NETLINK"));
}

int sockinfo_netlink(void *ctx, pid_t tid, int fd)
{
	/* A socket keeps its protocol, and its inode; 0 is none's. */
	static struct {
		uint64_t inode;
		int protocol;
	} known[64];
	enum { INODE = 9 };
	char line[256];
	uint64_t inode;
	int protocol;

	(void)ctx;
	if (!inode_of(tid, fd, &inode) || !inode)
		return -1;
	if (known[inode % countof(known)].inode == inode)
		return known[inode % countof(known)].protocol;
	if (!is_netlink(tid, fd))
		protocol = -1;
	else if (!find_line(tid, "netlink", INODE, inode, line, sizeof(line)))
		return -1; /* Before it is bound it is in no table: ask again. */
	else
		protocol = (int)strtol(word_at(line, 1), NULL, 10);
	known[inode % countof(known)].inode = inode;
	known[inode % countof(known)].protocol = protocol;
	return protocol;
}

bool sockinfo_dns(void *ctx, pid_t tid, int fd)
{
	static const char *const tables[] = { "udp", "udp6" };
	enum { INODE = 9 };
	char line[512];
	uint64_t inode;

	(void)ctx;
	if (!inode_of(tid, fd, &inode))
		return false;
	for (size_t i = 0; i < countof(tables); i++) {
		if (find_line(tid, tables[i], INODE, inode, line, sizeof(line)))
			return port_at(line, 1) == DNS_PORT || port_at(line, 2) == DNS_PORT;
	}
	return false;
}

bool sockinfo_ifname(void *ctx, uint32_t index, struct out *o)
{
	char name[IF_NAMESIZE];

	(void)ctx;
	if (!index || !if_indextoname(index, name))
		return false;
	out_escaped(o, name, strlen(name), OUT_HEX_NONE, "\"");
	return true;
}

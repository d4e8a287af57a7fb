/* SPDX-License-Identifier: GPL-2.0-only
 * Who has a pipe or a socket: all links of all processes, read once and sorted. See pfiles.h.
 */
#include "pfiles.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN = 4, ACCESSES = 3 }; /* a pipe may have thousands of readers */

struct holder {
	uint64_t inode;
	pid_t pid;
	int fd;
	int access; /* of a pipe: O_RDONLY, O_WRONLY, O_RDWR; of a socket 0 */
	bool socket;
};

static struct holder *list;
static size_t n_list, cap;
static bool loaded, incomplete;

static int order(const void *a, const void *b)
{
	const struct holder *x = a;
	const struct holder *y = b;

	if (x->socket != y->socket)
		return x->socket ? 1 : -1;
	if (x->inode != y->inode)
		return x->inode < y->inode ? -1 : 1;
	if (x->access != y->access)
		return x->access < y->access ? -1 : 1;
	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	return (x->fd > y->fd) - (x->fd < y->fd);
}

static bool add(const struct holder *h)
{
	if (n_list == cap) {
		size_t more = cap ? cap * 2 : 1024;
		struct holder *grown = realloc(list, more * sizeof(*grown));

		if (!grown)
			return false;
		list = grown;
		cap = more;
	}
	list[n_list++] = *h;
	return true;
}

/* "socket:[123]" or "pipe:[123]" */
static bool parse(const char *link, struct holder *h)
{
	const char *p = link;

	h->socket = strncmp(p, "socket:[", 8) == 0;
	if (!h->socket && strncmp(p, "pipe:[", 6) != 0)
		return false;
	p += h->socket ? 8 : 6;
	return proc_u64(&p, &h->inode) && *p == ']' && !p[1];
}

/* Which end of a pipe it is. */
static int access_of(const struct holder *h)
{
	struct proc_file f = PROC_FILE_INIT;
	uint64_t flags = O_RDWR;
	char path[64];

	snprintf(path, sizeof(path), "proc/%d/fdinfo/%d", (int)h->pid, h->fd);
	if (proc_load(&f, path) < 0 || !info_flags(f.data, &flags))
		flags = O_RDWR;
	proc_unload(&f);
	return (int)(flags & 3) < ACCESSES ? (int)(flags & 3) : O_RDWR;
}

static void load_process(pid_t pid)
{
	struct holder h = { .pid = pid };
	struct dirent *entry;
	char path[64], link[48];

	snprintf(path, sizeof(path), "proc/%d/fd", (int)pid);
	DIR *dir = proc_opendir(path);
	if (!dir) {
		incomplete = incomplete || errno == EACCES || errno == EPERM;
		return;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		h.fd = (int)strtol(entry->d_name, NULL, 10);
		ssize_t n = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link) - 1);
		if (n <= 0) {
			incomplete = incomplete || (n < 0 && (errno == EACCES || errno == EPERM));
			continue;
		}
		link[n] = '\0';
		if (!parse(link, &h))
			continue;
		h.access = h.socket ? 0 : access_of(&h);
		if (!add(&h))
			incomplete = true;
	}
	closedir(dir);
}

static void load(void)
{
	pid_t *pids;
	size_t n;

	if (loaded)
		return;
	loaded = true;
	if (proc_pids(&pids, &n) < 0) {
		incomplete = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		load_process(pids[i]);
	free(pids);
	if (n_list > 0)
		qsort(list, n_list, sizeof(*list), order);
}

/* The holders of an inode with one access mode; NULL: none is known. */
static const struct holder *find(bool socket, uint64_t inode, int access, size_t *n)
{
	struct holder key = { .inode = inode, .socket = socket, .access = access, .fd = -1 };
	size_t bound[2];

	load();
	/* The first that is not below the key, and the first that is above all of its kind. */
	for (int i = 0; i < 2; i++, key.access++) {
		size_t low = 0, high = n_list;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (order(&list[middle], &key) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		bound[i] = low;
	}
	*n = bound[1] - bound[0];
	return *n > 0 ? &list[bound[0]] : NULL;
}

bool holders_incomplete(void)
{
	return incomplete;
}

static void print_one(const char *label, const struct holder *h)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[32];

	snprintf(path, sizeof(path), "proc/%d/comm", (int)h->pid);
	if (proc_load(&f, path) < 0)
		f.len = 0;
	while (f.len > 0 && f.data[f.len - 1] == '\n')
		f.len--;
	text_printf(stdout, "      %s: %.*s[%d] fd:%d\n", label, (int)f.len, f.data ? f.data : "", (int)h->pid, h->fd);
	proc_unload(&f);
}

bool holders_print(const char *label, bool socket, uint64_t inode, int access, pid_t pid, int fd)
{
	size_t shown = 0, all = 0;

	for (int mode = 0; mode < ACCESSES; mode++) {
		size_t n;

		/* O_RDWR has both ends. */
		if (access >= 0 && mode != access && mode != O_RDWR)
			continue;
		const struct holder *h = find(socket, inode, mode, &n);
		for (size_t i = 0; i < n && shown < SHOWN; i++) {
			if (h[i].pid == pid && h[i].fd == fd)
				continue;
			print_one(label, &h[i]);
			shown++;
		}
		struct holder self = { .inode = inode, .socket = socket, .access = mode, .pid = pid, .fd = fd };
		all += n - (n > 0 && bsearch(&self, h, n, sizeof(*h), order) != NULL);
	}
	if (all > shown)
		printf("      %s: and %zu more\n", label, all - shown);
	return shown > 0;
}

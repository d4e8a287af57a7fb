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

enum { SHOWN = 4 }; /* a pipe may have thousands of readers */

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
		h.fd = atoi(entry->d_name);
		ssize_t n = readlinkat(dirfd(dir), entry->d_name, link, sizeof(link) - 1);
		if (n <= 0) {
			incomplete = incomplete || (n < 0 && (errno == EACCES || errno == EPERM));
			continue;
		}
		link[n] = '\0';
		if (parse(link, &h) && !add(&h))
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

const struct holder *holders_of(bool socket, uint64_t inode, size_t *n)
{
	struct holder key = { .inode = inode, .socket = socket, .fd = -1 };
	size_t low = 0, high;

	load();
	high = n_list;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (order(&list[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < n_list && list[low + *n].inode == inode && list[low + *n].socket == socket)
		++*n;
	return *n > 0 ? &list[low] : NULL;
}

bool holders_incomplete(void)
{
	return incomplete;
}

static bool load_info(struct proc_file *f, const struct holder *h, uint64_t *flags)
{
	char path[64];

	proc_unload(f);
	snprintf(path, sizeof(path), "proc/%d/fdinfo/%d", (int)h->pid, h->fd);
	return proc_load(f, path) == 0 && info_flags(f->data, flags);
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
	struct proc_file f = PROC_FILE_INIT;
	size_t n, shown = 0, more = 0;
	const struct holder *h = holders_of(socket, inode, &n);

	for (size_t i = 0; i < n; i++) {
		uint64_t flags;

		if (h[i].pid == pid && h[i].fd == fd)
			continue;
		if (shown >= SHOWN) {
			more++;
			continue;
		}
		/* O_RDWR has both ends. */
		if (access >= 0 && (!load_info(&f, &h[i], &flags) || ((flags & 3) != (uint64_t)access && (flags & 3) != O_RDWR)))
			continue;
		print_one(label, &h[i]);
		shown++;
	}
	if (more > 0)
		printf("      %s: and up to %zu more\n", label, more);
	proc_unload(&f);
	return shown > 0;
}

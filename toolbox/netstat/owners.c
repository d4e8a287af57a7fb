/* SPDX-License-Identifier: GPL-2.0-only
 * Which process has a socket (-p): the inodes that are shown go into a hash table, then one pass over
 * /proc/PID/fd with one readlink(2) and one look-up a descriptor, by a few threads where there are many
 * sockets. The first process by number counts, as in net-tools. Processes that we may not look into are passed
 * over, and said.
 */
#include "netstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LABEL_COLUMNS 19
/* The command line lies in the process's own memory and may never come. */
#define CMDLINE_MS 200
#define PATIENCE 3 /* so often; then names come from the kernel */

/* The kernel does the work, and does it on as many processors as ask. */
#define THREADS 4
#define MANY 2000 /* sockets, below which threads cost more than they bring */

struct place {
	uint32_t inode;		/* 0: free */
	_Atomic uint32_t owner; /* 0: none so far, else 1 + index: in the list of processes, later of the owners */
};

static struct place *places;
static size_t n_places, mask;
static atomic_size_t unknown; /* inodes without an owner so far */

static struct owner *owners;
static size_t n_owners;
static int impatience;

void owners_begin(void)
{
	for (size_t i = 0; places && i <= mask; i++)
		places[i] = (struct place){ 0 };
	n_places = 0;
	unknown = 0;
	n_owners = 0;
}

/* The kernel numbers inodes in a row, and descriptors come in that order: eight neighbours share a line of the
 * cache. */
static struct place *place_of(uint32_t inode)
{
	size_t i = ((size_t)((inode >> 3) * 0x9e3779b1u >> 5) << 3 | (inode & 7)) & mask;

	while (places[i].inode && places[i].inode != inode)
		i = (i + 1) & mask;
	return &places[i];
}

static int grow(void)
{
	struct place *old = places;
	size_t n_old = old ? mask + 1 : 0;
	size_t size = old ? n_old * 2 : 1024;
	struct place *fresh = calloc(size, sizeof(*fresh));

	if (!fresh)
		return -ENOMEM;
	places = fresh;
	mask = size - 1;
	for (size_t i = 0; i < n_old; i++)
		if (old[i].inode)
			place_of(old[i].inode)->inode = old[i].inode;
	free(old);
	return 0;
}

int owners_want(uint64_t inode)
{
	if (inode == 0 || inode > UINT32_MAX)
		return 0;
	if ((!places || n_places * 4 > (mask + 1) * 3) && grow() < 0)
		return -ENOMEM;
	struct place *p = place_of((uint32_t)inode);
	if (p->inode == 0) {
		p->inode = (uint32_t)inode;
		n_places++;
		unknown++;
	}
	return 0;
}

const struct owner *owners_find(uint64_t inode)
{
	if (!places || inode == 0 || inode > UINT32_MAX)
		return NULL;
	const struct place *p = place_of((uint32_t)inode);
	return p->inode && p->owner ? &owners[p->owner - 1] : NULL;
}

const struct owner *owners_list(size_t *n)
{
	*n = n_owners;
	return owners;
}

/* The longest beginning of a string that takes at most so many columns when it is safe. */
static void cut(char *to, size_t size, const char *s, size_t n, size_t columns)
{
	if (n > columns * 4)
		n = columns * 4;
	for (;; n--) {
		text_safe(to, size, s, n);
		if (text_safe(NULL, 0, s, n) < size && text_width(to) <= columns)
			return;
		while (n > 1 && ((unsigned char)s[n - 1] & 0xc0) == 0x80)
			n--;
	}
}

/* The first argument, of a path its last part: what net-tools shows. Without one, the kernel's name. */
static void name_owner(struct owner *o)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[32];
	int r = -ETIMEDOUT;

	if (impatience < PATIENCE) {
		snprintf(path, sizeof(path), "proc/%d/cmdline", o->pid);
		r = proc_load_slow(&f, path, CMDLINE_MS);
		impatience += r == -ETIMEDOUT;
	}
	if (r < 0 || f.data[0] == '\0') {
		proc_unload(&f);
		snprintf(path, sizeof(path), "proc/%d/comm", o->pid);
		if (proc_load(&f, path) == 0 && f.len > 0 && f.data[f.len - 1] == '\n')
			f.data[--f.len] = '\0';
	}
	const char *name = f.data ? f.data : "";
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;
	size_t n = (size_t)snprintf(o->label, sizeof(o->label), "%d/", o->pid);

	if (slash)
		name = slash + 1;
	cut(o->label + n, sizeof(o->label) - n, name, strlen(name), LABEL_COLUMNS - n);
	proc_unload(&f);
}

/* "socket:[12345]", and "[0000]:12345" of old kernels. */
static uint32_t inode_of_link(const char *link, size_t n)
{
	static const char now[] = "socket:[";
	static const char once[] = "[0000]:";
	uint64_t inode = 0;
	size_t i;

	if (n > sizeof(now) - 1 && memcmp(link, now, sizeof(now) - 1) == 0 && link[n - 1] == ']') {
		i = sizeof(now) - 1;
		n--;
	} else if (n > sizeof(once) - 1 && memcmp(link, once, sizeof(once) - 1) == 0) {
		i = sizeof(once) - 1;
	} else {
		return 0;
	}
	for (; i < n; i++) {
		if (link[i] < '0' || link[i] > '9' || inode > UINT32_MAX)
			return 0;
		inode = inode * 10 + (uint64_t)(link[i] - '0');
	}
	return inode > UINT32_MAX ? 0 : (uint32_t)inode;
}

/* What getdents64(2) gives. */
struct entry {
	uint64_t inode;
	int64_t offset;
	uint16_t size;
	uint8_t type;
	char name[];
};

struct scan {
	const pid_t *pids;
	size_t n;
	atomic_size_t next; /* the first process that nobody has taken */
	atomic_bool denied;
};

/* The process with the lowest number stays. */
static void claim(struct place *p, uint32_t process)
{
	uint32_t owner = p->owner;

	while ((owner == 0 || process < owner) && !atomic_compare_exchange_weak(&p->owner, &owner, process))
		;
	if (owner == 0)
		unknown--;
}

static void scan_process(int dir, uint32_t process)
{
	_Alignas(uint64_t) char buf[16384];
	long n;

	while ((n = syscall(SYS_getdents64, dir, buf, sizeof(buf))) > 0) {
		for (long at = 0; at < n;) {
			const struct entry *d = (const struct entry *)(buf + at);
			char link[32];

			at += d->size;
			if (d->name[0] < '0' || d->name[0] > '9')
				continue;
			ssize_t len = readlinkat(dir, d->name, link, sizeof(link));
			uint32_t inode = len > 0 && len < (ssize_t)sizeof(link) ? inode_of_link(link, (size_t)len) : 0;
			if (inode == 0)
				continue;
			struct place *p = place_of(inode);
			if (p->inode != 0)
				claim(p, process);
		}
	}
}

/* Takes one process after the other. When all sockets are known nobody takes another, but each finishes the one
 * that it has: it may be one with a lower number. */
static void *scan_some(void *arg)
{
	struct scan *s = arg;
	size_t i;

	while (unknown > 0 && (i = s->next++) < s->n) {
		char path[32];

		snprintf(path, sizeof(path), "proc/%d/fd", (int)s->pids[i]);
		fd_auto dir = proc_open(path, O_RDONLY | O_DIRECTORY);
		if (dir >= 0)
			scan_process(dir, (uint32_t)i + 1);
		else if (dir == -EACCES || dir == -EPERM)
			s->denied = true;
	}
	return NULL;
}

static void scan_all(struct scan *s)
{
	pthread_t thread[THREADS - 1];
	cpu_set_t cpus;
	int n = 0;

	if (n_places >= MANY && sched_getaffinity(0, sizeof(cpus), &cpus) == 0)
		while (n < THREADS - 1 && n < CPU_COUNT(&cpus) - 1 && pthread_create(&thread[n], NULL, scan_some, s) == 0)
			n++;
	scan_some(s);
	while (n > 0)
		pthread_join(thread[--n], NULL);
}

/* Makes owners of the processes that have a socket, in the order of their numbers. */
static bool list_owners(const struct scan *s)
{
	size_t *sockets = calloc(s->n + 1, sizeof(*sockets));
	uint32_t *index = calloc(s->n + 1, sizeof(*index));
	struct owner *grown = NULL;

	for (size_t i = 0; i <= mask && sockets && index; i++)
		sockets[places[i].owner]++;
	for (size_t i = 1; i <= s->n && sockets && index; i++)
		if (sockets[i] > 0)
			index[i] = (uint32_t)++n_owners;
	if (sockets && index)
		grown = realloc(owners, (n_owners + 1) * sizeof(*owners));
	if (grown) {
		owners = grown;
		for (size_t i = 1; i <= s->n; i++)
			if (sockets[i] > 0) {
				struct owner *o = &owners[index[i] - 1];

				*o = (struct owner){ .pid = s->pids[i - 1], .sockets = sockets[i] };
				name_owner(o);
			}
	} else {
		n_owners = 0;
	}
	for (size_t i = 0; i <= mask; i++)
		places[i].owner = grown ? index[places[i].owner] : 0;
	free(sockets);
	free(index);
	return grown != NULL;
}

void owners_scan(void)
{
	pid_t *pids;
	size_t n;
	int r = proc_pids(&pids, &n);

	if (r < 0) {
		complain("/proc cannot be read, so no process is named: %s", strerror(-r));
		return;
	}
	if (places) {
		struct scan s = { .pids = pids, .n = n };

		scan_all(&s);
		if (!list_owners(&s))
			complain("out of memory: no process is named");
		if (s.denied && n_owners == 0)
			text_printf(stderr, "(No info could be read for \"-p\": geteuid()=%u but you should be root.)\n",
				    (unsigned)geteuid());
		else if (s.denied && unknown > 0)
			text_printf(stderr, "(Not all processes could be identified, non-owned process info\n"
					    " will not be shown, you would have to be root to see it all.)\n");
	}
	free(pids);
}

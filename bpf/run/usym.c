/* SPDX-License-Identifier: GPL-2.0-only
 * Processes and their names: see usym.h. A process is told from another one of the same number, and a program from the one that
 * it executed, by a descriptor of its directory in /proc and by its executable. Nothing is stopped; memory is only
 * read for the vdso and for files that cannot be opened, never where reading may wait for somebody.
 */
#include "usym.h"

#include "bpf/sym/demangle.h"
#include "bpf/sym/stack.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define SECOND UINT64_C(1000000000)
#define AGAIN_NS (5 * SECOND) /* before a process that could not be read is tried again */
#define REFRESH_NS (SECOND / 10)

enum { PROCESSES = 128, NAMES_MAX = 1 << 16, NAME_SIZE = DEMANGLE_OUT_MAX + 512 };

struct process {
	uint64_t pid; /* of the record; 0: the slot is free */
	pid_t tid;    /* in our /proc */
	int dir, mem;
	struct stat exe;
	struct sym_process *sym; /* NULL: it could not be read, or has ended */
	uint64_t looked_ns, refreshed_ns, used;
	bool hinted;
};

struct name {
	uint64_t pid, address;
	bool is_return;
	char *text; /* with its offset; NULL: the slot is free */
};

struct usym {
	pid_t (*number)(void *ctx, pid_t pid);
	void *ctx;
	FILE *hints;
	struct process processes[PROCESSES];
	uint64_t uses;
	struct name *names; /* NAMES_MAX * 2, hashed */
	size_t n_names;
};

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

struct usym *usym_new(pid_t (*number)(void *ctx, pid_t pid), void *ctx, FILE *hints)
{
	struct usym *u = calloc(1, sizeof *u);

	if (u)
		*u = (struct usym){ .number = number, .ctx = ctx, .hints = hints };
	return u;
}

static void forget(struct process *p)
{
	sym_close(p->sym);
	if (p->pid) {
		base_close_fd(&p->dir);
		base_close_fd(&p->mem);
	}
	*p = (struct process){ .dir = -1, .mem = -1 };
}

void usym_free(struct usym *u)
{
	if (!u)
		return;
	for (size_t i = 0; i < PROCESSES; i++)
		forget(&u->processes[i]);
	for (size_t i = 0; u->names && i < 2 * NAMES_MAX; i++)
		free(u->names[i].text);
	free(u->names);
	free(u);
}

/* Processes */

static bool read_memory(void *ctx, uint64_t addr, void *buf, size_t n)
{
	const struct process *p = ctx;

	/* While it is being opened only what its maps do not show yet could be asked for, and that is nothing. */
	if (p->mem < 0 || !p->sym || sym_waits(p->sym, addr) || addr > INT64_MAX)
		return false;
	return pread(p->mem, buf, n, (off_t)addr) == (ssize_t)n;
}

static void open_process(struct process *p)
{
	struct unwind_memory mem = { read_memory, p };
	char path[48];

	snprintf(path, sizeof path, "/proc/%d", (int)p->tid);
	p->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->dir < 0 || fstatat(p->dir, "exe", &p->exe, 0) != 0)
		return;
	p->mem = openat(p->dir, "mem", O_RDONLY | O_CLOEXEC);
	if (sym_open(&p->sym, p->tid, &mem) < 0)
		p->sym = NULL;
	p->refreshed_ns = p->looked_ns;
}

/* Whether it is still the same program; true as well for one that has ended: nobody else has its number yet. */
static bool is_same(const struct process *p)
{
	struct stat exe;
	char path[48];

	if (p->dir >= 0 && fstatat(p->dir, "exe", &exe, 0) == 0)
		return exe.st_ino == p->exe.st_ino && exe.st_dev == p->exe.st_dev;
	snprintf(path, sizeof path, "/proc/%d", (int)p->tid);
	return p->dir >= 0 && access(path, F_OK) != 0;
}

static struct process *find_process(struct usym *u, uint64_t pid)
{
	struct process *oldest = &u->processes[0];
	uint64_t now = now_ns();

	for (size_t i = 0; i < PROCESSES; i++) {
		struct process *p = &u->processes[i];

		if (p->pid == pid && (p->sym ? is_same(p) : now - p->looked_ns < AGAIN_NS)) {
			p->used = ++u->uses;
			return p;
		}
		if (p->pid == pid) {
			oldest = p;
			break;
		}
		if (p->used < oldest->used)
			oldest = p;
	}
	forget(oldest);
	*oldest = (struct process){ .pid = pid, .dir = -1, .mem = -1, .looked_ns = now, .used = ++u->uses };
	oldest->tid = pid > INT32_MAX ? 0 : u->number(u->ctx, (pid_t)pid);
	if (oldest->tid > 0)
		open_process(oldest);
	return oldest;
}

/* Names that are kept */

static struct name *slot_of(struct usym *u, uint64_t pid, uint64_t address, bool is_return)
{
	uint64_t h = (address * UINT64_C(0x9e3779b97f4a7c15) ^ pid * UINT64_C(0xc2b2ae3d27d4eb4f)) + is_return;

	if (!u->names)
		u->names = calloc(2 * NAMES_MAX, sizeof *u->names);
	if (!u->names)
		return NULL;
	for (size_t i = (size_t)(h >> 40) % (2 * NAMES_MAX);; i = (i + 1) % (2 * NAMES_MAX)) {
		struct name *n = &u->names[i];

		if (!n->text || (n->pid == pid && n->address == address && n->is_return == is_return))
			return n;
	}
}

static void keep(struct usym *u, struct name *n, uint64_t pid, uint64_t address, bool is_return, const char *text)
{
	char *copy = n && (n->text || u->n_names < NAMES_MAX) ? strdup(text) : NULL;

	if (!copy)
		return;
	u->n_names += !n->text;
	free(n->text);
	*n = (struct name){ pid, address, is_return, copy };
}

/* Names */

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static void hint(struct usym *u, struct process *p)
{
	char exe[4096];
	ssize_t n = readlinkat(p->dir, "exe", exe, sizeof exe - 1);

	if (p->hinted || !u->hints || n <= 0)
		return;
	p->hinted = true;
	exe[n] = '\0';
	const char *program = last_part(exe);
	text_printf(u->hints, "dtrace: process %lu (%s) runs code that it made itself, and has no perf map that names it: %s\n",
		    (unsigned long)p->pid, program,
		    strncmp(program, "node", 4) == 0   ? "start node with --perf-basic-prof"
		    : strncmp(program, "java", 4) == 0 ? "ask for one by jcmd PID Compiler.perfmap"
						       : "start it so that it writes /tmp/perf-PID.map");
}

/* The place of an address, by what is mapped now: programs load libraries while they run. */
static bool find_place(struct process *p, uint64_t address, bool is_return, struct sym_place *place)
{
	struct sym_frame frame = { .pc = address, .is_return = is_return };
	uint64_t now = now_ns();

	if (sym_name(p->sym, &frame, place))
		return true;
	if (now - p->refreshed_ns < REFRESH_NS || !is_same(p))
		return false;
	p->refreshed_ns = now;
	return sym_refresh(p->sym) == 0 && sym_name(p->sym, &frame, place);
}

/* module`function+0xN. Of code that a program made itself the name alone, as its perf map has it. */
static bool write_name(const struct sym_place *place, uint64_t address, char *buf, size_t size)
{
	char function[DEMANGLE_OUT_MAX];
	int n;

	if (place->name && place->made) {
		n = snprintf(buf, size, "%s", place->name);
	} else if (place->name) {
		demangle(place->name, function, sizeof function, 1);
		n = snprintf(buf, size, "%s`%s", last_part(place->path), function);
	} else if (*place->path) {
		snprintf(buf, size, "%s`0x%" PRIx64, last_part(place->path), address);
		return true;
	} else {
		return false;
	}
	if (place->name_offset && n > 0 && (size_t)n < size)
		snprintf(buf + n, size - (size_t)n, "+0x%" PRIx64, place->name_offset);
	return true;
}

static bool find_name(struct usym *u, uint64_t pid, uint64_t address, bool is_return, char *buf, size_t size)
{
	struct name *kept = slot_of(u, pid, address, is_return);
	struct process *p = find_process(u, pid);
	struct sym_place place;

	/* Code that is made may be another's by now; while its process lives it is looked up each time. */
	if (p->sym && find_place(p, address, is_return, &place)) {
		if (write_name(&place, address, buf, size)) {
			keep(u, kept, pid, address, is_return, buf);
			return true;
		}
		if (place.made)
			hint(u, p);
	}
	if (!kept || !kept->text)
		return false;
	snprintf(buf, size, "%s", kept->text);
	return true;
}

bool usym_name(struct usym *u, uint64_t pid, uint64_t address, bool is_return, enum usym_form form, char *buf, size_t size)
{
	char name[NAME_SIZE];

	buf[0] = '\0';
	if (!pid || !find_name(u, pid, address, is_return, name, sizeof name))
		return false;
	char *function = strchr(name, '`');
	char *offset = strrchr(name, '+');
	if (form == USYM_MODULE && !function)
		return false;
	if (form == USYM_MODULE)
		*function = '\0';
	if (form == USYM_FUNCTION && offset && strncmp(offset, "+0x", 3) == 0)
		*offset = '\0';
	snprintf(buf, size, "%s", name);
	return true;
}

/* How far behind the start of its module an address is; 0: not known. */
static uint64_t module_offset(struct usym *u, uint64_t pid, uint64_t address)
{
	struct process *p = find_process(u, pid);
	struct sym_place place;

	return p->sym && find_place(p, address, false, &place) && !place.made && *place.path ? place.offset : 0;
}

uint64_t usym_start(struct usym *u, uint64_t pid, uint64_t address, enum usym_form form)
{
	char name[NAME_SIZE];
	uint64_t behind = 0;

	if (form == USYM_OFFSET || !pid || !find_name(u, pid, address, false, name, sizeof name))
		return address;
	char *cut = form == USYM_MODULE ? strchr(name, '`') : strrchr(name, '+');
	if (form == USYM_MODULE && cut) {
		behind = module_offset(u, pid, address);
		cut[1] = '\0'; /* the ` says that a module is in front of it */
	} else if (cut && strncmp(cut, "+0x", 3) == 0) {
		behind = strtoull(cut + 3, NULL, 16);
		*cut = '\0';
	}
	if (!behind || behind > address)
		return address;
	struct name *slot = slot_of(u, pid, address - behind, false);
	if (slot && !slot->text)
		keep(u, slot, pid, address - behind, false, name);
	return slot && slot->text ? address - behind : address;
}

void usym_note(struct usym *u, uint64_t pid, const uint64_t *frames, uint32_t n)
{
	char name[NAME_SIZE];

	for (uint32_t i = 0; pid && i < n && frames[i]; i++) {
		const struct name *kept = slot_of(u, pid, frames[i], i > 0);

		if (!kept || !kept->text)
			find_name(u, pid, frames[i], i > 0, name, sizeof name);
	}
}

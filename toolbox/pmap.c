/* SPDX-License-Identifier: GPL-2.0-only
 * pmap: the mappings of processes, as procps 4 prints them. Options, reading and printing; maps and smaps are taken apart
 * by pmap/parse.c. Differences from procps are in the man page.
 */
#include "pmap/parse.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/deadline.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: pmap [-x | -X | -XX | -d] [-pq] [-A LOW[,HIGH]] PID...\n"
	"Show the mappings of processes.\n"
	"\n"
	" -x, --extended        resident and dirty memory as well\n"
	" -X                    what the kernel tells of each: size, RSS, PSS, swap, ...\n"
	" -XX                   all that it tells\n"
	" -d, --device          offset and device\n"
	" -p, --show-path       whole paths\n"
	" -q, --quiet           no header and no totals\n"
	" -A, --range LOW,HIGH  only mappings between these addresses (hexadecimal)\n"
	" -h, --help            this text\n"
	" -V, --version         version\n"
	"\n"
	"Figures are KiB. Examples:\n"
	"  pmap -x 1\n"
	"  pmap -X 1 | sort -n -k 8    the largest part last\n";

enum format { PLAIN, EXTENDED, DEVICE, MORE, ALL };

struct options {
	enum format format;
	bool path, quiet;
	uint64_t low, high;
};

/* What was read of one process. */
struct process {
	char command[4096];
	struct proc_file maps;
	int err;
};

struct job {
	pid_t pid;
	enum format format;
};

#define failed(...) text_failed("pmap", __VA_ARGS__)

/* --- reading ------------------------------------------------------------------------------------ */

static void drop(void *arg)
{
	struct process *p = arg;

	proc_unload(&p->maps);
	free(p);
}

static void *read_process(void *arg, size_t i)
{
	const struct job *job = (const struct job *)arg + i;
	struct process *p = calloc(1, sizeof(*p));
	char path[40];

	if (!p)
		return NULL;
	p->maps.fd = -1;
	ssize_t n = process_command(job->pid, p->command, sizeof(p->command));
	p->err = n < 0 ? (int)n : 0;
	if (p->err == 0) {
		snprintf(path, sizeof(path), "proc/%d/%s", (int)job->pid,
			 job->format == PLAIN || job->format == DEVICE ? "maps" : "smaps");
		p->err = proc_load(&p->maps, path);
	}
	return p;
}

/* --- names --------------------------------------------------------------------------------------- */

/* The kernel writes a line end in a name as \012, and nothing else so. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (strncmp(s, "\\012", 4) == 0) {
			*to++ = '\n';
			s += 3;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

/* The mapping's name, in memory that the caller frees; a stranger's string. */
static char *name_of(const struct options *o, const struct mapping *m)
{
	char *name = strndup(m->name, m->name_len);
	const char *slash;
	char shmid[48];

	if (!name)
		return NULL;
	unescape(name);
	/* System V shared memory has its id for an inode. */
	if (o->format < MORE && strncmp(name, "/SYSV", 5) == 0) {
		snprintf(shmid, sizeof(shmid), "  [ shmid=0x%llx ]", (unsigned long long)m->inode);
		free(name);
		return strdup(shmid);
	}
	if (o->format < MORE && name[0] != '/') {
		bool stack = strncmp(name, "[stack", 6) == 0;

		free(name);
		return strdup(stack ? "  [ stack ]" : "  [ anon ]");
	}
	slash = o->path || name[0] != '/' ? NULL : strrchr(name, '/');
	if (slash)
		memmove(name, slash + 1, strlen(slash + 1) + 1);
	return name;
}

/* --- the three plain formats ------------------------------------------------------------------------ */

struct totals {
	uint64_t size, rss, dirty, writable_private, shared;
};

static uint64_t field(const struct mapping *m, const struct keys *keys, const char *name)
{
	int i = keys_find(keys, name, strlen(name));

	return i < 0 ? 0 : m->value[i];
}

static void print_mapping(const struct options *o, const struct mapping *m, const struct keys *keys, struct totals *t)
{
	uint64_t size = (m->end - m->start) / 1024;
	char mode[6];
	char *name = name_of(o, m);

	snprintf(mode, sizeof(mode), "%.3s%c-", m->perms, m->perms[3] == 'p' ? '-' : m->perms[3]);
	t->size += size;
	if (m->perms[1] == 'w' && m->perms[3] == 'p')
		t->writable_private += size;
	if (m->perms[3] == 's')
		t->shared += size;
	if (o->format == EXTENDED) {
		uint64_t rss = field(m, keys, "Rss");
		uint64_t dirty = field(m, keys, "Shared_Dirty") + field(m, keys, "Private_Dirty");

		t->rss += rss;
		t->dirty += dirty;
		text_printf(stdout, "%016llx %7llu %7llu %7llu %s %s\n", (unsigned long long)m->start, (unsigned long long)size,
			    (unsigned long long)rss, (unsigned long long)dirty, mode, name ? name : "?");
	} else if (o->format == DEVICE) {
		text_printf(stdout, "%016llx %7llu %s %016llx %03x:%05x %s\n", (unsigned long long)m->start,
			    (unsigned long long)size, mode, (unsigned long long)m->offset, m->major, m->minor, name ? name : "?");
	} else {
		text_printf(stdout, "%016llx %6lluK %s %s\n", (unsigned long long)m->start, (unsigned long long)size, mode,
			    name ? name : "?");
	}
	free(name);
}

static bool in_range(const struct options *o, const struct mapping *m)
{
	return m->start <= o->high && m->end > o->low;
}

static size_t print_plain(const struct options *o, const char *text)
{
	struct totals t = { 0 };
	struct keys keys = { 0 };
	struct mapping m;
	size_t strange = 0;

	if (!o->quiet && o->format == EXTENDED)
		puts("Address           Kbytes     RSS   Dirty Mode  Mapping");
	if (!o->quiet && o->format == DEVICE)
		puts("Address           Kbytes Mode  Offset           Device    Mapping");
	while (mapping_next(&text, &m, &keys, &strange))
		if (in_range(o, &m))
			print_mapping(o, &m, &keys, &t);
	if (o->quiet)
		return strange;
	if (o->format == EXTENDED)
		printf("---------------- ------- ------- ------- \ntotal kB         %7llu %7llu %7llu\n",
		       (unsigned long long)t.size, (unsigned long long)t.rss, (unsigned long long)t.dirty);
	else if (o->format == DEVICE)
		printf("mapped: %lluK    writeable/private: %lluK    shared: %lluK\n", (unsigned long long)t.size,
		       (unsigned long long)t.writable_private, (unsigned long long)t.shared);
	else
		printf(" total %16lluK\n", (unsigned long long)t.size);
	return strange;
}

/* --- -X and -XX: a column for each field of smaps ------------------------------------------------- */

/* What -X leaves out, -XX shows. */
static bool shown(const struct options *o, const char *key)
{
	static const char *const more[] = { "KernelPageSize", "MMUPageSize",   "Shared_Clean",	"Shared_Dirty",
					    "Private_Clean",  "Private_Dirty", "AnonHugePages", "ProtectionKey" };

	for (size_t i = 0; i < countof(more) && o->format == MORE; i++)
		if (strcmp(key, more[i]) == 0)
			return false;
	return true;
}

struct widths {
	int address, offset, device, inode, flags, field[FIELDS_MAX];
};

static void widen(int *width, int n)
{
	if (n > *width)
		*width = n;
}

static int digits(uint64_t v)
{
	return snprintf(NULL, 0, "%llu", (unsigned long long)v);
}

/* The first pass: keys, widths and sums. */
static void measure(const struct options *o, const char *text, struct keys *keys, struct widths *w, uint64_t sum[FIELDS_MAX])
{
	struct mapping m;
	size_t strange = 0;

	*w = (struct widths){ 0 };
	if (!o->quiet) /* there is a header */
		*w = (struct widths){ .address = 7, .offset = 6, .device = 6, .inode = 5, .flags = 7 };
	while (mapping_next(&text, &m, keys, &strange)) {
		if (!in_range(o, &m))
			continue;
		widen(&w->address, snprintf(NULL, 0, "%08llx", (unsigned long long)m.start));
		widen(&w->offset, snprintf(NULL, 0, "%08llx", (unsigned long long)m.offset));
		widen(&w->device, (int)m.device_len);
		widen(&w->inode, digits(m.inode));
		widen(&w->flags, (int)strlen(m.flags));
		for (size_t i = 0; i < keys->n; i++) {
			sum[i] += m.value[i];
			widen(&w->field[i], digits(m.value[i]));
		}
	}
	for (size_t i = 0; i < keys->n && !o->quiet; i++) {
		widen(&w->field[i], (int)strlen(keys->name[i]));
		widen(&w->field[i], digits(sum[i]));
	}
}

static void print_field_row(const struct options *o, const struct mapping *m, const struct keys *keys, const struct widths *w)
{
	char *name = name_of(o, m);
	char address[24], offset[24];

	snprintf(address, sizeof(address), "%08llx", (unsigned long long)m->start);
	snprintf(offset, sizeof(offset), "%08llx", (unsigned long long)m->offset);
	text_printf(stdout, "%*s %.4s %*s %*.*s %*llu", w->address, address, m->perms, w->offset, offset,
		    w->device, (int)m->device_len, m->device, w->inode, (unsigned long long)m->inode);
	for (size_t i = 0; i < keys->n; i++)
		if (shown(o, keys->name[i]))
			printf(" %*llu", w->field[i], (unsigned long long)m->value[i]);
	if (o->format == ALL && keys->has_flags)
		text_printf(stdout, " %*s", w->flags, m->flags);
	text_printf(stdout, " %s\n", name ? name : "?");
	free(name);
}

static void print_sums(const struct options *o, const struct keys *keys, const struct widths *w, const uint64_t sum[FIELDS_MAX])
{
	int left = w->address + 1 + 4 + 1 + w->offset + 1 + w->device + 1 + w->inode + 1;

	printf("%*s", left, "");
	for (size_t i = 0; i < keys->n; i++) {
		for (int j = 0; j < w->field[i] && shown(o, keys->name[i]); j++)
			putchar('=');
		fputs(shown(o, keys->name[i]) ? " " : "", stdout);
	}
	printf("\n%*s", left, "");
	for (size_t i = 0; i < keys->n; i++)
		if (shown(o, keys->name[i]))
			printf("%*llu ", w->field[i], (unsigned long long)sum[i]);
	fputs("KB \n", stdout);
}

static size_t print_fields(const struct options *o, const char *text)
{
	uint64_t sum[FIELDS_MAX] = { 0 };
	struct keys keys = { 0 };
	struct widths w;
	struct mapping m;
	size_t strange = 0;

	measure(o, text, &keys, &w, sum);
	if (keys.n == 0)
		return 0;
	if (!o->quiet) {
		printf("%*s %4s %*s %*s %*s", w.address, "Address", "Perm", w.offset, "Offset", w.device, "Device", w.inode, "Inode");
		for (size_t i = 0; i < keys.n; i++)
			if (shown(o, keys.name[i]))
				text_printf(stdout, " %*s", w.field[i], keys.name[i]);
		if (o->format == ALL && keys.has_flags)
			printf(" %*s", w.flags, "VmFlags");
		puts(" Mapping");
	}
	while (mapping_next(&text, &m, &keys, &strange))
		if (in_range(o, &m))
			print_field_row(o, &m, &keys, &w);
	if (!o->quiet)
		print_sums(o, &keys, &w, sum);
	return strange;
}

/* --- life cycle ------------------------------------------------------------------------------------- */

static int print_process(const struct options *o, pid_t pid, const struct process *p)
{
	if (p->err < 0)
		return process_failed("pmap", pid, NULL, p->err);
	text_printf(stdout, "%d:   %s\n", (int)pid, p->command);
	size_t strange = o->format >= MORE ? print_fields(o, p->maps.data) : print_plain(o, p->maps.data);
	if (strange == 0)
		return 0;
	fflush(stdout);
	return failed(1, "process %d: %zu %s of its maps in /proc left out: not as the kernel writes them", (int)pid, strange,
		      strange == 1 ? "line" : "lines");
}

static int run(const struct options *o, char **words, size_t n)
{
	/* Live as long as the program: a thread may be left with one. */
	static struct job *jobs;
	int status = 0;

	jobs = calloc(n + 1, sizeof(*jobs));
	if (!jobs)
		return failed(1, "out of memory");
	for (size_t i = 0; i < n; i++) {
		if (!process_parse_id(words[i], &jobs[i].pid))
			return failed(2, "%s: not a process id", *words[i] ? words[i] : "\"\"");
		jobs[i].format = o->format;
	}
	if (process_no_proc("pmap"))
		return 1;
	/* One at a time: a process may have ten thousands of mappings. */
	for (size_t i = 0; i < n; i++) {
		void *answer = NULL;

		if (deadline_each(1, PROCESS_MS, read_process, drop, &jobs[i], &answer) < 0 || !answer)
			return failed(1, "out of memory");
		if (answer == (void *)deadline_late) {
			status |= process_late("pmap", jobs[i].pid);
			continue;
		}
		status |= print_process(o, jobs[i].pid, answer);
		drop(answer);
	}
	return status;
}

static bool parse_hex(const char *s, const char **end, uint64_t *value)
{
	char *stop;

	errno = 0;
	if (!((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'f') || (*s >= 'A' && *s <= 'F')))
		return false;
	*value = strtoull(s, &stop, 16);
	*end = stop;
	return errno == 0;
}

/* "LOW,HIGH", "LOW," to the end, "LOW" what lies there. */
static bool parse_range(const char *s, struct options *o)
{
	if (!parse_hex(s, &s, &o->low))
		return false;
	o->high = o->low;
	if (*s != ',')
		return *s == '\0';
	o->high = UINT64_MAX;
	return s[1] == '\0' || (parse_hex(s + 1, &s, &o->high) && *s == '\0');
}

/* Returns -1 to go on, else the status to end with. */
static int parse_options(struct options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "extended", no_argument, NULL, 'x' }, { "device", no_argument, NULL, 'd' },
		{ "show-path", no_argument, NULL, 'p' }, { "quiet", no_argument, NULL, 'q' },
		{ "range", required_argument, NULL, 'A' }, { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },	 { 0 },
	};
	enum format format;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":xXdpqA:hV", longs, NULL)) != -1) {
		switch (c) {
		case 'x':
		case 'd':
		case 'X':
			format = c == 'x' ? EXTENDED : c == 'd' ? DEVICE : o->format == MORE || o->format == ALL ? ALL : MORE;
			if (o->format != PLAIN && o->format != format && format != ALL)
				return failed(2, "-x, -X and -d exclude one another");
			o->format = format;
			break;
		case 'p':
			o->path = true;
			break;
		case 'q':
			o->quiet = true;
			break;
		case 'A':
			if (!parse_range(optarg, o))
				return failed(2, "%s: not a range of addresses", *optarg ? optarg : "\"\"");
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'V':
			puts("pmap (native " NATIVE_VERSION ")");
			return 0;
		default:
			return failed(2, "%s: %s", argv[(optind > argc ? argc : optind) - 1],
				      c == ':' ? "option needs an argument" : "invalid option");
		}
	}
	if (optind == argc)
		return failed(2, "a process id is needed");
	return -1;
}

int main(int argc, char **argv)
{
	struct options o = { .high = UINT64_MAX };
	int status = parse_options(&o, argc, argv);

	if (status < 0)
		status = run(&o, argv + optind, (size_t)(argc - optind));
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

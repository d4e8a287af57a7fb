/* SPDX-License-Identifier: GPL-2.0-only
 * free: the host's memory from /proc/meminfo, as procps 4 prints it, and in a container a row with the memory
 * that its cgroup has used of its limit (toolbox/lib/cgroup.h). On a host the output is procps' to the byte.
 * What differs, and why, is in free.1.
 */
#include "toolbox/lib/base.h"
#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/meminfo.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: free [-bkmghlLtvw] [--si] [-s SECONDS] [-c COUNT]\n"
	"Memory and swap of the host; in a container also what it has used of its limit.\n"
	"\n"
	" -b, --bytes         bytes\n"
	" -k, --kibi          KiB (default)\n"
	" -m, --mebi          MiB\n"
	" -g, --gibi          GiB\n"
	"     --tebi, --pebi  TiB, PiB\n"
	"     --kilo, --mega, --giga, --tera, --peta  1000 bytes, 1000^2, ... 1000^5\n"
	" -h, --human         the unit that takes three digits, with its name\n"
	"     --si            powers of 1000, not 1024\n"
	" -l, --lohi          low and high memory as well\n"
	" -L, --line          one line\n"
	" -t, --total         the sum of memory and swap as well\n"
	" -v, --committed     committed memory and its limit as well\n"
	" -w, --wide          buffers and cache in columns of their own\n"
	" -s, --seconds N     again every N seconds (0.5, for example)\n"
	" -c, --count N       N times, then end\n"
	"     --no-container  only what procps prints: no row of our container\n"
	"     --help          this text\n"
	" -V, --version       version\n"
	"\n"
	"In a container the row \"Cgroup:\" is its own: total is its limit, used is what\n"
	"cannot be reclaimed, free and available are what the limit leaves; \"CgSwap:\" is\n"
	"its swap. All other rows are those of the whole host.\n"
	"Examples:\n"
	"  free -h             readable\n"
	"  free -s 1 -L        a line a second until Ctrl-C\n";

enum { OPT_KILO = 256, OPT_MEGA, OPT_GIGA, OPT_TERA, OPT_PETA, OPT_TEBI, OPT_PEBI, OPT_SI, OPT_HELP, OPT_NO_CONTAINER };

struct options {
	unsigned power; /* of 1024 or 1000: 0 bytes, 1 KiB ... */
	bool human, si, lohi, line, total, committed, wide, container;
	struct sample sample;
};

static int usage(const char *what, const char *arg)
{
	text_printf(stderr, "free: %s%s; see \"free --help\"\n", what, arg ? arg : "");
	return 2;
}

static bool told_of_output;

/* Writes out what was printed; false, said on standard error, when it cannot be written. */
static bool flush(void)
{
	if (fflush(stdout) == 0) {
		if (!ferror(stdout))
			return true;
		errno = EIO; /* while it was printed: which error is not known any more */
	}
	told_of_output = true;
	text_printf(stderr, "free: standard output cannot be written: %s\n", strerror(errno));
	return false;
}

/* --- figures ----------------------------------------------------------------------------------- */

struct figure {
	char s[32];
};

/* As much of a unit as takes least room: 9.9Gi, 99Gi, 999Gi, of which only the first is rounded. */
static struct figure human(__int128 bytes, bool si)
{
	static const char units[] = "KMGTP";
	const char *suffix = si ? "" : "i";
	size_t room = si ? 4 : 5;
	double value = (double)bytes;
	struct figure f;

	if (snprintf(f.s, sizeof(f.s), "%lldB", (long long)bytes) <= (int)room - 1)
		return f;
	for (const char *u = units; *u; u++) {
		value /= si ? 1000 : 1024;
		if (snprintf(f.s, sizeof(f.s), "%.1f%c%s", value, *u, suffix) <= (int)room)
			break;
		if (snprintf(f.s, sizeof(f.s), "%lld%c%s", (long long)value, *u, suffix) <= (int)room)
			break;
	}
	return f;
}

static struct figure figure(const struct options *o, __int128 bytes)
{
	__int128 unit = 1;
	struct figure f;

	if (o->human)
		return human(bytes, o->si);
	for (unsigned i = 0; i < o->power; i++)
		unit *= o->si ? 1000 : 1024;
	snprintf(f.s, sizeof(f.s), "%lld", (long long)(bytes / unit));
	return f;
}

/* One row: a label, and figures from the left. */
static void label(const char *text)
{
	printf("%-9s", text);
}

static void put(const struct options *o, bool first, __int128 bytes)
{
	printf(first ? "%11s" : " %11s", figure(o, bytes).s);
}

static void put_kib(const struct options *o, bool first, int64_t kib)
{
	put(o, first, (__int128)kib * 1024);
}

static void row(const struct options *o, const char *name, uint64_t a, uint64_t b, int64_t c)
{
	label(name);
	put_kib(o, true, (int64_t)a);
	put_kib(o, false, (int64_t)b);
	put_kib(o, false, c);
	fputc('\n', stdout);
}

static void print_host(const struct options *o, const struct meminfo *m)
{
	fputs(o->wide ? "               total        used        free      shared     buffers       cache   available\n"
		      : "               total        used        free      shared  buff/cache   available\n",
	      stdout);
	label("Mem:");
	put_kib(o, true, (int64_t)m->total);
	put_kib(o, false, (int64_t)m->used);
	put_kib(o, false, (int64_t)m->free);
	put_kib(o, false, (int64_t)m->shared);
	if (o->wide)
		put_kib(o, false, (int64_t)m->buffers);
	put_kib(o, false, (int64_t)(o->wide ? m->cached : m->buffers + m->cached));
	put_kib(o, false, (int64_t)m->available);
	fputc('\n', stdout);
	if (o->lohi) {
		uint64_t low = m->low_total > m->low_free ? m->low_total - m->low_free : 0;
		uint64_t high = m->high_total > m->high_free ? m->high_total - m->high_free : 0;

		row(o, "Low:", m->low_total, low, (int64_t)m->low_free);
		row(o, "High:", m->high_total, high, (int64_t)m->high_free);
	}
	row(o, "Swap:", m->swap_total, m->swap_used, (int64_t)m->swap_free);
	if (o->total)
		row(o, "Total:", m->total + m->swap_total, m->used + m->swap_used,
		    (int64_t)(m->free + m->swap_free));
	/* More may be committed than the limit allows: the rest is negative then. */
	if (o->committed)
		row(o, "Comm:", m->commit_limit, m->committed, (int64_t)(m->commit_limit - m->committed));
}

/* --- the container ----------------------------------------------------------------------------- */

/* A figure of the cgroup, "-" when the kernel does not tell it. */
static void put_own(const struct options *o, bool first, uint64_t bytes)
{
	if (bytes < CGROUP_UNLIMITED)
		put(o, first, bytes);
	else
		printf(first ? "%11s" : " %11s", bytes == CGROUP_UNLIMITED ? "unlimited" : "-");
}

static bool known(uint64_t v)
{
	return v < CGROUP_UNLIMITED;
}

static uint64_t left(uint64_t limit, uint64_t used)
{
	return !known(limit) || !known(used) ? CGROUP_UNKNOWN : limit > used ? limit - used : 0;
}

/* used as on the host: what is not available. The page cache can be reclaimed, but for what tmpfs and shared memory
 * hold. */
static uint64_t own_used(const struct cgroup_memory *m)
{
	uint64_t cache = known(m->file) ? left(m->file, known(m->shmem) ? m->shmem : 0) : 0;

	return left(m->current, cache);
}

static void print_own(const struct options *o, const struct cgroup_memory *m)
{
	uint64_t used = own_used(m);

	label("Cgroup:");
	put_own(o, true, m->limit);
	put_own(o, false, used);
	put_own(o, false, left(m->limit, m->current));
	put_own(o, false, m->shmem);
	if (o->wide)
		put_own(o, false, CGROUP_UNKNOWN); /* a cgroup's cache is one figure */
	put_own(o, false, m->file);
	put_own(o, false, left(m->limit, used));
	fputc('\n', stdout);
	if (known(m->swap_current)) {
		label("CgSwap:");
		put_own(o, true, m->swap_limit);
		put_own(o, false, m->swap_current);
		put_own(o, false, left(m->swap_limit, m->swap_current));
		fputc('\n', stdout);
	}
}

/* What the rows are about. lxcfs may lie over /proc/meminfo and tell something between the two. */
static void print_note(bool has_own)
{
	fputs(has_own ? "Cgroup: this container. The rows above it: "
		      : "This container's own memory cannot be seen here. All rows: ",
	      stdout);
	fputs(proc_is_covered("proc/meminfo") ? "what lies over /proc/meminfo.\n" : "the whole host.\n", stdout);
}

/* procps 4.0.3's -L, and what the container has used of its limit. */
static void print_line(const struct options *o, const struct meminfo *m, const struct cgroup_memory *own)
{
	printf("SwapUse %11s CachUse %11s  MemUse %11s MemFree %11s ",
		    figure(o, (__int128)m->swap_used * 1024).s, figure(o, (__int128)(m->buffers + m->cached) * 1024).s,
		    figure(o, (__int128)m->used * 1024).s, figure(o, (__int128)m->free * 1024).s);
	if (own) {
		fputs("CgrpUse ", stdout);
		put_own(o, true, own_used(own));
		fputs(" CgrpMax ", stdout);
		put_own(o, true, own->limit);
		fputc(' ', stdout);
	}
	fputc('\n', stdout);
}

/* --- options and the loop ---------------------------------------------------------------------- */

/* "1", "0.5" or "0,5" seconds, at least a millisecond. */
static bool parse_seconds(const char *s, uint64_t *ns)
{
	uint64_t whole = 0, part = 0;
	uint64_t digit = 100000000;
	bool any = *s >= '0' && *s <= '9';

	if (any && (!proc_u64(&s, &whole) || whole > UINT32_MAX))
		return false;
	if (*s == '.' || *s == ',')
		for (s++; *s >= '0' && *s <= '9'; s++, digit /= 10, any = true)
			part += (uint64_t)(*s - '0') * digit;
	*ns = whole * 1000000000 + part;
	return any && !*s && *ns >= 1000000;
}

/* The power of a unit's option, with si for those of 1000; -1: another option. */
static int unit_of(int c, bool *si)
{
	static const struct {
		int c;
		unsigned power;
		bool si;
	} units[] = {
		{ 'b', 0, false },	{ 'k', 1, false },	{ 'm', 2, false },	{ 'g', 3, false },
		{ OPT_TEBI, 4, false }, { OPT_PEBI, 5, false }, { OPT_KILO, 1, true },	{ OPT_MEGA, 2, true },
		{ OPT_GIGA, 3, true },	{ OPT_TERA, 4, true },	{ OPT_PETA, 5, true },
	};

	for (size_t i = 0; i < countof(units); i++)
		if (units[i].c == c) {
			*si = *si || units[i].si;
			return (int)units[i].power;
		}
	return -1;
}

/* Returns -1 to go on, or the exit status. */
static int parse_options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = {
		{ "bytes", no_argument, NULL, 'b' },	    { "kibi", no_argument, NULL, 'k' },
		{ "mebi", no_argument, NULL, 'm' },	    { "gibi", no_argument, NULL, 'g' },
		{ "tebi", no_argument, NULL, OPT_TEBI },    { "pebi", no_argument, NULL, OPT_PEBI },
		{ "kilo", no_argument, NULL, OPT_KILO },    { "mega", no_argument, NULL, OPT_MEGA },
		{ "giga", no_argument, NULL, OPT_GIGA },    { "tera", no_argument, NULL, OPT_TERA },
		{ "peta", no_argument, NULL, OPT_PETA },    { "human", no_argument, NULL, 'h' },
		{ "si", no_argument, NULL, OPT_SI },	    { "lohi", no_argument, NULL, 'l' },
		{ "line", no_argument, NULL, 'L' },	    { "total", no_argument, NULL, 't' },
		{ "committed", no_argument, NULL, 'v' },    { "wide", no_argument, NULL, 'w' },
		{ "seconds", required_argument, NULL, 's' }, { "count", required_argument, NULL, 'c' },
		{ "no-container", no_argument, NULL, OPT_NO_CONTAINER },
		{ "help", no_argument, NULL, OPT_HELP },    { "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	uint64_t interval = 0, times = 0;
	bool has_unit = false;
	const char *s;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":bkmghlLtvwVs:c:", longs, NULL)) != -1) {
		int power = unit_of(c, &o->si);

		if (power >= 0) {
			if (has_unit)
				return usage("only one unit can be given", NULL);
			has_unit = true;
			o->power = (unsigned)power;
			continue;
		}
		switch (c) {
		case 'h':
			o->human = true;
			break;
		case OPT_SI:
			o->si = true;
			break;
		case 'l':
			o->lohi = true;
			break;
		case 'L':
			o->line = true;
			break;
		case 't':
			o->total = true;
			break;
		case 'v':
			o->committed = true;
			break;
		case 'w':
			o->wide = true;
			break;
		case OPT_NO_CONTAINER:
			o->container = false;
			break;
		case 's':
			if (!parse_seconds(optarg, &interval))
				return usage("this is no number of seconds: ", optarg);
			break;
		case 'c':
			s = optarg;
			if (*s < '0' || *s > '9' || !proc_u64(&s, &times) || *s || times == 0)
				return usage("this is no count: ", optarg);
			break;
		case OPT_HELP:
			fputs(help, stdout);
			return 0;
		case 'V':
			fputs("free (native " NATIVE_VERSION ")\n", stdout);
			return 0;
		case ':':
			return usage("an argument is missing after ", argv[(optind > argc ? argc : optind) - 1]);
		default:
			return usage("unknown option: ", argv[optind - 1]);
		}
	}
	if (argv[optind])
		return usage("too many arguments: ", argv[optind]);
	/* -c alone: a second apart. */
	if (times > 0 && interval == 0)
		interval = 1000000000;
	sample_start(&o->sample, interval, times);
	return -1;
}

static int report(struct options *o)
{
	struct proc_file f = PROC_FILE_INIT;
	struct meminfo m;

	while (sample_next(&o->sample)) {
		struct cgroup_memory own;
		int r = proc_load(&f, "proc/meminfo");

		if (r == 0)
			r = meminfo_parse(f.data, &m);
		if (r < 0) {
			if (r == -ENOENT && !proc_is_real())
				fputs("free: /proc is not mounted here; all figures come from there\n", stderr);
			else if (r == -EINVAL)
				fputs("free: /proc/meminfo is not as the kernel writes it\n", stderr);
			else
				text_printf(stderr, "free: /proc/meminfo cannot be read: %s\n", strerror(-r));
			return 1;
		}
		bool has_own = o->container && cgroup_memory(&own) == 0;
		if (o->line) {
			print_line(o, &m, has_own ? &own : NULL);
		} else {
			if (o->sample.done > 1)
				fputc('\n', stdout);
			print_host(o, &m);
			if (has_own)
				print_own(o, &own);
			if (o->container)
				print_note(has_own);
		}
		if (!flush())
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct options o = { .power = 1, .container = true };
	static char buffer[4096];
	int status;

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	status = parse_options(argc, argv, &o);
	if (status < 0) {
		o.container = o.container && cgroup_inside();
		status = report(&o);
	}
	/* A failure that flush has told is not told again. */
	return told_of_output || !flush() || !text_close(stdout) ? 1 : status;
}

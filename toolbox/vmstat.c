/* SPDX-License-Identifier: GPL-2.0-only
 * vmstat: processes, memory, paging, disks and CPU time, as procps 4 prints them, and above its header what
 * the container that we are in has used of its own limits. Options and life cycle only; each report is a file of
 * vmstat/. Read are /proc/stat, meminfo and vmstat (proc(5)), diskstats, slabinfo, and the cgroup.
 * What differs from procps, and why, is in vmstat.1.
 */
#include "toolbox/lib/base.h"
#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"
#include "vmstat/vmstat.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

static const char usage_line[] = "usage: vmstat [-amnstwyfdD] [-S UNIT] [-p PARTITION] [DELAY [COUNT]]\n";
static const char help[] =
	"Processes, memory, paging, disks and CPU: since boot, then every DELAY seconds.\n"
	"\n"
	" -a, --active        active and inactive memory instead of buffers and cache\n"
	" -n, --one-header    print the header once only\n"
	" -w, --wide          wide columns, and the time of guests\n"
	" -t, --timestamp     the time at the end of each line\n"
	" -y, --no-first      leave out the report since boot\n"
	" -S, --unit UNIT     memory in b 1, k 1000, K 1024 (default), m 10^6, M 2^20\n"
	"     --no-container  only what procps prints: nothing about our container\n"
	"\n"
	"Other reports:\n"
	" -s, --stats         memory and event counters, once\n"
	" -f, --forks         forks since boot, once\n"
	" -d, --disk          each disk since boot\n"
	" -D, --disk-sum      the sum of all disks since boot, once\n"
	" -p, --partition PARTITION   one disk or partition since boot\n"
	" -m, --slabs         the kernel's slab caches (for root)\n"
	"\n"
	" -h, --help          this text\n"
	" -V, --version       version\n"
	"\n"
	"In a container the figures are those of the whole host, except in the lines that\n"
	"begin with \"container\": its memory and CPU beside their limits, its pressure.\n"
	"Examples:\n"
	"  vmstat 1            every second until Ctrl-C\n"
	"  vmstat -w -S M 5 3  three wide lines in MiB, 5 seconds apart\n"
	"  vmstat -p vda1 1    reads and writes of a partition\n";

/* One sentence on standard error; returns the status of wrong usage. */
static int usage(const char *what, const char *arg)
{
	text_printf(stderr, "vmstat: %s%s; see \"vmstat --help\"\n", what, arg ? arg : "");
	return 2;
}

int vmstat_unreadable(const char *path, int err)
{
	static bool told;

	/* Without /proc one sentence is enough for all its files. */
	if (err == -ENOENT && !proc_is_real()) {
		if (!told)
			fputs("vmstat: /proc is not mounted here; all figures come from there\n", stderr);
		told = true;
	} else if (err == -EINVAL) {
		text_printf(stderr, "vmstat: /%s is not as the kernel writes it\n", path);
	} else {
		text_printf(stderr, "vmstat: /%s cannot be read: %s\n", path, strerror(-err));
	}
	return 1;
}

static bool told_of_output;

bool vmstat_flush(void)
{
	if (fflush(stdout) == 0) {
		if (!ferror(stdout))
			return true;
		errno = EIO; /* while it was printed: which error is not known any more */
	}
	told_of_output = true;
	text_printf(stderr, "vmstat: standard output cannot be written: %s\n", strerror(errno));
	return false;
}

/* The exit status. A failure that vmstat_flush has told is not told again. */
static int finish(int status)
{
	return told_of_output || !vmstat_flush() || !text_close(stdout) ? 1 : status;
}

unsigned vmstat_page_rows(void)
{
	struct winsize ws;
	unsigned rows = 24;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0)
		rows = ws.ws_row;
	/* The header's two lines, and the prompt's or the command's; what is too small to be true is 25. */
	return rows > 3 ? rows - 3 : 22;
}

void vmstat_print_time(bool zone)
{
	char text[64] = "";
	struct tm tm;
	time_t now = time(NULL);

	if (localtime_r(&now, &tm))
		strftime(text, sizeof(text), zone ? "%Z" : "%Y-%m-%d %H:%M:%S", &tm);
	printf(" %19s", text);
}

uint64_t vmstat_in_unit(const struct vmstat_options *o, uint64_t kib)
{
	return (uint64_t)((unsigned __int128)kib * 1024 / o->unit_bytes);
}

/* "2" or "0.5", in nanoseconds; at least a millisecond, at most 136 years. */
static bool parse_delay(const char *s, uint64_t *ns)
{
	uint64_t whole, part = 0;
	uint64_t digit = 100000000;

	if (*s < '0' || *s > '9' || !proc_u64(&s, &whole) || whole > UINT32_MAX)
		return false;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, digit /= 10)
			part += (uint64_t)(*s - '0') * digit;
	*ns = whole * 1000000000 + part;
	return !*s && *ns >= 1000000;
}

static bool parse_unit(const char *s, struct vmstat_options *o)
{
	o->unit = *s;
	switch (*s) {
	case 'b':
	case 'B':
		o->unit_bytes = 1;
		break;
	case 'k':
		o->unit_bytes = 1000;
		break;
	case 'K':
		o->unit_bytes = 1024;
		break;
	case 'm':
		o->unit_bytes = 1000000;
		break;
	case 'M':
		o->unit_bytes = 1048576;
		break;
	default:
		return false;
	}
	return !s[1];
}

/* What is left: [DELAY [COUNT]]. Returns 0 or the status of wrong usage. */
static int parse_operands(char **argv, struct vmstat_options *o)
{
	uint64_t interval = 0, count = 1;

	if (argv[0]) {
		if (!parse_delay(argv[0], &interval))
			return usage("this is no delay in seconds: ", argv[0]);
		count = 0;
		if (argv[1]) {
			const char *s = argv[1];

			if (*s < '0' || *s > '9' || !proc_u64(&s, &count) || *s)
				return usage("this is no count: ", argv[1]);
			/* A count of 0 is one report, as in procps. */
			if (count == 0)
				count = 1;
			if (argv[2])
				return usage("too many arguments: ", argv[2]);
		}
	}
	sample_start(&o->sample, interval, count);
	return 0;
}

enum { OPT_NO_CONTAINER = 256 };

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "active", no_argument, NULL, 'a' },
		{ "forks", no_argument, NULL, 'f' },
		{ "slabs", no_argument, NULL, 'm' },
		{ "one-header", no_argument, NULL, 'n' },
		{ "stats", no_argument, NULL, 's' },
		{ "disk", no_argument, NULL, 'd' },
		{ "disk-sum", no_argument, NULL, 'D' },
		{ "partition", required_argument, NULL, 'p' },
		{ "unit", required_argument, NULL, 'S' },
		{ "wide", no_argument, NULL, 'w' },
		{ "timestamp", no_argument, NULL, 't' },
		{ "no-first", no_argument, NULL, 'y' },
		{ "no-container", no_argument, NULL, OPT_NO_CONTAINER },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	struct vmstat_options o = { .container = true, .unit = 'K', .unit_bytes = 1024 };
	int (*report)(struct vmstat_options *) = vmstat_vm;
	static char buffer[1 << 16];
	int other = 0;
	int c;

	/* One write a sample, also to a terminal; musl wants the memory from us. */
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":afmnsdDp:S:wtyhV", longs, NULL)) != -1) {
		switch (c) {
		case 'a':
			o.active = true;
			break;
		case 'n':
			o.one_header = true;
			break;
		case 'w':
			o.wide = true;
			break;
		case 't':
			o.timestamp = true;
			break;
		case 'y':
			o.no_first = true;
			break;
		case 'S':
			if (!parse_unit(optarg, &o))
				return usage("-S takes b, k, K, m or M, not ", optarg);
			break;
		case OPT_NO_CONTAINER:
			o.container = false;
			break;
		case 'p':
			o.partition = optarg;
			/* fallthrough */
		case 'f':
		case 'm':
		case 's':
		case 'd':
		case 'D':
			if (other && other != c)
				return usage("only one of -f, -m, -s, -d, -D and -p can be given", NULL);
			other = c;
			break;
		case 'h':
			fputs(usage_line, stdout);
			fputs(help, stdout);
			return finish(0);
		case 'V':
			fputs("vmstat (native " NATIVE_VERSION ")\n", stdout);
			return finish(0);
		case ':':
			return usage("an argument is missing after ", argv[(optind > argc ? argc : optind) - 1]);
		default:
			return usage("unknown option: ", argv[optind - 1]);
		}
	}
	int wrong = parse_operands(argv + optind, &o);
	if (wrong)
		return wrong;
	switch (other) {
	case 'f':
		report = vmstat_forks;
		break;
	case 'm':
		report = vmstat_slabs;
		break;
	case 's':
		report = vmstat_sum;
		break;
	case 'd':
		report = vmstat_disks;
		break;
	case 'D':
		report = vmstat_disk_sum;
		break;
	case 'p':
		report = vmstat_partition;
		break;
	}
	o.container = o.container && (report == vmstat_vm || report == vmstat_sum) && cgroup_inside();
	int status = report(&o);
	return finish(status);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The command line of sysstat's iostat, with Solaris' -M and -n: see options.h.
 *
 * getopt_long returns operands in their place ("-" before the options), because the order matters: a device
 * belongs to the group named before it, options may follow the interval, and +f is an operand to getopt.
 */
#include "options.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_SECONDS 1000000000u /* 31 years; what is more is a mistake */

static const char help[] =
	"usage: iostat [OPTION]... [DEVICE... | ALL] [INTERVAL [COUNT]]\n"
	"Report the use of CPUs and block devices: since boot, then for each INTERVAL in\n"
	"seconds. Inside a container, its own I/O comes first (--no-cgroup: not).\n"
	"\n"
	" -c, -d            CPU report, device report (both by default)\n"
	" -x                extended: wait, queue, sizes of requests, merges, flushes\n"
	" -s                narrow report, for 80 columns\n"
	" -k, -m            kilobytes, megabytes a second (kilobytes by default)\n"
	" -M, -n            as on Solaris: megabytes and wait (-m -x -s; -xM: all of -x);\n"
	"                     descriptive names, at the end (-N --pretty --compact)\n"
	" -p [DEV,...|ALL]  partitions: of used devices, of these, of all\n"
	" -g NAME DEV...    a group: devices and a line with their sum; -H, -T: only it\n"
	" -N                device mapper names\n"
	" -j TYPE           persistent names: ID, LABEL, PATH, UUID, ...\n"
	" -f DIR, +f DIR    devices from DIR/diskstats and DIR/block only, or as well\n"
	" -h                --human --pretty\n"
	"     --human       sizes as 1.2k, 3.4M; per cent signs\n"
	"     --pretty      names at the end; -x in four tables\n"
	"     --compact     with --pretty: -x in one table\n"
	"     --dec=N       0, 1 or 2 decimals\n"
	" -o JSON           as JSON\n"
	" -t                time of each report\n"
	" -y, -z            no report since boot; no idle devices\n"
	"     --cgroup      this container's own block, also outside of a container\n"
	"     --no-cgroup, --no-container  never, for scripts\n"
	"     --help        this text\n"
	" -V, --version     version\n"
	"\n"
	"Examples:\n"
	"  iostat -M 1            megabytes, transfers and wait of each disk, each second\n"
	"  iostat -xz sda 2 5     five extended reports of sda, two seconds apart\n"
	"  iostat -dp ALL         every device and partition, since boot\n";

static int wrong(const char *what, const char *arg)
{
	text_printf(stderr, "iostat: %s%s\nsee \"iostat --help\"\n", what, arg);
	return 2;
}

/* getopt names a letter, which may stand in a cluster, in optopt; a long option is the argument itself. */
static int wrong_option(const char *what, const char *arg)
{
	char letter[] = { '-', (char)optopt, '\0' };

	return wrong(what, optopt > 0 && optopt < 256 && strncmp(arg, "--", 2) != 0 ? letter : arg);
}

static int no_memory(void)
{
	fputs("iostat: no memory for the command line\n", stderr);
	return 1;
}

static int print(const char *text)
{
	if (fputs(text, stdout) >= 0 && text_close(stdout))
		return 0;
	text_printf(stderr, "iostat: standard output: %s\n", strerror(errno));
	return 1;
}

static bool add_target(struct options *o, int kind, const char *name, size_t len)
{
	struct target *grown = realloc(o->targets, (o->n_targets + 1) * sizeof(*grown));

	if (!grown)
		return false;
	o->targets = grown;
	grown[o->n_targets].kind = kind;
	grown[o->n_targets].name = strndup(name, len);
	if (kind != TARGET_GROUP)
		o->devices_named = true;
	return grown[o->n_targets++].name != NULL;
}

static bool is_number(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0';
}

/* "sda,sdb" or ALL behind -p. */
static int with_parts(struct options *o, const char *list)
{
	if (strcmp(list, "ALL") == 0) {
		o->parts = o->all = true;
		return -1;
	}
	while (*list) {
		size_t n = strcspn(list, ",");

		if (n > 0 && !add_target(o, TARGET_WITH_PARTS, list, n))
			return no_memory();
		list += n + (list[n] == ',');
	}
	return -1;
}

/* Interval, count, ALL or a device. */
static int operand(struct options *o, const char *s, int *numbers)
{
	if (is_number(s)) {
		errno = 0;
		uint64_t n = strtoull(s, NULL, 10);

		if (*numbers == 2)
			return wrong("one number too many: ", s);
		if (*numbers == 1 && o->interval_s == 0)
			return wrong("a count needs an interval of at least a second, not 0 and ", s);
		if (*numbers == 1 && n == 0)
			return wrong("the count must not be ", s);
		if (*numbers == 0 && (errno != 0 || n > MAX_SECONDS))
			return wrong("too long an interval: ", s);
		*((*numbers)++ == 0 ? &o->interval_s : &o->count) = n;
		return -1;
	}
	if (strcmp(s, "ALL") == 0)
		o->all = true;
	else if (!add_target(o, TARGET_DEVICE, s, strlen(s)))
		return no_memory();
	return -1;
}

static int directory(struct options *o, const char *dir, bool only)
{
	if (o->directory)
		return wrong("only one directory can be named with -f or +f, not also ", dir);
	if (!*dir)
		return wrong("the directory of -f and +f must have a name", "");
	o->directory = dir;
	o->only_directory = only;
	return -1;
}

static int decimals(struct options *o, const char *s)
{
	if (s[0] < '0' || s[0] > '2' || s[1])
		return wrong("--dec wants 0, 1 or 2, not ", s);
	o->decimals = s[0] - '0';
	return -1;
}

static int format(struct options *o, const char *s)
{
	if (strcasecmp(s, "JSON") != 0)
		return wrong("-o knows JSON only, not ", s);
	o->json = true;
	return -1;
}

int options_parse(struct options *o, int argc, char **argv, const char *version)
{
	enum { OPT_HUMAN = 256, OPT_PRETTY, OPT_COMPACT, OPT_DEC, OPT_CGROUP, OPT_NO_CGROUP, OPT_HELP };
	static const struct option longs[] = {
		{ "human", no_argument, NULL, OPT_HUMAN },
		{ "pretty", no_argument, NULL, OPT_PRETTY },
		{ "compact", no_argument, NULL, OPT_COMPACT },
		{ "dec", required_argument, NULL, OPT_DEC },
		{ "cgroup", no_argument, NULL, OPT_CGROUP },
		{ "no-cgroup", no_argument, NULL, OPT_NO_CGROUP },
		{ "no-container", no_argument, NULL, OPT_NO_CGROUP }, /* as vmstat and free call it */
		{ "help", no_argument, NULL, OPT_HELP },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	const char *iso = getenv("S_TIME_FORMAT");
	bool kilo = false, mega = false, solaris = false, grouped = false;
	bool cpu = false, disks = false;
	int numbers = 0;
	int status = -1;

	*o = (struct options){ .decimals = 2, .idle_too = true, .since_boot = true };
	o->iso_time = iso && strcmp(iso, "ISO") == 0;
	opterr = 0;
	while (status < 0) {
		int before = optind;
		int c = getopt_long(argc, argv, "-:cdf:g:hHj:kmMnNo:pstTVxyz", longs, NULL);

		if (c == -1)
			break;
		switch (c) {
		case 1:
			if (strcmp(optarg, "+f") != 0)
				status = operand(o, optarg, &numbers);
			else if (!argv[optind])
				status = wrong("option needs an argument: ", "+f");
			else
				status = directory(o, argv[optind++], false);
			break;
		case 'c':
			cpu = true;
			break;
		case 'd':
			disks = true;
			break;
		case 'f':
			status = directory(o, optarg, true);
			break;
		case 'g':
			grouped = true;
			if (!add_target(o, TARGET_GROUP, optarg, strlen(optarg)))
				status = no_memory();
			break;
		case 'h':
			o->human = o->pretty = true;
			break;
		case 'H':
		case 'T': /* its name before sysstat 11.2 */
			o->group_only = true;
			break;
		case 'j':
			o->persistent = optarg;
			o->pretty = true; /* long names would push the figures apart */
			break;
		case 'k':
			kilo = true;
			break;
		case 'm':
			mega = true;
			break;
		case 'M':
			mega = solaris = true;
			break;
		case 'n':
			o->mapper = o->pretty = o->compact = true;
			break;
		case 'N':
			o->mapper = true;
			break;
		case 'o':
			status = format(o, optarg);
			break;
		case 'p':
			/* Its argument may be left out: only what follows at the end of a cluster, and is neither
			 * an option nor the interval, is one. */
			if (optind > before && argv[optind] && argv[optind][0] != '-' && !is_number(argv[optind]) &&
			    strcmp(argv[optind], "+f") != 0)
				status = with_parts(o, argv[optind++]);
			else
				o->parts = true;
			break;
		case 's':
			o->narrow = true;
			break;
		case 't':
			o->time = true;
			break;
		case 'V':
			return print(version);
		case 'x':
			o->extended = true;
			break;
		case 'y':
			o->since_boot = false;
			break;
		case 'z':
			o->idle_too = false;
			break;
		case OPT_HUMAN:
			o->human = true;
			break;
		case OPT_PRETTY:
			o->pretty = true;
			break;
		case OPT_COMPACT:
			o->compact = true;
			break;
		case OPT_DEC:
			status = decimals(o, optarg);
			break;
		case OPT_CGROUP:
			o->cgroup = CGROUP_ALWAYS;
			break;
		case OPT_NO_CGROUP:
			o->cgroup = CGROUP_NEVER;
			break;
		case OPT_HELP:
			return print(help);
		case ':':
			status = wrong_option("option needs an argument: ", argv[before]);
			break;
		default:
			status = wrong_option("unknown option: ", argv[before]);
		}
	}
	while (status < 0 && optind < argc)
		status = operand(o, argv[optind++], &numbers);
	if (status >= 0)
		return status;
	if (kilo && mega)
		return wrong("-k and -m or -M exclude each other", "");
	if (o->group_only && !grouped)
		return wrong("-H needs a group: -g NAME", "");
	/* As sysstat has it: whatever is about devices asks for their report, also with -c. */
	o->disks = disks || o->extended || o->parts || o->all || o->n_targets > 0 || !cpu;
	o->cpu = cpu || !disks;
	if (solaris && !o->extended && !o->narrow)
		o->extended = o->narrow = true;
	o->unit = mega ? UNIT_MB : !kilo && getenv("POSIXLY_CORRECT") ? UNIT_BLOCKS : UNIT_KB;
	return -1;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * netstat: sockets, routes, interfaces, multicast groups and counters of this network namespace, with the options and
 * layouts of net-tools 2.10. Differs where that is slow, hangs or trusts strangers' strings; netstat.1 lists how.
 */
#include "netstat/netstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/sample.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

struct options options;

static const char help[] =
	"usage: netstat [-tuUSwx46] [-A LIST] [-alneopWcv] [--tcp-info | --count]\n"
	"       netstat -r | -i | -g | -s [OPTION]...\n"
	"What the network of this container is doing; without options: connected sockets.\n\n"
	" -t, --tcp             -u, --udp          -U, --udplite\n"
	" -S, --sctp            -w, --raw          -x, --unix        these sockets only\n"
	" -4, --inet            -6, --inet6        -A, --protocol=inet,inet6,unix\n"
	" -a, --all             listening sockets as well; -i: interfaces that are down\n"
	" -l, --listening       listening sockets only\n"
	" -n, --numeric         no names, or --numeric-hosts, -ports, -users apart\n"
	" -p, --programs        pid and name of the program that has the socket\n"
	" -e, --extend          user and inode; -r, -ree: metric and more; -i: addresses\n"
	" -o, --timers          what the kernel waits for, and how long\n"
	" -W, --wide            addresses in full\n"
	"     --tcp-info        round-trip time, window, retransmissions, rate, memory\n"
	"     --count           sockets by state, service and process, on one screen\n"
	" -r, --route           routing tables; -F, --fib, -C, --cache: which\n"
	" -i, --interfaces      interfaces and their counters\n"
	" -g, --groups          multicast groups\n"
	" -s, --statistics      counters of all protocols\n"
	" -c, --continuous      again every second, until interrupted\n"
	" -v, --verbose         say which kinds of sockets this kernel lacks\n"
	" -N, --symbolic        accepted; changes nothing\n"
	" -h, --help\n"
	" -V, --version\n\n"
	" netstat -antp | grep mysql | wc -l      netstat -lntup      netstat --count\n";

static int wrong_usage(const char *what, const char *arg)
{
	text_printf(stderr, "netstat: %s%s%s; see \"netstat --help\"\n", what, arg ? " " : "", arg ? arg : "");
	return 2;
}

#define GO_ON (-1)

/* "inet,unix" of -A. Returns the exit status, or GO_ON. */
static int take_families(const char *list)
{
	static const char *const gone[] = { "ipx", "ax25", "netrom", "rose", "x25", "ddp", "appletalk", "econet", "ash", "bluetooth" };

	while (*list) {
		size_t n = strcspn(list, ",");

		if ((n == 4 && memcmp(list, "inet", n) == 0) || (n == 2 && memcmp(list, "ip", n) == 0)) {
			options.inet = true;
		} else if (n == 5 && memcmp(list, "inet6", n) == 0) {
			options.inet6 = options.inet6_named = true;
		} else if (n == 4 && memcmp(list, "unix", n) == 0) {
			options.local = true;
		} else {
			char *name = strndup(list, n);

			for (size_t i = 0; name && i < countof(gone); i++)
				if (strcmp(name, gone[i]) == 0)
					return complain("sockets of the family %s are not shown: this knows inet, inet6 and unix",
							name);
			return wrong_usage("there is no address family", name ? name : "?");
		}
		list += n + (list[n] == ',');
	}
	return GO_ON;
}

enum {
	OPT_NUMERIC_HOSTS = 256,
	OPT_NUMERIC_PORTS,
	OPT_NUMERIC_USERS,
	OPT_TCP_INFO,
	OPT_COUNT,
	OPT_FAMILY,
};

static const struct option long_options[] = {
	{ "protocol", required_argument, NULL, 'A' },
	{ "inet", no_argument, NULL, '4' },
	{ "ip", no_argument, NULL, '4' },
	{ "tcpip", no_argument, NULL, '4' },
	{ "inet6", no_argument, NULL, '6' },
	{ "unix", no_argument, NULL, 'x' },
	{ "tcp", no_argument, NULL, 't' },
	{ "udp", no_argument, NULL, 'u' },
	{ "udplite", no_argument, NULL, 'U' },
	{ "sctp", no_argument, NULL, 'S' },
	{ "raw", no_argument, NULL, 'w' },
	{ "listening", no_argument, NULL, 'l' },
	{ "all", no_argument, NULL, 'a' },
	{ "numeric", no_argument, NULL, 'n' },
	{ "numeric-hosts", no_argument, NULL, OPT_NUMERIC_HOSTS },
	{ "numeric-ports", no_argument, NULL, OPT_NUMERIC_PORTS },
	{ "numeric-users", no_argument, NULL, OPT_NUMERIC_USERS },
	{ "symbolic", no_argument, NULL, 'N' },
	{ "extend", no_argument, NULL, 'e' },
	{ "timers", no_argument, NULL, 'o' },
	{ "programs", no_argument, NULL, 'p' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "continuous", no_argument, NULL, 'c' },
	{ "wide", no_argument, NULL, 'W' },
	{ "route", no_argument, NULL, 'r' },
	{ "interfaces", no_argument, NULL, 'i' },
	{ "groups", no_argument, NULL, 'g' },
	{ "statistics", no_argument, NULL, 's' },
	{ "masquerade", no_argument, NULL, 'M' },
	{ "fib", no_argument, NULL, 'F' },
	{ "cache", no_argument, NULL, 'C' },
	{ "context", no_argument, NULL, 'Z' },
	{ "tcp-info", no_argument, NULL, OPT_TCP_INFO },
	{ "count", no_argument, NULL, OPT_COUNT },
	{ "ax25", no_argument, NULL, OPT_FAMILY },
	{ "ipx", no_argument, NULL, OPT_FAMILY },
	{ "netrom", no_argument, NULL, OPT_FAMILY },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

/* The view that was asked for, one at most. */
struct view {
	int (*fn)(bool first);
	unsigned named;
};

static const char *c_text(int c)
{
	static char text[3] = "-";

	text[1] = (char)c;
	return text;
}

/* Options that set a flag, or several. */
static const struct {
	int option;
	bool *flag;
} flags[] = {
	{ 't', &options.tcp },		  { 't', &options.named },	   { 'u', &options.udp },
	{ 'u', &options.named },	  { 'U', &options.udplite },	   { 'U', &options.named },
	{ 'S', &options.sctp },		  { 'S', &options.sctp_named },	   { 'S', &options.named },
	{ 'w', &options.raw },		  { 'w', &options.named },	   { 'x', &options.local },
	{ '4', &options.inet },		  { '6', &options.inet6 },	   { '6', &options.inet6_named },
	{ 'a', &options.all },		  { 'l', &options.listening },	   { 'n', &options.numeric_hosts },
	{ 'n', &options.numeric_ports },  { 'n', &options.numeric_users }, { OPT_NUMERIC_HOSTS, &options.numeric_hosts },
	{ OPT_NUMERIC_PORTS, &options.numeric_ports }, { OPT_NUMERIC_USERS, &options.numeric_users },
	{ 'o', &options.timers },	  { 'p', &options.programs },	   { 'v', &options.verbose },
	{ 'c', &options.continuous },	  { 'W', &options.wide },	   { 'F', &options.fib },
	{ 'C', &options.cache },	  { OPT_TCP_INFO, &options.tcp_info },
};

static const struct {
	int option;
	int (*fn)(bool first);
} views[] = {
	{ 'r', view_routes },	  { 'i', view_interfaces }, { 'g', view_groups },
	{ 's', view_statistics }, { OPT_COUNT, view_count },
};

static bool set_flags(int c)
{
	bool known = false;

	for (size_t i = 0; i < countof(flags); i++)
		if (flags[i].option == c)
			known = *flags[i].flag = true;
	return known;
}

static int print_and_exit(const char *text)
{
	out_text(text);
	return out_flush() ? 0 : complain("the output is incomplete: %s", strerror(errno));
}

/* Returns the exit status, or GO_ON. */
static int take_option(int c, int index, struct view *v)
{
	if (set_flags(c))
		return GO_ON;
	for (size_t i = 0; i < countof(views); i++)
		if (views[i].option == c) {
			v->named += v->fn != views[i].fn;
			v->fn = views[i].fn;
			return GO_ON;
		}
	switch (c) {
	case 'A':
		return take_families(optarg);
	case OPT_FAMILY:
		return take_families(long_options[index].name);
	case 'e':
		options.extend++;
		return GO_ON;
	case 'N':
		return GO_ON; /* there is no hardware here whose names could be shown */
	case 'M':
		return complain("no masqueraded connections: Linux has had no /proc/net/ip_masquerade since 2.4");
	case 'Z':
		return complain("SELinux contexts of sockets are not shown; leave --context out");
	case 'h':
		return print_and_exit(help);
	case 'V':
		return print_and_exit("netstat (native " NATIVE_VERSION ")\n");
	case ':':
		return wrong_usage("an argument is missing to", c_text(optopt));
	default:
		return wrong_usage("there is no option", optopt > 0 && optopt < OPT_NUMERIC_HOSTS ? c_text(optopt) : NULL);
	}
}

static int parse(int argc, char **argv, struct view *v)
{
	int index = 0;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":A:46tuUSwxlanNeopvcWrigsMFCZhV", long_options, &index)) != -1) {
		/* An unknown long option has no letter. */
		int status = c == '?' && optopt == 0 ? wrong_usage("there is no option", argv[optind - 1]) :
						       take_option(c, index, v);

		if (status != GO_ON)
			return status;
	}
	if (optind < argc)
		return wrong_usage("no operand is expected:", argv[optind]);
	if (v->named > 1)
		return wrong_usage("-r, -i, -g, -s and --count exclude each other", NULL);
	return GO_ON;
}

/* What was not named. */
static void fill_in(const struct view *v)
{
	bool families = options.inet || options.inet6;

	options.local_named = options.local;
	if (!options.named && (families || !options.local))
		options.tcp = options.udp = options.udplite = options.sctp = options.raw = true;
	if (!options.named && !families)
		options.local = true;
	if (!families) {
		options.inet = true;
		options.inet6 = v->fn != view_routes;
	}
	if (v->fn == view_count) {
		options.all = !options.listening;
		options.programs = true;
		options.numeric_hosts = true;
	}
}

int main(int argc, char **argv)
{
	struct view v = { view_sockets, 0 };
	struct sample sample = { 0 };
	int status = parse(argc, argv, &v);
	bool first = true;

	if (status != GO_ON)
		return status;
	fill_in(&v);
	status = 0;
	if (options.continuous)
		sample_start(&sample, 1000000000, 0);
	while (sample_next(&sample)) {
		status |= v.fn(first);
		if (!out_flush())
			return complain("the output is incomplete: %s", strerror(errno));
		first = false;
	}
	if (!text_close(stdout))
		return complain("the output is incomplete: %s", strerror(errno));
	return status;
}

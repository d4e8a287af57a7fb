/* SPDX-License-Identifier: GPL-2.0-only
 * Reading the command line: see options.h. Options, their long names, and what is said to wrong ones are
 * strace's; the help is shorter, so that it fits on a screen.
 */
#include "options.h"
#include "count.h"
#include "inject.h"
#include "option_values.h"
#include "say.h"
#include "../lib/base.h"
#include "../lib/text.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* strace takes no notice when its help or version goes to a full disk; a script would. */
_Noreturn static void close_stdout(void)
{
	if (!text_close(stdout))
		say_die("cannot write the output: %s", strerror(errno));
	exit(0);
}

static const char help[] =
	"usage: strace [OPTION]... { -p PID[,PID] | PROG [ARG]... }\n"
	"who   -p PID attach    -f threads and children too    -ff and a file for each\n"
	"      -E VAR[=VAL] environment    -u USER    -b execve detach there    -I 1..4\n"
	"      -D -DD -DDD trace from a grandchild, own process group, own session\n"
	"      --kill-on-exit    --seccomp-bpf stop only at what is traced (with -f)\n"
	"what  -e trace=[?]CALL[@64|@32],%CLASS,/REGEX,NUMBER,all  none  !... the others\n"
	"        %file %desc %process %net %memory %signal %ipc %creds %clock %pure %stat\n"
	"      -e signal=SET    -e status=successful,failed,unfinished,detached    -z -Z\n"
	"      -e quiet=attach,exit,path-resolution,personality,thread-execve    -q..\n"
	"      -P PATH    -e read=FDS  -e write=FDS hexdumps\n"
	"how   -o FILE | -o '|COMMAND'    -A append    -a COLUMN    -s STRSIZE\n"
	"      -t -tt -ttt  --absolute-timestamps=time|unix,s|ms|us|ns  -r since the last\n"
	"      -T time in the call    -i address    -n number    -v all of structures\n"
	"      -x -xx strings in hex    -X raw|abbrev|verbose   --dns payloads of port 53\n"
	"      -e abbrev=SET  -e verbose=SET  -e raw=SET    -k stacks\n"
	"      -y paths    -yy sockets, devices, pidfds too    -Y names of processes\n"
	"sum   -c table only    -C table too    -w wall clock    -O OVERHEAD    -S SORTBY\n"
	"      -U time-percent,total-time,min-time,max-time,avg-time,calls,errors,name\n"
	"with  -e inject=SET[:error=ERRNO|:retval=N][:signal=SIG][:poke_enter=@argN=HEX]\n"
	"       [:delay_enter=TIME][:delay_exit=TIME][:when=FIRST[..LAST][+STEP]]; fault=\n"
	"misc  -d debug    -h this    -V version    long names: man strace\n"
	"e.g.  strace -f -e trace=openat,connect ls    strace -c -p 1    strace -yy -p 1\n";

enum {
	O_SEPARATELY = 256, O_STAMPS, O_HEX, O_FDS, O_PIDS, O_DAEMON, O_SECCOMP, O_TIPS, O_KILL, O_DNS, O_SECONTEXT,
	O_PIDNS, O_TIMES, O_RELATIVE,
	O_E, /* and from here on: a qualifier with a long name of its own */
};

enum { Q_TRACE, Q_ABBREV, Q_VERBOSE, Q_RAW, Q_SIGNAL, Q_STATUS, Q_READ, Q_WRITE, Q_FAULT, Q_INJECT, Q_QUIET, Q_KVM,
	Q_FDS, Q_PIDS, Q_SECONTEXT };

static const char short_options[] = "+:a:Ab:cCdDe:E:fFhiI:kno:O:p:P:qrs:S:tTu:U:vVwxX:yYzZ";
static const struct option long_options[] = {
	{ "columns", 1, NULL, 'a' }, { "output-append-mode", 0, NULL, 'A' }, { "detach-on", 1, NULL, 'b' },
	{ "summary-only", 0, NULL, 'c' }, { "summary", 0, NULL, 'C' }, { "debug", 0, NULL, 'd' },
	{ "daemonize", 2, NULL, O_DAEMON }, { "daemonized", 2, NULL, O_DAEMON }, { "daemonise", 2, NULL, O_DAEMON },
	{ "daemonised", 2, NULL, O_DAEMON }, { "env", 1, NULL, 'E' }, { "follow-forks", 0, NULL, 'f' },
	{ "output-separately", 0, NULL, O_SEPARATELY }, { "help", 0, NULL, 'h' },
	{ "instruction-pointer", 0, NULL, 'i' }, { "interruptible", 1, NULL, 'I' }, { "stack-traces", 0, NULL, 'k' },
	{ "syscall-number", 0, NULL, 'n' }, { "output", 1, NULL, 'o' }, { "summary-syscall-overhead", 1, NULL, 'O' },
	{ "attach", 1, NULL, 'p' }, { "trace-path", 1, NULL, 'P' }, { "relative-timestamps", 2, NULL, O_RELATIVE },
	{ "string-limit", 1, NULL, 's' }, { "summary-sort-by", 1, NULL, 'S' },
	{ "absolute-timestamps", 2, NULL, O_STAMPS }, { "timestamps", 2, NULL, O_STAMPS },
	{ "syscall-times", 2, NULL, O_TIMES }, { "user", 1, NULL, 'u' }, { "summary-columns", 1, NULL, 'U' },
	{ "no-abbrev", 0, NULL, 'v' }, { "version", 0, NULL, 'V' }, { "summary-wall-clock", 0, NULL, 'w' },
	{ "strings-in-hex", 2, NULL, O_HEX }, { "const-print-style", 1, NULL, 'X' },
	{ "decode-fds", 2, NULL, O_FDS }, { "decode-pids", 1, NULL, O_PIDS }, { "pidns-translation", 0, NULL, O_PIDNS },
	{ "successful-only", 0, NULL, 'z' }, { "failed-only", 0, NULL, 'Z' }, { "failing-only", 0, NULL, 'Z' },
	{ "seccomp-bpf", 0, NULL, O_SECCOMP }, { "tips", 2, NULL, O_TIPS }, { "kill-on-exit", 0, NULL, O_KILL },
	{ "dns", 0, NULL, O_DNS },
	{ "trace", 1, NULL, O_E + Q_TRACE }, { "abbrev", 1, NULL, O_E + Q_ABBREV },
	{ "verbose", 1, NULL, O_E + Q_VERBOSE }, { "raw", 1, NULL, O_E + Q_RAW },
	{ "signal", 1, NULL, O_E + Q_SIGNAL }, { "signals", 1, NULL, O_E + Q_SIGNAL },
	{ "status", 1, NULL, O_E + Q_STATUS }, { "read", 1, NULL, O_E + Q_READ }, { "reads", 1, NULL, O_E + Q_READ },
	{ "write", 1, NULL, O_E + Q_WRITE }, { "writes", 1, NULL, O_E + Q_WRITE }, { "fault", 1, NULL, O_E + Q_FAULT },
	{ "inject", 1, NULL, O_E + Q_INJECT }, { "quiet", 2, NULL, O_E + Q_QUIET }, { "silent", 2, NULL, O_E + Q_QUIET },
	{ "silence", 2, NULL, O_E + Q_QUIET }, { "kvm", 1, NULL, O_E + Q_KVM },
	{ "secontext", 2, NULL, O_SECONTEXT },
	{ NULL, 0, NULL, 0 },
};

/* What was given how often, for what depends on several options. */
struct given {
	int c, C, D, f, F, q, t, x, y, z, w, S, U, daemonize;
	bool stamps, hex, fds_set, quiet_set;
	const char **paths; /* of -P: -q may come behind it */
	size_t n_paths;
};

/* The option as the user wrote it: -a, or --columns. */
static _Noreturn void wrong_argument(int c, int index, const char *text)
{
	if (index >= 0)
		say_usage("invalid --%s argument: '%s'", long_options[index].name, text);
	say_usage("invalid -%c argument: '%s'", c, text);
}

static void qualify(struct options *o, struct given *g, int q, const char *value)
{
	switch (q) {
	case Q_TRACE:
		filter_calls(&o->trace, value);
		break;
	case Q_ABBREV:
		filter_calls(&o->abbrev, value);
		o->abbrev_set = true;
		break;
	case Q_VERBOSE:
		filter_calls(&o->verbose, value);
		o->verbose_set = true;
		break;
	case Q_RAW:
		filter_calls(&o->raw, value);
		o->raw_set = true;
		break;
	case Q_SIGNAL:
		filter_signals(&o->signals, value);
		break;
	case Q_STATUS:
		value_status(o, value);
		break;
	case Q_READ:
		filter_fds(&o->read_fds, value);
		o->dumps = true;
		break;
	case Q_WRITE:
		filter_fds(&o->write_fds, value);
		o->dumps = true;
		break;
	case Q_FAULT:
	case Q_INJECT:
		inject_add(value, q == Q_FAULT);
		break;
	case Q_QUIET:
		value_quiet(o, value);
		g->quiet_set = true;
		break;
	case Q_KVM:
		if (strcmp(value, "vcpu") != 0)
			say_die("invalid -e kvm= argument: '%s'", value);
		say_die("kvm=vcpu is not supported by strace-lite");
	case Q_FDS:
		value_fds(o, value);
		g->fds_set = true;
		break;
	case Q_PIDS:
		value_decode_pids(o, value);
		break;
	case Q_SECONTEXT:
		say_die("--secontext is not supported by strace-lite");
	}
}

/* -e QUALIFIER=VALUE, or a value for trace. */
static void read_expression(struct options *o, struct given *g, const char *text)
{
	static const struct {
		const char *name;
		int q;
	} names[] = {
		{ "trace", Q_TRACE }, { "t", Q_TRACE }, { "abbrev", Q_ABBREV }, { "a", Q_ABBREV }, { "verbose", Q_VERBOSE },
		{ "v", Q_VERBOSE }, { "raw", Q_RAW }, { "x", Q_RAW }, { "signal", Q_SIGNAL }, { "signals", Q_SIGNAL },
		{ "s", Q_SIGNAL }, { "status", Q_STATUS }, { "read", Q_READ }, { "reads", Q_READ }, { "r", Q_READ },
		{ "write", Q_WRITE }, { "writes", Q_WRITE }, { "w", Q_WRITE }, { "fault", Q_FAULT }, { "inject", Q_INJECT },
		{ "quiet", Q_QUIET }, { "silent", Q_QUIET }, { "silence", Q_QUIET }, { "q", Q_QUIET }, { "kvm", Q_KVM },
		{ "decode-fds", Q_FDS }, { "decode-fd", Q_FDS }, { "decode-pids", Q_PIDS }, { "decode-pid", Q_PIDS },
		{ "secontext", Q_SECONTEXT },
	};

	for (size_t i = 0; i < countof(names); i++) {
		size_t n = strlen(names[i].name);

		if (!strncmp(text, names[i].name, n) && text[n] == '=') {
			qualify(o, g, names[i].q, text + n + 1);
			return;
		}
	}
	qualify(o, g, Q_TRACE, text);
}

/* getopt says only that something is wrong; these are glibc's words for what. */
static _Noreturn void bad_option(char **argv, int c)
{
	/* musl counts an argument that is missing. */
	int last = optind - 1;
	while (!argv[last])
		last--;
	const char *word = argv[last];

	if (strncmp(word, "--", 2) != 0 || !word[2]) {
		if (c == ':')
			say_usage("option requires an argument -- '%c'", optopt);
		say_usage("invalid option -- '%c'", optopt);
	}
	if (c == ':')
		say_usage("option '%s' requires an argument", word);
	size_t n = strcspn(word + 2, "=");
	char list[1024] = "";
	int matching = 0;
	for (const struct option *l = long_options; l->name; l++) {
		if (strncmp(l->name, word + 2, n) != 0)
			continue;
		if (l->name[n] == '\0')
			say_usage("option '--%s' doesn't allow an argument", l->name);
		matching++;
		size_t used = strlen(list);
		snprintf(list + used, sizeof(list) - used, " '--%s'", l->name);
	}
	if (matching > 1)
		say_usage("option '%s' is ambiguous; possibilities:%s", word, list);
	if (matching == 1)
		say_usage("option '%.*s' doesn't allow an argument", (int)n + 2, word);
	say_usage("unrecognized option '%s'", word);
}

static void one_option(struct options *o, struct given *g, char **argv, int c, int index)
{
	struct count_wrong wrong;
	long n;

	switch (c) {
	case 'a':
		if (!value_number(optarg, 0, INT_MAX, &n))
			wrong_argument(c, index, optarg);
		o->column = (int)n;
		break;
	case 'A':
		o->append = true;
		break;
	case 'b':
		if (strcmp(optarg, "execve") != 0)
			say_die("Syscall '%s' for -b isn't supported", optarg);
		o->detach_on_exec = true;
		break;
	case 'c':
		g->c++;
		break;
	case 'C':
		g->C++;
		break;
	case 'd':
		o->debug = true;
		break;
	case 'D':
		g->D++;
		break;
	case O_DAEMON:
		g->daemonize = value_daemonize(optarg);
		if (g->daemonize == 0)
			wrong_argument(c, index, optarg);
		break;
	case 'e':
		read_expression(o, g, optarg);
		break;
	case 'E':
		o->env = value_must(realloc(o->env, (o->n_env + 1) * sizeof(*o->env)));
		o->env[o->n_env++] = optarg;
		break;
	case 'f':
		g->f++;
		break;
	case 'F':
		g->F++;
		break;
	case O_SEPARATELY:
		o->separately = true;
		break;
	case 'h':
		fputs(help, stdout);
		close_stdout();
	case 'i':
		o->ip = true;
		break;
	case 'I':
		o->interruptible = value_interruptible(optarg);
		if (o->interruptible == INTR_DEFAULT)
			wrong_argument(c, index, optarg);
		break;
	case 'k':
		o->stacks = true;
		break;
	case 'n':
		o->nr = true;
		break;
	case 'o':
		o->output = optarg;
		break;
	case 'O':
		if (!options_time(optarg, &o->overhead_ns))
			wrong_argument(c, index, optarg);
		break;
	case 'p':
		value_pids(o, optarg);
		break;
	case 'P':
		g->paths = value_must(realloc(g->paths, (g->n_paths + 1) * sizeof(*g->paths)));
		g->paths[g->n_paths++] = optarg;
		break;
	case 'q':
		g->q++;
		break;
	case 'r':
		o->stamps.relative_digits = 6;
		break;
	case O_RELATIVE:
		o->stamps.relative_digits = value_digits(optarg ? optarg : "us");
		if (o->stamps.relative_digits < 0)
			wrong_argument(c, index, optarg);
		break;
	case 's':
		if (!value_number(optarg, 0, INT_MAX, &n))
			wrong_argument(c, index, optarg);
		o->decode.string_limit = (size_t)n;
		break;
	case 'S':
		if (!count_sort_by(optarg))
			say_usage("invalid sortby: '%s'", optarg);
		g->S++;
		break;
	case 't':
		g->t++;
		break;
	case O_STAMPS:
		if (!value_stamps(&o->stamps, optarg))
			wrong_argument(c, index, optarg);
		g->stamps = true;
		break;
	case 'T':
		o->stamps.duration_digits = 6;
		break;
	case O_TIMES:
		o->stamps.duration_digits = value_digits(optarg ? optarg : "us");
		if (o->stamps.duration_digits < 0)
			wrong_argument(c, index, optarg);
		break;
	case 'u':
		o->user = optarg;
		break;
	case 'U':
		if (!count_columns(optarg, &wrong))
			say_usage(wrong.twice ? "call summary column has been provided more than once: '%s' (-U option residual: '%s')" :
				  "unknown column name: '%s'", wrong.word, wrong.rest);
		g->U++;
		break;
	case 'v':
		/* The last of -v and -e abbrev counts. */
		o->decode.abbrev = false;
		o->abbrev_set = false;
		break;
	case 'V':
		puts("strace -- version 6.1 as strace-lite of /native prints it\n"
		     "This is free software (GPL-2.0-only); there is NO WARRANTY.");
		close_stdout();
	case 'w':
		g->w++;
		o->wall = true;
		break;
	case 'x':
		g->x++;
		break;
	case O_HEX:
		if (!value_hex(&o->decode.hex, optarg))
			wrong_argument(c, index, optarg);
		g->hex = true;
		break;
	case 'X':
		if (!value_style(o, optarg))
			wrong_argument(c, index, optarg);
		break;
	case 'y':
		g->y++;
		break;
	case O_FDS:
		value_fds(o, optarg ? optarg : "path");
		g->fds_set = true;
		break;
	case 'Y':
		o->pids_as |= PID_COMM;
		break;
	case O_PIDS:
		value_decode_pids(o, optarg);
		break;
	case O_PIDNS:
		value_decode_pids(o, "pidns");
		break;
	case 'z':
	case 'Z':
		o->status = c == 'z' ? STATUS_OK : STATUS_FAILED;
		g->z++;
		break;
	case O_SECCOMP:
		o->seccomp = true;
		break;
	case O_TIPS:
		if (!value_tips(optarg))
			wrong_argument(c, index, optarg);
		break;
	case O_KILL:
		o->kill_on_exit = true;
		break;
	case O_DNS:
		o->decode.dns = true;
		break;
	case O_SECONTEXT:
		say_die("--secontext is not supported by strace-lite");
	case O_E + Q_QUIET:
		/* --quiet alone is one -q, but not to be mixed with it. */
		qualify(o, g, Q_QUIET, optarg ? optarg : "attach,personality");
		break;
	default:
		if (c >= O_E)
			qualify(o, g, c - O_E, optarg);
		else
			bad_option(argv, c);
	}
}

static void one_of(bool brief, bool full, const char *both)
{
	if (brief && full)
		say_die("%s cannot be provided simultaneously", both);
}

/* A table has no lines to put these into. */
static void useless_with_c(const struct options *o)
{
	const struct {
		bool given;
		const char *name;
	} useless[] = {
		{ o->ip, "-i/--instruction-pointer" },
		{ o->stacks, "-k/--stack-traces" },
		{ o->nr, "-n/--syscall-number" },
		{ o->stamps.relative_digits >= 0, "-r/--relative-timestamps" },
		{ o->stamps.absolute != STAMP_NONE, "-t/--absolute-timestamps" },
		{ o->stamps.duration_digits >= 0, "-T/--syscall-times" },
		{ o->fds != 0, "-y/--decode-fds" },
	};

	for (size_t i = 0; i < countof(useless); i++)
		if (useless[i].given)
			say("%s has no effect with -c/--summary-only", useless[i].name);
}

/* What depends on more than one option, in the order in which strace looks at it. */
static void check(struct options *o, const struct given *g)
{
	static const int quiet[] = { 0, QUIET_ATTACH | QUIET_PERSONALITY, QUIET_ATTACH | QUIET_PERSONALITY | QUIET_EXIT, ~0 };

	if (g->D > 3)
		say_usage("Too many -D's (%d), maximum supported -D count is 3", g->D);
	one_of(g->D > 0, g->daemonize > 0, "-D and --daemonize");
	one_of(g->t > 0, g->stamps, "-t and --absolute-timestamps");
	one_of(g->x > 0, g->hex, "-x and --strings-in-hex");
	one_of(g->y > 0, g->fds_set, "-y and --decode-fds");
	one_of(g->q > 0, g->quiet_set, "-q and -e quiet/--quiet");
	if (!o->command && o->n_pids == 0)
		say_usage("must have PROG [ARGS] or -p PID");
	if (!o->command && g->D)
		say_usage("PROG [ARGS] must be specified with -D/--daemonize");
	o->daemonize = g->daemonize ? g->daemonize : g->D;
	if (g->c && g->C)
		say_usage("-c/--summary-only and -C/--summary are mutually exclusive");
	if (g->F && !g->f)
		say("option -F is deprecated, please use -f/--follow-forks instead");
	else if (g->F)
		say("deprecated option -F ignored");
	o->follow = g->f || g->F;
	o->separately |= g->f > 1;
	o->count = g->c || g->C;
	o->count_only = g->c > 0;
	if (o->count && o->separately)
		say_usage("(-c/--summary-only or -C/--summary) and -ff/--output-separately are mutually exclusive");
	if (g->w && !o->count)
		say_usage("-w/--summary-wall-clock must be given with (-c/--summary-only or -C/--summary)");
	if (g->U && !o->count)
		say_usage("-U/--summary-columns must be given with (-c/--summary-only or -C/--summary)");
	if (g->S && !o->count)
		say("-S/--summary-sort-by has no effect without (-c/--summary-only or -C/--summary)");
	if (g->t) {
		o->stamps.absolute = g->t > 2 ? STAMP_UNIX : STAMP_TIME;
		o->stamps.absolute_digits = g->t > 1 ? 6 : 0;
	}
	if (g->y)
		o->fds = g->y > 1 ? (unsigned)~0 : FD_PATH;
	if (o->count_only)
		useless_with_c(o);
	if (o->output && (*o->output == '|' || *o->output == '!') && o->separately)
		say_usage("piping the output and -ff/--output-separately are mutually exclusive");
	if (!o->output && o->append)
		say("-A/--output-append-mode has no effect without -o/--output");
	if (!o->output && o->separately && g->f < 2)
		say("--output-separately has no effect without -o/--output");
	if (g->z > 1)
		say("Only the last of -z/--successful-only/-Z/--failed-only options will take effect. "
		    "See status qualifier for more complex filters.");
	if (g->x)
		o->decode.hex = g->x > 1 ? OUT_HEX_ALL : OUT_HEX_NONASCII;
	if (!g->quiet_set)
		o->quiet = (unsigned)quiet[g->q > 3 ? 3 : g->q];
	if (o->seccomp && o->n_pids > 0)
		say("--seccomp-bpf is not enabled for processes attached with -p");
	if (o->seccomp && !o->follow) {
		say("--seccomp-bpf cannot be used without -f/--follow-forks, disabling");
		o->seccomp = false;
	}
	if (o->seccomp && o->detach_on_exec) {
		say("--seccomp-bpf is not enabled because it is not compatible with -b");
		o->seccomp = false;
	}
	if (o->seccomp && o->trace.all) {
		say("Seccomp filter is requested but there are no syscalls to filter.  See -e trace to filter syscalls.");
		o->seccomp = false;
	}
	if (o->interruptible == INTR_DEFAULT)
		o->interruptible = o->daemonize ? INTR_NEVER_TSTP :
				   o->output && o->command ? INTR_NEVER : INTR_WAITING;
	/* strace is quiet about who it traces when that is obvious. */
	if (o->output && o->command && o->n_pids == 0 && !g->quiet_set)
		o->quiet |= QUIET_ATTACH | QUIET_PERSONALITY;
	for (size_t i = 0; i < g->n_paths; i++)
		filter_path(g->paths[i], o->quiet & QUIET_PATHS);
	free(g->paths);
}

void options_read(struct options *o, int argc, char **argv)
{
	struct given g = { 0 };
	int c, index = -1;

	*o = (struct options){
		.signals = ~0ull,
		.status = STATUS_ALL,
		.column = 40,
		.stamps = { .relative_digits = -1, .duration_digits = -1 },
		.decode = { .string_limit = 32, .abbrev = true },
	};
	opterr = 0;
	filter_calls(&o->trace, "all");
	while (index = -1, (c = getopt_long(argc, argv, short_options, long_options, &index)) != -1)
		one_option(o, &g, argv, c, c == '?' || c == ':' ? -1 : index);
	if (optind < argc)
		o->command = argv + optind;
	check(o, &g);
}

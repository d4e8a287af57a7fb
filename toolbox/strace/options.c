/* SPDX-License-Identifier: GPL-2.0-only
 * Reading the command line: see options.h. Options, their long names, and what is said to wrong ones are
 * strace's; the help is shorter, so that it fits on a screen.
 */
#include "options.h"
#include "count.h"
#include "inject.h"
#include "say.h"
#include "../lib/base.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: strace [OPTION]... { -p PID[,PID] | PROG [ARG]... }\n"
	"who   -p PID attach     -f threads and children too      -ff and a file for each\n"
	"      -E VAR[=VAL] environment    -u USER    -b execve detach there    -I 1..4\n"
	"      -D -DD -DDD trace from a grandchild, own process group, own session\n"
	"      --kill-on-exit    --seccomp-bpf stop only at what is traced (with -f)\n"
	"what  -e trace=[?]CALL[@64|@32],%CLASS,/REGEX,NUMBER,all   none  !... all others\n"
	"        %file %desc %process %net %memory %signal %ipc %creds %clock %pure %stat\n"
	"      -e signal=SET    -e status=successful,failed,unfinished,detached    -z  -Z\n"
	"      -e quiet=attach,exit,path-resolution,personality,thread-execve  -q..\n"
	"      -P PATH    -e read=FDS  -e write=FDS hexdumps\n"
	"how   -o FILE | -o '|COMMAND'    -A append    -a COLUMN    -s STRSIZE\n"
	"      -t -tt -ttt  --absolute-timestamps=time|unix,s|ms|us|ns  -r since last\n"
	"      -T time in the call    -i address    -n number    -v all of structures\n"
	"      -x -xx strings in hex    -X raw|abbrev|verbose   --dns payloads of port 53\n"
	"      -e abbrev=SET  -e verbose=SET  -e raw=SET\n"
	"      -y paths    -yy sockets, devices, pidfds as well    -Y names of processes\n"
	"sum   -c table only    -C table too    -w wall clock    -O OVERHEAD    -S SORTBY\n"
	"      -U time-percent,total-time,min-time,max-time,avg-time,calls,errors,name\n"
	"with  -e inject=SET[:error=ERRNO|:retval=N][:signal=SIG]\n"
	"        [:delay_enter=TIME][:delay_exit=TIME][:when=FIRST[..LAST][+STEP]]  -e fault=\n"
	"misc  -d debug    -h this    -V version    long names: man strace\n"
	"e.g.  strace -f -e trace=openat,connect ls     strace -c -p 1     strace -yy -p 1\n";

enum {
	O_SEPARATELY = 256, O_STAMPS, O_HEX, O_FDS, O_PIDS, O_DAEMON, O_SECCOMP, O_TIPS, O_KILL, O_DNS, O_SECONTEXT,
	O_PIDNS, O_TIMES, O_RELATIVE,
	O_E, /* and from here on: a qualifier with a long name of its own */
};

enum { Q_TRACE, Q_ABBREV, Q_VERBOSE, Q_RAW, Q_SIGNAL, Q_STATUS, Q_READ, Q_WRITE, Q_FAULT, Q_INJECT, Q_QUIET, Q_KVM,
	Q_FDS, Q_PIDS };

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
	{ "signals", 1, NULL, O_E + Q_SIGNAL },
	{ "status", 1, NULL, O_E + Q_STATUS }, { "read", 1, NULL, O_E + Q_READ }, { "reads", 1, NULL, O_E + Q_READ },
	{ "write", 1, NULL, O_E + Q_WRITE }, { "writes", 1, NULL, O_E + Q_WRITE }, { "fault", 1, NULL, O_E + Q_FAULT },
	{ "inject", 1, NULL, O_E + Q_INJECT }, { "quiet", 2, NULL, O_E + Q_QUIET }, { "silent", 2, NULL, O_E + Q_QUIET },
	{ "silence", 2, NULL, O_E + Q_QUIET }, { "kvm", 1, NULL, O_E + Q_KVM },
	{ "secontext", 2, NULL, O_SECONTEXT },
	{ NULL, 0, NULL, 0 },
};

/* What was given how often, for what depends on several options. */
struct given {
	int c, C, D, f, q, r, t, T, x, y, z, wrong_status, append, w, S, U, O, seccomp, quiet_set, F;
	const char *stamps;
};

static void *must(void *p)
{
	if (!p)
		say_die("Out of memory");
	return p;
}

/* The name of an option as the user wrote it: "-a", or "--columns". */
static void wrong_argument(char **argv, int c, int index, const char *text)
{
	(void)argv;
	if (index >= 0)
		say_usage("invalid --%s argument: '%s'", long_options[index].name, text);
	say_usage("invalid -%c argument: '%s'", c, text);
}

static bool read_number(const char *text, long min, long max, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(text, &end, 10);
	return isdigit((unsigned char)*text) && !*end && errno == 0 && *value >= min && *value <= max;
}

bool options_time(const char *text, uint64_t *ns)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = { { "", 1e3 }, { "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 }, { "ns", 1 } };
	char *end;

	errno = 0;
	double value = strtod(text, &end);
	if (end == text || errno || !(value >= 0))
		return false;
	for (size_t i = 0; i < countof(units); i++) {
		if (!strcmp(end, units[i].unit) && value * units[i].ns < 9e18) {
			*ns = (uint64_t)(value * units[i].ns);
			return true;
		}
	}
	return false;
}

/* s, ms, us, ns as digits; -1: something else. */
static int digits_of(const char *word)
{
	static const char *const names[] = { "s", "ms", "us", "ns" };

	for (int i = 0; i < 4; i++)
		if (!strcmp(word, names[i]))
			return i * 3;
	return -1;
}

static void read_stamps(struct stamps *s, const char *text, int index)
{
	static const char *const formats[] = { "none", "time", "unix" };
	char *copy = must(strdup(text ? text : "")), *rest = copy, *word;
	bool was_format = false, was_precision = false;

	s->absolute = STAMP_TIME;
	s->absolute_digits = 0;
	while ((word = strsep(&rest, ","))) {
		const char *value = word;
		int format = -1;

		if (!*word && (text == NULL || *text))
			continue;
		if (!strncmp(word, "format:", 7))
			value += 7;
		else if (!strncmp(word, "precision:", 10))
			value += 10;
		for (int i = 0; i < 3 && strncmp(word, "precision:", 10) != 0; i++)
			if (!strcmp(value, formats[i]))
				format = i;
		int digits = !strncmp(word, "format:", 7) ? -1 : digits_of(value);
		if ((format < 0 && digits < 0) || (format >= 0 && was_format) || (digits >= 0 && was_precision))
			wrong_argument(NULL, 0, index, text);
		if (format >= 0) {
			s->absolute = (enum stamp)format;
			was_format = true;
		} else {
			s->absolute_digits = digits;
			was_precision = true;
		}
	}
	free(copy);
}

static void read_pids(struct options *o, const char *text)
{
	char *copy = must(strdup(text)), *rest = copy, *word;

	while ((word = strsep(&rest, ", \t\n"))) {
		long pid;

		if (!*word)
			continue;
		if (!read_number(word, 1, INT_MAX, &pid))
			say_die("Invalid process id: '%s'", word);
		if (pid == getpid())
			say_die("I'm sorry, I can't let you do that, Dave.");
		o->pids = must(realloc(o->pids, (o->n_pids + 1) * sizeof(*o->pids)));
		o->pids[o->n_pids++] = (pid_t)pid;
	}
	free(copy);
}

static void read_quiet(struct options *o, const char *text)
{
	static const struct filter_word words[] = {
		{ "attach", QUIET_ATTACH }, { "exit", QUIET_EXIT }, { "exits", QUIET_EXIT }, { "path-resolution", QUIET_PATHS },
		{ "path-resolve", QUIET_PATHS }, { "personality", QUIET_PERSONALITY }, { "thread-execve", QUIET_EXECVE },
		{ "thread-exec", QUIET_EXECVE }, { "superseded", QUIET_EXECVE },
	};

	filter_words(&o->quiet, text, words, countof(words), "quiet");
}

static void read_fds(struct options *o, const char *text)
{
	static const struct filter_word words[] = {
		{ "path", FD_PATH }, { "socket", FD_SOCKET }, { "dev", FD_DEV }, { "pidfd", FD_PIDFD },
	};

	filter_words(&o->fds, text, words, countof(words), "decode-fds");
}

static void read_decode_pids(struct options *o, const char *text)
{
	static const struct filter_word words[] = { { "comm", PID_COMM } };

	if (!strcmp(text, "pidns") || !strcmp(text, "all"))
		say_die("decode-pids=pidns is not supported by strace-lite: process ids are those of its own PID namespace");
	filter_words(&o->pids_as, text, words, countof(words), "decode-pids");
}

static void qualify(struct options *o, struct given *g, int q, const char *value)
{
	static const struct filter_word states[] = {
		{ "successful", STATUS_OK }, { "failed", STATUS_FAILED }, { "unfinished", STATUS_UNFINISHED },
		{ "unavailable", STATUS_UNAVAILABLE }, { "detached", STATUS_DETACHED },
	};

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
		filter_words(&o->status, value, states, countof(states), "status");
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
		read_quiet(o, value);
		g->quiet_set = 1;
		break;
	case Q_KVM:
		if (strcmp(value, "vcpu") != 0)
			say_die("invalid -e kvm= argument: '%s'", value);
		say_die("kvm=vcpu is not supported by strace-lite");
	case Q_FDS:
		read_fds(o, value);
		break;
	case Q_PIDS:
		read_decode_pids(o, value);
		break;
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

static void read_daemonize(struct given *g, const char *text, int index)
{
	static const struct {
		const char *name;
		int level;
	} names[] = { { "grandchild", 1 }, { "pgroup", 2 }, { "pgrp", 2 }, { "session", 3 } };

	if (!text) {
		g->D = 1;
		return;
	}
	for (size_t i = 0; i < countof(names); i++) {
		if (!strcmp(text, names[i].name)) {
			g->D = names[i].level;
			return;
		}
	}
	wrong_argument(NULL, 0, index, text);
}

static enum interruptible interruptible_of(const char *text)
{
	static const char *const names[] = { "1", "anywhere", "2", "waiting", "3", "never", "4", "never_tstp" };

	for (size_t i = 0; i < countof(names); i++)
		if (!strcmp(text, names[i]))
			return (enum interruptible)(i / 2 + 1);
	return INTR_DEFAULT;
}

static void read_hex(struct options *o, const char *text, int index)
{
	static const struct {
		const char *name;
		enum out_hex hex;
	} names[] = { { "none", OUT_HEX_NONE }, { "non-ascii", OUT_HEX_NONASCII }, { "all", OUT_HEX_ALL },
		      { "non-ascii-chars", OUT_HEX_CHARS } };

	for (size_t i = 0; i < countof(names); i++) {
		if (!strcmp(text ? text : "all", names[i].name)) {
			o->decode.hex = names[i].hex;
			return;
		}
	}
	wrong_argument(NULL, 0, index, text);
}

static void read_style(struct options *o, const char *text, int index)
{
	if (!strcmp(text, "raw"))
		o->decode.constants = CONST_RAW;
	else if (!strcmp(text, "abbrev"))
		o->decode.constants = CONST_ABBREV;
	else if (!strcmp(text, "verbose"))
		o->decode.constants = CONST_VERBOSE;
	else
		wrong_argument(NULL, 'X', index, text);
}

/* --tips belongs to strace's later versions: none are printed here, and what asks for none is right. */
static void read_tips(const char *text, int index)
{
	char *copy = must(strdup(text ? text : "")), *rest = copy, *word;

	while ((word = strsep(&rest, ","))) {
		const char *v = !strncmp(word, "format:", 7) ? word + 7 : !strncmp(word, "id:", 3) ? word + 3 : word;
		long id;

		if (*v && strcmp(v, "none") != 0 && strcmp(v, "off") != 0 && strcmp(v, "compact") != 0 && strcmp(v, "full") != 0 &&
		    strcmp(v, "random") != 0 && !read_number(v, 0, LONG_MAX, &id))
			wrong_argument(NULL, 0, index, text);
	}
	free(copy);
}

static void one_option(struct options *o, struct given *g, char **argv, int c, int index)
{
	char wrong[32];
	long n;

	switch (c) {
	case 'a':
		if (!read_number(optarg, 0, INT_MAX, &n))
			wrong_argument(argv, c, index, optarg);
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
		read_daemonize(g, optarg, index);
		break;
	case 'e':
		read_expression(o, g, optarg);
		break;
	case 'E':
		o->env = must(realloc(o->env, (o->n_env + 1) * sizeof(*o->env)));
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
		exit(fflush(stdout) != 0);
	case 'i':
		o->ip = true;
		break;
	case 'I':
		o->interruptible = interruptible_of(optarg);
		if (o->interruptible == INTR_DEFAULT)
			wrong_argument(argv, c, index, optarg);
		break;
	case 'k':
		say("-k/--stack-traces is not there yet: use pstack for the stacks of a process");
		exit(2);
	case 'n':
		o->nr = true;
		break;
	case 'o':
		o->output = optarg;
		break;
	case 'O':
		if (!options_time(optarg, &o->overhead_ns))
			wrong_argument(argv, c, index, optarg);
		g->O++;
		break;
	case 'p':
		read_pids(o, optarg);
		break;
	case 'P':
		filter_path(optarg, false);
		break;
	case 'q':
		g->q++;
		break;
	case 'r':
		g->r++;
		o->stamps.relative_digits = 6;
		break;
	case O_RELATIVE:
		g->r++;
		o->stamps.relative_digits = digits_of(optarg ? optarg : "us");
		if (o->stamps.relative_digits < 0)
			wrong_argument(argv, c, index, optarg);
		break;
	case 's':
		if (!read_number(optarg, 0, INT_MAX, &n))
			wrong_argument(argv, c, index, optarg);
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
		g->t = 0;
		read_stamps(&o->stamps, optarg, index);
		g->stamps = long_options[index].name;
		break;
	case 'T':
		o->stamps.duration_digits = 6;
		break;
	case O_TIMES:
		o->stamps.duration_digits = digits_of(optarg ? optarg : "us");
		if (o->stamps.duration_digits < 0)
			wrong_argument(argv, c, index, optarg);
		break;
	case 'u':
		o->user = optarg;
		break;
	case 'U':
		if (!count_columns(optarg, wrong))
			say_usage("unknown column name: '%s'", wrong);
		g->U++;
		break;
	case 'v':
		o->decode.abbrev = false;
		break;
	case 'V':
		puts("strace -- version 6.1 as strace-lite of /native prints it\n"
		     "This is free software (GPL-2.0-only); there is NO WARRANTY.");
		exit(fflush(stdout) != 0);
	case 'w':
		g->w++;
		o->wall = true;
		break;
	case 'x':
		g->x++;
		break;
	case O_HEX:
		g->x = 0;
		read_hex(o, optarg, index);
		break;
	case 'X':
		read_style(o, optarg, index);
		break;
	case 'y':
		g->y++;
		break;
	case O_FDS:
		g->y = 0;
		read_fds(o, optarg ? optarg : "path");
		break;
	case 'Y':
		o->pids_as |= PID_COMM;
		break;
	case O_PIDS:
		read_decode_pids(o, optarg);
		break;
	case O_PIDNS:
		read_decode_pids(o, "pidns");
		break;
	case 'z':
	case 'Z':
		o->status = c == 'z' ? STATUS_OK : STATUS_FAILED;
		g->z++;
		break;
	case O_SECCOMP:
		o->seccomp = true;
		g->seccomp++;
		break;
	case O_TIPS:
		read_tips(optarg, index);
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
		if (optarg)
			qualify(o, g, Q_QUIET, optarg);
		else
			g->q++;
		break;
	default:
		if (c >= O_E)
			qualify(o, g, c - O_E, optarg);
		else
			bad_option(argv, c);
	}
}

/* What depends on more than one option, in the order in which strace looks at it. */
static void check(struct options *o, const struct given *g)
{
	static const int quiet[] = { 0, QUIET_ATTACH | QUIET_PERSONALITY, QUIET_ATTACH | QUIET_PERSONALITY | QUIET_EXIT, ~0 };

	if (!o->command && o->n_pids == 0)
		say_usage("must have PROG [ARGS] or -p PID");
	if (!o->command && g->D)
		say_usage("PROG [ARGS] must be specified with -D/--daemonize");
	o->daemonize = g->D > 3 ? 3 : g->D;
	if (g->c && g->C)
		say_usage("-c/--summary-only and -C/--summary are mutually exclusive");
	o->follow = g->f > 0 || g->F > 1;
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
	if (g->O && !o->count)
		say("-O/--summary-syscall-overhead has no effect without (-c/--summary-only or -C/--summary)");
	if (o->output && (*o->output == '|' || *o->output == '!') && o->separately)
		say_usage("piping the output and -ff/--output-separately are mutually exclusive");
	if (!o->output && o->append)
		say("-A/--output-append-mode has no effect without -o/--output");
	if (!o->output && o->separately && g->f < 2)
		say("--output-separately has no effect without -o/--output");
	if (g->z > 1)
		say("Only the last of -z/--successful-only/-Z/--failed-only options will take effect. "
		    "See status qualifier for more complex filters.");
	if (g->t) {
		o->stamps.absolute = g->t > 2 ? STAMP_UNIX : STAMP_TIME;
		o->stamps.absolute_digits = g->t > 1 ? 6 : 0;
	}
	if (g->x)
		o->decode.hex = g->x > 1 ? OUT_HEX_ALL : OUT_HEX_NONASCII;
	if (g->y)
		o->fds = g->y > 1 ? (unsigned)~0 : FD_PATH;
	if (!g->quiet_set)
		o->quiet = (unsigned)quiet[g->q > 3 ? 3 : g->q];
	if (o->seccomp && o->n_pids > 0)
		say("--seccomp-bpf is not enabled for processes attached with -p");
	if (o->seccomp && !o->follow) {
		say("--seccomp-bpf cannot be used without -f/--follow-forks, disabling");
		o->seccomp = false;
	}
	if (o->interruptible == INTR_DEFAULT)
		o->interruptible = o->daemonize ? INTR_NEVER_TSTP :
				   o->output && o->command ? INTR_NEVER : INTR_WAITING;
	/* strace is quiet about who it traces when that is obvious. */
	if (o->output && o->command && o->n_pids == 0 && !o->daemonize)
		o->quiet |= QUIET_ATTACH | QUIET_PERSONALITY;
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

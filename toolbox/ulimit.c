/* SPDX-License-Identifier: GPL-2.0-only
 * ulimit: the limits of the process that calls it, as a shell's builtin has them, or of another one; bash's options,
 * units and layout. Options and life cycle only: the limits are in ulimit/limit.c, --who in ulimit/who.c.
 *
 * A builtin changes the shell that it is part of. A program cannot be part of its caller, but may change its parent's
 * limits with prlimit(2). Where the parent cannot be seen (`docker exec` runs us directly: the parent is outside of the
 * pid namespace), our own limits, which we have from there, are shown, and nothing is set.
 */
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"
#include "ulimit/limit.h"
#include "ulimit/who.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help[] =
	"usage: ulimit [-SH] [-a | -LETTER [VALUE]]... [--pid PID | COMMAND [ARG]...]\n"
	"       ulimit [-SH] [-N ROWS] [--human | --json] --who NAME\n"
	"Show or set the limits of the process that calls, of another, or for a command.\n"
	"\n"
	" -S, --soft         the soft limit (shown unless -H is given)\n"
	" -H, --hard         the hard limit; to set, neither of the two means both\n"
	" -a, --all          show all limits\n"
	"     --pid PID      of this process\n"
	"     --who NAME     the processes nearest to this limit; a letter or name below,\n"
	"                    n u l s v d m t i can be measured\n"
	" -N, --top ROWS     how many of them, 0 for all (10)\n"
	"     --human        memory as 1.5G\n"
	"     --json         as JSON, memory in bytes\n"
	" -c, --core         core files, blocks of 1024 bytes\n"
	" -d, --data         data segment, kbytes\n"
	" -e, --nice         scheduling priority: 20 minus the least nice value\n"
	" -f, --fsize        size of files written, blocks (taken if no letter is given)\n"
	" -i, --sigpending   pending signals of the user\n"
	" -l, --memlock      locked memory, kbytes\n"
	" -m, --rss          resident memory, kbytes (Linux does not enforce it)\n"
	" -n, --nofile       open files\n"
	" -p, --pipe         buffer of a pipe, 512 bytes (cannot be set)\n"
	" -q, --msgqueue     POSIX message queues of the user, bytes\n"
	" -r, --rtprio       real-time priority\n"
	" -R, --rttime       real-time CPU time without blocking, microseconds\n"
	" -s, --stack        stack, kbytes\n"
	" -t, --cpu          CPU time, seconds\n"
	" -u, --nproc        processes (threads) of the user\n"
	" -v, --as           address space, kbytes\n"
	" -x, --locks        file locks (Linux does not enforce it)\n"
	" -h, --help         this text\n"
	" -V, --version      version\n"
	"\n"
	"VALUE is a number in these units, unlimited, soft or hard. Examples:\n"
	"  ulimit -a --pid 1             the limits of process 1\n"
	"  ulimit -n 16384 --pid 1       let it open more files\n"
	"  ulimit -c unlimited COMMAND   run COMMAND with core files\n"
	"  ulimit --who n                who runs out of descriptors?\n";

/* One option of a resource, with or without a value. */
struct request {
	const struct limit *limit;
	const char *value; /* NULL: show it */
};

struct options {
	struct request *requests;
	size_t n;
	bool soft, hard, all;
	const char *who; /* of --who; then resource is what it names */
	const struct limit *resource;
	uint64_t rows;
	enum who_format format;
	pid_t pid;	/* of --pid; 0: not given */
	char **command; /* NULL: none */
};

/* Whose limits it is about. */
struct target {
	pid_t pid;	    /* 0: this process */
	const char *no_set; /* why its limits cannot be set; NULL: they can */
	bool other;	    /* named by --pid: named in messages, too */
};

enum { OPT_PID = 256, OPT_WHO, OPT_HUMAN, OPT_JSON };

#define failed(...) text_failed("ulimit", __VA_ARGS__)

/* --- options ----------------------------------------------------------------------------------- */

/* What the user typed, so that an empty word can be seen in a message. */
static const char *word(const char *typed)
{
	return typed && *typed ? typed : "\"\"";
}

/* Returns -1 to go on, else the status to end with. */
static int add_request(struct options *o, char letter, const char *value)
{
	const struct limit *l = limit_find((char[]){ letter, '\0' });

	/* bash knows the letters of all systems, and rejects those that its own has no limit for. */
	if (l->resource == LIMIT_NONE)
		return failed(1, "%s (-%c): not a limit of a process in Linux: %s", l->label, l->letter, l->why_not);
	o->requests[o->n++] = (struct request){ l, value };
	return -1;
}

/* What stands behind the options: a value for the last of them that has none (`ulimit -n -- 64`) or for -f
 * (`ulimit 64`), then the command. */
static int parse_operands(struct options *o, char **argv)
{
	if (o->who) {
		o->resource = limit_find(o->who);
		if (o->n > 0 || o->all || o->pid > 0 || argv[0])
			return failed(2, "--who stands alone, with -S, -H, -N, --human and --json");
		if (!o->resource)
			return failed(2, "%s: not the letter or the name of one resource", word(o->who));
		return -1;
	}
	if (o->format != WHO_UNITS)
		return failed(2, "--%s: only --who has another format", o->format == WHO_JSON ? "json" : "human");
	if (o->n == 0 && !o->all) {
		add_request(o, 'f', *argv);
		argv += *argv != NULL;
	} else if (o->n > 0 && !o->requests[o->n - 1].value && *argv) {
		o->requests[o->n - 1].value = *argv++;
	}
	if (!*argv)
		return -1;
	/* `ulimit 64 --pid 1`, which must not end as a command that is not found. */
	if (argv[0][0] == '-')
		return failed(2, "%s: options stand before the first value", argv[0]);
	if (o->pid > 0)
		return failed(2, "%s: a command takes no --pid: it is a process of its own", argv[0]);
	if (o->all)
		return failed(2, "%s: -a shows limits, it takes no value and no command", argv[0]);
	o->command = argv;
	return -1;
}

static bool parse_number(const char *text, uint64_t most, uint64_t *value)
{
	const char *p = text;

	return *text >= '0' && *text <= '9' && proc_u64(&p, value) && !*p && *value <= most;
}

/* Returns -1 to go on, else the status to end with. */
static int parse_options(struct options *o, int argc, char **argv)
{
	/* The value of a resource's option may be the next word, as in bash: that is looked at below. */
	static const char letters[] = "+:SHahVN:b::c::d::e::f::i::k::l::m::n::p::q::r::s::t::u::v::x::P::R::T::";
	static const struct option longs[] = {
		{ "soft", no_argument, NULL, 'S' },
		{ "hard", no_argument, NULL, 'H' },
		{ "all", no_argument, NULL, 'a' },
		{ "pid", required_argument, NULL, OPT_PID },
		{ "who", required_argument, NULL, OPT_WHO },
		{ "top", required_argument, NULL, 'N' },
		{ "human", no_argument, NULL, OPT_HUMAN },
		{ "json", no_argument, NULL, OPT_JSON },
		{ "core", optional_argument, NULL, 'c' },
		{ "data", optional_argument, NULL, 'd' },
		{ "nice", optional_argument, NULL, 'e' },
		{ "fsize", optional_argument, NULL, 'f' },
		{ "sigpending", optional_argument, NULL, 'i' },
		{ "memlock", optional_argument, NULL, 'l' },
		{ "rss", optional_argument, NULL, 'm' },
		{ "nofile", optional_argument, NULL, 'n' },
		{ "pipe", optional_argument, NULL, 'p' },
		{ "msgqueue", optional_argument, NULL, 'q' },
		{ "rtprio", optional_argument, NULL, 'r' },
		{ "rttime", optional_argument, NULL, 'R' },
		{ "stack", optional_argument, NULL, 's' },
		{ "cpu", optional_argument, NULL, 't' },
		{ "nproc", optional_argument, NULL, 'u' },
		{ "as", optional_argument, NULL, 'v' },
		{ "locks", optional_argument, NULL, 'x' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	const char *wrong;
	uint64_t number;
	int status;
	int c;

	while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		switch (c) {
		case 'S':
			o->soft = true;
			break;
		case 'H':
			o->hard = true;
			break;
		case 'a':
			o->all = true;
			break;
		case 'N':
			if (!optarg || !parse_number(optarg, SIZE_MAX, &o->rows))
				return failed(2, "%s: invalid number", word(optarg));
			break;
		case OPT_PID:
			if (!optarg || !parse_number(optarg, INT_MAX, &number) || number == 0)
				return failed(2, "%s: not a process id", word(optarg));
			o->pid = (pid_t)number;
			break;
		case OPT_WHO:
			o->who = optarg;
			break;
		case OPT_HUMAN:
			o->format = WHO_HUMAN;
			break;
		case OPT_JSON:
			o->format = WHO_JSON;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'V':
			puts("ulimit (native " NATIVE_VERSION ")");
			return 0;
		case ':':
		case '?':
			/* A letter may be anywhere in its word; a long option is a word. */
			wrong = c == ':' ? "option needs an argument" : "invalid option";
			if (optind <= argc && strncmp(argv[optind - 1], "--", 2) == 0)
				return failed(2, "%s: %s", argv[optind - 1], wrong);
			return failed(2, "-%c: %s", optopt, wrong);
		default:
			if (!optarg && optind < argc && argv[optind][0] != '-')
				optarg = argv[optind++];
			status = add_request(o, (char)c, optarg);
			if (status >= 0)
				return status;
		}
	}
	return parse_operands(o, argv + optind);
}

/* --- showing and setting ------------------------------------------------------------------------ */

/* The process that calls: as a rule our parent. */
static struct target find_caller(void)
{
	pid_t parent = getppid();

	if (parent == 0)
		return (struct target){ .no_set = "the process that calls is outside of this pid namespace" };
	/* Whoever's parent ends gets another one, as a rule process 1: that has not called us. It would have, if we
	 * were of its session. */
	if (parent == 1 && getsid(1) != getsid(0))
		return (struct target){ .no_set = "the process that called has ended" };
	return (struct target){ .pid = parent };
}

static struct target find_target(const struct options *o)
{
	if (o->pid > 0)
		return (struct target){ .pid = o->pid, .other = true };
	if (o->command)
		return (struct target){ 0 };
	return find_caller();
}

static int fail_to_read(const struct target *t, const struct limit *l, int err)
{
	if (err == -ESRCH)
		return failed(1, "process %d: %s (ids count as in this pid namespace)", (int)t->pid, strerror(-err));
	if (err == -EINVAL)
		return failed(1, "process %d: %s: /proc/%d/limits does not tell it", (int)t->pid, l->label, (int)t->pid);
	return failed(1, "process %d: %s: cannot read the limit: %s", (int)t->pid, l->label, strerror(-err));
}

static int read_limit(const struct target *t, const struct limit *l, struct rlimit *r)
{
	int err = limit_get(t->pid, l, r);

	/* A parent of another user, and no /proc: ours are those we have from it. */
	if (err < 0 && !t->other && t->pid > 0)
		err = limit_get(0, l, r);
	return err;
}

static void print_limit(const struct limit *l, const struct rlimit *r, bool hard, bool with_name)
{
	char value[32];
	char unit[32];

	limit_fmt(value, sizeof(value), l, hard ? r->rlim_max : r->rlim_cur);
	if (with_name) {
		snprintf(unit, sizeof(unit), "(%s%s-%c) ", l->unit ? l->unit : "", l->unit ? ", " : "", l->letter);
		printf("%-20s %20s", l->label, unit);
	}
	puts(value);
}

/* bash's sentence, and behind it what stood in the way. */
static int fail_to_set(const struct target *t, const struct limit *l, const struct rlimit *old, const struct rlimit *new,
		       int err)
{
	struct proc_file f = PROC_FILE_INIT;
	char process[40] = "";
	char why[160] = "";
	char hard[32];
	uint64_t most;
	const char *p;

	if (t->other)
		snprintf(process, sizeof(process), "process %d: ", (int)t->pid);
	limit_fmt(hard, sizeof(hard), l, old->rlim_max);
	if (l->resource == LIMIT_PIPE) {
		snprintf(why, sizeof(why), " (it is fixed in Linux)");
	} else if (err == EINVAL && new->rlim_cur > new->rlim_max) {
		limit_fmt(hard, sizeof(hard), l, new->rlim_max);
		snprintf(why, sizeof(why), " (the soft limit cannot be above the hard limit, %s)", hard);
	} else if (err == EPERM && t->pid > 0 && prlimit(t->pid, l->resource, NULL, &(struct rlimit){ 0 }) < 0) {
		snprintf(why, sizeof(why), " (the process is another user's; that takes CAP_SYS_RESOURCE)");
	} else if (err == EPERM && l->resource == RLIMIT_NOFILE && proc_load(&f, "proc/sys/fs/nr_open") == 0 &&
		   (p = f.data, proc_u64(&p, &most)) && new->rlim_max > most) {
		snprintf(why, sizeof(why), " (the sysctl fs.nr_open allows %llu at most)", (unsigned long long)most);
	} else if (err == EPERM && new->rlim_max > old->rlim_max) {
		snprintf(why, sizeof(why), " (the hard limit is %s, to raise it takes CAP_SYS_RESOURCE)", hard);
	}
	proc_unload(&f);
	return failed(1, "%s%s: cannot modify limit: %s%s", process, l->label, strerror(err), why);
}

static int set_limit(const struct options *o, const struct target *t, const struct request *q)
{
	bool both = o->soft == o->hard;
	struct rlimit old;
	struct rlimit new;
	rlim_t value;

	if (t->no_set)
		return failed(1, "%s: cannot modify limit: %s; name a process with --pid, or a command", q->limit->label,
			      t->no_set);
	int err = read_limit(t, q->limit, &old);
	if (err < 0)
		return fail_to_read(t, q->limit, err);
	err = limit_parse_value(q->value, q->limit, &old, &value);
	if (err < 0)
		return failed(2, "%s: %s", word(q->value), err == -ERANGE ? "limit out of range" : "invalid number");
	/* As bash: where no limit at all cannot be had, it is as much as there is. */
	if (value == RLIM_INFINITY && o->soft && !both && geteuid() != 0)
		value = old.rlim_max;
	new = (struct rlimit){ both || o->soft ? value : old.rlim_cur, both || o->hard ? value : old.rlim_max };
	if (q->limit->resource == LIMIT_PIPE)
		return fail_to_set(t, q->limit, &old, &new, EINVAL);
	if (proc_is_test())
		return failed(1, "%s: cannot modify limit: NATIVE_ROOT is set, processes of a recording do not run",
			      q->limit->label);
	if (prlimit(t->pid, q->limit->resource, &new, NULL) < 0)
		return fail_to_set(t, q->limit, &old, &new, errno);
	return 0;
}

static int show_limit(const struct options *o, const struct target *t, const struct limit *l, bool with_name)
{
	struct rlimit r;
	int err = read_limit(t, l, &r);

	if (err < 0)
		return fail_to_read(t, l, err);
	print_limit(l, &r, o->hard && !o->soft, with_name);
	return 0;
}

static int run_requests(const struct options *o)
{
	struct target t = find_target(o);
	int status = 0;

	if (o->all) {
		for (size_t i = 0; i < limits_n && status == 0; i++)
			if (limits[i].resource != LIMIT_NONE)
				status = show_limit(o, &t, &limits[i], true);
		return status;
	}
	for (size_t i = 0; i < o->n && status == 0; i++)
		status = o->requests[i].value ? set_limit(o, &t, &o->requests[i])
					      : show_limit(o, &t, o->requests[i].limit, o->n > 1);
	return status;
}

static int close_output(int status)
{
	if (!text_close(stdout))
		return failed(status ? status : 1, "cannot write the output: %s", strerror(errno));
	return status;
}

static int run_command(char **command)
{
	if (fflush(stdout) != 0)
		return failed(1, "cannot write the output: %s", strerror(errno));
	execvp(command[0], command);
	return failed(errno == ENOENT ? 127 : 126, "%s: cannot run it: %s", command[0], strerror(errno));
}

static int run(struct options *o, int argc, char **argv)
{
	int status = parse_options(o, argc, argv);

	if (status >= 0)
		return status;
	status = o->who ? who_print(o->resource, o->hard && !o->soft, (size_t)o->rows, o->format) : run_requests(o);
	if (status == 0 && o->command)
		return run_command(o->command);
	return status;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 16]; /* one write, on a terminal as well */
	struct options o = { .rows = 10 };

	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	/* As many as there are words at most, and the -f that stands for none. */
	o.requests = calloc((size_t)argc + 1, sizeof(*o.requests));
	if (!o.requests)
		return failed(1, "out of memory");
	int status = run(&o, argc, argv);
	free(o.requests);
	return close_output(status);
}

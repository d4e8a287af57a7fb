/* SPDX-License-Identifier: GPL-2.0-only
 * dtrace: the D language. Options and life cycle only: the compiler is lang/, what there is to trace prov/, running and
 * printing run/. This version fires BEGIN, END, ERROR, tick and profile; what differs from the dtrace of illumos and
 * Oracle is in dtrace.1.
 */
#include "bpf/lang/lang.h"
#include "bpf/prov/prov.h"
#include "bpf/run/library.h"
#include "bpf/run/list.h"
#include "bpf/run/load.h"
#include "bpf/run/report.h"
#include "bpf/run/script.h"
#include "bpf/run/session.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage_line[] = "usage: dtrace [-CeFHlqSvVwZ] [-b SIZE] [-c COMMAND] [-D NAME[=VALUE]]\n"
				 "              [-I DIRECTORY] [-L DIRECTORY] [-o FILE] [-p PID] [-U NAME]\n"
				 "              [-x OPTION[=VALUE]] [--host | --container NAME | --cgroup PATH]\n"
				 "              {-s SCRIPT | -n NAME | -f FUNCTION | -m MODULE | -P PROVIDER |\n"
				 "               -i ID | -l}... [ARGUMENT]...\n";
static const char help[] = "Runs D programs: clauses of the form NAME /PREDICATE/ { ACTIONS }.\n"
			   "\n"
			   " -n, -f, -m, -P  probes by name, function, module, provider, with their clause\n"
			   " -i ID           a probe by its number in the list\n"
			   " -s SCRIPT       the program in a file, - for standard input\n"
			   " -l              list the probes that match, or all\n"
			   " -e              compile only\n"
			   " -Z              a probe may match nothing\n"
			   " -c COMMAND      run it; $target is its pid, and tracing ends with it\n"
			   " -p PID          the same of a process that runs; only its probes fire\n"
			   " --host          on the host: probes of all processes fire\n"
			   " --container NAME  on the host: those of a container, by name, id or pid:N\n"
			   " --cgroup PATH   on the host: those of a cgroup\n"
			   " -q              print only what the program prints\n"
			   " -F              indent by entry and return\n"
			   " -o FILE         append output to a file\n"
			   " -b SIZE         size of the buffer: 4m\n"
			   " -x OPTION[=VALUE]   see dtrace(1)\n"
			   " -w              allow destructive actions\n"
			   " -C              preprocess, with -D, -U and -I as of cc\n"
			   " -H              print the paths of included files\n"
			   " -L DIRECTORY    compile the libraries *.d there first\n"
			   " -S              print the intermediate code on standard error\n"
			   " -v              attributes of the program; with -l types of arguments\n"
			   " -V, --version   version\n"
			   " -h, --help      this text\n"
			   "\n"
			   "  dtrace -n 'BEGIN { printf(\"%Y\\n\", walltimestamp); exit(0); }'\n"
			   "  dtrace -n 'syscall:::entry { @[execname, probefunc] = count(); }'\n";

/* Everything that the command line says. */
struct command {
	struct options options;
	struct lang_source *sources;
	uint32_t nsources, room;
	char **texts;				    /* of the sources, to be freed */
	const char **defines, **undefs, **includes; /* each NULL-terminated */
	const char **arguments;			    /* $0 ... */
	int narguments;
	const char *output;
	struct victims victims;
	struct scope_request scope;
	pid_t *pids; /* of -p */
	unsigned npids;
	pid_t target; /* $target */
	struct script_includes included;
	struct libraries libraries; /* of -L: sources before those of the command line */
	struct lang_options lang;
	int lost; /* errno of output that could not be written */
	bool list, compile_only, print_ir, verbose;
};

static int usage(const char *what, const char *arg)
{
	text_printf(stderr, "dtrace: %s%s; see \"dtrace --help\"\n", what, arg ? arg : "");
	return 2;
}

static void *xgrow(void *list, size_t n, size_t size)
{
	void *p = reallocarray(list, n, size);

	if (!p) {
		fputs("dtrace: out of memory\n", stderr);
		exit(1);
	}
	return p;
}

/* Adds to a NULL-terminated list. */
static const char **add_word(const char **list, const char *word)
{
	size_t n = 0;

	while (list && list[n])
		n++;
	list = xgrow(list, n + 2, sizeof *list);
	list[n] = word;
	list[n + 1] = NULL;
	return list;
}

static void add_source(struct command *c, const char *arg, bool is_file, enum d_spec spec)
{
	if (c->nsources == c->room) {
		c->room = c->room ? c->room * 2 : 4;
		c->sources = xgrow(c->sources, c->room, sizeof *c->sources);
		c->texts = xgrow(c->texts, c->room, sizeof *c->texts);
	}
	c->texts[c->nsources] = NULL;
	c->sources[c->nsources++] =
		(struct lang_source){ .name = arg, .text = arg, .len = strlen(arg), .is_file = is_file, .spec = spec };
}

/* -x name[=value], in dtrace's words where it is wrong. define, undef and incdir are other spellings of -D, -U, -I. */
static int set_option(struct command *c, const char *arg)
{
	const char *eq = strchr(arg, '='), *value = eq ? eq + 1 : NULL;
	size_t n = eq ? (size_t)(eq - arg) : strlen(arg);
	char name[64], why[128] = "Invalid option name";

	if (n < sizeof name) {
		memcpy(name, arg, n);
		name[n] = '\0';
		if (value && strcmp(name, "define") == 0)
			c->defines = add_word(c->defines, value);
		else if (value && strcmp(name, "undef") == 0)
			c->undefs = add_word(c->undefs, value);
		else if (value && strcmp(name, "incdir") == 0)
			c->includes = add_word(c->includes, value);
		else if (!options_set(&c->options, name, value, OPT_BY_COMMAND, why, sizeof why))
			n = sizeof name;
	}
	if (n < sizeof name)
		return 0;
	text_printf(stderr, "dtrace: failed to set -x %s: %s\n", arg, why);
	return 1;
}

/* -p: noted, since the container that its number is of may stand behind it. */
static int add_process(struct command *c, const char *arg)
{
	char *end;
	long pid = strtol(arg, &end, 10);

	if (*end || end == arg || pid <= 0 || pid > INT32_MAX) {
		text_printf(stderr, "dtrace: invalid pid: %s\n", arg);
		return 1;
	}
	c->pids = xgrow(c->pids, c->npids + 1, sizeof *c->pids);
	c->pids[c->npids++] = (pid_t)pid;
	return 0;
}

/* Looks after the processes of -p, as we number them. */
static int grab_processes(struct command *c)
{
	struct run_scope scope = { 0 };
	char why[LOAD_WHY_MAX];

	if (c->npids && c->scope.container && !scope_find(&scope, &c->scope, why, sizeof why)) {
		report_refusal(why);
		return 1;
	}
	for (unsigned i = 0; i < c->npids; i++) {
		pid_t ours = scope_pid(&scope, c->pids[i]);
		int status = ours ? victim_grab(&c->victims, ours) : -ESRCH;

		if (status == 0)
			continue;
		text_printf(stderr, "dtrace: failed to grab process %d: %s\n", (int)c->pids[i], strerror(-status));
		return 1;
	}
	c->target = c->victims.n ? c->victims.list[0].pid : 0;
	if (c->npids && !c->victims.list[0].is_command)
		c->target = c->pids[0];
	if (c->npids == 1 && c->victims.n == 1)
		c->scope.pid = c->pids[0];
	return 0;
}

static int add_command(struct command *c, const char *arg)
{
	int status = victim_create(&c->victims, arg);

	if (status != 0)
		text_printf(stderr, "dtrace: failed to execute %s: %s\n", arg, strerror(-status));
	return status != 0;
}

enum { LONG_HOST = 256, LONG_CONTAINER, LONG_CGROUP };

static const struct option long_options[] = {
	{ "host", no_argument, NULL, LONG_HOST },
	{ "container", required_argument, NULL, LONG_CONTAINER },
	{ "cgroup", required_argument, NULL, LONG_CGROUP },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

/* One option. 0, or the status to end with; -1: end with 0. */
static int take_option(struct command *c, int option)
{
	switch (option) {
	case 'b':
	case 'C':
	case 'F':
	case 'q':
	case 'w':
	case 'Z': {
		static const char *const names[] = { ['b'] = "bufsize", ['C'] = "cpp",	       ['F'] = "flowindent",
						     ['q'] = "quiet",	['w'] = "destructive", ['Z'] = "zdefs" };
		char why[128];

		if (options_set(&c->options, names[option], optarg, OPT_BY_COMMAND, why, sizeof why))
			return 0;
		text_printf(stderr, "dtrace: failed to set -%c %s: %s\n", option, optarg, why);
		return 1;
	}
	case 'c':
		return add_command(c, optarg);
	case 'D':
		c->defines = add_word(c->defines, optarg);
		return 0;
	case 'e':
		c->compile_only = true;
		return 0;
	case 'f':
		add_source(c, optarg, false, SPEC_FUNCTION);
		return 0;
	case 'H':
		c->included.print = true;
		return 0;
	case 'I':
		c->includes = add_word(c->includes, optarg);
		return 0;
	case 'i':
		if (strspn(optarg, "0123456789") == 0) {
			text_printf(stderr, "dtrace: invalid probe specifier %s: probe identifier is not a number\n",
				    optarg);
			return 1;
		}
		add_source(c, optarg, false, SPEC_NAME);
		return 0;
	case 'L': {
		char why[512];
		int error = library_add(&c->libraries, optarg, why, sizeof why);

		if (error == 0)
			return 0;
		text_printf(stderr, "dtrace: failed to open library %s: %s\n", why, strerror(-error));
		return 1;
	}
	case 'l':
		c->list = true;
		return 0;
	case 'm':
		add_source(c, optarg, false, SPEC_MODULE);
		return 0;
	case 'n':
		add_source(c, optarg, false, SPEC_NAME);
		return 0;
	case 'o':
		c->output = optarg;
		return 0;
	case 'P':
		add_source(c, optarg, false, SPEC_PROVIDER);
		return 0;
	case 'p':
		return add_process(c, optarg);
	case 'S':
		c->print_ir = true;
		return 0;
	case 's':
		add_source(c, optarg, true, SPEC_NAME);
		return 0;
	case 'U':
		c->undefs = add_word(c->undefs, optarg);
		return 0;
	case 'v':
		c->verbose = true;
		return 0;
	case 'x':
		return set_option(c, optarg);
	case 'h':
		fputs(usage_line, stdout);
		fputs(help, stdout);
		return -1;
	case LONG_HOST:
		c->scope.host = true;
		return 0;
	case LONG_CONTAINER:
		c->scope.container = optarg;
		return 0;
	case LONG_CGROUP:
		c->scope.cgroup = optarg;
		return 0;
	case 'V':
		puts("dtrace (native " NATIVE_VERSION ")");
		return -1;
	default:
		return usage("unknown or incomplete option ", (char[]){ '-', (char)optopt, '\0' });
	}
}

/* 0, or the status to end with; -1: end with 0. */
static int take_arguments(struct command *c, int argc, char **argv)
{
	int option;

	c->arguments = add_word(NULL, "dtrace");
	opterr = 0;
	while ((option = getopt_long(argc, argv, "b:Cc:D:eFf:HhI:i:L:lm:n:o:P:p:qSs:U:Vvwx:Z", long_options, NULL)) !=
	       -1) {
		int status =
			option == '?' && !optopt ? usage("unknown option ", argv[optind - 1]) : take_option(c, option);

		if (status != 0)
			return status;
	}
	for (; optind < argc; optind++)
		c->arguments = add_word(c->arguments, argv[optind]);
	while (c->arguments[c->narguments])
		c->narguments++;
	if (!c->nsources && !c->list)
		return usage("no probes specified", NULL);
	return grab_processes(c);
}

/* Compiling */

/* What both -x and pragmas say to the compiler. */
static void to_lang(struct command *c)
{
	const int64_t *v = c->options.value;

	c->lang.zdefs = v[OPT_ZDEFS] || c->list;
	c->lang.default_args = v[OPT_DEFAULTARGS];
	c->lang.empty_ok = v[OPT_EMPTY];
	c->lang.arg_ref = v[OPT_ARGREF];
	c->lang.preprocess = v[OPT_CPP];
	c->lang.destructive = v[OPT_DESTRUCTIVE];
	c->lang.strsize = (uint32_t)v[OPT_STRSIZE];
}

static bool pragma_option(void *cookie, const char *name, const char *value, char *why, size_t size)
{
	struct command *c = cookie;

	if (!options_set(&c->options, name, value, OPT_BY_PRAGMA, why, size))
		return false;
	to_lang(c);
	return true;
}

static char *include(void *cookie, const char *path, size_t *len)
{
	return script_include(&((struct command *)cookie)->included, path, len);
}

static void fill_lang(struct command *c)
{
	c->lang.defines = c->defines;
	c->lang.undefs = c->undefs;
	c->lang.include_dirs = c->includes;
	c->lang.include = include;
	c->lang.cookie = c;
	c->lang.option = pragma_option;
	c->lang.argc = c->narguments;
	c->lang.argv = c->arguments;
	c->lang.target = c->target;
	c->lang.pid = getpid();
	c->lang.ppid = getppid();
	c->lang.uid = getuid();
	c->lang.euid = geteuid();
	c->lang.gid = getgid();
	c->lang.egid = getegid();
	c->lang.pgid = getpgrp();
	c->lang.sid = getsid(0);
	to_lang(c);
}

static bool read_scripts(struct command *c)
{
	for (uint32_t i = 0; i < c->nsources; i++) {
		struct lang_source *s = &c->sources[i];

		if (!s->is_file)
			continue;
		c->texts[i] = script_read(s->name, D_SCRIPT_MAX, &s->len);
		if (!c->texts[i]) {
			text_printf(stderr, "dtrace: failed to open %s: %s\n", s->name, strerror(errno));
			return false;
		}
		s->text = c->texts[i];
		c->arguments[0] = s->name; /* $0 */
	}
	return true;
}

/* Running */

static int trace(struct command *c, struct prov_set *probes, const struct ir_program *p, char *const *argv)
{
	struct session_config config = { .program = p,
					 .probes = probes,
					 .options = &c->options,
					 .victims = &c->victims,
					 .out = stdout,
					 .lost = &c->lost,
					 .argv = argv,
					 .scope = &c->scope };
	char why[LOAD_WHY_MAX];
	struct session *s;
	int status;

	if (c->output && !(config.out = fopen(c->output, "ae"))) {
		text_printf(stderr, "dtrace: failed to open output file '%s': %s\n", c->output, strerror(errno));
		return 1;
	}
	if (!c->options.value[OPT_DESTRUCTIVE] && report_destructive(p)) {
		fputs("dtrace: could not enable tracing: Destructive actions not allowed\n", stderr);
		return 1;
	}
	s = session_new(&config, why, sizeof why);
	if (!s) {
		report_refusal(why);
		return 1;
	}
	if (c->options.value[OPT_DESTRUCTIVE] && !c->options.value[OPT_QUIET])
		fputs("dtrace: allowing destructive actions\n", stderr);
	report_unfired(s);
	status = session_run(s);
	session_free(s);
	if (c->output && !text_close(config.out)) {
		text_printf(stderr, "dtrace: output file '%s' is lost: %s\n", c->output,
			    strerror(c->lost ? c->lost : errno));
		status = 1;
	}
	return status;
}

static int with_program(struct command *c, struct prov_set *probes, const struct ir_program *p, char *const *argv)
{
	const char *dump = c->options.text[OPT_DUMP];

	if (c->print_ir)
		ir_write(stderr, p);
	if (dump) {
		if (strcmp(dump, "ir") == 0)
			ir_write(stdout, p);
		return 0;
	}
	if (c->list)
		return list_probes(stdout, stderr, probes, p, c->verbose) ? 0 : 1;
	if (c->compile_only)
		return 0;
	report_matches(c->sources, (uint32_t)c->libraries.n + c->nsources, &c->options, probes, p, c->verbose);
	return trace(c, probes, p, argv);
}

/* The sources of the libraries with those of the command line behind them, in one list; NULL after a message. */
static struct lang_source *all_sources(struct command *c)
{
	size_t n = c->libraries.n;
	struct lang_source *all = xgrow(NULL, n + c->nsources, sizeof *all);
	char why[512];

	if (!library_sort(&c->libraries, why, sizeof why)) {
		text_printf(stderr, "dtrace: failed to use library %s\n", why);
		free(all);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		all[i] = (struct lang_source){ .name = c->libraries.list[i].path,
					       .text = c->libraries.list[i].text,
					       .len = c->libraries.list[i].len,
					       .is_file = true,
					       .is_library = true };
	memcpy(all + n, c->sources, c->nsources * sizeof *all);
	free(c->sources);
	c->sources = all;
	return all;
}

static int run(struct command *c, char *const *argv)
{
	const char *dump = c->options.text[OPT_DUMP];
	struct prov_set *probes = prov_new();
	struct ir_program *p;
	struct d_error error;
	int status;

	if (!probes) {
		fputs("dtrace: out of memory\n", stderr);
		return 1;
	}
	if (c->list && !c->nsources) {
		list_probes(stdout, stderr, probes, NULL, c->verbose);
		prov_free(probes);
		return 0;
	}
	if (dump && strcmp(dump, "ir") != 0 && strcmp(dump, "ast") != 0) {
		text_printf(stderr, "dtrace: failed to set -x dump=%s: Invalid value for specified option\n", dump);
		return 1;
	}
	if (!read_scripts(c) || !all_sources(c))
		return 1;
	fill_lang(c);
	c->lang.dump_ast = dump && strcmp(dump, "ast") == 0 ? stdout : NULL;
	p = lang_compile(c->sources, (uint32_t)c->libraries.n + c->nsources, &c->lang, probes, &error);
	script_free(&c->included);
	if (p) {
		status = with_program(c, probes, p, argv);
	} else {
		report_error(c->sources, (uint32_t)c->libraries.n + c->nsources, &c->options, &error);
		status = 1;
	}
	ir_free(p);
	prov_free(probes);
	return status;
}

int main(int argc, char **argv)
{
	struct command c = { 0 };
	int status;

	options_init(&c.options);
	status = take_arguments(&c, argc, argv);
	if (status == 0)
		status = run(&c, argv);
	victim_release(&c.victims);
	/* The rest of the memory goes with the process. */
	if (!text_close(stdout)) {
		text_printf(stderr, "dtrace: standard output cannot be written: %s\n",
			    strerror(c.lost && !c.output ? c.lost : errno));
		return 1;
	}
	return status < 0 ? 0 : status;
}

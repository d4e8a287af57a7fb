/* SPDX-License-Identifier: GPL-2.0-only
 * dtrace: the D language. What the command line says; doing it is run/request.c, the compiler lang/, what there is to trace prov/,
 * running and printing run/. What differs from the dtrace of illumos and Oracle is in dtrace.1.
 */
#include "bpf/run/load.h"
#include "bpf/run/report.h"
#include "bpf/run/request.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const char usage_line[] = "usage: dtrace [-64] [-CeFHlqSvVwZ] [-b SIZE] [-c COMMAND] [-D NAME[=VALUE]]\n"
				 "              [-I DIRECTORY] [-L DIRECTORY] [-o FILE] [-p PID] [-U NAME]\n"
				 "              [-x OPTION[=VALUE]] [-X a|c|s|t]\n"
				 "              [--host | --container NAME | --cgroup PATH]\n"
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
			   " -C              preprocess, with -D, -U and -I as of cc; -X a|c|s|t: __STDC__\n"
			   " -H              print the paths of included files\n"
			   " -L DIRECTORY    compile the libraries *.d there first\n"
			   " -S              print the intermediate code on standard error\n"
			   " -v              attributes of the program; with -l types of arguments\n"
			   " -V, --version   version\n"
			   " -h, --help      this text\n"
			   "\n"
			   "  dtrace -n 'BEGIN { printf(\"%Y\\n\", walltimestamp); exit(0); }'\n"
			   "  dtrace -n 'syscall:::entry { @[execname, probefunc] = count(); }'\n";

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

static void add_source(struct request *c, const char *arg, bool is_file, enum d_spec spec)
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

/* An environment for the commands of -c: setenv=NAME=VALUE or =NAME, unsetenv=NAME. */
static bool change_environment(const char *value, bool unset)
{
	const char *eq = strchr(value, '=');
	char *name = strndup(value, eq ? (size_t)(eq - value) : strlen(value));
	bool good = name && *name && !(unset && eq) && (unset ? unsetenv(name) : setenv(name, eq ? eq + 1 : "", 1)) == 0;

	free(name);
	return good;
}

/* -x cppargs: the options of the preprocessor that there is, separated by blanks, each in one word with its value. */
static bool take_cpp_words(struct request *c, const char *value)
{
	char *text = strdup(value), *save = NULL;

	if (!text)
		return false;
	c->cpp_text = text; /* its words are used to the end */
	for (char *w = strtok_r(text, " \t", &save); w; w = strtok_r(NULL, " \t", &save)) {
		if (strcmp(w, "-H") == 0)
			c->included.print = true;
		else if (w[0] != '-' || !w[1] || !w[2] || !strchr("DUI", w[1]))
			return false;
		else if (w[1] == 'D')
			c->defines = add_word(c->defines, w + 2);
		else if (w[1] == 'U')
			c->undefs = add_word(c->undefs, w + 2);
		else
			c->includes = add_word(c->includes, w + 2);
	}
	return true;
}

/* Those of -x that add something, so that they may stand there several times. 1 done, 0 wrong, -1 another one. */
static int add_option(struct request *c, const char *name, const char *value)
{
	static const struct {
		const char *name;
		size_t list;
	} lists[] = {
		{ "define", offsetof(struct request, defines) },
		{ "undef", offsetof(struct request, undefs) },
		{ "incdir", offsetof(struct request, includes) },
		{ "libdir", offsetof(struct request, library_dirs) },
	};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char ***list = (const char ***)(void *)((char *)c + lists[i].list);

		if (strcmp(name, lists[i].name) != 0)
			continue;
		if (value && *value)
			*list = add_word(*list, value);
		return value && *value;
	}
	if (strcmp(name, "cppargs") == 0)
		return value && take_cpp_words(c, value);
	if (strcmp(name, "setenv") == 0 || strcmp(name, "unsetenv") == 0)
		return value && change_environment(value, *name == 'u');
	return -1;
}

/* -x name[=value], in dtrace's words where it is wrong. */
static int set_option(struct request *c, const char *arg)
{
	const char *eq = strchr(arg, '='), *value = eq ? eq + 1 : NULL;
	size_t n = eq ? (size_t)(eq - arg) : strlen(arg);
	char name[64], why[128] = "Invalid option name";

	if (n < sizeof name) {
		memcpy(name, arg, n);
		name[n] = '\0';
		int added = add_option(c, name, value);

		if (added == 0)
			snprintf(why, sizeof why, "Invalid value for specified option");
		if (added == 0 || (added < 0 && !options_set(&c->options, name, value, OPT_BY_COMMAND, why, sizeof why)))
			n = sizeof name;
	}
	if (n < sizeof name)
		return 0;
	text_printf(stderr, "dtrace: failed to set -x %s: %s\n", arg, why);
	return 1;
}

/* -p: noted, since the container that its number is of may stand behind it. */
static int add_process(struct request *c, const char *arg)
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
static int grab_processes(struct request *c)
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

/* The commands of -c, once all of the command line is known to be right. */
static int start_commands(struct request *c)
{
	for (const char **command = c->commands; command && *command; command++) {
		int status = victim_create(&c->victims, *command);

		if (status == 0)
			continue;
		text_printf(stderr, "dtrace: failed to execute %s: %s\n", *command, strerror(-status));
		return 1;
	}
	return 0;
}

/* The libraries of -x syslibdir and -L; with -x nolibs none. */
static int add_libraries(struct request *c)
{
	const char *system = c->options.text[OPT_SYSLIBDIR];
	const char **dirs = c->library_dirs;
	char why[512];
	int error;

	if (c->options.value[OPT_NOLIBS])
		return 0;
	error = system ? library_add(&c->libraries, system, why, sizeof why) : 0;
	for (; error == 0 && dirs && *dirs; dirs++)
		error = library_add(&c->libraries, *dirs, why, sizeof why);
	if (error == 0)
		return 0;
	text_printf(stderr, "dtrace: failed to open library %s: %s\n", why, strerror(-error));
	return 1;
}

enum { LONG_HOST = 256, LONG_CONTAINER, LONG_CGROUP, LONG_HELP };

static const struct option long_options[] = {
	{ "host", no_argument, NULL, LONG_HOST },
	{ "container", required_argument, NULL, LONG_CONTAINER },
	{ "cgroup", required_argument, NULL, LONG_CGROUP },
	{ "help", no_argument, NULL, LONG_HELP },
	{ "version", no_argument, NULL, 'V' },
	{ 0 },
};

static int print_help(void)
{
	fputs(usage_line, stdout);
	fputs(help, stdout);
	return -1;
}

/* Options of dtrace(1) that ask for something that cannot be had here. */
static int refuse(int option)
{
	switch (option) {
	case '3':
		return usage("-32: D programs have the data model of a 64-bit kernel here, also for 32-bit processes", NULL);
	case 'h':
		return usage("-h: no header file is made, as its macros are for probes of -G, which is not there either; "
			     "-h alone prints help", NULL);
	case 'G':
		return usage("-G: no ELF object is made, as nothing here would find the probes of a program that is linked with it",
			     NULL);
	default:
		return usage("-A, -a: there is no anonymous tracing: nothing is traced before dtrace starts", NULL);
	}
}

/* One option. 0, or the status to end with; -1: end with 0. */
static int take_option(struct request *c, int option)
{
	switch (option) {
	case '3':
	case '6':
		if (strcmp(optarg, option == '3' ? "2" : "4") != 0)
			return usage("unknown option ", (char[]){ '-', (char)option, '\0' });
		return option == '3' ? refuse(option) : 0;
	case 'A':
	case 'a':
	case 'G':
		return refuse(option);
	case 'b':
	case 'C':
	case 'F':
	case 'H':
	case 'q':
	case 'v':
	case 'w':
	case 'X':
	case 'Z': {
		static const char *const names[] = { ['b'] = "bufsize", ['C'] = "cpp",	       ['F'] = "flowindent",
						     ['H'] = "cpphdrs", ['q'] = "quiet",       ['v'] = "verbose",
						     ['w'] = "destructive", ['X'] = "stdc",    ['Z'] = "zdefs" };
		char why[128];

		if (options_set(&c->options, names[option], optarg, OPT_BY_COMMAND, why, sizeof why))
			return 0;
		text_printf(stderr, "dtrace: failed to set -%c %s: %s\n", option, optarg, why);
		return 1;
	}
	case 'c':
		c->commands = add_word(c->commands, optarg);
		return 0;
	case 'D':
		c->defines = add_word(c->defines, optarg);
		return 0;
	case 'e':
		c->compile_only = true;
		return 0;
	case 'f':
		add_source(c, optarg, false, SPEC_FUNCTION);
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
	case 'L':
		c->library_dirs = add_word(c->library_dirs, optarg);
		return 0;
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
	case 'x':
		return set_option(c, optarg);
	case 'h':
		c->header = true;
		return 0;
	case LONG_HELP:
		return print_help();
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
static int take_arguments(struct request *c, int argc, char **argv)
{
	int option;

	c->arguments = add_word(NULL, "dtrace");
	opterr = 0;
	while ((option = getopt_long(argc, argv, "3:6:AaGb:Cc:D:eFf:HhI:i:L:lm:n:o:P:p:qSs:U:VvwX:x:Z", long_options, NULL)) !=
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
	if (c->header)
		return c->nsources ? refuse('h') : print_help();
	if (!c->nsources && !c->list)
		return usage("no probes specified", NULL);
	c->included.print |= c->options.value[OPT_CPPHDRS] != 0;
	if (start_commands(c) != 0 || grab_processes(c) != 0)
		return 1;
	return add_libraries(c);
}

int main(int argc, char **argv)
{
	struct request c = { 0 };
	int status;

	options_init(&c.options);
	status = take_arguments(&c, argc, argv);
	if (status == 0)
		status = request_run(&c, argv);
	victim_release(&c.victims);
	/* The rest of the memory goes with the process. */
	if (!text_close(stdout)) {
		text_printf(stderr, "dtrace: standard output cannot be written: %s\n",
			    strerror(c.lost && !c.output ? c.lost : errno));
		return 1;
	}
	return status < 0 ? 0 : status;
}

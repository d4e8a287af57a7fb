/* SPDX-License-Identifier: GPL-2.0-only
 * inject: puts the tools of /native into running containers, and runs one of them there with the host's rights.
 * Options and life cycle only.
 */
#include "../toolbox/lib/base.h"
#include "../toolbox/lib/text.h"
#include "bundle.h"
#include "exec.h"
#include "list.h"
#include "report.h"
#include "run.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

static const char help[] =
	"usage: inject [OPTION]... CONTAINER...\n"
	"       inject --privileged CONTAINER -- TOOL [ARGUMENT]...\n"
	"Put a read-only directory of debugging tools at /native of running containers.\n"
	"\n"
	"CONTAINER is the name, the id or the start of the id of a Docker container, or\n"
	"pid:N for any process. The engine is not asked: it may hang or be gone.\n"
	"\n"
	" -l, --list            list the containers of this host and who has the tools\n"
	" -r, --remove          take the tools away, and the directory made for them\n"
	" -a, --all             every running container; --remove --all leaves no trace\n"
	"                         on the host either\n"
	" -p, --privileged      run a tool in the container's namespaces with the host's\n"
	"                         rights: dtrace works there\n"
	"     --at PATH|auto    attach at PATH; auto: /native, or /dev/native where that\n"
	"                         cannot be\n"
	"     --explain         tell each step and what proved it, on standard error\n"
	"     --json            results as JSON\n"
	"     --allow-unlocked  accept tools that a container with CAP_SYS_ADMIN could\n"
	"                         change (only where user namespaces are off)\n"
	"     --allow-ptrace    --privileged also where a process of the container may\n"
	"                         hold CAP_SYS_PTRACE and take the tool over\n"
	" -h, --help            this text\n"
	" -V, --version         version of inject and of the tools in it\n"
	"\n"
	"Examples:\n"
	"  inject web                              attach\n"
	"  docker exec -it web /native/bin/sh      work in it\n"
	"  inject --list                           who has it?\n"
	"  inject --remove web                     and away\n"
	"  inject -p web -- dtrace -n 'syscall::: { @[probefunc] = count() }'\n"
	"\n"
	"Exit status: 0 done, 1 failed for a container at least, 2 wrong usage.\n"
	"With a tool: its own, 128+N when signal N ended it, 127 no such tool, 126 it\n"
	"cannot be run, 125 inject failed.\n";

static int usage(const char *fmt, const char *what)
{
	if (fmt) {
		fputs("inject: ", stderr);
		text_printf(stderr, "%s", fmt);
		text_printf(stderr, "%s\n", what);
	}
	fprintf(stderr, "usage: inject [OPTION]... CONTAINER...\n"
			"       inject --privileged CONTAINER -- TOOL [ARGUMENT]...\nsee \"inject --help\"\n");
	return 2;
}

/* Absolute, at least one component, none of them "." or "..", nothing that is no place for files.
 * Slashes at the end are taken off in place. NULL when it will do, else why not. */
static const char *check_path(char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		path[--n] = '\0';
	if (path[0] != '/')
		return "--at wants an absolute path or `auto', not ";
	if (n < 2)
		return "--at wants a directory to make or cover, not the root: ";
	if (n > 200)
		return "--at wants a path of at most 200 bytes: ";
	if (strncmp(path, "/proc/", 6) == 0 || strncmp(path, "/sys/", 5) == 0 || strcmp(path, "/proc") == 0 ||
	    strcmp(path, "/sys") == 0 || strcmp(path, "/dev") == 0)
		return "--at wants a place of its own, outside of /proc and /sys: ";
	for (const char *p = path; *p; p += strcspn(p, "/")) {
		size_t len = strcspn(++p, "/");

		if (len == 0 || (len == 1 && p[0] == '.') || (len == 2 && p[0] == '.' && p[1] == '.'))
			return "--at wants a path without empty, `.' and `..' components: ";
	}
	return NULL;
}

/* A tool to be run in a container. */
struct command {
	char **argv; /* NULL: none */
	bool privileged, allow_ptrace;
};

/* Where the arguments of inject end: at a "--" with a container before it, or behind --privileged. A "--" in front of all
 * containers is getopt's own: what follows are containers, however they are called. */
static int split(int argc, char **argv, char ***command)
{
	bool seen = false;

	for (int i = 1; i < argc; i++) {
		const char *a = argv[i];

		if (strcmp(a, "--") == 0) {
			if (seen && i + 1 < argc)
				*command = &argv[i + 1];
			return seen ? i : argc;
		}
		if (strcmp(a, "--at") == 0)
			i++;
		else
			seen |= a[0] != '-' || strcmp(a, "-p") == 0 || strcmp(a, "--privileged") == 0;
	}
	return argc;
}

/* What goes with a command: 0.., or -1: go on. */
static int parse_command(int argc, char **argv, const struct options *o, const struct command *cmd, bool at_given)
{
	if (!cmd->argv)
		return usage("--privileged and --allow-ptrace go with a tool: inject --privileged CONTAINER -- TOOL", "");
	if (!*cmd->argv[0])
		return usage("a tool's name cannot be empty", "");
	if (o->list || o->remove || o->all || o->json || o->allow_unlocked || at_given)
		return usage("with a tool go --privileged, --allow-ptrace and --explain only", "");
	if (!cmd->privileged)
		return usage("a tool is run with --privileged only, which gives it the host's rights; with the container's own "
			     "rights its engine runs it: docker exec CONTAINER /native/bin/",
			     cmd->argv[0][0] == '/' ? "TOOL" : cmd->argv[0]);
	if (optind == argc || !*argv[optind])
		return usage("a tool is run in one container: which?", "");
	if (optind + 1 < argc)
		return usage("a tool is run in one container, not also in ", argv[optind + 1]);
	return -1;
}

/* 0, or the exit status after a message; -1: go on. */
static int parse(int argc, char **argv, struct options *o, struct command *cmd)
{
	enum { OPT_AT = 256, OPT_EXPLAIN, OPT_JSON, OPT_UNLOCKED, OPT_PTRACE };
	static const struct option longs[] = {
		{ "list", no_argument, NULL, 'l' },
		{ "remove", no_argument, NULL, 'r' },
		{ "all", no_argument, NULL, 'a' },
		{ "privileged", no_argument, NULL, 'p' },
		{ "at", required_argument, NULL, OPT_AT },
		{ "explain", no_argument, NULL, OPT_EXPLAIN },
		{ "json", no_argument, NULL, OPT_JSON },
		{ "allow-unlocked", no_argument, NULL, OPT_UNLOCKED },
		{ "allow-ptrace", no_argument, NULL, OPT_PTRACE },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	const char *wrong;
	bool at_given = false;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":lraphV", longs, NULL)) != -1) {
		switch (c) {
		case 'l':
			o->list = true;
			break;
		case 'r':
			o->remove = true;
			break;
		case 'a':
			o->all = true;
			break;
		case 'p':
			cmd->privileged = true;
			break;
		case OPT_AT:
			at_given = true;
			o->at_auto = strcmp(optarg, "auto") == 0;
			if (o->at_auto)
				break;
			if ((wrong = check_path(optarg)))
				return usage(wrong, optarg);
			o->at = optarg;
			break;
		case OPT_EXPLAIN:
			o->explain = true;
			break;
		case OPT_JSON:
			o->json = true;
			break;
		case OPT_UNLOCKED:
			o->allow_unlocked = true;
			break;
		case OPT_PTRACE:
			cmd->allow_ptrace = true;
			break;
		case 'h':
			fputs(help, stdout);
			return text_close(stdout) ? 0 : 1;
		case 'V':
			text_printf(stdout, "inject %s (tools %s)\n", native_version, native_digest);
			return text_close(stdout) ? 0 : 1;
		case ':':
			return usage("option needs an argument: ", argv[optind - 1]);
		default:
			return usage("unknown option: ", argv[optind - 1]);
		}
	}
	if (cmd->argv || cmd->privileged || cmd->allow_ptrace)
		return parse_command(argc, argv, o, cmd, at_given);
	if (o->list && (o->remove || o->all || at_given || optind < argc))
		return usage("--list goes with --json and --explain only", "");
	if (o->all && optind < argc)
		return usage("--all and the name of a container exclude each other: ", argv[optind]);
	if (!o->list && !o->all && optind == argc)
		return usage("which container? (inject --list shows them)", "");
	for (int i = optind; i < argc; i++)
		if (!*argv[i])
			return usage("a container's name cannot be empty", "");
	return -1;
}

static bool has_sys_admin(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	return syscall(SYS_capget, &header, data) == 0 && (data[0].effective & 1u << CAP_SYS_ADMIN);
}

/* What would make every step fail in its own way is said once, first. */
static int check_host(struct failure *f)
{
	const char *call, *release;
	struct utsname u;

	if (geteuid() != 0 || !has_sys_admin()) {
		step_fail(f, STEP_KERNEL, WHY_NO_CALL, EPERM, "mount");
		if (geteuid() != 0)
			snprintf(f->detail, sizeof(f->detail),
				 "only root can reach into containers, and this is user %u: use sudo",
				 (unsigned)geteuid());
		else
			snprintf(f->detail, sizeof(f->detail),
				 "root lacks CAP_SYS_ADMIN here: run inject on the host, outside of containers");
		return -1;
	}
	int r = sys_check(&call, &release);
	if (r == 0)
		return 0;
	uname(&u);
	step_fail(f, STEP_KERNEL, WHY_NO_CALL, r, call);
	if (r == -ENOSYS)
		snprintf(f->detail, sizeof(f->detail),
			 "this kernel (%s) has no %s(2), which came with Linux %s; inject needs Linux 5.12 or newer",
			 u.release, call, release);
	else
		snprintf(f->detail, sizeof(f->detail),
			 "%s(2) is forbidden here, by a seccomp filter perhaps: run inject on the host, outside of "
			 "containers",
			 call);
	return -1;
}

/* Nothing of the caller's environment reaches further, no core is written, nobody traces us, and
 * the first descriptors are what they should be even if the caller closed them. */
static void settle(struct caller *caller)
{
	const char *term = getenv("TERM");
	struct rlimit none = { 0 };
	struct rlimit files;
	int fd;

	if (term && strlen(term) < sizeof(caller->term) &&
	    term[strspn(term, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._")] == '\0')
		strcpy(caller->term, term);

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
	clearenv();
	caller->umask = umask(0);
	caller->pipe_ignored = signal(SIGPIPE, SIG_IGN) == SIG_IGN;
	getrlimit(RLIMIT_NOFILE, &caller->files);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* The items of a call: the containers named, or all that run. Returns their number or -1. */
static long choose(const struct options *o, struct container_list *list, char **names, int n_names,
		   struct container *own, struct item **items)
{
	size_t n = 0;

	*items = calloc((o->all ? list->n : (size_t)n_names) + 1, sizeof(**items));
	if (!*items)
		return -1;
	for (size_t i = 0; o->all && i < list->n; i++) {
		if (list->v[i].state == CONTAINER_STOPPED)
			continue;
		(*items)[n].name = list->v[i].name;
		(*items)[n++].container = &list->v[i];
	}
	for (int i = 0; !o->all && i < n_names; i++) {
		struct item *item = &(*items)[n++];
		size_t index;

		item->name = names[i];
		int r = find_pid(names[i], &own[i], &item->failure);
		if (r > 0)
			item->container = &own[i];
		else if (r == 0 && find_match(list, names[i], &index, &item->failure) == 0)
			item->container = &list->v[index];
		item->failed = !item->container;
	}
	return (long)n;
}

static bool wants_list(const struct options *o, char **names, int n)
{
	if (o->list || o->all)
		return true;
	for (int i = 0; i < n; i++)
		if (strncmp(names[i], "pid:", 4) != 0)
			return true;
	return false;
}

static int add_attached(struct container_list *list)
{
	struct pins pins;
	uint64_t *devs = NULL;
	int r = tree_pins(&pins);

	if (r == 0 && pins.n > 0 && !(devs = calloc(pins.n, sizeof(*devs))))
		r = -ENOMEM;
	for (size_t i = 0; r == 0 && i < pins.n; i++)
		devs[i] = pins.v[i].dev;
	if (r == 0)
		r = find_attached(list, devs, pins.n);
	free(devs);
	free(pins.v);
	return r;
}

static int work(const struct options *o, char **names, int n_names, struct report *report)
{
	struct container_list list = { 0 };
	struct container *own = calloc((size_t)n_names + 1, sizeof(*own));
	struct item *items = NULL;
	struct failure f = { 0 };
	int r = own ? 0 : -ENOMEM;
	long n = 0;

	if (r == 0 && wants_list(o, names, n_names))
		r = find_all(&list);
	if (r == 0 && o->remove && o->all)
		r = add_attached(&list);
	if (r < 0) {
		step_fail(&f, STEP_FIND, WHY_ERRNO, r, "/proc");
		goto failed;
	}
	for (size_t i = 0; (o->list || o->all || o->explain) && i < list.n_notes; i++)
		text_printf(stderr, "inject: note: %s\n", list.notes[i]);
	if (o->list) {
		if (list_print(o, &list, &f) < 0)
			goto failed;
		goto out;
	}
	n = choose(o, &list, names, n_names, own, &items);
	if (n < 0) {
		step_fail(&f, STEP_FIND, WHY_ERRNO, ENOMEM, "/proc");
		goto failed;
	}
	if (n == 0 && !o->remove)
		fprintf(stderr, "inject: no container is running that inject knows\n");
	/* Names that mean nothing must not make the host unpack anything. */
	bool any = o->remove && o->all;
	for (long i = 0; i < n; i++)
		any |= !items[i].failed;
	if (!any) {
		for (long i = 0; i < n; i++)
			report_item(&items[i], report);
		goto out;
	}
	r = o->remove ? run_remove(o, items, (size_t)n, report_item, report, &f)
		      : run_attach(o, items, (size_t)n, report_item, report, &f);
	if (r < 0)
		goto failed;
	goto out;
failed:
	report_failure(report, NULL, &f);
out:
	for (int i = 0; own && i < n_names; i++)
		find_free_one(&own[i]);
	free(own);
	free(items);
	find_free(&list);
	return report->failed ? 1 : 0;
}

/* Finds the one container of the call and runs the tool for it. */
static int run_command(const char *name, const struct command *cmd, const struct caller *caller)
{
	struct exec_request request = { .argv = cmd->argv, .caller = caller, .allow_ptrace = cmd->allow_ptrace };
	struct container_list list = { 0 };
	struct container own = { 0 };
	const struct container *c = NULL;
	struct failure f = { 0 };
	struct report report;
	int status = -1;
	size_t index;

	if (check_host(&f) == 0) {
		int r = find_pid(name, &own, &f);

		if (r > 0)
			c = &own;
		else if (r == 0 && (r = find_all(&list)) < 0)
			step_fail(&f, STEP_FIND, WHY_ERRNO, r, "/proc");
		else if (r == 0 && find_match(&list, name, &index, &f) == 0)
			c = &list.v[index];
		if (c)
			status = exec_run(c, name, &request, &f);
	}
	if (status < 0) {
		report_begin(&report, &(struct options){ 0 }, native_version);
		report_failure(&report, name, &f);
		status = exec_status(&f);
	}
	find_free_one(&own);
	find_free(&list);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .at = "/native" };
	struct command cmd = { 0 };
	struct caller caller = { 0 };
	struct report report;
	struct failure f = { 0 };
	int status;

	settle(&caller);
	argc = split(argc, argv, &cmd.argv);
	status = parse(argc, argv, &o, &cmd);
	if (status >= 0)
		return status;
	step_explaining = o.explain;
	if (cmd.argv)
		return run_command(argv[optind], &cmd, &caller);
	if (report_begin(&report, &o, native_version) < 0) {
		fprintf(stderr, "inject: out of memory\n");
		return 1;
	}
	if (check_host(&f) < 0) {
		report_failure(&report, NULL, &f);
		status = 1;
	} else {
		status = work(&o, argv + optind, argc - optind, &report);
	}
	if (o.list) /* the list is the JSON */
		return text_close(stdout) ? status : 1;
	if (report_end(&report) < 0 || !text_close(stdout)) {
		fprintf(stderr, "inject: cannot write the results: the output is full or closed\n");
		status = 1;
	}
	return status;
}

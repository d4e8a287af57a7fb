/* SPDX-License-Identifier: GPL-2.0-only
 * native: what there is in /native/bin, and what of it works in this place (native doctor). The same program is man,
 * under that name: both are help, and share the table of tools and the pager. See native.1 and man.1.
 */
#include "toolbox/lib/text.h"
#include "toolbox/native/parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: native [GROUP]\n"
	"       native doctor [--json] [PID]\n"
	"What there is in /native/bin, and what of it works here.\n"
	"\n"
	"     GROUP      only the group whose title holds this word (process, net, file)\n"
	"     doctor     what this shell may do, and for each tool whether it works\n"
	"                here; if not, why, and what on the host makes it work\n"
	"     PID        the process that is to be looked at; 1 by default\n"
	"     --json     of doctor: a line of JSON for each tool\n"
	" -h, --help     this text\n"
	" -V, --version  version\n"
	"\n"
	"Examples:\n"
	"  native net         the tools for the network\n"
	"  man iostat         the manual page of a tool\n"
	"  man -k memory      tools that have to do with memory\n"
	"  native doctor      why strace says that it may not\n";

static int usage(const char *what, const char *arg)
{
	text_printf(stderr, "native: %s%s; see \"native --help\"\n", what, arg);
	return 2;
}

static int doctor(char **argv)
{
	bool json = false;
	long pid = 0;

	for (; *argv; argv++) {
		char *end;

		if (strcmp(*argv, "--json") == 0) {
			json = true;
			continue;
		}
		if ((*argv)[0] == '-')
			return usage("unknown option: ", *argv);
		if (pid)
			return usage("one process only: ", *argv);
		errno = 0;
		pid = strtol(*argv, &end, 10);
		if (errno || *end || end == *argv || pid <= 0 || pid > 0x7fffffff)
			return usage("this is no pid: ", *argv);
	}
	return doctor_main(pid ? (pid_t)pid : 1, json);
}

static int run(char **argv)
{
	const char *arg = argv[0] ? argv[1] : NULL;

	if (!arg)
		return list_main(NULL);
	if (strcmp(arg, "doctor") == 0)
		return doctor(argv + 2);
	if (argv[2])
		return usage("too many arguments: ", argv[2]);
	if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
		fputs(help, stdout);
		return 0;
	}
	if (strcmp(arg, "--version") == 0 || strcmp(arg, "-V") == 0) {
		fputs("native (native " NATIVE_VERSION ")\n", stdout);
		return 0;
	}
	if (arg[0] == '-')
		return usage("unknown option: ", arg);
	return list_main(arg);
}

int main(int argc, char **argv)
{
	const char *name = argc > 0 ? strrchr(argv[0], '/') : NULL;
	int status;

	name = name ? name + 1 : argc > 0 ? argv[0] : "native";
	bool is_man = strcmp(name, "man") == 0;
	status = is_man ? man_main(argc, argv) : run(argv);
	if (!text_close(stdout)) {
		text_printf(stderr, "%s: standard output cannot be written: %s\n", is_man ? "man" : "native",
			    strerror(errno));
		return status ? status : 1;
	}
	return status;
}

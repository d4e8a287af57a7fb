/* SPDX-License-Identifier: GPL-2.0-only
 * native: what there is in /native/bin, and what of it works in this place (native doctor). The same program is man,
 * under that name: both are help, and share the table of tools and the pager. See native.1 and man.1.
 */
#include "toolbox/lib/text.h"
#include "toolbox/native/parts.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
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
	"     --json     of doctor: the tools only, as JSON\n"
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

static int doctor(char **argv, bool json)
{
	char *end;
	long pid = 1;

	if (*argv) {
		if (argv[1])
			return usage("one process only: ", argv[1]);
		errno = 0;
		pid = strtol(*argv, &end, 10);
		if (errno || *end || end == *argv || pid <= 0 || pid > INT_MAX)
			return usage("this is no pid: ", *argv);
		if (kill((pid_t)pid, 0) < 0 && errno == ESRCH) {
			text_printf(stderr, "native: there is no process %ld here; ps lists those there are\n", pid);
			return 1;
		}
	}
	return doctor_main((pid_t)pid, json);
}

static int run(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	bool json = false;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "hV", longs, NULL)) != -1) {
		switch (c) {
		case 'j':
			json = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'V':
			fputs("native (native " NATIVE_VERSION ")\n", stdout);
			return 0;
		default:
			return usage("unknown option: ", argv[optind - 1]);
		}
	}
	const char *word = argv[optind];
	if (word && strcmp(word, "doctor") == 0)
		return doctor(argv + optind + 1, json);
	if (json)
		return usage("--json goes with doctor", "");
	if (word && argv[optind + 1])
		return usage("too many arguments: ", argv[optind + 1]);
	return list_main(word);
}

int main(int argc, char **argv)
{
	const char *name = argc > 0 ? strrchr(argv[0], '/') : NULL;
	static char buffer[1 << 17];
	int status;

	/* Whole, so that an error of writing is that of the end, with its errno. */
	setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	name = name ? name + 1 : argc > 0 ? argv[0] : "native";
	bool is_man = strcmp(name, "man") == 0;
	status = is_man ? man_main(argc, argv) : run(argc, argv);
	if (!text_close(stdout)) {
		text_printf(stderr, "%s: standard output cannot be written: %s\n", is_man ? "man" : "native",
			    strerror(errno));
		return status ? status : 1;
	}
	return status;
}

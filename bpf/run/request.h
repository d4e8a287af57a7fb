/* SPDX-License-Identifier: GPL-2.0-only
 * What a command line of dtrace asks for, and doing it: compile, then list, check or trace. dtrace.c fills it in.
 */
#pragma once

#include "bpf/lang/lang.h"
#include "library.h"
#include "options.h"
#include "scope.h"
#include "script.h"
#include "victim.h"

#include <stdio.h>

/* Everything that the command line says. */
struct request {
	struct options options;
	struct lang_source *sources;
	uint32_t nsources, room;
	char **texts;				    /* of the sources, to be freed */
	const char **defines, **undefs, **includes; /* each NULL-terminated, as are the next two */
	const char **commands, **library_dirs;	    /* of -c and -L */
	char *cpp_text;				    /* of the last -x cppargs, in words */
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
	FILE *out; /* of -o, opened when it is first needed; NULL: standard output */
	int lost;  /* errno of output that could not be written */
	bool list, compile_only, print_ir;
	bool header; /* -h */
};

/* Compiles the program and does what was asked for. argv: dtrace's own, for what tells of itself. Returns the exit status, after a
 * sentence on standard error where that is not 0 or the program's own. */
int request_run(struct request *r, char *const *argv);

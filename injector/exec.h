/* SPDX-License-Identifier: GPL-2.0-only
 * inject --privileged CONTAINER -- COMMAND: a tool with the host's rights in the namespaces of a container.
 *
 *	inject, on the host, waits and passes signals and the status on
 *	└─ leader: joins the namespaces, stays in the host's pid namespace, waits
 *	   └─ the command: in the container's pid namespace, under a root of its own (world.h)
 *
 * Each ends when the one above ends. No process of the container is the parent of anything, and nothing is executed by
 * a path that the container could change.
 */
#pragma once

#include "find/find.h"
#include "step.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* How the caller had it, before inject made itself safe. */
struct caller {
	mode_t umask;
	struct rlimit files;
	bool pipe_ignored; /* SIGPIPE */
	char term[64];	   /* TERM, "" where it is unset or no plain word */
};

struct exec_request {
	char **argv;	   /* the command: a tool by its name, or by its path below /native */
	const struct caller *caller;
	bool allow_ptrace; /* also in a container that could take the command over */
};

/* Runs the command for container c, whose name in messages is `name`, and waits for it. Returns its exit status,
 * 128 + N when signal N ended it; or -1 with f when it was not started: see exec_status. */
int exec_run(const struct container *c, const char *name, const struct exec_request *request, struct failure *f);

/* The exit status for such a failure: 127 no such tool, 126 it cannot be executed, 125 anything else. */
int exec_status(const struct failure *f);

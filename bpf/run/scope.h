/* SPDX-License-Identifier: GPL-2.0-only
 * Whose probes fire. Inside a container: the container's processes, whatever the options say, recognised by what the container has to
 * itself: its pid namespace (with those nested in it); else its cgroup; else its mount namespace. Where nothing is private, that
 * is on the host, somebody has to say whom he means: everything (--host), a container, a cgroup, a process.
 *
 * Reads /proc (namespaces(7), cgroups(7), proc_pid_mountinfo(5)) of this process, and for --container the state files of engines.
 *
 * `inject -p` runs dtrace in the namespaces of a container, but in a cgroup and a mount namespace of the host's own; it names a process
 * of the container in the environment: NATIVE_SCOPE=cgroup=ID,LEVEL,CONTROLLER or mntns=INODE, if the container shares the
 * pid namespace of who called inject (injector/scope.h).
 */
#pragma once

#include "bpf/kern/state.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct run_scope {
	struct kern_scope test;
	bool is_host; /* --host: nothing is tested, and probes of the kernel alone may be enabled */
	bool is_inside; /* dtrace itself is in scope */
	bool map_ids; /* uid and gid as the container's user namespace numbers them */
};

/* What the command line says. */
struct scope_request {
	bool host;
	const char *container; /* NAME, ID or pid:N */
	const char *cgroup;    /* a directory of a cgroup file system */
	pid_t pid;	       /* -p, if there is one alone; as dtrace numbers it, or with a container as that does. 0: none */
};

/* Finds the scope. false with a sentence in why. */
bool scope_find(struct run_scope *s, const struct scope_request *r, char *why, size_t size);

/* Whether what belongs to no container, such as a request to a device, cannot be traced here: for -l, which is never refused. */
bool scope_without_devices(const struct scope_request *r);

/* The process that the container (or dtrace's own pid namespace, if s tests none) numbers pid, as we number it; 0: there is none. */
pid_t scope_pid(const struct run_scope *s, pid_t pid);

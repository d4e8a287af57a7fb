/* SPDX-License-Identifier: GPL-2.0-only
 * Cgroups as BPF programs know them: an id, which is the inode number of the directory (kernfs; 64 bits), and how many cgroups are
 * above it. Both versions; /proc/PID/cgroup and mountinfo as in cgroups(7) and proc_pid_mountinfo(5).
 */
#pragma once

#include "bpf/kern/state.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The controller of a name: "" is version 2. false: another hierarchy of version 1, which programs cannot go by. */
bool cgroup_controller(const char *name, __u32 *controller);

/* Our own cgroup, if one of the hierarchies has us below its root, is mounted here and is seen whole (no cgroup namespace of our own): fills
 * test's members about cgroups. */
bool cgroup_own(struct kern_scope *test);

/* The cgroup of another process, the same way. */
bool cgroup_of(pid_t pid, struct kern_scope *test);

/* A directory below a mounted cgroup file system. false with a sentence in why. */
bool cgroup_of_path(const char *path, struct kern_scope *test, char *why, size_t size);

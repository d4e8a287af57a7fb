/* SPDX-License-Identifier: GPL-2.0-only
 * What tells a container's processes from all others where its pid namespace does not: for a tracer that runs in that
 * pid namespace but in the host's cgroups (exec.c). bpf/run/scope.h reads it.
 */
#pragma once

#include "target.h"
#include "world.h"

#include <stddef.h>

/* Writes "cgroup=ID,LEVEL,CONTROLLER": the id of its cgroup (inode number of the directory), how many cgroups are above it, and
 * which hierarchy ("" is cgroup v2, else the first of memory, pids, cpu, devices, freezer that has it below its root); or
 * "mntns=INODE" where no cgroup is its own. Empty where that is the host's as well. */
void scope_words(const struct target *t, const struct world_cgroup *cgroups, size_t n, char *buf, size_t size);

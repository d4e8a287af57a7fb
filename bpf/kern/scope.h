/* SPDX-License-Identifier: GPL-2.0-only
 * Whether a task is one of those that may be seen: the container test, which each fixed program makes before anything else. What to
 * test is constant, so the verifier leaves one of these tests, or none, in the loaded program.
 */
#pragma once

#include "task.h"

const volatile struct kern_constants constants;

static __always_inline bool in_mount_ns(struct task_struct *t, bool known)
{
	if (known)
		return t->nsproxy->mnt_ns->ns.inum == constants.scope.mntns;
	return BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum) == constants.scope.mntns;
}

/* The place in css_set.subsys[] of the controller to go by: the kernel's configuration decides. */
#define SUBSYS(id) (bpf_core_enum_value_exists(enum cgroup_subsys_id, id) ? (int)bpf_core_enum_value(enum cgroup_subsys_id, id) : -1)

static __always_inline int cgroup_subsys(void)
{
	switch (constants.scope.cgroup_controller) {
	case KERN_CGROUP_MEMORY:
		return SUBSYS(memory_cgrp_id);
	case KERN_CGROUP_PIDS:
		return SUBSYS(pids_cgrp_id);
	case KERN_CGROUP_CPU:
		return SUBSYS(cpu_cgrp_id);
	case KERN_CGROUP_DEVICES:
		return SUBSYS(devices_cgrp_id);
	case KERN_CGROUP_FREEZER:
		return SUBSYS(freezer_cgrp_id);
	}
	return -1;
}

static __always_inline __u64 cgroup_id(struct cgroup *c, bool known)
{
	return known ? c->kn->id : BPF_CORE_READ(c, kn, id);
}

/* In the cgroup, or below it. Most tasks of a container are in the container's own cgroup: that is looked at first. */
static __always_inline bool below_cgroup(struct cgroup *c, bool known)
{
	int level = READ(c, level, known), want = (int)constants.scope.cgroup_level;
	struct cgroup *ancestor = 0;
	__u64 id = 0;

	if (level < want)
		return false;
	if (level == want)
		return cgroup_id(c, known) == constants.scope.cgroup;
	if (bpf_core_field_exists(((struct cgroup___before_6_1 *)0)->ancestor_ids)) {
		bpf_probe_read_kernel(&id, sizeof(id),
				      (void *)c + bpf_core_field_offset(struct cgroup___before_6_1, ancestor_ids) + 8 * want);
		return id == constants.scope.cgroup;
	}
	bpf_probe_read_kernel(&ancestor, sizeof(ancestor), (void *)c + bpf_core_field_offset(struct cgroup, ancestors) + 8 * want);
	return ancestor && cgroup_id(ancestor, RAW) == constants.scope.cgroup;
}

static __always_inline bool in_cgroup(struct task_struct *t, bool known)
{
	struct css_set *set = READ(t, cgroups, known);
	struct cgroup_subsys_state *css = 0;
	int subsys;

	if (constants.scope.cgroup_controller == KERN_CGROUP2)
		return below_cgroup(READ(set, dfl_cgrp, known), known);
	subsys = cgroup_subsys();
	if (subsys < 0)
		return false;
	bpf_probe_read_kernel(&css, sizeof(css), (void *)set + bpf_core_field_offset(struct css_set, subsys) + 8 * subsys);
	return css && below_cgroup(READ(css, cgroup, RAW), RAW);
}

static __always_inline bool in_scope(struct task_struct *t, bool known)
{
	if (constants.scope.pidns &&
	    pid_ns_inum(READ(t, thread_pid, known), constants.scope.pid_level, known) != constants.scope.pidns)
		return false;
	if (constants.scope.mntns && !in_mount_ns(t, known))
		return false;
	if (constants.scope.cgroup && !in_cgroup(t, known))
		return false;
	if (constants.scope.tgid && task_tgid(t, constants.scope.pid_level, known) != (__u32)constants.scope.tgid)
		return false;
	return true;
}

/* The same as a function, for the programs that see a task as a raw tracepoint's argument. */
static __noinline int in_scope_raw(struct task_struct *t)
{
	return in_scope(t, RAW);
}

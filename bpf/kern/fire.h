/* SPDX-License-Identifier: GPL-2.0-only
 * A firing, from a task that is in scope to the call of a leaf: the scratch element, what the leaf asks for of the task, the tail
 * call. What is wanted often is inlined, the rest are functions of BPF, which all programs share. (A program with both functions and
 * a tail call needs Linux 5.10 on x86_64, 6.0 on aarch64.)
 */
#pragma once

#include "lwp.h"
#include "maps.h"
#include "names.h"
#include "path.h"
#include "regs.h"
#include "scope.h"

/* The scratch element of a hook on this CPU, marked busy; NULL if it may not fire, which is counted if that loses something. */
static __always_inline struct firing *fire_begin(enum kern_hook hook, bool after_exit)
{
	__u32 zero = 0, cpu = bpf_get_smp_processor_id(), place = cpu * constants.scratch_slots + constants.scratch_slot[hook];
	struct config *c = bpf_map_lookup_elem(&config, &zero);
	struct firing *f = bpf_map_lookup_elem(&scratch, &place);

	if (!c || !f)
		return 0;
	if (f->busy) {
		count_drop(KDROP_NESTED);
		return 0;
	}
	/* Before the question whether it may fire: user space, which sets `stopped` and then waits for `busy`, must not miss one. */
	*(volatile __u32 *)&f->busy = 1;
	if (*(volatile __u32 *)&c->stopped || (c->exited && !after_exit)) {
		f->busy = 0;
		return 0;
	}
	f->hook = hook;
	f->cpu = cpu;
	f->after_exit = after_exit;
	f->error = 0;
	f->compat = 0;
	f->again = 0;
	f->not_current = 0;
	f->time_ns = 0;
	return f;
}

/* An id as a user namespace shows it: the kernel's own, minus where the kernel's range begins, plus where the namespace's does. Up
 * to five ranges lie in the namespace itself; a map of more is a tree elsewhere, and such an id is shown as nobody's. */
static __noinline __u32 id_in(struct uid_gid_map *map, __u32 id)
{
	__u32 n = BPF_CORE_READ(map, nr_extents);

	if (n > 5)
		return 65534;
	ROLLED for (int i = 0; i < 5; i++) {
		struct uid_gid_extent e = { 0 };

		if (i >= (int)n)
			break;
		bpf_probe_read_kernel(&e, sizeof(e), (void *)map + bpf_core_field_offset(struct uid_gid_map, extent) + 12 * i);
		if (id - e.lower_first < e.count)
			return id - e.lower_first + e.first;
	}
	return 65534;
}

static __always_inline void fire_uid(struct firing *f, struct task_struct *t, bool known)
{
	struct cred *c = READ(t, cred, known);

	f->uid = READ(c, uid.val, known);
	f->gid = READ(c, gid.val, known);
	f->euid = READ(c, euid.val, known);
	f->egid = READ(c, egid.val, known);
}

static __always_inline void fire_map_ids(struct firing *f, struct task_struct *t)
{
	struct user_namespace *u = BPF_CORE_READ(t, cred, user_ns);
	struct uid_gid_map *uids = (void *)u + bpf_core_field_offset(struct user_namespace, uid_map);
	struct uid_gid_map *gids = (void *)u + bpf_core_field_offset(struct user_namespace, gid_map);

	f->uid = id_in(uids, f->uid);
	f->euid = id_in(uids, f->euid);
	f->gid = id_in(gids, f->gid);
	f->egid = id_in(gids, f->egid);
}

static __always_inline void fire_proc(struct firing *f, struct task_struct *t)
{
	__u32 level = constants.scope.pid_level;

	f->pgid = pid_number(task_pid_of(t, PIDTYPE_PGID, RAW), level, RAW);
	f->sid = pid_number(task_pid_of(t, PIDTYPE_SID, RAW), level, RAW);
	f->nlwp = BPF_CORE_READ(t, signal, nr_threads);
}

/* curlwpsinfo. Who fires runs, or is about to (on-cpu): SONPROC, O. Only who leaves the processor has another state. */
static __always_inline void fire_lwp(struct firing *f, struct task_struct *t)
{
	lwp_state(&f->state, &f->sname, t);
	if (f->hook != HOOK_SCHED_OFF_CPU && f->state == 2) {
		f->state = 6;
		f->sname = 'O';
	}
	f->pri = READ(t, prio, RAW);
	*(__u64 *)f->clname = 0;
	lwp_class(f->clname, t);
}

/* The parents that the container can see, nearest first. */
static __always_inline void fire_ancestors(struct firing *f, struct task_struct *t)
{
	__u32 level = constants.scope.pid_level, n = 0;

	ROLLED for (int i = 0; i < KERN_ANCESTORS; i++) {
		struct task_struct *parent = READ(t, real_parent, RAW);
		__u32 pid = task_tgid(parent, level, RAW);

		if (!pid || parent == t)
			break;
		f->ancestor[i] = pid;
		n = i + 1;
		t = parent;
	}
	f->ancestors = n;
}

/* What is asked for seldom: a function, which all programs share, and for any kind of task. Its user memory is that of the running
 * task: not if f->not_current. */
static __noinline int fire_fill_rest(struct firing *f, struct task_struct *t)
{
	__u32 needs = f->target.needs & ~constants.unneeded;

	if (constants.map_ids && (needs & NEED_UID))
		fire_map_ids(f, t);
	if (needs & NEED_PROC)
		fire_proc(f, t);
	if (needs & NEED_LWP)
		fire_lwp(f, t);
	if (needs & NEED_ANCESTORS)
		fire_ancestors(f, t);
	if (needs & NEED_PSARGS)
		name_arguments(f->psargs, t, !f->not_current);
	if (needs & NEED_UREGS)
		regs_of_user(f->uregs, t);
	if (needs & NEED_CWD)
		path_directories(f, t);
	if (needs & NEED_FILES)
		path_layout(&f->files);
	return 0;
}

/* Light programs are for kernels that know the type of the current task, and leave out what is asked for seldom. What all targets of
 * their hook want is a constant to them, so nothing is tested that is the same for each call, and they have a sixth of the instructions
 * to load. The choice is user space's: load.h. */
#define LIGHT true
#define FULL  false

static __always_inline __u32 fire_needs(enum kern_hook hook, const struct target *target, bool light)
{
	if (light)
		return (target->needs & constants.needs[hook].some) | constants.needs[hook].all;
	return target->needs & ~constants.unneeded;
}

/* What `needs` asks for of task t. */
static __always_inline void fire_fill(struct firing *f, const struct target *target, __u32 needs, struct task_struct *t, bool known,
				      bool light)
{
	f->target = *target;
	if (!light || (needs & NEED_TASK)) {
		*(volatile __u64 *)&f->task = (__u64)t; /* what comes back from memory is a number to the verifier: task_identity() */
		f->task = *(volatile __u64 *)&f->task ^ READ(t, start_time, known) << 16;
	}
	if (needs & NEED_PID)
		f->pid = task_tgid(t, constants.scope.pid_level, known);
	if (needs & NEED_TID)
		f->tid = task_tid(t, constants.scope.pid_level, known);
	if (needs & NEED_PPID)
		f->ppid = task_tgid(READ(t, real_parent, known), constants.scope.pid_level, known);
	if (needs & NEED_EXECNAME)
		name_program(f->execname, t, known);
	if (needs & NEED_UID)
		fire_uid(f, t, known);
	if (needs & NEED_VTIME)
		f->vtime_ns = READ(t, se.sum_exec_runtime, known);
	if (needs & NEED_COMM)
		name_thread(f->comm, t, known);
	if ((!light || constants.retries) && target->retry)
		f->kept_mm = (__u64)READ(t, mm, known);
	if (!light && ((needs & NEED_SELDOM) || (constants.map_ids && (needs & NEED_UID))))
		fire_fill_rest(f, t);
}

/* A firing without a task, but for what tells one thread's self-> variables from another's. */
static __noinline int fire_hide(struct firing *f, const struct target *target, struct task_struct *runs)
{
	f->target = *target;
	f->task = task_identity(runs);
	f->not_current = 1;
	f->pid = f->tid = f->ppid = f->uid = f->gid = f->euid = f->egid = f->pgid = f->sid = f->nlwp = 0;
	f->vtime_ns = f->ancestors = 0;
	for (int i = 0; i < KERN_EXECNAME / 8; i++)
		((__u64 *)f->execname)[i] = 0;
	f->pri = f->state = f->sname = 0;
	f->clname[0] = f->comm[0] = f->psargs[0] = f->cwd[0] = f->root[0] = 0;
	ROLLED for (int i = 0; i < KERN_UREGS; i++)
		f->uregs[i] = 0;
	return 0;
}

static __noinline int fire_fill_raw(struct firing *f, const struct target *target, struct task_struct *t)
{
	fire_fill(f, target, fire_needs(HOOK_COUNT, target, FULL), t, RAW, FULL);
	return 0;
}

/* The firing of a hook that has one target, for task t, if that is in scope; NULL: nothing fires. */
static __noinline struct firing *fire_hook(enum kern_hook hook, struct task_struct *t)
{
	__u32 key = TARGET_HOOK + hook;
	struct target *target = bpf_map_lookup_elem(&targets, &key);
	struct firing *f;

	if (!target || !target->leaf || !in_scope_raw(t))
		return 0;
	f = fire_begin(hook, false);
	if (f)
		fire_fill_raw(f, target, t);
	return f;
}

/* The same where the task of interest is another than the one that runs. The firing is the running task's, as far as that may be seen;
 * a task out of scope, which an interrupt may have found here, leaves no trace. */
static __noinline struct firing *fire_hook_about(enum kern_hook hook, struct task_struct *about, struct task_struct *runs)
{
	__u32 key = TARGET_HOOK + hook;
	struct target *target = bpf_map_lookup_elem(&targets, &key);
	struct firing *f;

	if (!target || !target->leaf || !in_scope_raw(about))
		return 0;
	f = fire_begin(hook, false);
	if (!f)
		return 0;
	if (in_scope_raw(runs))
		fire_fill_raw(f, target, runs);
	else
		fire_hide(f, target, runs);
	return f;
}

/* The current task, of the kind that this kernel gives; the other branch is dropped by the verifier. */
#define WITH_CURRENT(function, ctx)                                                \
	(has_task_btf() ? function(ctx, bpf_get_current_task_btf(), KNOWN)         \
			: function(ctx, (struct task_struct *)bpf_get_current_task(), RAW))

/* The leaf, from which there is no return; what follows it runs if it is missing. A call to a constant place is a direct jump in the
 * loaded program; any other is indirect, which mitigations make as dear as all the rest: so the first places have one each. */
static __always_inline int fire_leaf(void *ctx, struct firing *f)
{
	switch (f->target.leaf) {
	case 1:
		bpf_tail_call_static(ctx, &leaves, 1);
		break;
	case 2:
		bpf_tail_call_static(ctx, &leaves, 2);
		break;
	case 3:
		bpf_tail_call_static(ctx, &leaves, 3);
		break;
	case 4:
		bpf_tail_call_static(ctx, &leaves, 4);
		break;
	default:
		bpf_tail_call(ctx, &leaves, f->target.leaf);
	}
	f->busy = 0;
	count_drop(KDROP_LEAF);
	return 0;
}

/* The same where all targets of the hook have one leaf. */
static __always_inline int fire_only_leaf(void *ctx, struct firing *f, enum kern_hook hook)
{
	if (!constants.needs[hook].leaf)
		return fire_leaf(ctx, f);
	bpf_tail_call(ctx, &leaves, constants.needs[hook].leaf);
	f->busy = 0;
	count_drop(KDROP_LEAF);
	return 0;
}

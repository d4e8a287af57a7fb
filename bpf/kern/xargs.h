/* SPDX-License-Identifier: GPL-2.0-only
 * args[] of translated types: what a script finds at args[0]->pr_pid. Written into firing.xargs as D lays the types out (state.h),
 * from any task; one that is not in scope leaves zeros.
 */
#pragma once

#include "fire.h"

#define XARG(member) (KERN_XARGS_BASE + __builtin_offsetof(union kern_xargs, member))

static __always_inline void xargs_zero(void *to, __u32 bytes)
{
	__u64 *words = to;

	ROLLED for (__u32 i = 0; i < bytes / 8; i++)
		words[i] = 0;
}

static __noinline int xargs_lwp(struct firing *f, struct task_struct *t)
{
	struct kern_lwpsinfo *to = &f->xargs.task.lwp;

	xargs_zero(to, sizeof(*to));
	if (!in_scope_raw(t))
		return 0;
	lwp_state(&to->pr_state, &to->pr_sname, t);
	lwp_class(to->pr_clname, t);
	to->pr_lwpid = (__s32)task_tid(t, constants.scope.pid_level, RAW);
	to->pr_addr = task_identity(t); /* not the address: that is the kernel's secret */
	to->pr_pri = READ(t, prio, RAW);
	to->pr_onpro = (__s32)task_cpu(t);
	to->pr_bindpro = to->pr_bindpset = -1; /* PBIND_NONE, PS_NONE */
	return 0;
}

/* The process of a task. Its arguments are readable where its memory is that of the running task, or a copy of it (fork). */
static __noinline int xargs_ps(struct firing *f, struct task_struct *t, int has_memory)
{
	struct kern_psinfo *to = &f->xargs.task.ps;
	__u32 level = constants.scope.pid_level;
	struct cred *c;
	__u64 start;

	xargs_zero(to, sizeof(*to));
	if (!in_scope_raw(t))
		return 0;
	to->pr_nlwp = BPF_CORE_READ(t, signal, nr_threads);
	to->pr_pid = (__s32)task_tgid(t, level, RAW);
	to->pr_ppid = (__s32)task_tgid(READ(t, real_parent, RAW), level, RAW);
	to->pr_pgid = (__s32)pid_number(task_pid_of(t, PIDTYPE_PGID, RAW), level, RAW);
	to->pr_sid = (__s32)pid_number(task_pid_of(t, PIDTYPE_SID, RAW), level, RAW);
	c = READ(t, cred, RAW);
	to->pr_uid = READ(c, uid.val, RAW);
	to->pr_euid = READ(c, euid.val, RAW);
	to->pr_gid = READ(c, gid.val, RAW);
	to->pr_egid = READ(c, egid.val, RAW);
	if (constants.map_ids) {
		struct user_namespace *u = READ(c, user_ns, RAW);
		struct uid_gid_map *uids = (void *)u + bpf_core_field_offset(struct user_namespace, uid_map);
		struct uid_gid_map *gids = (void *)u + bpf_core_field_offset(struct user_namespace, gid_map);

		to->pr_uid = id_in(uids, to->pr_uid);
		to->pr_euid = id_in(uids, to->pr_euid);
		to->pr_gid = id_in(gids, to->pr_gid);
		to->pr_egid = id_in(gids, to->pr_egid);
	}
	to->pr_addr = task_identity(READ(t, group_leader, RAW));
	start = READ(t, start_boottime, RAW);
	to->pr_start_sec = start / 1000000000;
	to->pr_start_nsec = start % 1000000000;
	to->pr_dmodel = 2; /* PR_MODEL_LP64 of sys/procfs.h */
	name_program(f->xargs_name, t, RAW);
	bpf_probe_read_kernel_str(to->pr_fname, sizeof(to->pr_fname), f->xargs_name);
	name_arguments(to->pr_psargs, t, has_memory);
	if (!to->pr_psargs[0])
		bpf_probe_read_kernel_str(to->pr_psargs, KERN_EXECNAME, f->xargs_name);
	return 0;
}

/* args[0], args[1]: a thread and its process. */
static __always_inline void xargs_task(struct firing *f, struct task_struct *t, int has_memory)
{
	xargs_lwp(f, t);
	xargs_ps(f, t, has_memory);
	f->args[0] = XARG(task.lwp);
	f->args[1] = XARG(task.ps);
}

static __always_inline void xargs_cpu(struct firing *f, __u32 cpu)
{
	f->xargs.task.cpu = (struct kern_cpuinfo){ .cpu_id = (__s32)cpu };
	f->args[2] = XARG(task.cpu);
}

/* The kernel's siginfo, whose layout is that of user space (include/uapi/asm-generic/siginfo.h); 0 and 1 are no addresses, but say that
 * there is none, or that the kernel itself sends. */
static __noinline int xargs_siginfo(struct firing *f, __u64 info, __u32 signo, int is_user)
{
	struct kern_siginfo *to = &f->xargs.task.sig;
	struct { __s32 signo, error, code, pad, pid; __u32 uid; __s32 status; } raw = { 0 };

	xargs_zero(to, sizeof(*to));
	to->signo = (__s32)signo;
	if (info < 2)
		return 0;
	if (is_user)
		bpf_probe_read_user(&raw, sizeof(raw), (void *)info);
	else
		bpf_probe_read_kernel(&raw, sizeof(raw), (void *)info);
	to->error = raw.error;
	to->code = raw.code;
	if (raw.code > 0 && (signo == 4 || signo == 5 || signo == 7 || signo == 8 || signo == 11)) { /* ILL TRAP BUS FPE SEGV */
		to->addr = (__u64)(__u32)raw.pid | (__u64)raw.uid << 32;
	} else {
		to->pid = raw.pid;
		to->uid = raw.uid;
		to->status = signo == 17 ? raw.status : 0; /* SIGCHLD */
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What the fixed programs read of a task. Only the members that are read are declared: where they lie in the kernel that runs, the
 * loader finds in its BTF. A structure with three underscores in its name is the same one in an older or newer kernel.
 *
 * A task comes as one of two kinds of pointer, and each function is compiled for the kind that its last argument names:
 *	KNOWN	bpf_get_current_task_btf() (5.11): the verifier knows the type, a member is one load that cannot fault;
 *	RAW	the argument of a raw tracepoint, and every task on an older kernel: members are copied by bpf_probe_read_kernel().
 * Which of them the current task is, is a constant when the program is loaded, and the verifier drops the other half.
 */
#pragma once

#include "state.h"

#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

typedef _Bool bool;
#define true 1
#define false 0
#define KNOWN true
#define RAW   false

#define ROLLED _Pragma("clang loop unroll(disable)") /* a loop in the loaded program, too (5.3) */

#define PIDTYPE_TGID 1 /* include/linux/pid_types.h */
#define PIDTYPE_PGID 2
#define PIDTYPE_SID  3

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct ns_common { unsigned int inum; };
struct pid_namespace { struct ns_common ns; };
struct upid { int nr; struct pid_namespace *ns; };
struct pid { unsigned int level; struct upid numbers[1]; };
struct mnt_namespace { struct ns_common ns; };
struct nsproxy { struct mnt_namespace *mnt_ns; };
struct kernfs_node { __u64 id; };
struct cgroup { int level; struct kernfs_node *kn; struct cgroup *ancestors[1]; };
struct cgroup___before_6_1 { __u64 ancestor_ids[1]; };
struct cgroup_subsys_state { struct cgroup *cgroup; };
struct css_set { struct cgroup_subsys_state *subsys[16]; struct cgroup *dfl_cgrp; };
struct atomic { int counter; };
struct signal_struct { struct pid *pids[4]; int nr_threads; struct atomic live; };
struct qstr { unsigned int len; const unsigned char *name; };
struct dentry;
struct super_block;
struct vfsmount { struct dentry *mnt_root; struct super_block *mnt_sb; };
struct path { struct vfsmount *mnt; struct dentry *dentry; };
struct file { struct path f_path; unsigned int f_flags; long long f_pos; };
struct fdtable { unsigned int max_fds; struct file **fd; };
struct files_struct { struct fdtable *fdt; };
struct mm_struct { struct file *exe_file; unsigned long arg_start, arg_end; };
struct file_system_type { const char *name; };
struct super_block { struct file_system_type *s_type; };
struct hlist_node;
struct hlist_head { struct hlist_node *first; };
struct inode { struct super_block *i_sb; unsigned long i_ino; struct hlist_head i_dentry; };
struct dentry { struct dentry *d_parent; struct qstr d_name; struct inode *d_inode; };
struct dentry___before_6_14 { unsigned char d_iname[40]; };
union shortname_store { unsigned char string[40]; };
struct dentry___since_6_14 { union shortname_store d_shortname; };
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; };
struct fs_struct { struct path root, pwd; };
struct uid_gid_extent { __u32 first, lower_first, count; };
struct uid_gid_map { __u32 nr_extents; struct uid_gid_extent extent[5]; };
struct user_namespace { struct uid_gid_map uid_map, gid_map; };
struct kuid { __u32 val; };
struct cred { struct kuid uid, gid, euid, egid; struct user_namespace *user_ns; };
struct sched_entity { __u64 sum_exec_runtime; };
struct thread_info { unsigned long flags; __u32 status, cpu; };
struct task_struct___before_5_16 { __u32 cpu; };
struct task_struct___before_5_14 { long state; };
struct task_struct {
	struct thread_info thread_info;
	unsigned int __state;
	void *stack;
	unsigned int flags;
	struct mm_struct *mm;
	struct task_struct *real_parent, *group_leader;
	struct pid *thread_pid;
	struct signal_struct *signal;
	struct nsproxy *nsproxy;
	struct css_set *cgroups;
	struct fs_struct *fs;
	struct files_struct *files;
	struct cred *cred;
	struct sched_entity se;
	__u64 start_time;
	char comm[16];
	int prio, static_prio;
	unsigned int policy;
	int exit_state, exit_code;
	__u64 start_boottime;
};
enum cgroup_subsys_id { cpu_cgrp_id, memory_cgrp_id, devices_cgrp_id, freezer_cgrp_id, pids_cgrp_id };
/* The two helpers that not every kernel of ours has. */
enum bpf_func_id___own { BPF_FUNC_get_current_task_btf___own = 1, BPF_FUNC_task_pt_regs___own };
#pragma clang attribute pop

/* A member of what p points to; 0 where that cannot be read. */
#define READ(p, member, known)                                                                    \
	({                                                                                        \
		typeof((p)->member) value_ = 0;                                                   \
		if (known)                                                                        \
			value_ = (p)->member;                                                     \
		else                                                                              \
			bpf_core_read(&value_, sizeof(value_), &(p)->member);                     \
		value_;                                                                           \
	})

static __always_inline bool has_task_btf(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id___own, BPF_FUNC_get_current_task_btf___own);
}

static __always_inline bool has_task_regs(void)
{
	return bpf_core_enum_value_exists(enum bpf_func_id___own, BPF_FUNC_task_pt_regs___own);
}

/* A system call of a 32-bit program, by the machine's other table. */
static __always_inline bool is_compat(struct task_struct *t, bool known)
{
#if defined(__TARGET_ARCH_x86)
	return READ(t, thread_info.status, known) & 2; /* TS_COMPAT, arch/x86/include/asm/thread_info.h */
#else
	return READ(t, thread_info.flags, known) & (1ul << 22); /* TIF_32BIT, arch/arm64/include/asm/thread_info.h */
#endif
}

/* Entry `level` of numbers[]. It is a flexible array, which the verifier lets be read behind the struct, since 6.5; in older
 * kernels only entry 0 lies within. */
static __always_inline struct upid *upid_at(struct pid *pid, __u32 level)
{
	return (void *)pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid);
}

static __always_inline bool upid_is_known(__u32 level, bool known)
{
	return known && (level == 0 || bpf_core_field_size(struct pid, numbers) == 0);
}

/* The number of a pid in the namespaces of a level; 0: it is not that deep. */
static __always_inline __u32 pid_number(struct pid *pid, __u32 level, bool known)
{
	struct upid *u = upid_at(pid, level);

	if (level && READ(pid, level, known) < level)
		return 0;
	if (upid_is_known(level, known))
		return u->nr;
	return READ(u, nr, RAW);
}

static __always_inline __u32 pid_ns_inum(struct pid *pid, __u32 level, bool known)
{
	struct upid *u = upid_at(pid, level);

	if (level && READ(pid, level, known) < level)
		return 0;
	if (upid_is_known(level, known))
		return u->ns->ns.inum;
	return BPF_CORE_READ(u, ns, ns.inum);
}

static __always_inline __u32 task_tid(struct task_struct *t, __u32 level, bool known)
{
	return pid_number(READ(t, thread_pid, known), level, known);
}

static __always_inline struct pid *task_pid_of(struct task_struct *t, int type, bool known)
{
	if (known)
		return t->signal->pids[type];
	return BPF_CORE_READ(t, signal, pids[type]);
}

static __always_inline __u32 task_tgid(struct task_struct *t, __u32 level, bool known)
{
	return pid_number(task_pid_of(t, PIDTYPE_TGID, known), level, known);
}

/* Identifies a thread, also after another has got its place in memory. Of a RAW pointer: with others the verifier refuses sums. */
static __always_inline __u64 task_identity(struct task_struct *t)
{
	return (__u64)t ^ READ(t, start_time, RAW) << 16;
}

/* TASK_RUNNING is 0. */
static __always_inline __u32 task_state(struct task_struct *t)
{
	if (bpf_core_field_exists(((struct task_struct___before_5_14 *)0)->state))
		return (__u32)READ((struct task_struct___before_5_14 *)t, state, RAW);
	return READ(t, __state, RAW);
}

static __always_inline __u32 task_cpu(struct task_struct *t)
{
	if (bpf_core_field_exists(t->thread_info.cpu))
		return READ(t, thread_info.cpu, RAW);
	return READ((struct task_struct___before_5_16 *)t, cpu, RAW);
}

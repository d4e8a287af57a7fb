/* SPDX-License-Identifier: GPL-2.0-only
 * What the fixed kernel programs (bpf/kern/ *.bpf.c), the generated leaves (bpf/gen) and user space (bpf/run) agree on: the
 * state of a firing, the maps, the prefix of what travels through the ring buffer. Compiled by clang for BPF and by gcc for
 * the host: fixed-width types only, no pointers, no implicit padding.
 *
 * A firing in the kernel:
 *	fixed program (dispatcher) of a hook: container test, target of this probe, fills struct firing in the scratch element
 *	of this CPU and hook, tail call to leaf `target.leaf` in the PROG_ARRAY of its program type;
 *	leaf (generated): looks the same element up again, runs the clauses of this probe one after the other, each a BPF
 *	function; its last act is `busy = 0`.
 * Scratch is one element for each hook and CPU, not for a depth: the kernel runs these programs with preemption off, so only
 * an interrupt can come between, and that fires another hook, or the same one, which `busy` then refuses and counts.
 */
#pragma once

#include <linux/types.h>

/* The fixed programs. One probe may be served by one hook only; where one kernel tracepoint gives two probes (sched_switch:
 * off-cpu and on-cpu), each has a program, and so a hook, of its own. */
enum kern_hook {
	HOOK_RUN,	/* BPF_PROG_RUN from user space: BEGIN, END, ERROR, tick; profile where perf events are missing */
	HOOK_SYS_ENTER,
	HOOK_SYS_EXIT,
	HOOK_SYS_RETRY,	/* on sys_exit, in front of HOOK_SYS_EXIT: a firing of sys_enter taken again, see `retries` */
	HOOK_PROFILE,	/* perf_event program, all others are raw_tp */
	HOOK_PROC_EXEC, HOOK_PROC_EXEC_SUCCESS, HOOK_PROC_EXEC_FAILURE, HOOK_PROC_EXIT, HOOK_PROC_CREATE, HOOK_PROC_LWP_CREATE,
	HOOK_PROC_LWP_EXIT, HOOK_PROC_LWP_START, HOOK_PROC_START, HOOK_PROC_SIGNAL_SEND, HOOK_PROC_SIGNAL_DISCARD,
	HOOK_PROC_SIGNAL_HANDLE, HOOK_PROC_SIGNAL_CLEAR, HOOK_PROC_FAULT,
	HOOK_SCHED_ON_CPU, HOOK_SCHED_OFF_CPU, HOOK_SCHED_SLEEP, HOOK_SCHED_PREEMPT, HOOK_SCHED_SURRENDER, HOOK_SCHED_REMAIN_CPU,
	HOOK_SCHED_WAKEUP, HOOK_SCHED_ENQUEUE, HOOK_SCHED_DEQUEUE, HOOK_SCHED_CHANGE_PRI, HOOK_SCHED_TICK,
	HOOK_IO_START, HOOK_IO_DONE, HOOK_IO_WAIT_START, HOOK_IO_WAIT_DONE,
	HOOK_COUNT
};

/* Hooks whose subject may be another task than the one that runs: firing.not_current. */
#define KERN_NOT_CURRENT(hook)                                                                                                   \
	((hook) == HOOK_SCHED_ON_CPU || (hook) == HOOK_SCHED_WAKEUP || (hook) == HOOK_SCHED_ENQUEUE || (hook) == HOOK_SCHED_DEQUEUE || (hook) == HOOK_SCHED_CHANGE_PRI || \
	 (hook) == HOOK_SCHED_SURRENDER)

#define KERN_CPUS_MAX	  1024
#define KERN_NR_MAX	  1024 /* system calls: numbers below; larger ones (x32) have no probe and are counted */
#define KERN_EXECNAME	  32   /* bytes with the NUL: twice what comm has. It is part of keys, whose length is what counting costs */
#define KERN_PSARGS	  80   /* as pr_psargs of Solaris */
#define KERN_ANCESTORS	  16   /* for progenyof() */
#define KERN_UREGS	  34

/* What a probe of a hook leads to; leaf 0: it is not enabled. Array `targets`, index below. */
struct target {
	__u32 probe[4]; /* ids as dtrace -l shows them; the leaf's clauses say which of them they belong to: openat may be
			 * syscall::openat, lx-syscall::openat and lx-syscall::open at once */
	__u16 leaf;	/* index into the PROG_ARRAY */
	__u16 retry;	/* sys_enter: the leaf of HOOK_SYS_RETRY that takes a kept firing again; 0: none is kept */
	__u32 needs;	/* NEED_...: what of struct firing the leaf reads */
} __attribute__((aligned(8)));

/* Indexes into `targets`: system calls of the two tables at entry and return, then one for each other hook. HOOK_RUN and
 * HOOK_PROFILE have no row: the first gets the target as its context, the second finds it in `profiles`. */
enum {
	TARGET_ENTER = 0,
	TARGET_ENTER_COMPAT = KERN_NR_MAX,
	TARGET_EXIT = 2 * KERN_NR_MAX,
	TARGET_EXIT_COMPAT = 3 * KERN_NR_MAX,
	TARGET_HOOK = 4 * KERN_NR_MAX, /* + enum kern_hook */
	TARGET_COUNT = TARGET_HOOK + 64
};

enum { /* target.needs: what costs something to get */
	NEED_EXECNAME = 1 << 0, NEED_PID = 1 << 1, NEED_TID = 1 << 12, NEED_PPID = 1 << 13, NEED_IDS = NEED_PID | NEED_TID | NEED_PPID, NEED_UID = 1 << 2, NEED_VTIME = 1 << 3, NEED_UREGS = 1 << 4,
	NEED_COMM = 1 << 5, NEED_PSARGS = 1 << 6, NEED_ANCESTORS = 1 << 7, NEED_CWD = 1 << 8,
	NEED_ARGS = 1 << 10, NEED_PROC = 1 << 11 /* pgid sid nlwp */, NEED_LWP = 1 << 14 /* pri state sname clname */,
	NEED_TASK = 1 << 9 /* firing.task; only light programs ask */, NEED_FILES = 1 << 15 /* firing.files, for fds[] */,
	NEED_SELDOM = NEED_FILES | NEED_UREGS | NEED_PSARGS | NEED_ANCESTORS | NEED_CWD | NEED_PROC | NEED_LWP
};

/* What BPF_PROG_RUN of the program of HOOK_RUN gets as context (ctx_in): 12 words, as raw tracepoint arguments. With leaf 0 nothing
 * fires, and it returns 1 if the task that runs it is in scope, else 0. That is how a dtrace inside of a container learns pid_level:
 * NSpid in /proc begins at the reader's own namespace, so it tries 1, 2, ... with its own pidns. */
struct run_context {
	__u64 leaf;
	__u64 probe;	  /* target.probe[0] */
	__u64 needs;	  /* NEED_... */
	__u64 after_exit; /* END */
	__u64 args[8];	  /* arg0 ... arg7 */
};

/* What args[n] of a translated type points to: members as D lays out the types of bpf/lang/prelude.c (tests/bpf/layout.c
 * compares). firing.args[n] holds KERN_XARGS_BASE + an offset into firing.xargs: such an address is good for loads, and for
 * nothing else. It lies behind the range of IR_SCRATCH_BASE, where no task has memory. */
#define KERN_XARGS_BASE 0x7fff000001000000ull
struct kern_psinfo {
	__s32 pr_nlwp, pr_pid, pr_ppid, pr_pgid, pr_sid;
	__u32 pr_uid, pr_euid, pr_gid, pr_egid, pad0;
	__u64 pr_addr, pr_ttydev, pr_start_sec, pr_start_nsec;
	char pr_fname[16], pr_psargs[KERN_PSARGS];
	__s32 pr_argc;
	char pr_dmodel, pad1[3];
	__s32 pr_taskid, pr_projid, pr_poolid, pr_zoneid;
};
struct kern_lwpsinfo {
	__s32 pr_flag, pr_lwpid;
	__u64 pr_addr, pr_wchan;
	char pr_stype, pr_state, pr_sname, pad0;
	__s16 pr_syscall, pad1;
	__s32 pr_pri;
	char pr_clname[8];
	__s32 pr_onpro, pr_bindpro, pr_bindpset;
};
struct kern_cpuinfo { __s32 cpu_id, cpu_pset, cpu_chip, cpu_lgrp; };
struct kern_siginfo { __s32 signo, error, code, pid; __u32 uid; __s32 status; __u64 addr; }; /* libc has macros with an si_ in front */
struct kern_bufinfo {
	__s32 b_flags, pad0;
	__u64 b_bcount, b_addr, b_lblkno, b_blkno, b_resid, b_bufsize, b_iodone;
	__s32 b_error, pad1;
	__u64 b_edev;
};
struct kern_devinfo { __s32 dev_major, dev_minor, dev_instance; char dev_name[32], dev_statname[32], dev_pathname[256], pad0[4]; };
struct kern_fileinfo {
	char fi_name[256], fi_dirname[256], fi_pathname[256];
	__u64 fi_offset;
	char fi_fs[32], fi_mount[256];
	__s32 fi_oflags, pad0;
};
union kern_xargs {
	struct { struct kern_psinfo ps; struct kern_lwpsinfo lwp; struct kern_cpuinfo cpu; struct kern_siginfo sig; } task;
	struct { struct kern_bufinfo buf; struct kern_devinfo dev; struct kern_fileinfo file; } io;
	char text[1024]; /* proc:::exec: the path */
};

/* Where the members lie in this kernel by which lib_file.bpf.c comes from a descriptor of the current task to its file, in bytes. A path is
 * a mount and a dentry, one behind the other (include/linux/path.h). `mount` is the distance of a struct mount to the struct vfsmount in it. */
struct kern_files {
	__u16 task_files, task_fs, fs_root, files_fdt, fdt_max, fdt_fd, file_path, file_flags, file_pos;
	__u16 dentry_parent, dentry_inode, name_text, name_len, inode_ino, mnt_root, mnt_sb, sb_type, type_name;
	__u16 mount, mount_parent, mount_point;
	__u16 pad;
};

/* At offset 0 of a scratch element; what the generator lays out follows at sizeof(struct firing). What every firing writes is in
 * front, so that it touches few lines of the cache. */
struct firing {
	__u32 busy;
	__u32 hook;
	struct target target;
	__u32 cpu;
	__u32 after_exit;  /* END, ERROR: fires although exit() was called */
	__u32 compat;	   /* a 32-bit task's system call */
	__s32 error;	   /* errno: of the return probe, else 0 */
	__u32 again;	   /* what the leaf left here when it kept the firing in `retries`; 0 in a first firing */
	__u32 not_current; /* the subject is another task than the one that runs (on-cpu), or not to be seen (wakeup from an interrupt
			    * in a stranger): its user memory and stack cannot be reached, copyin and ustack fault, and storage by
			    * bpf_get_current_task_btf() would be another's. self-> of a program with a probe of KERN_NOT_CURRENT hooks
			    * goes by firing.task */
	__u64 time_ns;	   /* timestamp: CLOCK_MONOTONIC. 0 until the leaf wants it: the clock costs as much as an empty program */
	__u64 task;	   /* identifies the thread; never shown */
	__u64 vtime_ns;
	__u32 pid, tid, ppid, uid, gid, euid, egid, pgid, sid, nlwp; /* as the container numbers them */
	char execname[KERN_EXECNAME];
	__u64 args[10];
	__u64 kept_mm;	   /* the task's memory when sys_enter fired, for who takes the firing out of `retries` */
	__u64 ancestors;   /* how many of ancestor[] */
	__u32 ancestor[KERN_ANCESTORS]; /* pids, parent first */
	__u64 uregs[KERN_UREGS]; /* struct pt_regs as it lies in the kernel */
	char comm[16], psargs[KERN_PSARGS], clname[8];
	__s32 pri;
	struct kern_files files;
	char state, sname, pad0[2]; /* as pr_state and pr_sname of kern_lwpsinfo */
	char cwd[256], root[256], path_work[512], xargs_name[KERN_EXECNAME]; /* the last two are the fixed programs' own */
	union kern_xargs xargs;
};

/* Array `config`, one element, mmapable: what user space changes while the programs run. */
struct config {
	__u64 generation;  /* of aggregations: part of each key. User space adds 1, waits until no hook is busy, and drains the old one */
	__u64 wall_offset; /* walltimestamp - timestamp */
	__s32 exited;	   /* exit() was called: nothing fires any more but with after_exit */
	__s32 status;
	__u32 stopped;	   /* user space wants quiet: nothing fires */
	__u32 pad;
};

/* Array `drops`, per CPU, one __u64 for each. */
enum kern_drop {
	KDROP_PRINCIPAL,   /* ring buffer full */
	KDROP_AGGREGATION, KDROP_DYNAMIC, KDROP_SPEC, KDROP_SPECUNAVAIL, KDROP_DBLERROR,
	KDROP_NESTED,	   /* hook busy */
	KDROP_STORAGE,	   /* task storage could not be made */
	KDROP_RETRY,	   /* no room to take a firing again at return */
	KDROP_LEAF,	   /* tail call failed */
	KDROP_NR,	   /* number out of range */
	KDROP_COUNT
};

/* In front of each record (bpf/run/record.h) in the ring buffer. Speculations wait in user space: their records carry the id,
 * commit and discard are messages of their own, in the order of events. */
struct ring_head {
	__u32 kind; /* enum ring_kind */
	__u32 spec; /* 0: none */
};
enum ring_kind { RING_RECORD = 1, RING_COMMIT, RING_DISCARD, RING_AGGREGATION };

/* RING_AGGREGATION: a value for which the map had no element and the kernel no memory for one at that moment (what it keeps ready
 * is filled up between firings). User space adds it. head.spec is the aggregation's number; the key of the map follows. */
struct ring_aggregation {
	struct ring_head head;
	__s64 value, weight;
};

/* Whose firings count. Constant, so that the verifier
 * drops what is not asked for. All tests that are set must hold. */
struct kern_scope {
	__u32 pidns;	   /* inode number of the pid namespace that the task must be in, or below; 0: no test */
	__u32 pid_level;   /* of that namespace, or without it of dtrace's own: the numbers that pid, ppid, tid show */
	__u32 mntns;	   /* inode number of the mount namespace; 0: no test */
	__s32 tgid;	   /* -p: the process as pid_level numbers it; 0: no test */
	__u64 cgroup;	   /* id (inode number) of the cgroup that the task must be in, or below; 0: no test */
	__u32 cgroup_level; /* how many cgroups are above it */
	__u32 cgroup_controller; /* enum kern_controller: the hierarchy it is in */
};
/* KERN_CGROUP2: the unified hierarchy; the others are version 1, by a controller's css. */
enum kern_controller { KERN_CGROUP2, KERN_CGROUP_MEMORY, KERN_CGROUP_PIDS, KERN_CGROUP_CPU, KERN_CGROUP_DEVICES, KERN_CGROUP_FREEZER };

/* What is the same for all targets of a hook. The light programs (fire.h) are loaded for just that. */
struct kern_hook_needs {
	__u32 some, all; /* NEED_... that any of them has, that each of them has */
	__u32 leaf;	 /* of all of them; 0: they have several */
};

/* The only variable in .rodata of the fixed programs: user space copies one over the map's initial value. */
struct kern_constants {
	struct kern_scope scope;
	__u32 scratch_slots;		 /* only hooks in use have scratch: how many they are, */
	__u32 scratch_slot[HOOK_COUNT];	 /* and each one's place */
	__u32 map_ids;			 /* uid, gid as the task's own user namespace numbers them; else as the kernel does */
	__u32 kernel_addresses;		 /* profile: arg0 is the kernel's program counter; else 1 for "in the kernel" */
	__u32 unneeded;			 /* NEED_... that no target asks for: the verifier need not look at what fills them */
	__u32 retries;			 /* light programs: some target has `retry` */
	struct kern_hook_needs needs[HOOK_COUNT]; /* light programs */
};

/* The maps, by the names that the fixed programs give them. Sizes with * are set by user space before loading.
 *	scratch	  ARRAY*, index cpu * scratch_slots + scratch_slot[hook]: struct firing, then what the generator needs	(mmapable)
 *	targets	  ARRAY: struct target
 *	config	  ARRAY, 1: struct config	(mmapable)
 *	drops	  PERCPU_ARRAY: __u64
 *	leaves	  PROG_ARRAY*: raw_tp leaves;  profile_leaves: perf_event ones
 *	ring	  RINGBUF*
 *	retries	  HASH*: firing.task -> struct firing. A leaf of HOOK_SYS_ENTER that could not copy in from a page that is not there
 *		  yet keeps its firing here (target.retry not 0), with `again` set; at return the program of HOOK_SYS_RETRY takes it
 *		  out into its own scratch and calls leaf target.retry
 *	profiles  HASH: __u64 period -> struct target of the profile probe whose perf events have that sample_period (ns; two probes
 *		  of one period differ by a ns, which nobody can tell)
 * Made by user space for the leaves alone (bpf/gen/gen.h says how many and how large): globals, selfs, aggs, dynvars, strings.
 *
 * Quiet: after `generation` or `stopped` has changed, a program that began before may still run. User space runs the program of
 * HOOK_RUN with leaf 0 on each CPU (BPF_F_TEST_RUN_ON_CPU: an interrupt there, after which that CPU's stores can be seen), then waits
 * until it sees no `busy`. */

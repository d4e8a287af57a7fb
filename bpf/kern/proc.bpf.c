// SPDX-License-Identifier: GPL-2.0-only
/*
 * The proc provider. Which tracepoint of Linux a probe stands on, is what its section says; where there is none, the system call that
 * does it (exec, exec-failure, start, signal-clear).
 */
#include "xargs.h"

#if defined(__TARGET_ARCH_x86)
#define NR_clone	  56 /* asm/unistd_64.h */
#define NR_fork		  57
#define NR_vfork	  58
#define NR_execve	  59
#define NR_rt_sigtimedwait 128
#define NR_execveat	  322
#define NR_compat_clone	  120 /* asm/unistd_32.h */
#define NR_compat_fork	  2
#define NR_compat_vfork	  190
#define NR_compat_execve  11
#define NR_compat_rt_sigtimedwait 177
#define NR_compat_execveat 358
#else
#define NR_clone	  220 /* asm-generic/unistd.h */
#define NR_fork		  -1
#define NR_vfork	  -1
#define NR_execve	  221
#define NR_rt_sigtimedwait 137
#define NR_execveat	  281
#define NR_compat_clone	  120 /* arch/arm64/tools/syscall_32.tbl */
#define NR_compat_fork	  2
#define NR_compat_vfork	  190
#define NR_compat_execve  11
#define NR_compat_rt_sigtimedwait 177
#define NR_compat_execveat 387
#endif
#define NR_clone3 435 /* in all tables */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct sigaction { void *sa_handler; };
struct k_sigaction { struct sigaction sa; };
#pragma clang attribute pop

static __always_inline struct task_struct *current(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

static __always_inline bool wants_args(const struct firing *f)
{
	return f->target.needs & NEED_ARGS;
}

SEC("raw_tp/sys_enter")
int proc_exec(struct bpf_raw_tracepoint_args *ctx)
{
	long nr = (long)ctx->args[1];
	struct task_struct *t = current();
	bool compat, is_at;
	struct firing *f;
	__u64 args[6];

	if (nr != NR_execve && nr != NR_execveat && nr != NR_compat_execve && nr != NR_compat_execveat)
		return 0;
	compat = is_compat(t, RAW);
	is_at = nr == (compat ? NR_compat_execveat : NR_execveat);
	if (!is_at && nr != (compat ? NR_compat_execve : NR_execve))
		return 0;
	f = fire_hook(HOOK_PROC_EXEC, t);
	if (!f)
		return 0;
	f->compat = compat;
	if (wants_args(f)) {
		regs_arguments(args, t, (void *)ctx->args[0], compat, RAW);
		f->xargs.text[0] = 0;
		bpf_probe_read_user_str(f->xargs.text, sizeof(f->xargs.text), (void *)args[is_at]);
		f->args[0] = XARG(text);
	}
	return fire_leaf(ctx, f);
}

SEC("raw_tp/sched_process_exec")
int proc_exec_success(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = fire_hook(HOOK_PROC_EXEC_SUCCESS, current());

	return f ? fire_leaf(ctx, f) : 0;
}

SEC("raw_tp/sys_exit")
int proc_exec_failure(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = current();
	long nr, ret = (long)ctx->args[1];
	struct firing *f;

	if (ret >= 0)
		return 0;
	nr = regs_syscall(t, (void *)ctx->args[0], RAW);
	if (is_compat(t, RAW) ? nr != NR_compat_execve && nr != NR_compat_execveat : nr != NR_execve && nr != NR_execveat)
		return 0;
	f = fire_hook(HOOK_PROC_EXEC_FAILURE, t);
	if (!f)
		return 0;
	f->args[0] = (__u64)-ret;
	return fire_leaf(ctx, f);
}

/* The last thread of a process: signal->live counts those that have not got here. */
SEC("raw_tp/sched_process_exit")
int proc_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = current();
	struct firing *f;
	__u32 code;

	if (BPF_CORE_READ(t, signal, live.counter) > 0)
		return 0;
	f = fire_hook(HOOK_PROC_EXIT, t);
	if (!f)
		return 0;
	code = (__u32)READ(t, exit_code, RAW);
	f->args[0] = (code & 127) == 0 ? 1 : code & 128 ? 3 : 2; /* CLD_EXITED, CLD_DUMPED, CLD_KILLED */
	return fire_leaf(ctx, f);
}

SEC("raw_tp/sched_process_exit")
int proc_lwp_exit(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = fire_hook(HOOK_PROC_LWP_EXIT, current());

	return f ? fire_leaf(ctx, f) : 0;
}

static __always_inline bool is_thread(struct task_struct *t)
{
	return READ(t, group_leader, RAW) != t;
}

SEC("raw_tp/sched_process_fork")
int proc_create(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *child = (void *)ctx->args[1];
	struct firing *f;

	if (is_thread(child))
		return 0;
	f = fire_hook(HOOK_PROC_CREATE, current());
	if (!f)
		return 0;
	if (wants_args(f)) {
		xargs_ps(f, child, 1);
		f->args[0] = XARG(task.ps);
	}
	return fire_leaf(ctx, f);
}

SEC("raw_tp/sched_process_fork")
int proc_lwp_create(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *child = (void *)ctx->args[1];
	struct firing *f;

	if (!is_thread(child))
		return 0;
	f = fire_hook(HOOK_PROC_LWP_CREATE, current());
	if (!f)
		return 0;
	if (wants_args(f))
		xargs_task(f, child, 1);
	return fire_leaf(ctx, f);
}

/* A child's first act is to return 0 from the call that made it. */
static __always_inline int on_start(struct bpf_raw_tracepoint_args *ctx, enum kern_hook hook, bool want_thread)
{
	struct task_struct *t = current();
	struct firing *f;
	long nr;

	if (ctx->args[1] != 0)
		return 0;
	nr = regs_syscall(t, (void *)ctx->args[0], RAW);
	if (is_compat(t, RAW) ? nr != NR_compat_clone && nr != NR_compat_fork && nr != NR_compat_vfork && nr != NR_clone3
			      : nr != NR_clone && nr != NR_fork && nr != NR_vfork && nr != NR_clone3)
		return 0;
	if (is_thread(t) != want_thread)
		return 0;
	f = fire_hook(hook, t);
	return f ? fire_leaf(ctx, f) : 0;
}

SEC("raw_tp/sys_exit")
int proc_start(struct bpf_raw_tracepoint_args *ctx)
{
	return on_start(ctx, HOOK_PROC_START, false);
}

SEC("raw_tp/sys_exit")
int proc_lwp_start(struct bpf_raw_tracepoint_args *ctx)
{
	return on_start(ctx, HOOK_PROC_LWP_START, true);
}

/* signal_generate: (signal, info, task, group, result). */
#define SIGNAL_IGNORED 1 /* TRACE_SIGNAL_IGNORED, include/trace/events/signal.h */

static __always_inline int on_signal(struct bpf_raw_tracepoint_args *ctx, enum kern_hook hook)
{
	struct task_struct *t = current(), *to = (void *)ctx->args[2];
	struct firing *f = fire_hook(hook, t);

	if (!f)
		return 0;
	if (wants_args(f))
		xargs_task(f, to, to == t);
	f->args[2] = ctx->args[0];
	return fire_leaf(ctx, f);
}

SEC("raw_tp/signal_generate")
int proc_signal_send(struct bpf_raw_tracepoint_args *ctx)
{
	return on_signal(ctx, HOOK_PROC_SIGNAL_SEND);
}

SEC("raw_tp/signal_generate")
int proc_signal_discard(struct bpf_raw_tracepoint_args *ctx)
{
	return (__u32)ctx->args[4] == SIGNAL_IGNORED ? on_signal(ctx, HOOK_PROC_SIGNAL_DISCARD) : 0;
}

/* signal_deliver: (signal, info, action); default and ignored signals (0, 1) have no handler. */
SEC("raw_tp/signal_deliver")
int proc_signal_handle(struct bpf_raw_tracepoint_args *ctx)
{
	__u64 handler = (__u64)READ((struct k_sigaction *)ctx->args[2], sa.sa_handler, RAW);
	struct firing *f;

	if (handler < 2)
		return 0;
	f = fire_hook(HOOK_PROC_SIGNAL_HANDLE, current());
	if (!f)
		return 0;
	if (wants_args(f)) {
		xargs_siginfo(f, ctx->args[1], (__u32)ctx->args[0], 0);
		f->args[0] = ctx->args[0];
		f->args[1] = XARG(task.sig);
		f->args[2] = handler;
	}
	return fire_leaf(ctx, f);
}

/* sigwait() and its like took a signal: they are rt_sigtimedwait, which returns its number. */
SEC("raw_tp/sys_exit")
int proc_signal_clear(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = current();
	struct firing *f;
	bool compat;
	__u64 args[6];
	long nr;

	if ((long)ctx->args[1] <= 0)
		return 0;
	nr = regs_syscall(t, (void *)ctx->args[0], RAW);
	compat = is_compat(t, RAW);
	if (nr != (compat ? NR_compat_rt_sigtimedwait : NR_rt_sigtimedwait))
		return 0;
	f = fire_hook(HOOK_PROC_SIGNAL_CLEAR, t);
	if (!f)
		return 0;
	if (wants_args(f)) {
		regs_arguments(args, t, (void *)ctx->args[0], compat, RAW);
		xargs_siginfo(f, compat ? 0 : args[1], (__u32)ctx->args[1], 1); /* a 32-bit siginfo has another layout */
		f->args[0] = ctx->args[1];
		f->args[1] = XARG(task.sig);
	}
	return fire_leaf(ctx, f);
}

/* Numbers of sys/fault.h of Solaris, which a script compares args[0] with. */
enum { FLTILL = 1, FLTBPT = 3, FLTTRACE = 4, FLTACCESS = 5, FLTBOUNDS = 6, FLTIOVF = 7, FLTIZDIV = 8, FLTFPE = 9 };

static __always_inline __u32 fault_of(__u32 signo, __s32 code)
{
	switch (signo) {
	case 4: /* SIGILL */
		return FLTILL;
	case 5: /* SIGTRAP: TRAP_TRACE is 2 */
		return code == 2 ? FLTTRACE : FLTBPT;
	case 7: /* SIGBUS: BUS_ADRALN is 1 */
		return code == 1 ? FLTACCESS : FLTBOUNDS;
	case 8: /* SIGFPE: FPE_INTDIV is 1, FPE_INTOVF 2 */
		return code == 1 ? FLTIZDIV : code == 2 ? FLTIOVF : FLTFPE;
	case 11: /* SIGSEGV */
		return FLTBOUNDS;
	}
	return 0;
}

/* A signal that the kernel makes for the running thread: it has a code above 0, which no sender can give. */
SEC("raw_tp/signal_generate")
int proc_fault(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = current();
	__u64 info = ctx->args[1];
	__u32 fault, signo = (__u32)ctx->args[0];
	__s32 code = 0;
	struct firing *f;

	if ((struct task_struct *)ctx->args[2] != t || info < 2)
		return 0;
	bpf_probe_read_kernel(&code, sizeof(code), (void *)info + 8); /* si_code */
	fault = fault_of(signo, code);
	if (!fault || code <= 0)
		return 0;
	f = fire_hook(HOOK_PROC_FAULT, t);
	if (!f)
		return 0;
	if (wants_args(f)) {
		xargs_siginfo(f, info, signo, 0);
		f->args[0] = fault;
		f->args[1] = XARG(task.sig);
	}
	return fire_leaf(ctx, f);
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fixed programs of system calls, and the one that user space runs itself (BEGIN, END, tick). Container test first: a task that
 * is out of scope costs that test and nothing is kept of it.
 */
#include "fire.h"

static __always_inline int syscall_entry(struct bpf_raw_tracepoint_args *ctx, struct task_struct *t, bool known, bool light)
{
	long nr = (long)ctx->args[1];
	struct target *target;
	struct firing *f;
	__u32 key, needs;
	bool compat;

	if (known ? !in_scope(t, KNOWN) : !in_scope_raw(t))
		return 0;
	if (nr < 0) /* a tracer or a filter took the call away */
		return 0;
	if (nr >= KERN_NR_MAX) {
		count_drop(KDROP_NR);
		return 0;
	}
	compat = is_compat(t, known);
	key = (compat ? TARGET_ENTER_COMPAT : TARGET_ENTER) + (__u32)nr;
	target = bpf_map_lookup_elem(&targets, &key);
	if (!target || !target->leaf)
		return 0;
	f = fire_begin(HOOK_SYS_ENTER, false);
	if (!f)
		return 0;
	f->compat = compat;
	needs = fire_needs(HOOK_SYS_ENTER, target, light);
	if (known)
		fire_fill(f, target, needs, t, KNOWN, light);
	else
		fire_fill_raw(f, target, t);
	if (needs & NEED_ARGS)
		regs_arguments(f->args, t, (void *)ctx->args[0], compat, known);
	return light ? fire_only_leaf(ctx, f, HOOK_SYS_ENTER) : fire_leaf(ctx, f);
}

static __always_inline int syscall_return(struct bpf_raw_tracepoint_args *ctx, struct task_struct *t, bool known, bool light)
{
	struct target *target;
	struct firing *f;
	bool compat;
	__u32 key;
	long nr, ret;

	if (known ? !in_scope(t, KNOWN) : !in_scope_raw(t))
		return 0;
	nr = regs_syscall(t, (void *)ctx->args[0], known);
	if (nr < 0 || nr >= KERN_NR_MAX) /* counted at entry; after sigreturn there is no number any more */
		return 0;
	compat = is_compat(t, known);
	key = (compat ? TARGET_EXIT_COMPAT : TARGET_EXIT) + (__u32)nr;
	target = bpf_map_lookup_elem(&targets, &key);
	if (!target || !target->leaf)
		return 0;
	f = fire_begin(HOOK_SYS_EXIT, false);
	if (!f)
		return 0;
	ret = (long)ctx->args[1];
	f->compat = compat;
	if (known)
		fire_fill(f, target, fire_needs(HOOK_SYS_EXIT, target, light), t, KNOWN, light);
	else
		fire_fill_raw(f, target, t);
	f->args[0] = f->args[1] = (__u64)ret;
	f->args[2] = f->args[3] = f->args[4] = f->args[5] = 0;
	f->error = ret < 0 && ret > -4096 ? (__s32)-ret : 0; /* MAX_ERRNO, include/linux/err.h */
	return light ? fire_only_leaf(ctx, f, HOOK_SYS_EXIT) : fire_leaf(ctx, f);
}

static __always_inline int user_run(struct bpf_raw_tracepoint_args *ctx, struct task_struct *t, bool known, bool light)
{
	struct target target = { 0 };
	struct firing *f;

	target.leaf = (__u16)ctx->args[0];
	target.probe[0] = (__u32)ctx->args[1];
	target.needs = (__u32)ctx->args[2];
	if (!target.leaf)
		return light ? in_scope(t, KNOWN) : in_scope_raw(t);
	f = fire_begin(HOOK_RUN, ctx->args[3] != 0);
	if (!f)
		return 0;
	(void)known;
	if (light)
		fire_fill(f, &target, fire_needs(HOOK_RUN, &target, LIGHT), t, KNOWN, LIGHT);
	else
		fire_fill_raw(f, &target, t);
	f->args[0] = ctx->args[4];
	f->args[1] = ctx->args[5];
	f->args[2] = ctx->args[6];
	f->args[3] = ctx->args[7];
	f->args[4] = ctx->args[8];
	f->args[5] = ctx->args[9];
	f->args[6] = ctx->args[10];
	f->args[7] = ctx->args[11];
	return fire_leaf(ctx, f);
}

/* A firing of sys_enter that its leaf kept, because a page to copy in from was not there yet: the call has touched it by now. */
static __always_inline int on_syscall_retry(struct bpf_raw_tracepoint_args *ctx, struct task_struct *t, bool known)
{
	__u64 task = task_identity((struct task_struct *)bpf_get_current_task());
	struct firing *kept = bpf_map_lookup_elem(&retries, &task), *f;

	if (!kept)
		return 0;
	f = fire_begin(HOOK_SYS_RETRY, false);
	if (f)
		bpf_probe_read_kernel(f, sizeof(*f), kept);
	bpf_map_delete_elem(&retries, &task);
	if (!f)
		return 0;
	f->busy = 1;
	f->hook = HOOK_SYS_RETRY;
	f->target.leaf = f->target.retry;
	f->not_current = f->kept_mm != (__u64)READ(t, mm, known); /* execve: what the pointer led to is gone */
	return fire_leaf(ctx, f);
}

#define FULL_WITH_CURRENT(function, ctx)                                                        \
	(has_task_btf() ? function(ctx, bpf_get_current_task_btf(), KNOWN, FULL)                \
			: function(ctx, (struct task_struct *)bpf_get_current_task(), RAW, FULL))

SEC("raw_tp/sys_enter")
int sys_enter(struct bpf_raw_tracepoint_args *ctx)
{
	return FULL_WITH_CURRENT(syscall_entry, ctx);
}

SEC("raw_tp/sys_exit")
int sys_exit(struct bpf_raw_tracepoint_args *ctx)
{
	return FULL_WITH_CURRENT(syscall_return, ctx);
}

SEC("raw_tp/sys_exit")
int sys_retry(struct bpf_raw_tracepoint_args *ctx)
{
	return WITH_CURRENT(on_syscall_retry, ctx);
}

/* Attached nowhere. */
SEC("raw_tp")
int run(struct bpf_raw_tracepoint_args *ctx)
{
	return FULL_WITH_CURRENT(user_run, ctx);
}

SEC("raw_tp/sys_enter")
int sys_enter_light(struct bpf_raw_tracepoint_args *ctx)
{
	return syscall_entry(ctx, bpf_get_current_task_btf(), KNOWN, LIGHT);
}

SEC("raw_tp/sys_exit")
int sys_exit_light(struct bpf_raw_tracepoint_args *ctx)
{
	return syscall_return(ctx, bpf_get_current_task_btf(), KNOWN, LIGHT);
}

SEC("raw_tp")
int run_light(struct bpf_raw_tracepoint_args *ctx)
{
	return user_run(ctx, bpf_get_current_task_btf(), KNOWN, LIGHT);
}

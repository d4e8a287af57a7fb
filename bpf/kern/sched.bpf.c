// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sched provider, on tracepoints of the scheduler. sched_switch is (preempt, previous, next, ...), and the previous task still
 * runs. A probe belongs to the task it is about: that one must be in scope; the task that happens to run when it fires is shown only
 * if it is, too. tick has no tracepoint of its own.
 */
#include "xargs.h"

#define PREVIOUS(ctx) ((struct task_struct *)(ctx)->args[1])
#define NEXT(ctx)     ((struct task_struct *)(ctx)->args[2])

static __always_inline bool blocks(struct bpf_raw_tracepoint_args *ctx)
{
	return !(ctx->args[0] & 1) && task_state(PREVIOUS(ctx));
}

SEC("raw_tp/sched_switch")
int sched_off_cpu(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = fire_hook(HOOK_SCHED_OFF_CPU, PREVIOUS(ctx));

	if (!f)
		return 0;
	if (f->target.needs & NEED_ARGS)
		xargs_task(f, NEXT(ctx), 0);
	return fire_leaf(ctx, f);
}

/* The next task is not the current one yet, and its memory is not mapped. */
SEC("raw_tp/sched_switch")
int sched_on_cpu(struct bpf_raw_tracepoint_args *ctx)
{
	__u32 key = TARGET_HOOK + HOOK_SCHED_ON_CPU;
	struct target *target = bpf_map_lookup_elem(&targets, &key);
	struct firing *f;

	if (!target || !target->leaf || !in_scope_raw(NEXT(ctx)))
		return 0;
	f = fire_begin(HOOK_SCHED_ON_CPU, false);
	if (!f)
		return 0;
	f->not_current = 1;
	fire_fill_raw(f, target, NEXT(ctx));
	return fire_leaf(ctx, f);
}

SEC("raw_tp/sched_switch")
int sched_sleep(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = blocks(ctx) ? fire_hook(HOOK_SCHED_SLEEP, PREVIOUS(ctx)) : 0;

	return f ? fire_leaf(ctx, f) : 0;
}

/* Taken off the CPU although it could go on. */
SEC("raw_tp/sched_switch")
int sched_preempt(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = blocks(ctx) ? 0 : fire_hook(HOOK_SCHED_PREEMPT, PREVIOUS(ctx));

	return f ? fire_leaf(ctx, f) : 0;
}

/* args[0 .. 2]: thread, process and CPU whose queue it is. */
static __always_inline void queue_args(struct firing *f, struct task_struct *t, __u32 cpu)
{
	if (f->target.needs & NEED_ARGS) {
		xargs_task(f, t, 0);
		xargs_cpu(f, cpu);
		f->args[3] = 0; /* to the front of the queue: Linux has none */
	}
}

static __always_inline int on_enqueue(struct bpf_raw_tracepoint_args *ctx, struct task_struct *t)
{
	struct firing *f = fire_hook_about(HOOK_SCHED_ENQUEUE, t, (struct task_struct *)bpf_get_current_task());

	if (!f)
		return 0;
	queue_args(f, t, task_cpu(t));
	return fire_leaf(ctx, f);
}

SEC("raw_tp/sched_wakeup")
int sched_enqueue(struct bpf_raw_tracepoint_args *ctx)
{
	return on_enqueue(ctx, (struct task_struct *)ctx->args[0]);
}

SEC("raw_tp/sched_wakeup_new")
int sched_enqueue_new(struct bpf_raw_tracepoint_args *ctx)
{
	return on_enqueue(ctx, (struct task_struct *)ctx->args[0]);
}

/* A task that could go on goes back to the queue. */
SEC("raw_tp/sched_switch")
int sched_enqueue_switch(struct bpf_raw_tracepoint_args *ctx)
{
	return blocks(ctx) ? 0 : on_enqueue(ctx, PREVIOUS(ctx));
}

/* The next task leaves the queue; it is about that one, while the previous still runs. */
SEC("raw_tp/sched_switch")
int sched_dequeue(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = fire_hook_about(HOOK_SCHED_DEQUEUE, NEXT(ctx), PREVIOUS(ctx));

	if (!f)
		return 0;
	queue_args(f, NEXT(ctx), bpf_get_smp_processor_id());
	return fire_leaf(ctx, f);
}

static __always_inline int on_other(struct bpf_raw_tracepoint_args *ctx, enum kern_hook hook, struct task_struct *about, __u64 arg2)
{
	struct firing *f = fire_hook_about(hook, about, (struct task_struct *)bpf_get_current_task());

	if (!f)
		return 0;
	if (f->target.needs & NEED_ARGS) {
		xargs_task(f, about, 0);
		f->args[2] = arg2;
	}
	return fire_leaf(ctx, f);
}

/* sched_waking fires where the waker is, sched_wakeup on the CPU that takes the task. */
SEC("raw_tp/sched_waking")
int sched_wakeup(struct bpf_raw_tracepoint_args *ctx)
{
	return on_other(ctx, HOOK_SCHED_WAKEUP, (struct task_struct *)ctx->args[0], 0);
}

/* A priority lent by who waits for a mutex: the tracepoint knows no other change. args[2] is the new one. */
SEC("raw_tp/sched_pi_setprio")
int sched_change_pri(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = (struct task_struct *)ctx->args[0], *donor = (struct task_struct *)ctx->args[1];
	__u32 own = READ(t, prio, RAW), lent = donor ? READ(donor, prio, RAW) : own;

	return on_other(ctx, HOOK_SCHED_CHANGE_PRI, t, lent < own ? lent : own);
}

/* (task, cpu, flag), since 6.14: a task that runs is told to make way; on another CPU than this one. */
SEC("raw_tp/sched_set_need_resched_tp")
int sched_surrender(struct bpf_raw_tracepoint_args *ctx)
{
	if ((__u32)ctx->args[1] == bpf_get_smp_processor_id())
		return 0;
	return on_other(ctx, HOOK_SCHED_SURRENDER, (struct task_struct *)ctx->args[0], 0);
}

/* (is_switch), since 6.15: the scheduler is done, and the same task goes on. */
SEC("raw_tp/sched_exit_tp")
int sched_remain_cpu(struct bpf_raw_tracepoint_args *ctx)
{
	struct firing *f = ctx->args[0] & 1 ? 0 : fire_hook(HOOK_SCHED_REMAIN_CPU, (struct task_struct *)bpf_get_current_task());

	return f ? fire_leaf(ctx, f) : 0;
}

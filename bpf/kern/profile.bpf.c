// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fixed program of profile-N: a perf event on each CPU, whose period says which probe it is.
 */
#include <linux/bpf_perf_event.h>

#include "fire.h"

#if defined(__TARGET_ARCH_x86)
#define REGS_PC(r)     ((r)->rip)
#define REGS_IS_USER(r) (((r)->cs & 3) == 3)
#else
#define REGS_PC(r)     ((r)->pc)
#define REGS_IS_USER(r) (((r)->pstate & 15) == 0) /* exception level 0 */
#endif

static __always_inline int on_profile(struct bpf_perf_event_data *ctx, struct task_struct *t, bool known)
{
	__u64 period = ctx->sample_period, pc = REGS_PC(&ctx->regs);
	struct target *target;
	struct firing *f;
	bool is_user;

	if (known ? !in_scope(t, KNOWN) : !in_scope_raw(t))
		return 0;
	target = bpf_map_lookup_elem(&profiles, &period);
	if (!target || !target->leaf)
		return 0;
	f = fire_begin(HOOK_PROFILE, false);
	if (!f)
		return 0;
	fire_fill_raw(f, target, t);
	is_user = REGS_IS_USER(&ctx->regs);
	f->args[0] = is_user ? 0 : constants.kernel_addresses ? pc : 1;
	f->args[1] = is_user ? pc : 0;
	bpf_tail_call(ctx, &profile_leaves, f->target.leaf);
	f->busy = 0;
	count_drop(KDROP_LEAF);
	return 0;
}

SEC("perf_event")
int profile(struct bpf_perf_event_data *ctx)
{
	return WITH_CURRENT(on_profile, ctx);
}

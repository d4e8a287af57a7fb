/* SPDX-License-Identifier: GPL-2.0-only
 * From enabled probes to what the kernel is given: which hooks, which target has which leaf, which clauses a leaf runs.
 * Probes with the same clauses share a leaf: `syscall:::` has two. Nothing is loaded here.
 */
#pragma once

#include "enable.h"

#include "bpf/gen/gen.h"

/* A leaf to be made. Its index in the PROG_ARRAY is its place in the list plus 1. */
struct plan_leaf {
	enum kern_hook hook;
	struct gen_call *calls;
	uint32_t n;
	uint32_t needs; /* NEED_... */
	uint16_t again; /* HOOK_SYS_ENTER: its leaf of HOOK_SYS_RETRY; 0: none */
};

/* A target, with what fires it. */
struct plan_target {
	uint32_t index; /* in the map `targets`; of HOOK_RUN and HOOK_PROFILE: of the probe in enabling.list */
	enum kern_hook hook;
	struct target target;
};

struct plan {
	struct plan_leaf *leaves;
	uint32_t nleaves, leaves_room;
	struct plan_target *targets;
	uint32_t ntargets;
	uint32_t hooks;		       /* how many are used */
	uint32_t slot[HOOK_COUNT];     /* place of its scratch, for those that are used */
	bool uses[HOOK_COUNT];
	struct gen_call *error;	       /* the clauses of dtrace:::ERROR */
	uint32_t nerror, error_probe;
};

/* Makes the plan. alias: lx-syscall::open is also what libc calls today for open(). 0 or -ENOMEM; plan_free in either case. */
int plan_init(struct plan *p, const struct enabling *e, const struct gen *g, bool alias);
void plan_free(struct plan *p);

/* Whether the probe may fire for another task than the one that runs (state.h: KERN_NOT_CURRENT): self-> then goes by the firing. */
bool plan_is_elsewhere(const struct prov_probe *p);

/* Whether the kernel must fire this probe (no user space can). */
bool plan_is_kernel(const struct prov_probe *p);

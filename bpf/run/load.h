/* SPDX-License-Identifier: GPL-2.0-only
 * Programs and maps in the kernel: the only caller of bpf(2), perf_event_open(2) and libbpf. Everything is held by descriptors of
 * this process: when it ends, however it ends, nothing of it is left in the kernel.
 *
 * Failures are one sentence in `why` (size bytes), without the program's name in front.
 */
#pragma once

#include "bpf/gen/gen.h"
#include "bpf/kern/state.h"

#include <stdbool.h>
#include <stddef.h>

#define LOAD_WHY_MAX 4096 /* bytes for a sentence, with lines of the verifier's */

/* Whether this process may load BPF programs here at all, and if not, what is missing. The reason is told apart: no permission
 * (capabilities, seccomp), a kernel without BPF, without BTF, lockdown, a sysctl. */
bool load_allowed(char *why, size_t size);

/* What this kernel can do, found out by trying: the members of f that say so. */
void load_features(struct gen_features *f);

/* How many CPUs the kernel counts with: values of per-CPU maps have one part for each. 0: unknown. */
unsigned load_cpus(void);

struct load_config {
	struct kern_constants constants;
	const bool *hooks;	     /* HOOK_COUNT: which fixed programs */
	const struct gen_map *maps;  /* of the leaves */
	uint32_t nmaps;
	uint32_t scratch_size;	     /* bytes of an element */
	uint32_t ring_size;	     /* bytes; a power of two, of pages at least */
	uint32_t leaves;	     /* largest index in the PROG_ARRAYs */
	uint32_t retries;	     /* firings that wait to be taken again */
	bool light;		     /* the light programs (bpf/kern/fire.h) do: no leaf needs NEED_SELDOM, nor mapped ids; constants.needs
				      * are set; there is bpf_get_current_task_btf() */
	bool destructive, kernel_stacks; /* what leaves may do: leafcheck.h */
};

struct load;

/* Makes the maps and loads the fixed programs; attaches nothing. NULL with why. */
struct load *load_new(const struct load_config *c, char *why, size_t size);
/* Detaches and forgets everything. */
void load_free(struct load *l);

/* Checks a leaf (leafcheck.h), loads it and puts it into the PROG_ARRAY (of profile leaves: profile) at index. false: why has the kernel's reason, the line of D
 * as far as it is known, and the verifier's last lines. */
bool load_leaf(struct load *l, uint32_t index, bool profile, const struct gen_leaf *leaf, char *why, size_t size);

/* Says which leaves n targets have; they are where index says in the map. */
bool load_targets(struct load *l, const uint32_t *index, const struct target *t, uint32_t n, char *why, size_t size);

/* Attaches the fixed programs of the hooks. Where this kernel lacks a tracepoint and others are attached, true with a
 * sentence about it in why, which else is "". */
bool load_attach(struct load *l, char *why, size_t size);
/* Adds perf events of this period on each CPU (or on `cpu` alone, if it is not -1), whose samples fire the target. */
bool load_profile(struct load *l, uint64_t period_ns, int cpu, const struct target *t, char *why, size_t size);
/* Takes all back; programs that run just now end in their own time: see load_quiet. */
void load_detach(struct load *l);

/* Runs the program of HOOK_RUN here, on the CPU where we are. 0 or negative errno. */
int load_run(struct load *l, const struct run_context *c);

/* Whether dtrace itself is in the scope that the programs test. */
bool load_in_scope(struct load *l);

/* Waits until no firing is under way that began before the call. */
void load_quiet(struct load *l);

/* The map `config`, in memory that both sides see. */
struct config *load_shared(struct load *l);

/* Descriptors: of map i of load_config.maps, of the ring buffer, of the map of drops. */
int load_map(const struct load *l, uint32_t i);
int load_ring(const struct load *l);
uint32_t load_ring_size(const struct load *l);

/* Reads the drop counters of all CPUs: n[cpu * KDROP_COUNT + kind]. 0 or negative errno. */
int load_drops(const struct load *l, uint64_t *n);

/* How often the kernel did not run an attached program because it was running on that CPU already. */
uint64_t load_misses(const struct load *l);

/* bpf(2) on one element or on many; as bpf_map_update_elem(3) and its like, but 0 or negative errno. */
int load_put(int map, const void *key, const void *value);
int load_get(int map, const void *key, void *value);
int load_read_batch(int map, void *in, void *out, void *keys, void *values, uint32_t *count);
int load_delete_batch(int map, const void *keys, uint32_t count);
int load_delete(int map, const void *key);

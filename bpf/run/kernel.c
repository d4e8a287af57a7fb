/* SPDX-License-Identifier: GPL-2.0-only
 * The back end in the kernel.
 */
#include "kernel.h"

#include "bpf/gen/gen.h"
#include "drain.h"
#include "load.h"
#include "plan.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define SECOND	    INT64_C(1000000000)
#define RING_LEAST  (64u << 10)
#define RING_USUAL  (1u << 20)
#define RETRIES_MAX 4096

struct kernel {
	struct kernel_config c;
	struct gen *gen;
	struct plan plan;
	struct load *load;
	struct drain *drain;
	struct config *shared;
	struct run_context *runs; /* by the place in enabling.list, for HOOK_RUN */
	struct utsname host; /* zonename: a container's host name is its id, or the name that it was given */
	uint64_t misses;
	bool knows_task; /* this kernel has bpf_get_current_task_btf() for our programs */
};

static int64_t wall_offset(void)
{
	struct timespec wall, boot;

	clock_gettime(CLOCK_REALTIME, &wall);
	clock_gettime(CLOCK_MONOTONIC, &boot);
	return (wall.tv_sec - boot.tv_sec) * SECOND + (wall.tv_nsec - boot.tv_nsec);
}

static bool is_before(unsigned long major, unsigned long minor)
{
	struct utsname u;
	unsigned long a, b;
	char *end;

	if (uname(&u) != 0)
		return false;
	a = strtoul(u.release, &end, 10);
	b = *end == '.' ? strtoul(end + 1, NULL, 10) : 0;
	return a < major || (a == major && b < minor);
}

/* Bytes of the ring buffer: records are taken out of it every few milliseconds, so it need not hold a second's as the buffer does.
 * Who sets bufsize knows better. */
static uint32_t ring_size(const struct options *o)
{
	uint64_t want = (uint64_t)o->value[OPT_BUFSIZE], size = RING_LEAST;

	if (!o->is_set[OPT_BUFSIZE])
		want = RING_USUAL;
	while (size < want && size < KERNEL_RING_MOST)
		size *= 2;
	return (uint32_t)size;
}

static bool fill_names(struct kernel *k, uint32_t map)
{
	const struct enabling *e = k->c.enabling;

	for (uint32_t i = 0; i < e->n; i++) {
		const struct prov_probe *p = e->list[i].probe;
		struct gen_names names = { 0 };

		snprintf(names.provider, sizeof names.provider, "%s", p->provider);
		snprintf(names.module, sizeof names.module, "%s", p->module);
		snprintf(names.function, sizeof names.function, "%s", p->function);
		snprintf(names.name, sizeof names.name, "%s", p->name);
		if (load_put(load_map(k->load, map), &p->id, &names) != 0)
			return false;
	}
	return true;
}

static bool fill_epids(struct kernel *k, uint32_t map)
{
	const struct enabling *e = k->c.enabling;

	for (uint32_t i = 0; i < e->n; i++) {
		for (uint32_t c = 0; c < e->list[i].n; c++) {
			const struct eval_enabling *pair = &e->list[i].clauses[c];
			uint32_t key[2] = { e->list[i].probe->id, pair->clause };

			if (load_put(load_map(k->load, map), key, &pair->epid) != 0)
				return false;
		}
	}
	return true;
}

/* The maps that leaves look names and numbers up in. */
static bool fill_maps(struct kernel *k, char *why, size_t size)
{
	const struct gen_map *maps;
	uint32_t n = gen_maps(k->gen, &maps);

	for (uint32_t i = 0; i < n; i++) {
		if ((maps[i].kind == GEN_PROBES && !fill_names(k, i)) || (maps[i].kind == GEN_EPIDS && !fill_epids(k, i))) {
			snprintf(why, size, "the tables of the program cannot be filled: %s", strerror(errno));
			return false;
		}
	}
	return true;
}

/* What is the same for all targets of each hook; returns what any leaf needs. */
static uint32_t needs_of_hooks(const struct plan *p, struct kern_hook_needs *hooks)
{
	bool seen[HOOK_COUNT] = { false };
	uint32_t needs = 0;

	for (uint32_t i = 0; i < p->nleaves; i++)
		needs |= p->leaves[i].needs;
	for (uint32_t i = 0; i < p->ntargets; i++) {
		const struct target *t = &p->targets[i].target;
		struct kern_hook_needs *h = &hooks[p->targets[i].hook];

		h->all = seen[p->targets[i].hook] ? h->all & t->needs : t->needs;
		h->leaf = !seen[p->targets[i].hook] || h->leaf == t->leaf ? t->leaf : 0;
		h->some |= t->needs;
		seen[p->targets[i].hook] = true;
	}
	return needs;
}

static bool load_programs(struct kernel *k, char *why, size_t size)
{
	const struct plan *p = &k->plan;
	struct gen_map *sized;
	struct load_config c = { .hooks = p->uses,
				 .scratch_size = gen_scratch_size(k->gen),
				 .ring_size = ring_size(k->c.options),
				 .leaves = p->nleaves,
				 .retries = p->uses[HOOK_SYS_RETRY] ? RETRIES_MAX : 0,
				 .destructive = k->c.options->value[OPT_DESTRUCTIVE] != 0,
				 .kernel_stacks = k->c.scope->is_host };
	uint32_t needs;

	c.nmaps = gen_maps(k->gen, &c.maps);
	sized = malloc((c.nmaps + 1) * sizeof *sized);
	if (!sized) {
		snprintf(why, size, "%s", strerror(ENOMEM));
		return false;
	}
	memcpy(sized, c.maps, c.nmaps * sizeof *sized);
	for (uint32_t i = 0; i < c.nmaps; i++) {
		if (sized[i].kind == GEN_PROBES)
			sized[i].max_entries = k->c.enabling->n + 1;
		if (sized[i].kind == GEN_EPIDS)
			sized[i].max_entries = k->c.enabling->nepids + 1;
	}
	c.maps = sized;
	c.constants.scope = k->c.scope->test;
	c.constants.map_ids = k->c.scope->map_ids;
	needs = needs_of_hooks(p, c.constants.needs);
	c.constants.unneeded = ~needs;
	c.constants.retries = p->uses[HOOK_SYS_RETRY];
	c.light = k->knows_task && !(needs & NEED_SELDOM) && !(k->c.scope->map_ids && (needs & NEED_UID));
	c.constants.kernel_addresses = k->c.scope->is_host;
	c.constants.scratch_slots = p->hooks;
	memcpy(c.constants.scratch_slot, p->slot, sizeof p->slot);
	k->load = load_new(&c, why, size);
	free(sized);
	if (!k->load)
		return false;
	/* A wrong level would show pids of another namespace. */
	if (k->c.scope->is_inside && !load_in_scope(k->load)) {
		snprintf(why, size, "dtrace is not in the pid namespace that it found: whose probes are to fire is not certain");
		return false;
	}
	k->shared = load_shared(k->load);
	k->shared->generation = 1;
	k->shared->wall_offset = (uint64_t)wall_offset();
	return true;
}

static bool load_one_leaf(struct kernel *k, uint32_t i, char *why, size_t size)
{
	const struct plan *p = &k->plan;
	const struct plan_leaf *l = &p->leaves[i];
	struct gen_place place = { l->hook, p->slot[l->hook], p->hooks };
	struct gen_leaf leaf = { 0 };
	bool good;

	if (gen_leaf(k->gen, &place, l->calls, l->n, p->error, p->nerror, p->error_probe, &leaf, why, size) != 0)
		return false;
	good = load_leaf(k->load, i + 1, l->hook == HOOK_PROFILE, &leaf, why, size);
	gen_leaf_free(&leaf);
	return good;
}

static bool set_targets(struct kernel *k, char *why, size_t size)
{
	uint32_t n = k->plan.ntargets, many = 0, *index = calloc(n + 1, sizeof *index);
	struct target *targets = calloc(n + 1, sizeof *targets);
	bool good = index && targets;

	if (!good)
		snprintf(why, size, "%s", strerror(ENOMEM));
	for (uint32_t i = 0; i < n && good; i++) {
		const struct plan_target *t = &k->plan.targets[i];

		if (t->hook == HOOK_RUN) {
			k->runs[t->index] = (struct run_context){ .leaf = t->target.leaf,
								  .probe = t->target.probe[0],
								  .needs = t->target.needs };
		} else if (t->hook != HOOK_PROFILE) {
			index[many] = t->index;
			targets[many++] = t->target;
		}
	}
	good = good && load_targets(k->load, index, targets, many, why, size);
	free(index);
	free(targets);
	return good;
}

struct kernel *kernel_new(const struct kernel_config *c, char *why, size_t size)
{
	struct kernel *k = calloc(1, sizeof *k);
	struct gen_features features = { .kernel_stack = c->scope->is_host,
					 .preallocate = enable_kind(c->enabling, PROV_PROFILE) && is_before(6, 1),
					 .aggsize = (uint64_t)c->options->value[OPT_AGGSIZE],
					 .cpus = load_cpus() };
	struct drain_config dc = { .program = c->program,
				   .enabling = c->enabling,
				   .probes = c->probes,
				   .buffer = c->buffer,
				   .aggs = c->aggs,
				   .cpus = load_cpus() };
	bool good;

	if (!k)
		goto memory;
	k->c = *c;
	k->runs = calloc(c->enabling->n + 1, sizeof *k->runs);
	if (!k->runs)
		goto memory;
	if (!load_allowed(why, size))
		goto out;
	load_features(&features);
	k->knows_task = features.task_storage;
	for (uint32_t i = 0; i < c->enabling->n; i++)
		features.task_storage = features.task_storage && !plan_is_elsewhere(c->enabling->list[i].probe);
	if (uname(&k->host) == 0)
		features.zonename = k->host.nodename;
	k->gen = gen_new(c->program, c->eval, &features, why, size);
	if (!k->gen)
		goto out;
	if (plan_init(&k->plan, c->enabling, k->gen, c->options->value[OPT_OPENALIAS] != 0) != 0)
		goto memory;
	good = load_programs(k, why, size) && fill_maps(k, why, size);
	for (uint32_t i = 0; i < k->plan.nleaves && good; i++)
		good = load_one_leaf(k, i, why, size);
	if (!good || !set_targets(k, why, size))
		goto out;
	dc.load = k->load;
	dc.gen = k->gen;
	k->drain = drain_new(&dc, why, size);
	if (k->drain)
		return k;
	goto out;
memory:
	snprintf(why, size, "%s", strerror(ENOMEM));
out:
	kernel_free(k);
	return NULL;
}

void kernel_free(struct kernel *k)
{
	if (!k)
		return;
	drain_free(k->drain);
	load_free(k->load);
	plan_free(&k->plan);
	gen_free(k->gen);
	free(k->runs);
	free(k);
}

/* Two probes of one period are told apart by a nanosecond: the map finds the target by the period. */
static uint64_t own_period(const struct kernel *k, uint32_t upto, uint64_t period)
{
	for (uint32_t i = 0; i < upto; i++) {
		const struct plan_target *t = &k->plan.targets[i];

		if (t->hook == HOOK_PROFILE && k->c.enabling->list[t->index].probe->period_ns == period)
			period++;
	}
	return period;
}

bool kernel_start(struct kernel *k, char *why, size_t size)
{
	for (uint32_t i = 0; i < k->plan.ntargets; i++) {
		const struct plan_target *t = &k->plan.targets[i];
		uint64_t period;

		if (t->hook != HOOK_PROFILE)
			continue;
		period = own_period(k, i, k->c.enabling->list[t->index].probe->period_ns);
		if (!load_profile(k->load, period, (int)k->c.options->value[OPT_CPU], &t->target, why, size))
			return false;
	}
	return load_attach(k->load, why, size);
}

void kernel_stop(struct kernel *k)
{
	k->shared->stopped = 1;
	load_detach(k->load);
	load_quiet(k->load);
	k->shared->stopped = 0;
}

int kernel_fire(struct kernel *k, const struct enabled *e)
{
	struct run_context *run = &k->runs[e - k->c.enabling->list];

	run->after_exit = e->probe->kind == PROV_END;
	return run->leaf ? load_run(k->load, run) : 0;
}

bool kernel_exited(const struct kernel *k, int *status)
{
	*status = k->shared->status;
	return __atomic_load_n(&k->shared->exited, __ATOMIC_ACQUIRE) != 0;
}

uint32_t kernel_drain_records(struct kernel *k)
{
	return drain_records(k->drain);
}

int kernel_drain_counts(struct kernel *k)
{
	/* The clock may have been set. */
	k->shared->wall_offset = (uint64_t)wall_offset();
	return drain_aggregations(k->drain);
}

int kernel_ring(const struct kernel *k)
{
	return load_ring(k->load);
}

void kernel_drops(struct kernel *k, struct drops *drops)
{
	uint64_t misses = load_misses(k->load);

	drain_drops(k->drain, drops);
	drops_add(drops, DROP_NESTED, 0, misses - k->misses);
	k->misses = misses;
}

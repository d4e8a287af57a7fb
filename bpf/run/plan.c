/* SPDX-License-Identifier: GPL-2.0-only
 * The plan of a run in the kernel.
 */
#include "plan.h"

#include "toolbox/lib/base.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What fires a target, before leaves are shared. */
struct entry {
	struct gen_call *calls;
	uint32_t n, room;
	uint32_t probes[4], nprobes;
	enum kern_hook hook;
	uint32_t index;
};

struct making {
	struct plan *p;
	const struct enabling *e;
	const struct gen *g;
	struct entry *entries;
	uint32_t n, room;
	uint32_t by_target[TARGET_COUNT]; /* entry plus 1 */
	bool failed;
};

static const struct {
	const char *provider, *name;
	enum kern_hook hook;
} hooks[] = {
	{ "proc", "create", HOOK_PROC_CREATE },
	{ "proc", "exec", HOOK_PROC_EXEC },
	{ "proc", "exec-failure", HOOK_PROC_EXEC_FAILURE },
	{ "proc", "exec-success", HOOK_PROC_EXEC_SUCCESS },
	{ "proc", "exit", HOOK_PROC_EXIT },
	{ "proc", "fault", HOOK_PROC_FAULT },
	{ "proc", "lwp-create", HOOK_PROC_LWP_CREATE },
	{ "proc", "lwp-exit", HOOK_PROC_LWP_EXIT },
	{ "proc", "lwp-start", HOOK_PROC_LWP_START },
	{ "proc", "signal-clear", HOOK_PROC_SIGNAL_CLEAR },
	{ "proc", "signal-discard", HOOK_PROC_SIGNAL_DISCARD },
	{ "proc", "signal-handle", HOOK_PROC_SIGNAL_HANDLE },
	{ "proc", "signal-send", HOOK_PROC_SIGNAL_SEND },
	{ "proc", "start", HOOK_PROC_START },
	{ "sched", "change-pri", HOOK_SCHED_CHANGE_PRI },
	{ "sched", "dequeue", HOOK_SCHED_DEQUEUE },
	{ "sched", "enqueue", HOOK_SCHED_ENQUEUE },
	{ "sched", "off-cpu", HOOK_SCHED_OFF_CPU },
	{ "sched", "on-cpu", HOOK_SCHED_ON_CPU },
	{ "sched", "preempt", HOOK_SCHED_PREEMPT },
	{ "sched", "remain-cpu", HOOK_SCHED_REMAIN_CPU },
	{ "sched", "sleep", HOOK_SCHED_SLEEP },
	{ "sched", "surrender", HOOK_SCHED_SURRENDER },
	{ "sched", "tick", HOOK_SCHED_TICK },
	{ "sched", "wakeup", HOOK_SCHED_WAKEUP },
	{ "io", "done", HOOK_IO_DONE },
	{ "io", "start", HOOK_IO_START },
	{ "io", "wait-done", HOOK_IO_WAIT_DONE },
	{ "io", "wait-start", HOOK_IO_WAIT_START },
};

/* What libc calls for open(): the arguments of the first two begin with a descriptor. */
static const struct {
	const char *name;
	bool is_open;
} opens[] = { { "openat", true }, { "openat2", true }, { "creat", false } };

bool plan_is_kernel(const struct prov_probe *p)
{
	return p->kind >= PROV_SYSCALL_ENTRY || p->kind == PROV_PROFILE;
}

static enum kern_hook hook_of(const struct prov_probe *p)
{
	switch (p->kind) {
	case PROV_SYSCALL_ENTRY:
		return HOOK_SYS_ENTER;
	case PROV_SYSCALL_RETURN:
		return HOOK_SYS_EXIT;
	case PROV_PROFILE:
		return HOOK_PROFILE;
	case PROV_PROC:
	case PROV_SCHED:
	case PROV_IO:
		for (size_t i = 0; i < countof(hooks); i++) {
			if (strcmp(hooks[i].name, p->name) == 0 && strcmp(hooks[i].provider, p->provider) == 0)
				return hooks[i].hook;
		}
		return HOOK_COUNT;
	default:
		return HOOK_RUN;
	}
}

bool plan_is_elsewhere(const struct prov_probe *p)
{
	return KERN_NOT_CURRENT(hook_of(p));
}

static struct entry *add_entry(struct making *m, enum kern_hook hook, uint32_t index)
{
	if (m->n == m->room) {
		uint32_t room = m->room ? m->room * 2 : 64;
		struct entry *more = reallocarray(m->entries, room, sizeof *more);

		if (!more) {
			m->failed = true;
			return NULL;
		}
		m->entries = more;
		m->room = room;
	}
	m->entries[m->n] = (struct entry){ .hook = hook, .index = index };
	return &m->entries[m->n++];
}

static struct entry *entry_at(struct making *m, enum kern_hook hook, uint32_t target)
{
	if (!m->by_target[target]) {
		if (!add_entry(m, hook, target))
			return NULL;
		m->by_target[target] = m->n;
	}
	return &m->entries[m->by_target[target] - 1];
}

/* Adds a clause to what the target runs, as firing of this probe. */
static void add_call(struct making *m, struct entry *t, uint32_t probe, const struct eval_enabling *pair, bool is_open)
{
	uint32_t which = 0;

	if (!t)
		return;
	while (which < t->nprobes && t->probes[which] != probe)
		which++;
	if (which == countof(t->probes))
		return; /* there are three kinds: see struct target */
	if (which == t->nprobes)
		t->probes[t->nprobes++] = probe;
	if (t->n == t->room) {
		uint32_t room = t->room ? t->room * 2 : 2;
		struct gen_call *more = reallocarray(t->calls, room, sizeof *more);

		if (!more) {
			m->failed = true;
			return;
		}
		t->calls = more;
		t->room = room;
	}
	t->calls[t->n++] = (struct gen_call){
		.clause = pair->clause, .epid = pair->epid, .probe = (uint8_t)which, .is_open = is_open };
}

static void add_all(struct making *m, struct entry *t, const struct enabled *e)
{
	for (uint32_t i = 0; i < e->n; i++)
		add_call(m, t, e->probe->id, &e->clauses[i], false);
}

/* The enabled probe lx-syscall::NAME of this kind, if it runs the clause itself. */
static bool runs_itself(const struct making *m, const char *name, enum prov_kind kind, uint32_t clause)
{
	for (uint32_t i = 0; i < m->e->n; i++) {
		const struct enabled *e = &m->e->list[i];

		if (e->probe->kind != kind || strcmp(e->probe->provider, "lx-syscall") != 0 ||
		    strcmp(e->probe->function, name) != 0)
			continue;
		for (uint32_t c = 0; c < e->n; c++) {
			if (e->clauses[c].clause == clause)
				return true;
		}
	}
	return false;
}

static bool found(void *cookie, const struct prov_probe *p)
{
	*(const struct prov_probe **)cookie = p;
	return false;
}

/* Adds the probe's clauses to the targets of a call: of its number, and of that for 32-bit programs. */
static void add_to_call(struct making *m, const struct enabled *e, const struct prov_probe *call, bool is_alias, bool is_open)
{
	bool entry = e->probe->kind == PROV_SYSCALL_ENTRY;
	enum kern_hook hook = entry ? HOOK_SYS_ENTER : HOOK_SYS_EXIT;
	struct {
		uint32_t base;
		int number;
	} at[] = { { entry ? TARGET_ENTER : TARGET_EXIT, call->number },
		   { entry ? TARGET_ENTER_COMPAT : TARGET_EXIT_COMPAT, call->compat } };

	for (size_t a = 0; a < countof(at); a++) {
		for (uint32_t i = 0; at[a].number >= 0 && at[a].number < KERN_NR_MAX && i < e->n; i++) {
			if (!is_alias || !runs_itself(m, call->function, e->probe->kind, e->clauses[i].clause))
				add_call(m, entry_at(m, hook, at[a].base + (uint32_t)at[a].number), e->probe->id, &e->clauses[i],
					 entry && is_open);
		}
	}
}

/* A clause on lx-syscall::open fires for what libc calls today, too, unless the clause names that call as well: then it
 * would see one call twice. */
static void add_aliases(struct making *m, const struct enabled *e)
{
	if (strcmp(e->probe->provider, "lx-syscall") != 0 || strcmp(e->probe->function, "open") != 0)
		return;
	for (size_t a = 0; a < countof(opens); a++) {
		const struct prov_desc d = { "syscall", "", opens[a].name, "entry", 0 };
		const struct prov_probe *call = NULL;

		prov_match(m->e->probes, &d, found, &call);
		if (call)
			add_to_call(m, e, call, true, opens[a].is_open);
	}
}

static void add_enabled(struct making *m, uint32_t i, bool alias)
{
	const struct enabled *e = &m->e->list[i];
	enum kern_hook hook = hook_of(e->probe);

	if (e->probe->kind == PROV_ERROR || hook == HOOK_COUNT)
		return;
	switch (hook) {
	case HOOK_RUN:
	case HOOK_PROFILE:
		add_all(m, add_entry(m, hook, i), e);
		break;
	case HOOK_SYS_ENTER:
	case HOOK_SYS_EXIT:
		add_to_call(m, e, e->probe, false, false);
		if (alias)
			add_aliases(m, e);
		break;
	default:
		add_all(m, entry_at(m, hook, TARGET_HOOK + (uint32_t)hook), e);
		break;
	}
}

/* Leaves */

static bool same_calls(const struct gen_call *a, const struct gen_call *b, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (a[i].clause != b[i].clause || a[i].probe != b[i].probe || a[i].is_open != b[i].is_open)
			return false;
	}
	return true;
}

/* Index of the leaf, from 1, that runs these calls; calls is taken. */
static uint16_t leaf_of(struct making *m, enum kern_hook hook, struct gen_call *calls, uint32_t n)
{
	struct plan *p = m->p;
	uint32_t needs = 0;

	/* The one before is likeliest. */
	for (uint32_t i = p->nleaves; i-- > 0;) {
		if (p->leaves[i].hook == hook && p->leaves[i].n == n && same_calls(p->leaves[i].calls, calls, n)) {
			/* Numbers of enablings are of one probe: a leaf of several has to look them up. */
			for (uint32_t c = 0; c < n; c++)
				p->leaves[i].calls[c].epid = 0;
			free(calls);
			return (uint16_t)(i + 1);
		}
	}
	if (p->nleaves == p->leaves_room) {
		uint32_t room = p->leaves_room ? p->leaves_room * 2 : 8;
		struct plan_leaf *more = reallocarray(p->leaves, room, sizeof *more);

		if (!more || room > UINT16_MAX) {
			if (more)
				p->leaves = more;
			free(calls);
			m->failed = true;
			return 0;
		}
		p->leaves = more;
		p->leaves_room = room;
	}
	for (uint32_t i = 0; i < n; i++)
		needs |= gen_needs(m->g, calls[i].clause);
	for (uint32_t i = 0; i < p->nerror; i++)
		needs |= gen_needs(m->g, p->error[i].clause);
	p->leaves[p->nleaves] = (struct plan_leaf){ .hook = hook, .calls = calls, .n = n, .needs = needs };
	return (uint16_t)++p->nleaves;
}

/* A leaf that may leave a firing to be taken again has one that takes it. */
static uint16_t again_of(struct making *m, uint16_t leaf)
{
	const struct plan_leaf *l = &m->p->leaves[leaf - 1];
	uint16_t again = l->again;
	struct gen_call *calls;
	bool retries = false;

	for (uint32_t i = 0; i < l->n; i++)
		retries |= gen_retries(m->g, l->calls[i].clause);
	if (again || !retries)
		return again;
	calls = reallocarray(NULL, l->n, sizeof *calls);
	if (!calls) {
		m->failed = true;
		return 0;
	}
	memcpy(calls, l->calls, l->n * sizeof *calls);
	again = leaf_of(m, HOOK_SYS_RETRY, calls, l->n);
	m->p->leaves[leaf - 1].again = again;
	return again;
}

static void use(struct plan *p, enum kern_hook hook)
{
	if (p->uses[hook])
		return;
	p->uses[hook] = true;
	p->slot[hook] = p->hooks++;
}

static void finish(struct making *m, struct entry *t)
{
	struct plan *p = m->p;
	struct plan_target *out = &p->targets[p->ntargets];
	uint16_t leaf = leaf_of(m, t->hook, t->calls, t->n);

	t->calls = NULL;
	if (!leaf)
		return;
	*out = (struct plan_target){ .index = t->index,
				     .hook = t->hook,
				     .target = { .leaf = leaf, .needs = p->leaves[leaf - 1].needs } };
	memcpy(out->target.probe, t->probes, sizeof t->probes);
	if (t->hook == HOOK_SYS_ENTER)
		out->target.retry = again_of(m, leaf);
	p->ntargets++;
	use(p, t->hook);
	if (out->target.retry)
		use(p, HOOK_SYS_RETRY);
}

static bool take_error(struct plan *p, const struct enabling *e)
{
	const struct enabled *error = enable_kind(e, PROV_ERROR);

	if (!error)
		return true;
	p->error = calloc(error->n, sizeof *p->error);
	if (!p->error)
		return false;
	p->nerror = error->n;
	p->error_probe = error->probe->id;
	for (uint32_t i = 0; i < error->n; i++)
		p->error[i] = (struct gen_call){ .clause = error->clauses[i].clause, .epid = error->clauses[i].epid };
	return true;
}

int plan_init(struct plan *p, const struct enabling *e, const struct gen *g, bool alias)
{
	struct making *m = calloc(1, sizeof *m);

	*p = (struct plan){ 0 };
	if (!m)
		return -ENOMEM;
	m->p = p;
	m->e = e;
	m->g = g;
	use(p, HOOK_RUN); /* quiet (state.h) needs it, even if no probe does */
	m->failed = !take_error(p, e);
	for (uint32_t i = 0; i < e->n && !m->failed; i++)
		add_enabled(m, i, alias);
	p->targets = calloc(m->n ? m->n : 1, sizeof *p->targets);
	m->failed |= !p->targets;
	for (uint32_t i = 0; i < m->n && !m->failed; i++)
		finish(m, &m->entries[i]);
	/* What became of the numbers of enablings is the same for both leaves. */
	for (uint32_t i = 0; i < p->nleaves && !m->failed; i++) {
		if (p->leaves[i].again)
			memcpy(p->leaves[p->leaves[i].again - 1].calls, p->leaves[i].calls,
			       p->leaves[i].n * sizeof *p->leaves[i].calls);
	}
	for (uint32_t i = 0; i < m->n; i++)
		free(m->entries[i].calls);
	free(m->entries);
	bool failed = m->failed;
	free(m);
	return failed ? -ENOMEM : 0;
}

void plan_free(struct plan *p)
{
	for (uint32_t i = 0; i < p->nleaves; i++)
		free(p->leaves[i].calls);
	free(p->leaves);
	free(p->targets);
	free(p->error);
	*p = (struct plan){ 0 };
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/run/plan and enable: which hooks a program needs, which leaves it is made of, and what fires them. Nothing is loaded.
 */
#include "unit.h"

#include "bpf/lang/lang.h"
#include "bpf/run/plan.h"

#include <string.h>

struct made {
	struct prov_set *probes;
	struct ir_program *program;
	struct enabling enabling;
	struct gen *gen;
	struct plan plan;
};

static void make(struct made *m, const char *script, bool alias)
{
	struct lang_options lo = { .strsize = 256, .destructive = true };
	struct lang_source source = { .name = "t.d", .text = script, .len = strlen(script), .is_file = true };
	struct eval_options eo = { 0 };
	struct gen_features f = { .task_storage = true, .atomic_fetch = true, .loop = true, .cpus = 2 };
	struct d_error error;
	char why[512] = "";

	memset(m, 0, sizeof *m);
	m->probes = prov_new();
	assert_non_null(m->probes);
	m->program = lang_compile(&source, 1, &lo, m->probes, &error);
	if (!m->program)
		fail_msg("%s: %s", script, error.message);
	assert_int_equal(enable_init(&m->enabling, m->program, m->probes), 0);
	m->gen = gen_new(m->program, &eo, &f, why, sizeof why);
	if (!m->gen)
		fail_msg("%s: %s", script, why);
	assert_int_equal(plan_init(&m->plan, &m->enabling, m->gen, alias), 0);
	/* of every plan: targets have leaves that are there and are of their hook, and a hook that is used has a place */
	for (uint32_t i = 0; i < m->plan.ntargets; i++) {
		const struct plan_target *t = &m->plan.targets[i];

		assert_in_range(t->target.leaf, 1, m->plan.nleaves);
		assert_int_equal(m->plan.leaves[t->target.leaf - 1].hook, t->hook);
		assert_true(m->plan.uses[t->hook]);
		assert_in_range(t->target.retry, 0, m->plan.nleaves);
	}
	assert_true(m->plan.uses[HOOK_RUN]);
	for (unsigned h = 0; h < HOOK_COUNT; h++)
		assert_true(!m->plan.uses[h] || m->plan.slot[h] < m->plan.hooks);
}

static void release(struct made *m)
{
	plan_free(&m->plan);
	gen_free(m->gen);
	enable_free(&m->enabling);
	ir_free(m->program);
	prov_free(m->probes);
}

static uint32_t leaves_of(const struct made *m, enum kern_hook hook)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->plan.nleaves; i++)
		n += m->plan.leaves[i].hook == hook;
	return n;
}

static uint32_t targets_of(const struct made *m, enum kern_hook hook)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->plan.ntargets; i++)
		n += m->plan.targets[i].hook == hook;
	return n;
}

static void probes_with_the_same_clauses_share_a_leaf(void **state)
{
	struct made m;

	(void)state;
	make(&m, "syscall::: { @[probefunc] = count(); }", true);
	assert_int_equal(leaves_of(&m, HOOK_SYS_ENTER), 1);
	assert_int_equal(leaves_of(&m, HOOK_SYS_EXIT), 1);
	assert_true(targets_of(&m, HOOK_SYS_ENTER) > 300);
	assert_int_equal(targets_of(&m, HOOK_SYS_ENTER), targets_of(&m, HOOK_SYS_EXIT));
	assert_false(m.plan.uses[HOOK_PROFILE]);
	release(&m);
	/* one of them has a clause more: a leaf of its own, with both in their order */
	make(&m, "syscall:::entry { @a = count(); } syscall::read:entry { @b = count(); }", true);
	assert_int_equal(leaves_of(&m, HOOK_SYS_ENTER), 2);
	assert_int_equal(leaves_of(&m, HOOK_SYS_EXIT), 0);
	assert_false(m.plan.uses[HOOK_SYS_EXIT]);
	for (uint32_t i = 0; i < m.plan.nleaves; i++) {
		const struct plan_leaf *l = &m.plan.leaves[i];

		assert_int_equal(l->calls[0].clause, 0);
		assert_true(l->n == 1 || (l->n == 2 && l->calls[1].clause == 1));
	}
	release(&m);
}

static void only_what_is_named_is_hooked(void **state)
{
	static const struct {
		const char *script;
		enum kern_hook hook;
	} cases[] = {
		{ "BEGIN { trace(1); }", HOOK_RUN },
		{ "tick-1s { trace(1); }", HOOK_RUN },
		{ "profile-97 { @ = count(); }", HOOK_PROFILE },
		{ "syscall::read:entry { @ = count(); }", HOOK_SYS_ENTER },
		{ "syscall::read:return { @ = count(); }", HOOK_SYS_EXIT },
		{ "proc:::exec-success { @ = count(); }", HOOK_PROC_EXEC_SUCCESS },
		{ "proc:::exit { @ = count(); }", HOOK_PROC_EXIT },
		{ "sched:::on-cpu { @ = count(); }", HOOK_SCHED_ON_CPU },
		{ "sched:::wakeup { @ = count(); }", HOOK_SCHED_WAKEUP },
		{ "io:::start { @ = count(); }", HOOK_IO_START },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m;

		make(&m, cases[i].script, true);
		assert_int_equal(leaves_of(&m, cases[i].hook), 1);
		assert_int_equal(m.plan.nleaves, 1);
		assert_int_equal(m.plan.hooks, cases[i].hook == HOOK_RUN ? 1 : 2);
		assert_int_equal(plan_is_kernel(m.enabling.list[0].probe), cases[i].hook != HOOK_RUN);
		release(&m);
	}
}

static void open_is_what_libc_calls_for_it(void **state)
{
	static const char script[] = "lx-syscall::open:entry { @ = count(); }";
	struct made with, without;

	(void)state;
	make(&with, script, true);
	make(&without, script, false);
	assert_true(with.plan.ntargets > without.plan.ntargets);
	assert_int_equal(targets_of(&with, HOOK_SYS_ENTER), with.plan.ntargets);
	release(&with);
	release(&without);
}

static void clauses_of_ERROR_are_no_target(void **state)
{
	struct made m;

	(void)state;
	make(&m, "ERROR { trace(1); } syscall::read:entry { trace(copyinstr(arg1)); } ERROR { trace(2); }", true);
	assert_int_equal(m.plan.nerror, 2);
	assert_int_equal(m.plan.error[0].clause, 0);
	assert_int_equal(m.plan.error[1].clause, 2);
	assert_int_equal(m.plan.error_probe, 3);
	for (uint32_t i = 0; i < m.plan.nleaves; i++)
		assert_int_equal(m.plan.leaves[i].calls[0].clause, 1);
	/* a string that is not in memory at entry is taken again at return */
	assert_true(m.plan.uses[HOOK_SYS_RETRY]);
	assert_int_equal(leaves_of(&m, HOOK_SYS_RETRY), 1);
	release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probes_with_the_same_clauses_share_a_leaf),
		cmocka_unit_test(only_what_is_named_is_hooked),
		cmocka_unit_test(open_is_what_libc_calls_for_it),
		cmocka_unit_test(clauses_of_ERROR_are_no_target),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

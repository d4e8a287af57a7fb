/* SPDX-License-Identifier: GPL-2.0-only
 * The evaluator against a task that is not there: user memory, dynamic variables and their drops, speculations, faults and the
 * clauses of ERROR. What operators and functions compute is tested by the scripts in tests/d.
 */
#include "unit.h"

#include "eval_env.h"

#include "bpf/lang/lang.h"
#include "bpf/prov/prov.h"
#include "bpf/run/agg.h"

#include <stdio.h>

struct run {
	struct prov_set *probes;
	struct ir_program *p;
	struct fake f;
	struct agg_store *aggs;
	struct eval *e;
};

static struct run *start(const char *script, const struct eval_options *o)
{
	struct lang_options lo = {.destructive = o->destructive, .strsize = 32};
	struct lang_source source = {.name = "test", .text = script, .len = strlen(script), .is_file = true};
	struct run *r = calloc(1, sizeof(*r));
	struct eval_env env;
	struct d_error error;

	r->probes = prov_new();
	r->p = lang_compile(&source, 1, &lo, r->probes, &error);
	if (!r->p)
		fail_msg("line %d: %s", error.line, error.message);
	r->f.tid = 7;
	r->f.room = 1 << 20;
	env = fake_env(&r->f);
	r->aggs = agg_new(r->p, 1 << 20);
	r->e = eval_new(r->p, o, &env, r->aggs);
	assert_non_null(r->e);
	return r;
}

static void stop(struct run *r)
{
	eval_free(r->e);
	agg_free(r->aggs);
	ir_free(r->p);
	prov_free(r->probes);
	free(r->f.records);
	free(r);
}

/* Fires clauses first ... first + n - 1. */
static void fire(struct run *r, uint32_t first, uint32_t n)
{
	struct eval_probe probe = {.id = 1, .provider = "dtrace", .module = "", .function = "", .name = "BEGIN",
				   .args = {FAKE_BASE, 2}, .time_ns = 5, .walltime_ns = 6};
	struct eval_enabling list[8];

	for (uint32_t i = 0; i < n; i++)
		list[i] = (struct eval_enabling){first + i, first + i + 1};
	eval_fire(r->e, &probe, list, n);
}

/* What came, as text: "5 \"abc\" | 6" for values and records, "!DIVZERO 1 0x0" for a fault of statement 1; and forgets it. */
static void expect(struct run *r, const char *want)
{
	char text[2000] = "";
	size_t n = 0;

	for (size_t at = 0; at < r->f.len;) {
		const struct ir_action *action;
		struct rec rec;
		struct rec_values v;
		struct rec_value value;
		size_t size = rec_read(&rec, r->p, r->f.records + at, r->f.len - at);

		assert_int_not_equal(size, 0);
		if (at)
			n += (size_t)snprintf(text + n, sizeof(text) - n, " |");
		if (rec.head.kind == REC_FAULT)
			n += (size_t)snprintf(text + n, sizeof(text) - n, " !%s %u 0x%llx", eval_fault_tag((enum ir_fault)rec.fault.fault),
					      rec.fault.action, (unsigned long long)rec.fault.address);
		while (rec_next(&rec, r->p, &action, &v) == 1) {
			while (rec_value(&v, &value) == 1) {
				if (value.type.kind == IR_INT)
					n += (size_t)snprintf(text + n, sizeof(text) - n, " %lld", (long long)value.i);
				else if (value.type.kind == IR_STRING)
					n += (size_t)snprintf(text + n, sizeof(text) - n, " \"%.*s\"", (int)value.len, value.p);
				else if (value.type.kind == IR_STACK)
					n += (size_t)snprintf(text + n, sizeof(text) - n, " stack%u", value.nframes);
				else
					n += (size_t)snprintf(text + n, sizeof(text) - n, " %u bytes", value.len);
			}
		}
		at += size;
	}
	assert_string_equal(text[0] == ' ' ? text + 1 : text, want);
	r->f.len = 0;
}

static void user_memory(void **state)
{
	struct run *r = start("BEGIN { trace(copyinstr(arg0)); trace(*(int *)copyin(arg0 + 8, 4)); p = alloca(4); copyinto(arg0, 3, p);"
			      " trace(stringof((char *)p)); trace(copyinstr(arg0, 3)); }"
			      "BEGIN { copyinstr(arg0 + 0x2000); }"
			      "BEGIN { copyin(arg0 + 0x1ff8, 16); }"
			      "BEGIN { trace(*(int *)arg0); }"
			      "BEGIN { trace(copyinstr(arg0 + 0x1ffc)); }"
			      "BEGIN { copyoutstr(\"new\", arg0, 8); copyout(copyin(arg0, 2), arg0 + 100, 2); raise(9); trace(copyinstr(arg0 + 100)); }"
			      "BEGIN { copyin(arg0, 2000000); }",
			      &(struct eval_options){.destructive = true});

	(void)state;
	strcpy((char *)r->f.memory, "abcdef");
	memcpy(r->f.memory + 8, &(int){-5}, 4);
	memcpy(r->f.memory + FAKE_SIZE - 4, "end", 4);
	fire(r, 0, 1);
	expect(r, "\"abcdef\" -5 \"abc\" \"ab\"");
	fire(r, 1, 1);
	expect(r, "!BADADDR 1 0x12000");
	fire(r, 2, 1);
	expect(r, "!BADADDR 1 0x12000");
	/* A user address is no address of D's: copyin is for that. */
	fire(r, 3, 1);
	expect(r, "!BADADDR 1 0x10000");
	/* The string ends before the page does. */
	fire(r, 4, 1);
	expect(r, "\"end\"");
	fire(r, 5, 1);
	expect(r, "\"ne\"");
	assert_int_equal(r->f.raised, 9);
	assert_string_equal((char *)r->f.memory, "new");
	fire(r, 6, 1);
	expect(r, "!NOSCRATCH 1 0x0");
	stop(r);
}

static void userland_pointers_are_copied_in(void **state)
{
	struct run *r = start("struct p { int x; int y; char name[8]; };"
			      "BEGIN { trace(*(userland int *)(arg0 + 4)); trace(stringof((userland char *)(arg0 + 8)));"
			      " p = (userland struct p *)arg0; trace(p->y); trace(strlen(p->name)); trace(p->name[1]); q = *p; trace(q.y); }"
			      "BEGIN { trace(((userland struct p *)8)->y); }",
			      &(struct eval_options){0});

	(void)state;
	memcpy(r->f.memory, &(int[]){3, -4}, 8);
	strcpy((char *)r->f.memory + 8, "name");
	fire(r, 0, 1);
	expect(r, "-4 \"name\" -4 4 97 -4");
	fire(r, 1, 1);
	expect(r, "!BADADDR 1 0xc");
	stop(r);
}

static void destructive_only_when_allowed(void **state)
{
	static const char text[] = "ir 1 strsize 32\nclause 0 \"BEGIN\" line 1 regs 1\nblock 0\nr0 = const 9 @1:1\nhost raise, r0 @1:1\nret @1:1\nend\n";
	struct fake f = {.room = 1 << 16};
	struct eval_env env = fake_env(&f);
	char error[200];
	struct ir_program *p = ir_read(text, strlen(text), error, sizeof(error));
	struct eval *e;
	struct eval_probe probe = {.id = 1, .provider = "", .module = "", .function = "", .name = ""};

	(void)state;
	assert_non_null(p);
	e = eval_new(p, &(struct eval_options){0}, &env, NULL);
	eval_fire(e, &probe, &(struct eval_enabling){0, 1}, 1);
	assert_int_equal(f.raised, 0);
	assert_int_equal(f.len, sizeof(struct rec_header) + sizeof(struct rec_fault));
	eval_free(e);
	ir_free(p);
	free(f.records);
}

static void threads_have_their_own_self(void **state)
{
	struct run *r = start("self int64_t x; BEGIN { trace(self->x); self->x = self->x * 10 + 1; }", &(struct eval_options){0});

	(void)state;
	fire(r, 0, 1);
	fire(r, 0, 1);
	r->f.tid = 8;
	fire(r, 0, 1);
	r->f.tid = 7;
	fire(r, 0, 1);
	expect(r, "0 | 1 | 0 | 11");
	stop(r);
}

static void dynamic_variables_drop_and_are_freed(void **state)
{
	struct run *r = start("BEGIN { a[n++] = 1; } BEGIN { a[m++] = 0; } BEGIN { trace(a[0]); trace(a[n - 1]); }",
			      &(struct eval_options){.dynvarsize = 4096});
	uint64_t drops;

	(void)state;
	for (int i = 0; i < 200; i++)
		fire(r, 0, 1);
	drops = eval_drops(r->e, EVAL_DROP_DYNAMIC);
	assert_true(drops > 20 && drops < 180);
	assert_int_equal(eval_drops(r->e, EVAL_DROP_DYNAMIC), 0);
	fire(r, 2, 1);
	expect(r, "1 0");
	/* Storing zero gives the room back. */
	for (int i = 0; i < 200; i++)
		fire(r, 1, 1);
	for (int i = 0; i < 10; i++)
		fire(r, 0, 1);
	assert_int_equal(eval_drops(r->e, EVAL_DROP_DYNAMIC), 0);
	fire(r, 2, 1);
	expect(r, "0 1");
	stop(r);
}

static void speculations(void **state)
{
	struct run *r = start("BEGIN { s = speculation(); trace(s); }" /* 0 */
			      "BEGIN { speculate(s); trace(\"held\"); }"
			      "BEGIN { commit(s); }"
			      "BEGIN { discard(s); }"
			      "BEGIN { speculate(s); }" /* 4: the default action */
			      "BEGIN { speculate(99); trace(1); }"
			      "BEGIN { speculate(0); trace(1); }"
			      "BEGIN { speculate(s); x++; }"
			      "BEGIN { trace(x); }",
			      &(struct eval_options){.nspec = 2, .specsize = 200});

	(void)state;
	fire(r, 0, 1);
	expect(r, "1");
	fire(r, 1, 1);
	fire(r, 1, 1);
	expect(r, "");
	fire(r, 2, 1);
	expect(r, "\"held\" | \"held\"");
	fire(r, 2, 1); /* not active any more */
	fire(r, 1, 1);
	expect(r, "");
	fire(r, 0, 1);
	fire(r, 1, 1);
	fire(r, 3, 1);
	fire(r, 2, 1);
	expect(r, "1");
	/* Two at once, no third. */
	fire(r, 0, 1);
	fire(r, 0, 1);
	fire(r, 0, 1);
	expect(r, "1 | 2 | 0");
	assert_int_equal(eval_drops(r->e, EVAL_DROP_SPECUNAVAIL), 1);
	fire(r, 5, 1);
	expect(r, "!ILLOP 1 0x0");
	fire(r, 6, 1);
	expect(r, "");
	/* speculate(0) ends its clause, an active one does not. */
	fire(r, 7, 1);
	fire(r, 8, 1);
	expect(r, "0");
	stop(r);
	r = start("BEGIN { s = speculation(); } BEGIN { speculate(s); } BEGIN { commit(s); }", &(struct eval_options){.specsize = 100});
	for (int i = 0; i < 5; i++) /* a record without items has the size of its header, 32 */
		fire(r, i != 0, 1);
	assert_int_equal(eval_drops(r->e, EVAL_DROP_SPEC), 1);
	fire(r, 2, 1);
	assert_int_equal(r->f.len, 3 * sizeof(struct rec_header));
	stop(r);
}

static void faults_run_error_clauses(void **state)
{
	struct run *r = start("BEGIN { trace(1); trace(1 / (int)(arg1 - 2)); }"
			      "BEGIN { trace(2); }"
			      "ERROR { trace(arg1); trace(arg2); trace(arg4); trace(arg5); trace(++this->x); }"
			      "ERROR { trace(*(char *)16); }"
			      "BEGIN / *(int *)48 / { trace(3); }"
			      "ERROR { exit(4); }",
			      &(struct eval_options){0});
	struct eval_enabling error[] = {{2, 10}, {3, 11}};
	int status = 0;

	(void)state;
	assert_int_equal(eval_set_error(r->e, 3, error, 2), 0);
	fire(r, 0, 2);
	/* The record that had begun is gone; DIVZERO is 4. A fault in ERROR leaves nothing. */
	expect(r, "!DIVZERO 2 0x0 | 1 2 4 0 1 | 2");
	assert_int_equal(eval_drops(r->e, EVAL_DROP_DBLERROR), 1);
	fire(r, 4, 1);
	expect(r, "!BADADDR 0 0x30 | 5 0 1 48 1");
	error[0].clause = 5;
	assert_int_equal(eval_set_error(r->e, 3, error, 1), 0);
	assert_false(eval_exited(r->e, &status));
	fire(r, 0, 2); /* exit() in ERROR: the second clause does not run */
	expect(r, "!DIVZERO 2 0x0 | 4");
	assert_true(eval_exited(r->e, &status));
	assert_int_equal(status, 4);
	stop(r);
}

static void kernel_memory_faults(void **state)
{
	struct run *r = start("BEGIN { trace((uint64_t)curthread); } BEGIN { trace(mutex_owned((void *)8)); } BEGIN { trace(d_path((void *)8)); }",
			      &(struct eval_options){0});

	(void)state;
	fire(r, 0, 3);
	expect(r, "!KPRIV 1 0x0 | !KPRIV 1 0x8 | !KPRIV 1 0x8");
	stop(r);
}

static void this_lives_for_one_firing(void **state)
{
	struct run *r = start("this int x; this string s; BEGIN { trace(this->x); this->x = 5; this->s = \"set\"; } BEGIN { trace(this->x); trace(this->s); }",
			      &(struct eval_options){0});

	(void)state;
	fire(r, 0, 2);
	fire(r, 1, 1);
	expect(r, "0 | 5 \"set\" | 0 \"\"");
	stop(r);
}

static void full_buffers_drop(void **state)
{
	struct run *r = start("BEGIN { trace(1); } BEGIN { printf(\"%s%s%s\", probename, probename, probename); trace(ustack(2)); }",
			      &(struct eval_options){.records_max = 104});

	(void)state;
	r->f.room = 60;
	fire(r, 0, 1);
	fire(r, 0, 1);
	fire(r, 0, 1);
	assert_int_equal(eval_drops(r->e, EVAL_DROP_PRINCIPAL), 2);
	expect(r, "1");
	fire(r, 1, 1); /* larger than a record may be */
	assert_int_equal(eval_drops(r->e, EVAL_DROP_PRINCIPAL), 1);
	expect(r, "");
	stop(r);
	r = start("BEGIN { trace(ustack(2)); stack(); @a[ustack(2)] = count(); @a[ustack(1)] = count(); }", &(struct eval_options){0});
	fire(r, 0, 1);
	expect(r, "stack2 stack3");
	stop(r);
}

static void aggregations_drop(void **state)
{
	struct run *r = start("BEGIN { @a[n++] = count(); }", &(struct eval_options){0});
	struct agg_store *small = agg_new(r->p, 1000);
	struct eval_env env = fake_env(&r->f);
	struct eval *e = eval_new(r->p, &(struct eval_options){0}, &env, small);
	struct eval_probe probe = {.id = 1, .provider = "", .module = "", .function = "", .name = ""};
	uint64_t drops;

	(void)state;
	for (int i = 0; i < 50; i++)
		eval_fire(e, &probe, &(struct eval_enabling){0, 1}, 1);
	drops = eval_drops(e, EVAL_DROP_AGGREGATION);
	assert_true(drops > 30 && drops < 50);
	assert_int_equal(agg_drops(small), drops);
	eval_free(e);
	agg_free(small);
	stop(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(user_memory),
		cmocka_unit_test(userland_pointers_are_copied_in),
		cmocka_unit_test(destructive_only_when_allowed),
		cmocka_unit_test(threads_have_their_own_self),
		cmocka_unit_test(dynamic_variables_drop_and_are_freed),
		cmocka_unit_test(speculations),
		cmocka_unit_test(faults_run_error_clauses),
		cmocka_unit_test(kernel_memory_faults),
		cmocka_unit_test(this_lives_for_one_firing),
		cmocka_unit_test(full_buffers_drop),
		cmocka_unit_test(aggregations_drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The generator: programs as they go through the evaluator and through the kernel that runs (leafrun.h) must leave the same; and what
 * can be seen without a kernel: layout, keys, needs, what is refused.
 */
#include "unit.h"

#include "leafrun.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "bpf/lang/lang.h"
#include "bpf/run/record.h"

static const struct eval_options plain = {.nspec = 3};

/* Runs a script `times` times in both. */
static void same(const char *script, const struct eval_options *o, uint32_t strsize, int times)
{
	struct leafrun *r = calloc(1, sizeof(*r));
	enum leafrun_result result = leafrun_open(r, script, o, strsize);
	const char *differs;

	if (result == LEAFRUN_NO_KERNEL) {
		leafrun_close(r);
		free(r);
		skip();
	}
	if (result != LEAFRUN_OK)
		fail_msg("%s: %s", script, r->why);
	while (times-- > 0)
		leafrun_fire(r);
	differs = leafrun_difference(r);
	if (differs)
		fail_msg("%s: %s", script, differs);
	leafrun_close(r);
	free(r);
}

static void all_same(const char *const *scripts, size_t n, uint32_t strsize)
{
	for (size_t i = 0; i < n; i++)
		same(scripts[i], &plain, strsize, 2);
}
#define ALL_SAME(scripts, strsize) all_same(scripts, sizeof(scripts) / sizeof(scripts[0]), strsize)

static void arithmetic(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { trace(arg0 + arg9 * 3 - arg1); trace(-arg2); trace(~arg3); trace(arg4 & 6 | arg5 ^ 1); }",
		"BEGIN { trace(arg0 << 63 >> 63); trace((uint64_t)(arg0 << 63) >> 63); trace(arg9 << arg8); trace(1 << (arg0 + 64)); }",
		("BEGIN { trace(-7 / 2); trace(-7 % 2); trace(7 / -2); trace((arg0 - 8) / arg1); trace((arg0 - 8) % arg1); "
		"trace((uint64_t)(arg0 - 8) / arg1); trace((uint64_t)(arg0 - 8) % arg1); }"),
		"BEGIN { this->least = (int64_t)(arg0 << 63); trace(this->least / (arg0 - 2)); trace(this->least % (arg0 - 2)); }",
		"BEGIN { trace((char)(arg0 + 254)); trace((uint8_t)(arg0 - 2)); trace((short)(arg0 + 65534)); trace((int)(arg0 << 31)); }",
		"BEGIN { trace(arg0 < arg1); trace((arg0 - 2) < 0); trace((uint64_t)(arg0 - 2) < 5); trace(arg0 == 1 && arg1 != 2 || !arg2); }",
		"BEGIN { trace(arg0 > 0x123456789ab ? 5 : arg1 > 1 ? -0x123456789abLL : 7); }",
		"BEGIN /arg0 == 1/ { trace(1); } BEGIN /arg0 == 2/ { trace(2); } BEGIN { trace(3); }",
		"BEGIN { if (arg0 > 1) { trace(1); } else if (arg1 > 1) { trace(\"two\"); trace(2); } else { trace(3); } trace(4); }",
	};

	(void)state;
	ALL_SAME(scripts, 256);
}

static void strings(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { trace(execname); trace(probefunc); trace(probename); trace(probeprov); trace(curpsinfo->pr_psargs); trace(cwd); }",
		("BEGIN /execname == \"leafrun\"/ { trace(1); } BEGIN /execname == \"leafru\"/ { trace(2); } "
		"BEGIN /execname == \"leafrunner\"/ { trace(3); } BEGIN /execname != \"x\"/ { trace(4); }"),
		"BEGIN { trace(execname == \"leafrun\"); trace(execname < \"m\"); trace(\"b\" > execname); trace(probename == \"BEGIN\"); }",
		"BEGIN { trace(strjoin(execname, \"-\")); trace(strlen(execname)); trace(substr(execname, 2, 3)); trace(strchr(execname, 'f')); }",
		"BEGIN { s = \"a,b,,c\"; trace(strtok(s, \",\")); trace(strtok(NULL, \",\")); trace(strtok(NULL, \",\")); trace(strtok(NULL, \",\")); }",
		"BEGIN { s = execname; s = strjoin(s, s); trace(s); self->s = s; trace(self->s); self->s = \"\"; trace(self->s); }",
		"BEGIN { this->s = arg0 ? execname : \"no\"; trace(this->s); this->t = arg0 > 5 ? execname : \"no\"; trace(this->t); }",
		"BEGIN { trace(lltostr(arg9, 16)); trace(strtoll(\"-12\")); trace(index(\"hello\", \"l\")); trace(toupper(execname)); }",
		"BEGIN { trace(basename(\"/a/b/\")); trace(dirname(\"/a/b/\")); trace(cleanpath(\"/a/./b/../c\")); }",
	};

	(void)state;
	ALL_SAME(scripts, 8);
	ALL_SAME(scripts, 256);
	ALL_SAME(scripts, 4096);
}

static void variables(void **state)
{
	static const char *const scripts[] = {
		"int g; char c; BEGIN { trace(g); g++; c = 200; trace(c); g += c; trace(g); }",
		"BEGIN { self->a = arg0; self->b = 0; trace(self->a); trace(self->b); self->a = 0; trace(self->a); self->c = pid; }",
		"BEGIN { x[arg0, execname] = 5; x[2, \"b\"] = 6; trace(x[1, \"leafrun\"]); x[2, \"b\"] = 0; trace(x[2, \"b\"]); }",
		"BEGIN { self->m[arg1] = arg2; trace(self->m[2]); trace(self->m[3]); }",
		"BEGIN { s[pid] = execname; trace(s[100]); trace(s[101]); s[100] = \"\"; trace(s[100]); }",
		"struct p { int a; char b[5]; } p; BEGIN { p.a = arg3; p.b[arg1] = 'x'; trace(p.a); trace(p.b[2]); trace(p); }",
		"struct p { char b[5]; }; struct p q[int]; BEGIN { q[1].b[2] = 'x'; trace(q[1].b[2]); q[1].b[2] = 0; trace(q[1].b[2]); }",
		"BEGIN { this->a = 1; } BEGIN { trace(this->a); this->b = \"b\"; } BEGIN { trace(this->b); }",
		/* They are looked for once in a firing: what was not there is seen when another clause, or ERROR, has made it. */
		("self int a, b; BEGIN { trace(self->a); self->a = 0; trace(self->a); } BEGIN /arg0 == 2/ { self->a = 7; } BEGIN { trace(self->a); "
		"self->a = arg1; trace(self->a); } BEGIN { self->b += self->a; trace(self->b); }"),
		("self int a; self string s; BEGIN { trace(self->a); trace(arg1 / (arg0 - 1)); } ERROR { self->a++; self->s = \"in ERROR\"; } "
		"BEGIN { trace(self->a); trace(self->s); self->a = 0; } BEGIN { trace(self->a); trace(arg1 / (arg0 - 1)); } BEGIN { trace(self->a); }"),
	};

	(void)state;
	ALL_SAME(scripts, 256);
	setenv("NO_TASK_STORAGE", "1", 1);
	ALL_SAME(scripts, 256);
	unsetenv("NO_TASK_STORAGE");
}

static void aggregations(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { @ = count(); @a[execname, pid, probefunc] = count(); @b[probename, arg0] = sum(arg1); }",
		"BEGIN { @[execname] = count(); } BEGIN { @[\"other\"] = count(); }",
		"BEGIN { @a = min(arg0 - 5); @a = min(arg3); @b = max(arg0 - 5); @b = max(-9); @c = avg(arg4); @c = avg(arg5); }",
		"BEGIN { @a = stddev(arg0 - 5); @a = stddev(0x7fffffffffffffff); @a = stddev(-0x7fffffffffffffff); @a = stddev(arg3); }",
		"BEGIN { @a = quantize(0); @a = quantize(-5); @a = quantize(arg9, arg2); @a = quantize(0x7fffffffffffffff); @a = quantize(arg0 << 63); }",
		"BEGIN { @a = lquantize(arg9, 0, 20, 2); @a = lquantize(-1, 0, 20, 2); @a = lquantize(100, 0, 20, 2, arg1); }",
		"BEGIN { @a[pid] = lquantize(arg9 * 700, 0, 20000, 1); @a[pid] = lquantize(-1, 0, 20000, 1); @a[pid] = lquantize(99999, 0, 20000, 1); }",
		"BEGIN { @a = llquantize(arg9 * 1000, 10, 0, 6, 20); @a = llquantize(-1, 10, 0, 6, 20); @a = llquantize(1 << 40, 10, 0, 6, 20); }",
		"BEGIN { @[ustack(3), usym(arg0)] = count(); @b[(char)arg1, curpsinfo->pr_psargs] = count(); }",
	};

	(void)state;
	ALL_SAME(scripts, 256);
}

static void faults(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { trace(1 / (arg0 - 1)); } BEGIN { trace(2); } dtrace:::ERROR { trace(arg1); trace(arg2); trace(arg3); trace(arg4); trace(arg5); }",
		"BEGIN { trace(*(int *)alloca(2)); trace(copyinstr(8)); }",
		"BEGIN { trace(copyinstr(8)); } dtrace:::ERROR { trace(arg5); trace(1 % (arg0)); } dtrace:::ERROR { trace(probename); trace(id); }",
		"BEGIN { x = 1; trace(curthread); } dtrace:::ERROR { trace(x); }",
		"BEGIN { speculate(99); }",
		"struct p { char b[5]; } p; BEGIN { trace(p.b[arg4]); } BEGIN { trace(p.b[arg3]); trace(p.b[arg9]); }",
		"BEGIN { this->p = (char *)alloca(arg9); this->p[arg3] = 'q'; trace(this->p[arg3]); trace(this->p[16]); }",
		"BEGIN { alloca(arg9 * 200000); }",
	};

	(void)state;
	ALL_SAME(scripts, 256);
}

static void user_memory(void **state)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), script[1000];
	unsigned long at = (unsigned long)page + 4096 - 5;

	(void)state;
	assert_ptr_not_equal(page, MAP_FAILED);
	memcpy(page + 4096 - 5, "abcd", 5);
	page[4095] = 'e';
	munmap(page + 4096, 4096);
	snprintf(script, sizeof(script),
		 "BEGIN { trace(copyinstr(%lu, 3)); trace(copyinstr(%lu)); } BEGIN { tracemem(copyin(%lu, 5), 5); } "
		 "BEGIN { tracemem(copyin(%lu, 6), 6); }", at, at, at, at);
	same(script, &plain, 256, 1);
	page[4095] = '\0';
	same(script, &plain, 256, 1);
	munmap(page, 4096);
}

static void speculations(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { self->s = speculation(); trace(self->s); } BEGIN { speculate(self->s); trace(execname); } BEGIN { commit(self->s); }",
		"BEGIN { self->s = speculation(); } BEGIN { speculate(self->s); } BEGIN { discard(self->s); trace(1); }",
		("BEGIN { a = speculation(); b = speculation(); c = speculation(); trace(speculation()); } BEGIN { speculate(b); trace(2); } "
		"BEGIN { commit(b); discard(a); commit(c); commit(0); discard(b); }"),
	};
	const struct eval_options small = {.nspec = 1, .specsize = 100};

	(void)state;
	ALL_SAME(scripts, 256);
	same("BEGIN { a = speculation(); } BEGIN { speculate(a); trace(1); } BEGIN { speculate(a); trace(2); } "
	     "BEGIN { speculate(a); trace(3); } BEGIN { commit(a); }", &small, 256, 2);
}

static void the_end(void **state)
{
	static const char *const scripts[] = {
		"BEGIN { exit(arg1); trace(1); } BEGIN { trace(2); }", "BEGIN /arg0 == 2/ { exit(1); } BEGIN { trace(2); }",
		"BEGIN { } BEGIN /0/ { }", "BEGIN { raise(0); }",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		same(scripts[i], &plain, 256, 1); /* after exit() the fixed program fires no more */
}

/* Jumps over more instructions than they can, and registers that have no place on the stack. */
static void large_clauses(void **state)
{
	char *script = calloc(1, 1 << 20);
	size_t n = 0;

	(void)state;
	n += (size_t)sprintf(script + n, "int x; BEGIN /arg0 == 1/ { ");
	for (int i = 0; i < 700; i++)
		n += (size_t)sprintf(script + n, "@a[x, execname, %d] = sum(x / (arg1 + %d)); x += %d;", i % 7, i, i);
	sprintf(script + n, " trace(x); } BEGIN { trace(x); }");
	same(script, &plain, 256, 1);
	n = (size_t)sprintf(script, "BEGIN { trace(");
	for (int i = 0; i < 60; i++)
		n += (size_t)sprintf(script + n, "(arg%d * %d + ", i % 10, i + 3);
	n += (size_t)sprintf(script + n, "1");
	for (int i = 0; i < 60; i++)
		script[n++] = ')';
	sprintf(script + n, "); }");
	same(script, &plain, 256, 1);
	n = 0;
	for (int i = 0; i < 1000; i++)
		n += (size_t)sprintf(script + n, "BEGIN { trace(%d); }\n", i);
	same(script, &plain, 256, 1);
	free(script);
}

/* Without a kernel. */

struct program {
	struct prov_set *probes;
	struct ir_program *p;
	struct gen *g;
	char why[500];
};

static struct program made(const char *script, const struct eval_options *o, const struct gen_features *f)
{
	struct lang_options lo = {.destructive = o->destructive, .strsize = 256, .zdefs = true};
	struct lang_source source = {.name = "test", .text = script, .len = strlen(script), .is_file = true};
	struct program m = {.probes = prov_new()};
	struct d_error error;

	m.p = lang_compile(&source, 1, &lo, m.probes, &error);
	if (!m.p)
		fail_msg("%s", error.message);
	m.g = gen_new(m.p, o, f, m.why, sizeof(m.why));
	return m;
}

static void done(struct program *m)
{
	gen_free(m->g);
	ir_free(m->p);
	prov_free(m->probes);
}

static const char *no_name(void *cookie, uint32_t probe, uint32_t var)
{
	(void)cookie;
	(void)var;
	return probe == 5 ? "read" : NULL;
}

static void keys_of_names_are_short(void **state)
{
	const struct gen_features f = {.task_storage = true, .cpus = 2};
	struct program m = made("BEGIN { @[execname, pid, probefunc] = count(); @s[execname] = count(); @s[\"a\"] = count(); }", &plain, &f);
	const struct gen_agg *a = gen_agg(m.g, 0);
	uint64_t key[8] = {1, 0, 0, 0, 0, 42, 5}, form[32];
	const struct gen_map *maps;
	bool names = false;

	(void)state;
	assert_non_null(m.g);
	assert_int_equal(a->key_size, 8 + KERN_EXECNAME + 8 + 8);
	assert_int_equal(a->value_size, 8);
	assert_int_equal(a->parts[0].kind, GEN_KEY_EXECNAME);
	assert_int_equal(a->parts[2].kind, GEN_KEY_PROBE);
	assert_int_equal(gen_agg(m.g, 1)->parts[0].kind, GEN_KEY_STRING);
	assert_int_equal(gen_needs(m.g, 0) & (NEED_EXECNAME | NEED_ARGS | NEED_UID), NEED_EXECNAME);
	for (uint32_t i = gen_maps(m.g, &maps); i-- > 0;)
		names |= maps[i].kind == GEN_PROBES;
	assert_false(names);
	memcpy(&key[1], "sh", 2);
	assert_int_equal(gen_agg_key(m.g, 0, key, form, sizeof(form), no_name, NULL), 8 + 8 + 8);
	assert_memory_equal(form, "\2\0\0\0sh\0\0\52\0\0\0\0\0\0\0\4\0\0\0read", 24);
	assert_int_equal(gen_agg_key(m.g, 0, key, form, 16, no_name, NULL), -1);
	memset(key, 0xff, sizeof(key)); /* a length beyond the part */
	assert_int_equal(gen_agg_key(m.g, 1, key, form, sizeof(form), no_name, NULL), -1);
	done(&m);
}

/* What has one value needs no hash; buckets that are too many for a value are spread over keys. */
static void one_value_lies_in_an_array(void **state)
{
	static const struct { const char *script; uint32_t type; } cases[] = {
		{"BEGIN { @ = count(); }", BPF_MAP_TYPE_PERCPU_ARRAY},
		{"BEGIN { @ = quantize(arg0); }", BPF_MAP_TYPE_PERCPU_ARRAY},
		{"BEGIN { @ = lquantize(arg0, 0, 20000, 1); }", BPF_MAP_TYPE_PERCPU_HASH},
		{"BEGIN { @[pid] = count(); }", BPF_MAP_TYPE_PERCPU_HASH},
	};
	const struct gen_features f = {.cpus = 2};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct program m = made(cases[i].script, &plain, &f);
		const struct gen_map *maps;
		uint32_t type = 0;

		for (uint32_t n = gen_maps(m.g, &maps); n-- > 0;)
			type = maps[n].kind == GEN_AGG ? maps[n].type : type;
		if (type != cases[i].type)
			fail_msg("%s: map of type %u", cases[i].script, type);
		assert_int_equal(gen_agg(m.g, 0)->is_single, type == BPF_MAP_TYPE_PERCPU_ARRAY);
		done(&m);
	}
}

/* A copy from user memory can be taken again as long as nothing has happened. */
static void what_can_be_taken_again(void **state)
{
	static const struct { const char *script; bool want; } cases[] = {
		{"BEGIN { trace(copyinstr(arg0)); }", true},
		{"BEGIN /copyinstr(arg0) == \"a\"/ { @ = count(); }", true},
		{"BEGIN { @[copyinstr(arg0)] = count(); }", true},
		{"BEGIN { @ = count(); trace(copyinstr(arg0)); }", false},
		{"BEGIN { x = 1; trace(copyinstr(arg0)); }", false},
		{"BEGIN { this->a = arg0; trace(copyinstr(this->a)); }", true},
		{"BEGIN { this->a = 1; } BEGIN { trace(copyinstr(this->a)); }", false},
		{"BEGIN { trace(arg0); }", false},
	};
	const struct gen_features f = {.task_storage = true};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct program m = made(cases[i].script, &plain, &f);

		assert_non_null(m.g);
		if (gen_retries(m.g, m.p->nclauses - 1) != cases[i].want)
			fail_msg("%s: %s be taken again", cases[i].script, cases[i].want ? "cannot" : "can");
		done(&m);
	}
}

static void what_cannot_be_done_is_said(void **state)
{
	static const struct { const char *script, *words[2]; } cases[] = {
		{"BEGIN { chill(5); }", {"line 1: chill()", "delay"}},
		{"BEGIN { trace(1);\nraise(9); }", {"line 2: raise()", "signals"}},
		{"BEGIN { copyout(alloca(4), arg0, 4); }", {"copyout()", "write a task's memory"}},
		{"BEGIN { s = speculation(); }", {"nspec is 20000", "16384"}},
	};
	const struct eval_options o = {.destructive = true, .nspec = 20000};
	const struct gen_features f = {.task_storage = true};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct program m = made(cases[i].script, &o, &f);

		assert_null(m.g);
		if (!strstr(m.why, cases[i].words[0]) || !strstr(m.why, cases[i].words[1]))
			fail_msg("%s: %s", cases[i].script, m.why);
		done(&m);
	}
}

/* Every jump and call arrives, every map is there, the line of D is known. */
static void leaves_are_well_formed(void **state)
{
	const struct gen_features f = {.task_storage = true};
	struct program m = made("BEGIN { @[execname] = quantize(arg0 / arg1); printf(\"%s\", strjoin(execname, probefunc)); }\n"
				"BEGIN { self->x = copyinstr(arg0); }\ndtrace:::ERROR { trace(arg5); }", &plain, &f);
	const struct gen_call calls[] = {{.clause = 0}, {.clause = 1, .probe = 1, .is_open = true}}, error = {.clause = 2, .epid = 3};
	const struct gen_map *maps;
	uint32_t nmaps = gen_maps(m.g, &maps);

	(void)state;
	for (unsigned hook = HOOK_RUN; hook <= HOOK_PROFILE; hook++) {
		const struct gen_place place = {.hook = (enum kern_hook)hook, .slot = 1, .slots = 3};
		struct gen_leaf leaf;

		assert_int_equal(gen_leaf(m.g, &place, calls, 2, &error, 1, 9, &leaf, m.why, sizeof(m.why)), 0);
		assert_true(leaf.nfuncs > 2);
		for (uint32_t i = 0; i < leaf.nrelocs; i++) {
			assert_in_range(leaf.relocs[i].map, 0, nmaps - 1);
			assert_int_equal(leaf.insns[leaf.relocs[i].insn].code, BPF_LD | BPF_DW | BPF_IMM);
		}
		for (uint32_t i = 0; i < leaf.ninsns; i++) {
			const struct bpf_insn *in = &leaf.insns[i];
			unsigned class = BPF_CLASS(in->code), op = BPF_OP(in->code);
			int64_t to = (int64_t)i + 1 + (op == BPF_CALL ? in->imm : in->off);

			assert_in_range(leaf.lines[i], 0, 3);
			if (in->code == (BPF_LD | BPF_DW | BPF_IMM)) {
				i++;
			} else if (class == BPF_JMP && op != BPF_EXIT && (op != BPF_CALL || in->src_reg == BPF_PSEUDO_CALL)) {
				assert_in_range(to, 0, leaf.ninsns - 1);
			}
		}
		gen_leaf_free(&leaf);
	}
	done(&m);
}

static uint64_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Fires a script whose time nobody has taken yet. Returns the time that the firing has then; *status is that of exit(), or -1. */
static uint64_t time_of_firing(const char *script, int *status)
{
	struct leafrun *r = calloc(1, sizeof(*r));
	enum leafrun_result result = leafrun_open(r, script, &plain, 256);
	uint64_t time_ns;

	if (result == LEAFRUN_NO_KERNEL) {
		leafrun_close(r);
		free(r);
		skip();
	}
	if (result != LEAFRUN_OK)
		fail_msg("%s: %s", script, r->why);
	r->firing.time_ns = 0;
	leafrun_fire(r);
	time_ns = ((const struct firing *)(const void *)r->element)->time_ns;
	*status = r->exited[1] ? r->status[1] : -1;
	leafrun_close(r);
	free(r);
	return time_ns;
}

/* The clock costs as much as an empty program: who does not ask for the time does not pay, and all that one firing says is one time. */
static void time_is_taken_when_asked_for(void **state)
{
	uint64_t before = clock_now(), time_ns;
	int status;

	(void)state;
	assert_int_equal(time_of_firing("BEGIN /arg0 == 2/ { @ = max(timestamp); trace(walltimestamp); }", &status), 0);
	assert_int_equal(time_of_firing("BEGIN { @ = sum(arg1 / arg0); exit(2); }", &status) == 0, 0); /* a record has a time */
	assert_int_equal(time_of_firing("BEGIN { @[pid] = count(); self->n = arg1 / arg0; }", &status), 0);
	time_ns = time_of_firing("BEGIN { this->a = timestamp; this->w = walltimestamp; } "
				 "BEGIN /this->a == timestamp && this->w == walltimestamp && this->a == this->w/ { exit(3); }", &status);
	assert_int_equal(status, 3); /* the offset of walltimestamp is 0 here */
	assert_true(time_ns >= before && time_ns <= clock_now());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic), cmocka_unit_test(strings), cmocka_unit_test(variables), cmocka_unit_test(aggregations),
		cmocka_unit_test(faults), cmocka_unit_test(user_memory), cmocka_unit_test(speculations), cmocka_unit_test(the_end),
		cmocka_unit_test(large_clauses), cmocka_unit_test(keys_of_names_are_short),
		cmocka_unit_test(one_value_lies_in_an_array), cmocka_unit_test(what_can_be_taken_again),
		cmocka_unit_test(what_cannot_be_done_is_said), cmocka_unit_test(leaves_are_well_formed),
		cmocka_unit_test(time_is_taken_when_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/prov: the tables are whole and their ids stable; descriptions match what the DTrace guide says.
 */
#include "unit.h"

#include "bpf/prov/prov.h"
#include "toolbox/lib/base.h"

#include <asm/unistd.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int count(struct prov_set *set, const char *text)
{
	struct prov_text t;
	char why[100];

	assert_int_equal(prov_parse(&t, text, strlen(text), why, sizeof why), 0);
	return prov_match(set, &t.desc, NULL, NULL);
}

static bool keep(void *cookie, const struct prov_probe *p)
{
	*(const struct prov_probe **)cookie = p;
	return false;
}

static const struct prov_probe *first(struct prov_set *set, const char *text)
{
	const struct prov_probe *p = NULL;
	struct prov_text t;
	char why[100];

	assert_int_equal(prov_parse(&t, text, strlen(text), why, sizeof why), 0);
	prov_match(set, &t.desc, keep, &p);
	return p;
}

static void globs(void **state)
{
	static const struct {
		const char *glob, *s;
		bool match;
	} cases[] = {
		{ "", "read", true },
		{ "", "", true },
		{ "*", "", true },
		{ "read", "read", true },
		{ "read", "readv", false },
		{ "read*", "readv", true },
		{ "*read*", "pread64", true },
		{ "r?ad", "read", true },
		{ "r?ad", "rad", false },
		{ "[a-c]x", "bx", true },
		{ "[a-c]x", "dx", false },
		{ "[!a-c]x", "dx", true },
		{ "[!a-c]x", "ax", false },
		{ "[]]x", "]x", true },
		{ "[a", "a", false },
		{ "\\*", "*", true },
		{ "\\*", "x", false },
		{ "?", "", false },
		{ "a*b*c", "axxbyyc", true },
		{ "a*b*c", "axxbyy", false },
		{ "[a\\-z]", "-", true },
		{ "[a\\-z]", "c", false },
		{ "[a-]", "-", true },
		{ "exec-*", "exec-success", true },
		{ "[0-9][0-9]", "42", true },
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		if (prov_glob(cases[i].glob, cases[i].s) != cases[i].match)
			fail_msg("%s against %s", cases[i].glob, cases[i].s);
	}
}

static void a_long_glob_costs_no_more_than_its_product(void **state)
{
	char glob[400], s[4000];

	(void)state;
	for (size_t i = 0; i + 1 < sizeof glob; i++)
		glob[i] = i % 2 ? 'a' : '*';
	glob[sizeof glob - 2] = 'b';
	glob[sizeof glob - 1] = '\0';
	memset(s, 'a', sizeof s - 1);
	s[sizeof s - 1] = '\0';
	assert_false(prov_glob(glob, s));
}

static void periods(void **state)
{
	static const struct {
		const char *name;
		uint64_t ns;
		bool tick;
	} cases[] = {
		{ "tick-1", 1000000000, true },
		{ "tick-1hz", 1000000000, true },
		{ "tick-10", 100000000, true },
		{ "tick-5s", 5000000000, true },
		{ "tick-5sec", 5000000000, true },
		{ "tick-10ms", 10000000, true },
		{ "tick-10msec", 10000000, true },
		{ "tick-250us", 250000, true },
		{ "tick-250usec", 250000, true },
		{ "tick-200000ns", 200000, true },
		{ "tick-199999nsec", 0, true },
		{ "tick-1m", 60000000000, true },
		{ "tick-1min", 60000000000, true },
		{ "tick-1h", 3600000000000, true },
		{ "tick-1hour", 3600000000000, true },
		{ "tick-1d", 86400000000000, true },
		{ "tick-1day", 86400000000000, true },
		{ "profile-97", 10309278, false },
		{ "profile-97hz", 10309278, false },
		{ "profile-5000", 200000, false },
		{ "profile-5001", 0, false },
		{ "tick-", 0, true },
		{ "tick-0", 0, true },
		{ "tick-1x", 0, true },
		{ "tick--1", 0, true },
		{ "tick-99999999999999999999999", 0, true },
		{ "tick-999999999d", 0, true },
		{ "tock-1", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		bool tick;

		if (prov_period(cases[i].name, &tick) != cases[i].ns || (cases[i].ns && tick != cases[i].tick))
			fail_msg("%s", cases[i].name);
	}
}

static void texts(void **state)
{
	struct prov_text t;
	char why[100];

	(void)state;
	assert_int_equal(prov_parse(&t, "syscall:vmlinux:read:entry", 26, why, sizeof why), 0);
	assert_string_equal(t.desc.provider, "syscall");
	assert_string_equal(t.desc.module, "vmlinux");
	assert_string_equal(t.desc.function, "read");
	assert_string_equal(t.desc.name, "entry");
	assert_int_equal(prov_parse(&t, "read:entry", 10, why, sizeof why), 0);
	assert_string_equal(t.desc.provider, "");
	assert_string_equal(t.desc.function, "read");
	assert_int_equal(prov_parse(&t, "syscall:::", 10, why, sizeof why), 0);
	assert_string_equal(t.desc.provider, "syscall");
	assert_string_equal(t.desc.name, "");
	assert_int_equal(prov_parse(&t, "12", 2, why, sizeof why), 0);
	assert_int_equal(t.desc.id, 12);
	assert_int_equal(prov_parse(&t, "a:b:c:d:e", 9, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "0", 1, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "4294967296", 10, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "", 0, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "re[ad", 5, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "a b", 3, why, sizeof why), -EINVAL);
	assert_int_equal(prov_parse(&t, "a\0b", 3, why, sizeof why), -EINVAL);
	char big[PROV_TEXT_MAX + 1];
	memset(big, 'x', sizeof big);
	assert_int_equal(prov_parse(&t, big, PROV_TEXT_MAX, why, sizeof why), -ENAMETOOLONG);
	assert_int_equal(prov_parse(&t, big, PROV_TEXT_MAX - 1, why, sizeof why), 0);
}

static void descriptions(void **state)
{
	struct prov_set *set = prov_new();

	(void)state;
	assert_non_null(set);
	assert_int_equal(first(set, "BEGIN")->id, 1);
	assert_int_equal(first(set, "END")->id, 2);
	assert_int_equal(first(set, "dtrace:::ERROR")->id, 3);
	assert_int_equal(count(set, "BEGIN"), 1);
	assert_int_equal(count(set, "dtrace:::"), 3);
	assert_int_equal(count(set, "1"), 1);
	assert_int_equal(count(set, "9"), 0);
	assert_int_equal(count(set, "nobody:::"), 0);
	assert_int_equal(count(set, "syscall::read:"), 2);
	assert_int_equal(count(set, "read:entry"), 2); /* syscall and lx-syscall */
	assert_int_equal(count(set, "syscall:::entry"), count(set, "lx-syscall:::return"));
	assert_true(count(set, "syscall:::") > 600);
	assert_int_equal(count(set, "proc:::exec*"), 3);
	assert_int_equal(first(set, "lx-syscall::openat:entry")->nargs, 4);
	assert_string_equal(first(set, "syscall::openat:entry")->args[1], "const char *");
	assert_string_equal(first(set, "syscall::getpid:entry")->module, "vmlinux");
	assert_int_equal(first(set, "syscall::getpid:entry")->nargs, 0);
	assert_string_equal(first(set, "lx-syscall::getpid:entry")->module, "sys64");
	assert_int_equal(first(set, "syscall::getpid:entry")->id, 1000 + 2 * __NR_getpid);
	assert_int_equal(first(set, "syscall::getpid:return")->number, __NR_getpid);
	prov_free(set);
}

static void a_period_is_made_when_it_is_named(void **state)
{
	struct prov_set *set = prov_new();
	int before = count(set, "profile:::"), all = count(set, ":::");

	(void)state;
	const struct prov_probe *p = first(set, "tick-3s");
	assert_non_null(p);
	assert_int_equal(p->id, 10000);
	assert_int_equal(p->period_ns, 3000000000);
	assert_int_equal(p->kind, PROV_TICK);
	assert_ptr_equal(first(set, "profile:::tick-3s"), p);
	assert_int_equal(count(set, "profile:::"), before + 1);
	assert_int_equal(count(set, ":::"), all + 1);
	assert_int_equal(count(set, "tick-1"), 1); /* there before */
	assert_int_equal(count(set, "tick-*"), 7);
	assert_int_equal(count(set, "syscall:::tick-9s"), 0);
	assert_int_equal(count(set, "profile::x:tick-9s"), 0);
	for (int i = 1; i < 100; i++) {
		char name[32];

		snprintf(name, sizeof name, "profile-%dms", i);
		assert_int_equal(count(set, name), 1);
	}
	assert_ptr_equal(prov_by_id(set, 10000), p); /* where it was, though the list grew */
	prov_free(set);
}

static bool rising(void *cookie, const struct prov_probe *p)
{
	uint32_t *last = cookie;

	assert_true(p->id > *last);
	*last = p->id;
	assert_true(p->provider && p->module && p->function && p->name && *p->provider && *p->name);
	for (unsigned i = 0; i < p->nargs; i++)
		assert_true(p->args[i] && *p->args[i]);
	return true;
}

static void ids_rise_and_nothing_is_missing(void **state)
{
	struct prov_set *set = prov_new();
	uint32_t last = 0;

	(void)state;
	prov_match(set, &(struct prov_desc){ .name = "" }, rising, &last);
	assert_true(last > 4000);
	prov_free(set);
}

/* An unknown __NR_x stays a word: the table may know younger calls than the headers of this machine do. */
#define TEXT(x) #x
#define EXPAND(x) TEXT(x)
static const struct {
	const char *name, *number;
} headers[] = {
#define SYSCALL(name, x86_64, aarch64, ...) { #name, EXPAND(__NR_##name) },
#define SYSCALL0(name, x86_64, aarch64) { #name, EXPAND(__NR_##name) },
#include "bpf/prov/syscalls.def"
#undef SYSCALL
#undef SYSCALL0
};

static void numbers_are_the_kernels(void **state)
{
	struct prov_set *set = prov_new();
	unsigned known = 0;

	(void)state;
	for (size_t i = 0; i < countof(headers); i++) {
		char text[100], *end;
		long number = strtol(headers[i].number, &end, 10);
		const struct prov_probe *p;

		if (i > 0)
			assert_true(strcmp(headers[i - 1].name, headers[i].name) < 0);
		snprintf(text, sizeof text, "syscall::%s:entry", headers[i].name);
		p = first(set, text);
		if (end == headers[i].number || *end)
			continue;
		known++;
		if (!p || p->number != number)
			fail_msg("%s is %ld in asm/unistd.h, %d here", headers[i].name, number, p ? p->number : -1);
	}
	assert_true(known > 290);
	prov_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(globs),
		cmocka_unit_test(a_long_glob_costs_no_more_than_its_product),
		cmocka_unit_test(periods),
		cmocka_unit_test(texts),
		cmocka_unit_test(descriptions),
		cmocka_unit_test(a_period_is_made_when_it_is_named),
		cmocka_unit_test(ids_rise_and_nothing_is_missing),
		cmocka_unit_test(numbers_are_the_kernels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf/sym/demangle: names of C, C++ and Rust, and names that are made to be long.
 */
#include "unit.h"

#include "bpf/sym/demangle.h"

#include <string.h>

static void is(const char *name, const char *want, int params)
{
	char buf[DEMANGLE_OUT_MAX];

	demangle(name, buf, sizeof(buf), params);
	assert_string_equal(buf, want);
}

static void names(void **state)
{
	(void)state;
	is("main", "main", 1);
	is("", "", 1);
	is("memcpy@@GLIBC_2.14", "memcpy", 1);
	is("_Z3fooi", "foo(int)", 1);
	is("_Z3fooi", "foo", 0);
	is("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back(int const&)", 1);
	is("_ZNK5shape4areaEv", "shape::area() const", 1);
	is("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad", 1);
	is("_RNvC6_123foo3bar", "123foo::bar", 1);
	is("_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar", 1);
	is("_Z", "_Z", 1);
	is("_ZN", "_ZN", 1);
	is("_R", "_R", 1);
	is("_Zfoo", "_Zfoo", 1);
}

static void long_names(void **state)
{
	char name[8192], buf[64];

	(void)state;
	/* Deep nesting, back references that multiply, and just length. */
	memset(name, 'P', sizeof(name));
	memcpy(name, "_Z1f", 4);
	strcpy(name + 4000, "i");
	demangle(name, buf, sizeof(buf), 1);
	assert_true(strlen(buf) < sizeof(buf));
	strcpy(name, "_Z1fI");
	for (int i = 0; i < 300; i++)
		strcat(name, "St4pairIS0_S0_");
	demangle(name, buf, sizeof(buf), 1);
	assert_true(strlen(buf) < sizeof(buf));
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	demangle(name, buf, sizeof(buf), 1);
	assert_int_equal(strlen(buf), sizeof(buf) - 1);
	assert_string_equal(buf + sizeof(buf) - 4, "...");
	demangle("main", buf, 1, 1);
	assert_string_equal(buf, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(long_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

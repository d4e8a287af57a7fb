/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/pargs: the auxiliary vector of 64 and 32 bits, and words for a shell.
 */
#include "unit.h"

#include "toolbox/pargs/pargs.h"

#include <stdlib.h>
#include <string.h>

static void vectors(void **state)
{
	static const uint64_t wide[] = { 33, 0x7ffff7fc1000, 6, 4096, 23, 1, 777, 5, 0, 0, 6, 1 };
	static const uint32_t narrow[] = { 32, 0xf7f00570, 6, 4096, 17, 100, 0, 0 };
	struct auxv_entry e[8];
	unsigned bits;

	(void)state;
	assert_int_equal(auxv_parse(wide, sizeof(wide), e, 8, &bits), 4);
	assert_int_equal(bits, 64);
	assert_int_equal(e[0].value, 0x7ffff7fc1000);
	assert_int_equal(e[3].type, 777);
	assert_int_equal(auxv_parse(narrow, sizeof(narrow), e, 8, &bits), 3);
	assert_int_equal(bits, 32);
	assert_int_equal(e[0].value, 0xf7f00570);
	assert_int_equal(e[2].type, 17);
	/* no more than there is room for */
	assert_int_equal(auxv_parse(wide, sizeof(wide), e, 2, &bits), 2);
	/* without an end, cut, empty, something else */
	assert_int_equal(auxv_parse(wide, 64, e, 8, &bits), 0);
	assert_int_equal(auxv_parse(wide, 3, e, 8, &bits), 0);
	assert_int_equal(auxv_parse("", 0, e, 8, &bits), 0);
	assert_int_equal(auxv_parse("this is not a vector of anything", 32, e, 8, &bits), 0);
}

static void explained(struct auxv_entry e, bool native, const char *want)
{
	char text[64];

	auxv_explain(text, sizeof(text), &e, native);
	assert_string_equal(text, want);
}

static void meanings(void **state)
{
	char small[8];

	(void)state;
	assert_string_equal(auxv_name(6), "AT_PAGESZ");
	assert_null(auxv_name(777));
	assert_true(auxv_is_string(31));
	assert_false(auxv_is_string(6));
	explained((struct auxv_entry){ 6, 4096 }, true, "4096");
	explained((struct auxv_entry){ 3, 4096 }, true, "");
	explained((struct auxv_entry){ 23, 0 }, true, "0");
	explained((struct auxv_entry){ 23, 1 }, true, "1 (runs with more rights than who started it)");
	explained((struct auxv_entry){ 777, 5 }, true, "");
#ifdef __x86_64__
	explained((struct auxv_entry){ 16, 1 << 25 | 1 << 26 | 1 << 10 }, true, "bit10,sse,sse2");
	explained((struct auxv_entry){ 26, 2 }, true, "fsgsbase");
#endif
	explained((struct auxv_entry){ 16, 1 << 25 }, false, "");
	auxv_explain(small, sizeof(small), &(struct auxv_entry){ 16, ~0ull }, true);
	assert_int_equal(small[7], '\0');
}

static void quoted(const char *s, size_t n, const char *want)
{
	char *q = quote_word(s, n);

	assert_string_equal(q, want);
	free(q);
}
#define QUOTED(s, want) quoted(s, sizeof(s) - 1, want)

static void words(void **state)
{
	(void)state;
	QUOTED("plain-1.0/x", "plain-1.0/x");
	QUOTED("", "''");
	QUOTED("two words", "'two words'");
	QUOTED("it's", "'it'\\''s'");
	QUOTED("$HOME `x` \"y\" ~ * #", "'$HOME `x` \"y\" ~ * #'");
	QUOTED("~root", "'~root'");
	QUOTED("gr\303\274n", "'gr\303\274n'");
	QUOTED("a\nb", "$'a\\012b'");
	QUOTED("e\033[1m'\\", "$'e\\033[1m\\047\\134'");
	QUOTED("\302\233", "$'\\302\\233'");
	QUOTED("\342\200\256", "$'\\342\\200\\256'");
	QUOTED("\xff", "$'\\377'");
	QUOTED("back\\033", "$'back\\134033'");
}

static void ascii(void **state)
{
	char *q = quote_ascii("a\\ \303\274\n", 6);

	(void)state;
	assert_string_equal(q, "a\\\\ \\303\\274\\012");
	free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors),
		cmocka_unit_test(meanings),
		cmocka_unit_test(words),
		cmocka_unit_test(ascii),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

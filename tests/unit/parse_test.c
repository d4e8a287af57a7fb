/* SPDX-License-Identifier: GPL-2.0-only
 * The front of the D compiler where scripts (tests/d) cannot look: tables, memory, lines, the text the preprocessor gives.
 */
#include "unit.h"

#include "bpf/lang/lex.h"
#include "bpf/lang/pp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lang *new_lang(const struct lang_options *o)
{
	static struct lang_source source = { .name = "t.d", .is_file = true };
	struct lang *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	l->options = o;
	l->source = &source;
	l->ctx.arena.limit = D_MEMORY_MAX;
	return l;
}

static void free_lang(struct lang *l)
{
	arena_free(&l->ctx.arena);
	free(l);
}

static const struct {
	const char *text;
	enum tok kind;
} fixed[] = {
#define D_PUNCT(id, s) { s, T_##id },
#define D_KEYWORD(id, s) { s, K_##id },
#include "bpf/lang/tokens.def"
#undef D_PUNCT
#undef D_KEYWORD
};

/* A keyword out of order would not be found, an operator behind one that begins it would never be. */
static void every_fixed_token_is_scanned(void **state)
{
	struct lang_options o = { 0 };
	struct lang *l = new_lang(&o);

	(void)state;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		struct lexer lx;

		if (setjmp(l->ctx.stop))
			fail_msg("%s: %s", fixed[i].text, l->ctx.error.message);
		lex_init(&lx, l, fixed[i].text, strlen(fixed[i].text));
		assert_int_equal(lex_take(&lx).kind, fixed[i].kind);
		assert_int_equal(lex_take(&lx).kind, T_EOF);
		assert_string_equal(lex_tok_text(fixed[i].kind), fixed[i].text);
	}
	assert_int_equal(lex_keyword("selfish", 7), T_IDENT);
	assert_int_equal(lex_keyword("sel", 3), T_IDENT);
	free_lang(l);
}

static void memory_has_a_bound(void **state)
{
	struct lang_options o = { 0 };
	struct lang *l = new_lang(&o);
	volatile int n = 0;

	(void)state;
	l->ctx.arena.limit = 100000;
	if (setjmp(l->ctx.stop) == 0)
		for (;;) {
			char *p = d_alloc(&l->ctx, 100);

			assert_int_equal((uintptr_t)p % 16, 0);
			for (int i = 0; i < 100; i++)
				assert_int_equal(p[i], 0);
			memset(p, 1, 100);
			n++;
		}
	assert_in_range(n, 700, 1000);
	assert_int_equal(l->ctx.error.tag, D_UNKNOWN);
	if (setjmp(l->ctx.stop) == 0) {
		d_alloc(&l->ctx, SIZE_MAX - 4);
		fail();
	}
	assert_in_range(l->ctx.arena.used, 0, 100000);
	free_lang(l);
}

static void large_and_small_blocks_do_not_overlap(void **state)
{
	struct lang_options o = { 0 };
	struct lang *l = new_lang(&o);
	char *blocks[60];

	(void)state;
	if (setjmp(l->ctx.stop))
		fail_msg("%s", l->ctx.error.message);
	for (int i = 0; i < 60; i++) {
		size_t size = i % 3 ? (size_t)i + 1 : (size_t)i * 1000 + 1;

		blocks[i] = d_alloc(&l->ctx, size);
		memset(blocks[i], i, size);
	}
	for (int i = 0; i < 60; i++) {
		size_t size = i % 3 ? (size_t)i + 1 : (size_t)i * 1000 + 1;

		for (size_t k = 0; k < size; k++)
			assert_int_equal(blocks[i][k], i);
	}
	assert_string_equal(d_printf(&l->ctx, "%s-%d", "a", 7), "a-7");
	assert_string_equal(d_strndup(&l->ctx, "abc", 2), "ab");
	free_lang(l);
}

static void lines_are_those_of_the_last_origin(void **state)
{
	struct d_origin b = { .from = 20, .line = 100, .file = "b.h" };
	struct d_origin c = { .from = 30, .line = 7, .file = NULL, .next = &b };
	struct d_ctx ctx = { .origins = &c };
	const char *file;

	(void)state;
	assert_int_equal(d_line(&ctx, 5, &file), 5);
	assert_null(file);
	assert_int_equal(d_line(&ctx, 20, &file), 100);
	assert_string_equal(file, "b.h");
	assert_int_equal(d_line(&ctx, 29, NULL), 109);
	assert_int_equal(d_line(&ctx, 33, &file), 10);
	assert_null(file);
	assert_int_equal(d_line(&ctx, 0, NULL), 0);
}

/* --- the preprocessor's text ------------------------------------------------------------------- */

static char *include(void *cookie, const char *path, size_t *len)
{
	static char text[] = "#define H 1\nH\n";

	(void)cookie;
	if (strcmp(path, "h") != 0)
		return NULL;
	*len = sizeof(text) - 1;
	return text;
}

static void expect(const char *text, const char *want)
{
	struct lang_options o = { .preprocess = true, .include = include };
	struct lang *l = new_lang(&o);
	const char *got;
	size_t len;

	if (setjmp(l->ctx.stop))
		fail_msg("%s: %s", text, l->ctx.error.message);
	got = pp_run(l, text, strlen(text), &len);
	assert_int_equal(strlen(got), len);
	assert_string_equal(got, want);
	free_lang(l);
}

static void lines_stay_where_they_were(void **state)
{
	(void)state;
	expect("a\nb\n", "a\nb\n");
	expect("a\\\nb\nc\n", "ab\n\nc\n");
	expect("a /* x\ny\n*/ b\nc\n", "a b\n\n\nc\n");
	expect("#define f(x, y) <x y>\nf(1\n,\n2)\nc\n", "\n<1 2>\n\n\nc\n");
	expect("#define x 1 \\\n+ 2\nx\n", "\n\n1 + 2\n");
}

static void includes_are_marked(void **state)
{
	(void)state;
	expect("#include \"h\"\nx H\n", "# 1 \"h\"\n\n1\n# 2 \"\"\nx 1\n");
	expect("#!x\na\n", "\na\n");
	expect("#if 0\nq\n#else\na\n#endif\n", "\n\n\na\n\n");
}

static void tokens_do_not_join(void **state)
{
	(void)state;
	expect("#define minus -\nx -minus 1\n", "\nx - - 1\n");
	expect("#define e\n#define n 1\na(e)n n\n", "\n\na()1 1\n");
	expect("#define f(x) x x\nf(1)f(2)\n", "\n1 1 2 2\n");
	expect("#define arrow ->\na arrow b\n", "\na -> b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fixed_token_is_scanned),
		cmocka_unit_test(memory_has_a_bound),
		cmocka_unit_test(large_and_small_blocks_do_not_overlap),
		cmocka_unit_test(lines_are_those_of_the_last_origin),
		cmocka_unit_test(lines_stay_where_they_were),
		cmocka_unit_test(includes_are_marked),
		cmocka_unit_test(tokens_do_not_join),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

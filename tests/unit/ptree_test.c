/* SPDX-License-Identifier: GPL-2.0-only
 * toolbox/ptree/tree with parents of every kind: those that are missing, those that go round, and long chains.
 */
#include "unit.h"

#include "toolbox/ptree/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes the tree as tree_next walks it: " 1( 2) 5". */
static void walk(const struct node *nodes, size_t first, char *text, bool shown_only)
{
	long deeper = 0;
	char *p = text;

	for (size_t i = first; i != TREE_NONE; i = tree_next(nodes, i, &deeper)) {
		for (long d = deeper; d < 0; d++)
			*p++ = ')';
		if (deeper > 0)
			*p++ = '(';
		if (!shown_only || nodes[i].shown)
			p += sprintf(p, " %d", nodes[i].pid);
	}
	*p = '\0';
}

static void tree_is(const struct node *given, size_t n, const char *want)
{
	struct node nodes[16];
	char text[256];

	memcpy(nodes, given, n * sizeof(*nodes));
	size_t first = tree_link(nodes, n);
	walk(nodes, first, text, false);
	assert_string_equal(text, want);
}
#define TREE_IS(want, ...) \
	tree_is((const struct node[]){ __VA_ARGS__ }, sizeof((const struct node[]){ __VA_ARGS__ }) / sizeof(struct node), want)
#define P(pid_, ppid_) { .pid = pid_, .ppid = ppid_ }

static void trees(void **state)
{
	(void)state;
	tree_is((const struct node[1]){ { 0 } }, 0, "");
	TREE_IS(" 1", P(1, 0));
	TREE_IS(" 1( 2( 3) 4", P(1, 0), P(2, 1), P(3, 2), P(4, 1));
	/* the parent is not there, or outside of the pid namespace */
	TREE_IS(" 1( 3) 2 4", P(1, 0), P(2, 99), P(3, 1), P(4, 0));
	/* children before their parents */
	TREE_IS(" 9( 2( 1) 3", P(1, 2), P(2, 9), P(3, 9), P(9, 0));
}

static void rings(void **state)
{
	(void)state;
	TREE_IS(" 1", P(1, 1));
	TREE_IS(" 1( 2", P(1, 2), P(2, 1));
	TREE_IS(" 1( 3( 2( 4", P(1, 2), P(2, 3), P(3, 1), P(4, 2));
	/* a ring that something hangs on, and one more */
	TREE_IS(" 3( 1 2) 5( 6", P(1, 3), P(2, 3), P(3, 2), P(5, 6), P(6, 5));
	TREE_IS(" 1 2( 3", P(1, -5), P(2, 3), P(3, 2));
}

static void some_are_shown(void **state)
{
	struct node nodes[] = { P(1, 0), P(2, 1), P(3, 2), P(4, 2), P(5, 4), P(6, 1), P(7, 0) };
	char text[256];

	(void)state;
	size_t first = tree_link(nodes, 7);
	tree_show(nodes, tree_find(nodes, 7, 4));
	walk(nodes, first, text, true);
	assert_string_equal(text, " 1( 2( 4( 5)))");
	/* one without a parent must not bring the ones beside it */
	tree_show(nodes, tree_find(nodes, 7, 7));
	walk(nodes, first, text, true);
	assert_string_equal(text, " 1( 2( 4( 5))) 7");
	assert_int_equal(tree_find(nodes, 7, 8), TREE_NONE);
	assert_int_equal(tree_find(nodes, 0, 1), TREE_NONE);
}

/* Neither walks nor rings may take the square of what there is, nor a stack. */
static void a_long_chain(void **state)
{
	enum { N = 300000 };
	struct node *nodes = calloc(N, sizeof(*nodes));
	long deeper, depth = 0, deepest = 0;
	size_t seen = 0;

	(void)state;
	assert_non_null(nodes);
	for (int i = 0; i < N; i++)
		nodes[i] = (struct node)P(i + 1, i);
	nodes[0].ppid = N;
	for (size_t i = tree_link(nodes, N); i != TREE_NONE; i = tree_next(nodes, i, &deeper), depth += deeper) {
		seen++;
		if (depth > deepest)
			deepest = depth;
	}
	assert_int_equal(seen, N);
	assert_int_equal(deepest, N - 1);
	tree_show(nodes, N / 2);
	for (size_t i = 0; i < N; i++)
		assert_true(nodes[i].shown);
	free(nodes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),
		cmocka_unit_test(rings),
		cmocka_unit_test(some_are_shown),
		cmocka_unit_test(a_long_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * A tree of processes: see tree.h. Nothing here recurses: a chain of parents may be as long as there are processes.
 */
#include "tree.h"

size_t tree_find(const struct node *nodes, size_t n, pid_t pid)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (nodes[middle].pid == pid)
			return middle;
		if (nodes[middle].pid < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return TREE_NONE;
}

/* Cuts each ring of parents at one of its members. Each walk goes up as far as nobody has been before; a node of the
 * walk itself closes a ring. first_child holds who was there in which walk until the children are linked. */
static void cut_rings(struct node *nodes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		nodes[i].first_child = TREE_NONE;
	for (size_t i = 0; i < n; i++) {
		size_t at = i;

		while (at != TREE_NONE && nodes[at].first_child == TREE_NONE) {
			nodes[at].first_child = i;
			at = nodes[at].parent;
		}
		if (at != TREE_NONE && nodes[at].first_child == i)
			nodes[at].parent = TREE_NONE;
	}
}

size_t tree_link(struct node *nodes, size_t n)
{
	size_t roots = TREE_NONE;

	for (size_t i = 0; i < n; i++)
		nodes[i].parent = nodes[i].ppid > 0 ? tree_find(nodes, n, nodes[i].ppid) : TREE_NONE;
	cut_rings(nodes, n);
	for (size_t i = 0; i < n; i++)
		nodes[i].first_child = TREE_NONE;
	/* From the last to the first, each at the front: so that they stand in order. */
	for (size_t i = n; i-- > 0;) {
		size_t *list = nodes[i].parent == TREE_NONE ? &roots : &nodes[nodes[i].parent].first_child;

		nodes[i].next = *list;
		*list = i;
	}
	return roots;
}

size_t tree_next(const struct node *nodes, size_t i, long *deeper)
{
	*deeper = 1;
	if (nodes[i].first_child != TREE_NONE)
		return nodes[i].first_child;
	for (*deeper = 0; i != TREE_NONE; i = nodes[i].parent, --*deeper)
		if (nodes[i].next != TREE_NONE)
			return nodes[i].next;
	return TREE_NONE;
}

void tree_show(struct node *nodes, size_t i)
{
	long depth = 0;
	long deeper;

	for (size_t up = nodes[i].parent; up != TREE_NONE; up = nodes[up].parent)
		nodes[up].shown = true;
	do {
		nodes[i].shown = true;
		i = tree_next(nodes, i, &deeper);
		depth += deeper;
	} while (i != TREE_NONE && depth > 0);
}

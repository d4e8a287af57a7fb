/* SPDX-License-Identifier: GPL-2.0-only
 * A tree made of processes and their parents, which may be anything: the list is read while processes come and go,
 * and ids are used again.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define TREE_NONE SIZE_MAX

struct node {
	pid_t pid, ppid;
	uint32_t uid;
	bool shown;
	/* set by tree_link: indices into the array, TREE_NONE for none */
	size_t parent, first_child, next;
};

/* Links n nodes, which are in the order of their ids: each to its parent, children in that order. Whoever is its own
 * ancestor, or has a parent that is not there, has no parent. Returns the first node without a parent; the others
 * follow by next. TREE_NONE when n is 0. */
size_t tree_link(struct node *nodes, size_t n);

/* Marks a node, all of its ancestors and all of its descendants as shown. */
void tree_show(struct node *nodes, size_t i);

/* The node that is printed after node i, and how much deeper it stands (negative: less deep); TREE_NONE at the end. */
size_t tree_next(const struct node *nodes, size_t i, long *deeper);

/* The node of a process, TREE_NONE when it is not there. */
size_t tree_find(const struct node *nodes, size_t n, pid_t pid);

/* SPDX-License-Identifier: GPL-2.0-only
 * From containers to answers: attach or remove for many containers in one call.
 */
#pragma once

#include "enter.h"
#include "find/find.h"
#include "step.h"
#include "tree.h"

#include <stdbool.h>
#include <stddef.h>

struct options {
	bool all, list, remove, json, explain, allow_unlocked;
	bool at_auto;	/* --at auto */
	const char *at; /* the path, "/native" by default */
};

/* One container of a call and what became of it. */
struct item {
	const char *name; /* as it is called in messages */
	struct container *container; /* NULL when it was not found: then `failure` says why */
	char path[256]; /* where the tools are, were, or should have gone */
	enum outcome outcome;
	bool failed;
	bool skipped; /* of --all, and not there any more: not told */
	struct failure failure;
	const struct target *target;
	struct target own;
};

/* Attaches or removes for all items, a batch at a time; calls `tell` for each as soon as its answer
 * is known, in order. Items that failed before are only told. Returns 0, or -1 with f when
 * something failed that concerns all (then items without an answer are not told). */
int run_attach(const struct options *o, struct item *items, size_t n, void (*tell)(const struct item *, void *),
	       void *arg, struct failure *f);
int run_remove(const struct options *o, struct item *items, size_t n, void (*tell)(const struct item *, void *),
	       void *arg, struct failure *f);

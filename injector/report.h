/* SPDX-License-Identifier: GPL-2.0-only
 * What a call says: a line a container for people, an array of objects for programs.
 */
#pragma once

#include "run.h"

struct report {
	const struct options *options;
	struct yyjson_mut_doc *json; /* with --json */
	const char *version;
	bool hint; /* after a first success on a terminal: what to type next */
	bool failed;
};

/* Returns 0 or -ENOMEM. */
int report_begin(struct report *r, const struct options *o, const char *version);

/* One container; the signature that run_attach wants. */
void report_item(const struct item *item, void *report);

/* A failure that concerns the whole call, or a container that is no item (name may be NULL). */
void report_failure(struct report *r, const char *name, const struct failure *f);

/* Prints what is owed (JSON). Returns 0 or -errno. */
int report_end(struct report *r);

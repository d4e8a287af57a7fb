/* SPDX-License-Identifier: GPL-2.0-only
 * The inside of the store, shared by agg.c and agg_rows.c.
 */
#pragma once

#include "agg.h"

struct agg_node {
	struct agg_entry e;
	struct agg_node *next; /* in its chain */
	uint64_t hash;
	size_t bytes; /* that count against the limit */
	unsigned char key[];
};

struct agg_store {
	const struct ir_program *p;
	size_t limit, used, n;
	uint64_t drops, made;
	struct agg_node **table;
	size_t nbuckets; /* of the table: a power of two */
};

enum agg_extreme { AGG_LOWEST, AGG_HIGHEST };

void agg_remove(struct agg_store *s, const struct agg_entry *e);
/* agg_number of a value that may be in no entry. */
int64_t agg_value_number(const struct ir_aggregation *a, const struct agg_value *v, int64_t normal);

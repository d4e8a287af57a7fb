/* SPDX-License-Identifier: GPL-2.0-only
 * From the kernel's maps to the buffer and the store that printing reads: records out of the ring buffer, speculations that wait for
 * their commit, aggregations of all CPUs, counters of what was lost.
 */
#pragma once

#include "agg.h"
#include "buffer.h"
#include "drops.h"
#include "enable.h"
#include "load.h"

struct drain_config {
	struct load *load;
	const struct gen *gen;
	const struct ir_program *program;
	const struct enabling *enabling;
	struct prov_set *probes;
	struct buffer *buffer;
	struct agg_store *aggs;
	uint32_t nspec;
	uint64_t specsize;
	unsigned cpus;
};

struct drain;

/* NULL with a sentence in why. */
struct drain *drain_new(const struct drain_config *c, char *why, size_t size);
void drain_free(struct drain *d);

/* Takes what the ring buffer holds. Records that the buffer has no room for are counted as dropped. Returns how full the ring buffer was,
 * in 16ths of its size. */
uint32_t drain_records(struct drain *d);

/* Takes all that was counted until now, and leaves nothing of it in the kernel: what is counted meanwhile comes next time. 0 or
 * negative errno. */
int drain_aggregations(struct drain *d);

/* Whether there are aggregations at all. */
bool drain_has_aggregations(const struct drain *d);

/* What was lost since the last time, of all kinds. */
void drain_drops(struct drain *d, struct drops *drops);

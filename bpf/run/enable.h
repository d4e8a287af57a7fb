/* SPDX-License-Identifier: GPL-2.0-only
 * Which probes a program enables, with the clauses that each runs.
 */
#pragma once

#include "bpf/lang/eval.h"
#include "bpf/lang/ir.h"
#include "bpf/prov/prov.h"

/* An enabled probe with the clauses that it runs, in their order. */
struct enabled {
	const struct prov_probe *probe;
	struct eval_enabling *clauses;
	uint32_t n, room;
	uint64_t next_ns; /* PROFILE and TICK fired from user space: when it fires next */
};

struct enabling {
	const struct ir_program *program;
	struct prov_set *probes;
	struct enabled *list;
	uint32_t n, room, nepids;
	uint32_t *by_id; /* index into list plus 1, by the probe's id */
	uint32_t ids;
};

/* Finds the probes of all clauses. program and probes are kept. 0 or -ENOMEM; enable_free in either case. */
int enable_init(struct enabling *e, const struct ir_program *program, struct prov_set *probes);
void enable_free(struct enabling *e);

/* The first enabled probe of a kind; NULL: none is. */
struct enabled *enable_kind(const struct enabling *e, enum prov_kind kind);

/* The enabled probe of an id, or NULL. */
const struct enabled *enable_by_id(const struct enabling *e, uint32_t id);

/* The number of the enabled pair of a probe and a clause, as the built-in variable epid gives it; 0: there is none. */
uint32_t enable_epid(const struct enabling *e, uint32_t id, uint32_t clause);

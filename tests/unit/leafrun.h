/* SPDX-License-Identifier: GPL-2.0-only
 * Runs the clauses of a D program twice, on the same firing: by the evaluator, and as a leaf in the kernel that runs, made by bpf/gen,
 * loaded through bpf(2) and started by BPF_PROG_RUN. What comes out of both can be compared.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "bpf/gen/gen.h"
#include "bpf/gen/link.h"
#include "bpf/lang/eval.h"
#include "bpf/prov/prov.h"
#include "bpf/run/agg.h"

#define LEAFRUN_PROBE 77 /* id of the probe that fires */
#define LEAFRUN_ERROR 78 /* of ERROR */

struct side { /* what one of the two has left */
	unsigned char records[1 << 20];
	size_t len;
	struct agg_store *aggs;
	uint64_t drops[EVAL_DROP_COUNT];
};

struct leafrun {
	struct prov_set *probes;
	struct ir_program *p;
	struct eval *eval;
	struct gen *g;
	struct gen_leaf leaf;
	const struct gen_map *maps;
	uint32_t nmaps;
	int *fds, prog;
	unsigned char *element, *consumer, *ring;
	uint64_t *ring_at;
	size_t mapped;
	struct firing firing; /* what both see */
	struct side by_eval, by_bpf;
	bool exited[2];
	int status[2];
	char why[8192];
};

enum leafrun_result { LEAFRUN_OK, LEAFRUN_NO_COMPILE, LEAFRUN_NO_GEN, LEAFRUN_NO_LOAD, LEAFRUN_NO_KERNEL };

/* Compiles a script of BEGIN and ERROR clauses and makes both ready; the reason of a failure in r->why. */
enum leafrun_result leafrun_open(struct leafrun *r, const char *script, const struct eval_options *o, uint32_t strsize);
void leafrun_close(struct leafrun *r);
/* Fires all clauses of BEGIN, in both. */
void leafrun_fire(struct leafrun *r);
/* Says what differs; NULL: nothing. */
const char *leafrun_difference(struct leafrun *r);

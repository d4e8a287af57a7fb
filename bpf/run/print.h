/* SPDX-License-Identifier: GPL-2.0-only
 * Prints records as dtrace does: the columns CPU, ID and FUNCTION:NAME, what each action recorded, flow indentation;
 * and carries out the actions that happen on this side: printa, clear, trunc, normalize, system, freopen, setopt.
 */
#pragma once

#include "agg.h"
#include "options.h"
#include "record.h"

#include <stdio.h>

struct prov_set;

struct print_config {
	const struct ir_program *program; /* kept, as is all below */
	const struct prov_set *probes;
	struct options *options; /* setopt() changes them */
	struct agg_store *aggs;
	struct usym *usym; /* may be NULL */
	FILE *out; /* freopen() of the program leaves it for another */
	FILE *err; /* faults and failures: "dtrace: ..." */
};

struct print;

struct print *print_new(const struct print_config *c); /* NULL: no memory */
void print_free(struct print *pr);

/* Prints the records that stand in buf one after the other (aligned to 8). 0, or -1 with errno: EBADMSG for bytes that
 * are no record of the program (none after them is printed), EINVAL for a setopt() that failed (its reason is on err).
 */
int print_records(struct print *pr, const void *buf, size_t len);

/* At the end: an empty line, and the aggregations that no printa() has printed. 0 or -1 with errno. */
int print_end(struct print *pr);

/* Where output goes now; a line end there, for the ^C of a terminal. */
FILE *print_out(const struct print *pr);

/* How many REC_FAULT records have been seen: -xerrexit ends the program at the first. */
uint64_t print_faults(const struct print *pr);

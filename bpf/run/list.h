/* SPDX-License-Identifier: GPL-2.0-only
 * What dtrace says about probes: the table of -l, and the attributes of -v.
 */
#pragma once

#include "bpf/lang/ir.h"

#include <stdio.h>

struct prov_set;

/* The probes of the program's clauses, or (NULL) all there are: ID PROVIDER MODULE FUNCTION NAME. With verbose, the
 * types of args[] below each. Returns false if a description of the program matches nothing (told on err). */
bool list_probes(FILE *out, FILE *err, struct prov_set *probes, const struct ir_program *p, bool verbose);

/* The stability of what a source uses, in the words of dtrace -v: what is "description", name the first length bytes of its
 * text. Its clauses are those of p from first to end. */
void list_stability(FILE *out, const char *what, const char *name, int length, struct prov_set *probes,
		    const struct ir_program *p, uint32_t first, uint32_t end);

/* Calls fn for each description of a clause, which stand in the program separated by commas, until it returns false. */
struct prov_desc;
bool list_descriptions(const struct ir_program *p, uint32_t clause,
		       bool (*fn)(void *cookie, const struct prov_desc *desc), void *cookie);

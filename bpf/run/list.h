/* SPDX-License-Identifier: GPL-2.0-only
 * The table of -l.
 */
#pragma once

#include "bpf/lang/ir.h"

#include <stdio.h>

struct prov_set;

/* The probes of the program's clauses, or (NULL) all there are: ID PROVIDER MODULE FUNCTION NAME. With verbose, the
 * attributes of each and the types of its args[] below it. no_devices: without
 * the probes that fire for the whole machine, as they cannot be enabled here. Returns false if a description of the program matches nothing (told on err). */
bool list_probes(FILE *out, FILE *err, struct prov_set *probes, const struct ir_program *p, bool verbose, bool no_devices);

/* Calls fn for each description of a clause, which stand in the program separated by commas, until it returns false. */
struct prov_desc;
bool list_descriptions(const struct ir_program *p, uint32_t clause,
		       bool (*fn)(void *cookie, const struct prov_desc *desc), void *cookie);

/* SPDX-License-Identifier: GPL-2.0-only
 * Stability attributes of probes and programs, as the guide's chapter "Stability" computes them: what -v and -lv say.
 */
#pragma once

#include "bpf/lang/ir.h"

#include <stdio.h>

struct prov_probe;
struct prov_set;

/* The attributes of one probe and of its arguments, in the words of dtrace -lv. */
void stability_of_probe(FILE *out, const struct prov_probe *p);

/* Those of what a source uses, in the words of dtrace -v: what is "description", name the first length bytes of its text. Its clauses
 * are those of p from first to end. */
void stability_of_source(FILE *out, const char *what, const char *name, int length, struct prov_set *probes,
			 const struct ir_program *p, uint32_t first, uint32_t end);

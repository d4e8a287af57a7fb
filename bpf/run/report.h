/* SPDX-License-Identifier: GPL-2.0-only
 * What dtrace says on standard error about a program: why it does not compile, what it matches, what cannot fire.
 */
#pragma once

#include "bpf/lang/lang.h"
#include "options.h"

#include <stdio.h>

struct session;

/* "dtrace: failed to compile script t.d: [D_TAG] line 3: ..."; for -n and its like "dtrace: invalid probe specifier
 * ...: in action list: ...". The tag only under -xerrtags. */
void report_error(const struct lang_source *sources, uint32_t n, const struct options *o, const struct d_error *e);

/* "dtrace: could not enable tracing: ..."; further lines of why begin with a tab. */
void report_refusal(const char *why);

/* "dtrace: description 'BEGIN ' matched 1 probe" for each source, if matches is set and the option quiet is not; with the option verbose
 * the stability of each, on out. */
void report_matches(const struct lang_source *sources, uint32_t n, const struct options *o, struct prov_set *probes,
		    const struct ir_program *p, bool matches, FILE *out);

/* Says so if probes of the program are enabled that the evaluator cannot fire. */
void report_unfired(const struct session *s);

/* Whether a program has an action or function that changes the system. */
bool report_destructive(const struct ir_program *p);

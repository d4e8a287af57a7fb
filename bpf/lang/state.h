/* SPDX-License-Identifier: GPL-2.0-only
 * One compilation: what the stages share. lang_compile makes it, and it goes when the program is made or an error came.
 */
#pragma once

#include "lang.h"
#include "sym.h"

struct lang {
	struct d_ctx ctx; /* first: d_fail(&l->ctx, ...) */
	const struct lang_source *sources; /* all, of which the ones before `source` are done */
	const struct lang_source *source; /* being compiled: its name is that of messages */
	const struct lang_options *options;
	struct prov_set *probes;
	struct d_option *d_options; /* #pragma D option */
	struct d_pragma *d_pragmas; /* the other pragmas */
	uint32_t nclauses;
	struct parse_state *parse; /* parse.c's own: typedef names of the script, macro arguments used */
	struct sym_table sym; /* sym_init fills it in */
	struct check_state *check; /* check.h: where the checker is */
	uint32_t matched;     /* probes that the clauses' descriptions match, as check counted them */
};

/* SPDX-License-Identifier: GPL-2.0-only
 * The sentences about drops.
 */
#include "drops.h"

#include "bpf/lang/eval.h"

#include <inttypes.h>
#include <stdio.h>

static const struct {
	const char *tag, *noun, *rest;
	bool on_cpu; /* a buffer of a CPU's was full */
} kinds[EVAL_DROP_COUNT] = {
	[EVAL_DROP_PRINCIPAL] = { "PRINCIPAL", "drop", "", true },
	[EVAL_DROP_AGGREGATION] = { "AGGREGATION", "aggregation drop", "", true },
	[EVAL_DROP_DYNAMIC] = { "DYNAMIC", "dynamic variable drop", "", false },
	[EVAL_DROP_SPEC] = { "SPEC", "speculative drop", "", false },
	[EVAL_DROP_SPECUNAVAIL] = { "SPECUNAVAIL", "failed speculation", " (no speculative buffer available)", false },
	[EVAL_DROP_DBLERROR] = { "DBLERROR", "error", " in ERROR probe enabling", false },
};

void drops_report(struct eval *e, uint32_t cpu, bool tags)
{
	for (unsigned i = 0; i < EVAL_DROP_COUNT; i++) {
		uint64_t n = eval_drops(e, (enum eval_drop)i);

		if (!n)
			continue;
		fputs("dtrace: ", stderr);
		if (tags)
			fprintf(stderr, "[DTRACEDROP_%s] ", kinds[i].tag);
		fprintf(stderr, "%" PRIu64 " %s%s%s", n, kinds[i].noun, n > 1 ? "s" : "", kinds[i].rest);
		if (kinds[i].on_cpu)
			fprintf(stderr, " on CPU %" PRIu32, cpu);
		putc('\n', stderr);
	}
}

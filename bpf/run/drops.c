/* SPDX-License-Identifier: GPL-2.0-only
 * The sentences about drops. Those of DTrace where it has them; the kernel of Linux can lose some things more.
 */
#include "drops.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <stdio.h>

static const struct {
	const char *tag, *noun, *rest;
	bool on_cpu; /* a buffer of a CPU's was full */
} kinds[DROP_COUNT] = {
	[EVAL_DROP_PRINCIPAL] = { "PRINCIPAL", "drop", "", true },
	[EVAL_DROP_AGGREGATION] = { "AGGREGATION", "aggregation drop", "", true },
	[EVAL_DROP_DYNAMIC] = { "DYNAMIC", "dynamic variable drop", "", false },
	[EVAL_DROP_SPEC] = { "SPEC", "speculative drop", "", false },
	[EVAL_DROP_SPECUNAVAIL] = { "SPECUNAVAIL", "failed speculation", " (no speculative buffer available)", false },
	[EVAL_DROP_DBLERROR] = { "DBLERROR", "error", " in ERROR probe enabling", false },
	[DROP_NESTED] = { "NESTED", "firing", " lost inside of another", true },
	[DROP_STORAGE] = { "STORAGE", "thread-local variable drop", " (no memory in the kernel)", false },
	[DROP_RETRY] = { "RETRY", "firing", " lost that waited for user memory", false },
	[DROP_LEAF] = { "LEAF", "firing", " lost without a program", false },
	[DROP_NUMBER] = { "NUMBER", "system call", " not traced: the number is beyond all probes", false },
};

void drops_add(struct drops *d, uint32_t kind, uint32_t cpu, uint64_t n)
{
	struct drop *at = NULL;

	if (!n)
		return;
	if (!kinds[kind].on_cpu)
		cpu = DROP_CPU_NONE;
	for (unsigned i = 0; i < d->n; i++) {
		if (d->list[i].kind == kind && (d->list[i].cpu == cpu || d->n == countof(d->list)))
			at = &d->list[i];
	}
	if (!at && d->n < countof(d->list)) {
		at = &d->list[d->n++];
		*at = (struct drop){ kind, cpu, 0 };
	}
	if (!at)
		at = &d->list[d->n - 1];
	at->n += n;
}

void drops_of_evaluator(struct drops *d, struct eval *e, uint32_t cpu)
{
	for (unsigned i = 0; i < EVAL_DROP_COUNT; i++)
		drops_add(d, i, cpu, eval_drops(e, (enum eval_drop)i));
}

void drops_report(struct drops *d, bool tags)
{
	for (unsigned i = 0; i < d->n; i++) {
		const struct drop *p = &d->list[i];

		fputs("dtrace: ", stderr);
		if (tags)
			fprintf(stderr, "[DTRACEDROP_%s] ", kinds[p->kind].tag);
		fprintf(stderr, "%" PRIu64 " %s%s%s", p->n, kinds[p->kind].noun, p->n > 1 ? "s" : "", kinds[p->kind].rest);
		if (p->cpu != DROP_CPU_NONE)
			fprintf(stderr, " on CPU %" PRIu32, p->cpu);
		putc('\n', stderr);
	}
	d->n = 0;
}

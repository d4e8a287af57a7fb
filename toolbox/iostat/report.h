/* SPDX-License-Identifier: GPL-2.0-only
 * The report in the layouts of sysstat 12: text, with or without colours, and JSON.
 */
#pragma once

#include "cell.h"
#include "cpu.h"
#include "options.h"
#include "out.h"
#include "own.h"
#include "view.h"

#include <stdbool.h>

struct report {
	const struct options *o;
	struct style style;
	struct out out;
	bool any;	    /* JSON: a sample stands before this one */
};

/* What a sample has; NULL: no such part. */
struct parts {
	const struct cpu *cpu;
	const struct disks *disks;
	const struct view *view;
	const struct own *own;
	uint64_t elapsed_ns;
};

void report_start(struct report *r, const struct options *o);

/* The line about the machine, or what JSON begins with. */
void report_banner(struct report *r, unsigned cpus);

/* What is printed in place of a sample that is left out (-y). */
void report_skipped(struct report *r);

void report_sample(struct report *r, const struct parts *p);

/* The end of JSON. */
void report_end(struct report *r);

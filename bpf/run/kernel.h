/* SPDX-License-Identifier: GPL-2.0-only
 * A program that runs in the kernel: the back end that session.c drives instead of the evaluator as soon as a probe is enabled that
 * no user space can fire. From enabled probes to loaded and attached programs, and the firings that user space makes itself.
 */
#pragma once

#include "agg.h"
#include "buffer.h"
#include "drops.h"
#include "enable.h"
#include "options.h"
#include "scope.h"

struct kernel;

#define KERNEL_RING_MOST (256u << 20) /* bytes: bufsize beyond it is lowered */

struct kernel_config {
	const struct ir_program *program;
	struct prov_set *probes;
	const struct enabling *enabling;
	const struct options *options;
	const struct eval_options *eval; /* limits of variables, speculations, stacks */
	const struct run_scope *scope;
	struct buffer *buffer;
	struct agg_store *aggs;
};

/* Compiles and loads everything, attaches nothing. NULL with a sentence in why. */
struct kernel *kernel_new(const struct kernel_config *c, char *why, size_t size);
void kernel_free(struct kernel *k);

/* Probes begin to fire. false with a sentence in why; with true, why is "" or says which this kernel cannot fire. */
bool kernel_start(struct kernel *k, char *why, size_t size);
/* They fire no more, and what was under way has ended. */
void kernel_stop(struct kernel *k);

/* Fires a probe of BEGIN, END, tick here and now. 0 or negative errno. */
int kernel_fire(struct kernel *k, const struct enabled *e);

/* Whether exit() was called, and its status. */
bool kernel_exited(const struct kernel *k, int *status);

/* Takes over what the kernel holds: records into the buffer, and returns how full the ring buffer was, in 16ths; numbers of aggregations
 * into the store. */
uint32_t kernel_drain_records(struct kernel *k);
int kernel_drain_counts(struct kernel *k); /* 0 or negative errno */

/* A descriptor that can be read from when there are records. */
int kernel_ring(const struct kernel *k);

void kernel_drops(struct kernel *k, struct drops *drops);

/* SPDX-License-Identifier: GPL-2.0-only
 * The life of a running program: enabling, BEGIN, the firings of tick and profile, the processes of -c and -p, END, and
 * printing all along. The evaluator runs programs that need no kernel; else all of it runs as BPF (kernel.h).
 */
#pragma once

#include "options.h"
#include "scope.h"
#include "victim.h"

#include "bpf/lang/ir.h"

#include <stdio.h>

struct prov_set;
struct prov_probe;

struct session_config {
	const struct ir_program *program;
	struct prov_set *probes;
	struct options *options;
	struct victims *victims; /* of -c and -p */
	FILE *out;
	int *lost;	   /* errno of a write to out that failed, for who closes it: the stream does not keep it */
	char *const *argv; /* of dtrace itself */
	const struct scope_request *scope;
};

struct session;

/* Enables the program: finds the probes of its clauses, and loads it into the kernel if it needs that. NULL with a sentence in why. */
struct session *session_new(const struct session_config *c, char *why, size_t size);
void session_free(struct session *s);

/* Under -xbackend=eval: how many enabled probes only the kernel can fire, and one of them. */
uint32_t session_unfired(const struct session *s, const struct prov_probe **example);

/* Runs until exit(), a signal, or the end of the processes. Returns the exit status of dtrace: that of exit(), or 1
 * with a message on standard error. */
int session_run(struct session *s);

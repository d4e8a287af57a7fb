/* SPDX-License-Identifier: GPL-2.0-only
 * The life of a running program: enabling, BEGIN, the firings of tick and profile, the processes of -c and -p, END, and
 * printing all along. This version fires what needs no kernel; see session_unfired.
 */
#pragma once

#include "options.h"
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
};

struct session;

/* Enables the program: finds the probes of its clauses. NULL with errno ENOMEM. */
struct session *session_new(const struct session_config *c);
void session_free(struct session *s);

/* How many enabled probes are of providers that this version cannot fire yet, and one of them. */
uint32_t session_unfired(const struct session *s, const struct prov_probe **example);

/* Runs until exit(), a signal, or the end of the processes. Returns the exit status of dtrace: that of exit(), or 1
 * with a message on standard error. */
int session_run(struct session *s);

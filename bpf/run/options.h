/* SPDX-License-Identifier: GPL-2.0-only
 * The options of dtrace: names, values, defaults (options.def).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_id {
#define OPTION(id, name, kind, when, value) OPT_##id,
#include "options.def"
#undef OPTION
	OPT_COUNT
};

enum { OPT_POLICY_SWITCH, OPT_POLICY_FILL, OPT_POLICY_RING };	 /* of bufpolicy */
enum { OPT_RESIZE_AUTO, OPT_RESIZE_MANUAL };			 /* of bufresize */
enum { OPT_STDC_A, OPT_STDC_C, OPT_STDC_S, OPT_STDC_T };	 /* of stdc */

struct options {
	int64_t value[OPT_COUNT]; /* flags 0 or 1, sizes in bytes, rates as a period in ns */
	char *text[OPT_COUNT];	  /* of TEXT options; NULL: not set */
	bool is_set[OPT_COUNT];	  /* by anybody */
};

/* Who sets an option. */
enum option_source {
	OPT_BY_COMMAND, /* -x and its like */
	OPT_BY_PRAGMA,	/* #pragma D option */
	OPT_BY_SETOPT,	/* the action, while tracing runs */
};

void options_init(struct options *o);
void options_free(struct options *o);

/* Sets the option; value NULL means that none was given. false: dtrace's reason in why ("Invalid option name", "Invalid
 * value for specified option", "Option cannot be used from within a D program", "Option cannot be set while tracing"), or ours where
 * what the option asks for does not exist here.
 */
bool options_set(struct options *o, const char *name, const char *value, enum option_source by, char *why, size_t size);

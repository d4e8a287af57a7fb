/* SPDX-License-Identifier: GPL-2.0-only
 * Addresses of user space in the keys of aggregations: ustack(), usym() and the like.
 */
#pragma once

#include "agg.h"
#include "usym.h"

/* Names the stacks in the keys of p's aggregations, as their processes may end before they are printed, and makes one entry of those
 * whose usym() or ufunc() lie in one function of a process, or whose umod() in one module. To be called before anything prints them. */
void symkeys_take(struct agg_store *aggs, const struct ir_program *p, struct usym *u);

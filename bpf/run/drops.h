/* SPDX-License-Identifier: GPL-2.0-only
 * What was lost, said on standard error as dtrace says it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct eval;

/* Reports the drops since the last time: "dtrace: 3 drops on CPU 0", with the kind's tag in front under -xdroptags. */
void drops_report(struct eval *e, uint32_t cpu, bool tags);

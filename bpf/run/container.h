/* SPDX-License-Identifier: GPL-2.0-only
 * The scope of a container named on the host: found as `inject` finds it (injector/find), without its engine.
 */
#pragma once

#include "scope.h"

/* Fills in s for the container that spec means: its pid namespace; where it shares the host's, its cgroup; else its mount namespace.
 * false with a sentence in why (unknown, ambiguous, stopped, nothing private). */
bool container_scope(struct run_scope *s, const char *spec, char *why, size_t size);

/* SPDX-License-Identifier: GPL-2.0-only
 * Calls a library function of leaves in the kernel that runs: a leaf of one call, linked as dtrace links it, loaded, and run by
 * BPF_PROG_RUN with the arguments as its context. And the scratch element, as both sides see it.
 */
#pragma once

#include <stdbool.h>

#include "bpf/gen/link.h"

struct kernlib {
	int map, prog[LINK_COUNT];
	long looked_at[LINK_COUNT]; /* instructions, by the verifier */
	unsigned char *element; /* mapped: what the kernel's functions work on */
	size_t mapped;
	struct link_values v;
};

/* False, with errno, where this user or kernel cannot do bpf(2). */
bool kernlib_open(struct kernlib *k, const struct link_values *v);
void kernlib_close(struct kernlib *k);
/* Loads function f once; microseconds that the kernel took for it, or -1 with the verifier's last words on standard error. */
long kernlib_load(struct kernlib *k, enum link_func f);
/* Calls it. Arguments without the element. */
uint64_t kernlib_call(struct kernlib *k, enum link_func f, const uint64_t args[4]);

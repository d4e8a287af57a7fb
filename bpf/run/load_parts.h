/* SPDX-License-Identifier: GPL-2.0-only
 * What the parts of the loader share: load.c (fixed programs), load_leaf.c (leaves and their maps), load_check.c (what is allowed,
 * what the kernel can do).
 */
#pragma once

#include "leafcheck.h"
#include "load.h"

#include "bpf/kern/object.h"

#include <sys/types.h>

#define LOAD_BTF "/sys/kernel/btf/vmlinux"

struct bpf_object;
struct bpf_program;

struct load {
	struct bpf_object *object;
	struct bpf_program *all[KERN_PROGRAMS_MAX];  /* as kern_programs; NULL: not used */
	struct bpf_program *programs[HOOK_COUNT];    /* the first of a hook; NULL: not used */
	unsigned cpus;
	uint32_t ring_size;
	struct config *config;	/* shared */
	unsigned char *scratch; /* shared: `elements` of `stride` bytes */
	uint32_t stride, elements;
	int *maps; /* of load_config.maps */
	bool *owns;
	uint32_t nmaps;
	struct leaf_map *known; /* the same, for leafcheck */
	bool destructive, kernel_stacks;
	int *leaves;
	uint32_t nleaves;
	int links[KERN_PROGRAMS_MAX];
	unsigned nlinks;
	int *events; /* perf events of profile */
	unsigned nevents;
};

/* load_leaf.c: makes the maps of the leaves. */
bool load_maps(struct load *l, const struct load_config *c, char *why, size_t size);

/* A sentence (format), then the last `lines` lines of a log, each on a line of its own behind a tab. */
void load_tail(const char *log, unsigned lines, char *why, size_t size, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

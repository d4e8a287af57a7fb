/* SPDX-License-Identifier: GPL-2.0-only
 * The fixed programs as they lie in dtrace: an ELF object for libbpf's bpf_object__open_mem.
 */
#pragma once

#include "state.h"

#include <stddef.h>

/* The object, unpacked. bpf_object__open_mem copies what it keeps; the caller frees. NULL with errno. */
char *kern_object(size_t *size);

/* Its programs. Most hooks have one; those with several fire from several tracepoints, and all are to be attached. Which tracepoint
 * it is, the program's section says to bpf_program__attach; `run` and `profile` are attached by none. A tracepoint that this kernel does
 * not have fails with -ENOENT: `since` is the version that brought it, for the sentence. Order matters: sys_retry is attached before
 * sys_exit. Hooks without a row cannot be served on Linux: HOOK_SCHED_TICK, HOOK_IO_WAIT_START, HOOK_IO_WAIT_DONE. */
struct kern_program {
	const char *name;
	enum kern_hook hook;
	const char *tracepoint; /* NULL: none */
	const char *since;	/* NULL: any kernel that runs the rest */
	const char *light;	/* the program that may stand for it (load_config.light); NULL: none */
};
#define KERN_PROGRAMS_MAX 64
extern const struct kern_program kern_programs[];
extern const unsigned kern_nprograms;

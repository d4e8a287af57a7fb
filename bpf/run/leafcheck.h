/* SPDX-License-Identifier: GPL-2.0-only
 * What a generated leaf may do, tested before it is loaded, on the very instructions. The kernel's verifier keeps a program inside of
 * memory; it lets one that root loads read all of the kernel's, though. With these rules on top a leaf reaches its own maps, its
 * scratch element and user memory of the current task, and nothing else, whatever the compiler or the generator did wrong:
 *
 *	- it calls helpers of a list (leafcheck.c), no kernel function, and refers to no kernel variable;
 *	- those helpers that read the kernel's memory are called by the library's functions for fds[] alone (bpf/kern/lib_file.bpf.c),
 *	  which are told from others by their instructions;
 *	- the maps it names are among those given;
 *	- the context is passed to bpf_get_stack() and to own functions only: not read, not computed with, not stored but on the stack,
 *	  and no memory that holds it is given to a helper. With no typed pointer anywhere else, the verifier refuses to follow any number;
 *	- bpf_get_current_task_btf() stands only where its result goes straight to bpf_task_storage_get() or _delete() and is gone after it;
 *	- stacks are the user's, signals and writes to user memory are for destructive programs, unless `rules` say more.
 */
#pragma once

#include <linux/bpf.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct leaf_map {
	int fd;
	uint32_t key_size, value_size; /* bytes */
};

struct leaf_rules {
	const struct leaf_map *maps;
	uint32_t nmaps;
	bool destructive;   /* bpf_send_signal(), bpf_send_signal_thread(), bpf_probe_write_user() */
	bool kernel_stacks; /* stack(): on the host only */
};

/* Whether the n instructions keep the rules. Maps are named by descriptor in them, as the kernel takes them. false with a sentence in why
 * (size bytes) that names the instruction; also without memory. */
bool leafcheck(const struct bpf_insn *insns, uint32_t n, const struct leaf_rules *rules, char *why, size_t size);

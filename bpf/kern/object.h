/* SPDX-License-Identifier: GPL-2.0-only
 * The fixed programs as they lie in dtrace: an ELF object for libbpf's bpf_object__open_mem.
 */
#pragma once

/* Programs by name: sys_enter, sys_exit, sys_retry, run, profile, and of other providers provider_probe (proc_exec_success ...), that
 * is KERN_PROGRAM of their hook. Each has the section that libbpf attaches it by; run and profile are attached to nothing. */
extern const char kern_object[], kern_object_end[];

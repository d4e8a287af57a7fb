// SPDX-License-Identifier: GPL-2.0-only
/*
 * All fixed programs as one object, so that they share their maps and functions without a linker for BPF. The loader takes the
 * programs of the hooks in use and leaves the others out.
 */
#include "dispatch.bpf.c"
#include "profile.bpf.c"
#include "proc.bpf.c"
#include "sched.bpf.c"
#include "io.bpf.c"

char LICENSE[] SEC("license") = "GPL";

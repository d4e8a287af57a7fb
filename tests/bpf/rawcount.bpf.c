// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts one system call of one process, at the raw tracepoint that every tracer here will stand
 * on. The process is recognised as its own pid namespace sees it, through four kernel structures
 * whose layout is taken from the running kernel's BTF: a wrong relocation gives a wrong count.
 */
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define PIDTYPE_TGID 1

/* Only the members that are read; where they are is the kernel's business. */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct ns_common {
	unsigned int inum;
};
struct pid_namespace {
	struct ns_common ns;
};
struct upid {
	int nr;
	struct pid_namespace *ns;
};
struct pid {
	unsigned int level;
	struct upid numbers[1];
};
struct signal_struct {
	struct pid *pids[4];
};
struct task_struct {
	struct signal_struct *signal;
};
#pragma clang attribute pop

const volatile long want_nr;
const volatile int want_tgid;
const volatile unsigned int want_ns;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} count SEC(".maps");

SEC("raw_tp/sys_enter")
int on_sys_enter(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	struct pid *pid;
	struct upid upid;
	unsigned int level;
	__u32 zero = 0;
	__u64 *n;

	if ((long)ctx->args[1] != want_nr)
		return 0;

	pid = BPF_CORE_READ(task, signal, pids[PIDTYPE_TGID]);
	level = BPF_CORE_READ(pid, level);
	/* numbers[] has one entry a nested namespace: its start is relocated, the step is not */
	if (bpf_probe_read_kernel(&upid, sizeof(upid),
				  (char *)pid + bpf_core_field_offset(struct pid, numbers) +
					  (__u64)level * bpf_core_type_size(struct upid)))
		return 0;
	if (upid.nr != want_tgid || BPF_CORE_READ(upid.ns, ns.inum) != want_ns)
		return 0;

	n = bpf_map_lookup_elem(&count, &zero);
	if (n)
		__sync_fetch_and_add(n, 1);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

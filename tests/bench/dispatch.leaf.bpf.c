// SPDX-License-Identifier: GPL-2.0-only
/*
 * For the bench of the fixed programs: an empty raw tracepoint, which is the floor of any tracer on these; a leaf that does nothing;
 * one that counts by program, process and probe, with the key that generated leaves use.
 */
#include "bpf/kern/state.h"

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct firing));
} scratch SEC(".maps");

struct key {
	__u64 generation;
	__u64 execname[KERN_EXECNAME / 8];
	__u64 pid, probe;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, sizeof(struct key));
	__uint(value_size, sizeof(__u64));
} counts SEC(".maps");

const volatile struct gen_place { __u32 slot, slots; } place;

SEC("raw_tp/sys_enter")
int floor_enter(void *ctx)
{
	(void)ctx;
	return 0;
}

SEC("raw_tp/sys_exit")
int floor_exit(void *ctx)
{
	(void)ctx;
	return 0;
}

static __always_inline struct firing *firing(void)
{
	__u32 index = bpf_get_smp_processor_id() * place.slots + place.slot;

	return bpf_map_lookup_elem(&scratch, &index);
}

SEC("raw_tp")
int leaf_empty(void *ctx)
{
	struct firing *f = firing();

	(void)ctx;
	if (f)
		f->busy = 0;
	return 0;
}

SEC("raw_tp")
int leaf_count(void *ctx)
{
	struct firing *f = firing();
	struct key key;
	__u64 *n, one = 1;

	(void)ctx;
	if (!f)
		return 0;
	key.generation = 0;
	for (int i = 0; i < KERN_EXECNAME / 8; i++)
		key.execname[i] = ((__u64 *)f->execname)[i];
	key.pid = f->pid;
	key.probe = f->target.probe[0];
	n = bpf_map_lookup_elem(&counts, &key);
	if (n)
		*n += 1;
	else
		bpf_map_update_elem(&counts, &key, &one, BPF_NOEXIST);
	f->busy = 0;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

// SPDX-License-Identifier: GPL-2.0-only
/*
 * A leaf as a compiler could have made it, for the test of the fixed programs: writes down each firing in a map by process, call and
 * side, together with what the firing says of the task.
 */
#include "seen.h"

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct firing));
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__uint(key_size, sizeof(struct seen_key));
	__uint(value_size, sizeof(struct seen));
} seen SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(struct seen));
} empty SEC(".maps");

const volatile struct gen_place { __u32 slot, slots; } place;

SEC("raw_tp")
int leaf(void *ctx)
{
	__u32 index = bpf_get_smp_processor_id() * place.slots + place.slot, zero = 0;
	struct firing *f = bpf_map_lookup_elem(&scratch, &index);
	struct seen_key key = { 0 };
	struct seen *s;
	void *new;

	(void)ctx;
	if (!f)
		return 0;
	key.pid = f->pid;
	key.hook = f->hook;
	key.probe = f->target.probe[0];
	s = bpf_map_lookup_elem(&seen, &key);
	if (!s) {
		new = bpf_map_lookup_elem(&empty, &zero);
		if (new)
			bpf_map_update_elem(&seen, &key, new, BPF_NOEXIST);
		s = bpf_map_lookup_elem(&seen, &key);
	}
	if (s) {
		__sync_fetch_and_add(&s->count, 1);
		bpf_probe_read_kernel(&s->last, sizeof(s->last), f);
	}
	f->busy = 0;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";

/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/meminfo: see meminfo.h and proc(5).
 */
#include "meminfo.h"
#include "base.h"
#include "proc.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

/* In the kernel's order, so that nearly every line is found at the first look. */
static const struct {
	const char *key;
	size_t at;
} keys[] = {
	{ "MemTotal", offsetof(struct meminfo, total) },
	{ "MemFree", offsetof(struct meminfo, free) },
	{ "MemAvailable", offsetof(struct meminfo, available) },
	{ "Buffers", offsetof(struct meminfo, buffers) },
	{ "Cached", offsetof(struct meminfo, cached) },
	{ "Active", offsetof(struct meminfo, active) },
	{ "Inactive", offsetof(struct meminfo, inactive) },
	{ "HighTotal", offsetof(struct meminfo, high_total) },
	{ "HighFree", offsetof(struct meminfo, high_free) },
	{ "LowTotal", offsetof(struct meminfo, low_total) },
	{ "LowFree", offsetof(struct meminfo, low_free) },
	{ "SwapTotal", offsetof(struct meminfo, swap_total) },
	{ "SwapFree", offsetof(struct meminfo, swap_free) },
	{ "Shmem", offsetof(struct meminfo, shared) },
	{ "SReclaimable", offsetof(struct meminfo, cached) }, /* added to it */
	{ "CommitLimit", offsetof(struct meminfo, commit_limit) },
	{ "Committed_AS", offsetof(struct meminfo, committed) },
};

static uint64_t minus(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

int meminfo_parse(const char *data, struct meminfo *m)
{
	bool seen[countof(keys)] = { false };
	size_t next = 0;

	*m = (struct meminfo){ 0 };
	for (const char *line = *data ? data : NULL; line; line = proc_next_line(line)) {
		for (size_t i = 0; i < countof(keys); i++) {
			size_t k = next + i < countof(keys) ? next + i : next + i - countof(keys);
			const char *p = keys[k].key;
			const char *name = line;
			uint64_t value;

			while (*p && *p == *name)
				p++, name++;
			if (*p || *name != ':')
				continue;
			p = name + 1;
			if (!seen[k] && proc_u64(&p, &value)) {
				uint64_t *to = (uint64_t *)(void *)((char *)m + keys[k].at);

				*to += value;
				seen[k] = true;
			}
			next = k + 1;
			break;
		}
	}
	if (!seen[0])
		return -EINVAL;
	/* Missing before 3.14; nonsense in some virtual machines and with lxcfs. */
	if (!seen[2] || m->available > m->total)
		m->available = m->free;
	m->used = minus(m->total, m->available);
	m->swap_used = minus(m->swap_total, m->swap_free);
	if (m->low_total == 0) {
		m->low_total = m->total;
		m->low_free = m->free;
	}
	return 0;
}

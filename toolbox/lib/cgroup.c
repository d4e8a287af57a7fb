/* SPDX-License-Identifier: GPL-2.0-only
 * The figures of the container's cgroup: see cgroup.h. Where its directories are: cgroup_place.c; I/O: cgroup_io.c.
 * Files stay open between samples, so a sample costs one read of each.
 */
#include "cgroup.h"
#include "cgroup_place.h"
#include "proc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* v1 writes "no limit" as PAGE_COUNTER_MAX pages in bytes: 2^63 rounded down to a page, of at most 64 KiB. */
#define V1_NO_LIMIT 0x7fffffffffff0000ull

struct kept {
	char *path;
	struct proc_file file;
};
static struct kept *kept;
static size_t n_kept;

/* dir[0 .. len) + "/" + name, read whole; NULL when it cannot be read. */
static const char *read_at(const char *dir, size_t len, const char *name)
{
	size_t name_len = strlen(name);
	size_t i;

	for (i = 0; i < n_kept; i++) {
		const char *p = kept[i].path;

		if (strncmp(p, dir, len) == 0 && p[len] == '/' && strcmp(p + len + 1, name) == 0)
			break;
	}
	if (i == n_kept) {
		struct kept *grown = realloc(kept, (n_kept + 1) * sizeof(*kept));

		if (!grown)
			return NULL;
		kept = grown;
		kept[i] = (struct kept){ .path = malloc(len + name_len + 2), .file = PROC_FILE_INIT };
		if (!kept[i].path)
			return NULL;
		snprintf(kept[i].path, len + name_len + 2, "%.*s/%s", (int)len, dir, name);
		n_kept++;
	}
	return proc_load(&kept[i].file, kept[i].path) == 0 ? kept[i].file.data : NULL;
}

const char *cgroup_read(const struct cgroup_place *place, const char *name)
{
	return read_at(place->dir, strlen(place->dir), name);
}

/* The length of the parent's path, 0 when dir[0 .. len) is the mount point. */
static size_t parent_len(const struct cgroup_place *place, size_t len)
{
	if (len <= place->mount_len)
		return 0;
	while (len > place->mount_len && place->dir[len - 1] != '/')
		len--;
	return len > place->mount_len ? len - 1 : place->mount_len;
}

uint64_t cgroup_parse_limit(const char *text)
{
	uint64_t value;

	if (strncmp(text, "max", 3) == 0 || *text == '-')
		return CGROUP_UNLIMITED;
	if (!proc_u64(&text, &value))
		return CGROUP_UNKNOWN;
	return value >= V1_NO_LIMIT ? CGROUP_UNLIMITED : value;
}

static uint64_t number_in(const struct cgroup_place *place, const char *name)
{
	const char *text = cgroup_read(place, name);
	uint64_t value;

	return text && proc_u64(&text, &value) ? value : CGROUP_UNKNOWN;
}

/* The number behind a key, or CGROUP_UNKNOWN. */
static uint64_t keyed(const char *text, const char *key)
{
	uint64_t value;

	return text && proc_key(text, key, &value) ? value : CGROUP_UNKNOWN;
}

/* The smaller limit; unknown is no limit as long as anything else is known. */
static uint64_t tighter(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t limit_up(const struct cgroup_place *place, const char *name)
{
	uint64_t limit = CGROUP_UNKNOWN;

	for (size_t len = strlen(place->dir); len > 0; len = parent_len(place, len)) {
		const char *text = read_at(place->dir, len, name);

		if (text)
			limit = tighter(limit, cgroup_parse_limit(text));
	}
	return limit;
}

/* --- memory ------------------------------------------------------------------------------------ */

/* Before 5.18 there is no sum, and older kernels have fewer parts. */
static uint64_t kernel_sum(const char *stat)
{
	static const char *const parts[] = { "kernel_stack", "pagetables", "percpu", "slab" };
	uint64_t sum = 0;
	bool any = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		uint64_t v = keyed(stat, parts[i]);

		if (v != CGROUP_UNKNOWN) {
			sum += v;
			any = true;
		}
	}
	return any ? sum : CGROUP_UNKNOWN;
}

static void memory_v2(const struct cgroup_place *place, struct cgroup_memory *m)
{
	m->current = number_in(place, "memory.current");
	m->limit = limit_up(place, "memory.max");
	m->swap_current = number_in(place, "memory.swap.current");
	m->swap_limit = limit_up(place, "memory.swap.max");
	const char *stat = cgroup_read(place, "memory.stat");
	m->file = keyed(stat, "file");
	m->inactive_file = keyed(stat, "inactive_file");
	m->anon = keyed(stat, "anon");
	m->shmem = keyed(stat, "shmem");
	m->kernel = keyed(stat, "kernel");
	if (m->kernel == CGROUP_UNKNOWN)
		m->kernel = kernel_sum(stat);
	m->oom_kills = keyed(cgroup_read(place, "memory.events"), "oom_kill");
}

static uint64_t limit_key(const char *stat, const char *key)
{
	uint64_t v = keyed(stat, key);

	return v != CGROUP_UNKNOWN && v >= V1_NO_LIMIT ? CGROUP_UNLIMITED : v;
}

static void memory_v1(const struct cgroup_place *place, struct cgroup_memory *m)
{
	m->current = number_in(place, "memory.usage_in_bytes");
	m->limit = limit_up(place, "memory.limit_in_bytes");
	uint64_t both = limit_up(place, "memory.memsw.limit_in_bytes");
	m->kernel = number_in(place, "memory.kmem.usage_in_bytes");
	/* memory.stat knows the limits of parents that are not mounted here as well. */
	const char *stat = cgroup_read(place, "memory.stat");
	m->limit = tighter(m->limit, limit_key(stat, "hierarchical_memory_limit"));
	both = tighter(both, limit_key(stat, "hierarchical_memsw_limit"));
	/* v1 limits memory and swap together: what is left for swap alone when memory is full. */
	m->swap_limit = both >= CGROUP_UNLIMITED ? both : m->limit >= both ? 0 : both - m->limit;
	m->swap_current = keyed(stat, "total_swap");
	m->file = keyed(stat, "total_cache");
	m->inactive_file = keyed(stat, "total_inactive_file");
	m->anon = keyed(stat, "total_rss");
	m->shmem = keyed(stat, "total_shmem");
	m->oom_kills = keyed(cgroup_read(place, "memory.oom_control"), "oom_kill");
}

int cgroup_memory(struct cgroup_memory *m)
{
	bool v2;
	const struct cgroup_place *place = cgroup_place(CGROUP_MEMORY, &v2);

	memset(m, 0xff, sizeof(*m)); /* all CGROUP_UNKNOWN */
	if (!place)
		return -ENOENT;
	if (v2)
		memory_v2(place, m);
	else
		memory_v1(place, m);
	return m->current == CGROUP_UNKNOWN && m->limit == CGROUP_UNKNOWN ? -ENOENT : 0;
}

/* --- cpu --------------------------------------------------------------------------------------- */

/* Whether this quota leaves less than the one that is kept; then it is kept. */
static bool tighter_quota(struct cgroup_cpu *c, uint64_t quota, uint64_t period)
{
	if (quota == CGROUP_UNKNOWN || period == 0 || period >= CGROUP_UNLIMITED)
		return false;
	if (c->quota_us != CGROUP_UNKNOWN &&
	    (quota == CGROUP_UNLIMITED || (c->quota_us != CGROUP_UNLIMITED &&
					   (double)quota / (double)period >= (double)c->quota_us / (double)c->period_us)))
		return false;
	c->quota_us = quota;
	c->period_us = period;
	return true;
}

static uint64_t divided(uint64_t value, uint64_t by)
{
	return value == CGROUP_UNKNOWN ? value : value / by;
}

/* "max 100000", or on v1 two files: the quota of one level. */
static bool quota_at(const struct cgroup_place *place, size_t len, bool v2, uint64_t *quota, uint64_t *period)
{
	const char *text = read_at(place->dir, len, v2 ? "cpu.max" : "cpu.cfs_quota_us");

	if (!text)
		return false;
	*quota = cgroup_parse_limit(text);
	if (v2)
		text += strcspn(text, " ");
	else
		text = read_at(place->dir, len, "cpu.cfs_period_us");
	return text && proc_u64(&text, period);
}

/* The tightest quota, and how often the cgroup that has it was throttled. */
static void quota_up(const struct cgroup_place *place, struct cgroup_cpu *c, bool v2)
{
	for (size_t len = strlen(place->dir); len > 0; len = parent_len(place, len)) {
		uint64_t quota, period;

		if (!quota_at(place, len, v2, &quota, &period) || !tighter_quota(c, quota, period))
			continue;
		const char *stat = read_at(place->dir, len, "cpu.stat");
		c->periods = keyed(stat, "nr_periods");
		c->throttled = keyed(stat, "nr_throttled");
		c->throttled_us = v2 ? keyed(stat, "throttled_usec") : divided(keyed(stat, "throttled_time"), 1000);
	}
}

static void cpu_v2(const struct cgroup_place *place, struct cgroup_cpu *c)
{
	const char *stat = cgroup_read(place, "cpu.stat");

	c->usage_us = keyed(stat, "usage_usec");
	c->user_us = keyed(stat, "user_usec");
	c->system_us = keyed(stat, "system_usec");
	quota_up(place, c, true);
}

/* cpuacct.stat counts in USER_HZ, which is 100 on every architecture that we build for. */
static uint64_t ticks_to_us(uint64_t ticks)
{
	return ticks == CGROUP_UNKNOWN ? ticks : ticks * 10000;
}

static void cpuacct_v1(const struct cgroup_place *place, struct cgroup_cpu *c)
{
	c->usage_us = divided(number_in(place, "cpuacct.usage"), 1000);
	const char *stat = cgroup_read(place, "cpuacct.stat");
	c->user_us = ticks_to_us(keyed(stat, "user"));
	c->system_us = ticks_to_us(keyed(stat, "system"));
}

int cgroup_cpu(struct cgroup_cpu *c)
{
	bool cpu_v2_here, acct_v2;
	const struct cgroup_place *cpu = cgroup_place(CGROUP_CPU, &cpu_v2_here);
	const struct cgroup_place *acct = cgroup_place(CGROUP_CPUACCT, &acct_v2);

	memset(c, 0xff, sizeof(*c));
	if (cpu && cpu_v2_here)
		cpu_v2(cpu, c);
	else if (cpu)
		quota_up(cpu, c, false);
	if (acct && !acct_v2)
		cpuacct_v1(acct, c);
	return c->usage_us == CGROUP_UNKNOWN && c->quota_us == CGROUP_UNKNOWN ? -ENOENT : 0;
}

int cgroup_pids(struct cgroup_pids *p)
{
	bool v2;
	const struct cgroup_place *place = cgroup_place(CGROUP_PIDS, &v2);

	*p = (struct cgroup_pids){ CGROUP_UNKNOWN, CGROUP_UNKNOWN };
	if (!place)
		return -ENOENT;
	p->current = number_in(place, "pids.current");
	p->limit = limit_up(place, "pids.max");
	return p->current == CGROUP_UNKNOWN && p->limit == CGROUP_UNKNOWN ? -ENOENT : 0;
}

/* --- pressure ---------------------------------------------------------------------------------- */

/* "12.34" is 1234. */
static bool percent(const char *s, uint64_t *value)
{
	uint64_t whole;

	if (!proc_u64(&s, &whole) || whole > 1000)
		return false;
	*value = whole * 100;
	if (s[0] == '.' && s[1] >= '0' && s[1] <= '9' && s[2] >= '0' && s[2] <= '9')
		*value += (uint64_t)((s[1] - '0') * 10 + (s[2] - '0'));
	return true;
}

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=0", then the same with "full" (not for cpu before 5.13). */
int cgroup_parse_pressure(const char *text, struct cgroup_pressure *p)
{
	*p = (struct cgroup_pressure){ 0 };
	for (const char *line = *text ? text : NULL; line; line = proc_next_line(line)) {
		size_t len = strcspn(line, "\n");
		bool full = strncmp(line, "full ", 5) == 0;
		const char *avg = memmem(line, len, " avg10=", 7);
		const char *total = memmem(line, len, " total=", 7);
		uint64_t share, us;

		if (!full && strncmp(line, "some ", 5) != 0)
			continue;
		if (!avg || !total)
			return -EINVAL;
		total += 7;
		if (!percent(avg + 7, &share) || !proc_u64(&total, &us))
			return -EINVAL;
		*(full ? &p->full_avg10 : &p->some_avg10) = share;
		*(full ? &p->full_total_us : &p->some_total_us) = us;
		p->known = p->known || !full;
	}
	return p->known ? 0 : -EINVAL;
}

int cgroup_pressure(const char *resource, struct cgroup_pressure *p)
{
	bool v2;
	/* Hybrid hosts have PSI in the v2 tree, when the engine puts the container there as well. */
	const struct cgroup_place *place = cgroup_place(CGROUP_V2, &v2);
	char name[32];

	*p = (struct cgroup_pressure){ 0 };
	snprintf(name, sizeof(name), "%s.pressure", resource);
	const char *text = place ? cgroup_read(place, name) : NULL;
	int r = text ? cgroup_parse_pressure(text, p) : -ENOENT;
	if (r < 0)
		*p = (struct cgroup_pressure){ 0 };
	return r;
}

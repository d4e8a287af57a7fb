/* SPDX-License-Identifier: GPL-2.0-only
 * The figures of the container's cgroup: see cgroup.h. Where its directories are: cgroup_place.c.
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

static const char *read_in(const struct cgroup_place *place, const char *name)
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
	const char *text = read_in(place, name);
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
	const char *stat = read_in(place, "memory.stat");
	m->file = keyed(stat, "file");
	m->inactive_file = keyed(stat, "inactive_file");
	m->anon = keyed(stat, "anon");
	m->shmem = keyed(stat, "shmem");
	m->kernel = keyed(stat, "kernel");
	if (m->kernel == CGROUP_UNKNOWN)
		m->kernel = kernel_sum(stat);
	m->oom_kills = keyed(read_in(place, "memory.events"), "oom_kill");
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
	const char *stat = read_in(place, "memory.stat");
	m->limit = tighter(m->limit, limit_key(stat, "hierarchical_memory_limit"));
	both = tighter(both, limit_key(stat, "hierarchical_memsw_limit"));
	/* v1 limits memory and swap together: what is left for swap alone when memory is full. */
	m->swap_limit = both >= CGROUP_UNLIMITED ? both : m->limit >= both ? 0 : both - m->limit;
	m->swap_current = keyed(stat, "total_swap");
	m->file = keyed(stat, "total_cache");
	m->inactive_file = keyed(stat, "total_inactive_file");
	m->anon = keyed(stat, "total_rss");
	m->shmem = keyed(stat, "total_shmem");
	m->oom_kills = keyed(read_in(place, "memory.oom_control"), "oom_kill");
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

/* Keeps the pair that leaves less; "max" or -1 is no quota. */
static void tighter_quota(struct cgroup_cpu *c, uint64_t quota, uint64_t period)
{
	if (quota == CGROUP_UNKNOWN || period == 0 || period == CGROUP_UNKNOWN)
		return;
	if (c->quota_us == CGROUP_UNKNOWN || (c->quota_us == CGROUP_UNLIMITED && quota != CGROUP_UNLIMITED) ||
	    (quota != CGROUP_UNLIMITED &&
	     (double)quota / (double)period < (double)c->quota_us / (double)c->period_us)) {
		c->quota_us = quota;
		c->period_us = period;
	}
}

static void cpu_v2(const struct cgroup_place *place, struct cgroup_cpu *c)
{
	const char *stat = read_in(place, "cpu.stat");

	c->usage_us = keyed(stat, "usage_usec");
	c->user_us = keyed(stat, "user_usec");
	c->system_us = keyed(stat, "system_usec");
	c->periods = keyed(stat, "nr_periods");
	c->throttled = keyed(stat, "nr_throttled");
	c->throttled_us = keyed(stat, "throttled_usec");
	for (size_t len = strlen(place->dir); len > 0; len = parent_len(place, len)) {
		const char *max = read_at(place->dir, len, "cpu.max");
		uint64_t period;

		if (!max)
			continue;
		uint64_t quota = cgroup_parse_limit(max);
		max += strcspn(max, " ");
		if (proc_u64(&max, &period))
			tighter_quota(c, quota, period);
	}
}

static uint64_t divided(uint64_t value, uint64_t by)
{
	return value == CGROUP_UNKNOWN ? value : value / by;
}

/* cpuacct.stat counts in USER_HZ, which is 100 on every architecture that we build for. */
static uint64_t ticks_to_us(uint64_t ticks)
{
	return ticks == CGROUP_UNKNOWN ? ticks : ticks * 10000;
}

static void cpu_v1(const struct cgroup_place *place, struct cgroup_cpu *c)
{
	const char *stat = read_in(place, "cpu.stat");

	c->periods = keyed(stat, "nr_periods");
	c->throttled = keyed(stat, "nr_throttled");
	c->throttled_us = divided(keyed(stat, "throttled_time"), 1000);
	for (size_t len = strlen(place->dir); len > 0; len = parent_len(place, len)) {
		const char *text = read_at(place->dir, len, "cpu.cfs_quota_us");
		uint64_t quota = text ? cgroup_parse_limit(text) : CGROUP_UNKNOWN;

		text = read_at(place->dir, len, "cpu.cfs_period_us");
		tighter_quota(c, quota, text ? cgroup_parse_limit(text) : CGROUP_UNKNOWN);
	}
}

static void cpuacct_v1(const struct cgroup_place *place, struct cgroup_cpu *c)
{
	c->usage_us = divided(number_in(place, "cpuacct.usage"), 1000);
	const char *stat = read_in(place, "cpuacct.stat");
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
		cpu_v1(cpu, c);
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

/* --- io ---------------------------------------------------------------------------------------- */

/* The list that a parser fills. The kernel names each device once a file, in the same order in each: the
 * place of the last one says where the next is found, and in the first file every device is new. */
struct io_list {
	struct cgroup_io **v;
	size_t *n;
	size_t at;   /* the device found last */
	bool filled; /* by a file before this one */
};

static struct cgroup_io *device(struct io_list *l, uint32_t major, uint32_t minor)
{
	size_t n = *l->n;
	size_t look = l->filled ? n : n > 0 ? 1 : 0;

	for (size_t i = 0; i < look; i++) {
		size_t at = (l->at + i) % n;
		struct cgroup_io *d = &(*l->v)[at];

		if (d->major == major && d->minor == minor) {
			l->at = at;
			return d;
		}
	}
	if ((n & (n - 1)) == 0) { /* 0 and the powers of two: full */
		struct cgroup_io *grown = realloc(*l->v, (n ? n * 2 : 1) * sizeof(*grown));

		if (!grown)
			return NULL;
		*l->v = grown;
	}
	struct cgroup_io *d = &(*l->v)[n];
	*d = (struct cgroup_io){ major,		 minor,		 CGROUP_UNKNOWN, CGROUP_UNKNOWN, CGROUP_UNKNOWN,
				 CGROUP_UNKNOWN, CGROUP_UNKNOWN };
	*l->n = n + 1;
	l->at = n;
	return d;
}

/* "8:16" and a blank or the end of the line: the number pair, *p moved behind it. */
static bool device_number(const char **p, uint32_t *major, uint32_t *minor)
{
	const char *s = *p;
	uint64_t a, b;

	if (*s < '0' || *s > '9' || !proc_u64(&s, &a) || *s != ':' || s[1] < '0' || s[1] > '9')
		return false;
	s++;
	if (!proc_u64(&s, &b) || a > UINT32_MAX || b > UINT32_MAX || (*s && !strchr(" \n", *s)))
		return false;
	*major = (uint32_t)a;
	*minor = (uint32_t)b;
	*p = s;
	return true;
}

/* "8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0 ...", where kernels before
 * 5.10 may put the numbers of devices without any I/O in front of it, on the same line. */
int cgroup_parse_io_stat(const char *text, struct cgroup_io **devices, size_t *n)
{
	uint32_t major = 0, minor = 0;
	bool have = false;
	struct cgroup_io *d = NULL;
	struct io_list list = { devices, n, 0, *n > 0 };

	for (const char *p = text; *p;) {
		size_t len = strcspn(p, " \n");
		const char *next = p + len;
		static const struct {
			const char *name;
			size_t at;
		} keys[] = {
			{ "rbytes=", offsetof(struct cgroup_io, read_bytes) },
			{ "wbytes=", offsetof(struct cgroup_io, write_bytes) },
			{ "rios=", offsetof(struct cgroup_io, reads) },
			{ "wios=", offsetof(struct cgroup_io, writes) },
		};

		if (device_number(&p, &major, &minor)) {
			have = true;
			d = NULL;
		}
		for (size_t k = 0; have && k < sizeof(keys) / sizeof(keys[0]); k++) {
			size_t name_len = strlen(keys[k].name);
			const char *v = p + name_len;

			if (len <= name_len || strncmp(p, keys[k].name, name_len) != 0 || *v == ' ')
				continue;
			if (!d && !(d = device(&list, major, minor)))
				return -ENOMEM;
			if (!proc_u64(&v, (uint64_t *)(void *)((char *)d + keys[k].at)))
				break;
		}
		if (*next == '\n') {
			have = false;
			d = NULL;
		}
		p = *next ? next + 1 : next;
	}
	return 0;
}

/* "8:0 Read 4096", "8:0 Write 0", "8:0 Sync 4096", ..., "8:0 Total 4096", and at the end "Total 4096". */
int cgroup_parse_blkio(const char *text, size_t read_to, size_t write_to, size_t total_to, struct cgroup_io **devices,
		       size_t *n)
{
	struct io_list list = { devices, n, 0, *n > 0 };

	for (const char *p = *text ? text : NULL; p; p = proc_next_line(p)) {
		const char *s = p;
		uint32_t major, minor;
		uint64_t value;
		size_t at = SIZE_MAX;

		if (!device_number(&s, &major, &minor) || *s != ' ')
			continue;
		s++;
		size_t len = strcspn(s, " \n");
		if (len == 4 && memcmp(s, "Read", 4) == 0)
			at = read_to;
		else if (len == 5 && memcmp(s, "Write", 5) == 0)
			at = write_to;
		else if (len == 5 && memcmp(s, "Total", 5) == 0)
			at = total_to;
		s += len;
		if (at == SIZE_MAX || !proc_u64(&s, &value))
			continue;
		struct cgroup_io *d = device(&list, major, minor);
		if (!d)
			return -ENOMEM;
		memcpy((char *)d + at, &value, sizeof(value));
	}
	return 0;
}

/* The first of two files that is there. */
static const char *read_either(const struct cgroup_place *place, const char *a, const char *b)
{
	const char *text = read_in(place, a);

	return text ? text : read_in(place, b);
}

static int io_v1(const struct cgroup_place *place, struct cgroup_io **v, size_t *n)
{
	const char *text = read_either(place, "blkio.throttle.io_service_bytes_recursive",
				       "blkio.throttle.io_service_bytes");
	int r;

	if (!text)
		return -ENOENT;
	r = cgroup_parse_blkio(text, offsetof(struct cgroup_io, read_bytes), offsetof(struct cgroup_io, write_bytes),
			       SIZE_MAX, v, n);
	text = read_either(place, "blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced");
	if (r == 0 && text)
		r = cgroup_parse_blkio(text, offsetof(struct cgroup_io, reads), offsetof(struct cgroup_io, writes),
				       SIZE_MAX, v, n);
	text = read_either(place, "blkio.bfq.io_wait_time_recursive", "blkio.io_wait_time_recursive");
	if (r == 0 && text)
		r = cgroup_parse_blkio(text, SIZE_MAX, SIZE_MAX, offsetof(struct cgroup_io, wait_ns), v, n);
	return r;
}

static int io_v2(const struct cgroup_place *place, struct cgroup_io **v, size_t *n)
{
	const char *text = read_in(place, "io.stat");

	return text ? cgroup_parse_io_stat(text, v, n) : -ENOENT;
}

int cgroup_io(struct cgroup_io **devices, size_t *n)
{
	bool v2;
	const struct cgroup_place *place = cgroup_place(CGROUP_BLKIO, &v2);

	*devices = NULL;
	*n = 0;
	if (!place)
		return -ENOENT;
	int r = v2 ? io_v2(place, devices, n) : io_v1(place, devices, n);
	if (r < 0) {
		free(*devices);
		*devices = NULL;
		*n = 0;
	}
	return r;
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
	const char *text = place ? read_in(place, name) : NULL;
	int r = text ? cgroup_parse_pressure(text, p) : -ENOENT;
	if (r < 0)
		*p = (struct cgroup_pressure){ 0 };
	return r;
}

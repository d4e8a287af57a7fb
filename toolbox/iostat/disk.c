/* SPDX-License-Identifier: GPL-2.0-only
 * The block devices and their counters: see disk.h.
 */
#include "disk.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define OLD_PART_COUNTERS 4 /* 2.6 partitions: reads, sectors, writes, sectors */

void disk_begin(struct disks *d)
{
	for (size_t i = 0; i < d->n; i++) {
		d->v[i].was_present = d->v[i].present;
		d->v[i].present = false;
	}
	d->next = 0;
}

/* A device that was unplugged and came again under its name counts from zero: all that had counted has
 * fallen. One counter that falls alone is an error of the kernel's or a wrap: see disk_add_delta. */
static bool began_anew(const struct disk *d)
{
	static const enum disk_counter tell[] = { DISK_READS,	      DISK_WRITES,	  DISK_DISCARDS,
						  DISK_READ_SECTORS, DISK_WRITE_SECTORS };
	bool fell = false;

	for (size_t i = 0; i < sizeof(tell) / sizeof(tell[0]); i++) {
		uint64_t before = d->before[tell[i]];

		if (before > 0 && d->now[tell[i]] >= before)
			return false;
		fell |= before > 0;
	}
	return fell;
}

void disk_end(struct disks *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].present && began_anew(&d->v[i]))
			memset(d->v[i].before, 0, sizeof(d->v[i].before));
}

static bool is_named(const struct disk *d, const char *name, size_t len)
{
	return strncmp(d->name, name, len) == 0 && d->name[len] == '\0';
}

/* The devices stand in the same order in each sample, so the next one is nearly always the one wanted. */
static size_t look(const struct disks *d, const char *name, size_t len)
{
	for (size_t i = 0; i < d->n; i++) {
		size_t at = d->next + i < d->n ? d->next + i : d->next + i - d->n;

		if (is_named(&d->v[at], name, len))
			return at;
	}
	return d->n;
}

static struct disk *add(struct disks *d, const char *name, size_t len)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 16;
		struct disk *grown = realloc(d->v, cap * sizeof(*grown));

		if (!grown)
			return NULL;
		d->v = grown;
		d->cap = cap;
	}
	char *copy = strndup(name, len);
	if (!copy)
		return NULL;
	d->v[d->n] = (struct disk){ .name = copy };
	d->unknown++;
	return &d->v[d->n++];
}

static int take(struct disks *d, const char *name, size_t len, uint32_t major, uint32_t minor,
		const uint64_t now[DISK_COUNTERS])
{
	size_t at = look(d, name, len);
	struct disk *disk = at < d->n ? &d->v[at] : add(d, name, len);

	if (!disk)
		return -ENOMEM;
	d->next = at + 1;
	if (disk->present)
		return 0; /* named twice: in two sources, or by somebody who plays */
	if (!disk->was_present) {
		/* Another one may stand in its place now. */
		free(disk->label);
		disk->label = NULL;
	}
	if (!disk->was_present || disk->major != major || disk->minor != minor)
		memset(disk->before, 0, sizeof(disk->before));
	else
		memcpy(disk->before, disk->now, sizeof(disk->before));
	memcpy(disk->now, now, sizeof(disk->now));
	disk->major = major;
	disk->minor = minor;
	disk->present = true;
	return 0;
}

/* The counters up to the end of the line; false when they are too few or no numbers. */
static bool counters(const char *p, uint64_t v[DISK_COUNTERS])
{
	int n = 0;

	while (n < DISK_COUNTERS && proc_u64(&p, &v[n]))
		n++;
	for (int i = n; i < DISK_COUNTERS; i++)
		v[i] = 0;
	if (n == OLD_PART_COUNTERS) {
		v[DISK_WRITE_SECTORS] = v[3];
		v[DISK_WRITES] = v[2];
		v[DISK_READ_SECTORS] = v[1];
		v[DISK_READ_MERGES] = v[DISK_READ_MS] = 0;
		return true;
	}
	return n > DISK_QUEUE_MS;
}

int disk_parse(struct disks *d, const char *text)
{
	for (const char *line = *text ? text : NULL; line; line = proc_next_line(line)) {
		const char *p = line;
		uint64_t major, minor;
		uint64_t now[DISK_COUNTERS];

		if (!proc_u64(&p, &major) || !proc_u64(&p, &minor) || major > UINT32_MAX || minor > UINT32_MAX)
			continue;
		p += strspn(p, " \t");
		size_t len = strcspn(p, " \t\n");
		if (len == 0 || !counters(p + len, now))
			continue;
		if (take(d, p, len, (uint32_t)major, (uint32_t)minor, now) < 0)
			return -ENOMEM;
	}
	return 0;
}

int disk_parse_stat(struct disks *d, const char *name, size_t name_len, uint32_t major, uint32_t minor,
		    const char *text)
{
	uint64_t now[DISK_COUNTERS];

	if (!counters(text, now))
		return -EINVAL;
	return take(d, name, name_len, major, minor, now);
}

size_t disk_find(const struct disks *d, const char *name)
{
	size_t i = 0;

	while (i < d->n && strcmp(d->v[i].name, name) != 0)
		i++;
	return i;
}

bool disk_is_part_of(const char *part, const char *disk)
{
	size_t n = strlen(disk);

	if (n == 0 || strncmp(part, disk, n) != 0)
		return false;
	part += n;
	if (disk[n - 1] >= '0' && disk[n - 1] <= '9' && *part++ != 'p')
		return false;
	return *part && part[strspn(part, "0123456789")] == '\0';
}

void disk_add_delta(const struct disk *d, uint64_t sum[DISK_COUNTERS])
{
	for (int i = 0; i < DISK_COUNTERS; i++) {
		/* The kernel keeps times as unsigned int, which wraps after 49 days of waiting; counts are
		 * unsigned long, and these tools run on 64-bit kernels only. */
		bool ms = i == DISK_READ_MS || i == DISK_WRITE_MS || i == DISK_BUSY_MS || i == DISK_QUEUE_MS ||
			  i == DISK_DISCARD_MS || i == DISK_FLUSH_MS;

		sum[i] += sample_delta(d->now[i], d->before[i], ms ? 32 : 64);
	}
}

bool disk_used(const struct disk *d)
{
	return disk_active(d->now);
}

bool disk_active(const uint64_t delta[DISK_COUNTERS])
{
	return delta[DISK_READS] > 0 || delta[DISK_WRITES] > 0 || delta[DISK_DISCARDS] > 0 || delta[DISK_FLUSHES] > 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The block devices and their counters, sample by sample. Formats: the kernel's
 * Documentation/admin-guide/iostats.rst and Documentation/block/stat.rst.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order of /proc/diskstats. Kernels before 4.18 end at the queue time, before 5.5 at the discards. */
enum disk_counter {
	DISK_READS,
	DISK_READ_MERGES,
	DISK_READ_SECTORS,
	DISK_READ_MS,
	DISK_WRITES,
	DISK_WRITE_MERGES,
	DISK_WRITE_SECTORS,
	DISK_WRITE_MS,
	DISK_IN_FLIGHT,
	DISK_BUSY_MS,
	DISK_QUEUE_MS,
	DISK_DISCARDS,
	DISK_DISCARD_MERGES,
	DISK_DISCARD_SECTORS,
	DISK_DISCARD_MS,
	DISK_FLUSHES,
	DISK_FLUSH_MS,
	DISK_COUNTERS
};

struct disk {
	uint32_t major, minor;
	char *name;  /* the kernel's, a stranger's string */
	char *label; /* what is shown, safe; label.c */
	bool present;
	bool was_present;
	bool known; /* whether it is a whole disk has been found out: source.c */
	bool whole;
	uint64_t now[DISK_COUNTERS];
	uint64_t before[DISK_COUNTERS]; /* zeros when it came after the last sample */
};

/* Devices keep their places; one that goes and comes again gets its old one. */
struct disks {
	struct disk *v;
	size_t n;
	size_t cap;
	size_t next;	/* where the line after the last one is looked for first */
	size_t unknown; /* devices that came and are not `known` yet */
};

/* Around the readings of a sample: all devices are absent until a line names them. */
void disk_begin(struct disks *d);
void disk_end(struct disks *d);

/* Takes the lines of a file like /proc/diskstats; what is no such line is passed over. Returns 0 or
 * -ENOMEM. */
int disk_parse(struct disks *d, const char *text);

/* Takes a file like /sys/block/NAME/stat. Returns 0, -EINVAL or -ENOMEM. */
int disk_parse_stat(struct disks *d, const char *name, size_t name_len, uint32_t major, uint32_t minor,
		    const char *text);

/* The place of a device by its kernel name, or d->n. */
size_t disk_find(const struct disks *d, const char *name);

/* Whether part is named as a partition of disk is: sda and sda1, nvme0n1 and nvme0n1p1. */
bool disk_is_part_of(const char *part, const char *disk);

/* Adds what was counted since the last sample. */
void disk_add_delta(const struct disk *d, uint64_t sum[DISK_COUNTERS]);

/* Whether any request was completed: ever, or since the last sample. */
bool disk_used(const struct disk *d);
bool disk_active(const uint64_t delta[DISK_COUNTERS]);

/* SPDX-License-Identifier: GPL-2.0-only
 * What the parts of vmstat share: the options, and one function a report.
 */
#pragma once

#include "toolbox/lib/sample.h"

#include <stdbool.h>
#include <stdint.h>

struct vmstat_options {
	bool active;	 /* -a */
	bool one_header; /* -n */
	bool wide;	 /* -w */
	bool timestamp;	 /* -t */
	bool no_first;	 /* -y */
	bool container;	 /* the container's figures are wanted, and we are in one */
	char unit;	 /* of -S, 'K' unless given */
	uint64_t unit_bytes;
	const char *partition; /* of -p */
	struct sample sample;
};

/* Each prints its report, as often as o->sample says, and returns the exit status. */
int vmstat_vm(struct vmstat_options *o);
int vmstat_sum(struct vmstat_options *o);
int vmstat_forks(struct vmstat_options *o);
int vmstat_disks(struct vmstat_options *o);
int vmstat_disk_sum(struct vmstat_options *o);
int vmstat_partition(struct vmstat_options *o);
int vmstat_slabs(struct vmstat_options *o);

/* Says that a file cannot be read, and why; returns 1. */
int vmstat_unreadable(const char *path, int err);

/* Writes out what a sample has printed; false, said on standard error, when it cannot be written. */
bool vmstat_flush(void);

/* Lines of data that fit under a header: from the terminal's height. */
unsigned vmstat_page_rows(void);

/* " 2026-11-21 00:43:52", or with zone the name of the time zone as wide. */
void vmstat_print_time(bool zone);

/* KiB in the unit of -S. */
uint64_t vmstat_in_unit(const struct vmstat_options *o, uint64_t kib);

/* /proc/stat without the figures of each CPU. */
struct vmstat_stat {
	uint64_t cpu[10]; /* user nice system idle iowait irq softirq steal guest guest_nice, ticks */
	uint64_t interrupts, switches, boot_time, forks, running, blocked;
};
int vmstat_parse_stat(const char *data, struct vmstat_stat *st); /* 0, or -EINVAL without a line for all CPUs */

/* pgpgin and pgpgout in KiB, pswpin and pswpout in pages, from /proc/vmstat; 0, or -EINVAL without them. */
struct vmstat_paging {
	uint64_t in_kib, out_kib, swap_in, swap_out;
};
int vmstat_parse_paging(const char *data, struct vmstat_paging *pg);

/* A line of /proc/diskstats; false when it is none. */
enum {
	DISK_READS, DISK_READ_MERGED, DISK_READ_SECTORS, DISK_READ_MS, DISK_WRITES, DISK_WRITE_MERGED,
	DISK_WRITE_SECTORS, DISK_WRITE_MS, DISK_IN_PROGRESS, DISK_IO_MS, DISK_WEIGHTED_MS, DISK_FIELDS
};
struct vmstat_disk {
	char name[64];
	bool partition;
	uint64_t field[DISK_FIELDS];
};
bool vmstat_parse_disk(const char *line, struct vmstat_disk *d);

/* Whether a name looks like that of a partition of this disk. */
bool vmstat_named_like_partition(const char *name, const char *disk);

/* A line of /proc/slabinfo; false for the lines of its head. */
struct vmstat_slab {
	const char *name; /* in the file's memory */
	int name_len;
	uint64_t active, objects, size, per_slab;
};
bool vmstat_parse_slab(const char *line, struct vmstat_slab *s);

/* What to say of the container: memory, then CPU and pressure; one or two texts, as a rule of less than 80 columns. The figures
 * of CPU are about the time since the last call, at first about all the time that the container has been. */
struct vmstat_container {
	char line[2][256];
	unsigned n;
};
void vmstat_container_lines(struct vmstat_container *c);

/* The container's lines of -s. */
void vmstat_container_sums(const struct vmstat_options *o);

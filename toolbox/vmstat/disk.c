/* SPDX-License-Identifier: GPL-2.0-only
 * vmstat -d, -D and -p: /proc/diskstats (Documentation/admin-guide/iostats.rst). What is a disk and what a
 * partition is told by /sys/block; without /sys, by the names.
 */
#include "vmstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READS, READ_MERGED, READ_SECTORS, READ_MS, WRITES, WRITE_MERGED, WRITE_SECTORS, WRITE_MS, IN_PROGRESS, IO_MS,
       WEIGHTED_MS, DISK_FIELDS };

struct disk {
	char name[64];
	bool partition;
	uint64_t field[DISK_FIELDS];
};

struct disks {
	struct proc_file file;
	struct disk *v;
	size_t n, cap;
};

/* "8 0 sda 1 2 3 ...": 11 numbers, later kernels have more. */
static bool parse_disk(const char *line, struct disk *d)
{
	uint64_t number;

	if (!proc_u64(&line, &number) || !proc_u64(&line, &number) || *line != ' ')
		return false;
	line++;
	size_t len = strcspn(line, " \n");
	size_t keep = len < sizeof(d->name) ? len : sizeof(d->name) - 1;
	memcpy(d->name, line, keep);
	d->name[keep] = '\0';
	line += len;
	for (int i = 0; i < DISK_FIELDS; i++)
		if (!proc_u64(&line, &d->field[i]))
			return false;
	return len > 0;
}

/* sda1 after sda, nvme0n1p1 after nvme0n1: a partition follows its disk in the file. */
static bool named_like_partition(const char *name, const char *disk)
{
	size_t n = strlen(disk);

	if (n == 0 || strncmp(name, disk, n) != 0 || !name[n])
		return false;
	name += n;
	bool digit = disk[n - 1] >= '0' && disk[n - 1] <= '9';
	if (digit && *name++ != 'p')
		return false;
	return *name && strspn(name, "0123456789") == strlen(name);
}

static bool is_disk(const char *name)
{
	char path[96];

	snprintf(path, sizeof(path), "sys/block/%s", name);
	fd_auto fd = proc_open(path, O_PATH);
	return fd >= 0;
}

/* Most devices are the same as in the last sample, at the same place: they are not asked for again. */
static int read_disks(struct disks *d)
{
	int r = proc_load(&d->file, "proc/diskstats");
	fd_auto sys = proc_open("sys/block", O_PATH | O_DIRECTORY);
	const char *last_disk = "";
	size_t before = d->n;

	if (r < 0)
		return vmstat_unreadable("proc/diskstats", r);
	d->n = 0;
	for (const char *line = d->file.data; line && *line; line = proc_next_line(line)) {
		struct disk new;

		if (!parse_disk(line, &new))
			continue;
		if (d->n == d->cap) {
			struct disk *grown = realloc(d->v, (d->cap ? d->cap * 2 : 16) * sizeof(*grown));

			if (!grown)
				return vmstat_unreadable("proc/diskstats", -ENOMEM);
			d->v = grown;
			d->cap = d->cap ? d->cap * 2 : 16;
		}
		struct disk *old = &d->v[d->n++];
		if (sys < 0)
			new.partition = named_like_partition(new.name, last_disk);
		else if (d->n <= before && strcmp(old->name, new.name) == 0)
			new.partition = old->partition;
		else
			new.partition = !is_disk(new.name);
		*old = new;
		if (!new.partition && sys < 0)
			last_disk = old->name;
	}
	return 0;
}

static void print_disk_header(const struct vmstat_options *o)
{
	fputs(o->wide ? "disk- -------------------reads------------------- -------------------writes------------------ "
			"------IO-------"
		      : "disk- ------------reads------------ ------------writes----------- -----IO------",
	      stdout);
	fputs(o->timestamp ? " -----timestamp-----\n" : "\n", stdout);
	fputs(o->wide ? "          total    merged     sectors          ms     total    merged     sectors          ms     "
			"cur     sec"
		      : "       total merged sectors      ms  total merged sectors      ms    cur    sec",
	      stdout);
	if (o->timestamp)
		vmstat_print_time(true);
	fputc('\n', stdout);
}

static void print_disk(const struct vmstat_options *o, const struct disk *d)
{
	static const int narrow[] = { 6, 6, 7, 7, 6, 6, 7, 7, 6, 6 };
	static const int wide[] = { 9, 9, 11, 11, 9, 9, 11, 11, 7, 7 };

	text_printf(stdout, "%-5s", d->name);
	for (int i = 0; i <= IO_MS; i++)
		text_printf(stdout, " %*llu", o->wide ? wide[i] : narrow[i],
			    (unsigned long long)(i == IO_MS ? d->field[i] / 1000 : d->field[i]));
	if (o->timestamp)
		vmstat_print_time(false);
	fputc('\n', stdout);
}

int vmstat_disks(struct vmstat_options *o)
{
	struct disks d = { .file = PROC_FILE_INIT };
	bool header = false;

	while (sample_next(&o->sample)) {
		unsigned page = o->one_header ? 0 : vmstat_page_rows();

		if (read_disks(&d))
			return 1;
		if (!header || !o->one_header)
			print_disk_header(o);
		header = true;
		for (size_t i = 0; i < d.n; i++) {
			/* Partitions count as lines, as in procps, although they are not shown. */
			if (d.v[i].partition)
				continue;
			if (i > 0 && page > 0 && i % page == 0)
				print_disk_header(o);
			print_disk(o, &d.v[i]);
		}
		if (!vmstat_flush())
			return 1;
	}
	return 0;
}

int vmstat_disk_sum(struct vmstat_options *o)
{
	static const char *const names[DISK_FIELDS] = {
		"total reads",	 "merged reads",    "read sectors",  "milli reading",  "writes",	 "merged writes",
		"written sectors", "milli writing", "inprogress IO", "milli spent IO", "milli weighted IO",
	};
	struct disks d = { .file = PROC_FILE_INIT };
	uint64_t sum[DISK_FIELDS] = { 0 };
	unsigned long long partitions = 0;

	(void)o;
	if (read_disks(&d))
		return 1;
	for (size_t i = 0; i < d.n; i++) {
		partitions += d.v[i].partition;
		for (int k = 0; !d.v[i].partition && k < DISK_FIELDS; k++)
			sum[k] += d.v[i].field[k];
	}
	text_printf(stdout, "%13llu disks\n%13llu partitions\n", d.n - partitions, partitions);
	for (int k = 0; k < DISK_FIELDS; k++)
		text_printf(stdout, "%13llu %s\n", (unsigned long long)sum[k], names[k]);
	return 0;
}

int vmstat_partition(struct vmstat_options *o)
{
	struct disks d = { .file = PROC_FILE_INIT };
	const char *name = strncmp(o->partition, "/dev/", 5) == 0 ? o->partition + 5 : o->partition;

	while (sample_next(&o->sample)) {
		const struct disk *found = NULL;

		if (read_disks(&d))
			return 1;
		for (size_t i = 0; i < d.n && !found; i++)
			if (strcmp(d.v[i].name, name) == 0)
				found = &d.v[i];
		if (!found) {
			text_printf(stderr, "vmstat: there is no disk or partition %s in /proc/diskstats\n", name);
			return 1;
		}
		if (o->sample.done == 1)
			text_printf(stdout, "%-10s %10s  %16s  %10s  %16s\n", name, "reads", "read sectors", "writes",
				    "requested writes");
		text_printf(stdout, " %20llu  %16llu  %10llu  %16llu\n", (unsigned long long)found->field[READS],
			    (unsigned long long)found->field[READ_SECTORS], (unsigned long long)found->field[WRITES],
			    (unsigned long long)found->field[WRITE_SECTORS]);
		if (!vmstat_flush())
			return 1;
	}
	return 0;
}

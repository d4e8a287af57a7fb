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

/* Those of the last sample, until the program ends. */
static struct vmstat_disk *disks;
static size_t n_disks, cap_disks;

static bool is_disk(const char *name)
{
	char path[96];

	snprintf(path, sizeof(path), "sys/block/%s", name);
	/* "cciss/c0d0" is "cciss!c0d0" there. */
	for (char *p = path + strlen("sys/block/"); (p = strchr(p, '/')); p++)
		*p = '!';
	fd_auto fd = proc_open(path, O_PATH);
	return fd >= 0;
}

/* Most devices are the same as in the last sample, at the same place: they are not asked for again. */
static int read_disks(void)
{
	static struct proc_file f = PROC_FILE_INIT;
	int r = proc_load(&f, "proc/diskstats");
	fd_auto sys = proc_open("sys/block", O_PATH | O_DIRECTORY);
	size_t last_disk = SIZE_MAX;
	size_t before = n_disks;

	if (r < 0)
		return vmstat_unreadable("proc/diskstats", r);
	n_disks = 0;
	for (const char *line = f.data; line && *line; line = proc_next_line(line)) {
		struct vmstat_disk new;

		if (!vmstat_parse_disk(line, &new))
			continue;
		if (n_disks == cap_disks) {
			size_t cap = cap_disks ? cap_disks * 2 : 16;
			struct vmstat_disk *grown = realloc(disks, cap * sizeof(*grown));

			if (!grown)
				return vmstat_unreadable("proc/diskstats", -ENOMEM);
			disks = grown;
			cap_disks = cap;
		}
		struct vmstat_disk *old = &disks[n_disks++];
		if (sys < 0)
			new.partition = last_disk != SIZE_MAX &&
					vmstat_named_like_partition(new.name, disks[last_disk].name);
		else if (n_disks <= before && strcmp(old->name, new.name) == 0)
			new.partition = old->partition;
		else
			new.partition = !is_disk(new.name);
		*old = new;
		if (!new.partition)
			last_disk = n_disks - 1;
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

static void print_disk(const struct vmstat_options *o, const struct vmstat_disk *d)
{
	static const int narrow[] = { 6, 6, 7, 7, 6, 6, 7, 7, 6, 6 };
	static const int wide[] = { 9, 9, 11, 11, 9, 9, 11, 11, 7, 7 };

	text_printf(stdout, "%-5s", d->name);
	for (int i = 0; i <= DISK_IO_MS; i++)
		printf(" %*llu", o->wide ? wide[i] : narrow[i],
			    (unsigned long long)(i == DISK_IO_MS ? d->field[i] / 1000 : d->field[i]));
	if (o->timestamp)
		vmstat_print_time(false);
	fputc('\n', stdout);
}

int vmstat_disks(struct vmstat_options *o)
{
	bool header = false;

	while (sample_next(&o->sample)) {
		unsigned page = o->one_header ? 0 : vmstat_page_rows();

		if (read_disks())
			return 1;
		if (!header || !o->one_header)
			print_disk_header(o);
		header = true;
		for (size_t i = 0; i < n_disks; i++) {
			/* Partitions count as lines, as in procps, although they are not shown. */
			if (disks[i].partition)
				continue;
			if (i > 0 && page > 0 && i % page == 0)
				print_disk_header(o);
			print_disk(o, &disks[i]);
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
	uint64_t sum[DISK_FIELDS] = { 0 };
	unsigned long long partitions = 0;

	(void)o;
	if (read_disks())
		return 1;
	for (size_t i = 0; i < n_disks; i++) {
		partitions += disks[i].partition;
		for (int k = 0; !disks[i].partition && k < DISK_FIELDS; k++)
			sum[k] += disks[i].field[k];
	}
	printf("%13llu disks\n%13llu partitions\n", n_disks - partitions, partitions);
	for (int k = 0; k < DISK_FIELDS; k++)
		printf("%13llu %s\n", (unsigned long long)sum[k], names[k]);
	return 0;
}

int vmstat_partition(struct vmstat_options *o)
{
	const char *name = strncmp(o->partition, "/dev/", 5) == 0 ? o->partition + 5 : o->partition;

	while (sample_next(&o->sample)) {
		const struct vmstat_disk *found = NULL;

		if (read_disks())
			return 1;
		for (size_t i = 0; i < n_disks && !found; i++)
			if (strcmp(disks[i].name, name) == 0)
				found = &disks[i];
		if (!found) {
			text_printf(stderr, "vmstat: there is no disk or partition %s in /proc/diskstats\n", name);
			return 1;
		}
		if (o->sample.done == 1)
			text_printf(stdout, "%-10s %10s  %16s  %10s  %16s\n", name, "reads", "read sectors", "writes",
				    "requested writes");
		printf(" %20llu  %16llu  %10llu  %16llu\n", (unsigned long long)found->field[DISK_READS],
			    (unsigned long long)found->field[DISK_READ_SECTORS], (unsigned long long)found->field[DISK_WRITES],
			    (unsigned long long)found->field[DISK_WRITE_SECTORS]);
		if (!vmstat_flush())
			return 1;
	}
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The text of /proc's files to numbers: stat, vmstat (proc(5)), diskstats (Documentation/admin-guide/iostats.rst) and
 * slabinfo (slabinfo(5)), of kernels 4.18 to 6.18. Figures that a kernel does not have are 0.
 */
#include "vmstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <string.h>

/* A line of a file that is read every second: what begins with the wrong letter is not compared any further. */
static bool begins(const char *line, const char *key, const char **rest)
{
	size_t i = 0;

	while (key[i] && line[i] == key[i])
		i++;
	*rest = line + i;
	return !key[i];
}

int vmstat_parse_stat(const char *data, struct vmstat_stat *st)
{
	const struct {
		const char *key;
		uint64_t *to;
	} keys[] = {
		{ "intr ", &st->interrupts },	 { "ctxt ", &st->switches },	     { "btime ", &st->boot_time },
		{ "processes ", &st->forks },	 { "procs_running ", &st->running }, { "procs_blocked ", &st->blocked },
	};
	bool seen = false;

	*st = (struct vmstat_stat){ 0 };
	for (const char *line = *data ? data : NULL; line; line = proc_next_line(line)) {
		const char *p;

		/* The first line sums up all CPUs; those of each CPU have a number behind "cpu". */
		if (!seen && begins(line, "cpu ", &p)) {
			for (size_t i = 0; i < countof(st->cpu) && proc_u64(&p, &st->cpu[i]); i++)
				seen = true;
			continue;
		}
		for (size_t i = 0; i < countof(keys); i++)
			if (begins(line, keys[i].key, &p)) {
				proc_u64(&p, keys[i].to);
				break;
			}
	}
	return seen ? 0 : -EINVAL;
}

int vmstat_parse_paging(const char *data, struct vmstat_paging *pg)
{
	const struct {
		const char *key;
		uint64_t *to;
	} keys[] = {
		{ "pgpgin ", &pg->in_kib },
		{ "pgpgout ", &pg->out_kib },
		{ "pswpin ", &pg->swap_in }, /* these two are not there in kernels without swap */
		{ "pswpout ", &pg->swap_out },
	};
	unsigned seen = 0; /* a bit a key */

	*pg = (struct vmstat_paging){ 0 };
	for (const char *line = *data ? data : NULL; line && seen != 15; line = proc_next_line(line)) {
		const char *p;

		for (size_t i = 0; *line == 'p' && i < countof(keys); i++)
			if (begins(line, keys[i].key, &p) && proc_u64(&p, keys[i].to))
				seen |= 1u << i;
	}
	return (seen & 3) == 3 ? 0 : -EINVAL;
}

/* "8 0 sda 1 2 3 ...": 11 numbers, later kernels have more. */
bool vmstat_parse_disk(const char *line, struct vmstat_disk *d)
{
	uint64_t major, minor;

	if (!proc_u64(&line, &major) || !proc_u64(&line, &minor) || *line != ' ')
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
bool vmstat_named_like_partition(const char *name, const char *disk)
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

/* "name 12 12 320 12 1 : tunables ..."; false for the two lines of the head. */
bool vmstat_parse_slab(const char *line, struct vmstat_slab *s)
{
	const char *p = line + strcspn(line, " \t\n");

	*s = (struct vmstat_slab){ .name = line, .name_len = (int)(p - line) };
	return *line != '#' && s->name_len > 0 && proc_u64(&p, &s->active) && proc_u64(&p, &s->objects) &&
	       proc_u64(&p, &s->size) && proc_u64(&p, &s->per_slab);
}

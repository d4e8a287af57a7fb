/* SPDX-License-Identifier: GPL-2.0-only
 * Where the devices are read from: see source.h.
 *
 * sysstat reads a file of /sys for each device and sample, unless partitions are wanted: then /proc/diskstats.
 * Here it is that one file always. Which of its lines are whole disks is looked up in /sys/block when a
 * device is new, and told from the names where there is no /sys.
 */
#include "source.h"
#include "dir.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Devices have '/' in their names where directories have '!'. */
static void swap(char *s, char from, char to)
{
	for (; *s; s++)
		if (*s == from)
			*s = to;
}

static bool join(char path[PATH_MAX], const char *a, const char *b)
{
	return snprintf(path, PATH_MAX, "%s/%s", a, b) < PATH_MAX;
}

/* The directory of a disk or a partition: DIR/stat, DIR/dev. What has no counters there is passed over. */
static int read_device(struct disks *d, const char *dir, const char *name)
{
	char path[PATH_MAX], device[NAME_MAX + 1];
	uint64_t major = 0, minor = 0;

	if (strlen(name) >= sizeof(device) || !join(path, dir, "stat"))
		return 0;
	strcpy(device, name);
	swap(device, '!', '/');
	struct proc_file dev = PROC_FILE_INIT;
	struct proc_file stat = PROC_FILE_INIT;
	int r = proc_load(&stat, path);
	/* A directory of -f need not have the numbers: they are of use for names in /sys only. */
	if (r == 0 && join(path, dir, "dev") && proc_load(&dev, path) == 0) {
		const char *p = dev.data;

		if (!proc_u64(&p, &major) || *p++ != ':' || !proc_u64(&p, &minor) || major > UINT32_MAX ||
		    minor > UINT32_MAX)
			major = minor = 0;
	}
	if (r == 0)
		r = disk_parse_stat(d, device, strlen(device), (uint32_t)major, (uint32_t)minor, stat.data);
	proc_unload(&dev);
	proc_unload(&stat);
	return r == -ENOMEM ? r : 0;
}

/* The partitions of a disk are directories in its own. */
static int read_parts(struct disks *d, const char *disk_dir, const char *disk)
{
	char path[PATH_MAX];
	struct dir parts;
	int r = dir_read(&parts, disk_dir);

	for (size_t i = 0; r == 0 && i < parts.n; i++)
		if (disk_is_part_of(parts.names[i], disk) && join(path, disk_dir, parts.names[i]))
			r = read_device(d, path, parts.names[i]);
	dir_free(&parts);
	return r == -ENOMEM ? r : 0;
}

/* All that stands in a directory like /sys/block; -errno when it is not there. */
static int read_block(struct disks *d, const char *block)
{
	char path[PATH_MAX];
	struct dir disks;
	int r = dir_read(&disks, block);

	for (size_t i = 0; r == 0 && i < disks.n; i++) {
		if (!join(path, block, disks.names[i]))
			continue;
		r = read_device(d, path, disks.names[i]);
		if (r == 0)
			r = read_parts(d, path, disks.names[i]);
	}
	dir_free(&disks);
	return r;
}

/* A file like /proc/diskstats. */
static int read_diskstats(struct proc_file *f, struct disks *d, const char *path)
{
	int r = proc_load(f, path);

	return r < 0 ? r : disk_parse(d, f->data);
}

/* Both a file and a directory may hold devices in the directory of -f. */
static int read_directory(struct source *s, struct disks *d)
{
	char path[PATH_MAX];
	int file = -ENAMETOOLONG;
	int block = -ENAMETOOLONG;

	if (join(path, s->directory, "diskstats"))
		file = read_diskstats(&s->extra, d, path);
	if (file != -ENOMEM && join(path, s->directory, "block"))
		block = read_block(d, path);
	if (file == -ENOMEM || block == -ENOMEM)
		return -ENOMEM;
	return file == 0 || block == 0 ? 0 : file;
}

/* Whether the names say that it is a partition: there is sda for sda1, nvme0n1 for nvme0n1p1. */
static bool is_part_by_name(const struct disks *d, const char *name)
{
	for (size_t i = 0; i < d->n; i++)
		if (disk_is_part_of(name, d->v[i].name))
			return true;
	return false;
}

static void tell_whole_disks(const struct source *s, struct disks *d)
{
	char path[PATH_MAX], name[NAME_MAX + 1];
	struct dir kernel = { 0 };
	struct dir own = { 0 };

	if (!s->only_directory)
		dir_read(&kernel, "sys/block");
	if (s->directory && join(path, s->directory, "block"))
		dir_read(&own, path);
	/* /sys knows all of the kernel's, but nothing of what stands in another "diskstats". */
	bool sys_is_enough = kernel.n > 0 && !s->directory;
	for (size_t i = 0; i < d->n && d->unknown > 0; i++) {
		struct disk *disk = &d->v[i];

		if (disk->known)
			continue;
		snprintf(name, sizeof(name), "%s", disk->name);
		swap(name, '/', '!');
		disk->whole = dir_has(&kernel, name) || dir_has(&own, name) ||
			      (!sys_is_enough && !is_part_by_name(d, disk->name));
		disk->known = true;
		d->unknown--;
	}
	dir_free(&kernel);
	dir_free(&own);
}

int source_read(struct source *s, struct disks *d)
{
	int kernel = -ENOENT;
	int own = -ENOENT;

	disk_begin(d);
	if (!s->only_directory) {
		kernel = read_diskstats(&s->diskstats, d, "proc/diskstats");
		if (kernel < 0 && kernel != -ENOMEM && read_block(d, "sys/block") == 0)
			kernel = 0;
	}
	if (s->directory && kernel != -ENOMEM)
		own = read_directory(s, d);
	if (kernel == -ENOMEM || own == -ENOMEM)
		return -ENOMEM;
	if (d->unknown > 0)
		tell_whole_disks(s, d);
	disk_end(d);
	s->directory_error = s->directory ? own : 0;
	return kernel == 0 || own == 0 ? 0 : s->only_directory ? own : kernel;
}

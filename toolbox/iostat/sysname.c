/* SPDX-License-Identifier: GPL-2.0-only
 * Names of devices that /sys tells: see sysname.h. They are put together as udev does, so that they are the same as
 * on the host: "nvme-MODEL_SERIAL", "virtio-SERIAL", "wwn-0x…", "dm-name-…", "pci-0000:00:1f.2-ata-1", and
 * "-partN" behind the disk's name for its partitions.
 */
#include "sysname.h"
#include "toolbox/lib/proc.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The first line of a file below /sys without blanks around it; blanks in it, and what udev does not let into a
 * name, become one '_'. Memory of its own; NULL when there is nothing. */
static char *__attribute__((format(printf, 1, 2))) value(const char *fmt, ...)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[PATH_MAX];
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	if (n < (int)sizeof(path) && proc_load(&f, path) == 0) {
		const char *s = f.data + strspn(f.data, " \t");
		size_t len = strcspn(s, "\n");

		while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
			len--;
		text = len > 0 ? strndup(s, len) : NULL;
	}
	proc_unload(&f);
	size_t to = 0;
	for (const char *s = text; s && *s; s++) {
		bool blank = *s == ' ' || *s == '\t' || *s == '/';

		if (!blank)
			text[to++] = *s;
		else if (to > 0 && text[to - 1] != '_')
			text[to++] = '_';
	}
	if (text)
		text[to] = '\0';
	return text;
}

/* Joins two or three strings; NULL when one is missing. Frees b and c. */
static char *joined(const char *a, char *b, const char *between, char *c)
{
	char *s = NULL;

	if (b && (c || !between) && asprintf(&s, "%s%s%s%s", a, b, between ? between : "", c ? c : "") < 0)
		s = NULL;
	free(b);
	free(c);
	return s;
}

/* The name as a directory of /sys. */
static const char *directory(const struct disk *disk, char name[NAME_MAX + 1])
{
	snprintf(name, NAME_MAX + 1, "%s", disk->name);
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '!';
	return name;
}

char *sysname_mapper(const struct disk *disk)
{
	char name[NAME_MAX + 1];
	struct proc_file f = PROC_FILE_INIT;
	char path[PATH_MAX];
	char *found = NULL;

	/* Not through value(): this name is shown as it is. */
	snprintf(path, sizeof(path), "sys/block/%s/dm/name", directory(disk, name));
	if (proc_load(&f, path) == 0 && f.len > 1)
		found = strndup(f.data, strcspn(f.data, "\n"));
	proc_unload(&f);
	return found;
}

static char *id(const struct disk *disk)
{
	char name[NAME_MAX + 1];
	const char *dir = directory(disk, name);
	char *s;

	if (strncmp(dir, "dm-", 3) == 0)
		return joined("dm-name-", value("sys/block/%s/dm/name", dir), NULL, NULL);
	if (strncmp(dir, "nvme", 4) == 0)
		return joined("nvme-", value("sys/block/%s/device/model", dir), "_",
			      value("sys/block/%s/device/serial", dir));
	if ((s = value("sys/block/%s/serial", dir)))
		return joined("virtio-", s, NULL, NULL);
	s = value("sys/block/%s/device/wwid", dir);
	if (s && (strncmp(s, "naa.", 4) == 0 || strncmp(s, "eui.", 4) == 0)) {
		memmove(s, s + 4, strlen(s + 4) + 1);
		return joined("wwn-0x", s, NULL, NULL);
	}
	free(s);
	return NULL;
}

/* Whether a part of a path is a PCI address: 0000:00:1f.2 */
static bool is_pci(const char *s, size_t n)
{
	static const char shape[] = "xxxx:xx:xx.x";

	if (n != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == 'x' ? !strchr("0123456789abcdef", s[i]) || !s[i] : s[i] != shape[i])
			return false;
	return true;
}

/* Whether s is numbers with n colons between them: 2:0:0:0 */
static bool is_numbers(const char *s, int colons)
{
	for (;; s++) {
		size_t digits = strspn(s, "0123456789");

		if (digits == 0)
			return false;
		s += digits;
		if (colons-- == 0)
			return !*s;
		if (*s != ':')
			return false;
	}
}

/* "../devices/pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0/block/sda": the last PCI device on the
 * way, and what of a path the bus behind it has. */
static char *path_of(const struct disk *disk)
{
	char name[NAME_MAX + 1], file[PATH_MAX], link[PATH_MAX];
	const char *pci = NULL;
	const char *ata = NULL;
	const char *scsi = NULL;
	char *s = NULL;

	snprintf(file, sizeof(file), "sys/block/%s", directory(disk, name));
	if (proc_readlink(file, link, sizeof(link)) < 0)
		return NULL;
	for (char *part = strtok(link, "/"); part; part = strtok(NULL, "/")) {
		if (is_pci(part, strlen(part)))
			pci = part;
		else if (strncmp(part, "ata", 3) == 0 && is_numbers(part + 3, 0))
			ata = part + 3;
		else if (is_numbers(part, 3))
			scsi = strchr(part, ':');
	}
	if (!pci)
		return NULL;
	int n;
	if (strncmp(disk->name, "nvme", 4) == 0)
		n = asprintf(&s, "pci-%s-nvme-%s", pci, strrchr(disk->name, 'n') + 1);
	else if (ata)
		n = asprintf(&s, "pci-%s-ata-%s", pci, ata);
	else if (scsi)
		n = asprintf(&s, "pci-%s-scsi-0%s", pci, scsi);
	else
		n = asprintf(&s, "pci-%s", pci);
	return n < 0 ? NULL : s;
}

static char *diskseq(const struct disk *disk)
{
	char name[NAME_MAX + 1];

	return value("sys/block/%s/diskseq", directory(disk, name));
}

/* "PARTNAME=root" of a partition's uevent. */
static char *uevent(const struct disk *disk, const char *key)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];
	char *found = NULL;

	snprintf(path, sizeof(path), "sys/dev/block/%u:%u/uevent", disk->major, disk->minor);
	int r = proc_load(&f, path);
	for (const char *p = r == 0 && *f.data ? f.data : NULL; p && !found; p = proc_next_line(p))
		if (strncmp(p, key, strlen(key)) == 0 && p[strlen(key)] == '=')
			found = strndup(p + strlen(key) + 1, strcspn(p + strlen(key) + 1, "\n"));
	proc_unload(&f);
	return found;
}

static char *part_uuid(const struct disk *disk)
{
	return uevent(disk, "PARTUUID");
}

static char *part_label(const struct disk *disk)
{
	return uevent(disk, "PARTNAME");
}

static const struct kind {
	const char *type;
	char *(*name)(const struct disk *disk);
	bool of_disk; /* partitions have the disk's name and a suffix */
} kinds[] = {
	{ "ID", id, true },
	{ "PATH", path_of, true },
	{ "PARTUUID", part_uuid, false },
	{ "PARTLABEL", part_label, false },
	{ "DISKSEQ", diskseq, true },
};

static const struct kind *kind(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcasecmp(kinds[i].type, type) == 0)
			return &kinds[i];
	return NULL;
}

bool sysname_knows(const char *type)
{
	return kind(type) != NULL;
}

char *sysname_persistent(const char *type, const struct disks *d, const struct disk *disk)
{
	const struct kind *k = kind(type);

	if (!k)
		return NULL;
	if (!k->of_disk || disk->whole)
		return k->name(disk);
	for (size_t i = 0; i < d->n; i++) {
		const struct disk *whole = &d->v[i];

		if (whole->whole && disk_is_part_of(disk->name, whole->name)) {
			const char *number = disk->name + strlen(whole->name);

			return joined("", k->name(whole), "-part", strdup(*number == 'p' ? number + 1 : number));
		}
	}
	return NULL;
}

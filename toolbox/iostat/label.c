/* SPDX-License-Identifier: GPL-2.0-only
 * What a device is called: see label.h.
 *
 * sysstat needs /dev/mapper and /dev/disk, which a container does not have. /sys, which it has, tells the device
 * mapper's names, and of the persistent names what udev makes of /sys alone (its rules 60-persistent-storage).
 */
#include "label.h"
#include "sysname.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The device that a name below / leads to: by the link's text, or by its number where it is the device itself.
 * Memory of its own or NULL. */
static char *device_at(const struct disks *d, const char *path)
{
	char link[PATH_MAX];
	struct stat st;

	if (proc_readlink(path, link, sizeof(link)) == 0)
		return strdup(base_name(link));
	fd_auto fd = proc_open(path, O_PATH);
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISBLK(st.st_mode))
		return NULL;
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].major == major(st.st_rdev) && d->v[i].minor == minor(st.st_rdev))
			return strdup(d->v[i].name);
	return NULL;
}

/* "dev/disk/by-" and the type in small letters, which must not lead elsewhere. */
static bool links_path(const char *type, char path[PATH_MAX])
{
	size_t n = strlen(type);

	if (n == 0 || n > 32 || strspn(type, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != n)
		return false;
	int at = snprintf(path, PATH_MAX, "dev/disk/by-");
	for (size_t i = 0; i <= n; i++)
		path[at++] = (char)tolower((unsigned char)type[i]);
	return true;
}

static void read_links(struct label *l)
{
	char path[PATH_MAX], file[PATH_MAX + NAME_MAX + 2], link[PATH_MAX];

	for (size_t i = 0; l->to && i < l->links.n; i++)
		free(l->to[i]);
	free(l->to);
	dir_free(&l->links);
	l->to = NULL;
	l->have_links = links_path(l->persistent, path) && dir_read(&l->links, path) == 0 &&
			(l->to = calloc(l->links.n + 1, sizeof(*l->to)));
	for (size_t i = 0; l->have_links && i < l->links.n; i++) {
		snprintf(file, sizeof(file), "%s/%s", path, l->links.names[i]);
		if (proc_readlink(file, link, sizeof(link)) == 0)
			l->to[i] = strdup(base_name(link));
	}
}

enum label_source label_start(struct label *l)
{
	char path[PATH_MAX];

	if (!l->persistent)
		return LABEL_LINKS;
	if (!links_path(l->persistent, path))
		return LABEL_INVALID;
	read_links(l);
	return l->have_links		      ? LABEL_LINKS
	       : sysname_knows(l->persistent) ? LABEL_SYS
	       : strcasecmp(l->persistent, "UUID") == 0 || strcasecmp(l->persistent, "LABEL") == 0 ? LABEL_NOTHING
												     : LABEL_INVALID;
}

/* The first of the links that lead to a device, in the order of their names. */
static char *by_link(const struct label *l, const char *name)
{
	for (size_t i = 0; i < l->links.n; i++)
		if (l->to[i] && strcmp(l->to[i], base_name(name)) == 0)
			return strdup(l->links.names[i]);
	return NULL;
}

/* The device mapper's name of a device, from /sys or from the links in /dev/mapper. */
static char *mapper_name(const struct disks *d, const struct disk *disk)
{
	char path[PATH_MAX];
	struct dir links;
	char *found = strncmp(disk->name, "dm-", 3) == 0 ? sysname_mapper(disk) : NULL;

	if (found || strncmp(disk->name, "dm-", 3) != 0 || dir_read(&links, "dev/mapper") < 0)
		return found;
	for (size_t i = 0; i < links.n && !found; i++) {
		snprintf(path, sizeof(path), "dev/mapper/%s", links.names[i]);
		char *to = device_at(d, path);
		if (to && strcmp(to, disk->name) == 0)
			found = strdup(links.names[i]);
		free(to);
	}
	dir_free(&links);
	return found;
}

int label_set(struct label *l, struct disks *d)
{
	bool again = l->labelled;
	int changed = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct disk *disk = &d->v[i];
		char *name = NULL;

		if (disk->label)
			continue;
		/* A device that came later has brought its links. */
		if (l->have_links && again) {
			read_links(l);
			again = false;
		}
		if (l->have_links)
			name = by_link(l, disk->name);
		else if (l->persistent)
			name = sysname_persistent(l->persistent, d, disk);
		if (!name && l->mapper)
			name = mapper_name(d, disk);
		disk->label = text_asprintf("%s", name ? name : disk->name);
		free(name);
		if (!disk->label)
			return -ENOMEM;
		changed = 1;
	}
	l->labelled = true;
	return changed;
}

/* A safe copy is compared with a safe copy: labels are kept in that form. */
static char *by_label(const struct disks *d, const char *typed)
{
	char *safe = text_asprintf("%s", typed);
	char *found = NULL;

	for (size_t i = 0; safe && i < d->n && !found; i++)
		if (d->v[i].label && strcmp(d->v[i].label, safe) == 0)
			found = strdup(d->v[i].name);
	free(safe);
	return found;
}

char *label_resolve(const struct label *l, const struct disks *d, const char *typed)
{
	const char *name = strncmp(typed, "/dev/", 5) == 0 ? typed + 5 : typed;
	char *found = NULL;

	if (disk_find(d, name) < d->n)
		return strdup(name);
	/* A link below /dev, or in the directory of -j; only there can a name have other links than the first. */
	if (name != typed) {
		found = device_at(d, typed + 1);
	} else {
		for (size_t i = 0; l->have_links && i < l->links.n && !found; i++)
			if (l->to[i] && strcmp(l->links.names[i], typed) == 0)
				found = strdup(l->to[i]);
		if (!found)
			found = by_label(d, typed);
	}
	for (size_t i = 0; i < d->n && !found; i++) {
		char *mapper = strncmp(d->v[i].name, "dm-", 3) == 0 ? sysname_mapper(&d->v[i]) : NULL;

		if (mapper && strcmp(mapper, base_name(name)) == 0)
			found = strdup(d->v[i].name);
		free(mapper);
	}
	if (found && disk_find(d, found) == d->n) {
		free(found);
		found = NULL;
	}
	return found;
}

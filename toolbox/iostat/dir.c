/* SPDX-License-Identifier: GPL-2.0-only
 * The names in a directory: see dir.h.
 */
#include "dir.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int dir_read(struct dir *d, const char *path)
{
	DIR *stream = proc_opendir(path);
	struct dirent *e;
	size_t cap = 0;

	*d = (struct dir){ 0 };
	if (!stream)
		return -errno;
	while ((e = readdir(stream))) {
		if (e->d_name[0] == '.')
			continue;
		if (d->n == cap) {
			char **grown = realloc(d->names, (cap = cap ? cap * 2 : 64) * sizeof(*grown));

			if (!grown)
				goto no_memory;
			d->names = grown;
		}
		if (!(d->names[d->n] = strdup(e->d_name)))
			goto no_memory;
		d->n++;
	}
	closedir(stream);
	if (d->n > 1)
		qsort(d->names, d->n, sizeof(*d->names), by_name);
	return 0;
no_memory:
	closedir(stream);
	dir_free(d);
	return -ENOMEM;
}

bool dir_has(const struct dir *d, const char *name)
{
	return d->n > 0 && bsearch(&name, d->names, d->n, sizeof(*d->names), by_name);
}

void dir_free(struct dir *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->names[i]);
	free(d->names);
	*d = (struct dir){ 0 };
}

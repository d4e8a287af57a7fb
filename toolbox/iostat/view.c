/* SPDX-License-Identifier: GPL-2.0-only
 * Which devices the report shows: see view.h.
 *
 * sysstat's orders: sorted by the kernel's names; with -p (all) as /proc/diskstats has them; with groups as on the
 * command line.
 */
#include "view.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct disks *sorting; /* qsort has no argument for it */

static int by_name(const void *a, const void *b)
{
	const struct row *x = a;
	const struct row *y = b;

	return strcmp(sorting->v[x->disk].name, sorting->v[y->disk].name);
}

static int by_place(const void *a, const void *b)
{
	const struct row *x = a;
	const struct row *y = b;

	return (x->disk > y->disk) - (x->disk < y->disk);
}

static struct row *add_row(struct view *v)
{
	if (v->n == v->cap) {
		size_t cap = v->cap ? v->cap * 2 : 16;
		struct row *grown = realloc(v->rows, cap * sizeof(*grown));

		if (!grown)
			return NULL;
		v->rows = grown;
		v->cap = cap;
	}
	v->rows[v->n] = (struct row){ 0 };
	return &v->rows[v->n++];
}

/* Adds a device unless it stands among the rows from `since` on. */
static bool add_disk(struct view *v, size_t since, size_t disk, bool grouped, bool named)
{
	for (size_t i = since; i < v->n; i++)
		if (v->rows[i].kind == ROW_DISK && v->rows[i].disk == disk)
			return true;
	struct row *r = add_row(v);
	if (!r)
		return false;
	r->kind = ROW_DISK;
	r->disk = disk;
	r->grouped = grouped;
	r->named = named;
	return true;
}

static bool add_group(struct view *v, const char *label)
{
	struct row *r = add_row(v);

	if (!r)
		return false;
	r->kind = ROW_GROUP;
	r->label = label;
	return true;
}

static void sort(struct view *v, const struct disks *d, size_t since, bool place)
{
	sorting = d;
	if (v->n - since > 1)
		qsort(v->rows + since, v->n - since, sizeof(*v->rows), place ? by_place : by_name);
}

/* What a target names; false without memory. */
static bool add_target(struct view *v, const struct target *t, const struct disks *d, const struct label *l,
		       size_t since, bool grouped)
{
	char *name = label_resolve(l, d, t->name);
	size_t at = name ? disk_find(d, name) : d->n;
	size_t parts;
	bool ok = true;

	free(name);
	if (at == d->n) {
		if (!v->built)
			text_printf(stderr, "iostat: %s: no such device now; it is reported when it comes\n", t->name);
		return true;
	}
	ok = add_disk(v, since, at, grouped, true);
	parts = v->n;
	for (size_t i = 0; ok && t->kind == TARGET_WITH_PARTS && i < d->n; i++)
		if (disk_is_part_of(d->v[i].name, d->v[at].name))
			ok = add_disk(v, since, i, grouped, true);
	sort(v, d, parts, false);
	return ok;
}

/* All devices that are not there yet: whole disks, or with partitions. */
static bool add_all(struct view *v, const struct options *o, const struct disks *d, bool grouped)
{
	size_t since = v->n;
	char *have = calloc(d->n + 1, 1);
	bool ok = have != NULL;

	for (size_t i = 0; ok && i < v->n; i++)
		if (v->rows[i].kind == ROW_DISK)
			have[v->rows[i].disk] = 1;
	for (size_t i = 0; ok && i < d->n; i++)
		if (!have[i] && (o->parts || d->v[i].whole))
			ok = add_disk(v, v->n, i, grouped, o->all);
	free(have);
	if (ok)
		sort(v, d, since, o->parts);
	return ok;
}

/* " NAME", as sysstat sets groups off. */
static int label_groups(struct view *v, const struct options *o)
{
	v->group_labels = calloc(o->n_targets + 1, sizeof(*v->group_labels));
	if (!v->group_labels)
		return -ENOMEM;
	for (size_t i = 0; i < o->n_targets; i++)
		if (o->targets[i].kind == TARGET_GROUP &&
		    !(v->group_labels[i] = text_asprintf(" %s", o->targets[i].name)))
			return -ENOMEM;
	return 0;
}

static int build(struct view *v, const struct options *o, const struct disks *d, const struct label *l)
{
	const char *group = NULL;
	size_t since = 0;
	bool any_group = false;

	if (!v->group_labels && label_groups(v, o) < 0)
		return -ENOMEM;
	v->n = 0;
	for (size_t i = 0; i < o->n_targets; i++) {
		if (o->targets[i].kind != TARGET_GROUP) {
			if (!add_target(v, &o->targets[i], d, l, since, group != NULL))
				return -ENOMEM;
			continue;
		}
		if (group && !add_group(v, group))
			return -ENOMEM;
		group = v->group_labels[i];
		since = v->n;
		any_group = true;
	}
	if ((!o->devices_named || o->all || o->parts) && !add_all(v, o, d, group != NULL))
		return -ENOMEM;
	if (group && !add_group(v, group))
		return -ENOMEM;
	if (!any_group)
		sort(v, d, 0, o->parts);
	v->built = true;
	return 0;
}

int view_update(struct view *v, const struct options *o, const struct disks *d, const struct label *l, bool rebuild)
{
	uint64_t sum[DISK_COUNTERS] = { 0 };
	unsigned members = 0;

	if (!v->built || rebuild) {
		int r = build(v, o, d, l);

		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < v->n; i++) {
		struct row *r = &v->rows[i];

		if (r->kind == ROW_GROUP) {
			memcpy(r->delta, sum, sizeof(sum));
			memset(sum, 0, sizeof(sum));
			r->members = members;
			members = 0;
			r->shown = o->idle_too || disk_active(r->delta);
			continue;
		}
		const struct disk *disk = &d->v[r->disk];
		memset(r->delta, 0, sizeof(r->delta));
		r->members = 1;
		r->shown = false;
		if (!disk->present)
			continue;
		disk_add_delta(disk, r->delta);
		for (int c = 0; r->grouped && c < DISK_COUNTERS; c++)
			sum[c] += r->delta[c];
		members += r->grouped;
		r->shown = (r->named || disk_used(disk)) && (o->idle_too || disk_active(r->delta)) &&
			   !(r->grouped && o->group_only);
	}
	return 0;
}

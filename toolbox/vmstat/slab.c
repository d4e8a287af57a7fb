/* SPDX-License-Identifier: GPL-2.0-only
 * vmstat -m: the kernel's slab caches from /proc/slabinfo (slabinfo(5)), version 2, by name.
 */
#include "vmstat.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct slab {
	const char *name; /* in the file's memory */
	int name_len;
	uint64_t active, objects, size, per_slab;
};

static int by_name(const void *a, const void *b)
{
	const struct slab *x = a;
	const struct slab *y = b;
	int n = x->name_len < y->name_len ? x->name_len : y->name_len;
	int d = memcmp(x->name, y->name, (size_t)n);

	return d ? d : x->name_len - y->name_len;
}

/* "name 12 12 320 12 1 : tunables ..."; false for the two lines of the head. */
static bool parse_slab(const char *line, struct slab *s)
{
	const char *p = line + strcspn(line, " \t\n");

	*s = (struct slab){ .name = line, .name_len = (int)(p - line) };
	return *line != '#' && s->name_len > 0 && proc_u64(&p, &s->active) && proc_u64(&p, &s->objects) &&
	       proc_u64(&p, &s->size) && proc_u64(&p, &s->per_slab);
}

static void print(const struct slab *v, size_t n, unsigned *headers, const struct vmstat_options *o)
{
	unsigned page = vmstat_page_rows();

	for (size_t i = 0; i < n; i++) {
		if (o->one_header || page == 0 ? *headers == 0 || (!o->one_header && i == 0) : i % page == 0) {
			fputs("Cache                       Num  Total   Size  Pages\n", stdout);
			++*headers;
		}
		text_printf(stdout, "%-24.*s %6llu %6llu %6llu %6llu\n", v[i].name_len < 24 ? v[i].name_len : 24,
			    v[i].name, (unsigned long long)v[i].active, (unsigned long long)v[i].objects,
			    (unsigned long long)v[i].size, (unsigned long long)v[i].per_slab);
	}
}

int vmstat_slabs(struct vmstat_options *o)
{
	struct proc_file f = PROC_FILE_INIT;
	struct slab *v = NULL;
	size_t cap = 0;
	unsigned headers = 0;

	while (sample_next(&o->sample)) {
		int r = proc_load(&f, "proc/slabinfo");
		size_t n = 0;

		if (r == -EACCES || r == -EPERM) {
			fputs("vmstat: /proc/slabinfo can be read by root only\n", stderr);
			return 1;
		}
		if (r < 0)
			return vmstat_unreadable("proc/slabinfo", r);
		for (const char *line = *f.data ? f.data : NULL; line; line = proc_next_line(line)) {
			if (n == cap) {
				struct slab *grown = realloc(v, (cap = cap ? cap * 2 : 512) * sizeof(*v));

				if (!grown)
					return vmstat_unreadable("proc/slabinfo", -ENOMEM);
				v = grown;
			}
			if (parse_slab(line, &v[n]))
				n++;
		}
		if (n > 0)
			qsort(v, n, sizeof(*v), by_name);
		print(v, n, &headers, o);
		if (!vmstat_flush())
			return 1;
	}
	return 0;
}

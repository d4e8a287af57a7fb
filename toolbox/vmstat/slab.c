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

static int by_name(const void *a, const void *b)
{
	const struct vmstat_slab *x = a;
	const struct vmstat_slab *y = b;
	int n = x->name_len < y->name_len ? x->name_len : y->name_len;
	int d = memcmp(x->name, y->name, (size_t)n);

	return d ? d : x->name_len - y->name_len;
}

static void print_header(void)
{
	fputs("Cache                       Num  Total   Size  Pages\n", stdout);
}

int vmstat_slabs(struct vmstat_options *o)
{
	struct proc_file f = PROC_FILE_INIT;
	struct vmstat_slab *v = NULL;
	size_t cap = 0;

	while (sample_next(&o->sample)) {
		unsigned page = o->one_header ? 0 : vmstat_page_rows();
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
				struct vmstat_slab *grown = realloc(v, (cap = cap ? cap * 2 : 512) * sizeof(*v));

				if (!grown)
					return vmstat_unreadable("proc/slabinfo", -ENOMEM);
				v = grown;
			}
			if (vmstat_parse_slab(line, &v[n]))
				n++;
		}
		if (n > 0)
			qsort(v, n, sizeof(*v), by_name);
		for (size_t i = 0; i < n; i++) {
			if (i == 0 ? !o->one_header || o->sample.done == 1 : page > 0 && i % page == 0)
				print_header();
			text_printf(stdout, "%-24.*s", v[i].name_len < 24 ? v[i].name_len : 24, v[i].name);
			printf(" %6llu %6llu %6llu %6llu\n", (unsigned long long)v[i].active,
			       (unsigned long long)v[i].objects, (unsigned long long)v[i].size,
			       (unsigned long long)v[i].per_slab);
		}
		if (!vmstat_flush())
			return 1;
	}
	return 0;
}

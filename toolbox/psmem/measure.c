/* SPDX-License-Identifier: GPL-2.0-only
 * Measuring the memory of one process: see psmem.h. smaps_rollup has the sums since Linux 4.14; before, or where it is
 * not built in, smaps has the parts.
 */
#include "psmem.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A field may count for several figures; Pss_Anon and its kin are in smaps_rollup only. */
static const struct {
	const char *key;
	int figure[2];
} fields[] = {
	{ "Rss", { RSS, -1 } },
	{ "Pss", { PSS, -1 } },
	{ "Pss_Dirty", { DIRTY, -1 } },
	{ "Pss_Anon", { ANON, -1 } },
	{ "Pss_File", { FILE_, -1 } },
	{ "Pss_Shmem", { SHMEM, -1 } },
	{ "Private_Clean", { USS, -1 } },
	{ "Private_Dirty", { USS, -1 } },
	{ "Private_Hugetlb", { USS, PSS } }, /* huge pages are in neither Rss nor Pss */
	{ "Shared_Clean", { SHARED, -1 } },
	{ "Shared_Dirty", { SHARED, -1 } },
	{ "Shared_Hugetlb", { SHARED, -1 } },
	{ "Swap", { SWAP, -1 } },
	{ "SwapPss", { SWAP_PSS, -1 } },
	{ "Locked", { LOCKED, -1 } },
};

static void add(uint64_t *sum, uint64_t kib)
{
	uint64_t bytes = kib > FIGURE_UNKNOWN / 1024 ? FIGURE_UNKNOWN - 1 : kib * 1024;

	if (*sum == FIGURE_UNKNOWN)
		*sum = 0;
	*sum = bytes > FIGURE_UNKNOWN - 1 - *sum ? FIGURE_UNKNOWN - 1 : *sum + bytes;
}

bool measure_smaps(const char *text, uint64_t figure[FIGURES])
{
	bool any = false;

	for (const char *p = *text ? text : NULL; p; p = proc_next_line(p)) {
		size_t n = strcspn(p, ": \n");
		uint64_t kib;

		/* The lines of mappings begin with an address. */
		if (p[n] != ':' || *p < 'A' || *p > 'Z')
			continue;
		for (size_t i = 0; i < countof(fields); i++) {
			const char *value = p + n + 1;

			if (strncmp(fields[i].key, p, n) != 0 || fields[i].key[n] || !proc_u64(&value, &kib))
				continue;
			for (size_t j = 0; j < countof(fields[i].figure); j++)
				if (fields[i].figure[j] >= 0)
					add(&figure[fields[i].figure[j]], kib);
			any = true;
			break;
		}
	}
	return any;
}

static int load(struct proc_file *f, pid_t pid, const char *name)
{
	char path[40];

	proc_unload(f);
	snprintf(path, sizeof(path), "proc/%d/%s", (int)pid, name);
	return proc_load(f, path);
}

static int read_smaps(struct proc_file *f, pid_t pid, struct row *row)
{
	int r = load(f, pid, "smaps_rollup");

	/* ENOENT: an old kernel, or the process is gone; then smaps is missing as well. */
	if (r == -ENOENT)
		r = load(f, pid, "smaps");
	if (r == 0 && !measure_smaps(f->data, row->figure))
		r = f->len == 0 ? -ESRCH : -EINVAL;
	return r;
}

static void read_name(struct proc_file *f, pid_t pid, struct row *row)
{
	size_t n;

	if (load(f, pid, "comm") < 0)
		return;
	n = f->len > 0 && f->data[f->len - 1] == '\n' ? f->len - 1 : f->len;
	if (n >= sizeof(row->name))
		n = sizeof(row->name) - 1;
	memcpy(row->name, f->data, n);
	row->name[n] = '\0';
}

struct row *measure(pid_t pid, int *err)
{
	struct row *row = calloc(1, sizeof(*row));
	struct proc_file f = PROC_FILE_INIT;
	uint64_t kib;

	*err = row ? load(&f, pid, "status") : -ENOMEM;
	if (!row)
		return NULL;
	row->pid = pid;
	for (size_t i = 0; i < FIGURES; i++)
		row->figure[i] = FIGURE_UNKNOWN;
	/* What has no address space has no such line. */
	if (*err < 0 || !proc_key(f.data, "VmSize", &kib))
		goto nothing;
	row->figure[VSZ] = kib * 1024;
	if (!process_user(f.data, &row->uid)) {
		*err = -EINVAL;
		goto nothing;
	}
	uint64_t rss = proc_key(f.data, "VmRSS", &kib) ? kib * 1024 : FIGURE_UNKNOWN;
	uint64_t swap = proc_key(f.data, "VmSwap", &kib) ? kib * 1024 : FIGURE_UNKNOWN;
	row->err = read_smaps(&f, pid, row);
	if (process_is_gone(row->err))
		goto nothing;
	if (row->err < 0) {
		row->figure[RSS] = rss;
		row->figure[SWAP] = swap;
	}
	read_name(&f, pid, row);
	if (process_command(pid, row->command, sizeof(row->command)) < 0)
		snprintf(row->command, sizeof(row->command), "[%s]", row->name);
	proc_unload(&f);
	return row;

nothing:
	if (process_is_gone(*err) || process_is_gone(row->err))
		*err = 0;
	proc_unload(&f);
	free(row);
	return NULL;
}

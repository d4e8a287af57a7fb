/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/stat, meminfo, vmstat, diskstats and slabinfo with any bytes in them, as lxcfs or a broken kernel may give
 * them.
 */
#include "toolbox/lib/meminfo.h"
#include "toolbox/lib/proc.h"
#include "toolbox/vmstat/vmstat.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Exactly as large as it is: one byte read beyond it is found. */
	char *text = malloc(size + 1);
	struct vmstat_stat st;
	struct vmstat_paging pg;
	struct meminfo m;
	char last[64] = "";

	memcpy(text, data, size);
	text[size] = '\0';
	vmstat_parse_stat(text, &st);
	vmstat_parse_paging(text, &pg);
	if (meminfo_parse(text, &m) == 0 && (m.used > m.total || m.swap_used > m.swap_total))
		abort();
	for (const char *line = *text ? text : NULL; line; line = proc_next_line(line)) {
		struct vmstat_disk d;
		struct vmstat_slab s;

		if (vmstat_parse_disk(line, &d)) {
			vmstat_named_like_partition(d.name, last);
			memcpy(last, d.name, sizeof(last));
		}
		if (vmstat_parse_slab(line, &s) && (size_t)s.name_len > size)
			abort();
	}
	free(text);
	return 0;
}

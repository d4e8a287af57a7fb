/* SPDX-License-Identifier: GPL-2.0-only
 * vmstat -s and -f: the counters since boot, a line each.
 */
#include "vmstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/meminfo.h"
#include "toolbox/lib/proc.h"

#include <stdio.h>

static void memory(const struct vmstat_options *o, uint64_t kib, const char *what)
{
	printf("%13llu %c %s\n", (unsigned long long)vmstat_in_unit(o, kib), o->unit, what);
}

static void count(uint64_t n, const char *what)
{
	printf("%13llu %s\n", (unsigned long long)n, what);
}

/* Whether a file could be read and parsed; if not, that is said and *status is 1. */
static bool usable(const char *path, int r, int *status)
{
	if (r < 0)
		*status = vmstat_unreadable(path, r);
	return r == 0;
}

int vmstat_sum(struct vmstat_options *o)
{
	static const char *const ticks[] = {
		"non-nice user cpu ticks", "nice user cpu ticks", "system cpu ticks",	   "idle cpu ticks",
		"IO-wait cpu ticks",	   "IRQ cpu ticks",	  "softirq cpu ticks",	   "stolen cpu ticks",
		"non-nice guest cpu ticks", "nice guest cpu ticks",
	};
	struct proc_file f = PROC_FILE_INIT;
	struct proc_file mem = PROC_FILE_INIT;
	struct proc_file events = PROC_FILE_INIT;
	struct meminfo m;
	struct vmstat_stat st;
	struct vmstat_paging pg;
	int status = 0;
	/* All three are tried, so that each that is missing is named; what there is, is printed. */
	int r = proc_load(&mem, "proc/meminfo");
	bool has_mem = usable("proc/meminfo", r ? r : meminfo_parse(mem.data, &m), &status);
	r = proc_load(&f, "proc/stat");
	bool has_stat = usable("proc/stat", r ? r : vmstat_parse_stat(f.data, &st), &status);
	r = proc_load(&events, "proc/vmstat");
	bool has_paging = usable("proc/vmstat", r ? r : vmstat_parse_paging(events.data, &pg), &status);

	if (has_mem) {
		memory(o, m.total, "total memory");
		memory(o, m.used, "used memory");
		memory(o, m.active, "active memory");
		memory(o, m.inactive, "inactive memory");
		memory(o, m.free, "free memory");
		memory(o, m.buffers, "buffer memory");
		memory(o, m.cached, "swap cache");
		memory(o, m.swap_total, "total swap");
		memory(o, m.swap_used, "used swap");
		memory(o, m.swap_free, "free swap");
	}
	for (size_t i = 0; has_stat && i < countof(ticks); i++)
		count(st.cpu[i], ticks[i]);
	if (has_paging) {
		count(pg.in_kib, "K paged in");
		count(pg.out_kib, "K paged out");
		count(pg.swap_in, "pages swapped in");
		count(pg.swap_out, "pages swapped out");
	}
	if (has_stat) {
		count(st.interrupts, "interrupts");
		count(st.switches, "CPU context switches");
		count(st.boot_time, "boot time");
		count(st.forks, "forks");
	}
	if (o->container)
		vmstat_container_sums(o);
	return status;
}

int vmstat_forks(struct vmstat_options *o)
{
	struct proc_file f = PROC_FILE_INIT;
	struct vmstat_stat st;
	int status = 0;
	int r = proc_load(&f, "proc/stat");

	(void)o;
	if (usable("proc/stat", r ? r : vmstat_parse_stat(f.data, &st), &status))
		count(st.forks, "forks");
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What vmstat and free read of /proc, of old and new kernels and of none.
 */
#include "unit.h"

#include "toolbox/lib/meminfo.h"
#include "toolbox/vmstat/vmstat.h"

#include <errno.h>
#include <string.h>

static void stat_of_all_cpus(void **state)
{
	struct vmstat_stat st;

	(void)state;
	assert_int_equal(vmstat_parse_stat("cpu  10 20 30 40 50 60 70 80 90 100\ncpu0 1 2 3 4 5 6 7 8 9 10\n"
					   "intr 1000 7 8 9\nctxt 2000\nbtime 3000\nprocesses 4000\nprocs_running 5\n"
					   "procs_blocked 6\nsoftirq 7 8 9\n",
					   &st),
			 0);
	for (uint64_t i = 0; i < 10; i++)
		assert_int_equal(st.cpu[i], 10 * (i + 1));
	assert_int_equal(st.interrupts, 1000);
	assert_int_equal(st.switches, 2000);
	assert_int_equal(st.boot_time, 3000);
	assert_int_equal(st.forks, 4000);
	assert_int_equal(st.running, 5);
	assert_int_equal(st.blocked, 6);
}

static void stat_with_less_in_it(void **state)
{
	struct vmstat_stat st;

	(void)state;
	/* gVisor and lxcfs leave out columns and lines. */
	assert_int_equal(vmstat_parse_stat("cpu  1 2 3 4\n", &st), 0);
	assert_int_equal(st.cpu[3], 4);
	assert_int_equal(st.cpu[4], 0);
	assert_int_equal(st.interrupts, 0);
	assert_int_equal(vmstat_parse_stat("", &st), -EINVAL);
	assert_int_equal(vmstat_parse_stat("cpu0 1 2 3 4\nintr 5\n", &st), -EINVAL);
	assert_int_equal(vmstat_parse_stat("cpu  x\ncpu\n", &st), -EINVAL);
}

static void paging(void **state)
{
	struct vmstat_paging pg;

	(void)state;
	assert_int_equal(vmstat_parse_paging("nr_free_pages 1\npgpgin 2\npgpgout 3\npswpin 4\npswpout 5\npgfault 6\n", &pg), 0);
	assert_int_equal(pg.in_kib, 2);
	assert_int_equal(pg.out_kib, 3);
	assert_int_equal(pg.swap_in, 4);
	assert_int_equal(pg.swap_out, 5);
	/* A kernel without swap; another order. */
	assert_int_equal(vmstat_parse_paging("pgpgout 3\npgpgin 2\n", &pg), 0);
	assert_int_equal(pg.swap_in, 0);
	assert_int_equal(vmstat_parse_paging("pgpgin 2\npgpgouts 3\n", &pg), -EINVAL);
	assert_int_equal(vmstat_parse_paging("", &pg), -EINVAL);
}

static void disks(void **state)
{
	struct vmstat_disk d;

	(void)state;
	/* 4.18 has discards behind the eleven, 5.5 flushes as well, before that there were eleven. */
	assert_true(vmstat_parse_disk("   8       0 sda 1 2 3 4 5 6 7 8 9 10 11\n", &d));
	assert_string_equal(d.name, "sda");
	assert_int_equal(d.field[DISK_READS], 1);
	assert_int_equal(d.field[DISK_WEIGHTED_MS], 11);
	assert_true(vmstat_parse_disk("   8       0 sda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", &d));
	assert_int_equal(d.field[DISK_WEIGHTED_MS], 11);
	assert_true(vmstat_parse_disk(" 104 0 cciss/c0d0 1 2 3 4 5 6 7 8 9 10 11\n", &d));
	assert_string_equal(d.name, "cciss/c0d0");
	/* Partitions of 2.6 had four figures; the rest is no line of this file. */
	assert_false(vmstat_parse_disk("   8       1 sda1 1 2 3 4\n", &d));
	assert_false(vmstat_parse_disk("   8       0  1 2 3 4 5 6 7 8 9 10 11\n", &d));
	assert_false(vmstat_parse_disk("sda 1 2 3 4 5 6 7 8 9 10 11\n", &d));
	assert_false(vmstat_parse_disk("8 0\n", &d));
	assert_false(vmstat_parse_disk("", &d));

	char line[256] = "8 0 ";
	memset(line + 4, 'x', 100);
	strcpy(line + 104, " 1 2 3 4 5 6 7 8 9 10 11\n");
	assert_true(vmstat_parse_disk(line, &d));
	assert_int_equal(strlen(d.name), sizeof(d.name) - 1);
}

static void partitions_by_name(void **state)
{
	(void)state;
	assert_true(vmstat_named_like_partition("sda1", "sda"));
	assert_true(vmstat_named_like_partition("sda15", "sda"));
	assert_true(vmstat_named_like_partition("nvme0n1p2", "nvme0n1"));
	assert_true(vmstat_named_like_partition("mmcblk0p1", "mmcblk0"));
	assert_false(vmstat_named_like_partition("sda", "sda"));
	assert_false(vmstat_named_like_partition("sdab", "sda"));
	assert_false(vmstat_named_like_partition("nvme0n12", "nvme0n1"));
	assert_false(vmstat_named_like_partition("nvme0n1p", "nvme0n1"));
	assert_false(vmstat_named_like_partition("sdb1", "sda"));
	assert_false(vmstat_named_like_partition("sda1", ""));
}

static void slabs(void **state)
{
	static const char line[] = "kmalloc-8k 12 16 8192 4 8 : tunables 0 0 0 : slabdata 4 4 0\n";
	struct vmstat_slab s;

	(void)state;
	assert_true(vmstat_parse_slab(line, &s));
	assert_int_equal(s.name_len, 10);
	assert_int_equal(s.active, 12);
	assert_int_equal(s.objects, 16);
	assert_int_equal(s.size, 8192);
	assert_int_equal(s.per_slab, 4);
	assert_false(vmstat_parse_slab("slabinfo - version: 2.1\n", &s));
	assert_false(vmstat_parse_slab("# name            <active_objs> <num_objs>\n", &s));
	assert_false(vmstat_parse_slab("short 1 2 3\n", &s));
	assert_false(vmstat_parse_slab("\n", &s));
	assert_false(vmstat_parse_slab("", &s));
}

static void memory(void **state)
{
	struct meminfo m;

	(void)state;
	assert_int_equal(meminfo_parse("MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    600 kB\n"
				       "Buffers:          10 kB\nCached:           20 kB\nSwapCached:        1 kB\n"
				       "Active:           30 kB\nInactive:         40 kB\nActive(anon):      2 kB\n"
				       "SwapTotal:        50 kB\nSwapFree:         45 kB\nShmem:             3 kB\n"
				       "SReclaimable:      5 kB\nCommitLimit:      60 kB\nCommitted_AS:     70 kB\n",
				       &m),
			 0);
	assert_int_equal(m.used, 400);
	assert_int_equal(m.cached, 25);
	assert_int_equal(m.buffers, 10);
	assert_int_equal(m.active, 30);
	assert_int_equal(m.inactive, 40);
	assert_int_equal(m.shared, 3);
	assert_int_equal(m.swap_used, 5);
	assert_int_equal(m.low_total, 1000);
	assert_int_equal(m.low_free, 100);
	assert_int_equal(m.high_total, 0);
	assert_int_equal(m.commit_limit, 60);
	assert_int_equal(m.committed, 70);
}

static void memory_that_makes_no_sense(void **state)
{
	struct meminfo m;

	(void)state;
	assert_int_equal(meminfo_parse("MemTotal: 100 kB\nMemFree: 40 kB\n", &m), 0);
	assert_int_equal(m.available, 40);
	assert_int_equal(m.used, 60);
	assert_int_equal(meminfo_parse("MemTotal: 100 kB\nMemFree: 40 kB\nMemAvailable: 200 kB\n", &m), 0);
	assert_int_equal(m.available, 40);
	assert_int_equal(meminfo_parse("MemTotal: 100 kB\nMemFree: 150 kB\nSwapTotal: 1 kB\nSwapFree: 2 kB\n", &m), 0);
	assert_int_equal(m.used, 0);
	assert_int_equal(m.swap_used, 0);
	/* In another order, twice, and without a number. */
	assert_int_equal(meminfo_parse("SReclaimable: 7 kB\nCached: 1 kB\nCached: 50 kB\nMemTotal: 9 kB\nShmem:\n", &m), 0);
	assert_int_equal(m.cached, 8);
	assert_int_equal(m.shared, 0);
	assert_int_equal(meminfo_parse("", &m), -EINVAL);
	assert_int_equal(meminfo_parse("MemFree: 1 kB\nMemTotals: 2 kB\nMemTotal 3 kB\n", &m), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stat_of_all_cpus),
		cmocka_unit_test(stat_with_less_in_it),
		cmocka_unit_test(paging),
		cmocka_unit_test(disks),
		cmocka_unit_test(partitions_by_name),
		cmocka_unit_test(slabs),
		cmocka_unit_test(memory),
		cmocka_unit_test(memory_that_makes_no_sense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The figures of the report: see figures.h. Intervals are in hundredths of a second, as in /proc/uptime, so that
 * recorded samples round in the last digit as with sysstat.
 */
#include "figures.h"

double figures_hundredths(uint64_t elapsed_ns)
{
	return elapsed_ns < 10000000 ? 1 : (double)elapsed_ns / 10000000;
}

static double rate(uint64_t n, double itv)
{
	return (double)n / itv * 100;
}

static double each(uint64_t sum, uint64_t n)
{
	return n > 0 ? (double)sum / (double)n : 0;
}

static double share(uint64_t merged, uint64_t done)
{
	return merged + done > 0 ? (double)merged / (double)(merged + done) * 100 : 0;
}

void figures_compute(double f[FIGURES], const uint64_t c[DISK_COUNTERS], unsigned members, uint64_t elapsed_ns)
{
	double itv = figures_hundredths(elapsed_ns);
	uint64_t all = c[DISK_READS] + c[DISK_WRITES] + c[DISK_DISCARDS];
	uint64_t sectors = c[DISK_READ_SECTORS] + c[DISK_WRITE_SECTORS] + c[DISK_DISCARD_SECTORS];
	uint64_t merges = c[DISK_READ_MERGES] + c[DISK_WRITE_MERGES] + c[DISK_DISCARD_MERGES];
	uint64_t changed = c[DISK_WRITE_SECTORS] + c[DISK_DISCARD_SECTORS];

	f[FIG_TPS] = rate(all, itv);
	f[FIG_READS] = rate(c[DISK_READS], itv);
	f[FIG_WRITES] = rate(c[DISK_WRITES], itv);
	f[FIG_DISCARDS] = rate(c[DISK_DISCARDS], itv);
	f[FIG_FLUSHES] = rate(c[DISK_FLUSHES], itv);
	f[FIG_READ_SECTORS] = rate(c[DISK_READ_SECTORS], itv);
	f[FIG_WRITE_SECTORS] = rate(c[DISK_WRITE_SECTORS], itv);
	f[FIG_DISCARD_SECTORS] = rate(c[DISK_DISCARD_SECTORS], itv);
	/* Sums of rates, not rates of sums: sysstat's last digit. */
	f[FIG_WRITE_DISCARD_SECTORS] = f[FIG_WRITE_SECTORS] + f[FIG_DISCARD_SECTORS];
	f[FIG_SECTORS] = f[FIG_READ_SECTORS] + f[FIG_WRITE_SECTORS] + f[FIG_DISCARD_SECTORS];
	f[FIG_READ_TOTAL] = (double)c[DISK_READ_SECTORS];
	f[FIG_WRITE_TOTAL] = (double)c[DISK_WRITE_SECTORS];
	f[FIG_DISCARD_TOTAL] = (double)c[DISK_DISCARD_SECTORS];
	f[FIG_WRITE_DISCARD_TOTAL] = (double)changed;
	f[FIG_MERGES] = rate(merges, itv);
	f[FIG_READ_MERGES] = rate(c[DISK_READ_MERGES], itv);
	f[FIG_WRITE_MERGES] = rate(c[DISK_WRITE_MERGES], itv);
	f[FIG_DISCARD_MERGES] = rate(c[DISK_DISCARD_MERGES], itv);
	f[FIG_READ_MERGE_SHARE] = share(c[DISK_READ_MERGES], c[DISK_READS]);
	f[FIG_WRITE_MERGE_SHARE] = share(c[DISK_WRITE_MERGES], c[DISK_WRITES]);
	f[FIG_DISCARD_MERGE_SHARE] = share(c[DISK_DISCARD_MERGES], c[DISK_DISCARDS]);
	f[FIG_WAIT] = each(c[DISK_READ_MS] + c[DISK_WRITE_MS] + c[DISK_DISCARD_MS], all);
	f[FIG_READ_WAIT] = each(c[DISK_READ_MS], c[DISK_READS]);
	f[FIG_WRITE_WAIT] = each(c[DISK_WRITE_MS], c[DISK_WRITES]);
	f[FIG_DISCARD_WAIT] = each(c[DISK_DISCARD_MS], c[DISK_DISCARDS]);
	f[FIG_FLUSH_WAIT] = each(c[DISK_FLUSH_MS], c[DISK_FLUSHES]);
	f[FIG_SIZE] = each(sectors, all);
	f[FIG_READ_SIZE] = each(c[DISK_READ_SECTORS], c[DISK_READS]);
	f[FIG_WRITE_SIZE] = each(c[DISK_WRITE_SECTORS], c[DISK_WRITES]);
	f[FIG_DISCARD_SIZE] = each(c[DISK_DISCARD_SECTORS], c[DISK_DISCARDS]);
	f[FIG_QUEUE] = rate(c[DISK_QUEUE_MS], itv) / 1000;
	f[FIG_USE] = rate(c[DISK_BUSY_MS], itv) / 10;
	if (members > 1)
		f[FIG_USE] /= members;
}

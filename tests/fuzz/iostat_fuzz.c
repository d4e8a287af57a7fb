/* SPDX-License-Identifier: GPL-2.0-only
 * iostat: /proc/diskstats, /sys/block/NAME/stat, lines of /proc/stat and lists of CPUs with any bytes in them; two
 * samples, so that devices come, go and count backwards.
 */
#include "toolbox/iostat/cpu.h"
#include "toolbox/iostat/disk.h"
#include "toolbox/iostat/figures.h"
#include "toolbox/iostat/out.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *text(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct disks d = { 0 };
	struct out o = { 0 };
	uint64_t times[CPU_TIMES];
	int64_t number;
	double f[FIGURES];
	size_t half = size / 2;
	char *first = text(data, half);
	char *second = text(data + half, size - half);

	disk_begin(&d);
	disk_parse(&d, first);
	disk_end(&d);
	disk_begin(&d);
	disk_parse(&d, second);
	disk_parse_stat(&d, "sda", 3, 8, 0, first);
	disk_end(&d);
	for (size_t i = 0; i < d.n; i++) {
		uint64_t delta[DISK_COUNTERS] = { 0 };

		disk_add_delta(&d.v[i], delta);
		figures_compute(f, delta, 1, size);
		for (int k = 0; k < FIGURES; k++)
			out_fixed(&o, 1, 8, k % 3, f[k]);
		disk_is_part_of(d.v[i].name, d.v[0].name);
	}
	for (size_t i = 0; i < d.n; i++) {
		free(d.v[i].name);
		free(d.v[i].label);
	}
	cpu_parse_line(first, &number, times);
	cpu_parse_list(second);
	free(d.v);
	free(o.data);
	free(first);
	free(second);
	return 0;
}

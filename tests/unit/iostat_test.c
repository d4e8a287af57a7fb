/* SPDX-License-Identifier: GPL-2.0-only
 * iostat's parts that need no kernel: lines of diskstats and stat, counters over time, figures and how they are
 * written, the command line.
 */
#include "unit.h"

#include "toolbox/iostat/cell.h"
#include "toolbox/iostat/cpu.h"
#include "toolbox/iostat/disk.h"
#include "toolbox/iostat/figures.h"
#include "toolbox/iostat/options.h"
#include "toolbox/iostat/out.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void free_disks(struct disks *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].name);
		free(d->v[i].label);
	}
	free(d->v);
}

static void sample(struct disks *d, const char *text)
{
	disk_begin(d);
	assert_int_equal(disk_parse(d, text), 0);
	disk_end(d);
}

static void lines_of_every_kernel(void **state)
{
	struct disks d = { 0 };

	(void)state;
	sample(&d, "   8  0 a 1 2 3 4 5 6 7 8 9 10 11\n"
		   "   8  1 b 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"
		   "   8  2 c 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n"
		   "   8  3 d 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19\n"
		   "   8  4 e 1 2 3 4\n");
	assert_int_equal(d.n, 5);
	for (size_t i = 0; i < 4; i++) {
		size_t known = i == 0 ? 11 : i == 1 ? 15 : 17;

		for (size_t c = 0; c < DISK_COUNTERS; c++)
			assert_int_equal(d.v[i].now[c], c < known ? c + 1 : 0);
	}
	assert_int_equal(d.v[4].now[DISK_READS], 1);
	assert_int_equal(d.v[4].now[DISK_READ_SECTORS], 2);
	assert_int_equal(d.v[4].now[DISK_WRITES], 3);
	assert_int_equal(d.v[4].now[DISK_WRITE_SECTORS], 4);
	assert_int_equal(d.v[4].now[DISK_READ_MS] + d.v[4].now[DISK_READ_MERGES], 0);
	free_disks(&d);
}

static void lines_that_are_none(void **state)
{
	static const char *const none[] = { "", "\n", "8", "8 0", "8 0 sda", "8 0 sda 1 2 3", "8 0 sda 1 2 3 4 5 6 7 8 9 10",
					    "x 0 sda 1 2 3 4 5 6 7 8 9 10 11", "8 x sda 1 2 3 4 5 6 7 8 9 10 11",
					    "8 0 sda 1 2 3 4 5 6 7 8 9 10 x", "4294967296 0 sda 1 2 3 4 5 6 7 8 9 10 11",
					    "8 0 sda 18446744073709551616 2 3 4 5 6 7 8 9 10 11" };
	struct disks d = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		sample(&d, none[i]);
		assert_int_equal(d.n, 0);
	}
	sample(&d, "8 0 sda 18446744073709551615 2 3 4 5 6 7 8 9 10 11");
	assert_int_equal(d.n, 1);
	assert_true(d.v[0].now[DISK_READS] == UINT64_MAX);
	free_disks(&d);
}

#define ZEROS " 0 0 0 0 0 0 0 0 0 0"

static void devices_that_come_and_go(void **state)
{
	struct disks d = { 0 };
	uint64_t delta[DISK_COUNTERS];

	(void)state;
	sample(&d, "8 0 sda 10" ZEROS "\n8 16 sdb 20" ZEROS "\n8 32 sdc 30" ZEROS "\n");
	assert_int_equal(d.unknown, 3);
	d.unknown = 0;
	sample(&d, "8 0 sda 11" ZEROS "\n8 48 new 5" ZEROS "\n8 32 sdc 33" ZEROS "\n");
	assert_int_equal(d.n, 4);
	assert_int_equal(d.unknown, 1);
	assert_false(d.v[1].present);
	static const uint64_t second[] = { 1, 0, 3, 5 };
	for (size_t i = 0; i < 4; i++) {
		if (!d.v[i].present)
			continue;
		memset(delta, 0, sizeof(delta));
		disk_add_delta(&d.v[i], delta);
		assert_int_equal(delta[DISK_READS], second[i]);
	}
	/* Back again: what it counts, it counted since it came. sdc is another device under the same name. */
	sample(&d, "8 0 sda 11" ZEROS "\n8 16 sdb 25" ZEROS "\n9 0 sdc 40" ZEROS "\n8 48 new 5" ZEROS "\n");
	static const uint64_t third[] = { 0, 25, 40, 0 };
	for (size_t i = 0; i < 4; i++) {
		memset(delta, 0, sizeof(delta));
		disk_add_delta(&d.v[i], delta);
		assert_int_equal(delta[DISK_READS], third[i]);
	}
	free_disks(&d);
}

static void one_line_of(const char *first, const char *second, uint64_t delta[DISK_COUNTERS])
{
	struct disks d = { 0 };

	sample(&d, first);
	sample(&d, second);
	memset(delta, 0, DISK_COUNTERS * sizeof(*delta));
	disk_add_delta(&d.v[0], delta);
	free_disks(&d);
}

static void counters_that_wrap_and_fall(void **state)
{
	uint64_t delta[DISK_COUNTERS];

	(void)state;
	/* Times are unsigned int in the kernel. */
	one_line_of("8 0 a 10 0 80 4294967290 10 0 80 5 0 4294967295 7\n", "8 0 a 12 0 96 4 10 0 80 5 0 1 8\n", delta);
	assert_int_equal(delta[DISK_READ_MS], 10);
	assert_int_equal(delta[DISK_BUSY_MS], 2);
	/* All fell: it began anew. */
	one_line_of("8 0 a 100 0 800 50 10 0 80 5 0 90 70\n", "8 0 a 3 0 24 2 1 0 8 1 0 2 3\n", delta);
	assert_int_equal(delta[DISK_READS], 3);
	assert_int_equal(delta[DISK_READ_MS], 2);
	assert_int_equal(delta[DISK_BUSY_MS], 2);
	/* One fell: it counts as nothing. */
	one_line_of("8 0 a 100 0 800 50 10 0 80 5 0 90 70\n", "8 0 a 99 0 808 51 10 0 80 5 0 91 71\n", delta);
	assert_int_equal(delta[DISK_READS], 0);
	assert_int_equal(delta[DISK_READ_SECTORS], 8);
	/* Nothing was ever counted. */
	one_line_of("8 0 a 0" ZEROS "\n", "8 0 a 0" ZEROS "\n", delta);
	assert_false(disk_active(delta));
}

static void names_of_partitions(void **state)
{
	(void)state;
	assert_true(disk_is_part_of("sda1", "sda"));
	assert_true(disk_is_part_of("sda127", "sda"));
	assert_true(disk_is_part_of("nvme0n1p3", "nvme0n1"));
	assert_true(disk_is_part_of("cciss/c0d0p1", "cciss/c0d0"));
	assert_false(disk_is_part_of("sda", "sda"));
	assert_false(disk_is_part_of("sdaa1", "sda"));
	assert_false(disk_is_part_of("sdb1", "sda"));
	assert_false(disk_is_part_of("nvme0n12", "nvme0n1"));
	assert_false(disk_is_part_of("nvme0n1p", "nvme0n1"));
	assert_false(disk_is_part_of("mmcblk0boot0", "mmcblk0"));
	assert_false(disk_is_part_of("dm-10", "dm-1"));
	assert_false(disk_is_part_of("sda1", ""));
}

static void one_device_of_sys(void **state)
{
	struct disks d = { 0 };

	(void)state;
	disk_begin(&d);
	assert_int_equal(disk_parse_stat(&d, "sda", 3, 8, 0, "  10  0  80  5  10  0  80  5  0  10  10\n"), 0);
	assert_int_equal(disk_parse_stat(&d, "sdb", 3, 8, 16, "  10  0  80\n"), -EINVAL);
	disk_end(&d);
	assert_int_equal(disk_find(&d, "sda"), 0);
	assert_int_equal(disk_find(&d, "sdb"), d.n);
	assert_int_equal(d.v[0].now[DISK_BUSY_MS], 10);
	free_disks(&d);
}

static void lines_of_cpus(void **state)
{
	uint64_t t[CPU_TIMES];
	int64_t number;

	(void)state;
	assert_true(cpu_parse_line("cpu  1 2 3 4 5 6 7 8 9 10\n", &number, t));
	assert_int_equal(number, -1);
	for (int i = 0; i < CPU_TIMES; i++)
		assert_int_equal(t[i], i + 1);
	assert_true(cpu_parse_line("cpu1099 1 2 3 4\ncpu1100 5 6 7 8", &number, t));
	assert_int_equal(number, 1099);
	assert_int_equal(t[CPU_IDLE], 4);
	assert_int_equal(t[CPU_IOWAIT] + t[CPU_STEAL], 0);
	assert_false(cpu_parse_line("intr 1 2 3 4 5", &number, t));
	assert_false(cpu_parse_line("cpu 1 2 3", &number, t));
	assert_false(cpu_parse_line("cpu99999999999 1 2 3 4", &number, t));
	assert_false(cpu_parse_line("", &number, t));
}

static void lists_of_cpus(void **state)
{
	(void)state;
	assert_int_equal(cpu_parse_list("0\n"), 1);
	assert_int_equal(cpu_parse_list("0-3\n"), 4);
	assert_int_equal(cpu_parse_list("0-3,8,10-11"), 7);
	assert_int_equal(cpu_parse_list("0-1099\n"), 1100);
	assert_int_equal(cpu_parse_list(""), 0);
	assert_int_equal(cpu_parse_list("\n"), 0);
	assert_int_equal(cpu_parse_list("3-0\n"), 0);
	assert_int_equal(cpu_parse_list("0-\n"), 0);
	assert_int_equal(cpu_parse_list("0,\n"), 0);
	assert_int_equal(cpu_parse_list("0-18446744073709551615\n"), 0);
	assert_int_equal(cpu_parse_list("0-2147483646,0-2147483646\n"), 0);
}

static void wrote(struct out *o, const char *want)
{
	assert_int_equal(o->len, strlen(want));
	assert_memory_equal(o->data, want, o->len);
	o->len = 0;
}

/* Against the printf of this machine: values that are easy, that lie on a half or next to one, that are huge. */
static void figures_are_written_as_printf_does(void **state)
{
	struct out o = { 0 };
	char want[400];
	uint64_t x = 88172645463325252ull;

	(void)state;
	for (int i = 0; i < 300000; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		double v;
		switch (i % 6) {
		case 0:
			v = (double)(x % 100000) / 200;
			break;
		case 1:
			v = (double)(x % 1000000) / 8;
			break;
		case 2:
			v = (double)(x % 1000000007) / (double)(x % 1009 + 1);
			break;
		case 3:
			v = (double)x / 3;
			break;
		case 4:
			v = (double)(x % 10000000000ull) / 1000;
			break;
		default:
			v = (double)(x % 10);
		}
		for (int decimals = 0; decimals < 3; decimals++) {
			int width = (int)(x % 14);

			snprintf(want, sizeof(want), " %*.*f", width, decimals, v);
			out_fixed(&o, 1, width, decimals, v);
			wrote(&o, want);
		}
		snprintf(want, sizeof(want), "%*llu", (int)(x % 25), (unsigned long long)(x >> (x % 64)));
		out_u64(&o, 0, (int)(x % 25), x >> (x % 64));
		wrote(&o, want);
	}
	out_u64(&o, 0, 0, UINT64_MAX);
	wrote(&o, "18446744073709551615");
	out_u64(&o, 0, 3, 0);
	wrote(&o, "  0");
	out_fixed(&o, 0, 0, 2, 42949672.945);
	snprintf(want, sizeof(want), "%.2f", 42949672.945);
	wrote(&o, want);
	out_fixed(&o, 2, 6, 2, 0);
	wrote(&o, "    0.00");
	free(o.data);
}

static void strings_of_json(void **state)
{
	struct out o = { 0 };

	(void)state;
	out_json(&o, "");
	wrote(&o, "\"\"");
	out_json(&o, "a\"b\\012c\"");
	wrote(&o, "\"a\\\"b\\\\012c\\\"\"");
	free(o.data);
}

static void figures_of_an_interval(void **state)
{
	uint64_t c[DISK_COUNTERS] = { 100, 20, 8000, 500, 200, 30, 16000, 900, 2, 700, 1400, 5, 1, 400, 10, 7, 9 };
	uint64_t none[DISK_COUNTERS] = { 0 };
	double f[FIGURES];

	(void)state;
	figures_compute(f, c, 1, 2000000000);
	assert_float_equal(f[FIG_TPS], 152.5, 1e-9);
	assert_float_equal(f[FIG_READ_SECTORS], 4000, 1e-9);
	assert_float_equal(f[FIG_READ_MERGE_SHARE], 100.0 / 6, 1e-9);
	assert_float_equal(f[FIG_READ_WAIT], 5, 1e-9);
	assert_float_equal(f[FIG_WRITE_SIZE], 80, 1e-9);
	assert_float_equal(f[FIG_FLUSHES], 3.5, 1e-9);
	assert_float_equal(f[FIG_QUEUE], 0.7, 1e-9);
	assert_float_equal(f[FIG_USE], 35, 1e-9);
	assert_float_equal(f[FIG_READ_TOTAL], 8000, 1e-9);
	figures_compute(f, c, 4, 2000000000);
	assert_float_equal(f[FIG_USE], 8.75, 1e-9);
	/* No time at all passes between two readings of a clock that stands: nothing is infinite. */
	figures_compute(f, c, 1, 0);
	assert_float_equal(f[FIG_TPS], 30500, 1e-6);
	figures_compute(f, none, 1, 1000000000);
	for (int i = 0; i < FIGURES; i++)
		assert_float_equal(f[i], 0, 0);
}

static int parse(struct options *o, const char *line)
{
	static char copy[256];
	char *argv[16] = { (char *)"iostat" };
	int argc = 1;

	snprintf(copy, sizeof(copy), "%s", line);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	optind = 0; /* glibc: start anew */
	return options_parse(o, argc, argv, "");
}

static void free_options(struct options *o)
{
	for (size_t i = 0; i < o->n_targets; i++)
		free(o->targets[i].name);
	free(o->targets);
}

static void arguments_in_any_order(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "sda -x 2 sdb 5 -z"), -1);
	assert_true(o.extended && !o.idle_too && o.cpu && o.disks);
	assert_int_equal(o.n_targets, 2);
	assert_string_equal(o.targets[1].name, "sdb");
	assert_int_equal(o.interval_s, 2);
	assert_int_equal(o.count, 5);
	free_options(&o);
}

static void the_argument_of_p_may_be_left_out(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "-p sda,sdb 1"), -1);
	assert_int_equal(o.n_targets, 2);
	assert_false(o.parts);
	free_options(&o);
	assert_int_equal(parse(&o, "-px 2 5"), -1);
	assert_true(o.parts && o.extended && !o.all);
	assert_int_equal(o.interval_s, 2);
	free_options(&o);
	assert_int_equal(parse(&o, "-xp 2"), -1);
	assert_true(o.parts);
	assert_int_equal(o.interval_s, 2);
	free_options(&o);
	assert_int_equal(parse(&o, "-dp sda"), -1);
	assert_false(o.parts);
	assert_int_equal(o.targets[0].kind, TARGET_WITH_PARTS);
	free_options(&o);
	assert_int_equal(parse(&o, "-p -d"), -1);
	assert_true(o.parts && !o.cpu);
	free_options(&o);
	assert_int_equal(parse(&o, "-p ALL"), -1);
	assert_true(o.parts && o.all);
	free_options(&o);
	assert_int_equal(parse(&o, "-p"), -1);
	assert_true(o.parts);
	free_options(&o);
}

static void which_reports_are_wanted(void **state)
{
	static const struct {
		const char *line;
		bool cpu, disks;
	} cases[] = { { "", true, true },	{ "-c", true, false },	  { "-d", false, true }, { "-cd", true, true },
		      { "-x", true, true },	{ "-cx", true, true },	  { "-cs", true, false }, { "-cp", true, true },
		      { "-c sda", true, true }, { "-c -g a", true, true }, { "-cM", true, false }, { "-dM", false, true } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct options o;

		assert_int_equal(parse(&o, cases[i].line), -1);
		assert_int_equal(o.cpu, cases[i].cpu);
		assert_int_equal(o.disks, cases[i].disks);
		free_options(&o);
	}
}

static void solaris_options(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "-M 1"), -1);
	assert_true(o.unit == UNIT_MB && o.extended && o.narrow);
	assert_int_equal(parse(&o, "-xM"), -1);
	assert_true(o.unit == UNIT_MB && o.extended && !o.narrow);
	assert_int_equal(parse(&o, "-xnM"), -1);
	assert_true(o.mapper && o.pretty && o.compact && !o.narrow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_every_kernel),
		cmocka_unit_test(lines_that_are_none),
		cmocka_unit_test(devices_that_come_and_go),
		cmocka_unit_test(counters_that_wrap_and_fall),
		cmocka_unit_test(names_of_partitions),
		cmocka_unit_test(one_device_of_sys),
		cmocka_unit_test(lines_of_cpus),
		cmocka_unit_test(lists_of_cpus),
		cmocka_unit_test(figures_are_written_as_printf_does),
		cmocka_unit_test(strings_of_json),
		cmocka_unit_test(figures_of_an_interval),
		cmocka_unit_test(arguments_in_any_order),
		cmocka_unit_test(the_argument_of_p_may_be_left_out),
		cmocka_unit_test(which_reports_are_wanted),
		cmocka_unit_test(solaris_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

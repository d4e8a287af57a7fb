/* SPDX-License-Identifier: GPL-2.0-only
 * The time of all CPUs: see cpu.h.
 *
 * sysstat prints zeros for a sample in which the line "cpu" fell, and an interval of a thousand per cent when
 * it jumped. Both happen where a CPU leaves or enters that sum (lxcfs and other emulations of /proc); then
 * the CPUs are compared one by one here, and those that were not in both readings are left out.
 */
#include "cpu.h"
#include "toolbox/lib/sample.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MAX_CPU (1u << 20) /* more than any kernel can have */
#define TICK_NS 10000000 /* USER_HZ is 100 on every architecture that we build for */

bool cpu_parse_line(const char *line, int64_t *number, uint64_t times[CPU_TIMES])
{
	uint64_t n;
	int i = 0;

	if (strncmp(line, "cpu", 3) != 0)
		return false;
	line += 3;
	*number = -1;
	if (*line >= '0' && *line <= '9') {
		if (!proc_u64(&line, &n) || n > MAX_CPU)
			return false;
		*number = (int64_t)n;
	}
	while (i < CPU_TIMES && proc_u64(&line, &times[i]))
		i++;
	for (int rest = i; rest < CPU_TIMES; rest++)
		times[rest] = 0; /* 4 columns before 2.6, 7 before 2.6.11: emulations still write them */
	return i > CPU_IDLE;
}

unsigned cpu_parse_list(const char *text)
{
	uint64_t count = 0;

	for (;;) {
		uint64_t first, last;

		if (!proc_u64(&text, &first))
			return 0;
		last = first;
		if (*text == '-') {
			text++;
			if (!proc_u64(&text, &last))
				return 0;
		}
		if (last < first || last > MAX_CPU)
			return 0;
		count += last - first + 1;
		if (count > MAX_CPU)
			return 0;
		if (*text != ',')
			return *text == '\n' || !*text ? (unsigned)count : 0;
		text++;
	}
}

static unsigned count_lines(const char *text)
{
	unsigned n = 0;

	for (const char *line = *text ? text : NULL; line && strncmp(line, "cpu", 3) == 0; line = proc_next_line(line))
		n += line[3] >= '0' && line[3] <= '9';
	return n;
}

/* Sums what each CPU counted that is in both texts. Their numbers rise in both. */
static void compare_each(const char *now, const char *before, uint64_t delta[CPU_TIMES])
{
	uint64_t a[CPU_TIMES], b[CPU_TIMES];
	int64_t n, m = -1;

	memset(delta, 0, CPU_TIMES * sizeof(*delta));
	for (; now && cpu_parse_line(now, &n, a); now = proc_next_line(now)) {
		while (before && m < n && cpu_parse_line(before, &m, b))
			before = proc_next_line(before);
		for (int i = 0; n >= 0 && m == n && i < CPU_TIMES; i++)
			delta[i] += sample_delta(a[i], b[i], 64);
	}
}

/* Whether the sum cannot be that of the same CPUs: busy time fell, or more passed than they have. Idle and
 * iowait fall by themselves at times, which proc(5) admits. */
static bool is_other_sum(const struct cpu *c, const uint64_t now[CPU_TIMES], uint64_t elapsed_ns)
{
	uint64_t passed = 0;
	bool fell = false;

	for (int i = 0; i < CPU_TIMES; i++) {
		passed += sample_delta(now[i], c->total[i], 64);
		fell |= now[i] < c->total[i] && i != CPU_IDLE && i != CPU_IOWAIT;
	}
	return fell || (double)passed > 1.5 * (double)(c->online + 1) * ((double)elapsed_ns / TICK_NS + 10);
}

int cpu_read(struct cpu *c, uint64_t elapsed_ns)
{
	unsigned other = c->sampled ? !c->current : c->current;
	const char *before = c->file[c->current].data;
	struct proc_file *f = &c->file[other];
	uint64_t now[CPU_TIMES];
	int64_t number;
	int r = proc_load(f, "proc/stat");

	if (r < 0)
		return r;
	if (!cpu_parse_line(f->data, &number, now) || number != -1)
		return -EINVAL;
	if (c->sampled && is_other_sum(c, now, elapsed_ns)) {
		const char *first = proc_next_line(before);

		compare_each(proc_next_line(f->data), first, c->delta);
		c->online = count_lines(f->data);
	} else {
		for (int i = 0; i < CPU_TIMES; i++)
			c->delta[i] = sample_delta(now[i], c->total[i], 64);
	}
	if (!c->sampled)
		c->online = count_lines(f->data);
	memcpy(c->total, now, sizeof(now));
	c->current = other;
	c->sampled = true;
	return 0;
}

unsigned cpu_present(const struct cpu *c)
{
	struct proc_file f = PROC_FILE_INIT;
	unsigned n = proc_load(&f, "sys/devices/system/cpu/present") == 0 ? cpu_parse_list(f.data) : 0;

	proc_unload(&f);
	if (n == 0)
		n = c->online;
	if (n == 0) {
		long configured = sysconf(_SC_NPROCESSORS_CONF);

		n = configured > 0 ? (unsigned)configured : 1;
	}
	return n;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The container's own memory, CPU and pressure, from its cgroup: toolbox/lib/cgroup.h.
 */
#include "vmstat.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/cgroup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Adds to a text; ", " between its parts. */
__attribute__((format(printf, 3, 4))) static void add(char *line, size_t size, const char *fmt, ...)
{
	size_t n = strlen(line);
	va_list ap;

	if (n > 0 && n + 2 < size) {
		memcpy(line + n, ", ", 3);
		n += 2;
	}
	va_start(ap, fmt);
	vsnprintf(line + n, size - n, fmt, ap);
	va_end(ap);
}

static bool known(uint64_t v)
{
	return v < CGROUP_UNLIMITED;
}

struct size_text {
	char s[24];
};

/* 512B, 1.5K, 131.2M */
static struct size_text size_of(uint64_t bytes)
{
	static const char units[] = "BKMGTPE";
	struct size_text t;
	uint64_t unit = 1;
	int u = 0;

	/* 999.95 of a unit would be written 1000.0 */
	for (; u < 6 && bytes / unit >= 1000; u++)
		unit *= 1024;
	if (u == 0)
		snprintf(t.s, sizeof(t.s), "%uB", (unsigned)bytes);
	else
		snprintf(t.s, sizeof(t.s), "%.1f%c", (double)bytes / (double)unit, units[u]);
	return t;
}

static void amount(char *line, size_t size, const char *what, uint64_t used, uint64_t limit)
{
	if (known(used) && known(limit))
		add(line, size, "%s %s of %s", what, size_of(used).s, size_of(limit).s);
	else if (known(used))
		add(line, size, "%s %s%s", what, size_of(used).s, limit == CGROUP_UNLIMITED ? " without limit" : "");
	else if (known(limit))
		add(line, size, "%s limit %s", what, size_of(limit).s);
}

static void cpu(char *line, size_t size)
{
	static struct cgroup_cpu before;
	static uint64_t before_ns;
	struct cgroup_cpu c;
	uint64_t now = sample_uptime_ns();
	bool first = before_ns == 0;

	if (cgroup_cpu(&c) < 0)
		return;
	if (known(c.usage_us) && (first || now > before_ns)) {
		if (first)
			add(line, size, "cpu %.1fs", (double)c.usage_us / 1e6);
		else
			add(line, size, "cpu %.2f",
			    (double)sample_delta(c.usage_us, before.usage_us, 64) * 1e3 / (double)(now - before_ns));
	}
	if (known(c.quota_us)) {
		uint64_t periods = first ? c.periods : sample_delta(c.periods, before.periods, 64);
		uint64_t throttled = first ? c.throttled : sample_delta(c.throttled, before.throttled, 64);

		add(line, size, "limit %.2f", (double)c.quota_us / (double)c.period_us);
		if (known(c.periods) && known(c.throttled))
			add(line, size, "throttled %.1f%%",
			    periods ? 100.0 * (double)throttled / (double)periods : 0.0);
	}
	before = c;
	before_ns = now;
}

static void pressure(char *line, size_t size)
{
	static const char *const resources[] = { "cpu", "memory", "io" };
	static const char *const names[] = { "cpu", "mem", "io" };
	const char *label = "psi ";
	char text[80] = "";

	for (size_t i = 0; i < countof(resources); i++) {
		struct cgroup_pressure p;
		size_t n = strlen(text);

		if (cgroup_pressure(resources[i], &p) < 0 || !p.known)
			continue;
		snprintf(text + n, sizeof(text) - n, "%s%s %.1f", n ? " " : label, names[i],
			 (double)p.some_avg10 / 100);
	}
	if (*text)
		add(line, size, "%s", text);
}

void vmstat_container_lines(struct vmstat_container *c)
{
	struct cgroup_memory m;
	char *line = c->line[0];
	size_t size = sizeof(c->line[0]);

	*c = (struct vmstat_container){ .n = 1 };
	if (cgroup_memory(&m) == 0) {
		amount(line, size, "memory", m.current, m.limit);
		if (known(m.swap_current) && (m.swap_current > 0 || (m.swap_limit != 0 && m.swap_limit < CGROUP_UNLIMITED)))
			amount(line, size, "swap", m.swap_current, m.swap_limit);
	}
	cpu(c->line[1], size);
	pressure(c->line[1], size);
	if (c->line[1][0])
		c->n = 2;
	if (!line[0])
		add(line, size, "%s", c->n == 2 ? "memory not known" : "its cgroup cannot be seen");
}

static void sum_kib(const struct vmstat_options *o, uint64_t bytes, const char *what)
{
	if (known(bytes))
		printf("%13llu %c %s\n", (unsigned long long)vmstat_in_unit(o, bytes / 1024), o->unit, what);
	else if (bytes == CGROUP_UNLIMITED)
		printf("%13s %c %s\n", "unlimited", o->unit, what);
}

static void sum_count(uint64_t n, const char *what)
{
	if (known(n))
		printf("%13llu %s\n", (unsigned long long)n, what);
}

void vmstat_container_sums(const struct vmstat_options *o)
{
	struct cgroup_memory m;
	struct cgroup_cpu c;

	cgroup_memory(&m);
	cgroup_cpu(&c);
	sum_kib(o, m.limit, "container memory limit");
	sum_kib(o, m.current, "container used memory");
	sum_kib(o, m.swap_limit, "container swap limit");
	sum_kib(o, m.swap_current, "container used swap");
	sum_count(m.oom_kills, "container OOM kills");
	sum_count(known(c.usage_us) ? c.usage_us / 1000 : c.usage_us, "container cpu milliseconds");
	if (known(c.quota_us)) {
		sum_count((uint64_t)((unsigned __int128)c.quota_us * 1000 / c.period_us),
			  "container cpu limit, thousandths of a CPU");
		sum_count(c.periods, "container cpu periods");
		sum_count(c.throttled, "container cpu periods throttled");
		sum_count(known(c.throttled_us) ? c.throttled_us / 1000 : c.throttled_us,
			  "container cpu milliseconds throttled");
	}
}

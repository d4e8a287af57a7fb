/* SPDX-License-Identifier: GPL-2.0-only
 * The container's own figures: see own.h.
 *
 * The lines of this block begin with "container:" or with blanks, and the names of devices stand last: a script that
 * looks for lines beginning with "avg-cpu:", "Device" or a device's name finds the host's tables as ever.
 */
#include "own.h"
#include "figures.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/cgroup_place.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INDENT 10 /* strlen("container:") */
#define UNCOUNTED "container: no I/O so far, or none that cgroup v1 counts: where no limit is set, it may not\n"

/* The pressures in the order of the shares. */
static const char *const resources[] = { "cpu", "memory", "io" };
static const struct {
	const char *title;
	const char *json;
	int resource;
	bool full;
} pressures[] = {
	{ "cpu-some", "cpu-some", 0, false }, { "mem-some", "memory-some", 1, false },
	{ "mem-full", "memory-full", 1, true }, { "io-some", "io-some", 2, false },
	{ "io-full", "io-full", 2, true },
};

/* The counters of the first reading are as old as the container: as its first process, which is 1 in a pid
 * namespace of its own. On the host's pid namespace that is the time since boot, as for all of the report. */
static uint64_t age_ns(uint64_t elapsed_ns)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;
	uint64_t up = sample_uptime_ns();

	if (proc_load(&f, "proc/1/stat") == 0 && proc_parse_stat(f.data, f.len, &st) == 0) {
		uint64_t began = st.start_time * 10000000;

		if (began < up)
			elapsed_ns = up - began;
	}
	proc_unload(&f);
	return elapsed_ns;
}

static uint64_t grown(uint64_t now, uint64_t before)
{
	if (now == CGROUP_UNKNOWN)
		return CGROUP_UNKNOWN;
	return sample_delta(now, before == CGROUP_UNKNOWN ? 0 : before, 64);
}

/* part of whole in per cent, negative when either is unknown. */
static double share(uint64_t part, double whole)
{
	return part == CGROUP_UNKNOWN ? -1 : whole > 0 ? (double)part / whole * 100 : 0;
}

static void read_shares(struct own *own, unsigned cpus)
{
	struct cgroup_cpu cpu;
	struct cgroup_cpu old = own->cpu;
	double us = (double)own->elapsed_ns / 1000;

	cgroup_cpu(&cpu);
	if (!own->sampled)
		memset(&old, 0, sizeof(old));
	own->share[OWN_USER] = share(grown(cpu.user_us, old.user_us), us * cpus);
	own->share[OWN_SYSTEM] = share(grown(cpu.system_us, old.system_us), us * cpus);
	uint64_t periods = grown(cpu.periods, old.periods);
	bool quota = cpu.quota_us < CGROUP_UNLIMITED && periods != CGROUP_UNKNOWN;
	own->share[OWN_THROTTLED] = quota ? share(grown(cpu.throttled, old.throttled), (double)periods) : -1;
	own->cpu = cpu;
	for (int i = 0; i < 3; i++) {
		struct cgroup_pressure now;

		cgroup_pressure(resources[i], &now);
		for (size_t k = 0; k < countof(pressures); k++) {
			const struct cgroup_pressure *before = &own->pressure[i];
			bool since = own->sampled && before->known;

			if (pressures[k].resource != i)
				continue;
			uint64_t a = pressures[k].full ? now.full_total_us : now.some_total_us;
			uint64_t b = pressures[k].full ? before->full_total_us : before->some_total_us;
			own->share[OWN_PRESSURE + k] = now.known ? share(grown(a, since ? b : 0), us) : -1;
		}
		own->pressure[i] = now;
	}
}

int own_read(struct own *own, uint64_t elapsed_ns, unsigned cpus)
{
	bool anything = false;

	own->elapsed_ns = own->sampled ? elapsed_ns : age_ns(elapsed_ns);
	free(own->before);
	own->before = own->now;
	own->n_before = own->n_now;
	own->io_error = cgroup_io(&own->now, &own->n_now);
	/* Newer kernels leave the files of v1 empty until a limit is set for the device (6.18 does); nothing tells which of
	 * the two it is. */
	bool v2 = true;
	cgroup_place(CGROUP_BLKIO, &v2);
	own->uncounted = !v2 && own->io_error == 0 && own->n_now == 0;
	read_shares(own, cpus);
	own->sampled = true;
	for (int i = 0; i < OWN_SHARES; i++)
		anything |= own->share[i] >= 0;
	own->seen = anything || own->io_error == 0;
	return own->seen ? 0 : own->io_error;
}

/* --- what is printed --------------------------------------------------------------------------- */

enum { IO_READS, IO_READ_SECTORS, IO_WRITES, IO_WRITE_SECTORS, IO_WAIT, IO_FIGURES };

/* '@' stands for the unit: kB, MB or sec. */
static const struct {
	const char *title;
	int width;
	enum cell_kind kind;
} io_columns[IO_FIGURES] = {
	{ "r/s", 7, CELL_PLAIN },   { "r@/s", 9, CELL_RATE },	{ "w/s", 7, CELL_PLAIN },
	{ "w@/s", 9, CELL_RATE },   { "await", 7, CELL_PLAIN },
};

static void io_title(int column, enum unit unit, char title[16])
{
	static const char *const words[] = { "kB", "MB", "sec" };
	const char *t = io_columns[column].title;
	size_t n = strcspn(t, "@");

	snprintf(title, 16, "%.*s%s%s", (int)n, t, t[n] ? words[unit] : "", t[n] ? t + n + 1 : "");
}

static const struct cgroup_io *io_before(const struct own *own, const struct cgroup_io *now)
{
	static const struct cgroup_io none;

	for (size_t i = 0; i < own->n_before; i++)
		if (own->before[i].major == now->major && own->before[i].minor == now->minor)
			return &own->before[i];
	return &none;
}

static bool moved(uint64_t n)
{
	return n != CGROUP_UNKNOWN && n > 0;
}

/* The figures of a device, negative where unknown; false when it is not to be shown: no I/O ever, or with -z none
 * now. */
static bool io_figures(const struct own *own, const struct cgroup_io *now, const struct options *o,
		       double f[IO_FIGURES])
{
	const struct cgroup_io *before = io_before(own, now);
	double seconds = figures_hundredths(own->elapsed_ns) / 100;
	uint64_t reads = grown(now->reads, before->reads);
	uint64_t writes = grown(now->writes, before->writes);
	uint64_t read_bytes = grown(now->read_bytes, before->read_bytes);
	uint64_t write_bytes = grown(now->write_bytes, before->write_bytes);
	uint64_t wait = grown(now->wait_ns, before->wait_ns);
	uint64_t all = (reads == CGROUP_UNKNOWN ? 0 : reads) + (writes == CGROUP_UNKNOWN ? 0 : writes);

	if (!moved(now->reads) && !moved(now->writes) && !moved(now->read_bytes) && !moved(now->write_bytes))
		return false;
	if (!o->idle_too && all == 0 && !moved(read_bytes) && !moved(write_bytes))
		return false;
	f[IO_READS] = reads == CGROUP_UNKNOWN ? -1 : (double)reads / seconds;
	f[IO_WRITES] = writes == CGROUP_UNKNOWN ? -1 : (double)writes / seconds;
	f[IO_READ_SECTORS] = read_bytes == CGROUP_UNKNOWN ? -1 : (double)read_bytes / 512 / seconds;
	f[IO_WRITE_SECTORS] = write_bytes == CGROUP_UNKNOWN ? -1 : (double)write_bytes / 512 / seconds;
	f[IO_WAIT] = wait == CGROUP_UNKNOWN ? -1 : all > 0 ? (double)wait / 1e6 / (double)all : 0;
	return true;
}

/* The device's label; false when it is not wanted. A device that diskstats does not have is its number. */
static bool io_label(const struct cgroup_io *io, const struct disks *d, const char *wanted, char number[32],
		     const char **label)
{
	for (size_t i = 0; d && i < d->n; i++)
		if (d->v[i].present && d->v[i].major == io->major && d->v[i].minor == io->minor) {
			*label = d->v[i].label;
			return *label && (!wanted || wanted[i]);
		}
	snprintf(number, 32, "%u:%u", io->major, io->minor);
	*label = number;
	return !wanted;
}

static void print_or_dash(struct out *out, const struct style *s, enum cell_kind kind, int width, double value)
{
	if (value >= 0) {
		cell(out, s, kind, width, value);
		return;
	}
	out_spaces(out, (size_t)width);
	out_text(out, "-");
}

static void print_title(struct out *out, int width, const char *title)
{
	out_spaces(out, (size_t)width + 1 - strlen(title));
	out_text(out, title);
}

static void print_io(const struct own *own, struct out *out, const struct style *s, const struct options *o,
		     const struct disks *d, const char *wanted)
{
	bool any = false;

	for (size_t i = 0; i < own->n_now; i++) {
		double f[IO_FIGURES];
		char number[32], title[16];
		const char *label;

		if (!io_figures(own, &own->now[i], o, f) || !io_label(&own->now[i], d, wanted, number, &label))
			continue;
		if (!any) {
			out_text(out, "container:");
			for (int c = 0; c < IO_FIGURES; c++) {
				io_title(c, s->unit, title);
				print_title(out, io_columns[c].width, title);
			}
			out_text(out, " disk\n");
		}
		any = true;
		out_spaces(out, INDENT);
		for (int c = 0; c < IO_FIGURES; c++)
			print_or_dash(out, s, io_columns[c].kind, io_columns[c].width, f[c]);
		cell_last_name(out, s, label);
		out_text(out, "\n");
	}
	if (own->io_error < 0)
		out_text(out, "container: its I/O cannot be seen: it has no io or blkio controller\n");
	else if (!any && o->idle_too)
		out_text(out, own->uncounted ? UNCOUNTED :
			      wanted	     ? "container: no I/O there so far\n" :
					       "container: no I/O so far\n");
	else if (!any)
		return;
	out_text(out, "\n");
}

/* Whose figures the rest of the report is. lxcfs and the like lie over single files of /proc. */
static void print_below(struct out *out, const struct options *o)
{
	static int stat = -1;
	static bool disks;

	if (stat < 0) {
		stat = proc_is_covered("proc/stat");
		disks = proc_is_covered("proc/diskstats");
	}
	if (o->cpu && stat && o->disks && disks)
		out_text(out, "below: what lies over /proc/stat and /proc/diskstats\n");
	else if (o->cpu && stat)
		out_text(out, "below: what lies over /proc/stat, and the host\n");
	else if (o->disks && disks)
		out_text(out, "below: what lies over /proc/diskstats, and the host\n");
	else
		out_text(out, "host and all its containers:\n");
}

void own_print(const struct own *own, struct out *out, const struct style *s, const struct options *o,
	       const struct disks *d, const char *wanted)
{
	static const char *const titles[] = { "%user", "%system", "%throt" };

	if (!own->seen) {
		out_text(out, "container: its cgroup cannot be seen\n\n");
		print_below(out, o);
		return;
	}
	out_text(out, "container:");
	for (int i = 0; i < OWN_SHARES; i++) {
		if (i < OWN_PRESSURE)
			print_title(out, 7, titles[i]);
		else
			print_title(out, 8, pressures[i - OWN_PRESSURE].title);
	}
	out_text(out, "\n");
	out_spaces(out, INDENT);
	for (int i = 0; i < OWN_SHARES; i++)
		print_or_dash(out, s, CELL_PERCENT, i < OWN_PRESSURE ? 7 : 8, own->share[i]);
	out_text(out, "\n\n");
	if (o->disks)
		print_io(own, out, s, o, d, wanted);
	print_below(out, o);
}

static void json_number(struct out *out, const struct style *s, const char *key, enum cell_kind kind, double value)
{
	out_text(out, "\"");
	out_text(out, key);
	out_text(out, "\": ");
	if (value < 0)
		out_text(out, "null");
	else
		cell_json(out, s, kind, value);
}

void own_json(const struct own *own, struct out *out, const struct style *s, const struct options *o,
	      const struct disks *d, const char *wanted)
{
	static const char *const keys[] = { "user", "system", "throttled" };
	const char *between = "\n";

	if (!own->seen) {
		out_text(out, "\t\t\t\t\t\"container\": null");
		return;
	}
	out_text(out, "\t\t\t\t\t\"container\": {\n\t\t\t\t\t\t\"cpu\": {");
	for (int i = 0; i < OWN_SHARES; i++) {
		if (i == OWN_PRESSURE)
			out_text(out, "},\n\t\t\t\t\t\t\"pressure\": {");
		else if (i > 0)
			out_text(out, ", ");
		json_number(out, s, i < OWN_PRESSURE ? keys[i] : pressures[i - OWN_PRESSURE].json, CELL_PERCENT,
			    own->share[i]);
	}
	out_text(out, "}");
	if (o->disks && own->io_error == 0 && !own->uncounted) {
		out_text(out, ",\n\t\t\t\t\t\t\"disk\": [");
		for (size_t i = 0; i < own->n_now; i++) {
			double f[IO_FIGURES];
			char number[32], title[16];
			const char *label;

			if (!io_figures(own, &own->now[i], o, f) ||
			    !io_label(&own->now[i], d, wanted, number, &label))
				continue;
			out_text(out, between);
			between = ",\n";
			out_text(out, "\t\t\t\t\t\t\t{\"disk_device\": ");
			out_json(out, label);
			for (int c = 0; c < IO_FIGURES; c++) {
				out_text(out, ", ");
				io_title(c, s->unit, title);
				json_number(out, s, title, io_columns[c].kind, f[c]);
			}
			out_text(out, "}");
		}
		out_text(out, "\n\t\t\t\t\t\t]");
	}
	out_text(out, "\n\t\t\t\t\t}");
}

/* SPDX-License-Identifier: GPL-2.0-only
 * iostat: use of CPUs and block devices, with the options and layouts of sysstat 12 and, inside a container, the
 * container's own share of it. Options and life cycle only; the parts stand in iostat/.
 *
 * Differences from sysstat and their reasons are in iostat.1.
 */
#include "iostat/cpu.h"
#include "iostat/label.h"
#include "iostat/options.h"
#include "iostat/own.h"
#include "iostat/report.h"
#include "iostat/source.h"
#include "iostat/view.h"
#include "lib/sample.h"
#include "lib/text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct iostat {
	struct options o;
	struct cpu cpu;
	struct source source;
	struct disks disks;
	struct label label;
	struct view view;
	struct own own;
	struct report report;
	bool inside;
	int status;
	bool no_cpu, no_disks, no_directory, no_own; /* said already */
};

static void complain(struct iostat *t, bool *said, const char *what, int err, const char *so)
{
	if (*said)
		return;
	*said = true;
	t->status = 1;
	text_printf(stderr, "iostat: %s: %s%s\n", what, strerror(-err), so);
}

/* -f's directory below the root of proc.h, where a path does not begin with '/'. */
static bool set_directory(struct iostat *t)
{
	char *cwd = t->o.directory && t->o.directory[0] != '/' ? getcwd(NULL, 0) : NULL;
	char *path = NULL;

	if (t->o.directory) {
		const char *dir = t->o.directory + strspn(t->o.directory, "/");
		int n = cwd ? asprintf(&path, "%s/%s", cwd + 1, dir) : asprintf(&path, "%s", *dir ? dir : ".");

		if (n < 0)
			return false;
	}
	free(cwd);
	t->source.directory = path;
	t->source.only_directory = t->o.only_directory;
	return true;
}

/* -j: what cannot be had is an error when nobody knows that kind of name, and a remark when only this place does
 * not. */
static bool set_names(struct iostat *t)
{
	t->label.mapper = t->o.mapper;
	t->label.persistent = t->o.persistent;
	switch (label_start(&t->label)) {
	case LABEL_NOTHING:
		text_printf(stderr,
			    "iostat: -j %s: there is no such directory in /dev/disk, and /sys does not tell: "
			    "the kernel's names are shown\n",
			    t->o.persistent);
		return true;
	case LABEL_INVALID:
		text_printf(stderr, "iostat: -j %s: no such kind of name: try ID, LABEL, PATH or UUID\n", t->o.persistent);
		return false;
	default:
		return true;
	}
}

/* Reads what the report needs. False when there is nothing to report, which has been said. */
static bool read_sample(struct iostat *t, uint64_t elapsed_ns, struct parts *p)
{
	*p = (struct parts){ .elapsed_ns = elapsed_ns };
	if (!t->cpu.sampled && !t->disks.n && !t->o.only_directory && !proc_is_real()) {
		fputs("iostat: /proc is not mounted here, and nothing else tells what iostat reports\n", stderr);
		return false;
	}
	if (t->o.cpu) {
		int r = cpu_read(&t->cpu, elapsed_ns);

		if (r < 0)
			complain(t, &t->no_cpu, "/proc/stat", r, ": there is no report of the CPUs");
		else
			p->cpu = &t->cpu;
	}
	if (t->o.disks) {
		int r = source_read(&t->source, &t->disks);
		int changed = r < 0 ? r : label_set(&t->label, &t->disks);

		if (r == 0 && t->source.directory_error < 0)
			complain(t, &t->no_directory, t->o.directory, t->source.directory_error,
				 ": there are no devices of it");
		if (changed >= 0 && view_update(&t->view, &t->o, &t->disks, &t->label, changed > 0) < 0)
			changed = -ENOMEM;
		if (changed < 0) {
			complain(t, &t->no_disks, t->o.only_directory ? t->o.directory : "/proc/diskstats", changed,
				 ": there is no report of the devices");
		} else {
			p->disks = &t->disks;
			p->view = &t->view;
		}
	}
	if (t->inside) {
		unsigned cpus = t->cpu.online > 0 ? t->cpu.online : cpu_present(&t->cpu);
		int r = own_read(&t->own, elapsed_ns, cpus);

		/* By default the report says so; who has asked for it has failed. */
		if (r < 0 && t->o.cgroup == CGROUP_ALWAYS)
			complain(t, &t->no_own, "--cgroup", r, ": this process is in no cgroup but the host's");
		p->own = &t->own;
	}
	return p->cpu || p->view;
}

/* Whether the report could be written; says so when not. */
static bool flushed(struct iostat *t)
{
	if (out_flush(&t->report.out))
		return true;
	text_printf(stderr, "iostat: standard output: %s\n", strerror(errno));
	return false;
}

static int run(struct iostat *t)
{
	bool skip = !t->o.since_boot && t->o.interval_s > 0;
	struct sample s;
	struct parts p;

	sample_start(&s, t->o.interval_s * 1000000000, t->o.count > 0 && skip ? t->o.count + 1 : t->o.count);
	while (sample_next(&s)) {
		if (!read_sample(t, s.elapsed_ns, &p))
			return 1;
		if (s.done == 1)
			report_banner(&t->report, cpu_present(&t->cpu));
		if (s.done == 1 && skip)
			report_skipped(&t->report);
		else
			report_sample(&t->report, &p);
		if (!flushed(t))
			return 1;
	}
	report_end(&t->report);
	if (!flushed(t))
		return 1;
	if (!text_close(stdout)) {
		text_printf(stderr, "iostat: standard output: %s\n", strerror(errno));
		return 1;
	}
	return t->status;
}

int main(int argc, char **argv)
{
	static struct iostat t = { .cpu = CPU_INIT, .source = SOURCE_INIT };
	int status = options_parse(&t.o, argc, argv, "iostat (native " NATIVE_VERSION ")\n");

	if (status >= 0)
		return status;
	if (!set_names(&t))
		return 1;
	if (!set_directory(&t)) {
		fputs("iostat: no memory\n", stderr);
		return 1;
	}
	t.inside = t.o.cgroup == CGROUP_ALWAYS || (t.o.cgroup == CGROUP_INSIDE && cgroup_inside());
	report_start(&t.report, &t.o);
	return run(&t);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The report: see report.h. What its tables hold is data; text and JSON differ in order and in names only.
 */
#include "report.h"
#include "figures.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/sample.h"
#include "toolbox/lib/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#define NAME_WIDTH 13

struct column {
	const char *title; /* '@' stands for the unit, which is Blk there; '#' for the unit, sec there */
	enum figure figure;
	enum cell_kind kind;
	int width;
};

struct table {
	const struct column *columns;
	size_t n;
};

static const struct column basic[] = {
	{ "tps", FIG_TPS, CELL_PLAIN, 8 },
	{ "@_read/s", FIG_READ_SECTORS, CELL_RATE, 12 },
	{ "@_wrtn/s", FIG_WRITE_SECTORS, CELL_RATE, 12 },
	{ "@_dscd/s", FIG_DISCARD_SECTORS, CELL_RATE, 12 },
	{ "@_read", FIG_READ_TOTAL, CELL_TOTAL, 10 },
	{ "@_wrtn", FIG_WRITE_TOTAL, CELL_TOTAL, 10 },
	{ "@_dscd", FIG_DISCARD_TOTAL, CELL_TOTAL, 10 },
};

static const struct column basic_narrow[] = {
	{ "tps", FIG_TPS, CELL_PLAIN, 8 },
	{ "@_read/s", FIG_READ_SECTORS, CELL_RATE, 12 },
	{ "@_w+d/s", FIG_WRITE_DISCARD_SECTORS, CELL_RATE, 12 },
	{ "@_read", FIG_READ_TOTAL, CELL_TOTAL, 10 },
	{ "@_w+d", FIG_WRITE_DISCARD_TOTAL, CELL_TOTAL, 10 },
};

static const struct column extended_narrow[] = {
	{ "tps", FIG_TPS, CELL_PLAIN, 8 },	{ "#/s", FIG_SECTORS, CELL_RATE, 9 },
	{ "rqm/s", FIG_MERGES, CELL_PLAIN, 8 }, { "await", FIG_WAIT, CELL_PLAIN, 7 },
	{ "areq-sz", FIG_SIZE, CELL_SIZE, 8 },	{ "aqu-sz", FIG_QUEUE, CELL_PLAIN, 7 },
	{ "%util", FIG_USE, CELL_PERCENT, 6 },
};

/* The four that follow are one table, or four below each other with --pretty. */
static const struct column extended_reads[] = {
	{ "r/s", FIG_READS, CELL_PLAIN, 7 },		     { "r#/s", FIG_READ_SECTORS, CELL_RATE, 9 },
	{ "rrqm/s", FIG_READ_MERGES, CELL_PLAIN, 8 },	     { "%rrqm", FIG_READ_MERGE_SHARE, CELL_PERCENT, 6 },
	{ "r_await", FIG_READ_WAIT, CELL_PLAIN, 7 },	     { "rareq-sz", FIG_READ_SIZE, CELL_SIZE, 8 },
};
static const struct column extended_writes[] = {
	{ "w/s", FIG_WRITES, CELL_PLAIN, 7 },		     { "w#/s", FIG_WRITE_SECTORS, CELL_RATE, 9 },
	{ "wrqm/s", FIG_WRITE_MERGES, CELL_PLAIN, 8 },	     { "%wrqm", FIG_WRITE_MERGE_SHARE, CELL_PERCENT, 6 },
	{ "w_await", FIG_WRITE_WAIT, CELL_PLAIN, 7 },	     { "wareq-sz", FIG_WRITE_SIZE, CELL_SIZE, 8 },
};
static const struct column extended_discards[] = {
	{ "d/s", FIG_DISCARDS, CELL_PLAIN, 7 },		     { "d#/s", FIG_DISCARD_SECTORS, CELL_RATE, 9 },
	{ "drqm/s", FIG_DISCARD_MERGES, CELL_PLAIN, 8 },     { "%drqm", FIG_DISCARD_MERGE_SHARE, CELL_PERCENT, 6 },
	{ "d_await", FIG_DISCARD_WAIT, CELL_PLAIN, 7 },	     { "dareq-sz", FIG_DISCARD_SIZE, CELL_SIZE, 8 },
};
static const struct column extended_rest[] = {
	{ "f/s", FIG_FLUSHES, CELL_PLAIN, 7 },
	{ "f_await", FIG_FLUSH_WAIT, CELL_PLAIN, 7 },
	{ "aqu-sz", FIG_QUEUE, CELL_PLAIN, 7 },
	{ "%util", FIG_USE, CELL_PERCENT, 6 },
};

/* JSON has the extended figures in another order. */
static const struct column extended_json[] = {
	{ "r/s", FIG_READS, CELL_PLAIN, 0 },
	{ "w/s", FIG_WRITES, CELL_PLAIN, 0 },
	{ "d/s", FIG_DISCARDS, CELL_PLAIN, 0 },
	{ "f/s", FIG_FLUSHES, CELL_PLAIN, 0 },
	{ "r#/s", FIG_READ_SECTORS, CELL_RATE, 0 },
	{ "w#/s", FIG_WRITE_SECTORS, CELL_RATE, 0 },
	{ "d#/s", FIG_DISCARD_SECTORS, CELL_RATE, 0 },
	{ "rrqm/s", FIG_READ_MERGES, CELL_PLAIN, 0 },
	{ "wrqm/s", FIG_WRITE_MERGES, CELL_PLAIN, 0 },
	{ "drqm/s", FIG_DISCARD_MERGES, CELL_PLAIN, 0 },
	{ "rrqm", FIG_READ_MERGE_SHARE, CELL_PERCENT, 0 },
	{ "wrqm", FIG_WRITE_MERGE_SHARE, CELL_PERCENT, 0 },
	{ "drqm", FIG_DISCARD_MERGE_SHARE, CELL_PERCENT, 0 },
	{ "r_await", FIG_READ_WAIT, CELL_PLAIN, 0 },
	{ "w_await", FIG_WRITE_WAIT, CELL_PLAIN, 0 },
	{ "d_await", FIG_DISCARD_WAIT, CELL_PLAIN, 0 },
	{ "f_await", FIG_FLUSH_WAIT, CELL_PLAIN, 0 },
	{ "rareq-sz", FIG_READ_SIZE, CELL_SIZE, 0 },
	{ "wareq-sz", FIG_WRITE_SIZE, CELL_SIZE, 0 },
	{ "dareq-sz", FIG_DISCARD_SIZE, CELL_SIZE, 0 },
	{ "aqu-sz", FIG_QUEUE, CELL_PLAIN, 0 },
	{ "util", FIG_USE, CELL_PERCENT, 0 },
};

static const struct table basic_tables[] = { { basic, countof(basic) } };
static const struct table basic_narrow_tables[] = { { basic_narrow, countof(basic_narrow) } };
static const struct table extended_narrow_tables[] = { { extended_narrow, countof(extended_narrow) } };
static const struct table extended_tables[] = {
	{ extended_reads, countof(extended_reads) },
	{ extended_writes, countof(extended_writes) },
	{ extended_discards, countof(extended_discards) },
	{ extended_rest, countof(extended_rest) },
};

void report_start(struct report *r, const struct options *o)
{
	*r = (struct report){ .o = o };
	style_start(&r->style, o);
}

/* --- time and machine -------------------------------------------------------------------------- */

static void put_time(struct out *out, const char *fmt)
{
	time_t now = (time_t)sample_wall_s();
	struct tm tm;
	char text[64];

	/* Years that no calendar has are of a machine whose clock is broken, which must not end the report. */
	if (localtime_r(&now, &tm) && strftime(text, sizeof(text), fmt, &tm) > 0)
		out_text(out, text);
	else
		out_text(out, "no date");
}

/* The first line of a file below /proc/sys/kernel, for recorded machines. */
static void recorded(const char *name, char *to, size_t size)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];

	snprintf(path, sizeof(path), "proc/sys/kernel/%s", name);
	if (proc_load(&f, path) == 0)
		snprintf(to, size, "%.*s", (int)strcspn(f.data, "\n"), f.data);
	proc_unload(&f);
}

void report_banner(struct report *r, unsigned cpus)
{
	static const char *const keys[] = { "nodename", "sysname", "release", "machine" };
	const char *date = r->o->iso_time ? "%Y-%m-%d" : "%m/%d/%y";
	struct out *out = &r->out;
	struct utsname u;
	char *safe[4];

	uname(&u);
	if (proc_has_snapshots()) {
		recorded("osrelease", u.release, sizeof(u.release));
		recorded("hostname", u.nodename, sizeof(u.nodename));
		recorded("arch", u.machine, sizeof(u.machine));
	}
	const char *values[] = { u.nodename, u.sysname, u.release, u.machine };
	for (int i = 0; i < 4; i++) {
		safe[i] = text_asprintf("%s", values[i]); /* a container may choose its name */
		if (!safe[i])
			out->no_memory = true;
	}
	if (r->o->json)
		out_text(out, "{\"sysstat\": {\n\t\"hosts\": [\n\t\t{\n");
	for (int i = 0; i < 4 && r->o->json && safe[i]; i++) {
		out_text(out, "\t\t\t\"");
		out_text(out, keys[i]);
		out_text(out, "\": ");
		out_json(out, safe[i]);
		out_text(out, ",\n");
	}
	if (r->o->json) {
		out_text(out, "\t\t\t\"number-of-cpus\": ");
		out_u64(out, 0, 0, cpus);
		out_text(out, ",\n\t\t\t\"date\": \"");
		put_time(out, date);
		out_text(out, "\",\n\t\t\t\"statistics\": [\n");
	} else if (!out->no_memory) {
		out_text(out, safe[1]);
		out_text(out, " ");
		out_text(out, safe[2]);
		out_text(out, " (");
		out_text(out, safe[0]);
		out_text(out, ") \t");
		put_time(out, date);
		out_text(out, " \t_");
		out_text(out, safe[3]);
		out_text(out, "_\t(");
		out_u64(out, 0, 0, cpus);
		out_text(out, " CPU)\n\n");
	}
	for (int i = 0; i < 4; i++)
		free(safe[i]);
}

void report_skipped(struct report *r)
{
	if (!r->o->json)
		out_text(&r->out, "\n");
}

/* --- CPUs -------------------------------------------------------------------------------------- */

static void cpu_shares(const struct cpu *c, double share[6])
{
	uint64_t total = 0;

	for (int i = 0; i < CPU_TIMES; i++)
		total += c->delta[i];
	const uint64_t parts[] = { c->delta[CPU_USER],	c->delta[CPU_NICE],
				   c->delta[CPU_SYSTEM] + c->delta[CPU_IRQ] + c->delta[CPU_SOFTIRQ],
				   c->delta[CPU_IOWAIT], c->delta[CPU_STEAL], c->delta[CPU_IDLE] };
	for (int i = 0; i < 6; i++)
		share[i] = total > 0 ? (double)parts[i] / (double)total * 100 : 0;
}

static void print_cpu(struct report *r, const struct cpu *c)
{
	double share[6];

	cpu_shares(c, share);
	out_text(&r->out, "avg-cpu:  %user   %nice %system %iowait  %steal   %idle\n       ");
	for (int i = 0; i < 6; i++)
		cell(&r->out, &r->style, CELL_PERCENT, 7, share[i]);
	out_text(&r->out, "\n\n");
}

static void json_cpu(struct report *r, const struct cpu *c)
{
	static const char *const before[] = { "\t\t\t\t\t\"avg-cpu\":  {\"user\": ", ", \"nice\": ", ", \"system\": ",
					      ", \"iowait\": ", ", \"steal\": ", ", \"idle\": " };
	double share[6];

	cpu_shares(c, share);
	for (int i = 0; i < 6; i++) {
		out_text(&r->out, before[i]);
		cell_json(&r->out, &r->style, CELL_PERCENT, share[i]);
	}
	out_text(&r->out, "}");
}

/* --- devices ----------------------------------------------------------------------------------- */

/* The title of a column with its unit. */
static const char *title_of(const struct column *c, enum unit unit, char title[24])
{
	static const char *const blocks[] = { "kB", "MB", "Blk" };
	static const char *const sectors[] = { "kB", "MB", "sec" };
	size_t n = strcspn(c->title, "@#");
	const char *word = c->title[n] == '@' ? blocks[unit] : sectors[unit];

	snprintf(title, 24, "%.*s%s%s", (int)n, c->title, c->title[n] ? word : "", c->title[n] ? c->title + n + 1 : "");
	return title;
}

static void print_titles(struct out *out, const struct table *t, enum unit unit)
{
	char title[24];

	for (size_t i = 0; i < t->n; i++) {
		title_of(&t->columns[i], unit, title);
		out_spaces(out, (size_t)t->columns[i].width + 1 - strlen(title));
		out_text(out, title);
	}
}

static const char *label_of(const struct row *row, const struct disks *d)
{
	return row->kind == ROW_GROUP ? row->label : d->v[row->disk].label;
}

/* Tables side by side, a line for each row that is shown. */
static void print_tables(struct report *r, const struct parts *p, const struct table *tables, size_t n)
{
	struct out *out = &r->out;
	double f[FIGURES];

	if (!r->o->pretty)
		out_text(out, "Device       ");
	for (size_t t = 0; t < n; t++)
		print_titles(out, &tables[t], r->style.unit);
	out_text(out, r->o->pretty ? " Device\n" : "\n");
	for (size_t i = 0; i < p->view->n; i++) {
		const struct row *row = &p->view->rows[i];

		if (!row->shown)
			continue;
		figures_compute(f, row->delta, row->members, p->elapsed_ns);
		if (!r->o->pretty)
			cell_name(out, &r->style, label_of(row, p->disks), NAME_WIDTH);
		for (size_t t = 0; t < n; t++)
			for (size_t c = 0; c < tables[t].n; c++)
				cell(out, &r->style, tables[t].columns[c].kind, tables[t].columns[c].width,
				     f[tables[t].columns[c].figure]);
		if (r->o->pretty)
			cell_last_name(out, &r->style, label_of(row, p->disks));
		out_text(out, "\n");
	}
	out_text(out, "\n");
}

static void print_disks(struct report *r, const struct parts *p)
{
	const struct options *o = r->o;

	if (!o->extended)
		print_tables(r, p, o->narrow ? basic_narrow_tables : basic_tables, 1);
	else if (o->narrow)
		print_tables(r, p, extended_narrow_tables, 1);
	else if (o->pretty && !o->compact)
		for (size_t i = 0; i < countof(extended_tables); i++)
			print_tables(r, p, &extended_tables[i], 1);
	else
		print_tables(r, p, extended_tables, countof(extended_tables));
}

static void json_disks(struct report *r, const struct parts *p)
{
	const struct column *columns = !r->o->extended ? basic : r->o->narrow ? extended_narrow : extended_json;
	size_t n = !r->o->extended ? countof(basic) : r->o->narrow ? countof(extended_narrow) : countof(extended_json);
	struct out *out = &r->out;
	const char *between = "";
	double f[FIGURES];
	char title[24];

	out_text(out, "\t\t\t\t\t\"disk\": [\n");
	for (size_t i = 0; i < p->view->n; i++) {
		const struct row *row = &p->view->rows[i];

		if (!row->shown)
			continue;
		figures_compute(f, row->delta, row->members, p->elapsed_ns);
		out_text(out, between);
		between = ",\n";
		out_text(out, "\t\t\t\t\t\t{\"disk_device\": ");
		out_json(out, label_of(row, p->disks));
		for (size_t c = 0; c < n; c++) {
			out_text(out, ", \"");
			title_of(&columns[c], r->style.unit, title);
			out_text(out, title[0] == '%' ? title + 1 : title);
			out_text(out, "\": ");
			cell_json(out, &r->style, columns[c].kind, f[columns[c].figure]);
		}
		out_text(out, "}");
	}
	out_text(out, "\n\t\t\t\t\t]");
}

/* --- a sample ---------------------------------------------------------------------------------- */

/* For each device whether it is one that was asked for, or the disk of such a partition: cgroups count by disks.
 * NULL when all are, or without memory. */
static char *wanted_disks(const struct report *r, const struct parts *p)
{
	char *wanted = r->o->devices_named && p->view ? calloc(p->disks->n + 1, 1) : NULL;

	for (size_t i = 0; wanted && i < p->view->n; i++) {
		const struct row *row = &p->view->rows[i];

		if (row->kind == ROW_GROUP)
			continue;
		wanted[row->disk] = 1;
		for (size_t d = 0; !p->disks->v[row->disk].whole && d < p->disks->n; d++)
			if (disk_is_part_of(p->disks->v[row->disk].name, p->disks->v[d].name))
				wanted[d] = 1;
	}
	return wanted;
}

static void json_sample(struct report *r, const struct parts *p, const char *wanted)
{
	struct out *out = &r->out;
	const char *between = "";

	out_text(out, r->any ? ",\n\t\t\t\t{\n" : "\t\t\t\t{\n");
	r->any = true;
	if (r->o->time) {
		out_text(out, "\t\t\t\t\t\"timestamp\": \"");
		put_time(out, r->o->iso_time ? "%Y-%m-%dT%H:%M:%S%z" : "%m/%d/%y %H:%M:%S");
		out_text(out, "\"");
		between = ",\n";
	}
	if (p->cpu) {
		out_text(out, between);
		json_cpu(r, p->cpu);
		between = ",\n";
	}
	if (p->own) {
		out_text(out, between);
		own_json(p->own, out, &r->style, r->o, p->disks, wanted);
		between = ",\n";
	}
	if (p->view) {
		out_text(out, between);
		json_disks(r, p);
	}
	out_text(out, "\n\t\t\t\t}");
}

void report_sample(struct report *r, const struct parts *p)
{
	char *wanted = p->own ? wanted_disks(r, p) : NULL;

	if (r->o->json) {
		json_sample(r, p, wanted);
		free(wanted);
		return;
	}
	if (r->o->time) {
		put_time(&r->out, r->o->iso_time ? "%Y-%m-%dT%H:%M:%S%z" : "%m/%d/%y %H:%M:%S");
		out_text(&r->out, "\n");
	}
	if (p->own)
		own_print(p->own, &r->out, &r->style, r->o, p->disks, wanted);
	free(wanted);
	if (p->cpu)
		print_cpu(r, p->cpu);
	if (p->view)
		print_disks(r, p);
	out_text(&r->out, p->view ? "\n" : "\n\n");
}

void report_end(struct report *r)
{
	if (r->o->json)
		out_text(&r->out, "\n\t\t\t]\n\t\t}\n\t]\n}}\n");
}

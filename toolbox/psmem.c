/* SPDX-License-Identifier: GPL-2.0-only
 * psmem: what the processes here really use: memory that is shared counts for each of those that share it by its part
 * (PSS), so that the sum is true. Options, sorting and printing; the measuring is in psmem/measure.c.
 */
#include "psmem/psmem.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/deadline.h"
#include "toolbox/lib/names.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"
#include "toolbox/lib/table.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: psmem [-bkmrj] [-u USER] [-s COLUMN] [-c COLUMN,...] [-N ROWS] [PID]...\n"
	"What processes really use of memory: their share of it (PSS), what is theirs\n"
	"alone (USS), what is swapped out, and the sum of all.\n"
	"\n"
	" -b, --bytes           bytes\n"
	" -k, --kibi            KiB\n"
	" -m, --mebi            MiB (1.5G, 12M without any of the three)\n"
	" -u, --user USER       processes of this user, by name or number\n"
	" -p, --pid PID         this process, as PID\n"
	" -s, --sort COLUMN     the largest of this column first (pss)\n"
	" -r, --reverse         the smallest first\n"
	" -c, --columns LIST    these, in this order\n"
	"                       (pid,user,swap,uss,pss,rss,command)\n"
	" -N, --top ROWS        so many rows at most; the sum is that of all\n"
	" -j, --json            as JSON, in bytes\n"
	" -h, --help            this text\n"
	" -V, --version         version\n"
	"\n"
	"Columns: pid user name command; pss uss rss swap swappss shared dirty anon file\n"
	"shmem locked vsz. Examples:\n"
	"  psmem                 all processes that can be seen here, and the sum\n"
	"  psmem -N 5 -s swap    who is swapped out\n";

enum { COLUMN_PID = FIGURES, COLUMN_USER, COLUMN_NAME, COLUMN_COMMAND };

static const struct {
	const char *name, *title;
	int what; /* enum figure, or one of the above */
} known[] = {
	{ "pid", "PID", COLUMN_PID },	  { "user", "USER", COLUMN_USER }, { "name", "NAME", COLUMN_NAME },
	{ "command", "COMMAND", COLUMN_COMMAND }, { "pss", "PSS", PSS },   { "uss", "USS", USS },
	{ "rss", "RSS", RSS },		  { "swap", "SWAP", SWAP },	   { "swappss", "SWAPPSS", SWAP_PSS },
	{ "shared", "SHARED", SHARED },	  { "dirty", "DIRTY", DIRTY },	   { "anon", "ANON", ANON },
	{ "file", "FILE", FILE_ },	  { "shmem", "SHMEM", SHMEM },	   { "locked", "LOCKED", LOCKED },
	{ "vsz", "VSZ", VSZ },
};
static const size_t default_columns[] = { 0, 1, 7, 5, 4, 6, 3 };

struct options {
	size_t columns[countof(known)]; /* indices into known */
	size_t n_columns;
	size_t sort;
	bool reverse, json, has_user, has_unit;
	uint32_t user;
	uint64_t unit; /* bytes; 0: as table_fmt_bytes has it */
	uint64_t top;  /* 0: all */
	pid_t *pids;
	size_t n_pids;
};

#define failed(...) text_failed("psmem", __VA_ARGS__)

/* --- options ----------------------------------------------------------------------------------- */

static bool find_column(const char *name, size_t n, size_t *column)
{
	for (size_t i = 0; i < countof(known); i++)
		if (strlen(known[i].name) == n && strncmp(known[i].name, name, n) == 0) {
			*column = i;
			return true;
		}
	return false;
}

static int parse_columns(struct options *o, const char *list)
{
	o->n_columns = 0;
	for (const char *p = list;; p++) {
		size_t n = strcspn(p, ",");
		size_t column;

		if (!find_column(p, n, &column))
			return failed(2, "%.*s: not a column", n > 0 ? (int)n : 2, n > 0 ? p : "\"\"");
		for (size_t i = 0; i < o->n_columns; i++)
			if (o->columns[i] == column)
				return failed(2, "%s: this column is named twice", known[column].name);
		o->columns[o->n_columns++] = column;
		p += n;
		if (!*p)
			return -1;
	}
}

static int add_pid(struct options *o, const char *word)
{
	if (!process_parse_id(word, &o->pids[o->n_pids]))
		return failed(2, "%s: not a process id", *word ? word : "\"\"");
	o->n_pids++;
	return -1;
}

static int set_unit(struct options *o, uint64_t unit)
{
	if (o->has_unit && o->unit != unit)
		return failed(2, "only one unit can be given");
	o->has_unit = true;
	o->unit = unit;
	return -1;
}

/* Returns -1 to go on, else the status to end with. */
static int parse_options(struct options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", no_argument, NULL, 'b' },	  { "kibi", no_argument, NULL, 'k' },
		{ "mebi", no_argument, NULL, 'm' },	  { "user", required_argument, NULL, 'u' },
		{ "pid", required_argument, NULL, 'p' },  { "sort", required_argument, NULL, 's' },
		{ "reverse", no_argument, NULL, 'r' },	  { "columns", required_argument, NULL, 'c' },
		{ "top", required_argument, NULL, 'N' },  { "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },	  { "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	const char *p;
	int r = -1;
	int c;

	opterr = 0;
	while (r < 0 && (c = getopt_long(argc, argv, ":bkmu:p:s:rc:N:jhV", longs, NULL)) != -1) {
		switch (c) {
		case 'b':
			r = set_unit(o, 1);
			break;
		case 'k':
			r = set_unit(o, 1024);
			break;
		case 'm':
			r = set_unit(o, 1024 * 1024);
			break;
		case 'u':
			if (!process_parse_user(optarg, &o->user))
				return failed(2, "%s: no user of this name in /etc/passwd here; a number can be given",
					      *optarg ? optarg : "\"\"");
			o->has_user = true;
			break;
		case 'p':
			r = add_pid(o, optarg);
			break;
		case 's':
			if (!find_column(optarg, strlen(optarg), &o->sort))
				return failed(2, "%s: not a column", *optarg ? optarg : "\"\"");
			break;
		case 'r':
			o->reverse = true;
			break;
		case 'c':
			r = parse_columns(o, optarg);
			break;
		case 'N':
			p = optarg;
			if (*p < '0' || *p > '9' || !proc_u64(&p, &o->top) || *p)
				return failed(2, "%s: not a number of rows", *optarg ? optarg : "\"\"");
			break;
		case 'j':
			o->json = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'V':
			puts("psmem (native " NATIVE_VERSION ")");
			return 0;
		default:
			return failed(2, "%s: %s", argv[(optind > argc ? argc : optind) - 1],
				      c == ':' ? "option needs an argument" : "invalid option");
		}
	}
	for (; r < 0 && optind < argc; optind++)
		r = add_pid(o, argv[optind]);
	return r;
}

/* --- measuring --------------------------------------------------------------------------------- */

struct job {
	const pid_t *pids;
};

/* What is known of one process: a row, or why there is none (0: it has ended, or has no memory). */
struct answer {
	struct row *row;
	int err;
};

static void *measure_one(void *arg, size_t i)
{
	const struct job *job = arg;
	struct answer *a = calloc(1, sizeof(*a));

	if (a)
		a->row = measure(job->pids[i], &a->err);
	return a;
}

static void drop_answer(void *arg)
{
	struct answer *a = arg;

	free(a->row);
	free(a);
}

struct rows {
	struct entry {
		struct row *row;
	} *v;
	size_t n;
	size_t denied, late, strange; /* processes that are there and were not measured whole */
	int why_strange;
	bool lost; /* a process that was named is not there */
};

static void take(const struct options *o, struct rows *rows, pid_t pid, struct answer *a)
{
	if (!a || a == (void *)deadline_late) {
		rows->late++;
		return;
	}
	struct row *row = a->row;
	int err = row ? row->err : a->err;
	free(a);
	if (!row && err == 0) {
		if (o->n_pids > 0) {
			char path[32];
			struct proc_file f = PROC_FILE_INIT;

			snprintf(path, sizeof(path), "proc/%d/stat", (int)pid);
			if (proc_load(&f, path) < 0)
				process_failed("psmem", pid, NULL, -ESRCH);
			else
				failed(1, "process %d: has no memory of its own: a kernel thread, or it has ended", (int)pid);
			proc_unload(&f);
			rows->lost = true;
		}
		return;
	}
	if (row && o->has_user && row->uid != o->user) {
		free(row);
		return;
	}
	if (err == -EACCES || err == -EPERM)
		rows->denied++;
	else if (err < 0) {
		rows->strange++;
		rows->why_strange = err;
	}
	if (row)
		rows->v[rows->n++].row = row;
}

/* Returns 0 or -errno. */
static int measure_all(const struct options *o, struct rows *rows)
{
	/* Lives as long as the program: a thread may be left with it. */
	static struct job job;
	pid_t *pids = o->pids;
	size_t n = o->n_pids;
	int r = n > 0 ? 0 : proc_pids(&pids, &n);

	if (r < 0)
		return r;
	void **answers = calloc(n + 1, sizeof(*answers));
	rows->v = calloc(n + 1, sizeof(*rows->v));
	job.pids = pids;
	r = answers && rows->v ? deadline_each(n, PROCESS_MS, measure_one, drop_answer, &job, answers) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++)
		take(o, rows, pids[i], answers[i]);
	free(answers);
	return r;
}

/* --- sorting and printing ----------------------------------------------------------------------- */

static const struct options *sorting; /* qsort(3) hands nothing on */

static const char *user_of(uint32_t uid, char buf[16])
{
	const char *name = names_user(uid);

	if (name)
		return name;
	snprintf(buf, 16, "%u", (unsigned)uid);
	return buf;
}

static int compare(const struct row *x, const struct row *y)
{
	int what = known[sorting->sort].what;
	char a[16], b[16];

	switch (what) {
	case COLUMN_PID:
		return 0;
	case COLUMN_USER:
		return strcmp(user_of(x->uid, a), user_of(y->uid, b));
	case COLUMN_NAME:
		return strcmp(x->name, y->name);
	case COLUMN_COMMAND:
		return strcmp(x->command, y->command);
	default:
		/* What is not known comes last. */
		if ((x->figure[what] == FIGURE_UNKNOWN) != (y->figure[what] == FIGURE_UNKNOWN))
			return x->figure[what] == FIGURE_UNKNOWN ? 1 : -1;
		if (x->figure[what] != y->figure[what])
			return x->figure[what] < y->figure[what] ? 1 : -1;
		return (x->figure[RSS] < y->figure[RSS]) - (x->figure[RSS] > y->figure[RSS]);
	}
}

static int in_order(const void *a, const void *b)
{
	const struct row *x = ((const struct entry *)a)->row;
	const struct row *y = ((const struct entry *)b)->row;
	int r = compare(x, y);

	if (r == 0)
		r = (x->pid > y->pid) - (x->pid < y->pid);
	return sorting->reverse ? -r : r;
}

static void fmt(const struct options *o, uint64_t bytes, char *buf, size_t size)
{
	if (bytes == FIGURE_UNKNOWN)
		snprintf(buf, size, "-");
	else if (o->unit == 0)
		table_fmt_bytes(buf, size, bytes);
	else
		snprintf(buf, size, "%llu", (unsigned long long)((bytes + o->unit / 2) / o->unit));
}

static int add_row(const struct options *o, struct table *t, const struct row *row)
{
	char figures[countof(known)][24];
	const char *cells[countof(known)];
	char pid[16], user[16];

	snprintf(pid, sizeof(pid), "%d", (int)row->pid);
	for (size_t i = 0; i < o->n_columns; i++) {
		int what = known[o->columns[i]].what;

		if (what < FIGURES)
			fmt(o, row->figure[what], figures[i], sizeof(figures[i]));
		cells[i] = what == COLUMN_PID	    ? pid
			   : what == COLUMN_USER    ? user_of(row->uid, user)
			   : what == COLUMN_NAME    ? row->name
			   : what == COLUMN_COMMAND ? row->command
						    : figures[i];
	}
	return table_add(t, cells);
}

/* The sum over all rows, also over those that are not shown. */
static void add_up(const struct rows *rows, uint64_t sum[FIGURES])
{
	for (size_t i = 0; i < FIGURES; i++) {
		sum[i] = FIGURE_UNKNOWN;
		for (size_t r = 0; r < rows->n; r++) {
			uint64_t v = rows->v[r].row->figure[i];

			if (v != FIGURE_UNKNOWN)
				sum[i] = (sum[i] == FIGURE_UNKNOWN ? 0 : sum[i]) + v;
		}
	}
}

static int add_total(const struct options *o, struct table *t, const struct rows *rows, const uint64_t sum[FIGURES])
{
	char figures[countof(known)][24];
	const char *cells[countof(known)];
	char count[48];
	bool told = false;

	snprintf(count, sizeof(count), "total of %zu %s", rows->n, rows->n == 1 ? "process" : "processes");
	for (size_t i = 0; i < o->n_columns; i++) {
		int what = known[o->columns[i]].what;

		if (what < FIGURES)
			fmt(o, sum[what], figures[i], sizeof(figures[i]));
		cells[i] = what < FIGURES ? figures[i] : !told && what >= COLUMN_NAME ? count : " ";
		told = told || what == COLUMN_NAME || what == COLUMN_COMMAND;
	}
	return table_add(t, cells);
}

/* Command lines are long, a terminal is not: a row is one line of it. */
static void print_cut(const struct table *t)
{
	size_t columns = process_columns();
	char *text = NULL;
	size_t len = 0;
	FILE *whole = columns > 0 ? open_memstream(&text, &len) : NULL;

	table_print(t, whole ? whole : stdout);
	if (!whole)
		return;
	fclose(whole);
	for (char *line = text, *end; line && (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		text_cut(line, columns);
		puts(line);
	}
	free(text);
}

static int print(const struct options *o, const struct rows *rows)
{
	struct table_column columns[countof(known)];
	const char *keys[countof(known)];
	struct table t = { .columns = columns, .n_columns = o->n_columns };
	uint64_t sum[FIGURES];
	int r = 0;

	add_up(rows, sum);
	for (size_t i = 0; i < o->n_columns; i++) {
		size_t k = o->columns[i];

		columns[i] = (struct table_column){ known[k].title, known[k].what <= COLUMN_PID };
		keys[i] = known[k].name;
	}
	for (size_t i = 0; i < rows->n && (o->top == 0 || i < o->top) && r == 0; i++)
		r = add_row(o, &t, rows->v[i].row);
	if (r == 0 && !o->json)
		r = add_total(o, &t, rows, sum);
	if (r < 0) {
		table_free(&t);
		return failed(1, "out of memory");
	}
	if (o->json) {
		fputs("{\"processes\": ", stdout);
		table_json(&t, keys, stdout);
		printf(",\n \"total\": {\"processes\": %zu", rows->n);
		for (size_t i = 0; i < o->n_columns; i++) {
			int what = known[o->columns[i]].what;

			if (what < FIGURES && sum[what] != FIGURE_UNKNOWN)
				printf(", \"%s\": %llu", keys[i], (unsigned long long)sum[what]);
		}
		printf("},\n \"unreadable\": %zu, \"late\": %zu}\n", rows->denied + rows->strange, rows->late);
	} else {
		print_cut(&t);
	}
	table_free(&t);
	return 0;
}

/* What stands in no figure is said, with the reason. */
static int complain(const struct rows *rows)
{
	fflush(stdout);
	if (rows->denied > 0)
		failed(1, "%zu %s may not be read: permission denied: of them RSS and SWAP alone are known; run psmem as "
			  "their user, or with CAP_SYS_PTRACE",
		       rows->denied, rows->denied == 1 ? "process" : "processes");
	if (rows->late > 0)
		failed(1, "%zu %s in time: memory of theirs lies on a file system that hangs; they are not counted", rows->late,
		       rows->late == 1 ? "process did not answer" : "processes did not answer");
	if (rows->strange > 0)
		failed(1, "%zu %s could not be read: %s", rows->strange, rows->strange == 1 ? "process" : "processes",
		       rows->why_strange == -EINVAL ? "what stands in /proc is not as the kernel writes it"
						    : strerror(-rows->why_strange));
	return rows->denied > 0 || rows->late > 0 || rows->strange > 0 || rows->lost;
}

static int run(const struct options *o)
{
	struct rows rows = { 0 };
	int status = 1;

	if (process_no_proc("psmem"))
		return 1;
	int r = measure_all(o, &rows);
	if (r < 0) {
		failed(1, "the processes in /proc cannot be listed: %s", strerror(-r));
	} else if (rows.n > 0 || rows.late > 0) {
		sorting = o;
		qsort(rows.v, rows.n, sizeof(*rows.v), in_order);
		status = print(o, &rows);
	} else if (!rows.lost && rows.strange == 0) {
		char user[16];

		failed(1, o->has_user ? "no process of user %s has memory here" : "no process can be seen in /proc",
		       user_of(o->user, user));
	}
	if (complain(&rows) != 0)
		status = 1;
	for (size_t i = 0; i < rows.n; i++)
		free(rows.v[i].row);
	free(rows.v);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .n_columns = countof(default_columns), .sort = 4 };

	memcpy(o.columns, default_columns, sizeof(default_columns));
	/* Lives as long as the program: a thread may be left with it. */
	static pid_t *pids;
	pids = calloc((size_t)argc + 1, sizeof(*pids));
	if (!pids)
		return failed(1, "out of memory");
	o.pids = pids;
	int status = parse_options(&o, argc, argv);
	if (status < 0) {
		if (o.json)
			o.unit = 1;
		status = run(&o);
	}
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

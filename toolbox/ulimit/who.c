/* SPDX-License-Identifier: GPL-2.0-only
 * ulimit --who: see who.h. What each process has used of a limit stands in /proc/PID/status, stat and fd; see proc(5).
 *
 * The kernel counts processes and pending signals by user, not by process: for these a user has one row, with the
 * process that has the least limit.
 */
#include "who.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/table.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct row {
	pid_t pid;
	uint64_t uid;
	uint64_t used; /* as the kernel counts, not in units */
	rlim_t limit;
};

struct rows {
	struct row *v;
	size_t n;
	size_t readable;
	size_t unreadable; /* processes that are there and do not show what is asked */
	int why_unreadable; /* errno of the last of them */
};

/* Where the use of a resource is read, or why it is nowhere. */
struct measure {
	char letter;
	const char *key;    /* in /proc/PID/status */
	uint64_t factor;    /* of the number behind it */
	bool by_user;
	const char *why_not; /* NULL: can be measured */
};
static const struct measure measures[] = {
	{ 'n', NULL, 1, false, NULL },
	{ 'u', "Threads", 1, true, NULL },
	{ 'i', "SigQ", 1, true, NULL },
	{ 'l', "VmLck", 1024, false, NULL },
	{ 's', "VmStk", 1024, false, NULL },
	{ 'v', "VmSize", 1024, false, NULL },
	{ 'd', "VmData", 1024, false, NULL },
	{ 'm', "VmRSS", 1024, false, NULL },
	{ 't', NULL, 1, false, NULL },
	{ 'c', NULL, 0, false, "it bounds a core file when one is written, nothing is used up before" },
	{ 'f', NULL, 0, false, "it bounds each file by itself when it is written, a process uses nothing up" },
	{ 'e', NULL, 0, false, "it bounds what a process may ask for, nothing is used up" },
	{ 'r', NULL, 0, false, "it bounds what a process may ask for, nothing is used up" },
	{ 'R', NULL, 0, false, "the kernel does not tell how long a process has run without blocking" },
	{ 'q', NULL, 0, false, "the kernel does not tell what the queues of a user hold" },
	{ 'x', NULL, 0, false, "Linux does not enforce it" },
	{ 'p', NULL, 0, false, "it is the same for every pipe" },
};

static const struct measure *find_measure(char letter)
{
	for (size_t i = 0; i < countof(measures); i++)
		if (measures[i].letter == letter)
			return &measures[i];
	return NULL;
}

static int out_of_memory(void)
{
	fputs("ulimit: out of memory\n", stderr);
	return 1;
}

/* --- measuring --------------------------------------------------------------------------------- */

/* Loads a file of one process; each is another file, so that nothing is kept open. */
static int load(struct proc_file *f, pid_t pid, const char *name)
{
	char path[40];

	proc_unload(f);
	snprintf(path, sizeof(path), "proc/%d/%s", (int)pid, name);
	return proc_load(f, path);
}

static int use_of_cpu(pid_t pid, uint64_t *seconds)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;
	int err = load(&f, pid, "stat");

	if (err == 0)
		err = proc_parse_stat(f.data, f.len, &st);
	if (err == 0)
		*seconds = (st.utime + st.stime) / (uint64_t)sysconf(_SC_CLK_TCK);
	proc_unload(&f);
	return err;
}

/* Kernel threads and zombies have no memory, and no line about it: they use none. */
static int measure_process(const struct measure *m, const struct limit *l, pid_t pid, bool hard, struct row *row)
{
	struct proc_file f = PROC_FILE_INIT;
	struct rlimit limit = { 0 };
	int err = load(&f, pid, "status");

	*row = (struct row){ .pid = pid };
	if (err == 0 && !proc_key(f.data, "Uid", &row->uid))
		err = -EINVAL;
	if (err == 0 && m->key && proc_key(f.data, m->key, &row->used))
		row->used *= m->factor;
	if (err == 0 && m->letter == 'n')
		err = proc_fd_count(pid, &row->used);
	if (err == 0 && m->letter == 't')
		err = use_of_cpu(pid, &row->used);
	if (err == 0)
		err = load(&f, pid, "limits");
	if (err == 0)
		err = limit_parse_proc(f.data, l, &limit);
	row->limit = hard ? limit.rlim_max : limit.rlim_cur;
	proc_unload(&f);
	return err;
}

/* Threads of a user add up; the signals that wait for all of his processes are counted together already. */
static void add_to_user(struct rows *rows, const struct row *row, bool sum)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct row *r = &rows->v[i];

		if (r->uid != row->uid)
			continue;
		uint64_t used = sum ? r->used + row->used : row->used > r->used ? row->used : r->used;
		if (row->limit < r->limit)
			*r = *row;
		r->used = used;
		return;
	}
	rows->v[rows->n++] = *row;
}

static bool is_gone(int err)
{
	return err == -ENOENT || err == -ESRCH;
}

/* Returns 0 or -errno. */
static int measure_all(const struct measure *m, const struct limit *l, bool hard, struct rows *rows)
{
	pid_t *pids;
	size_t n;
	int err = proc_pids(&pids, &n);

	if (err < 0)
		return err;
	rows->v = calloc(n > 0 ? n : 1, sizeof(*rows->v));
	if (!rows->v) {
		free(pids);
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		struct row row;

		err = measure_process(m, l, pids[i], hard, &row);
		if (err < 0) {
			if (!is_gone(err)) {
				rows->unreadable++;
				rows->why_unreadable = -err;
			}
			continue;
		}
		rows->readable++;
		if (row.used == 0)
			continue;
		if (m->by_user)
			add_to_user(rows, &row, m->letter == 'u');
		else
			rows->v[rows->n++] = row;
	}
	free(pids);
	return 0;
}

/* --- printing ----------------------------------------------------------------------------------- */

/* How much of the limit is used; what has no limit is the farthest from it, however much it is. */
static double share(const struct row *r)
{
	if (r->limit == RLIM_INFINITY)
		return 0;
	return (double)r->used / (r->limit > 0 ? (double)r->limit : 0.5);
}

static int nearest_first(const void *a, const void *b)
{
	const struct row *x = a;
	const struct row *y = b;
	double sx = share(x);
	double sy = share(y);

	if (sx != sy)
		return sx < sy ? 1 : -1;
	if (x->used != y->used)
		return x->used < y->used ? 1 : -1;
	return (x->pid > y->pid) - (x->pid < y->pid);
}

/* A value as the table shows it. What is measured in kbytes is bytes. */
static void fmt_value(char *buf, size_t size, const struct limit *l, uint64_t value, enum who_format format)
{
	if (value == RLIM_INFINITY || format == WHO_UNITS)
		limit_fmt(buf, size, l, value);
	else if (format == WHO_HUMAN && l->factor > 1)
		table_fmt_bytes(buf, size, value);
	else
		snprintf(buf, size, "%llu", (unsigned long long)value);
}

static int add_row(struct table *t, const struct limit *l, const struct row *r, enum who_format format)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st = { 0 };
	char pid[16];
	char uid[24];
	char used[32];
	char limit[32];
	char percent[32] = "-";

	/* A process that has ended by now keeps its row, without a name. */
	if (load(&f, r->pid, "stat") == 0)
		proc_parse_stat(f.data, f.len, &st);
	proc_unload(&f);
	snprintf(pid, sizeof(pid), "%d", (int)r->pid);
	snprintf(uid, sizeof(uid), "%llu", (unsigned long long)r->uid);
	fmt_value(used, sizeof(used), l, r->used, format);
	fmt_value(limit, sizeof(limit), l, r->limit, format);
	if (r->limit == 0)
		snprintf(percent, sizeof(percent), "over");
	else if (r->limit != RLIM_INFINITY)
		snprintf(percent, sizeof(percent), "%.1f", 100 * share(r));
	return table_add(t, (const char *const[]){ pid, uid, st.comm, used, limit, percent });
}

static int print_rows(const struct limit *l, bool hard, const struct rows *rows, size_t most, enum who_format format)
{
	static const char *const keys[] = { "pid", "user", "name", "used", "limit", "percent" };
	static const struct table_column columns[] = {
		{ "PID", true }, { "USER", false }, { "NAME", false }, { "USED", true }, { "LIMIT", true }, { "%", true },
	};
	struct table t = { .columns = columns, .n_columns = countof(columns) };

	if (format == WHO_JSON)
		printf("{\"limit\": \"%s\", \"kind\": \"%s\", \"processes\": ", l->name, hard ? "hard" : "soft");
	else
		printf("%s (%s%s-%c), nearest to the %s limit first\n", l->label,
		       l->unit && format == WHO_UNITS ? l->unit : "", l->unit && format == WHO_UNITS ? ", " : "", l->letter,
		       hard ? "hard" : "soft");
	for (size_t i = 0; i < rows->n && (most == 0 || i < most); i++)
		if (add_row(&t, l, &rows->v[i], format) < 0)
			return out_of_memory();
	if (format == WHO_JSON) {
		table_json(&t, keys, stdout);
		puts("}");
	} else if (rows->n > 0)
		table_print(&t, stdout);
	else
		puts("no process uses any of it");
	table_free(&t);
	return 0;
}

int who_print(const struct limit *l, bool hard, size_t most, enum who_format format)
{
	const struct measure *m = find_measure(l->letter);
	struct rows rows = { 0 };
	int status = 1;

	if (!m || m->why_not) {
		fprintf(stderr, "ulimit: %s (-%c): cannot be measured: %s\n", l->label, l->letter,
			m ? m->why_not : l->why_not);
		return 1;
	}
	if (!proc_is_real()) {
		fputs("ulimit: --who: processes cannot be seen: there is no /proc here\n", stderr);
		return 1;
	}
	int err = measure_all(m, l, hard, &rows);
	if (err < 0) {
		fprintf(stderr, "ulimit: --who: cannot list the processes in /proc: %s\n", strerror(-err));
	} else if (rows.readable == 0) {
		fprintf(stderr, "ulimit: --who: no process can be seen in /proc%s%s\n", rows.unreadable ? ": " : "",
			rows.unreadable ? strerror(rows.why_unreadable) : "");
	} else {
		qsort(rows.v, rows.n, sizeof(*rows.v), nearest_first);
		status = print_rows(l, hard, &rows, most, format);
		if (m->letter == 'u' && format != WHO_JSON)
			puts("Counted are the threads seen here; the kernel counts those of the same user in other containers, too.");
		if (rows.unreadable > 0) {
			fflush(stdout);
			fprintf(stderr, "ulimit: --who: %zu %s could not be read: %s\n", rows.unreadable,
				rows.unreadable == 1 ? "process" : "processes", strerror(rows.why_unreadable));
		}
	}
	free(rows.v);
	return status;
}

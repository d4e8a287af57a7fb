/* SPDX-License-Identifier: GPL-2.0-only
 * ptree: processes and their children as illumos' ptree shows them. Options, reading and printing; the tree itself is
 * made by ptree/tree.c. Differences from illumos are in the man page.
 */
#include "ptree/tree.h"
#include "toolbox/lib/deadline.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: ptree [-acgw] [PID | USER]...\n"
	"Show processes with their children: all that can be seen here, or the ancestors\n"
	"and descendants of some.\n"
	"\n"
	" -a, --all       kernel threads, too\n"
	" -c, --cgroups   a line with the cgroup where it changes\n"
	" -g, --graph     draw the lines of the tree\n"
	" -w, --wide      do not cut lines at the edge of the terminal\n"
	" -h, --help      this text\n"
	" -V, --version   version\n"
	"\n"
	"A number is a process; USER is a name in /etc/passwd. Examples:\n"
	"  ptree           all of the container\n"
	"  ptree 4711      where process 4711 comes from, and what came of it\n";

enum {
	COMMAND_MAX = 4096,
	/* Deeper levels stand no further right: a chain of 30 000 processes would be a gigabyte of blanks. */
	DEPTH_MAX = 100
};

struct options {
	bool all, cgroups, graph, wide;
	char **words;
};

/* What is printed of a process. */
struct process {
	struct node node; /* its own copy, before the tree is made */
	int err;
	bool kernel;
	char *command, *cgroup; /* strangers' strings, owned; cgroup may be NULL */
};

struct list {
	struct process *v;
	struct node *nodes; /* of the same indices */
	size_t n;
	size_t late;
};

#define failed(...) text_failed("ptree", __VA_ARGS__)

/* --- reading ------------------------------------------------------------------------------------ */

#define FLAG_KTHREAD 0x00200000u /* include/linux/sched.h PF_KTHREAD, in field 9 of stat */

/* The ninth field; proc_parse_stat does not keep it. */
static bool is_kernel_thread(const char *stat, size_t len)
{
	const char *p = memrchr(stat, ')', len);
	uint64_t flags = 0;

	/* ") S ppid pgrp session tty tpgid flags": blanks before the field. */
	for (int blanks = 0; p && blanks < 7; blanks++)
		p = strchr(p + 1, ' ');
	return p && proc_u64(&p, &flags) && (flags & FLAG_KTHREAD);
}

static int load(struct proc_file *f, pid_t pid, const char *name)
{
	char path[40];

	proc_unload(f);
	snprintf(path, sizeof(path), "proc/%d/%s", (int)pid, name);
	return proc_load(f, path);
}

/* The path in the hierarchy that counts: that of version 2 where it is in use, else that of the first line. */
static char *cgroup_of(const char *text)
{
	const char *best = NULL;

	for (const char *p = *text ? text : NULL; p; p = proc_next_line(p)) {
		size_t n = strcspn(p, "\n");
		const char *path = memchr(p, ':', n);

		path = path ? memchr(path + 1, ':', n - (size_t)(path + 1 - p)) : NULL;
		if (!path || (best && strncmp(p, "0::", 3) != 0))
			continue;
		/* A machine with both has only the root in version 2. */
		if (!best || path[2] != '\n')
			best = path + 1;
	}
	return best ? strndup(best, strcspn(best, "\n")) : NULL;
}

struct job {
	const pid_t *pids;
	bool cgroups, users;
};

static void drop(void *arg)
{
	struct process *p = arg;

	free(p->command);
	free(p->cgroup);
	free(p);
}

static void *read_process(void *arg, size_t i)
{
	const struct job *job = arg;
	struct process *p = calloc(1, sizeof(*p));
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;

	if (!p)
		return NULL;
	p->command = malloc(COMMAND_MAX);
	p->node.pid = job->pids[i];
	p->err = p->command ? load(&f, p->node.pid, "stat") : -ENOMEM;
	if (p->err == 0)
		p->err = proc_parse_stat(f.data, f.len, &st);
	if (p->err == 0) {
		p->node.ppid = st.ppid;
		p->kernel = is_kernel_thread(f.data, f.len);
	}
	/* status is long, and makes the kernel count memory: only where it is needed. */
	if (p->err == 0 && job->users)
		p->err = load(&f, p->node.pid, "status");
	if (p->err == 0 && job->users && !process_user(f.data, &p->node.uid))
		p->err = -EINVAL;
	if (p->err == 0 && job->cgroups && load(&f, p->node.pid, "cgroup") == 0)
		p->cgroup = cgroup_of(f.data);
	proc_unload(&f);
	if (p->err == 0) {
		ssize_t n = process_command(p->node.pid, p->command, COMMAND_MAX);

		p->err = n < 0 ? (int)n : 0;
	}
	/* Most are short, and there may be many. */
	char *fits = p->err == 0 ? realloc(p->command, strlen(p->command) + 1) : NULL;
	if (fits)
		p->command = fits;
	return p;
}

/* A process that does not answer has its place in the tree all the same: stat and comm ask nobody's memory. */
static void read_late(struct process *p, pid_t pid)
{
	struct proc_file f = PROC_FILE_INIT;
	struct proc_stat st;

	*p = (struct process){ .node.pid = pid };
	p->err = load(&f, pid, "stat");
	if (p->err == 0)
		p->err = proc_parse_stat(f.data, f.len, &st);
	if (p->err == 0) {
		char name[80];

		p->node.ppid = st.ppid;
		snprintf(name, sizeof(name), "[%s]", st.comm);
		p->command = strdup(name);
		if (!p->command)
			p->err = -ENOMEM;
		else if (load(&f, pid, "status") == 0)
			process_user(f.data, &p->node.uid);
	}
	proc_unload(&f);
}

/* Returns 0 or -errno. */
static int read_all(const struct options *o, struct list *l)
{
	/* Lives as long as the program: a thread may be left with it. */
	static struct job job;
	pid_t *pids;
	size_t n;
	int r = proc_pids(&pids, &n);

	if (r < 0)
		return r;
	void **answers = calloc(n + 1, sizeof(*answers));
	l->v = calloc(n + 1, sizeof(*l->v));
	l->nodes = calloc(n + 1, sizeof(*l->nodes));
	job = (struct job){ pids, o->cgroups, false };
	for (char **word = o->words; *word; word++) {
		pid_t pid;

		job.users = job.users || !process_parse_id(*word, &pid);
	}
	r = answers && l->v && l->nodes ? deadline_each(n, PROCESS_MS, read_process, drop, &job, answers) : -ENOMEM;
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct process *p = &l->v[l->n];

		if (!answers[i] || answers[i] == (void *)deadline_late) {
			read_late(p, pids[i]);
			l->late += p->err == 0;
		} else {
			*p = *(struct process *)answers[i];
			free(answers[i]);
		}
		if (p->err == 0 && (o->all || !p->kernel)) {
			l->nodes[l->n++] = p->node;
		} else {
			free(p->command);
			free(p->cgroup);
		}
	}
	free(answers);
	return r;
}

/* --- printing ----------------------------------------------------------------------------------- */

/* Where the lines of the levels above go on. */
struct pen {
	const struct options *o;
	size_t columns; /* of the terminal; 0: no edge */
	long depth;
	bool more[DEPTH_MAX + 1];
};

static bool has_next_shown(const struct list *l, size_t i)
{
	for (i = l->nodes[i].next; i != TREE_NONE; i = l->nodes[i].next)
		if (l->nodes[i].shown)
			return true;
	return false;
}

/* Blanks or lines in front of a row; returns its end. */
static char *indent(char *p, const struct pen *pen)
{
	long depth = pen->depth < DEPTH_MAX ? pen->depth : DEPTH_MAX;

	for (long i = 1; i <= depth; i++) {
		char a = ' ', b = ' ';

		if (pen->o->graph) {
			a = i < depth ? (pen->more[i] ? '|' : ' ') : pen->more[i] ? '|' : '`';
			b = i < depth ? ' ' : '-';
		}
		*p++ = a;
		*p++ = b;
	}
	*p = '\0';
	return p;
}

static void print_row(const struct pen *pen, char *row)
{
	if (!row)
		return;
	if (pen->columns > 0)
		text_cut(row, pen->columns);
	fputs(row, stdout); /* safe already */
	fputc('\n', stdout);
	free(row);
}

static void print_process(const struct list *l, size_t i, const struct pen *pen, const char *above)
{
	const struct process *p = &l->v[i];
	char left[2 * DEPTH_MAX + 1];

	indent(left, pen);
	if (pen->o->cgroups && p->cgroup && (!above || strcmp(above, p->cgroup) != 0))
		print_row(pen, text_asprintf("%s[cgroup %s]", left, p->cgroup));
	print_row(pen, text_asprintf("%s%-5d %s", left, (int)p->node.pid, p->command));
}

static void print_all(const struct list *l, size_t first, const struct options *o)
{
	struct pen pen = { .o = o, .columns = o->wide ? 0 : process_columns() };
	long deeper = 0;

	for (size_t i = first; i != TREE_NONE; i = tree_next(l->nodes, i, &deeper), pen.depth += deeper) {
		size_t parent = l->nodes[i].parent;

		if (pen.depth <= DEPTH_MAX)
			pen.more[pen.depth] = o->graph && has_next_shown(l, i);
		if (l->nodes[i].shown)
			print_process(l, i, &pen, parent == TREE_NONE ? NULL : l->v[parent].cgroup);
	}
}

/* --- which ones ---------------------------------------------------------------------------------- */

/* Returns 0, or the status of what was said. */
static int select_word(struct list *l, const char *word)
{
	uint32_t uid;
	pid_t pid;

	if (process_parse_id(word, &pid)) {
		size_t i = tree_find(l->nodes, l->n, pid);

		if (i == TREE_NONE)
			return process_failed("ptree", pid, NULL, -ESRCH);
		tree_show(l->nodes, i);
		return 0;
	}
	if ((*word >= '0' && *word <= '9') || !process_parse_user(word, &uid))
		return failed(2, "%s: neither a process id nor a user in /etc/passwd here", *word ? word : "\"\"");
	bool any = false;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].node.uid == uid) {
			tree_show(l->nodes, i);
			any = true;
		}
	return any ? 0 : failed(1, "user %s has no process here", word);
}

static int run(const struct options *o)
{
	static struct list l;
	int status = 0;

	if (process_no_proc("ptree"))
		return 1;
	int r = read_all(o, &l);
	if (r < 0)
		return failed(1, "the processes in /proc cannot be listed: %s", strerror(-r));
	size_t first = tree_link(l.nodes, l.n);
	for (size_t i = 0; i < l.n && !*o->words; i++)
		l.nodes[i].shown = true;
	for (char **word = o->words; *word; word++) {
		r = select_word(&l, *word);
		status = r > status ? r : status;
	}
	if (l.n == 0)
		status = failed(1, "no process can be seen in /proc");
	else if (status < 2)
		print_all(&l, first, o);
	if (l.late > 0) {
		fflush(stdout);
		status = failed(1, "%zu %s not tell the command line in time and %s shown by name", l.late,
				l.late == 1 ? "process did" : "processes did", l.late == 1 ? "is" : "are");
	}
	for (size_t i = 0; i < l.n; i++) {
		free(l.v[i].command);
		free(l.v[i].cgroup);
	}
	free(l.v);
	free(l.nodes);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", no_argument, NULL, 'a' },   { "cgroups", no_argument, NULL, 'c' },
		{ "graph", no_argument, NULL, 'g' }, { "wide", no_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },  { "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	struct options o = { 0 };
	int status = -1;
	int c;

	opterr = 0;
	while (status < 0 && (c = getopt_long(argc, argv, ":acgwhV", longs, NULL)) != -1) {
		switch (c) {
		case 'a':
			o.all = true;
			break;
		case 'c':
			o.cgroups = true;
			break;
		case 'g':
			o.graph = true;
			break;
		case 'w':
			o.wide = true;
			break;
		case 'h':
			fputs(help, stdout);
			status = 0;
			break;
		case 'V':
			puts("ptree (native " NATIVE_VERSION ")");
			status = 0;
			break;
		default:
			return failed(2, "%s: invalid option", argv[(optind > argc ? argc : optind) - 1]);
		}
	}
	o.words = argv + optind;
	if (status < 0)
		status = run(&o);
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

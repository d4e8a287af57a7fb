/* SPDX-License-Identifier: GPL-2.0-only
 * pargs: arguments, environment and auxiliary vector of processes, as illumos' pargs prints them. Options, reading and
 * printing; the parts that know no process are in pargs/. Differences from illumos are in the man page.
 */
#include "pargs/pargs.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/deadline.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: pargs [-acexF] PID...\n"
	"       pargs -l PID...\n"
	"Show the arguments, the environment and the auxiliary vector of processes.\n"
	"\n"
	" -a, --args      arguments (if nothing else is asked for)\n"
	" -e, --env       environment\n"
	" -x, --auxv      auxiliary vector\n"
	" -l, --line      arguments as one line that can be typed into a shell\n"
	" -c, --ascii     everything but ASCII as octal numbers\n"
	" -F              nothing: there is no need to force\n"
	" -h, --help      this text\n"
	" -V, --version   version\n"
	"\n"
	"It is what the program was started with, unless it wrote over that. Examples:\n"
	"  pargs -ae 1\n"
	"  pargs -l 1      how process 1 could be started again\n";

enum {
	/* The kernel allows 6 MiB at exec; what a process says later of where they lie has no end. */
	STRINGS_MAX = 8 << 20,
	AUXV_MAX = 128, /* entries; the kernel has about 25 */
	STRING_MAX = 4096
};

struct options {
	bool args, env, auxv, line, ascii;
};

struct vector {
	struct auxv_entry entry[AUXV_MAX];
	char *string[AUXV_MAX]; /* NULL: none, or it cannot be read */
	size_t n;
	unsigned bits;
};

/* What was read of one process. */
struct process {
	pid_t pid;
	char command[256];
	struct proc_file args, env;
	struct vector vector;
	int args_err, env_err, auxv_err;
};

struct job {
	pid_t pid;
	struct options o;
};

#define failed(...) text_failed("pargs", __VA_ARGS__)

/* --- reading ------------------------------------------------------------------------------------ */

static int load(struct proc_file *f, pid_t pid, const char *name)
{
	char path[40];

	snprintf(path, sizeof(path), "proc/%d/%s", (int)pid, name);
	int r = proc_load_most(f, path, STRINGS_MAX);
	/* Many processes may be named: no descriptor is kept. */
	base_close_fd(&f->fd);
	f->fd = -1;
	return r;
}

/* A string in the memory of the process; NULL when it is none, or cannot be read. */
static char *string_at(int mem, uint64_t address)
{
	char *buf = malloc(STRING_MAX);
	ssize_t n = buf && address <= INT64_MAX ? pread(mem, buf, STRING_MAX, (off_t)address) : -1;

	/* It may be the end of the last page of the stack that ends the string. */
	if (n <= 0 || !memchr(buf, '\0', (size_t)n)) {
		free(buf);
		return NULL;
	}
	return buf;
}

static int read_vector(pid_t pid, struct vector *v)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[32];
	int r = load(&f, pid, "auxv");

	if (r == 0) {
		v->n = auxv_parse(f.data, f.len, v->entry, AUXV_MAX, &v->bits);
		r = v->n > 0 ? 0 : f.len == 0 ? -ENODATA : -EINVAL;
	}
	proc_unload(&f);
	if (r < 0)
		return r;
	snprintf(path, sizeof(path), "proc/%d/mem", (int)pid);
	fd_auto mem = proc_open(path, O_RDONLY);
	for (size_t i = 0; i < v->n && mem >= 0; i++)
		if (auxv_is_string(v->entry[i].type))
			v->string[i] = string_at(mem, v->entry[i].value);
	return 0;
}

static void drop(void *arg)
{
	struct process *p = arg;

	proc_unload(&p->args);
	proc_unload(&p->env);
	for (size_t i = 0; i < p->vector.n; i++)
		free(p->vector.string[i]);
	free(p);
}

static void *read_process(void *arg, size_t i)
{
	const struct job *job = (const struct job *)arg + i;
	struct process *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->pid = job->pid;
	p->args.fd = p->env.fd = -1;
	ssize_t n = process_command(p->pid, p->command, sizeof(p->command));
	p->args_err = n < 0 ? (int)n : job->o.args || job->o.line ? load(&p->args, p->pid, "cmdline") : 0;
	if (job->o.env)
		p->env_err = load(&p->env, p->pid, "environ");
	if (job->o.auxv)
		p->auxv_err = read_vector(p->pid, &p->vector);
	return p;
}

/* --- printing ------------------------------------------------------------------------------------ */

/* Each string of a block that NUL bytes divide; the last may lack its own. */
static const char *next_string(const struct proc_file *f, const char *p, size_t *n)
{
	size_t left = f->len - (size_t)(p - f->data);
	const char *end = memchr(p, '\0', left);

	*n = end ? (size_t)(end - p) : left;
	return p + *n + (end ? 1 : 0);
}

static void print_string(const char *s, size_t n, bool ascii)
{
	char *quoted = ascii ? quote_ascii(s, n) : NULL;

	if (quoted)
		fputs(quoted, stdout);
	else
		text_printf(stdout, "%.*s", (int)n, s);
	free(quoted);
}

static int cut_short(const struct process *p, const struct proc_file *f, const char *what)
{
	if (f->len < STRINGS_MAX)
		return 0;
	fflush(stdout);
	return failed(1, "process %d: %s: only the first %d MiB are shown", (int)p->pid, what, STRINGS_MAX >> 20);
}

static void print_strings(const struct options *o, const struct proc_file *f, const char *name)
{
	size_t n, i = 0;

	for (const char *p = f->data, *next; p && p < f->data + f->len; p = next, i++) {
		next = next_string(f, p, &n);
		printf("%s[%zu]: ", name, i);
		print_string(p, n, o->ascii);
		putchar('\n');
	}
}

static void print_vector(const struct options *o, const struct vector *v)
{
	for (size_t i = 0; i < v->n; i++) {
		const struct auxv_entry *e = &v->entry[i];
		const char *name = auxv_name(e->type);
		char number[32];
		char text[512];

		snprintf(number, sizeof(number), "AT_%llu", (unsigned long long)e->type);
		auxv_explain(text, sizeof(text), e, v->bits == 8 * sizeof(long));
		printf("%-20s 0x%0*llx", name ? name : number, (int)v->bits / 4, (unsigned long long)e->value);
		if (v->string[i] || text[0])
			putchar(' ');
		if (v->string[i])
			print_string(v->string[i], strlen(v->string[i]), o->ascii);
		puts(v->string[i] ? "" : text);
	}
}

static int print_line(const struct process *p)
{
	size_t n;

	for (const char *s = p->args.data, *next; s && s < p->args.data + p->args.len; s = next) {
		next = next_string(&p->args, s, &n);
		char *word = quote_word(s, n);

		if (!word)
			return failed(1, "out of memory");
		if (s > p->args.data)
			putchar(' ');
		fputs(word, stdout);
		free(word);
	}
	putchar('\n');
	return cut_short(p, &p->args, "arguments");
}

static int no_arguments(const struct process *p)
{
	fflush(stdout);
	return failed(1, "process %d: has no arguments: a kernel thread, or it has ended (%s)", (int)p->pid, p->command);
}

/* A blank line between the parts, as illumos has it. */
static int print_part(const struct options *o, const struct process *p, const struct proc_file *f, int err, const char *name,
		      const char *what, bool *begun)
{
	if (err < 0)
		return process_failed("pargs", p->pid, what, err);
	if (*begun)
		putchar('\n');
	*begun = true;
	print_strings(o, f, name);
	return cut_short(p, f, what);
}

static int print_process(const struct options *o, const struct process *p)
{
	bool begun = false;
	int status = 0;

	if (p->args_err < 0)
		return process_failed("pargs", p->pid, NULL, p->args_err);
	if (o->line)
		return p->args.len > 0 ? print_line(p) : no_arguments(p);
	text_printf(stdout, "%d:\t%s\n", (int)p->pid, p->command);
	if (o->args && p->args.len == 0)
		status = no_arguments(p);
	else if (o->args)
		status |= print_part(o, p, &p->args, 0, "argv", "arguments", &begun);
	if (o->env)
		status |= print_part(o, p, &p->env, p->env_err, "envp", "environment", &begun);
	if (o->auxv && p->auxv_err == -EINVAL) {
		fflush(stdout);
		status |= failed(1, "process %d: auxiliary vector: not as the kernel writes it", (int)p->pid);
	} else if (o->auxv && p->auxv_err == -ENODATA) {
		status |= no_arguments(p);
	} else if (o->auxv && p->auxv_err < 0) {
		status |= process_failed("pargs", p->pid, "auxiliary vector", p->auxv_err);
	} else if (o->auxv) {
		if (begun)
			putchar('\n');
		print_vector(o, &p->vector);
	}
	return status;
}

static int run(const struct options *o, const pid_t *pids, size_t n)
{
	/* Live as long as the program: a thread may be left with one. */
	static struct job *jobs;
	int status = 0;

	jobs = calloc(n + 1, sizeof(*jobs));
	if (!jobs)
		return failed(1, "out of memory");
	if (process_no_proc("pargs"))
		return 1;
	/* One at a time: each may be large. */
	for (size_t i = 0; i < n; i++) {
		void *answer = NULL;

		jobs[i] = (struct job){ pids[i], *o };
		if (deadline_each(1, PROCESS_MS, read_process, drop, &jobs[i], &answer) < 0 || !answer)
			return failed(1, "out of memory");
		if (answer == (void *)deadline_late) {
			status |= process_late("pargs", pids[i]);
			continue;
		}
		if (i > 0 && !o->line)
			putchar('\n');
		status |= print_process(o, answer);
		drop(answer);
	}
	return status;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "args", no_argument, NULL, 'a' },  { "env", no_argument, NULL, 'e' },
		{ "auxv", no_argument, NULL, 'x' },  { "line", no_argument, NULL, 'l' },
		{ "ascii", no_argument, NULL, 'c' }, { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { 0 },
	};
	struct options o = { 0 };
	int status = -1;
	int c;

	opterr = 0;
	while (status < 0 && (c = getopt_long(argc, argv, ":aexlcFhV", longs, NULL)) != -1) {
		switch (c) {
		case 'a':
			o.args = true;
			break;
		case 'e':
			o.env = true;
			break;
		case 'x':
			o.auxv = true;
			break;
		case 'l':
			o.line = true;
			break;
		case 'c':
			o.ascii = true;
			break;
		case 'F':
			break;
		case 'h':
			fputs(help, stdout);
			status = 0;
			break;
		case 'V':
			puts("pargs (native " NATIVE_VERSION ")");
			status = 0;
			break;
		default:
			return failed(2, "%s: invalid option", argv[(optind > argc ? argc : optind) - 1]);
		}
	}
	if (status < 0 && o.line && (o.args || o.env || o.auxv || o.ascii))
		return failed(2, "--line stands alone");
	if (status < 0 && optind == argc)
		return failed(2, "a process id is needed");
	static pid_t *pids;
	pids = calloc((size_t)argc + 1, sizeof(*pids));
	if (!pids)
		return failed(1, "out of memory");
	size_t n = 0;
	for (int i = optind; status < 0 && i < argc; i++)
		if (!process_parse_id(argv[i], &pids[n++]))
			return failed(2, "%s: not a process id", *argv[i] ? argv[i] : "\"\"");
	if (!o.env && !o.auxv && !o.line)
		o.args = true;
	if (status < 0)
		status = run(&o, pids, n);
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

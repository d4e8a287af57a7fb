/* SPDX-License-Identifier: GPL-2.0-only
 * pfiles: all open descriptors of processes, in the layout of illumos' pfiles. Options and life cycle; what is shown of one
 * descriptor is in pfiles/. Differences from illumos are in the man page.
 */
#include "pfiles/pfiles.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/deadline.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/process.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: pfiles [-nF] PID...\n"
	"Show all open files of processes: type, flags, path, offset, locks, the ends of\n"
	"sockets and pipes, what epoll, inotify and the like watch; and the limit.\n"
	"\n"
	" -n, --no-names   type and flags only\n"
	" -F               nothing: there is no need to force\n"
	" -h, --help       this text\n"
	" -V, --version    version\n"
	"\n"
	"Examples:\n"
	"  pfiles 1\n"
	"  pfiles 1 | grep -c S_IFSOCK    how many sockets it has open\n";

struct options {
	bool no_names;
};

#define failed(...) text_failed("pfiles", __VA_ARGS__)

/* --- reading, below a deadline ----------------------------------------------------------------------- */

struct job {
	pid_t pid;
	int *fds;
};

struct command {
	ssize_t len; /* or -errno */
	char text[4096];
};

static void *read_command(void *arg, size_t i)
{
	struct command *c = malloc(sizeof(*c));

	(void)i;
	if (c)
		c->len = process_command(((const struct job *)arg)->pid, c->text, sizeof(c->text));
	return c;
}

static void *read_descriptor(void *arg, size_t i)
{
	const struct job *job = arg;

	return descriptor_read(job->pid, job->fds[i]);
}

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The numbers of all descriptors; 0 or -errno. */
static int list_fds(pid_t pid, int **fds, size_t *n)
{
	struct dirent *entry;
	char path[32];
	size_t cap = 0;

	*fds = NULL;
	*n = 0;
	snprintf(path, sizeof(path), "proc/%d/fd", (int)pid);
	DIR *dir = proc_opendir(path);
	if (!dir)
		return -errno;
	errno = 0;
	while ((entry = readdir(dir))) {
		const char *p = entry->d_name;
		uint64_t fd;

		if (*p < '0' || *p > '9' || !proc_u64(&p, &fd) || *p || fd > INT_MAX)
			continue;
		if (*n == cap) {
			size_t more = cap ? cap * 2 : 64;
			int *grown = realloc(*fds, more * sizeof(**fds));

			if (!grown) {
				closedir(dir);
				return -ENOMEM;
			}
			*fds = grown;
			cap = more;
		}
		(*fds)[(*n)++] = (int)fd;
	}
	int r = -errno;
	closedir(dir);
	if (*n > 0)
		qsort(*fds, *n, sizeof(**fds), ascending);
	return r;
}

/* --- printing ----------------------------------------------------------------------------------------- */

/* "Max open files            1024                 524288               files" */
static void print_limit(pid_t pid, size_t in_use)
{
	static const char label[] = "Max open files";
	struct proc_file f = PROC_FILE_INIT;
	char path[32];
	char soft[24], hard[24];

	snprintf(path, sizeof(path), "proc/%d/limits", (int)pid);
	if (proc_load(&f, path) == 0)
		for (const char *p = *f.data ? f.data : NULL; p; p = proc_next_line(p))
			if (strncmp(p, label, sizeof(label) - 1) == 0 &&
			    sscanf(p + sizeof(label) - 1, " %23s %23s", soft, hard) == 2) {
				text_printf(stdout, "  Current rlimit: %s file descriptors\n", soft);
				text_printf(stdout, "  Hard rlimit: %s file descriptors, %zu in use\n", hard, in_use);
				break;
			}
	proc_unload(&f);
}

static void print_descriptor(const struct options *o, const struct descriptor *d, pid_t pid)
{
	enum kind kind = descriptor_kind(d);
	uint64_t flags;

	descriptor_print(d);
	if (o->no_names)
		return;
	if (kind == KIND_SOCKET) {
		sockets_print(d, pid);
		info_print(d->info, stdout);
	} else if (kind == KIND_PIPE) {
		/* The reading end wants to know who writes. */
		int other = !info_flags(d->info, &flags) || (flags & 3) > 1 ? -1 : (flags & 3) == 0 ? 1 : 0;

		if (!holders_print("peer", false, descriptor_inode(d), other, pid, d->fd))
			puts(holders_incomplete() ? "      peer: none that may be looked at"
						  : "      peer: none in this pid namespace");
		info_print(d->info, stdout);
	} else {
		descriptor_details(d);
	}
}

static int print_all(const struct options *o, const struct job *job, void **answers, size_t n)
{
	bool sockets = false;
	size_t late = 0;
	int err = 0;

	for (size_t i = 0; i < n && !o->no_names; i++)
		sockets = sockets || (answers[i] && answers[i] != (void *)deadline_late && descriptor_kind(answers[i]) == KIND_SOCKET);
	if (sockets)
		sockets_load(job->pid);
	for (size_t i = 0; i < n; i++) {
		struct descriptor *d = answers[i];

		if (!d)
			continue; /* closed meanwhile */
		if (answers[i] == (void *)deadline_late) {
			printf("%4d: does not answer\n", job->fds[i]);
			late++;
			continue;
		}
		if (d->link)
			print_descriptor(o, d, job->pid);
		else
			err = d->err;
		descriptor_free(d);
	}
	if (err < 0)
		return process_failed("pfiles", job->pid, "its files", err);
	if (late == 0)
		return 0;
	fflush(stdout);
	return failed(1, "process %d: %zu of its files did not answer: the file system hangs that they lie on", (int)job->pid, late);
}

static int show_process(const struct options *o, struct job *job)
{
	void *answer = NULL;
	struct command *c;
	size_t n = 0;
	int status = 0;

	if (deadline_each(1, PROCESS_MS, read_command, free, job, &answer) < 0 || !answer)
		return failed(1, "out of memory");
	c = answer == (void *)deadline_late ? NULL : answer;
	if (!c)
		status = process_late("pfiles", job->pid);
	else if (c->len < 0)
		status = process_failed("pfiles", job->pid, NULL, (int)c->len);
	int r = c && c->len < 0 ? 0 : list_fds(job->pid, &job->fds, &n);
	if (r < 0)
		status = process_failed("pfiles", job->pid, NULL, r);
	if (r == 0 && (!c || c->len >= 0)) {
		void **answers = calloc(n + 1, sizeof(*answers));

		text_printf(stdout, "%d:\t%s\n", (int)job->pid, c ? c->text : "?");
		print_limit(job->pid, n);
		if (!answers || deadline_each(n, PROCESS_MS, read_descriptor, descriptor_free, job, answers) < 0)
			status = failed(1, "out of memory");
		else
			status |= print_all(o, job, answers, n);
		free(answers);
	}
	free(c);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "no-names", no_argument, NULL, 'n' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	struct options o = { 0 };
	int status = -1;
	int c;

	opterr = 0;
	while (status < 0 && (c = getopt_long(argc, argv, ":nFhV", longs, NULL)) != -1) {
		switch (c) {
		case 'n':
			o.no_names = true;
			break;
		case 'F':
			break;
		case 'h':
			fputs(help, stdout);
			status = 0;
			break;
		case 'V':
			puts("pfiles (native " NATIVE_VERSION ")");
			status = 0;
			break;
		default:
			return failed(2, "%s: invalid option", argv[(optind > argc ? argc : optind) - 1]);
		}
	}
	if (status < 0 && optind == argc)
		return failed(2, "a process id is needed");
	/* Live as long as the program: a thread may be left with one. */
	static struct job *jobs;
	jobs = calloc((size_t)argc + 1, sizeof(*jobs));
	if (!jobs)
		return failed(1, "out of memory");
	for (int i = optind; status < 0 && i < argc; i++)
		if (!process_parse_id(argv[i], &jobs[i].pid))
			return failed(2, "%s: not a process id", *argv[i] ? argv[i] : "\"\"");
	if (status < 0 && process_no_proc("pfiles"))
		status = 1;
	if (status < 0) {
		status = 0;
		for (int i = optind; i < argc; i++)
			status |= show_process(&o, &jobs[i]);
	}
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * pstack: the stacks of all threads of a process, in the layout of Solaris' pstack. Options and life cycle; the process is
 * read by pstack/take.c, names come from bpf/sym. Differences from Solaris are in the man page.
 */
#include "pstack/guard.h"
#include "pstack/pstack.h"
#include "lib/proc.h"
#include "lib/text.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: pstack [-s | -N] [-m FRAMES] PID...\n"
	"Show the stacks of all threads of processes, and of a Go program's goroutines.\n"
	"\n"
	" -s, --snapshot     stop the threads only to copy registers and stacks\n"
	" -N, --no-stop      stop nothing: stacks of threads that are asleep\n"
	" -m, --max FRAMES   frames of a stack (500)\n"
	" -h, --help         this text\n"
	" -V, --version      version\n"
	"\n"
	"A process stands still for at most 50 ms at a time. Examples:\n"
	"  pstack 1\n"
	"  pstack --no-stop 1\n";

#define failed(...) text_failed("pstack", __VA_ARGS__)

static bool number(const char *text, uint64_t most, uint64_t *value)
{
	const char *p = text;

	return *text >= '0' && *text <= '9' && proc_u64(&p, value) && !*p && *value > 0 && *value <= most;
}

/* Who traces it already; 0: nobody. */
static uint64_t tracer_of(pid_t pid)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[32];
	uint64_t tracer = 0;

	snprintf(path, sizeof(path), "proc/%d/status", (int)pid);
	if (proc_load(&f, path) < 0 || !proc_key(f.data, "TracerPid", &tracer))
		tracer = 0;
	proc_unload(&f);
	return tracer;
}

static int explain(pid_t pid, int err)
{
	uint64_t tracer = tracer_of(pid);

	if (tracer > 0 && err == EPERM)
		return failed(1, "process %d: is traced by process %d already: end that, or use --no-stop", (int)pid, (int)tracer);
	switch (err) {
	case ENOENT:
	case ESRCH:
		if (!proc_is_real())
			return failed(1, "process %d: /proc is not mounted here: mount it, or run pstack where it is", (int)pid);
		return failed(1, "process %d: No such process (ids count as in this pid namespace)", (int)pid);
	case EPERM:
	case EACCES:
		return failed(1, "process %d: not allowed to trace it: run pstack as its user, or with CAP_SYS_PTRACE", (int)pid);
	case ENOEXEC:
		return failed(1, "process %d: has no memory of its own: a kernel thread, or it is ending", (int)pid);
	default:
		return failed(1, "process %d: cannot read its stacks: %s", (int)pid, strerror(err));
	}
}

enum shown { SHOWN, SHOWN_NOT, SHOWN_LOCKED, SHOWN_OUTPUT_LOST };

/* In a process of its own. */
static int show(void *arg)
{
	struct target *t = arg;
	int err = take_stacks(t);
	size_t denied = 0;

	guard_output();
	if (err == -ETIMEDOUT)
		return SHOWN_LOCKED;
	if (err < 0) {
		explain(t->pid, -err);
		return SHOWN_NOT;
	}
	for (size_t i = 0; i < t->n; i++)
		denied += t->stacks[i].done == STACK_DENIED && t->stacks[i].err != ENOEXEC;
	if (denied == t->n) {
		explain(t->pid, t->stacks[0].err);
		return SHOWN_NOT;
	}
	show_process(t);
	if (!text_close(stdout)) {
		failed(1, "standard output: %s", strerror(errno));
		return SHOWN_OUTPUT_LOST;
	}
	return SHOWN;
}

/* What is known without the memory of the process. */
static void show_less(struct target *t, const char *why)
{
	if (take_states(t) == 0)
		show_states(t);
	fflush(stdout);
	failed(1, "process %d: %s: only its states are shown; try again, or look at what the threads in state D wait for",
	       (int)t->pid, why);
}

static enum shown show_guarded(struct target t)
{
	enum guard_how how = GUARD_STOPPED;
	int result = SHOWN_NOT;

	/* A machine may be busy, too: that a thread of ours got no processor for so long does not happen thrice. */
	for (unsigned tries = 0; tries < 3 && how == GUARD_STOPPED; tries++)
		how = guard_run(show, &t, &result);
	if (how == GUARD_DONE && result == SHOWN_LOCKED)
		how = GUARD_SILENT;
	switch (how) {
	case GUARD_DONE:
		return (enum shown)result;
	case GUARD_SILENT:
		show_less(&t, "its memory cannot be read now, a thread that waits in the kernel holds the lock");
		return SHOWN_NOT;
	case GUARD_STOPPED:
		show_less(&t, "its threads could not be read within 200 ms, and were let go");
		return SHOWN_NOT;
	default:
		failed(1, "process %d: cannot be read: the process that reads it could not be started, or was killed", (int)t.pid);
		return SHOWN_NOT;
	}
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "snapshot", no_argument, NULL, 's' },
		{ "no-stop", no_argument, NULL, 'N' },
		{ "max", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ 0 },
	};
	struct target t = { .max = 500, .mem_fd = -1 };
	int status = 0;
	uint64_t value;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":sNm:hV", longs, NULL)) != -1) {
		switch (c) {
		case 's':
		case 'N':
			if (t.how != HOW_STOP)
				return failed(2, "--snapshot and --no-stop exclude one another");
			t.how = c == 's' ? HOW_SNAPSHOT : HOW_NO_STOP;
			break;
		case 'm':
			if (!number(optarg, 100000, &value))
				return failed(2, "%s: not a number of frames from 1 to 100000", *optarg ? optarg : "\"\"");
			t.max = (size_t)value;
			break;
		case 'h':
			fputs(help, stdout);
			goto out;
		case 'V':
			puts("pstack (native " NATIVE_VERSION ")");
			goto out;
		default:
			return failed(2, "%s: %s", optind > 0 && argv[optind - 1] ? argv[optind - 1] : "", 
				      c == ':' ? "option needs an argument" : "invalid option");
		}
	}
	if (optind == argc)
		return failed(2, "a process id is needed");
	for (int i = optind; i < argc; i++) {
		/* Solaris takes /proc/PID as well. */
		const char *word = strncmp(argv[i], "/proc/", 6) == 0 ? argv[i] + 6 : argv[i];

		if (!number(word, INT_MAX, &value)) {
			status = failed(2, "%s: not a process id", *argv[i] ? argv[i] : "\"\"");
			break;
		}
		t.pid = (pid_t)value;
		enum shown shown = show_guarded(t);
		if (shown != SHOWN)
			status = 1;
		if (shown == SHOWN_OUTPUT_LOST)
			return 1;
	}
out:
	if (!text_close(stdout))
		return failed(1, "standard output: %s", strerror(errno));
	return status;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Stacks as Solaris' pstack prints them: a line for the process, one for each thread, one for each frame.
 */
#include "pstack.h"
#include "bpf/sym/demangle.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void show_command(const struct target *t)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];

	snprintf(path, sizeof(path), "proc/%d/cmdline", (int)t->pid);
	if (proc_load_slow(&f, path, 1000) == 0 && f.len > 0) {
		for (size_t i = 0; i + 1 < f.len; i++)
			if (f.data[i] == '\0')
				f.data[i] = ' ';
		text_printf(stdout, "%d:\t%.1000s\n", (int)t->pid, f.data);
	} else {
		text_printf(stdout, "%d:\t[%s]\n", (int)t->pid, t->n > 0 ? t->stacks[0].comm : "");
	}
	proc_unload(&f);
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static void show_frame(const struct target *t, const struct sym_frame *f)
{
	char name[DEMANGLE_OUT_MAX];
	struct sym_place place;

	printf(" %016" PRIx64, f->pc);
	if (!sym_name(t->sym, f, &place)) {
		fputs(" ???????? (not mapped)", stdout);
	} else if (place.name) {
		demangle(place.name, name, sizeof(name), 1);
		/* C++ brings its parentheses along; those of Go are part of a type. */
		text_printf(stdout, strncmp(place.name, "_Z", 2) == 0 && strchr(name, '(') ? " %s" : " %s ()", name);
		if (place.name_offset)
			printf(" + %" PRIx64, place.name_offset);
		text_printf(stdout, " [%s]", last_part(place.path));
	} else if (*place.path) {
		text_printf(stdout, " %s+0x%lx", place.path, (unsigned long)place.offset);
		if (place.id_len > 0) {
			fputs(" [build-id ", stdout);
			for (size_t i = 0; i < place.id_len; i++)
				printf("%02x", place.id[i]);
			fputs("]", stdout);
		}
	} else {
		fputs(place.made ? " ???????? (made at run time, without a perf map)" : " ???????? (code without a file)", stdout);
	}
	puts(f->guessed ? " ?" : "");
}

static void show_frames(const struct target *t, const struct sym_frame *frames, size_t n, enum sym_end end)
{
	for (size_t i = 0; i < n; i++)
		show_frame(t, &frames[i]);
	if (end == SYM_FULL)
		puts(" ... (more frames; see -m)");
}

static void show_thread(const struct target *t, const struct stack *s)
{
	if (t->n > 1)
		text_printf(stdout, "-----------------  lwp# %d / %s  --------------------\n", (int)s->tid, s->comm);
	switch (s->done) {
	case STACK_TAKEN:
		show_frames(t, s->frames, s->n, s->end);
		break;
	case STACK_GONE:
		puts(s->state == 'Z' ? " (ended; its other threads go on)" : " (ended meanwhile)");
		break;
	case STACK_RUNNING:
		puts(" (runs; without stopping it nothing can be read)");
		break;
	case STACK_DENIED:
		if (s->err == ENOEXEC)
			puts(" (a 32-bit program: its stack is not known here)");
		else
			text_printf(stdout, " (cannot be traced: %s)\n", strerror(s->err));
		break;
	default:
		text_printf(stdout, " (cannot be stopped: state %c%s%s)\n", s->state, *s->waits ? ", waits in " : "", s->waits);
		show_frames(t, s->frames, s->n, s->end);
		break;
	}
}

void show_states(const struct target *t)
{
	show_command(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct stack *s = &t->stacks[i];

		text_printf(stdout, "-----------------  lwp# %d / %s  --------------------\n", (int)s->tid, s->comm);
		text_printf(stdout, " (state %c%s%s)\n", s->state, *s->waits ? ", waits in " : "", s->waits);
	}
}

static const char *status_name(unsigned status)
{
	static const char *const names[] = { "idle", "runnable", "running", "syscall", "waiting", "moribund", "dead", "enqueue", "copystack",
					     "preempted" };

	return status < sizeof(names) / sizeof(names[0]) ? names[status] : "?";
}

void show_process(const struct target *t)
{
	show_command(t);
	for (size_t i = 0; i < t->n; i++)
		show_thread(t, &t->stacks[i]);
	if (t->n_moving > 0)
		text_printf(stdout, "(%zu of %zu goroutines were read while the program ran)\n", t->n_moving, t->n_goroutines);
	for (size_t i = 0; i < t->n_goroutines; i++) {
		const struct goroutine *g = &t->goroutines[i];

		printf("-----------------  goroutine# %" PRIu64 " / %s  --------------------\n", g->id, status_name(g->status));
		if (g->n == 0)
			puts(" (on one of the threads above)");
		show_frames(t, g->frames, g->n, g->end);
	}
}

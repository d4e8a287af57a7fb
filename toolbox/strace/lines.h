/* SPDX-License-Identifier: GPL-2.0-only
 * Lines of output: where they go, what stands before them, and when they are written.
 *
 * A line belongs to a thread from line_begin to line_end. When another thread's line comes in between, what there is
 * of it ends with <unfinished ...>. Lines for a file or a pipe are collected and written in large pieces; lines for a
 * terminal, and for standard error, which the program shares, are written one by one. What is left lying
 * for a tenth of a second is written in any case, whole lines or not.
 */
#pragma once

#include "options.h"
#include "tracee.h"
#include "inject.h"

struct sink;

/* What the program keeps of a traced thread: struct tracee's user. */
struct thread {
	struct tracee *t;
	struct sink *sink;	/* shared, or its own with -ff */
	bool starting;		/* the command, until its execve is done */
	bool hidden;		/* and what it does before and besides */
	bool selected;		/* the call it is in passed the filters */
	bool staged;		/* and is kept until its result is known */
	bool printed;		/* its beginning was put into the sink */
	bool quit;		/* does not return from its call: exit, exit_group */
	bool told;		/* that it was attached */
	char comm[64];		/* its name as last seen, escaped; with -Y */
	enum abi abi;		/* of its last call, for [ Process PID=N runs in ... ] */
	const struct call_row *last; /* the last call that ended with a restart, for restart_syscall */
	struct out stage;
	struct out stack; /* -k: of a call that does not return, until its thread ends */
	struct inject_counts *counts;
	struct inject_call inject;
	bool poked;		/* memory of its call was changed */
	uint64_t resume_at;	/* delayed until then; 0: not */
	bool resume_exit;	/* at the exit of its call */
	size_t delayed_at;	/* index in the list of delayed threads */
};

/* Opens what -o names, or standard error. Ends the program when it cannot. */
void lines_init(const struct options *o);

/* Gives a thread its sink: with -ff a file of its own. false: it cannot be opened, and that was said. */
bool lines_thread(struct thread *th);
void lines_thread_gone(struct thread *th);

/* Looks at its name, which is asked for once more when it is gone. */
void lines_note_name(struct thread *th);

/* Begins a line with all that stands before it: pid, time, number, address. Returns the text to add to. */
struct out *line_begin(struct thread *th);

/* The text of the line that th began with line_begin and did not end yet; NULL: another's line came between. */
struct out *line_open(struct thread *th);

/* Blanks up to the column of -a, one at the least, from the text of a line. */
void line_align(struct thread *th, struct out *o);

/* How far the line reaches, and its end. */
void line_end(struct thread *th);

/* Lines of their own behind that line, without what stands before lines of calls. */
void line_add(struct thread *th, const struct out *text);

/* The open line is left for good. */
void line_abandon(struct thread *th);

/* Text that is no thread's line (the tables of -c). */
struct out *lines_free_text(void);

/* Writes what is due: `all` of it, or what lay for a while. */
void lines_flush(bool all);

/* The errno of the first write that failed; 0: none. Its name for the user. */
int lines_error(void);
const char *lines_target(void);

/* Ends all output; waits for the reader of -o '|CMD'. false: something was lost. */
bool lines_close(void);

/* Whether somebody reads our output from a pipe of -o '|CMD'. */
bool lines_has_reader(void);

/* The number of threads that the user is shown, one that is just ending included. */
void lines_count(size_t threads);

/* th called execve and has its leader's id now: its line, if it is still open, says so. */
void lines_pid_changed(struct thread *th);

/* The caller of an execve takes over the place of its leader, whose id it has now: see EV_SUPERSEDED. */
void lines_take_over(struct thread *th, struct thread *leader);

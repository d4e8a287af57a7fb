/* SPDX-License-Identifier: GPL-2.0-only
 * What the process tools (pfiles, pargs, ptree, pmap, psmem) have in common: naming a process, what it is called, and
 * the sentence for one that cannot be looked at.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* So long a process is waited for that holds whoever reads its memory, in milliseconds; see deadline.h. */
#define PROCESS_MS 3000

/* A process as it is typed: "4711", or "/proc/4711" as illumos' tools take it. false: none. */
bool process_parse_id(const char *word, pid_t *pid);

/* The command line as one line of text, the arguments with blanks between; "[name]" where there is none (a kernel
 * thread, a process that hides it), "name <defunct>" of a zombie. A stranger's string, cut to size. May hang:
 * to be called below deadline_each. Returns its length, or -errno; -ENOENT or -ESRCH when the process is gone. */
ssize_t process_command(pid_t pid, char *buf, size_t size);

/* The effective user of a process by the text of /proc/PID/status; false when it does not tell. */
bool process_user(const char *status, uint32_t *uid);

/* The user NAME or number that was typed; false when there is none of that name. */
bool process_parse_user(const char *word, uint32_t *uid);

/* Whether an error means that the process has ended. */
bool process_is_gone(int err);

/* Says "TOOL: process PID: what: why" on standard error (err is negative; what may be NULL; who to be where that
 * helps), and returns 1. Standard output is written out before, so that both stand in order on a terminal. */
int process_failed(const char *tool, pid_t pid, const char *what, int err);
/* The same for a process that did not answer in time. */
int process_late(const char *tool, pid_t pid);
/* Says that /proc is missing, and returns true, where it is. */
bool process_no_proc(const char *tool);

/* The columns of the terminal that standard output is; 0 when it is none. */
size_t process_columns(void);

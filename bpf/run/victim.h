/* SPDX-License-Identifier: GPL-2.0-only
 * The processes that a run of dtrace is about: started by -c, named by -p. Tracing ends when the last of them is gone.
 */
#pragma once

#include <poll.h>
#include <stdbool.h>
#include <sys/types.h>

#define VICTIM_MAX 64

struct victims {
	struct victim {
		pid_t pid;
		int pidfd; /* -1: the kernel or a seccomp filter has none */
		int link;  /* of a command: a socket that its process holds until it has become the command; else -1 */
		bool is_command;
		bool gone;
	} list[VICTIM_MAX];
	unsigned n, live;
	bool failed; /* a command could not be executed, which its process has said */
};

/* Starts a command, its words separated by blanks (no shell), but holds it before its first instruction. -p takes the
 * process that is there. Return 0 or negative errno (-E2BIG: too many). */
int victim_create(struct victims *v, const char *command);
int victim_grab(struct victims *v, pid_t pid);

/* Lets the commands run. */
void victim_start(struct victims *v);

/* What to wait for: fills fds (VICTIM_MAX) and returns how many; *blind: some process has no descriptor to wait on. */
unsigned victim_poll(const struct victims *v, struct pollfd *fds, bool *blind);

/* Looks which have gone since; calls fn for each with the sentence that dtrace prints ("pid 42 has exited"). */
void victim_reap(struct victims *v, void (*fn)(void *cookie, const char *sentence), void *cookie);

/* At the end: a command that still runs goes with dtrace, as in DTrace. */
void victim_release(struct victims *v);

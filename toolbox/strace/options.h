/* SPDX-License-Identifier: GPL-2.0-only
 * The command line, which is strace's.
 */
#pragma once

#include "decode.h"
#include "filter.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { STATUS_OK = 1, STATUS_FAILED = 2, STATUS_UNFINISHED = 4, STATUS_UNAVAILABLE = 8, STATUS_DETACHED = 16, STATUS_ALL = 31 };
enum { QUIET_ATTACH = 1, QUIET_EXIT = 2, QUIET_PATHS = 4, QUIET_PERSONALITY = 8, QUIET_EXECVE = 16 };
enum { FD_PATH = 1, FD_SOCKET = 2, FD_DEV = 4, FD_PIDFD = 8 };
enum { PID_COMM = 1 };
enum stamp { STAMP_NONE, STAMP_TIME, STAMP_UNIX };
enum interruptible { INTR_DEFAULT, INTR_ANYWHERE, INTR_WAITING, INTR_NEVER, INTR_NEVER_TSTP };

/* Digits behind the decimal point; -1: not wanted. */
struct stamps {
	enum stamp absolute;
	int absolute_digits, relative_digits, duration_digits;
};

struct options {
	/* who */
	pid_t *pids;
	size_t n_pids;
	char **command; /* NULL: only -p */
	const char **env; /* VAR=VAL or VAR, in their order */
	size_t n_env;
	const char *user;
	int daemonize; /* 0 to 3 */
	bool follow, detach_on_exec, kill_on_exit, seccomp;
	enum interruptible interruptible;

	/* what */
	struct call_set trace, raw, abbrev, verbose;
	bool raw_set, abbrev_set, verbose_set;
	uint64_t signals;
	unsigned status;
	unsigned quiet;
	struct fd_set_list read_fds, write_fds;
	bool dumps;

	/* how */
	const char *output;
	bool append, separately;
	int column;
	struct stamps stamps;
	bool ip, nr, stacks;
	unsigned fds, pids_as;
	struct decode_options decode;
	bool debug;

	/* counting */
	bool count, count_only, wall;
	const char *sort; /* a name that count_column knows */
	uint64_t overhead_ns;
};

/* Reads all of it; ends the program for what is wrong, for -h and for -V. */
void options_read(struct options *o, int argc, char **argv);

/* "1.5ms" and the like: nanoseconds, microseconds without a unit; false: wrong. */
bool options_time(const char *text, uint64_t *ns);

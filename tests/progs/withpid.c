/*
 * withpid PID COMMAND...: runs COMMAND as the process with exactly this id.
 *
 * Pids come back: a state file that still names a dead container's pid may
 * point at a stranger. clone3(set_tid) makes that stranger on purpose, in the
 * pid namespace of the caller, instead of waiting for the counter to come round.
 */
#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: withpid PID COMMAND...\n", stderr);
		return 2;
	}
	pid_t want = (pid_t)strtol(argv[1], NULL, 10);
	struct clone_args args;
	memset(&args, 0, sizeof(args));
	args.exit_signal = SIGCHLD;
	args.set_tid = (uint64_t)(uintptr_t)&want;
	args.set_tid_size = 1;

	long pid = syscall(SYS_clone3, &args, sizeof(args));
	if (pid < 0) {
		fprintf(stderr, "withpid: clone3 with pid %d: %s\n", (int)want, strerror(errno));
		return 1;
	}
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	return 0;
}

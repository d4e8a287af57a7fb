/*
 * peak COMMAND [ARG]...: the most resident memory that COMMAND had, in KiB. Its output is dropped.
 *
 * ru_maxrss is 0 for small programs on Linux 6.2 and later: the kernel counts the pages of a process on each
 * processor apart, in batches, and does not add them up for it. So the process is stopped when it is about to
 * exit, and what is mapped then is read from smaps_rollup, where pages are counted; VmHWM stands in for what was
 * given back before. Processes that the command starts do not count.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "peak: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* The number behind a key of a file of /proc/PID, 0 if there is none. */
static long number(pid_t pid, const char *file, const char *key)
{
	char path[64], line[256];
	long n = 0;
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	FILE *f = fopen(path, "re");
	while (f && n == 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, key, strlen(key)) == 0)
			n = strtol(line + strlen(key), NULL, 10);
	if (f)
		fclose(f);
	return n;
}

static void run(char **argv)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		die("cannot start");
	execvp(argv[0], argv);
	die(argv[0]);
}

int main(int argc, char **argv)
{
	long most = 0;
	int status;
	if (argc < 2) {
		fputs("usage: peak COMMAND [ARG]...\n", stderr);
		return 2;
	}
	pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0)
		run(argv + 1);
	if (waitpid(pid, &status, 0) < 0 || !WIFSTOPPED(status))
		return 1;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL) < 0)
		die("ptrace");
	for (int signal = 0; ptrace(PTRACE_CONT, pid, NULL, signal) == 0 && waitpid(pid, &status, 0) == pid;) {
		if (!WIFSTOPPED(status))
			break;
		signal = WSTOPSIG(status);
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
			long now = number(pid, "smaps_rollup", "Rss:"), before = number(pid, "status", "VmHWM:");
			most = now > before ? now : before;
			signal = 0;
		}
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || most == 0) {
		fprintf(stderr, "peak: %s: the command failed\n", argv[1]);
		return 1;
	}
	printf("%ld\n", most);
	return 0;
}

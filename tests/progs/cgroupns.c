/*
 * cgroupns COMMAND...: runs COMMAND as the first process of new cgroup, pid and mount namespaces, as an
 * engine starts a container on cgroup v2. BusyBox's unshare has no cgroup namespace.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: cgroupns COMMAND...\n", stderr);
		return 2;
	}
	if (unshare(CLONE_NEWCGROUP | CLONE_NEWPID | CLONE_NEWNS) < 0) {
		fprintf(stderr, "cgroupns: unshare: %s\n", strerror(errno));
		return 1;
	}
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	int status = 0;
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

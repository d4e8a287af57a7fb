/*
 * The one program of the image native-test/one, and the first process of every
 * test container: it stays until SIGTERM, and reaps what is left to it.
 *
 * `one NAME` gives itself another process name first, so that a test can put
 * newlines and escape sequences into /proc/PID/stat.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

static void leave(int sig)
{
	(void)sig;
	_exit(0);
}

int main(int argc, char **argv)
{
	struct sigaction on_term = { .sa_handler = leave };
	struct sigaction on_child = { .sa_handler = SIG_IGN, .sa_flags = SA_NOCLDWAIT };

	/* Process 1 of a pid namespace ignores a signal it has no handler for. */
	sigaction(SIGTERM, &on_term, NULL);
	sigaction(SIGINT, &on_term, NULL);
	sigaction(SIGCHLD, &on_child, NULL);
	if (argc > 1 && prctl(PR_SET_NAME, argv[1]) != 0) {
		perror("one: PR_SET_NAME");
		return 1;
	}
	for (;;)
		pause();
}

/* SPDX-License-Identifier: GPL-2.0-only
 * pty [-t TEXT] ROWS COLUMNS COMMAND [ARGUMENT...]: runs the command on a pseudo-terminal of this size and writes all that it
 * prints to standard output. TEXT is typed when it has printed something, and nothing after it. Ends with the command's status,
 * 128 + the signal that ended it, or 125 and a sentence.
 *
 * script(1) is not used for this: once it has nothing to type it hangs up, and then and again the last lines are lost.
 */
#include <errno.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "pty: %s: %s\n", what, strerror(errno));
	exit(125);
}

int main(int argc, char **argv)
{
	const char *typed = "";
	if (argc > 2 && strcmp(argv[1], "-t") == 0) {
		typed = argv[2];
		argv += 2;
		argc -= 2;
	}
	if (argc < 4) {
		fputs("usage: pty [-t TEXT] ROWS COLUMNS COMMAND [ARGUMENT...]\n", stderr);
		return 125;
	}
	struct winsize size = { .ws_row = (unsigned short)strtoul(argv[1], NULL, 10), .ws_col = (unsigned short)strtoul(argv[2], NULL, 10) };
	int master;
	pid_t child = forkpty(&master, NULL, NULL, &size);
	if (child < 0)
		fail("a pseudo-terminal");
	if (child == 0) {
		execvp(argv[3], argv + 3);
		fail(argv[3]);
	}
	for (;;) {
		char buffer[4096];
		ssize_t n = read(master, buffer, sizeof buffer);
		if (n > 0 && fwrite(buffer, 1, (size_t)n, stdout) == (size_t)n) {
			if (*typed && write(master, typed, strlen(typed)) != (ssize_t)strlen(typed))
				fail("type");
			typed = "";
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0)
			fail("write");
		if (n < 0 && errno != EIO) /* EIO: nobody has the terminal open any more (pty(7)) */
			fail("read");
		break;
	}
	int status;
	if (fflush(stdout) != 0 || waitpid(child, &status, 0) != child)
		fail("end");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

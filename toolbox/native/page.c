/* SPDX-License-Identifier: GPL-2.0-only
 * Paging: see page.h.
 */
#include "page.h"

#include <errno.h>
#include <limits.h>
#include <native.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

void page_begin(struct page *p)
{
	char less[PATH_MAX];
	int pipe_fd[2];

	*p = (struct page){ .out = stdout };
	if (!isatty(STDOUT_FILENO) || !native_path(less, sizeof(less), "less") || access(less, X_OK) < 0 ||
	    pipe(pipe_fd) < 0)
		return;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(pipe_fd[0], STDIN_FILENO);
		close(pipe_fd[0]);
		close(pipe_fd[1]);
		/* -F: what fits the screen is just printed. */
		execl(less, "less", "-F", (char *)NULL);
		_exit(127);
	}
	close(pipe_fd[0]);
	FILE *out = pid > 0 ? fdopen(pipe_fd[1], "w") : NULL;
	if (!out) {
		close(pipe_fd[1]);
		return;
	}
	/* The reader may leave before the end. */
	signal(SIGPIPE, SIG_IGN);
	p->out = out;
	p->pid = pid;
}

void page_end(struct page *p)
{
	if (!p->pid)
		return;
	fclose(p->out);
	while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The processes of -c and -p. See victim.h.
 */
#include "victim.h"

#include "toolbox/lib/base.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

#define WORDS_MAX 1024

static int add(struct victims *v, pid_t pid, int link, bool is_command)
{
	if (v->n == VICTIM_MAX)
		return -E2BIG;
	v->list[v->n++] = (struct victim){
		.pid = pid, .pidfd = (int)syscall(SYS_pidfd_open, pid, 0), .link = link, .is_command = is_command
	};
	v->live++;
	return 0;
}

/* A file that may be executed, as far as can be told before; a directory may be, too, for the kernel's access(2). */
static int look_at(const char *file)
{
	struct stat st;

	if (access(file, X_OK) != 0)
		return -errno;
	return stat(file, &st) == 0 && !S_ISREG(st.st_mode) ? -EACCES : 0;
}

/* Where a command is: to fail before tracing begins, not in the middle. 0 or negative errno. */
static int look_up(const char *name, char *file, size_t size)
{
	const char *path = getenv("PATH");
	int found = -ENOENT;

	if (!*name)
		return -ENOENT;
	if (strchr(name, '/')) {
		if ((size_t)snprintf(file, size, "%s", name) >= size)
			return -ENAMETOOLONG;
		return look_at(file);
	}
	for (const char *p = path ? path : "/native/bin:/bin:/usr/bin"; *p;) {
		size_t n = strcspn(p, ":");

		if ((size_t)snprintf(file, size, "%.*s/%s", n ? (int)n : 1, n ? p : ".", name) < size) {
			int error = look_at(file);

			if (error == 0)
				return 0;
			if (error == -EACCES)
				found = error;
		}
		p += n + (p[n] == ':');
	}
	return found;
}

/* `link` is closed by execve(); a byte in it says that there was none. */
static void child(const char *file, char **words, int link)
{
	sigset_t none;
	ssize_t n;
	char byte;

	while ((n = read(link, &byte, 1)) == -1 && errno == EINTR)
		;
	if (n != 1)
		_exit(127); /* dtrace is gone without having begun */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execv(file, words);
	fprintf(stderr, "dtrace: failed to execute %s: %s\n", words[0], strerror(errno));
	(void)!write(link, "", 1);
	_exit(127);
}

int victim_create(struct victims *v, const char *command)
{
	char *text = strdup(command), *save = NULL, *words[WORDS_MAX + 1], file[4096];
	int fds[2], n = 0, status = -ENOMEM;
	pid_t pid;

	if (!text)
		return -ENOMEM;
	for (char *w = strtok_r(text, " \t\n", &save); w && n <= WORDS_MAX; w = strtok_r(NULL, " \t\n", &save))
		words[n++] = w;
	words[n <= WORDS_MAX ? n : WORDS_MAX] = NULL;
	status = n ? look_up(words[0], file, sizeof file) : -ENOENT;
	if (status == 0 && (v->n == VICTIM_MAX || n > WORDS_MAX))
		status = -E2BIG;
	if (status == 0 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0) {
		fflush(NULL);
		pid = fork();
		if (pid == 0) {
			close(fds[1]);
			child(file, words, fds[0]);
		}
		status = pid < 0 ? -errno : add(v, pid, fds[1], true);
		close(fds[0]);
		if (status != 0)
			close(fds[1]);
	} else if (status == 0) {
		status = -errno;
	}
	free(text);
	return status;
}

int victim_grab(struct victims *v, pid_t pid)
{
	if (kill(pid, 0) != 0 && errno != EPERM)
		return -errno;
	return add(v, pid, -1, false);
}

void victim_start(struct victims *v)
{
	for (unsigned i = 0; i < v->n; i++) {
		/* A child that was killed meanwhile is seen by victim_reap; SIGPIPE must not end dtrace for it. */
		if (v->list[i].link >= 0)
			(void)!send(v->list[i].link, "", 1, MSG_NOSIGNAL);
	}
}

unsigned victim_poll(const struct victims *v, struct pollfd *fds, bool *blind)
{
	unsigned n = 0;

	*blind = false;
	for (unsigned i = 0; i < v->n; i++) {
		if (v->list[i].gone)
			continue;
		if (v->list[i].pidfd >= 0)
			fds[n++] = (struct pollfd){ .fd = v->list[i].pidfd, .events = POLLIN };
		else
			*blind = true;
	}
	return n;
}

/* Of a process that is gone: whether it never became the command. */
static bool never_began(struct victim *p)
{
	char byte;
	bool never = p->link >= 0 && recv(p->link, &byte, 1, MSG_DONTWAIT) == 1;

	if (p->link >= 0)
		close(p->link);
	p->link = -1;
	return never;
}

/* Whether the process is gone; a command's status goes to *status, else it is -1. */
static bool is_gone(const struct victim *p, int *status)
{
	*status = -1;
	if (p->is_command)
		return waitpid(p->pid, status, WNOHANG) == p->pid;
	if (p->pidfd >= 0) {
		struct pollfd fd = { .fd = p->pidfd, .events = POLLIN };

		return poll(&fd, 1, 0) > 0;
	}
	return kill(p->pid, 0) != 0 && errno == ESRCH;
}

void victim_reap(struct victims *v, void (*fn)(void *cookie, const char *sentence), void *cookie)
{
	for (unsigned i = 0; i < v->n; i++) {
		struct victim *p = &v->list[i];
		char text[128];
		int status;

		if (p->gone || !is_gone(p, &status))
			continue;
		p->gone = true;
		v->live--;
		if (p->pidfd >= 0)
			close(p->pidfd);
		if (never_began(p)) {
			v->failed = true;
			continue;
		}
		if (status != -1 && WIFSIGNALED(status))
			snprintf(text, sizeof text, "pid %d terminated by signal %d (%s)", (int)p->pid,
				 WTERMSIG(status), strsignal(WTERMSIG(status)));
		else if (status != -1 && WEXITSTATUS(status) != 0)
			snprintf(text, sizeof text, "pid %d exited with status %d", (int)p->pid, WEXITSTATUS(status));
		else
			snprintf(text, sizeof text, "pid %d has exited", (int)p->pid);
		fn(cookie, text);
	}
}

void victim_release(struct victims *v)
{
	for (unsigned i = 0; i < v->n; i++) {
		struct victim *p = &v->list[i];

		if (p->gone)
			continue;
		if (p->is_command) {
			kill(p->pid, SIGKILL);
			waitpid(p->pid, NULL, 0);
		}
		if (p->link >= 0)
			close(p->link);
		if (p->pidfd >= 0)
			close(p->pidfd);
		p->gone = true;
	}
}

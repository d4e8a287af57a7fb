/* pty COMMAND...: runs COMMAND on a terminal of 24 lines and 80 columns and types what standard input says:
 *   send TEXT     TEXT with \r \n \e \\ \xHH
 *   expect TEXT   wait until the terminal has shown TEXT since the last expect; 10 s
 *   quiet         wait until it has shown something and then nothing for a quarter of a second
 *   hangup        close the terminal
 * At the end of the input it waits for COMMAND. All that the terminal was sent goes to standard output.
 * Ends with the status of COMMAND, 128 + signal, or 99 if something expected did not come. */
#define _GNU_SOURCE
#include <err.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char seen[1 << 20];
static size_t seen_len, seen_from;
static int master;

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0: the terminal is closed on the other side */
static int take(int timeout)
{
	struct pollfd p = { .fd = master, .events = POLLIN };
	ssize_t n;

	if (poll(&p, 1, timeout) <= 0)
		return 1;
	if (seen_len == sizeof seen)
		errx(99, "too much output");
	n = read(master, seen + seen_len, sizeof seen - seen_len);
	if (n <= 0)
		return 0;
	seen_len += (size_t)n;
	return 1;
}

static size_t unescape(char *s)
{
	char *d = s, *start = s, hex[3] = "";

	for (; *s; s++) {
		if (*s != '\\' || !s[1]) {
			*d++ = *s;
			continue;
		}
		switch (*++s) {
		case 'r': *d++ = '\r'; break;
		case 'n': *d++ = '\n'; break;
		case 'e': *d++ = 27; break;
		case 'x':
			if (!s[1] || !s[2])
				errx(2, "bad \\x");
			memcpy(hex, s + 1, 2);
			*d++ = (char)strtoul(hex, 0, 16);
			s += 2;
			break;
		default: *d++ = *s;
		}
	}
	return (size_t)(d - start);
}

static void give_up(pid_t pid, const char *what)
{
	fwrite(seen, 1, seen_len, stdout);
	fflush(stdout);
	kill(pid, SIGKILL);
	errx(99, "did not come: %s", what);
}

static void expect(pid_t pid, const char *text, size_t len)
{
	long end = now_ms() + 10000;
	char *hit;

	while (!(hit = memmem(seen + seen_from, seen_len - seen_from, text, len)))
		if (!take(200) || now_ms() > end)
			give_up(pid, text);
	seen_from = (size_t)(hit - seen) + len;
}

static void quiet(pid_t pid)
{
	long end = now_ms() + 10000;
	size_t before;

	do {
		before = seen_len;
		if (!take(250) || now_ms() > end)
			give_up(pid, "silence");
	} while (!before || seen_len != before);
}

int main(int argc, char **argv)
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	char line[4096];
	long end;
	int status;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = forkpty(&master, 0, 0, &ws);
	if (pid < 0)
		err(1, "forkpty");
	if (!pid) {
		execv(argv[1], argv + 1);
		err(127, "%s", argv[1]);
	}
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = 0;
		if (!strncmp(line, "send ", 5)) {
			size_t n = unescape(line + 5);

			if (write(master, line + 5, n) != (ssize_t)n)
				err(1, "write");
		} else if (!strncmp(line, "expect ", 7)) {
			size_t n = unescape(line + 7);

			line[7 + n] = 0;
			expect(pid, line + 7, n);
		} else if (!strcmp(line, "quiet")) {
			quiet(pid);
		} else if (!strcmp(line, "hangup")) {
			break;
		} else {
			errx(2, "do not understand: %s", line);
		}
	}
	if (!strcmp(line, "hangup"))
		close(master);
	else
		for (end = now_ms() + 10000; take(200);)
			if (now_ms() > end && !waitpid(pid, &status, WNOHANG))
				give_up(pid, "end of the program");
	if (waitpid(pid, &status, 0) != pid)
		err(1, "waitpid");
	fwrite(seen, 1, seen_len, stdout);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

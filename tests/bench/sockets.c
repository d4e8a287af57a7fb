/* SPDX-License-Identifier: GPL-2.0-only
 * sockets CONNECTIONS [SECONDS]: holds that many TCP connections over the loopback device, both ends of
 * each, so twice as many sockets; for measuring netstat and its peers. Run it in a network namespace of its own
 * with `lo` up. It prints "ready" when all stand, and ends when its time is over (600 s) or standard
 * input ends. Where the limit of open files is lower than what is asked, children share the work.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Each listener has an address of its own, and takes fewer connections than there are ephemeral ports. */
#define PER_LISTENER 20000
#define SPARE_FILES 100

static void die(const char *what)
{
	fprintf(stderr, "sockets: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int listener(struct sockaddr_in *a)
{
	static unsigned n;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	*a = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(3306) };
	a->sin_addr.s_addr = htonl(INADDR_LOOPBACK + n++ + (unsigned)getpid() * 256);
	if (fd < 0 || bind(fd, (struct sockaddr *)a, sizeof(*a)) < 0 || listen(fd, 128) < 0)
		die("cannot listen");
	return fd;
}

static void connect_all(unsigned long connections)
{
	struct sockaddr_in at;
	int from = -1;

	for (unsigned long i = 0; i < connections; i++) {
		if (i % PER_LISTENER == 0)
			from = listener(&at);
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)) < 0 || accept(from, NULL, NULL) < 0)
			die("cannot connect");
	}
}

int main(int argc, char **argv)
{
	unsigned long connections = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
	unsigned long seconds = argc > 2 ? strtoul(argv[2], NULL, 10) : 600;
	struct rlimit files;
	char byte;

	if (connections == 0 || connections > 1000000 || seconds > 1000000) {
		fprintf(stderr, "usage: sockets CONNECTIONS [SECONDS]\n");
		return 2;
	}
	if (getrlimit(RLIMIT_NOFILE, &files) < 0)
		die("cannot read the limit of open files");
	files.rlim_cur = connections * 2 + SPARE_FILES;
	if (files.rlim_cur > files.rlim_max) {
		struct rlimit more = { files.rlim_cur, files.rlim_cur };

		if (setrlimit(RLIMIT_NOFILE, &more) < 0)
			files.rlim_cur = files.rlim_max;
		else
			files = more;
	}
	if (setrlimit(RLIMIT_NOFILE, &files) < 0)
		die("cannot raise the limit of open files");
	unsigned long share = (files.rlim_cur - SPARE_FILES) / 2;

	while (connections > share) {
		int ready[2];

		if (pipe(ready) < 0)
			die("cannot make a pipe");
		pid_t pid = fork();

		if (pid < 0)
			die("cannot make a process");
		if (pid == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			connect_all(share);
			if (write(ready[1], "", 1) != 1)
				die("cannot tell that the sockets stand");
			pause();
			_exit(0);
		}
		close(ready[1]);
		if (read(ready[0], &byte, 1) != 1)
			return 1; /* the child said why */
		close(ready[0]);
		connections -= share;
	}
	connect_all(connections);
	puts("ready");
	fflush(stdout);

	struct pollfd in = { .fd = 0, .events = POLLIN };

	while (poll(&in, 1, (int)seconds * 1000) > 0 && read(0, &byte, 1) > 0)
		;
	return 0;
}

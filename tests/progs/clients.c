/*
 * The service of scenario 2: opens more and more connections to MySQL.
 *
 * clients connect ADDRESS N   opens N connections to port 3306 there, as soon as there is a network, and keeps them
 * clients serve               takes all that come
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void leave(int sig)
{
	(void)sig;
	_exit(0);
}

static int fail(const char *what)
{
	fprintf(stderr, "clients: %s: %s\n", what, strerror(errno));
	return 1;
}

static int serve(struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	a->sin_addr.s_addr = htonl(INADDR_ANY);
	if (fd < 0 || bind(fd, (struct sockaddr *)a, sizeof(*a)) < 0 || listen(fd, 4096) < 0)
		return fail("cannot listen");
	while (accept(fd, NULL, NULL) >= 0)
		;
	return fail("cannot accept");
}

static int connect_all(struct sockaddr_in *a, const char *address, long n)
{
	if (inet_pton(AF_INET, address, &a->sin_addr) != 1)
		return fail(address);
	for (long i = 0; i < n; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		if (fd < 0)
			return fail("no socket");
		while (connect(fd, (struct sockaddr *)a, sizeof(*a)) < 0)
			usleep(50000);
	}
	puts("ready");
	fflush(stdout);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(3306) };
	/* The first process of a pid namespace gets no signal that it has no handler for. */
	signal(SIGTERM, leave);
	if (argc == 2 && strcmp(argv[1], "serve") == 0)
		return serve(&a);
	if (argc == 4 && strcmp(argv[1], "connect") == 0)
		return connect_all(&a, argv[2], strtol(argv[3], NULL, 10));
	fputs("usage: clients connect ADDRESS N | clients serve\n", stderr);
	return 2;
}

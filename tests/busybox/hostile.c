/* A process whose names are meant to harm the one who looks at them. Prints "ready PORT" when everything is
 * in place, then sleeps. argv is the caller's to choose.
 *
 *   -c COMM  -o FILE (held open)  -m FILE (mapped)  -u PATH  -a NAME (listening AF_UNIX sockets, NAME abstract;
 *   \0 in NAME is written %)  -t (a listening TCP socket) */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void listen_unix(const char *name, int abstract)
{
	struct sockaddr_un sun = { .sun_family = AF_UNIX };
	size_t len = strlen(name), i;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (len + 2 > sizeof sun.sun_path)
		errx(2, "name too long");
	memcpy(sun.sun_path + abstract, name, len);
	for (i = 0; abstract && i <= len; i++)
		if (sun.sun_path[i] == '%')
			sun.sun_path[i] = 0;
	if (fd < 0 || bind(fd, (void *)&sun, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len + 1)) || listen(fd, 1))
		err(1, "AF_UNIX");
}

static void map_file(const char *name)
{
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, 4096) || mmap(0, 4096, PROT_READ, MAP_PRIVATE, fd, 0) == MAP_FAILED)
		err(1, "map");
	close(fd);
}

static int listen_tcp(void)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	socklen_t len = sizeof sin;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (void *)&sin, len) || listen(fd, 1) || getsockname(fd, (void *)&sin, &len))
		err(1, "AF_INET");
	return ntohs(sin.sin_port);
}

int main(int argc, char **argv)
{
	int opt, port = 0;

	while ((opt = getopt(argc, argv, "c:o:m:u:a:t")) != -1) {
		switch (opt) {
		case 'c':
			if (prctl(PR_SET_NAME, optarg))
				err(1, "PR_SET_NAME");
			break;
		case 'o':
			if (open(optarg, O_RDWR | O_CREAT, 0600) < 0)
				err(1, "open");
			break;
		case 'm': map_file(optarg); break;
		case 'u': listen_unix(optarg, 0); break;
		case 'a': listen_unix(optarg, 1); break;
		case 't': port = listen_tcp(); break;
		default: return 2;
		}
	}
	printf("ready %d\n", port);
	fflush(stdout);
	for (;;)
		pause();
}

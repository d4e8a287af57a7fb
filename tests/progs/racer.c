/*
 * racer DIR LINK: swaps the names DIR and LINK (a directory and a symbolic
 * link) as fast as the kernel allows, until SIGTERM; then prints how often it
 * succeeded. An injector that looks DIR up twice meets the link sooner or later.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE (1 << 1)
#endif

static volatile sig_atomic_t stop;

static void on_term(int sig)
{
	(void)sig;
	stop = 1;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: racer DIR LINK\n", stderr);
		return 2;
	}
	struct sigaction action = { .sa_handler = on_term };
	sigaction(SIGTERM, &action, NULL);

	unsigned long swaps = 0, busy = 0;
	while (!stop) {
		if (syscall(SYS_renameat2, AT_FDCWD, argv[1], AT_FDCWD, argv[2], RENAME_EXCHANGE) == 0) {
			swaps++;
		} else if (errno == EBUSY) {
			/* Something is mounted there now; a mount point keeps its name. */
			busy++;
			usleep(100);
		} else {
			fprintf(stderr, "racer: %s: %s\n", argv[1], strerror(errno));
			return 1;
		}
	}
	printf("%lu swaps, %lu times busy\n", swaps, busy);
	return 0;
}

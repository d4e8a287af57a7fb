/*
 * standing FILE THREADS: what stack tools are tried on. Threads that sleep ten calls deep, and one that looks at the
 * clock without end and keeps in FILE (8 bytes, microseconds) the longest time that passed between two looks: how
 * long the process stood still. Whoever writes 0 there begins anew. Prints "ready".
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

__attribute__((noinline)) static int descend(int n)
{
	volatile char room[64];

	room[0] = (char)n;
	if (n == 0)
		pause();
	else
		room[1] = (char)descend(n - 1);
	return room[0] + 1;
}

static void *sleeper(void *arg)
{
	for (;;)
		if (descend(10) == 1000)
			return arg;
}

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

int main(int argc, char **argv)
{
	int threads = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	pthread_attr_t small;
	pthread_t t;

	if (threads < 1) {
		fputs("usage: standing FILE THREADS\n", stderr);
		return 2;
	}
	int fd = open(argv[1], O_RDWR | O_CREAT, 0600);
	if (fd < 0 || ftruncate(fd, 8) < 0) {
		perror(argv[1]);
		return 1;
	}
	volatile uint64_t *longest = mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (longest == MAP_FAILED) {
		perror("standing: mmap");
		return 1;
	}
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, 65536);
	for (int i = 0; i < threads; i++)
		if (pthread_create(&t, &small, sleeper, NULL) != 0) {
			fprintf(stderr, "standing: only %d threads\n", i);
			return 1;
		}
	sleep(1);
	puts("ready");
	fflush(stdout);
	for (uint64_t last = now_us();;) {
		uint64_t now = now_us();

		if (now - last > *longest)
			*longest = now - last;
		last = now;
	}
}

/* many N: a process with N threads that wait, until it gets SIGTERM. Prints its pid when all are there. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *wait_forever(void *arg)
{
	for (;;)
		pause();
	return arg;
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 100;
	pthread_attr_t attr;
	pthread_t t;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 16384);
	for (long i = 0; i < n; i++) {
		if (pthread_create(&t, &attr, wait_forever, NULL)) {
			fprintf(stderr, "many: no more than %ld threads here\n", i);
			return 1;
		}
	}
	printf("%d\n", (int)getpid());
	fflush(stdout);
	wait_forever(NULL);
	return 0;
}

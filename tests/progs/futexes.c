/* futexes THREADS N: THREADS threads that each pass one baton on to the next, N times round: all wait in futex(2), one
 * at a time is woken. For tests/bench/strace. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WAIT 0 /* linux/futex.h */
#define WAKE 1

static atomic_int baton[1024];
static long threads, rounds;

static void *pass_on(void *arg)
{
	long self = (long)arg, next = (self + 1) % threads;

	for (long i = 0; i < rounds; i++) {
		while (!atomic_load(&baton[self]))
			syscall(SYS_futex, &baton[self], WAIT, 0, NULL, NULL, 0);
		atomic_store(&baton[self], 0);
		atomic_store(&baton[next], 1);
		syscall(SYS_futex, &baton[next], WAKE, 1, NULL, NULL, 0);
	}
	return NULL;
}

int main(int argc, char **argv)
{
	static pthread_t t[1024];

	threads = argc > 1 ? strtol(argv[1], NULL, 10) : 100;
	rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 10;
	if (threads < 1 || threads > 1024)
		return 2;
	for (long i = 0; i < threads; i++)
		if (pthread_create(&t[i], NULL, pass_on, (void *)i))
			return 1;
	atomic_store(&baton[0], 1);
	syscall(SYS_futex, &baton[0], WAKE, 1, NULL, NULL, 0);
	for (long i = 0; i < threads; i++)
		pthread_join(t[i], NULL);
	return 0;
}

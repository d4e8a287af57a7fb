/* SPDX-License-Identifier: GPL-2.0-only
 * calls [getppid|pair]: nanoseconds that a system call takes when nobody disturbs: of 101 stretches of 4000 calls of getppid on one
 * processor the tenth fastest, printed as one number. `pair` alternates getppid and getuid, so that half of the calls are of another kind.
 */
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define STRETCHES 101
#define CALLS	  4000

static double now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int order(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	long other = argc > 1 && strcmp(argv[1], "pair") == 0 ? SYS_getuid : SYS_getppid;
	double took[STRETCHES];
	cpu_set_t one;

	/* Where the tracer is not: the last processor we may use. */
	if (sched_getaffinity(0, sizeof(one), &one) == 0) {
		int last = 0;

		for (int i = 0; i < CPU_SETSIZE; i++)
			if (CPU_ISSET(i, &one))
				last = i;
		CPU_ZERO(&one);
		CPU_SET(last, &one);
		sched_setaffinity(0, sizeof(one), &one);
	}
	for (int i = 0; i < STRETCHES; i++) {
		double start = now_ns();

		for (int n = 0; n < CALLS; n += 2) {
			syscall(SYS_getppid);
			syscall(other);
		}
		took[i] = (now_ns() - start) / CALLS;
	}
	qsort(took, STRETCHES, sizeof(*took), order);
	printf("%.1f\n", took[STRETCHES / 10]);
	return 0;
}

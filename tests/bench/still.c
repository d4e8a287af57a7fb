/*
 * still ROUNDS FILE: runs commands side by side, and says of each how long it takes and how long the program that
 * keeps FILE (standing.c) stood still meanwhile.
 *
 * Standard input has one case a line, LABEL|COMMAND, split at blanks. Every round runs each case once, in the order
 * given. Prints medians, the median of the ratio of times to the first case of the same round, and of the longest
 * stand-still, with its least and most.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CASES = 16, MAX_ARGS = 64 };

struct tried {
	char *label, *words, *argv[MAX_ARGS];
	double *ms, *ratio, *still;
};

static void die(const char *what)
{
	fprintf(stderr, "still: %s: %s\n", what, strerror(errno));
	exit(1);
}

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), by_size);
	return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

static void parse(struct tried *c, char *line)
{
	char *command = strchr(line, '|');
	int n = 0;

	if (!command) {
		fprintf(stderr, "still: not LABEL|COMMAND: %s\n", line);
		exit(2);
	}
	*command++ = '\0';
	c->label = strdup(line);
	c->words = strdup(command);
	if (!c->label || !c->words)
		die("strdup");
	/* A word in quotes is one argument. */
	for (char *w = c->words; *w && n < MAX_ARGS - 1;) {
		w += strspn(w, " \n");
		char end = *w == '"' ? *w++ : ' ';
		if (!*w)
			break;
		c->argv[n++] = w;
		w += strcspn(w, end == '"' ? "\"" : " \n");
		if (*w)
			*w++ = '\0';
	}
}

static double run(const struct tried *c)
{
	double start = now_ms();
	pid_t pid = fork();
	int status;

	if (pid < 0)
		die("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0)
			dup2(null, STDERR_FILENO);
		execvp(c->argv[0], c->argv);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) < 0)
		die("waitpid");
	if (status != 0) {
		fprintf(stderr, "still: %s: the command failed (status %x)\n", c->label, (unsigned)status);
		exit(1);
	}
	return now_ms() - start;
}

int main(int argc, char **argv)
{
	static struct tried cases[MAX_CASES];
	int n = 0, rounds = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;
	char *line = NULL;
	size_t size = 0;

	if (rounds < 1) {
		fputs("usage: still ROUNDS FILE <cases\n", stderr);
		return 2;
	}
	int fd = open(argv[2], O_RDWR);
	volatile uint64_t *longest = fd < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (longest == MAP_FAILED)
		die(argv[2]);
	while (n < MAX_CASES && getline(&line, &size, stdin) > 0)
		if (*line != '\n')
			parse(&cases[n++], line);
	for (int i = 0; i < n; i++) {
		cases[i].ms = calloc((size_t)rounds, sizeof(double));
		cases[i].ratio = calloc((size_t)rounds, sizeof(double));
		cases[i].still = calloc((size_t)rounds, sizeof(double));
		if (!cases[i].ms || !cases[i].ratio || !cases[i].still)
			die("calloc");
	}
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++) {
			usleep(50000);
			*longest = 0;
			cases[i].ms[r] = run(&cases[i]);
			/* The first look after it counts as well. */
			usleep(10000);
			cases[i].still[r] = (double)*longest / 1e3;
			cases[i].ratio[r] = cases[i].ms[r] / cases[0].ms[r];
		}
	printf("%-34s %10s %8s %14s %8s %8s\n", "", "median ms", "ratio", "stood still ms", "least", "most");
	for (int i = 0; i < n; i++) {
		double still = median(cases[i].still, rounds);

		printf("%-34s %10.1f %8.3f %14.1f %8.1f %8.1f\n", cases[i].label, median(cases[i].ms, rounds),
		       median(cases[i].ratio, rounds), still, cases[i].still[0], cases[i].still[rounds - 1]);
	}
	return 0;
}

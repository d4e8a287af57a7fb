/*
 * timeit ROUNDS: times commands side by side.
 *
 * Standard input has one case a line, `LABEL|BEFORE|COMMAND`: BEFORE is given to
 * /bin/sh and not timed (it may be empty), COMMAND is split at blanks and executed
 * directly. Every round runs each case once, in the order given, so that a slow
 * moment of the machine meets all of them. Time is that of fork, exec and wait.
 *
 * Prints for each case the median, least and most of the wall time, the median of
 * its ratio to the first case within the same round, and the largest resident set.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_CASES 16
#define MAX_ARGS 1024

struct timed {
	char *label, *before, *words, *argv[MAX_ARGS];
	double *ms, *ratio;
	long rss_kb;
};

static void die(const char *what)
{
	fprintf(stderr, "timeit: %s: %s\n", what, strerror(errno));
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

static void parse(struct timed *c, char *line)
{
	char *rest = strchr(line, '|');
	char *command = rest ? strchr(rest + 1, '|') : NULL;
	if (!command) {
		fprintf(stderr, "timeit: not LABEL|BEFORE|COMMAND: %s\n", line);
		exit(2);
	}
	*rest++ = '\0';
	*command++ = '\0';
	c->label = strdup(line);
	c->before = strdup(rest);
	int n = 0;
	c->words = strdup(command);
	if (!c->label || !c->before || !c->words)
		die("strdup");
	for (char *w = strtok(c->words, " \n"); w && n < MAX_ARGS - 1; w = strtok(NULL, " \n"))
		c->argv[n++] = w;
	if (n == 0) {
		fprintf(stderr, "timeit: %s: no command\n", c->label);
		exit(2);
	}
}

static double run(struct timed *c)
{
	if (*c->before && system(c->before) != 0) {
		fprintf(stderr, "timeit: %s: failed before the case: %s\n", c->label, c->before);
		exit(1);
	}
	double start = now_ms();
	pid_t pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		if (null >= 0)
			dup2(null, STDOUT_FILENO);
		execvp(c->argv[0], c->argv);
		_exit(127);
	}
	int status;
	struct rusage usage;
	if (wait4(pid, &status, 0, &usage) < 0)
		die("wait4");
	double took = now_ms() - start;
	if (status != 0) {
		fprintf(stderr, "timeit: %s: the command failed (status %d)\n", c->label,
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		exit(1);
	}
	if (usage.ru_maxrss > c->rss_kb)
		c->rss_kb = usage.ru_maxrss;
	return took;
}

int main(int argc, char **argv)
{
	static struct timed cases[MAX_CASES];
	int n = 0, rounds = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;
	if (rounds < 1) {
		fputs("usage: timeit ROUNDS <cases\n", stderr);
		return 2;
	}
	char *line = NULL;
	size_t size = 0;
	while (n < MAX_CASES && getline(&line, &size, stdin) > 0)
		if (*line != '\n')
			parse(&cases[n++], line);
	for (int i = 0; i < n; i++) {
		cases[i].ms = calloc((size_t)rounds, sizeof(double));
		cases[i].ratio = calloc((size_t)rounds, sizeof(double));
		if (!cases[i].ms || !cases[i].ratio)
			die("calloc");
	}
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++) {
			cases[i].ms[r] = run(&cases[i]);
			cases[i].ratio[r] = cases[i].ms[r] / cases[0].ms[r];
		}
	printf("%-44s %10s %10s %10s %8s %8s\n", "", "median ms", "least", "most", "ratio", "RSS KB");
	for (int i = 0; i < n; i++) {
		double m = median(cases[i].ms, rounds);
		printf("%-44s %10.3f %10.3f %10.3f %8.2f %8ld\n", cases[i].label, m, cases[i].ms[0],
		       cases[i].ms[rounds - 1], median(cases[i].ratio, rounds), cases[i].rss_kb);
	}
	return 0;
}

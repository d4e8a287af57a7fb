/*
 * sampled ROUNDS SAMPLES: what one sample of an interval tool costs, tools side by side.
 *
 * Standard input has one case a line, `LABEL|COMMAND`: COMMAND is split at blanks and executed directly; the
 * word %N in it is the number of reports. In each round all cases run at the same time, first for one report
 * and then for SAMPLES more: the difference of their CPU time, divided by SAMPLES, is one sample without the
 * start of the program. The time between two samples is the tools' own business, and not measured. Standard
 * output is a pipe that is read to the end: what a tool saves by writing seldom does not show on /dev/null.
 *
 * Prints for each case the median, least and most in microseconds of CPU, and the median of its ratio to the
 * first case of the same round.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_CASES 16
#define MAX_ARGS 32

struct sampled {
	char *label, *words, *argv[MAX_ARGS];
	int at; /* of %N in argv */
	char number[16]; /* what stands there */
	pid_t pid, reader;
	double cpu_us, *us, *ratio;
};

static void die(const char *what)
{
	fprintf(stderr, "sampled: %s: %s\n", what, strerror(errno));
	exit(1);
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

static void parse(struct sampled *c, const char *line)
{
	const char *command = strchr(line, '|');
	int n = 0;
	if (!command) {
		fprintf(stderr, "sampled: not LABEL|COMMAND: %s\n", line);
		exit(2);
	}
	c->label = strndup(line, (size_t)(command - line));
	c->words = strdup(command + 1);
	if (!c->label || !c->words)
		die("strdup");
	c->at = -1;
	for (char *w = strtok(c->words, " \n"); w && n < MAX_ARGS - 1; w = strtok(NULL, " \n")) {
		if (strcmp(w, "%N") == 0)
			c->at = n;
		c->argv[n++] = w;
	}
	if (n == 0 || c->at < 0) {
		fprintf(stderr, "sampled: %s: no command, or no %%N in it\n", c->label);
		exit(2);
	}
}

static void drain(int fd)
{
	static char buf[1 << 16];
	while (read(fd, buf, sizeof(buf)) > 0)
		;
	_exit(0);
}

static void start(struct sampled *c, int reports)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		die("pipe");
	c->reader = fork();
	if (c->reader < 0)
		die("fork");
	if (c->reader == 0) {
		close(ends[1]);
		drain(ends[0]);
	}
	snprintf(c->number, sizeof(c->number), "%d", reports);
	c->argv[c->at] = c->number;
	c->pid = fork();
	if (c->pid < 0)
		die("fork");
	if (c->pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execvp(c->argv[0], c->argv);
		_exit(127);
	}
	close(ends[0]);
	close(ends[1]);
}

static double finish(struct sampled *c)
{
	struct rusage usage;
	int status;
	if (wait4(c->pid, &status, 0, &usage) < 0 || waitpid(c->reader, NULL, 0) < 0)
		die("wait4");
	if (status != 0) {
		fprintf(stderr, "sampled: %s: the command failed (status %d)\n", c->label,
			WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
		exit(1);
	}
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static void round_of(struct sampled *cases, int n, int r, int samples)
{
	for (int i = 0; i < n; i++)
		start(&cases[i], 1);
	for (int i = 0; i < n; i++)
		cases[i].cpu_us = finish(&cases[i]);
	for (int i = 0; i < n; i++)
		start(&cases[i], samples + 1);
	for (int i = 0; i < n; i++)
		cases[i].us[r] = (finish(&cases[i]) - cases[i].cpu_us) / samples;
	for (int i = 0; i < n; i++)
		cases[i].ratio[r] = cases[i].us[r] / cases[0].us[r];
}

int main(int argc, char **argv)
{
	static struct sampled cases[MAX_CASES];
	int rounds = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0, n = 0;
	int samples = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (rounds < 1 || samples < 1) {
		fputs("usage: sampled ROUNDS SAMPLES <cases\n", stderr);
		return 2;
	}
	char *line = NULL;
	size_t size = 0;
	while (n < MAX_CASES && getline(&line, &size, stdin) > 0)
		if (*line != '\n')
			parse(&cases[n++], line);
	free(line);
	for (int i = 0; i < n; i++) {
		cases[i].us = calloc((size_t)rounds, sizeof(double));
		cases[i].ratio = calloc((size_t)rounds, sizeof(double));
		if (!cases[i].us || !cases[i].ratio)
			die("calloc");
	}
	for (int r = 0; r < rounds; r++)
		round_of(cases, n, r, samples);
	printf("%-44s %10s %10s %10s %8s\n", "", "median us", "least", "most", "ratio");
	for (int i = 0; i < n; i++) {
		double m = median(cases[i].us, rounds);
		printf("%-44s %10.0f %10.0f %10.0f %8.2f\n", cases[i].label, m, cases[i].us[0], cases[i].us[rounds - 1],
		       median(cases[i].ratio, rounds));
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0-only
/*
 * dispatch [ROUNDS]: what the fixed programs of dtrace add to a system call, in nanoseconds. Each way of tracing is measured right
 * behind a bare call, on one CPU; what is printed is the median over the rounds of the difference, since the machine is rarely alone. Needs root. Exit 0, 1, 2 wrong usage.
 */
#include "bpf/kern/state.h"
#include "tests/bpf/fixed.h"

#include <bpf/bpf.h>

#include <err.h>
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define CALLS	   20000
#define ROUNDS_MAX 1000

enum which { ALL_CALLS, THIS_CALL, OTHER_CALL };

static const struct way {
	const char *name;
	bool enter, exit;
	const char *leaf; /* NULL: the empty raw tracepoint */
	enum which which;
	bool out_of_scope, by_cgroup;
	uint32_t needs;
} ways[] = {
	{ "empty raw_tp, entry", true, false, NULL, ALL_CALLS, false, false, 0 },
	{ "empty raw_tp, pair", true, true, NULL, ALL_CALLS, false, false, 0 },
	{ "dispatcher and empty leaf, entry", true, false, "leaf_empty", ALL_CALLS, false, false, 0 },
	{ "dispatcher and empty leaf, pair", true, true, "leaf_empty", ALL_CALLS, false, false, 0 },
	{ "with arguments, entry", true, false, "leaf_empty", ALL_CALLS, false, false, NEED_ARGS },
	{ "with pid, entry", true, false, "leaf_empty", ALL_CALLS, false, false, NEED_PID },
	{ "with execname, entry", true, false, "leaf_empty", ALL_CALLS, false, false, NEED_EXECNAME },
	{ "count by execname, pid, probe; entry", true, false, "leaf_count", ALL_CALLS, false, false, NEED_EXECNAME | NEED_PID },
	{ "count by execname, pid, probe; pair", true, true, "leaf_count", ALL_CALLS, false, false, NEED_EXECNAME | NEED_PID },
	{ "another call than the one traced, entry", true, false, "leaf_count", OTHER_CALL, false, false, NEED_EXECNAME | NEED_PID },
	{ "neighbour, by pid namespace, entry", true, false, "leaf_count", ALL_CALLS, true, false, NEED_EXECNAME | NEED_PID },
	{ "neighbour, by pid namespace, pair", true, true, "leaf_count", ALL_CALLS, true, false, NEED_EXECNAME | NEED_PID },
	{ "neighbour, by cgroup 2, entry", true, false, "leaf_count", ALL_CALLS, true, true, NEED_EXECNAME | NEED_PID },
	{ "neighbour, by cgroup 2, pair", true, true, "leaf_count", ALL_CALLS, true, true, NEED_EXECNAME | NEED_PID },
};
#define WAYS (sizeof(ways) / sizeof(ways[0]))

static struct loaded {
	struct bpf_object *fixed, *leaf[2];
	struct bpf_program *program[2];
} loaded[WAYS];

/* Nanoseconds of this thread on its CPU for each call; the least of a few, since what others do there only adds. */
static double one_run(void)
{
	struct timespec a, b;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	for (int i = 0; i < CALLS; i++)
		syscall(SYS_close, -1);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return ((double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec)) / CALLS;
}

static double calls_ns(void)
{
	double least = one_run();

	for (int i = 0; i < 4; i++) {
		double ns = one_run();

		least = ns < least ? ns : least;
	}
	return least;
}

static void load_object(struct bpf_object *o)
{
	int e = bpf_object__load(o);

	if (e)
		errx(1, "BPF programs cannot be loaded: %s: %s", strerror(-e), last_complaint);
}

static void load(const struct way *w, struct loaded *l)
{
	static const char *const fixed[2] = { "sys_enter", "sys_exit" };
	static const char *const empty[2] = { "floor_enter", "floor_exit" };
	struct kern_constants c = { .scratch_slots = 2 };
	struct bpf_program *p;
	struct stat st;

	if (!w->leaf) {
		l->fixed = open_leaf();
		load_object(l->fixed);
		for (int i = 0; i < 2; i++)
			l->program[i] = bpf_object__find_program_by_name(l->fixed, empty[i]);
		return;
	}
	c.scratch_slot[HOOK_SYS_EXIT] = 1;
	/* In scope by the namespace's own number; a neighbour is who is in another one, which the number says that nobody has. */
	if (stat("/proc/self/ns/pid", &st))
		err(1, "/proc/self/ns/pid");
	if (w->by_cgroup) {
		c.scope.cgroup = UINT64_MAX;
		c.scope.cgroup_level = 1;
	} else {
		c.scope.pidns = w->out_of_scope ? 1 : (uint32_t)st.st_ino;
	}
	l->fixed = open_fixed();
	for (p = bpf_object__next_program(l->fixed, NULL); p; p = bpf_object__next_program(l->fixed, p))
		bpf_program__set_autoload(p, strcmp(bpf_program__name(p), fixed[0]) == 0 || strcmp(bpf_program__name(p), fixed[1]) == 0);
	set_constant(l->fixed, &c, sizeof(c));
	bpf_map__set_max_entries(bpf_object__find_map_by_name(l->fixed, "scratch"), 2 * (uint32_t)libbpf_num_possible_cpus());
	bpf_map__set_max_entries(bpf_object__find_map_by_name(l->fixed, "leaves"), 3);
	load_object(l->fixed);
	for (int i = 0; i < 2; i++) {
		uint32_t place[2] = { (uint32_t)i, 2 }, index = (uint32_t)i + 1;
		struct target t = { .probe = { 1000 + index }, .leaf = (uint16_t)index, .needs = w->needs };
		int fd;

		l->program[i] = bpf_object__find_program_by_name(l->fixed, fixed[i]);
		l->leaf[i] = open_leaf();
		set_constant(l->leaf[i], place, sizeof(place));
		if (bpf_map__reuse_fd(bpf_object__find_map_by_name(l->leaf[i], "scratch"),
				      bpf_object__find_map_fd_by_name(l->fixed, "scratch")))
			errx(1, "map scratch cannot be shared");
		load_object(l->leaf[i]);
		fd = bpf_program__fd(bpf_object__find_program_by_name(l->leaf[i], w->leaf));
		if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(l->fixed, "leaves"), &index, &fd, BPF_ANY))
			err(1, "map leaves");
		for (uint32_t nr = 0; nr < KERN_NR_MAX; nr++) {
			uint32_t at = (i ? TARGET_EXIT : TARGET_ENTER) + nr;

			if (w->which == OTHER_CALL && nr != SYS_openat)
				continue;
			if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(l->fixed, "targets"), &at, &t, BPF_ANY))
				err(1, "map targets");
		}
	}
}

static double measure(const struct way *w, struct loaded *l)
{
	struct bpf_link *link[2] = { NULL, NULL };
	double ns;

	for (int i = 0; i < 2; i++) {
		if (!(i ? w->exit : w->enter))
			continue;
		link[i] = bpf_program__attach(l->program[i]);
		if (!link[i])
			err(1, "a raw tracepoint cannot be attached: %s", last_complaint);
	}
	one_run(); /* caches, and the first element of the map */
	ns = calls_ns();
	for (int i = 0; i < 2; i++)
		bpf_link__destroy(link[i]);
	return ns;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	static double added[WAYS][ROUNDS_MAX], bare[ROUNDS_MAX];
	long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 15;
	cpu_set_t cpus;

	if (argc > 2 || rounds < 1 || rounds > ROUNDS_MAX) {
		fprintf(stderr, "usage: dispatch [ROUNDS]\n");
		return 2;
	}
	libbpf_set_print(keep_complaint);
	CPU_ZERO(&cpus);
	CPU_SET(sched_getcpu() < 0 ? 0 : sched_getcpu(), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
	for (size_t w = 0; w < WAYS; w++)
		load(&ways[w], &loaded[w]);
	for (long r = 0; r < rounds; r++) {
		for (size_t w = 0; w < WAYS; w++) {
			bare[r] = calls_ns();
			added[w][r] = measure(&ways[w], &loaded[w]) - bare[r];
		}
	}
	qsort(bare, (size_t)rounds, sizeof(double), compare);
	printf("%-44s %6.0f ns\n", "close(-1), bare", bare[rounds / 2]);
	for (size_t w = 0; w < WAYS; w++) {
		qsort(added[w], (size_t)rounds, sizeof(double), compare);
		printf("%-44s %+6.0f ns\n", ways[w].name, added[w][rounds / 2]);
	}
	return 0;
}

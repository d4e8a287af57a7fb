// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probes of proc, sched and profile in the kernel that runs: the first process of a pid namespace of its own does a known number of
 * things, and the firings of each probe are counted by a leaf of clang's (seen.leaf.bpf.c). A second process outside does some of
 * the same, of which nothing may be seen.
 *
 * Exit: 0 all as expected, 1 not, 77 this kernel or this user cannot.
 */
#include "fixed.h"

#include "bpf/kern/object.h"

#include <bpf/bpf.h>

#include <linux/perf_event.h>

#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN  5
#define KILLED	  2
#define THREADS	  4
#define EXECS	  3
#define EXEC_FAILS 2
#define HANDLED	  6
#define IGNORED	  7
#define WAITED	  3
#define NAPS	  5
#define PERIOD_NS 1003003

/* What the process does. */
static void *thread(void *arg)
{
	return arg;
}

static void handler(int sig)
{
	(void)sig;
}

static void reap(void)
{
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void do_children(void)
{
	for (int i = 0; i < CHILDREN + KILLED; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			if (i < CHILDREN)
				_exit(3);
			for (;;)
				pause();
		}
		if (i >= CHILDREN)
			kill(pid, SIGKILL);
	}
	reap();
}

static void do_execs(void)
{
	for (int i = 0; i < EXECS; i++) {
		if (fork() == 0) {
			execl("/proc/self/exe", "providers", "exit", (char *)NULL);
			_exit(1);
		}
	}
	reap();
	for (int i = 0; i < EXEC_FAILS; i++)
		execl("/no/such/program", "program", (char *)NULL);
}

static void do_signals(void)
{
	struct timespec second = { .tv_sec = 1 };
	sigset_t set;

	signal(SIGUSR1, handler);
	for (int i = 0; i < HANDLED; i++)
		kill(getpid(), SIGUSR1);
	signal(SIGUSR2, SIG_IGN);
	for (int i = 0; i < IGNORED; i++)
		kill(getpid(), SIGUSR2);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (int i = 0; i < WAITED; i++) {
		kill(getpid(), SIGRTMIN);
		sigtimedwait(&set, NULL, &second);
	}
	if (fork() == 0) {
		volatile uintptr_t nowhere = 16;

		*(volatile char *)nowhere = 0;
		_exit(0);
	}
	reap();
}

static void do_all(void)
{
	struct timespec nap = { .tv_nsec = 2000000 };
	pthread_t t[THREADS];

	do_children();
	do_execs();
	for (int i = 0; i < THREADS; i++)
		pthread_create(&t[i], NULL, thread, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(t[i], NULL);
	do_signals();
	for (int i = 0; i < NAPS; i++)
		nanosleep(&nap, NULL);
}

static int inside(void *arg)
{
	int *fd = arg;
	char c;

	if (read(fd[0], &c, 1) == 1) {
		do_all();
		if (write(fd[3], &c, 1) != 1)
			_exit(1);
	}
	if (read(fd[0], &c, 1) == 1)
		for (volatile unsigned long i = 0;; i++) /* until it is killed */
			;
	_exit(0);
}

/* The programs. */
static struct bpf_object *fixed, *leaf_objects[HOOK_COUNT];
static struct bpf_link *links[HOOK_COUNT * 2];
static unsigned nlinks;
static int seen = -1, to_inside;

static void put_leaf(enum kern_hook hook)
{
	uint32_t index = hook + 1, at = TARGET_HOOK + hook;
	struct target t = { .probe = { 1 }, .leaf = (uint16_t)index,
			    .needs = NEED_EXECNAME | NEED_IDS | NEED_ARGS | NEED_PSARGS };
	bool sampled = hook == HOOK_PROFILE;

	leaf_objects[hook] = load_leaf(fixed, sampled ? BPF_PROG_TYPE_PERF_EVENT : BPF_PROG_TYPE_RAW_TRACEPOINT,
				       sampled ? "profile_leaves" : "leaves", index, hook, HOOK_COUNT, &seen);
	if (sampled) {
		uint64_t period = PERIOD_NS;

		if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(fixed, "profiles"), &period, &t, BPF_ANY))
			err(1, "map profiles");
	} else if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(fixed, "targets"), &at, &t, BPF_ANY)) {
		err(1, "map targets");
	}
}

static int perf_event(int cpu)
{
	struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE, .size = sizeof(attr), .config = PERF_COUNT_SW_CPU_CLOCK,
					.sample_period = PERIOD_NS };

	return (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static bool wanted(enum kern_hook hook)
{
	return hook == HOOK_PROFILE || (hook >= HOOK_PROC_EXEC && hook < HOOK_COUNT);
}

static int load(const struct kern_scope *scope)
{
	struct kern_constants c = { .scope = *scope, .scratch_slots = HOOK_COUNT };
	struct bpf_program *p;
	int e;

	for (uint32_t i = 0; i < HOOK_COUNT; i++)
		c.scratch_slot[i] = i;
	fixed = open_fixed();
	for (unsigned i = 0; i < kern_nprograms; i++) {
		p = bpf_object__find_program_by_name(fixed, kern_programs[i].name);
		if (!p)
			errx(1, "the fixed programs: there is no %s", kern_programs[i].name);
		bpf_program__set_autoload(p, wanted(kern_programs[i].hook));
	}
	set_constant(fixed, &c, sizeof(c));
	bpf_map__set_max_entries(bpf_object__find_map_by_name(fixed, "scratch"), HOOK_COUNT * (uint32_t)libbpf_num_possible_cpus());
	bpf_map__set_max_entries(bpf_object__find_map_by_name(fixed, "leaves"), HOOK_COUNT + 1);
	bpf_map__set_max_entries(bpf_object__find_map_by_name(fixed, "profile_leaves"), HOOK_COUNT + 1);
	e = bpf_object__load(fixed);
	if (e == -EPERM || e == -EACCES)
		return CANNOT;
	if (e)
		errx(1, "the fixed programs: cannot be loaded: %s: %s", strerror(-e), last_complaint);
	for (unsigned i = 0; i < kern_nprograms; i++)
		if (wanted(kern_programs[i].hook) && !leaf_objects[kern_programs[i].hook])
			put_leaf(kern_programs[i].hook);
	for (unsigned i = 0; i < kern_nprograms; i++) {
		const struct kern_program *k = &kern_programs[i];

		if (!wanted(k->hook) || k->hook == HOOK_PROFILE)
			continue;
		links[nlinks] = bpf_program__attach(bpf_object__find_program_by_name(fixed, k->name));
		if (!links[nlinks] && errno == ENOENT && k->since)
			printf("skip %s: tracepoint %s came with Linux %s\n", k->name, k->tracepoint, k->since);
		else if (!links[nlinks])
			err(1, "%s: cannot be attached to %s: %s", k->name, k->tracepoint, last_complaint);
		else
			nlinks++;
	}
	return 0;
}

/* Firings of a hook over all processes; the last one of those by `pid` (0: of any). */
static uint64_t count(enum kern_hook hook, uint32_t pid, struct firing *last)
{
	struct seen_key *at = NULL, key, next;
	struct seen s;
	uint64_t n = 0;

	for (; bpf_map_get_next_key(seen, at, &next) == 0; at = &key) {
		key = next;
		if (key.hook != hook || (pid && key.pid != pid) || bpf_map_lookup_elem(seen, &key, &s))
			continue;
		n += s.count;
		*last = s.last;
	}
	return n;
}

static void exactly(const char *name, enum kern_hook hook, uint32_t pid, uint64_t want, struct firing *last)
{
	uint64_t n;

	memset(last, 0, sizeof(*last));
	n = count(hook, pid, last);
	check(n == want, name, "%llu times, seen %llu", (unsigned long long)want, (unsigned long long)n);
}

static void at_least(const char *name, enum kern_hook hook, uint32_t pid, uint64_t want, struct firing *last)
{
	uint64_t n;

	memset(last, 0, sizeof(*last));
	n = count(hook, pid, last);
	check(n >= want, name, "%llu times or more, seen %llu", (unsigned long long)want, (unsigned long long)n);
}

static void judge_proc(void)
{
	struct firing f;
	const struct kern_psinfo *ps = &f.xargs.task.ps;
	const struct kern_lwpsinfo *lwp = &f.xargs.task.lwp;
	const struct kern_siginfo *sig = &f.xargs.task.sig;
	const uint64_t forks = CHILDREN + KILLED + EXECS + 1; /* one faults */

	exactly("proc:::create", HOOK_PROC_CREATE, 1, forks, &f);
	check(f.args[0] - KERN_XARGS_BASE == offsetof(union kern_xargs, task.ps) && ps->pr_pid > 1 && ps->pr_ppid == 1 &&
		      strcmp(ps->pr_fname, "providers") == 0 && strstr(ps->pr_psargs, "providers") && ps->pr_nlwp == 1,
	      "proc:::create: args[0]", "pid %d ppid %d fname %.16s psargs %.80s nlwp %d", ps->pr_pid, ps->pr_ppid, ps->pr_fname, ps->pr_psargs,
	      ps->pr_nlwp);
	exactly("proc:::start", HOOK_PROC_START, 0, forks, &f);
	exactly("proc:::exec", HOOK_PROC_EXEC, 0, EXECS + EXEC_FAILS, &f);
	exactly("proc:::exec of one process", HOOK_PROC_EXEC, 1, EXEC_FAILS, &f);
	check(f.args[0] == KERN_XARGS_BASE && strcmp(f.xargs.text, "/no/such/program") == 0, "proc:::exec: args[0]", "%.80s", f.xargs.text);
	exactly("proc:::exec-success", HOOK_PROC_EXEC_SUCCESS, 0, EXECS, &f);
	check(strcmp(f.execname, "providers") == 0 && strcmp(f.psargs, "providers exit") == 0, "proc:::exec-success: the new program",
	      "execname %.31s psargs %.79s", f.execname, f.psargs);
	exactly("proc:::exec-failure", HOOK_PROC_EXEC_FAILURE, 0, EXEC_FAILS, &f);
	check(f.args[0] == ENOENT, "proc:::exec-failure: args[0]", "%llu", (unsigned long long)f.args[0]);
	exactly("proc:::exit", HOOK_PROC_EXIT, 0, forks, &f);
	exactly("proc:::lwp-exit", HOOK_PROC_LWP_EXIT, 0, forks + THREADS, &f);
	exactly("proc:::lwp-create", HOOK_PROC_LWP_CREATE, 0, THREADS, &f);
	check(lwp->pr_lwpid > 1 && ps->pr_pid == 1 && ps->pr_nlwp >= 2, "proc:::lwp-create: args", "lwp %d of %d, %d", lwp->pr_lwpid,
	      ps->pr_pid, ps->pr_nlwp);
	exactly("proc:::lwp-start", HOOK_PROC_LWP_START, 1, THREADS, &f);
	exactly("proc:::signal-handle", HOOK_PROC_SIGNAL_HANDLE, 1, HANDLED, &f);
	check(f.args[0] == SIGUSR1 && f.args[2] == (uint64_t)(uintptr_t)handler && sig->signo == SIGUSR1 && sig->pid == 1,
	      "proc:::signal-handle: args", "%llu %llx signo %d pid %d", (unsigned long long)f.args[0], (unsigned long long)f.args[2],
	      sig->signo, sig->pid);
	exactly("proc:::signal-clear", HOOK_PROC_SIGNAL_CLEAR, 1, WAITED, &f);
	check(f.args[0] == (uint64_t)SIGRTMIN, "proc:::signal-clear: args[0]", "%llu", (unsigned long long)f.args[0]);
	/* SIGCHLD, which this process does not wait for by a signal, is ignored as well */
	exactly("proc:::signal-discard", HOOK_PROC_SIGNAL_DISCARD, 1, IGNORED, &f);
	check(f.args[2] == SIGUSR2 && ps->pr_pid == 1, "proc:::signal-discard: args", "%llu to %d", (unsigned long long)f.args[2], ps->pr_pid);
	exactly("proc:::signal-send by one process", HOOK_PROC_SIGNAL_SEND, 1, HANDLED + IGNORED + WAITED + KILLED, &f);
	exactly("proc:::fault", HOOK_PROC_FAULT, 0, 1, &f);
	check(f.args[0] == 6 && sig->addr == 16 && sig->signo == SIGSEGV, "proc:::fault: args", "%llu address %llx signal %d",
	      (unsigned long long)f.args[0], (unsigned long long)sig->addr, sig->signo);
}

static void judge_sched(void)
{
	struct firing f;
	const struct kern_lwpsinfo *lwp = &f.xargs.task.lwp;

	at_least("sched:::sleep", HOOK_SCHED_SLEEP, 1, NAPS, &f);
	at_least("sched:::off-cpu", HOOK_SCHED_OFF_CPU, 1, NAPS, &f);
	at_least("sched:::on-cpu", HOOK_SCHED_ON_CPU, 1, NAPS, &f);
	check(f.not_current && strcmp(f.execname, "providers") == 0, "sched:::on-cpu: the next task", "%u %.31s", f.not_current, f.execname);
	at_least("sched:::wakeup", HOOK_SCHED_WAKEUP, 0, NAPS, &f);
	check(lwp->pr_lwpid > 0, "sched:::wakeup: args[0]", "lwp %d", lwp->pr_lwpid);
	at_least("sched:::enqueue", HOOK_SCHED_ENQUEUE, 0, NAPS, &f);
	at_least("sched:::dequeue", HOOK_SCHED_DEQUEUE, 0, NAPS, &f);
	check(f.xargs.task.cpu.cpu_id == (int)f.cpu && f.args[2], "sched:::dequeue: args[2]", "%d", f.xargs.task.cpu.cpu_id);
}

/* A process that ends has no program any more, and shows its comm: exec of /proc/self/exe made that "exe". */
static bool is_ours(const char *name)
{
	return strcmp(name, "providers") == 0 || strcmp(name, "exe") == 0;
}

/* Only processes of the namespace, numbered from 1; where the runner is a stranger, nobody. */
static void judge_strangers(void)
{
	struct seen_key *at = NULL, key, next;
	struct seen s;
	unsigned strangers = 0, hidden = 0;

	for (; bpf_map_get_next_key(seen, at, &next) == 0; at = &key) {
		const char *fname = s.last.xargs.task.ps.pr_fname;

		key = next; /* s is filled in next */
		if (bpf_map_lookup_elem(seen, &key, &s))
			continue;
		if (key.pid == 0 && KERN_NOT_CURRENT(key.hook) && s.last.not_current && !s.last.execname[0] && !s.last.tid)
			hidden++;
		else if (key.pid == 0 || !is_ours(s.last.execname))
			strangers++;
		if (fname[0] && key.hook != HOOK_PROC_EXEC && !is_ours(fname))
			strangers++;
	}
	check(strangers == 0, "no stranger is seen", "%u", strangers);
	check(hidden > 0, "wakers out of scope are hidden", "%u", hidden);
}

/* A process of the namespace computes until it has been sampled. */
static void judge_profile(void)
{
	struct firing f;
	int cpus = libbpf_num_possible_cpus(), n = 0;
	uint64_t had, now = 0;
	time_t until = time(NULL) + 20;
	char c = 0;

	for (int i = 0; i < cpus && i < KERN_CPUS_MAX; i++) {
		int event = perf_event(i);

		if (event < 0)
			continue;
		links[nlinks] = bpf_program__attach_perf_event(bpf_object__find_program_by_name(fixed, "profile"), event);
		if (!links[nlinks])
			err(1, "profile: cannot be attached: %s", last_complaint);
		nlinks++;
		n++;
	}
	had = count(HOOK_PROFILE, 0, &f);
	if (write(to_inside, &c, 1) != 1)
		err(1, "the process of the test");
	memset(&f, 0, sizeof(f));
	while (now < had + 10 && time(NULL) < until) {
		struct timespec nap = { .tv_nsec = 10000000 };

		nanosleep(&nap, NULL);
		now = count(HOOK_PROFILE, 1, &f);
	}
	check(n > 0 && now >= had + 10, "profile: samples of a process that computes", "%d events, %llu samples", n, (unsigned long long)now);
	check(f.pid == 1 && is_ours(f.execname) && (f.args[1] != 0) != (f.args[0] == 1), "profile: arg0, arg1", "pid %u %.31s arg0 %llx arg1 %llx",
	      f.pid, f.execname, (unsigned long long)f.args[0], (unsigned long long)f.args[1]);
}

int main(int argc, char **argv)
{
	static char stack[65536] __attribute__((aligned(16)));
	struct kern_scope scope = { 0 };
	char path[64], c = 0;
	struct stat st;
	int fd[4];
	pid_t pid, stranger;

	if (argc == 2 && strcmp(argv[1], "exit") == 0)
		return 0;
	if (argc == 1) /* so that all processes have this name among their arguments, whatever the path */
		execl("/proc/self/exe", "providers", "run", (char *)NULL);
	(void)argv;
	if (access("/sys/kernel/btf/vmlinux", R_OK) < 0) {
		warn("/sys/kernel/btf/vmlinux: this kernel has no type information to load BPF with (CONFIG_DEBUG_INFO_BTF)");
		return CANNOT;
	}
	libbpf_set_print(keep_complaint);
	if (pipe(fd) || pipe(fd + 2))
		err(1, "pipe");
	pid = clone(inside, stack + sizeof(stack), CLONE_NEWPID | SIGCHLD, fd);
	if (pid < 0) {
		warn("no pid namespace can be made");
		return CANNOT;
	}
	close(fd[0]);
	close(fd[3]);
	snprintf(path, sizeof(path), "/proc/%d/ns/pid", pid);
	if (stat(path, &st))
		err(1, "%s", path);
	to_inside = fd[1];
	scope.pidns = (uint32_t)st.st_ino;
	scope.pid_level = 1;
	if (load(&scope) == CANNOT) {
		warnx("bpf(2): not permitted: run it as root on the host (CAP_BPF and CAP_PERFMON), outside of seccomp");
		return CANNOT;
	}
	stranger = fork();
	if (stranger == 0) {
		do_children();
		_exit(0);
	}
	waitpid(stranger, NULL, 0);
	if (write(fd[1], &c, 1) != 1 || read(fd[2], &c, 1) != 1)
		errx(1, "the process of the test ended early");
	judge_proc();
	judge_sched();
	judge_strangers();
	judge_profile();
	for (unsigned i = 0; i < nlinks; i++)
		bpf_link__destroy(links[i]);
	kill(pid, SIGKILL); /* and with it all of its namespace */
	waitpid(pid, NULL, 0);
	return failures != 0;
}

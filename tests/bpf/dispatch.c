// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fixed programs of dtrace in the kernel that runs, with a leaf of clang's: a process makes a known number of system calls, and
 * exactly these must be seen, with its own pid, name and arguments, through each way of telling a container; a second process, out
 * of the container, makes the same calls, and nothing of it may be seen.
 *
 * Exit: 0 all as expected, 1 not, 77 this kernel or this user cannot.
 */
#include "fixed.h"

#include <bpf/bpf.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS 1000
#define CALL  SYS_getpriority
#define PROBE 4711

/* The programs loaded for a scope, with leaves behind those of two hooks. */
struct loaded {
	struct bpf_object *fixed, *leaf[2];
	struct bpf_link *link[2];
	int seen, drops;
};

static const enum kern_hook hooks[2] = { HOOK_SYS_ENTER, HOOK_SYS_EXIT };
static const char *const all_programs[2][2] = { { "sys_enter", "sys_exit" }, { "sys_enter_light", "sys_exit_light" } };

static void load(struct loaded *l, const struct kern_scope *scope, uint32_t needs, bool light)
{
	struct kern_constants c = { .scope = *scope, .scratch_slots = 2 };
	const char *const *programs = all_programs[light];
	struct bpf_program *p;
	int e;

	c.scratch_slot[HOOK_SYS_EXIT] = 1;
	/* At entry what is wanted is a constant, at return it is the target's to say. */
	c.needs[HOOK_SYS_ENTER] = (struct kern_hook_needs){ .some = needs, .all = needs, .leaf = 1 };
	c.needs[HOOK_SYS_EXIT] = (struct kern_hook_needs){ .some = needs };
	l->fixed = open_fixed();
	bpf_object__for_each_program(p, l->fixed)
		bpf_program__set_autoload(p, strcmp(bpf_program__name(p), programs[0]) == 0 ||
						     strcmp(bpf_program__name(p), programs[1]) == 0);
	set_constant(l->fixed, &c, sizeof(c));
	bpf_map__set_max_entries(bpf_object__find_map_by_name(l->fixed, "scratch"), 2 * (uint32_t)libbpf_num_possible_cpus());
	bpf_map__set_max_entries(bpf_object__find_map_by_name(l->fixed, "leaves"), 3);
	e = bpf_object__load(l->fixed);
	if (e)
		errx(1, "the fixed programs: cannot be loaded: %s: %s", strerror(-e), last_complaint);
	l->drops = bpf_object__find_map_fd_by_name(l->fixed, "drops");
	l->seen = -1;
	for (uint32_t i = 0; i < 2; i++)
		l->leaf[i] = load_leaf(l->fixed, BPF_PROG_TYPE_RAW_TRACEPOINT, "leaves", i + 1, i, 2, &l->seen);
	for (int i = 0; i < 2; i++) {
		struct target t = { .probe = { PROBE }, .leaf = (uint16_t)(i + 1), .needs = needs };
		uint32_t at = (i ? TARGET_EXIT : TARGET_ENTER) + CALL;

		if (bpf_map_update_elem(bpf_object__find_map_fd_by_name(l->fixed, "targets"), &at, &t, BPF_ANY))
			err(1, "map targets");
	}
	for (int i = 0; i < 2; i++) {
		l->link[i] = bpf_program__attach(bpf_object__find_program_by_name(l->fixed, programs[i]));
		if (!l->link[i])
			err(1, "raw tracepoint %s: cannot be attached: %s", programs[i], last_complaint);
	}
}

static void unload(struct loaded *l)
{
	for (int i = 0; i < 2; i++)
		bpf_link__destroy(l->link[i]);
	for (int i = 0; i < 2; i++)
		bpf_object__close(l->leaf[i]);
	bpf_object__close(l->fixed);
}

static uint64_t drops_of(int map)
{
	uint64_t sum = 0;
	int cpus = libbpf_num_possible_cpus();
	uint64_t *n = calloc((size_t)cpus, sizeof(*n));

	for (uint32_t i = 0; n && i < KDROP_COUNT; i++) {
		if (i == KDROP_NR || bpf_map_lookup_elem(map, &i, n))
			continue;
		for (int cpu = 0; cpu < cpus; cpu++)
			sum += n[cpu];
	}
	free(n);
	return sum;
}

/* A process that waits, makes the calls when told, and waits again until it is killed. */
struct caller {
	pid_t pid;
	int to, from;
};

static int calls(void *arg)
{
	int *fd = arg;
	char c;

	prctl(PR_SET_NAME, "renamed");
	while (read(fd[0], &c, 1) == 1) {
		for (int i = 0; i < CALLS; i++)
			syscall(CALL, 20, 7, 30, 40, 50, 60); /* 20: there is no such kind, EINVAL */
		if (write(fd[3], &c, 1) != 1)
			break;
	}
	_exit(0);
}

static struct caller start(int flags, const char *cgroup)
{
	static char stack[65536] __attribute__((aligned(16)));
	struct caller c;
	int fd[4];
	char path[256], text[32];

	if (pipe(fd) || pipe(fd + 2))
		err(1, "pipe");
	c.pid = clone(calls, stack + sizeof(stack), flags | SIGCHLD, fd);
	if (c.pid < 0)
		err(1, "clone");
	close(fd[0]);
	close(fd[3]);
	c.to = fd[1];
	c.from = fd[2];
	if (cgroup) {
		int procs, n = snprintf(text, sizeof(text), "%d", c.pid);

		snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
		procs = open(path, O_WRONLY | O_CLOEXEC);
		if (procs < 0 || write(procs, text, (size_t)n) != n)
			err(1, "%s", path);
		close(procs);
	}
	return c;
}

static void make_calls(const struct caller *c)
{
	char x = 0;

	if (write(c->to, &x, 1) != 1 || read(c->from, &x, 1) != 1)
		err(1, "the process of the test");
}

static void end(const struct caller *c)
{
	kill(c->pid, SIGKILL);
	waitpid(c->pid, NULL, 0);
	close(c->to);
	close(c->from);
}

static unsigned inum(pid_t pid, const char *ns)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, ns);
	if (stat(path, &st))
		err(1, "%s", path);
	return (unsigned)st.st_ino;
}

/* How deep our own pid namespace lies. /proc does not say, if it is mounted within; the fixed programs know whether we are in scope. */
static unsigned own_level(void)
{
	struct run_context none = { 0 };
	LIBBPF_OPTS(bpf_test_run_opts, o, .ctx_in = &none, .ctx_size_in = sizeof(none));

	for (unsigned level = 0; level < 32; level++) {
		struct kern_constants c = { .scope = { .pidns = inum(getpid(), "pid"), .pid_level = level }, .scratch_slots = 1 };
		struct bpf_object *fixed = open_fixed();
		struct bpf_program *p;
		int e;

		if (!fixed)
			err(1, "the fixed programs: cannot be opened: %s", last_complaint);
		bpf_object__for_each_program(p, fixed)
			bpf_program__set_autoload(p, strcmp(bpf_program__name(p), "run") == 0);
		set_constant(fixed, &c, sizeof(c));
		e = bpf_object__load(fixed);
		if (e == -EPERM || e == -EACCES) {
			warnx("bpf(2): not permitted: run it as root on the host (CAP_BPF and CAP_PERFMON), outside of seccomp");
			exit(CANNOT);
		}
		if (e)
			errx(1, "the fixed programs: cannot be loaded: %s: %s", strerror(-e), last_complaint);
		e = bpf_prog_test_run_opts(bpf_program__fd(bpf_object__find_program_by_name(fixed, "run")), &o);
		bpf_object__close(fixed);
		if (e)
			errx(1, "the program run: %s", strerror(-e));
		if (o.retval)
			return level;
	}
	errx(1, "our own pid namespace is not found");
}

static char own_name[64], own_args[KERN_PSARGS], own_cwd[256];

static void look_with(bool light, const char *what, const struct kern_scope *scope, const struct caller *in, const struct caller *out,
		      uint32_t pid)
{
	uint32_t needs = NEED_EXECNAME | NEED_IDS | NEED_UID | NEED_ARGS | NEED_COMM | NEED_VTIME |
			 (light ? NEED_TASK : NEED_PROC | NEED_UREGS | NEED_PSARGS | NEED_ANCESTORS | NEED_CWD);
	struct loaded l = { 0 };
	struct seen_key key, *at = NULL, next;
	struct seen s;
	int others = 0;
	char name[128];

	load(&l, scope, needs, light);
	make_calls(out);
	make_calls(in);
	make_calls(out);
	for (int i = 0; i < 2; i++) {
		key = (struct seen_key){ .pid = pid, .hook = hooks[i], .probe = PROBE };
		memset(&s, 0, sizeof(s));
		bpf_map_lookup_elem(l.seen, &key, &s);
		snprintf(name, sizeof(name), "%s: %s: calls", what, i ? "return" : "entry");
		check(s.count == CALLS, name, "%d made, %llu seen", CALLS, (unsigned long long)s.count);
		snprintf(name, sizeof(name), "%s: %s: task", what, i ? "return" : "entry");
		check(strcmp(s.last.execname, own_name) == 0 && strcmp(s.last.comm, "renamed") == 0 && s.last.tid == pid &&
			      s.last.uid == getuid() && !s.last.compat && s.last.vtime_ns && s.last.task && !s.last.time_ns &&
			      (light || (s.last.nlwp == 1 && strcmp(s.last.psargs, own_args) == 0 && strcmp(s.last.cwd, own_cwd) == 0)),
		      name, "execname %.63s comm %.15s tid %u uid %u nlwp %u psargs %.79s cwd %.255s root %.255s", s.last.execname, s.last.comm,
		      s.last.tid, s.last.uid, s.last.nlwp, s.last.psargs, s.last.cwd, s.last.root);
		snprintf(name, sizeof(name), "%s: %s: arguments", what, i ? "return" : "entry");
		if (i)
			check(s.last.args[0] == (uint64_t)-EINVAL && s.last.args[1] == (uint64_t)-EINVAL && s.last.error == EINVAL, name,
			      "%lld errno %d", (long long)s.last.args[0], s.last.error);
		else
			check(s.last.args[0] == 20 && s.last.args[1] == 7 && s.last.args[2] == 30 && s.last.args[3] == 40 &&
				      s.last.args[4] == 50 && s.last.args[5] == 60,
			      name, "%llu %llu %llu %llu %llu %llu", (unsigned long long)s.last.args[0],
			      (unsigned long long)s.last.args[1], (unsigned long long)s.last.args[2],
			      (unsigned long long)s.last.args[3], (unsigned long long)s.last.args[4],
			      (unsigned long long)s.last.args[5]);
	}
	for (; bpf_map_get_next_key(l.seen, at, &next) == 0; at = &key) {
		key = next;
		others += key.pid != pid;
	}
	snprintf(name, sizeof(name), "%s: nobody else", what);
	check(others == 0 || (!scope->pidns && !scope->mntns && !scope->cgroup && !scope->tgid), name, "%d others", others);
	snprintf(name, sizeof(name), "%s: no drops", what);
	check(drops_of(l.drops) == 0, name, "%llu", (unsigned long long)drops_of(l.drops));
	unload(&l);
}

/* By the full programs, and by the light ones where this kernel can have them. */
static void look(const char *what, const struct kern_scope *scope, const struct caller *in, const struct caller *out, uint32_t pid)
{
	char name[80];

	look_with(false, what, scope, in, out, pid);
	snprintf(name, sizeof(name), "%s, light", what);
	if (libbpf_probe_bpf_helper(BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_FUNC_get_current_task_btf, NULL) == 1)
		look_with(true, name, scope, in, out, pid);
	else
		printf("skip %s: bpf_get_current_task_btf() came with Linux 5.11\n", name);
}

/* Of a list with commas. */
static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; p; p = strchr(p, ',')) {
		p += *p == ',';
		if (strncmp(p, word, n) == 0 && (p[n] == ',' || p[n] == '\0'))
			return true;
	}
	return false;
}

/* Where a hierarchy is mounted whole: version 2, or the one of a controller of version 1. */
static bool find_hierarchy(const char *controller, char *dir, size_t size)
{
	FILE *fp = fopen("/proc/self/mountinfo", "re");
	char line[4096], root[1024], at[1024], type[64], options[1024];
	bool found = false;

	while (fp && !found && fgets(line, sizeof(line), fp)) {
		const char *tail = strstr(line, " - ");

		if (!tail || sscanf(line, "%*s %*s %*s %1023s %1023s", root, at) != 2 ||
		    sscanf(tail, " - %63s %*s %1023s", type, options) != 2 || strcmp(root, "/") != 0)
			continue;
		if (controller)
			found = strcmp(type, "cgroup") == 0 && has_word(options, controller);
		else
			found = strcmp(type, "cgroup2") == 0;
		if (found)
			snprintf(dir, size, "%s", at);
	}
	if (fp)
		fclose(fp);
	return found;
}

/* A cgroup with another in it: processes in both are seen, a process beside them is not. */
static void look_cgroup(const char *controller, enum kern_controller number, const struct caller *out, unsigned level)
{
	const char *what = controller ? controller : "cgroup2";
	char dir[1100], outer[1200], inner[1300], name[64];
	struct kern_scope scope;
	struct caller in;
	struct stat st;

	if (!find_hierarchy(controller, dir, sizeof(dir))) {
		printf("skip %s: no such cgroup hierarchy is mounted here\n", what);
		return;
	}
	snprintf(outer, sizeof(outer), "%s/dispatch-test.%d", dir, getpid());
	snprintf(inner, sizeof(inner), "%s/below", outer);
	if (mkdir(outer, 0755)) {
		printf("skip %s: %s: %s\n", what, outer, strerror(errno));
		return;
	}
	if (mkdir(inner, 0755) || stat(outer, &st))
		err(1, "%s", inner);
	scope = (struct kern_scope){ .cgroup = st.st_ino, .cgroup_level = 1, .cgroup_controller = number, .pid_level = level };
	for (int i = 0; i < 2; i++) {
		in = start(0, i ? inner : outer);
		snprintf(name, sizeof(name), "%s, %s", what, i ? "one below" : "itself");
		/* Once is enough for the light programs: the test is the same code, and emulated machines are slow. */
		if (!controller && !i)
			look(name, &scope, &in, out, (uint32_t)in.pid);
		else
			look_with(false, name, &scope, &in, out, (uint32_t)in.pid);
		end(&in);
	}
	if (rmdir(inner) || rmdir(outer))
		err(1, "%s", outer);
}

int main(int argc, char **argv)
{
	struct kern_scope scope;
	struct caller in, out;
	unsigned level;

	snprintf(own_name, sizeof(own_name), "%s", strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0]);
	snprintf(own_args, sizeof(own_args), "%s one two", argv[0]);
	if (!getcwd(own_cwd, sizeof(own_cwd)))
		err(1, "getcwd");
	if (argc == 1) /* so that there are arguments to see */
		execl("/proc/self/exe", argv[0], "one", "two", (char *)NULL);
	if (access("/sys/kernel/btf/vmlinux", R_OK) < 0) {
		warn("/sys/kernel/btf/vmlinux: this kernel has no type information to load BPF with (CONFIG_DEBUG_INFO_BTF)");
		return CANNOT;
	}
	libbpf_set_print(keep_complaint);
	level = own_level();

	out = start(0, NULL);
	in = start(0, NULL);
	scope = (struct kern_scope){ .pid_level = level };
	look("everything", &scope, &in, &out, (uint32_t)in.pid);
	scope.tgid = in.pid;
	look_with(false, "one process", &scope, &in, &out, (uint32_t)in.pid);
	end(&in);

	in = start(CLONE_NEWPID, NULL);
	scope = (struct kern_scope){ .pidns = inum(in.pid, "pid"), .pid_level = level + 1 };
	look("pid namespace", &scope, &in, &out, 1);
	end(&in);

	in = start(CLONE_NEWNS, NULL);
	scope = (struct kern_scope){ .mntns = inum(in.pid, "mnt"), .pid_level = level };
	look("mount namespace", &scope, &in, &out, (uint32_t)in.pid);
	end(&in);

	look_cgroup(NULL, KERN_CGROUP2, &out, level);
	look_cgroup("memory", KERN_CGROUP_MEMORY, &out, level);
	look_cgroup("pids", KERN_CGROUP_PIDS, &out, level);
	look_cgroup("cpu", KERN_CGROUP_CPU, &out, level);
	look_cgroup("devices", KERN_CGROUP_DEVICES, &out, level);
	look_cgroup("freezer", KERN_CGROUP_FREEZER, &out, level);
	end(&out);
	return failures != 0;
}

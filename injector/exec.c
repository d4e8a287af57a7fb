/* SPDX-License-Identifier: GPL-2.0-only
 * Running a command in a container's namespaces with the host's rights: see exec.h. The only caller of execve.
 */
#include "exec.h"
#include "../toolbox/lib/base.h"
#include "../toolbox/lib/text.h"
#include "enter.h"
#include "proc.h"
#include "scope.h"
#include "sys.h"
#include "target.h"
#include "tree.h"
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NATIVE "/native"
#define NATIVE_BIN "/native/bin"

/* What is made before the command starts takes a millisecond; what takes this long hangs. */
#define START_MS 2000

/* What the processes below say when the command could not be started, or just before it is. */
struct answer {
	uint32_t notes; /* WORLD_... */
	uint32_t step, why;
	int32_t err;	/* negative, 0: it is being started now */
	char place[64]; /* a literal of ours */
};

/* --- signals ------------------------------------------------------------------------------------------------------ */

/* The terminal's own reach the command too, for it is in our process group; those of kill(1) are passed on. */
static const int passed_on[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH };

static volatile sig_atomic_t below; /* the process that they go to */

static void pass_on(int sig, siginfo_t *info, void *context)
{
	int err = errno;

	(void)context;
	if (info->si_code <= 0 && below > 0)
		kill(below, sig);
	errno = err;
}

/* How the caller's mask was, for the command. */
static sigset_t caller_mask;

/* What the caller ignores stays ignored, for us and for the command. Until the process below is known they wait. */
static void catch_signals(void)
{
	struct sigaction act = { .sa_sigaction = pass_on, .sa_flags = SA_SIGINFO | SA_RESTART };
	struct sigaction old;
	sigset_t wait;

	sigemptyset(&wait);
	for (size_t i = 0; i < countof(passed_on); i++)
		sigaddset(&wait, passed_on[i]);
	sigprocmask(SIG_BLOCK, &wait, &caller_mask);
	for (size_t i = 0; i < countof(passed_on); i++)
		if (sigaction(passed_on[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(passed_on[i], &act, NULL);
}

static void go_on_with(pid_t pid)
{
	below = pid;
	sigprocmask(SIG_SETMASK, &caller_mask, NULL);
}

/* Waits for the process below; stops with it, and lets it go on. */
static int wait_for(pid_t pid)
{
	int status;

	for (;;) {
		pid_t r = waitpid(pid, &status, WUNTRACED);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return 125;
		if (WIFEXITED(status))
			return WEXITSTATUS(status);
		if (WIFSIGNALED(status))
			return 128 + WTERMSIG(status);
		/* The terminal stops all of its process group by itself. */
		if (WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP) {
			raise(SIGSTOP);
			kill(pid, SIGCONT);
		}
	}
}

/* --- the command -------------------------------------------------------------------------------------------------- */

struct start {
	const struct exec_request *request;
	const struct target *target;
	const char *path; /* of the tool, below /native */
	int kinds;	  /* of namespaces */
	int tools;
	int pipe;
	char scope[80];	  /* what is the container's own although it shares our pid namespace: scope.h; else "" */
	size_t n_cgroups;
	struct world_cgroup cgroups[WORLD_CGROUPS];
};

static _Noreturn void give_up(int pipe, unsigned notes, enum step step, enum why why, int err, const char *place)
{
	struct answer a = { .notes = notes, .step = step, .why = why, .err = err < 0 ? err : -err };

	snprintf(a.place, sizeof(a.place), "%s", place);
	if (write(pipe, &a, sizeof(a)) != (ssize_t)sizeof(a))
		_exit(124);
	_exit(125);
}

static void run_tool(const struct start *s, unsigned notes)
{
	const struct caller *caller = s->request->caller;
	char term[sizeof(caller->term) + 8];
	char scope[sizeof(s->scope) + 16];
	char *env[8];
	size_t n = 0;

	/* Nothing of the container's is in this path: what it starts has the host's rights. */
	env[n++] = (char[]){ "PATH=" NATIVE_BIN };
	env[n++] = (char[]){ "HOME=/" };
	if (*caller->term) {
		snprintf(term, sizeof(term), "TERM=%s", caller->term);
		env[n++] = term;
	}
	/* Whose container this is, for a tracer that is itself in the caller's cgroup. */
	if (*s->scope) {
		snprintf(scope, sizeof(scope), "NATIVE_SCOPE=%s", s->scope);
		env[n++] = scope;
	}
	env[n] = NULL;

	struct answer a = { .notes = notes };
	if (write(s->pipe, &a, sizeof(a)) != (ssize_t)sizeof(a))
		_exit(125);
	umask(caller->umask);
	setrlimit(RLIMIT_NOFILE, &caller->files);
	if (!caller->pipe_ignored)
		signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &caller_mask, NULL);
	execve(s->path, s->request->argv, env);
}

/* In the container's pid namespace. */
static _Noreturn void command(const struct start *s, int top, int root, int alive)
{
	struct world w = { .top = top, .root = root, .tools = s->tools, .cgroups = s->cgroups, .n_cgroups = s->n_cgroups };
	struct pollfd p = { .fd = alive };
	struct stat st;

	/* The leader's number means nothing here: whether it still lives its end of the pipe tells. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (poll(&p, 1, 0) != 0)
		_exit(125);
	sys_new_keyring(); /* absent from some kernels, refused by no other */
	int r = world_enter(&w);
	if (r < 0)
		give_up(s->pipe, w.notes, STEP_WORLD, WHY_ERRNO, r, w.place);
	if (setgroups(0, NULL) < 0)
		give_up(s->pipe, w.notes, STEP_RUN, WHY_ERRNO, -errno, "setgroups");
	if ((r = sys_close_range_on_exec(3, UINT_MAX)) < 0)
		give_up(s->pipe, w.notes, STEP_RUN, WHY_ERRNO, r, "close_range");
	if (stat(s->path, &st) < 0)
		give_up(s->pipe, w.notes, STEP_RUN, errno == ENOENT || errno == ENOTDIR ? WHY_NO_COMMAND : WHY_ERRNO, -errno,
			"");
	if (S_ISDIR(st.st_mode) || access(s->path, X_OK) < 0)
		give_up(s->pipe, w.notes, STEP_RUN, WHY_ERRNO, -EACCES, "");
	run_tool(s, w.notes);
	give_up(s->pipe, w.notes, STEP_RUN, WHY_ERRNO, -errno, "");
}

static _Noreturn void leader(const struct start *s)
{
	int top, root;
	int alive[2];

	below = 0;
	int r = enter_all(s->target, s->kinds, &top, &root);
	if (r < 0)
		give_up(s->pipe, 0, STEP_ENTER, r == -ESRCH ? WHY_GONE : WHY_ERRNO, r, "");
	if (pipe2(alive, O_CLOEXEC) < 0)
		give_up(s->pipe, 0, STEP_FORK, WHY_ERRNO, -errno, "pipe");
	pid_t pid = fork();
	if (pid == 0) {
		close(alive[1]);
		command(s, top, root, alive[0]);
	}
	/* ENOMEM: nobody can be born into a pid namespace whose first process has ended. */
	if (pid < 0)
		give_up(s->pipe, 0, STEP_FORK, errno == ENOMEM ? WHY_GONE : WHY_ERRNO, -errno, "fork");
	go_on_with(pid);
	close(s->pipe);
	close(alive[0]);
	_exit(wait_for(pid));
}

/* --- inject itself ------------------------------------------------------------------------------------------------ */

/* The path of the tool below /native, in buf; false where it is no tool. */
static bool tool_path(const char *name, char *buf, size_t size)
{
	if (strstr(name, "/../") || strlen(name) >= size - sizeof(NATIVE_BIN))
		return false;
	if (!strchr(name, '/'))
		snprintf(buf, size, NATIVE_BIN "/%s", name);
	else
		snprintf(buf, size, "%s", name);
	return strncmp(buf, NATIVE "/", strlen(NATIVE "/")) == 0;
}

static int take_answer(int fd, struct answer *a, bool *stuck)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t n;
	int r;

	do
		r = poll(&p, 1, START_MS);
	while (r < 0 && errno == EINTR);
	*stuck = r == 0;
	if (r <= 0)
		return -1;
	do
		n = read(fd, a, sizeof(*a));
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof(*a) ? 0 : -1;
}

static int failed(const struct answer *a, const struct start *s, struct failure *f)
{
	char pid[16];
	const char *object = a->place;

	snprintf(pid, sizeof(pid), "%d", (int)s->target->pid);
	if (a->step == STEP_ENTER || a->why == WHY_GONE)
		object = pid;
	else if (a->step == STEP_RUN && !*a->place)
		object = s->path;
	return step_fail(f, a->step < STEP_COUNT ? (enum step)a->step : STEP_ANSWER,
			 a->why < WHY_COUNT ? (enum why)a->why : WHY_ERRNO, a->err, object);
}

static void tell_notes(const char *name, unsigned notes)
{
	if (notes & WORLD_NO_CGROUPS)
		text_printf(stderr, "inject: %s: note: not all cgroup file systems could be mounted for the command\n", name);
	if (notes & WORLD_CROWDED)
		text_printf(stderr, "inject: %s: note: the container's root directory holds more than %d entries; the command "
			    "does not see the rest\n", name, WORLD_ENTRIES);
}

/* The command runs, or did not start: waits for it. */
static int attend(const struct start *s, const char *name, pid_t pid, int pipe, struct failure *f)
{
	struct answer a;
	bool stuck;
	int r = take_answer(pipe, &a, &stuck);

	if (r == 0 && a.err == 0) {
		tell_notes(name, a.notes);
		/* A second one comes only if execve itself fails. */
		r = take_answer(pipe, &a, &stuck) == 0 ? 0 : 1;
	}
	if (r < 0 || (r == 1 && stuck))
		kill(pid, SIGKILL); /* our child; its own child goes with it */
	int status = wait_for(pid);
	if (r == 0)
		return failed(&a, s, f);
	if (stuck)
		return step_fail(f, STEP_WORLD, WHY_ERRNO, ETIMEDOUT, "no answer within 2 s");
	if (r < 0) {
		bool gone = sys_pidfd_signal(s->target->pidfd, 0) == -ESRCH;
		char number[16];

		snprintf(number, sizeof(number), "%d", (int)s->target->pid);
		return step_fail(f, STEP_ANSWER, gone ? WHY_GONE : WHY_ERRNO, EPIPE, gone ? number : s->path);
	}
	/* Its first process is done only when all others are: a moment after the command. */
	struct pollfd ended = { .fd = s->target->pidfd, .events = POLLIN };
	if (status == 128 + SIGKILL && poll(&ended, 1, 200) > 0)
		text_printf(stderr, "inject: %s: the container has ended, and the command with it\n", name);
	return status;
}

static int start(const struct container *c, const char *name, struct start *s, struct target *t, struct failure *f)
{
	int ends[2];

	if (target_open(c, t, f) < 0)
		return -1;
	/* The command is in the container's pid namespace, where such a process could trace it; elsewhere it had no need. */
	if (t->sys_ptrace && !s->request->allow_ptrace && t->user_ns == proc_namespace(getpid(), "user") &&
	    proc_namespace(t->pid, "pid") != proc_namespace(getpid(), "pid"))
		return step_fail(f, STEP_RUN, WHY_TAKEOVER, EPERM, s->path);
	s->target = t;
	s->kinds = enter_kinds();
	int n = world_cgroups(s->cgroups, countof(s->cgroups));
	s->n_cgroups = n < 0 ? 0 : (size_t)n;
	if (proc_namespace(t->pid, "pid") == proc_namespace(getpid(), "pid"))
		scope_words(t, s->cgroups, s->n_cgroups, s->scope, sizeof(s->scope));
	explain("%s: joining its mount, pid, network, IPC, UTS, cgroup and time namespaces, not its user namespace", name);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return step_fail(f, STEP_FORK, WHY_ERRNO, errno, "pipe");
	s->pipe = ends[1];
	catch_signals();
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(125);
		close(ends[0]);
		leader(s);
	}
	int err = errno;
	close(ends[1]);
	base_close_fd(&s->tools);
	s->tools = -1;
	go_on_with(pid < 0 ? 0 : pid);
	int r = pid < 0 ? step_fail(f, STEP_FORK, WHY_ERRNO, err, "fork") : attend(s, name, pid, ends[0], f);
	close(ends[0]);
	return r;
}

int exec_run(const struct container *c, const char *name, const struct exec_request *request, struct failure *f)
{
	char path[512];
	struct start s = { .request = request, .path = path, .tools = -1 };
	struct tree tree = { .fd = -1 };
	struct target target;

	if (!tool_path(request->argv[0], path, sizeof(path)))
		return step_fail(f, STEP_RUN, WHY_NOT_A_TOOL, EACCES, request->argv[0]);
	/* The lock for as long as the tools are cloned, not for as long as the command runs. */
	int lock = tree_lock(f);
	if (lock < 0)
		return -1;
	int r = tree_open(&tree, f);
	if (r == 0 && !tree.locked)
		fprintf(stderr, "inject: warning: the tools cannot be locked read-only, for user namespaces are off "
				"on this host: a container with CAP_SYS_ADMIN could have changed them\n");
	s.tools = r < 0 ? r : tree_clone(&tree, f);
	tree_close(&tree);
	close(lock);
	if (s.tools < 0)
		return -1;
	r = start(c, name, &s, &target, f);
	base_close_fd(&s.tools);
	target_close(&target);
	return r;
}

int exec_status(const struct failure *f)
{
	if (f->why == WHY_NO_COMMAND)
		return 127;
	if (f->why == WHY_NOT_A_TOOL || (f->step == STEP_RUN && f->why == WHY_ERRNO))
		return 126;
	return 125;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The helper process, and the way of a command: see enter.h. The only caller of setns.
 */
#include "enter.h"
#include "../toolbox/lib/base.h"
#include "attach.h"
#include "jail.h"
#include "proc.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A look-up in a live file system takes microseconds; what takes this long hangs. */
#define ANSWER_MS 2000

/* The report, of a fixed size: no pointers, no strings. */
struct answer {
	uint32_t index;
	uint32_t outcome, step, why;
	int32_t err;
	uint32_t deeds;
	uint64_t detail;
};

static void run_one(struct job *job)
{
	const struct target *t = job->target;

	if (setns(t->pidfd, CLONE_NEWNS) < 0) {
		job->step = STEP_ENTER;
		job->why = errno == ESRCH ? WHY_GONE : WHY_ERRNO;
		job->err = errno;
		return;
	}
	/* setns leads to the namespace's root; a process in a chroot of its own has another. */
	if (fchdir(t->root) < 0 || chroot(".") < 0) {
		job->step = STEP_ENTER;
		job->why = WHY_ERRNO;
		job->err = errno;
		return;
	}
	if (job->kind == JOB_ATTACH)
		attach_run(job);
	else
		attach_undo(job);
}

static void report(int pipe, size_t index, const struct job *job)
{
	struct answer a = {
		.index = (uint32_t)index,
		.outcome = job->outcome,
		.step = job->step,
		.why = job->why,
		.err = job->err,
		.deeds = job->deeds,
		.detail = job->detail,
	};

	/* Fewer bytes than PIPE_BUF: whole or not at all. */
	if (write(pipe, &a, sizeof(a)) != (ssize_t)sizeof(a))
		_exit(1);
}

static void helper(struct job *jobs, size_t n, size_t first, int pipe)
{
	int *keep = malloc((n * 4 + 1) * sizeof(*keep));
	size_t kept = 0;
	int r = -ENOMEM;

	if (keep) {
		keep[kept++] = pipe;
		for (size_t i = first; i < n; i++) {
			if (jobs[i].done)
				continue;
			keep[kept++] = jobs[i].target->pidfd;
			keep[kept++] = jobs[i].target->root;
			keep[kept++] = jobs[i].target->mountinfo;
			keep[kept++] = jobs[i].clone;
		}
		r = jail_enter(keep, kept);
	}
	for (size_t i = first; i < n; i++) {
		if (jobs[i].done)
			continue;
		if (r == 0) {
			run_one(&jobs[i]);
		} else {
			jobs[i].step = STEP_JAIL;
			jobs[i].why = WHY_ERRNO;
			jobs[i].err = -r;
		}
		report(pipe, i, &jobs[i]);
	}
	_exit(0);
}

static void take(struct job *jobs, size_t n, const struct answer *a)
{
	if (a->index >= n || a->step >= STEP_COUNT || a->why >= WHY_COUNT || a->outcome > OUTCOME_KEPT_DIR)
		return;
	struct job *job = &jobs[a->index];
	job->done = true;
	job->outcome = (enum outcome)a->outcome;
	job->step = (enum step)a->step;
	job->why = (enum why)a->why;
	job->err = a->err;
	job->deeds = a->deeds;
	job->detail = a->detail;
}

static void give_up(struct job *job, enum step step, enum why why, int err)
{
	job->done = true;
	job->outcome = OUTCOME_NONE;
	job->step = step;
	job->why = why;
	job->err = err;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for the killed or ended helper, at most a second: one that sleeps in the kernel without
 * hearing SIGKILL is left behind rather than waited for; it ends with its call. */
static void reap(pid_t pid, int *status)
{
	const struct timespec pause = { .tv_nsec = 1000000 };

	for (int i = 0; i < 1000; i++) {
		pid_t r = waitpid(pid, status, WNOHANG);

		if (r == pid || (r < 0 && errno != EINTR))
			return;
		nanosleep(&pause, NULL);
	}
}

/* One helper, from the first job that has no answer on. */
static void run_from(struct job *jobs, size_t n, size_t first)
{
	int ends[2];
	int status = 0;
	bool stuck = false;

	if (pipe2(ends, O_CLOEXEC) < 0) {
		give_up(&jobs[first], STEP_FORK, WHY_ERRNO, errno);
		return;
	}
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		close(ends[0]);
		helper(jobs, n, first, ends[1]);
	}
	int err = errno;
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		give_up(&jobs[first], STEP_FORK, WHY_ERRNO, err);
		return;
	}

	int64_t deadline = now_ms() + ANSWER_MS;
	for (;;) {
		struct pollfd p = { .fd = ends[0], .events = POLLIN };
		struct answer a;
		int64_t left = deadline - now_ms();
		int r = poll(&p, 1, left > 0 ? (int)left : 0);

		if (r < 0 && errno == EINTR)
			continue;
		if (r == 0) {
			stuck = true;
			break;
		}
		ssize_t got = read(ends[0], &a, sizeof(a));
		if (got != (ssize_t)sizeof(a))
			break;
		take(jobs, n, &a);
		deadline = now_ms() + ANSWER_MS;
	}
	close(ends[0]);
	if (stuck)
		kill(pid, SIGKILL); /* our child, not reaped yet: the number is its own */
	reap(pid, &status);
	for (size_t i = first; i < n; i++) {
		if (jobs[i].done)
			continue;
		/* The job it was at; those behind it get a new helper. */
		if (stuck)
			give_up(&jobs[i], STEP_POINT, WHY_STUCK, ETIMEDOUT);
		else
			give_up(&jobs[i], STEP_ANSWER, WHY_ERRNO,
				WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS ? ENOSYS : EPIPE);
		return;
	}
}

void enter_run(struct job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!jobs[i].done)
			run_from(jobs, n, i);
}

int enter_kinds(void)
{
	static const struct {
		const char *name;
		int kind;
	} known[] = {
		{ "mnt", CLONE_NEWNS },	       { "pid", CLONE_NEWPID },	      { "net", CLONE_NEWNET },
		{ "ipc", CLONE_NEWIPC },       { "uts", CLONE_NEWUTS },	      { "cgroup", CLONE_NEWCGROUP },
		{ "time", 0x80 /* CLONE_NEWTIME */ },
	};
	int kinds = 0;

	for (size_t i = 0; i < countof(known); i++)
		if (proc_namespace(getpid(), known[i].name) != 0)
			kinds |= known[i].kind;
	return kinds;
}

int enter_all(const struct target *t, int kinds, int *top, int *root)
{
	*top = *root = -1;
	/* The working directory goes along into the copy, a descriptor would not. */
	if (setns(t->pidfd, kinds) < 0 || fchdir(t->root) < 0 || unshare(CLONE_NEWNS) < 0)
		return -errno;
	*top = sys_openat2(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0);
	*root = *top < 0 ? *top : sys_openat2(AT_FDCWD, ".", O_PATH | O_DIRECTORY, 0);
	if (*root < 0)
		return *root;
	return sys_propagation_below(*top, SYS_MS_PRIVATE);
}

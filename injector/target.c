/* SPDX-License-Identifier: GPL-2.0-only
 * Opening and proving a container's process: see target.h.
 */
#include "target.h"
#include "../toolbox/lib/base.h"
#include "find/state.h"
#include "proc.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* linux/capability.h */
#define CAP_SYS_PTRACE_BIT 19
#define CAP_SYS_ADMIN_BIT 21

static const struct target none = { .pidfd = -1, .root = -1, .mountinfo = -1 };

static int read_stat(pid_t pid, struct proc_stat *st)
{
	char *data;
	size_t len;
	int r = proc_read(pid, "stat", &data, &len);

	if (r < 0)
		return r;
	r = proc_parse_stat(data, len, st);
	free(data);
	return r;
}

static bool in_cgroup(const struct container *c, pid_t pid)
{
	char *data;
	size_t len;

	if (proc_read(pid, "cgroup", &data, &len) < 0)
		return false;
	bool named = proc_cgroup_names(data, len, c->id);
	free(data);
	return named;
}

/* runc's state.json: init_process_pid and init_process_start (libcontainer's State). 1: the pid and
 * start time are this process's; 0: they are another's; -errno: it cannot be read. */
static int runtime_agrees(const struct container *c, pid_t pid, uint64_t start_time)
{
	yyjson_doc *doc;

	if (!c->runtime)
		return -ENOENT;
	fd_auto dir = state_open_dir(0, c->runtime);
	int r = dir < 0 ? dir : state_read_json(dir, "state.json", &doc);
	if (r < 0)
		return r;
	yyjson_val *top = yyjson_doc_get_root(doc);
	bool same = yyjson_get_int(state_get(top, "init_process_pid", NULL)) == (int)pid &&
		    yyjson_get_uint(state_get(top, "init_process_start", NULL)) == start_time;
	yyjson_doc_free(doc);
	return same;
}

static int prove(const struct container *c, const struct target *t, struct failure *f)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)t->pid);
	if (!c->id) {
		explain("%s: process %d started at tick %" PRIu64 "; named by its number, nothing else to prove",
			c->name, (int)t->pid, t->start_time);
		return 0;
	}
	if (in_cgroup(c, t->pid)) {
		explain("%s: proved: /proc/%d/cgroup names the container's id", c->name, (int)t->pid);
		return 0;
	}
	int r = runtime_agrees(c, t->pid, t->start_time);
	if (r > 0) {
		explain("%s: proved: %s/state.json has pid %d with start time %" PRIu64, c->name, c->runtime,
			(int)t->pid, t->start_time);
		return 0;
	}
	step_fail(f, STEP_VERIFY, r == 0 ? WHY_OTHER_PROCESS : WHY_NO_PROOF, 0, pid);
	if (r == 0)
		snprintf(f->detail, sizeof(f->detail), "%s/state.json has another pid or start time", c->runtime);
	else
		snprintf(f->detail, sizeof(f->detail), "its cgroup does not name %.12s and %s/state.json: %s", c->id,
			 c->runtime ? c->runtime : "the runtime's", strerror(-r));
	/* Another process under a number that a state file still has: the usual case by far. */
	if (r < 0 && strcmp(c->engine, "pid") != 0)
		f->why = WHY_OTHER_PROCESS;
	return -1;
}

static int open_below(int dir, const char *name, int flags)
{
	int fd = openat(dir, name, flags | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* The bounding set of a process: what it or anything it starts may ever get. */
static uint64_t bounding_set(pid_t pid)
{
	char *data;
	size_t len;
	uint64_t set = UINT64_MAX; /* unknown counts as the worse case */

	if (proc_read(pid, "status", &data, &len) < 0)
		return set;
	const char *line = strstr(data, "\nCapBnd:");
	if (line)
		set = strtoull(line + 8, NULL, 16);
	free(data);
	return set;
}

int target_open(const struct container *c, struct target *t, struct failure *f)
{
	struct proc_stat st, again;
	char pid[16];
	int r;

	*t = none;
	t->pid = c->pid;
	snprintf(pid, sizeof(pid), "%d", (int)c->pid);
	if (c->state == CONTAINER_STOPPED) {
		step_fail(f, STEP_FIND, WHY_NOT_RUNNING, 0, c->name);
		snprintf(f->detail, sizeof(f->detail), "%s", c->named_by);
		return -1;
	}
	explain("%s: %s%s%s%s", c->name, c->engine, c->id ? " " : "", c->id ? c->id : "",
		c->state == CONTAINER_PAUSED ? ", paused" : "");
	if (c->named_by)
		explain("%s: named by %s", c->name, c->named_by);
	explain("%s: pid %s from %s", c->name, pid, c->pid_by ? c->pid_by : "-");

	t->pidfd = sys_pidfd_open(c->pid);
	if (t->pidfd < 0)
		return step_fail(f, STEP_PIDFD, t->pidfd == -ESRCH ? WHY_GONE : WHY_ERRNO, t->pidfd, pid);
	r = read_stat(c->pid, &st);
	if (r < 0 || st.state == 'Z' || st.state == 'X')
		return step_fail(f, STEP_VERIFY, r == 0 || r == -ENOENT || r == -ESRCH ? WHY_GONE : WHY_ERRNO, r,
				 pid);
	t->start_time = st.start_time;
	if (prove(c, t, f) < 0)
		return -1;

	char path[64];
	snprintf(path, sizeof(path), "%d", (int)c->pid);
	fd_auto dir = open_below(proc_root(), path, O_PATH | O_DIRECTORY);
	t->root = dir < 0 ? dir : open_below(dir, "root", O_PATH | O_DIRECTORY);
	t->mountinfo = t->root < 0 ? t->root : open_below(dir, "mountinfo", O_RDONLY);
	t->mnt_ns = proc_namespace(c->pid, "mnt");
	t->user_ns = proc_namespace(c->pid, "user");
	uint64_t bounding = bounding_set(c->pid);
	t->sys_admin = (bounding >> CAP_SYS_ADMIN_BIT & 1) != 0;
	t->sys_ptrace = (bounding >> CAP_SYS_PTRACE_BIT & 1) != 0;
	/* All that was opened is this process's only if it is still there now, under the same number. */
	if (sys_pidfd_signal(t->pidfd, 0) == -ESRCH || read_stat(c->pid, &again) < 0 ||
	    again.start_time != st.start_time || again.state == 'Z' || again.state == 'X')
		return step_fail(f, STEP_VERIFY, WHY_GONE, 0, pid);
	if (t->mountinfo < 0) {
		snprintf(path, sizeof(path), "/proc/%d/%s", (int)c->pid, t->root < 0 ? "root" : "mountinfo");
		return step_fail(f, STEP_OPEN, WHY_ERRNO, t->mountinfo, path);
	}
	explain("%s: proved again after opening its root and mount table", c->name);
	return 0;
}

void target_close(struct target *t)
{
	base_close_fd(&t->pidfd);
	base_close_fd(&t->root);
	base_close_fd(&t->mountinfo);
	t->pidfd = t->root = t->mountinfo = -1;
}

bool target_alive(const struct container *c)
{
	struct proc_stat st;

	if (c->state == CONTAINER_STOPPED || read_stat(c->pid, &st) < 0 || st.state == 'Z' || st.state == 'X')
		return false;
	return !c->id || in_cgroup(c, c->pid) || runtime_agrees(c, c->pid, st.start_time) > 0;
}

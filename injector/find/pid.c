/* SPDX-License-Identifier: GPL-2.0-only
 * Plain processes: pid:N, and the mount namespaces that hold the tools without being a container's.
 */
#include "../../toolbox/lib/text.h"
#include "../proc.h"
#include "../tree.h"
#include "find.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

/* Largest pid that the kernel gives: PID_MAX_LIMIT, include/linux/threads.h. */
#define PID_LAST (4L * 1024 * 1024)

int find_pid(const char *spec, struct container *c, struct failure *f)
{
	long pid = 0;
	char *data;
	size_t len;

	if (strncmp(spec, "pid:", 4) != 0)
		return 0;
	const char *digits = spec + 4;
	for (const char *p = digits; *p; p++) {
		pid = *p >= '0' && *p <= '9' && pid <= PID_LAST ? pid * 10 + (*p - '0') : PID_LAST + 1;
		if (pid > PID_LAST)
			break;
	}
	if (pid < 1 || pid > PID_LAST) {
		step_fail(f, STEP_FIND, WHY_NO_PROCESS, EINVAL, spec);
		strcpy(f->detail, "pid: wants a number, as in pid:4711");
		return -1;
	}
	*c = (struct container){ .engine = "pid", .state = CONTAINER_RUNNING, .pid = (pid_t)pid };
	if (proc_read(c->pid, "comm", &data, &len) < 0) {
		step_fail(f, STEP_FIND, WHY_NO_PROCESS, ESRCH, spec);
		strcpy(f->detail, "nothing runs under this number here");
		return -1;
	}
	free(data);
	c->name = text_asprintf("pid:%ld", pid);
	c->pid_by = text_asprintf("the command line");
	if (!c->name || !c->pid_by)
		return step_fail(f, STEP_FIND, WHY_ERRNO, ENOMEM, spec);
	return 1;
}

struct search {
	struct container_list *list;
	const uint64_t *devs;
	size_t n_devs;
	uint64_t *seen;
	size_t n_seen;
};

static int holds(const struct proc_mount *m, void *arg)
{
	const struct search *s = arg;

	/* The trees that the host keeps are no injection, nor are copies of them in namespaces that
	 * were made from the host's. */
	if (strncmp(m->point, TREE_DIR "/", strlen(TREE_DIR "/")) == 0)
		return 0;
	for (size_t i = 0; i < s->n_devs; i++)
		if (s->devs[i] == makedev(m->dev_major, m->dev_minor) && strcmp(m->fstype, "tmpfs") == 0 &&
		    strcmp(m->root, "/") == 0)
			return 1;
	return 0;
}

/* Remembers a namespace; false when it was known already (or memory is out, which ends the search
 * of this one only). */
static bool first_time(struct search *s, uint64_t ns)
{
	for (size_t i = 0; i < s->n_seen; i++)
		if (s->seen[i] == ns)
			return false;
	uint64_t *grown = realloc(s->seen, (s->n_seen + 1) * sizeof(*grown));
	if (!grown)
		return false;
	s->seen = grown;
	grown[s->n_seen++] = ns;
	return true;
}

static int look(pid_t pid, const char *comm, void *arg)
{
	struct search *s = arg;
	uint64_t ns = proc_namespace(pid, "mnt");
	char *data;
	size_t len;

	(void)comm;
	if (ns == 0 || !first_time(s, ns))
		return 0;
	if (proc_read(pid, "mountinfo", &data, &len) < 0)
		return 0;
	int found = proc_each_mount(data, len, holds, s);
	free(data);
	if (!found)
		return 0;
	struct container *c = find_add(s->list);
	if (!c)
		return -ENOMEM;
	c->engine = "pid";
	c->state = CONTAINER_RUNNING;
	c->pid = pid;
	c->name = text_asprintf("pid:%d", (int)pid);
	c->pid_by = text_asprintf("/proc/%d/mountinfo, which holds the tools", (int)pid);
	return c->name && c->pid_by ? 0 : -ENOMEM;
}

int find_attached(struct container_list *list, const uint64_t *devs, size_t n_devs)
{
	struct search s = { .list = list, .devs = devs, .n_devs = n_devs };

	if (n_devs == 0)
		return 0;
	for (size_t i = 0; i < list->n; i++) {
		uint64_t ns = list->v[i].pid > 0 && list->v[i].state != CONTAINER_STOPPED
				      ? proc_namespace(list->v[i].pid, "mnt")
				      : 0;

		if (ns != 0)
			first_time(&s, ns);
	}
	int r = proc_each(look, &s);
	free(s.seen);
	return r;
}

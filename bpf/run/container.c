/* SPDX-License-Identifier: GPL-2.0-only
 * Containers by name.
 */
#include "container.h"

#include "cgroup.h"
#include "injector/find/find.h"
#include "injector/proc.h"
#include "nslevel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the process has to itself, that we have not. */
static bool scope_of(struct run_scope *s, const struct container *c, char *why, size_t size)
{
	uint64_t pidns = proc_namespace(c->pid, "pid"), mntns = proc_namespace(c->pid, "mnt");
	uint64_t userns = proc_namespace(c->pid, "user");
	pid_t inner = 0;
	int below;

	if (!pidns || !mntns) {
		snprintf(why, size, "--container: the namespaces of process %d cannot be seen: %s", (int)c->pid, strerror(errno));
		return false;
	}
	s->map_ids = userns != proc_namespace(getpid(), "user");
	if (pidns != proc_namespace(getpid(), "pid")) {
		below = nslevel_below(c->pid, &inner);
		if (below < 0) {
			snprintf(why, size, "--container: how deep the pid namespace of process %d is nested is not known: %s",
				 (int)c->pid, strerror(-below));
			return false;
		}
		s->test.pidns = (uint32_t)pidns;
		s->test.pid_level = (uint32_t)below; /* ours is the host's: level 0 */
		return true;
	}
	if (cgroup_of(c->pid, &s->test))
		return true;
	if (mntns != proc_namespace(getpid(), "mnt")) {
		s->test.mntns = (uint32_t)mntns;
		return true;
	}
	snprintf(why, size, "--container: process %d has no pid namespace, cgroup or mount namespace of its own: what else runs here "
			    "could not be told from it", (int)c->pid);
	return false;
}

static void tell(const struct failure *f, const char *spec, char *why, size_t size)
{
	char *sentence = step_sentence(f);

	snprintf(why, size, "--container %s: %s", spec, sentence ? sentence : strerror(ENOMEM));
	free(sentence);
}

static bool by_name(struct run_scope *s, const char *spec, char *why, size_t size)
{
	struct container_list list = { 0 };
	struct failure f;
	int error = find_all(&list);
	bool good = false;
	size_t i;

	if (error)
		snprintf(why, size, "--container %s: %s", spec, strerror(-error));
	else if (find_match(&list, spec, &i, &f) != 0)
		tell(&f, spec, why, size);
	else if (list.v[i].state == CONTAINER_STOPPED || list.v[i].pid <= 0)
		snprintf(why, size, "--container %s: it is not running", spec);
	else
		good = scope_of(s, &list.v[i], why, size);
	find_free(&list);
	return good;
}

bool container_scope(struct run_scope *s, const char *spec, char *why, size_t size)
{
	struct container c = { 0 };
	struct failure f;
	bool good;

	switch (find_pid(spec, &c, &f)) {
	case 0:
		return by_name(s, spec, why, size);
	case 1:
		good = scope_of(s, &c, why, size);
		find_free_one(&c);
		return good;
	default:
		tell(&f, spec, why, size);
		return false;
	}
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Finding the scope.
 */
#include "scope.h"

#include "cgroup.h"
#include "container.h"
#include "nslevel.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The inode numbers of the first namespaces are part of the kernel's interface (include/uapi/linux/nsfs.h since 6.16, fs/proc before):
 * a namespace with another number is not the host's. */
#define PID_INIT_INUM	 UINT64_C(0xEFFFFFFC)
#define USER_INIT_INUM	 UINT64_C(0xEFFFFFFD)

/* The inode of a namespace file; 0: it cannot be seen. */
static uint64_t inode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (uint64_t)st.st_ino : 0;
}

/* What a container has to itself besides pids: that of the process `pid`, or (0) our own. */
static bool of_process(struct run_scope *s, pid_t pid)
{
	char path[48];
	uint64_t mntns;

	snprintf(path, sizeof path, pid ? "/proc/%d/ns/mnt" : "/proc/self/ns/mnt", (int)pid);
	mntns = inode_of(path);
	if (pid ? cgroup_of(pid, &s->test) : cgroup_own(&s->test))
		return true;
	s->test.mntns = (uint32_t)mntns;
	return mntns != 0;
}

/* A decimal number of at most `most`, which ends at `end`; *p is then behind that. */
static bool take_number(const char **p, uint64_t most, char end, uint64_t *number)
{
	char *stop;

	if (**p < '0' || **p > '9')
		return false;
	errno = 0;
	*number = strtoull(*p, &stop, 10);
	if (errno || *stop != end || *number > most)
		return false;
	*p = stop + (end != '\0');
	return true;
}

/* What inject -p says of the container: "cgroup=4711,3,memory" or "mntns=4026532000". It adds to the test, so that nobody gains by
 * setting it himself. */
static bool of_injected(struct run_scope *s, const char *text, char *why, size_t size)
{
	const char *p = text + strcspn(text, "=");
	uint64_t id, level;

	p += *p == '=';
	if (strncmp(text, "mntns=", 6) == 0 && take_number(&p, UINT32_MAX, '\0', &id) && id) {
		s->test.mntns = (uint32_t)id;
		return true;
	}
	if (strncmp(text, "cgroup=", 7) == 0 && take_number(&p, UINT64_MAX, ',', &id) && id &&
	    take_number(&p, INT32_MAX, ',', &level) && cgroup_controller(p, &s->test.cgroup_controller)) {
		s->test.cgroup = id;
		s->test.cgroup_level = (uint32_t)level;
		return true;
	}
	snprintf(why, size, "NATIVE_SCOPE=%s is not what inject -p sets: unset it", text);
	return false;
}

static bool only_one(const struct scope_request *r, char *why, size_t size)
{
	if (r->host + (r->container != NULL) + (r->cgroup != NULL) <= 1)
		return true;
	snprintf(why, size, "--host, --container and --cgroup exclude each other: give one of them");
	return false;
}

static bool is_for_host(const struct scope_request *r, char *why, size_t size)
{
	snprintf(why, size, "%s is for the host: inside of a container dtrace sees this container only",
		 r->host ? "--host" : r->container ? "--container" : "--cgroup");
	return false;
}

/* Inside of a pid namespace of its own nothing else need be asked, unless inject -p says that the container shares it. */
static bool in_pid_namespace(struct run_scope *s, uint64_t pidns, const struct scope_request *r, char *why, size_t size)
{
	const char *injected = getenv("NATIVE_SCOPE");
	int level = nslevel_own();

	if (r->host || r->container || r->cgroup)
		return is_for_host(r, why, size);
	if (level < 0) {
		snprintf(why, size, "how deep this pid namespace is nested cannot be found out: clone3(2): %s", strerror(-level));
		return false;
	}
	s->test.pidns = (uint32_t)pidns;
	s->test.pid_level = (uint32_t)level;
	s->is_inside = !injected;
	return !injected || of_injected(s, injected, why, size);
}

/* In the host's pid namespace, but perhaps in a container that shares it. */
static bool in_host_pids(struct run_scope *s, const struct scope_request *r, char *why, size_t size)
{
	const char *injected = getenv("NATIVE_SCOPE");
	uint64_t own = inode_of("/proc/self/ns/mnt"), first = inode_of("/proc/1/ns/mnt");
	bool is_private = own && first && own != first;

	if (injected)
		return r->host || r->container || r->cgroup ? is_for_host(r, why, size) : of_injected(s, injected, why, size);
	if (r->host) {
		s->is_host = true;
		return true;
	}
	if (r->container)
		return container_scope(s, r->container, why, size);
	if (r->cgroup)
		return cgroup_of_path(r->cgroup, &s->test, why, size);
	if (is_private && of_process(s, 0))
		return true;
	if (r->pid)
		return true;
	snprintf(why, size, "this is the host, and nothing says whose probes are to fire: --host for everything, or --container "
			    "NAME, --cgroup PATH, -p PID");
	return false;
}

bool scope_find(struct run_scope *s, const struct scope_request *r, char *why, size_t size)
{
	uint64_t pidns = inode_of("/proc/self/ns/pid"), userns = inode_of("/proc/self/ns/user");

	*s = (struct run_scope){ 0 };
	if (!only_one(r, why, size))
		return false;
	if (!pidns) {
		snprintf(why, size, "/proc/self/ns/pid cannot be seen: %s: mount /proc, so that the container can be told from "
				    "the rest", strerror(errno));
		return false;
	}
	if (!(pidns == PID_INIT_INUM ? in_host_pids(s, r, why, size) : in_pid_namespace(s, pidns, r, why, size)))
		return false;
	s->map_ids |= userns && userns != USER_INIT_INUM;
	/* With --host -p only names $target, as in DTrace. */
	if (!r->host && r->pid) {
		s->test.tgid = r->pid;
		s->is_inside = false;
	}
	return true;
}

bool scope_without_devices(const struct scope_request *r)
{
	uint64_t pidns = inode_of("/proc/self/ns/pid");
	struct run_scope s;
	char why[512];

	/* A container's filter may forbid what scope_find() asks the kernel: the pid namespace is enough. */
	if (r->host || (pidns && pidns != PID_INIT_INUM))
		return !r->host;
	return scope_find(&s, r, why, sizeof why) && !s.is_host;
}

/* /proc shows our own numbers; NSpid of each process has the others. */
pid_t scope_pid(const struct run_scope *s, pid_t pid)
{
	pid_t found = 0;
	DIR *dir;

	if (!s->test.pidns || s->test.pid_level == (uint32_t)nslevel_own())
		return pid;
	dir = opendir("/proc");
	for (struct dirent *d; dir && !found && (d = readdir(dir));) {
		pid_t candidate = (pid_t)strtol(d->d_name, NULL, 10), inner;
		char path[48];

		snprintf(path, sizeof path, "/proc/%d/ns/pid", (int)candidate);
		if (candidate > 0 && inode_of(path) == s->test.pidns && nslevel_below(candidate, &inner) >= 0 && inner == pid)
			found = candidate;
	}
	if (dir)
		closedir(dir);
	return found;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What is a container's own besides its pid namespace: see scope.h. /proc/PID/cgroup as in cgroups(7).
 */
#include "scope.h"
#include "../toolbox/lib/base.h"
#include "proc.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the order of preference. */
static const char *const controllers[] = { "", "memory", "pids", "cpu", "devices", "freezer" };

/* Whether a list with commas has the word. "" is the only word of an empty list. */
static bool has(const char *list, const char *word)
{
	size_t n = strlen(word);

	if (n == 0 || !*list)
		return n == 0 && !*list;
	for (const char *p = list; (p = strstr(p, word)); p += n)
		if ((p == list || p[-1] == ',') && (p[n] == ',' || p[n] == '\0'))
			return true;
	return false;
}

/* The path of the process in a hierarchy, NULL where it is at the root. Changes text on its way. */
static char *path_of(char *text, const char *controller)
{
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *names = strchr(line, ':');
		char *path = names ? strchr(names + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		if (has(names + 1, controller))
			return path[0] == '/' && path[1] && strncmp(path, "/..", 3) != 0 ? path : NULL;
	}
	return NULL;
}

static unsigned depth(const char *path)
{
	unsigned n = 0;

	for (; *path; path += strcspn(path, "/")) {
		path += strspn(path, "/");
		n += *path != '\0';
	}
	return n;
}

static bool cgroup_words(const char *text, const char *controller, const struct world_cgroup *cgroups, size_t n, char *buf,
			 size_t size)
{
	char *copy = strdup(text);
	char *path = copy ? path_of(copy, controller) : NULL;
	bool found = false;

	for (size_t i = 0; path && !found && i < n; i++) {
		const struct world_cgroup *c = &cgroups[i];
		struct stat st;
		char *dir;

		if (!c->whole || (*controller ? c->v2 || !has(c->options, controller) : !c->v2) ||
		    asprintf(&dir, "/sys/fs/cgroup/%s%s", c->at, path) < 0)
			continue;
		found = stat(dir, &st) == 0;
		free(dir);
		if (found)
			snprintf(buf, size, "cgroup=%" PRIu64 ",%u,%s", (uint64_t)st.st_ino, depth(path), controller);
	}
	free(copy);
	return found;
}

void scope_words(const struct target *t, const struct world_cgroup *cgroups, size_t n, char *buf, size_t size)
{
	bool found = false;
	char *text;
	size_t len;

	*buf = '\0';
	if (proc_read(t->pid, "cgroup", &text, &len) == 0) {
		for (size_t i = 0; !found && i < countof(controllers); i++)
			found = cgroup_words(text, controllers[i], cgroups, n, buf, size);
		free(text);
	}
	if (!found && t->mnt_ns != proc_namespace(getpid(), "mnt"))
		snprintf(buf, size, "mntns=%" PRIu64, t->mnt_ns);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Where cgroups are mounted, and who is in which.
 */
#include "cgroup.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* In the order of preference: where every process is in a cgroup of its container's own. */
static const char *const controllers[] = { [KERN_CGROUP2] = "",		   [KERN_CGROUP_MEMORY] = "memory",
					   [KERN_CGROUP_PIDS] = "pids",	   [KERN_CGROUP_CPU] = "cpu",
					   [KERN_CGROUP_DEVICES] = "devices", [KERN_CGROUP_FREEZER] = "freezer" };
#define CONTROLLERS (sizeof controllers / sizeof *controllers)

bool cgroup_controller(const char *name, __u32 *controller)
{
	for (*controller = 0; *controller < CONTROLLERS; ++*controller) {
		if (strcmp(name, controllers[*controller]) == 0)
			return true;
	}
	return false;
}

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)); p += n) {
		if ((p == list || p[-1] == ',') && (p[n] == ',' || p[n] == '\0' || p[n] == '\n'))
			return true;
	}
	return false;
}

/* A mounted hierarchy. */
struct mount {
	char root[PATH_MAX], point[PATH_MAX];
	uint32_t controller;
	bool is_cgroup;
};

/* \040 and its like stand for blanks in mountinfo. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' && s[2] >= '0' && s[2] <= '7' && s[3] >= '0' && s[3] <= '7') {
			*to++ = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 | (s[3] - '0'));
			s += 3;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

/* A line: id parent major:minor root point options [fields] - type source super-options. */
static bool parse_mount(char *line, struct mount *m)
{
	char *dash = strstr(line, " - "), *save = NULL, *word = strtok_r(line, " ", &save);
	char type[32], options[512] = "";

	m->is_cgroup = false;
	m->root[0] = m->point[0] = '\0';
	if (!dash || sscanf(dash + 3, "%31s %*s %511s", type, options) < 1)
		return false;
	for (unsigned i = 0; word && i < 5; i++, word = strtok_r(NULL, " ", &save)) {
		if (i == 3)
			snprintf(m->root, sizeof m->root, "%s", word);
		if (i == 4)
			snprintf(m->point, sizeof m->point, "%s", word);
	}
	unescape(m->root);
	unescape(m->point);
	if (strcmp(type, "cgroup2") == 0) {
		m->controller = KERN_CGROUP2;
		m->is_cgroup = true;
	}
	for (uint32_t i = KERN_CGROUP2 + 1; i < CONTROLLERS && strcmp(type, "cgroup") == 0; i++) {
		if (has_word(options, controllers[i])) {
			m->controller = i;
			m->is_cgroup = true;
		}
	}
	return strcmp(type, "cgroup2") == 0 || strcmp(type, "cgroup") == 0;
}

/* How many directories a path has: cgroups between the root of the hierarchy and the end of the path. */
static uint32_t depth(const char *path)
{
	uint32_t n = 0;

	for (const char *p = path; *p;) {
		size_t len;

		while (*p == '/')
			p++;
		len = strcspn(p, "/");
		n += len > 0;
		p += len;
	}
	return n;
}

/* The mount whose fits() holds, the last one that does. */
static bool find_mount(struct mount *m, bool (*fits)(const struct mount *m, const void *cookie), const void *cookie)
{
	FILE *fp = fopen("/proc/self/mountinfo", "re");
	struct mount *try = fp ? malloc(sizeof *try) : NULL;
	bool found = false;
	char *line = NULL;
	size_t room = 0;

	while (try && getline(&line, &room, fp) > 0) {
		if (!parse_mount(line, try) || !fits(try, cookie))
			continue;
		*m = *try;
		found = true;
	}
	free(line);
	free(try);
	if (fp)
		fclose(fp);
	return found;
}

static bool fill(struct kern_scope *test, const struct mount *m, const char *dir, uint32_t level)
{
	struct stat st;

	if (stat(dir, &st) != 0)
		return false;
	test->cgroup = st.st_ino;
	test->cgroup_level = level;
	test->cgroup_controller = m->controller;
	return true;
}

static bool of_controller(const struct mount *m, const void *controller)
{
	return m->is_cgroup && m->controller == *(const uint32_t *)controller;
}

/* The cgroup at path, as /proc/PID/cgroup writes it, of a hierarchy. */
static bool take(struct kern_scope *test, uint32_t controller, const char *path)
{
	struct mount *m = malloc(sizeof *m);
	char dir[2 * PATH_MAX];
	size_t n;
	bool good = false;

	if (m && find_mount(m, of_controller, &controller)) {
		n = strcmp(m->root, "/") == 0 ? 0 : strlen(m->root);
		/* Of a bind mount of a part we see that part only. */
		if (strncmp(path, m->root, n) == 0) {
			snprintf(dir, sizeof dir, "%s%s", m->point, path + n);
			good = fill(test, m, dir, depth(path));
		}
	}
	free(m);
	return good;
}

/* In a cgroup namespace of its own paths begin at the namespace's cgroup: how many are above it cannot be seen. The first one's inode
 * is part of the kernel's interface (include/uapi/linux/nsfs.h). */
static bool sees_all(void)
{
	struct stat st;

	return stat("/proc/self/ns/cgroup", &st) == 0 && st.st_ino == 0xEFFFFFFBu;
}

static bool read_cgroups(const char *file, struct kern_scope *test)
{
	FILE *fp = sees_all() ? fopen(file, "re") : NULL;
	char *paths[CONTROLLERS] = { 0 }, *line = NULL;
	size_t room = 0;
	bool found = false;

	/* "4:memory:/a/b", "0::/a/b" */
	while (fp && getline(&line, &room, fp) > 0) {
		char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		for (uint32_t i = 0; i < CONTROLLERS; i++) {
			if (!paths[i] && (i == KERN_CGROUP2 ? names[1] == '\0' : has_word(names + 1, controllers[i])))
				paths[i] = strdup(path);
		}
	}
	/* "/" is everybody's, "/.." outside of our cgroup namespace. */
	for (uint32_t i = 0; i < CONTROLLERS; i++) {
		if (!found && paths[i] && paths[i][1] && strncmp(paths[i], "/..", 3) != 0)
			found = take(test, i, paths[i]);
		free(paths[i]);
	}
	free(line);
	if (fp)
		fclose(fp);
	return found;
}

bool cgroup_own(struct kern_scope *test)
{
	return read_cgroups("/proc/self/cgroup", test);
}

bool cgroup_of(pid_t pid, struct kern_scope *test)
{
	char path[48];

	snprintf(path, sizeof path, "/proc/%d/cgroup", (int)pid);
	return read_cgroups(path, test);
}

static bool holds(const struct mount *m, const void *path)
{
	size_t n = strlen(m->point);

	return strncmp(path, m->point, n) == 0 && (((const char *)path)[n] == '/' || ((const char *)path)[n] == '\0');
}

bool cgroup_of_path(const char *path, struct kern_scope *test, char *why, size_t size)
{
	struct mount *m = malloc(sizeof *m);
	char *real = realpath(path, NULL);
	bool good = false;

	if (!real || !m)
		snprintf(why, size, "--cgroup %s: %s", path, strerror(errno));
	else if (!find_mount(m, holds, real))
		snprintf(why, size, "--cgroup %s: it is not below a mounted cgroup file system", path);
	else if (!m->is_cgroup)
		snprintf(why, size, "--cgroup %s: give the cgroup's directory below memory, pids, cpu, devices or freezer, or of "
				    "the unified hierarchy", path);
	else if (!(good = fill(test, m, real, depth(m->root) + depth(real) - depth(m->point))))
		snprintf(why, size, "--cgroup %s: its id cannot be read: %s", path, strerror(errno));
	free(real);
	free(m);
	return good;
}

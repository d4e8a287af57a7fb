/* SPDX-License-Identifier: GPL-2.0-only
 * Finding the container's cgroup directories: see cgroup_place.h. Kernel sources of the formats:
 * cgroups(7), proc(5) mountinfo, cgroup_namespaces(7).
 *
 * Three facts make this more than a join of two strings. In Docker on v1 the container's own directory
 * is mounted at /sys/fs/cgroup/CONTROLLER, while /proc/self/cgroup shows the path as the host knows it;
 * the root field of mountinfo tells how much of it the mount has swallowed. With a cgroup namespace
 * both are relative to the namespace's root, which is the container. And a process may be in a
 * directory below the container's (systemd inside a container): the container's is meant.
 */
#include "cgroup_place.h"
#include "base.h"
#include "cgroup.h"
#include "proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The host's own namespaces have fixed numbers (include/linux/proc_ns.h, since 3.8). Before 6.18 the
 * first mount namespace has none; it is then one of the first two numbers that are given out. */
#define INIT_PID_NS 4026531836u
#define INIT_CGROUP_NS 4026531835u
#define LAST_INIT_MNT_NS 4026531841u

/* Names of the controllers on v1, by enum cgroup_hierarchy. */
static const char *const controllers[CGROUP_HIERARCHIES] = { "", "memory", "cpu", "cpuacct", "pids", "blkio" };

/* A part of a text, not terminated. */
struct span {
	const char *s;
	size_t n;
};

static bool span_is(struct span a, const char *s)
{
	return a.n == strlen(s) && memcmp(a.s, s, a.n) == 0;
}

static bool span_starts(struct span a, const char *s)
{
	return a.n >= strlen(s) && memcmp(a.s, s, strlen(s)) == 0;
}

static bool span_ends(struct span a, const char *s)
{
	return a.n >= strlen(s) && memcmp(a.s + a.n - strlen(s), s, strlen(s)) == 0;
}

/* Cuts what stands before the separator (or all) off the front of rest; false at the end. */
static bool span_cut(struct span *rest, char separator, struct span *part)
{
	if (!rest->s)
		return false;
	const char *end = memchr(rest->s, separator, rest->n);
	*part = (struct span){ rest->s, end ? (size_t)(end - rest->s) : rest->n };
	if (end)
		*rest = (struct span){ end + 1, rest->n - part->n - 1 };
	else
		rest->s = NULL;
	return true;
}

static bool has_word(struct span list, const char *word)
{
	struct span part;

	while (span_cut(&list, ',', &part))
		if (span_is(part, word))
			return true;
	return false;
}

/* 64 hexadecimal digits at a stretch: the id of a container of Docker, containerd, podman or CRI-O. */
static bool has_id(struct span name)
{
	size_t run = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.s[i];

		run = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? run + 1 : 0;
		if (run == 64)
			return true;
	}
	return false;
}

/* conmon stands beside its container, on the host; machine-qemu is a virtual machine as the host sees it. */
static bool names_container(struct span name, struct span parent)
{
	if (has_id(name))
		return !span_starts(name, "libpod-conmon-") && !span_starts(name, "crio-conmon-");
	if (span_starts(name, "lxc.payload."))
		return true;
	if (span_is(parent, "lxc.payload") || span_is(parent, "lxc") || span_is(parent, "docker"))
		return name.n > 0;
	return span_starts(name, "machine-") && span_ends(name, ".scope") && !span_starts(name, "machine-qemu");
}

size_t cgroup_engine_part(const char *path, size_t len)
{
	struct span rest = { path, len };
	struct span parent = { path, 0 };
	struct span name;
	size_t found = 0;

	/* The last one: a container inside a container is the one that we are in. */
	while (span_cut(&rest, '/', &name)) {
		if (names_container(name, parent))
			found = (size_t)(name.s + name.n - path);
		parent = name;
	}
	return found;
}

/* \ooo in mountinfo stands for blank, tab, newline and backslash. */
static char *unescape(struct span from)
{
	char *to = malloc(from.n + 1);
	size_t n = 0;

	for (size_t i = 0; to && i < from.n; i++) {
		const char *p = from.s + i;

		if (*p == '\\' && from.n - i > 3 && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' &&
		    p[3] >= '0' && p[3] <= '7') {
			to[n++] = (char)((p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0'));
			i += 3;
		} else {
			to[n++] = *p;
		}
	}
	if (to)
		to[n] = '\0';
	return to;
}

/* One line of mountinfo: "31 27 0:28 ROOT POINT OPTIONS [TAG]... - TYPE SOURCE SUPEROPTIONS". */
struct mount {
	struct span root, point, type, super;
};

static bool parse_mount(struct span line, struct mount *m)
{
	struct span part;

	*m = (struct mount){ 0 };
	for (int field = 1; field <= 6; field++) {
		if (!span_cut(&line, ' ', &part))
			return false;
		if (field == 4)
			m->root = part;
		if (field == 5)
			m->point = part;
	}
	do {
		if (!span_cut(&line, ' ', &part))
			return false;
	} while (!span_is(part, "-"));
	return span_cut(&line, ' ', &m->type) && span_cut(&line, ' ', &part) && span_cut(&line, ' ', &m->super);
}

/* The path of this process in a hierarchy: from "4:memory:/docker/ID", or "0::/" for v2. A path may hold colons. */
static bool self_path(const char *self_cgroup, enum cgroup_hierarchy h, struct span *path)
{
	struct span rest = { self_cgroup, strlen(self_cgroup) };
	struct span line, id, list;

	while (span_cut(&rest, '\n', &line)) {
		if (!span_cut(&line, ':', &id) || !span_cut(&line, ':', &list) || !line.s)
			continue;
		if (h == CGROUP_V2 ? span_is(id, "0") && list.n == 0 : has_word(list, controllers[h])) {
			*path = line;
			return true;
		}
	}
	return false;
}

/* What of path lies below the mount's root, beginning with '/' or empty; false: nothing, it lies elsewhere. */
static bool below_root(const char *root, struct span path, struct span *rel)
{
	size_t n = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (path.n < n || memcmp(path.s, root, n) != 0 || (path.n > n && path.s[n] != '/'))
		return false;
	*rel = (struct span){ path.s + n, path.n - n };
	if (span_is(*rel, "/"))
		rel->n = 0;
	return true;
}

/* The container's directory on one mount, or false. path.s NULL: not known. */
static bool dir_on_mount(struct cgroup_place *place, const char *root, const char *point, struct span path,
			 bool private_ns)
{
	struct span rel = { "", 0 };
	bool outside = strncmp(root, "/..", 3) == 0 || (path.s && span_starts(path, "/.."));

	/* With a namespace of our own, the root of its mount is the container. */
	if (strcmp(root, "/") != 0 || !private_ns) {
		bool below = !outside && path.s && below_root(root, path, &rel);
		size_t part = below ? cgroup_engine_part(path.s, path.n) : 0;
		size_t swallowed = path.n - rel.n;

		/* A mount of the host's hierarchy seen from a namespace, or a path that is not below it: our place in
		 * it has no name here. A part of a hierarchy that is mounted is what the engine meant us to see. */
		if (outside || (!below && strcmp(root, "/") == 0))
			return false;
		if (part > 0)
			rel.n = part > swallowed ? part - swallowed : 0;
	}
	size_t n = strlen(point);
	while (n > 0 && point[n - 1] == '/')
		n--;
	if (n == 0)
		return false;
	place->mount_len = n - 1; /* without the leading '/' */
	place->dir = malloc(n + rel.n);
	if (!place->dir)
		return false;
	memcpy(place->dir, point + 1, n - 1);
	memcpy(place->dir + n - 1, rel.s, rel.n);
	place->dir[n - 1 + rel.n] = '\0';
	return true;
}

/* The directory, or its nearest parent that exists (the mount may be older than the path). */
static bool settle(struct cgroup_place *place, bool (*exists)(const char *dir))
{
	while (!exists(place->dir)) {
		char *slash = strrchr(place->dir, '/');

		if (!slash || strlen(place->dir) <= place->mount_len)
			return false;
		*slash = '\0';
	}
	return true;
}

static void try_mount(struct cgroup_place *place, const struct mount *m, struct span path, bool private_ns,
		      bool (*exists)(const char *dir))
{
	char *root = unescape(m->root);
	char *point = unescape(m->point);

	if (root && point && *point == '/' && dir_on_mount(place, root, point, path, private_ns) &&
	    !settle(place, exists)) {
		free(place->dir);
		*place = (struct cgroup_place){ 0 };
	}
	free(root);
	free(point);
}

int cgroup_places_find(struct cgroup_places *ps, const char *self_cgroup, const char *mountinfo, bool private_ns,
		       bool (*exists)(const char *dir))
{
	struct span rest = { mountinfo, strlen(mountinfo) };
	struct span path[CGROUP_HIERARCHIES] = { 0 };
	struct span line;
	struct mount m;
	bool any = false;

	*ps = (struct cgroup_places){ 0 };
	for (int h = 0; h < CGROUP_HIERARCHIES; h++)
		if (self_path(self_cgroup, (enum cgroup_hierarchy)h, &path[h]) && h != CGROUP_V2)
			ps->v1[h] = true;
	while (span_cut(&rest, '\n', &line)) {
		if (!parse_mount(line, &m))
			continue;
		for (int h = 0; h < CGROUP_HIERARCHIES; h++) {
			if (h == CGROUP_V2 ? !span_is(m.type, "cgroup2")
					   : !span_is(m.type, "cgroup") || !has_word(m.super, controllers[h]))
				continue;
			ps->v1[h] = h != CGROUP_V2;
			if (!ps->place[h].dir)
				try_mount(&ps->place[h], &m, path[h], private_ns, exists);
			any = any || ps->place[h].dir;
		}
	}
	return any ? 0 : -ENOENT;
}

void cgroup_places_free(struct cgroup_places *ps)
{
	for (int h = 0; h < CGROUP_HIERARCHIES; h++)
		free(ps->place[h].dir);
	*ps = (struct cgroup_places){ 0 };
}

/* --- this process ------------------------------------------------------------------------------ */

static bool exists_below_root(const char *dir)
{
	fd_auto fd = proc_open(dir, O_PATH | O_DIRECTORY);

	return fd >= 0;
}

static bool has_file(const char *dir, const char *name)
{
	char *path = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return false;
	fd_auto fd = proc_open(path, O_PATH);
	free(path);
	return fd >= 0;
}

/* The root of a hierarchy: on v1 it alone has a release_agent, on v2 it alone has no cgroup.events. */
static bool is_top(const char *dir, bool v2)
{
	return v2 ? !has_file(dir, "cgroup.events") : has_file(dir, "release_agent");
}

/* The number of a namespace of this process, 0 when it is not known. */
static uint64_t ns_number(const char *kind)
{
	char path[40], link[64];
	uint64_t number = 0;

	snprintf(path, sizeof(path), "proc/self/ns/%s", kind);
	if (proc_readlink(path, link, sizeof(link)) == 0) {
		const char *p = strchr(link, '[');

		if (p && *++p && !proc_u64(&p, &number))
			number = 0;
	}
	return number;
}

static bool is_private(const char *kind, uint64_t host)
{
	uint64_t number = ns_number(kind);

	return number != 0 && number != host;
}

static struct cgroup_places *places(void)
{
	static struct cgroup_places found;
	static bool done;

	if (done)
		return &found;
	done = true;
	struct proc_file self = PROC_FILE_INIT, mounts = PROC_FILE_INIT;
	proc_load(&self, "proc/self/cgroup");
	if (proc_load(&mounts, "proc/self/mountinfo") == 0)
		cgroup_places_find(&found, self.data, mounts.data, is_private("cgroup", INIT_CGROUP_NS),
				   exists_below_root);
	proc_unload(&self);
	proc_unload(&mounts);
	for (int h = 0; h < CGROUP_HIERARCHIES; h++) {
		struct cgroup_place *place = &found.place[h];

		if (place->dir && is_top(place->dir, h == CGROUP_V2)) {
			free(place->dir);
			*place = (struct cgroup_place){ 0 };
		}
	}
	return &found;
}

const struct cgroup_place *cgroup_place(enum cgroup_hierarchy h, bool *v2)
{
	struct cgroup_places *ps = places();

	*v2 = !ps->v1[h];
	if (*v2)
		h = CGROUP_V2;
	return ps->place[h].dir ? &ps->place[h] : NULL;
}

/* Whether "/" is an overlay, as engines make it, or podman has left its mark, in a mount namespace of its own.
 * None says anything alone: services of systemd have mount namespaces, live systems have overlays, and
 * virtual machines made from container images have the marks (/.dockerenv, which is not asked for:
 * Docker always gives a cgroup by which it is known). */
static bool has_engine_root(void)
{
	struct proc_file mounts = PROC_FILE_INIT;
	bool overlay = false;
	struct span line;
	struct mount m;

	if (ns_number("mnt") <= LAST_INIT_MNT_NS)
		return false;
	if (has_file("run", ".containerenv"))
		return true;
	if (proc_load(&mounts, "proc/self/mountinfo") < 0) {
		proc_unload(&mounts);
		return false;
	}
	struct span rest = { mounts.data, mounts.len };
	while (span_cut(&rest, '\n', &line))
		if (parse_mount(line, &m) && span_is(m.point, "/"))
			overlay = span_is(m.type, "overlay") || span_is(m.type, "fuse.fuse-overlayfs");
	proc_unload(&mounts);
	return overlay;
}

static bool has_engine_cgroup(void)
{
	struct proc_file self = PROC_FILE_INIT;
	struct span path;
	bool found = false;

	if (proc_load(&self, "proc/self/cgroup") == 0)
		for (int h = 0; h < CGROUP_HIERARCHIES && !found; h++)
			found = self_path(self.data, (enum cgroup_hierarchy)h, &path) &&
				cgroup_engine_part(path.s, path.n) > 0;
	proc_unload(&self);
	return found;
}

bool cgroup_inside(void)
{
	static int inside = -1;

	if (inside < 0)
		inside = is_private("pid", INIT_PID_NS) || is_private("cgroup", INIT_CGROUP_NS) ||
			 has_engine_cgroup() || has_engine_root();
	return inside > 0;
}

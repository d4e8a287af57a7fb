/* SPDX-License-Identifier: GPL-2.0-only
 * The root directory of a command: see world.h. What is read of the container here are the names in its root
 * directory; each is opened once, as a descriptor that follows no link.
 */
#include "world.h"
#include "../toolbox/lib/base.h"
#include "proc.h"
#include "sys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CGROUP_DIR "/sys/fs/cgroup"
#define QUIET (SYS_MOUNT_ATTR_NOSUID | SYS_MOUNT_ATTR_NODEV | SYS_MOUNT_ATTR_NOEXEC)
#define NO_LINKS (SYS_RESOLVE_NO_SYMLINKS | SYS_RESOLVE_NO_MAGICLINKS)

struct cgroup_list {
	struct world_cgroup *v;
	size_t n, room;
};

static int add_cgroup(const struct proc_mount *m, void *arg)
{
	struct cgroup_list *list = arg;
	int v2 = strcmp(m->fstype, "cgroup2") == 0;
	size_t len = strlen(CGROUP_DIR);

	if ((!v2 && strcmp(m->fstype, "cgroup") != 0) || strncmp(m->point, CGROUP_DIR, len) != 0 ||
	    (m->point[len] != '\0' && m->point[len] != '/'))
		return 0;
	const char *at = m->point + len + (m->point[len] == '/');
	struct world_cgroup *c = &list->v[list->n];
	if (list->n == list->room || strchr(at, '/') || strlen(at) >= sizeof(c->at) ||
	    (m->super && strlen(m->super) >= sizeof(c->options)))
		return 0;
	strcpy(c->at, at);
	strcpy(c->options, v2 || !m->super ? "" : m->super);
	c->v2 = v2;
	c->whole = strcmp(m->root, "/") == 0;
	list->n++;
	return 0;
}

int world_cgroups(struct world_cgroup *v, size_t room)
{
	struct cgroup_list list = { .v = v, .room = room };
	char *data;
	size_t len;
	int r = proc_read(getpid(), "mountinfo", &data, &len);

	if (r < 0)
		return r;
	proc_each_mount(data, len, add_cgroup, &list);
	free(data);
	return (int)list.n;
}

/* Makes a superblock of this kind and mounts it, detached. */
static int mount_new(const char *type, const char *key, const char *value, uint32_t attributes)
{
	fd_auto fs = sys_fsopen(type);
	int r = fs;

	if (r >= 0 && key)
		r = sys_fsconfig_string(fs, key, value);
	if (r >= 0)
		r = sys_fsconfig_create(fs);
	return r < 0 ? r : sys_fsmount(fs, attributes);
}

/* An object of ours: nobody else writes to what dir stands for. */
static int open_in(int dir, const char *name)
{
	return sys_openat2(dir, name, O_PATH | O_NOFOLLOW, SYS_RESOLVE_BENEATH | NO_LINKS);
}

static int attach_in(int dir, const char *name, int mount)
{
	fd_auto to = open_in(dir, name);

	return to < 0 ? to : sys_attach(mount, to);
}

/* One entry of the container's root directory: links as links, all else as a clone of the mount that it lies on. */
static int add_entry(int root, int new_root, const char *name)
{
	char link[PATH_MAX];
	uint16_t mode;
	fd_auto fd = sys_openat2(root, name, O_PATH | O_NOFOLLOW, SYS_RESOLVE_BENEATH | NO_LINKS);

	if (fd < 0)
		return fd == -ENOENT ? 0 : fd; /* gone meanwhile */
	int r = sys_mode_of(fd, &mode);
	if (r < 0)
		return r;
	if (S_ISLNK(mode)) {
		ssize_t n = readlinkat(fd, "", link, sizeof(link) - 1);

		if (n < 0)
			return -errno;
		link[n] = '\0';
		return symlinkat(link, new_root, name) < 0 ? -errno : 0;
	}
	if ((S_ISDIR(mode) ? mkdirat(new_root, name, 0755) : mknodat(new_root, name, S_IFREG | 0644, 0)) < 0)
		return -errno;
	fd_auto clone = sys_clone_below(fd);
	return clone < 0 ? clone : attach_in(new_root, name, clone);
}

static int add_entries(struct world *w, int new_root)
{
	int fd = sys_openat2(w->root, ".", O_RDONLY | O_DIRECTORY, SYS_RESOLVE_BENEATH | NO_LINKS);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	size_t n = 0;
	int r = 0;

	if (!dir) {
		r = fd < 0 ? fd : -errno;
		base_close_fd(&fd);
		return r;
	}
	while (r == 0 && (e = readdir(dir))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || strcmp(e->d_name, "proc") == 0 ||
		    strcmp(e->d_name, "sys") == 0 || strcmp(e->d_name, "native") == 0)
			continue;
		if (n++ == WORLD_ENTRIES) {
			w->notes |= WORLD_CROWDED;
			break;
		}
		r = add_entry(w->root, new_root, e->d_name);
	}
	closedir(dir);
	return r;
}

/* The options that say which hierarchy of cgroup v1 it is: controllers and the name. The others are the mount's. */
static int set_hierarchy(int fs, char *options)
{
	static const char *const others[] = { "rw", "ro", "xattr", "noprefix", "clone_children", "cpuset_v2_mode", "seclabel",
					      "favordynmods", "nofavordynmods" };
	char *save = NULL;
	int r = 0;

	for (char *o = strtok_r(options, ",", &save); r >= 0 && o; o = strtok_r(NULL, ",", &save)) {
		bool other = strncmp(o, "release_agent=", 14) == 0;

		for (size_t i = 0; i < countof(others); i++)
			other |= strcmp(o, others[i]) == 0;
		if (other)
			continue;
		if (strncmp(o, "name=", 5) == 0)
			r = sys_fsconfig_string(fs, "name", o + 5);
		else
			r = sys_fsconfig_flag(fs, o);
	}
	return r;
}

static int mount_cgroup(const struct world_cgroup *c)
{
	char options[sizeof(c->options)];
	fd_auto fs = sys_fsopen(c->v2 ? "cgroup2" : "cgroup");
	int r = fs;

	strcpy(options, c->options);
	if (r >= 0)
		r = set_hierarchy(fs, options);
	if (r >= 0)
		r = sys_fsconfig_create(fs);
	return r < 0 ? r : sys_fsmount(fs, QUIET | SYS_MOUNT_ATTR_RDONLY);
}

/* "cpu,cpuacct" is found as "cpu" and "cpuacct" too. */
static void link_controllers(int dir, const char *at)
{
	char names[64];
	char *save = NULL;

	if (!strchr(at, ','))
		return;
	strcpy(names, at);
	for (char *name = strtok_r(names, ",", &save); name; name = strtok_r(NULL, ",", &save))
		(void)symlinkat(at, dir, name);
}

/* cgroup2 by itself, or a tmpfs with a directory for each hierarchy, as the host has it. */
static int add_cgroups(const struct world *w, int sys)
{
	int r = 0;

	if (w->n_cgroups == 0)
		return 0;
	if (w->n_cgroups == 1 && !*w->cgroups[0].at) {
		fd_auto mount = mount_cgroup(&w->cgroups[0]);

		return mount < 0 ? mount : attach_in(sys, "fs/cgroup", mount);
	}
	fd_auto dir = mount_new("tmpfs", "mode", "0755", QUIET);
	if (dir < 0 || (r = attach_in(sys, "fs/cgroup", dir)) < 0)
		return dir < 0 ? dir : r;
	for (size_t i = 0; i < w->n_cgroups; i++) {
		const struct world_cgroup *c = &w->cgroups[i];
		fd_auto mount = mount_cgroup(c);
		int one = mount;

		if (one >= 0 && *c->at && mkdirat(dir, c->at, 0755) < 0)
			one = -errno;
		if (one >= 0 && *c->at)
			one = attach_in(dir, c->at, mount);
		if (one >= 0)
			link_controllers(dir, c->at);
		else
			r = one;
	}
	int sealed = sys_mount_attr(dir, SYS_MOUNT_ATTR_RDONLY, 0, 0);
	return r < 0 ? r : sealed;
}

static int fail(struct world *w, int r, const char *place)
{
	w->place = place;
	return r;
}

/* A mount at a directory of ours in the new root. */
static int add_mount(struct world *w, int new_root, const char *name, int mount, const char *place)
{
	int r = mount;

	if (r >= 0 && mkdirat(new_root, name, 0755) < 0)
		r = -errno;
	if (r >= 0)
		r = attach_in(new_root, name, mount);
	return r < 0 ? fail(w, r, place) : 0;
}

int world_enter(struct world *w)
{
	/* Another source than the tools' own mounts have, by which inject --remove knows them. */
	fd_auto root = mount_new("tmpfs", "mode", "0755", SYS_MOUNT_ATTR_NOSUID | SYS_MOUNT_ATTR_NODEV);
	int r = root;

	if (r >= 0)
		r = sys_attach(root, w->top);
	if (r < 0)
		return fail(w, r, "its file system");
	fd_auto proc = mount_new("proc", NULL, NULL, QUIET);
	fd_auto sys = mount_new("sysfs", NULL, NULL, QUIET | SYS_MOUNT_ATTR_RDONLY);
	if ((r = add_mount(w, root, "proc", proc, "/proc")) < 0 || (r = add_mount(w, root, "sys", sys, "/sys")) < 0 ||
	    (r = add_mount(w, root, "native", w->tools, "/native")) < 0)
		return r;
	if (add_cgroups(w, sys) < 0)
		w->notes |= WORLD_NO_CGROUPS;
	if ((r = add_entries(w, root)) < 0)
		return fail(w, r, "an entry of the container's root directory");
	if ((r = sys_mount_attr(root, SYS_MOUNT_ATTR_RDONLY, 0, 0)) < 0)
		return fail(w, r, "read-only");
	if (fchdir(root) < 0 || chroot(".") < 0)
		return fail(w, -errno, "chroot");
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Docker's containers, of every daemon on the host, from its files alone:
 *
 *   <data-root>/containers/<ID>/config.v2.json   name, image, state, pid
 *   <bundle>/init.pid, config.json               pid as the shim knows it; paths below the data-root
 *   <exec-root>/runtime-runc/moby/<ID>/          runc's state.json with the start time
 *
 * Where those directories are is told by the default places, /etc/docker/daemon.json, the
 * arguments of each dockerd, and, when no daemon lives any more, the shims: they live as long as
 * their container, carry its id in their arguments and have its bundle as working directory.
 */
#include "../../toolbox/lib/base.h"
#include "../proc.h"
#include "find.h"
#include "state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct root {
	char *path;	 /* the data-root as its daemon names it */
	char *exec_root; /* NULL when nothing told it */
	int containers;	 /* O_PATH descriptor of <data-root>/containers */
	dev_t dev;
	ino_t ino;
};

struct shim {
	char *id;
	char *namespace;
	char *exec_root; /* from -address <exec-root>/containerd/containerd.sock; NULL for a system containerd */
	pid_t pid;	 /* of the shim */
	pid_t init;	 /* of the container, 0 when its file could not be read */
};

struct search {
	struct container_list *list;
	struct root *roots;
	size_t n_roots;
	struct shim *shims;
	size_t n_shims;
};

/* Adds <path>/containers once; a directory that is not there is passed over. `who` as the process
 * that names the path (0: we do). */
static int add_root(struct search *s, pid_t who, const char *path, const char *exec_root)
{
	char *containers = NULL;
	struct stat st;

	if (path[0] != '/' || asprintf(&containers, "%s/containers", path) < 0)
		return containers ? -ENOMEM : 0;
	fd_auto fd = state_open_dir(who, containers);
	free(containers);
	if (fd < 0 || fstat(fd, &st) < 0) {
		if (fd < 0 && fd != -ENOENT && fd != -ENOTDIR)
			find_note(s->list, "Docker's %s cannot be read (%s)", path, strerror(-fd));
		return 0;
	}
	for (size_t i = 0; i < s->n_roots; i++)
		if (s->roots[i].dev == st.st_dev && s->roots[i].ino == st.st_ino) {
			if (!s->roots[i].exec_root && exec_root)
				s->roots[i].exec_root = strdup(exec_root);
			return 0;
		}
	struct root *grown = realloc(s->roots, (s->n_roots + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	s->roots = grown;
	struct root *root = &grown[s->n_roots];
	*root = (struct root){ .path = strdup(path),
			       .exec_root = exec_root ? strdup(exec_root) : NULL,
			       .containers = fd,
			       .dev = st.st_dev,
			       .ino = st.st_ino };
	if (!root->path)
		return -ENOMEM;
	fd = -1;
	s->n_roots++;
	return 0;
}

/* "--option value" and "--option=value"; NULL when argv[*i] is another. */
static const char *option(char **argv, size_t *i, const char *name)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n) != 0)
		return NULL;
	if (argv[*i][n] == '=')
		return argv[*i] + n + 1;
	if (argv[*i][n] == '\0' && argv[*i + 1])
		return argv[++*i];
	return NULL;
}

/* daemon.json: https://docs.docker.com/reference/cli/dockerd/ */
static int add_daemon(struct search *s, pid_t who, const char *config, const char *data_root,
		      const char *exec_root)
{
	char *dir = strdup(config);
	char *slash = dir ? strrchr(dir, '/') : NULL;
	yyjson_doc *doc = NULL;

	if (slash) {
		*slash = '\0';
		fd_auto fd = state_open_dir(who, *dir ? dir : "/");
		int r = fd < 0 ? fd : state_read_json(fd, slash + 1, &doc);

		if (r < 0 && r != -ENOENT && r != -ENOTDIR)
			find_note(s->list, "Docker's %s cannot be read (%s)", config,
				  r == -EBADMSG ? "no valid JSON" : strerror(-r));
	}
	free(dir);
	yyjson_val *top = doc ? yyjson_doc_get_root(doc) : NULL;
	if (!data_root)
		data_root = yyjson_get_str(state_get(top, "data-root", NULL));
	if (!data_root)
		data_root = yyjson_get_str(state_get(top, "graph", NULL));
	if (!exec_root)
		exec_root = yyjson_get_str(state_get(top, "exec-root", NULL));
	int r = add_root(s, who, data_root ? data_root : "/var/lib/docker",
			 exec_root ? exec_root : "/var/run/docker");
	yyjson_doc_free(doc);
	return r;
}

static int see_dockerd(struct search *s, pid_t pid, char **argv)
{
	const char *config = "/etc/docker/daemon.json";
	const char *data_root = NULL;
	const char *exec_root = NULL;

	for (size_t i = 1; argv[0] && argv[i]; i++) {
		const char *v;

		if ((v = option(argv, &i, "--data-root")) || (v = option(argv, &i, "--graph")) ||
		    (v = option(argv, &i, "-g")))
			data_root = v;
		else if ((v = option(argv, &i, "--exec-root")))
			exec_root = v;
		else if ((v = option(argv, &i, "--config-file")))
			config = v;
	}
	return add_daemon(s, pid, config, data_root, exec_root);
}

static int see_shim(struct search *s, pid_t pid, char **argv)
{
	static const char socket[] = "/containerd/containerd.sock";
	const char *id = NULL;
	const char *namespace = NULL;
	const char *address = NULL;

	for (size_t i = 1; argv[0] && argv[i]; i++) {
		const char *v;

		if ((v = option(argv, &i, "-id")))
			id = v;
		else if ((v = option(argv, &i, "-namespace")))
			namespace = v;
		else if ((v = option(argv, &i, "-address")))
			address = v;
	}
	if (!id || !namespace || !state_is_id(id))
		return 0;
	struct shim *grown = realloc(s->shims, (s->n_shims + 1) * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	s->shims = grown;
	struct shim *shim = &grown[s->n_shims++];
	*shim = (struct shim){ .id = strdup(id), .namespace = strdup(namespace), .pid = pid };
	if (!shim->id || !shim->namespace)
		return -ENOMEM;
	size_t n = address ? strlen(address) : 0;
	/* /run/containerd/containerd.sock is a containerd of the system: it tells no exec-root. */
	if (n > sizeof(socket) && strcmp(address + n - strlen(socket), socket) == 0 &&
	    strcmp(address, "/run/containerd/containerd.sock") != 0)
		shim->exec_root = strndup(address, n - strlen(socket));

	char cwd[32];
	snprintf(cwd, sizeof(cwd), "%d/cwd", (int)pid);
	fd_auto bundle = openat(proc_root(), cwd, O_PATH | O_DIRECTORY | O_CLOEXEC);
	long init = bundle < 0 ? 0 : state_read_number(bundle, "init.pid");
	shim->init = init > 0 ? (pid_t)init : 0;
	return 0;
}

static int see_process(pid_t pid, const char *comm, void *arg)
{
	struct search *s = arg;
	bool dockerd = strcmp(comm, "dockerd") == 0;
	char **argv;

	/* comm holds 15 characters: containerd-shim-runc-v2 and its older kin. */
	if (!dockerd && strcmp(comm, "containerd-shim") != 0)
		return 0;
	if (!proc_is_host(pid) || proc_arguments(pid, &argv) < 0)
		return 0;
	int r = dockerd ? see_dockerd(s, pid, argv) : see_shim(s, pid, argv);
	free(argv);
	return r;
}

static struct shim *shim_of(struct search *s, const char *id)
{
	for (size_t i = 0; i < s->n_shims; i++)
		if (strcmp(s->shims[i].id, id) == 0)
			return &s->shims[i];
	return NULL;
}

static bool known(const struct search *s, const char *id)
{
	struct stat st;

	for (size_t i = 0; i < s->n_roots; i++)
		if (fstatat(s->roots[i].containers, id, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	return false;
}

/* A container whose daemon is dead or unknown: its bundle names files below the data-root as mount
 * sources (resolv.conf, hostname, hosts). */
static int root_from_bundle(struct search *s, const struct shim *shim)
{
	char cwd[32];
	char *below = NULL;
	yyjson_doc *doc;
	int r = 0;

	snprintf(cwd, sizeof(cwd), "%d/cwd", (int)shim->pid);
	fd_auto bundle = openat(proc_root(), cwd, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (bundle < 0 || state_read_json(bundle, "config.json", &doc) < 0)
		return 0;
	if (asprintf(&below, "/containers/%s/", shim->id) < 0) {
		yyjson_doc_free(doc);
		return -ENOMEM;
	}
	yyjson_val *mounts = state_get(yyjson_doc_get_root(doc), "mounts", NULL);
	yyjson_val *mount;
	size_t i, max;
	yyjson_arr_foreach(mounts, i, max, mount) {
		const char *source = yyjson_get_str(state_get(mount, "source", NULL));
		const char *at = source ? strstr(source, below) : NULL;

		if (!at)
			continue;
		char *path = strndup(source, (size_t)(at - source));
		r = path ? add_root(s, shim->pid, path, shim->exec_root) : -ENOMEM;
		free(path);
		break;
	}
	free(below);
	yyjson_doc_free(doc);
	return r;
}

static int add_container(struct search *s, const struct root *root, const char *id)
{
	char *file = NULL;
	yyjson_doc *doc;

	if (asprintf(&file, "%s/config.v2.json", id) < 0)
		return -ENOMEM;
	int r = state_read_json(root->containers, file, &doc);
	if (r < 0) {
		/* A container that is made or removed at this moment has no file yet, or no more. */
		if (r != -ENOENT && r != -ENOTDIR)
			find_note(s->list, "%s/containers/%s cannot be read (%s)", root->path, file,
				  r == -EBADMSG ? "no valid JSON" : strerror(-r));
		free(file);
		return r == -ENOMEM ? r : 0;
	}
	yyjson_val *top = yyjson_doc_get_root(doc);
	struct container *c = find_add(s->list);
	struct shim *shim = shim_of(s, id);
	if (c) {
		char *name = state_string(state_get(top, "Name", NULL));

		*c = (struct container){ .engine = "docker", .id = strdup(id), .state = CONTAINER_STOPPED };
		c->image = state_string(state_get(top, "Config", "Image", NULL));
		if (name && name[0] == '/')
			memmove(name, name + 1, strlen(name));
		c->name = name ? name : strndup(id, 12);
		if (asprintf(&c->named_by, "%s/containers/%s", root->path, file) < 0)
			c->named_by = NULL;
		if (yyjson_get_bool(state_get(top, "State", "Running", NULL))) {
			c->state = yyjson_get_bool(state_get(top, "State", "Paused", NULL)) ? CONTAINER_PAUSED
											    : CONTAINER_RUNNING;
			c->pid = (pid_t)yyjson_get_int(state_get(top, "State", "Pid", NULL));
			c->pid_by = c->named_by ? strdup(c->named_by) : NULL;
		}
		/* The shim is nearer to the truth: a daemon that hangs or died does not write any more. */
		if (shim && shim->init > 0) {
			if (c->state == CONTAINER_STOPPED)
				c->state = CONTAINER_RUNNING;
			c->pid = shim->init;
			free(c->pid_by);
			if (asprintf(&c->pid_by, "init.pid in the bundle of shim %d", (int)shim->pid) < 0)
				c->pid_by = NULL;
		}
		const char *exec_root = shim && shim->exec_root ? shim->exec_root : root->exec_root;
		if (exec_root && asprintf(&c->runtime, "%s/runtime-runc/%s/%s", exec_root,
					  shim ? shim->namespace : "moby", id) < 0)
			c->runtime = NULL;
		/* Config.v2.json is written before the pid is known and after the process is gone. */
		if (c->state != CONTAINER_STOPPED && c->pid <= 0)
			c->state = CONTAINER_STOPPED;
	}
	free(file);
	yyjson_doc_free(doc);
	return c && c->id && c->name && c->named_by ? 0 : -ENOMEM;
}

static int read_root(struct search *s, const struct root *root)
{
	int fd = openat(root->containers, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int r = 0;

	if (!dir) {
		find_note(s->list, "%s/containers cannot be read (%s)", root->path, strerror(errno));
		base_close_fd(&fd);
		return 0;
	}
	while (r == 0 && (entry = readdir(dir)))
		if (state_is_id(entry->d_name))
			r = add_container(s, root, entry->d_name);
	closedir(dir);
	return r;
}

static int find(struct container_list *list)
{
	struct search s = { .list = list };
	int r = proc_each(see_process, &s);

	/* Where the daemon is dead, its files and containers may live on. */
	if (r == 0)
		r = add_daemon(&s, 0, "/etc/docker/daemon.json", NULL, NULL);
	if (r == 0)
		r = add_root(&s, 0, "/var/lib/docker", "/var/run/docker");
	if (r == 0)
		r = add_root(&s, 0, "/var/snap/docker/common/var-lib-docker", "/run/snap.docker");
	for (size_t i = 0; r == 0 && i < s.n_shims; i++)
		if (!known(&s, s.shims[i].id))
			r = root_from_bundle(&s, &s.shims[i]);
	for (size_t i = 0; r == 0 && i < s.n_roots; i++)
		r = read_root(&s, &s.roots[i]);

	for (size_t i = 0; i < s.n_roots; i++) {
		free(s.roots[i].path);
		free(s.roots[i].exec_root);
		close(s.roots[i].containers);
	}
	for (size_t i = 0; i < s.n_shims; i++) {
		free(s.shims[i].id);
		free(s.shims[i].namespace);
		free(s.shims[i].exec_root);
	}
	free(s.roots);
	free(s.shims);
	return r;
}

const struct finder find_docker = { "docker", find };

/* SPDX-License-Identifier: GPL-2.0-only
 * -P: calls that name one of these paths, or a descriptor that is open on one.
 */
#include "filter.h"
#include "kinds.h"
#include "say.h"
#include "../lib/proc.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **paths;
static size_t n_paths;

bool filter_has_paths(void)
{
	return n_paths > 0;
}

static bool has_path(const char *path)
{
	for (size_t i = 0; i < n_paths; i++)
		if (!strcmp(paths[i], path))
			return true;
	return false;
}

static void add_path(char *path)
{
	char **grown = realloc(paths, (n_paths + 1) * sizeof(*paths));

	if (!grown || !path) {
		say_die("Out of memory");
		return; /* for cppcheck, which does not believe it */
	}
	paths = grown;
	paths[n_paths++] = path;
}

void filter_path(const char *path, bool quiet)
{
	char *real;

	if (!has_path(path))
		add_path(strdup(path));
	/* Descriptors are shown by the kernel with what a path resolves to. */
	real = realpath(path, NULL);
	if (!real || has_path(real)) {
		free(real);
		return;
	}
	add_path(real);
	if (!quiet)
		say("Requested path \"%s\" resolved into \"%s\"", path, real);
}

static bool fd_matches(const struct call *c, int fd)
{
	char path[64], target[PATH_MAX];

	if (fd < 0)
		return false;
	snprintf(path, sizeof(path), "proc/%d/fd/%d", (int)c->tid, fd);
	return proc_readlink(path, target, sizeof(target)) == 0 && has_path(target);
}

static bool path_matches(const struct call *c, uint64_t addr)
{
	char path[PATH_MAX];
	bool cut;

	return addr && mem_string(c, addr, path, sizeof(path), &cut) >= 0 && has_path(path);
}

bool filter_touches_path(struct call *c)
{
	for (unsigned i = 0; i < c->row->n_args; i++) {
		switch (c->row->args[i].kind) {
		case KIND_FD:
		case KIND_ATFD:
			if (fd_matches(c, (int)c->args[i]))
				return true;
			break;
		case KIND_PATH:
			if (path_matches(c, c->args[i]))
				return true;
			break;
		default:
			break;
		}
	}
	return false;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * The limits of a process: see limit.h.
 */
#include "limit.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define KB 1024

const struct limit limits[] = {
	{ 'R', "rttime", "real-time non-blocking time", "microseconds", 1, RLIMIT_RTTIME, "Max realtime timeout", NULL },
	{ 'c', "core", "core file size", "blocks", KB, RLIMIT_CORE, "Max core file size", NULL },
	{ 'd', "data", "data seg size", "kbytes", KB, RLIMIT_DATA, "Max data size", NULL },
	{ 'e', "nice", "scheduling priority", NULL, 1, RLIMIT_NICE, "Max nice priority", NULL },
	{ 'f', "fsize", "file size", "blocks", KB, RLIMIT_FSIZE, "Max file size", NULL },
	{ 'i', "sigpending", "pending signals", NULL, 1, RLIMIT_SIGPENDING, "Max pending signals", NULL },
	{ 'l', "memlock", "max locked memory", "kbytes", KB, RLIMIT_MEMLOCK, "Max locked memory", NULL },
	{ 'm', "rss", "max memory size", "kbytes", KB, RLIMIT_RSS, "Max resident set", NULL },
	{ 'n', "nofile", "open files", NULL, 1, RLIMIT_NOFILE, "Max open files", NULL },
	{ 'p', "pipe", "pipe size", "512 bytes", 512, LIMIT_PIPE, NULL, NULL },
	{ 'q', "msgqueue", "POSIX message queues", "bytes", 1, RLIMIT_MSGQUEUE, "Max msgqueue size", NULL },
	{ 'r', "rtprio", "real-time priority", NULL, 1, RLIMIT_RTPRIO, "Max realtime priority", NULL },
	{ 's', "stack", "stack size", "kbytes", KB, RLIMIT_STACK, "Max stack size", NULL },
	{ 't', "cpu", "cpu time", "seconds", 1, RLIMIT_CPU, "Max cpu time", NULL },
	{ 'u', "nproc", "max user processes", NULL, 1, RLIMIT_NPROC, "Max processes", NULL },
	{ 'v', "as", "virtual memory", "kbytes", KB, RLIMIT_AS, "Max address space", NULL },
	{ 'x', "locks", "file locks", NULL, 1, RLIMIT_LOCKS, "Max file locks", NULL },
	{ 'b', NULL, "socket buffer size", "bytes", 1, LIMIT_NONE, NULL,
	  "the sysctls net.core.rmem_max and wmem_max bound every socket" },
	{ 'k', NULL, "max kqueues", NULL, 1, LIMIT_NONE, NULL, "there are no kqueues" },
	{ 'P', NULL, "number of pseudoterminals", NULL, 1, LIMIT_NONE, NULL,
	  "the sysctl kernel.pty.max bounds all of them together" },
	{ 'T', NULL, "number of threads", NULL, 1, LIMIT_NONE, NULL, "threads count as processes, see -u" },
};
const size_t limits_n = countof(limits);

uint64_t limit_factor(const struct limit *l)
{
	bool blocks = l->resource == RLIMIT_CORE || l->resource == RLIMIT_FSIZE;

	return blocks && getenv("POSIXLY_CORRECT") ? 512 : l->factor;
}

const struct limit *limit_find(const char *name)
{
	const struct limit *found = NULL;
	size_t n = strlen(name);

	if (n == 0)
		return NULL;
	for (size_t i = 0; i < limits_n; i++) {
		const struct limit *l = &limits[i];

		if (n == 1 && name[0] == l->letter)
			return l;
		if ((l->name && strcasecmp(name, l->name) == 0) || strcasecmp(name, l->label) == 0)
			return l;
	}
	for (size_t i = 0; i < limits_n; i++) {
		const struct limit *l = &limits[i];

		if ((!l->name || strncasecmp(name, l->name, n) != 0) && strncasecmp(name, l->label, n) != 0)
			continue;
		if (found)
			return NULL;
		found = l;
	}
	return found;
}

/* A number, or "unlimited", after blanks. */
static bool one_limit(const char **p, rlim_t *value)
{
	static const char unlimited[] = "unlimited";
	uint64_t v;

	while (**p == ' ')
		(*p)++;
	if (strncmp(*p, unlimited, strlen(unlimited)) == 0) {
		*p += strlen(unlimited);
		*value = RLIM_INFINITY;
		return true;
	}
	if (!proc_u64(p, &v))
		return false;
	*value = v;
	return true;
}

/* "Max open files            1024                 20000                files     ": a name may have blanks, and the
 * columns of a large number are not where those of a small one are. */
int limit_parse_proc(const char *data, const struct limit *l, struct rlimit *r)
{
	size_t n = l->in_proc ? strlen(l->in_proc) : 0;

	for (const char *p = n > 0 && *data ? data : NULL; p; p = proc_next_line(p)) {
		const char *v = p + n;

		if (strncmp(p, l->in_proc, n) != 0 || *v != ' ')
			continue;
		return one_limit(&v, &r->rlim_cur) && *v == ' ' && one_limit(&v, &r->rlim_max) &&
				       (*v == ' ' || *v == '\n' || *v == '\0')
			       ? 0
			       : -EINVAL;
	}
	return -EINVAL;
}

int limit_get(pid_t pid, const struct limit *l, struct rlimit *r)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];

	if (l->resource == LIMIT_PIPE) {
		r->rlim_cur = r->rlim_max = PIPE_BUF;
		return 0;
	}
	if (pid == 0)
		return getrlimit(l->resource, r) < 0 ? -errno : 0;

	/* prlimit(2) asks for the same user; the file may be read by all, and is not there in every container. */
	if (!proc_is_test()) {
		if (prlimit(pid, l->resource, NULL, r) == 0)
			return 0;
		if (errno != EPERM)
			return -errno;
	}
	snprintf(path, sizeof(path), "proc/%d/limits", (int)pid);
	int err = proc_load(&f, path);
	if (err == 0)
		err = limit_parse_proc(f.data, l, r);
	else if (err == -ENOENT)
		err = proc_is_test() ? -ESRCH : -EPERM;
	proc_unload(&f);
	return err;
}

int limit_parse_value(const char *text, const struct limit *l, const struct rlimit *now, rlim_t *value)
{
	uint64_t factor = limit_factor(l);
	const char *p = text;
	uint64_t v;

	if (strcmp(text, "unlimited") == 0) {
		*value = RLIM_INFINITY;
	} else if (strcmp(text, "soft") == 0) {
		*value = now->rlim_cur;
	} else if (strcmp(text, "hard") == 0) {
		*value = now->rlim_max;
	} else {
		for (const char *c = text; *c; c++)
			if (*c < '0' || *c > '9')
				return -EINVAL;
		if (!*text)
			return -EINVAL;
		if (!proc_u64(&p, &v) || v > UINT64_MAX / factor)
			return -ERANGE;
		*value = v * factor;
	}
	return 0;
}

void limit_fmt(char *buf, size_t size, const struct limit *l, rlim_t value)
{
	if (value == RLIM_INFINITY)
		snprintf(buf, size, "unlimited");
	else
		snprintf(buf, size, "%llu", (unsigned long long)(value / limit_factor(l)));
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Reading engines' state files: see state.h.
 */
#include "state.h"
#include "../../toolbox/lib/base.h"
#include "../proc.h"
#include "../sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define STATE_MAX ((size_t)16 << 20)

int state_open_dir(pid_t pid, const char *path)
{
	char root_path[40];

	if (pid <= 0) {
		int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

		return fd < 0 ? -errno : fd;
	}
	int proc = proc_root();
	if (proc < 0)
		return proc;
	snprintf(root_path, sizeof(root_path), "%d/root", (int)pid);
	fd_auto root = openat(proc, root_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -errno;
	return sys_openat2(root, path, O_PATH | O_DIRECTORY, SYS_RESOLVE_IN_ROOT);
}

static int open_file(int dirfd, const char *path)
{
	struct stat st;
	/* O_NONBLOCK: a FIFO would wait for a writer. */
	fd_auto fd = openat(dirfd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	return fd_steal(&fd);
}

int state_read_json(int dirfd, const char *path, yyjson_doc **doc)
{
	/* A host may have hundreds of these files: both memories are used again, and never freed. */
	static char *data;
	static size_t cap;
	static yyjson_alc *memory;
	size_t len;
	fd_auto fd = open_file(dirfd, path);

	if (fd < 0)
		return fd;
	int r = proc_read_into(fd, STATE_MAX, &data, &cap, &len);
	if (r < 0)
		return r;
	if (!memory && !(memory = yyjson_alc_dyn_new()))
		return -ENOMEM;
	*doc = yyjson_read_opts(data, len, 0, memory, NULL);
	return *doc ? 0 : -EBADMSG;
}

yyjson_val *state_get(yyjson_val *object, ...)
{
	const char *name;
	va_list ap;

	va_start(ap, object);
	while (object && (name = va_arg(ap, const char *)))
		object = yyjson_obj_get(object, name);
	va_end(ap);
	return object;
}

char *state_string(yyjson_val *value)
{
	const char *s = yyjson_get_str(value);

	/* A name with a NUL inside is cut there: what is shown is what is compared. */
	return s ? strdup(s) : NULL;
}

long state_read_number(int dirfd, const char *path)
{
	char buf[24];
	char *end;
	fd_auto fd = open_file(dirfd, path);

	if (fd < 0)
		return fd;
	ssize_t n = read(fd, buf, sizeof(buf) - 1);
	if (n < 0)
		return -errno;
	buf[n] = '\0';
	long value = strtol(buf, &end, 10);
	return end > buf && value > 0 && (*end == '\0' || *end == '\n') ? value : -EINVAL;
}

bool state_is_id(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * fds[] of the task of firings in user space, from proc(5): fd/N is the path, fdinfo/N has offset, flags and the mount's number, which
 * mountinfo explains.
 */
#include "self.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number behind a word at the beginning of a line of fdinfo; 0: it is not there. */
static int64_t info(int64_t descriptor, const char *word, int base)
{
	char path[64], line[256];
	size_t len = strlen(word);
	int64_t value = 0;
	FILE *fp;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%lld", (long long)descriptor);
	fp = fopen(path, "re");
	while (fp && fgets(line, sizeof(line), fp)) {
		if (strncmp(line, word, len) != 0)
			continue;
		value = strtoll(line + len, NULL, base);
		break;
	}
	if (fp)
		fclose(fp);
	return value;
}

/* mountinfo writes blanks and their like as \ooo. */
static void unescape(char *s)
{
	char *to = s;

	for (; *s; s++)
		if (s[0] == '\\' && strspn(s + 1, "01234567") >= 3) {
			*to++ = (char)((s[1] - '0') * 64 + (s[2] - '0') * 8 + (s[3] - '0'));
			s += 3;
		} else {
			*to++ = *s;
		}
	*to = '\0';
}

/* Where a mount is, or its file system: ID PARENT DEVICE ROOT POINT OPTIONS [TAG]... - TYPE SOURCE OPTIONS. */
static void mount(int64_t id, enum fd_text which, char *buf, size_t size)
{
	FILE *fp = fopen("/proc/self/mountinfo", "re");
	char *line = NULL, *type, *word, *rest;
	size_t room = 0;

	while (fp && getline(&line, &room, fp) >= 0) {
		if (strtoll(line, &rest, 10) != id)
			continue;
		type = strstr(line, " - ");
		word = type ? strtok_r(which == FD_FS ? type + 3 : rest, " \n", &rest) : NULL;
		for (int i = 0; word && which == FD_MOUNT && i < 3; i++)
			word = strtok_r(NULL, " \n", &rest);
		if (word) {
			unescape(word);
			snprintf(buf, size, "%s", word);
		}
		break;
	}
	free(line);
	if (fp)
		fclose(fp);
}

/* dirname(3) changes its argument, and knows other cases than these. */
static void part_of(char *path, enum fd_text which, char *buf, size_t size)
{
	char *slash = strrchr(path, '/');

	if (which == FD_PATH || (which == FD_NAME && slash != path + strlen(path) - 1))
		snprintf(buf, size, "%s", which == FD_NAME && slash ? slash + 1 : path);
	else if (which == FD_NAME)
		snprintf(buf, size, "/");
	else if (slash)
		snprintf(buf, size, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

void self_fd_text(void *cookie, int64_t descriptor, enum fd_text which, char *buf, size_t size)
{
	char link[64], path[4096];
	ssize_t n;

	(void)cookie;
	snprintf(buf, size, "<none>");
	snprintf(link, sizeof(link), "/proc/self/fd/%lld", (long long)descriptor);
	n = readlink(link, path, sizeof(path) - 1);
	if (n < 0)
		return;
	path[n] = '\0';
	if (which == FD_FS || which == FD_MOUNT) {
		mount(info(descriptor, "mnt_id:", 10), which, buf, size);
		return;
	}
	if (path[0] != '/' && which == FD_DIRECTORY)
		return;
	part_of(path, path[0] == '/' ? which : FD_PATH, buf, size);
}

int64_t self_fd_number(void *cookie, int64_t descriptor, enum fd_number which)
{
	(void)cookie;
	return which == FD_OFFSET ? info(descriptor, "pos:", 10) : info(descriptor, "flags:", 8);
}

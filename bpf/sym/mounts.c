/* SPDX-License-Identifier: GPL-2.0-only
 * /proc/PID/mountinfo: see mounts.h.
 */
#include "mounts.h"
#include "slow.h"
#include "toolbox/lib/base.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 32 << 20 };

static enum fs_kind kind_of(const char *type)
{
	/* virtiofs is FUSE as well, but the machine's own: its host serves it. */
	static const char *const remote[] = { "fuse", "fuseblk", "nfs",	 "nfs4",     "cifs",   "smb3",	"smbfs", "9p",
					      "ceph", "afs",	 "coda", "orangefs", "lustre", "gfs2",	"ocfs2", "pvfs2" };

	if (strcmp(type, "overlay") == 0)
		return FS_OVERLAY;
	if (strncmp(type, "fuse.", 5) == 0)
		return FS_REMOTE;
	for (size_t i = 0; i < countof(remote); i++)
		if (strcmp(type, remote[i]) == 0)
			return FS_REMOTE;
	return FS_LOCAL;
}

/* "36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw"; blanks inside a field are written as \040. */
static bool parse_line(char *line, struct mount *m)
{
	char *save = NULL;
	char *word = strtok_r(line, " ", &save);
	unsigned long major, minor;
	char *end;

	for (unsigned field = 0; word && field < 2; field++)
		word = strtok_r(NULL, " ", &save);
	if (!word)
		return false;
	major = strtoul(word, &end, 10);
	if (end == word || *end != ':')
		return false;
	word = end + 1;
	minor = strtoul(word, &end, 10);
	if (end == word || *end)
		return false;
	for (unsigned field = 0; word && (field < 4 || strcmp(word, "-") != 0); field++)
		word = strtok_r(NULL, " ", &save);
	word = word ? strtok_r(NULL, " ", &save) : NULL;
	if (!word)
		return false;
	*m = (struct mount){ (uint32_t)major, (uint32_t)minor, kind_of(word) };
	return true;
}

int mounts_parse(struct mounts *ms, char *text, size_t len)
{
	size_t cap = 0;

	*ms = (struct mounts){ 0 };
	for (char *line = text; line < text + len;) {
		char *end = memchr(line, '\n', (size_t)(text + len - line));
		struct mount one;

		if (!end)
			end = text + len;
		*end = '\0';
		/* Bind mounts show a file system many times. */
		if (parse_line(line, &one) && mounts_kind(ms, one.major, one.minor) == FS_UNKNOWN) {
			if (ms->n == cap) {
				cap = cap ? cap * 2 : 32;
				struct mount *more = realloc(ms->mount, cap * sizeof(*more));
				if (!more) {
					mounts_free(ms);
					return -ENOMEM;
				}
				ms->mount = more;
			}
			ms->mount[ms->n++] = one;
		}
		line = end + 1;
	}
	return 0;
}

int mounts_read(struct mounts *ms, pid_t tid)
{
	char path[64];
	char *text;
	size_t len;

	*ms = (struct mounts){ 0 };
	snprintf(path, sizeof(path), "/proc/%d/mountinfo", (int)tid);
	int err = slow_read(path, MAX_TEXT, SLOW_MS, &text, &len);
	if (err < 0)
		return err;
	err = mounts_parse(ms, text, len);
	free(text);
	if (err < 0)
		return err;
	char root[PATH_MAX];
	snprintf(path, sizeof(path), "/proc/%d/root", (int)tid);
	ssize_t n = readlink(path, root, sizeof(root) - 1);
	/* Of another mount namespace's root the link says "/". */
	if (n > 1 && root[0] == '/')
		ms->root = strndup(root, (size_t)n);
	return 0;
}

const char *mounts_inside(const struct mounts *ms, const char *path)
{
	size_t n = ms->root ? strlen(ms->root) : 0;

	return n > 0 && strncmp(path, ms->root, n) == 0 && path[n] == '/' ? path + n : path;
}

void mounts_free(struct mounts *ms)
{
	free(ms->mount);
	free(ms->root);
	*ms = (struct mounts){ 0 };
}

enum fs_kind mounts_kind(const struct mounts *ms, uint32_t major, uint32_t minor)
{
	for (size_t i = 0; i < ms->n; i++)
		if (ms->mount[i].major == major && ms->mount[i].minor == minor)
			return ms->mount[i].kind;
	return FS_UNKNOWN;
}

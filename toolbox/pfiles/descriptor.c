/* SPDX-License-Identifier: GPL-2.0-only
 * One descriptor: what stat(2), the link in /proc/PID/fd and fdinfo tell of it. See pfiles.h.
 */
#include "pfiles.h"
#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* NULL with *err -errno. */
static char *read_link(const char *path, int *err)
{
	char *buf = malloc(PATH_MAX + 64); /* with " (deleted)" it may be longer than a path */

	*err = buf ? proc_readlink(path, buf, PATH_MAX + 64) : -ENOMEM;
	if (*err < 0) {
		free(buf);
		return NULL;
	}
	/* There may be very many of them, and most are short. */
	char *fits = strdup(buf);
	free(buf);
	if (!fits)
		*err = -ENOMEM;
	return fits;
}

struct descriptor *descriptor_read(pid_t pid, int fd)
{
	struct descriptor *d = calloc(1, sizeof(*d));
	struct proc_file info = PROC_FILE_INIT;
	char path[64];

	if (!d)
		return NULL;
	d->fd = fd;
	snprintf(path, sizeof(path), "proc/%d/fd/%d", (int)pid, fd);
	d->link = read_link(path, &d->err);
	if (!d->link && d->err == -ENOENT) {
		free(d);
		return NULL;
	}
	if (!d->link)
		return d;
	d->err = proc_statx(path, 0, STATX_BASIC_STATS, &d->st);
	if (descriptor_kind(d) == KIND_SOCKET && proc_xattr(path, "system.sockprotoname", d->protocol, sizeof(d->protocol)) < 0)
		d->protocol[0] = '\0';
	snprintf(path, sizeof(path), "proc/%d/fdinfo/%d", (int)pid, fd);
	if (proc_load(&info, path) == 0)
		d->info = strdup(info.data);
	proc_unload(&info);
	return d;
}

void descriptor_free(void *arg)
{
	struct descriptor *d = arg;

	free(d->link);
	free(d->info);
	free(d);
}

enum kind descriptor_kind(const struct descriptor *d)
{
	if (d->link && strncmp(d->link, "socket:[", 8) == 0)
		return KIND_SOCKET;
	if (d->link && strncmp(d->link, "pipe:[", 6) == 0)
		return KIND_PIPE;
	return d->link && d->link[0] == '/' ? KIND_FILE : KIND_OTHER;
}

uint64_t descriptor_inode(const struct descriptor *d)
{
	const char *p = d->link ? strchr(d->link, '[') : NULL;
	uint64_t inode;

	if (d->err == 0)
		return d->st.stx_ino;
	if (!p || descriptor_kind(d) == KIND_FILE)
		return 0;
	p++;
	return proc_u64(&p, &inode) ? inode : 0;
}

/* The name of its type; of an anonymous inode, what that is: "[eventpoll]". */
static void fmt_type(char *buf, size_t size, const struct descriptor *d)
{
	static const struct {
		mode_t mode;
		const char *name;
	} types[] = { { S_IFREG, "S_IFREG" }, { S_IFDIR, "S_IFDIR" }, { S_IFCHR, "S_IFCHR" }, { S_IFBLK, "S_IFBLK" },
		      { S_IFIFO, "S_IFIFO" }, { S_IFLNK, "S_IFLNK" }, { S_IFSOCK, "S_IFSOCK" } };
	enum kind kind = descriptor_kind(d);

	snprintf(buf, size, "%s", kind == KIND_SOCKET ? "S_IFSOCK" : kind == KIND_PIPE ? "S_IFIFO" : "?");
	if (kind == KIND_OTHER && d->link && strncmp(d->link, "anon_inode:", 11) == 0) {
		text_snprintf(buf, size, d->link[11] == '[' ? "%s" : "[%s]", d->link + 11);
		return;
	}
	for (size_t i = 0; i < countof(types) && d->err == 0; i++)
		if ((d->st.stx_mode & S_IFMT) == types[i].mode)
			snprintf(buf, size, "%s", types[i].name);
}

void descriptor_print(const struct descriptor *d)
{
	const struct statx *st = &d->st;
	uint64_t flags;
	char text[256];

	fmt_type(text, sizeof(text), d);
	printf("%4d: %s", d->fd, text); /* safe already */
	if (d->err < 0) {
		if (descriptor_inode(d) > 0)
			printf(" ino:%llu", (unsigned long long)descriptor_inode(d));
		/* Only a file system of the network or of a process can fail here. */
		printf(" (stat: %s)\n", strerror(-d->err));
	} else {
		printf(" mode:%04o dev:%u,%u ino:%llu uid:%u gid:%u", st->stx_mode & 07777u, st->stx_dev_major, st->stx_dev_minor,
		       (unsigned long long)st->stx_ino, st->stx_uid, st->stx_gid);
		if (S_ISREG(st->stx_mode) || S_ISDIR(st->stx_mode) || S_ISLNK(st->stx_mode))
			printf(" size:%llu\n", (unsigned long long)st->stx_size);
		else
			printf(" rdev:%u,%u\n", st->stx_rdev_major, st->stx_rdev_minor);
	}
	if (info_flags(d->info, &flags)) {
		info_fmt_flags(text, sizeof(text), flags);
		printf("      %s\n", text);
	}
}

void descriptor_details(const struct descriptor *d)
{
	bool file = descriptor_kind(d) == KIND_FILE;
	uint64_t flags, pos;

	/* Also "net:[4026531840]", "mnt:[...]". */
	if (file || (descriptor_kind(d) == KIND_OTHER && strncmp(d->link, "anon_inode:", 11) != 0))
		text_printf(stdout, "      %s\n", d->link);
	/* A terminal and the like have none. */
	bool has_offset = d->err < 0 || S_ISREG(d->st.stx_mode) || S_ISBLK(d->st.stx_mode) || S_ISDIR(d->st.stx_mode);
	if (info_flags(d->info, &flags) && (flags & O_PATH))
		has_offset = false;
	if (file && has_offset && info_pos(d->info, &pos))
		printf("      offset:%llu\n", (unsigned long long)pos);
	info_print(d->info, stdout);
}

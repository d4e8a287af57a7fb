/* SPDX-License-Identifier: GPL-2.0-only
 * Descriptors by name: see fdnames.h. /proc/TID/fd/N says it all but the ends of sockets.
 */
#include "fdnames.h"
#include "options.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static unsigned wanted;
static enum out_hex quoting;

void fdnames_init(unsigned fds, enum out_hex hex)
{
	wanted = fds;
	quoting = hex;
}

static bool print_pidfd(pid_t tid, int fd, struct out *o)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[64];
	uint64_t pid = 0;
	bool found;

	snprintf(path, sizeof(path), "proc/%d/fdinfo/%d", (int)tid, fd);
	found = proc_load(&f, path) == 0 && proc_key(f.data, "Pid", &pid);
	proc_unload(&f);
	if (found)
		out_printf(o, "<pid:%" PRIu64 ">", pid);
	return found;
}

static bool is_device(const char *fd_path, struct stat *st)
{
	char path[80];

	snprintf(path, sizeof(path), "/%s", fd_path);
	return stat(path, st) == 0 && (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode));
}

/* "<char 1:3>" behind the path of a device. */
static void print_device(struct stat st, struct out *o)
{
	out_printf(o, "<%s %u:%u>", S_ISCHR(st.st_mode) ? "char" : "block", major(st.st_rdev), minor(st.st_rdev));
}

bool fdnames_fd(void *ctx, pid_t tid, int fd, struct out *o)
{
	static const char deleted[] = " (deleted)";
	char path[64], target[PATH_MAX + sizeof(deleted)];
	uint64_t inode;
	struct stat st;
	bool gone = false;

	(void)ctx;
	if (!wanted)
		return false;
	if (fd == AT_FDCWD)
		snprintf(path, sizeof(path), "proc/%d/cwd", (int)tid);
	else
		snprintf(path, sizeof(path), "proc/%d/fd/%d", (int)tid, fd);
	if (proc_readlink(path, target, sizeof(target)) < 0)
		return false;
	size_t n = strlen(target);
	if ((wanted & FD_SOCKET) && sockinfo_inode(target, &inode)) {
		size_t before = o->len;

		out_putc(o, '<');
		if (!socknames_print(path, inode, o)) {
			if (!(wanted & FD_PATH)) {
				out_cut(o, before);
				return false;
			}
			out_escaped(o, target, n, quoting, "<>");
		}
		out_putc(o, '>');
		return true;
	}
	if ((wanted & FD_PIDFD) && !strcmp(target, "anon_inode:[pidfd]") && print_pidfd(tid, fd, o))
		return true;
	if (*target == '/' && n > sizeof(deleted) - 1 && !strcmp(target + n - (sizeof(deleted) - 1), deleted)) {
		gone = true;
		n -= sizeof(deleted) - 1;
	}
	bool device = (wanted & FD_DEV) && *target == '/' && fd != AT_FDCWD && is_device(path, &st);
	if (!device && !(wanted & FD_PATH))
		return false;
	out_putc(o, '<');
	out_escaped(o, target, n, quoting, "<>");
	if (device)
		print_device(st, o);
	out_puts(o, gone ? ">(deleted)" : ">");
	return true;
}

bool fdnames_comm(void *ctx, pid_t pid, struct out *o)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];

	(void)ctx;
	snprintf(path, sizeof(path), "proc/%d/comm", (int)pid);
	bool found = proc_load(&f, path) == 0 && f.len > 0;
	if (found)
		out_escaped(o, f.data, f.data[f.len - 1] == '\n' ? f.len - 1 : f.len, quoting, "<>");
	proc_unload(&f);
	return found;
}

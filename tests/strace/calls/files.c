/* SPDX-License-Identifier: GPL-2.0-only
 * open, stat, directory entries, fcntl, mount, attributes.
 */
#include "expect.h"

#include <sys/mount.h>
#include <sys/stat.h>

int main(void)
{
	struct stat st;
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 2 };
	struct timespec times[2] = { { 1000000000, 5 }, { 0, UTIME_OMIT } };
	struct {
		unsigned long flags, mode, resolve;
	} how = { O_RDONLY | O_CREAT, 0640, 0x08 };
	char bytes[4096];
	long r;

#ifdef SYS_open /* aarch64 has only openat and newfstatat */
	r = syscall(SYS_open, "/dev/null", O_RDWR | O_CLOEXEC, 0644);
	expect(r, "open(\"/dev/null\", O_RDWR|O_CLOEXEC)");
#endif
	r = syscall(SYS_openat, AT_FDCWD, "/nonexistent/f", O_WRONLY | O_CREAT | O_EXCL | O_TRUNC, 0600);
	expect(r, "openat(AT_FDCWD, \"/nonexistent/f\", O_WRONLY|O_CREAT|O_EXCL|O_TRUNC, 0600)");
	r = syscall(437, AT_FDCWD, "/nonexistent/f", &how, sizeof(how));
	expect(r, "openat2(AT_FDCWD, \"/nonexistent/f\", {flags=O_RDONLY|O_CREAT, mode=0640, resolve=RESOLVE_BENEATH}, 24)");
#ifdef SYS_stat
	r = syscall(SYS_stat, "/dev/null", &st);
	expect(r, "stat(\"/dev/null\", {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...})");
	r = syscall(SYS_stat, "/proc/version", &st);
	expect(r, "stat(\"/proc/version\", {st_mode=S_IFREG|0444, st_size=0, ...})");
#endif
	r = syscall(SYS_fstat, 99, &st);
	expect(r, "fstat(99, %p)", (void *)&st);
	r = syscall(SYS_newfstatat, AT_FDCWD, "/nonexistent", &st, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
	expect(r, "newfstatat(AT_FDCWD, \"/nonexistent\", %p, AT_SYMLINK_NOFOLLOW|AT_EMPTY_PATH)", (void *)&st);
	r = syscall(SYS_getdents64, 99, bytes, sizeof(bytes));
	expect(r, "getdents64(99, %p, 4096)", (void *)bytes);
	r = syscall(SYS_utimensat, AT_FDCWD, "/nonexistent", times, 0);
	setenv("TZ", "UTC", 1);
	expect(r, "utimensat(AT_FDCWD, \"/nonexistent\", [{tv_sec=1000000000, tv_nsec=5} "
		  "/* 2001-09-09T01:46:40.000000005+0000 */, UTIME_OMIT], 0)");
	r = syscall(SYS_fcntl, 99, F_SETLK, &lock);
	expect(r, "fcntl(99, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=1, l_len=2})");
	r = syscall(SYS_fcntl, 99, F_SETFL, O_RDONLY | O_NONBLOCK);
	expect(r, "fcntl(99, F_SETFL, O_RDONLY|O_NONBLOCK)");
	r = syscall(SYS_mount, "none", "/nonexistent", "tmpfs", MS_RDONLY | MS_NOSUID, "size=1m");
	expect(r, "mount(\"none\", \"/nonexistent\", \"tmpfs\", MS_RDONLY|MS_NOSUID, \"size=1m\")");
	r = syscall(SYS_setxattr, "/nonexistent", "user.a", "va\0lue", 6L, 1);
	expect(r, "setxattr(\"/nonexistent\", \"user.a\", \"va\\0lue\", 6, XATTR_CREATE)");
	r = syscall(SYS_fallocate, 99, 3, 0L, 4096L);
	expect(r, "fallocate(99, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 0, 4096)");
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * loopdev MODULE FILE: loads the kernel's loop driver and makes FILE the block device /dev/loop0; for machines that boot
 * with our BusyBox, which has neither insmod nor losetup.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: loopdev MODULE FILE\n", stderr);
		return 2;
	}
	int module = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (module < 0 || (syscall(SYS_finit_module, module, "", 0) < 0 && errno != EEXIST))
		err(1, "%s", argv[1]);
	int file = open(argv[2], O_RDWR | O_CLOEXEC);
	if (file < 0)
		err(1, "%s", argv[2]);
	int device = open("/dev/loop0", O_RDWR | O_CLOEXEC);
	if (device < 0 || ioctl(device, LOOP_SET_FD, file) < 0)
		err(1, "/dev/loop0");
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * ioctl by request, mmap, bpf, io_uring and others that answer with an error.
 */
#include "expect.h"

#include <linux/bpf.h>
#include <linux/loop.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

int main(void)
{
	struct loop_config loop = { .fd = 98, .block_size = 512, .info.lo_flags = LO_FLAGS_AUTOCLEAR };
	union bpf_attr attr;
	int n = 5;
	long r;

	r = syscall(SYS_ioctl, 99, TIOCGWINSZ, &n);
	expect(r, "ioctl(99, TIOCGWINSZ, %p)", (void *)&n);
	r = syscall(SYS_ioctl, 99, FIONBIO, &n);
	expect(r, "ioctl(99, FIONBIO, [5])");
	r = syscall(SYS_ioctl, 99, LOOP_CONFIGURE, &loop);
	expect(r, "ioctl(99, LOOP_CONFIGURE, {fd=98, block_size=512, info={lo_offset=0, lo_number=0, "
		  "lo_flags=LO_FLAGS_AUTOCLEAR, lo_file_name=\"\", ...}})");
	r = syscall(SYS_ioctl, 99, _IOWR(0x5e, 7, int), &n);
	expect(r, "ioctl(99, _IOC(_IOC_READ|_IOC_WRITE, 0x5e, 0x7, 0x4), %p)", (void *)&n);
	r = syscall(SYS_mmap, 0L, 8192L, PROT_READ, MAP_PRIVATE | MAP_FIXED_NOREPLACE, 99, 0L);
	expect(r, "mmap(NULL, 8192, PROT_READ, MAP_PRIVATE|MAP_FIXED_NOREPLACE, 99, 0)");
	r = syscall(SYS_memfd_create, "m", 0x40u);
	expect(r, "memfd_create(\"m\", 0x40 /* MFD_??? */)");
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = 99;
	r = syscall(SYS_bpf, BPF_MAP_FREEZE, &attr, 4);
	expect(r, "bpf(BPF_MAP_FREEZE, {map_fd=99}, 4)");
	r = syscall(SYS_reboot, 1, 2, 3, 4L);
	expect(r, "reboot(0x1 /* LINUX_REBOOT_MAGIC_??? */, 0x2 /* LINUX_REBOOT_MAGIC_??? */, 0x3 /* LINUX_REBOOT_CMD_??? */)");
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * cwd and root: paths of directories, from dentries and mounts. bpf_d_path() is not for raw tracepoints, so they are walked here.
 */
#pragma once

#include "task.h"

#define PATH_BYTES 256 /* of firing.cwd, firing.root */
#define PATH_STEPS 48  /* components and mount points on the way */

static __always_inline struct mount *mount_of(struct vfsmount *m)
{
	return (void *)m - bpf_core_field_offset(struct mount, mnt);
}

/* Writes the path of `from` as it is seen from `top` (or, where top's dentry is NULL or not on the way, from the root of the mount
 * namespace) to `to`. It is put together in `work`, from the last component to the first; of a path that is too long the end is kept,
 * behind "...". Both have PATH_BYTES, and a like number of bytes after them that the verifier can see. */
static __noinline int path_write(char *to, char *work, const struct path *from, const struct path *top)
{
	struct dentry *d = from->dentry;
	struct vfsmount *m = from->mnt;
	__u64 at = PATH_BYTES - 1;
	bool cut = false;

	work[PATH_BYTES - 1] = 0;
	ROLLED for (int i = 0; i < PATH_STEPS; i++) {
		struct dentry *up;
		__u32 len;

		if (d == top->dentry && m == top->mnt)
			break;
		if (d == READ(m, mnt_root, RAW)) {
			struct mount *mount = mount_of(m), *parent = READ(mount, mnt_parent, RAW);

			if (!parent || parent == mount)
				break;
			d = READ(mount, mnt_mountpoint, RAW);
			m = (void *)parent + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		up = READ(d, d_parent, RAW);
		if (!up || up == d) /* what is not mounted any more ends in a dentry of its own */
			break;
		len = READ(d, d_name.len, RAW) & 255; /* NAME_MAX */
		if (len + 1 > at) {
			cut = true;
			break;
		}
		at = (at - len) & 255;
		bpf_probe_read_kernel(work + at, len, READ(d, d_name.name, RAW));
		at = (at - 1) & 255;
		work[at] = '/';
		d = up;
		cut = i == PATH_STEPS - 1;
	}
	if (at == PATH_BYTES - 1) {
		at--;
		work[at] = '/';
	}
	if (cut && at >= 3) {
		at -= 3;
		asm volatile("%0 &= 255" : "+r"(at)); /* clang knows that it is, the verifier does not */
		work[at] = work[at + 1] = work[at + 2] = '.';
	}
	bpf_probe_read_kernel_str(to, PATH_BYTES, work + (at & 255));
	return 0;
}

static __always_inline void path_directories(struct firing *f, struct task_struct *t)
{
	struct fs_struct *fs = READ(t, fs, RAW);
	struct path root = { 0 }, pwd = { 0 }, none = { 0 };

	f->cwd[0] = f->root[0] = 0;
	if (!fs)
		return;
	root.mnt = READ(fs, root.mnt, RAW);
	root.dentry = READ(fs, root.dentry, RAW);
	pwd.mnt = READ(fs, pwd.mnt, RAW);
	pwd.dentry = READ(fs, pwd.dentry, RAW);
	path_write(f->cwd, f->root, &pwd, &root); /* in root[], which is next */
	path_write(f->root, f->path_work, &root, &none);
}

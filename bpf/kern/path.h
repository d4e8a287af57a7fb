/* SPDX-License-Identifier: GPL-2.0-only
 * cwd and root: paths of directories, from dentries and mounts; and what lib_file.bpf.c must know to do the same for open files. bpf_d_path() is not for raw tracepoints, so they are walked here.
 */
#pragma once

#include "task.h"

#define PATH_BYTES 256 /* of firing.cwd, firing.root */
#define PATH_STEPS 48  /* components and mount points on the way */

static __always_inline struct mount *mount_of(struct vfsmount *m)
{
	return (void *)m - bpf_core_field_offset(struct mount, mnt);
}

/* A path under way. It is put together in `work`, from the last component to the first. */
struct path_walk {
	struct dentry *d;
	struct vfsmount *m;
	struct path top; /* where it ends, if that is on the way */
	char *work;	 /* PATH_BYTES, and a like number of bytes after them that the verifier can see */
	__u64 at;	 /* the path begins here */
	__u32 cut;	 /* no room for the rest */
};

/* Puts a component in front, or goes from a mount to what it is mounted on. Not 0: that was all. */
static __noinline int path_step(struct path_walk *w)
{
	struct dentry *d = w->d, *up;
	struct vfsmount *m = w->m; /* READ() takes a plain pointer: all of its argument is relocated */
	__u64 at = w->at & 255;
	__u32 len;

	if (d == w->top.dentry && m == w->top.mnt)
		return 1;
	if (d == READ(m, mnt_root, RAW)) {
		struct mount *mount = mount_of(m), *parent = READ(mount, mnt_parent, RAW);

		if (!parent || parent == mount)
			return 1;
		w->d = READ(mount, mnt_mountpoint, RAW);
		w->m = (void *)parent + bpf_core_field_offset(struct mount, mnt);
		return 0;
	}
	up = READ(d, d_parent, RAW);
	if (!up || up == d) /* what is not mounted any more ends in a dentry of its own */
		return 1;
	len = READ(d, d_name.len, RAW) & 255; /* NAME_MAX */
	if (len + 1 > at) {
		w->cut = 1;
		return 1;
	}
	at = (at - len) & 255;
	bpf_probe_read_kernel(w->work + at, len, READ(d, d_name.name, RAW));
	at = (at - 1) & 255;
	w->work[at] = '/';
	w->at = at;
	w->d = up;
	return 0;
}

/* Writes the path of `from` as it is seen from `top` (or, where top's dentry is NULL or not on the way, from the root of the mount
 * namespace) to `to`, PATH_BYTES. Of a path that is too long the end is kept, behind "...". */
static __noinline int path_write(char *to, char *work, const struct path *from, const struct path *top)
{
	struct path_walk w = { .d = from->dentry, .m = from->mnt, .work = work, .at = PATH_BYTES - 1 };
	__u32 i = 0;
	int done;
	__u64 at;

	w.top.mnt = top->mnt;
	w.top.dentry = top->dentry;
	work[PATH_BYTES - 1] = 0;
	/* Its end is a jump back, not a step into its beginning, which kernels before 6.2 hold for an endless loop. */
	do
		done = path_step(&w);
	while (!done && ++i < PATH_STEPS);
	at = w.at & 255;
	if (at == PATH_BYTES - 1) {
		at--;
		work[at] = '/';
	}
	if ((w.cut || !done) && at >= 3) {
		at -= 3;
		asm volatile("%0 &= 255" : "+r"(at)); /* clang knows that it is, the verifier does not */
		work[at] = work[at + 1] = work[at + 2] = '.';
	}
	asm volatile("%0 &= 255" : "+r"(at));
	bpf_probe_read_kernel_str(to, PATH_BYTES, work + at);
	return 0;
}

/* For the library function that serves fds[]: a leaf has no relocations. */
static __always_inline void path_layout(struct kern_files *l)
{
	l->task_files = bpf_core_field_offset(struct task_struct, files);
	l->task_fs = bpf_core_field_offset(struct task_struct, fs);
	l->fs_root = bpf_core_field_offset(struct fs_struct, root);
	l->files_fdt = bpf_core_field_offset(struct files_struct, fdt);
	l->fdt_max = bpf_core_field_offset(struct fdtable, max_fds);
	l->fdt_fd = bpf_core_field_offset(struct fdtable, fd);
	l->file_path = bpf_core_field_offset(struct file, f_path);
	l->file_flags = bpf_core_field_offset(struct file, f_flags);
	l->file_pos = bpf_core_field_offset(struct file, f_pos);
	l->dentry_parent = bpf_core_field_offset(struct dentry, d_parent);
	l->dentry_inode = bpf_core_field_offset(struct dentry, d_inode);
	l->name_text = bpf_core_field_offset(struct dentry, d_name.name);
	l->name_len = bpf_core_field_offset(struct dentry, d_name.len);
	l->inode_ino = bpf_core_field_offset(struct inode, i_ino);
	l->mnt_root = bpf_core_field_offset(struct vfsmount, mnt_root);
	l->mnt_sb = bpf_core_field_offset(struct vfsmount, mnt_sb);
	l->sb_type = bpf_core_field_offset(struct super_block, s_type);
	l->type_name = bpf_core_field_offset(struct file_system_type, name);
	l->mount = bpf_core_field_offset(struct mount, mnt);
	l->mount_parent = bpf_core_field_offset(struct mount, mnt_parent);
	l->mount_point = bpf_core_field_offset(struct mount, mnt_mountpoint);
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

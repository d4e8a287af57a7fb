/* SPDX-License-Identifier: GPL-2.0-only
 * fds[]: what the current task has open under a number. The only functions here that read the kernel's memory. Where members lie is in
 * firing.files, which the fixed program has filled in from the kernel's BTF: a leaf has no relocations. All reads are copies that give
 * 0 where nothing is, so a table or a path that changes meanwhile gives a wrong name at worst.
 */
#include "lib_in.h"
#include "state.h"

#define PATH_STEPS 64	       /* components and mount points on the way */
#define NAME_MAX_BYTES UINT64_C(255)
#define PSEUDO	   UINT64_C(32) /* where the digits of a pseudo file's number end, in the text slot, which has 64 bytes at least */

INLINE u64 peek(u64 address)
{
	u64 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), address);
	return value;
}

INLINE u64 peek32(u64 address)
{
	u32 value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), address);
	return value;
}

INLINE const struct firing *firing_of(const char *element)
{
	return (const struct firing *)(const void *)element;
}

GLOBAL u64 lib_fd_file(u64 element, u64 fd)
{
	const struct firing *f = firing_of(lib_element(element));
	u64 table;

	if (!f || f->not_current)
		return 0;
	/* A task that is ending has no table; at small addresses nothing can be read, which gives 0. */
	table = peek(peek(bpf_get_current_task() + f->files.task_files) + f->files.files_fdt);
	if (fd >= peek32(table + f->files.fdt_max))
		return 0;
	return peek(peek(table + f->files.fdt_fd) + fd * sizeof(u64));
}

/* A component in front, or from a mount to what it is mounted on: path_step() of path.h. */
GLOBAL u64 lib_fd_step(u64 element)
{
	char *e = lib_element(element), *to;
	const struct kern_files *l;
	struct lib_walk *w;
	u64 mount, up, len, name, at;

	if (!e)
		return DONE;
	w = &state_of(e)->walk;
	l = &firing_of(e)->files;
	if (w->dentry == w->top_dentry && w->mount == w->top_mount)
		return DONE;
	if (w->dentry == peek(w->mount + l->mnt_root)) {
		mount = w->mount - l->mount;
		up = peek(mount + l->mount_parent);
		if (!up || up == mount)
			return DONE;
		w->dentry = peek(mount + l->mount_point);
		w->mount = up + l->mount;
		return 0;
	}
	up = peek(w->dentry + l->dentry_parent);
	if (!up || up == w->dentry)
		return DONE;
	len = peek32(w->dentry + l->name_len) & NAME_MAX_BYTES;
	name = peek(w->dentry + l->name_text);
	at = w->at;
	if (at - TEXT < len + 4) { /* room for the dots */
		at -= 3;
		to = spot(e, at);
		if (to)
			to[0] = to[1] = to[2] = '.';
		w->at = at;
		return DONE;
	}
	at -= len;
	to = spot(e, at);
	if (!to)
		return DONE;
	/* Kernels before 6.13 forget the bounds of what lay on the stack. */
	HIDE(len);
	len &= NAME_MAX_BYTES;
	bpf_probe_read_kernel(to, (u32)len, name);
	at--;
	to = spot(e, at);
	if (!to)
		return DONE;
	*to = '/';
	w->at = at;
	w->dentry = up;
	return 0;
}

/* The path of walk.dentry on walk.mount as the task sees it, at the end of the text slot. */
GLOBAL u64 lib_fd_path(u64 element)
{
	char *e = lib_element(element), *to;
	const struct kern_files *l;
	struct lib_walk *w;
	u64 fs, end = TEXT + STRSIZE - 1;

	if (!e)
		return 0;
	w = &state_of(e)->walk;
	l = &firing_of(e)->files;
	fs = peek(bpf_get_current_task() + l->task_fs) + l->fs_root;
	w->top_mount = peek(fs);
	w->top_dentry = peek(fs + sizeof(u64));
	w->at = end;
	to = spot(e, end);
	if (to)
		*to = '\0';
	for (u64 i = 0; i < PATH_STEPS; i++) {
		HIDE(i);
		if (lib_fd_step(element))
			break;
	}
	if (w->at == end) { /* the root itself */
		w->at = end - 1;
		to = spot(e, end - 1);
		if (to)
			*to = '/';
	}
	return w->at;
}

GLOBAL u64 lib_fd_digits(u64 element, u64 at, u64 number)
{
	char *text = spot(lib_element(element), TEXT);

	if (!text)
		return 0;
	for (u64 i = 0; i < 20; i++) {
		HIDE(i);
		text[at & 31] = (char)('0' + number % 10);
		number /= 10;
		if (!number)
			break;
		at--;
	}
	return at & 31;
}

/* socket:[12] and pipe:[34], anon_inode:[eventpoll] and /memfd:name, as links in /proc/PID/fd say it; of other file systems without
 * names, such as nsfs, nsfs:[56]. */
GLOBAL u64 lib_fd_pseudo(u64 element, u64 type_name)
{
	char *e = lib_element(element), *text = spot(e, TEXT);
	const struct kern_files *l;
	u64 dentry, type = 0, len, name, room = STRSIZE > 64 ? STRSIZE - 16 : 48, at;

	if (!text)
		return 0;
	l = &firing_of(e)->files;
	dentry = state_of(e)->walk.dentry;
	bpf_probe_read_kernel(&type, sizeof(type), type_name);
	len = peek32(dentry + l->name_len) & NAME_MAX_BYTES;
	name = peek(dentry + l->name_text);
	if (len == 1) /* "/": it has none */
		len = 0;
	if ((type & UINT64_C(0xffffffffffffff)) == UINT64_C(0x73666b636f73)) /* sockfs */
		type = UINT64_C(0x74656b636f73); /* socket */
	else if ((type & UINT64_C(0xffffffffffffff)) == UINT64_C(0x736665706970)) /* pipefs */
		type = UINT64_C(0x65706970); /* pipe */
	else if (len) {
		if (len > room)
			len = room;
		at = 1;
		text[0] = '/';
		if (type == UINT64_C(0x6f6e695f6e6f6e61)) { /* anon_ino|defs */
			store(text, type);
			WRITE(u32, text + 8, 0x3a6564); /* de: */
			at = 11;
		}
		HIDE(len);
		len &= NAME_MAX_BYTES;
		bpf_probe_read_kernel(text + at, (u32)len, name);
		text += at;
		HIDE(text);
		text[len] = '\0';
		return TEXT;
	}
	WRITE(uint16_t, text + PSEUDO, ']'); /* and the NUL */
	at = lib_fd_digits(element, PSEUDO - 1, peek(peek(dentry + l->dentry_inode) + l->inode_ino)) - 2;
	WRITE(uint16_t, text + (at & 31), 0x5b3a); /* :[ */
	len = zero_byte(type);
	len = len ? index_of_zero(len) : 8;
	HIDE(at);
	store(text + ((at - 8) & 31), type << ((64 - len * 8) & 63));
	return TEXT + at - len;
}

GLOBAL u64 lib_fdstr(u64 element, u64 d, u64 fd, u64 which)
{
	char *e = lib_element(element), *to = spot(e, d);
	u64 file = lib_fd_file(element, fd), mount, type, at;
	const struct kern_files *l;
	struct lib_walk *w;

	if (!to)
		return 0;
	WRITE(u64, to, UINT64_C(0x3e656e6f6e3c)); /* <none> */
	to[(STRSIZE < 8 ? STRSIZE : 8) - 1] = '\0';
	if (!file)
		return 0;
	w = &state_of(e)->walk;
	l = &firing_of(e)->files;
	w->mount = peek(file + l->file_path);
	w->dentry = peek(file + l->file_path + sizeof(u64));
	type = peek(peek(peek(w->mount + l->mnt_sb) + l->sb_type) + l->type_name);
	if (which == FD_FS) {
		bpf_probe_read_kernel_str(to, STRSIZE < 32 ? (u32)STRSIZE : 32, type);
		return 0;
	}
	if (peek(w->dentry + l->dentry_parent) == w->dentry && peek(w->mount + l->mnt_root) != w->dentry) {
		if (which == FD_PATH || which == FD_NAME)
			lib_strget(element, d, lib_fd_pseudo(element, type), STRSIZE - 1);
		return 0;
	}
	if (which == FD_MOUNT) {
		mount = w->mount - l->mount;
		w->dentry = peek(mount + l->mount_point);
		w->mount = peek(mount + l->mount_parent) + l->mount;
	}
	at = lib_fd_path(element);
	lib_strget(element, d, at, STRSIZE - 1);
	if (which == FD_NAME)
		lib_basename(element, d, d);
	if (which == FD_DIRECTORY)
		lib_dirname(element, d, d);
	return 0;
}

GLOBAL u64 lib_fdnum(u64 element, u64 fd, u64 which)
{
	const struct firing *f = firing_of(lib_element(element));
	u64 file = lib_fd_file(element, fd);

	if (!f || !file)
		return 0;
	return which == FD_OFFSET ? peek(file + f->files.file_pos) : peek32(file + f->files.file_flags);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Names of a task: the program it runs, the thread's own, arguments (directories: path.h). All of them are written by strangers; here they
 * are bytes, and user space prints them with care.
 */
#pragma once

#include "task.h"

#define INLINE_NAME 40 /* of a dentry: 32 or 40 bytes hold short names, the NUL included */

static __always_inline void *dentry_inline_name(struct dentry *d, __u32 *size)
{
	if (bpf_core_field_exists(((struct dentry___since_6_14 *)0)->d_shortname)) {
		*size = bpf_core_field_size(struct dentry___since_6_14, d_shortname);
		return (void *)d + bpf_core_field_offset(struct dentry___since_6_14, d_shortname);
	}
	*size = bpf_core_field_size(struct dentry___before_6_14, d_iname);
	return (void *)d + bpf_core_field_offset(struct dentry___before_6_14, d_iname);
}

static __always_inline void name_thread(char *to, struct task_struct *t, bool known)
{
	__u64 *words = (__u64 *)to;

	if (known) {
		words[0] = *(__u64 *)&t->comm[0];
		words[1] = *(__u64 *)&t->comm[8];
	} else {
		words[0] = words[1] = 0;
		bpf_core_read_str(to, 16, &t->comm);
	}
}

/* The bytes of a word of a name of len bytes, zeros after them: a dentry holds old bytes behind its name. */
static __always_inline __u64 name_word(__u64 word, __u32 at, __u32 len)
{
	if (at >= len)
		return 0;
	return len - at >= 8 ? word : word & ((1ull << 8 * (len - at)) - 1);
}

/* KERN_EXECNAME bytes, zeros after the name, for it is part of keys: the last component of the program that the task runs; where
 * it runs none (the kernel's own threads), the leader's name. comm is not asked first: node names its main thread, too. */
static __always_inline void name_program(char *to, struct task_struct *t, bool known)
{
	struct mm_struct *mm = READ(t, mm, known);
	struct file *exe = mm ? READ(mm, exe_file, known) : 0;
	struct dentry *d = exe ? READ(exe, f_path.dentry, known) : 0;
	__u64 *words = (__u64 *)to;
	__u32 len, size = 0;

	words[0] = words[1] = words[2] = words[3] = 0;
	_Static_assert(KERN_EXECNAME == 32, "four words");
	if (!d) {
		struct task_struct *leader = READ(t, group_leader, known);

		name_thread(to, leader, known);
		return;
	}
	len = READ(d, d_name.len, known);
	if (known) {
		__u64 *from = dentry_inline_name(d, &size);

		if (len < size) { /* longer ones lie elsewhere */
			words[0] = name_word(from[0], 0, len);
			if (len > 8)
				words[1] = name_word(from[1], 8, len);
			if (len > 16) {
				words[2] = name_word(from[2], 16, len);
				words[3] = name_word(from[3], 24, len < KERN_EXECNAME - 1 ? len : KERN_EXECNAME - 1);
			}
			return;
		}
	}
	bpf_probe_read_kernel_str(to, KERN_EXECNAME, READ(d, d_name.name, known));
}

/* The first bytes of the arguments, with spaces between them, as ps shows them; "" where the task is another than the one that runs,
 * whose memory is not there. */
static __always_inline void name_arguments(char *to, struct task_struct *t, bool is_current)
{
	struct mm_struct *mm = READ(t, mm, RAW);
	__u64 start = 0, end = 0, len;

	for (int i = 0; i < KERN_PSARGS / 8; i++)
		((__u64 *)to)[i] = 0;
	if (!mm || !is_current)
		return;
	start = READ(mm, arg_start, RAW);
	end = READ(mm, arg_end, RAW);
	len = end - start;
	if (end <= start)
		return;
	if (len > KERN_PSARGS - 1)
		len = KERN_PSARGS - 1;
	if (bpf_probe_read_user(to, len, (void *)start))
		return;
	ROLLED for (int i = 0; i < KERN_PSARGS - 2; i++)
		if (!to[i] && to[i + 1]) /* the last NUL stays the end */
			to[i] = ' ';
}

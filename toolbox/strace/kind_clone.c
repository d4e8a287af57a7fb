/* SPDX-License-Identifier: GPL-2.0-only
 * New processes and threads: clone in the argument order of each ABI, and clone3's structure
 * (linux/sched.h).
 */
#include "parts.h"

#include <inttypes.h>
#include <sched.h>
#include <string.h>

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#define CLONE_INTO_CGROUP_BIT 0x200000000ull

/* The signal at the child's end is in the low byte. */
static void print_clone_flags(struct call *c, uint64_t flags)
{
	unsigned sig = flags & 0xff;

	flags &= ~0xffull;
	if (flags)
		print_flags(c, flags, FLAGS_CLONE);
	if (flags && sig)
		out_putc(c->out, '|');
	if (sig || !flags)
		print_signal(c, (int)sig);
}

static void print_int_at(struct call *c, uint64_t addr, bool fd)
{
	int32_t value;

	if (c->error || !addr || !call_verbose(c) || !mem_read(c, addr, &value, sizeof(value))) {
		print_addr(c, addr);
		return;
	}
	out_putc(c->out, '[');
	if (fd)
		print_fd(c, value, false);
	else
		print_pid(c, value);
	out_putc(c->out, ']');
}

/* All of clone's arguments: flags and stack, then where the ABI has them parent's tid, tls and child's tid. */
bool kind_clone(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t flags = arg_ulong(c, arg);
	unsigned ctid = c->abi == ABI_X86_64 ? 3 : 4, tls = c->abi == ABI_X86_64 ? 4 : 3;

	(void)param;
	if (!c->exiting) {
		out_puts(c->out, "child_stack=");
		print_addr(c, arg_ulong(c, 1));
		out_puts(c->out, ", flags=");
		print_clone_flags(c, flags);
		return !(flags & (CLONE_PARENT_SETTID | CLONE_PIDFD | CLONE_SETTLS | CLONE_CHILD_SETTID |
				  CLONE_CHILD_CLEARTID));
	}
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD)) {
		out_puts(c->out, ", parent_tid=");
		print_int_at(c, arg_ulong(c, 2), flags & CLONE_PIDFD);
	}
	if (flags & CLONE_SETTLS) {
		out_puts(c->out, ", tls=");
		if (c->abi == ABI_I386)
			print_user_desc(c, arg_ulong(c, tls));
		else
			print_addr(c, arg_ulong(c, tls));
	}
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		out_puts(c->out, ", child_tidptr=");
		print_addr(c, arg_ulong(c, ctid));
	}
	return true;
}

/* --- clone3 --- */

/* Places only: which members count follows from the flags. */
enum {
	AT_FLAGS = 0, AT_PIDFD = 8, AT_CHILD_TID = 16, AT_PARENT_TID = 24, AT_EXIT_SIGNAL = 32,
	AT_STACK = 40, AT_STACK_SIZE = 48, AT_TLS = 56, AT_SET_TID = 64, AT_SET_TID_SIZE = 72,
	AT_CGROUP = 80, SIZE_VER0 = 64, SIZE_VER1 = 80, SIZE_VER2 = 88,
};

static bool print_tid(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_pid(c, (pid_t)field_load(c, T_S32, element));
	return true;
}

static void print_clone_args(struct call *c, const char *buf, uint64_t n, uint64_t addr, uint64_t size)
{
	uint64_t v[SIZE_VER2 / 8] = { 0 }, flags;

	memcpy(v, buf, (size_t)n);
	flags = v[AT_FLAGS / 8];
	out_puts(c->out, "{flags=");
	print_flags(c, flags, FLAGS_CLONE3);
	if (flags & CLONE_PIDFD) {
		out_puts(c->out, ", pidfd=");
		print_addr(c, v[AT_PIDFD / 8]);
	}
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		out_puts(c->out, ", child_tid=");
		print_addr(c, v[AT_CHILD_TID / 8]);
	}
	if (flags & CLONE_PARENT_SETTID) {
		out_puts(c->out, ", parent_tid=");
		print_addr(c, v[AT_PARENT_TID / 8]);
	}
	out_puts(c->out, ", exit_signal=");
	if (v[AT_EXIT_SIGNAL / 8] <= INT32_MAX)
		print_signal(c, (int)v[AT_EXIT_SIGNAL / 8]);
	else
		out_printf(c->out, "%" PRIu64, v[AT_EXIT_SIGNAL / 8]);
	out_puts(c->out, ", stack=");
	print_addr(c, v[AT_STACK / 8]);
	out_printf(c->out, ", stack_size=%#" PRIx64, v[AT_STACK_SIZE / 8]);
	if (flags & CLONE_SETTLS)
		out_puts(c->out, ", tls="), print_addr(c, v[AT_TLS / 8]);
	if (n >= SIZE_VER1 && (v[AT_SET_TID / 8] || v[AT_SET_TID_SIZE / 8])) {
		out_puts(c->out, ", set_tid=");
		print_array(c, v[AT_SET_TID / 8], v[AT_SET_TID_SIZE / 8], 4, true, print_tid, NULL);
		out_printf(c->out, ", set_tid_size=%" PRIu64, v[AT_SET_TID_SIZE / 8]);
	}
	if (n >= SIZE_VER2 && flags & CLONE_INTO_CGROUP_BIT)
		out_printf(c->out, ", cgroup=%" PRIu64, v[AT_CGROUP / 8]);
	fields_rest(c, addr, SIZE_VER2, size);
	out_putc(c->out, '}');
}

bool kind_clone3(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), size = arg_length(c, param), flags, ptr;
	uint64_t n = size < SIZE_VER2 ? size : SIZE_VER2;
	const char *sep = " => {";
	char buf[SIZE_VER2];

	if (!c->exiting) {
		if (size < SIZE_VER0) {
			print_addr(c, addr);
			return true;
		}
		if (!read_in(c, addr, buf, (size_t)n))
			return true;
		print_clone_args(c, buf, n, addr, size);
		memcpy(&flags, buf, sizeof(flags));
		return !(flags & (CLONE_PIDFD | CLONE_PARENT_SETTID));
	}
	if (c->error || !mem_read(c, addr, buf, SIZE_VER0))
		return true;
	memcpy(&flags, buf, sizeof(flags));
	if (flags & CLONE_PIDFD) {
		memcpy(&ptr, buf + AT_PIDFD, sizeof(ptr));
		out_printf(c->out, "%spidfd=", sep);
		print_int_at(c, ptr, true);
		sep = ", ";
	}
	if (flags & CLONE_PARENT_SETTID) {
		memcpy(&ptr, buf + AT_PARENT_TID, sizeof(ptr));
		out_printf(c->out, "%sparent_tid=", sep);
		print_int_at(c, ptr, false);
	}
	out_putc(c->out, '}');
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Scheduling: policy, parameters, attributes (which grow with the kernel), CPU sets.
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

static const struct field attr_fields[] = {
	{ "sched_nice", T_S32 },
	{ "sched_priority", T_U32 },
	{ "sched_runtime", T_U64 },
	{ "sched_deadline", T_U64 },
	{ "sched_period", T_U64 },
	{ 0 },
};
static const struct field clamp_fields[] = {
	{ "sched_util_min", T_U32 }, { "sched_util_max", T_U32 }, { 0 },
};
enum { AT_POLICY = 4, AT_FLAGS = 8, AT_NICE = 16, SIZE_VER0 = 48, SIZE_VER1 = 56 };
enum { KEEP_POLICY = 0x08, KEEP_PARAMS = 0x10, E_TOO_BIG = 7 };

static void print_attr(struct call *c, uint64_t addr, uint64_t size, bool setting)
{
	char buf[SIZE_VER1] = { 0 };
	size_t n = size < SIZE_VER1 ? (size_t)size : SIZE_VER1;
	uint32_t said;
	uint64_t flags;

	if (!read_in(c, addr, buf, n))
		return;
	flags = (uint64_t)field_load(c, T_U64, buf + AT_FLAGS);
	said = (uint32_t)field_load(c, T_U32, buf);
	if (!setting)
		n = said < SIZE_VER1 ? said : SIZE_VER1;
	out_printf(c->out, "{size=%u", said);
	if (!setting || !(flags & (KEEP_POLICY | KEEP_PARAMS))) {
		out_puts(c->out, ", sched_policy=");
		print_enum(c, (uint32_t)field_load(c, T_U32, buf + AT_POLICY), FLAGS_SCHED_POLICY);
	}
	out_puts(c->out, ", sched_flags=");
	print_flags(c, flags, FLAGS_SCHED_FLAGS);
	if (!setting || !(flags & KEEP_PARAMS))
		fields_members(c, buf + AT_NICE, SIZE_VER0 - AT_NICE, attr_fields);
	if (n >= SIZE_VER1)
		fields_members(c, buf + SIZE_VER0, SIZE_VER1 - SIZE_VER0, clamp_fields);
	if (setting && size > SIZE_VER1)
		out_puts(c->out, ", ...");
	out_putc(c->out, '}');
}

/* The structure says its own size; the kernel corrects it when it knows less. */
bool kind_sched_attr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t size;

	(void)param;
	if (c->exiting) {
		if (c->error && c->ret == -E_TOO_BIG && mem_read(c, addr, &size, sizeof(size)))
			out_printf(c->out, " => {size=%u}", size);
		return true;
	}
	if (!read_in(c, addr, &size, sizeof(size)))
		return true;
	if (size && size < SIZE_VER0)
		out_printf(c->out, "{size=%u}", size);
	else
		print_attr(c, addr, size ? size : SIZE_VER0, true);
	return false;
}

bool kind_osched_attr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), asked = arg_length(c, param);
	uint32_t size;

	if (!c->exiting)
		return false;
	if (!read_or_addr(c, addr, &size, sizeof(size)))
		return true;
	if (size < SIZE_VER0)
		out_printf(c->out, "{size=%u}", size);
	else
		print_attr(c, addr, asked, false);
	return true;
}

bool kind_sched_policy(struct call *c, unsigned arg, uint16_t param)
{
	enum { RESET_ON_FORK = 0x40000000 };
	unsigned policy = (unsigned)arg_int(c, arg);

	(void)param;
	if (policy & RESET_ON_FORK && flags_name(c, policy & ~(unsigned)RESET_ON_FORK, FLAGS_SCHED_POLICY)) {
		print_enum(c, policy & ~(unsigned)RESET_ON_FORK, FLAGS_SCHED_POLICY);
		out_puts(c->out, "|SCHED_RESET_ON_FORK");
	} else {
		print_enum(c, policy, FLAGS_SCHED_POLICY);
	}
	return true;
}

bool kind_sched_policy_result(struct call *c, unsigned arg, uint16_t param)
{
	const char *name = flags_name(c, (uint32_t)c->ret, FLAGS_SCHED_POLICY);

	(void)arg, (void)param;
	if (name)
		out_puts(c->out, name);
	return true;
}

static bool print_param(struct call *c, unsigned arg)
{
	int32_t priority;

	if (read_in(c, arg_ulong(c, arg), &priority, sizeof(priority)))
		out_printf(c->out, "[%d]", priority);
	return true;
}

bool kind_sched_param(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_param(c, arg);
}

bool kind_osched_param(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_param(c, arg);
	return true;
}

/* Linux has at most 8192 CPUs; a larger mask is one that the kernel cuts, too. */
enum { CPU_BYTES = 1024 };

static void print_cpus(struct call *c, uint64_t addr, uint64_t size)
{
	unsigned char set[CPU_BYTES];
	size_t n = size < sizeof(set) ? (size_t)size : sizeof(set);
	const char *sep = "";

	if (!n) {
		if (addr)
			out_puts(c->out, "[]");
		else
			print_addr(c, addr);
		return;
	}
	if (!read_in(c, addr, set, n))
		return;
	out_putc(c->out, '[');
	for (size_t cpu = 0; cpu < n * 8; cpu++) {
		if (set[cpu / 8] >> cpu % 8 & 1) {
			out_printf(c->out, "%s%zu", sep, cpu);
			sep = " ";
		}
	}
	out_putc(c->out, ']');
}

bool kind_affinity(struct call *c, unsigned arg, uint16_t param)
{
	print_cpus(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

bool kind_oaffinity(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_cpus(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

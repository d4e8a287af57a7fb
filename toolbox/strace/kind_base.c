/* SPDX-License-Identifier: GPL-2.0-only
 * Plain arguments: numbers, names of values, descriptors, modes, ids, and numbers behind pointers.
 */
#include "kinds.h"

#include "toolbox/lib/base.h"

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <sys/types.h>

bool kind_int(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_dec(c->out, arg_int(c, arg));
	return true;
}

bool kind_uint(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_udec(c->out, (unsigned)arg_int(c, arg));
	return true;
}

bool kind_long(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_dec(c->out, arg_long(c, arg));
	return true;
}

bool kind_size(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_udec(c->out, arg_ulong(c, arg));
	return true;
}

bool kind_hex(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_hexnum(c->out, arg_ulong(c, arg));
	return true;
}

bool kind_hex32(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_hexnum(c->out, (unsigned)arg_int(c, arg));
	return true;
}

bool kind_ptr(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_addr(c, arg_ulong(c, arg));
	return true;
}

/* A 64-bit number, which a 32-bit ABI passes in two registers, the lower half first. Its row has
 * `hi` for the second. */
static uint64_t pair(const struct call *c, unsigned arg)
{
	if (word_size(c) == 8 || arg + 1 >= countof(c->args))
		return c->args[arg];
	return (uint32_t)c->args[arg] | (c->args[arg + 1] << 32);
}

bool kind_llong(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_dec(c->out, (int64_t)pair(c, arg));
	return true;
}

bool kind_ullong(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	out_udec(c->out, pair(c, arg));
	return true;
}

/* _llseek of i386 has the upper half first. */
bool kind_llseek_offset(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg + 1 < countof(c->args))
		out_dec(c->out, (int64_t)((c->args[arg] << 32) | (uint32_t)c->args[arg + 1]));
	return true;
}

bool kind_flags_pair(struct call *c, unsigned arg, uint16_t param)
{
	print_flags(c, pair(c, arg), param);
	return true;
}

/* readdir(2) reads one entry, and has a number that can only be 1. */
bool kind_one(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg_ulong(c, arg) != 1)
		out_udec(c->out, arg_ulong(c, arg));
	return true;
}

bool kind_hi(struct call *c, unsigned arg, uint16_t param)
{
	(void)c, (void)arg, (void)param;
	return true;
}

bool kind_fd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_fd(c, arg_int(c, arg), false);
	return true;
}

bool kind_atfd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_fd(c, arg_int(c, arg), true);
	return true;
}

bool kind_pid(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_pid(c, arg_int(c, arg));
	return true;
}

/* User and group: -1 means "leave it" and is shown so; the 16-bit calls of i386 pass 16 bits. */
static void print_id(struct call *c, uint32_t id)
{
	if (id == UINT32_MAX)
		out_puts(c->out, "-1");
	else
		out_udec(c->out, id);
}

bool kind_uid(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_id(c, (uint32_t)arg_int(c, arg));
	return true;
}

bool kind_uid16(struct call *c, unsigned arg, uint16_t param)
{
	uint16_t id = (uint16_t)c->args[arg];

	(void)param;
	print_id(c, id == UINT16_MAX ? UINT32_MAX : id);
	return true;
}

bool kind_flags(struct call *c, unsigned arg, uint16_t param)
{
	print_flags(c, (unsigned)arg_int(c, arg), param);
	return true;
}

bool kind_flags64(struct call *c, unsigned arg, uint16_t param)
{
	print_flags(c, arg_ulong(c, arg), param);
	return true;
}

bool kind_enum(struct call *c, unsigned arg, uint16_t param)
{
	print_enum(c, (unsigned)arg_int(c, arg), param);
	return true;
}

/* The same with a number as it is where there is no name. */
bool kind_enum_or_number(struct call *c, unsigned arg, uint16_t param)
{
	const char *name = flags_name(c, (unsigned)arg_int(c, arg), param);

	if (name)
		print_named_dec(c, name, arg_int(c, arg));
	else
		out_dec(c->out, arg_int(c, arg));
	return true;
}

bool kind_enum64(struct call *c, unsigned arg, uint16_t param)
{
	print_enum(c, arg_ulong(c, arg), param);
	return true;
}

bool kind_mode(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_mode(c, (uint16_t)c->args[arg], false);
	return true;
}

bool kind_typed_mode(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_mode(c, (uint16_t)c->args[arg], true);
	return true;
}

bool kind_dev(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_dev(c, (uint32_t)arg_int(c, arg));
	return true;
}

bool kind_open_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_open_flags(c, (unsigned)arg_int(c, arg));
	return true;
}

/* A device means something only where the mode, which the parameter names, asks for one. */
bool kind_mknod_dev(struct call *c, unsigned arg, uint16_t param)
{
	unsigned type = (unsigned)c->args[param % countof(c->args)] & S_IFMT;

	if (type == S_IFCHR || type == S_IFBLK)
		print_dev(c, (uint32_t)arg_int(c, arg));
	return true;
}

/* The mode of open(2) means something only where a file may be made; the parameter is the argument
 * with the flags. */
bool kind_open_mode(struct call *c, unsigned arg, uint16_t param)
{
	unsigned flags = (unsigned)arg_int(c, param % countof(c->args));
	/* O_TMPFILE's own bit and O_CREAT have one value on all three ABIs. */
	const unsigned makes_a_file = O_CREAT | 020000000;

	if (flags & makes_a_file)
		print_mode(c, (uint16_t)c->args[arg], false);
	return true;
}

/* --- numbers behind pointers: [5]; the address where it cannot be read --- */

static bool pointed(struct call *c, unsigned arg, size_t size, uint64_t *value)
{
	*value = 0;
	return read_or_addr(c, arg_ulong(c, arg), value, size);
}

bool kind_intp(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	(void)param;
	if (pointed(c, arg, 4, &v))
		out_printf(c->out, "[%d]", (int)(uint32_t)v);
	return true;
}

bool kind_ointp(struct call *c, unsigned arg, uint16_t param)
{
	return c->exiting && kind_intp(c, arg, param);
}

bool kind_uintp(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	(void)param;
	if (pointed(c, arg, 4, &v))
		out_printf(c->out, "[%u]", (unsigned)v);
	return true;
}

bool kind_ouintp(struct call *c, unsigned arg, uint16_t param)
{
	return c->exiting && kind_uintp(c, arg, param);
}

bool kind_ulongp(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	(void)param;
	if (pointed(c, arg, word_size(c), &v))
		out_printf(c->out, "[%" PRIu64 "]", v);
	return true;
}

bool kind_oulongp(struct call *c, unsigned arg, uint16_t param)
{
	return c->exiting && kind_ulongp(c, arg, param);
}

/* An off_t of the ABI (parameter 0), or a loff_t, that the call moves: without a sign, but for parameter 1. */
bool kind_offp(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	if (pointed(c, arg, param ? 8 : word_size(c), &v))
		out_printf(c->out, param == 1 ? "[%" PRId64 "]" : "[%" PRIu64 "]", v);
	return true;
}

bool kind_ooffp(struct call *c, unsigned arg, uint16_t param)
{
	return c->exiting && kind_offp(c, arg, param);
}

bool kind_ollongp(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return c->exiting && kind_offp(c, arg, 2);
}

/* The two descriptors of pipe(2) and socketpair(2). */
static bool print_fd_element(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_fd(c, *(const int32_t *)element, false);
	return true;
}

bool kind_fd_pair(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_array(c, arg_ulong(c, arg), 2, sizeof(int32_t), false, print_fd_element,
		    NULL);
	return true;
}

bool kind_uidp(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	(void)param;
	if (!c->exiting)
		return false;
	if (pointed(c, arg, 4, &v))
		out_printf(c->out, "[%d]", (int)(uint32_t)v);
	return true;
}

bool kind_uid16p(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t v;

	(void)param;
	if (!c->exiting)
		return false;
	if (pointed(c, arg, 2, &v))
		out_printf(c->out, "[%d]", v == UINT16_MAX ? -1 : (int)v);
	return true;
}

/* --- lists of groups: given, or filled in, as many as the result says --- */

static bool print_id_element(struct call *c, const void *element, void *ctx)
{
	uint32_t id = *(const uint32_t *)element;

	(void)ctx;
	print_id(c, id);
	return true;
}

static bool print_id16_element(struct call *c, const void *element, void *ctx)
{
	uint16_t id = *(const uint16_t *)element;

	(void)ctx;
	print_id(c, id == UINT16_MAX ? UINT32_MAX : id);
	return true;
}

static bool print_groups(struct call *c, unsigned arg, uint16_t param, size_t size,
			 bool (*one)(struct call *, const void *, void *))
{
	enum { NGROUPS_MAX = 65536 };

	if ((param & PARAM_RESULT) && !c->exiting)
		return false;
	if ((c->exiting && c->error) ||
	    (!(param & PARAM_RESULT) && (unsigned)arg_int(c, param & 0xff) > NGROUPS_MAX))
		print_addr(c, arg_ulong(c, arg));
	else
		print_array(c, arg_ulong(c, arg), arg_length(c, param), size, true, one, NULL);
	return true;
}

bool kind_groups(struct call *c, unsigned arg, uint16_t param)
{
	return print_groups(c, arg, param, sizeof(uint32_t), print_id_element);
}

bool kind_groups16(struct call *c, unsigned arg, uint16_t param)
{
	return print_groups(c, arg, param, sizeof(uint16_t), print_id16_element);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * File systems: openat2, mounts old and new, handles, extended attributes, quotas (linux/openat2.h,
 * linux/mount.h, linux/quota.h).
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

/* --- openat2 --- */

enum { O_CREAT_BIT = 0100, O_TMPFILE_BIT = 020000000, OPEN_HOW_SIZE = 24 };

bool kind_open_how(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), size = arg_length(c, param), v[3];

	if (size < OPEN_HOW_SIZE) {
		print_addr(c, addr);
		return true;
	}
	if (!read_in(c, addr, v, sizeof(v)))
		return true;
	out_puts(c->out, "{flags=");
	print_open_flags(c, v[0]);
	if (v[0] & (O_CREAT_BIT | O_TMPFILE_BIT) || v[1]) {
		out_puts(c->out, ", mode=");
		if (v[1] >> 32)
			out_printf(c->out, "%#" PRIo64, v[1]);
		else
			print_mode(c, (unsigned)v[1], false);
	}
	out_puts(c->out, ", resolve=");
	print_flags(c, v[2], FLAGS_RESOLVE);
	fields_rest(c, addr, OPEN_HOW_SIZE, size);
	out_putc(c->out, '}');
	return true;
}

/* --- mount --- */

enum {
	MS_REMOUNT_BIT = 0x20, MS_BIND_BIT = 0x1000, MS_MOVE_BIT = 0x2000,
	MS_TYPE_BITS = 0x20000 | 0x40000 | 0x80000 | 0x100000, /* unbindable, private, slave, shared */
};
#define MS_MAGIC 0xc0ed0000u

bool kind_mount_flags(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t flags = arg_ulong(c, arg);

	(void)param;
	if ((flags & 0xffff0000) == MS_MAGIC) {
		print_named(c, "MS_MGC_VAL", MS_MAGIC);
		flags &= 0xffff;
		if (!flags)
			return true;
		out_putc(c->out, '|');
	}
	print_flags(c, flags, FLAGS_MOUNT);
	return true;
}

/* What the kernel ignores may be anything: the type where no file system is mounted anew, the string for the file
 * system where there is none. */
static bool binds(uint64_t flags)
{
	if ((flags & 0xffff0000) == MS_MAGIC)
		flags &= 0xffff;
	return flags & (MS_BIND_BIT | MS_MOVE_BIT | MS_TYPE_BITS);
}

bool kind_mount_type(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t flags = arg_ulong(c, 3);

	(void)param;
	if (binds(flags) || flags & MS_REMOUNT_BIT)
		print_addr(c, arg_ulong(c, arg));
	else
		print_string(c, arg_ulong(c, arg));
	return true;
}

bool kind_mount_data(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t flags = arg_ulong(c, 3);

	(void)param;
	if (binds(flags) && !(flags & MS_REMOUNT_BIT))
		print_addr(c, arg_ulong(c, arg));
	else
		print_string(c, arg_ulong(c, arg));
	return true;
}

static void show_userns(struct call *c, const void *p, const void *all)
{
	uint64_t v = (uint64_t)field_load(c, T_U64, p);

	(void)all;
	if (v > INT32_MAX)
		out_udec(c->out, v);
	else
		print_fd(c, (int)v, false);
}

static const struct field mount_attr_fields[] = {
	{ "attr_set", T_A64, F_FLAGS, FLAGS_MOUNT_ATTR },
	{ "attr_clr", T_A64, F_FLAGS, FLAGS_MOUNT_ATTR },
	{ "propagation", T_A64, F_ENUM, FLAGS_MOUNT_PROPAGATION },
	{ "userns_fd", T_A64, F_SHOW, .show = show_userns },
	{ 0 },
};

bool kind_mount_attr(struct call *c, unsigned arg, uint16_t param)
{
	fields_sized(c, arg_ulong(c, arg), arg_length(c, param), 32, mount_attr_fields);
	return true;
}

enum { SET_FLAG, SET_STRING, SET_BINARY, SET_PATH, SET_PATH_EMPTY, SET_FD, CMD_CREATE, CMD_RECONFIGURE, CMD_CREATE_EXCL };

bool kind_fsconfig_key(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if ((unsigned)arg_int(c, 1) <= SET_FD)
		print_string(c, arg_ulong(c, arg));
	else
		print_addr(c, arg_ulong(c, arg));
	return true;
}

bool kind_fsconfig_val(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	unsigned char bytes[64];
	uint32_t n = (uint32_t)c->args[4];
	size_t shown;

	(void)param;
	switch (arg_int(c, 1)) {
	case SET_STRING:
		print_string(c, addr);
		break;
	case SET_PATH:
	case SET_PATH_EMPTY:
		print_path(c, addr);
		break;
	case SET_BINARY:
		shown = n < sizeof(bytes) ? n : sizeof(bytes);
		shown = shown < c->opt->string_limit ? shown : c->opt->string_limit;
		if (read_in(c, addr, bytes, shown)) {
			out_quoted(c->out, bytes, shown, OUT_HEX_ALL, false);
			out_puts(c->out, shown < n ? "..." : "");
		}
		break;
	default:
		print_addr(c, addr);
	}
	return true;
}

bool kind_fsconfig_aux(struct call *c, unsigned arg, uint16_t param)
{
	unsigned cmd = (unsigned)arg_int(c, 1);

	(void)param;
	if (cmd == SET_PATH || cmd == SET_PATH_EMPTY)
		print_fd(c, arg_int(c, arg), true);
	else if (cmd == SET_FD)
		print_fd(c, arg_int(c, arg), false);
	else
		out_printf(c->out, "%d", arg_int(c, arg));
	return true;
}

static const struct field mnt_id_req_fields[] = {
	{ "size", T_U32 }, { "mnt_ns_fd", T_U32, .when = NONZERO }, { "mnt_id", T_U64, F_HEX },
	{ "param", T_U64, F_HEX }, { "mnt_ns_id", T_U64, F_HEX, .when = NONZERO }, { 0 },
};

bool kind_mnt_id_req(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t size;

	(void)param;
	if (read_in(c, addr, &size, sizeof(size)))
		fields_sized(c, addr, size, 24, mnt_id_req_fields);
	return true;
}

static const struct field statmount_fields[] = {
	{ "size", T_U32 },
	{ "mnt_opts", T_U32, .when = VERBOSE },
	{ "mask", T_U64, F_HEX },
	{ "sb_dev_major", T_U32 },
	{ "sb_dev_minor", T_U32 },
	{ "sb_magic", T_U64, F_ENUM, FLAGS_FSMAGIC },
	{ "sb_flags", T_U32, F_FLAGS, FLAGS_MOUNT },
	{ "fs_type", T_U32, .when = VERBOSE },
	{ "mnt_id", T_U64, F_HEX },
	{ "mnt_parent_id", T_U64, F_HEX },
	{ "mnt_id_old", T_U32 },
	{ "mnt_parent_id_old", T_U32 },
	{ "mnt_attr", T_U64, F_FLAGS, FLAGS_MOUNT_ATTR },
	{ "mnt_propagation", T_U64, F_FLAGS, FLAGS_MOUNT },
	{ 0 },
};

bool kind_ostatmount(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, statmount_fields);
}

static bool print_mnt_id(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	out_printf(c->out, "%#" PRIx64, (uint64_t)field_load(c, T_U64, element));
	return true;
}

/* The result is their number. */
bool kind_omnt_ids(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t room = arg_length(c, param), n = c->ret > 0 ? (uint64_t)c->ret : 0;
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_array(c, arg_ulong(c, arg), n < room ? n : room, 8, true, print_mnt_id, NULL);
	return true;
}

/* --- handles --- */

enum { HANDLE_MAX = 128, E_OVERFLOW = 75 };

static void print_handle_bytes(struct call *c, uint64_t addr, uint32_t n)
{
	unsigned char bytes[HANDLE_MAX];
	uint32_t shown = n < HANDLE_MAX ? n : HANDLE_MAX;

	out_puts(c->out, ", f_handle=");
	if (mem_read(c, addr + 8, bytes, shown)) {
		out_quoted(c->out, bytes, shown, OUT_HEX_ALL, false);
		out_puts(c->out, shown < n ? "..." : "");
	} else {
		out_puts(c->out, "???");
	}
}

/* The room that the caller has, and what the call made of it. */
bool kind_file_handle(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t v[2];

	(void)param;
	if (!c->exiting) {
		if (!read_in(c, addr, v, 4))
			return true;
		out_printf(c->out, "{handle_bytes=%u", v[0]);
		c->keep[arg] = v[0];
		return false;
	}
	if ((!c->error || c->ret == -E_OVERFLOW) && mem_read(c, addr, v, sizeof(v))) {
		if (v[0] != c->keep[arg])
			out_printf(c->out, " => %u", v[0]);
		if (!c->error) {
			out_printf(c->out, ", handle_type=%d", (int)v[1]);
			print_handle_bytes(c, addr, v[0]);
		}
	}
	out_putc(c->out, '}');
	return true;
}

bool kind_file_handle_in(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t v[2];

	(void)param;
	if (!read_in(c, addr, v, sizeof(v)))
		return true;
	out_printf(c->out, "{handle_bytes=%u, handle_type=%d", v[0], (int)v[1]);
	print_handle_bytes(c, addr, v[0]);
	out_putc(c->out, '}');
	return true;
}

/* --- extended attributes --- */

/* Values are often strings: a NUL at the end is not shown. */
static void print_value(struct call *c, uint64_t addr, uint64_t n)
{
	enum { SIZE_MAX_BYTES = 65536 }; /* XATTR_SIZE_MAX */
	char last;

	if (n > SIZE_MAX_BYTES) {
		print_addr(c, addr);
		return;
	}
	if (n && n <= c->opt->string_limit && mem_read(c, addr + n - 1, &last, 1) && !last)
		n--;
	print_buffer(c, addr, n);
}

bool kind_xattr_val(struct call *c, unsigned arg, uint16_t param)
{
	print_value(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

bool kind_oxattr_val(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	print_value(c, arg_ulong(c, arg), arg_length(c, param | PARAM_RESULT));
	return true;
}

bool kind_oxattr_list(struct call *c, unsigned arg, uint16_t param)
{
	if (!c->exiting)
		return false;
	/* A size of 0 asks how long the list is. */
	if (c->error || !arg_length(c, param & 0xff))
		print_addr(c, arg_ulong(c, arg));
	else
		print_buffer(c, arg_ulong(c, arg), arg_length(c, param | PARAM_RESULT));
	return true;
}

static const struct field xattr_args_fields[] = {
	{ "value", T_A64, F_ADDR }, { "size", T_U32 }, { "flags", T_U32, F_FLAGS, FLAGS_XATTR }, { 0 },
};

bool kind_xattr_args(struct call *c, unsigned arg, uint16_t param)
{
	fields_sized(c, arg_ulong(c, arg), arg_length(c, param), 16, xattr_args_fields);
	return true;
}

bool kind_oxattr_args(struct call *c, unsigned arg, uint16_t param)
{
	return kind_xattr_args(c, arg, param);
}

static const struct field file_attr_fields[] = {
	{ "fa_xflags", T_U64, F_HEX }, { "fa_extsize", T_U32 }, { "fa_nextents", T_U32 },
	{ "fa_projid", T_U32 }, { "fa_cowextsize", T_U32 }, { 0 },
};

/* file_getattr fills it, file_setattr reads it. */
bool kind_file_attr(struct call *c, unsigned arg, uint16_t param)
{
	if (!strcmp(c->row->name, "file_getattr")) {
		if (!c->exiting)
			return false;
		if (c->error) {
			print_addr(c, arg_ulong(c, arg));
			return true;
		}
	}
	fields_sized(c, arg_ulong(c, arg), arg_length(c, param), 24, file_attr_fields);
	return true;
}

/* --- quotas --- */

static unsigned quota_command(const struct call *c)
{
	/* quotactl_fd has the descriptor before it. */
	return (uint32_t)c->args[!strcmp(c->row->name, "quotactl_fd")];
}

enum { Q_SYNC_NR = 0x800001, Q_ON = 0x800002, Q_OFF = 0x800003, Q_GETFMT = 0x800004, Q_GETINFO = 0x800005,
       Q_SETINFO = 0x800006, Q_GETQUOTA = 0x800007, Q_SETQUOTA = 0x800008, Q_GETNEXTQUOTA = 0x800009 };

bool kind_quota_cmd(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t v = (uint32_t)c->args[arg];
	const struct decode_options *outer = c->opt;
	struct decode_options inner = *outer;

	(void)param;
	if (outer->constants != CONST_ABBREV)
		out_udec(c->out, v);
	if (outer->constants == CONST_RAW)
		return true;
	inner.constants = CONST_ABBREV;
	c->opt = &inner;
	out_puts(c->out, outer->constants == CONST_VERBOSE ? " /* QCMD(" : "QCMD(");
	print_enum(c, v >> 8, FLAGS_QUOTA_CMD);
	out_puts(c->out, ", ");
	print_enum(c, v & 0xff, FLAGS_QUOTA_TYPE);
	out_puts(c->out, outer->constants == CONST_VERBOSE ? ") */" : ")");
	c->opt = outer;
	return true;
}

bool kind_quota_id(struct call *c, unsigned arg, uint16_t param)
{
	unsigned cmd = quota_command(c) >> 8;

	(void)param;
	if (cmd == Q_ON)
		print_enum(c, (uint32_t)c->args[arg], FLAGS_QUOTA_FORMAT);
	else if (cmd == Q_GETQUOTA || cmd == Q_SETQUOTA || cmd == Q_GETNEXTQUOTA || cmd < Q_SYNC_NR || cmd > Q_GETNEXTQUOTA)
		out_printf(c->out, "%u", (unsigned)arg_int(c, arg));
	return true;
}

static const struct field dqblk_fields[] = {
	{ "dqb_bhardlimit", T_U64 },
	{ "dqb_bsoftlimit", T_U64 },
	{ "dqb_curspace", T_U64 },
	{ "dqb_ihardlimit", T_U64 },
	{ "dqb_isoftlimit", T_U64 },
	{ "dqb_curinodes", T_U64 },
	{ "dqb_btime", T_U64, .when = VERBOSE },
	{ "dqb_itime", T_U64, .when = VERBOSE },
	{ "dqb_valid", T_U32, F_FLAGS, FLAGS_QUOTA_VALID, VERBOSE },
	{ 0 },
};
static const struct field dqinfo_fields[] = {
	{ "dqi_bgrace", T_U64 },
	{ "dqi_igrace", T_U64 },
	{ "dqi_flags", T_U32, F_HEX },
	{ "dqi_valid", T_U32, F_HEX },
	{ 0 },
};

bool kind_quota_addr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t format;

	(void)param;
	switch (quota_command(c) >> 8) {
	case Q_SYNC_NR:
	case Q_OFF:
		return true;
	case Q_ON:
		print_path(c, addr);
		return true;
	case Q_SETQUOTA:
		return fields_in(c, arg, dqblk_fields);
	case Q_GETQUOTA:
	case Q_GETNEXTQUOTA:
		return fields_out(c, arg, dqblk_fields);
	case Q_SETINFO:
		return fields_in(c, arg, dqinfo_fields);
	case Q_GETINFO:
		return fields_out(c, arg, dqinfo_fields);
	case Q_GETFMT:
		if (!c->exiting)
			return false;
		if (read_or_addr(c, addr, &format, sizeof(format))) {
			out_putc(c->out, '[');
			print_enum(c, format, FLAGS_QUOTA_FORMAT);
			out_putc(c->out, ']');
		}
		return true;
	default:
		print_addr(c, addr);
		return true;
	}
}

/* --- fanotify --- */

bool kind_fan_init_flags(struct call *c, unsigned arg, uint16_t param)
{
	enum { CLASS = 0xc };
	unsigned flags = (unsigned)arg_int(c, arg);

	(void)param;
	print_enum(c, flags & CLASS, FLAGS_FAN_CLASS);
	if (flags & ~(unsigned)CLASS) {
		out_putc(c->out, '|');
		print_flags(c, flags & ~(unsigned)CLASS, FLAGS_FAN_INIT);
	}
	return true;
}

bool kind_fan_dirfd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg_int(c, arg) == -1)
		print_named_dec(c, "FAN_NOFD", -1);
	else
		print_fd(c, arg_int(c, arg), true);
	return true;
}

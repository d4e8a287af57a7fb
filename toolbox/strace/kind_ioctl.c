/* SPDX-License-Identifier: GPL-2.0-only
 * ioctl(2): the request by name, its argument by subject; here block devices, loop devices, file
 * systems and what stands alone.
 */
#include "ioctl.h"

#include <inttypes.h>
#include <string.h>

/* _IOC(_IOC_READ, 0x54, 0x63, 0x4) */
static void print_ioc(struct call *c, unsigned r)
{
	static const char *const dir[] = { "_IOC_NONE", "_IOC_WRITE", "_IOC_READ", "_IOC_READ|_IOC_WRITE" };

	out_printf(c->out, "_IOC(%s, %#x, %#x, %#x)", dir[r >> 30], r >> 8 & 0xff, r & 0xff,
		   r >> 16 & 0x3fff);
}

bool kind_ioctl_cmd(struct call *c, unsigned arg, uint16_t param)
{
	const struct flags *f = flags_of(c, FLAGS_IOCTL);
	unsigned request = (unsigned)arg_int(c, arg);
	size_t low = 0, high = f->n, first;

	(void)param;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->v[mid].value < request)
			low = mid + 1;
		else
			high = mid;
	}
	first = low;
	if (c->opt->constants == CONST_RAW) {
		out_printf(c->out, "%#x", request);
		return true;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#x /* ", request);
	for (; low < f->n && f->v[low].value == request; low++)
		out_printf(c->out, "%s%s", low > first ? " or " : "", f->v[low].name);
	/* evdev's and some others' numbers hold a length or an index: the table has none of them. */
	if (low == first)
		print_ioc(c, request);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
	return true;
}

/* --- parts --- */

enum answer ioctl_in(struct call *c, unsigned arg, const struct field *f)
{
	fields_in(c, arg, f);
	return IOCTL_DONE;
}

enum answer ioctl_out(struct call *c, unsigned arg, const struct field *f)
{
	return fields_out(c, arg, f) ? IOCTL_DONE : IOCTL_WAIT;
}

enum answer ioctl_int_in(struct call *c, unsigned arg)
{
	int32_t v;

	if (read_in(c, arg_ulong(c, arg), &v, sizeof(v)))
		out_printf(c->out, "[%d]", v);
	return IOCTL_DONE;
}

enum answer ioctl_int_out(struct call *c, unsigned arg)
{
	int32_t v;

	if (!c->exiting)
		return IOCTL_WAIT;
	if (read_or_addr(c, arg_ulong(c, arg), &v, sizeof(v)))
		out_printf(c->out, "[%d]", v);
	return IOCTL_DONE;
}

/* An unsigned number that the call fills, of a word or of eight bytes. */
static enum answer number_out(struct call *c, unsigned arg, enum field_type type)
{
	char buf[8];

	if (!c->exiting)
		return IOCTL_WAIT;
	if (read_or_addr(c, arg_ulong(c, arg), buf, type == T_U64 ? 8 : word_size(c)))
		out_printf(c->out, "[%" PRIu64 "]", (uint64_t)field_load(c, type, buf));
	return IOCTL_DONE;
}

static enum answer number(struct call *c, unsigned arg)
{
	out_printf(c->out, "%d", arg_int(c, arg));
	return IOCTL_DONE;
}

static enum answer descriptor(struct call *c, unsigned arg)
{
	print_fd(c, arg_int(c, arg), false);
	return IOCTL_DONE;
}

/* --- block devices --- */

static const struct field loop_info_fields[] = {
	{ "lo_device", T_U64, F_DEV, .when = VERBOSE },
	{ "lo_inode", T_U64, .when = VERBOSE },
	{ "lo_rdevice", T_U64, F_DEV, .when = VERBOSE },
	{ "lo_offset", T_U64, F_HEX },
	{ "lo_sizelimit", T_U64, .when = VERBOSE },
	{ "lo_number", T_U32 },
	{ "lo_encrypt_type", T_U32, F_HEX, .when = VERBOSE },
	{ "lo_encrypt_key_size", T_U32, .when = VERBOSE },
	{ "lo_flags", T_U32, F_FLAGS, FLAGS_LOOP_FLAGS },
	{ "lo_file_name", T_U8, F_CHARS, .count = 64 },
	{ "lo_crypt_name", T_U8, F_CHARS, .when = VERBOSE, .count = 64 },
	{ "lo_encrypt_key", T_U8, F_BYTES, .when = VERBOSE, .count = 32 },
	{ "lo_init", T_U64, F_HEX, .when = VERBOSE, .count = 2 },
	{ 0 },
};
static const struct field loop_config_fields[] = {
	{ "fd", T_U32, F_FD },
	{ "block_size", T_U32 },
	{ "info", T_STRUCT, .sub = loop_info_fields },
	{ "__reserved", T_U64, F_HEX, .when = NONZERO, .count = 8 },
	{ 0 },
};
static const struct field geometry_fields[] = {
	{ "heads", T_U8 }, { "sectors", T_U8 }, { "cylinders", T_U16 }, { "start", T_ULONG }, { 0 },
};
static const struct field trim_fields[] = {
	{ "start", T_U64, F_HEX }, { "len", T_U64 }, { "minlen", T_U64 }, { 0 },
};

static enum answer pair64(struct call *c, unsigned arg)
{
	uint64_t v[2];

	if (read_in(c, arg_ulong(c, arg), v, sizeof(v)))
		out_printf(c->out, "[%" PRIu64 ", %" PRIu64 "]", v[0], v[1]);
	return IOCTL_DONE;
}

enum answer ioctl_block(struct call *c, unsigned request, unsigned arg)
{
	switch (request) {
	case 0x125e: /* BLKROGET, BLKSSZGET, BLKSECTGET, BLKIOMIN, BLKIOOPT, BLKALIGNOFF, BLKPBSZGET, ... */
	case 0x1268:
	case 0x1278:
	case 0x1279:
	case 0x127a:
	case 0x127b:
	case 0x127c:
	case 0x127e:
	case 0x80081270: /* BLKBSZGET */
		return ioctl_int_out(c, arg);
	case 0x125d:	 /* BLKROSET */
	case 0x40081271: /* BLKBSZSET */
		return ioctl_int_in(c, arg);
	case 0x1260: /* BLKGETSIZE, BLKRAGET, BLKFRAGET */
	case 0x1263:
	case 0x1265:
		return number_out(c, arg, T_ULONG);
	case 0x80081272: /* BLKGETSIZE64 */
		return number_out(c, arg, T_U64);
	case 0x1262: /* BLKRASET, BLKFRASET */
	case 0x1264:
		return number(c, arg);
	case 0x1277: /* BLKDISCARD, BLKSECDISCARD, BLKZEROOUT */
	case 0x127d:
	case 0x127f:
		return pair64(c, arg);
	case 0x125f: /* BLKRRPART, BLKFLSBUF, BLKTRACESTART, BLKTRACESTOP, BLKTRACETEARDOWN */
	case 0x1261:
	case 0x1274:
	case 0x1275:
	case 0x1276:
		return IOCTL_NONE;
	case 0x301: /* HDIO_GETGEO */
		return ioctl_out(c, arg, geometry_fields);
	case 0x4c00: /* LOOP_SET_FD, LOOP_CHANGE_FD */
	case 0x4c06:
		return descriptor(c, arg);
	case 0x4c01: /* LOOP_CLR_FD, LOOP_SET_CAPACITY, LOOP_CTL_GET_FREE */
	case 0x4c07:
	case 0x4c82:
		return IOCTL_NONE;
	case 0x4c04: /* LOOP_SET_STATUS64 */
		return ioctl_in(c, arg, loop_info_fields);
	case 0x4c05: /* LOOP_GET_STATUS64 */
		return ioctl_out(c, arg, loop_info_fields);
	case 0x4c08: /* LOOP_SET_DIRECT_IO, LOOP_SET_BLOCK_SIZE, LOOP_CTL_ADD, LOOP_CTL_REMOVE */
	case 0x4c09:
	case 0x4c80:
	case 0x4c81:
		return number(c, arg);
	case 0x4c0a: /* LOOP_CONFIGURE */
		return ioctl_in(c, arg, loop_config_fields);
	default:
		return IOCTL_UNKNOWN;
	}
}

/* --- files and the rest --- */

static const struct field clone_range_fields[] = {
	{ "src_fd", T_S64, F_FD }, { "src_offset", T_U64 }, { "src_length", T_U64 }, { "dest_offset", T_U64 },
	{ 0 },
};
static const struct field fiemap_fields[] = {
	{ "fm_start", T_U64 },
	{ "fm_length", T_U64 },
	{ "fm_flags", T_U32, F_FLAGS, FLAGS_FIEMAP_FLAGS },
	{ "mapped", T_U32, F_PAD },
	{ "fm_extent_count", T_U32 },
	{ 0 },
};
static const struct field fiemap_out_fields[] = {
	{ "fm_flags", T_U32, F_FLAGS, FLAGS_FIEMAP_FLAGS }, { "fm_mapped_extents", T_U32 }, { 0 },
};
static const struct field fsxattr_fields[] = {
	{ "fsx_xflags", T_U32, F_HEX }, { "fsx_extsize", T_U32 }, { "fsx_nextents", T_U32 },
	{ "fsx_projid", T_U32 }, { "fsx_cowextsize", T_U32 }, { 0 },
};
static const struct field memory_region_fields[] = {
	{ "slot", T_U32 }, { "flags", T_U32, F_HEX }, { "guest_phys_addr", T_U64, F_HEX },
	{ "memory_size", T_U64 }, { "userspace_addr", T_U64, F_HEX }, { 0 },
};

static enum answer inode_flags(struct call *c, unsigned arg, bool out)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t v;

	if (out && !c->exiting)
		return IOCTL_WAIT;
	if (out ? read_or_addr(c, addr, &v, sizeof(v)) : read_in(c, addr, &v, sizeof(v))) {
		out_putc(c->out, '[');
		print_flags(c, v, FLAGS_FS_INODE_FLAGS);
		out_putc(c->out, ']');
	}
	return IOCTL_DONE;
}

static enum answer fiemap(struct call *c, unsigned arg)
{
	char buf[32];

	if (!c->exiting) {
		fields_at(c, arg_ulong(c, arg), fiemap_fields);
		return IOCTL_WAIT;
	}
	if (!c->error && mem_read(c, arg_ulong(c, arg), buf, sizeof(buf))) {
		out_puts(c->out, " => ");
		fields_print(c, buf + 16, 8, fiemap_out_fields);
	}
	return IOCTL_DONE;
}

enum answer ioctl_other(struct call *c, unsigned request, unsigned arg)
{
	switch (request) {
	case 0x541b: /* FIONREAD */
	case 0x1:    /* FIBMAP, FIGETBSZ */
	case 0x2:
	case 0x8903: /* FIOGETOWN, SIOCGPGRP, SIOCATMARK */
	case 0x8904:
	case 0x8905:
		return ioctl_int_out(c, arg);
	case 0x5421: /* FIONBIO, FIOASYNC */
	case 0x5452:
	case 0x8901: /* FIOSETOWN, SIOCSPGRP */
	case 0x8902:
		return ioctl_int_in(c, arg);
	case 0x5450: /* FIONCLEX, FIOCLEX */
	case 0x5451:
	case 0xc0045877: /* FIFREEZE, FITHAW */
	case 0xc0045878:
	case 0xb701: /* NS_GET_USERNS, NS_GET_PARENT, NS_GET_NSTYPE */
	case 0xb702:
	case 0xb703:
		return IOCTL_NONE;
	case 0xb704: /* NS_GET_OWNER_UID */
		return ioctl_int_out(c, arg);
	case 0xc0185879: /* FITRIM */
		return ioctl_in(c, arg, trim_fields);
	case 0x40049409: /* FICLONE */
		return descriptor(c, arg);
	case 0x4020940d: /* FICLONERANGE */
		return ioctl_in(c, arg, clone_range_fields);
	case 0xc020660b: /* FS_IOC_FIEMAP */
		return fiemap(c, arg);
	case 0x80086601: /* FS_IOC_GETFLAGS and FS_IOC32_GETFLAGS */
	case 0x80046601:
		return inode_flags(c, arg, true);
	case 0x40086602: /* FS_IOC_SETFLAGS and FS_IOC32_SETFLAGS */
	case 0x40046602:
		return inode_flags(c, arg, false);
	case 0x801c581f: /* FS_IOC_FSGETXATTR */
		return ioctl_out(c, arg, fsxattr_fields);
	case 0x401c5820: /* FS_IOC_FSSETXATTR */
		return ioctl_in(c, arg, fsxattr_fields);
	case 0xae00: /* KVM_GET_API_VERSION, KVM_CREATE_VM, KVM_GET_VCPU_MMAP_SIZE, KVM_CREATE_VCPU, KVM_RUN */
	case 0xae01:
	case 0xae04:
	case 0xae41:
	case 0xae80:
		return number(c, arg);
	case 0xae03: /* KVM_CHECK_EXTENSION */
		print_enum(c, arg_ulong(c, arg), FLAGS_KVM_CAP);
		return IOCTL_DONE;
	case 0x4020ae46: /* KVM_SET_USER_MEMORY_REGION */
		return ioctl_in(c, arg, memory_region_fields);
	case 0x2400: /* PERF_EVENT_IOC_ENABLE, _DISABLE, _REFRESH, _RESET */
	case 0x2401:
	case 0x2402:
	case 0x2403:
	case 0x2405: /* _SET_OUTPUT */
		return number(c, arg);
	case 0x80082407: /* PERF_EVENT_IOC_ID */
		return number_out(c, arg, T_U64);
	case 0x80045200: /* RNDGETENTCNT */
		return ioctl_int_out(c, arg);
	default:
		return IOCTL_UNKNOWN;
	}
}

bool kind_ioctl_arg(struct call *c, unsigned arg, uint16_t param)
{
	static enum answer (*const subject[])(struct call *, unsigned, unsigned) = {
		ioctl_tty, ioctl_block, ioctl_net, ioctl_other,
	};
	unsigned request = (unsigned)arg_int(c, 1);

	(void)param;
	for (size_t i = 0; i < sizeof(subject) / sizeof(subject[0]); i++) {
		enum answer a = subject[i](c, request, arg);

		if (a != IOCTL_UNKNOWN)
			return a != IOCTL_WAIT;
	}
	out_printf(c->out, "%#" PRIx64, arg_ulong(c, arg));
	return true;
}

bool kind_ioctl_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	out_printf(c->out, "%" PRId64, c->ret);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What is known of files: stat in all its layouts, statx, statfs, directory entries. Layouts: the
 * kernel's asm/stat.h and asm/statfs.h.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <string.h>

/* Places only: strace's order of printing is another one. */
static const struct field stat_x86_64[] = {
	{ "dev", T_ULONG },	 { "ino", T_ULONG },	 { "nlink", T_ULONG },
	{ "mode", T_U32 },	 { "uid", T_U32 },	 { "gid", T_U32 },
	{ NULL, T_U32 },	 { "rdev", T_ULONG },	 { "size", T_LONG },
	{ "blksize", T_LONG },	 { "blocks", T_LONG },	 { "atime", T_LONG },
	{ "atime_nsec", T_ULONG }, { "mtime", T_LONG },	 { "mtime_nsec", T_ULONG },
	{ "ctime", T_LONG },	 { "ctime_nsec", T_ULONG }, { NULL, T_LONG, .count = 3 },
	{ 0 },
};
static const struct field stat_aarch64[] = {
	{ "dev", T_ULONG },	 { "ino", T_ULONG },	 { "mode", T_U32 },
	{ "nlink", T_U32 },	 { "uid", T_U32 },	 { "gid", T_U32 },
	{ "rdev", T_ULONG },	 { NULL, T_ULONG },	 { "size", T_LONG },
	{ "blksize", T_S32 },	 { NULL, T_S32 },	 { "blocks", T_LONG },
	{ "atime", T_LONG },	 { "atime_nsec", T_ULONG }, { "mtime", T_LONG },
	{ "mtime_nsec", T_ULONG }, { "ctime", T_LONG },	 { "ctime_nsec", T_ULONG },
	{ NULL, T_U32, .count = 2 }, { 0 },
};
static const struct field stat_i386[] = {
	{ "dev", T_ULONG },	 { "ino", T_ULONG },	 { "mode", T_U16 },
	{ "nlink", T_U16 },	 { "uid", T_U16 },	 { "gid", T_U16 },
	{ "rdev", T_ULONG },	 { "size", T_ULONG },	 { "blksize", T_ULONG },
	{ "blocks", T_ULONG },	 { "atime", T_LONG },	 { "atime_nsec", T_ULONG },
	{ "mtime", T_LONG },	 { "mtime_nsec", T_ULONG }, { "ctime", T_LONG },
	{ "ctime_nsec", T_ULONG }, { NULL, T_ULONG, .count = 2 }, { 0 },
};
static const struct field stat64_i386[] = {
	{ "dev", T_U64 },	 { NULL, T_U32 },	 { NULL, T_U32 },
	{ "mode", T_U32 },	 { "nlink", T_U32 },	 { "uid", T_U32 },
	{ "gid", T_U32 },	 { "rdev", T_U64 },	 { NULL, T_U32 },
	{ "size", T_S64 },	 { "blksize", T_U32 },	 { "blocks", T_U64 },
	{ "atime", T_S32 },	 { "atime_nsec", T_U32 }, { "mtime", T_S32 },
	{ "mtime_nsec", T_U32 }, { "ctime", T_S32 },	 { "ctime_nsec", T_U32 },
	{ "ino", T_U64 },	 { 0 },
};
static const struct field stat_old[] = {
	{ "dev", T_U16 },   { "ino", T_U16 },	{ "mode", T_U16 },  { "nlink", T_U16 },
	{ "uid", T_U16 },   { "gid", T_U16 },	{ "rdev", T_U16 },  { "size", T_U32 },
	{ "atime", T_U32 }, { "mtime", T_U32 }, { "ctime", T_U32 }, { 0 },
};

static void print_stat_time(struct call *c, const char *bytes, const struct field *f,
			    const char *which, bool with_nsec)
{
	char name[16] = "";
	int64_t sec = fields_get(c, bytes, FIELDS_MAX, f, which);
	uint64_t nsec = 0;

	if (with_nsec) {
		memcpy(name, which, 5);
		memcpy(name + 5, "_nsec", 6);
		nsec = (uint64_t)fields_get(c, bytes, FIELDS_MAX, f, name);
	}
	out_printf(c->out, ", st_%s=%lld", which, (long long)sec);
	print_moment(c, sec, nsec);
	if (with_nsec)
		out_printf(c->out, ", st_%s_nsec=%llu", which, (unsigned long long)nsec);
}

static void print_stat(struct call *c, uint64_t addr, const struct field *f)
{
	char buf[FIELDS_MAX];
	bool with_nsec = f != stat_old, device;
	unsigned mode;

	if (!read_or_addr(c, addr, buf, fields_size(c, f)))
		return;
	mode = (unsigned)fields_get(c, buf, sizeof(buf), f, "mode");
	device = (mode & 0170000) == 0020000 || (mode & 0170000) == 0060000;
	out_putc(c->out, '{');
	if (!call_abbrev(c)) {
		out_puts(c->out, "st_dev=");
		print_dev(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "dev"));
		out_printf(c->out, ", st_ino=%llu, ",
			   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "ino"));
	}
	out_puts(c->out, "st_mode=");
	print_mode(c, mode, true);
	if (!call_abbrev(c)) {
		out_printf(c->out, ", st_nlink=%llu, st_uid=%llu, st_gid=%llu",
			   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "nlink"),
			   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "uid"),
			   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "gid"));
		if (with_nsec)
			out_printf(c->out, ", st_blksize=%llu, st_blocks=%llu",
				   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "blksize"),
				   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "blocks"));
	}
	if (device) {
		out_puts(c->out, ", st_rdev=");
		print_dev(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "rdev"));
	} else {
		out_printf(c->out, ", st_size=%llu",
			   (unsigned long long)fields_get(c, buf, sizeof(buf), f, "size"));
	}
	if (call_abbrev(c)) {
		out_puts(c->out, ", ...}");
		return;
	}
	print_stat_time(c, buf, f, "atime", with_nsec);
	print_stat_time(c, buf, f, "mtime", with_nsec);
	print_stat_time(c, buf, f, "ctime", with_nsec);
	out_putc(c->out, '}');
}

bool kind_stat(struct call *c, unsigned arg, uint16_t param)
{
	static const struct field *const layout[ABI_COUNT] = { stat_x86_64, stat_i386, stat_aarch64 };

	(void)param;
	if (!c->exiting)
		return false;
	print_stat(c, arg_ulong(c, arg), layout[c->abi]);
	return true;
}

bool kind_stat64(struct call *c, unsigned arg, uint16_t param)
{
	if (c->abi != ABI_I386)
		return kind_stat(c, arg, param);
	if (!c->exiting)
		return false;
	print_stat(c, arg_ulong(c, arg), stat64_i386);
	return true;
}

bool kind_oldstat(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (!c->exiting)
		return false;
	print_stat(c, arg_ulong(c, arg), stat_old);
	return true;
}

/* --- statx --- */

static const struct field statx_time_fields[] = {
	{ "tv_sec", T_S64 }, { "tv_nsec", T_U32 }, { NULL, T_S32, F_PAD }, { 0 },
};

static void show_statx_time(struct call *c, const void *p, const void *all)
{
	int64_t sec = field_load(c, T_S64, p);
	uint64_t nsec = (uint64_t)field_load(c, T_U32, (const char *)p + 8);

	(void)all;
	fields_print(c, p, 16, statx_time_fields);
	print_moment(c, sec, nsec);
}

enum { ANY = 0 };

/* Members in strace's order; one that a bit of stx_mask stands for is there only if the kernel set the bit. */
static const struct {
	uint32_t mask;
	uint16_t at;
	bool verbose;
	struct field f[2];
} statx_parts[] = {
	{ ANY, 0, false, { { "stx_mask", T_U32, F_FLAGS, FLAGS_STATX_MASK } } },
	{ ANY, 4, true, { { "stx_blksize", T_U32 } } },
	{ ANY, 8, false, { { "stx_attributes", T_U64, F_FLAGS, FLAGS_STATX_ATTR } } },
	{ 0x4, 16, true, { { "stx_nlink", T_U32 } } },
	{ 0x8, 20, true, { { "stx_uid", T_U32, F_ID } } },
	{ 0x10, 24, true, { { "stx_gid", T_U32, F_ID } } },
	{ 0x3, 28, false, { { "stx_mode", T_U16, F_MODE } } },
	{ 0x100, 32, true, { { "stx_ino", T_U64 } } },
	{ 0x200, 40, false, { { "stx_size", T_U64 } } },
	{ 0x400, 48, true, { { "stx_blocks", T_U64 } } },
	{ ANY, 56, true, { { "stx_attributes_mask", T_U64, F_FLAGS, FLAGS_STATX_ATTR } } },
	{ 0x20, 64, true, { { "stx_atime", T_U64, F_SHOW, .show = show_statx_time } } },
	{ 0x800, 80, true, { { "stx_btime", T_U64, F_SHOW, .show = show_statx_time } } },
	{ 0x80, 96, true, { { "stx_ctime", T_U64, F_SHOW, .show = show_statx_time } } },
	{ 0x40, 112, true, { { "stx_mtime", T_U64, F_SHOW, .show = show_statx_time } } },
	{ ANY, 128, true, { { "stx_rdev_major", T_U32 } } },
	{ ANY, 132, true, { { "stx_rdev_minor", T_U32 } } },
	{ ANY, 136, true, { { "stx_dev_major", T_U32 } } },
	{ ANY, 140, true, { { "stx_dev_minor", T_U32 } } },
	{ 0x5000, 144, true, { { "stx_mnt_id", T_U64, F_HEX } } },
	{ 0x2000, 152, true, { { "stx_dio_mem_align", T_U32 } } },
	{ 0x2000, 156, true, { { "stx_dio_offset_align", T_U32 } } },
};

/* How current the answer must be is a number among the flags. */
bool kind_statx_flags(struct call *c, unsigned arg, uint16_t param)
{
	enum { SYNC_TYPE = 0x6000 };
	unsigned flags = (unsigned)arg_int(c, arg);

	(void)param;
	print_flags(c, flags & SYNC_TYPE, FLAGS_STATX_SYNC);
	if (flags & ~(unsigned)SYNC_TYPE) {
		out_putc(c->out, '|');
		print_flags(c, flags & ~(unsigned)SYNC_TYPE, FLAGS_STATX_AT);
	}
	return true;
}

bool kind_statx(struct call *c, unsigned arg, uint16_t param)
{
	char buf[256];
	uint32_t mask;

	(void)param;
	if (!c->exiting)
		return false;
	if (!read_or_addr(c, arg_ulong(c, arg), buf, sizeof(buf)))
		return true;
	mask = (uint32_t)field_load(c, T_U32, buf);
	out_putc(c->out, '{');
	for (size_t i = 0; i < countof(statx_parts); i++) {
		if (statx_parts[i].verbose && call_abbrev(c))
			continue;
		if (statx_parts[i].mask == ANY || mask & statx_parts[i].mask)
			fields_members(c, buf + statx_parts[i].at, 8, statx_parts[i].f);
	}
	out_puts(c->out, call_abbrev(c) ? ", ...}" : "}");
	return true;
}

/* --- statfs --- */

static const struct field fsid_fields[] = {
	{ "val", T_U32, F_HEX, .count = 2 }, { 0 },
};
/* The kernel says with a bit of its own whether it filled the flags in. */
static void show_statfs_flags(struct call *c, const void *p, const void *all)
{
	enum { VALID = 0x20 };
	uint64_t flags = (uint64_t)field_load(c, T_ULONG, p);

	(void)all;
	if (!(flags & VALID))
		return;
	out_puts(c->out, "f_flags=");
	print_flags(c, flags, FLAGS_STATFS);
}

static const struct field statfs_fields[] = {
	{ "f_type", T_ULONG, F_ENUM, FLAGS_FSMAGIC },
	{ "f_bsize", T_ULONG },
	{ "f_blocks", T_ULONG },
	{ "f_bfree", T_ULONG },
	{ "f_bavail", T_ULONG },
	{ "f_files", T_ULONG },
	{ "f_ffree", T_ULONG },
	{ "f_fsid", T_STRUCT, .sub = fsid_fields },
	{ "f_namelen", T_ULONG },
	{ "f_frsize", T_ULONG },
	{ NULL, T_ULONG, F_SHOW, .show = show_statfs_flags },
	{ NULL, T_ULONG, F_PAD, .count = 4 },
	{ 0 },
};
static const struct field statfs64_i386[] = {
	{ "f_type", T_U32, F_ENUM, FLAGS_FSMAGIC },
	{ "f_bsize", T_U32 },
	{ "f_blocks", T_U64 },
	{ "f_bfree", T_U64 },
	{ "f_bavail", T_U64 },
	{ "f_files", T_U64 },
	{ "f_ffree", T_U64 },
	{ "f_fsid", T_STRUCT, .sub = fsid_fields },
	{ "f_namelen", T_U32 },
	{ "f_frsize", T_U32 },
	{ NULL, T_U32, F_SHOW, .show = show_statfs_flags },
	{ NULL, T_U32, F_PAD, .count = 4 },
	{ 0 },
};

bool kind_statfs(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, statfs_fields);
}

bool kind_statfs64(struct call *c, unsigned arg, uint16_t param)
{
	enum { SIZE = 84, PADDED = 88 };
	uint64_t size = arg ? arg_ulong(c, arg - 1) : 0;

	(void)param;
	if (c->abi == ABI_I386 && size != SIZE && size != PADDED) {
		if (c->exiting)
			print_addr(c, arg_ulong(c, arg));
		return c->exiting;
	}
	return fields_out(c, arg, c->abi == ABI_I386 ? statfs64_i386 : statfs_fields);
}

static const struct field ustat_fields[] = {
	{ "f_tfree", T_S32 },
	{ "f_tinode", T_ULONG },
	{ "f_fname", T_U8, F_CHARS, .count = 6, .when = VERBOSE },
	{ "f_fpack", T_U8, F_CHARS, .count = 6, .when = VERBOSE },
	{ 0 },
};

bool kind_ustat(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, ustat_fields);
}

/* --- directory entries --- */

/* No directory hands out more in one call; getdents's buffer is the tracee's number. */
enum { DENTS_MAX = 1 << 20, DENT_MAX = 4096 };

struct dent {
	uint64_t ino, off;
	uint16_t reclen;
	uint8_t type;
	const char *name;
	size_t name_len;
};

/* One entry at addr, of which `left` bytes were filled; buf keeps the name. */
static bool read_dent(struct call *c, uint64_t addr, uint64_t left, bool is64, char *buf,
		      struct dent *d)
{
	size_t w = is64 ? 8 : word_size(c), name_at = w * 2 + 2 + is64;
	enum field_type t = is64 ? T_U64 : T_ULONG;
	size_t n;
	char *end;

	if (left <= name_at || !mem_read(c, addr, buf, name_at))
		return false;
	d->ino = (uint64_t)field_load(c, t, buf);
	d->off = (uint64_t)field_load(c, t, buf + w);
	d->reclen = (uint16_t)field_load(c, T_U16, buf + 2 * w);
	if (d->reclen <= name_at || d->reclen > left)
		return false;
	n = d->reclen < DENT_MAX ? d->reclen : DENT_MAX;
	if (!mem_read(c, addr, buf, n))
		return false;
	d->type = (uint8_t)(is64 ? buf[name_at - 1] : buf[n - 1]);
	d->name = buf + name_at;
	end = memchr(d->name, '\0', n - name_at);
	d->name_len = end ? (size_t)(end - d->name) : n - name_at;
	return true;
}

static bool print_dents(struct call *c, unsigned arg, bool is64)
{
	char buf[DENT_MAX];
	uint64_t addr = arg_ulong(c, arg), at = 0, n;
	unsigned entries = 0;
	struct dent d;
	bool list = !call_abbrev(c);

	if (!c->exiting)
		return false;
	if (c->error || !call_verbose(c)) {
		print_addr(c, addr);
		return true;
	}
	n = c->ret < 0 ? 0 : (uint64_t)c->ret;
	n = n > DENTS_MAX ? DENTS_MAX : n;
	if (n && !mem_read(c, addr, buf, 1)) {
		print_addr(c, addr);
		return true;
	}
	if (list)
		out_putc(c->out, '[');
	else
		print_addr(c, addr);
	while (at < n && read_dent(c, addr + at, n - at, is64, buf, &d)) {
		at += d.reclen;
		if (list) {
			out_printf(c->out, "%s{d_ino=%llu, d_off=%llu, d_reclen=%u, ",
				   entries ? ", " : "", (unsigned long long)d.ino,
				   (unsigned long long)d.off, d.reclen);
			if (is64) {
				out_puts(c->out, "d_type=");
				print_enum(c, d.type, FLAGS_DIRENT_TYPE);
				out_puts(c->out, ", ");
			}
			out_puts(c->out, "d_name=");
			out_quoted(c->out, d.name, d.name_len, c->opt->hex, false);
			if (!is64) {
				out_puts(c->out, ", d_type=");
				print_enum(c, d.type, FLAGS_DIRENT_TYPE);
			}
			out_putc(c->out, '}');
		}
		entries++;
	}
	if (list)
		out_puts(c->out, at < n ? (entries ? ", ...]" : "...]") : "]");
	else
		out_printf(c->out, " /* %u entries */", entries);
	return true;
}

bool kind_dirents(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_dents(c, arg, false);
}

bool kind_dirents64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_dents(c, arg, true);
}

/* The one entry of readdir(2), as i386 once had it: the length is the name's. */
bool kind_old_dirent(struct call *c, unsigned arg, uint16_t param)
{
	struct {
		uint32_t ino, off;
		uint16_t reclen;
	} __attribute__((packed)) d;
	uint64_t addr = arg_ulong(c, arg);
	char name[DENT_MAX];
	ssize_t n;
	bool cut;

	(void)param;
	if (!c->exiting)
		return false;
	if (!c->ret) {
		print_addr(c, addr);
		return true;
	}
	if (!read_or_addr(c, addr, &d, sizeof(d)))
		return true;
	out_printf(c->out, "{d_ino=%u, d_off=%u, d_reclen=%u, d_name=", d.ino, d.off, d.reclen);
	if (d.reclen > DENT_MAX - 2)
		d.reclen = DENT_MAX - 2;
	n = mem_string(c, addr + sizeof(d), name, d.reclen + 2u, &cut);
	if (n < 0) {
		print_addr(c, addr + sizeof(d));
	} else {
		out_quoted(c->out, name, n > d.reclen ? d.reclen : (size_t)n, c->opt->hex, false);
		if (n > d.reclen)
			out_puts(c->out, "...");
	}
	out_putc(c->out, '}');
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Small subjects: keys, landlock, the system's name and load, reboot.
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

/* --- keys --- */

static void print_key(struct call *c, int key)
{
	const char *name = key < 0 ? flags_name(c, (uint32_t)key, FLAGS_KEYRING) : NULL;

	if (name)
		print_named_dec(c, name, key);
	else
		out_printf(c->out, "%d", key);
}

bool kind_keyring(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_key(c, arg_int(c, arg));
	return true;
}

/* By command, one letter an argument: k key, d int, i id, s string, a address, p permissions, u
 * unsigned, b bytes whose number follows, o bytes the call writes (their room follows), D a default
 * keyring, r capabilities that the call writes. */
static const char *const keyctl_args[] = {
	"kd", "s", "kbu", "k", "kii", "kp", "kou", "k", "kk", "kk", "kssk", "kou", "kbuk", "kuk", "D", "ku",
	"k", "kou", "", "kuuk", "kauk", "k", "ik", "aoua", "kasa", "abaa", "abaa", "abaa", "abaa", "kss",
	"kkku", "ru",
};

static void print_caps_bytes(struct call *c, uint64_t addr, uint64_t n)
{
	unsigned char caps[2];

	n = n < sizeof(caps) ? n : sizeof(caps);
	if (!read_in(c, addr, caps, (size_t)n))
		return;
	out_putc(c->out, '[');
	for (uint64_t i = 0; i < n; i++) {
		out_puts(c->out, i ? ", " : "");
		print_flags(c, caps[i], i ? FLAGS_KEYCTL_CAPS1 : FLAGS_KEYCTL_CAPS0);
	}
	out_putc(c->out, ']');
}

static bool print_key_letter(struct call *c, char what, unsigned arg)
{
	uint64_t v = arg_ulong(c, arg), room;

	switch (what) {
	case 'k':
		print_key(c, (int)v);
		break;
	case 'd':
	case 'i':
		out_printf(c->out, "%d", (int)v);
		break;
	case 'u':
		out_printf(c->out, "%" PRIu64, v);
		break;
	case 's':
		print_string(c, v);
		break;
	case 'p':
		print_flags(c, (uint32_t)v, FLAGS_KEY_PERM);
		break;
	case 'D':
		print_enum(c, (uint32_t)v, FLAGS_KEYCTL_DEFAULT);
		break;
	case 'b':
		print_buffer(c, v, arg + 1 < 6 ? arg_ulong(c, arg + 1) : 0);
		break;
	case 'r':
	case 'o':
		if (!c->exiting)
			return false;
		room = arg + 1 < 6 ? arg_ulong(c, arg + 1) : 0;
		if (c->error || !room || c->ret < 0)
			print_addr(c, v);
		else if (what == 'r')
			print_caps_bytes(c, v, room < (uint64_t)c->ret ? room : (uint64_t)c->ret);
		else if (arg_int(c, 0) == 11) /* KEYCTL_READ: any bytes; others write strings */
			print_buffer(c, v, room < (uint64_t)c->ret ? room : (uint64_t)c->ret);
		else
			print_string(c, v);
		break;
	default:
		print_addr(c, v);
	}
	return true;
}

bool kind_keyctl_arg(struct call *c, unsigned arg, uint16_t param)
{
	unsigned cmd = (unsigned)arg_int(c, 0);
	const char *letters;

	(void)param;
	if (cmd >= sizeof(keyctl_args) / sizeof(keyctl_args[0])) {
		out_printf(c->out, "%#" PRIx64, arg_ulong(c, arg));
		return true;
	}
	letters = keyctl_args[cmd];
	return arg > strlen(letters) ? true : print_key_letter(c, letters[arg - 1], arg);
}

bool kind_keyctl_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	out_printf(c->out, "%" PRId64, c->ret);
	return true;
}

/* --- landlock --- */

static const struct field ruleset_fields[] = {
	{ "handled_access_fs", T_U64, F_FLAGS, FLAGS_LANDLOCK_FS },
	{ "handled_access_net", T_U64, F_FLAGS, FLAGS_LANDLOCK_NET },
	{ "scoped", T_U64, F_FLAGS, FLAGS_LANDLOCK_SCOPE },
	{ 0 },
};

bool kind_landlock_ruleset(struct call *c, unsigned arg, uint16_t param)
{
	fields_sized(c, arg_ulong(c, arg), arg_length(c, param), 8, ruleset_fields);
	return true;
}

static const struct field net_port_fields[] = {
	{ "allowed_access", T_U64, F_FLAGS, FLAGS_LANDLOCK_NET }, { "port", T_U64 }, { 0 },
};

/* The first is packed: 64 bits, then 32. */
bool kind_landlock_rule(struct call *c, unsigned arg, uint16_t param)
{
	enum { PATH_BENEATH = 1, NET_PORT };
	uint64_t addr = arg_ulong(c, arg);
	char buf[12];

	(void)param;
	switch (arg_int(c, 1)) {
	case PATH_BENEATH:
		if (!read_in(c, addr, buf, sizeof(buf)))
			return true;
		out_puts(c->out, "{allowed_access=");
		print_flags(c, (uint64_t)field_load(c, T_U64, buf), FLAGS_LANDLOCK_FS);
		out_puts(c->out, ", parent_fd=");
		print_fd(c, (int)field_load(c, T_S32, buf + 8), false);
		out_putc(c->out, '}');
		return true;
	case NET_PORT:
		return fields_in(c, arg, net_port_fields);
	default:
		print_addr(c, addr);
		return true;
	}
}

/* --- the system --- */

static const struct field sysinfo_fields[] = {
	{ "uptime", T_ULONG },	 { "loads", T_ULONG, .count = 3 }, { "totalram", T_ULONG },
	{ "freeram", T_ULONG },	 { "sharedram", T_ULONG },	   { "bufferram", T_ULONG },
	{ "totalswap", T_ULONG }, { "freeswap", T_ULONG },	   { "procs", T_U16 },
	{ NULL, T_U16, F_PAD },	 { "totalhigh", T_ULONG },	   { "freehigh", T_ULONG },
	{ "mem_unit", T_U32 },	 { 0 },
};

bool kind_sysinfo(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, sysinfo_fields);
}

/* The kernel takes no longer name. */
bool kind_hostname(struct call *c, unsigned arg, uint16_t param)
{
	enum { NAME_MAX_BYTES = 64 };

	if (arg_length(c, param) > NAME_MAX_BYTES)
		print_addr(c, arg_ulong(c, arg));
	else
		print_buffer(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

static const struct field utsname_fields[] = {
	{ "sysname", T_U8, F_CHARS, .count = 65 },
	{ "nodename", T_U8, F_CHARS, .count = 65 },
	{ "release", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ "version", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ "machine", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ "domainname", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ 0 },
};
static const struct field oldutsname_fields[] = {
	{ "sysname", T_U8, F_CHARS, .count = 65 },
	{ "nodename", T_U8, F_CHARS, .count = 65 },
	{ "release", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ "version", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ "machine", T_U8, F_CHARS, .when = VERBOSE, .count = 65 },
	{ 0 },
};
static const struct field oldoldutsname_fields[] = {
	{ "sysname", T_U8, F_CHARS, .count = 9 },
	{ "nodename", T_U8, F_CHARS, .count = 9 },
	{ "release", T_U8, F_CHARS, .when = VERBOSE, .count = 9 },
	{ "version", T_U8, F_CHARS, .when = VERBOSE, .count = 9 },
	{ "machine", T_U8, F_CHARS, .when = VERBOSE, .count = 9 },
	{ 0 },
};

bool kind_utsname(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, utsname_fields);
}

bool kind_olduname(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, oldutsname_fields);
}

bool kind_oldolduname(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, oldoldutsname_fields);
}

bool kind_reboot_arg(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if ((uint32_t)c->args[2] == 0xa1b2c3d4) /* LINUX_REBOOT_CMD_RESTART2 */
		print_string(c, arg_ulong(c, arg));
	return true;
}

/* Random bytes have no text in them. */
bool kind_orandom(struct call *c, unsigned arg, uint16_t param)
{
	unsigned char bytes[4096];
	uint64_t n = arg_length(c, param), shown;

	if (!c->exiting)
		return false;
	shown = n < c->opt->string_limit ? n : c->opt->string_limit;
	shown = shown < sizeof(bytes) ? shown : sizeof(bytes);
	if (!read_or_addr(c, arg_ulong(c, arg), bytes, (size_t)shown))
		return true;
	out_quoted(c->out, bytes, (size_t)shown, OUT_HEX_ALL, false);
	if (shown < n)
		out_puts(c->out, "...");
	return true;
}

static const struct field cachestat_range_fields[] = { { "off", T_U64 }, { "len", T_U64 }, { 0 } };
static const struct field cachestat_fields[] = {
	{ "nr_cache", T_U64 }, { "nr_dirty", T_U64 }, { "nr_writeback", T_U64 }, { "nr_evicted", T_U64 },
	{ "nr_recently_evicted", T_U64 }, { 0 },
};

bool kind_cachestat_range(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, cachestat_range_fields);
}

bool kind_cachestat(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, cachestat_fields);
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Calls of administration and of the CPU: syslog, swapon, kexec, LDT and TLS entries, the lists of
 * security modules.
 */
#include "parts.h"

#include <inttypes.h>
#include <string.h>

/* --- syslog(2): what follows the action depends on it --- */

enum { SYSLOG_READ = 2, SYSLOG_READ_CLEAR = 4, SYSLOG_CONSOLE_LEVEL = 8, SYSLOG_LAST = 10 };

bool kind_syslog_action(struct call *c, unsigned arg, uint16_t param)
{
	int action = arg_int(c, arg);
	const struct flags *f = flags_of(c, FLAGS_SYSLOG);
	const char *name = flags_name(c, (uint32_t)action, FLAGS_SYSLOG);

	(void)param;
	out_printf(c->out, "%d", action);
	out_printf(c->out, " /* %s */", name ? name : f->unknown);
	return true;
}

static bool syslog_has_buffer(int action)
{
	return (action >= SYSLOG_READ && action <= SYSLOG_READ_CLEAR) || action < 0 ||
	       action > SYSLOG_LAST;
}

bool kind_syslog_buf(struct call *c, unsigned arg, uint16_t param)
{
	int action = arg_int(c, 0);

	(void)param;
	if (action >= SYSLOG_READ && action <= SYSLOG_READ_CLEAR) {
		if (!c->exiting)
			return false;
		if (c->error)
			print_addr(c, arg_ulong(c, arg));
		else
			print_buffer(c, arg_ulong(c, arg), arg_length(c, PARAM_RESULT | 2));
	} else if (syslog_has_buffer(action) || action == SYSLOG_CONSOLE_LEVEL) {
		print_addr(c, arg_ulong(c, arg));
	}
	return true;
}

bool kind_syslog_len(struct call *c, unsigned arg, uint16_t param)
{
	int action = arg_int(c, 0);

	(void)param;
	if (!syslog_has_buffer(action) && action != SYSLOG_CONSOLE_LEVEL)
		return true;
	out_printf(c->out, "%d", arg_int(c, arg));
	if (action == SYSLOG_CONSOLE_LEVEL) {
		const char *name = flags_name(c, (uint32_t)arg_int(c, arg), FLAGS_LOGLEVEL);

		/* One more than the last shows all. */
		if (arg_int(c, arg) == 8)
			name = "LOGLEVEL_DEBUG+1";
		out_printf(c->out, " /* %s */", name ? name : "LOGLEVEL_???");
	}
	return true;
}

/* --- swapon(2), kexec_load(2): a number among the flags --- */

bool kind_swapon_flags(struct call *c, unsigned arg, uint16_t param)
{
	const unsigned priority = 0x7fff;
	unsigned flags = (unsigned)arg_int(c, arg);

	(void)param;
	if (flags & ~priority) {
		print_flags(c, flags & ~priority, FLAGS_SWAP);
		out_putc(c->out, '|');
		flags &= priority;
	}
	out_udec(c->out, flags);
	return true;
}

bool kind_kexec_flags(struct call *c, unsigned arg, uint16_t param)
{
	const uint64_t arch = 0xffff0000;
	uint64_t flags = arg_ulong(c, arg);

	(void)param;
	print_enum(c, flags & arch, FLAGS_KEXEC_ARCH);
	if (flags & ~arch) {
		out_putc(c->out, '|');
		print_flags(c, flags & ~arch, FLAGS_KEXEC);
	}
	return true;
}

static const struct field kexec_fields[] = {
	{ .name = "buf", .type = T_PTR, .form = F_ADDR },
	{ .name = "bufsz", .type = T_ULONG, .form = F_NUM },
	{ .name = "mem", .type = T_PTR, .form = F_ADDR },
	{ .name = "memsz", .type = T_ULONG, .form = F_NUM },
	{ 0 },
};

bool kind_kexec_segments(struct call *c, unsigned arg, uint16_t param)
{
	const uint64_t kexec_segment_max = 16;
	uint64_t n = arg_length(c, param);

	if (n > kexec_segment_max)
		print_addr(c, arg_ulong(c, arg));
	else
		fields_array(c, arg_ulong(c, arg), n, true, kexec_fields);
	return true;
}

/* --- struct user_desc of modify_ldt(2) and set_thread_area(2) --- */

void print_user_desc(struct call *c, uint64_t addr)
{
	uint32_t v[4];

	if (!read_in(c, addr, v, sizeof(v)))
		return;
	out_printf(c->out,
		   "{entry_number=%d, base_addr=%#08x, limit=%#08x, seg_32bit=%u, contents=%u, "
		   "read_exec_only=%u, "
		   "limit_in_pages=%u, seg_not_present=%u, useable=%u",
		   (int)v[0], v[1], v[2], v[3] & 1, v[3] >> 1 & 3, v[3] >> 3 & 1, v[3] >> 4 & 1,
		   v[3] >> 5 & 1, v[3] >> 6 & 1);
	if (c->abi == ABI_X86_64)
		out_printf(c->out, ", lm=%u", v[3] >> 7 & 1);
	out_putc(c->out, '}');
}

bool kind_user_desc(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_user_desc(c, arg_ulong(c, arg));
	return true;
}

bool kind_ouser_desc(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t v[4];

	(void)param;
	if (!c->exiting)
		return false;
	/* The caller says which entry it wants. */
	if ((c->error || !mem_read(c, addr, v, sizeof(v))) && call_verbose(c) && mem_read(c, addr, v, sizeof(v[0])))
		out_printf(c->out, "{entry_number=%d, ...}", (int)v[0]);
	else
		print_user_desc(c, addr);
	return true;
}

/* Which entry the kernel chose, if it was asked to. */
bool kind_user_desc_result(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t v[4];

	(void)arg, (void)param;
	if (call_verbose(c) && mem_read(c, arg_ulong(c, 0), v, sizeof(v)))
		out_printf(c->out, "entry_number=%u", v[0]);
	return true;
}

/* modify_ldt: an entry that is set, or the raw table that is read. */
bool kind_user_desc_ldt(struct call *c, unsigned arg, uint16_t param)
{
	if (arg_length(c, param) == 4 * sizeof(uint32_t))
		print_user_desc(c, arg_ulong(c, arg));
	else
		print_addr(c, arg_ulong(c, arg));
	return true;
}

/* --- security modules (lsm_get_self_attr(2) and its family, since Linux 6.8) --- */

static void print_lsm_ctx(struct call *c, uint64_t addr, uint64_t left)
{
	/* struct lsm_ctx: id, flags, len, ctx_len, and the text; the next one begins after len
	 * bytes. */
	uint64_t v[4];
	const char *sep = "";

	out_putc(c->out, '[');
	for (unsigned n = 0; n < 64 && left >= sizeof(v); n++) {
		if (!mem_read(c, addr, v, sizeof(v))) {
			out_printf(c->out, "%s... /* %#" PRIx64 " */", sep, addr);
			break;
		}
		out_puts(c->out, sep);
		out_puts(c->out, "{id=");
		print_enum(c, v[0], FLAGS_LSM_ID);
		out_printf(c->out,
			   ", flags=%#" PRIx64 ", len=%" PRIu64 ", ctx_len=%" PRIu64 ", ctx=", v[1],
			   v[2], v[3]);
		print_buffer(c, addr + sizeof(v),
			     v[3] < left - sizeof(v) ? v[3] : left - sizeof(v));
		out_putc(c->out, '}');
		sep = ", ";
		if (v[2] < sizeof(v) || v[2] > left)
			break;
		addr += v[2];
		left -= v[2];
	}
	out_putc(c->out, ']');
}

bool kind_lsm_ctx(struct call *c, unsigned arg, uint16_t param)
{
	if (!arg_ulong(c, arg) || !call_verbose(c))
		print_addr(c, arg_ulong(c, arg));
	else
		print_lsm_ctx(c, arg_ulong(c, arg), (uint32_t)arg_length(c, param));
	return true;
}

/* The parameter is the argument that points to the size. */
bool kind_olsm_ctx(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t size;

	if (!c->exiting)
		return false;
	if (c->error || !arg_ulong(c, arg) || !call_verbose(c) ||
	    !mem_read(c, arg_ulong(c, param & 0xff), &size, sizeof(size)))
		print_addr(c, arg_ulong(c, arg));
	else
		print_lsm_ctx(c, arg_ulong(c, arg), size);
	return true;
}

static bool print_lsm_id(struct call *c, const void *element, void *ctx)
{
	(void)ctx;
	print_enum(c, *(const uint64_t *)element, FLAGS_LSM_ID);
	return true;
}

bool kind_olsm_ids(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_array(c, arg_ulong(c, arg), (uint64_t)c->ret, sizeof(uint64_t), true,
		    print_lsm_id, NULL);
	return true;
}

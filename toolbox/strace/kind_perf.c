/* SPDX-License-Identifier: GPL-2.0-only
 * perf_event_open(2)'s attribute (linux/perf_event.h): what config means follows from the type, and the
 * switches are bits of one word.
 */
#include "parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SIZE_MAX_KNOWN = 136, SIZE_VER0 = 64 };
enum { HARDWARE, SOFTWARE, TRACEPOINT, HW_CACHE, RAW, BREAKPOINT };

static void print_size(struct call *c, uint32_t size)
{
	static const unsigned sizes[] = { 64, 72, 80, 96, 104, 112, 120, 128, 136 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char name[24];

		if (size != sizes[i])
			continue;
		snprintf(name, sizeof(name), "PERF_ATTR_SIZE_VER%zu", i);
		print_named(c, name, size);
		return;
	}
	out_hexnum(c->out, size);
	if (c->opt->constants != CONST_RAW)
		out_puts(c->out, " /* PERF_ATTR_SIZE_??? */");
}

static void print_config(struct call *c, uint32_t type, uint64_t config)
{
	uint64_t pmu = config >> 32;

	switch (type) {
	case HARDWARE:
		if (pmu)
			out_printf(c->out, "%#" PRIx64 "<<32|", pmu);
		print_enum(c, config & UINT32_MAX, FLAGS_PERF_HW);
		break;
	case SOFTWARE:
		print_enum(c, config, FLAGS_PERF_SW);
		break;
	case TRACEPOINT:
		out_printf(c->out, "%" PRIu64, config);
		break;
	case HW_CACHE:
		if (pmu)
			out_printf(c->out, "%#" PRIx64 "<<32|", pmu);
		if ((config & UINT32_MAX) >> 24)
			out_printf(c->out, "%#" PRIx64 "<<24|", (config & UINT32_MAX) >> 24);
		print_enum(c, config >> 16 & 0xff, FLAGS_PERF_CACHE_RESULT);
		out_puts(c->out, "<<16|");
		print_enum(c, config >> 8 & 0xff, FLAGS_PERF_CACHE_OP);
		out_puts(c->out, "<<8|");
		print_enum(c, config & 0xff, FLAGS_PERF_CACHE);
		break;
	default:
		out_printf(c->out, "%#" PRIx64, config);
	}
}

static void print_bits(struct call *c, uint64_t bits, bool all)
{
	static const char *const name[] = {
		"disabled", "inherit", "pinned", "exclusive", "exclude_user", "exclude_kernel", "exclude_hv",
		"exclude_idle", "mmap", "comm", "freq", "inherit_stat", "enable_on_exec", "task", "watermark",
		NULL, NULL, "mmap_data", "sample_id_all", "exclude_host", "exclude_guest",
		"exclude_callchain_kernel", "exclude_callchain_user", "mmap2", "comm_exec", "use_clockid",
		"context_switch", "write_backward", "namespaces", "ksymbol", "bpf_event", "aux_output",
		"cgroup", "text_poke", "build_id", "inherit_thread", "remove_on_exec", "sigtrap",
	};
	static const char *const skid[] = { "arbitrary skid", "constant skid", "requested to have 0 skid",
					    "must have 0 skid" };
	size_t n = sizeof(name) / sizeof(name[0]);

	/* Abbreviated, the switches that are on. */
	for (size_t i = 0; i < n; i++) {
		if (i == 15)
			out_printf(c->out, ", precise_ip=%u /* %s */", (unsigned)(bits >> 15 & 3),
				   skid[bits >> 15 & 3]);
		if (name[i] && (all || bits >> i & 1))
			out_printf(c->out, ", %s=%u", name[i], (unsigned)(bits >> i & 1));
	}
	if (bits >> n)
		out_printf(c->out, ", __reserved_1=%#" PRIx64 " /* Bits 63..38 */", bits >> n);
}

/* What stands behind config2. Three members count only if something else in the structure asks for them. */
static void show_branch(struct call *c, const void *p, const void *all)
{
	(void)all;
	out_puts(c->out, "branch_sample_type=");
	print_flags(c, (uint64_t)field_load(c, T_U64, p), FLAGS_PERF_BRANCH);
}

static void show_stack(struct call *c, const void *p, const void *all)
{
	(void)all;
	out_printf(c->out, "sample_stack_user=%u", (unsigned)field_load(c, T_U32, p));
}

static void show_clock(struct call *c, const void *p, const void *all)
{
	(void)all;
	out_puts(c->out, "clockid=");
	print_enum(c, (uint32_t)field_load(c, T_U32, p), FLAGS_CLOCK);
}

enum { BRANCH, REGS, STACK, CLOCK, MORE };
static const struct field later_fields[] = {
	[BRANCH] = { NULL, T_U64, F_SHOW, .show = show_branch },
	[REGS] = { "sample_regs_user", T_U64, F_HEX },
	[STACK] = { NULL, T_U32, F_SHOW, .show = show_stack },
	[CLOCK] = { NULL, T_S32, F_SHOW, .show = show_clock },
	[MORE] = { "sample_regs_intr", T_U64, F_HEX },
	{ "aux_watermark", T_U32 },
	{ "sample_max_stack", T_U16 },
	{ "__reserved_2", T_U16, F_HEX, .when = NONZERO },
	{ "aux_sample_size", T_U32 },
	{ "__reserved_3", T_U32, F_HEX, .when = NONZERO },
	{ "sig_data", T_U64, F_HEX },
	{ "config3", T_U64, F_HEX, .when = NONZERO },
	{ 0 },
};

static void print_later(struct call *c, const char *bytes, size_t n, uint64_t sample_type, uint64_t bits)
{
	enum { SAMPLE_BRANCH_STACK = 0x800, SAMPLE_STACK_USER = 0x2000, USE_CLOCKID = 25 };
	struct field f[sizeof(later_fields) / sizeof(later_fields[0])];

	memcpy(f, later_fields, sizeof(f));
	if (!(sample_type & SAMPLE_BRANCH_STACK))
		f[BRANCH].form = F_PAD;
	if (!(sample_type & SAMPLE_STACK_USER))
		f[STACK].form = F_PAD;
	if (!(bits >> USE_CLOCKID & 1))
		f[CLOCK].form = F_PAD;
	fields_members(c, bytes, n, f);
}

bool kind_perf_attr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), bits;
	char buf[SIZE_MAX_KNOWN] = { 0 };
	uint32_t type, size;
	size_t n;

	(void)param;
	if (!read_in(c, addr, buf, 8))
		return true;
	type = (uint32_t)field_load(c, T_U32, buf);
	size = (uint32_t)field_load(c, T_U32, buf + 4);
	/* 0 is the first version; what is shorter the kernel refuses. */
	if (size && size < SIZE_VER0) {
		print_addr(c, addr);
		return true;
	}
	n = size < SIZE_VER0 ? SIZE_VER0 : size > SIZE_MAX_KNOWN ? SIZE_MAX_KNOWN : size;
	if (!read_in(c, addr, buf, n))
		return true;
	bits = (uint64_t)field_load(c, T_U64, buf + 40);
	out_puts(c->out, "{type=");
	print_enum(c, type, FLAGS_PERF_TYPE);
	out_puts(c->out, ", size=");
	print_size(c, size);
	out_puts(c->out, ", config=");
	print_config(c, type, (uint64_t)field_load(c, T_U64, buf + 8));
	out_printf(c->out, ", %s=%" PRIu64, bits >> 10 & 1 ? "sample_freq" : "sample_period",
		   (uint64_t)field_load(c, T_U64, buf + 16));
	out_puts(c->out, ", sample_type=");
	print_flags(c, (uint64_t)field_load(c, T_U64, buf + 24), FLAGS_PERF_SAMPLE);
	out_puts(c->out, ", read_format=");
	print_flags(c, (uint64_t)field_load(c, T_U64, buf + 32), FLAGS_PERF_READ);
	print_bits(c, bits, !call_abbrev(c));
	if (call_abbrev(c)) {
		out_puts(c->out, ", ...}");
		return true;
	}
	out_printf(c->out, ", %s=%u", bits >> 14 & 1 ? "wakeup_watermark" : "wakeup_events",
		   (unsigned)field_load(c, T_U32, buf + 48));
	if (type == BREAKPOINT) {
		out_puts(c->out, ", bp_type=");
		print_flags(c, (uint32_t)field_load(c, T_U32, buf + 52), FLAGS_PERF_BP);
	}
	out_printf(c->out, type == BREAKPOINT ? ", bp_addr=%#" PRIx64 : ", config1=%#" PRIx64,
		   (uint64_t)field_load(c, T_U64, buf + 56));
	if (n >= 72)
		out_printf(c->out, type == BREAKPOINT ? ", bp_len=%" PRIu64 : ", config2=%#" PRIx64,
			   (uint64_t)field_load(c, T_U64, buf + 64));
	if (n > 72)
		print_later(c, buf + 72, n - 72, (uint64_t)field_load(c, T_U64, buf + 24), bits);
	fields_rest(c, addr, SIZE_MAX_KNOWN, size);
	out_putc(c->out, '}');
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * bpf(2): the attribute by command (linux/bpf.h). What the caller's size does not cover is not shown.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <string.h>

static void show_name(struct call *c, const void *p, const void *all)
{
	enum { NAME = 16 };
	const char *end = memchr(p, '\0', NAME);

	(void)all;
	out_quoted(c->out, p, end ? (size_t)(end - (const char *)p) : NAME - 1, c->opt->hex, false);
	if (!end)
		out_puts(c->out, "...");
}

static void show_version(struct call *c, const void *p, const void *all)
{
	uint32_t v = (uint32_t)field_load(c, T_U32, p);

	(void)all;
	if (c->opt->constants != CONST_ABBREV)
		out_hexnum(c->out, v);
	if (c->opt->constants == CONST_RAW)
		return;
	out_printf(c->out, c->opt->constants == CONST_VERBOSE ? " /* KERNEL_VERSION(%u, %u, %u) */" :
							       "KERNEL_VERSION(%u, %u, %u)",
		   v >> 16, v >> 8 & 0xff, v & 0xff);
}

/* --- programs --- */

struct insn {
	uint8_t code;
	uint8_t regs;
	int16_t off;
	int32_t imm;
};

static bool print_insn(struct call *c, const void *element, void *ctx)
{
	struct insn i;

	(void)ctx;
	memcpy(&i, element, sizeof(i));
	out_puts(c->out, "{code=");
	print_bpf_code(c, i.code, true);
	out_puts(c->out, ", dst_reg=");
	print_enum(c, i.regs & 15, FLAGS_BPF_REG);
	out_puts(c->out, ", src_reg=");
	print_enum(c, i.regs >> 4, FLAGS_BPF_REG);
	out_printf(c->out, ", off=%d, imm=%#x}", i.off, (unsigned)i.imm);
	return true;
}

enum { AT_INSN_CNT = 4, AT_LOG_LEVEL = 24, AT_LOG_SIZE = 28, INSNS_MAX = 4096 };

static void show_insns(struct call *c, const void *p, const void *all)
{
	uint64_t addr = (uint64_t)field_load(c, T_U64, p);
	uint32_t n = (uint32_t)field_load(c, T_U32, (const char *)all + AT_INSN_CNT);

	if (call_abbrev(c))
		print_addr(c, addr);
	else
		print_array(c, addr, n < INSNS_MAX ? n : INSNS_MAX, sizeof(struct insn), false,
			    print_insn, NULL);
}

/* As it is before the call: what the verifier writes is for the program's own eyes. */
static void show_log(struct call *c, const void *p, const void *all)
{
	uint64_t addr = (uint64_t)field_load(c, T_U64, p);

	if (field_load(c, T_U32, (const char *)all + AT_LOG_LEVEL) &&
	    field_load(c, T_U32, (const char *)all + AT_LOG_SIZE))
		print_string(c, addr);
	else
		print_addr(c, addr);
}

/* 0 => 17: as it was and as the kernel left it. */
static void show_next_id(struct call *c, const void *p, const void *all)
{
	uint32_t v = (uint32_t)field_load(c, T_U32, p);

	(void)all;
	if (c->exiting && !c->error && v != (uint32_t)c->keep[1])
		out_printf(c->out, "%u => ", (unsigned)c->keep[1]);
	out_printf(c->out, "%u", v);
}

static const struct field prog_load[] = {
	{ "prog_type", T_U32, F_ENUM, FLAGS_BPF_PROG_TYPE },
	{ "insn_cnt", T_U32 },
	{ "insns", T_A64, F_SHOW, .show = show_insns },
	{ "license", T_A64, F_STRING },
	{ "log_level", T_U32 },
	{ "log_size", T_U32 },
	{ "log_buf", T_A64, F_SHOW, .show = show_log },
	{ "kern_version", T_U32, F_SHOW, .show = show_version },
	{ "prog_flags", T_U32, F_FLAGS, FLAGS_BPF_PROG_FLAGS },
	{ "prog_name", T_U8, F_SHOW, .count = 16, .show = show_name },
	{ "prog_ifindex", T_U32 },
	{ "expected_attach_type", T_U32, F_ENUM, FLAGS_BPF_ATTACH_TYPE },
	{ "prog_btf_fd", T_U32, F_FD },
	{ "func_info_rec_size", T_U32 },
	{ "func_info", T_A64, F_ADDR },
	{ "func_info_cnt", T_U32 },
	{ "line_info_rec_size", T_U32 },
	{ "line_info", T_A64, F_ADDR },
	{ "line_info_cnt", T_U32 },
	{ "attach_btf_id", T_U32 },
	{ "attach_prog_fd", T_U32, F_FD },
	{ "core_relo_cnt", T_U32, .when = NONZERO },
	{ "fd_array", T_A64, F_ADDR },
	{ "core_relos", T_A64, F_ADDR, .when = NONZERO },
	{ "core_relo_rec_size", T_U32, .when = NONZERO },
	{ "log_true_size", T_U32, .when = NONZERO },
	{ "prog_token_fd", T_S32, F_FD, .when = NONZERO },
	{ "fd_array_cnt", T_U32, .when = NONZERO },
	{ 0 },
};

/* --- maps and the rest --- */

static const struct field map_create[] = {
	{ "map_type", T_U32, F_ENUM, FLAGS_BPF_MAP_TYPE },
	{ "key_size", T_U32 },
	{ "value_size", T_U32 },
	{ "max_entries", T_U32 },
	{ "map_flags", T_U32, F_FLAGS, FLAGS_BPF_MAP_FLAGS },
	{ "inner_map_fd", T_U32, F_FD },
	{ "numa_node", T_U32, .when = NONZERO },
	{ "map_name", T_U8, F_SHOW, .count = 16, .show = show_name },
	{ "map_ifindex", T_U32 },
	{ "btf_fd", T_U32, F_FD },
	{ "btf_key_type_id", T_U32 },
	{ "btf_value_type_id", T_U32 },
	{ "btf_vmlinux_value_type_id", T_U32 },
	{ "map_extra", T_U64, F_HEX },
	{ "value_type_btf_obj_fd", T_S32, F_FD, .when = NONZERO },
	{ "map_token_fd", T_S32, F_FD, .when = NONZERO },
	{ 0 },
};
static const struct field map_elem[] = {
	{ "map_fd", T_U32, F_FD },
	{ "key", T_A64, F_ADDR },
	{ "value", T_A64, F_ADDR },
	{ "flags", T_U64, F_ENUM, FLAGS_BPF_UPDATE_FLAGS },
	{ 0 },
};
static const struct field map_delete[] = {
	{ "map_fd", T_U32, F_FD }, { "key", T_A64, F_ADDR }, { 0 },
};
static const struct field map_next[] = {
	{ "map_fd", T_U32, F_FD }, { "key", T_A64, F_ADDR }, { "next_key", T_A64, F_ADDR }, { 0 },
};
static const struct field map_only[] = { { "map_fd", T_U32, F_FD }, { 0 } };
static const struct field obj[] = {
	{ "pathname", T_A64, F_PATH },
	{ "bpf_fd", T_U32, F_FD },
	{ "file_flags", T_U32, F_FLAGS, FLAGS_BPF_MAP_FLAGS },
	{ "path_fd", T_S32, F_DIRFD, .when = NONZERO },
	{ 0 },
};
static const struct field attach[] = {
	{ "target_fd", T_U32, F_FD },
	{ "attach_bpf_fd", T_U32, F_FD },
	{ "attach_type", T_U32, F_ENUM, FLAGS_BPF_ATTACH_TYPE },
	{ "attach_flags", T_U32, F_FLAGS, FLAGS_BPF_ATTACH_FLAGS },
	{ "replace_bpf_fd", T_U32, F_FD },
	{ 0 },
};
static const struct field detach[] = {
	{ "target_fd", T_U32, F_FD },
	{ NULL, T_U32, F_PAD },
	{ "attach_type", T_U32, F_ENUM, FLAGS_BPF_ATTACH_TYPE },
	{ 0 },
};
static const struct field test_run[] = {
	{ "prog_fd", T_U32, F_FD },   { "retval", T_U32 },	   { "data_size_in", T_U32 },
	{ "data_size_out", T_U32 },   { "data_in", T_A64, F_ADDR },  { "data_out", T_A64, F_ADDR },
	{ "repeat", T_U32 },	      { "duration", T_U32 },	   { "ctx_size_in", T_U32 },
	{ "ctx_size_out", T_U32 },    { "ctx_in", T_A64, F_ADDR },   { "ctx_out", T_A64, F_ADDR },
	{ "flags", T_U32, F_HEX },    { "cpu", T_U32 },		   { "batch_size", T_U32 },
	{ 0 },
};
static const struct field next_id[] = {
	{ "start_id", T_U32 }, { "next_id", T_U32, F_SHOW, .show = show_next_id },
	 { "open_flags", T_U32, F_FLAGS, FLAGS_BPF_MAP_FLAGS }, { 0 },
};
static const struct field prog_id[] = {
	{ "prog_id", T_U32 }, { "next_id", T_U32 }, { "open_flags", T_U32, F_FLAGS, FLAGS_BPF_MAP_FLAGS }, { 0 },
};
static const struct field map_id[] = {
	{ "map_id", T_U32 }, { "next_id", T_U32 }, { "open_flags", T_U32, F_FLAGS, FLAGS_BPF_MAP_FLAGS }, { 0 },
};
static const struct field btf_id[] = { { "btf_id", T_U32 }, { 0 } };
static const struct field link_id[] = { { "link_id", T_U32 }, { 0 } };
static const struct field info[] = {
	{ "bpf_fd", T_U32, F_FD }, { "info_len", T_U32 }, { "info", T_A64, F_ADDR }, { 0 },
};
static const struct field query[] = {
	{ "target_fd", T_U32, F_FD },
	{ "attach_type", T_U32, F_ENUM, FLAGS_BPF_ATTACH_TYPE },
	{ "query_flags", T_U32, F_FLAGS, FLAGS_BPF_QUERY_FLAGS },
	{ "attach_flags", T_U32, F_FLAGS, FLAGS_BPF_ATTACH_FLAGS },
	{ "prog_ids", T_A64, F_ADDR },
	{ "prog_cnt", T_U32 },
	{ 0 },
};
static const struct field raw_tracepoint[] = { { "name", T_A64, F_STRING }, { "prog_fd", T_U32, F_FD }, { 0 } };
static const struct field btf_load_rest[] = {
	{ "btf_log_buf", T_A64, F_ADDR }, { "btf_size", T_U32 }, { "btf_log_size", T_U32 },
	{ "btf_log_level", T_U32 }, { 0 },
};
static const struct field task_fd_query[] = {
	{ "pid", T_U32, F_PID }, { "fd", T_U32 }, { "flags", T_U32, F_HEX }, { "buf_len", T_U32 },
	{ "buf", T_A64, F_ADDR }, { "prog_id", T_U32 },
	{ "fd_type", T_U32, F_ENUM, FLAGS_BPF_TASK_FD_TYPE },
	{ "probe_offset", T_U64, F_HEX }, { "probe_addr", T_U64, F_HEX }, { 0 },
};
static const struct field batch[] = {
	{ "in_batch", T_A64, F_ADDR }, { "out_batch", T_A64, F_ADDR }, { "keys", T_A64, F_ADDR },
	{ "values", T_A64, F_ADDR }, { "count", T_U32 }, { "map_fd", T_U32, F_FD },
	{ "elem_flags", T_U64, F_FLAGS, FLAGS_BPF_UPDATE_FLAGS }, { "flags", T_U64, F_HEX }, { 0 },
};
static const struct field link_create[] = {
	{ "prog_fd", T_U32, F_FD }, { "target_fd", T_U32, F_FD },
	{ "attach_type", T_U32, F_ENUM, FLAGS_BPF_ATTACH_TYPE }, { "flags", T_U32, F_HEX }, { 0 },
};
static const struct field link_update[] = {
	{ "link_fd", T_U32, F_FD }, { "new_prog_fd", T_U32, F_FD }, { "flags", T_U32, F_HEX },
	{ "old_prog_fd", T_U32, F_FD }, { 0 },
};
static const struct field link_detach[] = { { "link_fd", T_U32, F_FD }, { 0 } };
static const struct field enable_stats[] = { { "type", T_U32, F_ENUM, FLAGS_BPF_STATS_TYPE }, { 0 } };
static const struct field iter_create[] = {
	{ "link_fd", T_U32, F_FD }, { "flags", T_U32, F_HEX }, { 0 },
};
static const struct field prog_bind[] = {
	{ "prog_fd", T_U32, F_FD }, { "map_fd", T_U32, F_FD }, { "flags", T_U32, F_HEX }, { 0 },
};

/* By number of the command; group: the name of the structure within the union. */
static const struct command {
	const struct field *fields;
	const char *group;
	bool out; /* the kernel writes numbers into it */
	uint8_t first; /* bytes of members that are shown also where the caller's size does not cover them: as zeros */
} commands[] = {
	{ map_create, NULL, false, 16 },
	{ map_elem, NULL, false, 24 },
	{ map_elem, NULL, false, 32 },
	{ map_delete, NULL, false, 16 },
	{ map_next, NULL, false, 24 },
	{ prog_load, NULL, false, 24 },
	{ obj, NULL, false, 12 },
	{ obj, NULL, false, 12 },
	{ attach, NULL, false, 16 },
	{ detach, NULL, false, 12 },
	{ test_run, "test", true, 40 },
	{ next_id, NULL, true, 8 },
	{ next_id, NULL, true, 8 },
	{ prog_id, NULL, false, 8 },
	{ map_id, NULL, false, 8 },
	{ info, "info", true, 16 },
	{ query, "query", true, 28 },
	{ raw_tracepoint, "raw_tracepoint", false, 12 },
	{ btf_load_rest, NULL, false, 28 },
	{ btf_id, NULL, false, 4 },
	{ task_fd_query, "task_fd_query", true, 48 },
	{ map_elem, NULL, false, 24 },
	{ map_only, NULL, false, 4 },
	{ next_id, NULL, true, 8 },
	{ batch, "batch", true, 56 },
	{ batch, "batch", true, 56 },
	{ batch, "batch", true, 56 },
	{ batch, "batch", true, 56 },
	{ link_create, "link_create", false, 16 },
	{ link_update, "link_update", false, 16 },
	{ link_id, NULL, false, 4 },
	{ next_id, NULL, true, 8 },
	{ enable_stats, "enable_stats", false, 4 },
	{ iter_create, "iter_create", false, 8 },
	{ link_detach, "link_detach", false, 4 },
	{ prog_bind, "prog_bind_map", false, 12 },
};

enum { ATTR_MAX = 256, CMD_BTF_LOAD = 18 };

/* The bytes of the type information, which its size is told behind. */
static void print_btf(struct call *c, const char *buf, size_t n)
{
	out_puts(c->out, "btf=");
	if (n >= 20)
		print_buffer(c, (uint64_t)field_load(c, T_U64, buf), (uint32_t)field_load(c, T_U32, buf + 16));
	else
		print_addr(c, (uint64_t)field_load(c, T_U64, buf));
	if (n > 8)
		fields_members(c, buf + 8, n - 8, btf_load_rest);
}

bool kind_bpf_attr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), size = arg_length(c, param);
	unsigned nr = (unsigned)arg_int(c, 0);
	const struct command *cmd = nr < countof(commands) ? &commands[nr] : NULL;
	char buf[ATTR_MAX] = { 0 };
	size_t n = size < ATTR_MAX ? (size_t)size : ATTR_MAX, known;

	if (!cmd || !size) {
		print_addr(c, addr);
		return true;
	}
	if (!read_in(c, addr, buf, n))
		return true;
	if (n < cmd->first)
		n = cmd->first;
	if (!c->exiting && cmd->out) {
		c->keep[arg] = (uint32_t)field_load(c, T_U32, buf + 4);
		return false;
	}
	known = fields_size(c, cmd->fields);
	out_putc(c->out, '{');
	if (cmd->group)
		out_printf(c->out, "%s={", cmd->group);
	if (nr == CMD_BTF_LOAD && n >= 8) {
		print_btf(c, buf, n);
		known = 8 + fields_size(c, btf_load_rest);
	} else {
		fields_members(c, buf, n, cmd->fields);
	}
	if (cmd->group)
		out_putc(c->out, '}');
	for (size_t i = known; i < n; i++) {
		if (buf[i]) {
			if (call_abbrev(c))
				out_puts(c->out, ", ...");
			else
				fields_rest(c, addr, known, size);
			break;
		}
	}
	out_putc(c->out, '}');
	return true;
}

/* Descriptors come from most commands that make or find something. */
bool kind_bpf_result(struct call *c, unsigned arg, uint16_t param)
{
	static const uint64_t makes_fd = 1ull << 0 | 1ull << 5 | 1ull << 7 | 1ull << 13 | 1ull << 14 |
					 1ull << 17 | 1ull << 18 | 1ull << 19 | 1ull << 28 | 1ull << 30 |
					 1ull << 32 | 1ull << 33;
	unsigned nr = (unsigned)arg_int(c, 0);

	(void)arg, (void)param;
	if (nr < 64 && makes_fd >> nr & 1)
		print_fd(c, (int)c->ret, false);
	else
		out_printf(c->out, "%" PRId64, c->ret);
	return true;
}

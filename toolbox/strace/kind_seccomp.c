/* SPDX-License-Identifier: GPL-2.0-only
 * seccomp(2), and the classic BPF programs that it and sockets take (linux/filter.h, linux/seccomp.h).
 */
#include "parts.h"

#include <inttypes.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

/* struct sock_filter */
struct insn {
	uint16_t code;
	uint8_t jt, jf;
	uint32_t k;
};

static void print_part(struct call *c, unsigned value, uint16_t table)
{
	out_putc(c->out, '|');
	print_enum(c, value, table);
}

void print_bpf_code(struct call *c, unsigned code, bool extended)
{
	unsigned left = code & 0xff00;

	print_enum(c, BPF_CLASS(code), extended ? FLAGS_BPF_CLASS64 : FLAGS_BPF_CLASS);
	switch (extended && BPF_CLASS(code) > BPF_JMP ? BPF_ALU : BPF_CLASS(code)) {
	case BPF_ST:
	case BPF_STX:
		if (!extended) {
			if (code & ~7u)
				out_printf(c->out, c->opt->constants == CONST_RAW ? "|%#x" : "|%#x /* BPF_??? */",
					   code & ~7u);
			return;
		}
		/* fallthrough */
	case BPF_LD:
	case BPF_LDX:
		print_part(c, BPF_SIZE(code), FLAGS_BPF_SIZE);
		print_part(c, BPF_MODE(code), FLAGS_BPF_MODE);
		break;
	case BPF_ALU:
	case BPF_JMP:
		print_part(c, BPF_SRC(code), FLAGS_BPF_SRC);
		/* BPF_JMP, and BPF_JMP32 in the place of BPF_RET */
		print_part(c, BPF_OP(code), BPF_CLASS(code) == BPF_JMP || BPF_CLASS(code) == BPF_RET ?
						    FLAGS_BPF_JMP :
						    FLAGS_BPF_ALU);
		break;
	case BPF_RET:
		print_part(c, BPF_RVAL(code), FLAGS_BPF_RET_VALUE);
		left = code & ~0x1fu;
		break;
	case BPF_MISC:
		print_part(c, BPF_MISCOP(code), FLAGS_BPF_MISC);
		break;
	}
	if (left)
		out_printf(c->out, "|%#x", left);
}

static void print_k(struct call *c, const struct insn *i, bool seccomp)
{
	uint32_t action = i->k & 0xffff0000, data = i->k & 0xffff;

	if (!seccomp || BPF_CLASS(i->code) != BPF_RET) {
		out_hexnum(c->out, i->k);
		return;
	}
	print_enum(c, action, FLAGS_SECCOMP_RET);
	if (data)
		out_printf(c->out, "|%#x", data);
}

static bool print_insn(struct call *c, const void *element, void *ctx)
{
	const struct insn *i = element;
	bool jump = i->jt || i->jf;

	out_puts(c->out, jump ? "BPF_JUMP(" : "BPF_STMT(");
	print_bpf_code(c, i->code, false);
	out_puts(c->out, ", ");
	print_k(c, i, *(bool *)ctx);
	if (jump)
		out_printf(c->out, ", %#x, %#x", i->jt, i->jf);
	out_putc(c->out, ')');
	return true;
}

static void print_program(struct call *c, uint64_t addr, bool seccomp)
{
	static const struct field f[] = { { "len", T_U16 }, { "filter", T_PTR }, { 0 } };
	char buf[16];
	unsigned len;
	uint64_t filter;

	if (!read_in(c, addr, buf, fields_size(c, f)))
		return;
	len = (unsigned)fields_get(c, buf, sizeof(buf), f, "len");
	filter = (uint64_t)fields_get(c, buf, sizeof(buf), f, "filter");
	out_printf(c->out, "{len=%u, filter=", len);
	if (call_abbrev(c))
		print_addr(c, filter);
	else
		print_array(c, filter, len < BPF_MAXINSNS ? len : BPF_MAXINSNS, sizeof(struct insn), false,
			    print_insn, &seccomp);
	out_putc(c->out, '}');
}

void print_seccomp_filter(struct call *c, uint64_t addr)
{
	print_program(c, addr, true);
}

void print_socket_filter(struct call *c, uint64_t addr)
{
	print_program(c, addr, false);
}

/* --- seccomp(2) --- */

enum { SET_STRICT, SET_FILTER, ACTION_AVAIL, NOTIF_SIZES };

bool kind_seccomp_flags(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg_int(c, 0) == SET_FILTER)
		print_flags(c, (unsigned)arg_int(c, arg), FLAGS_SECCOMP_FILTER);
	else
		out_printf(c->out, "%#x", (unsigned)arg_int(c, arg));
	return true;
}

static const struct field notif_sizes_fields[] = {
	{ "seccomp_notif", T_U16 }, { "seccomp_notif_resp", T_U16 }, { "seccomp_data", T_U16 }, { 0 },
};

bool kind_seccomp_arg(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t action;

	(void)param;
	switch (arg_int(c, 0)) {
	case SET_FILTER:
		print_seccomp_filter(c, addr);
		return true;
	case ACTION_AVAIL:
		if (read_in(c, addr, &action, sizeof(action))) {
			out_putc(c->out, '[');
			print_enum(c, action, FLAGS_SECCOMP_RET);
			out_putc(c->out, ']');
		}
		return true;
	case NOTIF_SIZES:
		return fields_out(c, arg, notif_sizes_fields);
	default:
		print_addr(c, addr);
		return true;
	}
}

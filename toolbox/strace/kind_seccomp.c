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

static void print_load(struct call *c, uint16_t code)
{
	const char *mode = flags_name(c, BPF_MODE(code), FLAGS_BPF_MODE);

	out_printf(c->out, "|%s", flags_name(c, BPF_SIZE(code), FLAGS_BPF_SIZE) ?
					  flags_name(c, BPF_SIZE(code), FLAGS_BPF_SIZE) : "0x18");
	if (mode)
		out_printf(c->out, "|%s", mode);
	else
		out_printf(c->out, "|%#x", BPF_MODE(code));
}

static void print_code(struct call *c, uint16_t code)
{
	const char *op, *name = flags_name(c, BPF_CLASS(code), FLAGS_BPF_CLASS);
	uint16_t left = code & 0xff00;

	out_puts(c->out, name ? name : "0");
	switch (BPF_CLASS(code)) {
	case BPF_LD:
	case BPF_LDX:
		print_load(c, code);
		break;
	case BPF_ST:
	case BPF_STX:
		left = code & ~7;
		break;
	case BPF_ALU:
	case BPF_JMP:
		op = flags_name(c, BPF_OP(code), BPF_CLASS(code) == BPF_ALU ? FLAGS_BPF_ALU : FLAGS_BPF_JMP);
		if (op)
			out_printf(c->out, "|%s", op);
		else
			out_printf(c->out, "|%#x", BPF_OP(code));
		out_printf(c->out, "|%s", BPF_SRC(code) == BPF_X ? "BPF_X" : "BPF_K");
		break;
	case BPF_RET:
		out_printf(c->out, "|%s",
			   BPF_RVAL(code) == BPF_A ? "BPF_A" : BPF_RVAL(code) == BPF_X ? "BPF_X" : "BPF_K");
		left = code & ~0x1f;
		break;
	case BPF_MISC:
		out_printf(c->out, "|%s", BPF_MISCOP(code) == BPF_TAX ? "BPF_TAX" :
					  BPF_MISCOP(code) == BPF_TXA ? "BPF_TXA" : "0");
		left = (uint16_t)(BPF_MISCOP(code) == BPF_TAX || BPF_MISCOP(code) == BPF_TXA ?
					  left : left | BPF_MISCOP(code));
		break;
	}
	if (left)
		out_printf(c->out, "|%#x", left);
}

static void print_k(struct call *c, const struct insn *i, bool seccomp)
{
	uint32_t action = i->k & 0xffff0000, data = i->k & 0xffff;
	const char *name;

	if (seccomp && BPF_CLASS(i->code) == BPF_RET && BPF_RVAL(i->code) == BPF_K &&
	    (name = flags_name(c, action, FLAGS_SECCOMP_RET))) {
		out_puts(c->out, name);
		if (data)
			out_printf(c->out, "|%#x", data);
		return;
	}
	out_printf(c->out, "%#x", i->k);
}

static bool print_insn(struct call *c, const void *element, void *ctx)
{
	const struct insn *i = element;
	bool jump = i->jt || i->jf;

	out_puts(c->out, jump ? "BPF_JUMP(" : "BPF_STMT(");
	print_code(c, i->code);
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

/* SPDX-License-Identifier: GPL-2.0-only
 * futex(2): what its arguments mean follows from the operation; the vector of futex_waitv(2) and
 * futex_requeue(2). From linux/futex.h.
 */
#include "parts.h"

#include <inttypes.h>
#include <linux/futex.h>

enum { OP_LOCK_PI2 = 13 };

/* What each operation takes behind its name. */
enum taken { VAL = 1, TIMEOUT = 2, VAL2 = 4, ADDR2 = 8, VAL3 = 16, BITS = 32, WAKE_OP = 64, HEX3 = 128 };

static unsigned taken_by(const struct call *c)
{
	switch (c->args[1] & 127) {
	case FUTEX_WAIT:
		return VAL | TIMEOUT;
	case FUTEX_WAIT_BITSET:
		return VAL | TIMEOUT | BITS;
	case FUTEX_WAKE_BITSET:
		return VAL | BITS;
	case FUTEX_WAKE:
	case FUTEX_FD:
		return VAL;
	case FUTEX_REQUEUE:
		return VAL | VAL2 | ADDR2;
	case FUTEX_CMP_REQUEUE:
	case FUTEX_CMP_REQUEUE_PI:
		return VAL | VAL2 | ADDR2 | VAL3;
	case FUTEX_WAKE_OP:
		return VAL | VAL2 | ADDR2 | WAKE_OP;
	case FUTEX_LOCK_PI:
	case OP_LOCK_PI2:
		return TIMEOUT;
	case FUTEX_UNLOCK_PI:
	case FUTEX_TRYLOCK_PI:
		return 0;
	case FUTEX_WAIT_REQUEUE_PI:
		return VAL | TIMEOUT | ADDR2;
	default:
		return VAL | HEX3;
	}
}

/* Bits above the number are names of their own; the private ones have a name each. */
bool kind_futex_op(struct call *c, unsigned arg, uint16_t param)
{
	unsigned op = (unsigned)arg_int(c, arg), clock = op & FUTEX_CLOCK_REALTIME;
	unsigned plain = op & ~(unsigned)(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME);
	const char *name = flags_name(c, plain, FLAGS_FUTEX);

	(void)param;
	if (c->opt->constants == CONST_RAW || !name) {
		out_printf(c->out, "%#x", op);
		if (c->opt->constants != CONST_RAW)
			out_puts(c->out, " /* FUTEX_??? */");
		return true;
	}
	if (c->opt->constants == CONST_VERBOSE)
		out_printf(c->out, "%#x /* ", op);
	out_puts(c->out, name);
	if (op & FUTEX_PRIVATE_FLAG)
		out_puts(c->out, "_PRIVATE");
	if (clock)
		out_puts(c->out, "|FUTEX_CLOCK_REALTIME");
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
	return true;
}

bool kind_futex_val(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (taken_by(c) & VAL)
		out_printf(c->out, "%u", (unsigned)arg_int(c, arg));
	return true;
}

static bool print_timeout(struct call *c, unsigned arg, bool time64)
{
	unsigned t = taken_by(c);

	if (t & TIMEOUT)
		print_timespec(c, arg_ulong(c, arg), false, time64);
	else if (t & VAL2)
		out_printf(c->out, "%u", (unsigned)arg_int(c, arg));
	else if (t & HEX3)
		print_addr(c, arg_ulong(c, arg));
	return true;
}

bool kind_futex_timeout(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_timeout(c, arg, false);
}

bool kind_futex_timeout64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return print_timeout(c, arg, true);
}

bool kind_futex_addr2(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (taken_by(c) & (ADDR2 | HEX3))
		print_addr(c, arg_ulong(c, arg));
	return true;
}

static void print_wake_op(struct call *c, uint32_t v)
{
	enum { SHIFT = 8 };
	unsigned op = v >> 28, cmp = v >> 24 & 15, oparg = v >> 12 & 0xfff, cmparg = v & 0xfff;

	if (op & SHIFT)
		out_puts(c->out, "FUTEX_OP_OPARG_SHIFT<<28|");
	if (flags_name(c, op & 7, FLAGS_FUTEX_OP))
		out_printf(c->out, "%s<<28", flags_name(c, op & 7, FLAGS_FUTEX_OP));
	else
		out_printf(c->out, "%#x<<28 /* FUTEX_OP_??? */", op & 7);
	out_printf(c->out, "|%#x<<12|", oparg);
	if (flags_name(c, cmp, FLAGS_FUTEX_CMP))
		out_printf(c->out, "%s<<24", flags_name(c, cmp, FLAGS_FUTEX_CMP));
	else
		out_printf(c->out, "%#x<<24 /* FUTEX_OP_CMP_??? */", cmp);
	out_printf(c->out, "|%#x", cmparg);
}

bool kind_futex_val3(struct call *c, unsigned arg, uint16_t param)
{
	unsigned t = taken_by(c);
	uint32_t v = (uint32_t)c->args[arg];

	(void)param;
	if (t & VAL3)
		out_printf(c->out, "%u", v);
	else if (t & WAKE_OP)
		print_wake_op(c, v);
	else if (t & BITS && v == UINT32_MAX)
		print_named(c, "FUTEX_BITSET_MATCH_ANY", v);
	else if (t & (BITS | HEX3))
		out_printf(c->out, "%#x", v);
	return true;
}

static const struct field waitv_fields[] = {
	{ "val", T_A64, F_HEX },
	{ "uaddr", T_A64, F_ADDR },
	{ "flags", T_U32, F_FLAGS, FLAGS_FUTEX2 },
	{ "__reserved", T_U32, F_HEX, .when = NONZERO },
	{ 0 },
};

bool kind_futex_waitv(struct call *c, unsigned arg, uint16_t param)
{
	fields_array(c, arg_ulong(c, arg), arg_length(c, param), true, waitv_fields);
	return true;
}

/* Two: from where and to where. */
bool kind_futex_requeue(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	fields_array(c, arg_ulong(c, arg), 2, false, waitv_fields);
	return true;
}

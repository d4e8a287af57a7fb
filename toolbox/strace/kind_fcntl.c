/* SPDX-License-Identifier: GPL-2.0-only
 * fcntl(2) by command: what the third argument is, and what the result says (linux/fcntl.h).
 */
#include "parts.h"

#include <inttypes.h>

enum { GETLK = 5, SETLK, SETLKW, GETLK64 = 12, SETLK64, SETLKW64, OFD_GETLK = 36, OFD_SETLK, OFD_SETLKW };
enum {
	DUPFD, GETFD, SETFD, GETFL, SETFL, SETOWN = 8, GETOWN, SETSIG, GETSIG, SETOWN_EX = 15,
	GETOWN_EX, GETOWNER_UIDS, SETLEASE = 1024, GETLEASE, NOTIFY, DUPFD_QUERY, CREATED_QUERY,
	CANCELLK, DUPFD_CLOEXEC, SETPIPE_SZ, GETPIPE_SZ, ADD_SEALS, GET_SEALS, GET_RW_HINT, SET_RW_HINT,
	GET_FILE_RW_HINT, SET_FILE_RW_HINT,
};

bool kind_fcntl_cmd(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_enum(c, (unsigned)arg_int(c, arg), FLAGS_FCNTL);
	return true;
}

/* The ABI's own struct flock, and the one of 64-bit lengths that i386 has beside it. */
static const struct field flock_fields[] = {
	{ "l_type", T_U16, F_ENUM, FLAGS_FCNTL_LOCK_TYPE },
	{ "l_whence", T_U16, F_ENUM, FLAGS_SEEK },
	{ "l_start", T_LONG },
	{ "l_len", T_LONG },
	{ "l_pid", T_S32, F_PID },
	{ 0 },
};
static const struct field flock64_fields[] = {
	{ "l_type", T_U16, F_ENUM, FLAGS_FCNTL_LOCK_TYPE },
	{ "l_whence", T_U16, F_ENUM, FLAGS_SEEK },
	{ "l_start", T_S64 },
	{ "l_len", T_S64 },
	{ "l_pid", T_S32, F_PID },
	{ 0 },
};

/* Who holds the lock is told by GETLK only. */
static void print_lock(struct call *c, uint64_t addr, const struct field *f, bool get)
{
	char buf[64];
	size_t n = fields_size(c, f);

	if (get ? read_or_addr(c, addr, buf, n) : read_in(c, addr, buf, n))
		fields_print(c, buf, get ? n : fields_offset(c, f, "l_pid"), f);
}

static const struct field owner_fields[] = {
	{ "type", T_S32, F_ENUM, FLAGS_FCNTL_OWNER }, { "pid", T_S32, F_PID }, { 0 },
};

static bool print_hint(struct call *c, unsigned arg, bool out)
{
	uint64_t addr = arg_ulong(c, arg), hint;

	if (out && !c->exiting)
		return false;
	if (out ? read_or_addr(c, addr, &hint, sizeof(hint)) : read_in(c, addr, &hint, sizeof(hint))) {
		out_putc(c->out, '[');
		print_enum(c, hint, FLAGS_RWH);
		out_putc(c->out, ']');
	}
	return true;
}

bool kind_fcntl_arg(struct call *c, unsigned arg, uint16_t param)
{
	unsigned cmd = (unsigned)arg_int(c, 1), v = (unsigned)arg_int(c, arg);
	uint64_t addr = arg_ulong(c, arg);
	bool get = cmd == GETLK || cmd == GETLK64 || cmd == OFD_GETLK;

	(void)param;
	if (get && !c->exiting)
		return false;
	switch (cmd) {
	case GETLK:
	case SETLK:
	case SETLKW:
		print_lock(c, addr, flock_fields, get);
		return true;
	case GETLK64:
	case SETLK64:
	case SETLKW64:
	case OFD_GETLK:
	case OFD_SETLK:
	case OFD_SETLKW:
		print_lock(c, addr, flock64_fields, get);
		return true;
	case GETFD:
	case GETFL:
	case GETOWN:
	case GETSIG:
	case GETLEASE:
	case GETPIPE_SZ:
	case GET_SEALS:
	case CREATED_QUERY:
		return true;
	case SETFD:
		print_flags(c, v, FLAGS_FD_FLAGS);
		return true;
	case SETFL:
		print_open_flags(c, v);
		return true;
	case SETOWN:
	case SETPIPE_SZ:
	case DUPFD:
	case DUPFD_CLOEXEC:
		out_printf(c->out, "%d", (int)v);
		return true;
	case DUPFD_QUERY:
		print_fd(c, (int)v, false);
		return true;
	case SETSIG:
		print_signal(c, (int)v);
		return true;
	case SETOWN_EX:
		return fields_in(c, arg, owner_fields);
	case GETOWN_EX:
		return fields_out(c, arg, owner_fields);
	case SETLEASE:
		print_enum(c, v, FLAGS_LEASE);
		return true;
	case NOTIFY:
		print_flags(c, v, FLAGS_FCNTL_NOTIFY);
		return true;
	case ADD_SEALS:
		print_flags(c, v, FLAGS_FCNTL_SEAL);
		return true;
	case GET_RW_HINT:
	case GET_FILE_RW_HINT:
		return print_hint(c, arg, true);
	case SET_RW_HINT:
	case SET_FILE_RW_HINT:
		return print_hint(c, arg, false);
	default:
		out_printf(c->out, "%#" PRIx64, addr);
		return true;
	}
}

bool kind_fcntl_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	switch ((unsigned)arg_int(c, 1)) {
	case DUPFD:
	case DUPFD_CLOEXEC:
		print_fd(c, (int)c->ret, false);
		break;
	case GETFD:
		out_printf(c->out, "%#x", (unsigned)c->ret);
		if (c->ret) {
			out_puts(c->out, " (flags ");
			print_flags(c, (unsigned)c->ret, FLAGS_FD_FLAGS);
			out_putc(c->out, ')');
		}
		break;
	case GETFL:
		out_printf(c->out, "%#x (flags ", (unsigned)c->ret);
		print_open_flags(c, (unsigned)c->ret);
		out_putc(c->out, ')');
		break;
	case GET_SEALS:
		out_printf(c->out, "%#x", (unsigned)c->ret);
		if (c->ret) {
			out_puts(c->out, " (seals ");
			print_flags(c, (unsigned)c->ret, FLAGS_FCNTL_SEAL);
			out_putc(c->out, ')');
		}
		break;
	case GETSIG:
		out_printf(c->out, "%d", (int)c->ret);
		if (c->ret) {
			out_puts(c->out, " (");
			print_signal(c, (int)c->ret);
			out_putc(c->out, ')');
		}
		break;
	case GETLEASE:
		out_printf(c->out, "%#x", (unsigned)c->ret);
		out_puts(c->out, " (");
		print_enum(c, (unsigned)c->ret, FLAGS_LEASE);
		out_putc(c->out, ')');
		break;
	default:
		out_printf(c->out, "%" PRId64, c->ret);
	}
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * What a signal carries: siginfo_t by signal and code, and sigevent, which asks for one. Which member
 * of the union is meant follows from both numbers: asm-generic/siginfo.h.
 */
#include "parts.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

enum { INFO_SIZE = 128, EVENT_SIZE = 64, SIGEV_THREAD_ID_NR = 4 };

/* Of the union, whose members begin with pointers or longs. */
struct info {
	const char *u;
	size_t word;
	int signo, code;
};

static int32_t word32(const struct info *i, size_t at)
{
	int32_t v;

	memcpy(&v, i->u + at, sizeof(v));
	return v;
}

static uint64_t pointer(const struct info *i, size_t at)
{
	uint64_t v = 0;

	memcpy(&v, i->u + at, i->word);
	return v;
}

static int64_t sword(const struct info *i, size_t at)
{
	uint64_t v = pointer(i, at);

	return i->word == 4 ? (int32_t)v : (int64_t)v;
}

static uint16_t code_table(int signo)
{
	switch (signo) {
	case SIGTRAP:
		return FLAGS_SI_TRAP;
	case SIGCHLD:
		return FLAGS_SI_CHLD;
	case SIGPOLL:
		return FLAGS_SI_POLL;
	case SIGPROF:
		return FLAGS_SI_PROF;
	case SIGILL:
		return FLAGS_SI_ILL;
	case SIGFPE:
		return FLAGS_SI_FPE;
	case SIGSEGV:
		return FLAGS_SI_SEGV;
	case SIGBUS:
		return FLAGS_SI_BUS;
	case SIGSYS:
		return FLAGS_SI_SYS;
	default:
		return FLAGS_NONE;
	}
}

static void print_code(struct call *c, const struct info *i)
{
	const char *name = flags_name(c, (uint32_t)i->code, FLAGS_SI_CODE);
	uint16_t table = code_table(i->signo);

	if (!name && table != FLAGS_NONE)
		name = flags_name(c, (uint32_t)i->code, table);
	out_puts(c->out, ", si_code=");
	if (name)
		print_named(c, name, (uint32_t)i->code);
	else
		out_hexnum(c->out, (uint32_t)i->code);
}

static void print_sender(struct call *c, const struct info *i)
{
	out_puts(c->out, ", si_pid=");
	print_pid(c, word32(i, 0));
	out_printf(c->out, word32(i, 4) == -1 ? ", si_uid=-1" : ", si_uid=%u", (unsigned)word32(i, 4));
}

static void print_sigval(struct call *c, const struct info *i, size_t at)
{
	out_printf(c->out, ", si_int=%d, si_ptr=", word32(i, at));
	print_addr(c, pointer(i, at));
}

static void print_child(struct call *c, const struct info *i)
{
	size_t times = i->word == 4 ? 12 : 16;

	print_sender(c, i);
	out_puts(c->out, ", si_status=");
	if (i->code == CLD_EXITED)
		out_printf(c->out, "%d", word32(i, 8));
	else
		print_signal(c, word32(i, 8));
	out_puts(c->out, ", si_utime=");
	print_ticks(c, (uint64_t)sword(i, times));
	out_puts(c->out, ", si_stime=");
	print_ticks(c, (uint64_t)sword(i, times + i->word));
}

/* What of the fault is told beside the address. */
static void print_fault(struct call *c, const struct info *i)
{
	size_t more = i->word == 4 ? 4 : 8;

	out_puts(c->out, ", si_addr=");
	print_addr(c, pointer(i, 0));
	if (i->signo == SIGSEGV && i->code == SEGV_BNDERR) {
		out_puts(c->out, ", si_lower=");
		print_addr(c, pointer(i, more + i->word));
		out_puts(c->out, ", si_upper=");
		print_addr(c, pointer(i, more + 2 * i->word));
	}
	if (i->signo == SIGSEGV && i->code == SEGV_PKUERR)
		out_printf(c->out, ", si_pkey=%u", (unsigned)word32(i, more + i->word));
	if (i->signo == SIGBUS && (i->code == BUS_MCEERR_AR || i->code == BUS_MCEERR_AO))
		out_printf(c->out, ", si_addr_lsb=%d", (int16_t)word32(i, more));
}

static void print_seccomp(struct call *c, const struct info *i)
{
	size_t at = i->word;
	uint32_t arch = (uint32_t)word32(i, at + 4);
	int nr = word32(i, at);
	/* AUDIT_ARCH_x */
	enum abi abi = arch == 0xc000003e ? ABI_X86_64 :
		       arch == 0xc00000b7 ? ABI_AARCH64 :
		       arch == 0x40000003 ? ABI_I386 :
					    ABI_COUNT;
	const struct call_row *const *rows = NULL;
	size_t n = 0;

	out_puts(c->out, ", si_call_addr=");
	print_addr(c, pointer(i, 0));
	out_puts(c->out, ", si_syscall=");
	if (abi != ABI_COUNT)
		rows = decode_rows(abi, &n);
	if (nr >= 0 && (size_t)nr < n && rows[nr])
		out_printf(c->out, "__NR_%s", rows[nr]->name);
	else
		out_printf(c->out, "%d", nr);
	out_puts(c->out, ", si_arch=");
	print_enum(c, arch, FLAGS_AUDIT_ARCH);
}

/* Sent by somebody: who, and the value if there is one. */
static void print_sent(struct call *c, const struct info *i, bool sender_always)
{
	if (sender_always || word32(i, 0) || word32(i, 4))
		print_sender(c, i);
	if (pointer(i, 8))
		print_sigval(c, i, 8);
}

static void print_union(struct call *c, const struct info *i)
{
	if (i->code == SI_USER || i->code == SI_TKILL) {
		print_sender(c, i);
		return;
	}
	if (i->code == SI_TIMER) {
		out_printf(c->out, ", si_timerid=%#x, si_overrun=%d", (unsigned)word32(i, 0),
			   word32(i, 4));
		print_sigval(c, i, 8);
		return;
	}
	if (i->code == SI_SIGIO) {
		out_printf(c->out, ", si_band=%" PRId64 ", si_fd=", sword(i, 0));
		print_fd(c, word32(i, i->word), false);
		return;
	}
	if (i->code < 0) {
		print_sent(c, i, true);
		return;
	}
	switch (i->signo) {
	case SIGCHLD:
		print_child(c, i);
		break;
	case SIGILL:
	case SIGFPE:
	case SIGSEGV:
	case SIGBUS:
	case SIGTRAP:
		print_fault(c, i);
		break;
	case SIGPOLL:
		if (i->code >= POLL_IN && i->code <= POLL_HUP) {
			out_printf(c->out, ", si_band=%" PRId64 ", si_fd=", sword(i, 0));
			print_fd(c, word32(i, i->word), false);
		}
		break;
	case SIGSYS:
		print_seccomp(c, i);
		break;
	default:
		print_sent(c, i, false);
	}
}

static void print_info(struct call *c, const char *bytes, size_t word)
{
	struct info i = { bytes + (word == 4 ? 12 : 16), word, 0, 0 };
	int error;

	memcpy(&i.signo, bytes, sizeof(int));
	memcpy(&error, bytes + 4, sizeof(int));
	memcpy(&i.code, bytes + 8, sizeof(int));
	if (!i.signo) {
		out_puts(c->out, "{}");
		return;
	}
	out_puts(c->out, "{si_signo=");
	print_signal(c, i.signo);
	print_code(c, &i);
	if (error) {
		const char *name = error > 0 && error < 4096 ? decode_errno_name(error) : NULL;

		out_puts(c->out, ", si_errno=");
		if (name)
			print_named_dec(c, name, error);
		else
			out_printf(c->out, "%u", (unsigned)error);
	}
	print_union(c, &i);
	out_putc(c->out, '}');
}

void print_siginfo_native(struct call *c, const void *info)
{
	print_info(c, info, sizeof(long));
}

void print_siginfo(struct call *c, uint64_t addr)
{
	char buf[INFO_SIZE];

	if (read_in(c, addr, buf, sizeof(buf)))
		print_info(c, buf, word_size(c));
}

bool kind_siginfo(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_siginfo(c, arg_ulong(c, arg));
	return true;
}

bool kind_osiginfo(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_siginfo(c, arg_ulong(c, arg));
	return true;
}

bool kind_sigwait_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	if (c->ret)
		print_signal(c, (int)c->ret);
	return true;
}

/* --- sigevent --- */

static const struct field sigevent_fields[] = {
	{ "value", T_PTR }, { "signo", T_S32 }, { "notify", T_S32 }, { "function", T_PTR },
	{ "attributes", T_PTR }, { 0 },
};

void print_sigevent(struct call *c, uint64_t addr)
{
	char buf[EVENT_SIZE];
	const struct field *f = sigevent_fields;
	int64_t value;
	int notify, signo;

	if (!read_in(c, addr, buf, fields_size(c, f)))
		return;
	value = fields_get(c, buf, sizeof(buf), f, "value");
	signo = (int)fields_get(c, buf, sizeof(buf), f, "signo");
	notify = (int)fields_get(c, buf, sizeof(buf), f, "notify");
	if (value) {
		out_printf(c->out, "{sigev_value={sival_int=%d, sival_ptr=", (int)value);
		print_addr(c, (uint64_t)value);
		out_puts(c->out, "}, sigev_signo=");
	} else {
		out_puts(c->out, "{sigev_signo=");
	}
	if ((notify == SIGEV_SIGNAL || notify == SIGEV_THREAD || notify == SIGEV_THREAD_ID_NR) && signo >= 0)
		print_signal(c, signo);
	else
		out_printf(c->out, "%u", (unsigned)signo);
	out_puts(c->out, ", sigev_notify=");
	print_enum(c, (uint32_t)notify, FLAGS_SIGEVENT);
	if (notify == SIGEV_THREAD_ID_NR) { /* the thread's number lies where else the function does */
		out_puts(c->out, ", sigev_notify_thread_id=");
		print_pid(c, (pid_t)field_load(c, T_S32, buf + fields_offset(c, f, "function")));
	} else if (notify == SIGEV_THREAD) {
		out_puts(c->out, ", sigev_notify_function=");
		print_addr(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "function"));
		out_puts(c->out, ", sigev_notify_attributes=");
		print_addr(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "attributes"));
	}
	out_putc(c->out, '}');
}

bool kind_sigevent(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_sigevent(c, arg_ulong(c, arg));
	return true;
}

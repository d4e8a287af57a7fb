/* SPDX-License-Identifier: GPL-2.0-only
 * ptrace(2) by request: addr and data (linux/ptrace.h, asm/ptrace.h). General registers are shown by
 * name on x86; floating point and vector registers as an address.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <ctype.h>
#include <inttypes.h>

enum {
	TRACEME, PEEKTEXT, PEEKDATA, PEEKUSR, POKETEXT, POKEDATA, POKEUSR, CONT, KILL, SINGLESTEP, GETREGS = 12,
	SETREGS, GETFPREGS, SETFPREGS, ATTACH, DETACH, GETFPXREGS, SETFPXREGS, SYSCALL = 24, ARCH_PRCTL = 30,
	SYSEMU, SYSEMU_SINGLESTEP, SINGLEBLOCK, SETOPTIONS = 0x4200, GETEVENTMSG, GETSIGINFO, SETSIGINFO,
	GETREGSET, SETREGSET, SEIZE, INTERRUPT, LISTEN, PEEKSIGINFO, GETSIGMASK, SETSIGMASK,
	SECCOMP_GET_FILTER, SECCOMP_GET_METADATA, GET_SYSCALL_INFO, GET_RSEQ_CONFIGURATION,
	SET_SYSCALL_USER_DISPATCH_CONFIG, GET_SYSCALL_USER_DISPATCH_CONFIG, SET_SYSCALL_INFO,
};

static const char *const user_x86_64[] = {
	"R15", "R14", "R13", "R12", "RBP", "RBX", "R11", "R10", "R9", "R8", "RAX", "RCX", "RDX", "RSI", "RDI",
	"ORIG_RAX", "RIP", "CS", "EFLAGS", "RSP", "SS", "FS_BASE", "GS_BASE", "DS", "ES", "FS", "GS",
};
static const char *const user_i386[] = {
	"EBX", "ECX", "EDX", "ESI", "EDI", "EBP", "EAX", "XDS", "XES", "XFS", "XGS", "ORIG_EAX", "EIP", "XCS",
	"EFL", "UESP", "XSS",
};

/* 8*RAX: the place of a register in struct user. */
static void print_user(struct call *c, uint64_t offset)
{
	const char *const *names = c->abi == ABI_I386 ? user_i386 : user_x86_64;
	size_t n = c->abi == ABI_I386 ? countof(user_i386) : c->abi == ABI_X86_64 ? countof(user_x86_64) : 0;
	size_t w = word_size(c);

	if (offset / w >= n || c->opt->constants != CONST_ABBREV)
		out_hexnum(c->out, offset);
	if (offset / w >= n || c->opt->constants == CONST_RAW)
		return;
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " /* ");
	out_printf(c->out, "%zu*%s", w, names[offset / w]);
	if (offset % w)
		out_printf(c->out, "+%u", (unsigned)(offset % w));
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

bool kind_ptrace_pid(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg_int(c, 0) != TRACEME)
		print_pid(c, arg_int(c, arg));
	return true;
}

/* {r15=0, r14=0x1, ...}; PTRACE_GETREGS has the native layout of the caller. */
static bool print_registers(struct call *c, uint64_t addr, bool out)
{
	const char *const *names = c->abi == ABI_I386 ? user_i386 : user_x86_64;
	size_t n = c->abi == ABI_I386 ? countof(user_i386) : countof(user_x86_64), w = word_size(c);
	char buf[countof(user_x86_64) * 8];

	if (out && !c->exiting)
		return false;
	if (c->abi == ABI_AARCH64) {
		print_addr(c, addr);
		return true;
	}
	if (out ? !read_or_addr(c, addr, buf, n * w) : !read_in(c, addr, buf, n * w))
		return true;
	for (size_t i = 0; i < n; i++) {
		out_puts(c->out, i ? ", " : "{");
		for (const char *p = names[i]; *p; p++)
			out_putc(c->out, (char)tolower((unsigned char)*p));
		out_printf(c->out, "=%#" PRIx64, (uint64_t)field_load(c, T_ULONG, buf + i * w));
	}
	out_putc(c->out, '}');
	return true;
}

static const struct field peeksiginfo_fields[] = {
	{ "off", T_U64 }, { "flags", T_U32, F_FLAGS, FLAGS_PTRACE_PEEKSIGINFO }, { "nr", T_S32 }, { 0 },
};

bool kind_ptrace_addr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);

	(void)param;
	switch ((unsigned)arg_int(c, 0)) {
	case TRACEME:
	case KILL:
	case ATTACH:
	case INTERRUPT:
	case LISTEN:
	/* x86 takes data, and strace shows nothing of addr. */
	case GETREGS:
	case SETREGS:
	case GETFPREGS:
	case SETFPREGS:
	case GETFPXREGS:
	case SETFPXREGS:
		return true;
	case PEEKUSR:
	case POKEUSR:
		print_user(c, addr);
		return true;
	case GETREGSET:
	case SETREGSET:
		print_enum(c, addr, FLAGS_PTRACE_REGSET);
		return true;
	case PEEKSIGINFO:
		return fields_in(c, arg, peeksiginfo_fields);
	case GETSIGMASK:
	case SETSIGMASK:
	case SECCOMP_GET_FILTER:
	case SECCOMP_GET_METADATA:
	case GET_SYSCALL_INFO:
		out_printf(c->out, "%" PRIu64, addr);
		return true;
	case GET_RSEQ_CONFIGURATION:
		out_printf(c->out, "%#" PRIx64, addr);
		return true;
	default:
		print_addr(c, addr);
		return true;
	}
}

static const struct field iovec_fields[] = {
	{ "iov_base", T_PTR, F_ADDR }, { "iov_len", T_ULONG }, { 0 },
};

/* The word that a request writes. */
static bool word_out(struct call *c, uint64_t addr)
{
	uint64_t word;

	if (!c->exiting)
		return false;
	if (c->error || !addr || !read_word(c, addr, &word))
		print_addr(c, addr);
	else
		out_putc(c->out, '['), print_addr(c, word), out_putc(c->out, ']');
	return true;
}

/* With PTRACE_O_TRACEEXIT and the like the message is a number. */
static bool message_out(struct call *c, uint64_t addr)
{
	uint64_t word;

	if (!c->exiting)
		return false;
	if (c->error || !addr || !read_word(c, addr, &word))
		print_addr(c, addr);
	else
		out_printf(c->out, "[%" PRIu64 "]", word);
	return true;
}

bool kind_ptrace_data(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t data = arg_ulong(c, arg);

	(void)param;
	switch ((unsigned)arg_int(c, 0)) {
	case TRACEME:
	case KILL:
	case ATTACH:
	case INTERRUPT:
	case LISTEN:
		return true;
	case PEEKTEXT:
	case PEEKDATA:
	case PEEKUSR:
		return word_out(c, data);
	case POKETEXT:
	case POKEDATA:
	case POKEUSR:
		out_printf(c->out, "%#" PRIx64, data);
		return true;
	case GETREGS:
	case SETREGS:
		return print_registers(c, data, (unsigned)arg_int(c, 0) == GETREGS);
	case CONT:
	case SINGLESTEP:
	case SYSCALL:
	case SYSEMU:
	case SYSEMU_SINGLESTEP:
	case SINGLEBLOCK:
	case DETACH:
		print_signal(c, (int)data);
		return true;
	case SETOPTIONS:
	case SEIZE:
		print_flags(c, data, FLAGS_PTRACE_OPTIONS);
		return true;
	case GETEVENTMSG:
		return message_out(c, data);
	case GETSIGINFO:
		return kind_osiginfo(c, arg, 0);
	case SETSIGINFO:
		print_siginfo(c, data);
		return true;
	case GETREGSET:
		if (!c->exiting)
			return false;
		fields_at(c, data, iovec_fields);
		return true;
	case SETREGSET:
		return fields_in(c, arg, iovec_fields);
	case GETSIGMASK:
		if (!c->exiting)
			return false;
		if (c->error)
			print_addr(c, data);
		else
			print_sigset(c, data, arg_ulong(c, 2));
		return true;
	case SETSIGMASK:
		print_sigset(c, data, arg_ulong(c, 2));
		return true;
	default:
		print_addr(c, data);
		return true;
	}
}

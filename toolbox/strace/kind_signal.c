/* SPDX-License-Identifier: GPL-2.0-only
 * Signals: numbers, sets, actions, alternate stacks, and the mask that sigreturn restores. What a
 * signal carries is in kind_siginfo.c. Layouts: asm/signal.h and asm/sigcontext.h of each ABI.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NSIG_BYTES = 8, RTMIN = 32 };

/* Without "SIG"; "RTMIN" and "RT_1" for the kernel's real-time signals; NULL: not a signal. */
static const char *short_name(const struct call *c, int sig, char *buf, size_t size)
{
	const char *name = sig > 0 && sig < RTMIN ? flags_name(c, (uint64_t)sig, FLAGS_SIGNAL) : NULL;

	if (name)
		return name + 3;
	if (sig < RTMIN || sig > NSIG_BYTES * 8)
		return NULL;
	if (sig == RTMIN)
		return "RTMIN";
	snprintf(buf, size, "RT_%d", sig - RTMIN);
	return buf;
}

void print_signal(struct call *c, int sig)
{
	char buf[16], name[24];
	const char *s = short_name(c, sig, buf, sizeof(buf));

	if (!s) {
		out_printf(c->out, "%d", sig);
		return;
	}
	snprintf(name, sizeof(name), "SIG%s", s);
	print_named_dec(c, name, sig);
}

bool kind_signal(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_signal(c, arg_int(c, arg));
	return true;
}

/* As few names as possible: a set of most signals is shown as what is not in it. */
void print_sigset_bytes(struct call *c, const void *set, size_t n)
{
	unsigned char bytes[16] = { 0 };
	unsigned members = 0, nsig;
	const char *sep = "";
	bool invert;

	if (n > sizeof(bytes))
		n = sizeof(bytes);
	memcpy(bytes, set, n);
	/* Sets are words: the rest of one counts as empty. */
	n = (n + 3) / 4 * 4;
	nsig = (unsigned)n * 8;
	for (size_t i = 0; i < n; i++)
		members += (unsigned)__builtin_popcount(bytes[i]);
	invert = members >= nsig * 2 / 3;
	out_puts(c->out, invert ? "~[" : "[");
	for (unsigned sig = 1; sig <= nsig; sig++) {
		bool in = bytes[(sig - 1) / 8] >> (sig - 1) % 8 & 1;
		char buf[16];
		const char *name;

		if (in == invert)
			continue;
		name = short_name(c, (int)sig, buf, sizeof(buf));
		out_puts(c->out, sep);
		if (name)
			print_named_dec(c, name, sig);
		else
			out_udec(c->out, sig);
		sep = " ";
	}
	out_putc(c->out, ']');
}

/* The kernel refuses what is longer than its own; shorter sets exist in sigpending only. */
void print_sigset(struct call *c, uint64_t addr, uint64_t size)
{
	unsigned char set[NSIG_BYTES];

	if (!size || size > sizeof(set)) {
		print_addr(c, addr);
		return;
	}
	if (read_or_addr(c, addr, set, (size_t)size))
		print_sigset_bytes(c, set, (size_t)size);
}

bool kind_sigset(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t size = arg_length(c, param);

	if (size != NSIG_BYTES && size != word_size(c))
		print_addr(c, arg_ulong(c, arg));
	else
		print_sigset(c, arg_ulong(c, arg), size);
	return true;
}

bool kind_osigset(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t size = arg_length(c, param);

	if (!c->exiting)
		return false;
	/* Only sigpending takes a shorter set. */
	if (size != NSIG_BYTES && size != word_size(c) && strcmp(c->row->name, "rt_sigpending") != 0)
		print_addr(c, arg_ulong(c, arg));
	else
		print_sigset(c, arg_ulong(c, arg), size);
	return true;
}

/* The first 32 signals, in a word of memory. */
bool kind_sigset_old(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_sigset(c, arg_ulong(c, arg), 4);
	return true;
}

bool kind_osigset_old(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (!c->exiting)
		return false;
	print_sigset(c, arg_ulong(c, arg), 4);
	return true;
}

/* sigsuspend of i386: two unused arguments, then the set itself. */
bool kind_sigsuspend_old(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t set = (uint32_t)c->args[arg];

	(void)param;
	print_sigset_bytes(c, &set, sizeof(set));
	return true;
}

/* ssetmask of i386: the set itself. */
bool kind_sigmask(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t set = (uint32_t)c->args[arg];

	(void)param;
	print_sigset_bytes(c, &set, sizeof(set));
	return true;
}

/* The result of ssetmask and sgetmask is a set. */
bool kind_sigmask_result(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t set = (uint32_t)c->ret;

	(void)arg, (void)param;
	out_puts(c->out, c->row->n_args ? "old mask " : "mask ");
	print_sigset_bytes(c, &set, sizeof(set));
	return true;
}

/* --- actions --- */

static void show_handler(struct call *c, uint64_t handler)
{
	const char *name = handler == 0 ? "SIG_DFL" : handler == 1 ? "SIG_IGN" : NULL;

	if (handler == UINT64_MAX)
		name = "SIG_ERR";
	if (name)
		print_named(c, name, handler);
	else
		print_addr(c, handler);
}

bool kind_sighandler(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	show_handler(c, arg_ulong(c, arg));
	return true;
}

/* signal(2) of i386 returns the old handler: only the two that are numbers have a name. */
bool kind_sighandler_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	if (c->ret == 0 || c->ret == 1)
		show_handler(c, (uint64_t)c->ret);
	return true;
}

/* The kernel's, not libc's: handler, flags, restorer, mask; the old one of i386: handler, mask,
 * flags, restorer. */
static const struct field action_fields[] = {
	{ "handler", T_PTR }, { "flags", T_ULONG }, { "restorer", T_PTR }, { "mask", T_U8, .count = NSIG_BYTES },
	{ 0 },
};
static const struct field action_old_fields[] = {
	{ "handler", T_PTR }, { "mask", T_U8, .count = 4 }, { "flags", T_ULONG }, { "restorer", T_PTR },
	{ 0 },
};
enum { SA_RESTORER_BIT = 0x04000000 };

static void print_action(struct call *c, uint64_t addr, const struct field *f, size_t set_size)
{
	char buf[64];
	uint64_t flags;

	if (!read_in(c, addr, buf, fields_size(c, f)))
		return;
	flags = (uint64_t)fields_get(c, buf, sizeof(buf), f, "flags");
	out_puts(c->out, "{sa_handler=");
	show_handler(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "handler"));
	out_puts(c->out, ", sa_mask=");
	print_sigset_bytes(c, buf + fields_offset(c, f, "mask"), set_size);
	out_puts(c->out, ", sa_flags=");
	print_flags(c, flags, FLAGS_SIGACTION);
	if (flags & SA_RESTORER_BIT) {
		out_puts(c->out, ", sa_restorer=");
		print_addr(c, (uint64_t)fields_get(c, buf, sizeof(buf), f, "restorer"));
	}
	out_putc(c->out, '}');
}

bool kind_sigaction(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_action(c, arg_ulong(c, arg), action_fields, NSIG_BYTES);
	return true;
}

bool kind_osigaction(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	kind_sigaction(c, arg, param);
	return true;
}

bool kind_sigaction_old(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_action(c, arg_ulong(c, arg), action_old_fields, 4);
	return true;
}

bool kind_osigaction_old(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	if (!filled_in(c, arg, &done))
		return done;
	kind_sigaction_old(c, arg, param);
	return true;
}

/* --- alternate stacks --- */

static const struct field stack_fields[] = {
	{ "ss_sp", T_PTR, F_ADDR },
	{ "ss_flags", T_S32, F_FLAGS, FLAGS_SIGALTSTACK },
	{ "ss_size", T_ULONG },
	{ 0 },
};

bool kind_sigaltstack(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, stack_fields);
}

bool kind_osigaltstack(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, stack_fields);
}

/* --- sigreturn --- */

/* Where the mask lies above the stack pointer. x86's handlers return by popping the frame's first
 * word; sigreturn's restorer of i386 pops the signal's number, too. */
enum {
	MASK_X86_64 = 8 + 8 + 24 + 256,
	MASK_I386_RT = 4 + 4 + 4 + 128 + 4 + 4 + 12 + 88,
	MASK_AARCH64 = 128 + 8 + 8 + 24,
	MASK_I386_OLD = 80,
	MASK_I386_OLD_MORE = 88 + 624,
};

bool kind_sigreturn(struct call *c, unsigned arg, uint16_t param)
{
	static const unsigned at[ABI_COUNT] = { MASK_X86_64, MASK_I386_RT, MASK_AARCH64 };
	unsigned char set[NSIG_BYTES];
	bool known, whole = true; /* in one place, which has an address */

	(void)arg, (void)param;

	if (c->abi == ABI_I386 && !strcmp(c->row->name, "sigreturn")) {
		whole = false;
		known = mem_read(c, c->sp + MASK_I386_OLD, set, 4) &&
			mem_read(c, c->sp + MASK_I386_OLD_MORE, set + 4, 4);
	} else {
		known = mem_read(c, c->sp + at[c->abi], set, sizeof(set));
	}
	if (known) {
		out_puts(c->out, "{mask=");
		if (call_verbose(c) || !whole)
			print_sigset_bytes(c, set, sizeof(set));
		else
			print_addr(c, c->sp + at[c->abi]);
		out_putc(c->out, '}');
	} else {
		print_addr(c, c->sp);
	}
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * Processes: how they ended, their limits, capabilities, personality, comparisons, and lists that the
 * kernel keeps for them.
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* --- wait --- */

/* Names of signals without regard to -X. */
static void put_signal(struct call *c, unsigned sig)
{
	const struct decode_options *outer = c->opt;
	struct decode_options plain = *outer;

	plain.constants = CONST_ABBREV;
	c->opt = &plain;
	print_signal(c, (int)sig);
	c->opt = outer;
}

/* By hand: musl's macros and glibc's do not agree on statuses that the kernel does not make. */
static void print_status(struct call *c, unsigned status)
{
	enum { STOPPED = 0x7f, CONTINUED = 0xffff, CORE = 0x80, TRACED = 0x80 };
	unsigned sig = status & 0x7f, code = status >> 8 & 0xff;

	out_putc(c->out, '[');
	if ((status & 0xff) == STOPPED) {
		out_puts(c->out, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		put_signal(c, code & ~(unsigned)TRACED);
		out_puts(c->out, code & TRACED ? " | 0x80}" : "}");
		status &= ~0xffffu;
	} else if (sig && sig != STOPPED) {
		out_puts(c->out, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		put_signal(c, sig);
		out_puts(c->out, status & CORE ? " && WCOREDUMP(s)}" : "}");
		status &= ~0xffu;
	} else if (!sig) {
		out_printf(c->out, "{WIFEXITED(s) && WEXITSTATUS(s) == %u}", code);
		status &= ~0xff7fu;
	} else if (status == CONTINUED) {
		out_puts(c->out, "{WIFCONTINUED(s)}");
		status = 0;
	} else {
		out_printf(c->out, "%#x]", status);
		return;
	}
	if (status >> 16) {
		out_putc(c->out, '|');
		print_enum(c, status >> 16, FLAGS_PTRACE_EVENT);
		out_puts(c->out, "<<16");
	}
	if (status & 0xffff)
		out_printf(c->out, "|%#x", status & 0xffff);
	out_putc(c->out, ']');
}

bool kind_wait_status(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg);
	int32_t status;

	(void)param;
	if (!c->exiting)
		return false;
	/* With WNOHANG nobody may have ended: then nothing was written. */
	if (c->ret != 0 && read_or_addr(c, addr, &status, sizeof(status)))
		print_status(c, (unsigned)status);
	else if (c->ret == 0)
		print_addr(c, addr);
	return true;
}

bool kind_orusage(struct call *c, unsigned arg, uint16_t param)
{
	bool of_wait4 = arg == 3;

	(void)param;
	if (!c->exiting)
		return false;
	if (of_wait4 && c->ret == 0)
		print_addr(c, arg_ulong(c, arg));
	else
		fields_out(c, arg, rusage_fields);
	return true;
}

bool kind_waitid_id(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (arg_int(c, 0) == 3) /* P_PIDFD */
		print_fd(c, arg_int(c, arg), false);
	else
		print_pid(c, arg_int(c, arg));
	return true;
}

/* --- limits --- */

static void show_limit(struct call *c, uint64_t v, uint64_t infinity, const char *name)
{
	bool named = v == infinity, kilo = !named && v > 1024 && v % 1024 == 0;

	if ((!named && !kilo) || c->opt->constants != CONST_ABBREV)
		out_udec(c->out, v);
	if ((!named && !kilo) || c->opt->constants == CONST_RAW)
		return;
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " /* ");
	if (named)
		out_puts(c->out, name);
	else
		out_printf(c->out, "%" PRIu64 "*1024", v / 1024);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

static void show_word_limit(struct call *c, const void *p, const void *all)
{
	uint64_t v = (uint64_t)field_load(c, T_ULONG, p);

	(void)all;
	if (word_size(c) == 4)
		show_limit(c, v, UINT32_MAX, "RLIM_INFINITY");
	else
		show_limit(c, v, UINT64_MAX, "RLIM64_INFINITY");
}

static void show_limit64(struct call *c, const void *p, const void *all)
{
	(void)all;
	show_limit(c, (uint64_t)field_load(c, T_U64, p), UINT64_MAX, "RLIM64_INFINITY");
}

static const struct field rlimit_fields[] = {
	{ "rlim_cur", T_ULONG, F_SHOW, .show = show_word_limit },
	{ "rlim_max", T_ULONG, F_SHOW, .show = show_word_limit },
	{ 0 },
};
static const struct field rlimit64_fields[] = {
	{ "rlim_cur", T_U64, F_SHOW, .show = show_limit64 },
	{ "rlim_max", T_U64, F_SHOW, .show = show_limit64 },
	{ 0 },
};

bool kind_rlimit(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, rlimit_fields);
}

bool kind_orlimit(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, rlimit_fields);
}

bool kind_rlimit64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, rlimit64_fields);
}

bool kind_orlimit64(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_out(c, arg, rlimit64_fields);
}

/* --- capabilities --- */

enum { CAP_VERSION_2 = 0x20071026, CAP_VERSION_3 = 0x20080522 };

static const struct field cap_header_fields[] = {
	{ "version", T_U32, F_ENUM, FLAGS_CAP_VERSION }, { "pid", T_S32, F_PID }, { 0 },
};

bool kind_cap_header(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	return fields_in(c, arg, cap_header_fields);
}

/* 1<<CAP_CHOWN|1<<CAP_KILL: capabilities are numbers of bits. */
void print_caps(struct call *c, uint64_t set)
{
	bool raw = c->opt->constants == CONST_RAW, verbose = c->opt->constants == CONST_VERBOSE;
	const char *sep = "";

	if (!set || raw) {
		out_printf(c->out, "%#" PRIx64, set);
		return;
	}
	if (verbose)
		out_printf(c->out, "%#" PRIx64 " /* ", set);
	for (unsigned bit = 0; bit < 64; bit++) {
		const char *name;

		if (!(set >> bit & 1))
			continue;
		name = flags_name(c, bit, FLAGS_CAP);
		if (!name) {
			out_printf(c->out, "%s%#" PRIx64, sep, set >> bit << bit);
			break;
		}
		out_printf(c->out, "%s1<<%s", sep, name);
		sep = "|";
	}
	if (verbose)
		out_puts(c->out, " */");
}

static void print_cap_data(struct call *c, unsigned arg)
{
	uint64_t addr = arg_ulong(c, arg);
	uint32_t version, data[6] = { 0 };
	bool two;

	/* The header says how long the data is. */
	if (!mem_read(c, arg_ulong(c, 0), &version, sizeof(version))) {
		print_addr(c, addr);
		return;
	}
	two = version == CAP_VERSION_2 || version == CAP_VERSION_3;
	if (!read_in(c, addr, data, two ? 24 : 12))
		return;
	out_puts(c->out, "{effective=");
	print_caps(c, data[0] | (uint64_t)data[3] << 32);
	out_puts(c->out, ", permitted=");
	print_caps(c, data[1] | (uint64_t)data[4] << 32);
	out_puts(c->out, ", inheritable=");
	print_caps(c, data[2] | (uint64_t)data[5] << 32);
	out_putc(c->out, '}');
}

bool kind_cap_data(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_cap_data(c, arg);
	return true;
}

bool kind_ocap_data(struct call *c, unsigned arg, uint16_t param)
{
	bool done;

	(void)param;
	if (!filled_in(c, arg, &done))
		return done;
	print_cap_data(c, arg);
	return true;
}

/* --- personality --- */

static void print_personality(struct call *c, uint32_t v)
{
	uint32_t flags = v & 0xffffff00, base = v & 0xff;

	/* Some have flags of their own. */
	if (flags_name(c, v, FLAGS_PERSONALITY)) {
		print_enum(c, v, FLAGS_PERSONALITY);
		return;
	}
	print_enum(c, base, FLAGS_PERSONALITY);
	if (flags) {
		out_putc(c->out, '|');
		print_flags(c, flags, FLAGS_PERSONALITY_FLAGS);
	}
}

bool kind_personality(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t v = (uint32_t)c->args[arg];

	(void)param;
	if (v == UINT32_MAX)
		out_printf(c->out, "%#x", v);
	else
		print_personality(c, v);
	return true;
}

bool kind_personality_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	print_personality(c, (uint32_t)c->ret);
	return true;
}

/* --- comparisons and lists --- */

static const struct field kcmp_slot_fields[] = {
	{ "efd", T_U32, F_FD }, { "tfd", T_U32, F_FD }, { "toff", T_U32 }, { 0 },
};

bool kind_kcmp_arg(struct call *c, unsigned arg, uint16_t param)
{
	enum { FILE_TYPE = 0, EPOLL_TFD = 7 };
	unsigned type = (unsigned)arg_int(c, 2);

	(void)param;
	if (type == FILE_TYPE || (type == EPOLL_TFD && arg == 3))
		print_fd(c, arg_int(c, arg), false);
	else if (type == EPOLL_TFD)
		fields_in(c, arg, kcmp_slot_fields);
	else if (type > EPOLL_TFD)
		out_printf(c->out, "%#" PRIx64, arg_ulong(c, arg));
	return true;
}

/* A pointer behind a pointer, which the call fills. */
bool kind_optr(struct call *c, unsigned arg, uint16_t param)
{
	uint64_t addr = arg_ulong(c, arg), value;

	(void)param;
	if (!c->exiting)
		return false;
	if (c->error || !addr || !read_word(c, addr, &value)) {
		print_addr(c, addr);
		return true;
	}
	out_putc(c->out, '[');
	print_addr(c, value);
	out_putc(c->out, ']');
	return true;
}

static bool print_iovec_addr(struct call *c, const void *element, void *ctx)
{
	size_t w = word_size(c);

	(void)ctx;
	out_puts(c->out, "{iov_base=");
	print_addr(c, (uint64_t)field_load(c, T_ULONG, element));
	out_printf(c->out, ", iov_len=%" PRIu64 "}",
		   (uint64_t)field_load(c, T_ULONG, (const char *)element + w));
	return true;
}

void print_iovec_addrs(struct call *c, uint64_t addr, uint64_t n)
{
	print_array(c, addr, n, 2 * word_size(c), true, print_iovec_addr, NULL);
}

/* Of memory that is not this process's: addresses only. */
bool kind_iovec_addr(struct call *c, unsigned arg, uint16_t param)
{
	print_iovec_addrs(c, arg_ulong(c, arg), arg_length(c, param));
	return true;
}

/* The CPU counts only when a flag says so. */
bool kind_membarrier_cpu(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	if (c->args[1] & 1) /* MEMBARRIER_CMD_FLAG_CPU */
		out_printf(c->out, "%d", arg_int(c, arg));
	return true;
}

bool kind_membarrier_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	if (c->args[0] == 0 && c->ret) { /* MEMBARRIER_CMD_QUERY */
		out_printf(c->out, "%#" PRIx64 " (", (uint64_t)c->ret);
		print_flags(c, (uint64_t)c->ret, FLAGS_MEMBARRIER);
		out_putc(c->out, ')');
	} else {
		out_printf(c->out, "%" PRId64, c->ret);
	}
	return true;
}

static void print_ioprio_parts(struct call *c, uint32_t v)
{
	out_puts(c->out, "IOPRIO_PRIO_VALUE(");
	print_enum(c, v >> 13, FLAGS_IOPRIO_CLASS);
	out_printf(c->out, ", %u)", v & 0x1fff);
}

void print_ioprio(struct call *c, uint32_t v, bool hex)
{
	if (c->opt->constants != CONST_ABBREV)
		out_printf(c->out, hex && v ? "%#x" : "%u", v);
	if (c->opt->constants == CONST_RAW)
		return;
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " /* ");
	print_ioprio_parts(c, v);
	if (c->opt->constants == CONST_VERBOSE)
		out_puts(c->out, " */");
}

bool kind_ioprio(struct call *c, unsigned arg, uint16_t param)
{
	(void)param;
	print_ioprio(c, (uint32_t)c->args[arg], false);
	return true;
}

bool kind_ioprio_result(struct call *c, unsigned arg, uint16_t param)
{
	(void)arg, (void)param;
	if (c->opt->constants != CONST_RAW)
		print_ioprio_parts(c, (uint32_t)c->ret);
	return true;
}

/* SPDX-License-Identifier: GPL-2.0-only
 * prctl(2) and arch_prctl(2): a row an option says what its arguments are (linux/prctl.h).
 */
#include "parts.h"

#include "toolbox/lib/base.h"

#include <inttypes.h>
#include <linux/prctl.h>
#include <string.h>

/* One letter an argument behind the option:
 *   u d x  decimal, int, hex        s signal        a address       c capability
 *   E F    name, flags of table 1   e f of table 2
 *   S N    name of a thread given, asked for        P path-like string
 *   I G O V W  what the call wrote: int, signal, name of table 1, flags of table 1, address
 *   T      tagged addresses and memory tags         K kind of process of PR_SCHED_CORE
 * and of the result: 0 a number, E a name of table 1, F flags of table 1 in hex. */
struct option {
	uint32_t nr;
	const char *args;
	char result;
	uint16_t table1, table2;
};

static const struct option options[] = {
	{ PR_SET_PDEATHSIG, "s", 0, 0, 0 },
	{ PR_GET_PDEATHSIG, "G", 0, 0, 0 },
	{ PR_GET_DUMPABLE, "", 'E', FLAGS_SUID_DUMP, 0 },
	{ PR_SET_DUMPABLE, "E", 0, FLAGS_SUID_DUMP, 0 },
	{ PR_GET_UNALIGN, "V", 0, FLAGS_PRCTL_UNALIGN, 0 },
	{ PR_SET_UNALIGN, "F", 0, FLAGS_PRCTL_UNALIGN, 0 },
	{ PR_GET_KEEPCAPS, "", 0, 0, 0 },
	{ PR_SET_KEEPCAPS, "u", 0, 0, 0 },
	{ PR_GET_FPEMU, "I", 0, 0, 0 },
	{ PR_SET_FPEMU, "u", 0, 0, 0 },
	{ PR_GET_FPEXC, "I", 0, 0, 0 },
	{ PR_SET_FPEXC, "u", 0, 0, 0 },
	{ PR_GET_TIMING, "", 0, 0, 0 },
	{ PR_SET_TIMING, "u", 0, 0, 0 },
	{ PR_SET_NAME, "S", 0, 0, 0 },
	{ PR_GET_NAME, "N", 0, 0, 0 },
	{ PR_GET_ENDIAN, "I", 0, 0, 0 },
	{ PR_SET_ENDIAN, "u", 0, 0, 0 },
	{ PR_GET_SECCOMP, "", 0, 0, 0 },
	{ PR_CAPBSET_READ, "c", 0, 0, 0 },
	{ PR_CAPBSET_DROP, "c", 0, 0, 0 },
	{ PR_GET_TSC, "O", 0, FLAGS_PRCTL_TSC, 0 },
	{ PR_SET_TSC, "E", 0, FLAGS_PRCTL_TSC, 0 },
	{ PR_GET_SECUREBITS, "", 'F', FLAGS_SECUREBITS, 0 },
	{ PR_SET_SECUREBITS, "F", 0, FLAGS_SECUREBITS, 0 },
	{ PR_SET_TIMERSLACK, "u", 0, 0, 0 },
	{ PR_GET_TIMERSLACK, "", 0, 0, 0 },
	{ PR_TASK_PERF_EVENTS_DISABLE, "", 0, 0, 0 },
	{ PR_TASK_PERF_EVENTS_ENABLE, "", 0, 0, 0 },
	{ PR_MCE_KILL, "Eexx", 0, FLAGS_PRCTL_MCE_KILL, FLAGS_PRCTL_MCE_POLICY },
	{ PR_MCE_KILL_GET, "xxxx", 'E', FLAGS_PRCTL_MCE_POLICY, 0 },
	{ PR_SET_MM, "Exxx", 0, FLAGS_PRCTL_SET_MM, 0 },
	{ PR_SET_CHILD_SUBREAPER, "u", 0, 0, 0 },
	{ PR_GET_CHILD_SUBREAPER, "I", 0, 0, 0 },
	{ PR_SET_NO_NEW_PRIVS, "uxxx", 0, 0, 0 },
	{ PR_GET_NO_NEW_PRIVS, "xxxx", 0, 0, 0 },
	{ PR_GET_TID_ADDRESS, "W", 0, 0, 0 },
	{ PR_SET_THP_DISABLE, "uxxx", 0, 0, 0 },
	{ PR_GET_THP_DISABLE, "xxxx", 0, 0, 0 },
	{ PR_SET_FP_MODE, "F", 0, FLAGS_PRCTL_FP_MODE, 0 },
	{ PR_GET_FP_MODE, "", 'F', FLAGS_PRCTL_FP_MODE, 0 },
	{ PR_CAP_AMBIENT, "Ecxx", 0, FLAGS_PRCTL_CAP_AMBIENT, 0 },
	{ PR_SVE_SET_VL, "F", 'F', FLAGS_PRCTL_SVE, 0 },
	{ PR_SVE_GET_VL, "", 'F', FLAGS_PRCTL_SVE, 0 },
	{ PR_GET_SPECULATION_CTRL, "e", 'F', FLAGS_PRCTL_SPEC_CONTROL, FLAGS_PRCTL_SPECULATION },
	{ PR_SET_SPECULATION_CTRL, "eF", 0, FLAGS_PRCTL_SPEC_CONTROL, FLAGS_PRCTL_SPECULATION },
	{ PR_PAC_RESET_KEYS, "Fxxx", 0, FLAGS_PRCTL_PAC_KEYS, 0 },
	{ PR_SET_TAGGED_ADDR_CTRL, "Txxx", 0, 0, 0 },
	{ PR_GET_TAGGED_ADDR_CTRL, "xxxx", 'T', FLAGS_PRCTL_TAGGED_ADDR, 0 },
	{ 57 /* PR_SET_IO_FLUSHER */, "uxxx", 0, 0, 0 },
	{ 58 /* PR_GET_IO_FLUSHER */, "xxxx", 0, 0, 0 },
	{ 60 /* PR_PAC_SET_ENABLED_KEYS */, "FFxx", 0, FLAGS_PRCTL_PAC_KEYS, 0 },
	{ 61 /* PR_PAC_GET_ENABLED_KEYS */, "xxxx", 'F', FLAGS_PRCTL_PAC_KEYS, 0 },
	{ 62 /* PR_SCHED_CORE */, "EdKa", 0, FLAGS_PRCTL_SCHED_CORE, 0 },
	{ 63 /* PR_SME_SET_VL */, "F", 'F', FLAGS_PRCTL_SME, 0 },
	{ 64 /* PR_SME_GET_VL */, "", 'F', FLAGS_PRCTL_SME, 0 },
};

static const struct option *find(uint32_t nr)
{
	for (size_t i = 0; i < countof(options); i++)
		if (options[i].nr == nr)
			return &options[i];
	return NULL;
}

enum { NAME_SIZE = 16 };

/* A name of a task, with "..." when no NUL is within room bytes, or within what -s allows. */
static void print_name_of(struct call *c, uint64_t addr, size_t room)
{
	char buf[NAME_SIZE + 1];
	bool cut;
	size_t limit = c->opt->string_limit;

	/* One byte more says whether it ends there. */
	if (room > limit + 2)
		room = limit + 2;
	ssize_t n = mem_string(c, addr, buf, room, &cut);
	if (n > (ssize_t)limit) {
		n = (ssize_t)limit;
		cut = true;
	}
	if (n < 0) {
		print_addr(c, addr);
		return;
	}
	out_quoted(c->out, buf, (size_t)n, c->opt->hex, false);
	out_puts(c->out, cut ? "..." : "");
}

/* The kernel ends what it writes with a NUL: what has none is not its work. */
static void print_read_name(struct call *c, uint64_t addr)
{
	print_name_of(c, addr, NAME_SIZE + 1);
}

/* As strace does, a name of exactly 15 bytes looks cut, too. */
static void print_name(struct call *c, uint64_t addr)
{
	print_name_of(c, addr, NAME_SIZE);
}

/* What the call wrote behind a pointer: [1], [SIGHUP]. */
static void print_written(struct call *c, uint64_t addr, char what, uint16_t table)
{
	uint64_t word = 0;
	uint32_t value = 0;

	if (c->error || !addr || !call_verbose(c) ||
	    !(what == 'W' ? read_word(c, addr, &word) : mem_read(c, addr, &value, sizeof(value)))) {
		print_addr(c, addr);
		return;
	}
	out_putc(c->out, '[');
	if (what == 'W')
		print_addr(c, word);
	else if (what == 'G')
		print_signal(c, (int)value);
	else if (what == 'O')
		print_enum(c, value, table);
	else if (what == 'V')
		print_flags(c, value, table);
	else
		out_printf(c->out, "%d", (int)value);
	out_putc(c->out, ']');
}

static void print_tagged(struct call *c, uint64_t v)
{
	enum { TCF_MASK = 6 };

	if (v & ~(uint64_t)TCF_MASK) {
		print_flags(c, v & ~(uint64_t)TCF_MASK, FLAGS_PRCTL_TAGGED_ADDR);
		out_putc(c->out, '|');
	}
	print_enum(c, v & TCF_MASK, FLAGS_PRCTL_MTE_TCF);
}

static void print_letter(struct call *c, const struct option *o, char what, unsigned arg)
{
	static const char *const pidtype[] = { "PIDTYPE_PID", "PIDTYPE_TGID", "PIDTYPE_PGID" };
	uint64_t v = arg_ulong(c, arg);

	switch (what) {
	case 'u':
		out_printf(c->out, "%" PRIu64, v);
		break;
	case 'd':
		out_printf(c->out, "%d", (int)v);
		break;
	case 's':
		print_signal(c, (int)v);
		break;
	case 'a':
		print_addr(c, v);
		break;
	case 'c':
		if (o->nr == PR_CAP_AMBIENT && (arg_ulong(c, 1) < PR_CAP_AMBIENT_IS_SET ||
						arg_ulong(c, 1) > PR_CAP_AMBIENT_LOWER))
			out_printf(c->out, "%#" PRIx64, v);
		else
			print_enum(c, v, FLAGS_CAP);
		break;
	case 'E':
		print_enum(c, v, o->table1);
		break;
	case 'F':
		print_flags(c, v, o->table1);
		break;
	case 'e':
		/* PR_MCE_KILL_CLEAR has no second one. */
		if (o->nr == PR_MCE_KILL && arg_ulong(c, 1) != PR_MCE_KILL_SET)
			out_printf(c->out, "%#" PRIx64, v);
		else
			print_enum(c, v, o->table2);
		break;
	case 'S':
		print_name(c, v);
		break;
	case 'N':
		if (c->error)
			print_addr(c, v);
		else
			print_read_name(c, v);
		break;
	case 'T':
		print_tagged(c, v);
		break;
	case 'K':
		out_printf(c->out, "%#" PRIx64, v);
		if (v < countof(pidtype))
			out_printf(c->out, " /* %s */", pidtype[v]);
		break;
	case 'x':
		out_printf(c->out, "%#" PRIx64, v);
		break;
	default:
		print_written(c, v, what, o->table1);
	}
}

static bool prctl_seccomp(struct call *c)
{
	uint64_t mode = arg_ulong(c, 1);

	out_puts(c->out, ", ");
	print_enum(c, mode, FLAGS_SECCOMP_MODE);
	if (mode == 1) /* SECCOMP_MODE_STRICT */
		return true;
	if (mode == 2) {
		out_puts(c->out, ", ");
		print_seccomp_filter(c, arg_ulong(c, 2));
		return true;
	}
	for (unsigned i = 2; i < 5; i++)
		out_printf(c->out, ", %#" PRIx64, arg_ulong(c, i));
	return true;
}

/* PR_SET_VMA_ANON_NAME, start, length, name */
static bool prctl_vma(struct call *c)
{
	out_puts(c->out, arg_ulong(c, 1) == 0 ? ", PR_SET_VMA_ANON_NAME" : "");
	if (arg_ulong(c, 1))
		out_printf(c->out, ", %#" PRIx64 " /* PR_SET_VMA_??? */", arg_ulong(c, 1));
	out_puts(c->out, ", ");
	print_addr(c, arg_ulong(c, 2));
	out_printf(c->out, ", %" PRIu64 ", ", arg_ulong(c, 3));
	print_string(c, arg_ulong(c, 4));
	return true;
}

/* 59: PR_SET_SYSCALL_USER_DISPATCH, on or off, start, length, where the switch lies */
static bool prctl_dispatch(struct call *c)
{
	uint64_t on = arg_ulong(c, 1);

	out_puts(c->out, on == 1 ? ", PR_SYS_DISPATCH_ON" : on == 0 ? ", PR_SYS_DISPATCH_OFF" : "");
	if (on > 1)
		out_printf(c->out, ", %#" PRIx64 " /* PR_SYS_DISPATCH_??? */", on);
	out_printf(c->out, ", %#" PRIx64 ", %#" PRIx64 ", ", arg_ulong(c, 2), arg_ulong(c, 3));
	if (on == 1 || arg_ulong(c, 4))
		out_printf(c->out, "%#" PRIx64, arg_ulong(c, 4));
	else
		out_putc(c->out, '0');
	return true;
}

/* prctl's option and all that follows it. */
bool kind_prctl(struct call *c, unsigned arg, uint16_t param)
{
	uint32_t nr = (uint32_t)c->args[arg];
	const struct option *o = find(nr);
	unsigned i = 0;

	(void)param;
	if (!c->exiting) {
		print_enum(c, nr, FLAGS_PRCTL);
		if (nr == PR_SET_SECCOMP)
			return prctl_seccomp(c);
		if (nr == PR_SET_VMA)
			return prctl_vma(c);
		if (nr == 59)
			return prctl_dispatch(c);
		if (!o) {
			for (i = 1; i < 5; i++)
				out_printf(c->out, ", %#" PRIx64, arg_ulong(c, i));
			return true;
		}
	}
	if (!o)
		return true;
	if (c->exiting)
		i = (unsigned)c->keep[arg];
	/* keep: how many letters were printed at entry; what the call writes waits. */
	for (; o->args[i]; i++) {
		if (!c->exiting && strchr("IGOVWN", o->args[i])) {
			c->keep[arg] = i;
			return false;
		}
		out_puts(c->out, ", ");
		print_letter(c, o, o->args[i], i + 1);
	}
	return true;
}

bool kind_prctl_result(struct call *c, unsigned arg, uint16_t param)
{
	const struct option *o = find((uint32_t)c->args[arg]);
	const char *name;

	(void)param;
	if (!o || !o->result || (o->result != 'E' && !c->ret)) {
		out_printf(c->out, "%" PRId64, c->ret);
		return true;
	}
	if (o->result == 'E') {
		name = flags_name(c, (uint64_t)c->ret, o->table1);
		out_printf(c->out, "%" PRId64, c->ret);
		if (name)
			out_printf(c->out, " (%s)", name);
		return true;
	}
	out_printf(c->out, "%#" PRIx64 " (", (uint64_t)c->ret);
	if (o->result == 'T')
		print_tagged(c, (uint64_t)c->ret);
	else
		print_flags(c, (uint64_t)c->ret, o->table1);
	out_putc(c->out, ')');
	return true;
}

/* --- arch_prctl(2) of x86 --- */

bool kind_arch_prctl_arg(struct call *c, unsigned arg, uint16_t param)
{
	enum { SET_GS = 0x1001, SET_FS, GET_FS, GET_GS, GET_CPUID = 0x1011, SET_CPUID,
	       GET_XCOMP_SUPP = 0x1021, GET_XCOMP_PERM, REQ_XCOMP_PERM, GET_XCOMP_GUEST_PERM,
	       REQ_XCOMP_GUEST_PERM };
	unsigned code = (unsigned)arg_int(c, 0);
	uint64_t addr = arg_ulong(c, arg), v;

	(void)param;
	switch (code) {
	case GET_CPUID:
		return true;
	case SET_CPUID:
		out_printf(c->out, "%#" PRIx64, addr);
		return true;
	case GET_FS:
	case GET_GS:
		if (!c->exiting)
			return false;
		if (c->error || !read_word(c, addr, &v)) {
			print_addr(c, addr);
		} else {
			out_putc(c->out, '[');
			print_addr(c, v);
			out_putc(c->out, ']');
		}
		return true;
	case GET_XCOMP_SUPP:
	case GET_XCOMP_PERM:
	case GET_XCOMP_GUEST_PERM:
		if (!c->exiting)
			return false;
		if (c->error || !mem_read(c, addr, &v, sizeof(v))) {
			print_addr(c, addr);
		} else {
			out_printf(c->out, "[%#" PRIx64, v);
			out_puts(c->out, v ? " /* " : "");
			if (v)
				print_flags(c, v, FLAGS_XFEATURE_MASK);
			out_puts(c->out, v ? " */]" : "]");
		}
		return true;
	case REQ_XCOMP_PERM:
	case REQ_XCOMP_GUEST_PERM:
		print_enum(c, addr, FLAGS_XFEATURE);
		return true;
	default:
		out_printf(c->out, "%#" PRIx64, addr);
		return true;
	}
}

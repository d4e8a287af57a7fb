/* SPDX-License-Identifier: GPL-2.0-only
 * The providers whose probes are few: dtrace, profile, proc, sched, io. Names and arguments are those of the DTrace
 * guide's chapters about them; probes of Solaris that Linux has nothing for (CPU caps, schedctl) are left out.
 */
#include "tables.h"

#include "toolbox/lib/base.h"

#define ARGS(...) (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)
#define NO_ARGS NULL, 0

static const struct prov_row dtrace_rows[] = {
	{ "BEGIN", NO_ARGS, PROV_BEGIN },
	{ "END", NO_ARGS, PROV_END },
	{ "ERROR", NO_ARGS, PROV_ERROR },
};

static const struct prov_row profile_rows[] = {
	{ "profile-97", NO_ARGS, PROV_PROFILE },   { "profile-199", NO_ARGS, PROV_PROFILE },
	{ "profile-499", NO_ARGS, PROV_PROFILE },  { "profile-997", NO_ARGS, PROV_PROFILE },
	{ "profile-1999", NO_ARGS, PROV_PROFILE }, { "profile-4001", NO_ARGS, PROV_PROFILE },
	{ "profile-4999", NO_ARGS, PROV_PROFILE }, { "tick-1", NO_ARGS, PROV_TICK },
	{ "tick-10", NO_ARGS, PROV_TICK },	   { "tick-100", NO_ARGS, PROV_TICK },
	{ "tick-500", NO_ARGS, PROV_TICK },	   { "tick-1000", NO_ARGS, PROV_TICK },
	{ "tick-5000", NO_ARGS, PROV_TICK },
};

static const struct prov_row proc_rows[] = {
	{ "create", ARGS("psinfo_t *"), PROV_PROC },
	{ "exec", ARGS("char *"), PROV_PROC },
	{ "exec-failure", ARGS("int"), PROV_PROC },
	{ "exec-success", NO_ARGS, PROV_PROC },
	{ "exit", ARGS("int"), PROV_PROC },
	{ "fault", ARGS("int", "siginfo_t *"), PROV_PROC },
	{ "lwp-create", ARGS("lwpsinfo_t *", "psinfo_t *"), PROV_PROC },
	{ "lwp-exit", NO_ARGS, PROV_PROC },
	{ "lwp-start", NO_ARGS, PROV_PROC },
	{ "signal-clear", ARGS("int", "siginfo_t *"), PROV_PROC },
	{ "signal-discard", ARGS("lwpsinfo_t *", "psinfo_t *", "int"), PROV_PROC },
	{ "signal-handle", ARGS("int", "siginfo_t *", "void *"), PROV_PROC },
	{ "signal-send", ARGS("lwpsinfo_t *", "psinfo_t *", "int"), PROV_PROC },
	{ "start", NO_ARGS, PROV_PROC },
};

static const struct prov_row sched_rows[] = {
	{ "change-pri", ARGS("lwpsinfo_t *", "psinfo_t *", "int"), PROV_SCHED },
	{ "dequeue", ARGS("lwpsinfo_t *", "psinfo_t *", "cpuinfo_t *"), PROV_SCHED },
	{ "enqueue", ARGS("lwpsinfo_t *", "psinfo_t *", "cpuinfo_t *", "int"), PROV_SCHED },
	{ "off-cpu", ARGS("lwpsinfo_t *", "psinfo_t *"), PROV_SCHED },
	{ "on-cpu", NO_ARGS, PROV_SCHED },
	{ "preempt", NO_ARGS, PROV_SCHED },
	{ "remain-cpu", NO_ARGS, PROV_SCHED },
	{ "sleep", NO_ARGS, PROV_SCHED },
	{ "surrender", ARGS("lwpsinfo_t *", "psinfo_t *"), PROV_SCHED },
	{ "tick", ARGS("lwpsinfo_t *", "psinfo_t *"), PROV_SCHED },
	{ "wakeup", ARGS("lwpsinfo_t *", "psinfo_t *"), PROV_SCHED },
};

static const struct prov_row io_rows[] = {
	{ "done", ARGS("bufinfo_t *", "devinfo_t *", "fileinfo_t *"), PROV_IO },
	{ "start", ARGS("bufinfo_t *", "devinfo_t *", "fileinfo_t *"), PROV_IO },
	{ "wait-done", ARGS("bufinfo_t *", "devinfo_t *", "fileinfo_t *"), PROV_IO },
	{ "wait-start", ARGS("bufinfo_t *", "devinfo_t *", "fileinfo_t *"), PROV_IO },
};

const struct prov_table prov_tables[] = {
	{ "dtrace", "", PROV_ID_DTRACE, dtrace_rows, countof(dtrace_rows) },
	{ "profile", "", PROV_ID_PROFILE, profile_rows, countof(profile_rows) },
	{ "proc", "vmlinux", PROV_ID_PROC, proc_rows, countof(proc_rows) },
	{ "sched", "vmlinux", PROV_ID_SCHED, sched_rows, countof(sched_rows) },
	{ "io", "vmlinux", PROV_ID_IO, io_rows, countof(io_rows) },
	{ 0 },
};

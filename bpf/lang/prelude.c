/* SPDX-License-Identifier: GPL-2.0-only
 * D's library in D: the structs of the guide's chapters on the proc, sched and io providers, and the variables that are
 * translated from what the tracer knows about a task. Members that nothing here can fill in are members all the same, so that
 * a script that names one hears D_XLATE_NOCONV and not a syntax error.
 */
#include "prelude.h"
#include "check.h"
#include "state.h"

#include <string.h>

static const char *const names[] = { "NULL", "curcpu", "curlwpsinfo", "curpsinfo", "fds" };

static const char *const types[] = {
	"bufinfo_t", "cpuinfo_t", "devinfo_t", "fileinfo_t", "in6_addr_t", "lwpsinfo_t", "psinfo_t", "siginfo_t", "struct bufinfo",
	"struct cpuinfo", "struct devinfo", "struct fileinfo", "struct in6_addr", "struct in_addr", "struct iovec", "struct lwpsinfo",
	"struct psinfo", "struct siginfo", "struct sockaddr", "struct sockaddr_in", "struct sockaddr_in6", "struct sockaddr_un",
	"struct timespec", "struct timeval", "struct timezone", "timespec_t", "timestruc_t",
};

static const char text[] =
	"inline void *NULL = (void *)0;\n"
	"struct timespec { time_t tv_sec; long tv_nsec; };\n"
	"typedef struct timespec timespec_t;\n"
	"typedef struct timespec timestruc_t;\n"
	"struct timeval { time_t tv_sec; suseconds_t tv_usec; };\n"
	"struct timezone { int tz_minuteswest; int tz_dsttime; };\n"
	"struct iovec { void *iov_base; size_t iov_len; };\n"
	"struct in_addr { in_addr_t s_addr; };\n"
	"struct in6_addr { uint8_t s6_addr[16]; };\n"
	"typedef struct in6_addr in6_addr_t;\n"
	"struct sockaddr { sa_family_t sa_family; char sa_data[14]; };\n"
	"struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; char sin_zero[8]; };\n"
	"struct sockaddr_in6 { sa_family_t sin6_family; in_port_t sin6_port; uint32_t sin6_flowinfo; struct in6_addr sin6_addr;\n"
	"	uint32_t sin6_scope_id; };\n"
	"struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; };\n"
	"typedef struct psinfo { int pr_nlwp; pid_t pr_pid; pid_t pr_ppid; pid_t pr_pgid; pid_t pr_sid; uid_t pr_uid; uid_t pr_euid;\n"
	"	gid_t pr_gid; gid_t pr_egid; uintptr_t pr_addr; dev_t pr_ttydev; timestruc_t pr_start; char pr_fname[16];\n"
	"	char pr_psargs[80]; int pr_argc; char pr_dmodel; taskid_t pr_taskid; projid_t pr_projid; poolid_t pr_poolid;\n"
	"	zoneid_t pr_zoneid; } psinfo_t;\n"
	"typedef struct lwpsinfo { int pr_flag; id_t pr_lwpid; uintptr_t pr_addr; uintptr_t pr_wchan; char pr_stype; char pr_state;\n"
	"	char pr_sname; short pr_syscall; int pr_pri; char pr_clname[8]; processorid_t pr_onpro; processorid_t pr_bindpro;\n"
	"	psetid_t pr_bindpset; } lwpsinfo_t;\n"
	"typedef struct cpuinfo { processorid_t cpu_id; psetid_t cpu_pset; chipid_t cpu_chip; lgrp_id_t cpu_lgrp; } cpuinfo_t;\n"
	"typedef struct siginfo { int si_signo; int si_errno; int si_code; pid_t si_pid; uid_t si_uid; int si_status; void *si_addr;\n"
	"	} siginfo_t;\n"
	"typedef struct bufinfo { int b_flags; size_t b_bcount; caddr_t b_addr; uint64_t b_lblkno; uint64_t b_blkno; size_t b_resid;\n"
	"	size_t b_bufsize; caddr_t b_iodone; int b_error; dev_t b_edev; } bufinfo_t;\n"
	"typedef struct devinfo { int dev_major; int dev_minor; int dev_instance; char dev_name[32]; char dev_statname[32];\n"
	"	char dev_pathname[256]; } devinfo_t;\n"
	"typedef struct fileinfo { char fi_name[256]; char fi_dirname[256]; char fi_pathname[256]; offset_t fi_offset; char fi_fs[32];\n"
	"	char fi_mount[256]; int fi_oflags; } fileinfo_t;\n"
	"translator psinfo_t < struct task_struct *t > { pr_nlwp = __nlwp; pr_pid = pid; pr_ppid = ppid; pr_pgid = __pgid;\n"
	"	pr_sid = __sid; pr_uid = uid; pr_euid = __euid; pr_gid = gid; pr_egid = __egid; pr_addr = (uintptr_t)t;\n"
	"	pr_fname = execname; pr_psargs = __psargs; };\n"
	"translator lwpsinfo_t < struct task_struct *t > { pr_lwpid = tid; pr_addr = (uintptr_t)t; pr_state = __state;\n"
	"	pr_sname = __sname; pr_pri = __pri; pr_clname = __clname; pr_onpro = cpu; };\n"
	"translator cpuinfo_t < processorid_t c > { cpu_id = c; };\n"
	"translator fileinfo_t < int f > { fi_pathname = __fdstr(f, 0); fi_name = __fdstr(f, 1); fi_dirname = __fdstr(f, 2);\n"
	"	fi_mount = __fdstr(f, 3); fi_fs = __fdstr(f, 4); fi_offset = __fdnum(f, 0); fi_oflags = __fdnum(f, 1); };\n"
	"inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);\n"
	"inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);\n"
	"inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (cpu);\n"
	"inline fileinfo_t fds[int f] = xlate <fileinfo_t> (f);\n";

static bool has(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

bool prelude_has(const char *name)
{
	return has(names, sizeof(names) / sizeof(names[0]), name);
}

bool prelude_has_type(const char *name)
{
	return has(types, sizeof(types) / sizeof(types[0]), name);
}

void prelude_load(struct lang *l)
{
	struct check_state *outer = l->check, own = { 0 };

	l->sym.has_prelude = true;
	l->sym.in_prelude = true;
	l->check = &own;
	for (struct node *n = lang_parse(l, text, sizeof(text) - 1); n; n = n->next)
		check_declaration(l, n);
	l->check = outer;
	l->sym.in_prelude = false;
}

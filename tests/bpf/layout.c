// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a D program to standard output that compares the structs of bpf/kern/state.h, which the fixed programs fill in for args[],
 * with D's own types of these names: it prints one line for each member that lies elsewhere, and how many it looked at.
 */
#include "bpf/kern/state.h"

#include <stddef.h>
#include <stdio.h>

#define MEMBER(type, member, theirs)                                                                              \
	printf("BEGIN /offsetof(%s_t, %s) != %zu/ { printf(\"%s_t.%s: %%d, and %zu in state.h\\n\", "               \
	       "offsetof(%s_t, %s)); }\n",                                                                       \
	       #type, #theirs, offsetof(struct kern_##type, member), #type, #theirs, offsetof(struct kern_##type, member), #type, #theirs)
#define SIZE(type)                                                                                                \
	printf("BEGIN /sizeof(%s_t) != %zu/ { printf(\"%s_t: %%d bytes, and %zu in state.h\\n\", sizeof(%s_t)); }\n", #type,  \
	       sizeof(struct kern_##type), #type, sizeof(struct kern_##type), #type)
#define M(type, member) (MEMBER(type, member, member), members++)

int main(void)
{
	unsigned members = 0;

	M(psinfo, pr_nlwp), M(psinfo, pr_pid), M(psinfo, pr_ppid), M(psinfo, pr_pgid), M(psinfo, pr_sid), M(psinfo, pr_uid);
	M(psinfo, pr_euid), M(psinfo, pr_gid), M(psinfo, pr_egid), M(psinfo, pr_addr), M(psinfo, pr_ttydev);
	M(psinfo, pr_fname), M(psinfo, pr_psargs), M(psinfo, pr_argc), M(psinfo, pr_dmodel), M(psinfo, pr_taskid), M(psinfo, pr_projid);
	M(psinfo, pr_poolid), M(psinfo, pr_zoneid);
	MEMBER(psinfo, pr_start_sec, pr_start), members++;
	SIZE(psinfo);
	M(lwpsinfo, pr_flag), M(lwpsinfo, pr_lwpid), M(lwpsinfo, pr_addr), M(lwpsinfo, pr_wchan), M(lwpsinfo, pr_stype);
	M(lwpsinfo, pr_state), M(lwpsinfo, pr_sname), M(lwpsinfo, pr_syscall), M(lwpsinfo, pr_pri), M(lwpsinfo, pr_clname);
	M(lwpsinfo, pr_onpro), M(lwpsinfo, pr_bindpro), M(lwpsinfo, pr_bindpset);
	SIZE(lwpsinfo);
	M(cpuinfo, cpu_id), M(cpuinfo, cpu_pset), M(cpuinfo, cpu_chip), M(cpuinfo, cpu_lgrp);
	SIZE(cpuinfo);
	MEMBER(siginfo, signo, si_signo), MEMBER(siginfo, error, si_errno), MEMBER(siginfo, code, si_code), members += 3;
	MEMBER(siginfo, pid, si_pid), MEMBER(siginfo, uid, si_uid), MEMBER(siginfo, status, si_status), members += 3;
	MEMBER(siginfo, addr, si_addr), members++;
	SIZE(siginfo);
	M(bufinfo, b_flags), M(bufinfo, b_bcount), M(bufinfo, b_addr), M(bufinfo, b_lblkno), M(bufinfo, b_blkno), M(bufinfo, b_resid);
	M(bufinfo, b_bufsize), M(bufinfo, b_iodone), M(bufinfo, b_error), M(bufinfo, b_edev);
	SIZE(bufinfo);
	M(devinfo, dev_major), M(devinfo, dev_minor), M(devinfo, dev_instance), M(devinfo, dev_name), M(devinfo, dev_statname);
	M(devinfo, dev_pathname);
	M(fileinfo, fi_name), M(fileinfo, fi_dirname), M(fileinfo, fi_pathname), M(fileinfo, fi_offset), M(fileinfo, fi_fs);
	M(fileinfo, fi_mount), M(fileinfo, fi_oflags);
	SIZE(fileinfo);
	printf("BEGIN { printf(\"%u members\\n\"); exit(0); }\n", members);
	return 0;
}

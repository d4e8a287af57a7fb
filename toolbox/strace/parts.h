/* SPDX-License-Identifier: GPL-2.0-only
 * Printers of parts that several kind_*.c files use; each is at home in the file that is named.
 */
#pragma once

#include "fields.h"

/* kind_time.c */

/* A moment as a comment behind it: the empty text for 0, which is no moment. */
void print_moment(struct call *c, int64_t sec, uint64_t nsec);
/* 250, with the seconds as a comment: clock ticks. */
void print_ticks(struct call *c, uint64_t ticks);
extern const struct field timespec_fields[], timespec64_fields[], timeval_fields[], rusage_fields[];

/* kind_signal.c */

/* [INT CHLD], ~[KILL STOP]: n bytes of a set. */
void print_sigset_bytes(struct call *c, const void *set, size_t n);

/* kind_siginfo.c */

/* {si_signo=SIGCHLD, ...}: the tracee's in its ABI's layout at addr; and the one that ptrace gives the tracer, which
 * is in the tracer's layout whatever the tracee is. */
void print_siginfo(struct call *c, uint64_t addr);
void print_siginfo_native(struct call *c, const void *info);
void print_sigevent(struct call *c, uint64_t addr);

/* kind_process.c: IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 4) */
void print_ioprio(struct call *c, uint32_t v, bool hex);

/* kind_process.c: 1<<CAP_CHOWN|1<<CAP_KILL */
void print_caps(struct call *c, uint64_t set);

/* kind_system.c: {entry_number=12, base_addr=0xf7d4e900, ...} */
void print_user_desc(struct call *c, uint64_t addr);

/* kind_seccomp.c: BPF_ALU|BPF_K|BPF_ADD; `extended`: of bpf(2). */
void print_bpf_code(struct call *c, unsigned code, bool extended);
/* kind_seccomp.c: {len=2, filter=[BPF_STMT(...), ...]}, a program of seccomp's and one of a socket's. */
void print_seccomp_filter(struct call *c, uint64_t addr);
void print_socket_filter(struct call *c, uint64_t addr);

/* SPDX-License-Identifier: GPL-2.0-only
 * What confines this process, as the kernel tells it: user and capabilities, seccomp, namespaces, the LSM, what is
 * mounted over /proc, the sysctls that decide about tracing. From /proc/self (proc(5), namespaces(7),
 * user_namespaces(7), capabilities(7), ptrace(2)); where there is no /proc, what system calls tell.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A number that cannot be read here. */
#define FACT_UNKNOWN (-1)

/* A capability's number and bit; linux/capability.h. */
enum { CAP_BIT_KILL = 5, CAP_BIT_NET_ADMIN = 12, CAP_BIT_NET_RAW = 13, CAP_BIT_SYS_CHROOT = 18, CAP_BIT_SYS_PTRACE = 19,
       CAP_BIT_SYS_ADMIN = 21, CAP_BIT_SYS_NICE = 23, CAP_BIT_SYS_RESOURCE = 24, CAP_BIT_SYSLOG = 34, CAP_BIT_PERFMON = 38,
       CAP_BIT_BPF = 39, CAP_BITS = 64 };

struct facts {
	bool proc, sys;		     /* mounted, and what they should be */
	int uid, gid;
	uint64_t effective, permitted, bounding; /* capability sets */
	int seccomp;		     /* 0 off, 1 strict, 2 filter; FACT_UNKNOWN */
	int seccomp_filters;	     /* FACT_UNKNOWN before Linux 5.9 */
	int no_new_privs;
	int user_ns_host, pid_ns_host; /* 1 the host's (initial), 0 a private one, FACT_UNKNOWN */
	char id_map[160];	     /* of the user namespace, "0-65535 is 100000-165535 outside"; "" unknown or the host's */
	int yama, perf_paranoid, bpf_disabled, dmesg_restrict; /* sysctls; FACT_UNKNOWN: no such file */
	char lsm[128];		     /* "docker-default (enforce)"; as it is; "" when there is none, or it cannot be read */
	bool root_read_only, sys_read_only;
	char root_type[24];	     /* of the file system of "/"; "" unknown */
	char masked[512], read_only[512]; /* paths below /proc and /sys that are covered, or cannot be written */
	char covered[256];	     /* files of /proc that another file system pretends (lxcfs) */
	char id[65];		     /* of the container, 64 hexadecimal digits as the engines give; "" unknown */
};

/* Collects all of it. */
void facts_collect(struct facts *f);

/* The name of a capability as engines write it ("NET_RAW"); "CAP_77" for one that is newer than this program. buf
 * holds at least 16 bytes. */
const char *facts_cap_name(unsigned bit, char *buf, size_t size);

/* Whether the set holds the capability. */
static inline bool facts_has(uint64_t set, unsigned bit)
{
	return bit < CAP_BITS && (set >> bit & 1);
}

/* --- the parsers, for tests: each takes the NUL-terminated text of a file ------------------------------ */

void facts_parse_status(struct facts *f, const char *text);
void facts_parse_mountinfo(struct facts *f, const char *text);
void facts_parse_id_map(struct facts *f, const char *text);

/* The first 64 hexadecimal digits that stand alone in the text go to f->id, unless it is known. */
void facts_parse_id(struct facts *f, const char *text, size_t n);

/* SPDX-License-Identifier: GPL-2.0-only
 * The container that this process is in, as its cgroup sees it: memory, cpu, io, PSI; cgroup v2, v1
 * and both at once (hybrid) behind one set of names. Sources: the kernel's
 * Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/, cgroups(7), Documentation/accounting/psi.rst.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that may be unknown (no such file, controller off) or without a limit ("max"). */
#define CGROUP_UNKNOWN UINT64_MAX
#define CGROUP_UNLIMITED (UINT64_MAX - 1)

/* Whether this process is in a container. Any of these is enough: its pid or cgroup namespace is not the
 * host's (Docker, podman, Kubernetes, LXC, nspawn by default; `unshare -p` and `unshare -C` too, for that is
 * what a container is to the kernel); its cgroup is an engine's by name (--pid=host with --cgroupns=host);
 * in a mount namespace of its own, "/" is an overlay or /run/.containerenv is there. A mount, network or
 * user namespace alone is not enough: services and browsers on the host have those. The tools show the
 * container's own figures only inside. */
bool cgroup_inside(void);

/* Pressure of one resource, PSI: share of the last 10 s in percent times 100, and totals in µs. */
struct cgroup_pressure {
	bool known;
	uint64_t some_avg10, full_avg10; /* 1234 is 12.34 % */
	uint64_t some_total_us, full_total_us;
};

/* Bytes, microseconds, counts; CGROUP_UNKNOWN where the kernel does not say. */
struct cgroup_memory {
	uint64_t current, limit, swap_current, swap_limit;
	uint64_t file, inactive_file, anon, shmem, kernel;
	uint64_t oom_kills;
};
struct cgroup_cpu {
	uint64_t usage_us, user_us, system_us;
	uint64_t quota_us, period_us; /* quota CGROUP_UNLIMITED: none */
	uint64_t periods, throttled, throttled_us; /* of the cgroup that has this quota */
};
struct cgroup_pids {
	uint64_t current, limit;
};

/* I/O of one device since the cgroup began, by rising order of the kernel's list: from io.stat (v2) or
 * blkio.throttle.io_service_bytes and io_serviced (v1, recursive where there). Wait time is known with
 * v1's CFQ/BFQ files only. */
struct cgroup_io {
	uint32_t major, minor;
	uint64_t read_bytes, write_bytes, reads, writes, wait_ns;
};

/* All return 0, or -errno when nothing of it can be read. -ENOENT: no cgroup file system here, the controller is
 * off, or the process is in the root of the hierarchy, whose figures would be the host's.
 * Limits are the tightest of the container's cgroup and of its parents as far as they can be seen. */
int cgroup_memory(struct cgroup_memory *m);
int cgroup_cpu(struct cgroup_cpu *c);
int cgroup_pids(struct cgroup_pids *p);
int cgroup_io(struct cgroup_io **devices, size_t *n); /* the caller frees */

/* resource: "cpu", "memory" or "io". Of the cgroup on v2 (a hybrid host's as well); on v1 there is none: known is
 * false. */
int cgroup_pressure(const char *resource, struct cgroup_pressure *p);

/* The parsers behind them, for tests. Text is NUL-terminated; 0 or -errno. */
uint64_t cgroup_parse_limit(const char *text); /* "max", "-1", v1's no-limit value: CGROUP_UNLIMITED */
int cgroup_parse_pressure(const char *text, struct cgroup_pressure *p);
int cgroup_parse_io_stat(const char *text, struct cgroup_io **devices, size_t *n);
/* Offsets into struct cgroup_io say where "Read", "Write" and "Total" of each device go; SIZE_MAX: nowhere. */
int cgroup_parse_blkio(const char *text, size_t read_to, size_t write_to, size_t total_to, struct cgroup_io **devices,
		       size_t *n);

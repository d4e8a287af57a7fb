/* SPDX-License-Identifier: GPL-2.0-only
 * Reading what confines this process: see facts.h.
 */
#include "facts.h"

#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/capability.h, in the order of the numbers. */
static const char *const cap_names[] = {
	"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
	"LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
	"SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
	"SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
	"MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
	"CHECKPOINT_RESTORE",
};

/* Inodes of the first namespaces: linux/proc_ns.h, the same on every kernel since 3.8. */
#define INIT_USER_NS "user:[4026531837]"
#define INIT_PID_NS "pid:[4026531836]"

const char *facts_cap_name(unsigned bit, char *buf, size_t size)
{
	if (bit < countof(cap_names))
		return cap_names[bit];
	snprintf(buf, size, "CAP_%u", bit);
	return buf;
}

/* --- /proc/self/status ------------------------------------------------------------------------- */

static const char *field(const char *text, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = text; p && *p; p = proc_next_line(p))
		if (strncmp(p, key, n) == 0 && p[n] == ':')
			return p + n + 1;
	return NULL;
}

static void set_hex(const char *text, const char *key, uint64_t *value)
{
	const char *p = field(text, key);

	if (p)
		*value = strtoull(p, NULL, 16);
}

static void set_int(const char *text, const char *key, int *value)
{
	const char *p = field(text, key);

	if (p)
		*value = (int)strtol(p, NULL, 10);
}

/* The second number of Uid and Gid is the effective one. */
static void set_id(const char *text, const char *key, int *value)
{
	const char *p = field(text, key);
	uint64_t real, effective;

	if (p && proc_u64(&p, &real) && proc_u64(&p, &effective))
		*value = (int)effective;
}

void facts_parse_status(struct facts *f, const char *text)
{
	set_hex(text, "CapEff", &f->effective);
	set_hex(text, "CapPrm", &f->permitted);
	set_hex(text, "CapBnd", &f->bounding);
	set_int(text, "Seccomp", &f->seccomp);
	set_int(text, "Seccomp_filters", &f->seccomp_filters);
	set_int(text, "NoNewPrivs", &f->no_new_privs);
	set_id(text, "Uid", &f->uid);
	set_id(text, "Gid", &f->gid);
}

/* The same where there is no /proc. */
static void ask_kernel(struct facts *f)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	f->uid = (int)geteuid();
	f->gid = (int)getegid();
	if (syscall(SYS_capget, &header, data) == 0) {
		f->effective = (uint64_t)data[1].effective << 32 | data[0].effective;
		f->permitted = (uint64_t)data[1].permitted << 32 | data[0].permitted;
	}
	for (unsigned bit = 0; bit < CAP_BITS && prctl(PR_CAPBSET_READ, bit, 0, 0, 0) >= 0; bit++)
		f->bounding |= (uint64_t)(prctl(PR_CAPBSET_READ, bit, 0, 0, 0) == 1) << bit;
	f->seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0);
	f->no_new_privs = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
}

/* --- /proc/self/mountinfo ---------------------------------------------------------------------- */

static void append(char *list, size_t size, const char *s, size_t n)
{
	size_t len = strlen(list);

	if (len + n + 2 < size)
		snprintf(list + len, size - len, "%s%.*s", len ? " " : "", (int)n, s);
	else if (len + 5 < size && strcmp(list + len - 3, "...") != 0)
		snprintf(list + len, size - len, " ...");
}

struct word {
	const char *s;
	size_t n;
};

static bool word_is(struct word w, const char *s)
{
	return w.n == strlen(s) && memcmp(w.s, s, w.n) == 0;
}

static bool below(struct word path, const char *dir)
{
	size_t n = strlen(dir);

	return path.n > n && memcmp(path.s, dir, n) == 0 && path.s[n] == '/';
}

/* Whether one of the options between commas is ro. */
static bool is_ro(struct word options)
{
	return options.n >= 2 && memcmp(options.s, "ro", 2) == 0 && (options.n == 2 || options.s[2] == ',');
}

/* "36 35 98:0 /root /mount/point options [optional ...] - type source super" */
static bool mount_line(const char *line, size_t n, struct word w[6], struct word *type, struct word *super)
{
	size_t i = 0, words = 0;
	size_t after = 0; /* words since the hyphen */

	*type = *super = (struct word){ "", 0 };
	while (i < n) {
		size_t start = i;

		while (i < n && line[i] != ' ')
			i++;
		struct word word = { line + start, i - start };
		if (words < 6)
			w[words] = word;
		else if (after > 0 && ++after == 2)
			*type = word;
		else if (after == 4)
			*super = word;
		else if (after == 0 && word_is(word, "-"))
			after = 1;
		words++;
		i++;
	}
	return words > 6 && type->n > 0;
}

static void note_mount(struct facts *f, struct word root, struct word at, bool ro, struct word type, bool super_ro)
{
	bool procfs = word_is(type, "proc"), sysfs = word_is(type, "sysfs");

	if (word_is(at, "/")) {
		f->root_read_only = ro || super_ro;
		snprintf(f->root_type, sizeof(f->root_type), "%.*s", (int)type.n, type.s);
	} else if (word_is(at, "/sys")) {
		f->sys_read_only = ro || super_ro;
	} else if (below(at, "/proc")) {
		if (procfs && ro)
			append(f->read_only, sizeof(f->read_only), at.s, at.n);
		else if (type.n >= 4 && memcmp(type.s, "fuse", 4) == 0)
			append(f->covered, sizeof(f->covered), at.s, at.n);
		else if (!procfs && !word_is(type, "binfmt_misc"))
			append(f->masked, sizeof(f->masked), at.s, at.n);
	} else if (below(at, "/sys") && !sysfs && word_is(type, "tmpfs") && (ro || word_is(root, "/null"))) {
		append(f->masked, sizeof(f->masked), at.s, at.n);
	}
}

void facts_parse_mountinfo(struct facts *f, const char *text)
{
	for (const char *p = *text ? text : NULL; p; p = proc_next_line(p)) {
		struct word w[6], type, super;
		size_t n = strcspn(p, "\n");

		if (!mount_line(p, n, w, &type, &super))
			continue;
		note_mount(f, w[3], w[4], is_ro(w[5]), type, is_ro(super));
		if (word_is(w[4], "/etc/hostname") || word_is(w[4], "/etc/hosts") || word_is(w[4], "/etc/resolv.conf"))
			facts_parse_id(f, w[3].s, w[3].n);
	}
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

void facts_parse_id(struct facts *f, const char *text, size_t n)
{
	for (size_t i = 0, run = 0; i <= n && !f->id[0]; i++) {
		if (i < n && is_hex(text[i])) {
			run++;
			continue;
		}
		if (run == 64)
			memcpy(f->id, text + i - 64, 64);
		run = 0;
	}
}

/* --- the rest ---------------------------------------------------------------------------------- */

void facts_parse_id_map(struct facts *f, const char *text)
{
	uint64_t inside, outside, count;
	const char *p = text;

	/* The whole range onto itself: no map at all, to those who look. */
	if (proc_u64(&p, &inside) && proc_u64(&p, &outside) && proc_u64(&p, &count) && inside == 0 && outside == 0 &&
	    count >= UINT32_MAX)
		return;
	f->id_map[0] = '\0';
	for (p = text; p && *p; p = proc_next_line(p)) {
		char range[96];
		const char *q = p;

		if (!proc_u64(&q, &inside) || !proc_u64(&q, &outside) || !proc_u64(&q, &count) || count == 0)
			break;
		if (count == 1)
			snprintf(range, sizeof(range), "%llu is %llu outside,", (unsigned long long)inside,
				 (unsigned long long)outside);
		else
			snprintf(range, sizeof(range), "%llu-%llu is %llu-%llu outside,", (unsigned long long)inside,
				 (unsigned long long)(inside + count - 1), (unsigned long long)outside,
				 (unsigned long long)(outside + count - 1));
		append(f->id_map, sizeof(f->id_map), range, strlen(range));
	}
	size_t n = strlen(f->id_map);
	if (n > 0 && f->id_map[n - 1] == ',')
		f->id_map[n - 1] = '\0';
}

static int sysctl_number(const char *path)
{
	struct proc_file file = PROC_FILE_INIT;
	int value = FACT_UNKNOWN;

	if (proc_load(&file, path) == 0) {
		char *end;
		long v = strtol(file.data, &end, 10);

		if (end != file.data)
			value = (int)v;
	}
	proc_unload(&file);
	return value;
}

static int is_host_ns(const char *path, const char *first)
{
	char link[64];

	return proc_readlink(path, link, sizeof(link)) < 0 ? FACT_UNKNOWN : strcmp(link, first) == 0;
}

static void read_lsm(struct facts *f)
{
	struct proc_file file = PROC_FILE_INIT;

	/* AppArmor has a file of its own since Linux 5.8; the other is the first module's that has a label. */
	if (proc_load(&file, "proc/self/attr/apparmor/current") < 0 || file.len == 0)
		(void)proc_load(&file, "proc/self/attr/current");
	if (file.len > 0)
		snprintf(f->lsm, sizeof(f->lsm), "%.*s", (int)strcspn(file.data, "\n"), file.data);
	proc_unload(&file);
}

static bool have_sys(void)
{
	fd_auto fd = proc_open("sys/kernel", O_RDONLY | O_DIRECTORY);

	return fd >= 0;
}

void facts_collect(struct facts *f)
{
	struct proc_file file = PROC_FILE_INIT;

	*f = (struct facts){ .uid = FACT_UNKNOWN, .gid = FACT_UNKNOWN, .seccomp = FACT_UNKNOWN, .seccomp_filters = FACT_UNKNOWN, .no_new_privs = FACT_UNKNOWN,
			     .proc = proc_is_real(), .sys = have_sys() };
	if (!proc_is_test())
		ask_kernel(f);
	if (f->proc && proc_load(&file, "proc/self/status") == 0)
		facts_parse_status(f, file.data);
	proc_unload(&file);
	if (f->proc && proc_load(&file, "proc/self/mountinfo") == 0)
		facts_parse_mountinfo(f, file.data);
	proc_unload(&file);
	if (f->proc && proc_load(&file, "proc/self/cgroup") == 0)
		facts_parse_id(f, file.data, file.len);
	proc_unload(&file);
	if (f->proc && proc_load(&file, "proc/self/uid_map") == 0)
		facts_parse_id_map(f, file.data);
	proc_unload(&file);
	f->user_ns_host = is_host_ns("proc/self/ns/user", INIT_USER_NS);
	f->pid_ns_host = is_host_ns("proc/self/ns/pid", INIT_PID_NS);
	f->yama = sysctl_number("proc/sys/kernel/yama/ptrace_scope");
	f->perf_paranoid = sysctl_number("proc/sys/kernel/perf_event_paranoid");
	f->bpf_disabled = sysctl_number("proc/sys/kernel/unprivileged_bpf_disabled");
	f->dmesg_restrict = sysctl_number("proc/sys/kernel/dmesg_restrict");
	read_lsm(f);
}

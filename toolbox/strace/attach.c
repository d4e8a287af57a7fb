/* SPDX-License-Identifier: GPL-2.0-only
 * From EPERM to a reason: see attach.h. The kernel's order of questions is that of ptrace(2), "Ptrace access
 * mode checking".
 */
#include "attach.h"
#include "say.h"
#include "../lib/base.h"
#include "../lib/proc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t status_of(pid_t pid, const char *key, int base, bool *found)
{
	struct proc_file f = PROC_FILE_INIT;
	char path[40];
	uint64_t value = 0;

	snprintf(path, sizeof(path), "proc/%d/status", (int)pid);
	*found = false;
	if (proc_load(&f, path) == 0) {
		size_t n = strlen(key);

		for (const char *p = f.data; p && *p; p = proc_next_line(p)) {
			if (!strncmp(p, key, n) && p[n] == ':') {
				value = strtoull(p + n + 1, NULL, base);
				*found = true;
				break;
			}
		}
	}
	proc_unload(&f);
	return value;
}

static bool scope(uint64_t *value)
{
	struct proc_file f = PROC_FILE_INIT;
	const char *p;
	bool ok = proc_load(&f, "proc/sys/kernel/yama/ptrace_scope") == 0 && (p = f.data, proc_u64(&p, value));

	proc_unload(&f);
	return ok;
}

/* The reason for EPERM, as far as it can be told. */
static void reason_of(pid_t pid, char *buf, size_t size)
{
	struct stat st;
	char path[32];
	bool found, known, ours;
	uint64_t value, yama = 0;

	value = status_of(pid, "TracerPid", 10, &found);
	if (value) {
		snprintf(buf, size, ": process %d traces it already", (int)value);
		return;
	}
	value = status_of(pid, "Kthread", 10, &known);
	if (value) {
		snprintf(buf, size, ": it is a thread of the kernel");
		return;
	}
	uint64_t uid = status_of(pid, "Uid", 10, &found);
	if (found && uid != geteuid() && geteuid() != 0) {
		snprintf(buf, size, ": it belongs to user %u and this is user %u; its owner or root may trace it", (unsigned)uid,
			 (unsigned)geteuid());
		return;
	}
	if (scope(&yama) && yama > 0 && (yama == 3 || geteuid() != 0)) {
		snprintf(buf, size, yama == 3 ? ": kernel.yama.ptrace_scope is 3, nothing can be traced until the next boot" :
			 ": kernel.yama.ptrace_scope is %u, only %s may trace it; start the program under strace instead",
			 (unsigned)yama, yama == 1 ? "its parent" : "root");
		return;
	}
	uint64_t theirs = status_of(pid, "CapPrm", 16, &found);
	uint64_t own = status_of(getpid(), "CapPrm", 16, &ours);
	if (found && ours && (theirs & ~own)) {
		snprintf(buf, size, ": it has capabilities that this process lacks");
		return;
	}
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	if (uid != 0 && stat(path, &st) == 0 && st.st_uid != uid) {
		snprintf(buf, size, ": it is not dumpable (set-user-id, unreadable or by its own wish); root with CAP_SYS_PTRACE may trace it");
		return;
	}
	value = status_of(getpid(), "Seccomp", 10, &found);
	if (value == 2) {
		snprintf(buf, size, ": probably the container's seccomp filter or a security module forbids ptrace");
		return;
	}
	snprintf(buf, size, ": it is not dumpable, in another user namespace, or a security module forbids it");
}

void attach_explain(pid_t pid, int err)
{
	char why[256] = "";

	if (err == EPERM || err == EACCES)
		reason_of(pid, why, sizeof(why));
	say("attach: ptrace(PTRACE_SEIZE, %d): %s%s", (int)pid, strerror(err), why);
}

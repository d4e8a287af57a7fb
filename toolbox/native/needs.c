/* SPDX-License-Identifier: GPL-2.0-only
 * From needs to verdicts: see needs.h. What is said of a refusal is what the kernel looks at, in its order: the call
 * itself (seccomp), capabilities, then security modules (ptrace(2), capabilities(7), proc(5)).
 */
#include "needs.h"
#include "try.h"

#include "toolbox/lib/base.h"
#include "toolbox/lib/cgroup.h"
#include "toolbox/lib/proc.h"
#include "toolbox/lib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>

const char *need_word(enum here here)
{
	return here == HERE_YES ? "yes" : here == HERE_PARTLY ? "partly" : "no";
}

/* --- what to do about it ----------------------------------------------------------------------- */

static const char *container(const struct facts *f)
{
	static char id[16];

	if (!f->id[0])
		return "CONTAINER";
	text_snprintf(id, sizeof(id), "%.12s", f->id);
	return id;
}

/* With the host's capabilities, and without seccomp. Who is on the host already has nobody to ask. */
static void by_inject(const struct facts *f, struct verdict *v)
{
	v->host[0] = '\0';
	if (!cgroup_inside())
		return;
	text_snprintf(v->host, sizeof(v->host), "inject -p %s --", container(f));
}

static void by_user(const struct facts *f, struct verdict *v, int uid)
{
	v->host[0] = '\0';
	if (cgroup_inside())
		text_snprintf(v->host, sizeof(v->host), "docker exec -u %d %s", uid, container(f));
}

/* A capability that the container has, root of the container has as well. */
static void by_capability(const struct facts *f, struct verdict *v, unsigned bit)
{
	char buf[16];

	if (f->uid != 0 && facts_has(f->bounding, bit))
		by_user(f, v, 0);
	else
		by_inject(f, v);
	if (!facts_has(f->bounding, bit) && cgroup_inside())
		text_snprintf(v->option, sizeof(v->option), "--cap-add %s", facts_cap_name(bit, buf, sizeof(buf)));
}

/* Why a thing that takes a capability was refused with err, after what ("packet sockets: "). */
static void refused(const struct facts *f, struct verdict *v, const char *what, unsigned bit, int err)
{
	char buf[16];
	const char *name = facts_cap_name(bit, buf, sizeof(buf));

	if (!facts_has(f->effective, bit)) {
		text_snprintf(v->why, sizeof(v->why), "%s: the capability %s is missing", what, name);
		by_capability(f, v, bit);
		return;
	}
	if (err == -EPERM || err == -EACCES || err == -ENOSYS) {
		const char *by = f->user_ns_host == 0 ? "it counts only in the host's user namespace" :
				 f->seccomp == 2      ? "the container's seccomp filter refuses the call" :
				 f->lsm[0]	      ? "a security module refuses it" :
							"the kernel refuses it";

		text_snprintf(v->why, sizeof(v->why), "%s: %s is there, but %s", what, name, by);
		by_inject(f, v);
		if (f->user_ns_host != 0 && f->seccomp == 2)
			text_snprintf(v->option, sizeof(v->option), "--security-opt seccomp=unconfined");
		return;
	}
	text_snprintf(v->why, sizeof(v->why), "%s: %s", what, strerror(-err));
}

static void judge_try(const struct facts *f, struct verdict *v, int (*try)(pid_t), const char *what, unsigned bit)
{
	int r = try_it(try, 0);

	if (r == 0)
		return;
	v->here = HERE_NO;
	refused(f, v, what, bit, r);
}

static void judge_proc(const struct facts *f, struct verdict *v)
{
	if (f->proc)
		return;
	v->here = HERE_NO;
	text_snprintf(v->why, sizeof(v->why), "/proc is not mounted here");
}

/* --- other processes --------------------------------------------------------------------------- */

/* What /proc/PID/status tells of the process that is to be looked at. */
static bool target_facts(pid_t pid, struct facts *t)
{
	struct proc_file file = PROC_FILE_INIT;
	char path[40];
	bool ok;

	*t = (struct facts){ .uid = -1 };
	snprintf(path, sizeof(path), "proc/%d/status", (int)pid);
	ok = proc_load(&file, path) == 0;
	if (ok)
		facts_parse_status(t, file.data);
	proc_unload(&file);
	return ok;
}

/* Why access to a process is refused: its user, its capabilities, Yama, in the kernel's order. attach: Yama counts. */
static void no_access(const struct facts *f, struct verdict *v, pid_t pid, bool attach)
{
	struct facts t;

	if (!target_facts(pid, &t)) {
		text_snprintf(v->why, sizeof(v->why), "process %d cannot be looked at, and without /proc it is not known why",
			      (int)pid);
		by_inject(f, v);
		return;
	}
	by_capability(f, v, CAP_BIT_SYS_PTRACE);
	if (facts_has(f->effective, CAP_BIT_SYS_PTRACE)) {
		text_snprintf(v->why, sizeof(v->why), "process %d: SYS_PTRACE is there, but %s refuses it", (int)pid,
			      f->user_ns_host == 0 ? "its user namespace" : f->lsm[0] ? "a security module" : "the kernel");
		by_inject(f, v);
		v->option[0] = '\0';
	} else if (t.uid != f->uid) {
		text_snprintf(v->why, sizeof(v->why), "process %d is user %d's, and the capability SYS_PTRACE is missing",
			      (int)pid, t.uid);
		by_user(f, v, t.uid);
	} else if (t.permitted & ~f->permitted) {
		text_snprintf(v->why, sizeof(v->why),
			      "process %d has capabilities that this shell lacks, and SYS_PTRACE is missing", (int)pid);
		by_inject(f, v);
	} else if (attach && f->yama > 0) {
		text_snprintf(v->why, sizeof(v->why),
			      "process %d is no child of this shell (yama.ptrace_scope is %d), and SYS_PTRACE is missing",
			      (int)pid, f->yama);
		by_inject(f, v);
	} else {
		text_snprintf(v->why, sizeof(v->why), "process %d does not let itself be looked at (prctl PR_SET_DUMPABLE)",
			      (int)pid);
		by_inject(f, v);
	}
}

static void judge_trace(const struct facts *f, struct verdict *v, pid_t pid, bool child_is_enough)
{
	int child = try_it(try_trace_child, 0);
	int r;

	if (child < 0) {
		v->here = HERE_NO;
		text_snprintf(v->why, sizeof(v->why), "ptrace(2): %s",
			      f->seccomp == 2 ? "the container's seccomp filter refuses the call" :
			      f->yama >= 2    ? "yama.ptrace_scope allows it to nobody without SYS_PTRACE" :
						strerror(-child));
		by_inject(f, v);
		if (f->seccomp == 2)
			text_snprintf(v->option, sizeof(v->option), "--cap-add SYS_PTRACE");
		return;
	}
	/* strace asks ptrace alone; a stack takes maps. */
	if (!f->proc && !child_is_enough) {
		judge_proc(f, v);
		return;
	}
	r = try_it(try_attach, pid);
	if (r == 0)
		return;
	v->here = child_is_enough ? HERE_PARTLY : HERE_NO;
	if (r == -ESRCH)
		text_snprintf(v->why, sizeof(v->why), "there is no process %d here", (int)pid);
	else
		no_access(f, v, pid, true);
	if (child_is_enough)
		text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; commands that it starts it traces");
}

static void judge_look(const struct facts *f, struct verdict *v, pid_t pid)
{
	char path[40];

	snprintf(path, sizeof(path), "proc/%d/maps", (int)pid);
	fd_auto fd = proc_open(path, O_RDONLY);
	if (fd >= 0)
		return;
	v->here = HERE_PARTLY;
	if (fd == -ENOENT)
		text_snprintf(v->why, sizeof(v->why), "there is no process %d here", (int)pid);
	else
		no_access(f, v, pid, false);
	text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; one's own can be");
}

/* Another user's process: to signal it takes KILL, to change its limits SYS_RESOURCE. rest: what can be done all the
 * same. */
static void judge_other(const struct facts *f, struct verdict *v, pid_t pid, int (*try)(pid_t), unsigned bit,
			const char *rest)
{
	int r = try_it(try, pid);
	struct facts t;
	char buf[16];
	const char *name = facts_cap_name(bit, buf, sizeof(buf));

	if (r == 0)
		return;
	v->here = HERE_PARTLY;
	if (r == -ESRCH) {
		text_snprintf(v->why, sizeof(v->why), "there is no process %d here", (int)pid);
		return;
	}
	if (target_facts(pid, &t) && t.uid != f->uid) {
		text_snprintf(v->why, sizeof(v->why), "process %d is user %d's, and the capability %s is missing; %s", (int)pid,
			      t.uid, name, rest);
		by_user(f, v, t.uid);
	} else {
		text_snprintf(v->why, sizeof(v->why), "process %d: the capability %s is missing; %s", (int)pid, name, rest);
		by_capability(f, v, bit);
	}
}

/* --- the rest ---------------------------------------------------------------------------------- */

static void judge_sysctl(const struct facts *f, struct verdict *v)
{
	judge_proc(f, v);
	if (v->here != HERE_YES)
		return;
	fd_auto fd = proc_open("proc/sys/kernel/hostname", O_WRONLY);
	if (fd >= 0)
		return;
	v->here = HERE_PARTLY;
	if (fd == -EROFS)
		text_snprintf(v->why, sizeof(v->why), "reading works; /proc/sys is mounted read-only");
	else
		text_snprintf(v->why, sizeof(v->why), "reading works; writing is the host's root's");
	by_inject(f, v);
	if (fd == -EROFS)
		v->host[0] = '\0'; /* the mount is read-only for everybody in the container */
}

static void judge_network(const struct facts *f, struct verdict *v)
{
	struct if_nameindex *all = if_nameindex();
	bool any = !all; /* it cannot be known: nothing is said */

	for (struct if_nameindex *i = all; i && i->if_index && !any; i++)
		any = strcmp(i->if_name, "lo") != 0;
	if (all)
		if_freenameindex(all);
	if (any)
		return;
	v->here = HERE_PARTLY;
	text_snprintf(v->why, sizeof(v->why), "this network has no interface but loopback");
	text_snprintf(v->option, sizeof(v->option), "docker network connect bridge %s", container(f));
}

static void judge_namespace(const struct facts *f, struct verdict *v)
{
	judge_try(f, v, try_unshare, "namespaces", CAP_BIT_SYS_ADMIN);
	if (v->here == HERE_YES || try_it(try_userns, 0) < 0)
		return;
	v->here = HERE_PARTLY;
	text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; with a user namespace (unshare -U) it works");
}

static void judge_bpf(const struct facts *f, struct verdict *v)
{
	unsigned bit = facts_has(f->effective, CAP_BIT_SYS_ADMIN) ? CAP_BIT_SYS_ADMIN :
		       facts_has(f->effective, CAP_BIT_BPF)	  ? CAP_BIT_PERFMON :
								    CAP_BIT_BPF;

	judge_try(f, v, try_bpf, "bpf(2)", bit);
	if (v->here == HERE_YES)
		return;
	/* What needs no probe of the kernel runs in user space. */
	v->here = HERE_PARTLY;
	by_inject(f, v);
	v->option[0] = '\0'; /* no single one is enough: BPF, PERFMON, and a seccomp filter that lets the call through */
	text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; BEGIN, END, tick and -l work");
}

void need_judge(const struct facts *f, pid_t pid, enum need need, struct verdict *v)
{
	*v = (struct verdict){ .here = HERE_YES };
	switch (need) {
	case NEED_NONE:
	case NEEDS:
		return;
	case NEED_PROC:
		judge_proc(f, v);
		return;
	case NEED_SYS:
		if (!f->sys) {
			v->here = HERE_NO;
			text_snprintf(v->why, sizeof(v->why), "/sys is not mounted here");
		}
		return;
	case NEED_LOOK:
		judge_proc(f, v);
		if (v->here == HERE_YES)
			judge_look(f, v, pid);
		return;
	case NEED_TRACE:
	case NEED_TRACE_OR_CHILD:
		judge_trace(f, v, pid, need == NEED_TRACE_OR_CHILD);
		return;
	case NEED_LIMITS:
		judge_other(f, v, pid, try_limits, CAP_BIT_SYS_RESOURCE, "its limits can be seen");
		return;
	case NEED_SIGNAL:
		judge_other(f, v, pid, try_signal, CAP_BIT_KILL, "one's own can be signalled");
		return;
	case NEED_NICE:
		judge_try(f, v, try_nice, "a higher priority", CAP_BIT_SYS_NICE);
		if (v->here != HERE_YES) {
			v->here = HERE_PARTLY;
			text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; a lower one can be set");
		}
		return;
	case NEED_PACKET:
		judge_try(f, v, try_packet, "packet sockets", CAP_BIT_NET_RAW);
		return;
	case NEED_RAW:
		judge_try(f, v, try_raw, "raw sockets", CAP_BIT_NET_RAW);
		return;
	case NEED_NETADMIN:
		judge_try(f, v, try_netadmin, "changing the network", CAP_BIT_NET_ADMIN);
		if (v->here != HERE_YES) {
			v->here = HERE_PARTLY;
			text_snprintf(v->why + strlen(v->why), sizeof(v->why) - strlen(v->why), "; showing it works");
		}
		return;
	case NEED_NETWORK:
		judge_network(f, v);
		return;
	case NEED_SOCKETS:
		if (!f->proc) {
			v->here = HERE_PARTLY;
			text_snprintf(v->why, sizeof(v->why), "/proc is not mounted here: raw sockets and names of programs "
				      "are left out");
		}
		return;
	case NEED_KLOG:
		judge_try(f, v, try_klog, "the kernel's log", CAP_BIT_SYSLOG);
		return;
	case NEED_SYSCTL:
		judge_sysctl(f, v);
		return;
	case NEED_MOUNT:
		judge_try(f, v, try_mount, "mounting", CAP_BIT_SYS_ADMIN);
		return;
	case NEED_NAMESPACE:
		judge_namespace(f, v);
		return;
	case NEED_CHROOT:
		judge_try(f, v, try_chroot, "chroot(2)", CAP_BIT_SYS_CHROOT);
		return;
	case NEED_BPF:
		judge_bpf(f, v);
		return;
	}
}

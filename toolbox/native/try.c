/* SPDX-License-Identifier: GPL-2.0-only
 * Trying: see try.h.
 */
#include "try.h"

#include "toolbox/lib/base.h"
#include "toolbox/lib/proc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/bpf.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

int try_it(int (*f)(pid_t pid), pid_t pid)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		return f(pid); /* no process is left to this container: then here */
	if (child == 0) {
		int r = f(pid);

		/* Every errno fits an exit status. */
		_exit(r < 0 && r > -128 ? -r : r == 0 ? 0 : EINVAL);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EPERM;
}

/* Opening mem asks for the same right as PTRACE_SEIZE (PTRACE_MODE_ATTACH, Yama included: ptrace(2)), and reading at
 * address 0 as well (process_vm_readv(2)), which a seccomp filter may forbid by itself. Neither stops or changes
 * anything of the process. Where neither can be tried it is seized: who tries ends at once, and with that the process
 * is free again, without having been stopped. */
int try_attach(pid_t pid)
{
	char byte = 0, path[40];
	struct iovec local = { &byte, 1 }, remote = { NULL, 1 }, own = { &byte, 1 };

	snprintf(path, sizeof(path), "proc/%d/mem", (int)pid);
	fd_auto fd = proc_open(path, O_RDONLY);
	if (fd >= 0)
		return 0;
	if (fd != -ENOENT)
		return fd;
	if (kill(pid, 0) < 0 && errno == ESRCH)
		return -ESRCH;
	if (process_vm_readv(getpid(), &local, 1, &own, 1, 0) == 1)
		return process_vm_readv(pid, &local, 1, &remote, 1, 0) >= 0 || errno == EFAULT ? 0 : -errno;
	return ptrace(PTRACE_SEIZE, pid, NULL, NULL) < 0 ? -errno : 0;
}

int try_trace_child(pid_t pid)
{
	int status;
	pid_t child = fork();

	(void)pid;
	if (child < 0)
		return -errno;
	if (child == 0)
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 ? errno & 127 : 0);
	if (waitpid(child, &status, 0) < 0)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EPERM;
}

int try_signal(pid_t pid)
{
	return kill(pid, 0) < 0 ? -errno : 0;
}

int try_limits(pid_t pid)
{
	struct rlimit old;

	return prlimit(pid, RLIMIT_CORE, NULL, &old) < 0 ? -errno : 0;
}

static int try_socket(int family, int type, int protocol)
{
	fd_auto fd = socket(family, type | SOCK_CLOEXEC, protocol);

	return fd < 0 ? -errno : 0;
}

int try_packet(pid_t pid)
{
	(void)pid;
	return try_socket(AF_PACKET, SOCK_RAW, 0); /* protocol 0 receives nothing */
}

int try_raw(pid_t pid)
{
	(void)pid;
	return try_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP);
}

/* The kernel asks for NET_ADMIN before it looks for the interface, which there is not. */
int try_netadmin(pid_t pid)
{
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} ask = { .head = { .nlmsg_len = sizeof(ask), .nlmsg_type = RTM_SETLINK, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK },
		  .link = { .ifi_family = AF_UNSPEC, .ifi_index = INT_MAX } };
	struct {
		struct nlmsghdr head;
		struct nlmsgerr error;
		char rest[512];
	} answer = { 0 };
	struct timeval patience = { .tv_sec = 2 };
	fd_auto fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	(void)pid;
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) < 0 ||
	    send(fd, &ask, sizeof(ask), 0) < 0)
		return -errno;
	ssize_t n = recv(fd, &answer, sizeof(answer), 0);
	if (n < 0)
		return -errno;
	if ((size_t)n < sizeof(answer.head) + sizeof(answer.error) || answer.head.nlmsg_type != NLMSG_ERROR)
		return -EIO;
	return answer.error.error == -EPERM || answer.error.error == -EACCES ? -EPERM : 0;
}

int try_klog(pid_t pid)
{
	char byte;

	(void)pid;
	return klogctl(3 /* SYSLOG_ACTION_READ_ALL, which leaves all of it */, &byte, 1) < 0 ? -errno : 0;
}

int try_unshare(pid_t pid)
{
	(void)pid;
	return unshare(CLONE_NEWNS) < 0 ? -errno : 0;
}

int try_userns(pid_t pid)
{
	(void)pid;
	return unshare(CLONE_NEWUSER) < 0 ? -errno : 0;
}

int try_mount(pid_t pid)
{
	int r = try_unshare(pid);

	if (r < 0)
		return r;
	/* Private first: what is mounted here must not show anywhere else. */
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || mount("native", "/", "tmpfs", MS_RDONLY, NULL) < 0)
		return -errno;
	return 0;
}

int try_chroot(pid_t pid)
{
	(void)pid;
	return chroot("/") < 0 ? -errno : 0;
}

int try_nice(pid_t pid)
{
	(void)pid;
	errno = 0;
	int now = getpriority(PRIO_PROCESS, 0);
	if (now == -1 && errno)
		return -errno;
	return setpriority(PRIO_PROCESS, 0, now > -20 ? now - 1 : -20) < 0 ? -errno : 0;
}

int try_bpf(pid_t pid)
{
	/* r0 = 0; exit */
	const struct bpf_insn program[] = { { .code = BPF_ALU64 | BPF_MOV | BPF_K }, { .code = BPF_JMP | BPF_EXIT } };
	union bpf_attr attr;

	(void)pid;
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
	attr.insns = (uint64_t)(uintptr_t)program;
	attr.insn_cnt = countof(program);
	attr.license = (uint64_t)(uintptr_t) "GPL";
	fd_auto fd = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	return fd < 0 ? -errno : 0;
}

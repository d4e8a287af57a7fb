/* SPDX-License-Identifier: GPL-2.0-only
 * Locking the tools' mount: see seal.h.
 */
#include "seal.h"
#include "../toolbox/lib/base.h"
#include "sys.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the child says: the call that failed and its errno, or 0 with a descriptor beside it. */
struct word {
	int err;
	bool no_userns;
	char call[32];
};

static int fail(struct word *w, int r, const char *call)
{
	w->err = -r;
	snprintf(w->call, sizeof(w->call), "%s", call);
	return -1;
}

/* A user namespace may be refused by a limit (ENOSPC), a sysctl or security module (EPERM, EACCES),
 * or be absent from the kernel (EINVAL, ENOSYS): then the tools go unlocked, and the caller says so. */
static int seal_child(int mount, struct word *w)
{
	int r;

	/* In one call with the user namespace the mounts would be copied already locked, our own
	 * attaching included: so first a mount namespace under the host's rights. */
	if (unshare(CLONE_NEWNS) < 0)
		return fail(w, -errno, "unshare mount namespace");
	fd_auto root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return fail(w, -errno, "open /");
	if ((r = sys_propagation_below(root, SYS_MS_PRIVATE)) < 0)
		return fail(w, r, "mount_setattr private");
	/* Any directory will do: this namespace ends with the process. */
	fd_auto scratch = open("/run", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (scratch < 0)
		return fail(w, -errno, "open /run");
	/* The mount itself, not a clone: cloning a detached mount needs Linux 6.15. */
	if ((r = sys_attach(mount, scratch)) < 0)
		return fail(w, r, "move_mount");
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) {
		w->no_userns = true;
		return fail(w, -errno, "unshare user namespace");
	}
	int sealed = sys_clone_mount(AT_FDCWD, "/run");
	return sealed < 0 ? fail(w, sealed, "open_tree") : sealed;
}

static void send_word(int sock, const struct word *w, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { .iov_base = (void *)(uintptr_t)w, .iov_len = sizeof(*w) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };

	if (fd >= 0) {
		msg.msg_control = control;
		msg.msg_controllen = sizeof(control);
		struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(c), &fd, sizeof(int));
	}
	sendmsg(sock, &msg, MSG_NOSIGNAL);
}

static int receive_word(int sock, struct word *w, int *fd)
{
	char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec iov = { .iov_base = w, .iov_len = sizeof(*w) };
	struct msghdr msg = { .msg_iov = &iov,
			      .msg_iovlen = 1,
			      .msg_control = control,
			      .msg_controllen = sizeof(control) };
	ssize_t n;

	do
		n = recvmsg(sock, &msg, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(*w))
		return -EPIPE;
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
	*fd = -1;
	if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
		memcpy(fd, CMSG_DATA(c), sizeof(int));
	return 0;
}

int seal_mount(int mount, int *unlocked, struct failure *f)
{
	struct word w = { 0 };
	int pair[2];
	int sealed = -1;
	int status;

	*unlocked = 0;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return step_fail(f, STEP_SEAL, WHY_ERRNO, errno, "socketpair");
	pid_t parent = getpid();
	pid_t child = fork();
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		int fd = seal_child(mount, &w);
		send_word(pair[1], &w, fd);
		_exit(0);
	}
	close(pair[1]);
	if (child < 0) {
		close(pair[0]);
		return step_fail(f, STEP_SEAL, WHY_ERRNO, errno, "fork");
	}
	int r = receive_word(pair[0], &w, &sealed);
	close(pair[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (r < 0)
		return step_fail(f, STEP_SEAL, WHY_ERRNO, r, "helper process");
	if (w.no_userns) {
		*unlocked = w.err;
		return -1;
	}
	if (sealed < 0)
		return step_fail(f, STEP_SEAL, WHY_ERRNO, w.err ? w.err : EIO, w.call);
	return sealed;
}

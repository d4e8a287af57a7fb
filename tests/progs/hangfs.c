/*
 * hangfs DIR [deaf]: mounts at DIR a file system that never answers.
 *
 * It speaks just enough of the FUSE protocol for the mount to stand (INIT, and
 * the attributes of its root) and leaves every other request without an answer.
 * A request that was read and not answered holds its process in a sleep that
 * even SIGKILL does not end; with `deaf` it is not even read, and SIGKILL does.
 * Prints "ready" once mounted, and serves until it is killed, which frees all.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/* FUSE_STATX: newer than the headers of Debian 12. */
#define OPCODE_STATX 52

static void answer(int fd, uint64_t unique, int error, const void *body, size_t size)
{
	struct fuse_out_header head = {
		.len = (uint32_t)(sizeof(head) + size), .error = -error, .unique = unique,
	};
	struct iovec iov[2] = {
		{ .iov_base = &head, .iov_len = sizeof(head) },
		{ .iov_base = (void *)(uintptr_t)body, .iov_len = size },
	};
	if (writev(fd, iov, 2) < 0)
		perror("hangfs: write");
}

static void answer_init(int fd, const struct fuse_in_header *in)
{
	const struct fuse_init_in *asked = (const struct fuse_init_in *)(in + 1);
	struct fuse_init_out out;
	memset(&out, 0, sizeof(out));
	out.major = FUSE_KERNEL_VERSION;
	out.minor = asked->minor < FUSE_KERNEL_MINOR_VERSION ? asked->minor : FUSE_KERNEL_MINOR_VERSION;
	out.max_readahead = asked->max_readahead;
	out.max_write = 4096;
	answer(fd, in->unique, 0, &out, sizeof(out));
}

static void answer_root(int fd, const struct fuse_in_header *in)
{
	struct fuse_attr_out out;
	memset(&out, 0, sizeof(out));
	out.attr_valid = 3600;
	out.attr.ino = FUSE_ROOT_ID;
	out.attr.mode = S_IFDIR | 0755;
	out.attr.nlink = 2;
	answer(fd, in->unique, 0, &out, sizeof(out));
}

/* Answers requests until the root's attributes were asked for; -1 at the end. */
static int serve(int fd)
{
	static union {
		struct fuse_in_header head;
		char bytes[256 * 1024];
	} request;

	for (;;) {
		ssize_t n = read(fd, &request, sizeof(request));
		if (n < 0 && (errno == EINTR || errno == ENOENT))
			continue;
		if (n < (ssize_t)sizeof(request.head))
			return -1; /* unmounted */
		if (request.head.opcode == FUSE_INIT) {
			answer_init(fd, &request.head);
		} else if (request.head.nodeid != FUSE_ROOT_ID) {
			continue;
		} else if (request.head.opcode == OPCODE_STATX) {
			answer(fd, request.head.unique, ENOSYS, NULL, 0);
		} else if (request.head.opcode == FUSE_GETATTR) {
			answer_root(fd, &request.head);
			return 0;
		}
	}
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("usage: hangfs DIR [deaf]\n", stderr);
		return 2;
	}
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		perror("hangfs: /dev/fuse");
		return 1;
	}
	char options[128];
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0,allow_other", fd);
	if (mount("hangfs", argv[1], "fuse", MS_NOSUID | MS_NODEV, options) != 0) {
		fprintf(stderr, "hangfs: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}

	/* Let the kernel learn the root's attributes, so that the mount looks alive. */
	if (fork() == 0) {
		struct stat st;
		close(fd);
		_exit(stat(argv[1], &st) != 0);
	}
	int alive = serve(fd);
	wait(NULL);
	puts("ready");
	fflush(stdout);
	if (argc > 2)
		for (;;)
			pause();
	while (alive == 0)
		alive = serve(fd);
	return 0;
}

/*
 * holdmm FILE: a process whose memory cannot be looked at. One of its threads unmaps a file that it wrote to, holds
 * the lock of the process's memory meanwhile, and waits for the file's server, which never answers.
 * holdmm FILE stack: a process that waits with its stack pointer in such a file: who reads there waits as well.
 *
 * The server is a child that speaks just enough of FUSE: a mount over FILE, which is one file. Prints "ready PID" (of
 * the server; who kills it frees all).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SIZE = 8192 };

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
		perror("holdmm: write");
}

static void answer_init(int fd, const struct fuse_in_header *in)
{
	const struct fuse_init_in *asked = (const struct fuse_init_in *)(in + 1);
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION,
		.minor = asked->minor < FUSE_KERNEL_MINOR_VERSION ? asked->minor : FUSE_KERNEL_MINOR_VERSION,
		.max_write = 4096,
	};
	answer(fd, in->unique, 0, &out, sizeof(out));
}

/* The root of the mount is the file. What is written to it stays without an answer. */
static void serve(int fd, int deaf)
{
	static union {
		struct fuse_in_header head;
		char bytes[256 * 1024];
	} request;
	static const char zeros[SIZE];

	for (;;) {
		ssize_t n = read(fd, &request, sizeof(request));
		const struct fuse_in_header *in = &request.head;

		if (n < 0 && (errno == EINTR || errno == ENOENT))
			continue;
		if (n < (ssize_t)sizeof(*in))
			_exit(0);
		switch (in->opcode) {
		case FUSE_INIT:
			answer_init(fd, in);
			break;
		case FUSE_GETATTR: {
			struct fuse_attr_out out = {
				.attr_valid = 3600,
				.attr = { .ino = FUSE_ROOT_ID, .mode = S_IFREG | 0666, .nlink = 1, .size = SIZE },
			};
			answer(fd, in->unique, 0, &out, sizeof(out));
			break;
		}
		case FUSE_OPEN: {
			struct fuse_open_out out = { .open_flags = FOPEN_KEEP_CACHE };
			answer(fd, in->unique, 0, &out, sizeof(out));
			break;
		}
		case FUSE_READ: {
			if (deaf)
				break;
			const struct fuse_read_in *r = (const struct fuse_read_in *)(in + 1);
			answer(fd, in->unique, 0, zeros, r->offset >= SIZE ? 0 : r->size < SIZE - r->offset ? r->size : SIZE - r->offset);
			break;
		}
		case FUSE_WRITE:
		case FUSE_FORGET:
		case FUSE_INTERRUPT:
			break;
		default:
			answer(fd, in->unique, ENOSYS, NULL, 0);
			break;
		}
	}
}

static char *shared;

/* Nothing is pushed there: not even we read it. */
static void pause_with_stack(char *there)
{
#if defined(__x86_64__)
	__asm__ volatile("mov %0, %%rsp; xor %%ebp, %%ebp; 1: mov $34, %%eax; syscall; jmp 1b" : : "r"(there) : "memory");
#else
	__asm__ volatile("mov sp, %0; mov x29, 0; 1: mov x8, 73; mov x0, 0; mov x1, 0; mov x2, 0; mov x3, 0; svc 0; b 1b"
			 : : "r"(there) : "memory", "x0", "x1", "x2", "x3", "x8");
#endif
}

static void *unmap(void *arg)
{
	/* What is mapped over goes under the lock that mmap holds for writing. */
	if (mmap(shared, SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
		perror("holdmm: mmap");
	return arg;
}

static void *sleeper(void *arg)
{
	for (;;)
		pause();
	return arg;
}

int main(int argc, char **argv)
{
	char options[128];
	pthread_t t;

	if (argc != 2 && argc != 3) {
		fputs("usage: holdmm FILE [stack]\n", stderr);
		return 2;
	}
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		perror("holdmm: /dev/fuse");
		return 1;
	}
	snprintf(options, sizeof(options), "fd=%d,rootmode=100000,user_id=0,group_id=0,allow_other", fd);
	if (mount("holdmm", argv[1], "fuse", MS_NOSUID | MS_NODEV, options) != 0) {
		fprintf(stderr, "holdmm: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	pid_t server = fork();
	if (server == 0) {
		/* Or what waits for it would wait for ever. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd, argc > 2);
	}
	close(fd);
	int file = open(argv[1], O_RDWR | O_CLOEXEC);
	struct stat st;
	/* The kernel learns the size. */
	if (file >= 0)
		fstat(file, &st);
	shared = file < 0 ? MAP_FAILED : mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (shared == MAP_FAILED) {
		fprintf(stderr, "holdmm: %s: %s\n", argv[1], strerror(errno));
		kill(server, SIGKILL);
		return 1;
	}
	if (argc > 2) {
		printf("ready %d\n", (int)server);
		fflush(stdout);
		pause_with_stack(shared + SIZE / 2);
	}
	shared[0] = 1;
	pthread_create(&t, NULL, sleeper, NULL);
	printf("ready %d\n", (int)server);
	fflush(stdout);
	pthread_create(&t, NULL, unmap, NULL);
	for (;;)
		pause();
}

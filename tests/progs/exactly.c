/* SPDX-License-Identifier: GPL-2.0-only
 * exactly [--name NAME] [--stay] KIND=N...: does each thing exactly N times, in order, so that a tracer's counts can be compared.
 *
 *	getppid=N	system calls
 *	getppid32=N	the same by the table of 32-bit programs (x86_64 only: int 0x80, which any program may use)
 *	unnamed=N	system call 599, which no kernel has
 *	nosuch=N	calls that fail: openat of /nosuch-exactly, ENOENT
 *	open=N		files made, written to (one byte), synced, closed and removed: /tmp/exactly-<n>
 *	fork=N		children that end at once, each waited for
 *	exec=N		children that execute this program with no work
 *	badexec=N	execve of a program that is not there
 *	thread=N	threads that end at once, each waited for
 *	signal=N	SIGUSR1 to itself, handled
 *	sleep=N		of 1 ms: off the CPU and back
 *	unshare=N	children that leave for a mount and a UTS namespace of their own and call getppid once there
 *	nested=N	children in a pid namespace of their own that call getppid once there (needs CAP_SYS_ADMIN)
 *
 * --name gives the process another name (comm), as programs do that rename themselves; --stay waits for a signal at the end.
 * Ends with 0, or with 1 and a sentence for what could not be done.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *self;
static volatile sig_atomic_t handled;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "exactly: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void on_signal(int sig)
{
	(void)sig;
	handled++;
}

static void reap(pid_t pid)
{
	int status;

	if (pid < 0)
		fail("fork");
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail("child");
}

static void do_getppid(void)
{
	syscall(SYS_getppid);
}

static void do_unnamed(void)
{
	syscall(599);
}

static void do_getppid32(void)
{
#ifdef __x86_64__
	long r;

	__asm__ volatile("int $0x80" : "=a"(r) : "0"(64L) : "memory", "r8", "r9", "r10", "r11"); /* asm/unistd_32.h: getppid */
	(void)r;
#else
	errno = ENOSYS;
	fail("getppid32");
#endif
}

static void do_nosuch(void)
{
	if (syscall(SYS_openat, AT_FDCWD, "/nosuch-exactly", O_RDONLY) >= 0 || errno != ENOENT)
		fail("nosuch");
}

static void do_open(void)
{
	static int n;
	char path[40];

	snprintf(path, sizeof(path), "/tmp/exactly-%d", n++);
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	if (fd < 0 || write(fd, "x", 1) != 1 || fsync(fd) < 0 || close(fd) < 0 || unlink(path) < 0)
		fail(path);
}

static void do_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	reap(pid);
}

static void do_exec(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		execl(self, "exactly", (char *)NULL);
		_exit(1);
	}
	reap(pid);
}

static void do_badexec(void)
{
	if (execl("/nosuch-exactly", "nosuch", (char *)NULL) != -1 || errno != ENOENT)
		fail("badexec");
}

static void *end_at_once(void *arg)
{
	return arg;
}

static void do_thread(void)
{
	pthread_t t;

	errno = pthread_create(&t, NULL, end_at_once, NULL);
	if (errno || pthread_join(t, NULL))
		fail("thread");
}

static void do_signal(void)
{
	int before = handled;

	if (kill(getpid(), SIGUSR1) < 0 || handled != before + 1)
		fail("signal");
}

static void do_sleep(void)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	nanosleep(&ms, NULL);
}

static void do_unshare(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (unshare(CLONE_NEWNS | CLONE_NEWUTS) < 0)
			_exit(1);
		syscall(SYS_getppid);
		_exit(0);
	}
	reap(pid);
}

static void do_nested(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (unshare(CLONE_NEWPID) < 0)
			_exit(1);
		pid_t first = fork();
		if (first == 0) {
			syscall(SYS_getppid);
			_exit(getpid() == 1 ? 0 : 1);
		}
		reap(first);
		_exit(0);
	}
	reap(pid);
}

static const struct {
	const char *name;
	void (*once)(void);
} kinds[] = {
	{ "getppid", do_getppid }, { "getppid32", do_getppid32 }, { "unnamed", do_unnamed }, { "nosuch", do_nosuch },   { "open", do_open },
	{ "fork", do_fork },	   { "exec", do_exec },		  { "badexec", do_badexec }, { "thread", do_thread },
	{ "signal", do_signal },   { "sleep", do_sleep },	  { "unshare", do_unshare }, { "nested", do_nested },
};

static void do_kind(const char *arg)
{
	const char *equals = strchr(arg, '=');
	size_t len = equals ? (size_t)(equals - arg) : 0;

	for (size_t i = 0; len && i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (strlen(kinds[i].name) != len || strncmp(arg, kinds[i].name, len) != 0)
			continue;
		for (long n = strtol(equals + 1, NULL, 10); n > 0; n--)
			kinds[i].once();
		return;
	}
	fprintf(stderr, "exactly: what is %s?\n", arg);
	exit(2);
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal };
	int stay = 0;

	self = argv[0];
	sigaction(SIGUSR1, &act, NULL);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--stay") == 0)
			stay = 1;
		else if (strcmp(argv[i], "--name") == 0 && i + 1 < argc)
			prctl(PR_SET_NAME, argv[++i]);
		else
			do_kind(argv[i]);
	}
	if (stay)
		pause();
	return 0;
}

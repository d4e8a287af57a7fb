/* act KIND: does what a tracer has to follow well, always in the same way, so that what it prints can be compared. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A call that nothing else makes: marks where we are in the trace. */
static void mark(void)
{
	syscall(SYS_getpriority, 99, 0);
}

static void nap(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) < 0)
		;
}

static void say_line(const char *text)
{
	if (write(STDOUT_FILENO, text, strlen(text)) < 0)
		_exit(3);
}

/* Stops itself; a child that does nothing else wakes it. The stop must be real: the child waits until the parent is
 * seen stopped. */
static int do_stop(int sig)
{
	pid_t self = getpid();
	pid_t child = fork();

	if (child == 0) {
		char path[40], line[256] = "";

		snprintf(path, sizeof(path), "/proc/%d/stat", (int)self);
		for (int i = 0; i < 5000; i++) {
			int fd = open(path, O_RDONLY);
			ssize_t n = read(fd, line, sizeof(line) - 1);

			close(fd);
			line[n > 0 ? n : 0] = '\0';
			char *state = strrchr(line, ')');
			if (state && (state[2] == 'T' || state[2] == 't')) {
				/* It must stay so. */
				nap(50);
				kill(self, SIGCONT);
				_exit(0);
			}
			nap(1);
		}
		kill(self, SIGKILL);
		_exit(1);
	}
	mark();
	raise(sig);
	mark();
	int status;
	while (waitpid(child, &status, 0) < 0)
		;
	return status ? 1 : 0;
}

static char **again;

static void *exec_from_thread(void *arg)
{
	nap(50);
	execv("/proc/self/exe", again);
	return arg;
}

static _Noreturn void do_thread_exec(char **argv)
{
	char *args[] = { argv[0], "exit", "5", NULL };
	pthread_t t;

	again = args;
	pthread_create(&t, NULL, exec_from_thread, NULL);
	for (;;)
		pause();
}

static void on_signal(int sig)
{
	(void)sig;
	say_line("handled\n");
}

/* A sleep that goes on after a signal without a handler that would end it. */
static int do_restart(int flags, bool handled)
{
	struct sigaction sa = { .sa_handler = handled ? on_signal : SIG_IGN, .sa_flags = flags };
	struct timespec t = { 0, 300000000 };

	if (handled)
		sigaction(SIGALRM, &sa, NULL);
	else
		signal(SIGALRM, SIG_DFL);
	pid_t self = getpid();
	pid_t child = fork();
	if (child == 0) {
		nap(100);
		kill(self, handled ? SIGALRM : SIGSTOP);
		nap(50);
		kill(self, SIGCONT);
		_exit(0);
	}
	int r = nanosleep(&t, NULL);
	int err = errno;
	while (waitpid(child, NULL, 0) < 0)
		;
	say_line(r == 0 ? "slept\n" : err == EINTR ? "interrupted\n" : "failed\n");
	return 0;
}

static int do_vfork(char **argv)
{
	char *args[] = { argv[0], "exit", "4", NULL };
	int status;
	pid_t child = vfork(); /* NOLINT(clang-analyzer-security.insecureAPI.vfork): to be traced */

	if (child == 0) {
		execv("/proc/self/exe", args);
		_exit(127);
	}
	if (waitpid(child, &status, 0) != child)
		return 1;
	return WEXITSTATUS(status);
}

static void *count_up(void *arg)
{
	mark();
	return arg;
}

static int do_threads(int n)
{
	for (int i = 0; i < n; i++) {
		pthread_t t;

		if (pthread_create(&t, NULL, count_up, NULL))
			return 1;
		pthread_join(t, NULL);
	}
	return 0;
}

/* Calls are refused by its own filter; it must not notice a tracer. */
static int do_seccomp(unsigned action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpriority, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 4, code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog))
		return 1;
	long r = syscall(SYS_getpriority, 99, 0);
	say_line(r < 0 && errno == EXDEV ? "refused\n" : "allowed\n");
	return 0;
}

/* i386 calls from a 64-bit program, with a path in the lower 4 GiB. */
static int do_i386(void)
{
#if defined(__x86_64__)
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long r;

	if (low == MAP_FAILED)
		return 1;
	strcpy(low, "/nosuch/file");
	/* open, getuid32 */
	__asm__ volatile("int $0x80" : "=a"(r) : "a"(5L), "b"(low), "c"(0L), "d"(0L) : "memory", "r8", "r9", "r10", "r11");
	__asm__ volatile("int $0x80" : "=a"(r) : "a"(24L), "b"(0L), "c"(0L), "d"(0L) : "memory", "r8", "r9", "r10", "r11");
	mark();
	return 0;
#else
	return 77;
#endif
}

static _Noreturn void do_undumpable(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	say_line("ready\n");
	for (;;)
		pause();
}

/* Whether somebody traces us changes nothing that a program can see of its calls. */
static int do_same(void)
{
	siginfo_t si = { 0 };
	int status;
	pid_t child = fork();

	if (child == 0) {
		raise(SIGSTOP);
		nap(100); /* who has ended was never continued, for waitid */
		_exit(9);
	}
	if (waitid(P_PID, (id_t)child, &si, WSTOPPED | WEXITED) || si.si_code != CLD_STOPPED || si.si_status != SIGSTOP)
		return 1;
	say_line("stopped\n");
	kill(child, SIGCONT);
	if (waitid(P_PID, (id_t)child, &si, WCONTINUED | WEXITED) || si.si_code != CLD_CONTINUED)
		return 2;
	say_line("continued\n");
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 9)
		return 3;
	child = fork();
	if (child == 0) {
		raise(SIGTERM);
		_exit(0);
	}
	if (waitpid(child, &status, 0) != child || !WIFSIGNALED(status) || WTERMSIG(status) != SIGTERM)
		return 4;
	say_line("killed\n");
	return 0;
}

int main(int argc, char **argv)
{
	const char *kind = argc > 1 ? argv[1] : "";

	if (!strcmp(kind, "exit"))
		return argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (!strcmp(kind, "kill")) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		raise((int)strtol(argv[2], NULL, 10));
		return 0;
	}
	if (!strcmp(kind, "stop"))
		return do_stop(SIGSTOP);
	if (!strcmp(kind, "tstp"))
		return do_stop(SIGTSTP);
	if (!strcmp(kind, "thread-exec"))
		do_thread_exec(argv);
	if (!strcmp(kind, "restart"))
		return do_restart(0, false);
	if (!strcmp(kind, "interrupted"))
		return do_restart(0, true);
	if (!strcmp(kind, "vfork"))
		return do_vfork(argv);
	if (!strcmp(kind, "threads"))
		return do_threads(argc > 2 ? (int)strtol(argv[2], NULL, 10) : 3);
	if (!strcmp(kind, "marks")) {
		for (long n = argc > 2 ? strtol(argv[2], NULL, 10) : 1; n > 0; n--)
			mark();
		return 0;
	}
	if (!strcmp(kind, "refused"))
		return do_seccomp(SECCOMP_RET_ERRNO | EXDEV);
	if (!strcmp(kind, "trapped"))
		return do_seccomp(SECCOMP_RET_KILL_PROCESS);
	if (!strcmp(kind, "i386"))
		return do_i386();
	if (!strcmp(kind, "undumpable"))
		do_undumpable();
	if (!strcmp(kind, "same"))
		return do_same();
	fprintf(stderr, "usage: act exit|kill|stop|tstp|thread-exec|restart|interrupted|vfork|threads|marks|refused|trapped|i386|undumpable|same\n");
	return 2;
}

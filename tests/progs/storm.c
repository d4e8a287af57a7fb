/* Attaches to a process and leaves it again, thousands of times: storm STRACE KIND CYCLES SIGNAL
 *
 * The tracer is ended by SIGNAL (2: it detaches; 9: the kernel does). KIND says what the process does meanwhile. It
 * must notice nothing: no call that fails, no signal that is lost, no stop that nobody asked for. Exit 0, or 1 with
 * what was noticed.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Between the process and us; behind descriptor 9, so that it survives an execve. */
struct shared {
	volatile unsigned long progress, signals, errors;
	volatile int last_error;
};
static struct shared *shared;
enum { SHARED_FD = 9 };

static void wrong(int err)
{
	shared->errors++;
	shared->last_error = err;
}

static void nap(long ns)
{
	struct timespec t = { 0, ns };

	if (nanosleep(&t, NULL) < 0)
		wrong(errno);
}

/* --- what the process does --- */

static void do_sleep(void)
{
	for (;;) {
		nap(2000000);
		shared->progress++;
	}
}

static void do_run(void)
{
	for (;;) {
		if (getppid() < 0)
			wrong(errno);
		shared->progress++;
	}
}

static void do_vfork(void)
{
	for (;;) {
		static const struct timespec nap = { 0, 500000 };
		int status;
		pid_t pid = vfork(); /* NOLINT(clang-analyzer-security.insecureAPI.vfork): to be traced */

		if (pid == 0) {
			nanosleep(&nap, NULL); /* NOLINT(clang-analyzer-unix.Vfork): so that it lasts */
			_exit(3);
		}
		if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 3)
			wrong(errno ? errno : EPROTO);
		shared->progress++;
	}
}

static void do_exec(char **argv)
{
	shared->progress++;
	execv("/proc/self/exe", argv);
	wrong(errno);
}

static void *exec_thread(void *argv)
{
	do_exec(argv);
	return NULL;
}

static void do_thread_exec(char **argv)
{
	pthread_t t;

	if (pthread_create(&t, NULL, exec_thread, argv))
		wrong(EAGAIN);
	for (;;)
		pause();
}

static void *short_thread(void *arg)
{
	nap(300000);
	return arg;
}

static void *busy_thread(void *arg)
{
	static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	(void)arg;
	for (;;) {
		pthread_mutex_lock(&m);
		shared->progress++;
		if (getppid() < 0)
			wrong(errno);
		pthread_mutex_unlock(&m);
		nap(100000);
	}
	return NULL;
}

static void do_threads(void)
{
	pthread_t t;

	for (int i = 0; i < 6; i++)
		if (pthread_create(&t, NULL, busy_thread, NULL))
			wrong(EAGAIN);
	for (;;)
		if (pthread_create(&t, NULL, short_thread, NULL) || pthread_join(t, NULL))
			wrong(EAGAIN);
}

static void count_signal(int sig)
{
	(void)sig;
	shared->signals++;
}

/* Blocks in a call that is restarted, while queued signals come in. */
static void do_signals(void)
{
	struct sigaction sa = { .sa_handler = count_signal, .sa_flags = SA_RESTART };
	int p[2];
	char c;

	sigaction(SIGRTMIN + 3, &sa, NULL);
	if (pipe(p) < 0)
		wrong(errno);
	shared->progress++;
	for (;;)
		if (read(p[0], &c, 1) < 0)
			wrong(errno);
}

static void behave(const char *kind, char **argv)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!strcmp(kind, "sleep") || !strcmp(kind, "stop"))
		do_sleep();
	else if (!strcmp(kind, "run"))
		do_run();
	else if (!strcmp(kind, "vfork"))
		do_vfork();
	else if (!strcmp(kind, "exec"))
		do_exec(argv);
	else if (!strcmp(kind, "thread-exec"))
		do_thread_exec(argv);
	else if (!strcmp(kind, "threads"))
		do_threads();
	else if (!strcmp(kind, "signals"))
		do_signals();
	_exit(2);
}

/* --- the storm --- */

/* A field of /proc/PID/status. */
static long field(pid_t pid, const char *key, char *letter)
{
	char path[40], line[256];
	long value = -1;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, key, strlen(key)) != 0)
			continue;
		value = strtol(line + strlen(key), NULL, 10);
		if (letter)
			sscanf(line + strlen(key), " %c", letter);
		break;
	}
	if (f)
		fclose(f);
	return value;
}

static void fail(const char *what, long cycle)
{
	printf("cycle %ld: %s (progress %lu, errors %lu, last %s)\n", cycle, what, shared->progress, shared->errors,
	       strerror(shared->last_error));
	exit(1);
}

static pid_t trace(const char *strace, pid_t target)
{
	char number[16];
	pid_t pid;

	snprintf(number, sizeof(number), "%d", (int)target);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGINT, SIG_DFL);
		execl(strace, strace, "-f", "-o", "/dev/null", "-p", number, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static int queue_signal(pid_t target, unsigned long *sent)
{
	union sigval v = { 0 };

	for (int i = 0; i < 5; i++) {
		if (sigqueue(target, SIGRTMIN + 3, v) < 0)
			return -1;
		++*sent;
	}
	return 0;
}

static void one_cycle(const char *strace, const char *kind, pid_t target, int sig, long cycle, unsigned long *sent)
{
	struct timespec tick = { 0, 200000 }, lag = { 0, rand() % 3000000 };
	int status, tries;
	pid_t tracer = trace(strace, target);

	for (tries = 0; tries < 20000 && field(target, "TracerPid:", NULL) <= 0; tries++) {
		if (waitpid(tracer, &status, WNOHANG) == tracer)
			fail("the tracer ended by itself", cycle);
		nanosleep(&tick, NULL);
	}
	if (tries == 20000)
		fail("it was never attached", cycle);
	nanosleep(&lag, NULL);
	if (!strcmp(kind, "signals") && queue_signal(target, sent) < 0)
		fail("a signal could not be sent", cycle);
	kill(tracer, sig);
	while (waitpid(tracer, &status, 0) < 0)
		;
	if (!WIFSIGNALED(status) || WTERMSIG(status) != sig)
		fail("the tracer did not end by the signal", cycle);
	for (tries = 0; tries < 20000 && field(target, "TracerPid:", NULL) > 0; tries++)
		nanosleep(&tick, NULL);
	if (tries == 20000)
		fail("it is still attached", cycle);
	if (waitpid(target, &status, WNOHANG) != 0)
		fail("the process ended", cycle);
	if (!strcmp(kind, "stop")) {
		char state = '?';

		for (tries = 0; tries < 5000 && state != 'T'; tries++) {
			field(target, "State:", &state);
			if (state != 'T')
				nanosleep(&tick, NULL);
		}
		if (state != 'T')
			fail("it is no longer stopped", cycle);
	}
}

int main(int argc, char **argv)
{
	unsigned long sent = 0;

	if (argc == 3 && !strcmp(argv[1], "-behave")) {
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FD, 0);
		behave(argv[2], argv);
	}
	if (argc != 5) {
		fprintf(stderr, "usage: storm STRACE KIND CYCLES SIGNAL\n");
		return 2;
	}
	int fd = memfd_create("storm", 0);
	if (fd < 0 || ftruncate(fd, sizeof(*shared)) < 0 || dup2(fd, SHARED_FD) < 0)
		return 2;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_FD, 0);
	pid_t target = fork();
	if (target == 0) {
		char *child[] = { argv[0], "-behave", argv[2], NULL };

		execv("/proc/self/exe", child);
		_exit(127);
	}
	while (shared->progress == 0)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	if (!strcmp(argv[2], "stop"))
		kill(target, SIGSTOP);
	for (long i = 0; i < strtol(argv[3], NULL, 10); i++)
		one_cycle(argv[1], argv[2], target, (int)strtol(argv[4], NULL, 10), i, &sent);
	if (!strcmp(argv[2], "stop"))
		kill(target, SIGCONT);
	unsigned long before = shared->progress;
	for (int i = 0; i < 5000 && (strcmp(argv[2], "signals") ? shared->progress == before : shared->signals < sent); i++)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	if (strcmp(argv[2], "signals") ? shared->progress == before : shared->signals != sent)
		fail("it does not go on, or signals were lost", -1);
	if (shared->errors)
		fail("a call failed that should not", -1);
	kill(target, SIGKILL);
	waitpid(target, NULL, 0);
	return 0;
}

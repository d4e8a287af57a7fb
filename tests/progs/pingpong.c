/* pingpong N: two processes send one byte to and fro through two pipes, N times. For tests/bench/strace. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int relay(int from, int to, long n)
{
	char c;

	while (n-- > 0)
		if (read(from, &c, 1) != 1 || write(to, &c, 1) != 1)
			return 1;
	return 0;
}

int main(int argc, char **argv)
{
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	int there[2], back[2], status;

	if (pipe(there) < 0 || pipe(back) < 0)
		return 1;
	pid_t child = fork();
	if (child < 0)
		return 1;
	if (child == 0)
		_exit(relay(there[0], back[1], n));
	if (write(there[1], "x", 1) != 1 || relay(back[0], there[1], n - 1))
		return 1;
	return waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}

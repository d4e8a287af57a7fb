/* Constants of the library: errno values, signals, faults. */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d %d\n", ENOENT, EINTR, EAGAIN, ETIMEDOUT);
	printf("%d %d %d\n", SIGKILL, SIGTERM, SIGUSR1);
	printf("%d %d %d\n", DTRACEFLT_BADADDR, DTRACEFLT_DIVZERO, CLD_EXITED);
	exit(0);
}

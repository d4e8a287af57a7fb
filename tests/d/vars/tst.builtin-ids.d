/* The names of the probe that fires. */
#pragma D option quiet

BEGIN
{
	printf("%s:%s:%s:%s %d\n", probeprov, probemod, probefunc, probename, id > 0);
	printf("%d %d\n", epid > 0, arg0 == 0);
	exit(0);
}

/* -: unsigned differences wrap. */
#pragma D option quiet

BEGIN
{
	a = 3u;
	b = 5u;
	printf("%d %u %d\n", 3 - 5, a - b, 10 - 4 - 3);
	exit(0);
}

/* comparisons are ints */
#pragma D option quiet

BEGIN
{
	printf("%d %d %d\n", 1 == 1, 1 > 2, !0);
	exit(0);
}

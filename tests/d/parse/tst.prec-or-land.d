/* | binds closer than &&. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 && 0 | 2);
	printf("%d\n", 0 | 2 && 1);
	printf("%d\n", 0 && 0 | 1);
	exit(0);
}

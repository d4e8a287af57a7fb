/* ^ binds closer than |. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 | 1 ^ 1);
	printf("%d\n", 1 ^ 1 | 1);
	printf("%d\n", (1 | 1) ^ 1);
	exit(0);
}

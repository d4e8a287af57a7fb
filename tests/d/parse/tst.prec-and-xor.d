/* & binds closer than ^. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 ^ 3 & 2);
	printf("%d\n", 3 & 2 ^ 1);
	printf("%d\n", (1 ^ 3) & 1);
	exit(0);
}

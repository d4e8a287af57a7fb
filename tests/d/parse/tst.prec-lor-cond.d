/* || binds closer than ?:. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 0 || 1 ? 2 : 3);
	printf("%d\n", 1 ? 0 || 2 : 3);
	printf("%d\n", 0 ? 5 : 0 || 0);
	exit(0);
}

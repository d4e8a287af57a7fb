/* ?: groups from the right. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 1 ? 2 : 0 ? 3 : 4);
	printf("%d\n", 0 ? 2 : 0 ? 3 : 4);
	printf("%d\n", 0 ? 2 : 1 ? 3 : 4);
	printf("%d\n", 1 ? 0 ? 5 : 6 : 7);
	exit(0);
}

/* sizeof binds as unary operators do. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof (int) * 2);
	printf("%d\n", sizeof (int) + 1);
	printf("%d\n", sizeof 1 + 1);
	exit(0);
}

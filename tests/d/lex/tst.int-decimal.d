/* Decimal constants. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", 0);
	printf("%d\n", 7);
	printf("%d\n", 1234567890);
	printf("%d\n", 2147483647);
	exit(0);
}

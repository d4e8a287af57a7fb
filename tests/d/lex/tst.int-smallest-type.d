/* A constant has the smallest of int, long and long long that holds it. */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof (2147483647));
	printf("%d\n", sizeof (2147483648));
	printf("%d\n", sizeof (0x7fffffff));
	printf("%d\n", sizeof (4294967296));
	exit(0);
}

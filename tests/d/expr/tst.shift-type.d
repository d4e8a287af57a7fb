/* The type of a shift is that of its left side */
#pragma D option quiet

BEGIN
{
	printf("%d\n", sizeof ((char)1 << 1L));
	printf("%d\n", sizeof (1L << (char)1));
	printf("%d\n", sizeof (1 << 1L));
	exit(0);
}

/* + on integers, with the promotions of C. */
#pragma D option quiet

BEGIN
{
	x = 40;
	printf("%d %d %d\n", x + 2, 1 + -3, (char)127 + 1);
	printf("%d %u\n", 2147483647 + x, 4294967295 + 1);
	exit(0);
}

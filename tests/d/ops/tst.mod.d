/* % has the sign of its left side. */
#pragma D option quiet

BEGIN
{
	x = 7;
	printf("%d %d %d %d\n", x % 3, -x % 3, x % -3, 18446744073709551615u % 10);
	exit(0);
}

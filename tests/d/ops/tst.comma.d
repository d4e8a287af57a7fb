/* The comma has the value of its right side. */
#pragma D option quiet

BEGIN
{
	x = (a = 1, b = a + 1, b * 10);
	printf("%d %d %d\n", a, b, x);
	exit(0);
}

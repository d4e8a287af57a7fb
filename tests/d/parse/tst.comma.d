/* The comma operator: the value is the right one. */
#pragma D option quiet

BEGIN
{
	x = 1, y = 2;
	z = (x = 5, y + x);
	printf("%d %d %d\n", x, y, z);
	exit(0);
}

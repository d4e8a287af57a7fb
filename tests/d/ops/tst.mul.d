/* * wraps at the width of its type. */
#pragma D option quiet

BEGIN
{
	x = 65536;
	y = 65536l;
	printf("%d %d %d\n", 6 * -7, x * x, y * y);
	exit(0);
}

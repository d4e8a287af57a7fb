/* <<: the type is that of the left side. */
#pragma D option quiet

BEGIN
{
	x = 1;
	y = 1l;
	printf("%d %d %d\n", x << 4, x << 31, y << 40);
	exit(0);
}

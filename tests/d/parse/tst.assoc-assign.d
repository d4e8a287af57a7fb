/* Assignments group from the right and have a value. */
#pragma D option quiet

BEGIN
{
	x = y = z = 3;
	x += y -= 1;
	printf("%d %d %d %d\n", x, y, z, (x = 9));
	exit(0);
}

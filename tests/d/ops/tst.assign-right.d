/* Assignments group from the right. */
#pragma D option quiet

BEGIN
{
	a = 1;
	b = 2;
	a += b += 3;
	printf("%d %d\n", a, b);
	exit(0);
}

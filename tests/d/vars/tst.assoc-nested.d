/* An element as a key. */
#pragma D option quiet

BEGIN
{
	a[1] = 2;
	a[2] = 3;
	a[a[1]] += 10;
	printf("%d %d\n", a[a[1]], a[a[a[1]]]);
	exit(0);
}
